"""Derived footprints: what a text's words cover, given the places that they are measured from.

A derived footprint is never its anchor's own. What the text gives decides its shape: distance and direction make a point
with an uncertainty, two anchors a corridor, and everything else a part: of the anchor's surroundings (a ring, a sector) or
of its area. The same words of the same places make equal footprints. Lengths are metres, winds degrees clockwise from north.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import cos, hypot, radians, sin
from typing import Any

from conflictmap.gazetteer import (
    Gazetteer,
    Outline,
    bearing_between,
    clipped,
    distance_m,
    geodesic_destination,
    lens,
    point,
    ring,
    sector,
    turn_between,
)
from conflictmap.geoparser.relative.distances import MAX_KM, Length, direction_precision, loose_precision
from conflictmap.model import Certainty, DerivedFootprint, Footprint, Place

MAX_ANCHOR_M = 40_000
"""An anchor to measure from is no wider than this (metres)."""
REACH_KM = {5: 30.0, 4: 25.0}
"""How far "north of X" reaches without a distance: the greater the place, the farther; its significance -> km."""
REACH_OTHERS_KM = 15.0
JUST_KM = 10.0
"""… and at most so far in "just north of X"."""
CORRIDOR_SHARE, CORRIDOR_KM = 0.15, (2.0, 15.0)
"""Half the width of a corridor at its middle: this share of its length, and its least and greatest (km)."""
HALFWAY_SHARE = 0.1
"""How far from the middle "halfway" may be: this share of the length (twice that for "about halfway")."""
PARTS: dict[str, tuple[float, float]] = {
    "edge": (1 / 3, 5.0),
    "tip": (1 / 5, 5.0),
    "suburbs": (1 / 3, 10.0),
    "countryside": (1 / 2, 25.0),
    "part": (1 / 2, 5.0),
}
"""Kind of part -> the share of an area's extent in that direction, and how far it reaches from a town's label point (km)."""
SIDE_KM = 75.0
"""An area whose label point is so far to one side of its country's is called after that side: "the southern Daraa province"."""
OUTSKIRTS_SHARE = 0.5
"""A town's outskirts without a direction: the ring from this share of its edge's reach to all of it."""


def is_anchor(place: Place | None) -> bool:
    """Whether one can measure from the place: a town, a site or a small area, no line and nothing wider than MAX_ANCHOR_M."""
    return (
        place is not None
        and place.footprint is not None
        and place.footprint.uncertainty_m <= MAX_ANCHOR_M
        and (place.drawn == "dot" or (place.drawn == "area" and place.fclass in "TLP"))
    )


def lies_towards(place: Place, wind: float, gazetteer: Gazetteer) -> bool:
    """Whether an area lies SIDE_KM or more to that side of its country's middle: then the wind may only tell where it is."""
    for country in (gazetteer.places.get(wider) for wider in gazetteer.wider.get(place.id, ())):
        if country and country.ftype.startswith("PCL") and country.footprint and place.footprint:
            ends = (country.footprint.longitude, country.footprint.latitude, place.footprint.longitude, place.footprint.latitude)
            if distance_m(*ends) * cos(radians(bearing_between(*ends) - wind)) >= SIDE_KM * 1000:
                return True
    return False


class Same:
    """A value that counts as equal only to itself: so that what is worked out of it is worked out once."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value


def _label(footprint: Footprint) -> tuple[float, float, int]:
    return footprint.longitude, footprint.latitude, footprint.uncertainty_m


def _footprint(outline: Outline, certainty: Certainty, metres: float | None = None) -> Footprint:
    reach = max(int(round(outline.reach_m if metres is None else metres, -2)), 100)
    return Footprint(outline.longitude, outline.latitude, outline.geometry, reach, certainty)


def offset_from(place: Place, length: Length, wind: float) -> DerivedFootprint:
    """A point at a distance in a direction. "Within 8 km north" is half of that, give or take as much.

    Its uncertainty follows the point-radius method (Wieczorek, Guo and Hijmans 2004, "The point-radius method for
    georeferencing locality descriptions and calculating associated uncertainty", IJGIS 18: 745-767): the anchor's extent and the
    distance's precision add to d' = d + both, and the farthest that the place may be off is the corner of the annular sector,
    sqrt((d' cos a - d)² + (d' sin a)²), a being half the angle that the wind covers.
    """
    assert place.footprint
    metres, precision, up_to = length
    if up_to:
        metres, precision = metres / 2, metres / 2
    return DerivedFootprint(_offset(*_label(place.footprint), metres, precision, wind), "point", (place.id,), round(metres), wind)


@lru_cache(4096)
def _offset(longitude: float, latitude: float, extent: int, metres: float, precision: float, wind: float) -> Footprint:
    angle = radians(direction_precision(wind))
    far = metres + extent + precision
    error = hypot(far * cos(angle) - metres, far * sin(angle))
    return _footprint(point(*geodesic_destination(longitude, latitude, wind, metres), error), "less-certain")


def ring_of(place: Place, length: Length) -> DerivedFootprint:
    """All that lies at a distance: the ring of the distance, ± its precision and the anchor's extent (a disc for "within").

    The label point is the ring's middle; only the ring is to be drawn. The uncertainty is its outer radius, as the
    point-radius method has it for an offset without a heading.
    """
    assert place.footprint
    longitude, latitude, extent = _label(place.footprint)
    metres, precision, up_to = length
    outer = metres + precision * (not up_to) + extent
    inner = 0.0 if up_to else metres - precision - extent
    return DerivedFootprint(_ring(longitude, latitude, max(inner, 0.0), outer), "part", (place.id,), round(metres))


@lru_cache(4096)
def _ring(longitude: float, latitude: float, inner: float, outer: float, certainty: Certainty = "less-certain") -> Footprint:
    return _footprint(ring(longitude, latitude, inner, outer), certainty)


def outskirts_of(place: Place) -> DerivedFootprint | None:
    """The ring about a town that "its outskirts" may mean: OUTSKIRTS_SHARE of its edge's reach to all of it. None of other places."""
    if place.fclass != "P" or place.footprint is None or not is_anchor(place):
        return None
    longitude, latitude, extent = _label(place.footprint)
    outer = max(PARTS["edge"][1] * 1000, float(extent))
    return DerivedFootprint(_ring(longitude, latitude, OUTSKIRTS_SHARE * outer, outer, "uncertain"), "part", (place.id,))


def sector_of(place: Place, wind: float, two: float | None = None, just: bool = False) -> DerivedFootprint:
    """All that "north of X" may mean: a sector from the anchor's own extent as far as REACH_KM.

    Without a distance nobody has measured, so a cardinal wind covers what lies nearer to it than to the other cardinal winds
    (±45°), the others 22.5° or 11.25°; "north and east of" covers both. The uncertainty reaches the farthest corner from the
    label point, which is the sector's middle.
    """
    assert place.footprint
    longitude, latitude, extent = _label(place.footprint)
    reach = REACH_KM.get(place.significance, REACH_OTHERS_KM) * 1000
    if just:
        reach = min(reach, JUST_KM * 1000)
    half = loose_precision(wind)
    if two is not None:
        turn = turn_between(wind, two)
        if abs(turn) <= 90:
            wind, half = (wind + turn / 2) % 360, max(abs(turn) / 2 + 22.5, half)
    inner = float(min(extent, reach / 2))
    return DerivedFootprint(
        _sector(longitude, latitude, inner, max(reach, inner + 5000), wind, half), "part", (place.id,), None, wind
    )


@lru_cache(4096)
def _sector(longitude: float, latitude: float, inner: float, outer: float, wind: float, half: float) -> Footprint:
    return _footprint(sector(longitude, latitude, inner, outer, wind, half), "uncertain")


def part_of(place: Place, wind: float, kind: str) -> DerivedFootprint | None:
    """The part of an area on one side, or of a town from its label point outward (PARTS).

    Of an area: what its polygon has in the outermost half or third of its extent in that direction; None if it has no polygon.
    """
    footprint = place.footprint
    if footprint is None or place.ftype.startswith("PCL"):
        return None
    share, reach = PARTS[kind]
    if place.drawn == "area":
        part = _clipped(Same(footprint.geometry), wind, share)
    elif is_anchor(place):
        longitude, latitude, extent = _label(footprint)
        part = _sector(longitude, latitude, 0.0, max(reach * 1000, float(extent)), wind, loose_precision(wind))
    else:
        return None
    return DerivedFootprint(part, "part", (place.id,), None, wind) if part else None


@lru_cache(256)
def _clipped(geometry: Same, wind: float, share: float) -> Footprint | None:
    outline = clipped(geometry.value, wind, share)
    return _footprint(outline, "uncertain") if outline else None


def corridor_of(one: Place, other: Place) -> DerivedFootprint | None:
    """What lies between two places, or the road from one to the other, whose course the text does not tell.

    A lens about the straight line: as wide as the anchors at its ends, CORRIDOR_SHARE of its length to each side in the middle.
    The uncertainty reaches from the middle to beyond the farther end ("between two features" in Chapman and Wieczorek 2020,
    Georeferencing Best Practices: half the distance, and the anchors' own). None if the places are one, or too far apart.
    """
    ends = _ends(one, other)
    return DerivedFootprint(_lens(*ends), "corridor", (one.id, other.id)) if ends else None


@lru_cache(4096)
def _lens(west: float, south: float, east: float, north: float, extent: int) -> Footprint:
    least, most = (km * 1000 for km in CORRIDOR_KM)
    middle = min(max(CORRIDOR_SHARE * distance_m(west, south, east, north), least), most)
    outline = lens(west, south, east, north, min(max(float(extent), 1000.0), middle), middle)
    return _footprint(outline, "less-certain", outline.reach_m + extent)


def halfway_between(one: Place, other: Place, about: bool = False) -> DerivedFootprint | None:
    """The middle of the line between two places; HALFWAY_SHARE of its length and the wider anchor's extent make its uncertainty.

    None if the places are one, or too far apart.
    """
    ends = _ends(one, other)
    return DerivedFootprint(_halfway(*ends, about), "point", (one.id, other.id)) if ends else None


@lru_cache(4096)
def _halfway(longitude: float, latitude: float, east: float, north: float, extent: int, about: bool) -> Footprint:
    length = distance_m(longitude, latitude, east, north)
    wind = bearing_between(longitude, latitude, east, north)
    error = extent + HALFWAY_SHARE * (1 + about) * length
    return _footprint(point(*geodesic_destination(longitude, latitude, wind, length / 2), error), "less-certain")


def _ends(one: Place, other: Place) -> tuple[float, float, float, float, int] | None:
    """Both label points and the wider extent; None if the places are one, or farther apart than MAX_KM."""
    if one.footprint is None or other.footprint is None:
        return None
    (west, south, extent), (east, north, further) = _label(one.footprint), _label(other.footprint)
    if not 1000 <= distance_m(west, south, east, north) <= MAX_KM * 1000 or abs(east - west) > 180:
        return None
    return west, south, east, north, max(extent, further)
