"""What time expressions mean: how each works out its days once it is known what it counts from.

A `Meaning` is a function of an `Origin`: the publication day, the interval told before it, and the year that the tale is in. The
conventions are those of docs/method.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from conflictmap.geoparser.lexicon import time_words
from conflictmap.geoparser.times import calendars as cal
from conflictmap.model import Precision, TimeInterval


@dataclass(frozen=True, slots=True)
class Origin:
    """What an expression counts from: the publication day, the interval told before it, and the year of the tale."""

    day: date | None
    before: TimeInterval | None = None
    year: int | None = None


Meaning = Callable[[Origin], TimeInterval | None]


@dataclass(frozen=True, slots=True)
class Found:
    """An expression [start, end) and its meaning.

    `absolute`: it needs no publication day; `year` is the year that it names; `needs_year`: its meaning in a given year, if it
    comes once a year and names none; `dated`: whether a place may be dated by it.
    """

    start: int
    end: int
    rule: str
    meaning: Meaning
    absolute: bool = False
    year: int | None = None
    needs_year: Callable[[int], Meaning] | None = None
    dated: bool = True


def fixed(interval: TimeInterval | None) -> Meaning:
    return lambda origin: interval


def latest(of_year: Callable[[int], TimeInterval | None], future: bool = False) -> Meaning:
    """Of what comes once a year, that of the tale's year, else the latest begun by publication (or the next)."""

    def meaning(origin: Origin) -> TimeInterval | None:
        if origin.day is None:
            return of_year(origin.year) if origin.year else None
        day = origin.day
        if origin.year and not future:
            told = of_year(origin.year)
            if told and told.start <= day:
                return told
        years = (day.year, day.year + 1) if future else (day.year, day.year - 1, day.year - 2, day.year - 3, day.year - 4)
        for year in years:
            told = of_year(year)
            if told and (told.end > day if future else told.start <= day):
                return told
        return None

    return meaning


def days_of_month(month: int, first: int, last: int) -> Callable[[int], TimeInterval | None]:
    def of_year(year: int) -> TimeInterval | None:
        start, end = cal.day_of(year, month, first), cal.day_of(year, month, last)
        return cal.span(start, end, "throughout" if last > first else "within") if start and end else None

    return of_year


def feast_of(name: str) -> Callable[[int], TimeInterval | None]:
    def of_year(year: int) -> TimeInterval | None:
        return next(iter(cal.feast(name, year)), None)

    return of_year


def on_weekday(number: int, future: bool, strictly: bool) -> Meaning:
    def meaning(origin: Origin) -> TimeInterval | None:
        before = origin.before
        tale = before is not None and before.precision == "day" and before.end - before.start < timedelta(days=3)
        goes_on = origin.day is None or (origin.year and before and origin.day - before.end > timedelta(days=13))
        if tale and before and goes_on and not future and not strictly:
            day = before.start + timedelta(days=(number - before.start.weekday()) % 7)
        elif origin.day is None:
            return None
        else:
            day = cal.weekday(origin.day, number, future, strictly)
        return cal.span(day, day)

    return meaning


def from_publication(work: Callable[[date], TimeInterval | None]) -> Meaning:
    return lambda origin: work(origin.day) if origin.day else None


def units_before(unit: str, count: int, throughout: bool, precision: Precision, to_publication: bool = False) -> Meaning:
    def work(day: date) -> TimeInterval | None:
        start = cal.shifted(day, unit, -count)
        end = day if to_publication else day - timedelta(days=1)
        return cal.span(start, end, "throughout" if throughout else "within", precision) if start else None

    return from_publication(work)


def counted(day: date, unit: str, count: int) -> TimeInterval | None:
    """The day, week, month or year so many units away: one year away is told to the month."""
    there = cal.shifted(day, unit, count)
    if there is None:
        return None
    if unit == "year" and abs(count) == 1:
        return cal.unit_of(there, "month")
    return cal.unit_of(there, "year" if unit == "decade" else unit)


def from_anchor(unit: str, count: int, back: bool) -> Meaning:
    """So many units after the expression before, or before it; without one, before publication."""

    def meaning(origin: Origin) -> TimeInterval | None:
        before = origin.before
        if before is None:
            return counted(origin.day, unit, -count) if back and origin.day else None
        return counted(before.start if back else before.end, unit, -count if back else count)

    return meaning


def adjacent(unit: str, back: bool) -> Meaning:
    """The unit before or after the one in which the expression before lies; without one, before or after publication's."""

    def meaning(origin: Origin) -> TimeInterval | None:
        if origin.before is not None:
            day: date | None = origin.before.start if back else origin.before.end
        else:
            day = origin.day
        there = cal.shifted(day, unit, -1 if back else 1) if day else None
        return cal.unit_of(there, unit) if there else None

    return meaning


def same(unit: str) -> Meaning:
    def meaning(origin: Origin) -> TimeInterval | None:
        if origin.before is None:
            return None
        if unit == "day":
            return TimeInterval(origin.before.start, origin.before.end, "within", origin.before.precision)
        return cal.unit_of(origin.before.start, unit)

    return meaning


def lasting(unit: str, count: int) -> Meaning:
    """So many units up to the day before the one told before, or before publication if nothing is or what is reaches to it."""

    def meaning(origin: Origin) -> TimeInterval | None:
        before, until = origin.before, origin.day
        if before and before.precision == "day":
            until = before.start
        elif before and until and before.end < until - timedelta(days=1):
            return None  # "in 2012 … for three days"
        start = cal.shifted(until, unit, -count) if until else None
        return cal.span(start, until - timedelta(days=1), "throughout", cal.UNITS[unit]) if start and until else None

    return meaning


def nth_unit(number: int, unit: str) -> Meaning:
    start: date = time_words().uprising
    first, last = cal.shifted(start, unit, number - 1), cal.shifted(start, unit, number)
    return fixed(cal.span(first, last - timedelta(days=1), "within", cal.UNITS[unit]) if first and last else None)


def then(whole: Meaning, change: Callable[[TimeInterval], TimeInterval | None]) -> Meaning:
    def meaning(origin: Origin) -> TimeInterval | None:
        told = whole(origin)
        return change(told) if told else None

    return meaning


def within(part: Found, whole: Meaning) -> Meaning:
    """ "August last year", "Friday last week": what comes once in a year or a week, in that one."""

    def meaning(origin: Origin) -> TimeInterval | None:
        told = whole(origin)
        if told is None:
            return None
        if part.needs_year:
            return part.needs_year(told.start.year)(origin)
        for day in (told.start + timedelta(days=6), told.start - timedelta(days=1)):  # the latest by its end; or the next
            there = part.meaning(Origin(day))
            if there and timedelta() <= there.start - told.start < timedelta(days=7):
                return there
        return None

    return meaning


def since(first: Meaning) -> Meaning:
    def meaning(origin: Origin) -> TimeInterval | None:
        told = first(origin)
        if told is None or origin.day is None:
            return None
        return cal.span(told.start, max(origin.day, told.start), "throughout", told.precision)

    return meaning


def range_of(first: Found, last: Found) -> Meaning:
    def meaning(origin: Origin) -> TimeInterval | None:
        end = last.meaning(origin)
        if end is None:
            return None
        begin = None
        if first.needs_year:  # "from March to June 2012": the year stands once
            for year in (end.end.year, end.end.year - 1):
                begin = first.needs_year(year)(origin)
                if begin and begin.start <= end.end:
                    break
        else:
            begin = first.meaning(origin)
            if begin and begin.start > end.end and first.rule == "weekday":  # "from Friday to Sunday" told on a Friday
                begin = first.meaning(Origin(end.start))
        return cal.span(begin.start, end.end, "throughout", end.precision) if begin else None

    return meaning
