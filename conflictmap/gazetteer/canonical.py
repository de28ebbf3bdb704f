"""The one way in which the project writes a file of the gazetteer, so that differences between versions are differences of facts."""

from __future__ import annotations

import json
from typing import Any

from conflictmap.errors import DataError, Problem
from conflictmap.gazetteer.features import collection, record_name

_KEY_ORDER = {
    "feature": ["type", "@id", "properties", "names", "types", "geometry", "links", "relations"],
    "properties": [
        "id", "aliases", "title", "ccodes", "fclasses", "ftype", "uncertainty_m", "label_point", "significance", "note",
    ],
    "name": ["toponym", "lang", "kind", "matchable", "citations"],
    "geometry": ["type", "coordinates", "geometries", "certainty", "citations"],
    "citation": ["label", "@id", "family", "coordinates"],
}  # fmt: skip


def canonical(content: bytes, file: str) -> str:
    """The file as this project writes it: sorted by id, keys in the dictionary's order, coordinates on one line.

    Unknown fields are kept, at the end. Raises DataError if the content is not a FeatureCollection.
    """
    problems: list[Problem] = []
    whole = collection(file, content, problems)
    if whole is None:
        raise DataError(problems[0])
    features = sorted(whole["features"], key=lambda feature: record_name(feature, 0))
    ordered = {"type": "FeatureCollection", "features": [_ordered(feature, "feature") for feature in features]}
    ordered |= {key: whole[key] for key in sorted(whole) if key not in ordered}
    return _dump(ordered) + "\n"


def _ordered(value: Any, kind: str) -> Any:
    if isinstance(value, list):
        return [_ordered(item, kind) for item in value]
    if not isinstance(value, dict) or kind not in _KEY_ORDER:
        return value
    inner = {"properties": "properties", "names": "name", "geometry": "geometry", "citations": "citation"}
    keys = [key for key in _KEY_ORDER[kind] if key in value] + sorted(key for key in value if key not in _KEY_ORDER[kind])
    return {key: _ordered(value[key], inner.get(key, "")) for key in keys}


def _dump(value: Any, depth: int = 0) -> str:
    """JSON that is read and compared line by line: one line for whatever fits on it, an indented block for the rest."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or (depth > 1 and len(line) <= 120) or _is_coordinates(value):
        return line
    pad = " " * (depth + 1)
    if isinstance(value, list):
        parts = [pad + _dump(item, depth + 1) for item in value]
        return "[\n" + ",\n".join(parts) + "\n" + " " * depth + "]"
    parts = [pad + json.dumps(key, ensure_ascii=False) + ": " + _dump(item, depth + 1) for key, item in value.items()]
    return "{\n" + ",\n".join(parts) + "\n" + " " * depth + "}"


def _is_coordinates(value: Any) -> bool:
    while isinstance(value, list) and value:
        value = value[0]
    return isinstance(value, int | float)
