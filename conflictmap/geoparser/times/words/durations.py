"""Stretches of time: over the last three weeks, for three days."""

from __future__ import annotations

import re

from conflictmap.geoparser.times import calendars as cal
from conflictmap.geoparser.times import meanings as m
from conflictmap.geoparser.times.meanings import Found
from conflictmap.geoparser.times.words.passage import Passage
from conflictmap.geoparser.times.words.rules import rule
from conflictmap.geoparser.times.words.spelled import (
    ABOUT_WORDS,
    LAST_WORDS,
    MONTH,
    NUMBER,
    NUMBER_AND_HALF,
    NUMBER_WORDS,
    OVER_WORDS,
    UNIT,
    WORDS,
    YEAR,
    count_of,
    unit_of,
)


@rule(
    "last_units",
    OVER_WORDS | LAST_WORDS,
    rf"\b(?i:(?:(?P<preposition>over|in|during|for|within|throughout|across)\s+)?(?:the\s+|these\s+)?(?:last|past|previous|preceding))\s+(?:(?P<number>{NUMBER_AND_HALF}|(?i:few|several|couple\s+of))[\s-]+)(?P<unit>{UNIT})\b(?!-old)(?:(?i:\s+or\s+so))?",
    near_unit=True,
)
def last_units(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    if re.match(rf"\s+(?:(?:of|in)\s+(?:{MONTH}|{YEAR})|of\s+(?:the|its|his|her|their)\b)", passage.after(e, 20)):
        return None  # "the last two weeks of July", "of the siege"
    return _last_units(passage, s, e, (g["preposition"] or "").lower(), g["number"].lower(), g["unit"])


@rule(
    "last_unit",
    OVER_WORDS,
    rf"\b(?i:(?P<preposition>over|during|for|within|throughout|in|across)\s+the\s+(?:last|past))\s+(?P<unit>{UNIT})\b(?!\s+of\b)",
    near_unit=True,
)
def last_unit(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return _last_units(passage, s, e, g["preposition"].lower(), "1", g["unit"]) if not g["unit"].lower().endswith("s") else None


@rule(
    "recent_units",
    OVER_WORDS | {"recent"},
    rf"\b(?i:(?:(?P<preposition>in|over|during|for)\s+(?:the\s+)?(?:most\s+)?)?recent)\s+(?P<unit>{UNIT})\b",
    near_unit=True,
)
def recent_units(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    unit = unit_of(g["unit"])
    if not g["unit"].lower().endswith("s") or unit == "fortnight":
        return None
    if unit == "hour":
        return Found(s, e, "recent-units", m.units_before("day", 1, False, "day", True))
    return Found(s, e, "recent-units", m.units_before(unit, WORDS.recent_units, False, "vague"))


@rule(
    "lasting",
    NUMBER_WORDS | ABOUT_WORDS | {"for", "after", "following", "throughout", "during", "the", "another"},
    rf"\b(?i:(?:(?P<preposition>for|after|following|throughout|during)\s+)?(?:(?:about|around|nearly|almost|some|over|more\s+than|at\s+least|the|another)\s+){{0,2}}(?P<number>{NUMBER_AND_HALF})[\s]+(?:straight\s+|consecutive\s+|long\s+|full\s+|whole\s+)?(?P<unit>{UNIT}))\b(?:\s+(?P<of>of|in\s+which)\b)?(?!\s+(?i:old|older|younger|ago|earlier|later|before|after|into|on|in\s+(?:prison|jail))|-old)",
    near_unit=True,
)
def lasting(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    preposition, word, of = (g["preposition"] or "").lower(), g["unit"].lower(), g["of"]
    unit = unit_of(word)
    if unit in ("hour", "decade"):
        return None
    count, _ = count_of(g["number"])
    if not (preposition in ("for", "after", "following", "throughout") or of) or (count == 1 and not preposition):
        return None
    following = passage.after(e, 30)
    if of and re.match(r"\s+(?:age|prison|jail|notice)\b", following):
        return None
    if of and of.startswith("of") and not re.match(r"\s+[a-z“\"]", following):
        return None
    if passage.future(s) or re.search(r"\b(?i:first|last|past|final|next|coming)\s+\Z", passage.before(s, 12)):
        return None
    if not word.endswith("s") and count != 1:
        return None
    if re.match(r"\s+(?:ahead|away|from\s+now|to\s+come|time)\b", following) or re.search(
        r"\bsentenced\b[^.]{0,40}\Z", passage.before(s, 60)
    ):
        return None
    if preposition == "after" and not of and not re.match(r"\s*(?:[.,;]|$)", following):
        return None
    if unit == "fortnight":
        unit, count = "week", 2 * count
    return _throughout(passage, s, e, preposition, unit, count)


@rule(
    "lasting_adjective",
    {"after", "following", "during"},
    rf"\b(?i:(?P<preposition>after|following|during)\s+(?:a|an|the|its|their)\s+(?P<number>{NUMBER})-(?P<unit>day|week|month|year)(?:-long)?\s+(?:[a-z-]+\s+){{0,2}}?(?:siege|battle|offensive|bombardment|assault|campaign|fight|push|blockade|shelling|operation|standoff|stand-off|clashes|ground|air|lull))\b",
    near_unit=True,
)
def lasting_adjective(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return _throughout(passage, s, e, g["preposition"].lower(), g["unit"].lower(), count_of(g["number"])[0])


def _last_units(passage: Passage, s: int, e: int, preposition: str, number: str, word: str) -> Found | None:
    unit = unit_of(word)
    throughout = preposition not in ("in", "within")
    if number in ("few", "several"):
        if unit == "hour":
            return Found(s, e, "last-n-units", m.units_before("day", 1, throughout, "day", True))
        return Found(
            s,
            e,
            "recent-units",
            m.units_before(unit if unit != "fortnight" else "week", WORDS.recent_units, throughout, "vague"),
        )
    count, half = (2, False) if number.startswith("couple") else count_of(number)
    if unit == "hour":
        return Found(s, e, "last-n-units", m.units_before("day", max(1, -(-count // 24)), throughout, "day"))
    if unit == "fortnight":
        unit, count = "week", count * 2
    if half and unit in ("year", "month"):
        unit, count = ("month", count * 12 + 6) if unit == "year" else ("day", count * 30 + 15)
    return Found(s, e, "last-n-units", m.units_before(unit, count, throughout, cal.UNITS[unit]))


def _throughout(passage: Passage, s: int, e: int, preposition: str, unit: str, count: int) -> Found:
    if preposition == "during":
        s = re.compile(r"\w+").search(passage.text, s + len(preposition)).start()  # type: ignore[union-attr]
    return Found(s, e, "lasting", m.lasting(unit, count), dated=preposition not in ("after", "following"))
