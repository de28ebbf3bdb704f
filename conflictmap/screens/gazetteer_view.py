"""What the Places page needs from the gazetteer: finding places, homonyms, what lies in what, names, and where sources put a place.

Nothing here draws or prints; distances are kilometres along the ellipsoid, coordinates degrees.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from geopy.distance import geodesic

from conflictmap.gazetteer import Gazetteer
from conflictmap.model import Citation, Place
from conflictmap.questions import Questions
from conflictmap.screens.wording import language
from conflictmap.text import fold_name
from conflictmap.webmap import BASE_BOX

KINDS = {"settlement": "P", "area": "AL", "water": "H", "landform": "T", "site": "S", "road": "R"}
"""The kinds to filter by, and the feature classes that each means."""

Order = Literal["relevance", "title", "least certain"]

NAME_KINDS = {
    "preferred": "preferred", "variant": "variant", "historical": "historical", "abbreviation": "abbreviation",
    "exonym": "another language’s name",
}  # fmt: skip
FAMILIES = {
    "geonames": "GeoNames", "wikidata": "Wikidata and Wikipedia", "osm": "OpenStreetMap", "ucdp": "UCDP", "survey": "survey maps",
    "naturalearth": "Natural Earth", "aviation": "aviation lists", "own": "this project", "dr5hn": "Countries States Cities database",
    "citylist": "a city list", "webmap": "a web map", "simplemaps": "SimpleMaps", "ports": "port lists", "sea-ports": "port lists", "other": "other",
}  # fmt: skip
_LINKS = {
    "gn": ("GeoNames", r"\d+", "https://www.geonames.org/{}"),
    "wd": ("Wikidata", r"Q\d+", "https://www.wikidata.org/wiki/{}"),
    "osm": ("OpenStreetMap", r"(?:node|way|relation)/\d+", "https://www.openstreetmap.org/{}"),
    "wof": ("Who’s On First", r"\d+", "https://spelunker.whosonfirst.org/id/{}"),
}
_COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_NOT_AS_SURE = {"certain": 0, "less-certain": 1, "uncertain": 2}


# --- finding --------------------------------------------------------------------------------------------------


def find(
    questions: Questions, mentions: Mapping[str, int], words: str = "", kinds: Iterable[str] = (), named: bool = False,
    order: Order = "relevance",
) -> list[Place]:  # fmt: skip
    """The places that have a name like the words (all for none), of any of the kinds (all for none), in an order.

    `mentions` counts them by id. Relevance is the best match, without words the most often named, then by title.
    """
    every = questions.corpus.gazetteer.places
    blank = not words.strip()
    found = list(every.values()) if blank else questions.search(words, limit=len(every))
    classes = {letter for kind in kinds for letter in KINDS[kind]}
    kept = [
        place
        for place in found
        if (not classes or not classes.isdisjoint(place.fclasses)) and (not named or mentions.get(place.id, 0))
    ]
    if order == "title":
        kept.sort(key=_by_title)
    elif order == "least certain":
        kept.sort(key=lambda place: (_sureness(place), *_by_title(place)))
    elif blank:
        kept.sort(key=lambda place: (-mentions.get(place.id, 0), *_by_title(place)))
    return kept


def _by_title(place: Place) -> tuple[str, str]:
    return fold_name(place.title), place.id


def _sureness(place: Place) -> tuple[int, int]:
    if place.footprint is None:
        return -3, 0
    return -_NOT_AS_SURE[place.footprint.certainty], -place.footprint.uncertainty_m


def country_names(gazetteer: Gazetteer) -> dict[str, str]:
    """The titles of the gazetteer's countries by their codes."""
    return {
        place.ccodes[0]: place.title
        for place in gazetteer.places.values()
        if place.ftype.startswith("PCL") and len(place.ccodes) == 1
    }


def countries(place: Place, names: Mapping[str, str]) -> str:
    """The countries that a place lies in, in words; nothing for a country itself."""
    if place.ftype.startswith("PCL"):
        return ""
    told = [names.get(code, code) for code in place.ccodes]
    return ", ".join(told[:3]) + (f" and {len(told) - 3} more" if len(told) > 3 else "")


# --- how places hang together ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Homonym:
    """Another place that shares a name: the forms as the chosen place has them, how far it lies (km), and which way."""

    place: Place
    shared: tuple[str, ...]
    km: float | None
    direction: str


def homonyms(gazetteer: Gazetteer, place: Place) -> list[Homonym]:
    """Other places that share a name, in any spelling that folds alike; the nearest first, those without a position last."""
    shared: dict[str, dict[str, None]] = {}
    seen = set()
    for toponym in place.toponyms:
        folded = fold_name(toponym.text)
        if folded in seen:
            continue
        seen.add(folded)
        for other in gazetteer.names.get(folded, ()):
            if other != place.id:
                shared.setdefault(other, {})[toponym.text] = None
    found = []
    for other, forms in shared.items():
        there = gazetteer.places[other]
        found.append(Homonym(there, tuple(forms), distance(place, there), direction(place, there)))
    return sorted(found, key=lambda h: (h.km is None, h.km or 0.0, h.place.id))


def distance(here: Place, there: Place) -> float | None:
    """Kilometres between two places' label points, None if one has no position."""
    if here.footprint is None or there.footprint is None:
        return None
    return _km(here.footprint.latitude, here.footprint.longitude, there.footprint.latitude, there.footprint.longitude)


def _km(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    return float(geodesic((latitude, longitude), (to_latitude, to_longitude)).km)


def direction(here: Place, there: Place) -> str:
    """Which way another place lies, of eight directions; nothing where a position is missing or both are one."""
    if here.footprint is None or there.footprint is None:
        return ""
    a, b = math.radians(here.footprint.latitude), math.radians(there.footprint.latitude)
    turn = math.radians(there.footprint.longitude - here.footprint.longitude)
    east, north = math.sin(turn) * math.cos(b), math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(turn)
    if abs(east) + abs(north) < 1e-9:
        return ""
    return _COMPASS[round(math.degrees(math.atan2(east, north)) / 45) % 8]


def wider(gazetteer: Gazetteer, place: Place) -> list[Place]:
    """What a place is part of, the direct ones first, then what those are part of."""
    reached = gazetteer.wider.get(place.id, frozenset())
    found: dict[str, None] = {}
    todo = [place.id]
    while todo:
        fresh = [i for step in todo for i in gazetteer.places[step].part_of if i in reached and i in gazetteer.places]
        todo = [i for i in dict.fromkeys(fresh) if i not in found and i != place.id]
        found.update(dict.fromkeys(todo))
    return [gazetteer.places[i] for i in found]


def within(gazetteer: Gazetteer, place: Place, mentions: Mapping[str, int]) -> list[Place]:
    """What lies directly in a place: the most often named first, then by title."""
    found = [other for other in gazetteer.places.values() if place.id in other.part_of and other.id != place.id]
    return sorted(found, key=lambda other: (-mentions.get(other.id, 0), *_by_title(other)))


# --- names and links ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NameRow:
    """One form of a name, in words; `tag` is its language as a browser wants it."""

    text: str
    tag: str
    language: str
    kind: str
    looked_for: bool
    citations: tuple[Citation, ...]


def name_rows(place: Place) -> list[NameRow]:
    """All forms of a place's name: the preferred first, then as the gazetteer lists them."""
    ordered = sorted(place.toponyms, key=lambda toponym: toponym.kind != "preferred")
    return [NameRow(t.text, t.lang, language(t.lang), NAME_KINDS[t.kind], t.matchable, t.citations) for t in ordered]


def web_address(uri: str | None) -> str | None:
    """The address if it is one of the web: nothing else becomes a link."""
    return uri if uri and re.match(r"https?://[^\s\"'<>\\]+$", uri) else None


def links(place: Place) -> list[tuple[str, str]]:
    """(what it is, address) of each link to another gazetteer that is well formed."""
    found = []
    for identifier in place.links:
        scheme, _, value = identifier.partition(":")
        if scheme in _LINKS and re.fullmatch(_LINKS[scheme][1], value, re.ASCII):
            label, _, address = _LINKS[scheme]
            found.append((label, address.format(value)))
    return found


# --- where the sources put it ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourcePoint:
    """A source of a position; `km` from the label point, None where the source gives no point of its own."""

    citation: Citation
    family: str
    km: float | None


def source_points(place: Place) -> list[SourcePoint]:
    """Every source of a place's position, in the gazetteer's order."""
    if place.footprint is None:
        return []
    return [
        SourcePoint(
            source,
            FAMILIES.get(source.family or "", source.family or "not stated"),
            None
            if source.longitude is None or source.latitude is None
            else _km(place.footprint.latitude, place.footprint.longitude, source.latitude, source.longitude),
        )
        for source in place.footprint.citations
    ]


def agreement(place: Place) -> str:
    """One plain paragraph on whether the sources of a position agree.

    Copies of one family, and identical figures in two families, count as one source (gazetteer/README.md).
    """
    if place.footprint is None:
        return "No source gives a position, so the place is on no map."
    points = [source for source in source_points(place) if source.km is not None]
    if not points:
        return (
            "No source gives a point of its own: the footprint was drawn, and nothing but the sources’ descriptions supports it."
        )
    farthest = max(point.km or 0.0 for point in points)
    by_figure: dict[tuple[float | None, float | None], str] = {}
    for point in points:
        by_figure.setdefault((point.citation.longitude, point.citation.latitude), point.family)
    independent = len(set(by_figure.values()))
    reach = place.footprint.uncertainty_m / 1000
    if place.drawn != "dot":
        head = f"{_number(len(points), 'source gives', 'sources give')} a point of {'its' if len(points) == 1 else 'their'} own"
        if round(farthest * 1000) == 0:
            far = "and there the label stands"
        else:
            far = f"{'' if len(points) == 1 else 'the farthest '}{kilometres(farthest)} from the label point"
        return f"{head}, {far}. For something this wide, a point only says where a source labels it, not how far it reaches."
    if independent == 1:
        if {point.citation.family for point in points} == {"own"}:
            return "The point is this project’s own estimate: no source confirms it."
        if len(points) == 1:
            return f"Only one source gives a point ({points[0].family}), so nothing independent confirms it."
        same = "are identical figures" if len(by_figure) == 1 else f"are of one family ({points[0].family})"
        return f"The {len(points)} points {same}, which counts as one source: nothing independent confirms it."
    if farthest <= reach:
        return (
            f"{_number(independent, '', 'independent families of sources')} agree: the farthest point lies {kilometres(farthest)} "
            f"from the label point, within the stated uncertainty of {kilometres(reach)}."
        )
    return (
        f"The sources do not agree within the stated uncertainty of {kilometres(reach)}: "
        f"the farthest point lies {kilometres(farthest)} from the label point."
    )


def _number(n: int, one: str, many: str) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return f"{words[n] if n < len(words) else n} {one if n == 1 else many}"


def kilometres(km: float) -> str:
    """A distance as it is read: 30 m, 0.45 km, 12.3 km, 62 km, 1,204 km."""
    if round(km * 1000) < 100:
        return f"{km * 1000:.0f} m"
    digits = 2 if km < 10 else 1 if km < 30 else 0
    told = f"{km:,.{digits}f}"
    return (told.rstrip("0").rstrip(".") if digits else told) + " km"


# --- the footprint on a map -----------------------------------------------------------------------------------


def feature(place: Place, count: int) -> dict[str, Any] | None:
    """A place as the browser's layer wants it (see Questions.layer), drawn `count` times named; None without a position.

    What the map page does not draw for want of an extent becomes a dot in the circle that holds the whole.
    """
    footprint = place.footprint
    if footprint is None:
        return None
    drawn = _shape(place)
    made: dict[str, Any] = {
        "id": place.id,
        "title": place.title,
        "drawn": drawn,
        "lon": footprint.longitude,
        "lat": footprint.latitude,
        "uncertainty": footprint.uncertainty_m,
        "certainty": footprint.certainty,
        "starts": [],
        "ends": [],
        "undated": count,
    }
    if drawn != "dot":
        made["geometry"] = footprint.geometry
    return made


def _shape(place: Place) -> str:
    assert place.footprint is not None
    kind = str(place.footprint.geometry["type"])
    return "area" if kind.endswith("Polygon") else "line" if kind.endswith("LineString") else "dot"


def reach(place: Place) -> tuple[float, float, float, float] | None:
    """West, south, east, north of what a place covers: its geometry, or for a point the circle of its uncertainty."""
    footprint = place.footprint
    if footprint is None:
        return None
    if _shape(place) != "dot":
        positions = list(_positions(footprint.geometry["coordinates"]))
        longitudes, latitudes = [p[0] for p in positions], [p[1] for p in positions]
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
    up = footprint.uncertainty_m / 111_320
    across = up / max(math.cos(math.radians(footprint.latitude)), 0.05)
    return footprint.longitude - across, footprint.latitude - up, footprint.longitude + across, footprint.latitude + up


def _positions(coordinates: Any) -> Iterator[Any]:
    if isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from _positions(part)


def camera(place: Place, width: int = 420, height: int = 300) -> tuple[float, float, int] | None:
    """(latitude, longitude, zoom) at which a place's reach fills a map of that many pixels; None without a position.

    A village is seen at a zoom at which the circle of its uncertainty is wider than the largest dot.
    """
    box = reach(place)
    if box is None:
        return None
    assert place.footprint is not None
    nearest, farthest = (12 if place.footprint.uncertainty_m >= 900 else 13), 4
    west, south, east, north = box
    top, bottom = _mercator(north), _mercator(south)
    wide, high = max((east - west) / 360 * 256, 1e-9), max((top - bottom) * 256, 1e-9)
    zoom = math.floor(math.log2(min(width / wide, height / high)))
    middle = math.degrees(2 * math.atan(math.exp((top + bottom) / 2 * 2 * math.pi)) - math.pi / 2)
    return middle, (west + east) / 2, max(farthest, min(nearest, zoom))


def _mercator(latitude: float) -> float:
    limited = math.radians(max(-85.0, min(85.0, latitude)))
    return math.log(math.tan(math.pi / 4 + limited / 2)) / (2 * math.pi)


def on_base_map(place: Place) -> bool:
    """Whether the label point lies on the built-in base map."""
    footprint, (west, south, east, north) = place.footprint, BASE_BOX
    return footprint is not None and west <= footprint.longitude <= east and south <= footprint.latitude <= north


# --- in the articles ------------------------------------------------------------------------------------------
