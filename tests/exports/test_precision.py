"""The precision codes of UCDP GED and ACLED."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.exports.precision import EXACT_M, NEAR_M, date_prec, geo_precision, time_precision, where_prec
from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.model import DerivedFootprint, TimeInterval


def lasting(days: int) -> TimeInterval:
    return TimeInterval(date(2013, 1, 1), date(2013, 1, 1) + timedelta(days=days - 1))


@pytest.mark.parametrize(
    ("days", "ucdp", "acled"),
    [
        (1, 1, 1),
        (2, 2, 2),
        (6, 2, 2),
        (7, 3, 2),
        (8, 4, 3),
        (31, 4, 3),
        (32, 5, None),
        (366, 5, None),
        (367, None, None),
    ],
)
def test_codes_of_an_interval(days: int, ucdp: int | None, acled: int | None) -> None:
    assert (date_prec(lasting(days)), time_precision(lasting(days))) == (ucdp, acled)


def test_what_is_undated_has_no_code() -> None:
    assert date_prec(None) is None
    assert time_precision(None) is None


@given(st.integers(1, 366), st.integers(1, 366))
def test_a_longer_interval_never_has_a_surer_code(one: int, other: int) -> None:
    short, long = lasting(min(one, other)), lasting(max(one, other))
    assert (date_prec(short) or 9) <= (date_prec(long) or 9)
    assert (time_precision(short) or 9) <= (time_precision(long) or 9)


@pytest.mark.parametrize(
    ("place", "ucdp", "acled"),
    [
        ("salma", 1, 1),
        ("damascus", 1, 1),
        ("latakia-governorate", 4, 3),
        ("ghab-plain", 5, 3),
        ("m5-highway", 5, 3),
        ("syria", 6, 3),
        ("eastern-ghouta", 5, 3),
    ],
)
def test_codes_of_a_place(gazetteer: Gazetteer, place: str, ucdp: int, acled: int) -> None:
    there = gazetteer.places[place]
    assert (where_prec(there), geo_precision(there)) == (ucdp, acled)


@pytest.mark.parametrize(("ftype", "ucdp", "acled"), [("ADM1", 4, 3), ("ADM2", 3, 2), ("PCLI", 6, 3), ("SEA", 7, 3)])
def test_codes_of_a_kind_of_place(gazetteer: Gazetteer, ftype: str, ucdp: int, acled: int) -> None:
    there = replace(gazetteer.places["latakia-governorate"], ftype=ftype)
    assert (where_prec(there), geo_precision(there)) == (ucdp, acled)


def test_an_area_never_has_the_code_of_a_town(gazetteer: Gazetteer) -> None:
    areas = [place for place in gazetteer.places.values() if place.drawn != "dot"]
    assert areas
    assert all(where_prec(place) not in (1, 2) for place in areas)


@pytest.mark.parametrize(
    ("certainty", "metres", "code"),
    [
        ("certain", EXACT_M, 1),
        ("certain", EXACT_M + 1, 2),
        ("less-certain", EXACT_M, 2),
        ("certain", NEAR_M, 2),
        ("certain", NEAR_M + 1, 5),
    ],
)
def test_how_wide_and_how_certain_a_town_is(gazetteer: Gazetteer, certainty: str, metres: int, code: int) -> None:
    town = gazetteer.places["salma"]
    assert town.footprint
    footprint = replace(town.footprint, certainty=certainty, uncertainty_m=metres)  # type: ignore[arg-type]
    assert where_prec(replace(town, footprint=footprint)) == code


@pytest.mark.parametrize(
    ("shape", "metres", "ucdp"), [("point", NEAR_M, 2), ("point", NEAR_M + 1, 5), ("corridor", 9, 5), ("part", 9, 5)]
)
def test_a_worked_out_place(gazetteer: Gazetteer, shape: str, metres: int, ucdp: int) -> None:
    town = gazetteer.places["salma"]
    assert town.footprint
    derived = DerivedFootprint(replace(town.footprint, uncertainty_m=metres), shape, ("salma",))  # type: ignore[arg-type]
    assert (where_prec(None, derived), geo_precision(None, derived)) == (ucdp, 2)


def test_no_place_has_no_code(gazetteer: Gazetteer) -> None:
    assert where_prec(None) is None
    assert geo_precision(None) is None
    nowhere = replace(gazetteer.places["salma"], footprint=None)
    assert where_prec(nowhere) == 5
