"""Days, weeks, months, seasons and years as intervals, and counting by them: the conventions of docs/method.md.

All dates are calendar days (UTC). A week runs Monday to Sunday (ISO 8601). Nothing here reads a text.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from hijridate import Gregorian, Hijri

from conflictmap.geoparser.lexicon import time_words
from conflictmap.model import IntervalKind, Precision, TimeInterval

UNITS: Mapping[str, Precision] = {"day": "day", "week": "week", "month": "month", "year": "year", "decade": "vague"}
FIRST_DAY, LAST_DAY = date(1850, 1, 1), date(2100, 12, 31)
"""What can be told of: counting further leads to no date."""
_FEASTS = {"ramadan": (9, 1, None), "eid al-fitr": (10, 1, 3), "eid al-adha": (12, 10, 4)}  # Hijri month, day, days that it lasts


def span(start: date, end: date, kind: IntervalKind = "within", precision: Precision = "day") -> TimeInterval | None:
    """The interval from start to end, or None if it lies outside what can be told of or is empty."""
    return TimeInterval(start, end, kind, precision) if FIRST_DAY <= start <= end <= LAST_DAY else None


def day_of(year: int, month: int, day: int) -> date | None:
    """A calendar day; None if there is none ("31 June")."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_from(day: date, months: int) -> date | None:
    """The same day so many months later (earlier if negative), or the month's last day if it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shifted(day: date, unit: str, count: int) -> date | None:
    """The day so many units later (earlier if negative); None out of the calendar."""
    if abs(count) > 4000:
        return None
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    return months_from(day, count * {"month": 1, "year": 12, "decade": 120}[unit])


def week_of(day: date) -> TimeInterval | None:
    monday = day - timedelta(days=day.weekday())
    return span(monday, monday + timedelta(days=6), "within", "week")


def month_of(year: int, month: int) -> TimeInterval | None:
    return span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "within", "month")


def year_of(year: int) -> TimeInterval | None:
    return span(date(year, 1, 1), date(year, 12, 31), "within", "year")


def decade_of(year: int) -> TimeInterval | None:
    first = year // 10 * 10
    return span(date(first, 1, 1), date(first + 9, 12, 31), "within", "vague")


def season_of(year: int, season: str) -> TimeInterval | None:
    """A season that begins in the year: winter ends in the next."""
    first = date(year, time_words().seasons[season], 1)
    following = months_from(first, 3)
    return span(first, following - timedelta(days=1), "within", "season") if following else None


def months_of(year: int, first: int, last: int) -> TimeInterval | None:
    """Some months of a year, such as a quarter or its first half."""
    end = month_of(year, last)
    return span(date(year, first, 1), end.end, "within", "season") if end else None


def unit_of(day: date, unit: str) -> TimeInterval | None:
    """The calendar unit in which a day lies."""
    if unit == "week":
        return week_of(day)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "year":
        return year_of(day.year)
    return decade_of(day.year) if unit == "decade" else span(day, day)


def weekend_of(day: date) -> TimeInterval | None:
    """The latest Saturday and Sunday whose Saturday is not after the day."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    return span(saturday, saturday + timedelta(days=1), "within", "week")


def weekday(day: date, number: int, future: bool = False, strictly: bool = False) -> date:
    """The latest day of that weekday not after a day (`strictly`: before it), or the first after it."""
    if future:
        return day + timedelta(days=(number - day.weekday() - 1) % 7 + 1)
    back = (day.weekday() - number) % 7
    return day - timedelta(days=back or (7 if strictly else 0))


def part_of(whole: TimeInterval, part: str) -> TimeInterval | None:
    """Early, mid or late in a month, a season, a year, a week or a decade."""
    words = time_words()
    start = whole.start
    length = (whole.end - start).days + 1
    if whole.precision == "month" and start.day == 1:
        first, last = words.parts_of_month[part]
        return span(start.replace(day=first), whole.end if last == -1 else start.replace(day=last), "within", "part-of-month")
    if whole.precision == "year" and (start.month, start.day) == (1, 1):
        first, last = words.parts_of_year[part]
        return months_of(start.year, first, last)
    if whole.precision == "week" and start.weekday() == 0:
        first, last = {"early": (0, 1), "mid": (2, 3), "late": (4, 6)}[part]
        return span(start + timedelta(days=first), start + timedelta(days=last), "within", "week")
    if whole.precision == "season":
        number = {"early": 0, "mid": 1, "late": 2}[part]
        month = months_from(start, number)
        return month_of(month.year, month.month) if month else None
    if whole.precision == "day" or length < 3:
        return whole
    number = {"early": 0, "mid": 1, "late": 2}[part]
    return span(
        start + timedelta(days=length * number // 3),
        start + timedelta(days=length * (number + 1) // 3 - 1),
        "within",
        whole.precision,
    )


def half_of(whole: TimeInterval, second: bool) -> TimeInterval | None:
    """The first or second half of a year (six months), else of the days of what it is."""
    if whole.precision == "year":
        return months_of(whole.start.year, *((7, 12) if second else (1, 6)))
    days = (whole.end - whole.start).days + 1
    cut = whole.start + timedelta(days=15 if whole.precision == "month" else days // 2)
    precision: Precision = "part-of-month" if whole.precision == "month" else whole.precision
    return (
        span(cut, whole.end, "within", precision) if second else span(whole.start, cut - timedelta(days=1), "within", precision)
    )


def quarter_of(whole: TimeInterval, number: int) -> TimeInterval | None:
    """The nth quarter of a year; -1: its last."""
    quarter = 4 if number == -1 else number
    return months_of(whole.start.year, quarter * 3 - 2, quarter * 3) if whole.precision == "year" and quarter <= 4 else None


def week_in(whole: TimeInterval, number: int) -> TimeInterval | None:
    """The nth seven days of a month (1: days 1 to 7); -1: its last seven."""
    if number == -1:
        return span(whole.end - timedelta(days=6), whole.end, "within", "week")
    first = whole.start + timedelta(days=7 * (number - 1))
    return span(first, min(first + timedelta(days=6), whole.end), "within", "week") if first <= whole.end else None


@cache
def feast(name: str, year: int) -> tuple[TimeInterval, ...]:
    """Ramadan, Eid al-Fitr (three days) or Eid al-Adha (four) that begin in a year of our calendar: none, one or two.

    By the Umm al-Qura calendar (hijridate), which starts from what is computed, not from what was seen: a day off is possible.
    """
    month, day, days = _FEASTS[name]
    kept: Mapping[int, date] = time_words().feasts_kept.get(name, {})
    found = []
    try:
        first = Gregorian(year, 1, 1).to_hijri().year
        for hijri in (first, first + 1):
            begin = date(*Hijri(hijri, month, day).to_gregorian().datetuple())
            begin = kept.get(begin.year, begin)
            if begin.year == year:
                length = days or Hijri(hijri, month, 1).month_length()
                found.append(TimeInterval(begin, begin + timedelta(days=length - 1), "within", "week" if days else "month"))
    except (ValueError, OverflowError):  # the calendar is tabulated for 1924 to 2077
        return ()
    return tuple(found)


def hull(intervals: list[TimeInterval]) -> TimeInterval:
    """From the earliest to the latest of them; kind and precision are the first's."""
    first = intervals[0]
    return TimeInterval(min(i.start for i in intervals), max(i.end for i in intervals), first.kind, first.precision)
