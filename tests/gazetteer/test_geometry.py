"""Shapes on a sphere."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.gazetteer.geometry import (
    Outline,
    area,
    bearing_between,
    clipped,
    destination,
    distance_m,
    geodesic_destination,
    inner_point,
    lens,
    point,
    ring,
    sector,
    turn_between,
)

LONGITUDE, LATITUDE = st.floats(-179, 179), st.floats(-80, 80)
WIND, METRES = st.floats(0, 359.9), st.floats(100, 300_000)
SQUARE: dict[str, Any] = {"type": "Polygon", "coordinates": [[[36, 34], [37, 34], [37, 35], [36, 35], [36, 34]]]}


def corners(outline: Outline) -> list[list[float]]:
    coordinates = outline.geometry["coordinates"]
    polygons = coordinates if outline.geometry["type"] == "MultiPolygon" else [coordinates]
    return [corner for polygon in polygons for line in polygon for corner in line]


def assert_sound(outline: Outline) -> None:
    """Closed lines, and nothing farther from the label point than it says."""
    coordinates = outline.geometry["coordinates"]
    for polygon in coordinates if outline.geometry["type"] == "MultiPolygon" else [coordinates]:
        for line in polygon:
            assert line[0] == line[-1]
            assert len(line) >= 4
    label = (outline.longitude, outline.latitude)
    assert max(distance_m(*label, *corner) for corner in corners(outline)) <= outline.reach_m * 1.01 + 3


@given(LONGITUDE, LATITUDE, WIND, METRES)
def test_there_and_how_far_it_is(longitude: float, latitude: float, wind: float, metres: float) -> None:
    there = destination(longitude, latitude, wind, metres)
    assert distance_m(longitude, latitude, *there) == pytest.approx(metres, abs=2)
    if metres > 5000:
        assert abs(turn_between(wind, bearing_between(longitude, latitude, *there))) < 0.1
    exact = geodesic_destination(longitude, latitude, wind, metres)
    assert distance_m(*there, *exact) <= metres * 0.01 + 3
    assert geodesic((latitude, longitude), exact[::-1]).meters == pytest.approx(metres, abs=2)


def test_turns() -> None:
    assert [turn_between(350, 10), turn_between(10, 350), turn_between(0, 180), turn_between(90, 90)] == [20, -20, -180, 0]


def test_known_distances() -> None:
    assert distance_m(0, 0, 0, 1) == pytest.approx(111_195, abs=1)
    assert bearing_between(0, 0, 1, 0) == pytest.approx(90)
    assert bearing_between(0, 1, 0, 0) == pytest.approx(180)
    assert point(36.5, 34.5, 12).geometry == {"type": "Point", "coordinates": [36.5, 34.5]}


@given(LONGITUDE, LATITUDE, st.floats(1000, 50_000), st.floats(0, 0.9))
def test_a_ring_lies_at_its_distances(longitude: float, latitude: float, outer: float, share: float) -> None:
    outline = ring(longitude, latitude, share * outer, outer)
    assert_sound(outline)
    lines = outline.geometry["coordinates"]
    assert len(lines) == (2 if share > 0 else 1)
    for line, metres in zip(lines, (outer, share * outer), strict=False):
        for corner in line:
            assert distance_m(longitude, latitude, *corner) == pytest.approx(metres, abs=2)


@given(st.floats(-170, 170), st.floats(-70, 70), st.floats(0, 10_000), WIND, st.sampled_from([11.25, 22.5, 45.0]))
def test_a_sector_lies_in_its_direction(longitude: float, latitude: float, inner: float, wind: float, half: float) -> None:
    outline = sector(longitude, latitude, inner, 30_000, wind, half)
    assert_sound(outline)
    for corner in corners(outline):
        metres = distance_m(longitude, latitude, *corner)
        assert inner - 2 <= metres <= 30_002
        if metres > 3000:
            assert abs(turn_between(wind, bearing_between(longitude, latitude, *corner))) <= half + 0.1
    assert distance_m(longitude, latitude, outline.longitude, outline.latitude) == pytest.approx((inner + 30_000) / 2, abs=2)


def test_a_lens_is_widest_in_its_middle() -> None:
    outline = lens(36.0, 34.0, 37.0, 35.0, 1000, 10_000)
    assert_sound(outline)
    assert (outline.longitude, outline.latitude) == (36.5, 34.5)
    line = outline.geometry["coordinates"][0]
    widths = [distance_m(*line[n], *line[25 - n]) for n in range(13)]
    assert widths[0] == pytest.approx(2000, rel=0.01)
    assert widths[6] == max(widths) == pytest.approx(20_000, rel=0.01)


@pytest.mark.parametrize(("wind", "box"), [(0, (36, 34.75, 37, 35)), (90, (36.75, 34, 37, 35)), (180, (36, 34, 37, 34.25))])
def test_a_square_is_clipped_at_its_share(wind: float, box: tuple[float, ...]) -> None:
    outline = clipped(SQUARE, wind, 0.25)
    assert outline
    assert_sound(outline)
    easts, norths = zip(*corners(outline), strict=True)
    assert (min(easts), min(norths), max(easts), max(norths)) == pytest.approx(box, abs=1e-5)
    assert box[0] < outline.longitude < box[2]
    assert box[1] < outline.latitude < box[3]


@given(WIND)
def test_opposite_halves_make_the_whole(wind: float) -> None:
    halves = [clipped(SQUARE, turned % 360, 0.5) for turned in (wind, wind + 180)]
    assert sum(abs(area(half.geometry["coordinates"][0])) for half in halves if half) == pytest.approx(1, abs=1e-3)


def test_holes_and_several_polygons_are_clipped_too() -> None:
    hole = [[36.4, 34.4], [36.4, 34.9], [36.6, 34.9], [36.6, 34.4], [36.4, 34.4]]
    far = [[[39, 34.8], [39.1, 34.8], [39.1, 35], [39, 35], [39, 34.8]]]
    low = [[[39, 30], [39.1, 30], [39.1, 30.1], [39, 30.1], [39, 30]]]
    shape = {"type": "MultiPolygon", "coordinates": [[SQUARE["coordinates"][0], hole], far, low]}
    outline = clipped(shape, 0, 0.05)
    assert outline
    assert outline.geometry["type"] == "MultiPolygon"
    assert [len(polygon) for polygon in outline.geometry["coordinates"]] == [2, 1]
    assert clipped({"type": "MultiPolygon", "coordinates": []}, 0, 0.5) is None


def test_a_point_inside_a_bent_shape() -> None:
    bent = [[0, 0], [10, 0], [10, 10], [8, 10], [8, 2], [2, 2], [2, 10], [0, 10], [0, 0]]
    x, y = inner_point(bent)
    crossings = sum(
        (a[1] <= y) != (b[1] <= y) and x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in pairwise(bent)
    )
    assert crossings % 2 == 1
    assert inner_point([[1, 1], [2, 1], [1, 1]]) == (1, 1)
