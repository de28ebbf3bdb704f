"""A view as SQL conditions over the attestations: what counts, and why the rest does not.

Each function returns the text of a condition. Values are parameters ($first, $last, …), which CorpusDatabase supplies.
"""

from __future__ import annotations

from conflictmap.questions.filters import DERIVED, FILTER, FILTERS, NARROWING, SUGGESTED
from conflictmap.questions.view import CLOCKS, View

__all__ = ["DERIVED", "SUGGESTED", "chosen", "counting", "in_period", "narrowed", "passes"]


def in_period(view: View) -> str:
    """True if the interval on the view's clock overlaps $first to $last; without an interval, if undated mentions count ($undated)."""
    start, end = CLOCKS[view.clock]
    return f"coalesce({start} <= $last and {end} >= $first, $undated)"


def passes(field: str, view: View) -> str:
    """True for what the filter with this field lets through."""
    return FILTER[field].condition(getattr(view, field))


def narrowed(view: View) -> str:
    """True for what all filters in NARROWING let through ($publisher and so on)."""
    return " and ".join(passes(field, view) for field in NARROWING)


def chosen(view: View) -> str:
    """True for what every filter lets through, whatever the period."""
    conditions = [passes(one.field, view) for one in FILTERS]
    return f"({' and '.join(one for one in conditions if one != 'true') or 'true'})"


def counting(view: View) -> str:
    """True for what counts: in the period, and let through by every filter."""
    return f"({in_period(view)} and {chosen(view)})"
