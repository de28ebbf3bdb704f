"""The words around a name, as they are printed: what the rooms of the geoparser look at when they judge one."""

from __future__ import annotations

import re
from functools import cache, cached_property

from conflictmap.geoparser.lexicon import english_words
from conflictmap.text import APOSTROPHES

APOSTROPHE = f"[{re.escape(APOSTROPHES)}]"
# Vowel signs, accents and invisible characters may stand inside a word; they fold to nothing.
MARK = r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff\ufe0f]"
WORD = re.compile(rf"[^\W_](?:[^\W_]|{MARK})*(?:{APOSTROPHE}[^\W_](?:[^\W_]|{MARK})*)*")
NEXT_WORD = re.compile(rf"(?:[^\S\r\n]+|[^\S\r\n]*\r?\n[^\S\r\n]*|[-‐‑])([^\W_](?:[^\W_]|{APOSTROPHE}|[-‐‑](?=[^\W_])){{0,60}}+)")
POSSESSIVE = re.compile(rf"{APOSTROPHE}[sS]?(?![^\W_])")
POSSESSIVE_END = re.compile(rf"{APOSTROPHE}s?$")
PARTICLES = english_words().particles


def words_before(text: str, begin: int, number: int) -> list[str]:
    """Up to `number` words right before an offset, the nearest first; only white space may part them."""
    left = text[max(0, begin - 20 * number) : begin]
    if not left or not left[-1].isspace():
        return []
    found: list[str] = []
    for chunk in reversed(left.rsplit(None, number)[-number:]):
        word = chunk.lstrip("\"“‘«([{'")
        if not word or not (word[-1].isalnum() or word[-1] in "." or word[-1] in APOSTROPHES):
            break
        found.append(word)
        if word != chunk:
            break
    return found


def ends_sentence(word: str) -> bool:
    """Whether a word's full stop ends a sentence: not that of an initial or a title ("J.", "Gen.")."""
    stem = word.rstrip(".")
    return stem != word and len(stem) > 1 and stem.lower() not in english_words().honorifics


def begins_sentence(text: str, begin: int, word: str) -> bool:
    """Whether the word right before an offset stands at the beginning of a sentence, quotation or clause."""
    at = _before_space(text, _before_space(text, begin) - len(word))
    return at <= 0 or text[at - 1] in '.!?:;"“”‘’«—–-('


def stands_first(text: str, begin: int) -> bool:
    """Whether an offset is the beginning of a sentence or block, so that a capital there says nothing."""
    at = _before_space(text, begin)
    while at > 0 and text[at - 1] in "\"“‘«('":
        at -= 1
    at = _before_space(text, at)
    return at <= 0 or text[at - 1] in ".!?:…" or "\n\n" in text[at:begin]


def _before_space(text: str, position: int) -> int:
    while position > 0 and text[position - 1].isspace():
        position -= 1
    return position


@cache
def _acts() -> re.Pattern[str]:
    verbs = "|".join(sorted(english_words().speech_verbs | english_words().actor_verbs, key=len, reverse=True))
    return re.compile(rf"\s+(?:(?:has|had|also|later|then|who|would|will|could)\s+)*(?:{verbs})\b")


def acts(text: str, finish: int) -> bool:
    """Whether the words at `finish` say what a person or a government does, and a village does not: says, sends, refuses."""
    return _acts().match(text, finish) is not None


class Around:
    """A stretch of a text that may be a name, and the words around it, each computed when a rule first needs it.

    `small`: it names nothing greater than a town, so that a person of that name is as likely; `title_case`: the block is a headline.
    """

    def __init__(self, text: str, begin: int, finish: int, small: bool = False, title_case: bool = False) -> None:
        self.text = text
        self.begin = begin
        self.finish = finish
        self.small = small
        self.title_case = title_case

    @cached_property
    def printed(self) -> str:
        """The name as it is printed."""
        return self.text[self.begin : self.finish]

    @cached_property
    def surface(self) -> str:
        """The name in lower case."""
        return self.printed.lower()

    @cached_property
    def before(self) -> list[str]:
        """Up to three words right before the name, the nearest first, as they are printed."""
        return words_before(self.text, self.begin, 3)

    @cached_property
    def nearest(self) -> str:
        """The word right before the name in lower case without its full stop, "" if there is none."""
        return self.before[0].rstrip(".").lower() if self.before else ""

    @property
    def second(self) -> str:
        """The word before the nearest in lower case, "" if there is none."""
        return self.before[1].lower() if len(self.before) > 1 else ""

    @cached_property
    def follower(self) -> re.Match[str] | None:
        """The word right after the name; group 1 is the word."""
        return NEXT_WORD.match(self.text, self.finish)
