"""Words found in one pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.geoparser.relative.triggers import Triggers

WORDS = Triggers({"wind": ("north", "east"), "unit": ("km",), "phrase": ("al hub", "home")}, anywhere=("phrase",))


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("", {}),
        ("Nothing here.", {}),
        ("at least a beast", {}),
        ("North by east", {"wind": [0, 9]}),
        ("in northeastern parts", {"wind": [3]}),
        ("12km, 5 km", {"unit": [2, 8]}),
        ("a rival hub", {"phrase": [5]}),
        ("a Kilo KM İ north", {"unit": [7], "wind": [12]}),
        ("İİ north", {"wind": [3]}),
        ("north\nEAST", {"wind": [0, 6]}),
        ("’north", {"wind": [1]}),
    ],
)
def test_where_words_begin(text: str, hits: dict[str, list[int]]) -> None:
    assert WORDS.find(text, 0, len(text)) == hits
    assert WORDS.find(f"north {text} east", 6, 6 + len(text)) == {kind: [at + 6 for at in found] for kind, found in hits.items()}


@given(st.lists(st.sampled_from(["north", "East", "km", "al", "hub", "home", "İ", " ", "’", "x", "ß"]), max_size=20))
def test_it_finds_what_looking_for_each_word_finds(parts: list[str]) -> None:
    text = "".join(parts)
    lower = "".join(char.lower()[:1] for char in text)
    expected = {
        kind: found
        for kind, words in {"wind": ("north", "east"), "unit": ("km",), "phrase": ("al hub", "home")}.items()
        if (
            found := [
                at
                for at in range(len(text))
                if lower.startswith(words, at) and (kind == "phrase" or at == 0 or not lower[at - 1].isalpha())
            ]
        )
    }
    assert WORDS.find(text, 0, len(text)) == expected


def test_the_work_grows_with_the_text() -> None:
    texts = {size: "north " * (size // 6) for size in (100_000, 400_000)}
    assert in_proportion(lambda size: WORDS.find(texts[size], 0, size), 100_000)
