"""Bins, months and their counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from conflictmap.index.corpus import Corpus
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View

D = date


@pytest.mark.parametrize(
    ("days", "longest"),
    [([0], 1), ([0, 3, 92], 1), ([0, 93], 7), ([0, 10, 731], 7), ([0, 732], 31), ([0, 400, 4000], 31)],
)
def test_the_bins_cover_the_period_without_gap_and_hold_every_dated_mention(
    make_corpus: Callable[..., Corpus], days: list[int], longest: int
) -> None:
    first = D(2013, 8, 7)
    records = [{"text": "Homs. Salma.", "published": (first + timedelta(days=d)).isoformat()} for d in days]
    corpus = make_corpus(*records, {"text": "Homs."})
    bins = Questions(corpus).histogram()
    assert bins[0][0] <= corpus.period[0] <= bins[0][1]
    assert bins[-1][0] <= corpus.period[1] <= bins[-1][1]
    for (_, end, _), (begin, _, _) in pairwise(bins):
        assert begin == end + timedelta(days=1)
    assert sum(n for _, _, n in bins) == 2 * len(days)
    assert max((end - begin).days + 1 for begin, end, _ in bins) == longest
    if longest == 7:
        assert all(begin.weekday() == 0 for begin, _, _ in bins)
    if longest == 31:
        assert all(begin.day == 1 for begin, _, _ in bins)


def test_the_histogram_goes_by_the_likeliest_day(questions: Questions) -> None:
    months = {begin: n for begin, _, n in questions.histogram() if n}
    assert set(months) == {D(2013, 8, 1), D(2014, 3, 1), D(2015, 8, 1)}


def test_months_count_articles(questions: Questions) -> None:
    assert questions.months() == [
        (D(2013, 8, 1), D(2013, 8, 31), 3),
        (D(2014, 3, 1), D(2014, 3, 31), 1),
        (D(2015, 8, 1), D(2015, 8, 31), 1),
    ]


def test_months_of_the_other_clock_count_mentions(happened: Questions) -> None:
    assert [(month, number) for month, _, number in happened.months(View(clock="happened"))] == [
        (D(2013, 6, 1), 1),
        (D(2013, 8, 1), 1),
    ]
