"""What a reader takes away: the mentions of a view as CSV and GeoJSON, with what was filtered stated in them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from conflictmap.index import Corpus
from conflictmap.selection import Questions, View

EXPORT_FIELDS = (
    "article", "title", "publisher", "url", "published_start", "published_end", "published_best", "passage", "source_paragraph", "text_kind",
    "start", "end", "surface", "quote", "place", "name", "fclass", "ftype", "lat", "lon", "uncertainty_m", "certainty",
    "status", "basis", "role", "reason", "candidates", "verdict", "program_place", "filter", "corpus_version", "gazetteer_version",
)  # fmt: skip


def filter_in_words(view: View, corpus: Corpus) -> str:
    """What a view leaves out, in words, for the head of an export or a citation."""
    period = view.period(corpus)
    parts = [f"published {period[0].isoformat()} to {period[1].isoformat()}" if period else "no article is dated"]
    if any(article.published is None for article in corpus.articles.values()):
        parts.append("undated articles included" if view.undated else "undated articles left out")
    if view.place:
        parts.append(f"place {view.place}")
    return "; ".join(parts)


def export_rows(questions: Questions, view: View) -> list[dict[str, Any]]:
    """The mentions of a view with all that a reader may quote. A digest's words are ours, so no quote goes out for it."""
    corpus = questions.corpus
    told = filter_in_words(view, corpus)
    rows = []
    for row in questions.rows(view):
        article = corpus.articles[row["article"]]
        place = corpus.gazetteer.places.get(row["place"] or "")
        point = place.footprint if place else None
        full = article.kind == "full text"
        paragraphs = article.paragraphs
        rows.append(
            {
                "article": article.id, "title": article.title, "publisher": article.publisher, "url": article.url,
                "published_start": row["published_start"], "published_end": row["published_end"], "published_best": row["published_best"],
                "passage": row["passage"],
                "source_paragraph": paragraphs[row["passage"] - 1] if paragraphs else (row["passage"] if full else None),
                "text_kind": article.kind, "start": row["start"], "end": row["end"], "surface": row["surface"],
                "quote": article.text[row["passage_start"] : row["passage_end"]] if full else None,
                "place": row["place"], "name": place and place.title, "fclass": place and place.fclass, "ftype": place and place.ftype,
                "lat": point and point.latitude, "lon": point and point.longitude,
                "uncertainty_m": point and point.uncertainty_m, "certainty": point and point.certainty,
                "status": row["status"], "basis": row["basis"], "role": row["role"], "reason": row["reason"],
                "candidates": " ".join(row["candidates"]),
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
    """The view as GeoJSON: a feature a place with its mentions; names without a place have a null geometry."""
    corpus = questions.corpus
    features: dict[str, dict[str, Any]] = {}
    for row in export_rows(questions, view):
        key = row["place"] or f"{row['status']}: {row['surface']}"
        place = corpus.gazetteer.places.get(row["place"] or "")
        if key not in features:
            shared = ("place", "name", "fclass", "ftype", "uncertainty_m", "certainty", "status")
            features[key] = {
                "type": "Feature",
                "geometry": place.footprint.geometry if place and place.footprint else None,
                "properties": {name: row[name] for name in shared}
                | {"surface": row["surface"], "mentions": 0, "attestations": []},
            }
        properties = features[key]["properties"]
        properties["mentions"] += 1
        kept = (
            "article",
            "publisher",
            "url",
            "published_start",
            "published_end",
            "passage",
            "start",
            "end",
            "surface",
            "role",
            "reason",
            "quote",
        )
        properties["attestations"].append({name: row[name] for name in kept})
    collection = {
        "type": "FeatureCollection",
        "filter": filter_in_words(view, corpus),
        "corpus_version": corpus.version,
        "gazetteer_version": corpus.gazetteer.version,
        "features": list(features.values()),
    }
    return json.dumps(collection, ensure_ascii=False, default=str).encode()
