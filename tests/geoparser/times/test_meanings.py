"""How expressions work out their days from what they count from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.geoparser.times import calendars as cal
from conflictmap.geoparser.times import meanings as m
from conflictmap.model import TimeInterval

TUESDAY = date(2013, 8, 6)
DAY = TimeInterval(date(2012, 7, 2), date(2012, 7, 2))
MONTH = TimeInterval(date(2012, 7, 1), date(2012, 7, 31), "within", "month")
AUGUST = m.latest(lambda year: cal.month_of(year, 8))


def days(told: TimeInterval | None) -> tuple[str, str] | None:
    return (str(told.start), str(told.end)) if told else None


@pytest.mark.parametrize(
    ("day", "year", "expected"),
    [
        (date(2013, 7, 31), None, ("2012-08-01", "2012-08-31")),
        (date(2013, 8, 1), None, ("2013-08-01", "2013-08-31")),
        (TUESDAY, 2011, ("2011-08-01", "2011-08-31")),
        (TUESDAY, 2014, ("2013-08-01", "2013-08-31")),
        (None, 2011, ("2011-08-01", "2011-08-31")),
        (None, None, None),
    ],
)
def test_what_comes_once_a_year_is_the_latest_begun_or_the_tales(
    day: date | None, year: int | None, expected: tuple[str, str] | None
) -> None:
    assert days(AUGUST(m.Origin(day, year=year))) == expected


def test_a_leap_day_is_sought_in_the_years_before() -> None:
    leap = m.latest(m.days_of_month(2, 29, 29))
    assert days(leap(m.Origin(TUESDAY))) == ("2012-02-29", "2012-02-29")
    assert m.latest(m.days_of_month(2, 30, 30))(m.Origin(TUESDAY)) is None


def test_what_is_to_come_is_the_next() -> None:
    assert days(m.latest(m.days_of_month(8, 1, 1), future=True)(m.Origin(TUESDAY))) == ("2014-08-01", "2014-08-01")
    assert days(m.latest(m.days_of_month(8, 9, 9), future=True)(m.Origin(TUESDAY))) == ("2013-08-09", "2013-08-09")


@pytest.mark.parametrize(
    ("meaning", "expected"),
    [
        (m.from_anchor("day", 3, False), ("2012-07-05", "2012-07-05")),
        (m.from_anchor("day", 3, True), ("2012-06-29", "2012-06-29")),
        (m.from_anchor("year", 1, False), ("2013-07-01", "2013-07-31")),
        (m.from_anchor("year", 2, False), ("2014-01-01", "2014-12-31")),
        (m.adjacent("week", True), ("2012-06-25", "2012-07-01")),
        (m.adjacent("day", False), ("2012-07-03", "2012-07-03")),
        (m.same("day"), ("2012-07-02", "2012-07-02")),
        (m.same("week"), ("2012-07-02", "2012-07-08")),
        (m.lasting("week", 2), ("2012-06-18", "2012-07-01")),
    ],
)
def test_what_counts_from_the_expression_before(meaning: m.Meaning, expected: tuple[str, str]) -> None:
    assert days(meaning(m.Origin(TUESDAY, DAY))) == days(meaning(m.Origin(None, DAY))) == expected


@pytest.mark.parametrize("meaning", [m.from_anchor("day", 3, False), m.same("day"), m.same("week")])
def test_what_has_nothing_to_count_from_is_none(meaning: m.Meaning) -> None:
    assert meaning(m.Origin(TUESDAY)) is None


def test_what_lasted_ended_before_the_day_told_or_before_publication() -> None:
    three = m.lasting("day", 3)
    assert days(three(m.Origin(TUESDAY))) == ("2013-08-03", "2013-08-05")
    assert days(three(m.Origin(TUESDAY, DAY))) == ("2012-06-29", "2012-07-01")
    assert three(m.Origin(TUESDAY, MONTH)) is None
    assert days(three(m.Origin(TUESDAY, TimeInterval(MONTH.start, TUESDAY, "throughout", "month")))) == (
        "2013-08-03",
        "2013-08-05",
    )
    assert three(m.Origin(None)) is None


@pytest.mark.parametrize(
    ("day", "before", "year", "expected"),
    [
        (TUESDAY, None, None, "2013-08-04"),
        (TUESDAY, DAY, 2012, "2012-07-08"),
        (TUESDAY, DAY, None, "2013-08-04"),
        (TUESDAY, MONTH, 2012, "2013-08-04"),
        (None, DAY, None, "2012-07-08"),
        (None, None, None, None),
    ],
)
def test_a_weekday_of_a_tale_long_past_follows_the_day_told_before(
    day: date | None, before: TimeInterval | None, year: int | None, expected: str | None
) -> None:
    told = m.on_weekday(6, False, False)(m.Origin(day, before, year))
    assert days(told) == ((expected, expected) if expected else None)


def test_the_years_of_the_war() -> None:
    assert days(m.nth_unit(3, "year")(m.Origin(None))) == ("2013-03-15", "2014-03-14")
    assert days(m.nth_unit(1, "month")(m.Origin(None))) == ("2011-03-15", "2011-04-14")


def test_since_is_up_to_publication() -> None:
    since = m.since(m.fixed(MONTH))
    assert days(since(m.Origin(TUESDAY))) == ("2012-07-01", "2013-08-06")
    assert days(since(m.Origin(date(2012, 1, 1)))) == ("2012-07-01", "2012-07-01")
    assert since(m.Origin(None)) is None


@pytest.mark.parametrize(
    "work", [AUGUST, m.since(AUGUST), m.units_before("week", 2, True, "week"), m.on_weekday(3, False, False)]
)
@given(day=st.dates(date(1900, 1, 1), date(2090, 12, 31)))
def test_what_is_told_as_past_begins_no_later_than_publication_and_moves_with_it(
    work: Callable[[m.Origin], TimeInterval | None], day: date
) -> None:
    told, later = work(m.Origin(day)), work(m.Origin(day + timedelta(days=1)))
    assert told
    assert later
    assert told.start <= day
    assert told.start <= later.start
    assert told.end <= later.end
