"""Frequent English words that read like a listed name in another spelling, and are none."""

from __future__ import annotations

from conflictmap.geoparser.lexicon.loading import Words, load


class Lookalikes(Words, frozen=True):
    """The field of en/lookalikes.yaml, which build_lookalikes makes."""

    words: frozenset[str]


def lookalike_words() -> frozenset[str]:
    """The words of en/lookalikes.yaml. Raises DataError if the file is not as declared."""
    kept: Lookalikes = load(Lookalikes, "en", "lookalikes")
    return kept.words
