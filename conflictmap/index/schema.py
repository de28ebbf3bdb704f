"""The table of attestations: one record a column, from an attestation to its place in an export.

A new column is an entry in COLUMNS; the schema, the builder of the table and the exports follow from it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import pyarrow as pa

from conflictmap.model import Attestation, DerivedFootprint, Footprint, Mention, Resolution, TimeExpression, TimeInterval, Told

DERIVED_MARK = "~"
"""Prefix of the ids of derived footprints; no id of a place starts with it."""


def source_key(surface: str) -> str:
    """A source's name for comparison: without case, extra white space and a leading article ("The activists" -> "activists")."""
    return re.sub(r"^(?:the|an?) (?=\S)", "", " ".join(surface.split()).casefold())


def feature_id(derived: DerivedFootprint) -> str:
    """The id of a derived footprint: a hash of its shape, anchors and measures, so different words for the same make one feature.

    The anchors' coordinates are left out, so that correcting them in the gazetteer does not change the id.
    """
    between = derived.shape == "corridor" or len(derived.anchors) > 1
    rings = len(derived.footprint.geometry["coordinates"]) if derived.footprint.geometry["type"] == "Polygon" else 0
    defining = [
        derived.shape,
        sorted(derived.anchors) if between else list(derived.anchors),
        derived.distance_m,
        derived.bearing_deg,
        derived.footprint.uncertainty_m,
        rings,  # distinguishes "12 km from" (a ring) from "within 12 km of" (a disc)
    ]
    return DERIVED_MARK + hashlib.sha256(json.dumps(defining).encode()).hexdigest()[:12]


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


def footprint_of(raw: dict[str, Any]) -> DerivedFootprint:
    """The derived footprint of an object from the column `derived`."""
    return DerivedFootprint(
        Footprint(raw["lon"], raw["lat"], raw["geometry"], raw["uncertainty_m"], raw["certainty"]),
        raw["shape"], tuple(raw["anchors"]), raw["distance_m"], raw["bearing_deg"],
    )  # fmt: skip


class Row(NamedTuple):
    """The parts of an attestation that columns take their values from.

    `own` is the program's resolution, whatever a person decided; `words` the time expression that dates the mention; `feature` the id of
    what a map draws; `derived` its JSON if it is a derived footprint.
    """

    item: Attestation
    resolution: Resolution
    mention: Mention
    own: Resolution
    words: TimeExpression | None
    feature: str | None
    derived: str | None


class Column(NamedTuple):
    """A column of the table: its Arrow type, how its value follows from an attestation, and what it means."""

    name: str
    type: pa.DataType
    value: Callable[[Row], Any]
    meaning: str


_INT, _TEXT, _DAY = pa.int32(), pa.string(), pa.date32()
_WORD = pa.dictionary(pa.int32(), pa.string())
"""Text with few distinct values."""

COLUMNS = (
    Column("article", _WORD, lambda row: row.item.article, "id of the article"),
    Column("passage", _INT, lambda row: row.item.passage.number, "number of the passage in the article, from 1"),
    Column("passage_start", _INT, lambda row: row.item.passage.start, "first code point of the passage in the article's text"),
    Column("passage_end", _INT, lambda row: row.item.passage.end, "code point after the passage"),
    Column("start", _INT, lambda row: row.mention.start, "first code point of the mention in the article's text"),
    Column("end", _INT, lambda row: row.mention.end, "code point after the mention"),
    Column("surface", _TEXT, lambda row: row.mention.surface, "the name as printed"),
    Column("place", _WORD, lambda row: row.resolution.place, "id of the place; empty if it has none"),
    Column("feature", _WORD, lambda row: row.feature, "what a map draws: the place's id, or that of a derived footprint"),
    Column("status", _WORD, lambda row: row.resolution.status, "resolved, ambiguous, unresolved or rejected"),
    Column("basis", _WORD, lambda row: row.resolution.basis, "named, derived or suggested"),
    Column("role", _WORD, lambda row: row.resolution.role, "location, reference, actor or dateline"),
    Column("reason", _WORD, lambda row: row.resolution.reason, "reason for the resolution (vocabulary.REASONS)"),
    Column("certainty", _WORD, lambda row: row.resolution.certainty, "certain, less-certain or uncertain"),
    Column(
        "candidates", pa.list_(pa.string()), lambda row: [] if row.resolution.basis == "derived" else list(row.mention.candidates),
        "ids of the places that the name can mean",
    ),
    Column("derived", _WORD, lambda row: row.derived, "the derived footprint as JSON"),
    Column("attributed_to", _WORD, lambda row: _source(row, "surface"), "who says so, as printed"),
    Column("attributed_start", _INT, lambda row: _source(row, "start"), "first code point of who says so"),
    Column("attributed_end", _INT, lambda row: _source(row, "end"), "code point after who says so"),
    Column("source", _WORD, lambda row: row.item.attributed_to and source_key(row.item.attributed_to.surface), "who says so, normalised for comparison (source_key)"),
    Column("verdict", _WORD, lambda row: row.resolution.verdict, "what a person decided: accepted, rejected or placed"),
    Column("program_place", _WORD, lambda row: row.own.place, "the program's own answer, whether or not a person decided: id of the place"),
    Column("program_status", _WORD, lambda row: row.own.status, "the program's own answer: status"),
    Column("program_reason", _WORD, lambda row: row.own.reason, "the program's own answer: reason"),
    Column("published_start", _DAY, lambda row: row.item.published and row.item.published.start, "first day on which the article may have been published"),
    Column("published_end", _DAY, lambda row: row.item.published and row.item.published.end, "last day on which the article may have been published"),
    Column("published_best", _DAY, lambda row: row.item.published and row.item.published.best, "likeliest day of publication"),
    Column("event_start", _DAY, lambda row: row.words and row.words.interval.start, "first day of the event; empty if the text does not date it"),
    Column("event_end", _DAY, lambda row: row.words and row.words.interval.end, "last day of the event"),
    Column("event_kind", _WORD, lambda row: row.words and row.words.interval.kind, "within the days, or throughout them"),
    Column("date_precision", _WORD, lambda row: row.words and row.words.interval.precision, "unit in which the text states the date"),
    Column("event_words_start", _INT, lambda row: row.words and row.words.start, "first code point of the words that date it"),
    Column("event_words_end", _INT, lambda row: row.words and row.words.end, "code point after the words that date it"),
    Column("event_rule", _WORD, lambda row: row.words and row.words.rule, "rule that gave the words their days (vocabulary.TIME_RULES)"),
    Column("event_link", _WORD, lambda row: row.item.told and row.item.told.link, "rule that links the words to the mention (vocabulary.TIME_LINKS)"),
)  # fmt: skip
"""Every column, in the table's order. Offsets count code points in the article's text; dates are days (UTC)."""

COLUMN = {column.name: column for column in COLUMNS}
SCHEMA = pa.schema([(column.name, column.type) for column in COLUMNS])


TOLD_COLUMNS = (
    "event_start", "event_end", "event_kind", "date_precision", "event_words_start", "event_words_end", "event_rule", "event_link",
)  # fmt: skip
"""The columns that `told_of` reads."""


def told_of(text: str, row: Mapping[str, Any]) -> Told | None:
    """The Attestation.told of a row with TOLD_COLUMNS, in the article's text; None if the text does not date the mention."""
    if row["event_start"] is None:
        return None
    interval = TimeInterval(row["event_start"], row["event_end"], row["event_kind"], row["date_precision"])
    start, end = row["event_words_start"], row["event_words_end"]
    return Told(TimeExpression(start, end, text[start:end], interval, row["event_rule"]), row["event_link"])


def _source(row: Row, field: str) -> Any:
    return row.item.attributed_to and getattr(row.item.attributed_to, field)


def to_table(attestations: Iterable[Attestation]) -> pa.Table:
    """The attestations as an Arrow table of SCHEMA."""
    footprints: dict[str, str] = {}
    rows = [_row(item, footprints) for item in attestations]
    return pa.table({column.name: [column.value(row) for row in rows] for column in COLUMNS}, schema=SCHEMA)


def _row(item: Attestation, footprints: dict[str, str]) -> Row:
    resolution, feature, derived = item.resolution, item.resolution.place, None
    if item.derived and feature is None and resolution.status == "resolved":
        feature = feature_id(item.derived)
        if feature not in footprints:
            footprints[feature] = _to_json(feature, item.derived)
        derived = footprints[feature]
    words = item.told.expression if item.told else None
    return Row(item, resolution, resolution.mention, resolution.program or resolution, words, feature, derived)
