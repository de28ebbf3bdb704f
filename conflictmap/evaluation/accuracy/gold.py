"""What a gold text holds: toponyms, derived and suggested places as their author marked them; and reading fields that may be anything."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from conflictmap.errors import DataError, Problem, error

ASTRAY = 50
"""How many code points around its offsets a name is searched for: corpora count bytes or UTF-16, or were edited after the marking."""


MAX_BYTES = 64_000_000
"""No larger file is read: the largest corpus of the field has 4 MB."""


TextOf = Callable[[str], str | None]
"""The text of a source that annotations point to; None if there is none."""


Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """A marked toponym. No coordinates and no `status`: nobody knows where it lies, so it is not judged.

    `status` says that it must get no place: unresolved or ambiguous. `attribution` is whether anybody marked who says so.
    """

    start: int
    end: int
    surface: str
    latitude: float | None = None
    longitude: float | None = None
    fclass: str | None = None
    place: str | None = None
    role: str | None = None
    status: str | None = None
    attribution: bool = False
    attributed_to: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class GoldDerived:
    """A marked phrase that locates a place by its anchors, and where that is, within the tolerance."""

    start: int
    end: int
    latitude: float
    longitude: float
    tolerance_km: float
    shape: str | None = None


@dataclass(frozen=True, slots=True)
class GoldSuggested:
    """A marked name that the gazetteer lacks, and the place that should be suggested for it."""

    start: int
    end: int
    place: str | None
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with what is marked in it; `derived` and `suggested` are None in a file that marks none of the kind."""

    id: str
    text: str
    toponyms: tuple[GoldToponym, ...]
    derived: tuple[GoldDerived, ...] | None = None
    suggested: tuple[GoldSuggested, ...] | None = None


@dataclass
class Gold:
    """What a gold file holds, what is wrong with it, and how many toponyms stood beside their offsets and were found nearby."""

    texts: list[GoldText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    mended: int = 0


# --- our JSON Lines -------------------------------------------------------------------------------------------


def records(file: str, text: str, make: Callable[[str, str, Any], Made], problems: list[Problem]) -> Iterator[Made]:
    """What `make` (of file, record and parsed JSON) makes of each line; a broken line is reported, the others go on."""
    for number, line in enumerate(text.split("\n"), start=1):  # not splitlines: a text may hold other separators
        if not line.strip():
            continue
        record = f"line {number}"
        try:
            made = make(file, record, json.loads(line))
        except DataError as failure:
            problems.append(failure.problem)
        except (ValueError, RecursionError) as failure:
            problems.append(error(file, record, "", f"not valid JSON: {failure}"))
        else:
            yield made


@dataclass(frozen=True, slots=True)
class Fields:
    """Reads the parts of a record; each raises DataError, which says the field."""

    file: str
    record: str
    text: str

    def wrong(self, where: str, message: str) -> DataError:
        return DataError(error(self.file, self.record, where, message))

    def items(self, fields: dict[str, Any], name: str, needed: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
        found = fields.get(name)
        if found is None and needed:
            raise self.wrong(name, "missing")
        if not isinstance(found, list):
            raise self.wrong(name, "is not a list")
        for number, one in enumerate(found):
            if not isinstance(one, dict):
                raise self.wrong(f"{name}[{number}]", "is not an object")
            yield f"{name}[{number}]", one

    def span(self, where: str, start: Any, end: Any) -> tuple[int, int]:
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(self.text):
            raise self.wrong(where, f"{start!r} to {end!r} is no span of the text")
        return start, end

    def point(self, where: str, fields: dict[str, Any]) -> tuple[float, float]:
        latitude, longitude = fields.get("lat"), fields.get("lon")
        if not is_point(latitude, longitude):
            raise self.wrong(where, f"{latitude!r}, {longitude!r} are no lat and lon")
        return float(latitude), float(longitude)  # type: ignore[arg-type]

    def word(self, where: str, fields: dict[str, Any], name: str) -> str | None:
        value = fields.get(name)
        if value is not None and not isinstance(value, str):
            raise self.wrong(f"{where}.{name}", "is not text")
        return value

    def surface(self, where: str, fields: dict[str, Any]) -> tuple[int, int]:
        start, end = self.span(where, fields.get("start"), fields.get("end"))
        if self.text[start:end] != fields.get("surface"):
            raise self.wrong(f"{where}.surface", f"{fields.get('surface')!r} is not what stands at its offsets")
        return start, end

    def toponym(self, where: str, fields: dict[str, Any]) -> GoldToponym:
        start, end = self.surface(where, fields)
        known = fields.get("lat") is not None or fields.get("lon") is not None
        latitude, longitude = self.point(where, fields) if known else (None, None)
        status = self.word(where, fields, "status")
        if status not in (None, "unresolved", "ambiguous"):
            raise self.wrong(f"{where}.status", f"{status!r} is neither unresolved nor ambiguous")
        source = fields.get("attributed_to")
        if source is not None and not (isinstance(source, list) and len(source) == 2):
            raise self.wrong(f"{where}.attributed_to", "is neither [start, end] nor null")
        return GoldToponym(
            start,
            end,
            self.text[start:end],
            latitude,
            longitude,
            self.word(where, fields, "fclass"),
            self.word(where, fields, "place"),
            self.word(where, fields, "role") or "location",
            status,
            "attributed_to" in fields,
            self.span(f"{where}.attributed_to", *source) if source else None,
        )

    def derived(self, where: str, fields: dict[str, Any]) -> GoldDerived:
        span, point = self.span(where, fields.get("start"), fields.get("end")), self.point(where, fields)
        tolerance = fields.get("tolerance_km")
        if isinstance(tolerance, bool) or not isinstance(tolerance, int | float) or not 0 < tolerance < 20_100:
            raise self.wrong(f"{where}.tolerance_km", f"{tolerance!r} is no distance on the Earth")
        return GoldDerived(*span, *point, float(tolerance), self.word(where, fields, "shape"))

    def suggested(self, where: str, fields: dict[str, Any]) -> GoldSuggested:
        span, point = self.span(where, fields.get("start"), fields.get("end")), self.point(where, fields)
        return GoldSuggested(*span, self.word(where, fields, "place"), *point)


def is_point(latitude: Any, longitude: Any) -> bool:
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (latitude, longitude))
    return numbers and abs(latitude) <= 90 and abs(longitude) <= 180


def near(text: str, start: int, phrase: str) -> tuple[int, int] | None:
    """Where a phrase stands nearest to an offset, at most ASTRAY away, any white space for each of its own; None: nowhere."""
    if not -ASTRAY <= start <= len(text) + ASTRAY:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, phrase.split())))
    found = pattern.finditer(text, max(0, start - ASTRAY), max(0, start + ASTRAY + 2 * len(phrase)))
    spans = [match.span() for match in found if abs(match.start() - start) <= ASTRAY and match.end() > match.start()]
    return min(spans, key=lambda span: abs(span[0] - start), default=None)
