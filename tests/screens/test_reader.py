"""The reader's HTML: every mention marked by its kind, explained, and harmless."""

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.articles.decisions import Verdicts, quote_of
from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.index.articles import MemoryArticles
from conflictmap.index.corpus import Corpus
from conflictmap.index.schema import to_table
from conflictmap.model import Article, Attestation, MentionDecision, Passage
from conflictmap.questions.questions import Questions
from conflictmap.screens import reader

TEXT = (
    "Shells fell on Salma & <b>the Ghab plain</b>, 12 km north of Hama. Moscow said no.\n\n"
    "Men in Tripoli fled to the village of Tell Nowhere; ${x} {{7*7}} Homs."
)


@pytest.fixture
def questions(gazetteer: Gazetteer, mini_corpus: Corpus) -> Questions:
    article = Article("told", "Told", None, TEXT, text_hash="h")
    homs = TEXT.index("Homs")
    decision = MentionDecision("told", "h", quote_of(TEXT, homs, homs + 4), "rejected", None, "")
    parsed = [
        undecided(item) if item.resolution.mention.surface == "Tripoli" else item for item in Geoparser(gazetteer).parse(article)
    ]
    found = Verdicts([decision]).lay_over(article, parsed, gazetteer.places)
    return Questions(Corpus(MemoryArticles([article]), gazetteer, to_table(found), "v", (), mini_corpus.folder))


def undecided(item: Attestation) -> Attestation:
    return replace(item, resolution=replace(item.resolution, place=None, status="ambiguous", reason="undecided"))


def html_of(questions: Questions, current: int | None = None) -> str:
    article = questions.corpus.articles["told"]
    mentions = questions.mentions_of_article("told")
    return reader.article_html(article, questions.passages_of(article), mentions, questions.corpus.gazetteer, current)


def test_each_mention_is_marked_by_its_kind(questions: Questions) -> None:
    kinds = dict(re.findall(r'<details class="m (\w+)"><summary title="[^"]*">(?:<sup.*?</sup>)?([^<]+)', html_of(questions)))
    assert {name: kind for kind, name in kinds.items()} == {
        "Salma": "place", "Ghab plain": "area", "12 km north of ": "derived", "Hama": "reference", "Moscow": "actor", "Tripoli": "ambiguous",
        "Tell Nowhere": "unresolved", "Homs": "rejected",
    }  # fmt: skip


def test_the_text_is_whole_and_nothing_of_it_is_markup(questions: Questions) -> None:
    html = html_of(questions)
    bare = re.sub(r'<span class="card".*?</details>|<sup.*?</sup>', "", html)
    assert unescape(re.sub(r"<[^>]+>", "", bare)) == TEXT.replace("\n\n", "")
    assert "<b>" not in html
    assert set(re.findall(r"<(\w+)", html)) == {"div", "details", "summary", "sup", "span"}


def test_what_was_turned_down_is_marked_on_demand_with_its_rule(questions: Questions) -> None:
    text = "General Homs met & <b>left</b>. Umm Salma stayed in Homs."
    article = Article("veto", "Veto", None, text, text_hash="h")
    gazetteer = questions.corpus.gazetteer
    corpus = Corpus(
        MemoryArticles([article]), gazetteer, to_table(Geoparser(gazetteer).parse(article)), "v", (), questions.corpus.folder
    )
    asked = Questions(corpus)
    turned_down = asked.turned_down("veto")
    assert [(one.surface, one.rule) for one in turned_down] == [("Homs", "title-before"), ("Salma", "kunya-before")]
    passages, mentions = asked.passages_of(article), asked.mentions_of_article("veto")
    html = reader.article_html(article, passages, mentions, gazetteer, None, turned_down)
    assert re.findall(r'class="m ([\w-]+)"', html) == ["turned-down", "turned-down", "place"]
    assert "Why: part of a person&#x27;s name: Abu, Umm, ibn … stands before it." in html
    assert "<b>" not in html
    assert "turned-down" not in reader.article_html(article, passages, mentions, gazetteer, None)
    assert reader.KINDS["turned-down"] in reader.legend(["turned-down"])


def test_the_chosen_mention_stands_out(questions: Questions) -> None:
    assert re.findall(r'<details class="m \w+( now)?">', html_of(questions, 2)) == ["", "", " now", "", "", "", "", ""]


def test_reason_rivals_and_a_persons_decision_are_told(questions: Questions) -> None:
    told = {m["surface"]: reader.explanation(m, questions.corpus.gazetteer) for m in questions.mentions_of_article("told")}
    assert told["Salma"][0].startswith("Salma (")
    assert any(line.startswith("Rivals: ") and "Libya" in line for line in told["Tripoli"])
    assert told["Homs"][0] == "A person says: no place"
    assert told["Homs"][1] == "Decided by a person (no place)."
    assert told["Homs"][2].startswith("The program's own answer: Homs:")
    assert any("point of reference" in line for line in told["Hama"])


def test_the_legend_explains_the_kinds_that_occur() -> None:
    html = reader.legend(["place", "ambiguous"])
    assert reader.KINDS["place"] in html
    assert reader.KINDS["ambiguous"] in html
    assert reader.KINDS["actor"] not in html


def article_of(gazetteer: Gazetteer, corpus: Corpus, text: str) -> Questions:
    article = Article("told", "Told", None, text, text_hash="h")
    return Questions(
        Corpus(MemoryArticles([article]), gazetteer, to_table(Geoparser(gazetteer).parse(article)), "v", (), corpus.folder)
    )


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=8),
    st.lists(st.sampled_from(["named", "derived", "suggested"]), min_size=8, max_size=8),
)
def test_mentions_that_overlap_never_break_the_page(
    gazetteer: Gazetteer, mini_corpus: Corpus, spans: list[tuple[int, int]], bases: list[str]
) -> None:
    text = "a<b & c> 'd' \"e\" the quick brown fox jumps over it all"
    article = Article("told", "Told", None, text)
    rows = [
        {
            "passage": 1, "start": left, "end": left + length, "surface": text[left : left + length], "place": "salma", "feature": "salma",
            "status": "resolved", "basis": basis, "role": "location", "reason": "only-candidate", "certainty": "certain", "candidates": [],
            "attributed_to": text[3:9], "attributed_start": 3, "attributed_end": 9, "verdict": None, "program_place": "salma",
            "program_status": "resolved", "program_reason": "only-candidate", "derived": None, "told": None,
            "event_words_start": None, "event_words_end": None,
        }
        for (left, length), basis in zip(sorted(spans), bases, strict=False)
    ]  # fmt: skip
    html = reader.article_html(article, [Passage(1, 0, len(text))], rows, gazetteer, 0 if rows else None)
    assert html.count("<details") == html.count("</details>") <= len(rows)
    assert html.count("<span") == html.count("</span>")
    bare = re.sub(r'<span class="card".*?</details>|<sup.*?</sup>', "", html)
    assert unescape(re.sub(r"<[^>]+>", "", bare)) == text
    assert not re.search(r"<summary[^>]*>[^<]*(?:<sup.*?</sup>)?[^<]*<details", html)


def test_a_worked_out_place_opens_before_its_anchor_and_both_are_explained(gazetteer: Gazetteer, mini_corpus: Corpus) -> None:
    asked = article_of(
        gazetteer, mini_corpus, "Shells fell 12 km north of Hama, activists said. They took the road between Homs and Hama."
    )
    mentions = asked.mentions_of_article("told")
    assert [(m["surface"], m["basis"]) for m in mentions][:2] == [("12 km north of Hama", "derived"), ("Hama", "named")]
    told = reader.explanation(mentions[0], gazetteer)
    assert told[0].startswith("Worked out from Hama: 12 km, bearing north; may lie ")
    assert "Attributed to: activists." in told
    assert not any(line.startswith("Rivals") for line in told)
    html = html_of(asked, 0)
    assert html.count('<details class="m derived') == 2
    assert re.search(r'<span class="m derived">\s*and\s*</span>', html)
    assert '<span class="cm-who" title="who says so">activists</span>' in html
    assert html.count(" now") == 1
