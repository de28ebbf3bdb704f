"""An open corpus: articles, gazetteer and the table of attestations between them, with what all questions start from."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from conflictmap.errors import Problem
from conflictmap.gazetteer import Gazetteer
from conflictmap.index.articles import HeldArticles
from conflictmap.index.schema import footprint_of
from conflictmap.model import Article, DayRange, DerivedFootprint

REACH = timedelta(days=3 * 366), timedelta(days=31)
"""How far before the first publication, and after the last, the slider of what happened reaches at most."""


@dataclass(frozen=True)
class Corpus:
    """Articles, gazetteer and the table of attestations between them, with what was wrong with the data."""

    articles: HeldArticles
    gazetteer: Gazetteer
    table: pa.Table
    version: str
    problems: tuple[Problem, ...]
    folder: Path
    search: Path | None = None
    """The full-text index of a corpus that was opened from disk."""
    answers: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was asked of this corpus before (Questions keeps it here): it goes when the corpus does."""

    @cached_property
    def period(self) -> tuple[date, date] | None:
        """The first and last day that a dated article may have been published; None if no article is dated."""
        return (min(d.start for d in self.publications), max(d.end for d in self.publications)) if self.publications else None

    @cached_property
    def publications(self) -> list[DayRange]:
        """When each dated article was published, in the order of the articles."""
        return self.articles.publications()

    @cached_property
    def undated(self) -> list[str]:
        """Ids of the articles without a date."""
        return self.articles.undated()

    @cached_property
    def dated_by_person(self) -> list[str]:
        """Ids of the articles that a person gave a date."""
        return self.articles.dated_by_person()

    @cached_property
    def told(self) -> tuple[date, date] | None:
        """The days that a slider of what happened runs over; None if no text tells a time.

        From the first to the last day told, but no further than REACH before the first publication and after the last: a year named
        for history's sake does not stretch it. What is told of days beyond counts where the period reaches the slider's end.
        """
        starts, ends = self.table.column("event_start"), self.table.column("event_end")
        first, last = pc.min(starts).as_py(), pc.max(ends).as_py()
        if first is None or last is None:
            return None
        if self.period:
            first, last = max(first, self.period[0] - REACH[0]), min(last, self.period[1] + REACH[1])
        return (first, last) if first <= last else (last, last)

    @cached_property
    def derived(self) -> dict[str, DerivedFootprint]:
        """The distinct derived footprints by their feature's id."""
        return {raw["id"]: footprint_of(raw) for raw in map(json.loads, _distinct(self.table, "derived"))}

    @cached_property
    def drawn(self) -> frozenset[str]:
        """The ids of what a map of the theatre draws: places of the gazetteer, and those worked out that lie in its box."""
        theatre = self.gazetteer.theatre
        return frozenset(
            [place.id for place in self.gazetteer.places.values() if theatre.holds(place)]
            + [feature for feature, derived in self.derived.items() if theatre.surrounds(derived.footprint)]
        )

    @cached_property
    def drawn_table(self) -> pa.Table:
        """The same as one column, `id`."""
        return pa.table({"id": sorted(self.drawn)}, schema=pa.schema([("id", pa.string())]))

    @cached_property
    def sources(self) -> frozenset[str]:
        """Whom these texts name as the source of something (`source_key`)."""
        return frozenset(_distinct(self.table, "source"))

    @cached_property
    def articles_table(self) -> pa.Table:
        """id, publisher and language of each article: what a view filters attestations by."""
        return self.articles.columns("id", "publisher", "language")

    @cached_property
    def places_table(self) -> pa.Table:
        """id and feature class of each place of the gazetteer."""
        places = self.gazetteer.places.values()
        columns = {"id": [place.id for place in places], "fclass": [place.fclass for place in places]}
        return pa.table(columns, schema=pa.schema([("id", pa.string()), ("fclass", pa.string())]))

    def read(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """Some articles by id. Raises KeyError for an id that there is not."""
        return self.articles.read(ids)

    def rows_of(self, feature: str, columns: Sequence[str]) -> pa.Table:
        """Some columns of the attestations of a place, or of one worked out, and as `row` where each stands in the whole table."""
        numbers, before = [], 0
        for chunk in self.table.column("feature").chunks:
            code = pc.index(chunk.dictionary, feature).cast(pa.int32())
            numbers.append(pc.add(pc.indices_nonzero(pc.equal(chunk.indices, code)).cast(pa.int64()), before))
            before += len(chunk)
        rows = pa.chunked_array(numbers, pa.int64())
        return self.table.select(columns).take(rows).append_column("row", rows)

    def rows(self, numbers: Sequence[int], columns: Sequence[str]) -> list[dict[str, Any]]:
        """Some columns of the attestations that stand at some places of the table."""
        return cast(list[dict[str, Any]], self.table.select(columns).take(pa.array(numbers, pa.int64())).to_pylist())

    @cached_property
    def publishers(self) -> frozenset[str]:
        """Who published these articles, as far as it is known."""
        return frozenset(_distinct(self.articles_table, "publisher"))

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of these articles, as tags."""
        return frozenset(_distinct(self.articles_table, "language"))

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that occur."""
        return frozenset(_distinct(self.table, "role"))

    @cached_property
    def bases(self) -> frozenset[str]:
        """The bases that occur."""
        return frozenset(_distinct(self.table, "basis"))


def _distinct(table: pa.Table, column: str) -> list[str]:
    return [value for value in table.column(column).unique().to_pylist() if value is not None]
