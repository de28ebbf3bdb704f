"""Derived footprints of the shipped gazetteer's places."""

from __future__ import annotations

import pytest

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.gazetteer.geometry import distance_m
from conflictmap.geoparser.relative.distances import Length
from conflictmap.geoparser.relative.footprints import (
    PARTS,
    Same,
    corridor_of,
    halfway_between,
    is_anchor,
    lies_towards,
    offset_from,
    outskirts_of,
    part_of,
    ring_of,
    sector_of,
)
from conflictmap.model import Place


@pytest.fixture(scope="module")
def homs(gazetteer: Gazetteer) -> Place:
    return gazetteer.places["homs"]


def label(place: Place) -> tuple[float, float]:
    assert place.footprint
    return place.footprint.longitude, place.footprint.latitude


def test_what_can_be_measured_from(gazetteer: Gazetteer) -> None:
    places = gazetteer.places
    assert all(is_anchor(places[i]) for i in ("homs", "ghab-plain", "salma"))
    assert not any(is_anchor(places[i]) for i in ("syria", "homs-governorate", "m5-highway", "levant"))
    assert not is_anchor(None)


def test_on_which_side_of_its_country_an_area_lies(gazetteer: Gazetteer) -> None:
    daraa = gazetteer.places["daraa-governorate"]
    assert lies_towards(daraa, 180, gazetteer)
    assert not lies_towards(daraa, 0, gazetteer)


def test_the_shapes(gazetteer: Gazetteer, homs: Place) -> None:
    hama = gazetteer.places["hama"]
    length = Length(12_000, 500, False)
    found = [
        offset_from(homs, length, 0),
        ring_of(homs, length),
        sector_of(homs, 0),
        part_of(homs, 0, "edge"),
        outskirts_of(homs),
        corridor_of(homs, hama),
        halfway_between(homs, hama),
    ]
    assert [derived and derived.shape for derived in found] == ["point", "part", "part", "part", "part", "corridor", "point"]
    assert [derived and derived.bearing_deg for derived in found] == [0, None, 0, 0, None, None, None]
    assert [derived and derived.distance_m for derived in found] == [12_000, 12_000, None, None, None, None, None]


def test_an_upper_bound_is_half_of_it_and_as_much_off(homs: Place) -> None:
    near, half = offset_from(homs, Length(8000, 500, True), 90), offset_from(homs, Length(4000, 4000, False), 90)
    assert near == half


def test_no_shape_is_worked_out_twice(gazetteer: Gazetteer, homs: Place) -> None:
    plain = gazetteer.places["ghab-plain"]
    for make in (
        lambda: offset_from(homs, Length(12_000, 500, False), 0),
        lambda: ring_of(homs, Length(12_000, 500, False)),
        lambda: sector_of(homs, 0),
        lambda: part_of(plain, 0, "edge"),
        lambda: corridor_of(homs, gazetteer.places["hama"]),
    ):
        one, other = make(), make()
        assert one
        assert other
        assert one.footprint is other.footprint


def test_two_winds_make_one_sector(homs: Place) -> None:
    both = sector_of(homs, 0, 90)
    assert both.bearing_deg == 45
    assert sector_of(homs, 90, 0) == both
    assert sector_of(homs, 0, 180) == sector_of(homs, 0)


def test_just_is_nearer(homs: Place) -> None:
    own = label(homs)
    far, near = (sector_of(homs, 0, None, just).footprint for just in (False, True))
    assert distance_m(*own, near.longitude, near.latitude) < distance_m(*own, far.longitude, far.latitude)


def test_a_part_of_what_has_no_extent_is_none(gazetteer: Gazetteer) -> None:
    for place in ("syria", "m5-highway", "levant"):
        assert [part_of(gazetteer.places[place], 0, kind) for kind in PARTS] == [None] * len(PARTS)
    assert part_of(gazetteer.places["homs-governorate"], 0, "part")


def test_only_towns_have_outskirts(gazetteer: Gazetteer) -> None:
    for place in ("syria", "m5-highway", "homs-governorate", "ghab-plain", "menagh-air-base"):
        assert outskirts_of(gazetteer.places[place]) is None
    assert outskirts_of(gazetteer.places["salma"])


def test_ends_that_make_no_line(gazetteer: Gazetteer, homs: Place) -> None:
    for other in (homs, gazetteer.places["istanbul"]):
        assert corridor_of(homs, other) is None
        assert halfway_between(homs, other) is None


def test_about_halfway_is_less_sure(gazetteer: Gazetteer, homs: Place) -> None:
    one, other = (halfway_between(homs, gazetteer.places["hama"], about) for about in (False, True))
    assert one
    assert other
    assert one.footprint.uncertainty_m < other.footprint.uncertainty_m


def test_same_is_the_value_itself() -> None:
    one: dict[str, int] = {}
    assert Same(one) == Same(one)
    assert Same(one) != Same({})
    assert Same(one) != one
    assert len({Same(one), Same(one)}) == 1
