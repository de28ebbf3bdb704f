"""Which words of a text tell a time: dates, months, weekdays, units, in English and Arabic; and what only looks like one.

Each is an atom, `Found` with its meaning (timemeanings.py); timeexpressions.py puts them together with the words around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from conflictmap import calendars as cal
from conflictmap import timemeanings as m
from conflictmap.lexicon import lexicon, word_lists
from conflictmap.model import TimeInterval
from conflictmap.timemeanings import Found, Origin

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
_N = rf"(?:\d{{1,3}}|(?i:{any_of(_NUMBERS)})(?!\w))"
_NUM = rf"(?:{_N}(?:\s+and\s+(?:a\s+half|[½]))?)"
_U = r"(?i:day|week|month|year|decade|fortnight|hour|night)s?"
_ORD = rf"(?i:{any_of(ORDINALS)})"
_SEASON = r"[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter"
_PREP = r"(?:in|since|until|till|by|from|to|of|during|through|throughout|last|this|next|late|early|mid|between|before|after|for|around|and|or|end|beginning|start|that|the|every|each|over)"
_DASH = r"\s*[-–—]\s*"
LIGHT = r"(?:dawn|daybreak|sunrise|noon|midday|dusk|sunset|nightfall|midnight)"
_WAR = any_of(_WORDS["anchors"]["uprising"]["words"])
_EID = r"Eid(?:\s+(?:al|el|ul)[-\s]?(?:Fitr|Adha))?|Ramadan|رمضان|عيد الفطر|عيد الأضحى"

_ATOMS = re.compile(
    "|".join(
        [
            rf"(?P<iso>(?<![\w/.-])({_Y})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w/-]))",
            rf"(?P<numeric>(?<![\w/.-])(\d{{1,2}})(?:/(\d{{1,2}})/|\.(\d{{1,2}})\.)({_Y})(?![\w/]))",
            # 4–6 August 2013, 4 to 6 August; the days of one month.
            rf"(?P<dd_m>(?<![\w/.,:-])(?:(?:[Bb]etween|[Ff]rom)\s+)?({_D})(?:{_DASH}|\s+(?:to|and|until|through|or)\s+)({_D})(?:\s+of)?\s+({_M})(?:,?\s+({_Y}))?)",
            rf"(?P<m_dd>(?:(?:[Bb]etween|[Ff]rom)\s+)?\b({_M})\s+({_D})(?:{_DASH}|\s+(?:to|and|until|through|or)\s+)({_D})(?:,?\s+({_Y}))?)(?!\s+{_M})",
            rf"(?P<d_m>(?<![\w/.:-])(?:({_W}),?\s+(?:the\s+)?)?({_D})(?:\s+of)?\s+({_M})(?:(?:,|\s+of)?\s+({_Y}))?)",
            rf"(?P<ad_m>(?<!\w)(?:(?:يوم\s+)?(?:{any_of(_WORDS['arabic_weekdays'])})،?\s+)?(\d{{1,2}})\s+({_AM})(?:\s*/\s*{_AM})?(?:\s+(?:من\s+)?(?:عام\s+)?({_Y}))?)",
            rf"(?P<m_d>(?:({_W}),?\s+)?\b({_M})\s+({_D})(?:,?\s+({_Y}))?(?![-–/]?\d))",
            rf"(?P<m_y>\b({_M})(?:\s+of|,)?\s+({_Y}))",
            rf"(?P<am_y>(?<!\w)({_AM})(?:\s*/\s*{_AM})?(?:\s+(?:من\s+)?(?:عام\s+)?({_Y}))?(?!\w))",
            rf"(?P<month>\b({_M})(?!\w))",
            rf"(?P<season>\b(?:({_SEASON})(?:\s+of)?\s+({_Y})(?:[-–/](\d\d(?:\d\d)?)(?!\d))?))",
            rf"(?P<bareseason>\b({_SEASON})\b)",
            rf"(?P<feast>(?<!\w)({_EID})(?:\s+(?:of|in))?(?:\s+(?:عام\s+)?({_Y}))?(?!\w))",
            r"(?P<decade>(?<![\w.,])(?:the\s+)?(?:(early|mid|late)[\s-]+)?(1[89]\d|20\d)0s\b)",
            rf"(?P<years>(?<![\w/.,-])({_Y})[-–—/]({_Y}|\d\d(?!\d))(?![\w/-]))",
            rf"(?P<year>(?:(?<=[Mm]id-)|(?<![\w/.,$€£-]))({_Y})(?![\w/,]\d|[\w/]|-\w))",
            # Units that stand in relation to publication or to the expression before.
            r"(?P<dayword>\b(?i:(the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|overnight)|(last\s+night)|(this\s+(?:morning|afternoon|evening)))\b)",
            rf"(?P<rel>\b(?i:(this|last|past|next|coming|current|previous|preceding|following|same|that))\s+({_U}|weekend|{_SEASON}|{_W}|{_M}|Ramadan|quarter|morning|afternoon|evening)(?![\w])(?!-(?:long|old)))",
            r"(?P<dayafter>\b(?i:the\s+(day|night|week|month|year|morning)\s+(after|before|earlier|later))(?=\s*(?:[.,;:!?)–—]|$|last\b|yesterday|that\b)))",
            rf"(?P<weekday>(?<![\w-])({_W})(?!\w))",
            rf"(?P<aweekday>(?<!\w)(?:(?:يوم|مساء|صباح|فجر|ليلة)\s+)?({any_of(_WORDS['arabic_weekdays'])})(?:\s+(الماضي|الفائت|المقبل|القادم))?(?!\w))",
            r"(?P<aword>(?<!\w)(?:(?:مساء|صباح|فجر|ليلة)\s+)?(أول أمس|أول من أمس|أمس|امس|اليوم|البارحة|غداً|غدا)(?!\w))",
            r"(?P<arel>(?<!\w)(?:خلال\s+)?(الأسبوع|الشهر|العام|السنة)\s+(الماضي|الماضية|الفائت|المنصرم|الجاري|الحالي|المقبل|القادم)(?!\w))",
            r"(?P<weekend>\b(?i:(?:the|this)\s+weekend)\b)",
            rf"(?P<dur>\b(?i:(?:(over|in|during|for|within|throughout|across)\s+)?(?:the\s+|these\s+)?(?:last|past|previous|preceding))\s+(?:({_NUM}|(?i:few|several|couple\s+of))[\s-]+)({_U})\b(?!-old)(?:(?i:\s+or\s+so))?)",
            rf"(?P<dur1>\b(?i:(over|during|for|within|throughout|in|across)\s+the\s+(?:last|past))\s+({_U})\b(?!\s+of\b))",
            rf"(?P<recent>\b(?i:(?:(in|over|during|for)\s+(?:the\s+)?(?:most\s+)?)?recent)\s+({_U})\b)",
            rf"(?P<ago>\b(?i:(?:(?:about|around|nearly|almost|some|over|just|barely|roughly|more\s+than|less\s+than|at\s+least)\s+)?(?:({_NUM}|a\s+few|several|some|few)[\s-]+)?)({_U})\s+(?i:(ago|earlier|later|afterwards?|before|after|on|previously|since))\b(?!\s+than))",
            r"(?P<half>\b(?i:half\s+an?\s+(year|decade|hour|day)\s+(ago|earlier|later))\b)",
            rf"(?P<into>\b(?i:(?:(more\s+than|over|almost|nearly|about|some|just|barely|well\s+over)\s+)?({_NUM}))\s+(years?|months?)\s+(?:and\s+a\s+half\s+)?(?i:(?:in)?to)\s+(?:(?:[a-z]+|[A-Z]\w+['’]s|[A-Z]\w+|war-torn)\s+){{0,4}}?(?:{_WAR})\b)",
            rf"(?P<nth>\b(?:(?i:in|into|entering|entered|enters)\s+)?(?i:its|the|their|a|this)\s+({_ORD})\s+(year|month)\b(?:\s+of\s+(?:[a-z’']+\s+|[A-Z][\w’']+\s+){{0,3}}?(?:{_WAR})\b)?)",
            rf"(?P<start>\b(?i:(?:the\s+)?(?:start|beginning|outbreak|onset|eruption|outset)\s+of\s+(?:the\s+|its\s+|this\s+|Syria['’]s\s+)?(?:[a-z-]+\s+|Syrian\s+){{0,3}}?(?:{_WAR}))\b)",
            rf"(?P<began>\b(?i:the\s+(?:[a-z-]+\s+|Syrian\s+){{0,2}}?(?:{_WAR})(?:\s+against\s+[A-Z][\w-]+(?:\s+al-[A-Z]\w+|\s+[A-Z]\w+)?|\s+in\s+Syria)?\s+(?:first\s+)?(?:began|started|erupted|broke\s+out))\b)",
            r"(?P<startunit>\b(?i:the\s+(start|beginning|end|middle|(?:first|second|latter)\s+half|(?:first|second|third|fourth|last)\s+quarter|(?:first|second|third|fourth|last)\s+week)\s+of\s+(the|this|last|next)\s+(year|month|week))\b)",
            rf"(?P<lasting>\b(?i:(?:(for|after|following|throughout|during)\s+)?(?:(?:about|around|nearly|almost|some|over|more\s+than|at\s+least|the|another)\s+){{0,2}}({_NUM})[\s]+(?:straight\s+|consecutive\s+|long\s+|full\s+|whole\s+)?({_U}))\b(?:\s+(of|in\s+which)\b)?(?!\s+(?i:old|older|younger|ago|earlier|later|before|after|into|on|in\s+(?:prison|jail))|-old))",
            rf"(?P<lastingadj>\b(?i:(after|following|during)\s+(?:a|an|the|its|their)\s+({_N})-(day|week|month|year)(?:-long)?\s+(?:[a-z-]+\s+){{0,2}}?(?:siege|battle|offensive|bombardment|assault|campaign|fight|push|blockade|shelling|operation|standoff|stand-off|clashes|ground|air|lull))\b)",
        ]
    )
)
_GROUPS = dict(_ATOMS.groupindex)

_CANDIDATE = re.compile(
    rf"\b(?:{_M}|{_W}|{_SEASON}|(?:1[89]|20)\d\d|\d\d?[/.]\d\d?[/.]|[Dd]ays?|[Ww]eek|[Mm]onth|[Yy]ear|[Dd]ecade|[Ff]ortnight|[Hh]ours?|[Nn]ights?\b|(?i:yester|today|tonight|tomorrow|overnight|this\s+(?:morning|afternoon|evening)|the\s+day|that\s+|same\s+|recent|start|beginning|outbreak|onset|outset)|Eid|Ramadan|(?i:began|started|erupted))"
    r"|رمضان|عيد|أمس|امس|اليوم|البارحة|غدا|الأسبوع|الشهر|العام|السنة|يوم|عام"
    rf"|{any_of(_WORDS['arabic_months'])}|{any_of(_WORDS['arabic_weekdays'])}"
)
_FILE = re.compile(
    r"\S*(?:https?:|www\.|[_#@\\]|[A-Za-z]\S*/\S+/|\.(?:jpe?g|png|gif|pdf|mp4|avi|html?|php|docx?|txt|csv|tiff?|mov|com|org|net)\b)\S*",
    re.I,
)
_NEXT_WORDS = re.compile(r"[\s-]+((?:[^\W\d_][\w’'-]*)(?:[\s-]+[^\W\d_][\w’'-]*){0,3})")
_BEFORE_WORD = re.compile(r"([^\W_][\w’'.-]*)[\s-]+\Z")
_LICENSED = re.compile(rf"\b(?i:{_PREP})[\s-]+(?:the\s+)?\Z|\b(?i:mid)-\Z|\b{_M}{_DASH}\Z|\bfrom\s+\Z")
_FUTURE = re.compile(
    r"\b(?:will|shall|won[’']t|due|scheduled|slated|expected|expects?|plans?|planned|planning|set\s+(?:for|to)|is\s+to|are\s+to|to\s+be\s+held|upcoming|hopes?\s+to|intends?|going\s+to|by\s+next|(?:has|have|had|given|gave)\s+(?:until|till|by))\b",
    re.I,
)
_CLAUSE = re.compile(r"[.;:!?]\s|,\s+(?:and|but|while|after|which)\s|\s(?:after|before)\s")


def _number(word: str) -> int:
    return _NUMBERS.get(" ".join(word.lower().split()), 0) or int(word)


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


def atoms(text: str, start: int, end: int) -> Iterator[Found]:
    """The atoms of a passage [start, end), in text order; most passages hold no word of time and are left at once."""
    return _Reading(text, start, end).atoms() if _CANDIDATE.search(text, start, end) else iter(())


class _Reading:
    """One passage, read for atoms."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        window = text[start:end]
        self._files = [(start + m.start(), start + m.end()) for m in _FILE.finditer(window)] if _suspicious(window) else []

    def atoms(self) -> Iterator[Found]:
        point = self.start
        while match := _ATOMS.search(self.text, point, self.end):
            point = match.end()
            kind = next(name for name in _GROUPS if match[name] is not None)
            values = match.groups()[_GROUPS[kind] : _GROUPS[kind] + _PARTS[kind]]
            found: Found | None = None
            if not any(a <= match.start() < b for a, b in self._files):
                found = getattr(self, "_" + kind)(match.start(), match.end(), values)
            if found is None:
                point = max(
                    match.start() + 1,
                    _word_end(self.text, match.start(), self.end) if kind not in _RETRIED else match.start() + 1,
                )
                continue
            point = found.end
            yield found

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

    def _ad_m(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return self._date(s, e, int(g[0]), int(g[0]), _month(g[1]), g[2])

    def _m_d(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if re.match(r"\s*(?:a\.m|p\.m|am\b|pm\b|percent|%|:\d)", self.text[e : e + 9]):
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
        before = self.text[max(self.start, s - 12) : s].split()
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
        before = self.text[max(self.start, s - 30) : s]
        after = self.text[e : e + 40]
        if self._titled(s, e) or re.match(r"['’]s\s+[A-Z]", after):
            return None
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
            and re.match(r"\s+(?:on|for|to|against|through|have|be|not|not\b|also|well)\b", after)
        ):
            return None
        if re.search(
            r"\b(?:and|or|for|(?<!week )(?<!days )(?<!half )(?<!part )(?<!end )(?<!start )(?<!middle )(?<!beginning )of|by|to|from|before|after|that|over|around)\s+\Z",
            before,
        ) and re.match(r"\s+(?:said|told|[A-Z][a-z]+\s+(?:said|told)|[A-Z])", after):
            return None  # "by April Jones", "of May said"
        month = _month(word)
        return self._yearly(s, e, "month", lambda year: cal.month_of(year, month))

    def _season(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        season, year = g[0].lower(), int(g[1])
        return Found(s, e, "season", m.fixed(cal.season_of(year, season)), True, year)

    def _bareseason(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        before = self.text[max(self.start, s - 24) : s]
        if not re.search(
            r"\b(?i:in|since|until|by|during|last|this|next|throughout|early|late|mid|over)[\s-]+(?:the\s+)?\Z", before
        ):
            return None
        after = self.text[e : e + 16]
        if re.match(r"\s+(?:of|in|to)\b|['’]s\s+[A-Z]|\s+[A-Z]", after) or (g[0][0].isupper() and "Arab" in before):
            return None
        season = g[0].lower()
        return self._yearly(s, e, "season", lambda year: cal.season_of(year, season))

    def _feast(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if self._titled(s, e):
            return None
        before = _BEFORE_WORD.search(self.text, max(self.start, s - 30), s)
        if (
            not g[1]
            and g[0] in ("Ramadan", "Eid")
            and not re.search(
                r"\b(?i:in|during|of|since|for|before|after|this|last|until|by|on|at|throughout|the|over|with)\s+\Z",
                self.text[max(self.start, s - 14) : s],
            )
        ):
            return None
        if before and (
            before[1].isdigit()
            or (before[1][0].isupper() and s - self.start > len(before[0]) and not _sentence_starts(self.text, before.start(1)))
        ):
            return None
        name = {"رمضان": "ramadan", "عيد الفطر": "eid al-fitr", "عيد الأضحى": "eid al-adha"}.get(g[0]) or re.sub(
            r"\s+(?:al|el|ul)[-\s]?", " al-", g[0].lower()
        )
        if re.match(r"\s+[A-Z][a-z]", self.text[e : e + 4]) and name == "ramadan" and not g[1]:
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
        before, after = self.text[max(self.start, s - 40) : s], self.text[e : e + 40]
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
        tokens = self.text[e : e + 24]
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
                near = [one for one in told if one.start <= day <= one.end or one.start.year == day.year]
                return near[-1] if near else None
            ended = [one for one in told if one.end < day]
            return ended[-1] if ended else None

        return Found(s, e, rule, meaning)

    def _rel_unit(self, s: int, e: int, which: str, unit: str) -> Found | None:
        if unit in ("hour", "decade", "fortnight"):
            return None
        if which in ("same", "that"):
            if which == "that" and not re.match(r"\s*(?:[.,;:!?)’'–—]|$|\w)", self.text[e : e + 3]):
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

        before_last = re.match(r"\s+before\s+last\b", self.text[e : e + 14]) if which == "last" else None
        if before_last:
            return None
        return Found(s, e, "next-unit" if count > 0 else "last-unit", m.from_publication(beside))

    def _dayafter(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        unit = "day" if g[0].lower() in ("night", "morning") else g[0].lower()
        return Found(s, e, "from-anchor", m.adjacent(unit, g[1].lower() in ("before", "earlier")))

    def _weekday(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if self._titled(s, e) or self._weekday_title(s, e):
            return None
        return Found(s, e, "weekday", m.on_weekday(_DAYS[g[0].lower()], self._future(s), False))

    def _weekday_title(self, s: int, e: int) -> bool:
        before = _BEFORE_WORD.search(self.text, max(self.start, s - 24), s)
        if before and before[1].lower() in _WORDS["weekday_adjectives"]:
            return True
        if before and before[1].lower() in ("every", "each", "most"):
            return True
        after = self.text[e : e + 30]
        if re.match(r"\s+of\s+(?:the\s+)?[\"“‘']?[A-Z]", after):
            return True
        if re.search(r"\b[Tt]he\s+\Z", self.text[max(self.start, s - 5) : s]) and re.match(r"\s+[A-Z]", after):
            return True
        following = _NEXT_WORDS.match(after)
        return bool(following and following[1].split()[0].lower() in _WORDS["weekday_titles"])

    def _aweekday(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        if (
            " " not in self.text[s:e]
            and g[0] in ("الجمعة", "الأحد", "الاحد", "السبت")
            and not re.search(r"(?:مساء|صباح|يوم|أمس|فجر)\s+\Z", self.text[max(self.start, s - 8) : s])
        ):
            following = self.text[e : e + 1]
            if following not in (" ", ".", "،", ""):
                return None
        return Found(
            s,
            e,
            "weekday",
            m.on_weekday(_DAYS[g[0]], (g[1] or "") in ("المقبل", "القادم"), bool(g[1]) and g[1] in ("الماضي", "الفائت")),
        )

    def _aword(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        days = {"أول أمس": -2, "أول من أمس": -2, "أمس": -1, "امس": -1, "البارحة": -1, "اليوم": 0, "غداً": 1, "غدا": 1}[g[0]]
        if re.match(rf"\s+(?:{any_of(_WORDS['arabic_weekdays'])})", self.text[e : e + 12]):
            return None  # "yesterday Sunday" is told by the weekday
        return Found(
            s, e, "day-word", m.from_publication(lambda day: cal.span(day + timedelta(days=days), day + timedelta(days=days)))
        )

    def _arel(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        unit = {"الأسبوع": "week", "الشهر": "month", "العام": "year", "السنة": "year"}[g[0]]
        which = "this" if g[1] in ("الجاري", "الحالي") else "next" if g[1] in ("المقبل", "القادم") else "last"
        return self._rel_unit(s, e, which, unit)

    def _dayword(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        word = " ".join((g[0] or g[1] or g[2]).lower().split())
        if word == "overnight":
            if re.match(r"\s+(?:(?:on|into|to)\s+)?" + _W, self.text[e : e + 20]):
                return None
            return Found(s, e, "day-word", m.from_publication(lambda day: cal.span(day - timedelta(days=1), day)))
        if word == "today" and re.match(r"['’]s\b", self.text[e : e + 3]):
            return None
        days = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2}.get(word, 0)
        return Found(
            s, e, "day-word", m.from_publication(lambda day: cal.span(day + timedelta(days=days), day + timedelta(days=days)))
        )

    def _weekend(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        future = self._future(s)
        return Found(s, e, "weekend", m.from_publication(lambda day: cal.weekend_of(day + timedelta(days=7 if future else 0))))

    def _dur(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
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
        following = self.text[e : e + 40]
        if way in ("before", "after") and not re.match(r"\s*(?:[.,;:!?)–—]|$)", following):
            return None
        if way in ("on", "since") and not re.match(r"\s*(?:[.,;:!?)–—]|$)", following):
            return None
        back = way in ("ago", "earlier", "before", "previously")
        if not number:
            if not word.endswith("s"):
                return None
            number = "few"
        vague = number in ("few", "a few", "several", "some")
        if unit == "hour":
            if way == "ago":
                hours = 24 if vague else _count(number)[0]
                return Found(
                    s,
                    e,
                    "ago",
                    m.from_publication(
                        lambda day: cal.span(day - timedelta(days=max(0, hours // 24)), day - timedelta(days=hours // 24))
                    ),
                )
            if not vague and _count(number)[0] >= 24:
                return Found(s, e, "from-anchor", m.from_anchor("day", _count(number)[0] // 24, back))
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
        around = re.search(rf"\b(?:{_WAR})\b", self.text[max(self.start, s - 80) : min(self.end, e + 30)])
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
                number = {"last": 4}.get(what[0]) or ORDINALS[what[0]]
                return cal.months_of(told.start.year, number * 3 - 2, number * 3) if told.precision == "year" else None
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
        following = self.text[e : e + 30]
        if of and re.match(r"\s+(?:age|prison|jail|notice|age)\b", following):
            return None
        if of and of.startswith("of") and not re.match(r"\s+[a-z“\"]", following):
            return None
        if self._future(s):
            return None
        if not word.endswith("s") and count != 1:
            return None
        if re.match(r"\s+(?:ahead|away|from\s+now|to\s+come|time)\b", following) or re.search(
            r"\bsentenced\b[^.]{0,40}\Z", self.text[max(self.start, s - 60) : s]
        ):
            return None
        if preposition == "after" and not of and not re.match(r"\s*(?:[.,;]|$)", following):
            return None
        if unit == "fortnight":
            unit, count = "week", 2 * count
        return Found(s, e, "lasting", m.lasting(unit, count), dated=preposition not in ("after", "following"))

    def _lastingadj(self, s: int, e: int, g: tuple[str, ...]) -> Found | None:
        return None

    # --- what it is not ---

    def _titled(self, s: int, e: int) -> bool:
        """Whether the words begin, or stand in, the name of an organisation, an event or a paper."""
        following = _NEXT_WORDS.match(self.text, e, min(self.end, e + 60))
        if following:
            for number, word in enumerate(re.split(r"[\s-]+", following[1])):
                if not word[:1].isupper():
                    break
                if re.sub(r"['’]s?$", "", word.lower()) in _WORDS["title_heads"] or (
                    number and word.lower() in lexicon()["organisation_heads"]
                ):
                    return True
        if self._in_title(s, e):
            return True
        if self.text[e : e + 1] in ("_", "\\") or self.text[max(0, s - 1) : s] in ("_", "/", "#", "@"):
            return True
        before = _BEFORE_WORD.search(self.text, max(self.start, s - 24), s)
        return bool(before and before[1].lower() in _WORDS["month_adjectives"] and before[1][0].isupper())

    def _in_title(self, s: int, e: int) -> bool:
        """Whether the words stand in quotation marks that hold a title: capitalised words and figures."""
        opening = re.search(r"[\"“‘«]([^\"“”‘’«»]{0,60})\Z", self.text[max(self.start, s - 60) : s])
        closing = re.match(r"([^\"“”‘’«»]{0,60})[\"”’»]", self.text[e : min(self.end, e + 61)])
        if not opening or not closing or (self.text.count('"', self.start, s) % 2 == 0 and opening[0][0] == '"'):
            return False
        words = re.findall(r"[^\W_][\w’'-]*", opening[1] + self.text[s:e] + closing[1])
        return all(word[0].isupper() or word[0].isdigit() or len(word) < 4 for word in words)

    def _future(self, s: int) -> bool:
        """Whether the clause speaks of what is to come."""
        clause = self.text[max(self.start, s - 90) : s]
        cuts = list(_CLAUSE.finditer(clause))
        return bool(_FUTURE.search(clause[cuts[-1].end() :] if cuts else clause))

    def _with_article(self, s: int) -> int:
        found = re.search(r"\b[Tt]he\s+\Z", self.text[max(self.start, s - 6) : s])
        return s - len(found[0]) if found else s


def _inner_groups() -> dict[str, int]:
    """How many groups each alternative of _ATOMS holds."""
    ordered = sorted(_GROUPS.items(), key=lambda item: item[1])
    ends = [number for _, number in ordered[1:]] + [_ATOMS.groups + 1]
    return {name: end - number - 1 for (name, number), end in zip(ordered, ends, strict=True)}


_PARTS = _inner_groups()
_RETRIED = frozenset({"rel", "ago", "lasting", "lastingadj", "nth", "into", "dur", "d_m", "dd_m"})
_DAYS_CAPITAL = frozenset(word.capitalize() for word in _WORDS["weekdays"])


def _figure(word: str) -> int:
    return int(re.match(r"\d+", word)[0])  # type: ignore[index]


def _word_end(text: str, at: int, end: int) -> int:
    while at < end and text[at].isalnum():
        at += 1
    return at


def _sentence_starts(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip()
    return not before or before[-1] in ".!?:\n"


def _suspicious(window: str) -> bool:
    return any(mark in window for mark in ("_", "/", "www.", "#", "@", "\\", ".jp", ".pn", ".pd", ".mp", ".ht", ".co", ".or"))
