"""What passages rest on, so that one story carried by five outlets is not five sources.

Two passages rest on the same if their texts are nearly the same (MinHash over runs of words, rensa), if they attribute what they
say to the same named source, or if one wire agency wrote both. What names no source but "activists" or "residents" rests on the
outlet that reports it.
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
"""Texts that share at least this part of their runs of words (estimated Jaccard) are told as the same text."""
RUN = 3
"""Words of a run."""
_PERMUTATIONS, _SEED = 128, 7
_FEWEST_WORDS = 8
"""A shorter passage is too little to tell copying from chance."""
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"the", "of", "for", "in", "and", "a", "an", "al"})


@dataclass(frozen=True, slots=True)
class Basis:
    """Passages that rest on the same: `on` says on what, `publishers` who carries them, `copies` the passages whose text is another's.

    `hits` keeps the order that they were given in.
    """

    on: str
    hits: tuple[PassageHit, ...]
    publishers: tuple[str, ...]
    copies: frozenset[tuple[str, int]]


def group(hits: Sequence[PassageHit]) -> list[Basis]:
    """The passages by what they rest on, in the order of each group's first passage."""
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
    """Pairs of texts, by number, the earlier first, that are nearly the same words in the same order."""
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
    """The sources that have a name of their own ("the Syrian Observatory", "SANA"), as source keys."""
    text = hit.article.text
    told = {" ".join(text[span[0] : span[1]].split()) for span in hit.sources if span}
    return {source_key(words) for words in told if _has_name(words)}


def _has_name(words: str) -> bool:
    """Whether a capital stands in it elsewhere than at its beginning, or it is an acronym: "Activists" has no name."""
    parts = _WORD.findall(words)
    return any(part[0].isupper() for part in parts[1:]) or (bool(parts) and len(parts[0]) > 1 and parts[0].isupper())


def _full_names(names: set[str]) -> dict[str, str]:
    """Each name -> the longest name that has all of its words: "the observatory" is the Syrian Observatory for Human Rights."""
    words = {name: frozenset(_WORD.findall(name)) - _SMALL for name in names}
    by_length = sorted(names, key=lambda name: (-len(words[name]), name))
    return {name: next(other for other in by_length if words[name] <= words[other]) for name in names}


@cache
def _agency_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, attribution_words().agencies))})(?![^\W_])")


def _outlet(hit: PassageHit) -> str:
    """Who reports what no named source is told for: the agency whose text it is, else the publisher."""
    found = _agency_pattern().search((hit.article.author or "").casefold())
    return attribution_words().agencies[found[0]] if found else hit.article.publisher or hit.article.id


def _printed(hits: Sequence[PassageHit]) -> dict[str, str]:
    """Source key -> its longest printed form, without its article."""
    printed: dict[str, str] = {}
    for hit in hits:
        for span in hit.sources:
            if span:
                words = re.sub(r"^(?:the|an?) (?=\S)", "", " ".join(hit.article.text[span[0] : span[1]].split()), flags=re.I)
                printed.setdefault(source_key(words), words)
    return printed
