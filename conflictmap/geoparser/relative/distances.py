"""Distances and directions in words: "about twelve and a half kilometres", "north-west" -> metres, degrees and their precision.

Lengths are metres, winds degrees clockwise from north.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MAX_KM = 500.0
"""No distance greater than this is believed."""
MIN_M = 10.0
"""… nor one smaller: a place so near another is that place."""
ABOUT_SHARE = 0.1
"""How far off "about 12 km" may be at least: this share of it."""

WINDS = {
    wind: number * 22.5
    for number, wind in enumerate(["n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"])
}  # fmt: skip
"""The 16 winds -> degrees clockwise from north."""
WIND_WORD = r"(?:north|south|east|west)(?:[-‐‑–\s]?(?:north|south|east|west)){0,2}"
"""A wind in a text: one word, or up to three joined, with hyphens or blanks."""
WIND_LETTERS = r"(?-i:[NS][NS]?[EW]?|[EW](?:[NS][EW])?)"
"""… or its letters in capitals, to be read only after a distance."""


@lru_cache(1024)
def bearing(wind: str) -> float | None:
    """Degrees clockwise from north of "north", "north-west", "NNE" …; None for what is none of the 16 winds."""
    letters = re.sub(r"(?i)north|south|east|west", lambda word: word.group()[0], wind)
    return WINDS.get(re.sub(r"[^a-z]", "", letters.lower()))


def direction_precision(wind: float) -> float:
    """Half the angle that a wind covers: 22.5° for those of 8, 11.25° for those that need 16 (point-radius method)."""
    return 11.25 if wind % 45 else 22.5


def loose_precision(wind: float) -> float:
    """Half the angle that a wind covers where nobody has measured: all that lies nearer to it than to its neighbours."""
    return 45.0 if wind % 90 == 0 else direction_precision(wind)


# --- numbers and units ----------------------------------------------------------------------------------------

_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD_VALUES = {word: float(number) for number, word in enumerate(_ONES.split("|"), 1)} | {
    word: 10.0 * number for number, word in enumerate(_TENS.split("|"), 2)
}
_VAGUE = {"few": (3.5, 1.5), "several": (5.0, 2.0), "couple": (2.0, 1.0), "dozen": (12.0, 3.0), "dozens": (40.0, 20.0)}
"""Vague numbers -> value and half-width: a few is 2 to 5, several 3 to 7, a couple 1 to 3, a dozen 9 to 15."""
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,5}(?:[.,]\d{1,2})?"
_ONE_NUMBER = (
    rf"(?:{_DIGITS}|half\s+an?|a\s+quarter\s+of\s+an?|a\s+few|a\s+couple\s+of|(?:a|two|three)\s+dozen|a\s+hundred|several|"
    rf"(?:{_TENS})(?:[-‐‑\s](?:one|two|three|four|five|six|seven|eight|nine))?|(?:{_ONES})(?:\s+and\s+a\s+half)?|an?)"
)
_NUMBER = rf"(?P<number>{_ONE_NUMBER})(?:\s*(?:[-‐‑–]|to|and|or)\s*(?P<upper>{_ONE_NUMBER}))?"
_WIDER = r"about|around|some|roughly|approximately|nearly|almost|over|more\s+than|at\s+least|(?:just|slightly|a\s+little)\s+(?:over|under|more\s+than|less\s+than)|an\s+estimated|an?|~|circa"
_UP_TO = r"within|less\s+than|under|up\s+to|no\s+more\s+than|not\s+more\s+than|fewer\s+than|inside"
_METRES = {"k": 1000.0, "mi": 1609.344, "me": 1.0, "m": 1.0}

# Parts of patterns. What a text says of a distance: QUANTITY, a unit, and perhaps the same in other units.
UNIT = r"(?P<unit>km\.?|kms\.?|kilomet(?:re|er)s?|miles?|mi|metres?|meters?|(?<=[\d\s])m)"
ALSO = r"(?:\s*\([^()\n]{1,30}\)|,?\s+or\s+(?:about\s+)?[\d.,]+\s*[a-z]{1,10},?)?"
QUANTITY = (
    rf"(?<![\w$£€.,])(?:(?P<about>{_WIDER}|{_UP_TO}|between|just|only|barely)\s*(?=[\s\d]))?\s*(?<![\w$£€.,]){_NUMBER}[-‐‑\s]*"
)


class Length(NamedTuple):
    """A distance: metres, half-width in metres, and whether it is an upper bound ("within")."""

    metres: float
    precision: float
    up_to: bool


def length_of(found: re.Match[str], unit: str | None = None) -> Length | None:
    """What a match of QUANTITY and UNIT says; None if it is no distance that can be believed."""
    scale = _METRES[next(key for key in _METRES if (unit or found["unit"]).lower().startswith(key))]
    about = " ".join((found["about"] or "").lower().split())
    value, precision = _number(found["number"])
    if found["upper"]:
        upper, upper_precision = _number(found["upper"])
        if upper <= value:
            return None
        value, precision = (value + upper) / 2, (upper - value) / 2 + upper_precision
    up_to = bool(re.fullmatch(_UP_TO, about))
    if about and re.fullmatch(_WIDER, about):
        precision = max(precision, ABOUT_SHARE * value)
    metres = value * scale
    return Length(metres, min(precision * scale, metres), up_to) if MIN_M <= metres <= MAX_KM * 1000 else None


def _number(words: str) -> tuple[float, float]:
    """A number and its precision: half of the last significant unit, so 12 ± 0.5, 10 ± 5, 7.5 ± 0.25 (a half), 7.3 ± 0.05."""
    words = " ".join(words.lower().replace("‐", "-").replace("‑", "-").split())
    if words[0].isdigit():
        digits = re.sub(r",(?=\d{3}(?:,|$))", "", words).replace(",", ".")
        value = float(digits)
        whole, _, fraction = digits.partition(".")
        if fraction:
            return value, 0.25 if fraction in ("5", "50") else 0.125 if fraction in ("25", "75") else 0.5 * 10 ** -len(fraction)
        return value, 0.5 * 10 ** (len(whole) - len(whole.rstrip("0"))) if value else 0.0
    for vague, (value, precision) in _VAGUE.items():
        if vague in words.split():
            times = _WORD_VALUES.get(words.split()[0], 1.0)
            return value * times, precision * times
    if words.startswith("half"):
        return 0.5, 0.25
    if "quarter" in words:
        return 0.25, 0.125
    if words.endswith("and a half"):
        return _WORD_VALUES[words.split()[0]] + 0.5, 0.25
    if words.endswith("hundred"):
        return 100.0, 50.0
    value = sum(_WORD_VALUES.get(word, 0.0) for word in re.split(r"[-\s]", words)) or 1.0
    return value, 5.0 if value % 10 == 0 else 0.5
