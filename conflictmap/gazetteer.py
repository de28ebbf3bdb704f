"""Reads and writes gazetteer/: places as Linked Places Format features (gazetteer/README.md is the data dictionary).

A broken file, feature, name or citation is reported with file, record and field; everything else is kept.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema

from conflictmap.errors import DataError, Problem, error, warning
from conflictmap.model import Citation, Footprint, Place, Theatre, Toponym
from conflictmap.text import fold_name

URI_BASE = "https://w3id.org/conflictmap/place/"
MAX_FILE_BYTES = 64 * 1024 * 1024
THEATRE_FILE = "theatre.json"
_SCHEMA_FILE = Path(__file__).parent / "assets" / "place.schema.json"
_KEY_ORDER = {
    "feature": ["type", "@id", "properties", "names", "types", "geometry", "links", "relations"],
    "properties": [
        "id", "aliases", "title", "ccodes", "fclasses", "ftype", "uncertainty_m", "label_point", "significance", "note",
    ],
    "name": ["toponym", "lang", "kind", "matchable", "citations"],
    "geometry": ["type", "coordinates", "geometries", "certainty", "citations"],
    "citation": ["label", "@id", "family", "coordinates"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places by id, the index of folded names, the theatre, and what was wrong with the files.

    `wider` holds, for each id, the ids of all places that it is part of, however indirectly; `files` the file of each id.
    """

    places: Mapping[str, Place]
    names: Mapping[str, tuple[str, ...]]
    theatre: Theatre
    version: str
    wider: Mapping[str, frozenset[str]]
    files: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def get(self, place_id: str) -> Place | None:
        """The place of this id or former id."""
        return self.places.get(place_id) or next((p for p in self.places.values() if place_id in p.aliases), None)

    def find(self, name: str) -> list[Place]:
        """Places with this name in any spelling that folds alike, whether matchable or not; the most significant first."""
        return [self.places[place_id] for place_id in self.names.get(fold_name(name), ())]


def read_gazetteer(folder: Path) -> Gazetteer:
    """Read every *.geojson of a folder and its theatre.json.

    Never raises for bad content: it is left out and reported in `problems`. Raises DataError if the folder
    does not exist.
    """
    if not folder.is_dir():
        raise DataError(error(str(folder), "", "", "no such gazetteer folder"))
    problems: list[Problem] = []
    digest = hashlib.sha256()
    places: dict[str, Place] = {}
    origin: dict[str, str] = {}
    for path in sorted(folder.glob("*.geojson")):
        content = _read(path, problems)
        if content is None:
            continue
        digest.update(path.name.encode() + b"\0" + content)
        for place in _places_of(path.name, content, problems):
            if place.id in places:
                problems.append(error(path.name, place.id, "properties.id", f"this id stands already in {origin[place.id]}"))
                continue
            places[place.id] = place
            origin[place.id] = path.name
    problems += _check_references(places, origin)
    theatre = _read_theatre(folder / THEATRE_FILE, problems, digest)
    if not places:
        problems.append(error(str(folder), "", "", "no place could be read: no name will be recognised"))
    wider = {place_id: _ancestors(place_id, places) for place_id in places}
    return Gazetteer(places, _index_names(places.values()), theatre, digest.hexdigest()[:16], wider, origin, tuple(problems))


def _read(path: Path, problems: list[Problem]) -> bytes | None:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            problems.append(error(path.name, "", "", f"larger than {MAX_FILE_BYTES // 2**20} MB: left out"))
            return None
        return path.read_bytes()
    except OSError as failure:
        problems.append(error(path.name, "", "", f"cannot be read: {failure.strerror or failure}"))
        return None


def _collection(file: str, content: bytes, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        collection = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as failure:  # ValueError: not UTF-8, not JSON, or a number of thousands of digits
        problems.append(error(file, "", "", f"not valid JSON: {failure}"))
        return None
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        problems.append(error(file, "", "features", "not a GeoJSON FeatureCollection"))
        return None
    return collection


def _places_of(file: str, content: bytes, problems: list[Problem]) -> Iterable[Place]:
    for number, feature in enumerate((_collection(file, content, problems) or {"features": []})["features"], start=1):
        record = record_name(feature, number)
        faults = [error(file, record, where, message) for where, message in _faults(feature)]
        problems += faults
        if not faults:
            yield _place(feature)


def record_name(feature: Any, number: int) -> str:
    """How a feature is named in a report: by its id, or by its number in the file."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    place_id = properties.get("id") if isinstance(properties, dict) else None
    return place_id if isinstance(place_id, str) and place_id else f"feature {number}"


@cache
def _validator() -> Any:
    return fastjsonschema.compile(json.loads(_SCHEMA_FILE.read_text(encoding="utf-8")))


def _faults(feature: Any) -> list[tuple[str, str]]:
    """What makes a feature unusable: (field, message). The schema first, then what a schema cannot say."""
    faults = []
    try:
        _validator()(feature)
    except fastjsonschema.JsonSchemaValueException as fault:
        where = ".".join(fault.path[1:])
        return [
            (
                where,
                f"{fault.message.removeprefix(fault.name or '').strip()[:200]}, not {json.dumps(fault.value, ensure_ascii=False)[:80]}",
            )
        ]
    properties = feature["properties"]
    if feature["@id"] != URI_BASE + properties["id"]:
        faults.append(("@id", f"is not {URI_BASE}{properties['id']}"))
    if sum(name["kind"] == "preferred" and name["lang"] == "en" for name in feature["names"]) != 1:
        faults.append(("names", "exactly one English name is preferred"))
    geometry = feature["geometry"]
    if geometry is None:
        return faults
    where, point = "geometry.coordinates", geometry["coordinates"]
    if geometry["type"] != "Point":
        where, point = "properties.label_point", properties.get("label_point")
        if point is None:
            faults.append((where, "a line or area needs a label point"))
    if properties.get("uncertainty_m") is None:
        faults.append(("properties.uncertainty_m", "a footprint needs an uncertainty in metres"))
    sources = [source["coordinates"] for source in geometry["citations"] if source.get("coordinates")]
    for position in [*_positions(geometry["coordinates"]), *([point] if point else []), *sources]:
        longitude, latitude = position[0], position[1]
        if not (abs(longitude) <= 180 and abs(latitude) <= 90 and math.isfinite(longitude + latitude)):
            faults.append((where, f"out of range: {longitude}, {latitude} (longitude stands first)"))
            break
        if longitude == 0 and latitude == 0:
            faults.append((where, "0, 0 is a missing coordinate, not a place"))
            break
    return faults


def _positions(coordinates: Any) -> Iterable[Any]:
    if coordinates and not isinstance(coordinates[0], list):
        yield coordinates
        return
    for part in coordinates:
        yield from _positions(part)


def _citations(raw: Iterable[Mapping[str, Any]]) -> tuple[Citation, ...]:
    found = []
    for item in raw:
        longitude, latitude = (item.get("coordinates") or (None, None))[:2]
        found.append(Citation(item["label"], item.get("@id"), item.get("family"), longitude, latitude))
    return tuple(found)


def _place(feature: Mapping[str, Any]) -> Place:
    properties = feature["properties"]
    geometry = feature["geometry"]
    footprint = None
    if geometry is not None:
        longitude, latitude = geometry["coordinates"][:2] if geometry["type"] == "Point" else properties["label_point"][:2]
        footprint = Footprint(
            longitude,
            latitude,
            {"type": geometry["type"], "coordinates": geometry["coordinates"]},
            properties["uncertainty_m"],
            geometry["certainty"],
            _citations(geometry["citations"]),
        )
    return Place(
        id=properties["id"],
        title=properties["title"],
        toponyms=tuple(
            Toponym(name["toponym"], name["lang"], name["kind"], name["matchable"], _citations(name.get("citations", ())))
            for name in feature["names"]
        ),
        fclasses=tuple(properties["fclasses"]),
        ftype=properties["ftype"],
        ccodes=tuple(properties["ccodes"]),
        part_of=tuple(str(relation["relationTo"]).removeprefix(URI_BASE) for relation in feature.get("relations", ())),
        footprint=footprint,
        significance=properties["significance"],
        aliases=tuple(properties.get("aliases", ())),
        links=tuple(link["identifier"] for link in feature.get("links", ())),
        note=properties.get("note"),
    )


def _ancestors(place_id: str, places: Mapping[str, Place]) -> frozenset[str]:
    """What a place is part of. Upwards from there only through areas that lie whole in the next: a mountain range does not."""
    seen: set[str] = set()
    todo = [place_id]
    while todo:
        current = todo.pop()
        place = places.get(current)
        if place and (current == place_id or place.fclass in "AP"):
            fresh = [wider for wider in place.part_of if wider not in seen]
            seen.update(fresh)
            todo.extend(fresh)
    return frozenset(seen)


def _check_references(places: Mapping[str, Place], origin: Mapping[str, str]) -> list[Problem]:
    problems = []
    for place in places.values():
        for wider in place.part_of:
            if wider not in places:
                problems.append(warning(origin[place.id], place.id, "relations", f"part of {wider}, which is in no file"))
        for alias in place.aliases:
            if alias in places:
                problems.append(error(origin[place.id], place.id, "properties.aliases", f"{alias} is another place's id"))
    return problems


def _read_theatre(path: Path, problems: list[Problem], digest: Any) -> Theatre:
    try:
        content = path.read_bytes()
        digest.update(content)
        raw = json.loads(content)
        if not isinstance(raw["ccodes"], list):
            raise ValueError("ccodes: a list of country codes")
        west, south, east, north = (float(number) for number in raw["box"])
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValueError("box: west, south, east, north in degrees")
        return Theatre(str(raw["title"]), tuple(str(code) for code in raw["ccodes"]), west, south, east, north)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as failure:
        problems.append(error(path.name, "", "", f"the theatre cannot be read, so nothing is left undrawn: {failure!r}"))
        return Theatre("the world", (), -180.0, -90.0, 180.0, 90.0)


def _index_names(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[Place]] = {}
    for place in places:
        for folded in {fold_name(toponym.text) for toponym in place.toponyms} - {""}:
            index.setdefault(folded, []).append(place)
    return {
        folded: tuple(p.id for p in sorted(sharing, key=lambda p: (-p.significance, p.id))) for folded, sharing in index.items()
    }


def canonical(content: bytes, file: str) -> str:
    """The file as this project writes it: sorted by id, keys in the dictionary's order, coordinates on one line.

    Unknown fields are kept, at the end. Raises DataError if the content is not a FeatureCollection.
    """
    problems: list[Problem] = []
    whole = _collection(file, content, problems)
    if whole is None:
        raise DataError(problems[0])
    features = sorted(whole["features"], key=lambda feature: record_name(feature, 0))
    collection = {"type": "FeatureCollection", "features": [_ordered(feature, "feature") for feature in features]}
    collection |= {key: whole[key] for key in sorted(whole) if key not in collection}
    return _dump(collection) + "\n"


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


def write_atomically(path: Path, content: str) -> None:
    """Write a text file so that a reader sees the old or the new one, never half."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
