"""Every rule of time by its name: an expression that it reads, and words that look alike and tell no time."""

from __future__ import annotations

import pytest

from conflictmap.geoparser.times.words.atoms import FAMILIES, atoms
from conflictmap.geoparser.times.words.passage import Passage
from conflictmap.geoparser.times.words.rules import ORDER, RULES, rule

EXAMPLES = {
    "iso_date": ("It fell on 2013-08-25.", "2013-08-25", "Model 2013-08-99 fell."),
    "numeric_date": ("It fell on 25/08/2013.", "25/08/2013", "It fell on 05/08/2013."),
    "days_month": ("It fell on 4-6 August 2013.", "4-6 August 2013", "It fell on 30-31 February."),
    "month_days": ("It fell on August 4-6.", "August 4-6", "It fell on February 30-31."),
    "day_month": ("It fell on 4 August 2013.", "4 August 2013", "It fell on 31 February."),
    "ordinal_month": ("It fell on the fourth of August.", "fourth of August", "The Seventh of April quarter fell."),
    "arabic_day_month": ("سقطت 4 آب 2013", "4 آب 2013", "سقطت 31 شباط"),
    "month_day": ("It fell on August 4, 2013.", "August 4, 2013", "At August 4 p.m. it fell."),
    "month_year": ("It fell in August 2013.", "August 2013", "The August 2013 Brigade fell."),
    "arabic_month": ("سقطت في آب 2013", "آب 2013", "قال آب انها"),
    "bare_month": ("It fell in August.", "August", "It fell by April Jones."),
    "season_of_year": ("It fell in summer 2013.", "summer 2013", "The spring 20 men."),
    "bare_season": ("It fell last summer, in winter.", "winter", "The spring of the gun broke."),
    "feast": ("It fell during Ramadan.", "Ramadan", "Men met Ramadan there."),
    "decade": ("It fell in the early 1980s.", "the early 1980s", "It cost 1980 s."),
    "year_range": ("It fell in 2011-2013.", "2011-2013", "It lost in 2013-2011."),
    "bare_year": ("It fell in 2013.", "2013", "It lost 2013 men."),
    "day_word": ("It fell yesterday.", "yesterday", "In today's Syria it fell."),
    "relative_unit": ("It fell last week.", "last week", "It was the last week of calm."),
    "before_last": ("It fell the week before last.", "the week before last", "The camp before last fell."),
    "weekdays_ago": ("It fell two Sundays ago.", "two Sundays ago", "It lost two Sundays."),
    "day_after": ("It fell the day after.", "the day after", "It fell the day after they left."),
    "bare_weekday": ("It fell on Sunday.", "Sunday", "It fell every Sunday."),
    "arabic_weekday": ("سقطت يوم الأحد", "يوم الأحد", "مسجد (الجمعة)"),
    "arabic_day_word": ("سقطت أمس", "أمس", "سقطت أمس الأحد"),
    "arabic_unit": ("سقطت الأسبوع الماضي", "الأسبوع الماضي", "سقطت الأسبوع كله"),
    "arabic_ago": ("سقطت قبل ثلاثة أيام", "قبل ثلاثة أيام", "سقطت قبل الفجر"),
    "the_weekend": ("It fell over the weekend.", "the weekend", "A weekend is short."),
    "last_units": ("It fell in the last three weeks.", "in the last three weeks", "It fell in the last two weeks of July."),
    "last_unit": ("It fell over the past week.", "over the past week", "It fell over the past weeks."),
    "recent_units": ("It fell in recent weeks.", "in recent weeks", "It fell in recent week."),
    "units_ago": ("It fell two weeks ago.", "two weeks ago", "It fell two weeks before they came."),
    "half_unit_ago": ("It fell half a year ago.", "half a year ago", "It took half a year."),
    "into_the_war": ("Two years into the war it fell.", "Two years into the war", "Two years into the job it fell."),
    "nth_year": (
        "It fell in the third year of the war.",
        "in the third year of the war",
        "It fell in its third year of drought.",
    ),
    "start_of_war": ("It fell at the start of the uprising.", "the start of the uprising", "It fell at the start of the film."),
    "war_began": ("It fell when the uprising began.", "the uprising began", "It fell when the film began."),
    "part_of_unit": ("It fell at the end of last week.", "the end of last week", "It fell at the end of a week."),
    "lasting": ("It burned for three days.", "for three days", "He was jailed for three days ahead."),
    "lasting_adjective": ("It fell after a three-day siege.", "after a three-day siege", "It fell after a three-day film."),
}
"""A text, the expression that the rule finds in it, and a text in which it finds none."""


def found_by(name: str, text: str) -> list[str]:
    """The expressions that a rule by itself finds in a text."""
    one, passage = RULES[name], Passage(text)
    matches = (one.pattern.match(text, at) for at in range(len(text)))
    found = [one.reader(passage, match.start(), match.end(), match) for match in matches if match]
    return [text[atom.start : atom.end] for atom in found if atom]


def test_the_order_names_every_rule_once() -> None:
    assert len(set(ORDER)) == len(ORDER)
    assert set(ORDER) == RULES.keys() == EXAMPLES.keys()
    assert {one.reader.__module__ for one in RULES.values()} == {family.__name__ for family in FAMILIES}


@pytest.mark.parametrize("name", ORDER)
def test_a_rule_reads_its_example_and_not_what_looks_alike(name: str) -> None:
    text, expression, lookalike = EXAMPLES[name]
    assert expression in found_by(name, text)
    assert expression in [text[atom.start : atom.end] for atom in atoms(text)]
    assert found_by(name, lookalike) == []


@pytest.mark.parametrize("name", ORDER)
def test_a_rule_begins_with_one_of_its_words(name: str) -> None:
    text, expression, _ = EXAMPLES[name]
    first = text[text.index(expression) :].lower().split()[0].strip("-.,").split("-")[0]
    assert RULES[name].begins & {first, "0" if first[0].isdigit() else first, "ا" if first[0] >= "ء" else first}


def test_a_rule_is_declared_once_and_is_in_the_order() -> None:
    for name in ("iso_date", "no_such_rule"):
        with pytest.raises(ValueError, match=name):
            rule(name, ["x"], "x")
