"""Attestations as a columnar table, built once per content of the two folders.

The table is Arrow, one row an attestation, in the order of the texts. `Corpus` holds it beside the articles, whose
texts the screens quote from.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from conflictmap.articles import NOT_ARTICLES, SUFFIXES, Verdicts, apply_decisions, decisions_file, read_articles, read_decisions
from conflictmap.errors import Problem
from conflictmap.gazetteer import Gazetteer, read_gazetteer
from conflictmap.geoparser import Geoparser
from conflictmap.model import Article, Attestation, DayRange, DerivedFootprint, Footprint
from conflictmap.text import passages

_DICTIONARY = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        ("article", _DICTIONARY),
        ("passage", pa.int32()),
        ("passage_start", pa.int32()),
        ("passage_end", pa.int32()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("surface", pa.string()),
        ("place", _DICTIONARY),
        ("feature", _DICTIONARY),
        ("status", _DICTIONARY),
        ("basis", _DICTIONARY),
        ("role", _DICTIONARY),
        ("reason", _DICTIONARY),
        ("certainty", _DICTIONARY),
        ("candidates", pa.list_(pa.string())),
        ("derived", _DICTIONARY),
        ("attributed_to", _DICTIONARY),
        ("attributed_start", pa.int32()),
        ("attributed_end", pa.int32()),
        ("source", _DICTIONARY),
        ("verdict", _DICTIONARY),
        ("program_place", _DICTIONARY),
        ("program_status", _DICTIONARY),
        ("program_reason", _DICTIONARY),
        ("published_start", pa.date32()),
        ("published_end", pa.date32()),
        ("published_best", pa.date32()),
        ("event_start", pa.date32()),
        ("event_end", pa.date32()),
        ("event_kind", _DICTIONARY),
        ("date_precision", _DICTIONARY),
        ("event_words_start", pa.int32()),
        ("event_words_end", pa.int32()),
        ("event_rule", _DICTIONARY),
        ("event_link", _DICTIONARY),
    ]
)
"""The columns of the attestation table. Offsets count code points of the article's text; dates are days.

`feature` is what a map draws: the place's id, or that of a derived footprint (`feature_id`), whose JSON is in `derived`; null for
what has no place. `event_…` is when what is told happened, by which words, null where the text does not say. `source` is `attributed_to` without the form it was printed in (`source_key`). `program_…` is what the program
found, decided or not.
"""
REACH = timedelta(days=3 * 366), timedelta(days=31)
"""How far before the first publication, and after the last, the slider of what happened reaches at most."""
DERIVED_MARK = "~"
"""How the id of a derived footprint begins; no id of a place does."""


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


def articles_table(articles: Iterable[Article]) -> pa.Table:
    """The articles as an Arrow table of ARTICLES."""
    columns: dict[str, list[Any]] = {name: [] for name in ARTICLES.names}
    for article in articles:
        days = article.published
        for name in ARTICLES.names:
            if name.startswith("published_") and name != "published_evidence":
                columns[name].append(getattr(days, name.removeprefix("published_")) if days else None)
            else:
                value = getattr(article, name)
                columns[name].append(list(value) if name == "paragraphs" else value)
    return pa.table(columns, schema=ARTICLES)


def _article(row: dict[str, Any]) -> Article:
    start, end, best = (row.pop(f"published_{name}") for name in ("start", "end", "best"))
    paragraphs = tuple(row.pop("paragraphs") or ())
    return Article(**row, published=DayRange(start, end, best) if start else None, paragraphs=paragraphs)


class StoredArticles(Mapping[str, Article]):
    """Articles of a table that lies on disk, mapped into memory: each is made when it is asked for."""

    def __init__(self, table: pa.Table, changed: Mapping[str, Article] | None = None) -> None:
        self._table = table
        self._rows = {i: row for row, i in enumerate(table.column("id").to_pylist())}
        self._changed = dict(changed or {})

    def __getitem__(self, article_id: str) -> Article:
        return self.read([article_id])[article_id]

    def read(self, ids: Iterable[str]) -> dict[str, Article]:
        """Some articles by id: together faster than one by one. Raises KeyError for an id that there is not."""
        found = {article_id: self._changed.get(article_id) for article_id in ids}
        rows = pa.array([self._rows[article_id] for article_id, article in found.items() if article is None], pa.int64())
        stored = (_article(row) for row in self._table.select(ARTICLES.names).take(rows).to_pylist())
        return {article_id: article or next(stored) for article_id, article in found.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def with_dates(self, articles: Iterable[Article]) -> StoredArticles:
        """The same with some articles as people have dated them."""
        return StoredArticles(self._table, self._changed | {article.id: article for article in articles})

    def listed(self, *names: str) -> list[tuple[Any, ...]]:
        """The values of some columns, article by article."""
        return list(zip(*(self._table.column(name).to_pylist() for name in names), strict=True))

    def columns(self, *names: str) -> pa.Table:
        """Some columns as they lie on disk; people's dates are not in them."""
        return self._table.select(list(names))

    def publications(self) -> list[DayRange]:
        """When each dated article was published."""
        days = self.listed("id", "published_start", "published_end", "published_best")
        found = [DayRange(start, end, best) for i, start, end, best in days if start and i not in self._changed]
        return found + [article.published for article in self._changed.values() if article.published]

    def undated(self) -> list[str]:
        """Ids of the articles without a date."""
        found = [i for i, start in self.listed("id", "published_start") if start is None and i not in self._changed]
        return found + [i for i, article in self._changed.items() if article.published is None]

    def dated_by_person(self) -> list[str]:
        """Ids of the articles that a person gave a date."""
        return [i for i, article in self._changed.items() if article.date_by_person]


@dataclass(frozen=True)
class Corpus:
    """Articles, gazetteer and the table of attestations between them, with what was wrong with the data."""

    articles: Mapping[str, Article]
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
        if isinstance(self.articles, StoredArticles):
            return self.articles.publications()
        return [article.published for article in self.articles.values() if article.published]

    @cached_property
    def undated(self) -> list[str]:
        """Ids of the articles without a date."""
        if isinstance(self.articles, StoredArticles):
            return self.articles.undated()
        return [article.id for article in self.articles.values() if article.published is None]

    @cached_property
    def dated_by_person(self) -> list[str]:
        """Ids of the articles that a person gave a date."""
        if isinstance(self.articles, StoredArticles):
            return self.articles.dated_by_person()
        return [article.id for article in self.articles.values() if article.date_by_person]

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
        return {raw["id"]: _footprint(raw) for raw in map(json.loads, _distinct(self.table, "derived"))}

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
        names = ("id", "publisher", "language")
        if isinstance(self.articles, StoredArticles):
            return self.articles.columns(*names)
        columns = {name: [getattr(article, name) for article in self.articles.values()] for name in names}
        return pa.table(columns, schema=pa.schema([(name, pa.string()) for name in names]))

    @cached_property
    def places_table(self) -> pa.Table:
        """id and feature class of each place of the gazetteer."""
        places = self.gazetteer.places.values()
        columns = {"id": [place.id for place in places], "fclass": [place.fclass for place in places]}
        return pa.table(columns, schema=pa.schema([("id", pa.string()), ("fclass", pa.string())]))

    def read(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """Some articles by id. Raises KeyError for an id that there is not."""
        if isinstance(self.articles, StoredArticles):
            return self.articles.read(ids)
        return {article_id: self.articles[article_id] for article_id in ids}

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


def source_key(surface: str) -> str:
    """A source as it is compared: white space and case do not matter, nor an article before it ("The activists" = "activists")."""
    return re.sub(r"^(?:the|an?) (?=\S)", "", " ".join(surface.split()).casefold())


def feature_id(derived: DerivedFootprint) -> str:
    """The id of a derived footprint: what works out alike from the same anchors is one feature, whatever words say it.

    The anchors' own coordinates are not in it, so that it stays when a gazetteer mends them.
    """
    between = derived.shape == "corridor" or len(derived.anchors) > 1
    rings = len(derived.footprint.geometry["coordinates"]) if derived.footprint.geometry["type"] == "Polygon" else 0
    told = [
        derived.shape,
        sorted(derived.anchors) if between else list(derived.anchors),
        derived.distance_m,
        derived.bearing_deg,
        derived.footprint.uncertainty_m,
        rings,  # tells "12 km from", a ring, and "within 12 km of", a disc
    ]
    return DERIVED_MARK + hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def _to_json(feature: str, derived: DerivedFootprint) -> str:
    footprint = derived.footprint
    return json.dumps(
        {
            "id": feature, "shape": derived.shape, "lon": footprint.longitude, "lat": footprint.latitude,
            "uncertainty_m": footprint.uncertainty_m, "certainty": footprint.certainty, "geometry": footprint.geometry,
            "anchors": derived.anchors, "distance_m": derived.distance_m, "bearing_deg": derived.bearing_deg,
        },
        separators=(",", ":"),
    )  # fmt: skip


def _footprint(raw: dict[str, Any]) -> DerivedFootprint:
    return DerivedFootprint(
        Footprint(raw["lon"], raw["lat"], raw["geometry"], raw["uncertainty_m"], raw["certainty"]),
        raw["shape"], tuple(raw["anchors"]), raw["distance_m"], raw["bearing_deg"],
    )  # fmt: skip


_READ = (*SUFFIXES, ".geojson", ".json")
"""The suffixes of what is read from the two folders."""


def content_key(articles: Path, gazetteer: Path) -> str:
    """A cheap key that changes when a file of either folder or of the decisions does: names, sizes and times of change."""
    digest = hashlib.sha256()
    paths = [decisions_file(articles)]
    for folder in (articles, gazetteer):
        digest.update(str(folder.resolve()).encode())
        if folder.is_dir():
            paths += sorted(path for path in folder.iterdir() if path.name not in NOT_ARTICLES and path.suffix.lower() in _READ)
    for path in paths:
        if path.is_file():
            stat = path.stat()
            digest.update(f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


_held: dict[tuple[Path, Path], tuple[str, Corpus]] = {}
_building = Lock()


def open_corpus(articles: Path, gazetteer: Path, progress: Callable[[int, int], None] | None = None) -> Corpus:
    """The corpus of two folders, built anew only when a file in them has changed. Raises as `build` does."""
    folders = articles.resolve(), gazetteer.resolve()
    with _building:
        key = content_key(*folders)
        if folders not in _held or _held[folders][0] != key:
            _held[folders] = key, build(*folders, progress)
        return _held[folders][1]


def build(articles: Path, gazetteer: Path, progress: Callable[[int, int], None] | None = None) -> Corpus:
    """Read both folders, parse every article, and put the attestations into a table.

    `progress` is told (done, total) articles. Raises DataError if a folder does not exist; bad content is in `problems`.
    """
    places = read_gazetteer(gazetteer)
    read = read_articles(articles)
    problems = [*places.problems, *read.problems]
    decisions = read_decisions(articles, problems)
    dated = apply_decisions(read.articles, decisions)
    verdicts = Verdicts(decisions)
    geoparser = Geoparser(places)
    attestations = attest(dated, geoparser, verdicts, progress)
    return Corpus({a.id: a for a in dated}, places, to_table(attestations), _version(dated), tuple(problems), articles)


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


def _version(articles: Iterable[Article]) -> str:
    digest = hashlib.sha256()
    for article in sorted(articles, key=lambda a: a.id):
        digest.update(f"{article.id}\0{article.text_hash}\0{article.published}\n".encode())
    return digest.hexdigest()[:12]


def to_table(attestations: Iterable[Attestation]) -> pa.Table:
    """The attestations as an Arrow table of SCHEMA."""
    columns: dict[str, list[Any]] = {name: [] for name in SCHEMA.names}
    footprints: dict[str, str] = {}
    for item in attestations:
        resolution, mention, published, source = item.resolution, item.resolution.mention, item.published, item.attributed_to
        words = item.told.expression if item.told else None
        own = resolution.program or resolution
        feature = resolution.place
        worked_out = item.derived if feature is None and resolution.status == "resolved" else None
        if worked_out:
            feature = feature_id(worked_out)
            if feature not in footprints:
                footprints[feature] = _to_json(feature, worked_out)
        for name, value in zip(
            SCHEMA.names,
            (
                item.article, item.passage.number, item.passage.start, item.passage.end,
                mention.start, mention.end, mention.surface,
                resolution.place, feature, resolution.status, resolution.basis, resolution.role, resolution.reason,
                resolution.certainty, [] if resolution.basis == "derived" else list(mention.candidates),
                footprints[feature] if feature and worked_out else None,
                source and source.surface, source and source.start, source and source.end, source and source_key(source.surface),
                resolution.verdict, own.place, own.status, own.reason,
                published and published.start, published and published.end, published and published.best,
                words and words.interval.start, words and words.interval.end, words and words.interval.kind,
                words and words.interval.precision, words and words.start, words and words.end, words and words.rule,
                item.told and item.told.link,
            ),
            strict=True,
        ):  # fmt: skip
            columns[name].append(value)
    return pa.table(columns, schema=SCHEMA)
