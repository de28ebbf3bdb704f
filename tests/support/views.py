"""Strategies for views, shared by the tests of the view and of the questions asked for it."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from conflictmap.index.schema import source_key
from conflictmap.model import Certainty, FeatureClass, Status
from conflictmap.questions.filters import ROLES
from conflictmap.questions.view import CLOCKS

IDS = st.text(min_size=1, max_size=20)
SOURCES = IDS.map(source_key).filter(lambda key: key and source_key(key) == key)


@st.composite
def filters(draw: st.DrawFn) -> dict[str, Any]:
    """What a view filters beside the period, as its fields."""
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
