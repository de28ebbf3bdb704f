"""Article -> attestations, on the miniature corpus and on texts of our own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.index.corpus import Corpus
from conflictmap.model import Article, Attestation, DayRange
from conflictmap.text import passages

_PIECES = [*"Homs Salma\n\r.’-éＨ\u0301😀", " Homs ", "\n\n", " Latakia province ", "\r\n\r\n"]
DAY = DayRange(date(2013, 8, 5), date(2013, 8, 10), date(2013, 8, 6))


@pytest.fixture(scope="session")
def mini(mini_gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(mini_gazetteer)


def check_whole(article: Article, found: list[Attestation]) -> None:
    taken = 0
    blocks = {(p.number, p.start, p.end) for p in passages(article)}
    for item in found:
        mention = item.resolution.mention
        assert item.article == article.id
        assert item.published == article.published
        assert (item.passage.number, item.passage.start, item.passage.end) in blocks
        assert item.passage.start <= mention.start < mention.end <= item.passage.end
        assert article.text[mention.start : mention.end] == mention.surface
        assert (item.derived is not None) == (item.resolution.basis == "derived")
        if item.resolution.basis == "named":  # what follows from the names may overlap them
            assert taken <= mention.start
            taken = mention.end
    order = [(item.resolution.mention.start, item.resolution.basis != "named") for item in found]
    assert order == sorted(order)


def test_every_article_of_the_corpus_gives_sound_attestations(mini: Geoparser, mini_corpus: Corpus) -> None:
    assert len(mini_corpus.articles) == 7
    for article in mini_corpus.articles.values():
        found = mini.parse(article)
        assert found, article.id
        check_whole(article, found)
        assert mini.parse(article) == found


def test_attestations_carry_passage_number_and_date(mini: Geoparser) -> None:
    article = Article("a", "", None, "Homs fell.\n\n\nThen Salma fell.\r\n\r\nSalma again.", published=DAY)
    found = [(a.passage.number, a.resolution.mention.surface, a.published) for a in mini.parse(article)]
    assert found == [(1, "Homs", DAY), (2, "Salma", DAY), (3, "Salma", DAY)]


def test_a_name_does_not_reach_over_a_blank_line(mini: Geoparser) -> None:
    assert (
        mini.parse(Article("a", "", None, "They saw the Mediterranean\n\nSea of troubles"))[0].resolution.mention.surface
        == "Mediterranean"
    )


def test_homonyms_are_settled_over_the_whole_article_not_in_each_passage(mini: Geoparser) -> None:
    found = mini.parse(Article("a", "", None, "Tripoli, Lebanon, was quiet.\n\nOnly later Tripoli burned."))
    assert [a.resolution.place for a in found] == ["tripoli-lebanon", "lebanon", "tripoli-lebanon"]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (
            "mountain-villages-fall",
            [
                (1, "Latakia province", "latakia-governorate"),
                (1, "Salma", "salma"), (2, "Aramo", "aramo"), (2, "Qardaha", "qardaha"),
                (2, "Salma", "salma"), (3, "Latakia", "latakia-governorate"), (3, "Baniyas", "baniyas"), (3, "Tartous", "tartus"),
                (3, "Latakia", "latakia"), (4, "Iran", "iran"),
                (4, "Russia", "russia"), (4, "Damascus", "damascus"), (4, "Moscow", "moscow"),
                (4, "Qusayr", "qusayr"), (4, "Homs", "homs"),
            ],
        ),
        ("hostile-salma", [(number, "Salma", "salma") for number in (1, 2, 2, 3, 3, 3, 3, 3)]),
        ("letter-from-baniyas", [
            (1, "Baniyas", "baniyas"), (2, "al-Qardahah", "qardaha"), (2, "Baniyas", "baniyas"), (3, "Tartus", "tartus"),
            (3, "Mediterranean", "mediterranean-sea"), (3, "Lattakia", "latakia"), (3, "Hims", "homs"),
        ]),
        ("wire-1", [(1, "HOMS", "homs"), (1, "Syria", "syria"), (1, "Qusayr", "qusayr"), (2, "Homs", "homs")]),
        ("wire-3", [
            (1, "Tripoli", None), (1, "Aleppo", "aleppo"), (1, "Damascus", "damascus"), (2, "Deir Nowhere", "deir-nowhere"),
        ]),
    ],
)  # fmt: skip
def test_the_miniature_articles(mini: Geoparser, mini_corpus: Corpus, article: str, expected: list[tuple]) -> None:
    found = [a for a in mini.parse(mini_corpus.articles[article]) if a.resolution.basis == "named"]
    assert [(a.passage.number, a.resolution.mention.surface, a.resolution.place) for a in found] == expected


def test_what_follows_from_the_names_stands_beside_them(mini: Geoparser, mini_corpus: Corpus) -> None:
    article = mini_corpus.articles["mountain-villages-fall"]
    (found,) = [a for a in mini.parse(article) if a.resolution.basis != "named"]
    assert (found.passage.number, found.resolution.basis, found.resolution.mention.surface) == (
        2,
        "derived",
        "20 km from Qardaha",
    )
    assert found.resolution.place is None
    assert found.derived is not None
    assert (found.derived.anchors, found.derived.distance_m, found.derived.bearing_deg) == (("qardaha",), 20_000, None)


def test_arabic_text_is_read_too(mini: Geoparser, mini_corpus: Corpus) -> None:
    found = {a.resolution.place for a in mini.parse(mini_corpus.articles["wire-2"])}
    assert {"salma", "tartus", "moscow"} <= found


def test_the_hostile_article_keeps_its_offsets(mini: Geoparser, mini_corpus: Corpus) -> None:
    article = mini_corpus.articles["hostile-salma"]
    first = mini.parse(article)[0].resolution.mention
    assert first.start == article.text.index("Salma")


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_text_gives_sound_attestations(mini: Geoparser, text: str) -> None:
    article = Article("a", "", None, text)
    check_whole(article, mini.parse(article))


def test_a_name_that_an_article_gives_a_person_is_no_place_there(geoparser: Geoparser) -> None:
    def surfaces(text: str) -> list[str]:
        return [
            a.resolution.mention.surface for a in geoparser.parse(Article("x", "", None, text)) if a.resolution.basis == "named"
        ]

    assert surfaces("The singer Salma Haddad, 31, cancelled her tour.\n\nSalma then flew home.") == []
    assert surfaces("The singer Salma Haddad, 31, cancelled her tour.\n\nShe was born in Salma.") == ["Salma"]
    assert surfaces("The road was open.\n\nSalma then fell silent.") == ["Salma"]


def test_a_description_is_suggested_where_no_name_stands(geoparser: Geoparser) -> None:
    found = geoparser.parse(Article("x", "", None, "Cafés stayed open in the Lebanese capital."))
    assert [(a.resolution.basis, a.resolution.place) for a in found] == [("suggested", "beirut")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on the eastern Ghouta towns of Douma and Zamalka.", ("eastern Ghouta", "eastern-ghouta")),
        ("Shells fell on northern Lebanon.", ("Lebanon", "lebanon")),
    ],
)
def test_a_side_in_small_letters_is_part_of_a_landscapes_name_and_of_no_countrys(
    geoparser: Geoparser, text: str, expected: tuple[str, str]
) -> None:
    found = geoparser.parse(Article("a", "", None, text))
    assert expected in {(a.resolution.mention.surface, a.resolution.place) for a in found if a.resolution.basis == "named"}
