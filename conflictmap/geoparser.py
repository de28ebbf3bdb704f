"""Article -> attestations: recognition, then resolution over the whole article."""

from __future__ import annotations

from conflictmap.articles import passages
from conflictmap.gazetteer import Gazetteer
from conflictmap.model import Article, Attestation
from conflictmap.recognition import Names, compile_names, recognise
from conflictmap.resolution import resolve


class Geoparser:
    """Finds and resolves the toponyms of articles with one gazetteer. Holds no state between articles."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.names: Names = compile_names(gazetteer)

    def parse(self, article: Article) -> list[Attestation]:
        """The attestations of an article in text order."""
        found = []
        holders = []
        parts = passages(article)
        for passage in parts:
            for mention in recognise(article.text, self.names, passage.start, passage.end):
                found.append(mention)
                holders.append(passage)
        resolutions = resolve(article.text, found, self.gazetteer, [passage.start for passage in parts])
        return [
            Attestation(article.id, passage, resolution, article.published)
            for passage, resolution in zip(holders, resolutions, strict=True)
        ]
