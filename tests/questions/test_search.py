"""Places found by name."""

from __future__ import annotations

from datetime import date

import pytest

from conflictmap.questions.questions import Questions

D = date


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Salma", "salma"), ("salma", "salma"), ("SALMA", "salma"), ("سلمى", "salma"),
        ("سلمي", "salma"), ("Qar", "qardaha"), ("al qardahah", "qardaha"),
        ("al-Qardahah", "qardaha"), ("Lattak", "latakia"), ("اللاذق", "latakia"),
        ("Моск", "moscow"), ("nowhere", "deir-nowhere"), ("Emesa", "homs"),
        ("Tell ${7*7}", "tell-hostile"), (" homs ", "homs"),
    ],
)  # fmt: skip
def test_a_place_is_found_in_any_spelling_and_by_its_beginning(questions: Questions, words: str, expected: str) -> None:
    assert questions.search(words)[0].id == expected


def test_search_ranks_named_places_first_gives_each_once_and_keeps_the_limit(questions: Questions) -> None:
    assert [place.id for place in questions.search("qusayr")] == ["qusayr", "qusayr-daraa"]
    found = [place.id for place in questions.search("a")]
    assert len(found) == len(set(found)) > 5
    assert len(questions.search("a", limit=3)) == 3


@pytest.mark.parametrize("words", ["", "  ", "'", "zzzz", "%", "_", "\x00"])
def test_search_for_nothing_finds_nothing(questions: Questions, words: str) -> None:
    assert questions.search(words) == []
