"""Spellings that no gazetteer lists: what reads alike, what does not, and what a text must say to be believed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion
from support.spans import check_sound

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.gazetteer.spelling import ARTICLES, GENERIC, MIN_LETTERS, Spellings, lost_vowels, reading, sounds, words_of
from conflictmap.geoparser.names.compiled import Names
from conflictmap.geoparser.names.recognition import recognise
from conflictmap.geoparser.places.resolution import resolve
from conflictmap.model import Resolution
from conflictmap.text import APOSTROPHES

Parse = Callable[[str], list[Resolution]]

# --- words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", []),
        (" - ", []),
        ("Salma", ["salma"]),
        ("al-Qusayr", ["qusayr"]),
        ("Al Qusayr", ["qusayr"]),
        ("Deir ez-Zor", ["deir", "zor"]),
        ("Bosra ash-Sham", ["bosra", "sham"]),
        ("Jisr ech\u2011Choughour", ["jisr", "choughour"]),
        ("Tell Al", ["tell", "al"]),  # the last word is no article: something must be left
        ("al", ["al"]),
        ("Maʿarrat al-Nuʿmān", ["maarrat", "numan"]),
        ("Şam", ["sham"]),
        ("Ḫān Šayḫūn", ["khan", "shaykhun"]),
        ("Ǧisr", ["jisr"]),
    ],
)
def test_words_are_folded_and_without_articles(name: str, expected: list[str]) -> None:
    assert words_of(name) == expected


def test_articles_are_folded_words() -> None:
    assert all(words_of(f"{article} x") == ["x"] and article.isalpha() and article.islower() for article in ARTICLES)
    assert all(word.isalpha() and word.islower() for word in GENERIC)
    assert not ARTICLES & GENERIC


# --- what reads alike -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qusayr", "al-Kousseir"),  # q and k, ou and u, a doubled consonant, ay and ei
        ("Qusayr", "El Qussair"),
        ("Rastan", "Er-Rastane"),
        ("Jisr al-Shughur", "Djisr ech-Choughour"),
        ("Khan Sheikhoun", "Khan Cheikhoun"),
        ("Deir al-Zour", "Deir ez-Zor"),
        ("Manbij", "Menbedj"),
        ("Saraqib", "Sarakeb"),
        ("Ladhiqiyah", "Ladiqiya"),
        ("Salma", "Salmé"),
        ("Salma", "Salmah"),
        ("Salma", "Salmeh"),
        ("Taftanaz", "Taf Tanaz"),
        ("Idlib", "Edleb"),
        ("Afrin", "Efrin"),
        ("A'zaz", "Azaz"),
    ],
)
def test_spellings_of_one_name_lose_nothing(one: str, other: str) -> None:
    assert lost_vowels(reading(one), reading(other)) == 0


@pytest.mark.parametrize(
    ("one", "other", "lost"),
    [
        ("Deir ez-Zor", "Deirezzor", 1),  # a short vowel more
        ("Tadmur", "Tudmur", 1),  # a short vowel bent
        ("Talbiseh", "Tilbisa", 1),
        ("Telbisa", "Telebisa", 1),
    ],
)
def test_a_short_vowel_may_get_lost(one: str, other: str, lost: int) -> None:
    assert lost_vowels(reading(one), reading(other)) == lost


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Salma", "Slama"),
        ("Salma", "Salim"),
        ("Malta", "Multa"),
        ("Homs", "Hims"),
        ("Hama", "Homa"),
        ("Idlib", "Adlab"),
        ("Idlib", "Idlab"),
        ("Safita", "Safi"),
        ("Rastan", "Rastam"),
        ("Aleppo", "Lepo"),
        ("Douma", "Doum"),
        ("Nawa", "Nina"),
        ("Salqin", "Salquoun"),
    ],
)
def test_other_names_read_differently(one: str, other: str) -> None:
    assert lost_vowels(reading(one), reading(other)) is None


# A letter, and the ways in which everyday romanisation writes it.
_CONSONANTS = [
    *(["b"], ["m"], ["n"], ["l"], ["r"], ["s"], ["z"], ["f", "ph"], ["t", "th", "tt"], ["d", "dh"], ["k", "q", "g", "kk"]),
    *(["sh", "ch", "sch"], ["j", "dj"], ["kh"], ["gh"]),
]
_VOWELS = [["u", "ou", "oo", "o"], ["ay", "ai", "ei", "ey"], ["a", "aa"], ["i", "ee"]]


@st.composite
def two_spellings(draw: st.DrawFn) -> tuple[str, str]:
    """One made-up name, consonants and vowels in turn, romanised in two ways."""
    letters = [draw(st.sampled_from(_CONSONANTS))]
    for _ in range(draw(st.integers(1, 5))):
        letters += [draw(st.sampled_from(_VOWELS)), draw(st.sampled_from(_CONSONANTS))]

    def spelled() -> str:
        return "".join(draw(st.sampled_from(letter)) for letter in letters)

    return spelled(), spelled()


@given(two_spellings())
def test_any_name_reads_alike_in_any_romanisation(pair: tuple[str, str]) -> None:
    one, other = pair
    assert lost_vowels(reading(one), reading(other)) == 0
    assert sounds(one) == sounds(other)


_LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéāī '’-", max_size=24)
_WORD = st.text(alphabet="abdefiklmnorstuz", min_size=1, max_size=12)  # no h: every letter is one sound


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    read = reading(text)
    assert len(read.vowels) == len(read.consonants) + 1
    assert all(vowel.lower() in ("", "a", "e", "i", "u", "d", "y", "m") for vowel in read.vowels)
    assert isinstance(sounds(text), str)
    assert all(word and not word.isspace() for word in words_of(text))


@given(_LATIN)
def test_a_name_reads_like_itself(name: str) -> None:
    read = reading(name)
    assert lost_vowels(read, read) == (0 if read.consonants else None)  # vowels alone are no name


@given(st.one_of(st.tuples(_LATIN, _LATIN), two_spellings()))
def test_likeness_has_no_direction(pair: tuple[str, str]) -> None:
    one, other = map(reading, pair)
    assert lost_vowels(one, other) == lost_vowels(other, one)


@given(st.lists(_WORD, min_size=1, max_size=3), st.sampled_from(sorted(ARTICLES)), st.sampled_from(["-", " ", "\u2011", "-\n"]))
def test_articles_change_nothing(words: list[str], article: str, joiner: str) -> None:
    plain = " ".join(words)
    for at in range(len(words)):
        with_article = " ".join([*words[:at], article + joiner + words[at], *words[at + 1 :]])
        assert words_of(with_article) == words_of(plain)
        assert reading(with_article) == reading(plain)
        assert sounds(with_article) == sounds(plain)


@given(_LATIN)
def test_capitals_change_nothing(name: str) -> None:
    assert words_of(name.upper()) == words_of(name) == words_of(name.title())
    assert reading(name.upper()) == reading(name)
    assert sounds(name.upper()) == sounds(name)


@given(_LATIN, st.sampled_from(APOSTROPHES), st.data())
def test_apostrophes_and_half_rings_change_nothing(name: str, mark: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    marked = name[:at] + mark + name[at:]
    assert words_of(marked) == words_of(name)
    assert reading(marked) == reading(name)
    assert sounds(marked) == sounds(name)


@given(_WORD, st.data())
def test_a_doubled_consonant_changes_nothing(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    if word[at] not in "aeiou":
        doubled = word[:at] + word[at] + word[at:]
        assert reading(doubled) == reading(word)
        assert sounds(doubled) == sounds(word)


@given(_WORD.filter(lambda word: word[-1] not in "aeiou" and re.search("[aeiou]", word)))
def test_ta_marbuta_has_many_forms(stem: str) -> None:
    forms = [reading(stem + ending) for ending in ("a", "ah", "eh", "é", "e")]
    assert [lost_vowels(forms[0], form) for form in forms] == [0] * 5
    assert len({sounds(stem + ending) for ending in ("a", "ah", "eh")}) == 1


# --- a list of names ------------------------------------------------------------------------------------------

LISTED = {
    "Qusayr": ("qusayr",), "Deir ez-Zor": ("deir",), "Rastan": ("rastan",), "Salma": ("salma",), "Douma": ("douma",),
    "Kafr Nabl": ("nabl",), "Nawa": ("nawa",), "Mleiha": ("mleiha", "mleihah-2"), "Tal": ("tal",),
    "Karm al-Zaytoun": ("karm",), "Tadmur": ("tadmur",), "Latakia": ("latakia",),
}  # fmt: skip
"""Listed name -> ids of its places."""


@pytest.fixture(scope="module")
def spellings() -> Spellings:
    return Spellings(LISTED, frozenset({"selma", "duma", "gusar"}), frozenset({"the", "in"}))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kusair", ["qusayr"]),
        ("al-Quseir", ["qusayr"]),
        ("Alqusayr", ["qusayr"]),  # the article and the name in one word
        ("Arrastan", ["rastan"]),
        ("Er Rastane", ["rastan"]),
        ("Deir-ez-Zour", ["deir"]),
        ("Deirezzor", ["deir"]),
        ("Kefer Nebel", ["nabl"]),
        ("Kafranabel", ["nabl"]),
        ("Kafranabeel", []),
        ("Karm ez-Zeitun", ["karm"]),
        ("Mleha", ["mleiha", "mleihah-2"]),  # the homonyms stay together
        ("Tudmur", ["tadmur"]),
        ("Salma", ["salma"]),
        ("al-Douma", ["douma"]),
        ("Selma", []),  # on the list of words that are none
        ("Gusar", []),
        ("Tal", []),  # names nothing by itself, and is too short
        ("Tell", []),
        ("Kafr", []),
        ("al", []),
        ("", []),
        ("–", []),
        ("Foobaz", []),
    ],
)
def test_places_of_a_spelling(spellings: Spellings, name: str, expected: list[str]) -> None:
    assert list(spellings.places(name)) == expected
    assert list(spellings.places(name)) == expected  # and so again: it is remembered


def test_a_word_that_only_looks_like_a_name_may_be_one_after_an_article(spellings: Spellings) -> None:
    assert spellings.places("Duma") == ()
    assert spellings.places("Duma", article=True) == ("douma",)
    assert spellings.places("Kafr", article=True) == ()  # a generic word remains one
    assert spellings.places("Duma") == ()


def test_of_several_names_the_likest_is_taken() -> None:
    either = Spellings({"Salamah": ["longer"], "Salma": ["shorter"]}, frozenset())
    assert either.places("Salmeh") == ("shorter",)
    assert either.places("Salaméh") == ("longer",)


def test_a_short_word_is_no_spelling(spellings: Spellings) -> None:
    short = "Nua"
    assert len(short) < MIN_LETTERS
    assert lost_vowels(reading(short), reading("Nawa")) is None or spellings.places(short) == ()
    assert Spellings({"Aza": ["aza"]}, frozenset()).places("Azza") == ("aza",)  # written otherwise, it sounds the same
    assert Spellings({"Aza": ["aza"]}, frozenset()).places("Aza") == ()


def test_no_name_at_all_is_no_harm() -> None:
    assert Spellings({}, frozenset()).places("Salma") == ()
    assert Spellings({"": ["x"], "-": ["y"]}, frozenset()).places("-") == ()


@pytest.mark.parametrize(
    ("word", "expected"), [("the", False), ("In", False), ("El", True), ("Kusair", True), ("Xylophone", False)]
)
def test_what_may_begin_a_spelling(spellings: Spellings, word: str, expected: bool) -> None:
    assert spellings.may_begin(word) is expected


_NEAR = st.one_of(st.sampled_from(["", "al", "el", "er", "ash"]), st.text(alphabet="aeiouy", max_size=3))


@given(
    st.sampled_from(sorted(LISTED)),
    _NEAR,
    st.sampled_from([("q", "k"), ("a", "e"), ("ay", "ei"), ("o", "ou"), ("e", "i"), ("l", "ll")]),
)
def test_what_is_found_may_begin(spellings: Spellings, name: str, before: str, change: tuple[str, str]) -> None:
    written = (before + name).lower().replace(*change).capitalize()
    if spellings.places(written):
        assert spellings.may_begin(re.split(r"[ -]", written)[0])
    else:
        assert spellings.places(name) or name == "Tal"


@given(st.text(max_size=40), st.booleans())
def test_any_text_may_be_asked_for(spellings: Spellings, text: str, article: bool) -> None:
    known = {place for places in LISTED.values() for place in places}
    assert known.issuperset(spellings.places(text, article))
    assert known.issuperset(spellings.same(text))
    assert spellings.may_begin(text) in (True, False)


# --- in texts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("Fighting raged in Er Rastane, north of Homs.", "Er Rastane", "rastan"),
        ("Two trucks reached Maaret en-Nouman before dawn.", "Maaret en-Nouman", "maarat-al-numan"),
        ("Idlib's farmers sold figs in Khan Cheikhoun.", "Khan Cheikhoun", "khan-sheikhoun"),
        ("Their bus stopped in Djisr ech-Choughour.", "Djisr ech-Choughour", "jisr-al-shughour"),
        ("Their bus stopped in Djisr esh-Choughour.", "Djisr esh-Choughour", "jisr-al-shughour"),
        ("They had left Deir ez-Zor; Deirezzor burned.", "Deirezzor", "deir-ez-zor"),
        ("A market in Hama and one in Kefr Zeta burned.", "Kefr Zeta", "kafr-zita"),
        ("They left Aleppo for Manbedj.", "Manbedj", "manbij"),
        ("A cook from Telbissé, near Homs, sang.", "Telbissé", "talbiseh"),
        ("They fled to Latta-\nkia by boat.", "Latta-\nkia", "latakia"),
        ("Cars from Idlib came to Sara-\r\nqeb.", "Sara-\r\nqeb", "saraqeb"),
        ("Buses left Damascus for Zaba\u00addaany.", "Zaba\u00addaany", "zabadani"),
        ("Guards in Qamichli, a town of Hasakah province, slept.", "Qamichli", "qamishli"),
        ("In Idlib and Bennech it rained.", "Bennech", "binnish"),
        ("Flour ran out in Tudmur.", "Tudmur", "palmyra"),
    ],
)
def test_an_unlisted_spelling_is_found_with_less_certainty_and_says_why(
    parse: Parse, text: str, surface: str, place: str
) -> None:
    (found,) = [r for r in parse(text) if r.basis == "named" and r.mention.surface == surface]
    assert (found.place, found.status, found.reason, found.certainty) == (place, "resolved", "spelling-variant", "less-certain")
    assert found.mention.folded
    assert place in found.mention.candidates


@pytest.mark.parametrize(
    "text", ["They left Saraqeb.", "They left Deir ez-Zor.", "They left al-Qusayr.", "They left Idli\u0304b."]
)
def test_a_listed_spelling_is_certain(parse: Parse, text: str) -> None:
    (found,) = [r for r in parse(text) if r.basis == "named"]
    assert not found.mention.folded
    assert (found.certainty, found.reason == "spelling-variant") == ("certain", False)


@pytest.mark.parametrize(
    "mark",
    [pytest.param(mark, id=f"U+{ord(mark):04X}") for mark in "ʿʾʻ‘"],
)
@pytest.mark.parametrize(
    ("before", "name", "after", "place"),
    [("They fled to ", "Azaz", " in the north.", "azaz"), ("In ", "Ayn {}Isa", ", Raqqa province, it rained.", "ain-issa")],
)
def test_a_half_ring_before_a_listed_name_makes_it_no_other(
    parse: Parse, mark: str, before: str, name: str, after: str, place: str
) -> None:
    (plain,) = [r for r in parse(before + name.format("") + after) if r.place == place]
    surface = mark + name.format(mark)
    found = [r for r in parse(before + surface + after) if r.basis == "named" and r.place == place]
    assert [(r.mention.surface, r.reason, r.certainty) for r in found] == [(surface, plain.reason, "certain")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks on Malta went on for two days.", ["Malta"]),
        ("Susan fled to Turkey. Jane stayed in Aleppo.", ["Turkey", "Aleppo"]),
        ("The Duma in Moscow voted on Tuesday.", ["Moscow"]),
        ("Moscow's State Duma voted; the Duma's speaker left Damascus.", ["Moscow", "Damascus"]),
        ("Hummus was served in Damascus.", ["Damascus"]),
        ("Mariam, Hassan and Halima fled Homs.", ["Homs"]),
        ("The Hula hoop came to Homs late.", ["Homs"]),
        ("Kaiser Wilhelm and Cesar Chavez never saw Idlib.", ["Idlib"]),
        ("Rouhani, Lavrov and Kerry discussed Aleppo.", ["Aleppo"]),
        ("Maria Tess sang and Sara Kip laughed near Aleppo.", ["Aleppo"]),
        ("Tom Azzaz danced in Hama.", ["Hama"]),
        ("Peter Salamieh walked to Hama.", ["Hama"]),
        ("Hacké wrote a letter.", []),
    ],
)
def test_other_words_become_no_villages(parse: Parse, text: str, expected: list[str]) -> None:
    assert [r.mention.surface for r in parse(text) if r.basis == "named"] == expected
    assert not any(r.mention.folded for r in parse(text))


@pytest.mark.parametrize(
    ("bare", "supported", "name", "place"),
    [
        ("Duma was quiet.", "Duma, in Eastern Ghouta near Damascus, was quiet.", "Duma", "douma"),
        ("Binniche slept.", "Binniche slept. They had come from Binnish.", "Binniche", "binnish"),
        ("Hassia burned.", "The village of Hassia burned.", "Hassia", "hisyah"),
    ],
)
def test_an_unlisted_spelling_needs_support(parse: Parse, bare: str, supported: str, name: str, place: str) -> None:
    assert all(r.place is None for r in parse(bare))
    (found,) = [r for r in parse(supported) if r.mention.surface == name]
    assert (found.place, found.reason) == (place, "spelling-variant")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Selma, Alabama, is far from Salma.", "Selma"),
        ("They served Humus in Hims.", "Humus"),
        ("Tommy Salamieh walked to Salamiyah.", "Salamieh"),
    ],
)
def test_even_beside_its_place_another_thing_is_none(parse: Parse, text: str, name: str) -> None:
    assert [r.place for r in parse(text) if r.mention.surface == name and r.place] == []


# --- any text, any length -------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "Qusayr", "Kusseir", "al-", "el ", "Er ", "ech-", "Rastane", "Maaret", "en-Nouman", "Khan", "Cheikhoun", "Deir",
        "Tell", "Bosra", "ash-Sham", "ʿ", "’", "-\n", "-", " ", " ", " ", "\n", ", ", ". ", "in ", "the ", "near ", "Homs", "Duma", "É",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_spans_are_sound_and_what_is_folded_has_candidates(names: Names, gazetteer: Gazetteer, text: str) -> None:
    found = recognise(text, names)
    check_sound(text, found)
    assert all(mention.candidates for mention in found if mention.folded)
    for mention, resolution in zip(found, resolve(text, found, gazetteer), strict=True):
        if resolution is None:
            assert mention.folded  # only a spelling without support is taken back
        else:
            assert resolution.mention == mention
            assert (resolution.certainty == "certain") is not mention.folded


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        pytest.param("Rastane Kusseir ", 10_000, id="spellings"),
        pytest.param("Bosra Ash Er ", 10_000, id="a name that may always go on"),
        pytest.param("Zebra Quux Fnord ", 30_000, id="many capitals"),
        pytest.param("El-", 30_000, id="articles without end"),
        pytest.param("Al al-", 30_000, id="articles of articles"),
        pytest.param("Ma’", 30_000, id="one word of apostrophes"),
        pytest.param("Aaaa", 60_000, id="one word"),
        pytest.param("Duma, ", 4_000, id="a spelling without support"),
    ],
)
def test_the_work_grows_with_the_text(names: Names, gazetteer: Gazetteer, pattern: str, size: int) -> None:
    def read(length: int) -> None:
        text = pattern * (length // len(pattern))
        resolve(text, recognise(text, names), gazetteer)

    assert in_proportion(read, size)
