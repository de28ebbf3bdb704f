"""The account of a view: every mention is in it, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.views import filters, sum_of

from conflictmap.questions.filters import NOT_ATTRIBUTED
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import QUERY_FIELDS, View

D = date


@given(st.dictionaries(st.sampled_from(sorted(QUERY_FIELDS)), st.text(max_size=12)))
def test_no_address_breaks_the_view(questions: Questions, query: dict[str, str]) -> None:
    view = View.from_query(query).within(questions.corpus)
    assert questions.account(view).total == questions.corpus.table.num_rows
    assert questions.passages(view)[0] >= 0


@given(
    start=st.dates(D(2013, 7, 1), D(2015, 9, 1)),
    length=st.integers(0, 800),
    undated=st.booleans(),
    filtered=filters(),
    data=st.data(),
)
def test_the_account_sums_up_to_every_mention(
    questions: Questions, start: date, length: int, undated: bool, filtered: dict[str, Any], data: st.DataObject
) -> None:
    corpus = questions.corpus
    filtered |= {
        "source": data.draw(st.none() | st.sampled_from([NOT_ATTRIBUTED, *sorted(corpus.sources)])),
        "publisher": data.draw(st.none() | st.sampled_from(sorted(corpus.publishers))),
        "language": data.draw(st.none() | st.sampled_from(sorted(corpus.languages))),
    }
    view = View(start=start, end=start + timedelta(days=length), undated=undated, **filtered)
    told = questions.account(view)
    assert told.total == questions.corpus.table.num_rows
    shown, left_out = sum_of(told)
    assert shown + left_out == told.total
    assert told.undated <= shown
    assert (told.left_out if undated else told.undated) == 0
    rows = questions.rows(view)
    assert len(rows) == shown
    assert told.articles == len({row["article"] for row in rows})
    assert told.drawn + told.beside == sum(c.mentions + c.suggested for c in questions.counts(view)) + sum(
        c.mentions for c in questions.derived_counts(view)
    )
    assert (told.other_sources if view.source is None else 0) == 0
    assert (0 if view.narrowing else told.narrowed) == 0
    for row in rows:
        article = corpus.articles[row["article"]]
        assert view.publisher in (None, article.publisher)
        assert view.language in (None, article.language)
        assert view.certainty in (None, row["certainty"])
        assert view.status in (None, row["status"])
        assert view.fclass is None or corpus.gazetteer.places[row["feature"]].fclass == view.fclass
    assert (told.derived_off if view.derived else told.suggested_off if view.suggested else 0) == 0


def test_nothing_is_lost_on_the_other_clock(happened: Questions) -> None:
    account = happened.account(
        View(start=D(2013, 8, 4), end=D(2013, 8, 4), clock="happened", undated=False).within(happened.corpus)
    )
    assert (account.drawn, account.out_of_period, account.left_out) == (1, 2, 1)
    assert account.total == 4
