"""Shapes on a sphere. Points are degrees (WGS 84), longitude first; lengths and distances are metres; winds are degrees clockwise from north.

What is measured from a place ("12 km north") is geodesic; outlines are on a sphere, at most 0.5% off, far below any uncertainty
of what they are drawn for. Coordinates are rounded to 5 decimals (about 1 m). Every outline comes with a label point and how
far it reaches from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, radians, sin
from typing import Any, NamedTuple

from geopy.distance import geodesic

EARTH_M = 6_371_008.8
"""The mean radius of the Earth (metres)."""

Ring = list[list[float]]
"""A closed line of points [longitude, latitude] (degrees): the last is the first."""


class Outline(NamedTuple):
    """A shape: its label point (degrees), its geometry (GeoJSON), and how far it reaches from the label point (metres)."""

    longitude: float
    latitude: float
    geometry: Mapping[str, Any]
    reach_m: float


def destination(longitude: float, latitude: float, wind: float, metres: float) -> tuple[float, float]:
    """The point (degrees) that lies so many metres from another, in a direction; on the sphere."""
    lat, angle, turn = radians(latitude), metres / EARTH_M, radians(wind)
    north = asin(max(-1.0, min(1.0, sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(turn))))
    east = radians(longitude) + atan2(sin(turn) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin(north))
    return round((degrees(east) + 180) % 360 - 180, 5), round(degrees(north), 5)


def geodesic_destination(longitude: float, latitude: float, wind: float, metres: float) -> tuple[float, float]:
    """The same on the ellipsoid."""
    point = geodesic(meters=metres).destination((latitude, longitude), wind)
    return round(point.longitude, 5), round(point.latitude, 5)


def distance_m(longitude: float, latitude: float, east: float, north: float) -> float:
    """Great-circle distance of two points (degrees), in metres."""
    lat, far = radians(latitude), radians(north)
    half = sin((far - lat) / 2) ** 2 + cos(lat) * cos(far) * sin(radians(east - longitude) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, half**0.5))


def bearing_between(longitude: float, latitude: float, east: float, north: float) -> float:
    """The direction from the first point to the second, in degrees clockwise from north, 0 <= … < 360."""
    lat, far, turn = radians(latitude), radians(north), radians(east - longitude)
    return degrees(atan2(sin(turn) * cos(far), cos(lat) * sin(far) - sin(lat) * cos(far) * cos(turn))) % 360


def turn_between(wind: float, other: float) -> float:
    """How far to turn from one direction to another, clockwise: degrees, -180 <= … < 180."""
    return (other - wind + 180) % 360 - 180


def point(longitude: float, latitude: float, reach_m: float) -> Outline:
    """A point that may be so many metres off."""
    return Outline(longitude, latitude, {"type": "Point", "coordinates": [longitude, latitude]}, reach_m)


def arc(longitude: float, latitude: float, metres: float, first: float, last: float) -> Ring:
    """Points at a distance (metres) of a point, from one direction (degrees) to another, one for each 7.5° or so."""
    steps = max(4, round(abs(last - first) / 7.5))
    return [list(destination(longitude, latitude, first + (last - first) * n / steps, metres)) for n in range(steps + 1)]


def ring(longitude: float, latitude: float, inner: float, outer: float) -> Outline:
    """What lies between two distances (metres) of a point: a ring, or a disc if the inner one is 0. The label is the middle."""
    rings = [arc(longitude, latitude, outer, 360.0, 0.0)]
    if inner > 0:
        rings.append(arc(longitude, latitude, inner, 0.0, 360.0))
    for line in rings:
        line[-1] = line[0]
    return Outline(round(longitude, 5), round(latitude, 5), {"type": "Polygon", "coordinates": rings}, outer)


def sector(longitude: float, latitude: float, inner: float, outer: float, wind: float, half: float) -> Outline:
    """What lies between two distances (metres) of a point and within `half` degrees of a direction; the label is its middle."""
    line = arc(longitude, latitude, outer, wind + half, wind - half)
    line += arc(longitude, latitude, inner, wind - half, wind + half) if inner else [[longitude, latitude]]
    line.append(line[0])
    label = destination(longitude, latitude, wind, (inner + outer) / 2)
    reach = max(distance_m(*label, *corner) for corner in line)
    return Outline(*label, {"type": "Polygon", "coordinates": [line]}, reach)


def lens(west: float, south: float, east: float, north: float, end: float, middle: float) -> Outline:
    """A lens about the line from one point (degrees) to another; `end` and `middle`: half its width there (metres).

    The label is the middle of the line, which must not cross the antimeridian.
    """
    length = distance_m(west, south, east, north)
    across = bearing_between(west, south, east, north) + 90
    sides: list[Ring] = [[], []]
    for step in range(13):
        t = step / 12
        centre = (west + t * (east - west), south + t * (north - south))
        width = end + (middle - end) * 4 * t * (1 - t)
        for side, turn in zip(sides, (0, 180), strict=True):
            side.append(list(destination(*centre, across + turn, width)))
    line = sides[0] + sides[1][::-1]
    line.append(line[0])
    label = (round((west + east) / 2, 5), round((south + north) / 2, 5))
    return Outline(*label, {"type": "Polygon", "coordinates": [line]}, hypot(length / 2, end))


def clipped(geometry: Mapping[str, Any], wind: float, share: float) -> Outline | None:
    """The outermost share (0 to 1) of a polygon's extent towards a direction (Sutherland-Hodgman at one line, in a local plane).

    None if nothing is left. The label is a point inside the largest polygon that is left.
    """
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    points = [corner for polygon in polygons for line in polygon for corner in line]
    if not points:
        return None
    narrow = cos(radians(sum(corner[1] for corner in points) / len(points)))
    east, north = sin(radians(wind)) * narrow, cos(radians(wind))

    def ahead(corner: Sequence[float]) -> float:
        return corner[0] * east + corner[1] * north

    reaches = [ahead(corner) for corner in points]
    level = max(reaches) - share * (max(reaches) - min(reaches))
    kept = []
    for polygon in polygons:
        rings = [_cut(line, level, ahead) for line in polygon]
        if rings[0]:
            kept.append([line for line in rings if line])
    if not kept:
        return None
    label = inner_point(max((rings[0] for rings in kept), key=lambda line: abs(area(line))))
    reach = max(distance_m(*label, corner[0], corner[1]) for rings in kept for line in rings for corner in line)
    shape: dict[str, Any] = (
        {"type": "MultiPolygon", "coordinates": kept} if len(kept) > 1 else {"type": "Polygon", "coordinates": kept[0]}
    )
    return Outline(round(label[0], 5), round(label[1], 5), shape, reach)


def _cut(line: Sequence[Sequence[float]], level: float, ahead: Callable[[Sequence[float]], float]) -> Ring:
    """The part of a closed line that lies ahead of a level; empty if none does."""
    kept: Ring = []
    for one, other in pairwise(line):
        here, there = ahead(one) - level, ahead(other) - level
        if here >= 0:
            kept.append([one[0], one[1]])
        if (here >= 0) != (there >= 0):
            t = here / (here - there)
            kept.append([round(one[0] + t * (other[0] - one[0]), 5), round(one[1] + t * (other[1] - one[1]), 5)])
    return [*kept, kept[0]] if len(kept) >= 3 else []


def area(line: Sequence[Sequence[float]]) -> float:
    """The area in a closed line, in square degrees: positive if it runs anticlockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(line)) / 2


def inner_point(line: Sequence[Sequence[float]]) -> tuple[float, float]:
    """A point inside a closed line: the middle of the widest stretch that it covers at its mean latitude."""
    south, north = min(corner[1] for corner in line), max(corner[1] for corner in line)
    for share in (0.5, 0.45, 0.55, 0.35, 0.65):
        level = south + share * (north - south)
        crossings = sorted(
            a[0] + (level - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in pairwise(line) if (a[1] <= level) != (b[1] <= level)
        )
        spans = [(right - left, (left + right) / 2) for left, right in zip(crossings[::2], crossings[1::2], strict=False)]
        if spans:
            return max(spans)[1], level
    return line[0][0], line[0][1]
