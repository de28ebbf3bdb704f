"""Views and what the tests of questions read from their answers."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from conflictmap.index.schema import source_key
from conflictmap.model import Certainty, FeatureClass, Status
from conflictmap.questions.account import Account
from conflictmap.questions.filters import ROLES
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import CLOCKS, View

IDS = st.text(min_size=1, max_size=20)
SOURCES = IDS.map(source_key).filter(lambda key: key and source_key(key) == key)


@st.composite
def filters(draw: st.DrawFn) -> dict[str, Any]:
    """The clock and the filters of a view, as its fields."""
    words = st.none() | IDS
    return {
        "roles": draw(st.sets(st.sampled_from(ROLES), min_size=1).map(frozenset)),
        "source": draw(st.none() | SOURCES),
        "derived": draw(st.booleans()),
        "suggested": draw(st.booleans()),
        "clock": draw(st.sampled_from(sorted(CLOCKS))),
        "publisher": draw(words),
        "language": draw(words),
        "fclass": draw(st.none() | st.sampled_from(get_args(FeatureClass))),
        "certainty": draw(st.none() | st.sampled_from(get_args(Certainty))),
        "status": draw(st.none() | st.sampled_from(get_args(Status))),
    }


EVERY_ROLE = frozenset(ROLES)
EVERYTHING = View(roles=EVERY_ROLE, suggested=True)
"""The view that leaves nothing out."""

TOLD = (
    "HOMS, Syria — Shells fell 12 km north of Homs, activists said. Moscow backed the deal.\n\n"
    "The Observatory said that Salma was shelled. Aleppo was calm, and so was the road between Homs and Aleppo.\n\n"
    "Fighting went on in Latakia, residents of the provincial capital said."
)
"""A text with every role and basis."""
HAPPENED = (
    "---\nid: told\ntitle: Told\npublished: 2013-08-06\nkind: full text\n---\n"
    "Rebels took Salma on Sunday.\n\nIn early June the army won Qusayr.\n\nAramo lies in the hills.\n\nIn 1982 Hama was shelled.\n"
)
"""An article with event dates of several precisions."""


def mentions(questions: Questions, view: View) -> dict[str, int]:
    return {count.place.id: count.mentions for count in questions.counts(view)}


def each(series: list[int]) -> list[int]:
    """[day, mentions, day, mentions, …] with each day repeated once per mention."""
    return [day for day, number in zip(series[::2], series[1::2], strict=True) for _ in range(number)]


def sum_of(told: Account) -> tuple[int, int]:
    """(mentions that count, mentions that do not)."""
    shown = told.drawn + told.beside + told.ambiguous + told.unresolved + told.rejected
    left_out = told.out_of_period + told.left_out + told.other_sources + told.narrowed + told.other_roles
    return shown, left_out + told.derived_off + told.suggested_off
