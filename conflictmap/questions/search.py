"""Finding places by name, and articles by words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from conflictmap.index import Hit, build_in_memory, search, searched
from conflictmap.model import Place
from conflictmap.questions.counts import counts
from conflictmap.questions.database import CorpusDatabase
from conflictmap.questions.view import View, whole
from conflictmap.text import fold_name

MOST_HITS = 2000
"""A search for articles looks at the best passages only, at most so many."""


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as a list shows it; `published` is its likeliest day of publication."""

    id: str
    title: str
    publisher: str | None
    published: date | None


def search_places(db: CorpusDatabase, words: str, limit: int = 50, view: View | None = None) -> list[Place]:
    """Places with a name that contains the words, in any spelling or script.

    Ranked by how well the name matches (whole, from its start, from the start of a word, within), then by mentions in the view's
    filters over the whole period, then by significance.
    """
    wanted = fold_name(words)
    if not wanted:
        return []
    places = db.corpus.gazetteer.places
    mentions = {count.place.id: count.mentions for count in counts(db, whole(view or View()))}
    ranked = []
    for name, ids in db.corpus.gazetteer.names.items():
        if wanted in name:
            quality = 0 if name == wanted else 1 if name.startswith(wanted) else 2 if f" {wanted}" in name else 3
            ranked += [(quality, -mentions.get(i, 0), -places[i].significance, i) for i in ids]
    found = dict.fromkeys(place_id for *_, place_id in sorted(ranked))
    return [places[place_id] for place_id in list(found)[:limit]]


def listed(db: CorpusDatabase) -> list[ListedArticle]:
    """Every article, newest first, undated ones last."""
    return db.once("listed", lambda: _listed(db))


def _listed(db: CorpusDatabase) -> list[ListedArticle]:
    rows = db.corpus.articles.listed("id", "title", "publisher", "published_best")
    rows.sort(key=lambda row: (row[3] or date.min, row[0]), reverse=True)
    return [ListedArticle(*row) for row in rows]


def find_articles(db: CorpusDatabase, words: str, publishers: Collection[str] = ()) -> list[ListedArticle]:
    """Articles with the words in their title or a passage, best match first; without words all, newest first.

    `words` is a query as in `index.search`. If publishers are given, only their articles.
    """
    among = [article for article in listed(db) if not publishers or article.publisher in publishers]
    if not words.strip():
        return among
    by_id = {article.id: article for article in among}
    found = dict.fromkeys(hit.article for hit in _hits(db, words))
    return [by_id[article_id] for article_id in found if article_id in by_id]


def _hits(db: CorpusDatabase, words: str) -> list[Hit]:
    if db.corpus.search:
        return search(db.corpus.search, words, MOST_HITS)[1]
    index = db.once("fulltext", lambda: build_in_memory(searched(db.corpus.articles.values())))
    return index.search(words, MOST_HITS)[1]
