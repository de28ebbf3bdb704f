"""Questions about time: bins of a histogram, lanes of a timeline, months with and without articles."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from conflictmap.model import Article
from conflictmap.questions import conditions
from conflictmap.questions.database import CorpusDatabase
from conflictmap.questions.view import CLOCKS, EARLIEST, LATEST, View, whole

MOST_LANES = 60
"""Places that a timeline shows at most."""


def in_period(db: CorpusDatabase, article: Article, view: View) -> bool:
    """Whether an article lies in the view's period. By event dates: whether one of its mentions does."""
    if view.clock == "happened":
        return article.id in db.once(("articles", view.start, view.end, view.undated), lambda: _articles_in(db, view))
    period = view.period(db.corpus)
    if article.published is None or period is None:
        return article.published is None and view.undated
    return article.published.start <= period[1] and article.published.end >= period[0]


def _articles_in(db: CorpusDatabase, view: View) -> frozenset[str]:
    rows = db.query(f"select distinct article from attestations where {conditions.in_period(view)}", view)
    return frozenset(article for (article,) in rows)


def histogram(db: CorpusDatabase, place: str | None = None, view: View | None = None) -> list[tuple[date, date, float]]:
    """(first day, last day, mentions) of each bin over the whole range of the slider; mentions of one place if its id is given.

    A publication counts on its likeliest day. An event interval is spread evenly over its days, so a bin may hold a fraction. Bins
    are days for a range of up to 92 days, weeks (from Monday) up to two years, else months; empty bins are included. Of the view
    only the clock and the filters matter.
    """
    chosen = view or View()
    return db.once(("histogram", place, chosen.filter), lambda: _histogram(db, place, chosen))


def _histogram(db: CorpusDatabase, place: str | None, view: View) -> list[tuple[date, date, float]]:
    whole_period = view.whole_period(db.corpus)
    if whole_period is None:
        return []
    first, last = whole_period
    days = (last - first).days
    unit = "day" if days <= 92 else "week" if days <= 731 else "month"
    bins: list[tuple[date, date]] = []
    begin = _bin_start(first, unit)
    while begin <= last:
        following = _next_bin(begin, unit)
        bins.append((begin, following - timedelta(days=1)))
        begin = following
    counted = _spread(_dated(db, place, view), bins)
    return [(begin, end, number) for (begin, end), number in zip(bins, counted, strict=True)]


def lanes(db: CorpusDatabase, view: View, most: int) -> list[tuple[str, str, list[float]]]:
    """(feature id, title, mentions in each bin of the histogram) of the most mentioned features, at most `most` and MOST_LANES."""
    return db.once(("lanes", view.filter), lambda: _lanes(db, view))[:most]


def _lanes(db: CorpusDatabase, view: View) -> list[tuple[str, str, list[float]]]:
    bins = [(begin, end) for begin, end, _ in histogram(db, view=view)]
    start, end = ("published_best", "published_best") if view.clock == "published" else CLOCKS[view.clock]
    rows = db.query(
        f"select feature, {start}, {end}, count(*) from attestations "
        f"where {start} is not null and {conditions.chosen(view)} and feature in (select feature from attestations "
        f"where {start} is not null and feature is not null and {conditions.chosen(view)} group by feature order by count(*) desc, feature "
        f"limit {2 * MOST_LANES}) group by 1, 2, 3 order by 1, 2, 3",  # twice as many: mentions beyond the bins do not count in a lane
        whole(view),
    )
    dated: dict[str, list[tuple[date, date, int]]] = {}
    for feature, first, last, number in rows:
        dated.setdefault(feature, []).append((first, last, number))
    found = [(feature, _spread(intervals, bins)) for feature, intervals in dated.items()]
    found.sort(key=lambda lane: (-sum(lane[1]), lane[0]))
    return [(feature, db.title(feature), counted) for feature, counted in found[:MOST_LANES]]


def articles_by_bin(db: CorpusDatabase, view: View) -> list[int]:
    """How many articles have their likeliest day of publication in each bin of the view's histogram."""
    bins = [(begin, end) for begin, end, _ in histogram(db, view=view)]
    dated = [(days.best, days.best, 1) for days in db.corpus.publications]
    return [round(number) for number in _spread(dated, bins)]


def _dated(db: CorpusDatabase, place: str | None, view: View) -> list[tuple[date, date, int]]:
    """(first day, last day, mentions) of each distinct interval on the view's clock; for publications, the likeliest day."""
    start, end = ("published_best", "published_best") if view.clock == "published" else CLOCKS[view.clock]
    return db.query(
        f"select {start}, {end}, count(*) from attestations "
        f"where {start} is not null and ($place is null or feature = $place) and {conditions.chosen(view)} group by 1, 2",
        whole(view),
        place=place,
    )


def months(db: CorpusDatabase, view: View | None = None) -> list[tuple[date, date, int]]:
    """(first day, last day, articles) of each month in which an article was likeliest published.

    By event dates: mentions instead of articles, of the intervals that lie within one month and touch the slider's range.
    """
    counted: dict[date, int] = {}
    if view and view.clock == "happened":
        span = db.corpus.told or (LATEST, EARLIEST)
        for start, end, number in db.once(("dated", view.filter), lambda: _dated(db, None, view)):
            month = start.replace(day=1)
            if (start.year, start.month) == (end.year, end.month) and span[0] <= end and start <= span[1]:
                counted[month] = counted.get(month, 0) + number
    elif db.corpus.period:
        counted = _published_in(db)
    return [(month, _next_bin(month, "month") - timedelta(days=1), n) for month, n in sorted(counted.items())]


def _published_in(db: CorpusDatabase) -> Counter[date]:
    """How many articles were likeliest published in each month, by its first day."""
    return db.once("months", lambda: Counter(days.best.replace(day=1) for days in db.corpus.publications))


def months_of(db: CorpusDatabase, view: View) -> int:
    """How many calendar months the view's period touches, from the first publication to the last."""
    return len(_months_touched(db, view))


def empty_months(db: CorpusDatabase, view: View) -> list[date]:
    """The first days of those of these months in which no article was likeliest published."""
    published = _published_in(db)
    return [month for month in _months_touched(db, view) if month not in published]


def _months_touched(db: CorpusDatabase, view: View) -> list[date]:
    if db.corpus.period is None:
        return []
    first, last = db.corpus.period
    period = view.period(db.corpus)
    if period:
        first, last = max(first, period[0]), min(last, period[1])
    touched = []
    month = first.replace(day=1)
    while month <= last:
        touched.append(month)
        month = _next_bin(month, "month")
    return touched


def _spread(dated: Iterable[tuple[date, date, int]], bins: Sequence[tuple[date, date]]) -> list[float]:
    """The mentions in each bin, from (first day, last day, mentions), each spread evenly over its days."""
    counted = [0.0] * len(bins)
    starts = [begin for begin, _ in bins]
    for start, end, number in dated:
        length = (end - start).days + 1
        at = max(0, bisect_right(starts, start) - 1)
        while at < len(bins) and bins[at][0] <= end:
            shared = (min(end, bins[at][1]) - max(start, bins[at][0])).days + 1
            counted[at] += number * max(0, shared) / length
            at += 1
    return counted


def _bin_start(day: date, unit: str) -> date:
    if unit == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if unit == "week" else day


def _next_bin(begin: date, unit: str) -> date:
    if unit == "month":
        return (begin + timedelta(days=32)).replace(day=1)
    return begin + timedelta(days=7 if unit == "week" else 1)
