"""The questions that the screens ask of the index, and the view (what a reader chose) that they ask them for.

An interval belongs to a period if it overlaps it, first and last day included. The answers come from DuckDB over the
Arrow table; nothing here draws or prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import local
from typing import Any, TypeVar, cast

import duckdb

from conflictmap.articles import passages
from conflictmap.index import Corpus
from conflictmap.model import Article, Passage, Place
from conflictmap.text import fold_name

T = TypeVar("T")
PAGE_LENGTH = 20
"""Passages shown at a time."""

QUERY_FIELDS = {
    "place": "id of the chosen place",
    "article": "id of the article that is open",
    "from": "first day of the period, YYYY-MM-DD; absent: the corpus's first",
    "to": "last day of the period, YYYY-MM-DD; absent: the corpus's last",
    "undated": "0: leave out articles without a date; absent: they count whatever the period",
}
"""The one table of what the page's address holds: the view is the URL."""


@dataclass(frozen=True, slots=True)
class View:
    """What a reader chose. `start` and `end` are None for the whole of the corpus."""

    place: str | None = None
    article: str | None = None
    start: date | None = None
    end: date | None = None
    undated: bool = True

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> View:
        """The view of an address. What makes no sense in it is passed over; a period the wrong way round is turned."""
        start, end = _day(query.get("from")), _day(query.get("to"))
        if start and end and start > end:
            start, end = end, start
        return cls(query.get("place") or None, query.get("article") or None, start, end, query.get("undated") != "0")

    def to_query(self) -> dict[str, str]:
        """The address of the view, without what is at its default."""
        fields = {
            "place": self.place,
            "article": self.article,
            "from": self.start and self.start.isoformat(),
            "to": self.end and self.end.isoformat(),
            "undated": None if self.undated else "0",
        }
        return {name: value for name, value in fields.items() if value}

    def within(self, corpus: Corpus) -> View:
        """The view with a place and an article that there are, and a period inside the corpus's.

        A period's end is None where it reaches to the corpus's own. A former id of a place leads to its present one.
        """
        place = corpus.gazetteer.get(self.place) if self.place else None
        known = replace(
            self,
            place=place.id if place else None,
            article=self.article if self.article in corpus.articles else None,
            start=None,
            end=None,
        )
        if corpus.period is None:
            return known
        first, last = corpus.period
        start, end = self.start or first, self.end or last
        if start > last or end < first:
            return known
        return replace(known, start=start if start > first else None, end=end if end < last else None)

    def period(self, corpus: Corpus) -> tuple[date, date] | None:
        """The chosen first and last day, or None if the corpus has no dated article."""
        if corpus.period is None:
            return None
        return self.start or corpus.period[0], self.end or corpus.period[1]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How often a place is named in the period, and in how many articles."""

    place: Place
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that names the chosen place: spans are (start, end) in the article's text."""

    article: Article
    number: int
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    surfaces: tuple[str, ...]
    reasons: tuple[str, ...]
    roles: tuple[str, ...]
    own: tuple[tuple[str | None, str], ...]
    """The program's own answer for each span: place id (None: none) and reason; the same as above unless a person decided."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where every mention of the corpus is: nothing is dropped in silence.

    drawn + beside + ambiguous + unresolved + rejected + out_of_period + left_out = total; `undated` counts those among
    the first five that count only because undated articles are included. `articles` are those that count.
    """

    total: int
    drawn: int
    beside: int
    ambiguous: int
    unresolved: int
    rejected: int
    out_of_period: int
    left_out: int
    undated: int
    articles: int


_connections = local()
_IN_PERIOD = "coalesce(published_start <= $last and published_end >= $first, $undated)"


class Questions:
    """Asks one corpus. Cheap to make; each thread has its own connection."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.theatre = corpus.gazetteer.theatre

    def _ask(self, sql: str, view: View, **more: Any) -> list[tuple[Any, ...]]:
        held = getattr(_connections, "held", None)
        if held is None or held[0] is not self.corpus:
            connection = duckdb.connect()
            connection.register("attestations", self.corpus.table)
            held = _connections.held = (self.corpus, connection)
        first, last = view.period(self.corpus) or (date.min, date.min)
        values = {"first": first, "last": last, "undated": view.undated, **more}
        used = {name: value for name, value in values.items() if f"${name}" in sql}
        return held[1].execute(sql, used).fetchall()

    def once(self, key: Hashable, ask: Callable[[], T]) -> T:
        """The answer to a question that depends on nothing but the corpus and the key, asked once; 256 are kept."""
        kept = self.corpus.answers
        if key not in kept:
            if len(kept) >= 256:
                kept.clear()
            kept[key] = ask()
        return cast(T, kept[key])

    def counts(self, view: View) -> list[PlaceCount]:
        """Every place named in the period, the most often named first."""
        return self.once(("counts", view.start, view.end, view.undated), lambda: self._counts(view))

    def _counts(self, view: View) -> list[PlaceCount]:
        rows = self._ask(
            f"select place, count(*), count(distinct article) from attestations where status = 'resolved' and {_IN_PERIOD} "
            "group by place order by 2 desc, 1",
            view,
        )
        return [PlaceCount(self.corpus.gazetteer.places[place], n, articles) for place, n, articles in rows]

    def split(self, counts: Iterable[PlaceCount]) -> tuple[list[PlaceCount], list[PlaceCount]]:
        """(what the map draws, what is listed beside it)."""
        drawn: list[PlaceCount] = []
        beside: list[PlaceCount] = []
        for count in counts:
            (drawn if self.theatre.holds(count.place) else beside).append(count)
        return drawn, beside

    def account(self, view: View) -> Account:
        """What is shown and what is not, and why."""
        drawn, beside = self.split(self.counts(view))
        (total, out, undated, ambiguous, unresolved, rejected), *_ = self._ask(
            f"select count(*), count(*) filter (published_start is not null and not {_IN_PERIOD}), "
            "count(*) filter (published_start is null), "
            + ", ".join(
                f"count(*) filter (status = '{status}' and {_IN_PERIOD})" for status in ("ambiguous", "unresolved", "rejected")
            )
            + " from attestations",
            view,
        )
        shown = sum(count.mentions for count in drawn), sum(count.mentions for count in beside)
        articles = sum(self.in_period(article, view) for article in self.corpus.articles.values())
        kept, left = (undated, 0) if view.undated else (0, undated)
        return Account(total, *shown, ambiguous, unresolved, rejected, out, left, kept, articles)

    def in_period(self, article: Article, view: View) -> bool:
        """Whether an article counts in the view's period."""
        period = view.period(self.corpus)
        if article.published is None or period is None:
            return article.published is None and view.undated
        return article.published.start <= period[1] and article.published.end >= period[0]

    def histogram(self, place: str | None = None) -> list[tuple[date, date, int]]:
        """(first day, last day, mentions, of one place if it is given) of each bin over the corpus's period, by likeliest days.

        A bin is a day up to 92 days, a week (from Monday) up to two years, else a month; empty bins are there too.
        """
        if self.corpus.period is None:
            return []
        first, last = self.corpus.period
        days = (last - first).days
        unit = "day" if days <= 92 else "week" if days <= 731 else "month"
        rows = self._ask(
            f"select date_trunc('{unit}', published_best)::date, count(*) from attestations "
            "where published_best is not null and ($place is null or place = $place) group by 1",
            View(),
            place=place,
        )
        found = dict(rows)
        bins = []
        begin = _bin_start(first, unit)
        while begin <= last:
            following = _next_bin(begin, unit)
            bins.append((begin, following - timedelta(days=1), found.get(begin, 0)))
            begin = following
        return bins

    def months(self) -> list[tuple[date, date, int]]:
        """(first day, last day, articles) of each month in which an article was likeliest published, clipped to the corpus."""
        if self.corpus.period is None:
            return []
        counted: dict[date, int] = {}
        for article in self.corpus.articles.values():
            if article.published:
                month = article.published.best.replace(day=1)
                counted[month] = counted.get(month, 0) + 1
        return [(month, _next_bin(month, "month") - timedelta(days=1), n) for month, n in sorted(counted.items())]

    def passages(self, view: View, limit: int = PAGE_LENGTH, offset: int = 0) -> tuple[int, list[PassageHit]]:
        """(how many, one page of) the passages of the period that name the chosen place, newest first, undated last."""
        (number,), *_ = self._ask(
            f"select count(distinct (article, passage)) from attestations where place = $place and {_IN_PERIOD}",
            view,
            place=view.place,
        )
        rows = self._ask(
            "select article, passage, any_value(passage_start), any_value(passage_end), list(start order by start), "
            'list("end" order by start), list(surface order by start), list(reason order by start), list(role order by start), '
            "list(program_place order by start), list(program_reason order by start), any_value(published_best) as best "
            f"from attestations where place = $place and {_IN_PERIOD} group by article, passage "
            "order by best desc nulls last, article, passage limit $limit offset $offset",
            view,
            place=view.place,
            limit=limit,
            offset=offset,
        )
        hits = [
            PassageHit(
                self.corpus.articles[article], number, start, end, tuple(zip(starts, ends, strict=True)),
                tuple(surfaces), tuple(reasons), tuple(roles),
                tuple(zip(own_places, own_reasons, strict=True)),
            )
            for article, number, start, end, starts, ends, surfaces, reasons, roles, own_places, own_reasons, _ in rows
        ]  # fmt: skip
        return number, hits

    def mentions_of_place(self, view: View) -> int:
        """How many mentions of the chosen place are in the period."""
        rows = self._ask(f"select count(*) from attestations where place = $place and {_IN_PERIOD}", view, place=view.place)
        return int(rows[0][0])

    def outside_period(self, view: View) -> int:
        """How many mentions of the chosen place the period leaves out."""
        rows = self._ask(f"select count(*) from attestations where place = $place and not {_IN_PERIOD}", view, place=view.place)
        return int(rows[0][0])

    def unplaced(self, view: View) -> list[tuple[str, str, str, int, str, list[str]]]:
        """(surface, status, article id, passage, reason, candidates) of each mention in the period that has no place."""
        return [
            tuple(row)
            for row in self._ask(
                "select surface, status, article, passage, reason, candidates from attestations "
                f"where status in ('ambiguous', 'unresolved') and {_IN_PERIOD} order by surface, article, passage",
                view,
            )
        ]

    def mentions_of_article(self, article_id: str) -> list[dict[str, Any]]:
        """All mentions of one article in text order, as rows of the index."""
        rows = self._ask(
            'select passage, start, "end", surface, place, status, role, reason, candidates, verdict, program_place, program_status, '
            "program_reason from attestations "
            "where article = $article order by start",
            View(),
            article=article_id,
        )
        names = (
            "passage", "start", "end", "surface", "place", "status", "role", "reason", "candidates",
            "verdict", "program_place", "program_status", "program_reason",
        )  # fmt: skip
        return [dict(zip(names, row, strict=True)) for row in rows]

    def rows(self, view: View) -> list[dict[str, Any]]:
        """All mentions of the period as rows of the index (all statuses); of the chosen place only, if there is one."""
        only = " and place = $place" if view.place else ""
        cursor_rows = self._ask(
            f"select * from attestations where {_IN_PERIOD}{only} order by article, start", view, place=view.place
        )
        return [dict(zip(self.corpus.table.column_names, row, strict=True)) for row in cursor_rows]

    def passages_of(self, article: Article) -> list[Passage]:
        """The blocks of an article's text."""
        return passages(article)

    def layer(self, article: str | None = None) -> list[dict[str, Any]]:
        """The drawn places (of one article, if it is given) with, for each, the sorted first and last days of its mentions' intervals, as days since 1970.

        The period is not applied: the browser counts in a period as starts up to its last day less ends before its first.
        """
        rows = self._ask(
            "select place, list(published_start order by published_start) filter (published_start is not null), "
            "list(published_end order by published_end) filter (published_end is not null), "
            "count(*) filter (published_start is null) from attestations where status = 'resolved' "
            "and ($article is null or article = $article) group by place order by place",
            View(),
            article=article,
        )
        layer = []
        for place_id, starts, ends, undated in rows:
            place = self.corpus.gazetteer.places[place_id]
            if self.theatre.holds(place):
                layer.append(_feature(place, [day_number(d) for d in starts or ()], [day_number(d) for d in ends or ()], undated))
        return layer

    def search(self, words: str, limit: int = 50) -> list[Place]:
        """Places whose name in any spelling or script begins with, or holds, the words; the named ones first."""
        wanted = fold_name(words)
        if not wanted:
            return []
        named = {count.place.id: count.mentions for count in self.counts(View())}
        ranked = []
        for name, ids in self.corpus.gazetteer.names.items():
            if wanted in name:
                quality = 0 if name == wanted else 1 if name.startswith(wanted) else 2 if f" {wanted}" in name else 3
                ranked += [(quality, -named.get(i, 0), -self.corpus.gazetteer.places[i].significance, i) for i in ids]
        seen: dict[str, None] = {}
        for *_, place_id in sorted(ranked):
            seen.setdefault(place_id)
        return [self.corpus.gazetteer.places[place_id] for place_id in list(seen)[:limit]]


def day_number(day: date) -> int:
    """Days since 1 January 1970, as the browser counts them."""
    return (day - date(1970, 1, 1)).days


def _bin_start(day: date, unit: str) -> date:
    if unit == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if unit == "week" else day


def _next_bin(begin: date, unit: str) -> date:
    if unit == "month":
        return (begin + timedelta(days=32)).replace(day=1)
    return begin + timedelta(days=7 if unit == "week" else 1)


def _feature(place: Place, starts: list[int], ends: list[int], undated: int) -> dict[str, Any]:
    assert place.footprint is not None
    footprint = place.footprint
    feature: dict[str, Any] = {
        "id": place.id,
        "title": place.title,
        "drawn": place.drawn,
        "lon": footprint.longitude,
        "lat": footprint.latitude,
        "uncertainty": footprint.uncertainty_m,
        "certainty": footprint.certainty,
        "starts": starts,
        "ends": ends,
        "undated": undated,
    }
    if place.drawn != "dot":
        feature["geometry"] = footprint.geometry
    return feature
