"""The mentions of a view as CSV and GeoJSON. Each file states what the view left out."""

from __future__ import annotations

import csv
import io
import json
from itertools import groupby
from operator import itemgetter
from typing import Any

from conflictmap.exports.columns import EXPORT_COLUMNS, OF_ATTESTATION, OF_DERIVED, OF_FEATURE, Exported
from conflictmap.index import Corpus
from conflictmap.questions import FILTERS, Questions, View


def filter_in_words(view: View, corpus: Corpus) -> str:
    """What a view leaves out of the corpus, in words, for exports and citations."""
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
        derived = corpus.derived.get(view.place)
        parts.append(f"worked out from {' and '.join(derived.anchors)}" if derived else f"place {view.place}")
    return "; ".join(parts)


def export_rows(questions: Questions, view: View) -> list[dict[str, Any]]:
    """The mentions of a view as dicts with the columns of EXPORT_COLUMNS, in order."""
    filtered = filter_in_words(view, questions.corpus)
    found: list[dict[str, Any]] = []
    for article_id, rows in groupby(questions.rows(view), key=itemgetter("article")):
        article = questions.corpus.articles[article_id]  # one at a time: an export can span millions of mentions
        for row in rows:
            exported = Exported.of(row, article, questions.corpus, filtered)
            found.append({column.name: column.value(exported) for column in EXPORT_COLUMNS})
    return found


def to_csv(questions: Questions, view: View) -> bytes:
    """The mentions of a view as CSV in UTF-8, with a byte-order mark for spreadsheets. Every row states the filter."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in EXPORT_COLUMNS], lineterminator="\r\n")
    writer.writeheader()
    for row in export_rows(questions, view):
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    # Spreadsheets run a cell with such a first character as a formula; a leading apostrophe makes it text.
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def to_geojson(questions: Questions, view: View) -> bytes:
    """The mentions of a view as GeoJSON in UTF-8: one feature per place, derived place or name without a place (geometry null).

    The suggestions of a place are a feature of their own, apart from the mentions that name it.
    """
    corpus = questions.corpus
    features: dict[tuple[str, bool], dict[str, Any]] = {}
    for row in export_rows(questions, view):
        feature = row["feature"]
        key = feature or f"{row['status']}: {row['surface']}", row["basis"] == "suggested" and not row["verdict"]
        if key not in features:
            of_place = {name: row[name] for name in OF_FEATURE}
            if feature in corpus.derived:
                of_place |= {"name": questions.title(feature), **{name: row[name] for name in OF_DERIVED}}
            features[key] = {
                "type": "Feature",
                "geometry": _geometry(questions, feature),
                "properties": of_place | {"surface": row["surface"], "mentions": 0, "attestations": []},
            }
        properties = features[key]["properties"]
        properties["mentions"] += 1
        properties["attestations"].append({name: row[name] for name in OF_ATTESTATION})
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
