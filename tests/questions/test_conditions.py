"""The conditions of a view: parts of one whole, and never text from an address."""

from __future__ import annotations

from hypothesis import given
from support.views import filters

from conflictmap.questions import conditions
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View


@given(fields=filters())
def test_what_counts_is_what_lies_in_the_period_and_is_chosen(questions: Questions, fields: dict[str, object]) -> None:
    view = View(**fields)
    parts = [
        conditions.narrowed(view),
        *(conditions.passes(field, view) for field in ("source", "roles", "derived", "suggested")),
    ]

    def number(condition: str) -> int:
        return int(questions.query(f"select count(*) filter ({condition}) from attestations", view)[0][0])

    assert number(conditions.chosen(view)) == number(" and ".join(f"({part})" for part in parts))
    assert number(conditions.counting(view)) == number(f"{conditions.in_period(view)} and {conditions.chosen(view)}")
    assert number(conditions.in_period(view)) + number(f"not {conditions.in_period(view)}") == questions.corpus.table.num_rows


def test_no_word_of_an_address_becomes_sql() -> None:
    hostile = "x' or 1=1 --"
    view = View(source=hostile, publisher=hostile, language=hostile)
    assert hostile not in conditions.counting(view)
    assert "$source" in conditions.counting(view)
