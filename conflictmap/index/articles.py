"""The articles of a corpus: one interface, held in memory or mapped from a table on disk."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from conflictmap.model import Article, DayRange

ARTICLES = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "title", "publisher", "text", "author", "url")),
        *((name, pa.date32()) for name in ("published_start", "published_end", "published_best")),
        ("published_evidence", pa.string()),
        ("extent", pa.string()),
        ("language", pa.string()),
        ("rights", pa.string()),
        ("kind", pa.string()),
        ("paragraphs", pa.list_(pa.int32())),
        ("text_hash", pa.string()),
        ("file", pa.string()),
    ]
)
"""The columns of the table of articles: the fields of model.Article, a publication date as three days."""


def articles_table(articles: Iterable[Article], names: Iterable[str] = tuple(ARTICLES.names)) -> pa.Table:
    """The articles as an Arrow table of ARTICLES, or of some of its columns."""
    held = list(articles)
    columns = {name: [_value(article, name) for article in held] for name in names}
    return pa.table(columns, schema=pa.schema([ARTICLES.field(name) for name in columns]))


def _value(article: Article, column: str) -> Any:
    if column.startswith("published_") and column != "published_evidence":
        return getattr(article.published, column.removeprefix("published_")) if article.published else None
    value = getattr(article, column)
    return list(value) if column == "paragraphs" else value


def _article(row: dict[str, Any]) -> Article:
    start, end, best = (row.pop(f"published_{name}") for name in ("start", "end", "best"))
    paragraphs = tuple(row.pop("paragraphs") or ())
    return Article(**row, published=DayRange(start, end, best) if start else None, paragraphs=paragraphs)


def article_key(article: Article) -> str:
    """A hash of everything in an article that its rows in the index depend on."""
    parts = (
        article.id, article.text_hash or hashlib.sha256(article.text.encode()).hexdigest(), article.title, article.publisher, article.author,
        article.url, article.published, article.language, article.kind, article.extent, article.rights, article.paragraphs,
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


class HeldArticles(Mapping[str, Article]):
    """Articles by id, in the corpus's order."""

    @abstractmethod
    def read(self, ids: Iterable[str]) -> dict[str, Article]:
        """Some articles by id, faster than one by one. Raises KeyError for an unknown id."""

    @abstractmethod
    def listed(self, *names: str) -> list[tuple[Any, ...]]:
        """The values of some columns of ARTICLES, a tuple an article."""

    @abstractmethod
    def columns(self, *names: str) -> pa.Table:
        """Some columns of ARTICLES as a table. Dates that people gave may be missing from it."""

    @abstractmethod
    def publications(self) -> list[DayRange]:
        """The publication dates of all dated articles, in no particular order."""

    @abstractmethod
    def undated(self) -> list[str]:
        """Ids of the articles without a date."""

    @abstractmethod
    def dated_by_person(self) -> list[str]:
        """Ids of the articles whose date was given by a person."""

    @abstractmethod
    def with_dates(self, articles: Iterable[Article]) -> HeldArticles:
        """These articles, with some replaced by versions that people have dated."""


class MemoryArticles(HeldArticles):
    """Articles held in memory."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self._held = {article.id: article for article in articles}

    def __getitem__(self, article_id: str) -> Article:
        return self._held[article_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def read(self, ids: Iterable[str]) -> dict[str, Article]:
        return {article_id: self._held[article_id] for article_id in ids}

    def listed(self, *names: str) -> list[tuple[Any, ...]]:
        return [tuple(_value(article, name) for name in names) for article in self._held.values()]

    def columns(self, *names: str) -> pa.Table:
        return articles_table(self._held.values(), names)

    def publications(self) -> list[DayRange]:
        return [article.published for article in self._held.values() if article.published]

    def undated(self) -> list[str]:
        return [article.id for article in self._held.values() if article.published is None]

    def dated_by_person(self) -> list[str]:
        return [article.id for article in self._held.values() if article.date_by_person]

    def with_dates(self, articles: Iterable[Article]) -> MemoryArticles:
        return MemoryArticles((self._held | {article.id: article for article in articles}).values())


class StoredArticles(HeldArticles):
    """Articles in a memory-mapped table on disk, each created on access."""

    def __init__(self, table: pa.Table, changed: Mapping[str, Article] | None = None) -> None:
        self._table = table
        self._rows = {i: row for row, i in enumerate(table.column("id").to_pylist())}
        self._changed = dict(changed or {})

    def __getitem__(self, article_id: str) -> Article:
        return self.read([article_id])[article_id]

    def read(self, ids: Iterable[str]) -> dict[str, Article]:
        found = {article_id: self._changed.get(article_id) for article_id in ids}
        rows = pa.array([self._rows[article_id] for article_id, article in found.items() if article is None], pa.int64())
        stored = (_article(row) for row in self._table.select(ARTICLES.names).take(rows).to_pylist())
        return {article_id: article or next(stored) for article_id, article in found.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def with_dates(self, articles: Iterable[Article]) -> StoredArticles:
        return StoredArticles(self._table, self._changed | {article.id: article for article in articles})

    def listed(self, *names: str) -> list[tuple[Any, ...]]:
        return list(zip(*(self._table.column(name).to_pylist() for name in names), strict=True))

    def columns(self, *names: str) -> pa.Table:
        return self._table.select(list(names))

    def publications(self) -> list[DayRange]:
        days = self.listed("id", "published_start", "published_end", "published_best")
        found = [DayRange(start, end, best) for i, start, end, best in days if start and i not in self._changed]
        return found + [article.published for article in self._changed.values() if article.published]

    def undated(self) -> list[str]:
        found = [i for i, start in self.listed("id", "published_start") if start is None and i not in self._changed]
        return found + [i for i, article in self._changed.items() if article.published is None]

    def dated_by_person(self) -> list[str]:
        return [i for i, article in self._changed.items() if article.date_by_person]
