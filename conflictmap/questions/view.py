"""The view: what a reader chose, as the page's address holds it. Every count, list, layer and export follows it alike."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from conflictmap.index import Corpus
from conflictmap.questions.filters import FILTERS, LOCATIONS, NARROWING, NOT_ATTRIBUTED

Clock = Literal["published", "happened"]
CLOCKS: dict[Clock, tuple[str, str]] = {
    "published": ("published_start", "published_end"),
    "happened": ("event_start", "event_end"),
}
"""Each clock's columns of the index: when the article appeared, and when what it tells happened."""

QUERY_FIELDS = {
    "place": "id of the chosen place",
    "article": "id of the article that is open",
    "from": "first day of the period, YYYY-MM-DD; absent: the corpus's first",
    "to": "last day of the period, YYYY-MM-DD; absent: the corpus's last",
    "clock": "happened: the period is of the days that the texts tell of; absent: of the days of publication",
    "undated": "0: leave out what the clock has no date for; absent: it counts whatever the period",
    **{one.parameter: one.documented for one in FILTERS},
}
"""Every parameter of the page's address and its meaning: the view is the URL."""


@dataclass(frozen=True, slots=True)
class View:
    """What a reader chose. `start` and `end` are None for the whole of the corpus."""

    place: str | None = None
    article: str | None = None
    start: date | None = None
    end: date | None = None
    undated: bool = True
    roles: frozenset[str] = LOCATIONS
    source: str | None = None
    derived: bool = True
    suggested: bool = False
    clock: Clock = "published"
    publisher: str | None = None
    language: str | None = None
    fclass: str | None = None
    certainty: str | None = None
    status: str | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> View:
        """The view of an address. What makes no sense in it is passed over; a period the wrong way round is turned."""
        start, end = _day(query.get("from")), _day(query.get("to"))
        if start and end and start > end:
            start, end = end, start
        return cls(
            place=query.get("place") or None,
            article=query.get("article") or None,
            start=start,
            end=end,
            undated=query.get("undated") != "0",
            clock="happened" if query.get("clock") == "happened" else "published",
            **{one.field: one.read(query.get(one.parameter)) for one in FILTERS},
        )

    def to_query(self) -> dict[str, str]:
        """The address of the view, without what is at its default."""
        fields = {
            "place": self.place,
            "article": self.article,
            "from": self.start and self.start.isoformat(),
            "to": self.end and self.end.isoformat(),
            "clock": None if self.clock == "published" else self.clock,
            "undated": None if self.undated else "0",
            **{one.parameter: one.write(getattr(self, one.field)) for one in FILTERS},
        }
        return {name: value for name, value in fields.items() if value}

    @property
    def filter(self) -> tuple[Hashable, ...]:
        """What it filters beside the period: what a layer depends on."""
        return self.clock, *(getattr(self, one.field) for one in FILTERS)

    @property
    def narrowing(self) -> dict[str, str]:
        """Those filters that choose one value of a column, as far as they are set."""
        values = {name: getattr(self, name) for name in NARROWING}
        return {name: value for name, value in values.items() if value is not None}

    def within(self, corpus: Corpus) -> View:
        """The view with a place, a source, an article, a publisher and a language that there are, and a period inside the corpus's.

        A period's end is None where it reaches to the corpus's own. A former id of a place leads to its present one.
        """
        place = corpus.gazetteer.get(self.place) if self.place else None
        worked_out = self.place if self.place in corpus.derived else None
        known = replace(
            self,
            place=place.id if place else worked_out,
            source=self.source if self.source == NOT_ATTRIBUTED or self.source in corpus.sources else None,
            article=self.article if self.article in corpus.articles else None,
            publisher=self.publisher if self.publisher in corpus.publishers else None,
            language=self.language if self.language in corpus.languages else None,
            start=None,
            end=None,
        )
        whole_period = self.whole_period(corpus)
        if whole_period is None:
            return known
        first, last = whole_period
        start, end = self.start or first, self.end or last
        if start > last or end < first:
            return known
        return replace(known, start=start if start > first else None, end=end if end < last else None)

    def whole_period(self, corpus: Corpus) -> tuple[date, date] | None:
        """What the slider runs over on the view's clock, or None if that clock has no date at all."""
        return corpus.period if self.clock == "published" else corpus.told

    def period(self, corpus: Corpus) -> tuple[date, date] | None:
        """The chosen first and last day, or None if the view's clock has no date."""
        span = self.whole_period(corpus)
        return (self.start or span[0], self.end or span[1]) if span else None

    def days(self, corpus: Corpus) -> tuple[date, date] | None:
        """The days that count: as `period`, but where it reaches the slider's end, whatever lies beyond as well."""
        if self.whole_period(corpus) is None:
            return None
        return self.start or EARLIEST, self.end or LATEST


EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)
"""Stand for the ends of a period that is not bounded."""


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def whole(view: View) -> View:
    """What a view filters, over the whole period of the corpus and with nothing chosen."""
    return replace(view, place=None, article=None, start=None, end=None, undated=True)
