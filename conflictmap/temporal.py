"""When what a text tells happened: its time expressions as intervals, in the order of the text.

An expression is resolved against the publication date, which may itself be known only as a range (then the interval reaches from the
earliest answer to the latest), against the expression before it, and against the calendar. What cannot be dated is left out: no
interval is ever the publication date by default. The conventions are those of docs/method.md.
"""

from __future__ import annotations

from datetime import date

from conflictmap.calendars import hull
from conflictmap.model import DayRange, TimeExpression, TimeInterval
from conflictmap.timeexpressions import find
from conflictmap.timemeanings import Found, Origin


class Teller:
    """Reads an article's passages one after the other, and remembers what the next one may count from."""

    def __init__(self, published: DayRange | None) -> None:
        self._days: list[date | None] = [None]
        if published:
            self._days = [*sorted({published.start, published.end})]
        self._before: TimeInterval | None = None
        self._year: int | None = None

    def expressions(self, text: str, start: int, end: int) -> list[tuple[TimeExpression, bool]]:
        """The dated expressions of a passage [start, end), each with whether a place may be dated by it (not "before 2011")."""
        told = []
        self._year = None  # a year that the text names holds to the end of its paragraph
        for found in find(text, start, end):
            interval = self._resolve(found)
            if interval is None:
                continue
            told.append(
                (TimeExpression(found.start, found.end, text[found.start : found.end], interval, found.rule), found.dated)
            )
            if found.year and interval.end <= (self._days[-1] or interval.end):
                self._year = found.year
            elif not found.absolute and found.rule in ("this-unit", "last-unit", "day-word", "ago", "last-n-units"):
                self._year = None
            if found.rule not in ("decade", "nth-year", "recent-units"):
                self._before = interval
        return told

    def _resolve(self, found: Found) -> TimeInterval | None:
        """The interval, over all days that publication may have been."""
        if found.absolute:
            return found.meaning(Origin(self._days[-1], self._before, self._year))
        answers = [found.meaning(Origin(day, self._before, self._year)) for day in self._days]
        known = [answer for answer in answers if answer]
        return hull(known) if len(known) == len(answers) else None


def time_expressions(text: str, published: DayRange | None = None) -> list[TimeExpression]:
    """The dated time expressions of a text of one passage."""
    return [expression for expression, _ in Teller(published).expressions(text, 0, len(text))]
