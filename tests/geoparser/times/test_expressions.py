"""What changes, joins and bounds the atoms. The atoms are tested in words/; here, which go together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.geoparser.times.expressions import find


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(text[one.start : one.end], one.rule, one.dated) for one in find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one or two
        ("on Sunday and Monday", [("Sunday", "weekday", True), ("Monday", "weekday", True)]),
        ("from Sunday to Monday", [("from Sunday to Monday", "range", True)]),
        ("between Sunday and Monday", [("between Sunday and Monday", "range", True)]),
        ("from June until July", [("from June until July", "range", True)]),
        ("from June and in July", [("June", "month", True), ("July", "month", True)]),
        ("in June 2011–July 2012", [("June 2011–July 2012", "range", True)]),
        ("in 2011 and in 2012", [("2011", "year", True), ("2012", "year", True)]),
        ("on Sunday, 4 August 2013", [("Sunday, 4 August 2013", "date", True)]),
        ("on 4 August, a Sunday", [("4 August", "date", True)]),
        ("in August of last year", [("August of last year", "month", True)]),
        ("in August, last year", [("August", "month", True), ("last year", "last-unit", True)]),
        ("on Friday last week", [("Friday last week", "weekday", True)]),
        # what changes them
        ("in the very early days of July", [("the very early days of July", "month", True)]),
        ("later this month", [("this month", "this-unit", True)]),
        ("earlier this month", [("earlier this month", "this-unit", True)]),
        ("at the turn of 2012", [("2012", "year", True)]),
        ("shortly before dawn on Sunday morning", [("shortly before dawn on Sunday morning", "weekday", True)]),
        # what bounds them
        ("since June", [("since June", "since", True)]),
        ("by June", [("by June", "month", True)]),
        ("before June", [("before June", "month", False)]),
        ("after June", [("after June", "month", False)]),
        ("after Friday prayers", [("after Friday", "weekday", True)]),
        ("ever since June", [("ever since June", "since", True)]),
    ],
)
def test_which_words_stand_together(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert found(f"It fell {text}.") == [(words, rule, dated) for words, rule, dated in expected]


def test_offsets_of_a_passage_count_in_the_text() -> None:
    text = "𝒳 fell in June.\n\nIt fell on Sunday.\n\nmorning"
    start, end = text.index("It"), text.index("\n\nmorning")
    [one] = find(text, start, end)
    assert text[one.start : one.end] == "Sunday"


@pytest.mark.parametrize(
    "text", ["the ſecond week of August 2012", "the fİrst week of August 2012", "fıve days ago", "the \u212a day"]
)
def test_letters_that_are_cased_alike_are_read(text: str) -> None:
    for one in find(text, 0, len(text)):
        assert text[one.start : one.end].strip()


@given(st.text(), st.data())
def test_any_passage_is_read_within_its_bounds(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edges = [start, *(edge for one in find(text, start, end) for edge in (one.start, one.end)), end]
    assert edges == sorted(edges)


@pytest.mark.parametrize(
    "pattern", ["early ", "Sunday – ", "from June to ", "since ", "4 August, a Sunday ", "August last year ", "–", "Sunday \n"]
)
def test_work_grows_with_the_length(pattern: str) -> None:
    def read(length: int) -> None:
        text = pattern * (length // len(pattern))
        find(text, 0, len(text))

    assert in_proportion(read, 20_000)
