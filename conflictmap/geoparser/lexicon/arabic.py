"""Arabic words, by what they mean to recognition."""

from __future__ import annotations

from conflictmap.geoparser.lexicon.loading import Words, load


class Arabic(Words, frozen=True):
    """The fields of ar/arabic.yaml; the comments there say what each list means."""

    heads: frozenset[str]
    hints: dict[str, tuple[str, ...]]
    features: dict[str, tuple[str, ...]]
    prepositions: frozenset[str]
    after_places: frozenset[str]
    organisations: frozenset[str]
    unknown_before: frozenset[str]
    firsts: frozenset[str]


def arabic_words() -> Arabic:
    """The words of ar/arabic.yaml, with those of the theatres. Raises DataError if a file is not as declared."""
    words: Arabic = load(Arabic, "ar", "arabic")
    return words
