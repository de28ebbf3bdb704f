"""What a reader takes away: the mentions of a view as CSV and GeoJSON, with what was filtered stated in them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from conflictmap.exports.precision import date_prec, geo_precision, time_precision, where_prec
from conflictmap.index import Corpus
from conflictmap.questions import FILTERS, TOLD_COLUMNS, Questions, View, told_of

EXPORT_FIELDS = (
    "article", "title", "publisher", "url", "published_start", "published_end", "published_best",
    "event_start", "event_end", "event_kind", "date_precision", "event_words", "event_rule", "event_link",
    "ucdp_date_prec", "ucdp_where_prec", "acled_time_precision", "acled_geo_precision", "passage", "source_paragraph", "text_kind",
    "start", "end", "surface", "quote", "place", "feature", "name", "fclass", "ftype", "lat", "lon", "uncertainty_m", "certainty",
    "shape", "anchors", "distance_m", "bearing_deg", "status", "basis", "role", "reason", "resolution_certainty", "candidates",
    "attributed_to", "attributed_start", "attributed_end", "verdict", "program_place", "filter", "corpus_version", "gazetteer_version",
)  # fmt: skip
"""The columns of an export. What is worked out from `anchors` has its own lat, lon, uncertainty_m and certainty, and no place."""


def filter_in_words(view: View, corpus: Corpus) -> str:
    """What a view leaves out, in words, for the head of an export or a citation: of what there is in the corpus."""
    period = view.period(corpus)
    if view.clock == "published":
        parts = [f"published {period[0].isoformat()} to {period[1].isoformat()}" if period else "no article is dated"]
    else:
        parts = [
            f"told to have happened {period[0].isoformat()} to {period[1].isoformat()}"
            if period
            else "nothing is told of any day"
        ]
        parts.append(f"what is not dated {'included' if view.undated else 'left out'}")
    if view.clock == "published" and corpus.undated:
        parts.append("undated articles included" if view.undated else "undated articles left out")
    said = (one.sentence(getattr(view, one.field), corpus) for one in FILTERS)
    parts += [sentence for sentence in said if sentence]
    if view.place:
        worked_out = corpus.derived.get(view.place)
        parts.append(f"worked out from {' and '.join(worked_out.anchors)}" if worked_out else f"place {view.place}")
    return "; ".join(parts)


def export_rows(questions: Questions, view: View) -> list[dict[str, Any]]:
    """The mentions of a view with all that a reader may quote. A digest's words are ours, so no quote goes out for it."""
    corpus = questions.corpus
    told = filter_in_words(view, corpus)
    rows = []
    for row in questions.rows(view):
        article = corpus.articles[row["article"]]
        place = corpus.gazetteer.places.get(row["place"] or "")
        worked_out = corpus.derived.get(row["feature"] or "")
        told_when = told_of(article.text, [row[name] for name in TOLD_COLUMNS])
        interval = told_when.expression.interval if told_when else None
        point = worked_out.footprint if worked_out else place.footprint if place else None
        full = article.kind == "full text"
        paragraphs = article.paragraphs
        rows.append(
            {
                "article": article.id, "title": article.title, "publisher": article.publisher, "url": article.url,
                "published_start": row["published_start"], "published_end": row["published_end"], "published_best": row["published_best"],
                **{name: row[name] for name in ("event_start", "event_end", "event_kind", "date_precision", "event_rule", "event_link")},
                "event_words": told_when and told_when.expression.surface,
                "ucdp_date_prec": date_prec(interval), "ucdp_where_prec": where_prec(place, worked_out),
                "acled_time_precision": time_precision(interval), "acled_geo_precision": geo_precision(place, worked_out),
                "passage": row["passage"],
                "source_paragraph": paragraphs[row["passage"] - 1] if paragraphs else (row["passage"] if full else None),
                "text_kind": article.kind, "start": row["start"], "end": row["end"], "surface": row["surface"],
                "quote": article.text[row["passage_start"] : row["passage_end"]] if full else None,
                "place": row["place"], "feature": row["feature"], "name": place and place.title, "fclass": place and place.fclass, "ftype": place and place.ftype,
                "lat": point and point.latitude, "lon": point and point.longitude,
                "uncertainty_m": point and point.uncertainty_m, "certainty": point and point.certainty,
                "shape": worked_out and worked_out.shape, "anchors": worked_out and " ".join(worked_out.anchors),
                "distance_m": worked_out and worked_out.distance_m, "bearing_deg": worked_out and worked_out.bearing_deg,
                "status": row["status"], "basis": row["basis"], "role": row["role"], "reason": row["reason"],
                "resolution_certainty": row["certainty"], "candidates": " ".join(row["candidates"]),
                "attributed_to": row["attributed_to"], "attributed_start": row["attributed_start"], "attributed_end": row["attributed_end"],
                "verdict": row["verdict"], "program_place": row["program_place"] if row["verdict"] else None, "filter": told,
                "corpus_version": corpus.version, "gazetteer_version": corpus.gazetteer.version,
            }
        )  # fmt: skip
    return rows


def to_csv(questions: Questions, view: View) -> bytes:
    """The view as CSV (UTF-8 with byte-order mark, for spreadsheets); every row says what was filtered."""
    out = io.StringIO()
    writer = csv.DictWriter(out, EXPORT_FIELDS, lineterminator="\r\n")
    writer.writeheader()
    for row in export_rows(questions, view):
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    # A spreadsheet runs a cell that begins so as a formula; an apostrophe in front makes it text.
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def to_geojson(questions: Questions, view: View) -> bytes:
    """The view as GeoJSON: a feature a place with its mentions; names without a place have a null geometry.

    What is worked out from other places has its own geometry; suggestions are features apart from the place's own.
    """
    corpus = questions.corpus
    features: dict[tuple[str, bool], dict[str, Any]] = {}
    for row in export_rows(questions, view):
        feature = row["feature"]
        key = feature or f"{row['status']}: {row['surface']}", row["basis"] == "suggested" and not row["verdict"]
        if key not in features:
            shared = ("place", "name", "fclass", "ftype", "uncertainty_m", "certainty", "status", "basis")
            told = {name: row[name] for name in shared}
            if feature in corpus.derived:
                told |= {"name": questions.title(feature)} | {
                    n: row[n] for n in ("shape", "anchors", "distance_m", "bearing_deg")
                }
            features[key] = {
                "type": "Feature",
                "geometry": _geometry(questions, feature),
                "properties": told | {"surface": row["surface"], "mentions": 0, "attestations": []},
            }
        properties = features[key]["properties"]
        properties["mentions"] += 1
        kept = (
            "article", "publisher", "url", "published_start", "published_end", "event_start", "event_end", "event_kind", "date_precision", "event_words",
            "ucdp_date_prec", "ucdp_where_prec", "acled_time_precision", "acled_geo_precision", "passage", "start", "end", "surface", "basis", "role",
            "reason", "resolution_certainty", "attributed_to", "quote",
        )  # fmt: skip
        properties["attestations"].append({name: row[name] for name in kept})
    collection = {
        "type": "FeatureCollection",
        "filter": filter_in_words(view, corpus),
        "corpus_version": corpus.version,
        "gazetteer_version": corpus.gazetteer.version,
        "features": list(features.values()),
    }
    return json.dumps(collection, ensure_ascii=False, default=str).encode()


def _geometry(questions: Questions, feature: str | None) -> Any:
    corpus = questions.corpus
    held = corpus.derived.get(feature or "") or corpus.gazetteer.places.get(feature or "")
    return held.footprint.geometry if held and held.footprint else None
