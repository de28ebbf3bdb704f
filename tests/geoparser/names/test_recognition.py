"""What counts as a toponym: the rules of the contract of `parse`, one by one, with the shipped gazetteer."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion
from support.spans import check_sound

from conflictmap.gazetteer.catalogue import Gazetteer, read_gazetteer
from conflictmap.geoparser.lexicon import english_words
from conflictmap.geoparser.names.compiled import Names, compile_names
from conflictmap.geoparser.names.recognition import recognise
from conflictmap.geoparser.places.resolution import resolve

# --- spans ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Latakia.", ["Latakia"]),
        ("Shells fell on (Latakia), “Homs” and ‘Hama’…", ["Latakia", "Homs", "Hama"]),
        ("Syria/Iraq, Syria—Iraq; Syria: no.", ["Syria", "Iraq", "Syria", "Iraq", "Syria"]),
        ("Homs", ["Homs"]),
        ("Homsland and Proto-Homsian and NewHoms", []),
        ("Homs2013 and 4Homs", []),
        ("Homs_old and old_Homs", []),
        ("Homs's, Homs', Homs’ and Syria’s roads", ["Homs", "Homs", "Homs", "Syria"]),
        ("Syria's war, Syria’s war, Syria′s war", ["Syria", "Syria", "Syria"]),
        ("Homs'nt", []),
        ("They left Deir\nez-Zor.", ["Deir\nez-Zor"]),
        ("They left Deir\r\nez-Zor.", ["Deir\r\nez-Zor"]),
        ("They left Deir ez-\nZor.", ["Deir ez-\nZor"]),
        ("They left Deir ez-\r\nZor.", ["Deir ez-\r\nZor"]),
        ("They left Tel   \n   Aviv.", ["Tel   \n   Aviv"]),
        ("They left Saudi\u00a0Arabia.", ["Saudi\u00a0Arabia"]),
        ("They left Saudi\u202fArabia.", ["Saudi\u202fArabia"]),
        ("Deir ez-Zor, Deir ez\u2010Zor, Deir ez\u2011Zor", ["Deir ez-Zor", "Deir ez\u2010Zor", "Deir ez\u2011Zor"]),
        ("Al-Qusayr, al-Qusayr and Al Qusayr", ["Al-Qusayr", "al-Qusayr", "Al Qusayr"]),
        ("S\u00e3o Paulo", ["S\u00e3o Paulo"]),
        ("Sa\u0303o Paulo", ["Sa\u0303o Paulo"]),
        ("Near Idli\u0304b", ["Idli\u0304b"]),
        ("They reached Latakiy\u0101 and Slinfah", ["Latakiy\u0101", "Slinfah"]),
        ("They reached Latakiya\u0304 at dawn", ["Latakiya\u0304"]),
        ("They fled Dar\u02bfa, Dar\u2019a and Dar'a", ["Dar\u02bfa", "Dar\u2019a", "Dar'a"]),
        ("Ho\u00adms fell to La\u200btakia", ["Ho\u00adms", "La\u200btakia"]),
        ("in St. Petersburg and St. Louis", ["St. Petersburg", "St. Louis"]),
        ("in Washington, D.C., on Monday", ["Washington, D.C."]),
        ("HOMS, Syria — LATAKIA fell", ["HOMS", "Syria", "LATAKIA"]),
        ("in the U.S., the US and the U.S.A.", ["U.S.", "US", "U.S.A."]),
        ("They told us. It was up to us", []),
        ("in the U.K. and the UAE", ["U.K.", "UAE"]),
        ("A batman ate turkey with salt on a nice split, and a bab.", []),
        ("In homs and in latakia", []),
        ("قصفت القوات حلب أمس", ["حلب"]),
        ("The name of the rose", []),
        ("", []),
        ("   \n ", []),
    ],
)
def test_span(surfaces: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Ghab plain burned", ["Ghab plain"]),
        ("the Ghab burned", ["Ghab"]),
        ("the an-Nusayriyah Mountains and the Nusayriyah Mountains", ["an-Nusayriyah Mountains", "Nusayriyah Mountains"]),
        ("in Latakia province and in Homs Governorate", ["Latakia province", "Homs Governorate"]),
        ("in the Latakia\nprovince", ["Latakia\nprovince"]),
        ("Menagh air base and the Menagh military airport", ["Menagh air base", "Menagh military airport"]),
        (
            "the Euphrates River valley, the Euphrates River, the Euphrates",
            ["Euphrates River valley", "Euphrates River", "Euphrates"],
        ),
        ("the Mediterranean Sea and the Mediterranean coast", ["Mediterranean Sea", "Mediterranean coast"]),
        ("fighting in Latakia provinces", ["Latakia"]),
        ("in Daraa, Suwayda and Quneitra provinces", ["Daraa", "Suwayda", "Quneitra"]),
        ("the Golan Heightening; the United Statesman of Homs", ["Golan", "Homs"]),
        ("in the city of Homs, the province of Daraa", ["Homs", "Daraa"]),
        ("the naval ports of Latakia and Tartous", ["Latakia", "Tartous"]),
        ("the outskirts of Aleppo, Aleppo’s Old City", ["Aleppo", "Aleppo"]),
        ("the port city of Latakia", ["Latakia"]),
    ],
)
def test_the_longest_name_is_the_span_and_a_generic_word_is_not_in_it(
    surfaces: Callable[[str], list[str]], text: str, expected: list[str]
) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was in Latakia. Provinces fell", ["Latakia"]),
        ("They saw Homs. Province after province fell", ["Homs"]),
        ("Homs, city of stone", ["Homs"]),
    ],
)
def test_a_sentence_end_parts_a_name_from_a_feature_word(
    surfaces: Callable[[str], list[str]], text: str, expected: list[str]
) -> None:
    assert surfaces(text) == expected


def test_a_blank_line_is_not_inside_a_name(names: Names) -> None:
    assert [m.surface for m in recognise("They left Tel\n\nAviv", names)] == []


def test_offsets_count_code_points_of_the_whole_text(names: Names) -> None:
    text = "😀 é\u0301 \u200b Homs. \r\n\r\n𝒳 Hama"
    assert [(m.start, m.surface) for m in recognise(text, names)] == [(text.index("Homs"), "Homs"), (text.index("Hama"), "Hama")]


def test_only_between_the_given_offsets(names: Names) -> None:
    text = "Homs fell. Hama stood. Idlib waited."
    found = recognise(text, names, text.index("Hama"), text.index("Idlib"))
    assert [(m.start, m.end, m.surface) for m in found] == [(11, 15, "Hama")]


# --- what is no toponym ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Syrian, Latakian, Homsi, Aleppine and Damascene cooks",
        "Turks, Iraqis, Russians and Turkmens",
        "in the Latakian camp, a Hamawi accent",
        "in the Hamawi village of the north",
        "img_latakia_2013.jpg",
        "see Homs_report.docx, syria-homs-2013.pdf and Homs.PDF",
        "see latakia.jpg, Homs.pdf and C:\\Homs\\Hama",
        "http://example.org/Latakia/Homs and www.Latakia.com",
        "write to Latakia@example.org",
        "_69129968_syria_Aleppo_Latakia_feb13The sources",
    ],
)
def test_not_a_toponym(surfaces: Callable[[str], list[str]], text: str) -> None:
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>Salma</b> fell", [(3, "Salma")]),
        ("<script>Salma</script>", [(8, "Salma")]),
        ("&lt;b&gt;Salma&lt;/b&gt;", [(9, "Salma")]),
        ("<a href='x'>Homs</a>", [(12, "Homs")]),
        ("**Homs** [Hama](javascript:alert(1))", [(2, "Homs"), (10, "Hama")]),
        ("{{Homs}} ${Hama} `Idlib` {% raw %}", [(2, "Homs"), (11, "Hama"), (18, "Idlib")]),
    ],
)
def test_markup_around_a_name_does_not_hide_it(names: Names, text: str, expected: list[tuple[int, str]]) -> None:
    assert [(m.start, m.surface) for m in recognise(text, names)] == expected


# --- no text is too odd ---------------------------------------------------------------------------------------

_PIECES = st.one_of(
    st.sampled_from(
        [
            "Homs", "Latakia", "Latakia province", "Deir ez-Zor", "Salma", "Abu Kamal",
            "U.S.", "US", "حلب", "Golan Heights", "Qusayr", "al-Bab", "Rabia",
            "Saudi Arabia", "SÃO PAULO", "the", "village of", "villages of", "and",
            "provinces", "said", "General", "Ahmad", "Islamic State of", "km north of",
            "between", "highway", "University", "Foobaz", "'s", "’", "-", "\u2011", ".", ",",
            ";", "/", "_", "@", "<b>", "&amp;", "{{", "${", "\u0301", "\u200b",
            "\ufeff", "\u00ad", "\u00a0", " ", "  ", "\n", "\r\n", "\r", "\n\n", "\t", "\x00", "😀", "ﬁ", "İ", "ß",
        ]
    ),
    st.characters(exclude_categories=["Cs"]),
)  # fmt: skip


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_text_gives_ordered_spans_that_are_its_own_characters(names: Names, gazetteer: Gazetteer, text: str) -> None:
    found = recognise(text, names)
    check_sound(text, found)
    assert recognise(text, names) == found
    for mention in found:
        assert mention.surface.strip() == mention.surface != ""
        assert all(place_id in gazetteer.places for place_id in mention.candidates)
    assert [r.mention for r in resolve(text, found, gazetteer)] == found


@given(st.lists(_PIECES, max_size=30).map("".join), st.lists(_PIECES, max_size=30).map("".join))
def test_a_window_sees_what_the_passage_alone_would(names: Names, before: str, text: str) -> None:
    alone = recognise(text, names)
    inside = recognise(f"{before}\n\n{text}\n\nHoms", names, len(before) + 2, len(before) + 2 + len(text))
    assert [(m.start - len(before) - 2, m.surface, m.candidates) for m in inside] == [
        (m.start, m.surface, m.candidates) for m in alone
    ]


def test_a_megabyte_of_mixed_characters_is_read_to_its_end(names: Names) -> None:
    rng = random.Random(7)
    alphabet = "Homs aleppo-'’\n\r\t.,;<>&{}$%\u0301\u200bحلب😀_@/\\\x00É"
    text = "".join(rng.choices(alphabet, k=1_000_000)) + " and then Homs."
    found = recognise(text, names)
    check_sound(text, found)
    assert found[-1].surface == "Homs"


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        pytest.param("Homs/", 2_000, id="one long word"),
        pytest.param("Homs \n", 8_000, id="one hard-wrapped block of an ambiguous name"),
        pytest.param("villages of Foo, Bar and ", 15_000, id="cues without end"),
        pytest.param("Foo Homs ", 5_000, id="compounds"),
        pytest.param("they met Foo Homs was quiet in the old days when ", 300_000, id="compounds far into a long text"),
        pytest.param("Homs " + " " * 500, 50_000, id="spaces"),
        pytest.param("ez-\n", 100_000, id="hyphens at line ends"),
        pytest.param("University of Homs and the ", 10_000, id="organisations"),
    ],
)
def test_the_work_grows_with_the_text_and_not_with_its_square(
    names: Names, gazetteer: Gazetteer, pattern: str, size: int
) -> None:
    def read(length: int) -> None:
        text = pattern * (length // len(pattern))
        resolve(text, recognise(text, names), gazetteer)

    assert in_proportion(read, size)


# --- the names and word lists themselves ----------------------------------------------------------------------


def test_a_name_that_is_not_matchable_is_found_by_searching_only(gazetteer: Gazetteer, names: Names) -> None:
    assert gazetteer.find("Batman")
    assert recognise("They drove to Batman at dawn.", names) == []


def test_candidates_stand_most_significant_first(gazetteer: Gazetteer, names: Names) -> None:
    (mention,) = recognise("in Qusayr", names)
    ranks = [gazetteer.places[place_id].significance for place_id in mention.candidates]
    assert len(ranks) > 1
    assert ranks == sorted(ranks, reverse=True)


def test_a_name_with_markup_in_the_gazetteer_spoils_no_other(mini_gazetteer_folder: Path) -> None:
    names = compile_names(read_gazetteer(mini_gazetteer_folder))
    text = "near Tell ${7*7} {{7*7}} & 'x' and Tell `x` {% raw %} in Salma"
    found = recognise(text, names)
    check_sound(text, found)
    assert found[-1].candidates == ("salma",)
    assert {m.candidates for m in found[:-1]} <= {("tell-hostile",)}


CAPITALISED = {"toponym_firsts", "nations"}
"""Word lists that are compared with the text as it is printed: names."""


def test_the_word_lists_are_in_lower_case_and_their_kinds_are_geonames_codes() -> None:
    words = english_words()
    for key in words.__struct_fields__:
        values = getattr(words, key)
        if key in CAPITALISED:
            assert all(word == word.strip() and word[0].isupper() and word[1:] == word[1:].lower() for word in values), key
        elif key == "state_abbreviations":
            assert all(code[0].isupper() and name[0].isupper() for code, name in values.items())
        elif key in ("unromanised", "other_theatres"):
            assert all(len(code) == 2 and code.isupper() for code in values)
        else:
            assert all(isinstance(word, str) and word == word.lower() for word in values), key
    assert set(words.__struct_fields__) >= CAPITALISED
    for key in ("feature_after", "hint_after", "hint_before"):
        for phrase, kinds in getattr(words, key).items():
            assert all(kind in "AHLPRST" or kind.startswith("ADM") for kind in kinds), (key, phrase)
