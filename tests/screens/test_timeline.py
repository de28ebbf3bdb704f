"""The lanes: every mark a link to its passages, and what is written on it."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

from conflictmap.index.memory import build
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View
from conflictmap.screens.timeline import lanes_html


@pytest.fixture(scope="module")
def questions(mini_articles_folder: Path, mini_gazetteer_folder: Path) -> Questions:
    return Questions(build(mini_articles_folder, mini_gazetteer_folder))


@pytest.mark.parametrize("clock", ["published", "happened"])
def test_a_mark_leads_to_the_place_in_its_days(questions: Questions, clock: str) -> None:
    view = View(clock=clock, undated=clock == "published")
    html = lanes_html(questions, view, 60)
    links = [unescape(link) for link in re.findall(r'<a href="([^"]*)"', html)]
    assert len(links) > 5
    for link in links:
        asked = View.from_query({name: values[0] for name, values in parse_qs(urlparse(link).query).items()})
        assert asked.clock == clock
        assert asked.undated == view.undated
        assert asked.start
        assert asked.end
        within = asked.within(questions.corpus)
        assert within.place == asked.place
        assert questions.mentions_of_place(within) > 0


def test_the_most_named_come_first_and_no_more_than_asked(questions: Questions) -> None:
    lanes = questions.lanes(View(), 3)
    assert len(lanes) == 3
    sums = [sum(counted) for *_, counted in lanes]
    assert sums == sorted(sums, reverse=True)
    assert lanes_html(questions, View(), 3).count("cm-lane-name") == 3 + 2  # with the axis and the articles


def test_each_lane_holds_all_its_dated_mentions(questions: Questions) -> None:
    counted = {feature: sum(bins) for feature, _, bins in questions.lanes(View(), 60)}
    dated = {c.place.id: c.mentions + c.suggested for c in questions.counts(View(undated=False))}
    assert {feature: round(n) for feature, n in counted.items() if feature in dated} == dated


def test_articles_are_counted_beside(questions: Questions) -> None:
    dated = sum(a.published is not None for a in questions.corpus.articles.values())
    assert sum(questions.articles_by_bin(View())) == dated


def test_a_hostile_title_stays_text(tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\nid: a\ntitle: A\npublished: 2013-08-06\nkind: full text\n---\nShells fell 12 km north of Homs.\n", encoding="utf-8"
    )
    html = lanes_html(Questions(build(tmp_path, mini_gazetteer_folder)), View(), 15)
    assert "12 km north of Homs" in html
    assert "<script" not in html


def test_nothing_dated_makes_no_chart(tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    (tmp_path / "a.txt").write_text("A\n\nHoms was shelled.", encoding="utf-8")
    questions = Questions(build(tmp_path, mini_gazetteer_folder))
    assert lanes_html(questions, View(), 15) == ""
    assert lanes_html(questions, View(clock="happened"), 15) == ""
