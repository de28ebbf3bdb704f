"""Arabic text: names behind prefixes and under vowel signs, and the words before a name that veto it or say what it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.growth import in_proportion
from support.spans import check_sound

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.geoparser.lexicon import arabic_words
from conflictmap.geoparser.names import arabic
from conflictmap.geoparser.names.compiled import Names
from conflictmap.geoparser.names.recognition import recognise
from conflictmap.model import Resolution
from conflictmap.text import fold_name

Parse = Callable[[str], list[Resolution]]

# --- prefixes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصلوا إلى حلب", [(10, "حلب")]),
        ("وصلوا إلى وحلب", [(11, "حلب")]),
        ("قصف بحلب", [(5, "حلب")]),
        ("وبحلب", [(2, "حلب")]),
        ("فبحلب", [(2, "حلب")]),
        ("كحلب", [(1, "حلب")]),
        ("لحلب", [(1, "حلب")]),
        ("حلب وطرطوس، ودمشق.", [(0, "حلب"), (5, "طرطوس"), (13, "دمشق")]),
        ("وباللاذقية", [(2, "اللاذقية")]),
        ("وبالبحر المتوسط", [(2, "البحر المتوسط")]),
        ("وبالبحر الأحمر", []),
        ("وسهل الغاب أخضر", [(1, "سهل الغاب")]),
        ("ب حلب", [(2, "حلب")]),
        ("وسحلب", []),  # a listed name inside another word
        ("حلبي وحلبية وبحلبهم", []),
        ("سوحلب", []),
        ("وبوحلب", []),  # no such order of prefixes
        ("بفحلب", []),
    ],
)
def test_the_prefix_is_no_part_of_the_span(mini_names: Names, text: str, expected: list[tuple[int, str]]) -> None:
    found = recognise(text, mini_names)
    check_sound(text, found)
    assert [(m.start, m.surface) for m in found] == expected


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("عادوا للقرداحة", "لقرداحة", "qardaha"),
        ("وللرقة نهر", "لرقة", "raqqa"),
        ("فللزبداني", "لزبداني", "zabadani"),
        ("عادوا للاذقية", "لاذقية", "latakia"),
    ],
)
def test_an_article_that_the_prefix_swallowed_still_leads_to_the_name(parse: Parse, text: str, surface: str, place: str) -> None:
    (found,) = parse(text)
    assert (found.mention.surface, found.place) == (surface, place)


_NAMES = ["حلب", "حمص", "دمشق", "طرطوس", "اللاذقية", "بانياس", "سوريا", "لبنان", "موسكو", "البحر المتوسط", "سهل الغاب"]
_MARKS = "\u064b\u064e\u064f\u0650\u0651\u0652\u0670\u0640"


def _with_marks(data: st.DataObject, text: str) -> str:
    return "".join(letter + (data.draw(st.sampled_from(["", "", *_MARKS])) if letter != " " else "") for letter in text)


@given(
    st.sampled_from(_NAMES),
    st.sampled_from(["", "و", "ف"]),
    st.sampled_from(["", "ب", "ل", "ك"]),
    st.sampled_from(["", "قصفت القوات ", "«", "(", "أمس:\n", "Homs "]),
    st.sampled_from(["", " أمس", "،", ".", "»", ")", "؛ نعم", "\n\nأمس"]),
    st.data(),
)
def test_a_listed_name_is_found_behind_any_prefixes(
    mini_names: Names, name: str, first: str, second: str, before: str, after: str, data: st.DataObject
) -> None:
    prefix = first + second
    marked = name if not prefix else _with_marks(data, name)
    head = before + (_with_marks(data, prefix))
    text = head + marked + after
    found = [m for m in recognise(text, mini_names) if m.surface != "Homs"]
    check_sound(text, found)
    assert [(m.start, m.surface) for m in found] == [(len(head), marked)]
    assert found[0].candidates == mini_names.patterns[mini_names.index[fold_name(name)]].places


@pytest.mark.parametrize("text", ["حَلَب", "في حَلَبَ", "قُصِفَت حِمْصُ.", "حـلـب", "حلب\u200f"])
def test_vowel_signs_do_not_hide_a_short_name(mini_names: Names, text: str) -> None:
    (found,) = recognise(text, mini_names)
    assert fold_name(found.surface) in ("حلب", "حمص")


@pytest.mark.parametrize("text", ["في القُصَيْر", "بالقصير", "بِالقُصَيْر", "وبِالْقصير"])
def test_vowel_signs_do_not_make_a_common_word_of_a_place(parse: Parse, text: str) -> None:
    (found,) = parse(text)
    assert found.place == "qusayr"
    assert fold_name(found.mention.surface) == "القصير"


# --- the word before ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "درس في جامعة حلب",
        "وبجامعة حلب طلاب",
        "أعلن لواء حلب ذلك",
        "قائد كتيبة حمص",
        "صحيفة دمشق",
        "في شارع حلب",
        "الشيخ طرطوس",
        "وابن حلب",
        "مستشفى دمشق",
        "جَامِعَة حلب",
    ],
)
def test_an_organisation_a_unit_or_a_person_is_no_place(mini_names: Names, text: str) -> None:
    assert recognise(text, mini_names) == []


def test_every_head_word_vetoes(mini_names: Names) -> None:
    for head in sorted(arabic_words().heads):
        assert recognise(f"{head} دمشق", mini_names) == [], head
        assert arabic.is_vetoed(f"{head} دمشق", len(head) + 1), head
    assert recognise("جميلة دمشق", mini_names) != []


def test_only_the_word_right_before_vetoes(mini_names: Names) -> None:
    for text in ("جامعة في حلب", "جامعة، حلب", "جامعة\n\nحلب", "الجامعات حلب"):
        assert [m.surface for m in recognise(text, mini_names)] == ["حلب"]


@pytest.mark.parametrize(
    "text", ["السوريون والحمصيون", "محمد الحلبي", "الدمشقيون", "حلبية", "اللبنانيين والروس", "الحمصي والطرطوسي"]
)
def test_peoples_and_surnames_are_no_places(mini_names: Names, text: str) -> None:
    assert recognise(text, mini_names) == []


@pytest.mark.parametrize(
    ("text", "cue", "places"),
    [
        ("محافظة حمص", "ADM1", ["homs-governorate"]),
        ("بمحافظة حمص", "ADM1", ["homs-governorate"]),
        ("وريف حمص", "ADM1", ["homs-governorate"]),
        ("مدينة حمص", "P", ["homs"]),
        ("ومدينة\u00a0حمص", "P", ["homs"]),
        ("كبيرة حمص", None, ["homs"]),
    ],
)
def test_the_word_before_says_which_is_meant(parse: Parse, text: str, cue: str | None, places: list[str]) -> None:
    found = parse(text)
    assert [r.mention.surface for r in found] == ["حمص"]  # in Arabic the generic word is no part of the span
    assert [r.mention.cue for r in found] == [cue]
    assert [r.place for r in found] == places


@pytest.mark.parametrize(
    ("text", "surface", "places"),
    [
        ("على نهر الفرات", "نهر الفرات", ("euphrates",)),
        ("عند سد الفرات", "سد الفرات", ()),  # the dam is none of the river's places: its own name is unknown
        ("وفي مطار حلب", "مطار حلب", ()),
        ("ومطار حلب", "مطار حلب", ()),
    ],
)
def test_a_feature_word_is_part_of_the_name(mini_names: Names, text: str, surface: str, places: tuple[str, ...]) -> None:
    (found,) = recognise(text, mini_names)
    assert (found.surface, found.candidates) == (surface, places)
    assert found.cue == (None if places else "unknown")


def test_a_common_word_is_a_place_only_where_a_place_can_stand(parse: Parse) -> None:
    assert [r.mention.start for r in parse("فتح الباب ودخل الى الباب")] == [len("فتح الباب ودخل الى ")]
    assert [r.place for r in parse("في الباب")] == ["al-bab"]
    assert parse("هذا الباب كبير") == []


def test_a_name_that_no_gazetteer_holds(mini_names: Names) -> None:
    text = "في قرية كفر نزوى قرب حلب"
    found = recognise(text, mini_names)
    check_sound(text, found)
    assert [(m.surface, m.candidates, m.cue) for m in found] == [("كفر نزوى", (), "unknown"), ("حلب", ("aleppo",), None)]
    assert recognise("في قرية", mini_names) == recognise("بلدات كثيرة", mini_names) == []


def test_two_countries_cities_of_one_name_stand_beside_them(parse: Parse) -> None:
    assert [r.place for r in parse("طرابلس لبنان")] == ["tripoli", "lebanon"]


def test_the_word_lists_are_arabic() -> None:
    for key in arabic_words().__struct_fields__:
        words = getattr(arabic_words(), key)
        assert words, key
        assert all(arabic.LETTER.search(word) and word == word.strip() and word.isprintable() for word in words), key
        assert not any(letter.isascii() and letter != " " for word in words for letter in word), key


# --- any text, any length -------------------------------------------------------------------------------------


_PIECES = st.one_of(
    st.sampled_from(
        ["حلب", "حمص", "اللاذقية", "القصير", "و", "ف", "ب", "ل", "لل", "ال", "ك", " ", " ", "\n", "،", ".", "جامعة ", "مدينة ", "قرية ", "نهر "]
    ),
    st.sampled_from(["Homs ", "\u064e", "\u0640", "\u200f", "\u00a0", "_", "-", "7", "ـ", "ﻻ", "كفر ", "محافظة "]),
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
@example("لل")
@example("ولل" + "\u064e")
def test_any_text_gives_sound_spans(names: Names, gazetteer: Gazetteer, text: str) -> None:
    found = recognise(text, names)
    check_sound(text, found)
    assert recognise(text, names) == found
    for mention in found:
        assert mention.surface.strip() == mention.surface != ""
        assert all(place_id in gazetteer.places for place_id in mention.candidates)


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        pytest.param("وبحلب ", 10_000, id="prefixed names"),
        pytest.param("وبل", 30_000, id="one word of prefixes"),
        pytest.param("وب ", 30_000, id="prefixes alone"),
        pytest.param("لل" + "\u064e" * 10, 30_000, id="vowel signs"),
        pytest.param("جامعة حلب ", 10_000, id="vetoed names"),
        pytest.param("قرية كفر ", 10_000, id="names that cues announce"),
        pytest.param("القصف ", 30_000, id="words with articles"),
        pytest.param("سلحب ", 30_000, id="words"),
    ],
)
def test_the_work_grows_with_the_text(names: Names, pattern: str, size: int) -> None:
    assert in_proportion(lambda length: recognise(pattern * (length // len(pattern)), names), size)
