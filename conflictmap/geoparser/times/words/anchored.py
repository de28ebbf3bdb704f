"""What is counted from the beginning of the war: three years into it, its third year."""

from __future__ import annotations

import re
from datetime import date

from conflictmap.geoparser.times import calendars as cal
from conflictmap.geoparser.times import meanings as m
from conflictmap.geoparser.times.meanings import Found
from conflictmap.geoparser.times.words.passage import Passage
from conflictmap.geoparser.times.words.rules import rule
from conflictmap.geoparser.times.words.spelled import (
    ABOUT_WORDS,
    NUMBER_AND_HALF,
    NUMBER_WORDS,
    ORDINAL,
    ORDINALS,
    WAR,
    WORDS,
    count_of,
    unit_of,
)


@rule(
    "into_the_war",
    NUMBER_WORDS | ABOUT_WORDS | {"well"},
    rf"\b(?i:(?:(?P<more>more\s+than|over|almost|nearly|about|some|just|barely|well\s+over)\s+)?(?P<number>{NUMBER_AND_HALF}))\s+(?P<unit>years?|months?)\s+(?:and\s+a\s+half\s+)?(?i:(?:in)?to)\s+(?:(?:[a-z]+|[A-Z]\w+['’]s|[A-Z]\w+|war-torn)\s+){{0,4}}?(?:{WAR})\b",
    near_unit=True,
)
def into_the_war(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    count, half = count_of(g["number"])
    more = half or "and a half" in passage.text[s:e] or (g["more"] or "").lower().startswith(("more", "over", "well"))
    return Found(s, e, "nth-year", m.nth_unit(count + (1 if more else 0), unit_of(g["unit"])), True)


@rule(
    "nth_year",
    {"in", "into", "entering", "entered", "enters", "its", "the", "their", "a", "this"},
    rf"\b(?:(?i:in|into|entering|entered|enters)\s+)?(?i:its|the|their|a|this)\s+(?P<ordinal>{ORDINAL})\s+(?P<unit>year|month)\b(?:\s+of\s+(?:[a-z’']+\s+|[A-Z][\w’']+\s+){{0,3}}?(?:{WAR})\b)?",
    near_unit=True,
)
def nth_year(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    number, unit = ORDINALS[g["ordinal"].lower()], g["unit"]
    if number < 1:
        return None
    own = re.search(rf"\b(?:{WAR})\b\Z", passage.text[s:e])
    around = re.search(rf"\b(?:{WAR})\b", passage.text[max(0, s - 80) : e + 30])
    if not own and not (around and re.match(r"(?i)(?:in|into|entering|entered|enters)\b", passage.text[s:e])):
        return None
    return Found(s, e, "nth-year", m.nth_unit(number, unit), True)


@rule(
    "start_of_war",
    {"the", "start", "beginning", "outbreak", "onset", "eruption", "outset"},
    rf"\b(?i:(?:the\s+)?(?:start|beginning|outbreak|onset|eruption|outset)\s+of\s+(?:the\s+|its\s+|this\s+|Syria['’]s\s+)?(?:[a-z-]+\s+|Syrian\s+){{0,3}}?(?:{WAR}))\b",
)
def start_of_war(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    start: date = WORDS.uprising
    return Found(s, e, "nth-year", m.fixed(cal.span(start, start)), True)


@rule(
    "war_began",
    {"the"},
    rf"\b(?i:the\s+(?:[a-z-]+\s+|Syrian\s+){{0,2}}?(?:{WAR})(?:\s+against\s+[A-Z][\w-]+(?:\s+al-[A-Z]\w+|\s+[A-Z]\w+)?|\s+in\s+Syria)?\s+(?:first\s+)?(?:began|started|erupted|broke\s+out))\b",
)
def war_began(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return start_of_war(passage, s, e, g)
