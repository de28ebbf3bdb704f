"""The view: what a reader chose, as the page's address holds it. Counts, lists, layers and exports all follow it."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from conflictmap.index import Corpus
from conflictmap.questions.filters import FILTERS, LOCATIONS, NARROWING, NOT_ATTRIBUTED, Filter

Clock = Literal["published", "happened"]
CLOCKS: dict[Clock, tuple[str, str]] = {
    "published": ("published_start", "published_end"),
    "happened": ("event_start", "event_end"),
}
"""The columns of the index for each clock: the first and last day of publication, or of the event."""


class Parameter(NamedTuple):
    """A parameter of the page's address that is no filter: the field of View that it holds, its meaning, and both directions.

    `read` makes a value of the address's text (None: absent), `write` a text of a value (None: left out). Filters have the same fields.
    """

    field: str
    parameter: str
    documented: str
    read: Callable[[str | None], Any]
    write: Callable[[Any], str | None]


def _read_text(text: str | None) -> str | None:
    return text or None


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _write_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


ADDRESS: tuple[Parameter | Filter, ...] = (
    Parameter("place", "place", "id of the chosen place", _read_text, _read_text),
    Parameter("article", "article", "id of the article that is open", _read_text, _read_text),
    Parameter("start", "from", "first day of the period, YYYY-MM-DD; absent: the corpus's first", _read_day, _write_day),
    Parameter("end", "to", "last day of the period, YYYY-MM-DD; absent: the corpus's last", _read_day, _write_day),
    Parameter(
        "clock", "clock", "happened: the period is one of event dates; absent: of publication dates",
        read=lambda text: "happened" if text == "happened" else "published",
        write=lambda clock: None if clock == "published" else clock,
    ),
    Parameter(
        "undated", "undated", "0: leave out mentions without a date on the clock; absent: they count in every period",
        read=lambda text: text != "0",
        write=lambda undated: None if undated else "0",
    ),
    *FILTERS,
)  # fmt: skip
"""Every parameter of the page's address: the view is the URL."""

QUERY_FIELDS = {one.parameter: one.documented for one in ADDRESS}
"""Parameter -> its meaning."""


@dataclass(frozen=True, slots=True)
class View:
    """What a reader chose. The period, `start` to `end`, includes both days; None stands for the corpus's first or last day."""

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
        """The view of an address. Invalid and unknown parameters are ignored; a reversed period is turned round."""
        view = cls(**{one.field: one.read(query.get(one.parameter)) for one in ADDRESS})
        return replace(view, start=view.end, end=view.start) if view.start and view.end and view.start > view.end else view

    def to_query(self) -> dict[str, str]:
        """The parameters of the view's address, without those at their default."""
        written = {one.parameter: one.write(getattr(self, one.field)) for one in ADDRESS}
        return {parameter: text for parameter, text in written.items() if text}

    @property
    def filter(self) -> tuple[Hashable, ...]:
        """The clock and the filters as a key: all that a layer depends on."""
        return self.clock, *(getattr(self, one.field) for one in FILTERS)

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters that choose one value of a column, as far as they are set: field -> value."""
        values = {name: getattr(self, name) for name in NARROWING}
        return {name: value for name, value in values.items() if value is not None}

    def within(self, corpus: Corpus) -> View:
        """The view without what the corpus does not have: place, source, article, publisher, language, days outside its period.

        An end of the period becomes None where it reaches the corpus's own. A former id of a place becomes its present one.
        """
        place = corpus.gazetteer.get(self.place) if self.place else None
        derived = self.place if self.place in corpus.derived else None
        known = replace(
            self,
            place=place.id if place else derived,
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
        """The first and last day of the slider on the view's clock, or None if nothing has a date there."""
        return corpus.period if self.clock == "published" else corpus.told

    def period(self, corpus: Corpus) -> tuple[date, date] | None:
        """The chosen first and last day, or None if nothing has a date on the view's clock."""
        span = self.whole_period(corpus)
        return (self.start or span[0], self.end or span[1]) if span else None

    def days(self, corpus: Corpus) -> tuple[date, date] | None:
        """The first and last day that count: as `period`, but unbounded where the period reaches an end of the slider."""
        if self.whole_period(corpus) is None:
            return None
        return self.start or EARLIEST, self.end or LATEST


EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)
"""The ends of an unbounded period."""


def whole(view: View) -> View:
    """The view with its clock and filters only: the whole period, no place, no article."""
    return replace(view, place=None, article=None, start=None, end=None, undated=True)
