"""The columns of an export: one record each. A new column is an entry in EXPORT_COLUMNS.

Columns of the index keep their meaning from there; all others are looked up or computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from conflictmap.exports.precision import date_prec, geo_precision, time_precision, where_prec
from conflictmap.index import COLUMN, Corpus, told_of
from conflictmap.model import Article, DerivedFootprint, Footprint, Place, TimeInterval, Told


class Exported(NamedTuple):
    """A row of the index with what an export looks up for it.

    `point` is the footprint of the derived place, or of the place; `filtered` says in words what the view leaves out.
    """

    row: Mapping[str, Any]
    article: Article
    place: Place | None
    derived: DerivedFootprint | None
    point: Footprint | None
    told: Told | None
    filtered: str
    corpus: Corpus

    @classmethod
    def of(cls, row: Mapping[str, Any], article: Article, corpus: Corpus, filtered: str) -> Exported:
        """The row of the index and its article, with place and date looked up in the corpus."""
        place = corpus.gazetteer.places.get(row["place"] or "")
        derived = corpus.derived.get(row["feature"] or "")
        point = derived.footprint if derived else place.footprint if place else None
        return cls(row, article, place, derived, point, told_of(article.text, row), filtered, corpus)

    @property
    def interval(self) -> TimeInterval | None:
        """When the event happened, or None if the text does not say."""
        return self.told.expression.interval if self.told else None

    @property
    def full(self) -> bool:
        """Whether the article is the source's own text. Digests are our words and never quoted as the source's."""
        return self.article.kind == "full text"


Where = Literal["", "feature", "derived", "attestation", "both"]
"""Where GeoJSON has a column: nowhere, in the features, in those of derived places only, in the attestations, in features and attestations."""


class ExportColumn(NamedTuple):
    """A column of the CSV, and where GeoJSON has it."""

    name: str
    meaning: str
    value: Callable[[Exported], Any]
    geojson: Where = ""


def _from_index(name: str, geojson: Where = "", column: str = "") -> ExportColumn:
    """A column taken from the index, where it is called `column` (by default the same)."""
    source = COLUMN[column or name]
    return ExportColumn(name, source.meaning, lambda one: one.row[source.name], geojson)


def _source_paragraph(one: Exported) -> int | None:
    number: int = one.row["passage"]
    if one.article.paragraphs:
        return one.article.paragraphs[number - 1]
    return number if one.full else None


def _quote(one: Exported) -> str | None:
    return one.article.text[one.row["passage_start"] : one.row["passage_end"]] if one.full else None


EXPORT_COLUMNS = (
    _from_index("article", "attestation"),
    ExportColumn("title", "title of the article", lambda one: one.article.title),
    ExportColumn("publisher", "publisher of the article", lambda one: one.article.publisher, "attestation"),
    ExportColumn("url", "web address of the article", lambda one: one.article.url, "attestation"),
    _from_index("published_start", "attestation"),
    _from_index("published_end", "attestation"),
    _from_index("published_best"),
    _from_index("event_start", "attestation"),
    _from_index("event_end", "attestation"),
    _from_index("event_kind", "attestation"),
    _from_index("date_precision", "attestation"),
    ExportColumn("event_words", "the words that date it", lambda one: one.told and one.told.expression.surface, "attestation"),
    _from_index("event_rule"),
    _from_index("event_link"),
    ExportColumn("ucdp_date_prec", "UCDP's date_prec, 1 to 5", lambda one: date_prec(one.interval), "attestation"),
    ExportColumn("ucdp_where_prec", "UCDP's where_prec, 1 to 7", lambda one: where_prec(one.place, one.derived), "attestation"),
    ExportColumn("acled_time_precision", "ACLED's time_precision, 1 to 3", lambda one: time_precision(one.interval), "attestation"),
    ExportColumn("acled_geo_precision", "ACLED's geo_precision, 1 to 3", lambda one: geo_precision(one.place, one.derived), "attestation"),
    _from_index("passage", "attestation"),
    ExportColumn("source_paragraph", "number of the paragraph in the source, where it is known", _source_paragraph),
    ExportColumn("text_kind", "full text, or digest: our own words", lambda one: one.article.kind),
    _from_index("start", "attestation"),
    _from_index("end", "attestation"),
    _from_index("surface", "attestation"),
    ExportColumn("quote", "the passage in the source's words; empty for a digest", _quote, "attestation"),
    _from_index("place", "feature"),
    _from_index("feature"),
    ExportColumn("name", "title of the place", lambda one: one.place and one.place.title, "feature"),
    ExportColumn("fclass", "feature class: A, H, L, P, R, S or T", lambda one: one.place and one.place.fclass, "feature"),
    ExportColumn("ftype", "GeoNames feature code", lambda one: one.place and one.place.ftype, "feature"),
    ExportColumn("lat", "latitude of the label point, degrees (WGS 84)", lambda one: one.point and one.point.latitude),
    ExportColumn("lon", "longitude of the label point, degrees (WGS 84)", lambda one: one.point and one.point.longitude),
    ExportColumn("uncertainty_m", "radius that holds the whole place and the sources' disagreement, metres", lambda one: one.point and one.point.uncertainty_m, "feature"),
    ExportColumn("certainty", "certainty of the position", lambda one: one.point and one.point.certainty, "feature"),
    ExportColumn("shape", "of a derived place: point, corridor or part", lambda one: one.derived and one.derived.shape, "derived"),
    ExportColumn("anchors", "of a derived place: ids of the places it is derived from", lambda one: one.derived and " ".join(one.derived.anchors), "derived"),
    ExportColumn("distance_m", "of a derived place: distance from its anchor, metres", lambda one: one.derived and one.derived.distance_m, "derived"),
    ExportColumn("bearing_deg", "of a derived place: bearing from its anchor, degrees clockwise from north", lambda one: one.derived and one.derived.bearing_deg, "derived"),
    _from_index("status", "feature"),
    _from_index("basis", "both"),
    _from_index("role", "attestation"),
    _from_index("reason", "attestation"),
    _from_index("resolution_certainty", "attestation", column="certainty"),
    ExportColumn("candidates", COLUMN["candidates"].meaning, lambda one: " ".join(one.row["candidates"])),
    _from_index("attributed_to", "attestation"),
    _from_index("attributed_start"),
    _from_index("attributed_end"),
    _from_index("verdict"),
    ExportColumn("program_place", "the program's own answer, where a person decided", lambda one: one.row["program_place"] if one.row["verdict"] else None),
    ExportColumn("filter", "what was left out, in words", lambda one: one.filtered),
    ExportColumn("corpus_version", "version of the articles", lambda one: one.corpus.version),
    ExportColumn("gazetteer_version", "version of the gazetteer", lambda one: one.corpus.gazetteer.version),
)  # fmt: skip
"""Every column of an export, in order. A derived place has no `place`; its lat, lon, uncertainty_m and certainty are its own."""

OF_DERIVED = tuple(column.name for column in EXPORT_COLUMNS if column.geojson == "derived")
OF_FEATURE = tuple(column.name for column in EXPORT_COLUMNS if column.geojson in ("feature", "both"))
OF_ATTESTATION = tuple(
    sorted(
        (column.name for column in EXPORT_COLUMNS if column.geojson in ("attestation", "both")), key=lambda name: name == "quote"
    )
)
"""In the table's order, but with the quote, by far the longest, at the end."""
