"""Arabic text: names behind a prefixed و ف ب ل ك, and the words before a name that veto it or say what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from conflictmap.geoparser.lexicon import arabic_words
from conflictmap.model import Mention
from conflictmap.text import fold, fold_name

LETTER = re.compile(r"[\u0621-\u064a]")
_MARK = r"[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u2060]"
_LETTERS = rf"[\u0621-\u064a\u0671](?:[\u0621-\u064a\u0671]|{_MARK})*(?![^\W_])"
_WORD = re.compile(rf"(?<![^\W_]){_LETTERS}")
_NEXT = re.compile(rf"[ \u00a0]({_LETTERS})")
_PREFIX = re.compile(rf"(?:[وف]{_MARK}*)?(?:[بلك]{_MARK}*)?")
_BEFORE = re.compile(rf"((?:[^\W_]|{_MARK})+)[ \u00a0]+$")
MAX_WORDS = 4


def with_prefixed(
    text: str, found: list[Mention], index: Mapping[str, int], make: Callable[[int, int, int, int], Mention | None]
) -> list[Mention]:
    """Add the listed names that stand behind a prefix; the prefix is no part of the span, the article is.

    `make` is called with (start of the word, start of the name, end, number in the index) and returns the mention, if it is one.
    """
    fresh = []
    taken = {(mention.start, mention.end) for mention in found}
    position = 0
    for word in _WORD.finditer(text):
        if word.start() < position or any(word.start() < end and start < word.end() for start, end in taken):
            continue
        for begin, lam in _starts(text, word):
            ends = [word.end()]
            while len(ends) < MAX_WORDS and (following := _NEXT.match(text, ends[-1])):
                ends.append(following.end())
            for end in reversed(ends):
                name = fold_name(("ال" if lam else "") + text[begin + lam % 2 : end])
                number = index.get(name)
                mention = make(word.start(), begin, end, number) if number is not None else None
                if mention:
                    fresh.append(mention)
                    position = end
                    break
            else:
                continue
            break
    return sorted(found + fresh, key=lambda mention: mention.start) if fresh else found


def _starts(text: str, word: re.Match[str]) -> list[tuple[int, int]]:
    """Where the name behind the prefixes may begin, and 1 if the letter there is the lam of an assimilated article (للرقة: for Raqqa), 2 if that lam is written as one with the name's own."""
    prefix = _PREFIX.match(text, word.start(), word.end())
    starts: list[tuple[int, int]] = []
    if not prefix:
        return starts
    letters = [at for at in range(word.start(), prefix.end()) if fold(text[at])]
    for at in letters:
        begin = at + 1
        while begin < word.end() and not fold(text[begin]):
            begin += 1
        if word.end() - begin >= 3:
            starts.append((begin, 0))
            if text[at] == "ل" and text[begin] == "ل":
                starts.append((begin, 1))
            if text[at] == "ل":  # للاذقية: its article's lam and its own are written as one
                starts.append((begin, 2))
    return starts


@cache
def _heads() -> frozenset[str]:
    return frozenset(fold_name(word) for word in arabic_words().heads)


@cache
def _features() -> dict[str, frozenset[str]]:
    return {fold_name(word): frozenset(kinds) for word, kinds in arabic_words().features.items()}


@cache
def _after_places() -> frozenset[str]:
    return frozenset(fold_name(word) for word in arabic_words().after_places)


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(fold_name(word) for word in arabic_words().prepositions)


def with_feature(text: str, begin: int, finish: int, kinds: frozenset[str]) -> tuple[int, bool]:
    """Where a name begins with the feature word before it, and whether the name's places are of another kind (مطار حلب is no town)."""
    before = _BEFORE.search(text, max(0, begin - 40), begin)
    for prefix, word in _without_prefix(before[1]) if before else ():
        allowed = _features().get(fold_name(word))
        if allowed and before:
            return before.start(1) + prefix, kinds.isdisjoint(allowed)
    return begin, False


def _without_prefix(word: str) -> list[tuple[int, str]]:
    return [(0, word), *((n, word[n:]) for n in (1, 2) if len(word) > n + 1 and word[n - 1] in "وفبلك")]


def stands_as_place(text: str, word: int, begin: int, finish: int) -> bool:
    """Whether what stands beside an Arabic word makes a place of it that may be a common word elsewhere."""
    following = _NEXT.match(text, finish)
    if following and fold_name(following[1]) in _after_places():
        return True
    if fold_name(text[word:begin])[-1:] == "ب":
        return True
    return any(before in _prepositions() for before in _stripped(_word_before(text, word)))


@cache
def _kinds() -> dict[str, str]:
    return {fold_name(word): " ".join(kinds) for word, kinds in arabic_words().hints.items()}


def _word_before(text: str, begin: int) -> str:
    before = _BEFORE.search(text, max(0, begin - 40), begin)
    return fold_name(before[1]) if before else ""


def _stripped(word: str) -> list[str]:
    """A folded word as it stands, and without a prefix: بجامعة is still a university."""
    return [word, *(word[n:] for n in (1, 2) if len(word) > n + 2 and word[n - 1] in "وفبلك")]


def is_vetoed(text: str, begin: int) -> bool:
    """Whether the word before makes the name an organisation's, a unit's or a person's: جامعة حلب is a university."""
    return any(word in _heads() for word in _stripped(_word_before(text, begin)))


def cue(text: str, begin: int) -> str | None:
    """What the word before says of the kind of place, as in Mention.cue."""
    for word in _stripped(_word_before(text, begin)):
        if word in _kinds():
            return _kinds()[word]
    return None
