"""The questions that the screens ask of the index, for a view: what a reader chose.

What a view filters (roles, source, publisher, language, feature class, certainty, status, suggested and worked-out places) holds for every count, list, layer and export alike.
An interval belongs to a period if it overlaps it, first and last day included. The answers come from DuckDB over the
Arrow table; nothing here draws or prints.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from threading import local
from typing import Any, TypeVar, cast

import duckdb

from conflictmap import fulltext
from conflictmap.articles import passages
from conflictmap.index import DERIVED_MARK, Corpus, StoredArticles, searched
from conflictmap.model import Article, DerivedFootprint, Passage, Place, TimeExpression, TimeInterval, Told
from conflictmap.text import fold_name
from conflictmap.view import CLOCKS, EARLIEST, LATEST, NOT_ATTRIBUTED, ROLES, View, whole

T = TypeVar("T")
PAGE_LENGTH = 10
"""Passages shown at a time."""

MOST_HITS = 2000
"""Passages of a search that are looked at, the best."""
MOST_LANES = 60
"""Places that a timeline shows at most."""
_OF_PLACE = (
    "article", "passage", "feature", "status", "basis", "role", "certainty", "attributed_to", "source", "verdict",
    "published_start", "published_end", "published_best", "event_start", "event_end",
)  # fmt: skip
TOLD_COLUMNS = (
    "event_start", "event_end", "event_kind", "date_precision", "event_words_start", "event_words_end", "event_rule", "event_link",
)  # fmt: skip
"""The columns of the index that tell when what is told happened; told_of reads them."""
_OF_PASSAGE = (
    "article", "passage", "passage_start", "passage_end", "start", "end", "surface", "reason", "role", "program_place",
    "program_reason", "basis", "certainty", "attributed_start", "attributed_end", *TOLD_COLUMNS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """What a list of articles shows of one."""

    id: str
    title: str
    publisher: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How often a place is named in the period; `suggested` counts descriptions that fit it."""

    place: Place
    mentions: int
    suggested: int = 0


@dataclass(frozen=True, slots=True)
class DerivedCount:
    """How often a place worked out from others is told in the period."""

    id: str
    derived: DerivedFootprint
    title: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Mentions of the chosen place that the period holds and something else leaves out."""

    other_roles: int
    other_sources: int
    suggested: int
    narrowed: int = 0


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that names the chosen place: spans are (start, end) in the article's text, all else is told for each span.

    `sources` are the spans of who says so, where the text says it.
    """

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
    bases: tuple[str, ...]
    certainties: tuple[str, ...]
    sources: tuple[tuple[int, int] | None, ...]
    told: tuple[Told | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Where every mention of the corpus is: nothing is dropped in silence.

    drawn + beside + ambiguous + unresolved + rejected count; out_of_period + left_out + other_sources + narrowed + other_roles +
    derived_off + suggested_off do not, each for the first reason of these that holds; all of them are the total. `undated` counts
    those that count only because undated articles are included, `articles` the articles of all that count.
    """

    total: int
    drawn: int
    beside: int
    ambiguous: int
    unresolved: int
    rejected: int
    out_of_period: int
    left_out: int
    other_sources: int
    other_roles: int
    derived_off: int
    suggested_off: int
    undated: int
    articles: int
    narrowed: int = 0


_connections = local()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """The one database in memory: opening one takes longer than most questions, and each run of a page is a thread of its own."""
    return duckdb.connect()


# What a person decided is no suggestion any more, and stands where the person put it.
_SUGGESTED = "(basis = 'suggested' and verdict is null)"
_DERIVED = "(basis = 'derived' and verdict is null)"
_COUNTING = frozenset({"drawn", "beside", "ambiguous", "unresolved", "rejected"})
"""The parts of an account that count."""


def _in_period(view: View) -> str:
    start, end = CLOCKS[view.clock]
    return f"coalesce({start} <= $last and {end} >= $first, $undated)"


def _of_source(view: View) -> str:
    return (
        "true"
        if view.source is None
        else "source is null"
        if view.source == NOT_ATTRIBUTED
        else "coalesce(source = $source, false)"
    )


def _of_role(view: View) -> str:
    wanted = [role for role in ROLES if role in view.roles]
    return "true" if len(wanted) == len(ROLES) else f"role in ({', '.join(map(repr, wanted))})"


def _of_basis(view: View) -> str:
    left_out = [*([] if view.derived else [_DERIVED]), *([] if view.suggested else [_SUGGESTED])]
    return f"not ({' or '.join(left_out)})" if left_out else "true"


_NARROWED = {
    "publisher": "article in (select id from articles where publisher = $publisher)",
    "language": "article in (select id from articles where language = $language)",
    "fclass": "coalesce(feature in (select id from places where fclass = $fclass), false)",
    "certainty": "certainty = $certainty",
    "status": "status = $status",
}


def _narrowed(view: View) -> str:
    return " and ".join(_NARROWED[name] for name in view.narrowing) or "true"


def _chosen(view: View) -> str:
    """The condition of what a view filters beside the period."""
    return f"({_of_source(view)} and {_narrowed(view)} and {_of_role(view)} and {_of_basis(view)})"


def _counting(view: View) -> str:
    return f"({_in_period(view)} and {_chosen(view)})"


class Questions:
    """Asks one corpus. Cheap to make; each thread has its own connection."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.theatre = corpus.gazetteer.theatre

    def _ask(self, sql: str, view: View, **more: Any) -> list[tuple[Any, ...]]:
        connection = self._connection()
        if "of_place" in sql:
            feature = view.place or ""
            rows = self.once(("rows", feature), lambda: self.corpus.rows_of(feature, _OF_PLACE))
            connection.register("of_place", rows)  # a panel asks much about few rows
        first, last = view.days(self.corpus) or (EARLIEST, EARLIEST)
        values = {"first": first, "last": last, "undated": view.undated, "source": view.source, **view.narrowing, **more}
        used = {name: value for name, value in values.items() if f"${name}" in sql}
        return connection.execute(sql, used).fetchall()

    def _connection(self) -> duckdb.DuckDBPyConnection:
        held: tuple[Corpus, duckdb.DuckDBPyConnection] | None = getattr(_connections, "held", None)
        if held is None or held[0] is not self.corpus:
            connection = _database().cursor()  # what it registers is seen by no other
            connection.register("attestations", self.corpus.table)
            connection.register("articles", self.corpus.articles_table)
            connection.register("places", self.corpus.places_table)
            connection.register("drawn", self.corpus.drawn_table)
            held = _connections.held = (self.corpus, connection)
        return held[1]

    def publishers(self) -> list[tuple[str, int]]:
        """(publisher, articles) of the corpus, the most first; articles without one are not in it."""
        return self.once("publishers", lambda: self._articles_by("publisher"))

    def languages(self) -> list[tuple[str, int]]:
        """(language tag, articles) of the corpus, the most first."""
        return self.once("languages", lambda: self._articles_by("language"))

    def _articles_by(self, column: str) -> list[tuple[str, int]]:
        sql = f"select {column}, count(*) from articles where {column} is not null group by 1 order by 2 desc, 1"
        return [(value, number) for value, number in self._ask(sql, View())]

    def once(self, key: Hashable, ask: Callable[[], T]) -> T:
        """The answer to a question that depends on nothing but the corpus and the key, asked once; the 256 last used are kept."""
        kept = self.corpus.answers
        answer = kept.pop(key, _UNKNOWN)
        if answer is _UNKNOWN:
            answer = ask()
        kept[key] = answer
        for oldest in list(kept)[:-256] if len(kept) > 256 else ():
            kept.pop(oldest, None)
        return cast(T, answer)

    def counts(self, view: View) -> list[PlaceCount]:
        """Every place named, or suggested, in the period, the most often named first."""
        return self._counts(view)[0]

    def derived_counts(self, view: View) -> list[DerivedCount]:
        """Every place worked out from others in the period, the most often told first."""
        return self._counts(view)[1]

    def _counts(self, view: View) -> tuple[list[PlaceCount], list[DerivedCount]]:
        return self.once(("counts", view.start, view.end, view.undated, view.filter), lambda: self._count(view))

    def _count(self, view: View) -> tuple[list[PlaceCount], list[DerivedCount]]:
        rows = self._ask(
            f"select feature, count(*) filter (not {_SUGGESTED}), count(*) filter ({_SUGGESTED}) "
            f"from attestations where feature is not null and {_counting(view)} group by feature order by 2 desc, 3 desc, 1",
            view,
        )
        known, derived, titles = self.corpus.gazetteer.places, self.corpus.derived, self.once("expressions", self._expressions)
        places = [
            PlaceCount(known[feature], mentions, suggested) for feature, mentions, suggested in rows if feature not in derived
        ]
        worked_out = [
            DerivedCount(feature, derived[feature], titles[feature], mentions)
            for feature, mentions, _ in rows
            if feature in derived
        ]
        return places, worked_out

    def title(self, feature: str) -> str:
        """What a place, or a place worked out from others, is called: its title, or the words that tell it most often."""
        if not feature.startswith(DERIVED_MARK):
            return self.corpus.gazetteer.places[feature].title
        return self.once("expressions", self._expressions)[feature]

    def _expressions(self) -> dict[str, str]:
        told: dict[str, dict[str, int]] = {}
        sql = "select feature, surface, count(*) from attestations where derived is not null group by feature, surface order by 1, 2"
        for feature, surface, number in self._ask(sql, View()):
            words = " ".join(surface.split())
            counted = told.setdefault(feature, {})
            counted[words] = counted.get(words, 0) + number
        return {feature: min(counted, key=lambda words: (-counted[words], words)) for feature, counted in told.items()}

    def sources(self, view: View) -> list[tuple[str, str, int]]:
        """(source, as it is printed, mentions) of who says so in the period, of the chosen place if there is one; most first.

        NOT_ATTRIBUTED stands for what no source is named for. The view's own source does not matter.
        """
        free = replace(view, source=None, article=None)
        return self.once(("sources", free), lambda: self._sources(free))

    def _sources(self, view: View) -> list[tuple[str, str, int]]:
        rows = self._ask(
            f"select source, max(attributed_to), count(*) from {'of_place' if view.place else 'attestations'} where {_counting(view)} "
            "group by source order by 3 desc, 1",
            view,
        )
        return [
            (source, re.sub(r"^(?:the|an?)\s+(?=\S)", "", " ".join(printed.split()), flags=re.IGNORECASE), number)
            if source is not None
            else (NOT_ATTRIBUTED, "", number)
            for source, printed, number in rows
        ]

    def split(self, counts: Iterable[PlaceCount]) -> tuple[list[PlaceCount], list[PlaceCount]]:
        """(what the map draws, what is listed beside it)."""
        drawn: list[PlaceCount] = []
        beside: list[PlaceCount] = []
        for count in counts:
            (drawn if count.place.id in self.corpus.drawn else beside).append(count)
        return drawn, beside

    def split_derived(self, counts: Iterable[DerivedCount]) -> tuple[list[DerivedCount], list[DerivedCount]]:
        """(what the map draws, what is listed beside it): its label point lies in the theatre's box or not."""
        drawn: list[DerivedCount] = []
        beside: list[DerivedCount] = []
        for count in counts:
            (drawn if count.id in self.corpus.drawn else beside).append(count)
        return drawn, beside

    def account(self, view: View) -> Account:
        """What is shown and what is not, and why."""
        free = replace(view, place=None, article=None)
        return self.once(("account", free), lambda: self._account(free))

    def _account(self, view: View) -> Account:
        first, last = view.days(self.corpus) or (EARLIEST, EARLIEST)
        number: Counter[str] = Counter()
        undated = 0
        for start, end, part, mentions in self.once(("parts", view.filter), lambda: self._parts(view)):
            if start is None or end is None:
                number[part if view.undated else "left out"] += mentions
                undated += mentions if view.undated and part in _COUNTING else 0
            else:
                number[part if start <= last and end >= first else "out of period"] += mentions
        return Account(
            total=number.total(),
            drawn=number["drawn"],
            beside=number["beside"],
            ambiguous=number["ambiguous"],
            unresolved=number["unresolved"],
            rejected=number["rejected"],
            out_of_period=number["out of period"],
            left_out=number["left out"],
            other_sources=number["other sources"],
            other_roles=number["other roles"],
            derived_off=number["derived off"],
            suggested_off=number["suggested off"],
            undated=undated,
            articles=self._articles_counted(view, first, last),
            narrowed=number["narrowed"],
        )

    def _parts(self, view: View) -> list[tuple[date | None, date | None, str, int]]:
        """(first day, last day, part, mentions) of each interval: where they are, whatever the period.

        A slider asks for another period at every move; adding up a few thousand intervals is faster than going through the mentions.
        """
        start, end = CLOCKS[view.clock]
        off = "".join(
            f"when {basis} then '{name}' "
            for basis, name, on in ((_DERIVED, "derived off", view.derived), (_SUGGESTED, "suggested off", view.suggested))
            if not on
        )
        return self._ask(
            f"select {start}, {end}, case when not {_of_source(view)} then 'other sources' "
            f"when not ({_narrowed(view)}) then 'narrowed' "
            f"when not {_of_role(view)} then 'other roles' {off}"
            "when feature is null then status when feature in (select id from drawn) then 'drawn' else 'beside' end, count(*) "
            "from attestations group by all",
            view,
        )

    def _articles_counted(self, view: View, first: date, last: date) -> int:
        """How many articles hold a mention that counts."""
        if view.clock == "happened":  # each article tells of several times
            return int(self._ask(f"select count(distinct article) from attestations where {_counting(view)}", view)[0][0])
        sql = f"select published_start, published_end, count(distinct article) from attestations where {_chosen(view)} group by 1, 2"
        published = self.once(("articles by day", view.filter), lambda: self._ask(sql, view))
        return sum(n for start, end, n in published if (view.undated if start is None else start <= last and end >= first))

    def in_period(self, article: Article, view: View) -> bool:
        """Whether an article counts in the view's period."""
        if view.clock == "happened":
            return article.id in self.once(("articles", view.start, view.end, view.undated), lambda: self._articles_in(view))
        period = view.period(self.corpus)
        if article.published is None or period is None:
            return article.published is None and view.undated
        return article.published.start <= period[1] and article.published.end >= period[0]

    def _articles_in(self, view: View) -> frozenset[str]:
        rows = self._ask(f"select distinct article from attestations where {_in_period(view)}", view)
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
            f"where {start} is not null and {_chosen(view)} and feature in (select feature from attestations "
            f"where {start} is not null and feature is not null and {_chosen(view)} group by feature order by count(*) desc, feature "
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
            f"where {start} is not null and ($place is null or feature = $place) and {_chosen(view)} group by 1, 2",
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

    def passages(self, view: View, limit: int = PAGE_LENGTH, offset: int = 0) -> tuple[int, list[PassageHit]]:
        """(how many, one page of) the passages of the period that name the chosen place, newest first, undated last."""
        best = "any_value(published_best)" if view.clock == "published" else "max(event_end)"
        found = self._ask(
            f"select list(row), {best} as best, count(*) over () from of_place where {_counting(view)} group by article, passage "
            "order by best desc nulls last, article, passage limit $limit offset $offset",
            view,
            limit=limit,
            offset=offset,
        )
        if not found:
            return (self.passages(view, 1)[0] if offset else 0), []
        held = iter(self.corpus.rows([row for rows, *_ in found for row in rows], _OF_PASSAGE))
        passages_rows = [sorted(islice(held, len(rows)), key=itemgetter("start", "end")) for rows, *_ in found]
        articles = self.corpus.read(row["article"] for row, *_ in passages_rows)
        return found[0][-1], [self._hit(articles[rows[0]["article"]], rows) for rows in passages_rows]

    def _hit(self, article: Article, rows: Sequence[Mapping[str, Any]]) -> PassageHit:
        """What the rows of one passage tell, in the order of the text."""
        passage = rows[0]
        return PassageHit(
            article,
            passage["passage"],
            passage["passage_start"],
            passage["passage_end"],
            spans=tuple((row["start"], row["end"]) for row in rows),
            surfaces=tuple(row["surface"] for row in rows),
            reasons=tuple(row["reason"] for row in rows),
            roles=tuple(row["role"] for row in rows),
            own=tuple((row["program_place"], row["program_reason"]) for row in rows),
            bases=tuple(row["basis"] for row in rows),
            certainties=tuple(row["certainty"] for row in rows),
            sources=tuple(
                None if row["attributed_start"] is None else (row["attributed_start"], row["attributed_end"]) for row in rows
            ),
            told=tuple(told_of(article.text, [row[name] for name in TOLD_COLUMNS]) for row in rows),
        )

    def mentions_of_place(self, view: View) -> int:
        """How many mentions of the chosen place are in the period."""
        return int(self._ask(f"select count(*) from of_place where {_counting(view)}", view)[0][0])

    def articles_of_place(self, view: View) -> int:
        """How many articles name the chosen place in the period."""
        return int(self._ask(f"select count(distinct article) from of_place where {_counting(view)}", view)[0][0])

    def outside_period(self, view: View) -> int:
        """How many mentions of the chosen place the period leaves out, of those that would count else."""
        return int(self._ask(f"select count(*) from of_place where not {_in_period(view)} and {_chosen(view)}", view)[0][0])

    def aside(self, view: View) -> Aside:
        """The mentions of the chosen place in the period that do not count for another reason, each for the first that holds."""
        source, role, narrowed = _of_source(view), _of_role(view), _narrowed(view)
        off = "false" if view.suggested else _SUGGESTED
        (roles, sources, out, suggested), *_ = self._ask(
            f"select count(*) filter ({source} and {narrowed} and not {role}), count(*) filter (not {source}), "
            f"count(*) filter ({source} and not ({narrowed})), count(*) filter ({source} and {narrowed} and {role} and {off}) "
            f"from of_place where {_in_period(view)}",
            view,
        )
        return Aside(roles, sources, suggested, out)

    def unplaced(self, view: View, limit: int = 100) -> list[tuple[str, str, str, int, str, list[str]]]:
        """The first mentions in the period that have no place, as (surface, status, article id, passage, reason, candidates)."""
        return self._ask(
            "select surface, status, article, passage, reason, candidates from attestations "
            f"where status in ('ambiguous', 'unresolved') and {_counting(view)} order by surface, article, passage limit $limit",
            view,
            limit=limit,
        )

    def mentions_of_article(self, article_id: str) -> list[dict[str, Any]]:
        """All mentions of one article in text order, whatever their role or basis, as rows of the index.

        `derived` is the footprint itself; of those that begin alike, the named one comes first.
        """
        names = (
            "passage", "start", "end", "surface", "place", "feature", "status", "basis", "role", "reason", "certainty", "candidates",
            "attributed_to", "attributed_start", "attributed_end", "verdict", "program_place", "program_status", "program_reason",
            *TOLD_COLUMNS,
        )  # fmt: skip
        columns = ", ".join(f'"{name}"' for name in names)
        rows = self._ask(
            f"select {columns} from attestations where article = $article order by start, basis <> 'named', \"end\"",
            View(),
            article=article_id,
        )
        found = [dict(zip(names, row, strict=True)) for row in rows]
        text = self.corpus.articles[article_id].text if article_id in self.corpus.articles else ""
        return [
            row
            | {
                "derived": self.corpus.derived.get(row["feature"] or ""),
                "told": told_of(text, [row[name] for name in TOLD_COLUMNS]),
            }
            for row in found
        ]

    def rows(self, view: View) -> list[dict[str, Any]]:
        """All mentions that count as rows of the index (all statuses); of the chosen place only, if there is one."""
        only = " and feature = $place" if view.place else ""
        cursor_rows = self._ask(
            f"select * from attestations where {_counting(view)}{only} order by article, start, basis <> 'named', \"end\"",
            view,
            place=view.place,
        )
        return [dict(zip(self.corpus.table.column_names, row, strict=True)) for row in cursor_rows]

    def passages_of(self, article: Article) -> list[Passage]:
        """The blocks of an article's text."""
        return passages(article)

    def layer(self, article: str | None = None, view: View | None = None) -> list[dict[str, Any]]:
        """What the map draws (of one article, if it is given) with, for each, when its mentions' intervals begin and end.

        `starts` and `ends` are [day, mentions, day, mentions, …] in the order of the days (since 1970); `ends` is None where each
        interval is one day. `suggested` has the same of mere suggestions. Of the view only what it filters beside the period
        counts: the browser applies the period, as starts up to its last day less ends before its first.
        """
        chosen = view or View()
        start, end = CLOCKS[chosen.clock]
        rows = self._ask(
            f"select feature, {_SUGGESTED} as suggested, {start} - date '1970-01-01' as first, {end} - date '1970-01-01' as last, count(*) "
            f"from attestations where feature is not null and {_chosen(chosen)} and ($article is null or article = $article) "
            "group by all order by feature, suggested, first, last",
            whole(chosen),
            article=article,
        )
        layer: dict[str, dict[str, Any]] = {}
        for (feature, suggested), intervals in groupby(rows, key=itemgetter(0, 1)):
            if feature not in layer and (made := self._drawn(feature)):
                layer[feature] = made | _NO_DAYS
            if feature in layer:
                days = _series([row[2:] for row in intervals])
                layer[feature] |= {"suggested": days} if suggested else days
        return list(layer.values())

    def _drawn(self, feature: str) -> dict[str, Any] | None:
        if feature not in self.corpus.drawn:
            return None
        derived = self.corpus.derived.get(feature)
        return (
            _derived_feature(feature, derived, self.title(feature))
            if derived
            else _feature(self.corpus.gazetteer.places[feature])
        )

    def listed(self) -> list[ListedArticle]:
        """Every article with what a list shows of it, the newest first, the undated last."""
        return self.once("listed", self._listed)

    def _listed(self) -> list[ListedArticle]:
        articles = self.corpus.articles
        if isinstance(articles, StoredArticles):
            rows = articles.listed("id", "title", "publisher", "published_best")
        else:
            rows = [(a.id, a.title, a.publisher, a.published and a.published.best) for a in articles.values()]
        rows.sort(key=lambda row: (row[3] or date.min, row[0]), reverse=True)
        return [ListedArticle(*row) for row in rows]

    def find_articles(self, words: str, publishers: Collection[str] = ()) -> list[ListedArticle]:
        """The articles of some publishers (none named: of all) that have the words in their title or a passage, the best match first.

        Without words, the newest first. The words are a query of fulltext.search.
        """
        among = [article for article in self.listed() if not publishers or article.publisher in publishers]
        if not words.strip():
            return among
        found: dict[str, None] = {}
        for hit in self._hits(words):
            found.setdefault(hit.article)
        by_id = {article.id: article for article in among}
        return [by_id[article_id] for article_id in found if article_id in by_id]

    def _hits(self, words: str) -> list[fulltext.Hit]:
        if self.corpus.search:
            return fulltext.search(self.corpus.search, words, MOST_HITS)[1]
        index = self.once("fulltext", lambda: fulltext.build_in_memory(searched(self.corpus.articles.values())))
        return index.search(words, MOST_HITS)[1]

    def search(self, words: str, limit: int = 50, view: View | None = None) -> list[Place]:
        """Places whose name in any spelling or script begins with, or holds, the words; the named ones first."""
        wanted = fold_name(words)
        if not wanted:
            return []
        named = {count.place.id: count.mentions for count in self.counts(whole(view or View()))}
        ranked = []
        for name, ids in self.corpus.gazetteer.names.items():
            if wanted in name:
                quality = 0 if name == wanted else 1 if name.startswith(wanted) else 2 if f" {wanted}" in name else 3
                ranked += [(quality, -named.get(i, 0), -self.corpus.gazetteer.places[i].significance, i) for i in ids]
        seen: dict[str, None] = {}
        for *_, place_id in sorted(ranked):
            seen.setdefault(place_id)
        return [self.corpus.gazetteer.places[place_id] for place_id in list(seen)[:limit]]


def told_of(text: str, row: Sequence[Any]) -> Told | None:
    """When what is told happened, from a row's event_start, _end, _kind, date_precision, event_words_start, _end, _rule, _link."""
    start, end, kind, precision, words_start, words_end, rule, link = row
    if start is None:
        return None
    interval = TimeInterval(start, end, kind, precision)
    return Told(TimeExpression(words_start, words_end, text[words_start:words_end], interval, rule), link)


def _series(intervals: Sequence[tuple[int | None, int, int]]) -> dict[str, Any]:
    """The (first day, last day, mentions) of a feature, by first day, as a layer holds them; without days those that are not dated."""
    starts: list[int] = []
    ends: Counter[int] = Counter()
    undated = 0
    for first, last, number in intervals:
        if first is None:
            undated += number
            continue
        ends[last] += number
        if starts and starts[-2] == first:
            starts[-1] += number
        else:
            starts += (first, number)
    told = [value for pair in sorted(ends.items()) for value in pair]
    return {"starts": starts, "ends": None if told == starts else told, "undated": undated}


_UNKNOWN: Any = object()
_NO_DAYS: dict[str, Any] = {"starts": [], "ends": None, "undated": 0}


def day_number(day: date) -> int:
    """Days since 1 January 1970, as the browser counts them."""
    return (day - date(1970, 1, 1)).days


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


def _feature(place: Place) -> dict[str, Any]:
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
    }
    if place.drawn != "dot":
        feature["geometry"] = footprint.geometry
    return feature


def _derived_feature(feature: str, derived: DerivedFootprint, title: str) -> dict[str, Any]:
    """A derived footprint as the map draws it: an open circle with its uncertainty, or a light area; never as its anchor's dot."""
    footprint, geometry = derived.footprint, derived.footprint.geometry
    made: dict[str, Any] = {
        "id": feature,
        "title": title,
        "drawn": "circle" if derived.shape == "point" else "vague",
        "lon": footprint.longitude,
        "lat": footprint.latitude,
        "uncertainty": footprint.uncertainty_m,
        "certainty": footprint.certainty,
    }
    if derived.shape != "point":
        made["geometry"] = geometry
        if (
            geometry["type"] == "Polygon" and len(geometry["coordinates"]) > 1
        ):  # a ring: its label stands on it, not in its middle
            outer, inner = (max(ring, key=lambda point: point[1]) for ring in geometry["coordinates"][:2])
            made |= {"lon": outer[0], "lat": (outer[1] + inner[1]) / 2}
    return made
