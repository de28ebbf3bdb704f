"""Which words of a text tell a time: dates, months, weekdays, units, in English and Arabic; and what only looks like one.

Each is an atom, `Found` with its meaning (timemeanings.py); timeexpressions.py puts them together with the words around them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from conflictmap.geoparser.lexicon import english_words, word_lists
from conflictmap.geoparser.times import calendars as cal
from conflictmap.geoparser.times import meanings as m
from conflictmap.geoparser.times.meanings import Found, Origin
from conflictmap.model import TimeInterval

# --- the words ------------------------------------------------------------------------------------------------

_WORDS: dict[str, Any] = word_lists("temporal")
_MONTHS: dict[str, int] = {**_WORDS["months"], **_WORDS["arabic_months"]}
_DAYS: dict[str, int] = {**_WORDS["weekdays"], **_WORDS["arabic_weekdays"]}
_NUMBERS: dict[str, int] = _WORDS["numbers"]
ORDINALS: dict[str, int] = _WORDS["ordinals"]


def any_of(words: Any, capital: bool = False) -> str:
    return "|".join(
        re.escape(word[0].upper() + word[1:] if capital else word).replace(r"\ ", r"\s+")
        for word in sorted(words, key=len, reverse=True)
    )


_CUT = {word for word in _WORDS["months"] if len(word) < 5 and word not in ("may", "june", "july")}
_M = f"(?:{any_of(set(_WORDS['months']) - _CUT, True)}|(?:{any_of(_CUT, True)})\\b\\.?|{any_of(_WORDS['arabic_months'])})"
_AM = f"(?:{any_of(_WORDS['arabic_months'])})"
_W = f"(?:{any_of(_WORDS['weekdays'], True)})"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?\b"
_Y = r"(?:1[89]|20)\d\d(?!\d)"
_ONES = [word for word, number in _NUMBERS.items() if number < 10 and word[0] != "a"]
_TENS = [word for word, number in _NUMBERS.items() if number % 10 == 0 and number < 100 and word[-1] == "y"]
_N = rf"(?:\d{{1,3}}|(?i:(?:{any_of(_TENS)})[\s-](?:{any_of(_ONES)})|{any_of(_NUMBERS)})(?!\w))"
_NUM = rf"(?:{_N}(?:\s+and\s+(?:a\s+half|[½]))?)"
_UNITS = "day|week|month|year|decade|fortnight|hour|night"
_U = rf"(?i:{_UNITS})s?"
_ARABIC_NUMBERS: dict[str, int] = _WORDS["arabic_numbers"]
_ARABIC_UNITS: dict[str, tuple[str, int]] = {
    word: (unit, count) for unit, words in _WORDS["arabic_units"].items() for word, count in words.items()
}
_ORD = rf"(?i:{any_of(ORDINALS)})"
_DAY_ORDINALS = [word for word, number in ORDINALS.items() if number > 0]
_SEASON = r"[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter"
_PREP = r"(?:in|since|until|till|by|from|to|of|during|through|throughout|last|this|next|late|early|mid|between|before|after|for|around|and|or|end|beginning|start|that|the|every|each|over)"
_WHICH = "الماضي|الفائت|المنصرم|المقبل|القادم"
_DASH = r"\s*[-–—]\s*"
LIGHT = r"(?:dawn|daybreak|sunrise|noon|midday|dusk|sunset|nightfall|midnight)"
_WAR = any_of(_WORDS["anchors"]["uprising"]["words"])
_EID = r"Eid(?:\s+(?:al|el|ul)[-\s]?(?:Fitr|Adha))?|Ramadan|رمضان|عيد الفطر|عيد الأضحى"

# The words that an atom may begin with; a figure stands for all figures, an Arabic letter for all Arabic words.
_FIGURE, _ARABIC = frozenset({"0"}), frozenset({"ا"})
_MONTH = _ARABIC | set(_WORDS["months"])
_WEEKDAY, _SEASONS = frozenset(_WORDS["weekdays"]), frozenset(_WORDS["seasons"])
_NUMBER = _FIGURE | {word.split()[0] for word in _NUMBERS} | {"few", "several", "some"}
_ABOUT = frozenset(["about", "around", "nearly", "almost", "some", "over", "just", "barely", "roughly", "more", "less", "at"])
_UNIT = frozenset(word + s for word in _UNITS.split("|") for s in ("", "s"))
_OVER = frozenset({"over", "in", "during", "for", "within", "throughout", "across"})
_LAST = frozenset({"the", "these", "last", "past", "previous", "preceding"})

# What each kind of atom looks like, and the words it may begin with. Of those that fit at an offset the first counts.
_PATTERNS: tuple[tuple[str, frozenset[str] | set[str], re.Pattern[str]], ...] = (
    ("iso", _FIGURE, re.compile(rf"(?<![\w/.-])({_Y})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w/-])")),
    ("numeric", _FIGURE, re.compile(rf"(?<![\w/.-])(\d{{1,2}})(?:/(\d{{1,2}})/|\.(\d{{1,2}})\.)({_Y})(?![\w/])")),
    # 4–6 August 2013, 4 to 6 August; the days of one month.
    (
        "dd_m",
        _FIGURE | {"between", "from"},
        re.compile(
            rf"(?<![\w/.,:-])(?:(?:[Bb]etween|[Ff]rom)\s+(?:the\s+)?)?({_D})(?:{_DASH}|\s+(?:to|and|until|through|or)\s+(?:the\s+)?)({_D})(?:\s+of)?\s+({_M})(?:,?\s+({_Y}))?"
        ),
    ),
    (
        "m_dd",
        _MONTH | {"between", "from"},
        re.compile(
            rf"(?:(?:[Bb]etween|[Ff]rom)\s+)?\b({_M})\s+({_D})(?:{_DASH}|\s+(?:to|and|until|through|or)\s+)({_D})(?:,?\s+({_Y}))?(?!\s+{_M})"
        ),
    ),
    (
        "d_m",
        _FIGURE | _WEEKDAY,
        re.compile(rf"(?<![\w/.:-])(?:({_W}),?\s+(?:the\s+)?)?({_D})(?:\s+of)?\s+({_M})(?:(?:,|\s+of)?\s+({_Y}))?"),
    ),
    (
        "ord_m",
        frozenset(word.split("-")[0] for word in _DAY_ORDINALS),
        re.compile(rf"({any_of(_DAY_ORDINALS)})\s+of\s+({_M})(?:,?\s+({_Y}))?"),
    ),
    (
        "ad_m",
        _FIGURE | _ARABIC,
        re.compile(
            rf"(?<!\w)(?:(?:يوم\s+)?(?:{any_of(_WORDS['arabic_weekdays'])})،?\s+)?(\d{{1,2}})\s+({_AM})(?:\s*/\s*{_AM})?(?:\s+(?:من\s+)?(?:عام\s+)?({_Y}))?"
        ),
    ),
    ("m_d", _WEEKDAY | _MONTH, re.compile(rf"(?:({_W}),?\s+)?\b({_M})\s+({_D})(?:,?\s+({_Y}))?(?![-–/]?\d)")),
    ("m_y", _MONTH, re.compile(rf"\b({_M})(?:\s+of|,)?\s+({_Y})")),
    ("am_y", _ARABIC, re.compile(rf"(?<!\w)({_AM})(?:\s*/\s*{_AM})?(?:\s+(?:من\s+)?(?:عام\s+)?({_Y})|\s+({_WHICH}))?(?!\w)")),
    ("month", _MONTH, re.compile(rf"\b({_M})(?!\w)")),
    ("season", _SEASONS, re.compile(rf"\b(?:({_SEASON})(?:\s+of)?\s+({_Y})(?:[-–/](\d\d(?:\d\d)?)(?!\d))?)")),
    ("bareseason", _SEASONS, re.compile(rf"\b({_SEASON})\b")),
    ("feast", _ARABIC | {"eid", "ramadan"}, re.compile(rf"(?<!\w)({_EID})(?:\s+(?:of|in))?(?:\s+(?:عام\s+)?({_Y}))?(?!\w)")),
    (
        "decade",
        _FIGURE | {"the", "early", "mid", "late"},
        re.compile(r"(?<![\w.,])(?:the\s+)?(?:(early|mid|late)[\s-]+)?(1[89]\d|20\d)0s\b"),
    ),
    ("years", _FIGURE, re.compile(rf"(?<![\w/.,-])({_Y})[-–—/]({_Y}|\d\d(?!\d))(?![\w/-])")),
    ("year", _FIGURE, re.compile(rf"(?:(?<=[Mm]id-)|(?<![\w/.,$€£-]))({_Y})(?![\w/,]\d|[\w/]|-\w)")),
    # Units that stand in relation to publication or to the expression before.
    (
        "dayword",
        {"the", "yesterday", "today", "tonight", "tomorrow", "overnight", "last", "this"},
        re.compile(
            r"\b(?i:(the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|overnight)|(last\s+night)|(this\s+(?:morning|afternoon|evening)))\b"
        ),
    ),
    (
        "rel",
        {"this", "last", "past", "next", "coming", "current", "previous", "preceding", "following", "same", "that"},
        re.compile(
            rf"\b(?i:(this|last|past|next|coming|current|previous|preceding|following|same|that))\s+({_U}|weekend|{_SEASON}|{_W}|{_M}|Ramadan|quarter|morning|afternoon|evening)(?![\w])(?!-(?:long|old))"
        ),
    ),
    ("beforelast", {"the"}, re.compile(rf"\b(?i:the\s+(night|week|weekend|month|year|{_W})\s+before\s+last)\b")),
    ("weekdaysago", _NUMBER, re.compile(rf"\b({_NUM})\s+({_W})s?\s+ago\b")),
    (
        "dayafter",
        {"the"},
        re.compile(
            r"\b(?i:the\s+(day|night|week|month|year|morning)\s+(after|before|earlier|later))(?=\s*(?:[.,;:!?)–—]|$|that\b))"
        ),
    ),
    ("weekday", _WEEKDAY, re.compile(rf"(?<![\w-])({_W})(?!\w)")),
    (
        "aweekday",
        _ARABIC,
        re.compile(rf"(?<!\w)(?:(?:يوم|مساء|صباح|فجر|ليلة)\s+)?({any_of(_WORDS['arabic_weekdays'])})(?:\s+({_WHICH}))?(?!\w)"),
    ),
    (
        "aword",
        _ARABIC,
        re.compile(r"(?<!\w)(?:(?:مساء|صباح|فجر|ليلة)\s+)?(أول أمس|أول من أمس|أمس|امس|اليوم|البارحة|غداً|غدا)(?!\w)"),
    ),
    (
        "arel",
        _ARABIC,
        re.compile(
            r"(?<!\w)(?:خلال\s+)?(الأسبوع|الشهر|العام|السنة)\s+(الماضي|الماضية|الفائت|المنصرم|الجاري|الحالي|المقبل|القادم)(?!\w)"
        ),
    ),
    (
        "aago",
        _ARABIC,
        re.compile(
            rf"(?<!\w)(?:قبل|منذ)\s+(?:نحو\s+|حوالي\s+)?(?:({any_of(_ARABIC_NUMBERS)}|\d{{1,3}})\s+)?({any_of(_ARABIC_UNITS)})(?!\w)(?!\s+(?:\d|من\b|{any_of(_WORDS['arabic_weekdays'])}|{_AM}))"
        ),
    ),
    ("weekend", {"the", "this"}, re.compile(r"\b[Tt](?:he|his)\s+weekend\b")),
    (
        "dur",
        _OVER | _LAST,
        re.compile(
            rf"\b(?i:(?:(over|in|during|for|within|throughout|across)\s+)?(?:the\s+|these\s+)?(?:last|past|previous|preceding))\s+(?:({_NUM}|(?i:few|several|couple\s+of))[\s-]+)({_U})\b(?!-old)(?:(?i:\s+or\s+so))?"
        ),
    ),
    (
        "dur1",
        _OVER,
        re.compile(rf"\b(?i:(over|during|for|within|throughout|in|across)\s+the\s+(?:last|past))\s+({_U})\b(?!\s+of\b)"),
    ),
    ("recent", _OVER | {"recent"}, re.compile(rf"\b(?i:(?:(in|over|during|for)\s+(?:the\s+)?(?:most\s+)?)?recent)\s+({_U})\b")),
    (
        "ago",
        _NUMBER | _ABOUT | _UNIT,
        re.compile(
            rf"\b(?i:(?:(?:about|around|nearly|almost|some|over|just|barely|roughly|more\s+than|less\s+than|at\s+least)\s+)?(?:({_NUM}|a\s+few|several|some|few)[\s-]+)?)({_U})\s+(?i:(ago|earlier|later|afterwards?|before|after|on|previously|since))\b(?!\s+than)"
        ),
    ),
    ("half", {"half"}, re.compile(r"\b(?i:half\s+an?\s+(year|decade|hour|day)\s+(ago|earlier|later))\b")),
    (
        "into",
        _NUMBER | _ABOUT | {"well"},
        re.compile(
            rf"\b(?i:(?:(more\s+than|over|almost|nearly|about|some|just|barely|well\s+over)\s+)?({_NUM}))\s+(years?|months?)\s+(?:and\s+a\s+half\s+)?(?i:(?:in)?to)\s+(?:(?:[a-z]+|[A-Z]\w+['’]s|[A-Z]\w+|war-torn)\s+){{0,4}}?(?:{_WAR})\b"
        ),
    ),
    (
        "nth",
        {"in", "into", "entering", "entered", "enters", "its", "the", "their", "a", "this"},
        re.compile(
            rf"\b(?:(?i:in|into|entering|entered|enters)\s+)?(?i:its|the|their|a|this)\s+({_ORD})\s+(year|month)\b(?:\s+of\s+(?:[a-z’']+\s+|[A-Z][\w’']+\s+){{0,3}}?(?:{_WAR})\b)?"
        ),
    ),
    (
        "start",
        {"the", "start", "beginning", "outbreak", "onset", "eruption", "outset"},
        re.compile(
            rf"\b(?i:(?:the\s+)?(?:start|beginning|outbreak|onset|eruption|outset)\s+of\s+(?:the\s+|its\s+|this\s+|Syria['’]s\s+)?(?:[a-z-]+\s+|Syrian\s+){{0,3}}?(?:{_WAR}))\b"
        ),
    ),
    (
        "began",
        {"the"},
        re.compile(
            rf"\b(?i:the\s+(?:[a-z-]+\s+|Syrian\s+){{0,2}}?(?:{_WAR})(?:\s+against\s+[A-Z][\w-]+(?:\s+al-[A-Z]\w+|\s+[A-Z]\w+)?|\s+in\s+Syria)?\s+(?:first\s+)?(?:began|started|erupted|broke\s+out))\b"
        ),
    ),
    (
        "startunit",
        {"the"},
        re.compile(
            r"\b(?i:the\s+(start|beginning|end|middle|(?:first|second|latter)\s+half|(?:first|second|third|fourth|last)\s+quarter|(?:first|second|third|fourth|last)\s+week)\s+of\s+(the|this|last|next)\s+(year|month|week))\b"
        ),
    ),
    (
        "lasting",
        _NUMBER | _ABOUT | {"for", "after", "following", "throughout", "during", "the", "another"},
        re.compile(
            rf"\b(?i:(?:(for|after|following|throughout|during)\s+)?(?:(?:about|around|nearly|almost|some|over|more\s+than|at\s+least|the|another)\s+){{0,2}}({_NUM})[\s]+(?:straight\s+|consecutive\s+|long\s+|full\s+|whole\s+)?({_U}))\b(?:\s+(of|in\s+which)\b)?(?!\s+(?i:old|older|younger|ago|earlier|later|before|after|into|on|in\s+(?:prison|jail))|-old)"
        ),
    ),
    (
        "lastingadj",
        {"after", "following", "during"},
        re.compile(
            rf"\b(?i:(after|following|during)\s+(?:a|an|the|its|their)\s+({_N})-(day|week|month|year)(?:-long)?\s+(?:[a-z-]+\s+){{0,2}}?(?:siege|battle|offensive|bombardment|assault|campaign|fight|push|blockade|shelling|operation|standoff|stand-off|clashes|ground|air|lull))\b"
        ),
    ),
)
_WORD = re.compile(r"\w+")
_COUNTING = frozenset({"dayafter", "dur", "dur1", "recent", "ago", "half", "into", "nth", "startunit", "lasting", "lastingadj"})
"""The kinds that name a day, week, month or year: not tried where none stands near."""
_NEAR = 80
_BEGINNINGS = {
    word: [(kind, pattern) for kind, firsts, pattern in _PATTERNS if word in firsts]
    for word in frozenset[str]().union(*(firsts for _, firsts, _ in _PATTERNS))
}

_MARKS = re.compile(r"[_/#@\\]|www\.|\.[a-zA-Z]")
_TOKEN = re.compile(r"\S+")
_FILE = re.compile(r"https?:|www\.|[_#@\\]|\.(?:jpe?g|png|gif|pdf|mp4|avi|html?|php|docx?|txt|csv|tiff?|mov|com|org|net)\b", re.I)
_NEXT_WORDS = re.compile(r"[\s-]+((?:[^\W\d_][\w’'-]*)(?:[\s-]+[^\W\d_][\w’'-]*){0,3})")
_BEFORE_WORD = re.compile(r"([^\W_][\w’'.-]*)[\s-]+\Z")
_LICENSED = re.compile(rf"\b(?i:{_PREP})[\s-]+(?:the\s+)?\Z|\b(?i:mid)-\Z|\b{_M}{_DASH}\Z|\bfrom\s+\Z")
_FUTURE = re.compile(
    r"\b(?:will|shall|won[’']t|due|scheduled|slated|expected|expects?|plans?|planned|planning|set\s+(?:for|to)|is\s+to|are\s+to|to\s+be\s+held|upcoming|hopes?\s+to|intends?|going\s+to|by\s+next|(?:has|have|had|given|gave)\s+(?:until|till|by))\b",
    re.I,
)
_CLAUSE = re.compile(r"[.;:!?]\s|,\s+(?:and|but|while|after|which)\s|\s(?:after|before)\s")


def _number(word: str) -> int:
    words = " ".join(word.lower().split())
    if words.isdigit():
        return int(words)
    return _NUMBERS.get(words) or sum(_NUMBERS[part] for part in re.split("[ -]", words))  # "twenty-five"


def _count(word: str) -> tuple[int, bool]:
    """A number in words or figures, and whether "and a half" follows it."""
    whole = re.split(r"\s+and\s+", word.strip())
    return _number(whole[0]), len(whole) > 1


def _month(word: str) -> int:
    key = " ".join(word.split())
    return _MONTHS.get(key.rstrip(".").lower(), 0) or _MONTHS[key]


def _unit(word: str) -> str:
    return {"night": "day"}.get(word := word.lower().rstrip("s"), word)


# --- atoms ----------------------------------------------------------------------------------------------------


def atoms(text: str) -> Iterator[Found]:
    """The atoms of a passage, in text order."""
    return _Reading(text).atoms()


class _Reading:
    """One passage, read for atoms."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._files = _files(text)

    @cached_property
    def _quotes(self) -> list[int]:
        return [mark.start() for mark in re.finditer('"', self.text)]

    def atoms(self) -> Iterator[Found]:
        words = [(word.start(), word[0].lower()) for word in _WORD.finditer(self.text)]
        units = [at for at, word in words if word in _UNIT]
        point = 0
        for at, word in words:
            patterns = _BEGINNINGS.get("0" if word[0].isdigit() else "ا" if "ء" <= word[0] <= "ي" else word)
            if not patterns or at < point:
                continue
            unit = bisect_left(units, at)
            counts = unit < len(units) and units[unit] - at < _NEAR
            for kind, pattern in patterns:
                if (counts or kind not in _COUNTING) and (match := pattern.match(self.text, at)):
                    found: Found | None = getattr(self, "_" + kind)(at, match.end(), match.groups())
                    if found and not self._in_file(at):
                        point = found.end
                        yield found
                    break

    def _in_file(self, at: int) -> bool:
        number = bisect_right(self._files, at, key=lambda span: span[0]) - 1
        return number >= 0 and at < self._files[number][1]

    def _before(self, s: int, width: int) -> str:
        return self.text[max(0, s - width) : s]

    def _after(self, e: int, width: int) -> str:
        return self.text[e : e + width]

    # Each takes the offsets of the match and its groups; None where the words tell no time here.

    def _iso(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._day(s, e, int(g[0]), int(g[1]), int(g[2]))

    def _numeric(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        day, month = int(g[0]), int(g[1] or g[2])
        if day <= 12 and month <= 12 and day != month:
            return None  # 05/08/2013: a day of May or of August, uncertain
        return self._day(s, e, int(g[3]), *((month, day) if month <= 12 else (day, month)))

    def _day(self, s: int, e: int, year: int, month: int, day: int) -> Found | None:
        told = cal.day_of(year, month, day)
        return Found(s, e, "date", m.fixed(cal.span(told, told)), True, year) if told else None

    def _dd_m(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._date(s, e, _figure(g[0]), _figure(g[1]), _month(g[2]), g[3])

    def _m_dd(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._date(s, e, _figure(g[1]), _figure(g[2]), _month(g[0]), g[3])

    def _d_m(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._date(s, e, _figure(g[1]), _figure(g[1]), _month(g[2]), g[3])

    def _ord_m(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._date(s, e, ORDINALS[g[0]], ORDINALS[g[0]], _month(g[1]), g[2])

    def _ad_m(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._date(s, e, int(g[0]), int(g[0]), _month(g[1]), g[2])

    def _m_d(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if re.match(r"\s*(?:a\.m|p\.m|am\b|pm\b|percent|%|:\d)", self._after(e, 9)):
            return None
        return self._date(s, e, _figure(g[2]), _figure(g[2]), _month(g[1]), g[3])

    def _date(self, s: int, e: int, first: int, last: int, month: int, year: str | None) -> Found | None:
        if self._titled(s, e) or cal.day_of(2012, month, first) is None or cal.day_of(2012, month, last) is None:
            return None
        of_year = m.days_of_month(month, first, last) if first <= last else None
        if of_year is None:
            return None
        if year:
            return Found(s, e, "date", m.fixed(of_year(int(year))), True, int(year))
        return self._yearly(s, e, "date", of_year)

    def _yearly(self, s: int, e: int, rule: str, of_year: Callable[[int], TimeInterval | None]) -> Found:
        return Found(s, e, rule, m.latest(of_year, self._future(s)), needs_year=lambda year: m.fixed(of_year(year)))

    def _m_y(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if self._titled(s, e):
            return None
        return Found(s, e, "month", m.fixed(cal.month_of(int(g[1]), _month(g[0]))), True, int(g[1]))

    def _am_y(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if g[1]:
            return self._m_y(s, e, g)
        if g[2]:
            which, month = "next" if g[2] in ("المقبل", "القادم") else "last", _month(g[0])
            return self._rel_yearly(s, e, which, "month", lambda year: cal.month_of(year, month))
        before = self._before(s, 12).split()
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
        month = _month(g[0])
        return self._yearly(s, e, "month", lambda year: cal.month_of(year, month))

    def _month(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        word = g[0]
        before = self._before(s, 30)
        after = self._after(e, 40)
        if self._titled(s, e) or re.match(r"['’]s\s+[A-Z]", after):
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
            not re.search(rf"\b{_M}\s+(?:and|or|to)\s+\Z", before)
            and re.search(
                r"\b(?:and|or|for|(?<!week )(?<!days )(?<!half )(?<!part )(?<!end )(?<!start )(?<!middle )(?<!beginning )of|by|to|from|before|after|that|over|around)\s+\Z",
                before,
            )
            and re.match(r"\s+(?:said|told|[A-Z][a-z]+\s+(?:said|told)|[A-Z])", after)
        ):
            return None  # "by April Jones", "of May said"
        month = _month(word)
        return self._yearly(s, e, "month", lambda year: cal.month_of(year, month))

    def _season(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        season, year = g[0].lower(), int(g[1])
        return Found(s, e, "season", m.fixed(cal.season_of(year, season)), True, year)

    def _bareseason(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        before = self._before(s, 24)
        if not re.search(
            r"\b(?i:in|since|until|by|during|last|this|next|throughout|early|late|mid|over)[\s-]+(?:the\s+)?\Z", before
        ):
            return None
        after = self._after(e, 16)
        if re.match(r"\s+(?:of|in|to)\b|['’]s\s+[A-Z]", after):
            return None
        if g[0][0].isupper() and ("Arab" in before or re.match(r"\s+[A-Z]", after)):
            return None
        season = g[0].lower()
        return self._yearly(s, e, "season", lambda year: cal.season_of(year, season))

    def _feast(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if self._titled(s, e):
            return None
        before = _BEFORE_WORD.search(self.text, max(0, s - 30), s)
        if (
            not g[1]
            and g[0] in ("Ramadan", "Eid")
            and not re.search(
                r"\b(?i:in|during|of|since|for|before|after|this|last|until|by|on|at|throughout|the|over|with)\s+\Z",
                self._before(s, 14),
            )
        ):
            return None
        if before and (
            before[1].isdigit()
            or (before[1][0].isupper() and s > len(before[0]) and not _sentence_starts(self.text, before.start(1)))
        ):
            return None
        name = {"رمضان": "ramadan", "عيد الفطر": "eid al-fitr", "عيد الأضحى": "eid al-adha"}.get(g[0]) or re.sub(
            r"\s+(?:al|el|ul)[-\s]?", " al-", g[0].lower()
        )
        if re.match(r"\s+[A-Z][a-z]", self._after(e, 4)) and name == "ramadan" and not g[1]:
            return None
        if name == "eid":
            both = [m.latest(m.feast_of(one)) for one in ("eid al-fitr", "eid al-adha")]

            def latest(origin: Origin) -> TimeInterval | None:
                told = [interval for one in both if (interval := one(origin))]
                return max(told, key=lambda i: i.start) if told else None

            return Found(s, e, "feast", latest)
        of_year = m.feast_of(name)
        if g[1]:
            return Found(s, e, "feast", m.fixed(of_year(int(g[1]))), True, int(g[1]))
        return self._yearly(s, e, "feast", of_year)

    def _decade(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        told = cal.decade_of(int(g[1] + "0"))
        return Found(s, e, "decade", m.fixed(cal.part_of(told, g[0]) if told and g[0] else told), True)

    def _years(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        last = int(g[1] if len(g[1]) == 4 else g[0][:2] + g[1])
        first = int(g[0])
        if not first < last <= first + 60 or not self._year_licensed(s, e, ranged=True):
            return None
        return Found(s, e, "range", m.fixed(cal.span(date(first, 1, 1), date(last, 12, 31), "throughout", "year")), True, last)

    def _year(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if not self._year_licensed(s, e):
            return None
        year = int(g[0])
        return Found(s, e, "year", m.fixed(cal.year_of(year)), True, year)

    def _year_licensed(self, s: int, e: int, ranged: bool = False) -> bool:
        before, after = self._before(s, 40), self._after(e, 40)
        following = re.match(r"\s+([A-Za-z]+)", after)
        weak = not re.search(
            rf"(?i)\b(?:in|since|until|by|during|throughout|late|early|mid|last|year|{_SEASON}|(?:end|beginning|start|middle|half|quarter|months?)\s+of)[\s-]+(?:the\s+)?\Z|mid-\Z",
            before,
        )
        if weak and following and following[1].lower() in _WORDS["counted"]:
            return False
        if re.match(r"\s+(?:and|to|or)\s+\d", after) and not re.match(
            rf"\s+(?:and|to|or)\s+{_Y}(?!\s+(?:{any_of(_WORDS['counted'])})\b)", after
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
                    re.search(rf"{_Y}\s+(?:and|to)\s+\Z|\b{_M}\s+(?:and|to)\s+\Z", before)
                    or re.search(r"(?i)\b(?:between|from|in)\b[^.;]*\Z", before)
                )
            return True
        if re.search(r"\b(?i:the|a|his|its|their|her|this)\s+\Z|['’]s\s+\Z", before):  # the 2013 offensive
            return bool(
                following and following[1].islower() and following[1] not in ("and", "or", "to", "who", "that", "were", "was")
            )
        return not before.strip() and bool(following)

    def _rel(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        which, what = g[0].lower(), g[1]
        low = what.lower()
        if which in ("same", "that", "following", "previous", "preceding"):
            s = self._with_article(s)
        elif which in ("last", "past", "next", "coming", "current"):
            s = s if which in ("last", "next") else self._with_article(s)
        tokens = self._after(e, 24)
        if low.rstrip("s") in ("day", "week", "month", "year", "decade", "fortnight", "hour", "night"):
            if low.endswith("s") or (which == "last" and re.match(r"\s+of\b", tokens)):
                return None
            return self._rel_unit(s, e, which, _unit(low))
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
        if what in _DAYS_CAPITAL:
            number = _DAYS[low]
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
        if low in _WORDS["seasons"]:
            if low == "fall" and re.match(r"\s+of\b", tokens):
                return None

            def of_season(year: int) -> TimeInterval | None:
                return cal.season_of(year, low)

            return self._rel_yearly(s, e, which, "season", of_season)
        if what == "Ramadan":
            return self._rel_yearly(s, e, which, "feast", m.feast_of("ramadan"))
        month = _month(what)
        return self._rel_yearly(s, e, which, "month", lambda year: cal.month_of(year, month))

    def _rel_yearly(self, s: int, e: int, which: str, rule: str, of_year: Callable[[int], TimeInterval | None]) -> Found | None:
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

    def _rel_unit(self, s: int, e: int, which: str, unit: str) -> Found | None:
        if unit in ("hour", "decade", "fortnight"):
            return None
        if which in ("same", "that"):
            if which == "that" and not re.match(r"\s*(?:[.,;:!?)’'–—]|$|\w)", self._after(e, 3)):
                return None
            return Found(s, e, "same-unit", m.same(unit))
        if which in ("this", "current"):
            if unit == "day":
                return None

            def this(day: date) -> TimeInterval | None:
                whole = cal.unit_of(day, unit)
                return cal.span(whole.start, whole.end if self._future(s) else day, "within", whole.precision) if whole else None

            return Found(s, e, "this-unit", m.from_publication(this))
        if which in ("previous", "preceding"):
            return Found(s, e, "from-anchor", m.adjacent(unit, True))
        if which == "following":
            return Found(s, e, "from-anchor", m.adjacent(unit, False))
        if unit == "day":
            if which == "next":
                return Found(self._with_article(s), e, "from-anchor", m.adjacent("day", False))
            return None
        count = 1 if which in ("next", "coming") else -1
        article = self._with_article(s)
        if article != s and which == "next":  # "the next week": the one after the tale's
            return Found(article, e, "from-anchor", m.adjacent(unit, False))
        if which == "past" or (which == "last" and article != s):  # "the past week"
            return Found(article, e, "last-n-units", m.units_before(unit, 1, True, cal.UNITS[unit]))

        def beside(day: date) -> TimeInterval | None:
            there = cal.shifted(day, unit, count)
            return cal.unit_of(there, unit) if there else None

        return Found(s, e, "next-unit" if count > 0 else "last-unit", m.from_publication(beside))

    def _beforelast(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        unit = g[0].lower()
        if unit in _WORDS["weekdays"]:
            return self._weekday_back(s, e, unit, 2)

        def meaning(day: date) -> TimeInterval | None:
            if unit == "weekend":
                return cal.weekend_of(day - timedelta(days=7))
            there = cal.shifted(day, _unit(unit), -2)
            return cal.unit_of(there, _unit(unit)) if there else None

        return Found(s, e, "last-unit", m.from_publication(meaning))

    def _weekdaysago(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._weekday_back(s, e, g[1].lower(), _count(g[0])[0])

    def _weekday_back(self, s: int, e: int, name: str, count: int) -> Found | None:
        def meaning(day: date) -> TimeInterval | None:
            there = cal.weekday(day, _DAYS[name], strictly=True) - timedelta(days=7 * (count - 1))
            return cal.span(there, there)

        return Found(s, e, "weekday", m.from_publication(meaning))

    def _dayafter(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        unit = "day" if g[0].lower() in ("night", "morning") else g[0].lower()
        return Found(s, e, "from-anchor", m.adjacent(unit, g[1].lower() in ("before", "earlier")))

    def _weekday(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if self._titled(s, e) or self._weekday_title(s, e):
            return None
        return Found(s, e, "weekday", m.on_weekday(_DAYS[g[0].lower()], self._future(s), False))

    def _weekday_title(self, s: int, e: int) -> bool:
        before = _BEFORE_WORD.search(self.text, max(0, s - 24), s)
        if before and before[1].lower() in _WORDS["weekday_adjectives"]:
            return True
        if before and before[1].lower() in ("every", "each", "most"):
            return True
        if before and before[1] == "on" and (paper := _BEFORE_WORD.search(self.text, max(0, s - 30), before.start(1))):
            return paper[1][0].isupper() and paper[1].lower() in _WORDS["sunday_papers"]
        after = self._after(e, 30)
        if re.match(r"\s+of\s+(?:the\s+)?[\"“‘']?[A-Z]", after):
            return True
        if re.search(r"\b[Tt]he\s+\Z", self._before(s, 5)) and re.match(r"\s+[A-Z]", after):
            return True
        following = _NEXT_WORDS.match(after)
        return bool(following and following[1].split()[0].lower() in _WORDS["weekday_titles"])

    def _aweekday(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if (
            " " not in self.text[s:e]
            and g[0] in ("الجمعة", "الأحد", "الاحد", "السبت")
            and not re.search(r"(?:مساء|صباح|يوم|أمس|فجر)\s+\Z", self._before(s, 8))
        ):
            following = self._after(e, 1)
            if following not in (" ", ".", "،", ""):
                return None
        return Found(
            s,
            e,
            "weekday",
            m.on_weekday(_DAYS[g[0]], g[1] in ("المقبل", "القادم"), g[1] in ("الماضي", "الفائت", "المنصرم")),
        )

    def _aword(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        days = {"أول أمس": -2, "أول من أمس": -2, "أمس": -1, "امس": -1, "البارحة": -1, "اليوم": 0, "غداً": 1, "غدا": 1}[g[0]]
        if re.match(rf"\s+(?:{any_of(_WORDS['arabic_weekdays'])})", self._after(e, 12)):
            return None  # "yesterday Sunday" is told by the weekday
        return Found(
            s, e, "day-word", m.from_publication(lambda day: cal.span(day + timedelta(days=days), day + timedelta(days=days)))
        )

    def _aago(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        unit, count = _ARABIC_UNITS[g[1]]
        count = (_ARABIC_NUMBERS.get(g[0]) or int(g[0])) if g[0] else count
        return Found(s, e, "ago", m.from_publication(lambda day: m.counted(day, unit, -count))) if count else None

    def _arel(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        unit = {"الأسبوع": "week", "الشهر": "month", "العام": "year", "السنة": "year"}[g[0]]
        which = "this" if g[1] in ("الجاري", "الحالي") else "next" if g[1] in ("المقبل", "القادم") else "last"
        return self._rel_unit(s, e, which, unit)

    def _dayword(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        word = " ".join((g[0] or g[1] or g[2]).lower().split())
        if word == "overnight":
            if re.match(r"\s+(?:(?:on|into|to)\s+)?" + _W, self._after(e, 20)):
                return None
            return Found(s, e, "day-word", m.from_publication(lambda day: cal.span(day - timedelta(days=1), day)))
        if word == "today" and re.match(r"['’]s\b", self._after(e, 3)):
            return None
        days = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2}.get(word, 0)
        return Found(
            s, e, "day-word", m.from_publication(lambda day: cal.span(day + timedelta(days=days), day + timedelta(days=days)))
        )

    def _weekend(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        future = self._future(s)
        return Found(s, e, "weekend", m.from_publication(lambda day: cal.weekend_of(day + timedelta(days=7 if future else 0))))

    def _dur(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if re.match(rf"\s+(?:(?:of|in)\s+(?:{_M}|{_Y})|of\s+(?:the|its|his|her|their)\b)", self._after(e, 20)):
            return None  # "the last two weeks of July", "of the siege"
        return self._last_units(s, e, (g[0] or "").lower(), g[1].lower(), g[2])

    def _dur1(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._last_units(s, e, g[0].lower(), "1", g[1]) if not g[1].lower().endswith("s") else None

    def _last_units(self, s: int, e: int, preposition: str, number: str, word: str) -> Found | None:
        unit = _unit(word)
        throughout = preposition not in ("in", "within")
        if number in ("few", "several"):
            if unit == "hour":
                return Found(s, e, "last-n-units", m.units_before("day", 1, throughout, "day", True))
            return Found(
                s,
                e,
                "recent-units",
                m.units_before(unit if unit != "fortnight" else "week", _WORDS["recent_units"], throughout, "vague"),
            )
        count, half = (2, False) if number.startswith("couple") else _count(number)
        if unit == "hour":
            return Found(s, e, "last-n-units", m.units_before("day", max(1, -(-count // 24)), throughout, "day"))
        if unit == "fortnight":
            unit, count = "week", count * 2
        if half and unit in ("year", "month"):
            unit, count = ("month", count * 12 + 6) if unit == "year" else ("day", count * 30 + 15)
        return Found(s, e, "last-n-units", m.units_before(unit, count, throughout, cal.UNITS[unit]))

    def _recent(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        unit = _unit(g[1])
        if not g[1].lower().endswith("s") or unit == "fortnight":
            return None
        if unit == "hour":
            return Found(s, e, "recent-units", m.units_before("day", 1, False, "day", True))
        return Found(s, e, "recent-units", m.units_before(unit, _WORDS["recent_units"], False, "vague"))

    def _ago(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        number, word, way = (g[0] or "").lower(), g[1].lower(), g[2].lower()
        unit = _unit(word)
        if way in ("before", "after", "on", "since") and not re.match(r"\s*(?:[.,;:!?)–—]|$)", self._after(e, 40)):
            return None
        back = way in ("ago", "earlier", "before", "previously")
        if not number:
            if not word.endswith("s"):
                return None
            number = "few"
        vague = number in ("few", "a few", "several", "some")
        if unit == "hour":
            days = (24 if vague else _count(number)[0]) // 24
            if way == "ago":
                return Found(s, e, "ago", m.from_publication(lambda day: m.counted(day, "day", -days)))
            if days and not vague:
                return Found(s, e, "from-anchor", m.from_anchor("day", days, back))
            return Found(s, e, "same-unit", m.same("day"))
        if unit == "fortnight":
            unit, number = "week", "2" if number in ("a", "", "one") else number
        if vague:
            if way == "ago":
                return Found(s, e, "recent-units", m.units_before(unit, _WORDS["recent_units"], False, "vague"))
            first, last = _WORDS["few_units"]

            def some(origin: Origin) -> TimeInterval | None:
                before = origin.before
                base = (before.start if back else before.end) if before else (origin.day if back else None)
                if base is None:
                    return None
                a, b = (-last, -first) if back else (first, last)
                start, end = cal.shifted(base, unit, a), cal.shifted(base, unit, b)
                return cal.span(start, end, "within", "vague") if start and end else None

            return Found(s, e, "from-anchor", some)
        count, half = _count(number)
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

    def _half(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        unit, count = {"year": ("month", 6), "decade": ("year", 5)}.get(g[0].lower(), ("day", 0))
        if g[1].lower() == "ago":
            return Found(s, e, "ago", m.from_publication(lambda day: m.counted(day, unit, -count)))
        return Found(s, e, "from-anchor", m.from_anchor(unit, count, g[1].lower() == "earlier"))

    def _into(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        count, half = _count(g[1])
        more = half or "and a half" in self.text[s:e] or (g[0] or "").lower().startswith(("more", "over", "well"))
        return Found(s, e, "nth-year", m.nth_unit(count + (1 if more else 0), _unit(g[2])), True)

    def _nth(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        number, unit = ORDINALS[g[0].lower()], g[1]
        if number < 1:
            return None
        own = re.search(rf"\b(?:{_WAR})\b\Z", self.text[s:e])
        around = re.search(rf"\b(?:{_WAR})\b", self.text[max(0, s - 80) : e + 30])
        if not own and not (around and re.match(r"(?i)(?:in|into|entering|entered|enters)\b", self.text[s:e])):
            return None
        return Found(s, e, "nth-year", m.nth_unit(number, unit), True)

    def _start(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        start: date = _WORDS["anchors"]["uprising"]["day"]
        return Found(s, e, "nth-year", m.fixed(cal.span(start, start)), True)

    _began = _start

    def _startunit(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        what, which, unit = g[0].lower().split(), g[1].lower(), g[2].lower()
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

    def _lasting(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        preposition, word, of = (g[0] or "").lower(), g[2].lower(), g[3]
        unit = _unit(word)
        if unit in ("hour", "decade"):
            return None
        count, _ = _count(g[1])
        if not (preposition in ("for", "after", "following", "throughout") or of) or (count == 1 and not preposition):
            return None
        following = self._after(e, 30)
        if of and re.match(r"\s+(?:age|prison|jail|notice)\b", following):
            return None
        if of and of.startswith("of") and not re.match(r"\s+[a-z“\"]", following):
            return None
        if self._future(s) or re.search(r"\b(?i:first|last|past|final|next|coming)\s+\Z", self._before(s, 12)):
            return None
        if not word.endswith("s") and count != 1:
            return None
        if re.match(r"\s+(?:ahead|away|from\s+now|to\s+come|time)\b", following) or re.search(
            r"\bsentenced\b[^.]{0,40}\Z", self._before(s, 60)
        ):
            return None
        if preposition == "after" and not of and not re.match(r"\s*(?:[.,;]|$)", following):
            return None
        if unit == "fortnight":
            unit, count = "week", 2 * count
        return self._throughout(s, e, preposition, unit, count)

    def _lastingadj(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._throughout(s, e, g[0].lower(), g[2].lower(), _count(g[1])[0])

    def _throughout(self, s: int, e: int, preposition: str, unit: str, count: int) -> Found:
        if preposition == "during":
            s = _WORD.search(self.text, s + len(preposition)).start()  # type: ignore[union-attr]
        return Found(s, e, "lasting", m.lasting(unit, count), dated=preposition not in ("after", "following"))

    # --- what it is not ---

    def _titled(self, s: int, e: int) -> bool:
        """Whether the words begin, or stand in, the name of an organisation, an event or a paper."""
        following = _NEXT_WORDS.match(self.text, e, e + 60)
        if following:
            for number, word in enumerate(re.split(r"[\s-]+", following[1])):
                if not word[:1].isupper():
                    break
                if re.sub(r"['’]s?$", "", word.lower()) in _WORDS["title_heads"] or (
                    number and word.lower() in english_words().organisation_heads
                ):
                    return True
        if self._in_title(s, e):
            return True
        if self.text[e - 1].isdigit() or self.text[s].isdigit():  # a day with its month
            after = re.match(r"\s+([a-z]+)", self._after(e, 20))
            if after and after[1] in _WORDS["named_after_days"]:
                return True
            if after and after[1] in ("attacks", "hijackings") and re.match(r"Sept\w*\.?\s+11\Z", self.text[s:e]):
                return True  # of 2001
        if self._after(e, 1) in ("_", "\\") or self._before(s, 1) in ("_", "/", "#", "@"):
            return True
        before = _BEFORE_WORD.search(self.text, max(0, s - 24), s)
        return bool(before and before[1].lower() in _WORDS["month_adjectives"] and before[1][0].isupper())

    def _in_title(self, s: int, e: int) -> bool:
        """Whether the words stand in quotation marks that hold a title: capitalised words and figures."""
        opening = re.search(r"[\"“‘«]([^\"“”‘’«»]{0,60})\Z", self._before(s, 60))
        closing = re.match(r"([^\"“”‘’«»]{0,60})[\"”’»]", self._after(e, 61))
        if not opening or not closing or (opening[0][0] == '"' and bisect_left(self._quotes, s) % 2 == 0):
            return False
        words = re.findall(r"[^\W_][\w’'-]*", opening[1] + self.text[s:e] + closing[1])
        return all(word[0].isupper() or word[0].isdigit() or len(word) < 4 for word in words)

    def _future(self, s: int) -> bool:
        """Whether the clause speaks of what is to come."""
        clause = self._before(s, 90)
        cuts = list(_CLAUSE.finditer(clause))
        return bool(_FUTURE.search(clause[cuts[-1].end() :] if cuts else clause))

    def _with_article(self, s: int) -> int:
        found = re.search(r"\b[Tt]he\s+\Z", self._before(s, 6))
        return s - len(found[0]) if found else s


_DAYS_CAPITAL = frozenset(word.capitalize() for word in _WORDS["weekdays"])


def _figure(word: str) -> int:
    return int(re.match(r"\d+", word)[0])  # type: ignore[index]


def _sentence_starts(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip()
    return not before or before[-1] in ".!?:\n"


def _files(text: str) -> list[tuple[int, int]]:
    """The file names, paths and addresses of a text."""
    return [m.span() for m in _TOKEN.finditer(text) if _is_file(m[0])] if _MARKS.search(text) else []


def _is_file(token: str) -> bool:
    if _FILE.search(token):
        return True
    letter = re.search("[A-Za-z]", token)
    slash = token.find("/", letter.start()) if letter else -1
    return slash > 0 and token.find("/", slash + 2) > 0
