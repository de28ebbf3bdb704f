"""Article -> attestations: recognition, then resolution over the whole article, then what follows from both.

What follows: places that a description fits (`suggested`), footprints computed from anchors (`derived`), the source that a
clause is attributed to, and the time expression that dates it. Only `named` attestations are toponyms.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from conflictmap.gazetteer import Gazetteer
from conflictmap.geoparser.attribution import attributions
from conflictmap.geoparser.names import Names, Notes, compile_names, recognise, without_persons
from conflictmap.geoparser.places import resolve
from conflictmap.geoparser.relative import derive, find_triggers, suggest
from conflictmap.geoparser.times import Teller, link
from conflictmap.model import Article, Attestation, DerivedFootprint, Mention, Passage, Resolution, TurnedDown
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

    def explain(self, article: Article) -> list[TurnedDown]:
        """Why a name is not on the map: the gazetteer's names in an article that a veto turned down, in text order.

        Left out are names that no mention could be made of as they are printed ("us"), and what another mention covers.
        """
        notes = Notes(turned_down=[])
        named = [one.mention for _, found in self.toponyms(article, notes) for one in found]
        turned_down = {(one.start, one.end): one for one in notes.turned_down or ()}
        return [
            one
            for _, one in sorted(turned_down.items())
            if not any(mention.start < one.end and one.start < mention.end for mention in named)
        ]

    def toponyms(self, article: Article, notes: Notes | None = None) -> list[tuple[Passage, list[Resolution]]]:
        """Each passage with its toponyms in text order, resolved: recognition and resolution alone."""
        notes = notes or Notes()
        mentions: list[Mention] = []
        counts: list[int] = []
        parts = passages(article)
        each = [recognise(article.text, self.names, passage.start, passage.end, notes) for passage in parts]
        for found in each:
            kept = without_persons(article.text, found, notes, self.gazetteer)
            mentions += kept
            counts.append(len(kept))
        resolved = resolve(article.text, mentions, self.gazetteer, [passage.start for passage in parts])
        for mention, resolution in zip(mentions, resolved, strict=True):
            if resolution is None:
                notes.turn_down(article.text, mention.start, mention.end, "no-support")
        resolutions = iter(resolved)
        return [
            (passage, [resolution for resolution in islice(resolutions, count) if resolution])
            for passage, count in zip(parts, counts, strict=True)
        ]

    def _attest(self, article: Article, passage: Passage, named: Sequence[Resolution], teller: Teller) -> list[Attestation]:
        text, start, end = article.text, passage.start, passage.end
        times = teller.expressions(text, start, end)  # of every passage: expressions in the next one may count from them
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
