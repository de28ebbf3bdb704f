"""Calendar units, their parts, and counting by them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.geoparser.times import calendars as cal
from conflictmap.model import TimeInterval

DAYS = st.dates(date(1900, 1, 1), date(2090, 12, 31))
UNITS = ["day", "week", "month", "year", "decade"]


def days(interval: TimeInterval | None) -> tuple[str, str] | None:
    return (str(interval.start), str(interval.end)) if interval else None


@pytest.mark.parametrize(
    ("unit", "first", "last", "precision"),
    [
        ("day", "2012-02-29", "2012-02-29", "day"),
        ("week", "2012-02-27", "2012-03-04", "week"),
        ("month", "2012-02-01", "2012-02-29", "month"),
        ("year", "2012-01-01", "2012-12-31", "year"),
        ("decade", "2010-01-01", "2019-12-31", "vague"),
    ],
)
def test_the_unit_in_which_a_day_lies(unit: str, first: str, last: str, precision: str) -> None:
    told = cal.unit_of(date(2012, 2, 29), unit)
    assert told
    assert (*(days(told) or ()), told.precision) == (first, last, precision)


@given(DAYS, st.sampled_from(UNITS))
def test_a_unit_holds_its_day_and_is_the_unit_of_its_ends(day: date, unit: str) -> None:
    told = cal.unit_of(day, unit)
    assert told
    assert told.start <= day <= told.end
    assert told == cal.unit_of(told.start, unit) == cal.unit_of(told.end, unit)


@given(DAYS, st.sampled_from(UNITS), st.integers(-9, 9))
def test_counting_back_and_forth_leads_back_to_the_unit(day: date, unit: str, count: int) -> None:
    there = cal.shifted(day, unit, count)
    assert there
    assert (there > day) == (count > 0)
    back = cal.shifted(there, unit, -count)
    assert back
    assert timedelta() <= day - back <= timedelta(days=3)  # 31 → 30 or 28: a shorter month between


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2013, 1, 31), 1, date(2013, 2, 28)),
        (date(2013, 3, 31), -1, date(2013, 2, 28)),
        (date(2013, 1, 15), -13, date(2011, 12, 15)),
        (date(9999, 12, 1), 1, None),
        (date(1, 1, 1), -1, None),
    ],
)
def test_months_from_a_day(day: date, months: int, there: date | None) -> None:
    assert cal.months_from(day, months) == there


def test_what_lies_out_of_the_calendar_is_none() -> None:
    assert cal.shifted(date(2012, 1, 1), "day", 4001) is None
    assert cal.day_of(2013, 2, 29) is None
    assert cal.span(date(2013, 1, 2), date(2013, 1, 1)) is None
    assert cal.year_of(cal.FIRST_DAY.year - 1) is None
    assert cal.decade_of(2100) is None


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_within_a_week(day: date, number: int) -> None:
    latest, before, after = (cal.weekday(day, number, **how) for how in ({}, {"strictly": True}, {"future": True}))
    assert latest.weekday() == before.weekday() == after.weekday() == number
    assert timedelta() <= day - latest < timedelta(days=7)
    assert timedelta() < day - before <= timedelta(days=7)
    assert timedelta() < after - day <= timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2013, 8, 2), "2013-07-27", "2013-07-28"),
        (date(2013, 8, 3), "2013-08-03", "2013-08-04"),
        (date(2013, 8, 4), "2013-08-03", "2013-08-04"),
        (date(2013, 8, 9), "2013-08-03", "2013-08-04"),
    ],
)
def test_the_latest_weekend_that_has_begun(day: date, first: str, last: str) -> None:
    assert days(cal.weekend_of(day)) == (first, last)


@pytest.mark.parametrize(
    ("season", "first", "last"),
    [
        ("spring", "2011-03-01", "2011-05-31"),
        ("summer", "2011-06-01", "2011-08-31"),
        ("autumn", "2011-09-01", "2011-11-30"),
        ("fall", "2011-09-01", "2011-11-30"),
        ("winter", "2011-12-01", "2012-02-29"),
    ],
)
def test_a_season_has_three_months(season: str, first: str, last: str) -> None:
    assert days(cal.season_of(2011, season)) == (first, last)


WEEK = TimeInterval(date(2013, 8, 5), date(2013, 8, 11), "within", "week")
BEGUN = TimeInterval(date(2013, 8, 5), date(2013, 8, 7), "within", "week")
DECADE = TimeInterval(date(1980, 1, 1), date(1989, 12, 31), "within", "vague")


@pytest.mark.parametrize(
    ("whole", "part", "first", "last"),
    [
        (cal.month_of(2012, 2), "early", "2012-02-01", "2012-02-10"),
        (cal.month_of(2012, 2), "mid", "2012-02-11", "2012-02-20"),
        (cal.month_of(2012, 2), "late", "2012-02-21", "2012-02-29"),
        (cal.year_of(2012), "early", "2012-01-01", "2012-04-30"),
        (cal.year_of(2012), "mid", "2012-05-01", "2012-08-31"),
        (cal.year_of(2012), "late", "2012-09-01", "2012-12-31"),
        (WEEK, "early", "2013-08-05", "2013-08-06"),
        (WEEK, "mid", "2013-08-07", "2013-08-08"),
        (WEEK, "late", "2013-08-09", "2013-08-11"),
        (BEGUN, "early", "2013-08-05", "2013-08-06"),
        (cal.season_of(2012, "winter"), "mid", "2013-01-01", "2013-01-31"),
        (cal.unit_of(date(2013, 8, 5), "day"), "late", "2013-08-05", "2013-08-05"),
        (DECADE, "early", "1980-01-01", "1983-05-01"),
    ],
)
def test_early_mid_and_late(whole: TimeInterval, part: str, first: str, last: str) -> None:
    assert days(cal.part_of(whole, part)) == (first, last)


@given(DAYS, st.sampled_from(UNITS))
def test_the_parts_of_a_unit_follow_each_other_and_fill_it(day: date, unit: str) -> None:
    whole = cal.unit_of(day, unit)
    assert whole
    parts = [cal.part_of(whole, part) for part in ("early", "mid", "late")]
    halves = [cal.half_of(whole, second) for second in (False, True)]
    if unit == "day":
        assert parts == [whole] * 3
        return
    for pieces in (parts, halves):
        known = [piece for piece in pieces if piece]
        assert len(known) == len(pieces)
        assert (known[0].start, known[-1].end) == (whole.start, whole.end)
        assert all(one.end + timedelta(days=1) == other.start for one, other in pairwise(known))


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(1, "2013-02-01", "2013-02-07"), (4, "2013-02-22", "2013-02-28"), (-1, "2013-02-22", "2013-02-28")],
)
def test_the_weeks_of_a_month(number: int, first: str, last: str) -> None:
    month = cal.month_of(2013, 2)
    assert month
    assert days(cal.week_in(month, number)) == (first, last)
    assert cal.week_in(month, 5) is None


def test_the_quarters_of_a_year() -> None:
    year, month = cal.year_of(2013), cal.month_of(2013, 2)
    assert year
    assert month
    assert [days(cal.quarter_of(year, number)) for number in (1, 4, -1, 5)] == [
        ("2013-01-01", "2013-03-31"), ("2013-10-01", "2013-12-31"), ("2013-10-01", "2013-12-31"), None,
    ]  # fmt: skip
    assert cal.quarter_of(month, 1) is None


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("ramadan", 2011, "2011-08-01", "2011-08-29"),
        ("ramadan", 2012, "2012-07-20", "2012-08-18"),
        ("ramadan", 2013, "2013-07-09", "2013-08-07"),
        ("ramadan", 2014, "2014-06-28", "2014-07-27"),
        ("ramadan", 2015, "2015-06-18", "2015-07-16"),
        ("ramadan", 2016, "2016-06-06", "2016-07-05"),
        ("eid al-fitr", 2013, "2013-08-08", "2013-08-10"),
        ("eid al-adha", 2011, "2011-11-06", "2011-11-09"),
        ("eid al-adha", 2012, "2012-10-26", "2012-10-29"),
        ("eid al-adha", 2013, "2013-10-15", "2013-10-18"),
        ("eid al-adha", 2014, "2014-10-04", "2014-10-07"),
        ("eid al-adha", 2015, "2015-09-24", "2015-09-27"),
        ("eid al-adha", 2016, "2016-09-11", "2016-09-14"),
    ],
)
def test_the_feasts_by_the_umm_al_qura_calendar(name: str, year: int, first: str, last: str) -> None:
    assert [days(one) for one in cal.feast(name, year)] == [(first, last)]


def test_a_year_may_hold_a_feast_twice_and_a_calendar_ends() -> None:
    assert [days(one) for one in cal.feast("eid al-fitr", 2000)] == [("2000-01-08", "2000-01-10"), ("2000-12-27", "2000-12-29")]
    assert cal.feast("ramadan", 1850) == cal.feast("ramadan", 2090) == ()


@given(st.lists(st.tuples(DAYS, st.integers(0, 99)), min_size=1))
def test_a_hull_holds_all(spans: list[tuple[date, int]]) -> None:
    intervals = [TimeInterval(day, day + timedelta(days=length)) for day, length in spans]
    hull = cal.hull(intervals)
    assert all(hull.start <= one.start <= one.end <= hull.end for one in intervals)
    assert hull.start in {one.start for one in intervals}
    assert hull.end in {one.end for one in intervals}
