"""Name folding that keeps offsets, and the blocks of a text.

Folding makes spellings comparable: case, diacritics, apostrophes of every kind (also the half rings of
romanised Arabic), hyphens and Arabic vowel signs no longer matter. Every code point folds to exactly one
code point or to none, so that a place in the folded text leads back to the original by counting.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from conflictmap.model import Article, Passage

APOSTROPHES = "'’‘‛`´ʼʻʽʾʿˈ′＇ʹ"
"""Marks that romanisations use for hamza and ayn, and the English possessive; folded to nothing."""

# Letters whose compatibility decomposition does not lead to the letter that English prints for them.
_LETTERS = {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "t", "ß": "s", "æ": "a", "œ": "o", "ə": "e"}
# Arabic letters that are written for one another: hamza seats, final ya and alif maqsura, ta marbuta; Persian kaf and ya.
_ARABIC = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ؤ": "و", "ئ": "ي", "ـ": ""}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0f"


class _FoldTable(dict[int, str | None]):
    """str.translate table, filled as code points are met: so it covers all of Unicode at no cost at start."""

    def __missing__(self, code: int) -> str | None:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str | None:
    if char in APOSTROPHES or char in _INVISIBLE:
        return None
    if char in _ARABIC:
        return _ARABIC[char] or None
    if unicodedata.category(char) in ("Mn", "Me"):
        return None
    lower = char.lower()
    if lower in _LETTERS:
        return _LETTERS[lower]
    base = unicodedata.normalize("NFKD", lower)[:1].lower()
    if base != char:
        return _fold_character(base)
    return base if base.isalnum() else " "


_TABLE = _FoldTable()


class Folded(NamedTuple):
    """A folded text with the way back: `original(i)` is the offset, in code points, of folded code point i."""

    text: str
    dropped: list[int]

    def original(self, index: int) -> int:
        return index + bisect_right(self.dropped, index) if self.dropped else index


def fold(text: str) -> str:
    """The folded text, without the way back (for names and queries); spaces are not squeezed."""
    return text.translate(_TABLE)


def fold_name(name: str) -> str:
    """A name as the recogniser compares it: folded, spaces squeezed. Two names that fold alike are one form."""
    return " ".join(fold(name).split())


_SUPERFLUOUS_SPACE = re.compile(
    r"(?<=[^\W_][-‐‑])[^\S\r\n]*+[\r\n]\s*+(?=[^\W_])|(?<=[\s(][AaEe][lnrstdz][-‐‑])\s+(?=[^\W\d_])|(?<=\s)\s+"
)


@lru_cache(64)
def _any_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]")


def fold_with_offsets(text: str) -> Folded:
    """Fold a text and keep the way back to its code points.

    White space after white space, and a line's break after a hyphen, fold to nothing: so a name is found across a line's end. So does
    a space after an article's hyphen: "Ras al- Ayn", as monitors print it.
    """
    folded = text.translate(_TABLE)
    # Only white space other than single blanks can be superfluous; isprintable() is false for all of it but the blank.
    spaced = (
        ("  " in text or "- " in text or not text.isprintable())
        and "  " in folded
        and _SUPERFLUOUS_SPACE.search(text) is not None
    )
    if len(folded) == len(text) and not spaced:
        return Folded(folded, [])
    gone_characters = [char for char in set(text) if _TABLE[ord(char)] is None]
    pattern = _any_of("".join(sorted(gone_characters))) if gone_characters else None
    dropped = [found.start() for found in pattern.finditer(text)] if pattern else []
    if spaced:
        extra = {position for run in _SUPERFLUOUS_SPACE.finditer(text) for position in range(run.start(), run.end())}
        dropped = sorted(extra.union(dropped))
        gone = set(dropped)
        folded = "".join(char for position, char in enumerate(text) if position not in gone).translate(_TABLE)
    # The n-th dropped code point, at offset d, stands before folded index d - n: bisecting by that counts the dropped ones.
    return Folded(folded, [position - n for n, position in enumerate(dropped)])


_BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*(?:\r\n|\r(?!\n)|\n)\s*")


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """The blocks of a text that blank lines part: (start, end) in code points, without surrounding white space."""
    start = 0
    for cut in _BLANK_LINE.finditer(text):
        yield from _trimmed(text, start, cut.start())
        start = cut.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


# A full stop after these is not the end of a sentence.
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "maj",
        "capt",
        "sgt",
        "brig",
        "st",
        "jr",
        "sr",
        "gov",
        "sen",
        "rep",
        "rev",
        "no",
        "vs",
        "etc",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_SENTENCE_END = re.compile(r"(?<![.!?؟…])[.!?؟…]++[\"'”’»)\]]*+\s++(?=[\"'“‘«(\[]*[^\W\d_a-z])")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The sentences between two offsets: (start, end) in code points."""
    stop = len(text) if end is None else end
    begin = start
    for cut in _SENTENCE_END.finditer(text, start, stop):
        word = (text[max(begin, cut.start() - 20) : cut.start()].split() or [""])[-1].lower().lstrip("(\"'“‘")
        if text[cut.start()] == "." and (word in _ABBREVIATIONS or len(word.rpartition(".")[2]) == 1):
            continue
        yield begin, cut.start() + len(cut.group().rstrip())
        begin = cut.end()
    if text[begin:stop].strip():
        yield begin, begin + len(text[begin:stop].rstrip())


def is_arabic(text: str) -> bool:
    """Whether the first letter of the text is of the Arabic script (it is then shown right to left)."""
    for char in text:
        if char.isalpha():
            return "\u0600" <= char <= "\u06ff" or "\u0750" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufeff"
    return False


def passages(article: Article) -> list[Passage]:
    """The blocks of an article's text, numbered from 1."""
    return [Passage(number, start, end) for number, (start, end) in enumerate(blocks(article.text), start=1)]
