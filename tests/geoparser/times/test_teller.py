"""When what a text tells happened, by the conventions of docs/method.md. The sentences are the tests' own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.geoparser.times.calendars import FIRST_DAY, LAST_DAY
from conflictmap.geoparser.times.teller import Teller, time_expressions
from conflictmap.model import DayRange, TimeExpression
from conflictmap.text import blocks
from conflictmap.vocabulary import TIME_RULES

TUESDAY = date(2013, 8, 6)


def on(day: date) -> DayRange:
    return DayRange(day, day, day)


def between(first: date, last: date) -> DayRange:
    return DayRange(first, last, first)


def told(text: str, published: DayRange | None) -> list[tuple[str, str, str]]:
    """(words, from, to) of each expression, in text order."""
    return [(one.surface, str(one.interval.start), str(one.interval.end)) for one in time_expressions(text, published)]


def is_sound(text: str, found: list[TimeExpression], start: int = 0, end: int | None = None) -> bool:
    edges = [start, *(edge for one in found for edge in (one.start, one.end)), len(text) if end is None else end]
    return (
        edges == sorted(edges)
        and all(text[one.start : one.end] == one.surface != "" for one in found)
        and all(FIRST_DAY <= one.interval.start <= one.interval.end <= LAST_DAY for one in found)
        and {one.rule for one in found} <= set(TIME_RULES)
    )


# Each row of the conventions, told on Tuesday 6 August 2013: words, from, to, kind, precision. The words fill "Shells fell on Salma {}."
ROWS = [
    # weekdays
    ("on [Sunday]", "2013-08-04", "2013-08-04", "within", "day"),
    ("on [Tuesday]", "2013-08-06", "2013-08-06", "within", "day"),
    ("on [Wednesday]", "2013-07-31", "2013-07-31", "within", "day"),
    ("[last Tuesday]", "2013-07-30", "2013-07-30", "within", "day"),
    ("[last Sunday]", "2013-08-04", "2013-08-04", "within", "day"),
    ("at [dawn on Sunday]", "2013-08-04", "2013-08-04", "within", "day"),
    ("on [Sunday night]", "2013-08-04", "2013-08-04", "within", "day"),
    ("in [the early hours of Sunday]", "2013-08-04", "2013-08-04", "within", "day"),
    ("[the Sunday before last]", "2013-07-28", "2013-07-28", "within", "day"),
    ("[two Fridays ago]", "2013-07-26", "2013-07-26", "within", "day"),
    ("on [Friday last week]", "2013-08-02", "2013-08-02", "within", "day"),
    # days and months
    ("on [Aug. 5]", "2013-08-05", "2013-08-05", "within", "day"),
    ("on the [10th of August]", "2012-08-10", "2012-08-10", "within", "day"),
    ("on the [tenth of July]", "2013-07-10", "2013-07-10", "within", "day"),
    ("on [Sunday, 4 August 2013]", "2013-08-04", "2013-08-04", "within", "day"),
    ("on [July 3rd, 2012]", "2012-07-03", "2012-07-03", "within", "day"),
    ("on [2012-07-03]", "2012-07-03", "2012-07-03", "within", "day"),
    ("on [31/07/2012]", "2012-07-31", "2012-07-31", "within", "day"),
    ("on [31.07.2012]", "2012-07-31", "2012-07-31", "within", "day"),
    ("in [August]", "2013-08-01", "2013-08-31", "within", "month"),
    ("in [September]", "2012-09-01", "2012-09-30", "within", "month"),
    ("in [August last year]", "2012-08-01", "2012-08-31", "within", "month"),
    ("in [August of last year]", "2012-08-01", "2012-08-31", "within", "month"),
    ("in [March this year]", "2013-03-01", "2013-03-31", "within", "month"),
    ("[last August]", "2012-08-01", "2012-08-31", "within", "month"),
    ("in [June 2012]", "2012-06-01", "2012-06-30", "within", "month"),
    ("in [2012]", "2012-01-01", "2012-12-31", "within", "year"),
    ("in [2013]", "2013-01-01", "2013-12-31", "within", "year"),
    # parts
    ("in [early July]", "2013-07-01", "2013-07-10", "within", "part-of-month"),
    ("at [the beginning of July]", "2013-07-01", "2013-07-10", "within", "part-of-month"),
    ("in [the first days of July]", "2013-07-01", "2013-07-10", "within", "part-of-month"),
    ("in [mid-July]", "2013-07-11", "2013-07-20", "within", "part-of-month"),
    ("in [the middle of July]", "2013-07-11", "2013-07-20", "within", "part-of-month"),
    ("in [late July]", "2013-07-21", "2013-07-31", "within", "part-of-month"),
    ("at [the end of July]", "2013-07-21", "2013-07-31", "within", "part-of-month"),
    ("in [the first half of July]", "2013-07-01", "2013-07-15", "within", "part-of-month"),
    ("in [the second half of July]", "2013-07-16", "2013-07-31", "within", "part-of-month"),
    ("in [the first week of July]", "2013-07-01", "2013-07-07", "within", "week"),
    ("in [the second week of July]", "2013-07-08", "2013-07-14", "within", "week"),
    ("in [the third week of July]", "2013-07-15", "2013-07-21", "within", "week"),
    ("in [the last week of July]", "2013-07-25", "2013-07-31", "within", "week"),
    ("on [the last weekend of July]", "2013-07-27", "2013-07-28", "within", "week"),
    ("on [the last day of July]", "2013-07-31", "2013-07-31", "within", "day"),
    ("in [the first ten days of July]", "2013-07-01", "2013-07-10", "within", "part-of-month"),
    ("in [the last two weeks of July]", "2013-07-18", "2013-07-31", "within", "part-of-month"),
    ("in [early 2012]", "2012-01-01", "2012-04-30", "within", "season"),
    ("in [the early part of 2012]", "2012-01-01", "2012-04-30", "within", "season"),
    ("in [mid-2012]", "2012-05-01", "2012-08-31", "within", "season"),
    ("[midway through 2012]", "2012-05-01", "2012-08-31", "within", "season"),
    ("in [mid-to-late 2012]", "2012-05-01", "2012-12-31", "within", "season"),
    ("in [late 2012]", "2012-09-01", "2012-12-31", "within", "season"),
    ("in [the first half of 2012]", "2012-01-01", "2012-06-30", "within", "season"),
    ("in [the second half of 2012]", "2012-07-01", "2012-12-31", "within", "season"),
    ("in [the first quarter of 2012]", "2012-01-01", "2012-03-31", "within", "season"),
    ("in [the last quarter of 2012]", "2012-10-01", "2012-12-31", "within", "season"),
    ("in [the first three months of 2012]", "2012-01-01", "2012-03-31", "within", "season"),
    ("in [the last six months of 2012]", "2012-07-01", "2012-12-31", "within", "season"),
    ("[early this week]", "2013-08-05", "2013-08-06", "within", "week"),
    ("[late last week]", "2013-08-02", "2013-08-04", "within", "week"),
    ("[late last year]", "2012-09-01", "2012-12-31", "within", "season"),
    # this, last and next
    ("[this week]", "2013-08-05", "2013-08-06", "within", "week"),
    ("[earlier this week]", "2013-08-05", "2013-08-06", "within", "week"),
    ("[this month]", "2013-08-01", "2013-08-06", "within", "month"),
    ("[so far this year]", "2013-01-01", "2013-08-06", "within", "year"),
    ("[last week]", "2013-07-29", "2013-08-04", "within", "week"),
    ("[the week before last]", "2013-07-22", "2013-07-28", "within", "week"),
    ("[last month]", "2013-07-01", "2013-07-31", "within", "month"),
    ("in [the previous month]", "2013-07-01", "2013-07-31", "within", "month"),
    ("[last year]", "2012-01-01", "2012-12-31", "within", "year"),
    ("at [the start of this year]", "2013-01-01", "2013-04-30", "within", "season"),
    ("in [the last quarter of last year]", "2012-10-01", "2012-12-31", "within", "season"),
    ("over [the weekend]", "2013-08-03", "2013-08-04", "within", "week"),
    ("[last weekend]", "2013-08-03", "2013-08-04", "within", "week"),
    # so many units
    ("[over the last three weeks]", "2013-07-16", "2013-08-05", "throughout", "week"),
    ("[during the past two months]", "2013-06-06", "2013-08-05", "throughout", "month"),
    ("[for the past two years]", "2011-08-06", "2013-08-05", "throughout", "year"),
    ("[in the last ten days]", "2013-07-27", "2013-08-05", "within", "day"),
    ("[over the past week]", "2013-07-30", "2013-08-05", "throughout", "week"),
    ("[over the past 48 hours]", "2013-08-04", "2013-08-05", "throughout", "day"),
    ("[in recent days]", "2013-07-31", "2013-08-05", "within", "vague"),
    ("[in recent weeks]", "2013-06-25", "2013-08-05", "within", "vague"),
    ("[in recent months]", "2013-02-06", "2013-08-05", "within", "vague"),
    ("[in recent years]", "2007-08-06", "2013-08-05", "within", "vague"),
    ("[days ago]", "2013-07-31", "2013-08-05", "within", "vague"),
    ("[weeks ago]", "2013-06-25", "2013-08-05", "within", "vague"),
    ("[three days ago]", "2013-08-03", "2013-08-03", "within", "day"),
    ("[seventeen days ago]", "2013-07-20", "2013-07-20", "within", "day"),
    ("[twenty-five days ago]", "2013-07-12", "2013-07-12", "within", "day"),
    ("[two weeks ago]", "2013-07-22", "2013-07-28", "within", "week"),
    ("[a fortnight ago]", "2013-07-22", "2013-07-28", "within", "week"),
    ("[four months ago]", "2013-04-01", "2013-04-30", "within", "month"),
    ("[half a year ago]", "2013-02-01", "2013-02-28", "within", "month"),
    ("[a year ago]", "2012-08-01", "2012-08-31", "within", "month"),
    ("[two years ago]", "2011-01-01", "2011-12-31", "within", "year"),
    ("[two and a half years ago]", "2011-02-01", "2011-02-28", "within", "month"),
    ("[a decade ago]", "2003-01-01", "2003-12-31", "within", "year"),
    ("[for two weeks]", "2013-07-23", "2013-08-05", "throughout", "week"),
    ("[for three days]", "2013-08-03", "2013-08-05", "throughout", "day"),
    ("during [two weeks of] raids", "2013-07-23", "2013-08-05", "throughout", "week"),
    ("[48 hours ago]", "2013-08-04", "2013-08-04", "within", "day"),
    ("[over the past fortnight]", "2013-07-23", "2013-08-05", "throughout", "week"),
    ("[over the last two and a half years]", "2011-02-06", "2013-08-05", "throughout", "month"),
    ("[over the past few hours]", "2013-08-05", "2013-08-06", "throughout", "day"),
    ("[in recent hours]", "2013-08-05", "2013-08-06", "within", "day"),
    ("[for a fortnight]", "2013-07-23", "2013-08-05", "throughout", "week"),
    ("in [the first week of this month]", "2013-08-01", "2013-08-07", "within", "week"),
    ("in [the second half of this year]", "2013-07-01", "2013-12-31", "within", "season"),
    ("[last Ramadan]", "2012-07-20", "2012-08-18", "within", "month"),
    ("[the weekend before last]", "2013-07-27", "2013-07-28", "within", "week"),
    # from and to
    ("[since Sunday]", "2013-08-04", "2013-08-06", "throughout", "day"),
    ("[since 2012]", "2012-01-01", "2013-08-06", "throughout", "year"),
    ("[since early 2012]", "2012-01-01", "2013-08-06", "throughout", "season"),
    ("[until Friday]", "2013-08-02", "2013-08-02", "within", "day"),
    ("[by July 2012]", "2012-07-01", "2012-07-31", "within", "month"),
    ("[before 2011]", "2011-01-01", "2011-12-31", "within", "year"),
    ("[after 2011]", "2011-01-01", "2011-12-31", "within", "year"),
    ("[from March to June]", "2013-03-01", "2013-06-30", "throughout", "month"),
    ("[from November to February]", "2012-11-01", "2013-02-28", "throughout", "month"),
    ("[between 2011 and 2013]", "2011-01-01", "2013-12-31", "throughout", "year"),
    ("[from late April to early June]", "2013-04-21", "2013-06-10", "throughout", "part-of-month"),
    ("[from 28 May to 2 June]", "2013-05-28", "2013-06-02", "throughout", "day"),
    ("[between 3 and 9 May]", "2013-05-03", "2013-05-09", "throughout", "day"),
    ("[between the 3rd and the 9th of May]", "2013-05-03", "2013-05-09", "throughout", "day"),
    ("on [4–6 August]", "2013-08-04", "2013-08-06", "throughout", "day"),
    ("on [Aug. 4-6, 2012]", "2012-08-04", "2012-08-06", "throughout", "day"),
    ("[from Thursday to Sunday]", "2013-08-01", "2013-08-04", "throughout", "day"),
    ("[from Tuesday to Wednesday]", "2013-07-30", "2013-07-31", "throughout", "day"),
    ("in [2011–12]", "2011-01-01", "2012-12-31", "throughout", "year"),
    # the war
    ("[three years into its civil war]", "2013-03-15", "2014-03-14", "within", "year"),
    ("[five months into the uprising]", "2011-07-15", "2011-08-14", "within", "month"),
    ("[in the second year of the war]", "2012-03-15", "2013-03-14", "within", "year"),
    ("[since the start of the uprising]", "2011-03-15", "2013-08-06", "throughout", "day"),
    ("[since the war began]", "2011-03-15", "2013-08-06", "throughout", "day"),
    # seasons
    ("in the [spring of 2012]", "2012-03-01", "2012-05-31", "within", "season"),
    ("in the [summer of 2012]", "2012-06-01", "2012-08-31", "within", "season"),
    ("in the [autumn of 2012]", "2012-09-01", "2012-11-30", "within", "season"),
    ("in the [fall of 2012]", "2012-09-01", "2012-11-30", "within", "season"),
    ("in [winter 2012]", "2012-12-01", "2013-02-28", "within", "season"),
    ("in the [winter of 2011–12]", "2011-12-01", "2012-02-29", "within", "season"),
    ("in the [winter]", "2012-12-01", "2013-02-28", "within", "season"),
    ("[this summer]", "2013-06-01", "2013-08-31", "within", "season"),
    ("[last summer]", "2012-06-01", "2012-08-31", "within", "season"),
    ("in [early summer]", "2013-06-01", "2013-06-30", "within", "month"),
    # feasts
    ("during [Ramadan]", "2013-07-09", "2013-08-07", "within", "month"),
    ("during [Ramadan 2012]", "2012-07-20", "2012-08-18", "within", "month"),
    ("on [Eid al-Fitr]", "2012-08-19", "2012-08-21", "within", "week"),
    ("on [Eid al-Adha]", "2012-10-26", "2012-10-29", "within", "week"),
    ("on [the first day of Eid al-Adha]", "2012-10-26", "2012-10-26", "within", "day"),
    ("on [Eid al-Adha last year]", "2012-10-26", "2012-10-29", "within", "week"),
    # words
    ("[today]", "2013-08-06", "2013-08-06", "within", "day"),
    ("[this morning]", "2013-08-06", "2013-08-06", "within", "day"),
    ("[tonight]", "2013-08-06", "2013-08-06", "within", "day"),
    ("[yesterday]", "2013-08-05", "2013-08-05", "within", "day"),
    ("[last night]", "2013-08-05", "2013-08-05", "within", "day"),
    ("[the day before yesterday]", "2013-08-04", "2013-08-04", "within", "day"),
    ("[overnight]", "2013-08-05", "2013-08-06", "within", "day"),
    ("in [the 1980s]", "1980-01-01", "1989-12-31", "within", "vague"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "first", "last", "kind", "precision"), ROWS)
def test_each_row_of_the_conventions(words: str, first: str, last: str, kind: str, precision: str) -> None:
    text = f"Shells fell on Salma {words.replace('[', '').replace(']', '')}."
    [one] = time_expressions(text, on(TUESDAY))
    assert one.surface == words[words.index("[") + 1 : words.index("]")]
    assert (str(one.interval.start), str(one.interval.end)) == (first, last)
    assert (one.interval.kind, one.interval.precision) == (kind, precision)
    assert is_sound(text, [one])


# published, text, its expressions
STORIES = [
    # counted from the expression before
    ("On 2 July rebels took Salma. Three days later they left.", [("2 July", "2013-07-02", "2013-07-02"), ("Three days later", "2013-07-05", "2013-07-05")]),
    ("On 2 July rebels took Salma. Two weeks later they left.", [("2 July", "2013-07-02", "2013-07-02"), ("Two weeks later", "2013-07-15", "2013-07-21")]),
    ("On 2 July rebels took Salma. A month earlier Rabia fell.", [("2 July", "2013-07-02", "2013-07-02"), ("A month earlier", "2013-06-01", "2013-06-30")]),
    ("On 2 July rebels took Salma. The next day Rabia fell.", [("2 July", "2013-07-02", "2013-07-02"), ("The next day", "2013-07-03", "2013-07-03")]),
    ("On 2 July rebels took Salma. The following week Rabia fell.", [("2 July", "2013-07-02", "2013-07-02"), ("The following week", "2013-07-08", "2013-07-14")]),
    ("On 2 July rebels took Salma; Rabia fell the previous day.", [("2 July", "2013-07-02", "2013-07-02"), ("the previous day", "2013-07-01", "2013-07-01")]),
    ("On 2 July rebels took Salma. Rabia fell the day before.", [("2 July", "2013-07-02", "2013-07-02"), ("the day before", "2013-07-01", "2013-07-01")]),
    ("On 2 July rebels took Salma. A few days later Rabia fell.", [("2 July", "2013-07-02", "2013-07-02"), ("A few days later", "2013-07-04", "2013-07-08")]),
    ("On 2 July rebels took Salma. The same day Rabia fell.", [("2 July", "2013-07-02", "2013-07-02"), ("The same day", "2013-07-02", "2013-07-02")]),
    ("On 2 July rebels took Salma. Rabia fell that week.", [("2 July", "2013-07-02", "2013-07-02"), ("that week", "2013-07-01", "2013-07-07")]),
    ("On 2 July rebels took Salma. Rabia fell later that month.", [("2 July", "2013-07-02", "2013-07-02"), ("later that month", "2013-07-01", "2013-07-31")]),
    ("On 2 July 2012 rebels took Salma. Rabia fell that year.", [("2 July 2012", "2012-07-02", "2012-07-02"), ("that year", "2012-01-01", "2012-12-31")]),
    ("On 2 July rebels took Salma after two weeks of attacks.", [("2 July", "2013-07-02", "2013-07-02"), ("after two weeks of", "2013-06-18", "2013-07-01")]),
    ("On 2 July rebels took Salma after a two-week siege.", [("2 July", "2013-07-02", "2013-07-02"), ("after a two-week siege", "2013-06-18", "2013-07-01")]),
    ("On 2 July rebels took Salma. They had shelled it for three days.", [("2 July", "2013-07-02", "2013-07-02"), ("for three days", "2013-06-29", "2013-07-01")]),
    ("On 2 July rebels took Salma.\n\nRabia has starved for three days.", [("2 July", "2013-07-02", "2013-07-02"), ("for three days", "2013-08-03", "2013-08-05")]),
    ("In June rebels took Salma. They held it for three days.", [("June", "2013-06-01", "2013-06-30")]),
    ("Since March bread is scarce; carts have stood for a week in Salma.", [("Since March", "2013-03-01", "2013-08-06"), ("for a week", "2013-07-30", "2013-08-05")]),
    ("On 2 July rebels took Salma. Twelve hours later they left.", [("2 July", "2013-07-02", "2013-07-02"), ("Twelve hours later", "2013-07-02", "2013-07-02")]),
    ("On 2 July rebels took Salma. 48 hours later they left.", [("2 July", "2013-07-02", "2013-07-02"), ("48 hours later", "2013-07-04", "2013-07-04")]),
    ("On 2 July rebels took Salma. The following morning they left.", [("2 July", "2013-07-02", "2013-07-02"), ("The following morning", "2013-07-03", "2013-07-03")]),
    ("On 2 July rebels took Salma. In the next week they lost it.", [("2 July", "2013-07-02", "2013-07-02"), ("the next week", "2013-07-08", "2013-07-14")]),
    ("In July 2012 rebels took Salma; half a year earlier Rabia fell.", [("July 2012", "2012-07-01", "2012-07-31"), ("half a year earlier", "2012-01-01", "2012-01-31")]),
    ("On 2 July rebels took Salma, two weeks before the truce.", [("2 July", "2013-07-02", "2013-07-02")]),
    # the year of the tale
    ("In 2012 troops came. In March they shelled Salma.", [("2012", "2012-01-01", "2012-12-31"), ("March", "2012-03-01", "2012-03-31")]),
    ("In 2012 troops came.\n\nIn March they shelled Salma.", [("2012", "2012-01-01", "2012-12-31"), ("March", "2013-03-01", "2013-03-31")]),
    # several
    ("On Sunday, shells fell on Salma, and on Monday they fell on Rabia.", [("Sunday", "2013-08-04", "2013-08-04"), ("Monday", "2013-08-05", "2013-08-05")]),
    ("Shells fell on Sunday and Monday.", [("Sunday", "2013-08-04", "2013-08-04"), ("Monday", "2013-08-05", "2013-08-05")]),
    ("Shells fell in March and April.", [("March", "2013-03-01", "2013-03-31"), ("April", "2013-04-01", "2013-04-30")]),
    ("Shells fell on 2 August, a Friday.", [("2 August", "2013-08-02", "2013-08-02")]),
    ("Shells fell on 2 August after Friday prayers.", [("2 August", "2013-08-02", "2013-08-02")]),
    # the future
    ("They will meet on Sunday.", [("Sunday", "2013-08-11", "2013-08-11")]),
    ("A truce is due to begin on Tuesday.", [("Tuesday", "2013-08-13", "2013-08-13")]),
    ("They meet next Sunday.", [("next Sunday", "2013-08-11", "2013-08-11")]),
    ("They will meet next week.", [("next week", "2013-08-12", "2013-08-18")]),
    ("They will meet next month.", [("next month", "2013-09-01", "2013-09-30")]),
    ("They will meet next year.", [("next year", "2014-01-01", "2014-12-31")]),
    ("They will meet tomorrow.", [("tomorrow", "2013-08-07", "2013-08-07")]),
    # Arabic
    ("قصفت الطائرات سلمى يوم الأحد.", [("يوم الأحد", "2013-08-04", "2013-08-04")]),
    ("قصفت الطائرات سلمى مساء الاثنين.", [("مساء الاثنين", "2013-08-05", "2013-08-05")]),
    ("قصفت الطائرات سلمى في 4 آب 2012.", [("4 آب 2012", "2012-08-04", "2012-08-04")]),
    ("قصفت الطائرات سلمى في 4 أغسطس.", [("4 أغسطس", "2013-08-04", "2013-08-04")]),
    ("قصفت الطائرات سلمى في تموز 2012.", [("تموز 2012", "2012-07-01", "2012-07-31")]),
    ("قصفت الطائرات سلمى في أيار الماضي.", [("أيار الماضي", "2013-05-01", "2013-05-31")]),
    ("قصفت الطائرات سلمى في أواخر عام 2012.", [("أواخر عام 2012", "2012-09-01", "2012-12-31")]),
    ("قصفت الطائرات سلمى منذ عام 2012.", [("منذ عام 2012", "2012-01-01", "2013-08-06")]),
    ("قصفت الطائرات سلمى أمس.", [("أمس", "2013-08-05", "2013-08-05")]),
    ("قصفت الطائرات سلمى الأسبوع الماضي.", [("الأسبوع الماضي", "2013-07-29", "2013-08-04")]),
    ("قصفت الطائرات سلمى قبل ثلاثة أيام.", [("قبل ثلاثة أيام", "2013-08-03", "2013-08-03")]),
    ("قصفت الطائرات سلمى قبل شهرين.", [("قبل شهرين", "2013-06-01", "2013-06-30")]),
    ("سيجتمعون يوم الخميس المقبل.", [("يوم الخميس المقبل", "2013-08-08", "2013-08-08")]),
    ("قصفت الطائرات سلمى في رمضان.", [("رمضان", "2013-07-09", "2013-08-07")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STORIES)
def test_what_a_text_tells_one_after_the_other(text: str, expected: list[tuple[str, str, str]]) -> None:
    teller, found = Teller(on(TUESDAY)), []
    for start, end in blocks(text):
        found += teller.expressions(text, start, end)
    assert [(one.surface, str(one.interval.start), str(one.interval.end)) for one, _ in found] == expected


# --- what only looks like a time -------------------------------------------------------------------------------

NOISE = [
    # files, numbers, units, scores, ages, prices, counts
    "The photograph, aleppo_aug12.jpg, shows a minaret.",
    "See map_feb13.jpg and IMG_20130804.JPG for the crater.",
    "The clip sits at youtube.com/watch?v=may2013 for all.",
    "The file is 2013-08-04_qusayr.mp4 to its makers.",
    "Al-Karamah beat Al-Wahda 4-3 in Homs.",
    "The 17th Division was overrun north of Raqqa.",
    "Battalion 2012 held the ridge above Salma.",
    "The 4th Armoured Division shelled Moadamiya.",
    "The 17 Ramadan Brigade held two streets in Azaz.",
    "The boy, 12, was hit by a sniper in Homs.",
    "The 40-year-old baker had fled Aleppo.",
    "A twenty-year-old recruit died at Menagh.",
    "He is 3 years older than his brother in Douma.",
    "A kilo of sugar sold at 2012 pounds in Homs.",
    "It cost $2012 to cross from Aleppo.",
    "The blast hurt 2013 people in Hama.",
    "About 2000 fighters held Qusayr.",
    "Some 1,982 people are named on the wall.",
    "The M5 highway and Route 2012 were cut.",
    "T-72 tanks and RPG-7 launchers stood at Saraqib.",
    "A MiG-21 crashed near Menagh; a 2012 model truck burned.",
    "They fired 107 mm rockets and 2010 rockets at Fua.",
    "Resolution 2139 was read out in Homs.",
    "Room 2011 of the hotel in Homs was hit.",
    "The fighting began at 6 a.m. in Tafas.",
    "The curfew runs from 10 pm to 5 am in Qamishli.",
    # names
    "Members of the March 14 Alliance condemned the raid on Arsal.",
    "The March 8 bloc walked out in Beirut.",
    "The 15 May bridge in Raqqa was blown up.",
    "The Seventh of April quarter was bombed.",
    "The 8 March Revolution is kept in Damascus.",
    "The Sunday Times reporter died in Homs.",
    "A stringer for the Mail on Sunday was in Idlib.",
    "The Sept. 11 attacks were recalled in Damascus.",
    "The Friday of Dignity drew thousands in Homs.",
    "They called it the “Friday of the Children of Freedom” in Hama.",
    "The Friday Mosque of Maarat al-Numan was hit.",
    "The “Saturday Massacre” is a film about Hama.",
    "William May doubted the claim about Homs.",
    "Theresa May spoke of Aleppo.",
    "April Glaspie once served in Damascus.",
    "August Hanning had visited Damascus.",
    "According to June Carter, the convoy left Homs.",
    "The Six-Day War took the Golan from Syria.",
    "The October War left tanks near Quneitra.",
    "Black September sent men to Syria.",
    "He taught Sunday school in Bab Touma.",
    "THE WEEKEND KITCHEN: SOUP FROM HOMS",
    # verbs and other words
    "The army may march on Idlib.",
    "Rebels may yet take Salma.",
    "Their march on Hama was broken up.",
    "March on Damascus, the preacher urged.",
    "The second wave of fighters reached Salma.",
    "The second of three shells hit the school in Jobar.",
    "He hoped the regime would fall in Damascus.",
    "The fall of Baba Amr broke the rebels.",
    "Water from the spring in Ain al-Fijeh was cut.",
    "The Arab Spring came late to Damascus.",
    # no interval
    "In the last two years of the siege Salma starved.",
    "Every Friday they marched in Kafranbel.",
    "The 24-hour truce in Yarmouk failed.",
    "The year-long siege of Homs wore on.",
    "One day Hama will be rebuilt.",
    "Day after day, shells fell on Daraya.",
    "He was sentenced to three years in prison at Sednaya.",
    "In the months to come, Homs will starve.",
    "For decades one family ruled Syria.",
    "The town was once, previously and formerly a market; now it is not.",
    "In the past, Qardaha was poor, and for years nobody came.",
    "On 05/08/2013 or 31 June a shell fell on Salma.",
]  # fmt: skip


@pytest.mark.parametrize("text", NOISE)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert told(text, on(TUESDAY)) == []


# --- publication ----------------------------------------------------------------------------------------------

RANGES = [
    ("Shells fell on Sunday.", (5, 10), [("Sunday", "2013-08-04", "2013-08-04")]),
    ("Shells fell on Sunday, and on Thursday Rabia fell.", (5, 10), [("Sunday", "2013-08-04", "2013-08-04"), ("Thursday", "2013-08-01", "2013-08-08")]),
    ("Shells fell earlier this week.", (5, 10), [("earlier this week", "2013-08-05", "2013-08-10")]),
    ("Shells fell in recent months.", (5, 10), [("in recent months", "2013-02-05", "2013-08-09")]),
    ("The war is three years into its civil war.", (5, 10), [("three years into its civil war", "2013-03-15", "2014-03-14")]),
    ("Shells fell on Thursday. Two days later Rabia fell.", (5, 10), [("Thursday", "2013-08-01", "2013-08-08"), ("Two days later", "2013-08-03", "2013-08-10")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days", "expected"), RANGES)
def test_a_range_reaches_from_the_earliest_answer_to_the_latest(
    text: str, days: tuple[int, int], expected: list[tuple[str, str, str]]
) -> None:
    assert told(text, between(date(2013, 8, days[0]), date(2013, 8, days[1]))) == expected


def test_the_week_of_a_range_over_two_weeks() -> None:
    published = between(date(2015, 8, 13), date(2015, 8, 16))
    assert told("Shells fell earlier this week.", published) == [("earlier this week", "2015-08-10", "2015-08-16")]
    published = between(date(2015, 8, 16), date(2015, 8, 17))
    assert told("Shells fell earlier this week.", published) == [("earlier this week", "2015-08-10", "2015-08-17")]


SENTENCES = [f"Shells fell on Salma {words.replace('[', '').replace(']', '')}." for words, *_ in ROWS] + [
    text for text, _ in STORIES
]
DAYS = st.dates(date(2010, 1, 1), date(2020, 12, 31))
PIECES = [
    *sorted({word for sentence in [*SENTENCES, *NOISE] for word in sentence.split()}),
    "\n\n",
    "(",
    ")",
    "–",
    '"',
    "“",
    "ſecond",
    "fİrst",
]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), DAYS, st.integers(0, 40))
def test_the_answer_for_a_range_holds_those_of_its_days(chosen: list[str], first: date, length: int) -> None:
    text = " ".join(chosen)
    last = first + timedelta(days=length)
    of_range = {(one.start, one.end): one.interval for one in time_expressions(text, between(first, last))}
    for number in range(length + 1):
        of_day = {(one.start, one.end): one.interval for one in time_expressions(text, on(first + timedelta(days=number)))}
        for words, interval in of_range.items():
            if words in of_day:
                assert interval.start <= of_day[words].start
                assert of_day[words].end <= interval.end


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.one_of(st.none(), DAYS))
def test_any_words_are_read(words: list[str], day: date | None) -> None:
    text = " ".join(words)
    assert is_sound(text, time_expressions(text, on(day) if day else None))


@given(st.text(), st.dates(), st.integers(0, 400))
def test_any_text_and_any_publication_are_read(text: str, first: date, length: int) -> None:
    last = first + timedelta(days=min(length, (date.max - first).days))
    assert is_sound(text, time_expressions(text, between(first, last)))


@given(
    st.sampled_from(SENTENCES), st.lists(st.sampled_from(PIECES), max_size=8), st.lists(st.sampled_from(PIECES), max_size=8), DAYS
)
def test_what_stands_around_a_passage_does_not_matter(sentence: str, before: list[str], after: list[str], day: date) -> None:
    around = " ".join(before)
    text = around + sentence + " ".join(after)
    inside = Teller(on(day)).expressions(text, len(around), len(around) + len(sentence))
    alone = time_expressions(sentence, on(day))
    assert [(one.start - len(around), one.surface, one.interval) for one, _ in inside] == [
        (one.start, one.surface, one.interval) for one in alone
    ]
    assert is_sound(text, [one for one, _ in inside], len(around), len(around) + len(sentence))


RELATIVE = {
    "day-word",
    "this-unit",
    "last-unit",
    "next-unit",
    "weekend",
    "ago",
    "last-n-units",
    "recent-units",
    "since",
    "lasting",
}


@given(st.sampled_from(SENTENCES))
def test_without_a_publication_date_nothing_relative_is_dated(sentence: str) -> None:
    dated = {one.rule for one in time_expressions(sentence)}
    assert not dated & RELATIVE


def test_without_a_publication_date_a_date_with_its_year_is_dated() -> None:
    assert told("On 2 July 2012 rebels took Salma. Three days later they left on Sunday.", None) == [
        ("2 July 2012", "2012-07-02", "2012-07-02"),
        ("Three days later", "2012-07-05", "2012-07-05"),
        ("Sunday", "2012-07-08", "2012-07-08"),
    ]


def test_a_place_is_not_dated_by_before_or_after() -> None:
    text = "Before 2011 it was calm, after June 2012 it was not, and in 2013 it burned."
    assert [dated for _, dated in Teller(on(TUESDAY)).expressions(text, 0, len(text))] == [False, False, True]


@pytest.mark.parametrize(
    "sentence", ["on Sunday ", "On 2 July. Two days later. ", "In 2012. In March. For three days. ", "Eid. "]
)
def test_work_grows_with_the_length(sentence: str) -> None:
    assert in_proportion(lambda size: time_expressions(sentence * (size // len(sentence)), on(TUESDAY)), 10_000)
