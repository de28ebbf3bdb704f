"""Who says so: sources and the stretches of text that are attributed to them."""

from __future__ import annotations

import random
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.geoparser.attribution.reading import READERS, TriggerKind, attributed_clauses, attributions
from conflictmap.geoparser.lexicon import attribution_words


def found(text: str) -> list[tuple[str, str]]:
    """(source, what it says) of each clause, in text order, end marks and quotation marks aside."""
    return [(c.source.surface, text[c.start : c.end].strip(' ,."“”«»')) for c in attributed_clauses(text)]


def who(text: str, name: str) -> str | None:
    """To whom the first place of this name is attributed."""
    start = text.index(name)
    (source,) = attributions(text, 0, len(text), [(start, start + len(name))])
    return source.surface if source else None


def check_sound(text: str, start: int, end: int) -> None:
    for clause in attributed_clauses(text, start, end):
        assert start <= clause.start < clause.end <= end
        assert start <= clause.source.start < clause.source.end <= end
        assert text[clause.source.start : clause.source.end] == clause.source.surface
        assert clause.end <= clause.source.start or clause.source.end <= clause.start


# --- the source of a place ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "source"),
    [
        # SOURCE verb (that) clause
        ("Activists said shells fell on Salma.", "Salma", "Activists"),
        ("Activists said that shells fell on Salma.", "Salma", "Activists"),
        ("Two residents told Reuters that tanks had entered Hama.", "Hama", "Two residents"),
        ("A nurse told the news agency AFP that a clinic in Hama was hit.", "Hama", "A nurse"),
        ("An engineer told reporters the dam near Raqqa was safe.", "Raqqa", "An engineer"),
        ("He told me that Hama was quiet.", "Hama", "He"),
        ("A military source said the road to Homs was open.", "Homs", "A military source"),
        ("The Syrian Observatory for Human Rights said rockets hit Idlib.", "Idlib", "The Syrian Observatory for Human Rights"),
        ("State media reported clashes in Homs.", "Homs", "State media"),
        ("Al Jazeera reported that a convoy had left Homs.", "Homs", "Al Jazeera"),
        ("The LCC also reported raids in Rastan.", "Rastan", "The LCC"),
        ("The group has claimed the attack on Homs.", "Homs", "The group"),
        ("The ministry later confirmed that Homs had lost power.", "Homs", "The ministry"),
        ("The government on Sunday announced a truce in Homs.", "Homs", "The government"),
        ("Officials denied that troops were in Homs.", "Homs", "Officials"),
        ("She added that her cousins fled Homs.", "Homs", "She"),
        ("The envoy noted that Homs was still cut off.", "Homs", "The envoy"),
        ("Residents say there is no bread in Homs.", "Homs", "Residents"),
        ("The council claims that forty died in Homs.", "Homs", "The council"),
        ("LCC reports forty people were killed in Homs.", "Homs", "LCC"),
        ("Rebels claim to have taken a barracks in Homs.", "Homs", "Rebels"),
        ("The SOHR documented nine deaths in Homs.", "Homs", "The SOHR"),
        ("The front accused the army of shelling Homs.", "Homs", "The front"),
        ("The ministry blamed gunmen for the blast in Homs.", "Homs", "The ministry"),
        ("A report by the committee said wells near Homs were poisoned.", "Homs", "the committee"),
        ("There were reports by activists that Homs was shelled.", "Homs", "activists"),
        ("In a statement, the brigade welcomed the retreat from Homs.", "Homs", "the brigade"),
        ("The general said on Monday that Homs was calm.", "Homs", "The general"),
        ("The rebels said in a statement that Homs was calm.", "Homs", "The rebels"),
        ("Activists put the death toll in Homs at thirty.", "Homs", "Activists"),
        ("The head of the Syrian Observatory for Human Rights said Homs burned.", "Homs", "The head of the Syrian Observatory for Human Rights"),
        ("A resident of Aleppo said a school in Homs was closed.", "Homs", "A resident of Aleppo"),
        ("Activists and residents said Homs was shelled.", "Homs", "Activists and residents"),
        ("Residents, medics and a UN monitor reported fires in Homs.", "Homs", "Residents, medics and a UN monitor"),
        ("By the end of the day the LCC reported eight dead in Homs.", "Homs", "the LCC"),
        ("In Tartus activists said the port of Latakia was closed.", "Latakia", "activists"),
        ("On Sunday residents said Homs was quiet.", "Homs", "residents"),
        ("Opposition activist Samer Halabi said Homs was quiet.", "Homs", "Opposition activist Samer Halabi"),
        ("According to Iranian state news agency Mehr, Homs was hit.", "Homs", "Iranian state news agency Mehr"),
        ("Since May, according to the council, 40 wells in Homs ran dry.", "Homs", "the council"),
        ("A survivor of an attack by gunmen said Homs was hit.", "Homs", "A survivor of an attack by gunmen"),
        ("A well, which the council claims was in Homs, ran dry.", "Homs", "the council"),
        ("US officials said Homs was hit.", "Homs", "US officials"),
        ("Homs was hit, Sham FM reported citing activists.", "Homs", "activists"),
        ("It was reported by activists that Homs was hit.", "Homs", "activists"),
        ("A former aide to the president said Homs was calm.", "Homs", "A former aide to the president"),
        # relative clauses and appositions are stepped over
        ("Rami Nasser, head of a monitoring group, said Homs was hit.", "Homs", "Rami Nasser"),
        ("Rami Nasser, 35, a baker who fled Hama, told the paper that Homs was hit.", "Homs", "Rami Nasser"),
        ("The Observatory (SOHR) said Homs was hit.", "Homs", "The Observatory"),
        ("The Observatory, which is based in Britain, said Homs was hit.", "Homs", "The Observatory"),
        ("A man who escaped to Jordan said Homs was hit.", "Homs", "A man"),
        ("Refugees fleeing to Turkey reported fires in Homs.", "Homs", "Refugees"),
        ("A doctor invited to appear on television said Homs was hit.", "Homs", "A doctor"),
        # clause, SOURCE verb
        ("Shells fell on Homs, activists said.", "Homs", "activists"),
        ("Shells fell on Homs, activists told the news agency Reuters.", "Homs", "activists"),
        ("Shells fell on Homs, he said.", "Homs", "he"),
        ("Shells fell on Homs, said Rami Nasser, who runs a clinic in Hama.", "Homs", "Rami Nasser"),
        ("Shells fell on Homs, said the Observatory.", "Homs", "the Observatory"),
        ("Shells fell on Homs, the Observatory said in an email received in Beirut.", "Homs", "the Observatory"),
        ("Shells fell on Homs, according to residents of Salma.", "Homs", "residents of Salma"),
        ("Nine people died in Homs according to the Red Crescent.", "Homs", "the Red Crescent"),
        ("Nine deaths in Homs were reported by the LCC.", "Homs", "the LCC"),
        ("The road, activists said, was cut near Homs.", "Homs", "activists"),
        ("The road was, according to the army, cut near Homs.", "Homs", "the army"),
        ("According to the army, the road was cut near Homs.", "Homs", "the army"),
        ("According to Rami Nasser, head of the Observatory, the road was cut near Homs.", "Homs", "Rami Nasser"),
        ("According to activists the road was cut near Homs.", "Homs", "activists"),
        ("On Friday, according to the BBC, five died in Homs.", "Homs", "the BBC"),
        ("Troops left Homs, as state television reported.", "Homs", "state television"),
        ("Five were killed in Homs, the group said, adding that two had died in Hama.", "Hama", "the group"),
        ("Five were killed in Homs, SANA reported, citing a military source.", "Homs", "a military source"),
        ("AFP reported, quoting a diplomat, that talks in Homs had failed.", "Homs", "a diplomat"),
        ("The agency cited a police officer as saying that Homs was calm.", "Homs", "a police officer"),
        ("A farmer was quoted as saying that Homs was calm.", "Homs", "A farmer"),
        ("A farmer was quoted by SANA as saying that Homs was calm.", "Homs", "A farmer"),
        # quotations
        ('"They shelled Homs," he said.', "Homs", "he"),
        ("“They shelled Homs,” said Samer, a baker.", "Homs", "Samer"),
        ("“They shelled Homs. We ran. Nobody slept,” a woman said.", "Homs", "a woman"),
        ('"We ran. They shelled Homs. Nobody slept," a woman said.', "Homs", "a woman"),
        ("“We ran,” a woman said. “They shelled Homs.”", "Homs", "a woman"),
        ("“We ran,” a woman said. “It rained. They shelled Homs. It was late.”", "Homs", "a woman"),
        ("“We ran,” a woman said, “and they shelled Homs.”", "Homs", "a woman"),
        ("The teacher said: “We ran. They shelled Homs. Nobody slept.”", "Homs", "The teacher"),
        ('The teacher said, "We ran. They shelled Homs."', "Homs", "The teacher"),
        ("Samer Halabi: “They shelled Homs.”", "Homs", "Samer Halabi"),
        ("“Who shelled Homs?” Samer said.", "Homs", "Samer"),
        ("“Who shelled Homs?” asked no one. Shells hit Hama, a medic said.", "Hama", "a medic"),
        ("‘They shelled Homs,’ he said.", "Homs", "he"),
        ("«They shelled Homs», said a driver.", "Homs", "a driver"),
        # two sources
        ("Activists said troops shelled Homs, while state media said gunmen fired on Hama.", "Homs", "Activists"),
        ("Activists said troops shelled Homs, while state media said gunmen fired on Hama.", "Hama", "state media"),
        ("Activists said Homs was hit and state television said Hama was calm.", "Homs", "Activists"),
        ("Activists said Homs was hit and state television said Hama was calm.", "Hama", "state television"),
        ("The paper said residents had told it that Homs was empty.", "Homs", "residents"),
        ("State media said residents of Salma told police that Homs was empty.", "Salma", "State media"),
        ("The mayor called for calm and said that Homs was safe.", "Homs", "The mayor"),
        ("After activists said Homs had fallen, the army retook Hama.", "Homs", "activists"),
        ("Arms were found in a depot, which officials said was in Homs, and troops moved on Hama.", "Homs", "officials"),
        # Arabic
        ("قال ناشطون إن القصف طال حمص.", "حمص", "ناشطون"),
        ("وأفاد المرصد السوري بأن القصف طال حمص.", "حمص", "المرصد السوري"),
        ("المرصد السوري قال إن القصف طال حمص.", "حمص", "المرصد السوري"),
        ("سقطت قذائف على حمص، بحسب ناشطين.", "حمص", "ناشطين"),
        ("سقطت قذائف على حمص، وفقا لناشطين.", "حمص", "ناشطين"),
    ],
)  # fmt: skip
def test_source(text: str, name: str, source: str) -> None:
    assert who(text, name) == source


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells fell on Homs.", "Homs"),
        ("The road to Homs is said to be open.", "Homs"),
        ("Homs was said to be quiet.", "Homs"),
        ("Needless to say, Homs was quiet.", "Homs"),
        ("At least eight people were reported killed in Homs.", "Homs"),
        ("Clashes reported in Homs.", "Homs"),
        ("Three soldiers reported killed in Homs.", "Homs"),
        ("The sign said Homs was near.", "Homs"),
        ("Refugees fleeing to Turkey were said to have left Homs.", "Homs"),
        ("وقال إن القصف طال حمص.", "حمص"),
        ("The reported attack on Homs drew anger.", "Homs"),
        ("An estimated forty people died in Homs.", "Homs"),
        ("The blast claimed the lives of nine people in Homs.", "Homs"),
        ("The army denied access to Homs.", "Homs"),
        ("Officers told residents to leave Homs.", "Homs"),
        ("The officials would not say who held Homs.", "Homs"),
        ("The army added tanks to the force at Homs.", "Homs"),
        ("The convoy went to Homs according to plan.", "Homs"),
        ("Their claims about Homs were false.", "Homs"),
        ("The United States sent aid to Homs.", "Homs"),
        ("No one said a word in Homs.", "Homs"),
        ("Sources in Homs said bread had run out.", "Homs"),
        ("Residents of Salma said bread had run out.", "Salma"),
        ("Bread had run out, residents of Salma said.", "Salma"),
        ("Bread had run out, according to Rami Nasser, a baker in Salma.", "Salma"),
        ("Bread had run out, said Rami Nasser, a baker from Salma.", "Salma"),
        ("Rami Nasser, a baker in Salma, said bread had run out.", "Salma"),
        ("Bread had run out, the baker said, speaking in Salma.", "Salma"),
        ("Activists said the army had left. Rebels then entered Homs.", "Homs"),
        ("Activists said the army had left. 40 rebels entered Homs.", "Homs"),
        ("Activists said troops had left the town, but rebels never reached Homs.", "Homs"),
        ("“We ran,” a woman said. Rebels then entered Homs.", "Homs"),
        ("After activists said the town had fallen, the army shelled Homs.", "Homs"),
        ("The depot, which officials said was empty, lies near Homs.", "Homs"),
        ("The siege of Homs, Tafas and Baniyas continued.", "Homs"),
        ("Said Ahmad walked to Homs.", "Homs"),
        ("The villages (which activists said were empty) lie near Homs.", "Homs"),
    ],
)
def test_nobody(text: str, name: str) -> None:
    assert who(text, name) is None


# --- the stretches --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops left, activists said, and rebels came.", [("activists", "Troops left"), ("activists", "and rebels came")]),
        ("Activists said rebels came but, state media said, troops stayed.", None),
        ("It rained. “They came. We ran,” he said.", [("he", "They came. We ran")]),
        ("On Monday, activists said troops left.", [("activists", "troops left")]),
        ("He said: “We ran. We hid.” Then it rained.", [("He", "We ran. We hid")]),
        ("Gen. Ali Habib said Col. Nasr left. It rained.", [("Gen. Ali Habib", "Col. Nasr left")]),
        ("The group said.", []),
        ("said", []),
        (", said", []),
        ("according to", []),
        ("", []),
    ],
)
def test_stretches(text: str, expected: list[tuple[str, str]] | None) -> None:
    if expected is None:
        check_sound(text, 0, len(text))
    else:
        assert found(text) == expected


def test_offsets_of_a_passage_count_in_the_text() -> None:
    text = "𝒳 said nothing.\n\nRebels said Homs was hit.\n\nNo more."
    start = text.index("Rebels")
    (clause,) = attributed_clauses(text, start, text.index("\n\nNo"))
    assert text[clause.source.start : clause.source.end] == clause.source.surface == "Rebels"
    assert text[clause.start : clause.end] == "Homs was hit."


def test_line_breaks_are_white_space() -> None:
    assert found("The Syrian Observatory\nfor Human Rights\nsaid Homs\nwas hit.") == [
        ("The Syrian Observatory\nfor Human Rights", "Homs\nwas hit")
    ]


def test_sources_are_those_of_the_shortest_clauses() -> None:
    text = "The paper said residents had told it that Homs was empty. Rebels took Hama. In Salma, he said, Rabia burned."
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("Homs", "residents", "Hama", "Salma", "Rabia")]
    sources = attributions(text, 0, len(text), spans)
    assert [source and source.surface for source in sources] == ["residents", "The paper", None, "he", "he"]
    assert attributions(text, 0, len(text), []) == []


# --- any text -------------------------------------------------------------------------------------------------

PIECES = [
    *(
        "Activists",
        "the LCC",
        "he",
        "Rami Nasser",
        "residents of Salma",
        "who",
        "a",
        "35",
        "and",
        "but",
        "while",
        "that",
        "by",
        "in Homs",
    ),
    *(
        "said",
        "told",
        "reported",
        "claims",
        "say",
        "adding",
        "saying",
        "citing",
        "according to",
        "According to",
        "In a statement",
        "was",
        "to",
    ),
    *(
        ",",
        ".",
        ";",
        ":",
        '"',
        "“",
        "”",
        "‘",
        "’",
        "(",
        ")",
        "—",
        "\n",
        "?",
        "…",
        "«",
        "»",
        "قال",
        "إن",
        "بحسب",
        "وفقا ل",
        "’s",
        "-",
    ),
]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    check_sound(text, 0, len(text))


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from([" ", "", "  "]), st.data())
def test_any_words_are_read(words: list[str], between: str, data: st.DataObject) -> None:
    text = between.join(words)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    check_sound(text, 0, len(text))
    check_sound(text, start, end)


def check_alone(text: str) -> None:
    """What is found for one span is what is found for it among all."""
    spans = [found.span() for found in re.finditer(r"\w+", text)]
    assert [attributions(text, 0, len(text), [span])[0] for span in spans] == attributions(text, 0, len(text), spans)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_the_sentences_left_out_tell_nothing(words: list[str]) -> None:
    check_alone(" ".join(words))


@pytest.mark.parametrize("seed", range(20))
def test_the_sentences_left_out_of_longer_texts_tell_nothing(seed: int) -> None:
    chance = random.Random(seed)
    check_alone(" ".join(" ".join(chance.choices(PIECES, k=8)) + ". The" for _ in range(12)))


@pytest.mark.parametrize("seed", range(5))
def test_long_jumbles_are_read(seed: int) -> None:
    chance = random.Random(seed)
    text = " ".join(chance.choices(PIECES, k=3000))
    check_sound(text, 0, len(text))


@pytest.mark.parametrize(
    "pattern",
    [
        "Activists said shells fell on the town. ",
        "activists said ",
        ", activists said",
        "“We ran,” he said. ",
        '"We ran," he said, and ',
        "according to ",
        "according to the head of the council of ",
        "said (",
        "(activists said ",
        "a, b, said ",
        "and but while said ",
        "‘a said ",
        "“ said ”",
        "........",
        ", but activists said ",
        "residents, activists and medics, ",
        "word ",
        " \n",
        "told A B C D ",
        "said a a a a that",
        "قال إن ",
        "بحسب ",
        "A: “",
    ],
)
def test_work_grows_with_the_length(pattern: str) -> None:
    def read(length: int) -> None:
        attributed_clauses(pattern * (length // len(pattern)))

    assert in_proportion(read, 20_000)


# --- one example of each way to attribute -----------------------------------------------------------------------

EXAMPLES = {
    "verbs": ("Activists reported shelling in Homs.", "Activists"),
    "verbs_that": ("Activists added that Homs was calm.", "Activists"),
    "verbs_or_nouns": ("The council claims Homs is calm.", "The council"),
    "verbs_plural": ("Residents say Homs is calm.", "Residents"),
    "participles": ("A resident saying that Homs was calm was wrong.", "A resident"),
    "citing": ("Homs was calm, it was written, citing residents.", "residents"),
    "according": ("According to residents, Homs was calm.", "residents"),
    "statement": ("In a statement on Monday, the army denied that Homs was calm.", "the army"),
    "speaking": ("Ali Habib: “Homs was calm.”", "Ali Habib"),
    "arabic_verbs": ("قال ناشطون إن حمص هادئة", "ناشطون"),
    "arabic_according": ("حمص هادئة بحسب ناشطين.", "ناشطين"),
}
"""Kind of trigger -> a text and the source of its place."""


def test_every_way_to_attribute_has_an_example() -> None:
    assert EXAMPLES.keys() == READERS.keys() == set(get_args(TriggerKind))


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_way_to_attribute(kind: str) -> None:
    text, source = EXAMPLES[kind]
    assert who(text, "حمص" if "حمص" in text else "Homs") == source


# --- the word lists -------------------------------------------------------------------------------------------


def test_word_lists_hold_words() -> None:
    words = attribution_words()
    for key in words.__struct_fields__:
        listed = getattr(words, key)
        assert listed, key
        assert all(isinstance(word, str) and word for word in listed), key
    assert not words.speakers & words.never
