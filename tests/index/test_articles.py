"""Articles in memory and on disk give the same answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conflictmap.index.articles import ARTICLES, HeldArticles, MemoryArticles, StoredArticles, articles_table
from conflictmap.model import Article, DayRange

DAY = DayRange(date(2013, 8, 5), date(2013, 8, 7), date(2013, 8, 6))
ONE = Article("one", "First", "Courier", "Salma fell.", published=DAY, paragraphs=(3,), text_hash="a")
TWO = Article("two", "Second", None, "Homs was calm.", language="ar", kind="digest")


@pytest.fixture(params=[MemoryArticles, lambda articles: StoredArticles(articles_table(articles))], ids=["memory", "stored"])
def held(request: pytest.FixtureRequest) -> HeldArticles:
    return request.param([ONE, TWO])


def test_articles_are_found_by_id_in_their_order(held: HeldArticles) -> None:
    assert list(held) == ["one", "two"]
    assert len(held) == 2
    assert held["one"] == ONE
    assert held.read(["two", "one"]) == {"two": TWO, "one": ONE}
    assert held.get("three") is None
    with pytest.raises(KeyError):
        held["three"]


def test_columns_are_those_of_the_table(held: HeldArticles) -> None:
    assert held.listed("id", "publisher", "published_best", "language") == [
        ("one", "Courier", DAY.best, "en"),
        ("two", None, None, "ar"),
    ]
    assert held.columns("id", "language").to_pylist() == [{"id": "one", "language": "en"}, {"id": "two", "language": "ar"}]
    assert held.columns(*ARTICLES.names).schema == ARTICLES


def test_dates_and_who_gave_them(held: HeldArticles) -> None:
    assert (held.publications(), held.undated(), held.dated_by_person()) == ([DAY], ["two"], [])
    dated = held.with_dates([replace(TWO, published=DAY, date_by_person=True)])
    assert (dated.publications(), dated.undated(), dated.dated_by_person()) == ([DAY, DAY], [], ["two"])
    assert held.undated() == ["two"]
