"""A rule of time: which words it may begin with, what it looks like, and a reader that gives it a meaning.

    @rule("iso_date", FIGURE, r"(?P<year>…)-(?P<month>…)-(?P<day>…)")
    def iso_date(passage, start, end, groups) -> Found | None: ...

A reader answers None where the words tell no time after all. ORDER decides between rules that fit at the same offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from conflictmap.geoparser.times.meanings import Found
from conflictmap.geoparser.times.words.passage import Passage

Reader = Callable[[Passage, int, int, re.Match[str]], Found | None]

ORDER = (
    "iso_date",
    "numeric_date",
    "days_month",
    "month_days",
    "day_month",
    "ordinal_month",
    "arabic_day_month",
    "month_day",
    "month_year",
    "arabic_month",
    "bare_month",
    "season_of_year",
    "bare_season",
    "feast",
    "decade",
    "year_range",
    "bare_year",
    "day_word",
    "relative_unit",
    "before_last",
    "weekdays_ago",
    "day_after",
    "bare_weekday",
    "arabic_weekday",
    "arabic_day_word",
    "arabic_unit",
    "arabic_ago",
    "the_weekend",
    "last_units",
    "last_unit",
    "recent_units",
    "units_ago",
    "half_unit_ago",
    "into_the_war",
    "nth_year",
    "start_of_war",
    "war_began",
    "part_of_unit",
    "lasting",
    "lasting_adjective",
)
"""Every rule, by name. Of those that fit at an offset the first counts, whatever it answers."""


class Rule(NamedTuple):
    """`begins`: the words that it may begin with, in lower case; "0" stands for all figures, an alef for all Arabic words.

    `near_unit`: it names a day, week, month or year, so it is not tried where none stands near.
    """

    name: str
    begins: frozenset[str]
    pattern: re.Pattern[str]
    reader: Reader
    near_unit: bool


RULES: dict[str, Rule] = {}
"""The rules by name, filled by the modules of the families."""


def rule(name: str, begins: Collection[str], pattern: str, near_unit: bool = False) -> Callable[[Reader], Reader]:
    """Declare the decorated reader a rule. Raises ValueError for a name that is not in ORDER or declared twice."""
    if name not in ORDER or name in RULES:
        raise ValueError(f"{name}: not in ORDER, or declared twice")

    def declare(reader: Reader) -> Reader:
        RULES[name] = Rule(name, frozenset(begins), re.compile(pattern), reader, near_unit)
        return reader

    return declare
