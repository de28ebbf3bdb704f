"""Questions about when: bins of a histogram, lanes of a timeline, months with and without articles."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from conflictmap.model import Article
from conflictmap.questions import conditions
from conflictmap.questions.asking import Asking
from conflictmap.questions.view import CLOCKS, EARLIEST, LATEST, View, whole

MOST_LANES = 60
"""Places that a timeline shows at most."""


class OverTime(Asking):
    """What a period holds, and how mentions lie over time."""

    def in_period(self, article: Article, view: View) -> bool:
        """Whether an article counts in the view's period."""
        if view.clock == "happened":
            return article.id in self.once(("articles", view.start, view.end, view.undated), lambda: self._articles_in(view))
        period = view.period(self.corpus)
        if article.published is None or period is None:
            return article.published is None and view.undated
        return article.published.start <= period[1] and article.published.end >= period[0]

    def _articles_in(self, view: View) -> frozenset[str]:
        rows = self._ask(f"select distinct article from attestations where {conditions.in_period(view)}", view)
        return frozenset(article for (article,) in rows)

    def histogram(self, place: str | None = None, view: View | None = None) -> list[tuple[date, date, float]]:
        """(first day, last day, mentions, of one place if it is given) of each bin over what the view's slider runs over.

        Publications count on their likeliest days; what happened within several days is spread evenly over them, so a bin may hold
        part of a mention. A bin is a day up to 92 days, a week (from Monday) up to two years, else a month; empty bins are there
        too. Of the view only what it filters beside the period matters.
        """
        chosen = view or View()
        return self.once(("histogram", place, chosen.filter), lambda: self._histogram(place, chosen))

    def _histogram(self, place: str | None, view: View) -> list[tuple[date, date, float]]:
        whole_period = view.whole_period(self.corpus)
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
        counted = _spread(self._dated(place, view), bins)
        return [(begin, end, number) for (begin, end), number in zip(bins, counted, strict=True)]

    def lanes(self, view: View, most: int) -> list[tuple[str, str, list[float]]]:
        """(feature, title, mentions in each of the histogram's bins) of the features most often named or told, the most first."""
        counted = self.once(("lanes", view.filter), lambda: self._lanes(view))
        return counted[:most]

    def _lanes(self, view: View) -> list[tuple[str, str, list[float]]]:
        bins = [(begin, end) for begin, end, _ in self.histogram(view=view)]
        start, end = ("published_best", "published_best") if view.clock == "published" else CLOCKS[view.clock]
        rows = self._ask(
            f"select feature, {start}, {end}, count(*) from attestations "
            f"where {start} is not null and {conditions.chosen(view)} and feature in (select feature from attestations "
            f"where {start} is not null and feature is not null and {conditions.chosen(view)} group by feature order by count(*) desc, feature "
            f"limit {2 * MOST_LANES}) group by 1, 2, 3 order by 1, 2, 3",  # twice as many: of the last, part may lie beyond the bins
            whole(view),
        )
        lanes: dict[str, list[tuple[date, date, int]]] = {}
        for feature, first, last, number in rows:
            lanes.setdefault(feature, []).append((first, last, number))
        told = [(feature, _spread(dated, bins)) for feature, dated in lanes.items()]
        told.sort(key=lambda lane: (-sum(lane[1]), lane[0]))
        return [(feature, self.title(feature), counted) for feature, counted in told[:MOST_LANES]]

    def articles_by_bin(self, view: View) -> list[int]:
        """How many articles were likeliest published in each bin of the view's histogram."""
        bins = [(begin, end) for begin, end, _ in self.histogram(view=view)]
        dated = [(days.best, days.best, 1) for days in self.corpus.publications]
        return [round(number) for number in _spread(dated, bins)]

    def _dated(self, place: str | None, view: View) -> list[tuple[date, date, int]]:
        """(first day, last day, mentions) of each interval that occurs on the view's clock; the likeliest day of a publication."""
        start, end = ("published_best", "published_best") if view.clock == "published" else CLOCKS[view.clock]
        return self._ask(
            f"select {start}, {end}, count(*) from attestations "
            f"where {start} is not null and ($place is null or feature = $place) and {conditions.chosen(view)} group by 1, 2",
            whole(view),
            place=place,
        )

    def months(self, view: View | None = None) -> list[tuple[date, date, int]]:
        """(first day, last day, articles) of each month in which an article was likeliest published.

        On the other clock: mentions told to have happened within the month, of what the slider runs over.
        """
        counted: dict[date, int] = {}
        if view and view.clock == "happened":
            span = self.corpus.told or (LATEST, EARLIEST)
            for start, end, number in self.once(("dated", view.filter), lambda: self._dated(None, view)):
                month = start.replace(day=1)
                if (start.year, start.month) == (end.year, end.month) and span[0] <= end and start <= span[1]:
                    counted[month] = counted.get(month, 0) + number
            return [(month, _next_bin(month, "month") - timedelta(days=1), n) for month, n in sorted(counted.items())]
        if self.corpus.period is None:
            return []
        published = self.once("months", self._published_in)
        return [(month, _next_bin(month, "month") - timedelta(days=1), n) for month, n in sorted(published.items())]

    def _published_in(self) -> Counter[date]:
        """How many articles were likeliest published in each month, by its first day."""
        return Counter(days.best.replace(day=1) for days in self.corpus.publications)

    def months_of(self, view: View) -> int:
        """How many calendar months the view's period touches, of those between the first and the last publication."""
        return len(self._months_touched(view))

    def empty_months(self, view: View) -> list[date]:
        """The first days of those months in which no article of the corpus was likeliest published."""
        published = self.once("months", self._published_in)
        return [month for month in self._months_touched(view) if month not in published]

    def _months_touched(self, view: View) -> list[date]:
        if self.corpus.period is None:
            return []
        first, last = self.corpus.period
        period = view.period(self.corpus)
        if period:
            first, last = max(first, period[0]), min(last, period[1])
        months = []
        month = first.replace(day=1)
        while month <= last:
            months.append(month)
            month = _next_bin(month, "month")
        return months


def _spread(dated: Iterable[tuple[date, date, int]], bins: Sequence[tuple[date, date]]) -> list[float]:
    """How many of (first day, last day, mentions) fall into each bin, each spread evenly over its days."""
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
