"""The words of time as they are spelled, and the pieces of pattern that the rules share."""

from __future__ import annotations

import re
from typing import Any

from conflictmap.geoparser.lexicon import arabic_time_words, time_words

WORDS = time_words()
ARABIC_TIME = arabic_time_words()
MONTHS: dict[str, int] = {**WORDS.months, **ARABIC_TIME.months}
WEEKDAYS: dict[str, int] = {**WORDS.weekdays, **ARABIC_TIME.weekdays}
NUMBERS: dict[str, int] = WORDS.numbers
ORDINALS: dict[str, int] = WORDS.ordinals


def any_of(words: Any, capital: bool = False) -> str:
    return "|".join(
        re.escape(word[0].upper() + word[1:] if capital else word).replace(r"\ ", r"\s+")
        for word in sorted(words, key=len, reverse=True)
    )


CUT = {word for word in WORDS.months if len(word) < 5 and word not in ("may", "june", "july")}
MONTH = f"(?:{any_of(set(WORDS.months) - CUT, True)}|(?:{any_of(CUT, True)})\\b\\.?|{any_of(ARABIC_TIME.months)})"
ARABIC_MONTH = f"(?:{any_of(ARABIC_TIME.months)})"
WEEKDAY = f"(?:{any_of(WORDS.weekdays, True)})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?\b"
YEAR = r"(?:1[89]|20)\d\d(?!\d)"
ONES = [word for word, number in NUMBERS.items() if number < 10 and word[0] != "a"]
TENS = [word for word, number in NUMBERS.items() if number % 10 == 0 and number < 100 and word[-1] == "y"]
NUMBER = rf"(?:\d{{1,3}}|(?i:(?:{any_of(TENS)})[\s-](?:{any_of(ONES)})|{any_of(NUMBERS)})(?!\w))"
NUMBER_AND_HALF = rf"(?:{NUMBER}(?:\s+and\s+(?:a\s+half|[½]))?)"
UNITS = "day|week|month|year|decade|fortnight|hour|night"
UNIT = rf"(?i:{UNITS})s?"
ARABIC_NUMBERS: dict[str, int] = ARABIC_TIME.numbers
ARABIC_UNITS: dict[str, tuple[str, int]] = {
    word: (unit, count) for unit, words in ARABIC_TIME.units.items() for word, count in words.items()
}
ORDINAL = rf"(?i:{any_of(ORDINALS)})"
DAY_ORDINALS = [word for word, number in ORDINALS.items() if number > 0]
SEASON = r"[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter"
PREPOSITION = r"(?:in|since|until|till|by|from|to|of|during|through|throughout|last|this|next|late|early|mid|between|before|after|for|around|and|or|end|beginning|start|that|the|every|each|over)"
ARABIC_LAST_OR_NEXT = "الماضي|الفائت|المنصرم|المقبل|القادم"
DASH = r"\s*[-–—]\s*"
LIGHT = r"(?:dawn|daybreak|sunrise|noon|midday|dusk|sunset|nightfall|midnight)"
WAR = any_of(WORDS.war)
FEAST = r"Eid(?:\s+(?:al|el|ul)[-\s]?(?:Fitr|Adha))?|Ramadan|رمضان|عيد الفطر|عيد الأضحى"

# The words that an atom may begin with; a figure stands for all figures, an Arabic letter for all Arabic words.
FIGURE, ARABIC = frozenset({"0"}), frozenset({"ا"})
MONTH_WORDS = ARABIC | set(WORDS.months)
WEEKDAY_WORDS, SEASON_WORDS = frozenset(WORDS.weekdays), frozenset(WORDS.seasons)
NUMBER_WORDS = FIGURE | {word.split()[0] for word in NUMBERS} | {"few", "several", "some"}
ABOUT_WORDS = frozenset(
    ["about", "around", "nearly", "almost", "some", "over", "just", "barely", "roughly", "more", "less", "at"]
)
UNIT_WORDS = frozenset(word + s for word in UNITS.split("|") for s in ("", "s"))
OVER_WORDS = frozenset({"over", "in", "during", "for", "within", "throughout", "across"})
LAST_WORDS = frozenset({"the", "these", "last", "past", "previous", "preceding"})


def number_of(word: str) -> int:
    words = " ".join(word.lower().split())
    if words.isdigit():
        return int(words)
    return NUMBERS.get(words) or sum(NUMBERS[part] for part in re.split("[ -]", words))  # "twenty-five"


def count_of(word: str) -> tuple[int, bool]:
    """A number in words or figures, and whether "and a half" follows it."""
    whole = re.split(r"\s+and\s+", word.strip())
    return number_of(whole[0]), len(whole) > 1


def month_number(word: str) -> int:
    key = " ".join(word.split())
    return MONTHS.get(key.rstrip(".").lower(), 0) or MONTHS[key]


def unit_of(word: str) -> str:
    return {"night": "day"}.get(word := word.lower().rstrip("s"), word)


CAPITAL_WEEKDAYS = frozenset(word.capitalize() for word in WORDS.weekdays)


def figure(word: str) -> int:
    return int(re.match(r"\d+", word)[0])  # type: ignore[index]


def sentence_starts(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip()
    return not before or before[-1] in ".!?:\n"
