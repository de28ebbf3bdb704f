"""What comes once a year: a day, a month, a season, a feast, of the year that is meant."""

from __future__ import annotations

from collections.abc import Callable

from conflictmap.geoparser.times import meanings as m
from conflictmap.geoparser.times.meanings import Found, Origin
from conflictmap.geoparser.times.words.passage import Passage
from conflictmap.model import TimeInterval


def yearly(passage: Passage, s: int, e: int, rule: str, of_year: Callable[[int], TimeInterval | None]) -> Found:
    return Found(s, e, rule, m.latest(of_year, passage.future(s)), needs_year=lambda year: m.fixed(of_year(year)))


def rel_yearly(
    passage: Passage, s: int, e: int, which: str, rule: str, of_year: Callable[[int], TimeInterval | None]
) -> Found | None:
    """This or last summer, last March, next June."""

    def meaning(origin: Origin) -> TimeInterval | None:
        day = origin.day
        if day is None:
            return None
        years = range(day.year - 3, day.year + 3)
        told = [interval for year in years if (interval := of_year(year))]
        if which in ("next", "coming", "following"):
            return next((one for one in told if one.start > day), None)
        if which in ("this", "current"):
            near = [one for one in told if one.start <= day <= one.end] or [one for one in told if one.start.year == day.year]
            return near[0] if near else None
        ended = [one for one in told if one.end < day]
        return ended[-1] if ended else None

    return Found(s, e, rule, meaning)
