"""How often: places, derived footprints and sources in a view; publishers and languages of the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from conflictmap.model import DerivedFootprint, Place
from conflictmap.questions import conditions
from conflictmap.questions.database import CorpusDatabase
from conflictmap.questions.filters import NOT_ATTRIBUTED
from conflictmap.questions.view import View


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """The mentions of a place in a view; `suggested` counts the descriptions that fit it, which are not in `mentions`."""

    place: Place
    mentions: int
    suggested: int = 0

    @property
    def id(self) -> str:
        """The id of the place."""
        return self.place.id


@dataclass(frozen=True, slots=True)
class DerivedCount:
    """The mentions of a derived footprint in a view."""

    id: str
    derived: DerivedFootprint
    title: str
    mentions: int


Counted = TypeVar("Counted", PlaceCount, DerivedCount)


def counts(db: CorpusDatabase, view: View) -> list[PlaceCount]:
    """Every place mentioned or suggested in the view, most mentions first."""
    return _counts(db, view)[0]


def derived_counts(db: CorpusDatabase, view: View) -> list[DerivedCount]:
    """Every derived footprint in the view, most mentions first."""
    return _counts(db, view)[1]


def _counts(db: CorpusDatabase, view: View) -> tuple[list[PlaceCount], list[DerivedCount]]:
    return db.once(("counts", view.start, view.end, view.undated, view.filter), lambda: _count(db, view))


def _count(db: CorpusDatabase, view: View) -> tuple[list[PlaceCount], list[DerivedCount]]:
    rows = db.query(
        f"select feature, count(*) filter (not {conditions.SUGGESTED}), count(*) filter ({conditions.SUGGESTED}) "
        f"from attestations where feature is not null and {conditions.counting(view)} group by feature order by 2 desc, 3 desc, 1",
        view,
    )
    known, derived, titles = db.corpus.gazetteer.places, db.corpus.derived, db.derived_titles()
    places = [PlaceCount(known[feature], mentions, suggested) for feature, mentions, suggested in rows if feature not in derived]
    footprints = [
        DerivedCount(feature, derived[feature], titles[feature], mentions) for feature, mentions, _ in rows if feature in derived
    ]
    return places, footprints


def split(db: CorpusDatabase, counts: Iterable[Counted]) -> tuple[list[Counted], list[Counted]]:
    """Counts as (drawn on the map, listed beside it); `Corpus.drawn` decides."""
    drawn: list[Counted] = []
    beside: list[Counted] = []
    for count in counts:
        (drawn if count.id in db.corpus.drawn else beside).append(count)
    return drawn, beside


def sources(db: CorpusDatabase, view: View) -> list[tuple[str, str, int]]:
    """(source key, source as printed, mentions) of the sources in the view, of its place if one is chosen; most mentions first.

    NOT_ATTRIBUTED stands for mentions without a source. The view's own choice of a source is ignored.
    """
    free = replace(view, source=None, article=None)
    return db.once(("sources", free), lambda: _sources(db, free))


def _sources(db: CorpusDatabase, view: View) -> list[tuple[str, str, int]]:
    query, table = (db.query_place, "of_place") if view.place else (db.query, "attestations")
    rows = query(
        f"select source, max(attributed_to), count(*) from {table} where {conditions.counting(view)} "
        "group by source order by 3 desc, 1",
        view,
    )
    return [
        (source, re.sub(r"^(?:the|an?)\s+(?=\S)", "", " ".join(printed.split()), flags=re.IGNORECASE), number)
        if source is not None
        else (NOT_ATTRIBUTED, "", number)
        for source, printed, number in rows
    ]


def publishers(db: CorpusDatabase) -> list[tuple[str, int]]:
    """(publisher, articles) of the corpus, most articles first; articles without a publisher are left out."""
    return db.once("publishers", lambda: _articles_by(db, "publisher"))


def languages(db: CorpusDatabase) -> list[tuple[str, int]]:
    """(BCP 47 tag, articles) of the corpus, most articles first."""
    return db.once("languages", lambda: _articles_by(db, "language"))


def _articles_by(db: CorpusDatabase, column: str) -> list[tuple[str, int]]:
    sql = f"select {column}, count(*) from articles where {column} is not null group by 1 order by 2 desc, 1"
    return [(value, number) for value, number in db.query(sql, View())]
