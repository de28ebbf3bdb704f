"""Weekdays and weekends."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conflictmap.geoparser.times import calendars as cal
from conflictmap.geoparser.times import meanings as m
from conflictmap.geoparser.times.meanings import Found
from conflictmap.geoparser.times.words.passage import BEFORE_WORD, NEXT_WORDS, Passage
from conflictmap.geoparser.times.words.rules import rule
from conflictmap.geoparser.times.words.spelled import (
    ARABIC,
    ARABIC_LAST_OR_NEXT,
    ARABIC_TIME,
    NUMBER_AND_HALF,
    NUMBER_WORDS,
    WEEKDAY,
    WEEKDAY_WORDS,
    WEEKDAYS,
    WORDS,
    any_of,
    count_of,
    unit_of,
)
from conflictmap.model import TimeInterval


@rule("before_last", {"the"}, rf"\b(?i:the\s+(?P<unit>night|week|weekend|month|year|{WEEKDAY})\s+before\s+last)\b")
def before_last(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    unit = g["unit"].lower()
    if unit in WORDS.weekdays:
        return _weekday_back(passage, s, e, unit, 2)

    def meaning(day: date) -> TimeInterval | None:
        if unit == "weekend":
            return cal.weekend_of(day - timedelta(days=7))
        there = cal.shifted(day, unit_of(unit), -2)
        return cal.unit_of(there, unit_of(unit)) if there else None

    return Found(s, e, "last-unit", m.from_publication(meaning))


@rule("weekdays_ago", NUMBER_WORDS, rf"\b(?P<number>{NUMBER_AND_HALF})\s+(?P<weekday>{WEEKDAY})s?\s+ago\b")
def weekdays_ago(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    return _weekday_back(passage, s, e, g["weekday"].lower(), count_of(g["number"])[0])


@rule("bare_weekday", WEEKDAY_WORDS, rf"(?<![\w-])(?P<weekday>{WEEKDAY})(?!\w)")
def bare_weekday(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    if passage.titled(s, e) or _weekday_title(passage, s, e):
        return None
    return Found(s, e, "weekday", m.on_weekday(WEEKDAYS[g["weekday"].lower()], passage.future(s), False))


@rule(
    "arabic_weekday",
    ARABIC,
    rf"(?<!\w)(?:(?:يوم|مساء|صباح|فجر|ليلة)\s+)?(?P<weekday>{any_of(ARABIC_TIME.weekdays)})(?:\s+(?P<which>{ARABIC_LAST_OR_NEXT}))?(?!\w)",
)
def arabic_weekday(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    if (
        " " not in passage.text[s:e]
        and g["weekday"] in ("الجمعة", "الأحد", "الاحد", "السبت")
        and not re.search(r"(?:مساء|صباح|يوم|أمس|فجر)\s+\Z", passage.before(s, 8))
    ):
        following = passage.after(e, 1)
        if following not in (" ", ".", "،", ""):
            return None
    return Found(
        s,
        e,
        "weekday",
        m.on_weekday(WEEKDAYS[g["weekday"]], g["which"] in ("المقبل", "القادم"), g["which"] in ("الماضي", "الفائت", "المنصرم")),
    )


@rule("the_weekend", {"the", "this"}, r"\b[Tt](?:he|his)\s+weekend\b")
def the_weekend(passage: Passage, s: int, e: int, g: re.Match[str]) -> Found | None:
    future = passage.future(s)
    return Found(s, e, "weekend", m.from_publication(lambda day: cal.weekend_of(day + timedelta(days=7 if future else 0))))


def _weekday_back(passage: Passage, s: int, e: int, name: str, count: int) -> Found | None:
    def meaning(day: date) -> TimeInterval | None:
        there = cal.weekday(day, WEEKDAYS[name], strictly=True) - timedelta(days=7 * (count - 1))
        return cal.span(there, there)

    return Found(s, e, "weekday", m.from_publication(meaning))


def _weekday_title(passage: Passage, s: int, e: int) -> bool:
    before = BEFORE_WORD.search(passage.text, max(0, s - 24), s)
    if before and before[1].lower() in WORDS.weekday_adjectives:
        return True
    if before and before[1].lower() in ("every", "each", "most"):
        return True
    if before and before[1] == "on" and (paper := BEFORE_WORD.search(passage.text, max(0, s - 30), before.start(1))):
        return paper[1][0].isupper() and paper[1].lower() in WORDS.sunday_papers
    after = passage.after(e, 30)
    if re.match(r"\s+of\s+(?:the\s+)?[\"“‘']?[A-Z]", after):
        return True
    if re.search(r"\b[Tt]he\s+\Z", passage.before(s, 5)) and re.match(r"\s+[A-Z]", after):
        return True
    following = NEXT_WORDS.match(after)
    return bool(following and following[1].split()[0].lower() in WORDS.weekday_titles)
