"""From articles to attestations, and to the rows of the full-text index: pure functions shared by `memory` and `build`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from conflictmap.articles import Verdicts
from conflictmap.geoparser import Geoparser
from conflictmap.model import Article, Attestation
from conflictmap.text import passages


def attest(
    articles: Sequence[Article],
    geoparser: Geoparser,
    verdicts: Verdicts | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Attestation]:
    """The attestations of some articles, with people's verdicts applied. `progress` is called with (articles done, in total)."""
    found: list[Attestation] = []
    for done, article in enumerate(articles, start=1):
        own = geoparser.parse(article)
        found += verdicts.lay_over(article, own, geoparser.gazetteer.places) if verdicts else own
        if progress:
            progress(done, len(articles))
    return found


def searched(articles: Iterable[Article]) -> Iterator[tuple[str, int, int, int, str]]:
    """The rows that fulltext.build takes: for each article, title, publisher and author as passage 0, then its passages."""
    for article in articles:
        yield article.id, 0, 0, 0, " ".join(filter(None, (article.title, article.publisher, article.author)))
        for passage in passages(article):
            yield article.id, passage.number, passage.start, passage.end, article.text[passage.start : passage.end]
