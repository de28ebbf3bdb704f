"""What is counted from publication or from the expression before: yesterday, last week, two days later."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conflictmap.geoparser.times import calendars as cal
from conflictmap.geoparser.times import meanings as m
from conflictmap.geoparser.times.meanings import Found, Origin
from conflictmap.geoparser.times.words.passage import Passage
from conflictmap.geoparser.times.words.rules import rule
from conflictmap.geoparser.times.words.spelled import (
    ABOUT_WORDS,
    ARABIC,
    ARABIC_MONTH,
    ARABIC_NUMBERS,
    ARABIC_TIME,
    ARABIC_UNITS,
    CAPITAL_WEEKDAYS,
    MONTH,
    NUMBER_AND_HALF,
    NUMBER_WORDS,
    ORDINALS,
    SEASON,
    UNIT,
    UNIT_WORDS,
    WEEKDAY,
    WEEKDAYS,
    WORDS,
    any_of,
    count_of,
    month_number,
    unit_of,
)
from conflictmap.geoparser.times.words.yearly import rel_yearly
from conflictmap.model import TimeInterval


@rule(
    "day_word",
    {"the", "yesterday", "today", "tonight", "tomorrow", "overnight", "last", "this"},
    r"\b(?i:(?P<word>the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|overnight)|(?P<night>last\s+night)|(?P<part>this\s+(?:morning|afternoon|evening)))\b",
)
def day_word(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    word = " ".join((g["word"] or g["night"] or g["part"]).lower().split())
    if word == "overnight":
        if re.match(r"\s+(?:(?:on|into|to)\s+)?" + WEEKDAY, passage.after(e, 20)):
            return None
        return Found(s, e, "day-word", m.from_publication(lambda day: cal.span(day - timedelta(days=1), day)))
    if word == "today" and re.match(r"['’]s\b", passage.after(e, 3)):
        return None
    days = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2}.get(word, 0)
    return Found(
        s, e, "day-word", m.from_publication(lambda day: cal.span(day + timedelta(days=days), day + timedelta(days=days)))
    )


@rule(
    "relative_unit",
    {"this", "last", "past", "next", "coming", "current", "previous", "preceding", "following", "same", "that"},
    rf"\b(?i:(?P<which>this|last|past|next|coming|current|previous|preceding|following|same|that))\s+(?P<what>{UNIT}|weekend|{SEASON}|{WEEKDAY}|{MONTH}|Ramadan|quarter|morning|afternoon|evening)(?![\w])(?!-(?:long|old))",
)
def relative_unit(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    which, what = g["which"].lower(), g["what"]
    low = what.lower()
    if which in ("same", "that", "following", "previous", "preceding"):
        s = passage.with_article(s)
    elif which in ("last", "past", "next", "coming", "current"):
        s = s if which in ("last", "next") else passage.with_article(s)
    tokens = passage.after(e, 24)
    if low.rstrip("s") in ("day", "week", "month", "year", "decade", "fortnight", "hour", "night"):
        if low.endswith("s") or (which == "last" and re.match(r"\s+of\b", tokens)):
            return None
        return _rel_unit(passage, s, e, which, unit_of(low))
    if low in ("morning", "afternoon", "evening"):
        if which in ("next", "following"):
            return Found(s, e, "from-anchor", m.adjacent("day", False), dated=True)
        if which in ("same", "that"):
            return Found(s, e, "same-unit", m.same("day"))
        return Found(s, e, "day-word", m.from_publication(lambda day: cal.span(day, day))) if which == "this" else None
    if low == "weekend":
        if which == "last" and re.match(r"\s+(?:of|in)\b", tokens):
            return None  # "the last weekend of July"
        if which in ("next", "coming"):
            return Found(s, e, "weekend", m.from_publication(lambda day: cal.weekend_of(day + timedelta(days=7))))
        return Found(s, e, "weekend", m.from_publication(cal.weekend_of))
    if low == "quarter":
        return None
    if what in CAPITAL_WEEKDAYS:
        number = WEEKDAYS[low]
        if which in ("next", "coming", "following"):
            if which == "following":

                def after(origin: Origin) -> TimeInterval | None:
                    base = origin.before.end if origin.before else origin.day
                    there = cal.weekday(base, number, True) if base else None
                    return cal.span(there, there) if there else None

                return Found(s, e, "weekday", after)
            return Found(s, e, "weekday", m.on_weekday(number, True, False))
        if which in ("same", "that"):
            return Found(s, e, "weekday", m.on_weekday(number, False, False))
        return Found(s, e, "weekday", m.on_weekday(number, False, which in ("last", "past", "previous")))
    if low in WORDS.seasons:
        if low == "fall" and re.match(r"\s+of\b", tokens):
            return None

        def of_season(year: int) -> TimeInterval | None:
            return cal.season_of(year, low)

        return rel_yearly(passage, s, e, which, "season", of_season)
    if what == "Ramadan":
        return rel_yearly(passage, s, e, which, "feast", m.feast_of("ramadan"))
    month = month_number(what)
    return rel_yearly(passage, s, e, which, "month", lambda year: cal.month_of(year, month))


@rule(
    "day_after",
    {"the"},
    r"\b(?i:the\s+(?P<unit>day|night|week|month|year|morning)\s+(?P<way>after|before|earlier|later))(?=\s*(?:[.,;:!?)–—]|$|that\b))",
    near_unit=True,
)
def day_after(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    unit = "day" if g["unit"].lower() in ("night", "morning") else g["unit"].lower()
    return Found(s, e, "from-anchor", m.adjacent(unit, g["way"].lower() in ("before", "earlier")))


@rule(
    "arabic_day_word",
    ARABIC,
    r"(?<!\w)(?:(?:مساء|صباح|فجر|ليلة)\s+)?(?P<word>أول أمس|أول من أمس|أمس|امس|اليوم|البارحة|غداً|غدا)(?!\w)",
)
def arabic_day_word(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    days = {"أول أمس": -2, "أول من أمس": -2, "أمس": -1, "امس": -1, "البارحة": -1, "اليوم": 0, "غداً": 1, "غدا": 1}[g["word"]]
    if re.match(rf"\s+(?:{any_of(ARABIC_TIME.weekdays)})", passage.after(e, 12)):
        return None  # "yesterday Sunday" is told by the weekday
    return Found(
        s, e, "day-word", m.from_publication(lambda day: cal.span(day + timedelta(days=days), day + timedelta(days=days)))
    )


@rule(
    "arabic_unit",
    ARABIC,
    r"(?<!\w)(?:خلال\s+)?(?P<unit>الأسبوع|الشهر|العام|السنة)\s+(?P<which>الماضي|الماضية|الفائت|المنصرم|الجاري|الحالي|المقبل|القادم)(?!\w)",
)
def arabic_unit(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    unit = {"الأسبوع": "week", "الشهر": "month", "العام": "year", "السنة": "year"}[g["unit"]]
    which = "this" if g["which"] in ("الجاري", "الحالي") else "next" if g["which"] in ("المقبل", "القادم") else "last"
    return _rel_unit(passage, s, e, which, unit)


@rule(
    "arabic_ago",
    ARABIC,
    rf"(?<!\w)(?:قبل|منذ)\s+(?:نحو\s+|حوالي\s+)?(?:(?P<number>{any_of(ARABIC_NUMBERS)}|\d{{1,3}})\s+)?(?P<unit>{any_of(ARABIC_UNITS)})(?!\w)(?!\s+(?:\d|من\b|{any_of(ARABIC_TIME.weekdays)}|{ARABIC_MONTH}))",
)
def arabic_ago(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    unit, count = ARABIC_UNITS[g["unit"]]
    count = (ARABIC_NUMBERS.get(g["number"]) or int(g["number"])) if g["number"] else count
    return Found(s, e, "ago", m.from_publication(lambda day: m.counted(day, unit, -count))) if count else None


@rule(
    "units_ago",
    NUMBER_WORDS | ABOUT_WORDS | UNIT_WORDS,
    rf"\b(?i:(?:(?:about|around|nearly|almost|some|over|just|barely|roughly|more\s+than|less\s+than|at\s+least)\s+)?(?:(?P<number>{NUMBER_AND_HALF}|a\s+few|several|some|few)[\s-]+)?)(?P<unit>{UNIT})\s+(?i:(?P<way>ago|earlier|later|afterwards?|before|after|on|previously|since))\b(?!\s+than)",
    near_unit=True,
)
def units_ago(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    number, word, way = (g["number"] or "").lower(), g["unit"].lower(), g["way"].lower()
    unit = unit_of(word)
    if way in ("before", "after", "on", "since") and not re.match(r"\s*(?:[.,;:!?)–—]|$)", passage.after(e, 40)):
        return None
    back = way in ("ago", "earlier", "before", "previously")
    if not number:
        if not word.endswith("s"):
            return None
        number = "few"
    vague = number in ("few", "a few", "several", "some")
    if unit == "hour":
        days = (24 if vague else count_of(number)[0]) // 24
        if way == "ago":
            return Found(s, e, "ago", m.from_publication(lambda day: m.counted(day, "day", -days)))
        if days and not vague:
            return Found(s, e, "from-anchor", m.from_anchor("day", days, back))
        return Found(s, e, "same-unit", m.same("day"))
    if unit == "fortnight":
        unit, number = "week", "2" if number in ("a", "", "one") else number
    if vague:
        if way == "ago":
            return Found(s, e, "recent-units", m.units_before(unit, WORDS.recent_units, False, "vague"))
        first, last = WORDS.few_units

        def some(origin: Origin) -> TimeInterval | None:
            before = origin.before
            base = (before.start if back else before.end) if before else (origin.day if back else None)
            if base is None:
                return None
            a, b = (-last, -first) if back else (first, last)
            start, end = cal.shifted(base, unit, a), cal.shifted(base, unit, b)
            return cal.span(start, end, "within", "vague") if start and end else None

        return Found(s, e, "from-anchor", some)
    count, half = count_of(number)
    if half:
        unit, count = {
            "year": ("month", count * 12 + 6),
            "month": ("day", count * 30 + 15),
            "week": ("day", count * 7 + 4),
            "day": ("day", count),
        }.get(unit, ("year", count * 10 + 5))
    if way == "ago":
        return Found(s, e, "ago", m.from_publication(lambda day: m.counted(day, unit, -count)))
    return Found(s, e, "from-anchor", m.from_anchor(unit, count, back))


@rule(
    "half_unit_ago",
    {"half"},
    r"\b(?i:half\s+an?\s+(?P<unit>year|decade|hour|day)\s+(?P<way>ago|earlier|later))\b",
    near_unit=True,
)
def half_unit_ago(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    unit, count = {"year": ("month", 6), "decade": ("year", 5)}.get(g["unit"].lower(), ("day", 0))
    if g["way"].lower() == "ago":
        return Found(s, e, "ago", m.from_publication(lambda day: m.counted(day, unit, -count)))
    return Found(s, e, "from-anchor", m.from_anchor(unit, count, g["way"].lower() == "earlier"))


@rule(
    "part_of_unit",
    {"the"},
    r"\b(?i:the\s+(?P<what>start|beginning|end|middle|(?:first|second|latter)\s+half|(?:first|second|third|fourth|last)\s+quarter|(?:first|second|third|fourth|last)\s+week)\s+of\s+(?P<which>the|this|last|next)\s+(?P<unit>year|month|week))\b",
    near_unit=True,
)
def part_of_unit(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    what, which, unit = g["what"].lower().split(), g["which"].lower(), g["unit"].lower()
    shift = {"last": -1, "next": 1}.get(which, 0)

    def change(told: TimeInterval) -> TimeInterval | None:
        if what[-1] == "half":
            return cal.half_of(told, what[0] != "first")
        if what[-1] == "quarter":
            return cal.quarter_of(told, ORDINALS[what[0]])
        if what[-1] == "week":
            return cal.week_in(told, ORDINALS[what[0]])
        return cal.part_of(told, {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}[what[0]])

    def whole(day: date) -> TimeInterval | None:
        there = cal.shifted(day, unit, shift)
        told = cal.unit_of(there, unit) if there else None
        return change(told) if told else None

    return Found(s, e, "this-unit" if not shift else "last-unit" if shift < 0 else "next-unit", m.from_publication(whole))


def _rel_unit(passage: Passage, s: int, e: int, which: str, unit: str) -> Found | None:
    if unit in ("hour", "decade", "fortnight"):
        return None
    if which in ("same", "that"):
        if which == "that" and not re.match(r"\s*(?:[.,;:!?)’'–—]|$|\w)", passage.after(e, 3)):
            return None
        return Found(s, e, "same-unit", m.same(unit))
    if which in ("this", "current"):
        if unit == "day":
            return None

        def this(day: date) -> TimeInterval | None:
            whole = cal.unit_of(day, unit)
            return cal.span(whole.start, whole.end if passage.future(s) else day, "within", whole.precision) if whole else None

        return Found(s, e, "this-unit", m.from_publication(this))
    if which in ("previous", "preceding"):
        return Found(s, e, "from-anchor", m.adjacent(unit, True))
    if which == "following":
        return Found(s, e, "from-anchor", m.adjacent(unit, False))
    if unit == "day":
        if which == "next":
            return Found(passage.with_article(s), e, "from-anchor", m.adjacent("day", False))
        return None
    count = 1 if which in ("next", "coming") else -1
    article = passage.with_article(s)
    if article != s and which == "next":  # "the next week": the one after the tale's
        return Found(article, e, "from-anchor", m.adjacent(unit, False))
    if which == "past" or (which == "last" and article != s):  # "the past week"
        return Found(article, e, "last-n-units", m.units_before(unit, 1, True, cal.UNITS[unit]))

    def beside(day: date) -> TimeInterval | None:
        there = cal.shifted(day, unit, count)
        return cal.unit_of(there, unit) if there else None

    return Found(s, e, "next-unit" if count > 0 else "last-unit", m.from_publication(beside))
