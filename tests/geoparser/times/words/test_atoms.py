"""Which words tell a time, and what only looks like one: the atoms. What they mean in a text is tested in test_teller.py."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.geoparser.lexicon import arabic_time_words, time_words
from conflictmap.geoparser.times.meanings import Origin
from conflictmap.geoparser.times.words.atoms import atoms
from conflictmap.vocabulary import TIME_RULES

TUESDAY = Origin(date(2013, 8, 6))


def found(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.rule) for one in atoms(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on Aug. 5.", [("Aug. 5", "date")]),
        ("It fell on 5 August 2012.", [("5 August 2012", "date")]),
        ("It fell on the fifth of August.", [("fifth of August", "date")]),
        ("It fell on August 31, not on June 31.", [("August 31", "date")]),
        ("It fell on 4–6 August.", [("4–6 August", "date")]),
        ("It fell on 6–4 August.", [("4 August", "date")]),
        ("It fell in August or in 2012.", [("August", "month"), ("2012", "year")]),
        ("It fell in 2011–12.", [("2011–12", "range")]),
        ("It fell in 2012–11.", []),
        ("It fell on Sunday.", [("Sunday", "weekday")]),
        ("It fell in the summer of 2012.", [("summer of 2012", "season")]),
        ("It fell during Eid.", [("Eid", "feast")]),
        ("It fell in the early 1980s.", [("the early 1980s", "decade")]),
        ("It fell yesterday.", [("yesterday", "day-word")]),
        ("It fell last week.", [("last week", "last-unit")]),
        ("It fell twenty-two days ago.", [("twenty-two days ago", "ago")]),
        ("It fell the next day.", [("the next day", "from-anchor")]),
        ("It fell that day.", [("that day", "same-unit")]),
        ("It fell two years into the war.", [("two years into the war", "nth-year")]),
        ("It fell after a two-week siege.", [("after a two-week siege", "lasting")]),
        ("It was shelled during a two-week siege.", [("a two-week siege", "lasting")]),
        ("It fell in THE AUGUST HEAT.", []),
        ("", []),
    ],
)
def test_atoms(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("month", list(time_words().months))
def test_every_month_is_known(month: str) -> None:
    [(words, rule)] = found(f"It fell on 5 {month.capitalize()} 2012.")
    assert (words, rule) == (f"5 {month.capitalize()} 2012", "date")


@pytest.mark.parametrize("month", list(arabic_time_words().months))
def test_every_arabic_month_is_known(month: str) -> None:
    [one] = atoms(f"سقطت سلمى في 5 {month} 2012.")
    told = one.meaning(TUESDAY)
    assert told
    assert told.start == date(2012, arabic_time_words().months[month], 5)


@pytest.mark.parametrize("arabic", [False, True])
def test_every_weekday_is_known(arabic: bool) -> None:
    for name, number in (arabic_time_words() if arabic else time_words()).weekdays.items():
        text = f"سقطت سلمى يوم {name}." if arabic else f"It fell on {name.capitalize()}."
        [one] = atoms(text)
        told = one.meaning(TUESDAY)
        assert told
        assert told.start.weekday() == number


@given(st.integers(1, 99))
def test_numbers_in_words_and_figures_are_the_same(number: int) -> None:
    ones = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    words = ones[number - 1] if number < 20 else "-".join([tens[number // 10 - 2], *ones[: number % 10][-1:]])
    [in_words], [in_figures] = atoms(f"It fell {words} days ago."), atoms(f"It fell {number} days ago.")
    assert in_words.meaning(TUESDAY) == in_figures.meaning(TUESDAY)
    assert in_words.meaning(TUESDAY)


@given(st.text())
def test_any_text_is_read_in_order(text: str) -> None:
    edges = [edge for one in atoms(text) for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert {one.rule for one in atoms(text)} <= set(TIME_RULES)


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "on Sunday ",
            "1",
            "1 ",
            "2012 ",
            "2012-",
            "the ",
            "(",
            "last ",
            "a_b Sunday ",
            "a/",
            "a" * 50,
            "_",
            "one ",
            "and a half ",
        ),
        *(
            '"Sunday" ',
            "“May ",
            "in May ",
            "3 May ",
            "May 3 ",
            "two years into ",
            "the war ",
            "the start of the ",
            "every ",
            " \n",
        ),
        *("Eid ", "the last two weeks of ", "twenty-", "for about ", "يوم ", "قبل ", "آب ", "5 آب ", "a.jpg ", "www.", "will "),
    ],
)
def test_work_grows_with_the_length(pattern: str) -> None:
    def read(length: int) -> None:
        for one in atoms("_ " + pattern * (length // len(pattern))):
            one.meaning(TUESDAY)

    assert in_proportion(read, 20_000)


def test_word_lists_hold_words() -> None:
    words = time_words()
    for key in (
        "title_heads",
        "weekday_titles",
        "weekday_adjectives",
        "month_adjectives",
        "named_after_days",
        "sunday_papers",
        "counted",
    ):
        assert getattr(words, key), key
        assert all(isinstance(word, str) and word == word.lower() for word in getattr(words, key)), key
