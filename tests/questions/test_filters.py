"""The table of filters: each entry is complete, and its parts agree."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from support.views import filters

from conflictmap.index.corpus import Corpus
from conflictmap.questions.filters import FILTERS, NARROWING, ROLES, Filter
from conflictmap.questions.view import QUERY_FIELDS, View

SET: dict[str, Any] = {
    "roles": frozenset(ROLES), "derived": False, "suggested": True, "source": "activists", "publisher": "Courier", "language": "en",
    "fclass": "P", "certainty": "certain", "status": "resolved",
}  # fmt: skip
"""A value of each filter that is not its default."""


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.field)
def test_a_filter_is_whole(one: Filter, mini_corpus: Corpus) -> None:
    assert one.field in {field.name for field in fields(View)}
    assert QUERY_FIELDS[one.parameter] == one.documented
    assert one.label
    assert getattr(View(), one.field) == one.default == one.read(None)
    assert one.write(one.default) is None
    assert one.read(one.write(SET[one.field])) == SET[one.field]
    assert one.condition(SET[one.field]) != one.condition(one.default)
    assert one.sentence(SET[one.field], mini_corpus) != one.sentence(one.default, mini_corpus) or one.field == "suggested"


def test_every_filter_has_a_value_here() -> None:
    assert SET.keys() == {one.field for one in FILTERS}
    assert set(NARROWING) == {"publisher", "language", "fclass", "certainty", "status"}


@given(fields=filters())
def test_a_filter_comes_back_from_its_parameter(fields: dict[str, Any]) -> None:
    for one in FILTERS:
        value = fields[one.field]
        assert one.read(one.write(value)) == value


@pytest.mark.parametrize(("parameter", "text"), [("class", "X"), ("certainty", "sure"), ("status", "lost"), ("roles", "hero")])
def test_a_value_that_is_none_of_a_closed_list_is_the_default(parameter: str, text: str) -> None:
    (one,) = (one for one in FILTERS if one.parameter == parameter)
    assert one.read(text) == one.default
