"""When a text without a date may have been published: a proposal from what it says itself, for a person to confirm.

Never applied by the program. Each proposal carries its reasons, so that the person can weigh them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from conflictmap.geoparser.lexicon import time_words
from conflictmap.geoparser.times import calendars as cal
from conflictmap.geoparser.times.expressions import find
from conflictmap.geoparser.times.meanings import Found, Origin
from conflictmap.model import Article, DayRange, TimeInterval
from conflictmap.text import passages

SOON = timedelta(days=13)
"""How long after the latest day told a report is taken to have appeared: our own guess, said in the reasons."""
_URL = re.compile(r"(?<!\d)(19\d\d|20\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01])(?!\d))?(?=[/-]|\D|$)")
_URL_TIGHT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_HEAD = 300
"""A date on a line of its own so near the beginning (code points) is taken for the text's own date line."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A range of days in which a text may have been published, and why."""

    published: DayRange
    reasons: tuple[str, ...]


def propose(article: Article) -> Proposal | None:
    """A range for a text's publication from its address, its head and the days it tells of; None if nothing in it says."""
    reasons: list[str] = []
    window = _of_address(article.url, reasons)
    found = [one for passage in passages(article) for one in find(article.text, passage.start, passage.end)]
    if line := _of_head(article.text, found):
        reasons.append(f"a line at its head gives the date {line.isoformat()}")
        if window is None or window[0] <= line <= window[1]:
            return Proposal(DayRange(line, line, line), tuple(reasons))
    years = _years(found, window)
    latest = _latest_day(article.text, found, years, window, reasons)
    if latest is None:
        if window is None:
            return None
        return Proposal(DayRange(*window, window[0] + (window[1] - window[0]) // 2), tuple(reasons))
    low, high = latest, latest + SOON
    if any(one.rule == "weekday" and one.meaning(Origin(latest)) == TimeInterval(latest, latest) for one in found):
        high = latest + timedelta(days=6)
        reasons.append(f"it calls that day by its weekday alone ({latest:%A}), so it appeared before the next {latest:%A}")
    else:
        reasons.append(f"reports mostly appear within {SOON.days} days of the latest day they tell of: a guess")
    if window and low <= window[1] and high >= window[0]:
        low, high = max(low, window[0]), min(high, window[1])
    return Proposal(DayRange(low, high, min(high, low + timedelta(days=1))), tuple(reasons))


def _of_address(url: str | None, reasons: list[str]) -> tuple[date, date] | None:
    for pattern in (_URL, _URL_TIGHT):
        match = pattern.search(url or "")
        if match is None:
            continue
        year, month, number = int(match[1]), int(match[2]), match[3]
        if number and (day := cal.day_of(year, month, int(number))):
            reasons.append(f"its address holds {day.isoformat()}")
            return day, day
        whole = cal.month_of(year, month)
        if whole and not number:
            reasons.append(f"its address holds the month {year}-{month:02}")
            return whole.start, whole.end
    return None


def _of_head(text: str, found: Sequence[Found]) -> date | None:
    """A full date that fills a line near the beginning, but for a few words such as "Published" or "By …"."""
    for one in found:
        if one.start > _HEAD:
            break
        told = _day(one, Origin(None))
        begin, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
        rest = text[begin : one.start] + text[one.end : len(text) if end < 0 else end]
        if (
            told
            and one.absolute
            and len(rest) < 40
            and not re.search(r"(?i)[.!?]\s|\b(?:on|in|since|until)\s*\Z", text[begin : one.start])
        ):
            return told
    return None


def _day(one: Found, origin: Origin) -> date | None:
    told = one.meaning(origin) if one.rule == "date" else None
    return told.end if told else None


def _years(found: Sequence[Found], window: tuple[date, date] | None) -> list[int]:
    """The years that a date without one may be of: the address's, or the latest that the text names and the next."""
    if window:
        return [window[0].year]
    named = [one.year for one in found if one.year and one.rule in ("date", "month", "year")]
    return [max(named), max(named) + 1] if named else []


def _latest_day(
    text: str, found: Sequence[Found], years: Sequence[int], window: tuple[date, date] | None, reasons: list[str]
) -> date | None:
    """The latest day that it tells of as past: full dates, and dates without a year where a weekday or the address gives the year."""
    latest: date | None = None
    why = ""
    weekdays: dict[str, int] = time_words().weekdays
    for one in found:
        words = " ".join(text[one.start : one.end].split())
        days = [day] if one.absolute and (day := _day(one, Origin(None))) else []
        reason = f"the latest day it tells of is “{words}”"
        if one.rule == "date" and not one.absolute and one.needs_year:
            days = [told.end for year in years if (told := one.needs_year(year)(Origin(None)))]
            pair = next((number for name, number in weekdays.items() if name in words.lower()), None)
            if pair is not None:
                days = [day for day in days if day.weekday() == pair]
                reason = f"“{words}” was in {days[0].year}" if days else ""
            if len(days) != 1:
                continue
        days = [day for day in days if window is None or day <= window[1]]
        if days and (latest is None or days[0] > latest):
            latest, why = days[0], reason
    if latest:
        reasons.append(why)
    return latest
