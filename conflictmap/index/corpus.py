"""An open corpus: articles, gazetteer and the table of attestations between them. All questions start from it."""

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
"""How far the slider of event dates may extend before the first publication and after the last."""


@dataclass(frozen=True)
class Corpus:
    """Articles, gazetteer and the table of attestations between them.

    `table` has the columns of schema.SCHEMA; `version` changes with the articles and their dates; `problems` lists what was wrong with
    the data; `folder` holds the articles or the index, and people's decisions.
    """

    articles: HeldArticles
    gazetteer: Gazetteer
    table: pa.Table
    version: str
    problems: tuple[Problem, ...]
    folder: Path
    search: Path | None = None
    """The full-text index of a corpus that was opened from disk."""
    answers: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """Answers that questions keep for this corpus, and that are dropped with it."""

    @cached_property
    def period(self) -> tuple[date, date] | None:
        """The first and last day on which an article may have been published; None if no article is dated."""
        return (min(d.start for d in self.publications), max(d.end for d in self.publications)) if self.publications else None

    @cached_property
    def publications(self) -> list[DayRange]:
        """The publication dates of all dated articles."""
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
        """The range of the slider of event dates; None if no mention has one.

        From the first event to the last, but no further than REACH beyond the publications, so that a year from history does not stretch
        it. Events outside the range count when the period reaches that end of the slider.
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
        """The ids of what the map draws: places of the theatre, and derived footprints in its box."""
        theatre = self.gazetteer.theatre
        return frozenset(
            [place.id for place in self.gazetteer.places.values() if theatre.holds(place)]
            + [feature for feature, derived in self.derived.items() if theatre.surrounds(derived.footprint)]
        )

    @cached_property
    def drawn_table(self) -> pa.Table:
        """`drawn` as a table with one column, `id`."""
        return pa.table({"id": sorted(self.drawn)}, schema=pa.schema([("id", pa.string())]))

    @cached_property
    def sources(self) -> frozenset[str]:
        """The keys (`source_key`) of all sources named in the texts."""
        return frozenset(_distinct(self.table, "source"))

    @cached_property
    def articles_table(self) -> pa.Table:
        """The articles' columns that a view filters by: id, publisher, language."""
        return self.articles.columns("id", "publisher", "language")

    @cached_property
    def places_table(self) -> pa.Table:
        """The places' columns that a view filters by: id, fclass."""
        places = self.gazetteer.places.values()
        columns = {"id": [place.id for place in places], "fclass": [place.fclass for place in places]}
        return pa.table(columns, schema=pa.schema([("id", pa.string()), ("fclass", pa.string())]))

    def read(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """Some articles by id. Raises KeyError for an unknown id."""
        return self.articles.read(ids)

    def rows_of(self, feature: str, columns: Sequence[str]) -> pa.Table:
        """Some columns of the attestations of a place or derived footprint, with their row numbers in the table as `row`."""
        numbers, before = [], 0
        for chunk in self.table.column("feature").chunks:
            code = pc.index(chunk.dictionary, feature).cast(pa.int32())
            numbers.append(pc.add(pc.indices_nonzero(pc.equal(chunk.indices, code)).cast(pa.int64()), before))
            before += len(chunk)
        rows = pa.chunked_array(numbers, pa.int64())
        return self.table.select(columns).take(rows).append_column("row", rows)

    def rows(self, numbers: Sequence[int], columns: Sequence[str]) -> list[dict[str, Any]]:
        """Some columns of the attestations with these row numbers, in this order."""
        return cast(list[dict[str, Any]], self.table.select(columns).take(pa.array(numbers, pa.int64())).to_pylist())

    @cached_property
    def publishers(self) -> frozenset[str]:
        """The known publishers of the articles."""
        return frozenset(_distinct(self.articles_table, "publisher"))

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of the articles, as BCP 47 tags."""
        return frozenset(_distinct(self.articles_table, "language"))

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that occur in the table."""
        return frozenset(_distinct(self.table, "role"))

    @cached_property
    def bases(self) -> frozenset[str]:
        """The bases that occur in the table."""
        return frozenset(_distinct(self.table, "basis"))


def _distinct(table: pa.Table, column: str) -> list[str]:
    return [value for value in table.column(column).unique().to_pylist() if value is not None]
