"""The noun phrases that can speak, from where they begin."""

from __future__ import annotations

import pytest

from conflictmap.geoparser.attribution.phrases import Phrases


@pytest.mark.parametrize(
    ("text", "unknown", "expected"),
    [
        ("residents of Homs, who", False, "residents of Homs"),
        ("the Red Crescent, which", False, "the Red Crescent"),
        ("Gen. Ali Habib in Homs", False, "Gen. Ali Habib in Homs"),
        ("a co-founder on Monday", False, "a co-founder"),
        ("the weather in May", False, None),
        ("the weather in May", True, "the weather"),
        ("", True, None),
    ],
)
def test_phrase_at(text: str, unknown: bool, expected: str | None) -> None:
    phrase = Phrases(text).at(0, len(text), unknown)
    assert (phrase and text[phrase.start : phrase.end]) == expected
