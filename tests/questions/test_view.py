"""The view and its address: it survives any address, comes back from its own, and is limited to what the corpus has."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.views import IDS, filters

from conflictmap.index.corpus import Corpus
from conflictmap.questions.filters import NOT_ATTRIBUTED, Filter
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import ADDRESS, QUERY_FIELDS, Parameter, View

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
D = date


@given(st.none() | IDS, st.none() | IDS, st.none() | DAYS, st.none() | DAYS, st.booleans(), filters())
def test_a_view_comes_back_from_its_address(
    place: str | None, article: str | None, one: date | None, other: date | None, undated: bool, filtered: dict[str, Any]
) -> None:
    start, end = (min(one, other), max(one, other)) if one and other else (one, other)
    view = View(place, article, start, end, undated, **filtered)
    query = view.to_query()
    assert View.from_query(query) == view
    assert set(query) <= set(QUERY_FIELDS)
    assert all(isinstance(value, str) and value for value in query.values())


def test_every_field_of_a_view_is_in_its_address_once() -> None:
    assert sorted(one.field for one in ADDRESS) == sorted(field.name for field in fields(View))
    assert len(QUERY_FIELDS) == len(ADDRESS)
    assert all(QUERY_FIELDS.values())


@pytest.mark.parametrize("one", ADDRESS, ids=lambda one: one.parameter)
def test_what_is_absent_is_at_its_default_and_is_not_written(one: Parameter | Filter) -> None:
    assert one.read(None) == getattr(View(), one.field)
    assert not one.write(getattr(View(), one.field))


@pytest.mark.parametrize(
    ("parameter", "text"),
    [("place", "salma"), ("article", "a"), ("from", "2013-08-05"), ("to", "2013-08-05"), ("clock", "happened"), ("undated", "0")],
)
def test_a_parameter_that_is_no_filter_comes_back(parameter: str, text: str) -> None:
    (one,) = (one for one in ADDRESS if one.parameter == parameter)
    assert one.read(text) != getattr(View(), one.field)
    assert one.write(one.read(text)) == text


def test_the_view_of_everything_has_an_empty_address() -> None:
    assert View().to_query() == {}
    assert View.from_query({}) == View()


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday", "to": "2013-02-30"},
        {"from": "2013-8-5"},
        {"from": "20130805"},
        {"from": "2013-W32-1"},
        {"from": "", "to": "", "place": "", "article": ""},
        {"nonsense": "1", "clock": "told"},
        {"undated": "no"},
        {"roles": "everything", "suggested": "yes", "derived": "1", "source": " "},
        {"roles": ""},
        {"roles": "location"},
    ],
)
def test_what_makes_no_sense_in_an_address_is_passed_over(query: dict[str, str]) -> None:
    assert View.from_query(query) == View()


def test_a_period_the_wrong_way_round_is_turned() -> None:
    view = View.from_query({"from": "2015-01-01", "to": "2013-01-01"})
    assert (view.start, view.end) == (D(2013, 1, 1), D(2015, 1, 1))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, (None, None)),
        (D(2000, 1, 1), D(2100, 1, 1), (None, None)),
        (D(2013, 8, 5), D(2015, 8, 12), (None, None)),
        (D(2013, 8, 6), D(2015, 8, 11), (D(2013, 8, 6), D(2015, 8, 11))),
        (D(2000, 1, 1), D(2014, 1, 1), (None, D(2014, 1, 1))),
        (D(2014, 1, 1), D(2100, 1, 1), (D(2014, 1, 1), None)),
        (D(2000, 1, 1), D(2013, 8, 4), (None, None)),
        (D(2015, 8, 13), None, (None, None)),
        (D(2013, 8, 5), D(2013, 8, 5), (None, D(2013, 8, 5))),
    ],
)
def test_a_view_is_brought_within_the_corpus(
    mini_corpus: Corpus, start: date | None, end: date | None, expected: tuple[date | None, date | None]
) -> None:
    view = View(start=start, end=end).within(mini_corpus)
    assert (view.start, view.end) == expected
    first, last = view.period(mini_corpus)
    assert mini_corpus.period[0] <= first <= last <= mini_corpus.period[1]


def test_the_address_knows_a_worked_out_place_and_passes_over_an_unknown_one(told: Questions) -> None:
    (feature, *_) = told.corpus.derived
    assert View(place=feature).within(told.corpus).place == feature
    assert View.from_query(View(place=feature).to_query()).place == feature
    assert View(place="~000000000000").within(told.corpus).place is None


def test_a_source_that_nobody_is_falls_out_of_the_address(told: Questions) -> None:
    assert View(source="nobody at all").within(told.corpus).source is None
    assert View.from_query({"source": "The Observatory"}).within(told.corpus).source == "observatory"
    assert View(source=NOT_ATTRIBUTED).within(told.corpus).source == NOT_ATTRIBUTED
