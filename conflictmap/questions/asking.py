"""Asking DuckDB about one corpus: the connection, and the answers that are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
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
"""The columns that questions about one place need: what a view filters by, and what tells passages apart and orders them."""
_UNKNOWN: Any = object()

_connections = local()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """The one database in memory: opening one takes longer than most questions, and each run of a page is a thread of its own."""
    return duckdb.connect()


class Asking:
    """Asks one corpus. Cheap to make; each thread has its own connection."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.theatre = corpus.gazetteer.theatre

    def _ask(self, sql: str, view: View, **more: Any) -> list[tuple[Any, ...]]:
        """The rows of a query over attestations, articles, places, drawn (ids on the map) and of_place (the chosen place's rows)."""
        connection = self._connection()
        if "of_place" in sql:
            feature = view.place or ""
            rows = self.once(("rows", feature), lambda: self.corpus.rows_of(feature, _OF_PLACE))
            connection.register("of_place", rows)
        first, last = view.days(self.corpus) or (EARLIEST, EARLIEST)
        values = {"first": first, "last": last, "undated": view.undated, "source": view.source, **view.narrowing, **more}
        used = {name: value for name, value in values.items() if f"${name}" in sql}
        return connection.execute(sql, used).fetchall()

    def _connection(self) -> duckdb.DuckDBPyConnection:
        held: tuple[Corpus, duckdb.DuckDBPyConnection] | None = getattr(_connections, "held", None)
        if held is None or held[0] is not self.corpus:
            connection = _database().cursor()  # what it registers is seen by no other
            connection.register("attestations", self.corpus.table)
            connection.register("articles", self.corpus.articles_table)
            connection.register("places", self.corpus.places_table)
            connection.register("drawn", self.corpus.drawn_table)
            held = _connections.held = (self.corpus, connection)
        return held[1]

    def once(self, key: Hashable, ask: Callable[[], T]) -> T:
        """The answer to a question that depends on nothing but the corpus and the key, asked once; the last used are kept."""
        kept = self.corpus.answers
        answer = kept.pop(key, _UNKNOWN)
        if answer is _UNKNOWN:
            answer = ask()
        kept[key] = answer
        for oldest in list(kept)[:-KEPT_ANSWERS] if len(kept) > KEPT_ANSWERS else ():
            kept.pop(oldest, None)
        return cast(T, answer)

    def title(self, feature: str) -> str:
        """What a place, or a place worked out from others, is called: its title, or the words that tell it most often."""
        if not feature.startswith(DERIVED_MARK):
            return self.corpus.gazetteer.places[feature].title
        return self.once("expressions", self._expressions)[feature]

    def _expressions(self) -> dict[str, str]:
        told: dict[str, dict[str, int]] = {}
        sql = "select feature, surface, count(*) from attestations where derived is not null group by feature, surface order by 1, 2"
        for feature, surface, number in self._ask(sql, View()):
            words = " ".join(surface.split())
            counted = told.setdefault(feature, {})
            counted[words] = counted.get(words, 0) + number
        return {feature: min(counted, key=lambda words: (-counted[words], words)) for feature, counted in told.items()}
