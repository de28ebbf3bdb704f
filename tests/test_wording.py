"""What the screens say in words, and that no text of an article becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap import wording
from conflictmap.decisions import decide_mention
from conflictmap.index import Corpus, build
from conflictmap.model import Article, DayRange, Role
from conflictmap.resolution import REASONS
from conflictmap.selection import Questions, View

D = date


def between(start: date, end: date, best: date) -> DayRange:
    return DayRange(start, end, best)


# --- dates, kinds, extents ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (None, "date unknown"),
        (between(D(2013, 8, 6), D(2013, 8, 6), D(2013, 8, 6)), "published 6 August 2013"),
        (between(D(2013, 8, 5), D(2013, 8, 10), D(2013, 8, 6)), "published about 6 August 2013 (between 5 and 10 August 2013)"),
        (
            between(D(2013, 7, 30), D(2013, 8, 2), D(2013, 8, 1)),
            "published about 1 August 2013 (between 30 July and 2 August 2013)",
        ),
        (
            between(D(2013, 12, 30), D(2014, 1, 2), D(2014, 1, 1)),
            "published about 1 January 2014 (between 30 December 2013 and 2 January 2014)",
        ),
        (
            between(D(2013, 8, 1), D(2014, 8, 31), D(2014, 1, 1)),
            "published about 1 January 2014 (between 1 August 2013 and 31 August 2014)",
        ),
    ],
)
def test_a_date_is_told_with_its_precision(when: DayRange | None, told: str) -> None:
    assert wording.published(when) == told


def test_a_date_that_a_person_gave_says_so() -> None:
    day = D(2013, 8, 6)
    assert wording.published(DayRange(day, day, day), by_person=True) == "published 6 August 2013, dated by a person"
    assert wording.published(None, by_person=True) == "date unknown"


def test_every_kind_of_the_shipped_gazetteer_has_words(gazetteer) -> None:
    unnamed = {place.ftype for place in gazetteer.places.values() if wording.kind(place) == "place"}
    assert unnamed == set()


def test_every_role_has_words() -> None:
    assert set(wording.ROLES) == set(get_args(Role))


@pytest.mark.parametrize(
    ("metres", "told"),
    [
        (500, "500 m"),
        (999, "999 m"),
        (1000, "1 km"),
        (1500, "1.5 km"),
        (10_000, "10 km"),
        (35_700, "36 km"),
        (1_200_000, "1,200 km"),
    ],
)
def test_an_extent_says_how_wide(mini_corpus: Corpus, metres: int, told: str) -> None:
    for name in ("salma", "ghab-plain"):
        place = mini_corpus.gazetteer.places[name]
        assert place.footprint
        assert told in wording.extent(replace(place, footprint=replace(place.footprint, uncertainty_m=metres))).split(" of ")[0]


def test_an_extent_says_how_sure_and_how_it_is_drawn(mini_corpus: Corpus) -> None:
    places = mini_corpus.gazetteer.places
    salma = places["salma"]
    assert salma.footprint
    for certainty, told in (("certain", ""), ("less-certain", ", less certain"), ("uncertain", ", uncertain")):
        said = wording.extent(replace(salma, footprint=replace(salma.footprint, uncertainty_m=800, certainty=certainty)))
        assert said == f"within 800 m of the dot{told}"
    assert "label" in wording.extent(places["ghab-plain"])
    assert wording.extent(places["deir-nowhere"]) == "position unknown"


# --- a digest is not the source -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("article", "number", "told"),
    [
        (Article("a", "", None, "", kind="digest", paragraphs=(1, 4)), 2, "our summary of paragraph 4"),
        (Article("a", "", None, "", kind="digest"), 2, "our summary, block 2"),
        (Article("a", "", None, "", kind="full text"), 2, "full text, passage 2"),
    ],
)
def test_whose_words_a_passage_holds_is_said(article: Article, number: int, told: str) -> None:
    assert wording.source_of_text(article, number) == told


# --- text is never markup -------------------------------------------------------------------------------------


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[bool]]:
    text = draw(st.text(st.one_of(st.sampled_from("<>&\"'`${}%/ aH\n"), st.characters(exclude_categories=["Cs"])), max_size=80))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, spans, draw(st.lists(st.booleans(), min_size=len(spans), max_size=len(spans)))


@given(texts_with_spans())
def test_a_marked_passage_holds_the_text_and_no_markup_of_its_own(case: tuple[str, list[tuple[int, int]], list[bool]]) -> None:
    text, spans, chosen = case
    html = wording.marked(text, 0, len(text), spans, chosen)
    opening = re.match(r'<p dir="(?:ltr|rtl)">', html)
    assert opening
    assert html.endswith("</p>")
    inner = html[opening.end() : -len("</p>")]
    left = re.sub(r'<mark(?: class="other")?>|</mark>', "", inner)
    assert not set(left) & set("<>\"'")
    assert not re.search(r"&(?!(?:amp|lt|gt|quot|#x27);)", left)
    assert unescape(left) == text
    marks = re.findall(r"<mark(?: class=\"other\")?>(.*?)</mark>", inner, re.DOTALL)
    assert [unescape(mark) for mark in marks] == [text[a:b] for a, b in spans]


def test_only_the_passage_is_marked_and_its_chosen_names_stand_out() -> None:
    text = "Title.\n\nHoms and Hama.\n\nEnd."
    html = wording.marked(text, 8, 22, [(8, 12), (17, 21)], [True, False])
    assert html == '<p dir="ltr"><mark>Homs</mark> and <mark class="other">Hama</mark>.</p>'


def test_arabic_runs_right_to_left() -> None:
    assert wording.marked("«سلمى»", 0, 6, []).startswith('<p dir="rtl">')
    assert wording.marked("12 Salma سلمى", 0, 8, []).startswith('<p dir="ltr">')


# --- reasons and citations ------------------------------------------------------------------------------------


def test_each_different_reason_is_told_once(mini_corpus: Corpus) -> None:
    _, hits = Questions(mini_corpus).passages(View(place="homs"))
    for hit in hits:
        told = wording.reasons(hit, mini_corpus.gazetteer)
        assert len(told) == len(set(told)) >= 1
        assert all(any(REASONS[reason] in line for line in told) for reason in hit.reasons)
    (dateline,) = [hit for hit in hits if "dateline" in hit.roles]
    assert wording.ROLES["dateline"] in wording.reasons(dateline, mini_corpus.gazetteer)[0]


def test_a_citation_says_who_what_when_which_characters_and_where_to_see_it(mini_corpus: Corpus) -> None:
    _, hits = Questions(mini_corpus).passages(View(place="aramo"))
    told = wording.citation(mini_corpus, mini_corpus.gazetteer.places["aramo"], hits[0], "http://localhost/?place=aramo")
    article = mini_corpus.articles["mountain-villages-fall"]
    ((start, end),) = hits[0].spans
    for part in (
        article.author, article.publisher, article.title,
        "published about 6 August 2013 (between 5 and 10 August 2013)", "our summary of paragraph 2", "On Aramo",
        f"{start}–{end}", article.id, article.url, mini_corpus.version, mini_corpus.gazetteer.version, "http://localhost/?place=aramo",
    ):  # fmt: skip
        assert str(part) in told


def test_a_citation_without_author_publisher_url_or_date_still_reads(mini_corpus: Corpus) -> None:
    _, hits = Questions(mini_corpus).passages(View(place="tartus"))
    (hit,) = [hit for hit in hits if hit.article.id == "letter-from-baniyas"]
    told = wording.citation(mini_corpus, mini_corpus.gazetteer.places["tartus"], hit, "link")
    assert told.startswith("On Tartus: “A letter from Baniyas”, date unknown; full text, passage 3.")
    assert "None" not in told
    assert f"“{' '.join(hit.article.text[hit.start : hit.end].split())}”" in told


# --- the histogram --------------------------------------------------------------------------------------------


def test_bars_stay_inside_the_scale_and_the_period_is_filled(mini_corpus: Corpus) -> None:
    bins = Questions(mini_corpus).histogram()
    html = wording.histogram(bins, mini_corpus.period, (D(2014, 1, 1), D(2014, 12, 31)))
    bars = re.findall(r'<i( class="in")? style="left:([\d.]+)%;width:([\d.]+)%;height:(\d+)%"', html)
    assert len(bars) == sum(1 for *_, n in bins if n) == 3
    assert [bool(inside) for inside, *_ in bars] == [False, True, False]
    for _, left, width, height in bars:
        assert 0 <= float(left) <= 100
        assert float(left) + float(width) <= 100.5
        assert 8 <= int(height) <= 100


def test_a_corpus_of_one_day_has_one_bar() -> None:
    day = D(2013, 8, 6)
    html = wording.histogram([(day, day, 4)], (day, day), (day, day))
    assert html.count("<i ") == 1
    assert "4 mentions, 6 August 2013" in html


def test_a_persons_decision_is_told_with_the_programs_own_answer_beside_it(tmp_path: Path, mini_corpus: Corpus) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "told.txt").write_text("Told\n\nShells fell on Salma.", encoding="utf-8")
    gazetteer = Path(__file__).parent / "data" / "mini" / "gazetteer"
    before = build(folder, gazetteer)
    start = before.articles["told"].text.index("Salma")
    decide_mention(folder, before.articles["told"], (start, start + 5), "placed", "aramo")
    corpus = build(folder, gazetteer)
    _, (hit,) = Questions(corpus).passages(View(place="aramo"))
    (told,) = wording.reasons(hit, corpus.gazetteer)
    assert told.startswith("“Salma”: decided by a person. The program's own answer: Salma, ")
