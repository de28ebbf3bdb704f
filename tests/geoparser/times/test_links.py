"""Which time expression dates which place. The sentences are the tests' own, told on Tuesday 6 August 2013."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.geoparser.times.links import link
from conflictmap.geoparser.times.teller import Teller
from conflictmap.model import DayRange, Told
from conflictmap.text import blocks
from conflictmap.vocabulary import TIME_LINKS

TUESDAY = date(2013, 8, 6)
PLACES = re.compile(r"\b(?:Salma|Rabia|Homs|Hama|Qusayr|Idlib)\b")


def linked(text: str) -> list[tuple[str, Told | None]]:
    """Each place of a text and what dates it."""
    teller, found = Teller(DayRange(TUESDAY, TUESDAY, TUESDAY)), []
    for start, end in blocks(text):
        names = list(PLACES.finditer(text, start, end))
        told = link(text, start, end, teller.expressions(text, start, end), [name.span() for name in names])
        found += [(name[0], one) for name, one in zip(names, told, strict=True)]
    return found


# text, and for each place the words that date it and the rule
LINKED = [
    # the same clause
    ("Shells fell on Salma on Sunday.", [("Salma", "Sunday", "same-clause")]),
    ("On Sunday shells fell on Salma and Rabia.", [("Salma", "Sunday", "same-clause"), ("Rabia", "Sunday", "same-clause")]),
    ("On Sunday, shells fell on Salma, and on Monday they fell on Rabia.", [("Salma", "Sunday", "same-clause"), ("Rabia", "Monday", "same-clause")]),
    ("Shells fell on Salma on Sunday and on Rabia on Monday.", [("Salma", "Sunday", "same-clause"), ("Rabia", "Monday", "same-clause")]),
    ("Salma fell in June; Rabia held out until July.", [("Salma", "June", "same-clause"), ("Rabia", "until July", "same-clause")]),
    # the same sentence
    ("Tanks fired on Salma, while jets bombed Rabia on Sunday.", [("Salma", "Sunday", "same-sentence"), ("Rabia", "Sunday", "same-clause")]),
    ("On Sunday jets bombed Rabia, while tanks fired on Salma.", [("Rabia", "Sunday", "same-clause"), ("Salma", "Sunday", "same-sentence")]),
    # when it was said
    ("Tanks fired on Salma, activists said on Sunday.", [("Salma", "Sunday", "day-of-report")]),
    ("Tanks fired on Salma on Friday, activists said on Sunday.", [("Salma", "Friday", "same-clause")]),
    # carried on
    ("On Sunday shells fell on Salma. Gunmen then stormed Rabia.", [("Salma", "Sunday", "same-clause"), ("Rabia", "Sunday", "carried-on")]),
    ("On Sunday shells fell on Salma.\n\nGunmen stormed Rabia.", [("Salma", "Sunday", "same-clause"), ("Rabia", None, None)]),
    ("On Sunday shells fell on Salma. Rabia lies to the north.", [("Salma", "Sunday", "same-clause"), ("Rabia", None, None)]),
    ("On Sunday shells fell on Salma. Rabia had fallen before.", [("Salma", "Sunday", "same-clause"), ("Rabia", None, None)]),
    ("On Sunday shells fell on Salma. Previously they hit Rabia.", [("Salma", "Sunday", "same-clause"), ("Rabia", None, None)]),
    ("On Sunday gunmen took Salma. They shelled Rabia, and on Monday they drove on.", [("Salma", "Sunday", "same-clause"), ("Rabia", "Sunday", "carried-on")]),
    # background
    ("In 2011 Salma had been calm. Shells fell on Rabia.", [("Salma", "2011", "same-clause"), ("Rabia", None, None)]),
    ("Salma, once a resort, burned. Shells fell on Rabia.", [("Salma", None, None), ("Rabia", None, None)]),
    # remarks
    ("Qusayr, which fell in June, was shelled on Sunday.", [("Qusayr", "June", "aside")]),
    ("Shells fell on Homs on Sunday, and jets came from Hama (shelled in June).", [("Homs", "Sunday", "same-clause"), ("Hama", "June", "aside")]),
    # before and after date nothing
    ("Salma was calm before 2011.", [("Salma", None, None)]),
    ("Before 2011 Salma was calm, but on Sunday shells fell on Rabia.", [("Salma", None, None), ("Rabia", "Sunday", "same-clause")]),
    # nothing
    ("Shells fell on Salma.", [("Salma", None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINKED)
def test_what_dates_a_place(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert [(name, told and told.expression.surface, told and told.link) for name, told in linked(text)] == expected


PIECES = [
    *("Salma", "Rabia", "On Sunday", "in June", "on Monday", "before 2011", "shells fell on", "was hit", "lies", "had been", "said"),
    *("which", "and", "but", "while", "then", "previously", "will", ",", ".", ";", "(", ")", "–", ":", "\n\n", "“", "  "),
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_words_are_linked_by_a_known_rule_within_their_passage(words: list[str]) -> None:
    text = " ".join(words)
    for start, end in blocks(text):
        times = Teller(DayRange(TUESDAY, TUESDAY, TUESDAY)).expressions(text, start, end)
        dated = [one for one, places in times if places]
        for told in link(text, start, end, times, [name.span() for name in PLACES.finditer(text, start, end)]):
            assert told is None or (told.link in TIME_LINKS and told.expression in dated)


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.data())
def test_a_place_is_dated_alike_alone_and_among_others(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    times = Teller(DayRange(TUESDAY, TUESDAY, TUESDAY)).expressions(text, 0, len(text))
    spans = [name.span() for name in PLACES.finditer(text)]
    chosen = data.draw(st.lists(st.sampled_from(range(len(spans))), unique=True).map(sorted)) if spans else []
    told = link(text, 0, len(text), times, spans)
    assert link(text, 0, len(text), times, [spans[number] for number in chosen]) == [told[number] for number in chosen]


@given(st.text())
def test_any_text_without_a_place_or_a_time_is_read(text: str) -> None:
    assert link(text, 0, len(text), [], [(0, len(text))]) == [None]
    assert link(text, 0, len(text), Teller(None).expressions(text, 0, len(text)), []) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "on Sunday Salma ",
        "on Sunday Salma, and on Monday ",
        "on Sunday, which fell in June, Salma ",
        "Salma ",
        "Salma (",
        "Salma, which ",
        "Salma, taken ",
        "Salma and then ",
        "had been Salma; ",
        " ",
        "said ",
        "Shells fell on Salma. ",
    ],
)
def test_work_grows_with_the_length(pattern: str) -> None:
    def read(length: int) -> None:
        text = "On Sunday " + pattern * (length // len(pattern))
        times = Teller(DayRange(TUESDAY, TUESDAY, TUESDAY)).expressions(text, 0, len(text))
        link(text, 0, len(text), times, [name.span() for name in PLACES.finditer(text)])

    assert in_proportion(read, 10_000)


def test_the_method_lists_exactly_the_links(root: Path) -> None:
    section = (
        (root / "docs" / "method.md").read_text(encoding="utf-8").split("Which expression dates which place")[1].split("\n## ")[0]
    )
    assert set(re.findall(r"^\| ([a-z-]+) \| ", section, re.MULTILINE)) - {"link"} == set(TIME_LINKS)
