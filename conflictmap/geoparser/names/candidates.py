"""A match in a text -> a mention, or the veto that turns it down: how it must be printed, and what stands around it."""

from __future__ import annotations

import re
from itertools import pairwise

from conflictmap.geoparser.context import APOSTROPHE, MARK, PARTICLES, POSSESSIVE, WORD, Around, stands_first
from conflictmap.geoparser.lexicon import english_words
from conflictmap.geoparser.names import arabic
from conflictmap.geoparser.names.compiled import Pattern
from conflictmap.geoparser.names.cues import (
    feature_after,
    feature_cue,
    longer_feature,
    may_be_named,
    needs_look,
)
from conflictmap.geoparser.names.notes import Notes
from conflictmap.geoparser.names.vetoes import OF_PERSONS, is_club, organisation, person
from conflictmap.model import Mention
from conflictmap.text import APOSTROPHES

_JOINER_IN_PUNCTUATED = re.compile(r"[.,][^\S\r\n]+")
_JOINER = re.compile(rf"{APOSTROPHE}?(?:[^\S\r\n]*(?:\r?\n[^\S\r\n]*)?|[-‐‑.]|[-‐‑](?:\r?\n|[^\S\r\n])){APOSTROPHE}?")
_MARKS = re.compile(rf"{MARK}+|[ʿʾʻ](?![^\W_])")
_HALF_RINGS = "ʿʾʻ"
_ADDRESS = re.compile(r"://|www\.|_|@|\\|[^\W_]\.(?:[a-z]{2,5}|[A-Z]{2,5})(?![^\W\d_])|/\S+/")


def mention_of(
    text: str, begin: int, finish: int, pattern: Pattern, title_case: bool, notes: Notes, unlisted: bool = False
) -> Mention | None:
    """The mention of a name that stands at begin, None if it is not written as one or a veto turns it down."""
    span = _span(text, begin, finish, pattern)
    if span is None:
        return None
    begin, finish, surface = span
    found = _judged(text, begin, finish, surface, pattern, title_case, unlisted)
    if isinstance(found, Mention):
        return found
    if found in OF_PERSONS and not unlisted:
        notes.persons.add(surface.lower())
    notes.turn_down(text, begin, finish, found)
    return None


def _span(text: str, begin: int, finish: int, pattern: Pattern) -> tuple[int, int, str] | None:
    """Where a match begins and ends as it is printed, with its article and its stops, and the words to compare; None if it is no
    whole word, or not written as this name is."""
    after = text[finish : finish + 1]
    if after and not after.isspace() and after not in ",.;:)":
        marks = _MARKS.match(text, finish)
        if marks:
            finish = marks.end()
            after = text[finish : finish + 1]
        if after.isalnum() or after == "_" or (after and after in APOSTROPHES and not POSSESSIVE.match(text, finish)):
            return None
    if begin and not text[begin - 1].isspace():
        if (text[begin - 1].isalnum() or text[begin - 1] == "_") and text[begin - 1] not in _HALF_RINGS:
            return None
        begin = _with_mark(text, begin, finish)
    if pattern.capitalised:
        begin = with_article(text, begin)
    surface = text[begin:finish]
    if pattern.punctuated and after == "." and surface[-2:-1] == ".":  # the stop of an initial: "Washington, D.C."
        finish += 1
    forms = pattern.dotted
    if forms is not None:  # an abbreviation is matched as printed: US, U.S., UK; not "us"
        if f"|{surface}.|" in forms and after == ".":
            finish += 1
            surface = text[begin:finish]
        if f"|{surface}|" not in forms:
            return None
    if pattern.capitalised and not written_as_name(surface, pattern):
        return None
    return begin, finish, surface


def _judged(
    text: str, begin: int, finish: int, surface: str, pattern: Pattern, title_case: bool, unlisted: bool
) -> Mention | str:
    """The mention, with its feature word and its cue, or the name of the veto that turns it down."""
    if _in_address(text, begin, finish):
        return "address"
    if pattern.dotted is None and _is_acronym(text, begin, finish, surface):
        return "acronym"
    if not pattern.capitalised:
        return arabic_mention(text, begin, begin, finish, pattern)
    if text.startswith(" told ", finish) and not _governs(pattern) and stands_first(text, begin):
        return "tells-somebody"
    if not pattern.personal and not needs_look(text, begin, finish):  # nothing around the name that any rule below looks at
        return Mention(begin, finish, text[begin:finish], pattern.places, None, unlisted)
    feature = feature_after(text, finish, pattern.kinds)
    longer = longer_feature(text, begin, finish, feature, pattern.kinds)
    if longer:
        return Mention(*longer, text[slice(*longer)], (), "unknown")
    finish, cue = feature_cue(text, begin, finish, feature)
    if pattern.common and not cue and not may_be_named(text, begin, finish):
        return "common-word"
    around = Around(text, begin, finish, pattern.small, title_case)
    veto = person(around) or organisation(around) or ("club" if pattern.abroad and is_club(text, finish) else None)
    return veto or Mention(begin, finish, text[begin:finish], pattern.places, cue, unlisted)


def _governs(pattern: Pattern) -> bool:
    """Whether a name may stand for a government: a country's or a capital's."""
    return any(kind == "PPLC" or kind.startswith("PCL") for kind in pattern.kinds)


def arabic_mention(text: str, word: int, begin: int, finish: int, pattern: Pattern) -> Mention | str:
    """The mention of a name in Arabic that stands in the word at `word`, behind its prefix if it has one, or the veto's name."""
    if not pattern.places:
        return "listed-organisation"
    if arabic.is_vetoed(text, word):
        return "arabic-head"
    if pattern.common and not arabic.stands_as_place(text, word, begin, finish):
        return "arabic-common-word"
    start, other = arabic.with_feature(text, word, finish, pattern.kinds) if word == begin else (begin, False)
    if other:
        return Mention(start, finish, text[start:finish], (), "unknown")
    return Mention(start, finish, text[start:finish], pattern.places, arabic.cue(text, word))


_WHOLE = frozenset("AH")
"""Feature classes of which a side in lower case is not a place of its own: northern Lebanon is a part of Lebanon."""


def written_as_name(surface: str, pattern: Pattern) -> bool:
    """Whether the words are joined as one name's are, and the first that is no particle has a capital."""
    if surface.isalpha():  # one plain word
        return surface[0].isupper() or (not surface[0].islower() and surface.lower() not in PARTICLES)
    words = list(WORD.finditer(surface))
    for one, following in pairwise(words):
        gap = (one.end(), following.start())
        if not (_JOINER.fullmatch(surface, *gap) or (pattern.punctuated and _JOINER_IN_PUNCTUATED.fullmatch(surface, *gap))):
            return False
    for word in words:
        if word.group().lower() not in PARTICLES and (
            word.group() not in english_words().sides or not _WHOLE.isdisjoint(pattern.kinds)
        ):
            return word.group()[0].isupper() or not word.group()[0].islower()
    return bool(words) and words[0].group()[0].isupper()


def _is_acronym(text: str, begin: int, finish: int, surface: str) -> bool:
    """Whether a short name in capitals stands among ordinary words: SANA is the agency, not the city; a dateline is a place."""
    if len(surface) > 5 or not surface.isupper() or not surface.isalpha():
        return False
    before = re.sub(r"[^\W\d_]*$", "", text[max(0, begin - 60) : begin])
    around = before + text[finish : finish + 60]
    letters = [char for char in around if char.isalpha()]
    if (
        begin < 40
        and not any(map(str.islower, before))
        and re.match(r"(?:,[^.\n]{1,40})?\s*(?:\([^)\n]*\)\s*)?[—–:-]", text[finish : finish + 60])
    ):
        return False
    return sum(map(str.islower, letters)) > len(letters) / 2


def _in_address(text: str, begin: int, finish: int) -> bool:
    if text[begin - 1 : begin].isspace() and (text[finish : finish + 1].isspace() or text[finish + 1 : finish + 2].isspace()):
        return False
    left, right = begin, finish
    while left > max(0, begin - 200) and not text[left - 1].isspace():
        left -= 1
    while right < min(len(text), finish + 200) and not text[right].isspace():
        right += 1
    return right - left > finish - begin + 1 and bool(_ADDRESS.search(text, left, right))


_ARTICLE_BEFORE = re.compile(
    r"(?<![^\W_])(?:(?:[AaEe][lnrstdz]|[Aa]sh|[Ee]sh|[Aa]dh|[Aa]th)[-‐‑]\r?\n?|(?:[AaEe]l|[AE]r|[AE]sh|[AE]z|Ad|Es|A[nrstdz]) )$"
)


def with_article(text: str, begin: int) -> int:
    """Where a name begins with the Arabic article before it, if one is printed there."""
    before = text[begin - 1 : begin]
    if not before or before not in "-‐‑ \n":
        return begin
    article = _ARTICLE_BEFORE.search(text, max(0, begin - 6), begin)
    if article and article.group() in ("An ", "As ", "At ") and text[begin].lower() != article.group()[1]:
        return begin  # "As Salma fell" has no article, "As Sabkhah" may
    return article.start() if article else begin


def _with_mark(text: str, begin: int, finish: int) -> int:
    """Where a name begins with the half ring before it (ʿAzaz); a turned comma may open a quotation instead."""
    mark = text[begin - 1]
    if (mark in _HALF_RINGS or (mark == "‘" and "’" not in text[finish : finish + 60])) and not text[
        begin - 2 : begin - 1
    ].isalnum():
        return begin - 1
    return begin
