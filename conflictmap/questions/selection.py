"""The questions that the screens ask of the index, for a view: what a reader chose.

What a view filters (roles, source, publisher, language, feature class, certainty, status, suggested and worked-out places) holds for every
count, list, layer and export alike. An interval belongs to a period if it overlaps it, first and last day included. The answers come
from DuckDB over the Arrow table; nothing here draws or prints. What is asked about time is in overtime, about passages in passagehits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from conflictmap.index import Hit, build_in_memory, search, searched
from conflictmap.model import Article, DerivedFootprint, Passage, Place
from conflictmap.questions import conditions
from conflictmap.questions.filters import NOT_ATTRIBUTED
from conflictmap.questions.over_time import OverTime
from conflictmap.questions.passages import PassageHits
from conflictmap.questions.view import CLOCKS, EARLIEST, View, whole
from conflictmap.text import fold_name, passages

MOST_HITS = 2000
"""Passages of a search that are looked at, the best."""
_COUNTING = frozenset({"drawn", "beside", "ambiguous", "unresolved", "rejected"})
"""The parts of an account that count."""


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

    @property
    def id(self) -> str:
        """The place's."""
        return self.place.id


@dataclass(frozen=True, slots=True)
class DerivedCount:
    """How often a place worked out from others is told in the period."""

    id: str
    derived: DerivedFootprint
    title: str
    mentions: int


Counted = TypeVar("Counted", PlaceCount, DerivedCount)


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


class Questions(OverTime, PassageHits):
    """Asks one corpus. Cheap to make; each thread has its own connection."""

    def publishers(self) -> list[tuple[str, int]]:
        """(publisher, articles) of the corpus, the most first; articles without one are not in it."""
        return self.once("publishers", lambda: self._articles_by("publisher"))

    def languages(self) -> list[tuple[str, int]]:
        """(language tag, articles) of the corpus, the most first."""
        return self.once("languages", lambda: self._articles_by("language"))

    def _articles_by(self, column: str) -> list[tuple[str, int]]:
        sql = f"select {column}, count(*) from articles where {column} is not null group by 1 order by 2 desc, 1"
        return [(value, number) for value, number in self._ask(sql, View())]

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
            f"select feature, count(*) filter (not {conditions.SUGGESTED}), count(*) filter ({conditions.SUGGESTED}) "
            f"from attestations where feature is not null and {conditions.counting(view)} group by feature order by 2 desc, 3 desc, 1",
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

    def sources(self, view: View) -> list[tuple[str, str, int]]:
        """(source, as it is printed, mentions) of who says so in the period, of the chosen place if there is one; most first.

        NOT_ATTRIBUTED stands for what no source is named for. The view's own source does not matter.
        """
        free = replace(view, source=None, article=None)
        return self.once(("sources", free), lambda: self._sources(free))

    def _sources(self, view: View) -> list[tuple[str, str, int]]:
        rows = self._ask(
            f"select source, max(attributed_to), count(*) from {'of_place' if view.place else 'attestations'} where {conditions.counting(view)} "
            "group by source order by 3 desc, 1",
            view,
        )
        return [
            (source, re.sub(r"^(?:the|an?)\s+(?=\S)", "", " ".join(printed.split()), flags=re.IGNORECASE), number)
            if source is not None
            else (NOT_ATTRIBUTED, "", number)
            for source, printed, number in rows
        ]

    def split(self, counts: Iterable[Counted]) -> tuple[list[Counted], list[Counted]]:
        """(what the map draws, what is listed beside it): whether it belongs to the theatre, and lies in its box."""
        drawn: list[Counted] = []
        beside: list[Counted] = []
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
            for basis, name, on in (
                (conditions.DERIVED, "derived off", view.derived),
                (conditions.SUGGESTED, "suggested off", view.suggested),
            )
            if not on
        )
        return self._ask(
            f"select {start}, {end}, case when not {conditions.passes('source', view)} then 'other sources' "
            f"when not ({conditions.narrowed(view)}) then 'narrowed' "
            f"when not {conditions.passes('roles', view)} then 'other roles' {off}"
            "when feature is null then status when feature in (select id from drawn) then 'drawn' else 'beside' end, count(*) "
            "from attestations group by all",
            view,
        )

    def _articles_counted(self, view: View, first: date, last: date) -> int:
        """How many articles hold a mention that counts."""
        if view.clock == "happened":  # each article tells of several times
            return int(
                self._ask(f"select count(distinct article) from attestations where {conditions.counting(view)}", view)[0][0]
            )
        sql = f"select published_start, published_end, count(distinct article) from attestations where {conditions.chosen(view)} group by 1, 2"
        published = self.once(("articles by day", view.filter), lambda: self._ask(sql, view))
        return sum(n for start, end, n in published if (view.undated if start is None else start <= last and end >= first))

    def unplaced(self, view: View, limit: int = 100) -> list[tuple[str, str, str, int, str, list[str]]]:
        """The first mentions in the period that have no place, as (surface, status, article id, passage, reason, candidates)."""
        return self._ask(
            "select surface, status, article, passage, reason, candidates from attestations "
            f"where status in ('ambiguous', 'unresolved') and {conditions.counting(view)} order by surface, article, passage limit $limit",
            view,
            limit=limit,
        )

    def rows(self, view: View) -> list[dict[str, Any]]:
        """All mentions that count as rows of the index (all statuses); of the chosen place only, if there is one."""
        only = " and feature = $place" if view.place else ""
        cursor_rows = self._ask(
            f"select * from attestations where {conditions.counting(view)}{only} order by article, start, basis <> 'named', \"end\"",
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
            f"select feature, {conditions.SUGGESTED} as suggested, {start} - date '1970-01-01' as first, {end} - date '1970-01-01' as last, count(*) "
            f"from attestations where feature is not null and {conditions.chosen(chosen)} and ($article is null or article = $article) "
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
        rows = self.corpus.articles.listed("id", "title", "publisher", "published_best")
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

    def _hits(self, words: str) -> list[Hit]:
        if self.corpus.search:
            return search(self.corpus.search, words, MOST_HITS)[1]
        index = self.once("fulltext", lambda: build_in_memory(searched(self.corpus.articles.values())))
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


_NO_DAYS: dict[str, Any] = {"starts": [], "ends": None, "undated": 0}


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
