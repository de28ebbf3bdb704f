"""One file of the gazetteer: a FeatureCollection of Linked Places, each feature read, judged and made a Place.

A sound feature is decoded straight into the structures of this module, which allow no more than the schema does. Whatever does not
fit them is judged by the schema, which says what is wrong. A test holds that both ways read a feature alike.
"""

from __future__ import annotations

import json
import math
import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

import fastjsonschema
import msgspec
from msgspec import UNSET, Meta, UnsetType

from conflictmap.errors import Problem, error
from conflictmap.model import Certainty, Citation, FeatureClass, Footprint, Place, Toponym, ToponymKind

URI_BASE = "https://w3id.org/conflictmap/place/"
_Raw = TypeVar("_Raw")
_Part = TypeVar("_Part")
_SCHEMA_FILE = Path(__file__).parent / "place.schema.json"


def places_of(file: str, content: bytes, problems: list[Problem]) -> list[Place]:
    places: list[Place] = []
    found: list[Problem] = []
    parts = _Parts()
    try:
        text = content.removeprefix(BOM_UTF8)
        _check_utf8(text)  # what is skipped below must be UTF-8, too
        for number, raw in enumerate(_COLLECTION.decode(text).features, start=1):
            place = _sound_place(raw, parts)
            if place is None:
                place = _judged_place(file, json.loads(bytes(raw)), number, found)
            if place is not None:
                places.append(place)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        found.clear()  # not JSON as the standard has it: `json` reads NaN, or says what is wrong
        features = (collection(file, content, found) or {"features": []})["features"]
        judged = (_judged_place(file, feature, number, found) for number, feature in enumerate(features, start=1))
        places = [place for place in judged if place is not None]
    problems += found
    return places


def _check_utf8(content: bytes) -> None:
    """Raises UnicodeDecodeError. By parts that fit the processor's cache: at once takes twice as long."""
    decoder = getincrementaldecoder("utf-8")()
    for start in range(0, len(content), 65_536):
        decoder.decode(content[start : start + 65_536])
    decoder.decode(b"", final=True)


def _judged_place(file: str, feature: Any, number: int, problems: list[Problem]) -> Place | None:
    """The place of a feature that may be anything; None if it is unusable, and the problems say why."""
    faults = _faults(feature)
    problems += [error(file, record_name(feature, number), where, message) for where, message in faults]
    return None if faults else _place(feature)


def record_name(feature: Any, number: int) -> str:
    """How a feature is named in a report: by its id, or by its number in the file."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    place_id = properties.get("id") if isinstance(properties, dict) else None
    return place_id if isinstance(place_id, str) and place_id else f"feature {number}"


def collection(file: str, content: bytes, problems: list[Problem]) -> dict[str, Any] | None:
    """The FeatureCollection of a file, None if it is none, and the problems say why."""
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as failure:  # ValueError: not UTF-8, not JSON, or a number of thousands of digits
        problems.append(error(file, "", "", f"not valid JSON: {failure}"))
        return None
    if not isinstance(whole, dict) or not isinstance(whole.get("features"), list):
        problems.append(error(file, "", "features", "not a GeoJSON FeatureCollection"))
        return None
    return whole


# --- sound features: place.schema.json and what `_faults` adds, as types; a third coordinate (a height) goes the long way ---

_Line = Annotated[str, Meta(min_length=1, max_length=200)]
_Slug = Annotated[str, Meta(max_length=100, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z")]
_IN_RANGE = Meta(ge=-180, le=180)
_Degrees = Annotated[int, _IN_RANGE] | Annotated[float, _IN_RANGE]
_Position = Annotated[list[_Degrees], Meta(min_length=2, max_length=2)]
_LineString = Annotated[list[_Position], Meta(min_length=2)]
_Polygon = Annotated[list[Annotated[list[_Position], Meta(min_length=4)]], Meta(min_length=1)]
_NOT_IN_A_LINE = re.compile(r"[\n\r\t<>]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FTYPE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_CCODE = re.compile(r"[A-Z]{2}")


_NOTHING = msgspec.Raw(b"[]")


class _Citation(msgspec.Struct, gc=False):
    label: Annotated[str, Meta(min_length=1)]
    uri: str | None = msgspec.field(name="@id", default=None)
    family: str | None = None
    coordinates: _Position | None = None


class _Name(msgspec.Struct, gc=False):
    toponym: _Line
    lang: str
    kind: ToponymKind
    matchable: bool
    citations: msgspec.Raw = _NOTHING


class _Properties(msgspec.Struct, gc=False):
    id: _Slug
    title: _Line
    ccodes: tuple[str, ...]
    fclasses: Annotated[tuple[FeatureClass, ...], Meta(min_length=1)]
    ftype: str
    significance: Annotated[int, Meta(ge=1, le=5)]
    aliases: tuple[_Slug, ...] = ()
    uncertainty_m: Annotated[int, Meta(ge=1, le=20_100_000)] | None = None
    label_point: _Position | UnsetType = UNSET
    note: str | None = None


class _Type(msgspec.Struct, gc=False):
    identifier: str
    label: str | UnsetType = UNSET


class _Link(msgspec.Struct, gc=False):
    type: str
    identifier: Annotated[str, Meta(pattern=r"^(gn|wd|osm|wof):.+\Z")]


class _Relation(msgspec.Struct, gc=False):
    relationType: Literal["gvp:broaderPartitive"]
    relationTo: str
    label: str | UnsetType = UNSET


class _Geometry(msgspec.Struct, tag_field="type", gc=False):
    certainty: Certainty
    citations: list[_Citation]


class _PointGeometry(_Geometry, tag="Point"):
    coordinates: _Position


class _LineGeometry(_Geometry, tag="LineString"):
    coordinates: _LineString


class _LinesGeometry(_Geometry, tag="MultiLineString"):
    coordinates: Annotated[list[_LineString], Meta(min_length=1)]


class _AreaGeometry(_Geometry, tag="Polygon"):
    coordinates: _Polygon


class _AreasGeometry(_Geometry, tag="MultiPolygon"):
    coordinates: Annotated[list[_Polygon], Meta(min_length=1)]


class _Feature(msgspec.Struct, gc=False):
    type: Literal["Feature"]
    uri: str = msgspec.field(name="@id")
    properties: _Properties
    names: Annotated[list[_Name], Meta(min_length=1)]
    types: msgspec.Raw
    geometry: _PointGeometry | _LineGeometry | _LinesGeometry | _AreaGeometry | _AreasGeometry | None
    links: list[_Link] = []
    relations: msgspec.Raw = _NOTHING


class _Collection(msgspec.Struct):
    features: list[msgspec.Raw]


_COLLECTION = msgspec.json.Decoder(_Collection)
_FEATURE = msgspec.json.Decoder(_Feature)


class _Repeated(dict[bytes, tuple[_Part, ...]], Generic[_Raw, _Part]):
    """Parts that are written identically in many features, keyed by their JSON: decoded once and shared."""

    def __init__(self, kind: type[_Raw], part: Callable[[_Raw], _Part]) -> None:
        self._decode = msgspec.json.Decoder(list[kind]).decode  # type: ignore[valid-type]
        self._part = part

    def __missing__(self, written: bytes) -> tuple[_Part, ...]:
        found = self[written] = tuple(map(self._part, self._decode(written)))
        return found


class _Parts:
    """The parts that features share, while one file is read."""

    def __init__(self) -> None:
        self.citations = _Repeated(_Citation, _citation)
        self.types = _Repeated(_Type, lambda item: item.identifier)
        self.part_of = _Repeated(_Relation, lambda item: item.relationTo.removeprefix(URI_BASE))


def _sound_place(raw: msgspec.Raw, parts: _Parts) -> Place | None:
    """The place of a feature without a fault; None if it has one, or might have."""
    try:
        feature = _FEATURE.decode(raw)
        toponyms, texts, preferred = [], [feature.properties.title], 0
        written, citations = b"[]", parts.citations[b"[]"]
        for name in feature.names:
            if written != (written := bytes(name.citations)):
                citations = parts.citations[written]
            toponyms.append(Toponym(name.toponym, name.lang, name.kind, name.matchable, citations))
            texts.append(name.toponym)
            preferred += name.kind == "preferred" and name.lang == "en"
            if not _is_language(name.lang):
                return None
        part_of = parts.part_of[bytes(feature.relations)]
        parts.types[bytes(feature.types)]  # checked only: the type is in the properties
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    own, geometry = feature.properties, feature.geometry
    if (
        preferred != 1
        or feature.uri != URI_BASE + own.id
        or _NOT_IN_A_LINE.search(" ".join(texts))
        or not _are_codes(own.ftype, *own.ccodes)
    ):
        return None
    footprint = None
    if geometry is not None:
        if isinstance(geometry, _PointGeometry):
            point, outline = geometry.coordinates, []
        elif own.label_point is not UNSET:
            point, outline = own.label_point, _positions(geometry.coordinates)
        else:
            return None
        cited_points = [item.coordinates for item in geometry.citations if item.coordinates]
        for longitude, latitude in (point, *outline, *cited_points):  # longitudes are in range: so `_Degrees` has it
            if not -90 <= latitude <= 90 or (longitude == 0 and latitude == 0):
                return None
        if own.uncertainty_m is None:
            return None
        shape = {"type": geometry.__struct_config__.tag, "coordinates": geometry.coordinates}
        sources = tuple([_citation(item) for item in geometry.citations])
        footprint = Footprint(point[0], point[1], shape, own.uncertainty_m, geometry.certainty, sources)
    return Place(
        own.id,
        own.title,
        tuple(toponyms),
        own.fclasses,
        own.ftype,
        own.ccodes,
        part_of,
        footprint,
        own.significance,
        own.aliases,
        tuple([link.identifier for link in feature.links]),
        own.note,
    )


def _citation(item: _Citation) -> Citation:
    longitude, latitude = item.coordinates or (None, None)
    return Citation(item.label, item.uri, item.family, longitude, latitude)


@lru_cache(maxsize=10_000)  # here and below: there are few different ones
def _is_language(tag: str) -> bool:
    return _LANGUAGE.fullmatch(tag) is not None


@lru_cache(maxsize=10_000)
def _are_codes(ftype: str, *ccodes: str) -> bool:
    return _FTYPE.fullmatch(ftype) is not None and all(_CCODE.fullmatch(code) for code in ccodes)


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


def _positions(coordinates: list[Any]) -> list[Any]:
    """All positions of a geometry, of which the schema says that it is none too shallow nor empty."""
    if not isinstance(coordinates[0], list):
        return [coordinates]
    while isinstance(coordinates[0][0], list):
        coordinates = list(chain.from_iterable(coordinates))
    return coordinates


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
