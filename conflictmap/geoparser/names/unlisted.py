"""Spellings that no gazetteer lists: capitalised words that read like a listed name."""

from __future__ import annotations

import re
from bisect import bisect_right

from conflictmap.geoparser.context import APOSTROPHE, MARK, PARTICLES, POSSESSIVE
from conflictmap.geoparser.names.candidates import mention_of, with_article
from conflictmap.geoparser.names.compiled import Names, pattern_of
from conflictmap.geoparser.names.notes import Notes
from conflictmap.model import Mention
from conflictmap.text import fold_name

_CAPITAL_WORD = re.compile(rf"(?<![^\W_])[^\W\d_a-zß-ÿ](?:[^\W_]|{MARK}|{APOSTROPHE}(?=[^\W_]))+")
_MORE_WORDS = re.compile(rf"(?:[ \u00a0]|[^\S\n]?\n|[-‐‑–](?:\r?\n)?){APOSTROPHE}?((?:[^\W_]|{MARK}|{APOSTROPHE}(?=[^\W_]))+)")
MAX_SPELLING_WORDS = 5


def with_spellings(
    text: str, found: list[Mention], passed: list[tuple[int, int]], names: Names, title_case: bool, notes: Notes
) -> list[Mention]:
    """Add the capitalised words that read like a listed name: mentions that say `folded`."""
    fresh: list[Mention] = []
    may_begin = names.spellings.may_begin
    spans = sorted([(m.start, m.end) for m in found] + passed) if passed else [(m.start, m.end) for m in found]
    taken = 0
    for capital in _CAPITAL_WORD.finditer(text):
        begin = capital.start()
        if begin < taken or not may_begin(capital.group()):
            continue
        at = bisect_right(spans, (begin, len(text))) - 1
        if at >= 0 and spans[at][1] > begin:
            longer = _longer_spelling(text, begin, spans[at], names) if spans[at][0] == begin else None
            if longer and (
                at + 1 == len(spans) or spans[at + 1][0] >= longer[0][1]
            ):  # "Bosra ash-Sham" where only Bosra is listed so
                mention = mention_of(
                    text,
                    *longer[0],
                    pattern_of(names.gazetteer, fold_name(text[slice(*longer[0])]), longer[1]),
                    title_case,
                    notes,
                    True,
                )
                if mention:
                    found = [one for one in found if one.start != begin]
                    fresh.append(mention)
                    taken = mention.end
            continue
        limit = spans[at + 1][0] if at + 1 < len(spans) else len(text)
        for finish in _ends(text, capital.end(), limit):
            places = names.spellings.places(text[begin:finish], with_article(text, begin) < begin)
            if not places:
                continue
            start = with_article(text, begin)
            start = begin if at >= 0 and spans[at][1] > start else start
            mention = mention_of(
                text, start, finish, pattern_of(names.gazetteer, fold_name(text[start:finish]), places), title_case, notes, True
            )
            if mention:
                fresh.append(mention)
                taken = mention.end
            break
    return sorted(found + fresh, key=lambda mention: mention.start) if fresh else found


def _longer_spelling(
    text: str, begin: int, span: tuple[int, int], names: Names
) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    follower = text[span[1] : span[1] + 2]
    if len(follower) < 2 or follower[0] not in " -‐‑" or not (follower[1].isupper() or follower[1] in "ae"):
        return None
    for finish in _ends(text, span[1], len(text)):
        places = names.spellings.places(text[begin:finish]) if finish > span[1] else ()
        if places:
            return (begin, finish), places
    return None


def _ends(text: str, end: int, limit: int) -> list[int]:
    """Where a name that begins with the word before `end` may end, the longest first: capitalised words and particles go on."""
    ends = [end]
    position = end
    for _ in range(MAX_SPELLING_WORDS - 1):
        more = _MORE_WORDS.match(text, position)
        if not more or more.end() > limit:
            break
        word = more[1]
        position = more.end()
        if not word[0].islower():
            ends.append(position)
        elif word not in PARTICLES:
            if text[more.start()] in "-‐‑" and "\n" in more.group():  # a word that the line's end parted
                ends.append(position)
            break
    return [e - 2 if POSSESSIVE.match(text, e - 2) and text[e - 1] in "sS" else e for e in reversed(ends)]
