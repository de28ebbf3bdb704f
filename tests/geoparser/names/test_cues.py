"""What the words around a name say of the kind of its place, and names that only such words announce."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion
from support.spans import check_sound

from conflictmap.geoparser.names.compiled import Names
from conflictmap.geoparser.names.cues import (
    announced,
    feature_after,
    feature_cue,
    is_adjective,
    longer_feature,
    may_be_named,
    needs_look,
    spread_cues,
)
from conflictmap.geoparser.names.recognition import recognise
from conflictmap.model import Resolution
from conflictmap.text import fold_with_offsets

Parse = Callable[[str], list[Resolution]]
TOWN, PROVINCE, ROAD, RIVER = frozenset("P"), frozenset(["A", "ADM1"]), frozenset("R"), frozenset("H")


def place(text: str, name: str = "Homs") -> tuple[str, int, int]:
    start = text.index(name)
    return text, start, start + len(name)


# --- the kind of place ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kinds", "end", "cue"),
    [
        ("in Homs province", PROVINCE, "province", "ADM1"),
        ("in Homs\ngovernorate", PROVINCE, "governorate", "ADM1"),
        ("in Homs Province", PROVINCE, "Province", "ADM1"),
        ("in Homs provincial", PROVINCE, "Homs", None),
        ("in Homs, province", PROVINCE, "Homs", None),
        ("the province of Homs", PROVINCE, "Homs", "ADM1"),
        ("the besieged city of Homs", TOWN, "Homs", "P"),
        ("the Homs road", TOWN, "Homs", None),  # of a town, a road is not its own
        ("the Homs road", ROAD, "road", "R"),
        ("Homs city", TOWN, "Homs", "P"),  # a generic word is no part of the name
        ("the village of\nHoms", TOWN, "Homs", "P"),
        ("Homs airport", frozenset("S"), "airport", "S"),
        ("Homs", TOWN, "Homs", None),
    ],
)
def test_a_feature_word_is_in_the_span_and_says_the_kind(text: str, kinds: frozenset[str], end: str, cue: str | None) -> None:
    _, begin, finish = place(text)
    told = feature_cue(text, begin, finish, feature_after(text, finish, kinds))
    assert told[0] == text.rindex(end) + len(end)
    assert (told[1] or "").split()[:1] == ([cue] if cue else [])


@pytest.mark.parametrize(
    ("text", "kinds", "surface"),
    [
        ("the Homs River burned", TOWN, "Homs River"),
        ("the Homs River burned", RIVER, None),
        ("the Homs military airport burned", TOWN, "Homs military airport"),
        ("the Gulf of Homs burned", TOWN, "Gulf of Homs"),
        ("the Gulf of Homs burned", RIVER, None),
        ("the city of Homs burned", TOWN, None),
        ("in Homs province", TOWN, "Homs province"),
    ],
)
def test_a_feature_without_a_place_of_its_own_is_not_its_namesake(text: str, kinds: frozenset[str], surface: str | None) -> None:
    _, begin, finish = place(text)
    span = longer_feature(text, begin, finish, feature_after(text, finish, kinds), kinds)
    assert (span and text[slice(*span)]) == surface


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Homs, Hama and Idlib provinces", ["ADM1"] * 3),
        ("Homs, Hama, and Idlib provinces", ["ADM1"] * 3),
        ("the provinces of Homs, Hama and Idlib", ["ADM1"] * 3),
        ("the cities of Homs and Hama", ["P"] * 2),
        ("Homs city, Hama and Idlib provinces", ["P", "ADM1", "ADM1"]),
        ("Homs. Hama and Idlib provinces", [None, "ADM1", "ADM1"]),
        ("Homs then Hama and Idlib provinces", [None, "ADM1", "ADM1"]),
        ("Homs and Hama province", [None, "ADM1"]),
        ("the city of Homs and Hama", ["P", None]),
    ],
)
def test_a_plural_head_tells_of_the_whole_enumeration(names: Names, text: str, cues: list[str | None]) -> None:
    found = recognise(text, names)
    assert [(m.cue or "").split()[:1] for m in found] == [[cue] if cue else [] for cue in cues]
    assert spread_cues(text, found) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left Homs. It", False),
        ("They left Homs today", False),
        ("They left Homs province", True),
        ("They left Homs City", True),
        ("They left Homs, a city", True),
        ("They left Homs, then", False),
        ("They left Homs-based", True),
        ("the city of Homs fell", True),
        ("met Ahmad Homs there", True),
        ("Abu Homs", True),
        ("Homs", False),
        ("“Homs” fell", True),
    ],
)
def test_most_names_stand_plain(text: str, expected: bool) -> None:
    assert needs_look(*place(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they met in Nice", True),
        ("they met in the Nice", True),
        ("they fled northern Nice", True),
        ("they fled Nice", True),
        ("Nice, France", True),
        ("Nice, they said", False),
        ("Nice weather", False),
        ("a Nice day", False),
    ],
)
def test_where_a_common_word_may_be_a_name(text: str, expected: bool) -> None:
    assert may_be_named(*place(text, "Nice")) is expected


# --- names in no gazetteer ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in the village of Foobaz", ["Foobaz"]),
        ("the villages of Foobaz, Barqux and al-Quxfoo fell", ["Foobaz", "Barqux", "al-Quxfoo"]),
        ("the towns of Foobaz and Homs", ["Foobaz", "Homs"]),
        ("the village of Foobaz, Barqux said", ["Foobaz"]),
        ("they entered Foobaz village and shelled the Barqux neighborhood", ["Foobaz", "Barqux"]),
        ("the village of Tell Foobaz’s well", ["Tell Foobaz"]),
        ("the Latakian village of Foobaz", ["Foobaz"]),
        ("the village of the blind", []),
        ("the city of Syrians", []),
        ("in Latakian village huts", []),
        ("Foobaz fell", []),
        ("ten died in the village of Tell Nowhere, Homs province", ["Tell Nowhere", "Homs province"]),
        ("ten died in the village of Tell Foobaz on Monday", ["Tell Foobaz"]),
        ("the hamlets of Tell Foobaz and ash-Shumfoo", ["Tell Foobaz", "ash-Shumfoo"]),
        ("a town called Foobaz burned", ["Foobaz"]),
        ("a village known as Beit Foobaz", ["Beit Foobaz"]),
        ("they took Kafr Foobaz and Tel Barqux", ["Kafr Foobaz", "Tel Barqux"]),
        ("Foobaz, a small village near Homs, burned", ["Foobaz", "Homs"]),
        ("shells fell on Foobaz air base", ["Foobaz air base"]),
        ("The Foobaz military airport burned", ["Foobaz military airport"]),
        ("the village of al-\nFoobaz", ["al-\nFoobaz"]),
        ("the village of Ain Foobaz", ["Ain Foobaz"]),
        ("the village of Foobaz and Homs", ["Foobaz", "Homs"]),
        ("the village of Monday", []),
        ("the town of Syrian weavers", []),
        ("the city of light", []),
        ("Dr. Foobaz, a doctor of the town, slept", []),
        ("Foobaz, a farmer from a village near Homs, wept", ["Homs"]),
        ("Tell Ahmad that it rained. Tell Foobaz too", []),
        ("Foobaz Village Council met", []),
    ],
)
def test_a_name_that_only_a_cue_announces(names: Names, text: str, expected: list[str]) -> None:
    found = recognise(text, names)
    assert [m.surface for m in found] == expected
    unknown = [m for m in found if "Foo" in m.surface or "qux" in m.surface.lower()]
    assert all(m.candidates == () and m.cue == "unknown" for m in unknown)
    check_sound(text, found)


def test_an_announced_name_is_unresolved_and_says_so(parse: Parse) -> None:
    (found,) = parse("Ten died in the village of Tell Nowhere.")
    assert (found.mention.surface, found.status, found.place, found.reason) == (
        "Tell Nowhere",
        "unresolved",
        None,
        "not-in-gazetteer",
    )
    assert found.mention.candidates == ()


def test_a_listed_name_that_is_announced_is_resolved(parse: Parse) -> None:
    assert [(r.mention.surface, r.place) for r in parse("Ten died in the village of Salma.")] == [("Salma", "salma")]


@pytest.mark.parametrize("text", ["Burnt Ain Dara fell.", "They died in Ain Dara, near Afrin.", "Ain Dara and Ain Foobaz fell."])
def test_a_name_of_two_words_is_not_its_second_word(parse: Parse, text: str) -> None:
    assert "daraa" not in [r.place for r in parse(text)]


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("Latakian", True), ("Homsi", True), ("Homsis", True), ("Syrians", True), ("Kurdish", True), ("Kurds", True),
        ("Damascene", False), ("Foobaz", False), ("Hama", False), ("", False), ("n", False),
    ],
)  # fmt: skip
def test_an_adjective_is_made_of_a_listed_name(surface: str, expected: bool) -> None:
    assert is_adjective(surface, {"latakia", "homs", "syria", "hama"}) is expected


def stretches(text: str) -> list[tuple[int, int]]:
    """Where an announcing word is near, as offsets of the text."""
    return [(start, end) for *_, start, end in announced(fold_with_offsets(f" {text} "))]


def test_only_what_is_near_an_announcing_word_is_read() -> None:
    far = "word " * 200
    text = f"{far}the village of Foobaz {far}"
    found = stretches(text)
    assert found
    for start, end in found:
        assert text.index("village") - 200 < start <= text.index("village")
        assert text.index("Foobaz") + 6 <= end < text.index("Foobaz") + 200
    assert stretches(far) == []


# --- any text, any length -------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    ["Homs", "Foobaz", "Tell ", "Kafr ", "village of ", "villages of ", " village", "the ", "and ", ", ", "a town called ", "province", "provinces",
     " air base", " ", " ", "\n", "-", "’s", "al-", ".", "قرية ", "كفر ", "حلب", "Dr. ", "Council", " road", "Gulf of ", "É", "\n\n"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_gives_sound_spans(names: Names, text: str) -> None:
    found = recognise(text, names)
    check_sound(text, found)
    assert all(m.cue == "unknown" for m in found if not m.candidates)
    assert all(0 <= start < end for start, end in stretches(text))
    for at in (at for at in range(len(text)) if text.startswith("Homs", at)):
        feature = feature_after(text, at + 4, TOWN)
        assert feature_cue(text, at, at + 4, feature)[0] >= at + 4
        assert needs_look(text, at, at + 4) in (True, False)


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        pytest.param("villages of Foo, Bar and ", 15_000, id="cues without end"),
        pytest.param("village of ", 20_000, id="cues of nothing"),
        pytest.param("Foobaz village, ", 10_000, id="cues after names"),
        pytest.param("Tell Foobaz ", 10_000, id="first words of names"),
        pytest.param("Tell ", 20_000, id="first words alone"),
        pytest.param("Homs, Hama and ", 10_000, id="one enumeration"),
        pytest.param("in Foo Bar Baz ", 15_000, id="names that might be announced"),
        pytest.param("قرية ", 20_000, id="Arabic cues of nothing"),
    ],
)
def test_the_work_grows_with_the_text(names: Names, pattern: str, size: int) -> None:
    assert in_proportion(lambda length: recognise(pattern * (length // len(pattern)) + "provinces", names), size)
