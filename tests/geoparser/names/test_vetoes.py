"""Names that are no toponyms: a person's, an organisation's, a unit's, a street's, a treaty's, or one part of a longer name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion
from support.spans import check_sound

from conflictmap.geoparser.context import Around
from conflictmap.geoparser.lexicon import english_words
from conflictmap.geoparser.names.compiled import Names
from conflictmap.geoparser.names.notes import Notes
from conflictmap.geoparser.names.recognition import recognise
from conflictmap.geoparser.names.vetoes import (
    OF_ANY_NAME,
    OF_ORGANISATION,
    OF_PERSONAL_NAME,
    OF_PERSONS,
    organisation,
    person,
    without_compounds,
)
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.model import Article, Mention
from conflictmap.vocabulary import VETOES

Surfaces = Callable[[str], list[str]]


def place(text: str, name: str = "Salma") -> tuple[str, int, int]:
    """A text and the span of a name in it, as the vetoes are asked."""
    start = text.index(name)
    return text, start, start + len(name)


def in_person(text: str, begin: int, finish: int, small: bool) -> bool:
    return person(Around(text, begin, finish, small)) is not None


def in_organisation(text: str, begin: int, finish: int, title_case: bool) -> bool:
    return organisation(Around(text, begin, finish, title_case=title_case)) is not None


# --- persons --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "her sister Salma wept",
        "Salma said that she was tired",
        "his daughters Petra and Salma stayed",
        "General Homs and Dr. Latakia resigned",
        "Sheikh Ahmad Latakia preached",
        "Abu Homs led the men",
        "they hid Umm Salma and Ibn Homs",
        "we met Denzel Washington and Michel Aleppo.",
        "we met Rabia Qaddour",
        "Ahmad al-Idlibi and Umm Salma went home",
        "Salma Aramo sang",
        "Salma, 34, a nurse, slept",
        "Salma, a girl of nine, slept",
        "my name is Salma",
        "he married Salma bint Hassan",
        "Salma and her brothers slept",
        "Prof. Bassam Homs taught",
        "that night Paris Hilton and Sydney Sweeney met Jordan Peterson.",
        "Mrs. Idlib met Captain Hama",
        "Peter Salma came home",
    ],
)
def test_a_person_is_no_place(surfaces: Surfaces, text: str) -> None:
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rabia Qaddour left Rabia for Salma.", ["Rabia", "Salma"]),
        ("Abu Kamal, who sells tea, fled Abu Kamal", ["Abu Kamal"]),
        ("The fighters left Abu Kamal on foot.", ["Abu Kamal"]),
        ("Salma, a town in the hills, slept", ["Salma"]),
        ("They came to Salma. Her brothers slept", ["Salma"]),
        ("Ahmad left. Homs slept", ["Homs"]),
        ("the governor of Homs, his sister and Hama", ["Homs", "Hama"]),
        ("King Abdullah of Jordan", ["Jordan"]),
        ("the doctor in Homs said so", ["Homs"]),
    ],
)
def test_a_place_beside_a_person_is_still_one(surfaces: Surfaces, text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "small", "expected"),
    [
        ("Umm Salma slept", True, True),
        ("Umm Salma slept", False, True),
        ("Ahmad Salma slept", False, True),
        ("left. Salma slept", True, False),
        ("Salma said so", True, True),
        ("Salma, 12, slept", True, True),
        ("Salma al-Homsi slept", True, True),
        ("Salma al-bad slept", True, False),
        ("his sister Salma", True, True),
        ("Salma is a town", True, False),
    ],
)
def test_what_tells_a_person(text: str, small: bool, expected: bool) -> None:
    assert in_person(*place(text), small) is expected


def test_every_title_and_every_kunya_makes_a_person() -> None:
    for word in sorted(english_words().kunyas | {w for w in english_words().honorifics if " " not in w}):
        assert in_person(*place(f"they met {word.capitalize()} Homs", "Homs"), False), word
    assert not in_person(*place("they met Quiet Homs", "Homs"), False)


# --- organisations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "the University of Aleppo and Aleppo University",
        "students of the Damascus University law school",
        "the Idlib Military Council met",
        "the Homs Eagles Brigade",
        "the Raqqa Hawks Brigade of the north",
        "the Syria Free Press Association",
        "Islamic State of Iraq and the Levant claimed it",
        "the new Islamic State of Iraq and Levant",
        "Al Nusra Front for the Defense of the Levant",
        "the Washington Post and the Jerusalem Post wrote",
        "he read the Damascus Times",
        "the Aleppo Today channel and Syria Direct told us so",
        "on Damascus Street",
        "they met on Baghdad Street",
        "the Damascus Declaration was signed",
        "the Treaty of Paris of 1783",
        "the Lausanne Treaty and the Geneva Conventions",
        "the Astana process went on",
        "Operation Euphrates Shield began",
        "the Banias Massacre and the Homs Derby",
        "she grows Damask roses and sells Aleppo soap, Latakia tobacco and Syria cheese",
        "Damascus steel and Aleppo pepper are sold",
        "he supports Aleppo FC",
        "a member of the self-styled Euphrates Region\nCouncil spoke",
        "The U.S. Central Command said so",
        "warships of the Russian Black Sea Fleet",
    ],
)
def test_an_organisation_a_street_a_treaty_or_a_product_is_no_place(surfaces: Surfaces, text: str) -> None:
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Syrian Observatory counted the dead in Syria", ["Syria"]),
        ("the Republic of Turkey and the Islamic Republic of Iran", ["Turkey", "Islamic Republic of Iran"]),
        ("On Monday Homs slept", ["Homs"]),
        ("Northern Aleppo and Eastern Homs", ["Aleppo", "Homs"]),
        ("State TV said Homs was calm", ["Homs"]),
        ("the University in Aleppo", ["Aleppo"]),
        ("the Islamic State in Raqqa", ["Raqqa"]),
        ("The Homs Brigade left Homs", ["Homs"]),
        ("the Siege of Homs ended", ["Homs"]),
        ("Aleppo's University reopened", ["Aleppo"]),
        ("The President of Syria left Aleppo President Assad said", ["Syria", "Aleppo"]),
        ("HOMS IS CALM, HAMA TOO", ["HOMS", "HAMA"]),
    ],
)
def test_a_name_beside_a_trap_is_still_found(surfaces: Surfaces, text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels Leave Homs After Deal With Army", ["Homs"]),
        ("Aleppo University Students March Against Hunger", []),
        ("Shells Fall Near Homs Medical Council Again", []),
        ("Homs' University Students March Against Hunger", ["Homs"]),
    ],
)
def test_in_a_headline_only_head_nouns_make_an_organisation(surfaces: Surfaces, text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "title_case", "expected"),
    [
        ("University of Salma", False, True),
        ("the School for the Salma", False, True),
        ("in the city of Salma", False, False),
        ("Salma soap", False, True),
        ("Salma treaty", False, True),
        ("Radio Salma", False, True),
        ("radio Salma", False, False),
        ("Operation Northern Salma", False, False),
        ("Operation Salma", False, True),
        ("Salma University", True, True),
        ("Salma University", False, False),  # in running text the compound's capital says it: without_compounds
        ("Left. Party of Salma", False, True),
        ("the Party. Of Salma", False, False),
    ],
)
def test_what_tells_an_organisation(text: str, title_case: bool, expected: bool) -> None:
    assert in_organisation(*place(text), title_case) is expected


# --- compounds ------------------------------------------------------------------------------------------------


def found_in(text: str, *names: str) -> list[Mention]:
    spans, position = [], 0
    for name in names:
        start = text.index(name, position)
        position = start + len(name)
        spans.append(Mention(start, position, name, ("x",)))
    return spans


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("The old Homs Volcano erupted", ["Homs"], []),
        ("Homs Province fell", ["Homs"], ["Homs"]),
        ("Homs Monday", ["Homs"], ["Homs"]),
        ("Homs, Volcano", ["Homs"], ["Homs"]),
        ("Homs. Volcano", ["Homs"], ["Homs"]),
        ("they met Denzel Homs there", ["Homs"], []),
        ("Denzel Homs", ["Homs"], ["Homs"]),  # a sentence's first word has its capital from there
        ("they met Syrian Homs", ["Homs"], ["Homs"]),
        ("they met denzel Homs", ["Homs"], ["Homs"]),
        ("Salma Homs met Hama", ["Salma", "Homs", "Hama"], ["Hama"]),
        ("Salma, Homs", ["Salma", "Homs"], ["Salma", "Homs"]),
        ("Salma\nHoms", ["Salma", "Homs"], ["Salma", "Homs"]),
        ("SALMA VOLCANO", ["SALMA"], ["SALMA"]),
        ("Homs General Ahmad", ["Homs"], ["Homs"]),
        ("Homs-Volcano", ["Homs"], []),
        ("by Homs-based Volcano", ["Homs"], ["Homs"]),
    ],
)
def test_one_part_of_a_longer_name_is_left_out(text: str, names: list[str], kept: list[str]) -> None:
    found = found_in(text, *names)
    assert [m.surface for m in without_compounds(text, found, False, Notes())] == kept
    assert without_compounds(text, found, True, Notes()) == found  # in a headline every word has a capital


# --- any text, any length -------------------------------------------------------------------------------------

_WORDS = st.lists(
    st.sampled_from(
        ["Homs", "Salma", "Abu", "Umm", "Dr.", "Gen.", "Ahmad", "University", "of", "for", "the", "The", "and", "Brigade", "soap", "said", ",", ".",
         "’s", "'", "-", "al-", "Operation", "is", "name", "his", "sister", "\n", "\n\n", "“", "(", "", "É", "حلب", "34", "treaty"]
    ),
    max_size=25,
)  # fmt: skip


@given(_WORDS, st.sampled_from([" ", ""]))
def test_vetoes_take_away_and_never_add(names: Names, words: list[str], joiner: str) -> None:
    text = joiner.join(words)
    check_sound(text, recognise(text, names))
    position, spans = 0, []
    while (start := text.find("Homs", position)) >= 0:
        position = start + 4
        spans.append(Mention(start, position, "Homs", ("homs",)))
        for told in (
            in_person(text, start, position, True), in_organisation(text, start, position, False), in_organisation(text, start, position, True),
        ):  # fmt: skip
            assert told in (True, False)
        if in_person(text, start, position, False):
            assert in_person(text, start, position, True)  # what is a person beside a great city is one beside a hamlet
    kept = without_compounds(text, spans, False, Notes())
    assert [m for m in spans if m in kept] == kept


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        pytest.param("University of Homs and the ", 10_000, id="organisations"),
        pytest.param("Homs University ", 10_000, id="compounds"),
        pytest.param("Homs Central ", 10_000, id="words that go on"),
        pytest.param("Abu Homs ", 10_000, id="kunyas"),
        pytest.param("of the ", 30_000, id="small words"),
        pytest.param("Homs", 20_000, id="one word"),
        pytest.param("Homs-", 3_000, id="one word with hyphens"),
        pytest.param("Dr. Homs, a ", 10_000, id="persons"),
    ],
)
def test_the_work_grows_with_the_text(names: Names, pattern: str, size: int) -> None:
    assert in_proportion(lambda length: recognise(pattern * (length // len(pattern)), names), size)


# --- every veto by its name -----------------------------------------------------------------------------------

EXAMPLES = {
    "address": ("See https://example.org/Aleppo/news for more.", "The road from Aleppo is open."),
    "acronym": ("The agency SANA said so on Monday.", "They flew to Sana on Monday."),
    "tells-somebody": ("Salma told him so.", "People in Salma told him so."),
    "common-word": ("They saw the Harem and left.", "They left the town of Harem."),
    "kunya-before": ("They met Umm Salma there.", "They met in Salma."),
    "kin-in-apposition": ("She has a son, London, who turns two.", "Her son in London turns two."),
    "named-person": ("They met a man named Salma there.", "They saw a town named Salma there."),
    "kunya-as-name": ("Abu Kamal said so.", "The army left Abu Kamal."),
    "given-name-before": ("They met Ahmad Salma there.", "They met Ahmad. Salma fell."),
    "title-before": ("General Homs resigned.", "The general left Homs."),
    "kin-before": ("He saw her sister Salma there.", "He saw her sister in Salma."),
    "described-as-person": ("Then Salma, a girl of nine, slept.", "Then Salma, a town in the hills, fell."),
    "name-is": ("She said: my name is Salma", "She said: the town is Salma"),
    "with-kin-after": ("Then Salma and her brothers slept.", "Then Salma and the hills fell."),
    "speaks": ("Then Aramo said so.", "Then Aramo fell."),
    "given-name-acts": ("Then Salma refused to go.", "Then Salma fell."),
    "surname-after": ("Then Salma al-Homsi slept.", "Then Salma slept."),
    "product": ("She sells Aleppo soap.", "She sells soap in Aleppo."),
    "treaty": ("They signed the Geneva accord.", "They signed it in Geneva."),
    "firm": ("He works for Homs & Sons.", "He works in Homs."),
    "one-of-many": ("They ate half a Turkey, and slept.", "They went to Turkey, and slept."),
    "title-of-work": ("He wrote Letters from Homs (a novel).", "He sent letters from Homs (by post)."),
    "shares": ("He sold his shares of Homs.", "He sold his house in Homs."),
    "establishment": ("They ate at the restaurant Palmyra.", "They ate in Palmyra."),
    "goods": ("The Turkey was served with sauce.", "They fled to Turkey."),
    "organisation-prefix": ("He plays for Real Homs.", "He plays in Homs."),
    "of-organisation": ("He studies at the University of Aleppo.", "He studies at the university in Aleppo."),
    "headline-organisation": ("Students Storm Aleppo University Campus After Clashes", "Students Storm Aleppo Citadel Hills After Clashes"),
    "club": ("He scored for London City.", "He lives in London."),
    "listed-organisation": ("Fighters of Ahrar al-Sham left.", "Fighters from Damascus left."),
    "two-names-joined": ("They met Salma Aramo there.", "They left Salma, Aramo and Kinsabba."),
    "longer-name": ("The Homs Volcano erupted.", "In Homs a volcano erupted."),
    "compound": ("They met the old Denzel Homs there.", "They met in the old city of Homs."),
    "person-of-the-article": ("General Mazloum Kobani was absent. Kobani had sent his deputy.", "Kobani was calm. He stayed in Kobani."),
    "arabic-head": ("درس في جامعة حلب أمس", "درس في حلب أمس"),
    "arabic-common-word": ("فتح الباب أمس", "وصل إلى مدينة الباب أمس"),
    "no-support": ("He bought a Duma ticket.", "Shells fell on Harasta and on Duma."),
}  # fmt: skip
"""A text in which the rule turns a name down, and one in which no rule turns anything down."""


def test_every_veto_has_its_examples() -> None:
    assert EXAMPLES.keys() == VETOES.keys()
    tables = {veto.name for veto in (*OF_ANY_NAME, *OF_PERSONAL_NAME, *OF_ORGANISATION)}
    assert tables <= VETOES.keys()
    assert VETOES.keys() >= OF_PERSONS


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_veto_says_why_a_name_is_not_on_the_map(geoparser: Geoparser, rule: str) -> None:
    turned_down, kept = (Article("test", "", None, text) for text in EXAMPLES[rule])
    found = geoparser.explain(turned_down)
    assert rule in {one.rule for one in found}
    assert all(turned_down.text[one.start : one.end] == one.surface for one in found)
    assert geoparser.explain(kept) == []
    assert geoparser.parse(kept)


def test_what_is_turned_down_is_no_mention_and_stands_in_text_order(geoparser: Geoparser) -> None:
    article = Article("test", "", None, "Ahmad Salma left Homs.\n\nGeneral Homs and the University of Aleppo; then Aleppo.")
    assert [(one.start, one.surface, one.rule) for one in geoparser.explain(article)] == [
        (6, "Salma", "given-name-before"),
        (32, "Homs", "title-before"),
        (59, "Aleppo", "of-organisation"),
    ]
    assert [(found.resolution.mention.start, found.resolution.mention.surface) for found in geoparser.parse(article)] == [
        (17, "Homs"),
        (72, "Aleppo"),
    ]
