"""What a view chooses, as conditions of SQL over the table of attestations: the one place that says what counts.

Each function gives the text of a condition; values are parameters ($first, $last, …), which Asking fills in.
"""

from __future__ import annotations

from conflictmap.questions.view import CLOCKS, NOT_ATTRIBUTED, ROLES, View

# What a person decided is no suggestion any more, and stands where the person put it.
SUGGESTED = "(basis = 'suggested' and verdict is null)"
DERIVED = "(basis = 'derived' and verdict is null)"


def in_period(view: View) -> str:
    """Overlaps the view's period ($first to $last) on its clock, or has no date there and those count ($undated)."""
    start, end = CLOCKS[view.clock]
    return f"coalesce({start} <= $last and {end} >= $first, $undated)"


def of_source(view: View) -> str:
    """Is said by the view's source ($source), or by nobody who is named."""
    return (
        "true"
        if view.source is None
        else "source is null"
        if view.source == NOT_ATTRIBUTED
        else "coalesce(source = $source, false)"
    )


def of_role(view: View) -> str:
    """Does in its sentence what the view asks for."""
    wanted = [role for role in ROLES if role in view.roles]
    return "true" if len(wanted) == len(ROLES) else f"role in ({', '.join(map(repr, wanted))})"


def of_basis(view: View) -> str:
    """Is named, or worked out or suggested where those count."""
    left_out = [*([] if view.derived else [DERIVED]), *([] if view.suggested else [SUGGESTED])]
    return f"not ({' or '.join(left_out)})" if left_out else "true"


_NARROWED = {
    "publisher": "article in (select id from articles where publisher = $publisher)",
    "language": "article in (select id from articles where language = $language)",
    "fclass": "coalesce(feature in (select id from places where fclass = $fclass), false)",
    "certainty": "certainty = $certainty",
    "status": "status = $status",
}


def narrowed(view: View) -> str:
    """Has the one value of each column that the view is narrowed to ($publisher and so on)."""
    return " and ".join(_NARROWED[name] for name in view.narrowing) or "true"


def chosen(view: View) -> str:
    """Is what the view filters for, whatever the period."""
    return f"({of_source(view)} and {narrowed(view)} and {of_role(view)} and {of_basis(view)})"


def counting(view: View) -> str:
    """Counts: lies in the period and is what the view filters for."""
    return f"({in_period(view)} and {chosen(view)})"
