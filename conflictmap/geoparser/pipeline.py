"""Article -> attestations: recognition, then resolution over the whole article, then what follows from both.

What follows: places that a description fits (`suggested`), footprints worked out from anchors (`derived`), the source that a
clause is attributed to, and the time expression that dates it. Only `named` attestations are toponyms.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from conflictmap.gazetteer import Gazetteer
from conflictmap.geoparser.attribution import attributions
from conflictmap.geoparser.names import Names, compile_names, recognise, without_persons
from conflictmap.geoparser.places import resolve
from conflictmap.geoparser.relative import derive, find_triggers, suggest
from conflictmap.geoparser.times import Teller, link
from conflictmap.model import Article, Attestation, DerivedFootprint, Mention, Passage, Resolution
from conflictmap.text import passages


class Geoparser:
    """Finds and resolves the toponyms of articles with one gazetteer. Holds no state between articles."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.names: Names = compile_names(gazetteer)

    def parse(self, article: Article) -> list[Attestation]:
        """The attestations of an article in text order; of those that begin alike, the named one first."""
        teller = Teller(article.published)
        return [found for passage, named in self.toponyms(article) for found in self._attest(article, passage, named, teller)]

    def toponyms(self, article: Article) -> list[tuple[Passage, list[Resolution]]]:
        """Each passage with its toponyms in text order, resolved: recognition and resolution alone."""
        mentions: list[Mention] = []
        counts: list[int] = []
        persons: set[str] = set()
        parts = passages(article)
        each = [recognise(article.text, self.names, passage.start, passage.end, persons) for passage in parts]
        for found in each:
            kept = without_persons(article.text, found, persons, self.gazetteer)
            mentions += kept
            counts.append(len(kept))
        resolutions = iter(resolve(article.text, mentions, self.gazetteer, [passage.start for passage in parts]))
        return [
            (passage, [resolution for resolution in islice(resolutions, count) if resolution])
            for passage, count in zip(parts, counts, strict=True)
        ]

    def _attest(self, article: Article, passage: Passage, named: Sequence[Resolution], teller: Teller) -> list[Attestation]:
        text, start, end = article.text, passage.start, passage.end
        times = teller.expressions(text, start, end)  # of every passage: what the next one tells may count from them
        hits = find_triggers(text, start, end)
        if not named and not hits:
            return []
        suggested = suggest(text, start, end, named, self.gazetteer, hits) if hits else []
        rows: list[tuple[Resolution, DerivedFootprint | None]] = [(resolution, None) for resolution in named]
        for mention, place in suggested:
            rows.append(
                (
                    Resolution(mention, place, "resolved", "description-fits", basis="suggested", certainty="less-certain"),
                    None,
                )
            )
        for mention, derived in derive(text, start, end, named, self.gazetteer, suggested, hits) if hits else ():
            rows.append(
                (
                    Resolution(
                        mention, None, "resolved", "derived-from-anchor", basis="derived", certainty=derived.footprint.certainty
                    ),
                    derived,
                )
            )
        if len(rows) > len(named):
            rows.sort(key=lambda row: (row[0].mention.start, row[0].basis != "named", row[0].mention.end))
        spans = [(row.mention.start, row.mention.end) for row, _ in rows]
        sources = attributions(text, start, end, spans)
        told = link(text, start, end, times, spans)
        return [
            Attestation(
                article.id,
                passage,
                resolution,
                article.published,
                source,
                derived,
                when,
            )
            for (resolution, derived), source, when in zip(rows, sources, told, strict=True)
        ]
