"""Which passages share a source, so that one story carried by five outlets does not count as five sources.

Two passages share a source if their texts are nearly the same (MinHash over runs of words, by rensa), if they attribute what they say to
the same named source, or if one news agency wrote both. A passage without a named source (none, or only "activists", "residents")
rests on the outlet that published it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rensa import RMinHash

from conflictmap.geoparser import attribution_words
from conflictmap.index import source_key
from conflictmap.questions.passages import PassageHit

NEAR = 0.5
"""Texts whose runs of words have at least this estimated Jaccard similarity count as the same text."""
RUN = 3
"""Words in a run."""
_PERMUTATIONS, _SEED = 128, 7
_FEWEST_WORDS = 8
"""Words below which a passage is too short to distinguish copying from chance."""
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"the", "of", "for", "in", "and", "a", "an", "al"})


@dataclass(frozen=True, slots=True)
class Basis:
    """Passages that share a source: `on` names it, `publishers` lists who carries them, in alphabetical order.

    `hits` keeps its given order. `copies` holds (article id, passage number) of those whose text nearly repeats an earlier one of
    another article.
    """

    on: str
    hits: tuple[PassageHit, ...]
    publishers: tuple[str, ...]
    copies: frozenset[tuple[str, int]]


def group(hits: Sequence[PassageHit]) -> list[Basis]:
    """The passages grouped by shared source, in the order of each group's first passage."""
    leader = list(range(len(hits)))

    def find(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    named = [_named_sources(hit) for hit in hits]
    full = _full_names({name for names in named for name in names})
    sources = [{full[name] for name in names} or {_outlet(hit)} for hit, names in zip(hits, named, strict=True)]
    first: dict[str, int] = {}
    for number, keys in enumerate(sources):
        for key in sorted(keys):
            leader[find(number)] = find(first.setdefault(key, number))
    copies = set()
    for left, right in near_duplicates([hit.article.text[hit.start : hit.end] for hit in hits]):
        if hits[left].article.id != hits[right].article.id:
            leader[find(right)] = find(left)
            copies.add((hits[right].article.id, hits[right].number))
    groups: dict[int, list[int]] = {}
    for number in range(len(hits)):
        groups.setdefault(find(number), []).append(number)
    printed = _printed(hits)
    return [
        Basis(
            "; ".join(sorted({printed.get(key, key) for n in numbers for key in sources[n]})),
            tuple(hits[n] for n in numbers),
            tuple(sorted({hits[n].article.publisher or "publisher unknown" for n in numbers})),
            frozenset(copies & {(hits[n].article.id, hits[n].number) for n in numbers}),
        )
        for numbers in groups.values()
    ]


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions, the earlier first, of texts with nearly the same words in the same order."""
    signatures: list[tuple[int, RMinHash]] = []
    pairs = []
    for number, text in enumerate(texts):
        words = _WORD.findall(text.casefold())
        if len(words) < _FEWEST_WORDS:
            continue
        signature = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        signature.update([" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)])
        pairs += [(earlier, number) for earlier, other in signatures if signature.jaccard(other) >= NEAR]
        signatures.append((number, signature))
    return pairs


def _named_sources(hit: PassageHit) -> set[str]:
    """The keys of the sources that have a proper name ("the Syrian Observatory", "SANA")."""
    text = hit.article.text
    printed = {" ".join(text[slice(*one.source)].split()) for one in hit.mentions if one.source}
    return {source_key(words) for words in printed if _has_name(words)}


def _has_name(words: str) -> bool:
    """Whether the words are a proper name: a capital after the first word, or an acronym. "Activists" is none."""
    parts = _WORD.findall(words)
    return any(part[0].isupper() for part in parts[1:]) or (bool(parts) and len(parts[0]) > 1 and parts[0].isupper())


def _full_names(names: set[str]) -> dict[str, str]:
    """Name -> the longest name that contains all its words: "the observatory" -> "syrian observatory for human rights"."""
    words = {name: frozenset(_WORD.findall(name)) - _SMALL for name in names}
    by_length = sorted(names, key=lambda name: (-len(words[name]), name))
    return {name: next(other for other in by_length if words[name] <= words[other]) for name in names}


@cache
def _agency_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, attribution_words().agencies))})(?![^\W_])")


def _outlet(hit: PassageHit) -> str:
    """Whom a passage without a named source rests on: the agency that wrote it, else the publisher, else the article."""
    found = _agency_pattern().search((hit.article.author or "").casefold())
    return attribution_words().agencies[found[0]] if found else hit.article.publisher or hit.article.id


def _printed(hits: Sequence[PassageHit]) -> dict[str, str]:
    """Source key -> its form as first printed, without the grammatical article."""
    printed: dict[str, str] = {}
    for hit in hits:
        for one in hit.mentions:
            if one.source:
                words = re.sub(r"^(?:the|an?) (?=\S)", "", " ".join(hit.article.text[slice(*one.source)].split()), flags=re.I)
                printed.setdefault(source_key(words), words)
    return printed
