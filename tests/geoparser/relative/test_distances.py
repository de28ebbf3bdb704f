"""Distances and directions in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.geoparser.relative.distances import (
    QUANTITY,
    UNIT,
    WINDS,
    bearing,
    direction_precision,
    length_of,
    loose_precision,
)

LENGTH = re.compile(QUANTITY + UNIT, re.IGNORECASE)


def test_winds() -> None:
    winds = {"north": 0, "north-east": 45, "north east": 45, "southwest": 225, "NNW": 337.5, "west‑northwest": 292.5}
    assert {wind: bearing(wind) for wind in winds} == winds
    assert bearing("north south") is None
    assert bearing("") is None
    assert sorted(WINDS.values()) == [22.5 * number for number in range(16)]


def test_how_wide_a_wind_is() -> None:
    assert [direction_precision(WINDS[wind]) for wind in ("n", "ne", "nne")] == [22.5, 22.5, 11.25]
    assert [loose_precision(WINDS[wind]) for wind in ("n", "ne", "nne")] == [45, 22.5, 11.25]


# words -> metres, half-width in metres, upper bound
LENGTHS = [
    ("12 km", 12_000, 500, False),
    ("10 km", 10_000, 5000, False),
    ("120 kilometres", 120_000, 5000, False),
    ("7.5 km", 7500, 250, False),
    ("7,3 kilometers", 7300, 50, False),
    ("1,500 metres", 1500, 50, False),
    ("1.25 km", 1250, 125, False),
    ("ten miles", 16_093.44, 8046.72, False),
    ("twenty-five km", 25_000, 500, False),
    ("two and a half miles", 4023.36, 402.336, False),
    ("half a mile", 804.672, 402.336, False),
    ("a quarter of a mile", 402.336, 201.168, False),
    ("a few km", 3500, 1500, False),
    ("several km", 5000, 2000, False),
    ("a couple of km", 2000, 1000, False),
    ("a dozen km", 12_000, 3000, False),
    ("a hundred km", 100_000, 50_000, False),
    ("about 12 km", 12_000, 1200, False),
    ("10-16 km", 13_000, 3500, False),
    ("within 5 km", 5000, 500, True),
    ("less than 10 m", 10, 5, True),
]


@pytest.mark.parametrize(("words", "metres", "precision", "up_to"), LENGTHS)
def test_lengths(words: str, metres: float, precision: float, up_to: bool) -> None:
    found = LENGTH.search(words)
    assert found
    assert length_of(found) == (pytest.approx(metres), pytest.approx(precision), up_to)


@pytest.mark.parametrize("words", ["0 km", "600 km", "9 m", "0.01 metres", "16 to 10 km"])
def test_what_is_not_believed(words: str) -> None:
    found = LENGTH.search(words)
    assert found
    assert length_of(found) is None


@pytest.mark.parametrize("words", ["$5m", "x12 km", "km", "twelve", "", "12.3.4 km"])
def test_what_is_no_length(words: str) -> None:
    assert LENGTH.fullmatch(words) is None


@given(st.integers(1, 99_999), st.sampled_from(["km", "miles", "metres"]))
def test_any_number_is_within_its_bounds(number: int, unit: str) -> None:
    found = LENGTH.fullmatch(f"{number} {unit}")
    assert found
    length = length_of(found)
    assert length is None or 10 <= length.metres <= 500_000
    assert length is None or 0 < length.precision <= length.metres
