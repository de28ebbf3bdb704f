"""What the screens say in words, and that no text of an article becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.articles.decisions import decide_mention
from conflictmap.index.corpus import Corpus
from conflictmap.index.memory import build
from conflictmap.model import Article, DayRange, IntervalKind, Role, TimeExpression, TimeInterval, Told
from conflictmap.questions.filters import ROLES
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View
from conflictmap.screens import wording
from conflictmap.vocabulary import REASONS

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


@st.composite
def texts_with_overlaps(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    text = draw(st.text("<>&'aH \n{", min_size=2, max_size=60))
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 20)).map(lambda s: (s[0], min(s[0] + s[1], len(text))))
    return text, sorted(draw(st.lists(span, max_size=8))), draw(st.lists(span, max_size=4))


@given(texts_with_overlaps())
def test_marks_that_overlap_are_nested_and_never_broken(case: tuple[str, list[tuple[int, int]], list[tuple[int, int]]]) -> None:
    text, spans, sources = case
    html = wording.marked(text, 0, len(text), spans, (), ["derived", "named", "suggested"] * 3, sources)
    opened: list[str] = []
    position = 0
    covered: dict[str, set[int]] = {"mark": set(), "span": set()}
    inner = re.sub(r"^<p[^>]*>|</p>$", "", html)
    for tag, entity, char in re.findall(r"(<[^>]+>)|(&[^;]+;)|(.)", inner, re.DOTALL):
        if tag.startswith("</"):
            assert opened.pop() == tag[2:-1]
        elif tag:
            opened.append(re.match(r"<(\w+)", tag)[1])
        else:
            assert unescape(entity or char) == text[position]
            for name in set(opened):
                covered[name].add(position)
            position += 1
    assert opened == []
    assert position == len(text)
    assert covered["mark"] == {at for left, right in spans for at in range(left, right)}
    assert covered["span"] == {at for left, right in sources for at in range(left, right)}


def test_a_worked_out_place_holds_its_anchor_and_who_says_so_is_marked() -> None:
    text = "Shells fell 12 km north of Hama, activists said."
    html = wording.marked(
        text, 0, len(text), [(12, 31), (27, 31)], [True, False], ["derived", "named"], [(33, 42), (33, 42), None]
    )
    assert html == (
        '<p dir="ltr">Shells fell <mark class="derived">12 km north of <mark class="other">Hama</mark></mark>, '
        '<span class="cm-who" title="who says so">activists</span> said.</p>'
    )


def test_of_a_long_passage_only_the_surroundings_of_its_names_are_given() -> None:
    text = "x" * 3000 + "Homs" + "y" * 3000 + "Hama" + "z" * 3000
    html = wording.marked(text, 0, len(text), [(3000, 3004), (6004, 6008)], (), (), [(10, 20), (3010, 3020)])
    assert html.count(" […] ") == 3
    assert html.count("cm-who") == 1
    assert len(html) < 4 * 400 + 300
    for name in ("Homs", "Hama"):
        assert f"<mark>{name}</mark>" in html


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
    _, hits = Questions(mini_corpus).passages(View(place="homs", roles=frozenset(ROLES)))
    for hit in hits:
        told = wording.reasons(hit, mini_corpus.gazetteer)
        assert len(told) == len(set(told)) >= 1
        assert all(any(REASONS[reason] in line for line in told) for reason in (one.reason for one in hit.mentions))
    (dateline,) = [hit for hit in hits if "dateline" in {one.role for one in hit.mentions}]
    assert wording.ROLES["dateline"] in wording.reasons(dateline, mini_corpus.gazetteer)[0]


def test_a_citation_says_who_what_when_which_characters_and_where_to_see_it(mini_corpus: Corpus) -> None:
    _, hits = Questions(mini_corpus).passages(View(place="aramo"))
    told = wording.citation(mini_corpus, "Aramo", hits[0], "http://localhost/?place=aramo")
    article = mini_corpus.articles["mountain-villages-fall"]
    ((start, end),) = [one.span for one in hits[0].mentions]
    for part in (
        article.author, article.publisher, article.title,
        "published about 6 August 2013 (between 5 and 10 August 2013)", "our summary of paragraph 2", "On Aramo",
        f"{start}–{end}", article.id, article.url, mini_corpus.version, mini_corpus.gazetteer.version, "http://localhost/?place=aramo",
    ):  # fmt: skip
        assert str(part) in told


def test_a_citation_without_author_publisher_url_or_date_still_reads(mini_corpus: Corpus) -> None:
    _, hits = Questions(mini_corpus).passages(View(place="tartus"))
    (hit,) = [hit for hit in hits if hit.article.id == "letter-from-baniyas"]
    told = wording.citation(mini_corpus, "Tartus", hit, "link")
    assert told.startswith("On Tartus: “A letter from Baniyas”, date unknown; full text, passage 3; no date told.")
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
    gazetteer = Path(__file__).resolve().parents[1] / "data" / "mini" / "gazetteer"
    before = build(folder, gazetteer)
    start = before.articles["told"].text.index("Salma")
    decide_mention(folder, before.articles["told"], (start, start + 5), "placed", "aramo")
    corpus = build(folder, gazetteer)
    _, (hit,) = Questions(corpus).passages(View(place="aramo"))
    (told,) = wording.reasons(hit, corpus.gazetteer)
    assert told.startswith("“Salma”: decided by a person. The program's own answer: Salma, ")


# --- worked out, suggested, said by somebody ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bearing", "told"), [(0.0, "north"), (22.5, "north-northeast"), (135.0, "southeast"), (350.0, "north"), (315.0, "northwest")]
)
def test_a_bearing_is_told_as_a_wind(bearing: float, told: str) -> None:
    assert wording.wind(bearing) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It fell 12 km north of Homs.", "Worked out from Homs: 12 km, bearing north; may lie "),
        ("It fell 30 km from Homs.", "Worked out from Homs: 30 km, direction not said; may lie "),
        ("It fell within 30 km of Homs.", "Worked out from Homs: within 30 km, direction not said; may lie "),
        ("It fell between Homs and Aleppo.", "Worked out from Homs and Aleppo: what lies between them; may lie "),
        ("It fell halfway between Homs and Aleppo.", "Worked out from Homs and Aleppo: halfway between them; may lie "),
        ("Fighting went on north of Homs.", "Worked out from Homs: the part of it or beside it that the words mean, bearing north; may lie "),
    ],
)  # fmt: skip
def test_how_a_place_was_worked_out_is_told(make_corpus: Callable[..., Corpus], text: str, told: str) -> None:
    corpus = make_corpus({"text": text})
    (derived,) = corpus.derived.values()
    said = wording.derived(derived, corpus.gazetteer)
    assert said.startswith(told)
    assert re.search(r"may lie [\d.,]+ km off(, uncertain)?$", said)


def test_a_suggestion_and_a_spelling_say_how_sure_they_are(make_corpus: Callable[..., Corpus]) -> None:
    corpus = make_corpus({"text": "In Latakia, residents of the provincial capital fled."})
    _, (hit,) = Questions(corpus).passages(View(place="latakia", suggested=True))
    named, suggested = wording.reasons(hit, corpus.gazetteer)
    assert named.startswith("“Latakia”: ")
    assert suggested == f"Described as “provincial capital”, suggested: {REASONS['description-fits']}."
    spelt = {"reason": "spelling-variant", "own_place": None, "own_reason": "spelling-variant", "certainty": "less-certain"}
    folded = replace(hit, mentions=tuple(replace(one, **spelt) for one in hit.mentions))
    assert wording.reasons(folded, corpus.gazetteer)[0].startswith("“Latakia” (spelling not listed, less certain): ")
    assert wording.sureness("certain", "spelling-variant") == ""
    assert wording.sureness("less-certain", "only-candidate") == "less certain"


def test_who_says_so_is_told_once_and_what_nobody_says_too(make_corpus: Callable[..., Corpus]) -> None:
    corpus = make_corpus({"text": "Shells fell on Salma, activists said."}, {"text": "Salma was calm."})
    _, hits = Questions(corpus).passages(View(place="salma"))
    assert sorted(wording.attributed(hit) for hit in hits) == ["", "Attributed to: activists"]
    (hit,) = [hit for hit in hits if [one.source for one in hit.mentions] != [None]]
    assert "Attributed to: activists." in wording.citation(corpus, "Salma", hit, "link")
    both = replace(hit, mentions=(*hit.mentions, *hit.mentions, replace(hit.mentions[0], source=None)))
    assert wording.attributed(both) == "Attributed to: activists; the rest to nobody"


# --- days told ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "kind", "told"),
    [
        ((2013, 8, 4), (2013, 8, 4), "within", "Sunday 4 August 2013"),
        ((2013, 8, 4), (2013, 8, 5), "within", "4 or 5 August 2013"),
        ((2013, 6, 1), (2013, 6, 10), "within", "some time between 1 and 10 June 2013"),
        ((2013, 6, 1), (2013, 6, 30), "within", "some time in June 2013"),
        ((2013, 1, 1), (2013, 12, 31), "within", "some time in 2013"),
        ((2011, 1, 1), (2013, 12, 31), "throughout", "from 2011 to 2013"),
        ((2013, 6, 1), (2013, 8, 31), "within", "some time from June to August 2013"),
        ((2013, 8, 4), (2013, 8, 6), "throughout", "from 4 to 6 August 2013"),
        ((2013, 2, 1), (2013, 8, 6), "throughout", "from 1 February to 6 August 2013"),
        ((2012, 12, 30), (2013, 1, 2), "within", "some time between 30 December 2012 and 2 January 2013"),
        ((2013, 8, 1), (2013, 8, 31), "throughout", "August 2013"),
    ],
)
def test_days_told_in_words(start: tuple[int, int, int], end: tuple[int, int, int], kind: IntervalKind, told: str) -> None:
    assert wording.interval(TimeInterval(date(*start), date(*end), kind)) == told


def test_what_a_passage_tells_of_is_said_once_and_by_which_words() -> None:
    sunday = TimeExpression(3, 9, "Sunday", TimeInterval(date(2013, 8, 4), date(2013, 8, 4)), "weekday")
    told = [Told(sunday, "same-clause"), Told(sunday, "same-clause"), None]
    assert wording.tells(told) == "tells of Sunday 4 August 2013; the rest undated"
    (line,) = wording.dating(told)
    assert line.startswith("Dated by “Sunday”: ")
    assert wording.tells([None]) == "no date told"


@pytest.mark.parametrize(
    ("months", "told"),
    [
        ([], ""),
        ([(2013, 9)], "Silence is not peace: in 1 of 12 months this collection has no article (September 2013)."),
        ([(2013, 9), (2013, 10), (2013, 12)], "Silence is not peace: in 3 of 12 months this collection has no article (September to October 2013, December 2013)."),
        ([(2012, 12), (2013, 1)], "Silence is not peace: in 2 of 12 months this collection has no article (December 2012 to January 2013)."),
    ],
)  # fmt: skip
def test_months_without_an_article_are_told(months: list[tuple[int, int]], told: str) -> None:
    assert wording.silence([date(year, month, 1) for year, month in months], 12) == told


def test_many_stretches_of_silence_are_counted() -> None:
    told = wording.silence([date(2013, month, 1) for month in (1, 3, 5, 7, 9, 11)], 12)
    assert told.endswith("July 2013 and 2 more stretches).")
