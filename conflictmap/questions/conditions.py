"""A view as conditions of SQL over the attestations: what counts, and why the rest does not.

Each function gives the text of a condition; values are parameters ($first, $last, …), which Asking fills in.
"""

from __future__ import annotations

from conflictmap.questions.filters import DERIVED, FILTER, FILTERS, NARROWING, SUGGESTED
from conflictmap.questions.view import CLOCKS, View

__all__ = ["DERIVED", "SUGGESTED", "chosen", "counting", "in_period", "narrowed", "passes"]


def in_period(view: View) -> str:
    """Overlaps the view's period ($first to $last) on its clock, or has no date there and undated mentions count ($undated)."""
    start, end = CLOCKS[view.clock]
    return f"coalesce({start} <= $last and {end} >= $first, $undated)"


def passes(field: str, view: View) -> str:
    """Passes the filter of this field of the view."""
    return FILTER[field].condition(getattr(view, field))


def narrowed(view: View) -> str:
    """Has the one value of each column that the view is narrowed to ($publisher and so on)."""
    return " and ".join(passes(field, view) for field in NARROWING)


def chosen(view: View) -> str:
    """Passes every filter of the view, whatever the period."""
    conditions = [passes(one.field, view) for one in FILTERS]
    return f"({' and '.join(one for one in conditions if one != 'true') or 'true'})"


def counting(view: View) -> str:
    """Counts: lies in the period and passes every filter."""
    return f"({in_period(view)} and {chosen(view)})"
