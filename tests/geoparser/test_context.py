"""The words around a name, as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.geoparser.context import (
    NEXT_WORD,
    PARTICLES,
    POSSESSIVE,
    POSSESSIVE_END,
    WORD,
    begins_sentence,
    ends_sentence,
    stands_first,
    words_before,
)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("in the old |", 3, ["old", "the", "in"]),
        ("in the old |", 2, ["old", "the"]),
        ("in the old |", 9, ["old", "the", "in"]),
        ("in\nthe\told\u00a0|", 2, ["old", "the"]),
        ("Dr. Ahmad |", 2, ["Ahmad", "Dr."]),
        ("of the “Old |", 3, ["Old"]),  # an opening quotation mark begins anew
        ("of (Old |", 3, ["Old"]),
        ("left, Ahmad |", 3, ["Ahmad"]),  # a comma parts
        ("left; |", 3, []),
        ("men’ |", 1, ["men’"]),
        ("in the old|", 3, []),  # no space: the same word
        ("|", 3, []),
        ("   |", 3, []),
        ("— |", 3, []),
    ],
)
def test_words_before(text: str, number: int, expected: list[str]) -> None:
    at = text.index("|")
    assert words_before(text.replace("|", "Homs said"), at, number) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("left.", True),
        ("left", False),
        ("J.", False),
        ("Gen.", False),
        ("dr.", False),
        ("...", False),
        ("", False),
        ("U.S.", True),
    ],
)
def test_whether_a_stop_ends_a_sentence(word: str, expected: bool) -> None:
    assert ends_sentence(word) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Only |", True),
        ("It fell. Only |", True),
        ("It fell! Only |", True),
        ("It fell, Only |", False),
        ("then Only |", False),
        ("“Only |", True),
        ("he said: Only |", True),
        ("(Only |", True),
        ("It fell —\nOnly |", True),
        ("  Only |", True),
    ],
)
def test_whether_a_word_begins_its_sentence(text: str, expected: bool) -> None:
    at = text.index("|")
    assert begins_sentence(text.replace("|", "Homs"), at, "Only") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|", True),
        ("It fell. |", True),
        ("It fell? “|", True),
        ("“|", True),
        ("It fell\n\n|", True),
        ("It fell\n|", False),
        ("It fell, |", False),
        ("It (|", False),
        ("It fell… |", True),
        ("  '(|", True),
    ],
)
def test_whether_an_offset_stands_first(text: str, expected: bool) -> None:
    assert stands_first(text.replace("|", "Homs"), text.index("|")) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Brigade fell", "Brigade"),
        ("\nBrigade", "Brigade"),
        (" \r\n  Brigade", "Brigade"),
        ("-based men", "based"),
        (" al-Din's men", "al-Din's"),
        (" north-east", "north-east"),
        ("\n\nBrigade", None),
        (", Brigade", None),
        (" (Brigade", None),
        ("s", None),
        ("", None),
        (" -", None),
    ],
)
def test_the_next_word(text: str, expected: str | None) -> None:
    found = NEXT_WORD.match(f"Homs{text}", 4)
    assert (found and found[1]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("’s", True), ("'s", True), ("’", True), ("'S", True), ("’st", False), ("s", False), ("’s-", True), ("ʼs", True)],
)
def test_a_possessive(text: str, expected: bool) -> None:
    assert (POSSESSIVE.match(text) is not None) is expected
    assert (POSSESSIVE_END.search(f"Homs{text}") is not None) is (text in ("’s", "'s", "’", "ʼs"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ma’arrat an-Nu‘mān", ["Ma’arrat", "an", "Nu‘mān"]),
        ("Idli\u0304b Ho\u00adms", ["Idli\u0304b", "Ho\u00adms"]),
        ("حِمْص وحلب", ["حِمْص", "وحلب"]),
        ("a_b, 7th", ["a", "b", "7th"]),
        ("’tis men’", ["tis", "men"]),
    ],
)
def test_a_word_keeps_its_marks_and_apostrophes(text: str, expected: list[str]) -> None:
    assert WORD.findall(text) == expected


def test_particles_are_lower_case_words() -> None:
    assert all(word.isalpha() and word.islower() for word in PARTICLES)


@given(st.text(alphabet="Ab. ’\n-,“(ط", max_size=40), st.integers(0, 40), st.integers(1, 9))
def test_any_offset_of_any_text_has_words_before_it(text: str, begin: int, number: int) -> None:
    begin = min(begin, len(text))
    words = words_before(text, begin, number)
    assert len(words) <= number
    left = text[:begin]
    for word in words:
        assert word
        assert not any(char.isspace() for char in word)
        assert left.rstrip().endswith(word)
        left = left.rstrip().removesuffix(word)
    assert stands_first(text, begin) in (True, False)
    assert ends_sentence(text) in (True, False)
    if words:
        assert begins_sentence(text, begin, words[0]) in (True, False)


@pytest.mark.parametrize("pattern", [" ", "a", "a ", "a-", "“", "\n", "a’", "\u0301"])
def test_a_look_around_takes_no_longer_in_a_longer_text(pattern: str) -> None:
    def look(length: int) -> None:
        text = pattern * (length // len(pattern))
        for at in range(0, len(text), max(1, len(text) // 100)):
            words_before(text, at, 3)

    assert in_proportion(look, 100_000)


@pytest.mark.parametrize("pattern", ["a-", "a’", "a", "a\u0301", "-"])
def test_words_are_found_in_one_pass(pattern: str) -> None:
    def look(length: int) -> None:
        text = " " + pattern * (length // len(pattern))
        NEXT_WORD.match(text)
        WORD.findall(text)

    assert in_proportion(look, 20_000)
