"""The noun phrases before a verb that can speak."""

from __future__ import annotations

import pytest

from conflictmap.geoparser.attribution.phrases import Phrases
from conflictmap.geoparser.attribution.subjects import Subjects


def subject(text: str, verb: str) -> tuple[str, str, str] | None:
    phrase = Subjects(Phrases(text)).before(0, text.index(verb), None)
    return (text[phrase.start : phrase.end], phrase.kind, phrase.lead) if phrase else None


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Activists later said so.", "said", ("Activists", "plural", "")),
        ("It burned, he said.", "said", ("he", "pronoun", ",")),
        ("When a resident of the town said so,", "said", ("a resident of the town", "singular", "when")),
        ("The council, based in Homs, said so.", "said", ("The council", "singular", "")),
        ("The road was said to be open.", "said", None),
        ("The road said so.", "said", None),
        ("“No.” said so.", "said", None),
    ],
)
def test_subject(text: str, verb: str, expected: tuple[str, str, str] | None) -> None:
    assert subject(text, verb) == expected
