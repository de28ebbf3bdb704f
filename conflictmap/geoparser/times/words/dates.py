"""Dates, months, seasons, feasts, decades and years, in figures and in words."""

from __future__ import annotations

import re
from datetime import date

from conflictmap.geoparser.times import calendars as cal
from conflictmap.geoparser.times import meanings as m
from conflictmap.geoparser.times.meanings import Found, Origin
from conflictmap.geoparser.times.words.passage import BEFORE_WORD, Passage
from conflictmap.geoparser.times.words.rules import rule
from conflictmap.geoparser.times.words.spelled import (
    ARABIC,
    ARABIC_LAST_OR_NEXT,
    ARABIC_MONTH,
    ARABIC_TIME,
    DASH,
    DAY,
    DAY_ORDINALS,
    FEAST,
    FIGURE,
    MONTH,
    MONTH_WORDS,
    ORDINALS,
    PREPOSITION,
    SEASON,
    SEASON_WORDS,
    WEEKDAY,
    WEEKDAY_WORDS,
    WORDS,
    YEAR,
    any_of,
    figure,
    month_number,
    sentence_starts,
)
from conflictmap.geoparser.times.words.yearly import rel_yearly, yearly
from conflictmap.model import TimeInterval

_LICENSED = re.compile(rf"\b(?i:{PREPOSITION})[\s-]+(?:the\s+)?\Z|\b(?i:mid)-\Z|\b{MONTH}{DASH}\Z|\bfrom\s+\Z")


@rule("iso_date", FIGURE, rf"(?<![\w/.-])(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\w/-])")
def iso_date(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return _day(passage, s, e, int(g["year"]), int(g["month"]), int(g["day"]))


@rule(
    "numeric_date",
    FIGURE,
    rf"(?<![\w/.-])(?P<day>\d{{1,2}})(?:/(?P<slashed>\d{{1,2}})/|\.(?P<dotted>\d{{1,2}})\.)(?P<year>{YEAR})(?![\w/])",
)
def numeric_date(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    day, month = int(g["day"]), int(g["slashed"] or g["dotted"])
    if day <= 12 and month <= 12 and day != month:
        return None  # 05/08/2013: a day of May or of August, uncertain
    return _day(passage, s, e, int(g["year"]), *((month, day) if month <= 12 else (day, month)))


@rule(
    "days_month",
    FIGURE | {"between", "from"},
    rf"(?<![\w/.,:-])(?:(?:[Bb]etween|[Ff]rom)\s+(?:the\s+)?)?(?P<first>{DAY})(?:{DASH}|\s+(?:to|and|until|through|or)\s+(?:the\s+)?)(?P<last>{DAY})(?:\s+of)?\s+(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?",
)
def days_month(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return _date(passage, s, e, figure(g["first"]), figure(g["last"]), month_number(g["month"]), g["year"])


@rule(
    "month_days",
    MONTH_WORDS | {"between", "from"},
    rf"(?:(?:[Bb]etween|[Ff]rom)\s+)?\b(?P<month>{MONTH})\s+(?P<first>{DAY})(?:{DASH}|\s+(?:to|and|until|through|or)\s+)(?P<last>{DAY})(?:,?\s+(?P<year>{YEAR}))?(?!\s+{MONTH})",
)
def month_days(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return _date(passage, s, e, figure(g["first"]), figure(g["last"]), month_number(g["month"]), g["year"])


@rule(
    "day_month",
    FIGURE | WEEKDAY_WORDS,
    rf"(?<![\w/.:-])(?:(?P<weekday>{WEEKDAY}),?\s+(?:the\s+)?)?(?P<day>{DAY})(?:\s+of)?\s+(?P<month>{MONTH})(?:(?:,|\s+of)?\s+(?P<year>{YEAR}))?",
)
def day_month(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return _date(passage, s, e, figure(g["day"]), figure(g["day"]), month_number(g["month"]), g["year"])


@rule(
    "ordinal_month",
    frozenset(word.split("-")[0] for word in DAY_ORDINALS),
    rf"(?P<ordinal>{any_of(DAY_ORDINALS)})\s+of\s+(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?",
)
def ordinal_month(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return _date(passage, s, e, ORDINALS[g["ordinal"]], ORDINALS[g["ordinal"]], month_number(g["month"]), g["year"])


@rule(
    "arabic_day_month",
    FIGURE | ARABIC,
    rf"(?<!\w)(?:(?:يوم\s+)?(?:{any_of(ARABIC_TIME.weekdays)})،?\s+)?(?P<day>\d{{1,2}})\s+(?P<month>{ARABIC_MONTH})(?:\s*/\s*{ARABIC_MONTH})?(?:\s+(?:من\s+)?(?:عام\s+)?(?P<year>{YEAR}))?",
)
def arabic_day_month(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return _date(passage, s, e, int(g["day"]), int(g["day"]), month_number(g["month"]), g["year"])


@rule(
    "month_day",
    WEEKDAY_WORDS | MONTH_WORDS,
    rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?\b(?P<month>{MONTH})\s+(?P<day>{DAY})(?:,?\s+(?P<year>{YEAR}))?(?![-–/]?\d)",
)
def month_day(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    if re.match(r"\s*(?:a\.m|p\.m|am\b|pm\b|percent|%|:\d)", passage.after(e, 9)):
        return None
    return _date(passage, s, e, figure(g["day"]), figure(g["day"]), month_number(g["month"]), g["year"])


@rule("month_year", MONTH_WORDS, rf"\b(?P<month>{MONTH})(?:\s+of|,)?\s+(?P<year>{YEAR})")
def month_year(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    if passage.titled(s, e):
        return None
    return Found(s, e, "month", m.fixed(cal.month_of(int(g["year"]), month_number(g["month"]))), True, int(g["year"]))


@rule(
    "arabic_month",
    ARABIC,
    rf"(?<!\w)(?P<month>{ARABIC_MONTH})(?:\s*/\s*{ARABIC_MONTH})?(?:\s+(?:من\s+)?(?:عام\s+)?(?P<year>{YEAR})|\s+(?P<which>{ARABIC_LAST_OR_NEXT}))?(?!\w)",
)
def arabic_month(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    if g["year"]:
        return month_year(passage, s, e, g)
    if g["which"]:
        which, month = "next" if g["which"] in ("المقبل", "القادم") else "last", month_number(g["month"])
        return rel_yearly(passage, s, e, which, "month", lambda year: cal.month_of(year, month))
    before = passage.before(s, 12).split()
    if not before or before[-1] not in (
        "في",
        "شهر",
        "منذ",
        "خلال",
        "مطلع",
        "أوائل",
        "منتصف",
        "أواخر",
        "نهاية",
        "بداية",
        "حتى",
    ):
        return None
    month = month_number(g["month"])
    return yearly(passage, s, e, "month", lambda year: cal.month_of(year, month))


@rule("bare_month", MONTH_WORDS, rf"\b(?P<month>{MONTH})(?!\w)")
def bare_month(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    word = g["month"]
    before = passage.before(s, 30)
    after = passage.after(e, 40)
    if passage.titled(s, e) or re.match(r"['’]s\s+[A-Z]", after):
        return None
    counted = re.search(r"\b([A-Z][\w-]+)\s+of\s+\Z", before)
    if counted and counted[1].lower() in ORDINALS:
        return None  # "the Seventh of April quarter"
    licensed = _LICENSED.search(before)
    adjective = bool(re.search(r"\b(?i:the|a|an|this|its|last|his|their)\s+\Z", before))
    if not licensed:
        return None
    if adjective and re.search(r"\b(?i:the|a|an|its|his|their)\s+\Z", before):
        following = re.match(r"\s+([a-z]+)", after)
        if not following or following[1] in (
            "on",
            "to",
            "for",
            "from",
            "in",
            "against",
            "through",
            "toward",
            "towards",
            "of",
            "by",
            "was",
            "is",
            "has",
            "into",
            "had",
        ):
            return None
    if (
        word in ("May", "March")
        and re.search(r"\b(?i:the|that|and|or|for|after|before|to|over|each|every)\s+\Z", before)
        and re.match(r"\s+(?:on|for|to|against|through|have|be|not|also|well)\b", after)
    ):
        return None
    if (
        not re.search(rf"\b{MONTH}\s+(?:and|or|to)\s+\Z", before)
        and re.search(
            r"\b(?:and|or|for|(?<!week )(?<!days )(?<!half )(?<!part )(?<!end )(?<!start )(?<!middle )(?<!beginning )of|by|to|from|before|after|that|over|around)\s+\Z",
            before,
        )
        and re.match(r"\s+(?:said|told|[A-Z][a-z]+\s+(?:said|told)|[A-Z])", after)
    ):
        return None  # "by April Jones", "of May said"
    month = month_number(word)
    return yearly(passage, s, e, "month", lambda year: cal.month_of(year, month))


@rule(
    "season_of_year",
    SEASON_WORDS,
    rf"\b(?:(?P<season>{SEASON})(?:\s+of)?\s+(?P<year>{YEAR})(?:[-–/](?P<to>\d\d(?:\d\d)?)(?!\d))?)",
)
def season_of_year(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    season, year = g["season"].lower(), int(g["year"])
    return Found(s, e, "season", m.fixed(cal.season_of(year, season)), True, year)


@rule("bare_season", SEASON_WORDS, rf"\b(?P<season>{SEASON})\b")
def bare_season(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    before = passage.before(s, 24)
    if not re.search(r"\b(?i:in|since|until|by|during|last|this|next|throughout|early|late|mid|over)[\s-]+(?:the\s+)?\Z", before):
        return None
    after = passage.after(e, 16)
    if re.match(r"\s+(?:of|in|to)\b|['’]s\s+[A-Z]", after):
        return None
    if g["season"][0].isupper() and ("Arab" in before or re.match(r"\s+[A-Z]", after)):
        return None
    season = g["season"].lower()
    return yearly(passage, s, e, "season", lambda year: cal.season_of(year, season))


@rule(
    "feast", ARABIC | {"eid", "ramadan"}, rf"(?<!\w)(?P<feast>{FEAST})(?:\s+(?:of|in))?(?:\s+(?:عام\s+)?(?P<year>{YEAR}))?(?!\w)"
)
def feast(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    if passage.titled(s, e):
        return None
    before = BEFORE_WORD.search(passage.text, max(0, s - 30), s)
    if (
        not g["year"]
        and g["feast"] in ("Ramadan", "Eid")
        and not re.search(
            r"\b(?i:in|during|of|since|for|before|after|this|last|until|by|on|at|throughout|the|over|with)\s+\Z",
            passage.before(s, 14),
        )
    ):
        return None
    if before and (
        before[1].isdigit()
        or (before[1][0].isupper() and s > len(before[0]) and not sentence_starts(passage.text, before.start(1)))
    ):
        return None
    name = {"رمضان": "ramadan", "عيد الفطر": "eid al-fitr", "عيد الأضحى": "eid al-adha"}.get(g["feast"]) or re.sub(
        r"\s+(?:al|el|ul)[-\s]?", " al-", g["feast"].lower()
    )
    if re.match(r"\s+[A-Z][a-z]", passage.after(e, 4)) and name == "ramadan" and not g["year"]:
        return None
    if name == "eid":
        both = [m.latest(m.feast_of(one)) for one in ("eid al-fitr", "eid al-adha")]

        def latest(origin: Origin) -> TimeInterval | None:
            told = [interval for one in both if (interval := one(origin))]
            return max(told, key=lambda i: i.start) if told else None

        return Found(s, e, "feast", latest)
    of_year = m.feast_of(name)
    if g["year"]:
        return Found(s, e, "feast", m.fixed(of_year(int(g["year"]))), True, int(g["year"]))
    return yearly(passage, s, e, "feast", of_year)


@rule(
    "decade",
    FIGURE | {"the", "early", "mid", "late"},
    r"(?<![\w.,])(?:the\s+)?(?:(?P<part>early|mid|late)[\s-]+)?(?P<decade>1[89]\d|20\d)0s\b",
)
def decade(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    told = cal.decade_of(int(g["decade"] + "0"))
    return Found(s, e, "decade", m.fixed(cal.part_of(told, g["part"]) if told and g["part"] else told), True)


@rule("year_range", FIGURE, rf"(?<![\w/.,-])(?P<first>{YEAR})[-–—/](?P<last>{YEAR}|\d\d(?!\d))(?![\w/-])")
def year_range(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    last = int(g["last"] if len(g["last"]) == 4 else g["first"][:2] + g["last"])
    first = int(g["first"])
    if not first < last <= first + 60 or not _year_licensed(passage, s, e, ranged=True):
        return None
    return Found(s, e, "range", m.fixed(cal.span(date(first, 1, 1), date(last, 12, 31), "throughout", "year")), True, last)


@rule("bare_year", FIGURE, rf"(?:(?<=[Mm]id-)|(?<![\w/.,$€£-]))(?P<year>{YEAR})(?![\w/,]\d|[\w/]|-\w)")
def bare_year(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    if not _year_licensed(passage, s, e):
        return None
    year = int(g["year"])
    return Found(s, e, "year", m.fixed(cal.year_of(year)), True, year)


def _day(passage: Passage, s: int, e: int, year: int, month: int, day: int) -> Found | None:
    told = cal.day_of(year, month, day)
    return Found(s, e, "date", m.fixed(cal.span(told, told)), True, year) if told else None


def _date(passage: Passage, s: int, e: int, first: int, last: int, month: int, year: str | None) -> Found | None:
    if passage.titled(s, e) or cal.day_of(2012, month, first) is None or cal.day_of(2012, month, last) is None:
        return None
    of_year = m.days_of_month(month, first, last) if first <= last else None
    if of_year is None:
        return None
    if year:
        return Found(s, e, "date", m.fixed(of_year(int(year))), True, int(year))
    return yearly(passage, s, e, "date", of_year)


def _year_licensed(passage: Passage, s: int, e: int, ranged: bool = False) -> bool:
    before, after = passage.before(s, 40), passage.after(e, 40)
    following = re.match(r"\s+([A-Za-z]+)", after)
    weak = not re.search(
        rf"(?i)\b(?:in|since|until|by|during|throughout|late|early|mid|last|year|{SEASON}|(?:end|beginning|start|middle|half|quarter|months?)\s+of)[\s-]+(?:the\s+)?\Z|mid-\Z",
        before,
    )
    if weak and following and following[1].lower() in WORDS.counted:
        return False
    if re.match(r"\s+(?:and|to|or)\s+\d", after) and not re.match(
        rf"\s+(?:and|to|or)\s+{YEAR}(?!\s+(?:{any_of(WORDS.counted)})\b)", after
    ):
        return False
    if re.match(r"\s*(?:%|percent|per\s+cent|[-–]?mm\b|m\b|°|\.\d)", after):
        return False
    if re.search(
        r"\b(?i:total|number|some|about|least|than|nearly|almost|estimated|killed|resolution|regiment|brigade|battalion|division|unit|no\.?|number|article|page|route|highway|worth|of\s+over)\s+(?:of\s+)?\Z",
        before,
    ):
        return False
    if re.search(
        r"(?i)\b(?:in|since|until|till|by|during|through|throughout|late|early|mid|before|after|between|from|year|last|of|and|to|circa|around|عام|سنة|في|منذ|for|the\s+year)[\s-]+(?:the\s+)?\Z|\bmid-\Z|[(]\Z",
        before,
    ):
        counted_list = re.search(r"(?i)\b(?:and|to|of|for)\s+\Z", before)
        if counted_list and re.search(r"(?i)\b(?:and|to)\s+\Z", before):
            return bool(
                re.search(rf"{YEAR}\s+(?:and|to)\s+\Z|\b{MONTH}\s+(?:and|to)\s+\Z", before)
                or re.search(r"(?i)\b(?:between|from|in)\b[^.;]*\Z", before)
            )
        return True
    if re.search(r"\b(?i:the|a|his|its|their|her|this)\s+\Z|['’]s\s+\Z", before):  # the 2013 offensive
        return bool(
            following and following[1].islower() and following[1] not in ("and", "or", "to", "who", "that", "were", "was")
        )
    return not before.strip() and bool(following)
