"""Counts of places, derived footprints, sources, publishers and languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.views import TOLD, each, mentions

from conflictmap.articles.decisions import decide_mention
from conflictmap.index.corpus import Corpus
from conflictmap.index.memory import build
from conflictmap.questions.filters import NOT_ATTRIBUTED
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View

D = date


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (D(2013, 8, 5), D(2013, 8, 10), 2),  # the range 5 to 10 August names Salma twice, the agency report of the 9th once more
        (D(2013, 8, 1), D(2013, 8, 4), 0),
        (D(2013, 8, 5), D(2013, 8, 5), 2),
        (D(2013, 8, 10), D(2013, 8, 10), 2),
        (D(2013, 8, 11), D(2014, 2, 28), 0),
        (D(2014, 3, 1), D(2014, 3, 1), 8),
        (D(2014, 3, 31), D(2014, 3, 31), 8),
        (D(2014, 4, 1), D(2015, 8, 12), 0),
    ],
)
def test_first_and_last_day_of_a_range_count(questions: Questions, start: date, end: date, expected: int) -> None:
    held = [a for a in questions.corpus.articles.values() if a.language == "en"]
    view = View(start=start, end=end, undated=False)
    counted = [c for c in questions.rows(view) if c["place"] == "salma" and c["article"] in {a.id for a in held}]
    assert len(counted) == expected


def test_counts_are_by_mention_most_named_first_and_articles_are_counted_by_place(questions: Questions) -> None:
    counts = questions.counts(View())
    rows = [
        row
        for row in questions.corpus.table.to_pylist()
        if row["place"] and row["role"] == "location" and row["basis"] == "named"
    ]
    for count in counts:
        assert count.mentions == sum(row["place"] == count.place.id for row in rows)
        named = len({row["article"] for row in rows if row["place"] == count.place.id})
        assert questions.articles_of_place(View(place=count.place.id)) == named
    assert [(-c.mentions, c.place.id) for c in counts] == sorted((-c.mentions, c.place.id) for c in counts)
    assert sum(c.mentions for c in counts) == len(rows)


def test_undated_articles_count_whatever_the_period_unless_left_out(questions: Questions) -> None:
    narrow = View(start=D(2015, 8, 12), end=D(2015, 8, 12))
    assert mentions(questions, narrow)["baniyas"] == 2
    assert "baniyas" not in mentions(questions, View(start=D(2015, 8, 12), end=D(2015, 8, 12), undated=False))


def test_what_can_be_chosen_is_what_there_is(questions: Questions) -> None:
    articles = questions.corpus.articles.values()
    assert dict(questions.languages()) == Counter(article.language for article in articles)
    assert dict(questions.publishers()) == Counter(article.publisher for article in articles if article.publisher)


def test_what_lies_outside_the_box_is_listed_beside(make_corpus: Callable[..., Corpus]) -> None:
    asked = Questions(make_corpus({"text": "It fell 30 km north of Moscow.", "published": "2013-01-05"}))
    assert [[c.title for c in part] for part in asked.split(asked.derived_counts(View()))] == [
        [],
        ["30 km north of Moscow"],
    ]
    assert asked.layer() == []
    assert asked.account(View()).beside == 1


def test_what_a_person_accepts_is_no_suggestion_any_more(tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    (tmp_path / "told.txt").write_text(f"Told\n\n{TOLD}", encoding="utf-8")
    before = build(tmp_path, mini_gazetteer_folder)
    (row,) = [row for row in before.table.to_pylist() if row["basis"] == "suggested"]
    decide_mention(tmp_path, before.articles["told"], (row["start"], row["end"]), "accepted", row["place"])
    asked = Questions(build(tmp_path, mini_gazetteer_folder))
    assert mentions(asked, View())["latakia"] == 2
    assert asked.account(View()).suggested_off == 0


def test_sources_are_counted_and_filter_everything(told: Questions) -> None:
    listed = {source: (printed, number) for source, printed, number in told.sources(View())}
    assert {"activists", "observatory"} <= set(listed)
    assert listed["observatory"] == ("Observatory", 1)
    assert sum(number for _, number in listed.values()) == told.account(View()).drawn + told.account(View()).beside
    for source, (_, number) in listed.items():
        view = View(source=source)
        assert len(told.rows(view)) == number
        assert sum(len(each(f["starts"])) for f in told.layer(view=view)) <= number
        assert sum(n for *_, n in told.histogram(view=view)) == number
        assert told.account(view).other_sources == told.corpus.table.num_rows - sum(
            1 for row in told.corpus.table.to_pylist() if (row["source"] or NOT_ATTRIBUTED) == source
        )
    assert mentions(told, View(source="observatory")) == {"salma": 1}
    _, (hit,) = told.passages(View(place="salma", source="observatory"))
    assert [hit.article.text[a:b] for a, b in (one.source for one in hit.mentions)] == ["The Observatory"]
    assert told.sources(View(place="salma")) == [("observatory", "Observatory", 1)]


def named(questions: Questions, view: View) -> set[str]:
    return {count.place.id for count in questions.counts(view.within(questions.corpus))}


def test_the_period_is_of_the_days_told_on_the_other_clock(happened: Questions) -> None:
    sunday = View(start=D(2013, 8, 4), end=D(2013, 8, 4), clock="happened", undated=False)
    assert named(happened, sunday) == {"salma"}
    assert named(happened, replace(sunday, undated=True)) == {"salma", "aramo"}
    june = View(start=D(2013, 6, 10), end=D(2013, 6, 10), clock="happened", undated=False)
    assert named(happened, june) == {"qusayr"}  # an interval's last day belongs to it
    assert named(happened, replace(june, start=D(2013, 6, 11), end=D(2013, 6, 11))) == set()


def test_a_year_long_past_does_not_stretch_the_slider_but_counts(happened: Questions) -> None:
    whole_view = View(clock="happened", undated=False)
    span = whole_view.whole_period(happened.corpus)
    assert span is not None
    assert span[0].year >= 2010
    assert "hama" in named(happened, whole_view)
    assert "hama" not in named(happened, replace(whole_view, start=D(2013, 6, 1)))
