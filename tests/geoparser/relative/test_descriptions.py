"""Definite descriptions -> suggested places. Places are the shipped gazetteer's; the sentences are the tests' own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.geoparser.relative.descriptions import descriptions, suggest
from conflictmap.model import Mention, Resolution

Suggest = Callable[[str], list[tuple[str, str]]]

NAMES = {
    "Syria": "syria", "Lebanon": "lebanon", "Turkey": "turkey", "Iraq": "iraq", "Homs": "homs", "Hama": "hama", "Aleppo": "aleppo",
    "Damascus": "damascus", "Idlib": "idlib", "Raqqa": "raqqa", "Latakia": "latakia", "Saraqeb": "saraqeb", "Beirut": "beirut",
    "Ankara": "ankara", "Istanbul": "istanbul", "Azaz": "azaz", "Idlib province": "idlib-governorate", "Homs province": "homs-governorate",
    "Rif Dimashq": "rif-dimashq-governorate", "Menagh air base": "menagh-air-base", "Foobaz": None,
}  # fmt: skip


def resolutions_of(text: str) -> list[Resolution]:
    found: list[Resolution] = []
    at = 0
    while at < len(text):
        name = max((name for name in NAMES if text.startswith(name, at)), key=len, default="")
        if name:
            place = NAMES[name]
            mention = Mention(at, at + len(name), name, (place,) if place else ())
            found.append(Resolution(mention, place, "resolved" if place else "unresolved", "only-candidate"))
        at += len(name) or 1
    return found


@pytest.fixture(scope="module")
def find(gazetteer: Gazetteer) -> Suggest:
    def look(text: str) -> list[tuple[str, str]]:
        return [(m.surface, place) for m, place in suggest(text, 0, len(text), resolutions_of(text), gazetteer)]

    return look


# text, the description, its place
CASES = [
    ("In Idlib province the army left the provincial capital.", "provincial capital", "idlib"),
    ("From Idlib province to Homs province, the provincial capital aside.", "provincial capital", "homs"),
    ("In Idlib province, far from Aleppo, it left the provincial\ncapital.", "provincial\ncapital", "idlib"),
    ("Rebels in Raqqa swept through much of the provincial capital.", "provincial capital", "raqqa"),
    ("Nobody left the capital of Homs province.", "capital of Homs province", "homs"),
    ("Syria’s commercial capital was shelled.", "Syria’s commercial capital", "aleppo"),
    ("In Syria the commercial capital was calm.", "commercial capital", "aleppo"),
    ("They marched in Syria's largest city.", "Syria's largest city", "aleppo"),
    ("They marched in the largest city in Syria.", "largest city in Syria", "aleppo"),
    ("Around Homs they spoke of the country's second-largest city.", "country's second-largest city", "aleppo"),
    ("The Syrian second city was calm.", "Syrian second city", "aleppo"),
    ("Syria's third city was calm.", "Syria's third city", "homs"),
    ("In Syria, the largest city in the east was besieged.", "largest city in the east", "deir-ez-zor"),
    ("Ships lay off Syria's main port.", "Syria's main port", "latakia"),
    ("Lebanon's second city was calm.", "Lebanon's second city", "tripoli"),
    ("Iraq's second city was calm.", "Iraq's second city", "mosul"),
    ("Turkey's largest city was calm.", "Turkey's largest city", "istanbul"),
    ("From Homs and Hama they fled to the capital.", "capital", "damascus"),
    ("Turkey spoke; from Homs and Hama they fled to the capital.", "capital", "damascus"),
    ("In Turkey they fled to the capital.", "capital", "ankara"),
    ("They fled to the Lebanese capital.", "Lebanese capital", "beirut"),
    ("They fled to Turkey's capital.", "Turkey's capital", "ankara"),
    ("They fled to the capital of Iraq.", "capital of Iraq", "baghdad"),
    ("They fled to Assad's hometown.", "Assad's hometown", "qardaha"),
    ("They fled to Bashar al-Assad's home village.", "Bashar al-Assad's home village", "qardaha"),
    ("They fled to the Assad family’s ancestral village.", "Assad family’s ancestral village", "qardaha"),
    ("They fled to the ancestral home of the Assad family.", "ancestral home of the Assad family", "qardaha"),
    ("Rebels in Latakia shelled the leader's hometown.", "leader's hometown", "qardaha"),
    ("Rebels shelled the Syrian president's hometown near Latakia.", "Syrian president's hometown", "qardaha"),
    ("They took a military airport north of Aleppo.", "military airport north of Aleppo", "menagh-air-base"),
    ("They took an air base just east of Aleppo.", "air base just east of Aleppo", "kuweires-air-base"),
    ("They took an airbase 40 km east of Aleppo.", "airbase 40 km east of Aleppo", "kuweires-air-base"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "place"), CASES)
def test_descriptions_that_one_place_fits(find: Suggest, text: str, words: str, place: str) -> None:
    assert find(text) == [(words, place)]


NOTHING = [
    "Aleppo, Syria's commercial capital, was calm.",
    "Aleppo, Syria's once thriving commercial capital, was calm.",
    "Aleppo is Syria's commercial capital.",
    "They saw Aleppo, which used to be Syria's commercial capital.",
    "Aleppo had long been Syria's commercial capital.",
    "Aleppo (Syria's second city) was calm.",
    "Syria's second city, Aleppo, was calm.",
    "Syria's second city Aleppo was calm.",
    "Syria's second city of Aleppo was calm.",
    "In Idlib province, the provincial capital, Idlib, was calm.",
    "In Idlib province, the provincial capital Foobaz was calm.",
    "The capital Damascus was calm.",
    "The capital, Damascus, was calm.",
    "The capital city of Damascus was calm.",
    "Damascus, the capital, was calm.",
    "In Syria, the provincial capital of Homs was calm.",
    "Near Istanbul, the commercial capital was calm.",
    "They left the provincial capital.",
    "In Rif Dimashq they left the provincial capital.",
    "Between Homs province and Rif Dimashq they left the provincial capital.",
    "They left the capital.",
    "Beirut, Ankara and Aleppo: nobody said which was the second city.",
    "There is capital punishment in Syria.",
    "In Homs the capital flight went on.",
    "In Homs a capital was found.",
    "In Syria the capital of fear grew.",
    "Syria's largest city after Damascus.",
    "Syria's political capital was spent.",
    "Asma al-Assad's hometown was calm.",
    "Near Homs the rebel leader's hometown was calm.",
    "Near Homs the Iranian president's hometown was calm.",
    "They came home. Town after town fell in Syria.",
    "Menagh air base north of Aleppo fell.",
    "They took the Foo air base north of Aleppo.",
    "They took an air base north of Damascus.",
    "They took an air base north of Foobaz.",
    "They took air bases north of Aleppo.",
    "In Azaz, an air base north of Aleppo.",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_guessed(find: Suggest, text: str) -> None:
    assert find(text) == []


def test_a_mention_that_is_the_description_is_left_alone(gazetteer: Gazetteer) -> None:
    text = "In Homs they left the capital."
    at = text.index("capital")
    own = Resolution(Mention(at, at + 7, "capital", ("damascus",)), "damascus", "resolved", "only-candidate")
    assert suggest(text, 0, len(text), resolutions_of(text), gazetteer)
    assert suggest(text, 0, len(text), [*resolutions_of(text), own], gazetteer) == []


def test_governments_do_not_tell_the_country(gazetteer: Gazetteer) -> None:
    text = "Turkey warned of war. Lebanon was silent. They left the capital."
    actors = [replace(r, role="actor") for r in resolutions_of(text)]
    assert suggest(text, 0, len(text), actors, gazetteer) == []


def test_passages_before_may_tell_the_country(gazetteer: Gazetteer) -> None:
    text = "Homs was calm.\n\nThey left the capital."
    start = text.index("They")
    [(mention, place)] = suggest(text, start, len(text), resolutions_of(text), gazetteer)
    assert (mention.start, mention.surface, place) == (text.index("capital"), "capital", "damascus")


def test_every_fact_has_a_source_and_a_place_of_the_gazetteer(gazetteer: Gazetteer) -> None:
    data = descriptions()
    for fact in [*data["facts"], *data["homes"]]:
        assert gazetteer.places[fact["place"]].footprint
        assert gazetteer.places[fact["country"]].ftype == "PCLI"
        assert all(source["label"] and source["uri"].startswith("https://") for source in fact["sources"])
        assert fact["sources"]
        assert fact["phrases"]
    assert set(data["demonyms"].values()) <= gazetteer.places.keys()


def test_a_gazetteer_without_the_places_suggests_nothing(mini_gazetteer: Gazetteer) -> None:
    text = "Syria's commercial hub, Assad's hometown, Lebanon's second city, an air base north of Latakia, Syria's third port"
    found = suggest(text, 0, len(text), resolutions_of(text), mini_gazetteer)
    assert all(place in mini_gazetteer.places for _, place in found)


WORDS = st.sampled_from(
    [*NAMES, "the", "capital", "provincial capital", "commercial capital", "largest city", "country's", "’s", "'s", "Syrian", "hometown",
     "Assad", "leader's", "military airport", "north of", "12 km", "of", "in", ",", ".", "İ", "\n", "main port", "an", "family village"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=25), st.sampled_from([" ", ""]))
def test_whatever_the_words_the_answer_is_sound(gazetteer: Gazetteer, words: list[str], joint: str) -> None:
    text = joint.join(words)
    last = 0
    for mention, place in suggest(text, 0, len(text), resolutions_of(text), gazetteer):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert mention.candidates == (place,)
        assert place in gazetteer.places
        last = mention.end


@pytest.mark.parametrize(
    "piece", ["the capital ", "Syria's commercial capital, ", "an air base north of Aleppo. ", "capital", "Homs "]
)
def test_the_work_grows_with_the_text(gazetteer: Gazetteer, piece: str) -> None:
    texts = {size: "Homs. " + piece * (size // len(piece)) for size in (5_000, 20_000)}
    resolved = {size: resolutions_of(text) for size, text in texts.items()}

    def work(size: int) -> None:
        suggest(texts[size], 0, len(texts[size]), resolved[size], gazetteer)

    assert in_proportion(work, 5_000)
