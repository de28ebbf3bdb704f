"""Articles -> attestations, and what the full-text index holds of them: the pure functions that both ways of indexing share."""

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
    """The attestations of a batch of articles, with people's verdicts laid over them: a function of its arguments alone."""
    found: list[Attestation] = []
    for done, article in enumerate(articles, start=1):
        own = geoparser.parse(article)
        found += verdicts.lay_over(article, own, geoparser.gazetteer.places) if verdicts else own
        if progress:
            progress(done, len(articles))
    return found


def searched(articles: Iterable[Article]) -> Iterator[tuple[str, int, int, int, str]]:
    """What a full-text index holds of articles, as rows of fulltext.build: title and names as passage 0, then each passage."""
    for article in articles:
        yield article.id, 0, 0, 0, " ".join(filter(None, (article.title, article.publisher, article.author)))
        for passage in passages(article):
            yield article.id, passage.number, passage.start, passage.end, article.text[passage.start : passage.end]
