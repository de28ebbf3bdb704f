"""A corpus as a database: SQL over its tables by DuckDB, and the answers kept so far. Every question goes through here."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from threading import local
from typing import Any, TypeVar, cast

import duckdb

from conflictmap.index import DERIVED_MARK, Corpus
from conflictmap.questions.view import EARLIEST, View

T = TypeVar("T")
KEPT_ANSWERS = 256
_OF_PLACE = (
    "article", "passage", "feature", "status", "basis", "role", "certainty", "attributed_to", "source", "verdict",
    "published_start", "published_end", "published_best", "event_start", "event_end",
)  # fmt: skip
"""The columns of the table of_place: those that a view filters by, and those that identify and order passages."""
_UNKNOWN: Any = object()

_connections = local()


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """The only database, in memory. Opening one takes longer than most queries, and Streamlit runs each page in a new thread."""
    return duckdb.connect()


@lru_cache(1024)
def _parameters(sql: str) -> frozenset[str]:
    """The names of the parameters in a statement: DuckDB rejects values for any others."""
    (statement,) = _engine().cursor().extract_statements(sql)
    return frozenset(statement.named_parameters)


class CorpusDatabase:
    """One corpus, ready for queries. Cheap to create; each thread has its own connection."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def query(self, sql: str, view: View, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query over the tables attestations, articles, places and drawn (ids of what the map draws).

        The query may use the view's parameters ($first, $last, $undated, $source and those of `View.narrowing`) and `values`.
        """
        return self._execute(self._connection(), sql, view, values)

    def query_place(self, sql: str, view: View, **values: Any) -> list[tuple[Any, ...]]:
        """Like `query`, with one more table, of_place: the attestations of the view's place (none if no place is chosen).

        It has the columns of _OF_PLACE, and in `row` each attestation's position in the whole table.
        """
        feature = view.place or ""
        connection = self._connection()
        connection.register("of_place", self.once(("rows", feature), lambda: self.corpus.rows_of(feature, _OF_PLACE)))
        return self._execute(connection, sql, view, values)

    def _execute(
        self, connection: duckdb.DuckDBPyConnection, sql: str, view: View, values: dict[str, Any]
    ) -> list[tuple[Any, ...]]:
        first, last = view.days(self.corpus) or (EARLIEST, EARLIEST)
        known = {"first": first, "last": last, "undated": view.undated, "source": view.source, **view.narrowing, **values}
        return connection.execute(sql, {name: known[name] for name in _parameters(sql)}).fetchall()

    def _connection(self) -> duckdb.DuckDBPyConnection:
        held: tuple[Corpus, duckdb.DuckDBPyConnection] | None = getattr(_connections, "held", None)
        if held is None or held[0] is not self.corpus:
            connection = _engine().cursor()  # tables registered on a cursor are visible to it alone
            connection.register("attestations", self.corpus.table)
            connection.register("articles", self.corpus.articles_table)
            connection.register("places", self.corpus.places_table)
            connection.register("drawn", self.corpus.drawn_table)
            held = _connections.held = (self.corpus, connection)
        return held[1]

    def once(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The answer stored under `key`, computed if there is none. It may depend on the corpus and the key only.

        The KEPT_ANSWERS most recently used are kept, as long as the corpus is.
        """
        kept = self.corpus.answers
        answer = kept.pop(key, _UNKNOWN)
        if answer is _UNKNOWN:
            answer = compute()
        kept[key] = answer
        for oldest in list(kept)[:-KEPT_ANSWERS] if len(kept) > KEPT_ANSWERS else ():
            kept.pop(oldest, None)
        return cast(T, answer)

    def title(self, feature: str) -> str:
        """The title of a place; for a derived footprint, the words that most often describe it.

        Raises KeyError for an id that the corpus does not have.
        """
        if not feature.startswith(DERIVED_MARK):
            return self.corpus.gazetteer.places[feature].title
        return self.derived_titles()[feature]

    def derived_titles(self) -> dict[str, str]:
        """The titles of all derived footprints by id."""
        return self.once("expressions", self._derived_titles)

    def _derived_titles(self) -> dict[str, str]:
        counts: dict[str, dict[str, int]] = {}
        sql = "select feature, surface, count(*) from attestations where derived is not null group by feature, surface order by 1, 2"
        for feature, surface, number in self.query(sql, View()):
            words = " ".join(surface.split())
            counted = counts.setdefault(feature, {})
            counted[words] = counted.get(words, 0) + number
        return {feature: min(counted, key=lambda words: (-counted[words], words)) for feature, counted in counts.items()}
