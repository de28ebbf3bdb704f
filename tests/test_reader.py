"""The reader's HTML: every mention marked by its kind, explained, and harmless."""

import re
from html import unescape

import pytest

from conflictmap import reader
from conflictmap.decisions import Verdicts, quote_of
from conflictmap.gazetteer import Gazetteer
from conflictmap.geoparser import Geoparser
from conflictmap.index import Corpus, to_table
from conflictmap.model import Article, MentionDecision
from conflictmap.selection import Questions

TEXT = (
    "Shells fell on Salma & <b>the Ghab plain</b>, 12 km north of Hama. Moscow said no.\n\n"
    "Men in Tripoli fled to the village of Tell Nowhere; ${x} {{7*7}} Homs."
)


@pytest.fixture
def questions(gazetteer: Gazetteer, mini_corpus: Corpus) -> Questions:
    article = Article("told", "Told", None, TEXT, text_hash="h")
    homs = TEXT.index("Homs")
    decision = MentionDecision("told", "h", quote_of(TEXT, homs, homs + 4), "rejected", None, "")
    found = Verdicts([decision]).lay_over(article, Geoparser(gazetteer).parse(article), gazetteer.places)
    return Questions(Corpus({"told": article}, gazetteer, to_table(found), "v", (), mini_corpus.folder))


def html_of(questions: Questions, current: int | None = None) -> str:
    article = questions.corpus.articles["told"]
    mentions = questions.mentions_of_article("told")
    return reader.article_html(article, questions.passages_of(article), mentions, questions.corpus.gazetteer, current)


def test_each_mention_is_marked_by_its_kind(questions: Questions) -> None:
    kinds = dict(re.findall(r'<details class="m (\w+)"><summary title="[^"]*">([^<]+)', html_of(questions)))
    assert {name: kind for kind, name in kinds.items()} == {
        "Salma": "place", "Ghab plain": "area", "Hama": "reference", "Moscow": "actor", "Tripoli": "ambiguous",
        "Tell Nowhere": "unresolved", "Homs": "rejected",
    }  # fmt: skip


def test_the_text_is_whole_and_nothing_of_it_is_markup(questions: Questions) -> None:
    html = html_of(questions)
    bare = re.sub(r'<span class="card".*?</details>|<sup.*?</sup>', "", html)
    assert unescape(re.sub(r"<[^>]+>", "", bare)) == TEXT.replace("\n\n", "")
    assert "<b>" not in html
    assert set(re.findall(r"<(\w+)", html)) == {"div", "details", "summary", "sup", "span"}


def test_the_chosen_mention_stands_out(questions: Questions) -> None:
    assert re.findall(r'<details class="m \w+( now)?">', html_of(questions, 2)) == ["", "", " now", "", "", "", ""]


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
