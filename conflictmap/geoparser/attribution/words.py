"""What a word is in or around a noun phrase."""

from __future__ import annotations

import re
from typing import Literal

from conflictmap.geoparser.lexicon import attribution_words

WordKind = Literal["singular", "plural", "pronoun", "determiner", "link", "stop", "adverb", "being", "time"]
"""singular, plural and pronoun can speak, a determiner begins a noun phrase and a link continues it; a stop ends it, as the others do."""
PhraseKind = Literal["singular", "plural", "pronoun", "name", "unknown"]
"""What kind of word a noun phrase is about; unknown: one that no list holds and that may not be able to speak."""
NOUNS: tuple[WordKind, WordKind] = ("singular", "plural")

OPENING = "\"“„‘'«(["
EDGE = "\"“”„‘’'«»(),;:.!?…—–-[]"
"""What may stand at the edges of a word between blanks."""
WORDS = attribution_words()
WORD = re.compile(r"\s*+([^\W_][\w’'-]{0,40})")


_LISTS: tuple[tuple[frozenset[str], WordKind], ...] = (
    (WORDS.verbs, "stop"),
    (WORDS.verbs_that, "stop"),
    (WORDS.verbs_or_nouns, "stop"),
    (WORDS.verbs_plural, "stop"),
    (WORDS.participles, "stop"),
    (WORDS.citing, "stop"),
    (WORDS.stops, "stop"),
    (WORDS.adverbs, "adverb"),
    (WORDS.being, "being"),
    (WORDS.links, "link"),
    (WORDS.times, "time"),
    (WORDS.pronouns, "pronoun"),
    (WORDS.determiners, "determiner"),
    (frozenset(word for word in WORDS.documents if not word.endswith("s")), "singular"),
    (frozenset(word for word in WORDS.documents if word.endswith("s")), "plural"),
    (WORDS.speakers, "singular"),
    (WORDS.speakers_plural, "plural"),
    (WORDS.bare_verbs, "stop"),
)
KINDS: dict[str, WordKind] = {word: kind for listed, kind in _LISTS for word in listed}
"""The kind of each listed word. A word of several lists has the kind that comes last in _LISTS."""


def kind_by_shape(word: str, capital: bool) -> PhraseKind | None:
    """The kind of a noun that no list holds: "co-founder", "Ali", "lobbyists", "horseman"; None if it cannot speak."""
    if capital:
        return "name"
    if "-" in word:
        last = KINDS.get(word.rpartition("-")[2])
        if last == "singular" or last == "plural":
            return last
    if word.endswith(WORDS.speaker_endings) and word not in WORDS.not_speakers:
        return "singular"
    return "plural" if word.endswith(WORDS.speaker_endings_plural) else None


def joins(token: str) -> bool:
    """Whether no punctuation separates this token from the next."""
    tail = token[-1]
    return tail.isalnum() or tail in "’'&" or (tail == "." and (token[0].isupper() or len(token) < 4))


def is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1
