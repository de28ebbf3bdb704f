"""Folding keeps offsets; blocks and sentences cover the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.text import blocks, fold, fold_name, fold_with_offsets, is_arabic, sentences

PROPERTIES = settings(deadline=None, derandomize=True, max_examples=300)

ANY_CHARACTER = st.characters(exclude_categories=["Cs"])
ANY_TEXT = st.text(ANY_CHARACTER)
# Characters at which folding, blocks and sentences do something, far denser than chance would bring them.
TROUBLE = st.text(
    st.sampled_from(list("aAb Éıİßʿ’'-‐ \t\r\n\f\v\x1c\x85\u2028\u00a0\u200b\u200eآأىة\u064b\u0301ﻯﮎᴭŉ.!?؟…\"“(«Dr1")),
    max_size=40,
)
TEXTS = ANY_TEXT | TROUBLE


@pytest.mark.parametrize(
    ("spelling", "folded"),
    [
        ("SALMA", "salma"),
        ("Şanlıurfa", "sanliurfa"),
        ("İdlib", "idlib"),
        ("Diyarbakır", "diyarbakir"),
        ("Sălma", "salma"),
        ("Sa\u0306lma", "salma"),
        ("Straße", "strase"),
        ("Østfold", "ostfold"),
        ("ＳＡＬＭＡ", "salma"),
        ("Ma'arrat", "maarrat"),
        ("Ma’arrat", "maarrat"),
        ("Ma‘arrat", "maarrat"),
        ("Maʿarrat", "maarrat"),
        ("Maʾarrat", "maarrat"),
        ("Maʻarrat", "maarrat"),
        ("Maʼarrat", "maarrat"),
        ("Ma`arrat", "maarrat"),
        ("Al-Bab", "al bab"),
        ("Al‐Bab", "al bab"),
        ("Al–Bab", "al bab"),
        ("al\u00a0Bab", "al bab"),
        ("Sal\u00adma", "salma"),
        ("Sal\u200bma\u200f", "salma"),
        ("\ufeffSal\u2060ma", "salma"),
        ("\u2067سل\u200dمى\u2069", "سلمي"),
        ("  Tal \n\t Abyad ", "tal abyad"),
        ("St. Petersburg", "st petersburg"),
        ("آرامو", "ارامو"),
        ("أرامو", "ارامو"),
        ("إدلب", "ادلب"),
        ("ٱلباب", "الباب"),
        ("سلمى", "سلمي"),
        ("سلمی", "سلمي"),
        ("اللاذقية", "اللاذقيه"),
        ("سُلْمَىٰ", "سلمي"),
        ("حـــلب", "حلب"),
        ("دمشق‎", "دمشق"),
        ("کفر", "كفر"),
        ("ʿ’'", ""),
        ("!?", ""),
        ("", ""),
    ],
)
def test_fold_name_makes_spellings_equal(spelling, folded):
    assert fold_name(spelling) == folded


@pytest.mark.parametrize(
    ("form", "letter"), [("ﻯ", "ي"), ("ﯼ", "ي"), ("ﺓ", "ه"), ("ﮎ", "ك"), ("ﺁ", "ا"), ("ﺅ", "و"), ("ﺍ", "ا"), ("ﺳ", "س")]
)
def test_presentation_forms_fold_as_their_letters_do(form, letter):
    """Text copied out of a PDF is often in presentation forms."""
    assert fold(form) == letter


@pytest.mark.parametrize(("one", "other"), [("Homs", "Hama"), ("حمص", "حماة"), ("Qusayr", "Qusair"), ("Al Bab", "Albab")])
def test_different_names_stay_different(one, other):
    assert fold_name(one) != fold_name(other)


@PROPERTIES
@given(ANY_CHARACTER)
def test_every_character_folds_to_one_or_none(char):
    assert len(fold(char)) <= 1


@PROPERTIES
@given(TEXTS)
@example("ﻯ")
@example("ŉ")
@example("ᴭ")
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


def test_fold_is_idempotent_on_every_character():
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    wrong = [char for char in every if fold(fold(char)) != fold(char)]
    assert not wrong, f"{len(wrong)}: {wrong[:40]}"


@PROPERTIES
@given(TEXTS)
def test_fold_name_squeezes_and_is_idempotent(text):
    name = fold_name(text)
    assert name == " ".join(name.split())
    assert fold_name(name) == name
    assert fold_name(f" \t{text}\n ") == name


@PROPERTIES
@given(TEXTS)
@example("al-\r\nBab  x")
@example("\u0301a\u0301\u0301 b\u0301")
def test_every_folded_character_leads_back_to_its_own(text):
    folded = fold_with_offsets(text)
    origins = [folded.original(index) for index in range(len(folded.text))]
    assert [fold(text[origin]) for origin in origins] == list(folded.text)
    assert origins == sorted(set(origins))


@PROPERTIES
@given(TEXTS)
def test_what_no_folded_character_leads_to_was_dropped_or_space(text):
    folded = fold_with_offsets(text)
    reached = {folded.original(index) for index in range(len(folded.text))}
    lost = [char for position, char in enumerate(text) if position not in reached]
    assert all(fold(char) == "" or char.isspace() for char in lost)


@pytest.mark.parametrize(
    ("text", "folded", "origins"),
    [
        ("Salma", "salma", [0, 1, 2, 3, 4]),
        ("Ma’ar", "maar", [0, 1, 3, 4]),
        ("’’a’b", "ab", [2, 4]),
        ("a  b", "a b", [0, 1, 3]),
        ("al-\nBab", "al bab", [0, 1, 2, 4, 5, 6]),
        ("al-\r\n  Bab", "al bab", [0, 1, 2, 7, 8, 9]),
        ("Deir\r\nez-Zor", "deir ez zor", [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]),
        ("a, b", "a  b", [0, 1, 2, 3]),
        ("𝐒alma 𝟚", "salma 2", [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_offsets_count_code_points(text, folded, origins):
    found = fold_with_offsets(text)
    assert found.text == folded
    assert [found.original(index) for index in range(len(folded))] == origins


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \r\n\t\f ", []),
        ("one", ["one"]),
        ("one\ntwo\n\nthree", ["one\ntwo", "three"]),
        ("one\r\ntwo\r\n\r\nthree\r\n", ["one\r\ntwo", "three"]),
        ("one\r\rtwo", ["one", "two"]),
        ("one\rtwo", ["one\rtwo"]),
        ("one\n \t\f\ntwo", ["one", "two"]),
        ("\n\n\n  one\n\n\n\n  two  \n\n", ["one", "two"]),
        ("one\r\n\ntwo\n\r\nthree", ["one", "two", "three"]),
        ("\u00a0one\n\u00a0\ntwo", ["one", "two"]),
    ],
)
def test_blank_lines_part_blocks(text, found):
    assert [text[start:end] for start, end in blocks(text)] == found


def assert_parts_cover(text: str, start: int, end: int, parts: list[tuple[int, int]]) -> None:
    """Parts are in order, apart, not empty, trimmed, and nothing but white space lies between them."""
    position = start
    for begin, stop in parts:
        assert position <= begin < stop <= end
        assert text[position:begin].strip() == ""
        assert text[begin:stop] == text[begin:stop].strip()
        position = stop
    assert text[position:end].strip() == ""


@PROPERTIES
@given(TEXTS)
def test_blocks_cover_the_text(text):
    assert_parts_cover(text, 0, len(text), list(blocks(text)))


@PROPERTIES
@given(TROUBLE)
def test_no_block_holds_a_blank_line(text):
    for start, end in blocks(text):
        lines = text[start:end].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert all(line.strip() for line in lines)


@PROPERTIES
@given(TEXTS)
@example("One. Two! “Three?” (Four.) Five… Six")
def test_sentences_cover_their_block(text):
    for start, end in blocks(text):
        assert_parts_cover(text, start, end, list(sentences(text, start, end)))


@PROPERTIES
@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_sentences_stay_between_the_offsets(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = list(sentences(text, start, end))
    assert all(start <= begin < stop <= end for begin, stop in found)
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("One! Two? Three… Four", ["One!", "Two?", "Three…", "Four"]),
        ("He said “go.” She went.", ["He said “go.”", "She went."]),
        ("One. “Two.” (Three.)", ["One.", "“Two.”", "(Three.)"]),
        ("Dr. Haddad met Gen. Idris.", ["Dr. Haddad met Gen. Idris."]),
        ("J. R. Smith left Salma.", ["J. R. Smith left Salma."]),
        ("The U.S. Navy came.", ["The U.S. Navy came."]),
        ("It grew 3.5 per cent. Then it fell.", ["It grew 3.5 per cent.", "Then it fell."]),
        ("He came, etc. and left.", ["He came, etc. and left."]),
        ("قصف. سلمى؟ حلب", ["قصف.", "سلمى؟", "حلب"]),
        ("One.\r\nTwo.", ["One.", "Two."]),
        ("He met\nDr. Haddad.", ["He met\nDr. Haddad."]),
        ("He met\r\nDr. Haddad.", ["He met\r\nDr. Haddad."]),
        ("Under\tGen. Idris.", ["Under\tGen. Idris."]),
    ],
)
def test_sentences(text, found):
    assert [text[start:end] for start, end in sentences(text)] == found


def test_sentences_between_two_offsets():
    text = "One. Two. Three."
    assert list(sentences(text, 5, 9)) == [(5, 9)]
    assert list(sentences(text, 5)) == [(5, 9), (10, 16)]
    assert list(sentences(text, 4, 4)) == []


@pytest.mark.parametrize(
    ("work", "size"),
    [
        pytest.param(lambda n: list(sentences("." * n + "a")), 5_000, id="dots"),
        pytest.param(lambda n: list(sentences("A. " * n)), 20_000, id="initials"),
        pytest.param(lambda n: fold_with_offsets("a-" + "\n" * n + "!"), 5_000, id="hyphen and newlines"),
        pytest.param(lambda n: list(blocks("\n" + " " * n + "a\n" + "\r" * n)), 50_000, id="blank lines"),
        pytest.param(lambda n: list(sentences("." + " " * n + "a")), 50_000, id="spaces"),
    ],
)
def test_hostile_runs_take_no_quadratic_time(work, size):
    assert in_proportion(work, size)


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("سلمى", True),
        ("12. «سلمى» Salma", True),
        ("Salma سلمى", False),
        ("", False),
        ("123!", False),
        ("ﺳﻠﻤﻰ", True),
        ("Москва", False),
    ],
)
def test_the_first_letter_tells_arabic(text, arabic):
    assert is_arabic(text) is arabic
