"""The passages of a place page by page, what they say, and what the view leaves out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from support.views import EVERY_ROLE

from conflictmap.index.corpus import Corpus
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View

D = date


def test_passages_come_newest_first_and_undated_last(make_corpus: Callable[..., Corpus]) -> None:
    corpus = make_corpus(
        {"text": "Homs.", "published": "2013-01-05"},
        {"text": "Homs."},
        {"text": "Homs.\n\nSalma.\n\nHoms, Homs.", "published": "2014-01-05"},
        {"text": "Homs.", "published": "[2013-01-01..2013-12-31]"},
    )
    total, hits = Questions(corpus).passages(View(place="homs"))
    assert total == 5
    assert [(hit.article.id, hit.number) for hit in hits] == [("a2", 1), ("a2", 3), ("a3", 1), ("a0", 1), ("a1", 1)]
    assert tuple(one.surface for one in hits[1].mentions) == ("Homs", "Homs")
    assert [hits[1].article.text[slice(*one.span)] for one in hits[1].mentions] == ["Homs", "Homs"]
    assert hits[1].article.text[hits[1].start : hits[1].end] == "Homs, Homs."


def test_pages_of_passages_join_to_the_whole(make_corpus: Callable[..., Corpus]) -> None:
    asked = Questions(make_corpus({"text": "\n\n".join(["Homs."] * 23), "published": "2013-01-05"}))
    view = View(place="homs")
    pages = [asked.passages(view, limit=10, offset=offset) for offset in (0, 10, 20)]
    assert [total for total, _ in pages] == [23, 23, 23]
    assert [hit.number for _, hits in pages for hit in hits] == list(range(1, 24))


def test_the_number_of_passages_does_not_depend_on_the_page(make_corpus: Callable[..., Corpus]) -> None:
    asked = Questions(make_corpus({"text": "Homs.\n\nHoms.", "published": "2013-01-05"}))
    assert asked.passages(View(place="homs"), limit=10, offset=10) == (2, [])


def test_no_passage_of_a_place_that_nobody_names(questions: Questions) -> None:
    assert questions.passages(View(place="nowhere")) == (0, [])
    assert questions.passages(View()) == (0, [])


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(place="baniyas", start=D(2015, 8, 12), roles=EVERY_ROLE), 1),
        (View(place="baniyas", start=D(2015, 8, 12), undated=False, roles=EVERY_ROLE), 3),
        (View(place="baniyas", start=D(2015, 8, 12), undated=False), 2),
        (View(place="baniyas"), 0),
        (View(place="nowhere"), 0),
    ],
)
def test_what_the_period_leaves_out_of_a_place(questions: Questions, view: View, expected: int) -> None:
    assert questions.outside_period(view) == expected


def test_shown_and_left_out_sum_up_for_each_place(questions: Questions) -> None:
    everything = {count.place.id: count.mentions for count in questions.counts(View())}
    for place, total in everything.items():
        view = View(place=place, start=D(2014, 1, 1), end=D(2014, 12, 31), undated=False)
        assert questions.mentions_of_place(view) + questions.outside_period(view) == total


def test_a_filter_leaves_the_rest_of_the_chosen_place_told(questions: Questions) -> None:
    free = View(place="salma")
    narrow = replace(free, language="ar")
    assert questions.mentions_of_place(narrow) + questions.aside(narrow).narrowed == questions.mentions_of_place(free)
    assert questions.aside(narrow).narrowed > 0
    assert questions.aside(free).narrowed == 0


def test_a_passage_says_which_words_date_it(happened: Questions) -> None:
    _, (hit,) = happened.passages(View(place="salma"))
    (told,) = [one.told for one in hit.mentions]
    assert told is not None
    assert (told.expression.surface, told.link) == ("Sunday", "same-clause")
    assert told.expression.interval.start == D(2013, 8, 4)
    assert hit.article.text[told.expression.start : told.expression.end] == "Sunday"
