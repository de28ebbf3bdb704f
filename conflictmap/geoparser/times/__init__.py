"""When it happened: expressions of time, the days that they mean, and which place they date.

The way of the data: text -> `expressions` (with `words`, the rules) -> Found, a stretch with a meaning -> `teller` gives the meanings their
days, from the day of publication on -> TimeExpression -> `links` ties it to a mention -> Told.

Which file for which change
    words        the expressions that are understood
    meanings     from words to days: "last Sunday", "two days later"
    calendars    weeks, months, feasts; reads no text
    links        which expression dates which mention
    dating       the publication date that an article states
"""

from conflictmap.geoparser.times.dating import propose
from conflictmap.geoparser.times.links import link
from conflictmap.geoparser.times.teller import Teller

__all__ = ["Teller", "link", "propose"]
