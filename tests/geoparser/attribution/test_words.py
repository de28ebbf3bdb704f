"""What a word is in a noun phrase."""

from __future__ import annotations

from typing import get_args

import pytest

from conflictmap.geoparser.attribution.words import KINDS, WordKind, is_acronym, joins, kind_by_shape


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("resident", "singular"),
        ("residents", "plural"),
        ("report", "singular"),
        ("statements", "plural"),
        ("they", "pronoun"),
        ("many", "determiner"),  # a pronoun too: the later list counts
        ("of", "link"),
        ("said", "stop"),
        ("say", "stop"),
        ("later", "adverb"),
        ("was", "being"),
        ("monday", "time"),
        ("weather", None),
    ],
)
def test_a_word_has_the_kind_of_its_list(word: str, kind: str | None) -> None:
    assert KINDS.get(word) == kind


def test_every_kind_has_words() -> None:
    assert set(KINDS.values()) == set(get_args(WordKind))


@pytest.mark.parametrize(
    ("word", "capital", "kind"),
    [
        ("ali", True, "name"),
        ("co-founder", False, "singular"),
        ("human", False, None),
        ("horseman", False, "singular"),
        ("lobbyists", False, "plural"),
        ("weather", False, None),
    ],
)
def test_the_shape_of_a_word_that_no_list_holds(word: str, capital: bool, kind: str | None) -> None:
    assert kind_by_shape(word, capital) == kind


@pytest.mark.parametrize(
    ("token", "joined"), [("the", True), ("Gen.", True), ("town.", False), ("Homs,", False), ("rebels’", True)]
)
def test_punctuation_separates_tokens(token: str, joined: bool) -> None:
    assert joins(token) is joined


def test_acronyms() -> None:
    assert [word for word in ("US", "us", "A", "SANA") if is_acronym(word)] == ["US", "SANA"]
