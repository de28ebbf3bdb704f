"""What is proposed for a text without a date, and why; nothing where nothing in it says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.geoparser.times.dating import SOON, propose
from conflictmap.model import Article, DayRange

D = date


def article(text: str, url: str | None = None) -> Article:
    return Article("a", "A", None, text, url=url)


def test_a_weekday_beside_a_date_and_alone_bounds_the_range_on_both_sides() -> None:
    text = "On Sunday, August 4, rebels attacked Salma. The fighting that began on Sunday went on."
    found = propose(article(text, "https://example.org/2013/08/rebels/"))
    assert found is not None
    assert (found.published.start, found.published.end) == (D(2013, 8, 4), D(2013, 8, 10))
    assert len(found.reasons) == 3
    assert "2013-08" in found.reasons[0]


@pytest.mark.parametrize(
    ("url", "days"),
    [
        ("https://example.org/2013/08/06/title", (D(2013, 8, 6), D(2013, 8, 6))),
        ("https://example.org/news/20130806/title", (D(2013, 8, 6), D(2013, 8, 6))),
        ("https://example.org/2013/8/title", (D(2013, 8, 1), D(2013, 8, 31))),
        ("https://example.org/2013-08-06-title", (D(2013, 8, 6), D(2013, 8, 6))),
    ],
)
def test_an_address_gives_a_day_or_a_month(url: str, days: tuple[date, date]) -> None:
    found = propose(article("Homs was shelled.", url))
    assert found is not None
    assert (found.published.start, found.published.end) == days


@pytest.mark.parametrize("url", [None, "https://example.org/item/17", "https://example.org/2013", "https://example.org/99201308"])
def test_nothing_is_proposed_where_nothing_says(url: str | None) -> None:
    assert propose(article("Homs was shelled. They fled.", url)) is None


def test_a_line_at_the_head_is_the_texts_own_date() -> None:
    found = propose(article("Shells on Homs\n\nPublished: 6 August 2013\n\nOn 2 May 2012 it had begun."))
    assert found is not None
    assert found.published == DayRange(D(2013, 8, 6), D(2013, 8, 6), D(2013, 8, 6))


def test_the_latest_day_told_is_the_earliest_day_of_publication() -> None:
    found = propose(
        article("They came on 12 May 2012 and left for the hills. On 15 May 2012 the army, they said, entered Homs again.")
    )
    assert found is not None
    assert (found.published.start, found.published.end) == (D(2012, 5, 15), D(2012, 5, 15) + SOON)
    assert "guess" in found.reasons[-1]


def test_a_weekday_gives_the_year_of_a_date() -> None:
    found = propose(article("The war of 2013 goes on. On Sunday, 4 August, rebels came; nobody knows more."))
    assert found is not None
    assert found.published.start == D(2013, 8, 4)


@given(st.text(max_size=200), st.text(max_size=60))
def test_no_text_breaks_it_and_each_proposal_has_reasons(text: str, path: str) -> None:
    found = propose(article(text or "-", f"https://example.org/{path}"))
    assert found is None or (found.reasons and found.published.start <= found.published.best <= found.published.end)
