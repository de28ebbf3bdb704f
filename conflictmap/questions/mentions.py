"""Mentions one by one: those of an article, of a view, and those without a place."""

from __future__ import annotations

from typing import Any

from conflictmap.geoparser import Geoparser
from conflictmap.index import TOLD_COLUMNS, told_of
from conflictmap.model import TurnedDown
from conflictmap.questions import conditions
from conflictmap.questions.database import CorpusDatabase
from conflictmap.questions.view import View

_OF_ARTICLE = (
    "passage", "start", "end", "surface", "place", "feature", "status", "basis", "role", "reason", "certainty", "candidates",
    "attributed_to", "attributed_start", "attributed_end", "verdict", "program_place", "program_status", "program_reason",
    *TOLD_COLUMNS,
)  # fmt: skip


def rows(db: CorpusDatabase, view: View) -> list[dict[str, Any]]:
    """All mentions that count, of every status, as rows of the index; of the chosen place only, if there is one."""
    only = " and feature = $place" if view.place else ""
    found = db.query(
        f"select * from attestations where {conditions.counting(view)}{only} order by article, start, basis <> 'named', \"end\"",
        view,
        place=view.place,
    )
    return [dict(zip(db.corpus.table.column_names, row, strict=True)) for row in found]


def mentions_of_article(db: CorpusDatabase, article_id: str) -> list[dict[str, Any]]:
    """All mentions of an article in text order, whatever their role or basis, as rows of the index.

    Each row also has `derived`, the DerivedFootprint or None, and `told`, the Told or None. Of two that start alike, the named one
    comes first.
    """
    columns = ", ".join(f'"{name}"' for name in _OF_ARTICLE)
    found = db.query(
        f"select {columns} from attestations where article = $article order by start, basis <> 'named', \"end\"",
        View(),
        article=article_id,
    )
    text = db.corpus.articles[article_id].text if article_id in db.corpus.articles else ""
    mentions = [dict(zip(_OF_ARTICLE, row, strict=True)) for row in found]
    return [row | {"derived": db.corpus.derived.get(row["feature"] or ""), "told": told_of(text, row)} for row in mentions]


def turned_down(db: CorpusDatabase, article_id: str) -> list[TurnedDown]:
    """The gazetteer's names in an article that a rule rejected, in text order, without those that overlap a mention.

    The index does not hold them, so the article is parsed again. Raises KeyError for an unknown article.
    """
    article = db.corpus.articles[article_id]
    mentions = mentions_of_article(db, article_id)
    geoparser = db.once("geoparser", lambda: Geoparser(db.corpus.gazetteer))
    return [
        one
        for one in db.once(("turned down", article_id), lambda: geoparser.explain(article))
        if not any(row["start"] < one.end and one.start < row["end"] for row in mentions)
    ]


def unplaced(db: CorpusDatabase, view: View, limit: int = 100) -> list[tuple[str, str, str, int, str, list[str]]]:
    """(surface, status, article id, passage, reason, candidates) of mentions that count but have no place, by surface."""
    return db.query(
        "select surface, status, article, passage, reason, candidates from attestations "
        f"where status in ('ambiguous', 'unresolved') and {conditions.counting(view)} order by surface, article, passage limit $limit",
        view,
        limit=limit,
    )
