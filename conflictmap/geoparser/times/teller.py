"""When what a text tells happened: its time expressions as intervals, in the order of the text.

An expression is resolved against the publication date, which may itself be known only as a range (then the interval reaches from the
earliest answer to the latest), against the expression before it, and against the calendar. What cannot be dated is left out: no
interval is ever the publication date by default. The conventions are those of docs/method.md.
"""

from __future__ import annotations

from datetime import date, timedelta

from conflictmap.geoparser.times.calendars import FIRST_DAY, LAST_DAY, hull
from conflictmap.geoparser.times.expressions import find
from conflictmap.geoparser.times.meanings import Found, Origin
from conflictmap.model import DayRange, TimeExpression, TimeInterval


class Teller:
    """Reads an article's passages one after the other, and remembers what the next one may count from."""

    def __init__(self, published: DayRange | None) -> None:
        days: list[date | None] = [None]
        if published and FIRST_DAY <= published.start <= published.end <= LAST_DAY:
            days = [*_days(published.start, published.end)]
        self._readings = [_Reading(day) for day in days]

    def expressions(self, text: str, start: int, end: int) -> list[tuple[TimeExpression, bool]]:
        """The dated expressions of a passage [start, end), each with whether a place may be dated by it (not "before 2011")."""
        for reading in self._readings:
            reading.begin_paragraph()
        told = []
        for one in find(text, start, end):
            answers = [reading.resolve(one) for reading in self._readings]
            known = [answer for answer in answers if answer]
            if len(known) < len(answers):
                continue
            for reading, answer in zip(self._readings, known, strict=True):
                reading.remember(one, answer)
            told.append((TimeExpression(one.start, one.end, text[one.start : one.end], hull(known), one.rule), one.dated))
        return told


def _days(first: date, last: date) -> list[date]:
    """The days of a range; of more than a year its ends, between which all answers lie."""
    days = (last - first).days
    return [first + timedelta(days=number) for number in range(days + 1)] if days < 366 else [first, last]


class _Reading:
    """An article read as if published on one day: what its expressions count from."""

    def __init__(self, day: date | None) -> None:
        self.day = day
        self.before: TimeInterval | None = None
        self.year: int | None = None
        self.here = False
        """Whether `before` is of this paragraph."""

    def begin_paragraph(self) -> None:
        self.year = None  # a year that the text names holds to the end of its paragraph
        self.here = False

    def resolve(self, found: Found) -> TimeInterval | None:
        before = self.before if self.here or found.rule != "lasting" else None
        return found.meaning(Origin(self.day, before, self.year))

    def remember(self, found: Found, told: TimeInterval) -> None:
        if found.year and told.end <= (self.day or told.end):
            self.year = found.year
        elif not found.absolute and found.rule in ("this-unit", "last-unit", "day-word", "ago", "last-n-units"):
            self.year = None
        if found.rule not in ("decade", "nth-year", "recent-units"):
            self.before, self.here = told, True


def time_expressions(text: str, published: DayRange | None = None) -> list[TimeExpression]:
    """The dated time expressions of a text of one passage."""
    return [expression for expression, _ in Teller(published).expressions(text, 0, len(text))]
