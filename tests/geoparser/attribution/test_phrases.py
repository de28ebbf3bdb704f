"""The noun phrases that can speak: before a verb, and from where they begin."""

from __future__ import annotations

import pytest

from conflictmap.geoparser.attribution.phrases import SourcePhrases


def subject(text: str, verb: str) -> tuple[str, str, str] | None:
    phrase = SourcePhrases(text).subject(0, text.index(verb), None)
    return (text[phrase.start : phrase.end], phrase.kind, phrase.lead) if phrase else None


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Activists later said so.", "said", ("Activists", "P", "")),
        ("It burned, he said.", "said", ("he", "r", ",")),
        ("When a resident of the town said so,", "said", ("a resident of the town", "H", "when")),
        ("The council, based in Homs, said so.", "said", ("The council", "H", "")),
        ("The road was said to be open.", "said", None),
        ("The road said so.", "said", None),
        ("“No.” said so.", "said", None),
    ],
)
def test_subject(text: str, verb: str, expected: tuple[str, str, str] | None) -> None:
    assert subject(text, verb) == expected


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
    phrase = SourcePhrases(text).at(0, len(text), unknown)
    assert (phrase and text[phrase.start : phrase.end]) == expected
