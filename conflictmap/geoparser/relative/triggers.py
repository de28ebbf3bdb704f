"""Words without which a passage holds nothing to work out: found in one pass, so that most passages are left at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ahocorasick_rs

Hits = Mapping[str, list[int]]
"""Kind of word -> where words of that kind begin: offsets in the text, ascending. A kind without any is missing."""


class Triggers:
    """Lists of words, each of a kind, compiled. Words are in lower case; a kind named in `anywhere` may begin inside a word."""

    def __init__(self, words: Mapping[str, Iterable[str]], anywhere: Iterable[str] = ()) -> None:
        inside = frozenset(anywhere)
        pairs = [(kind, word, kind in inside or not word[0].isalpha()) for kind, of_kind in words.items() for word in of_kind]
        self._kinds = [(kind, free) for kind, _, free in pairs]
        self._find = ahocorasick_rs.AhoCorasick(
            [word for _, word, _ in pairs], implementation=ahocorasick_rs.Implementation.DFA
        ).find_matches_as_indexes
        self._find_bytes = ahocorasick_rs.BytesAhoCorasick(
            [word.encode() for _, word, _ in pairs], implementation=ahocorasick_rs.Implementation.DFA
        ).find_matches_as_indexes

    def find(self, text: str, start: int, end: int) -> Hits:
        """Where the passage [start, end) has them, upper or lower case; empty if it has none."""
        lower = text[start:end].lower()
        found = self._find_bytes(lower.encode(), True)  # sooner, but it counts bytes
        if not found:
            return {}
        if not lower.isascii():
            found = self._find(lower, True)
        if len(lower) != end - start:  # a letter whose lower case is two code points
            lower = "".join(char.lower()[:1] for char in text[start:end])
            found = self._find(lower, True)
        hits: dict[str, list[int]] = {}
        for number, begin, _ in found:
            kind, free = self._kinds[number]
            if free or begin == 0 or not lower[begin - 1].isalpha():
                hits.setdefault(kind, []).append(start + begin)
        for offsets in hits.values():
            offsets.sort()
        return hits
