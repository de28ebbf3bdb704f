"""Gold files of the formats that the field uses -> texts with their marked toponyms. Nothing here touches the disk.

Told apart by what they hold, not by their names: our JSON Lines (tests/data/gold/README.md); the XML of LGL and TR-News (offsets
from 0) and of GeoVirus (offsets from 1); W3C Web Annotations in JSON-LD, as Recogito writes them, whose texts are files of their own.
A text of which any part is broken is left out and reported: measured half-marked, it would call right answers false.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from xml.etree import ElementTree

from conflictmap.errors import DataError, Problem, error, warning

MAX_BYTES = 64_000_000
"""No larger file is read: the largest corpus of the field has 4 MB."""
ASTRAY = 50
"""How many code points around its offsets a name is searched for: corpora count bytes or UTF-16, or were edited after the marking."""
PLACE_PURPOSES = frozenset({"identifying", "geotagging", "georeferencing"})
"""Purposes of a body that says which place is meant: W3C's own, Recogito's widget's, Recogito's export's."""

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


def parse_gold(file: str, data: bytes, text_of: TextOf | None = None) -> Gold:
    """The texts of a gold file in any of the formats. Raises DataError if it is in none of them."""
    if len(data) > MAX_BYTES:
        raise DataError(error(file, "", "", f"is larger than {MAX_BYTES:,} bytes"))
    gold = Gold()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        _from_xml(file, data, gold)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as failure:
            raise DataError(error(file, "", "", f"cannot be read: {failure}")) from failure
        document = _annotations_document(text)
        if document is None:
            _from_json_lines(file, text, gold)
        else:
            _from_annotations(file, document, text_of, gold)
    if not gold.texts and not gold.problems:
        gold.problems.append(error(file, "", "", "holds no text"))
    return gold


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


def _from_json_lines(file: str, text: str, gold: Gold) -> None:
    gold.texts += records(file, text, _record, gold.problems)
    # What one record marks, the file marks: a record without the key holds none.
    if any(one.derived is not None for one in gold.texts):
        gold.texts = [replace(one, derived=one.derived or ()) for one in gold.texts]
    if any(one.suggested is not None for one in gold.texts):
        gold.texts = [replace(one, suggested=one.suggested or ()) for one in gold.texts]


def _record(file: str, record: str, fields: Any) -> GoldText:
    if not isinstance(fields, dict):
        raise DataError(error(file, record, "", "not a JSON object"))
    text = fields.get("text")
    if not isinstance(text, str):
        raise DataError(error(file, record, "text", "missing, or not text"))
    read = Fields(file, record, text)
    return GoldText(
        str(fields.get("id", record)),
        text,
        tuple(read.toponym(where, one) for where, one in read.items(fields, "toponyms", needed=True)),
        None if fields.get("derived") is None else tuple(read.derived(w, one) for w, one in read.items(fields, "derived")),
        None if fields.get("suggested") is None else tuple(read.suggested(w, one) for w, one in read.items(fields, "suggested")),
    )


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
        if not _is_point(latitude, longitude):
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


def _is_point(latitude: Any, longitude: Any) -> bool:
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (latitude, longitude))
    return numbers and abs(latitude) <= 90 and abs(longitude) <= 180


# --- XML of LGL, TR-News, GeoVirus ----------------------------------------------------------------------------


class _Builder(ElementTree.TreeBuilder):
    """Keeps each article as it ends, so that a file that breaks off loses no whole one; takes no document type declaration.

    Entities, which can swell to any size or name other files, can be declared nowhere else. Refused here and not by a look at
    the bytes, which an encoding could hide it from, and in which a text may speak of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.articles: list[ElementTree.Element] = []

    def doctype(self, *_: object) -> None:
        raise ValueError("a <!DOCTYPE> is not accepted, nor the entities that it may declare")

    def end(self, tag: str) -> ElementTree.Element:
        element = super().end(tag)
        if tag == "article":
            self.articles.append(element)
        return element


def _from_xml(file: str, data: bytes, gold: Gold) -> None:
    builder = _Builder()
    parser = ElementTree.XMLParser(target=builder)
    try:
        parser.feed(data)
        parser.close()
    except (ElementTree.ParseError, RecursionError) as failure:
        gold.problems.append(error(file, f"article {len(builder.articles) + 1}", "", f"not well-formed XML: {failure}"))
    except (ValueError, LookupError) as failure:  # LookupError: an encoding that nobody knows
        raise DataError(error(file, "", "", f"cannot be read: {failure}")) from failure
    for number, article in enumerate(builder.articles, start=1):
        record = article.get("docid") or f"article {number}"
        try:
            text, mended = _article(file, record, article)
        except DataError as failure:
            gold.problems.append(failure.problem)
        else:
            gold.texts.append(text)
            gold.mended += mended


def _article(file: str, record: str, article: ElementTree.Element) -> tuple[GoldText, int]:
    text = "".join(part for element in article.findall("text")[:1] for part in element.itertext())
    read = Fields(file, record, text)
    if not text.strip():
        raise read.wrong("text", "missing or empty")
    toponyms: list[GoldToponym] = []
    mended = 0
    if article.find("toponyms") is None and article.find("locations") is None:
        raise read.wrong("", "has neither <toponyms> (LGL, TR-News) nor <locations> (GeoVirus)")
    for path, phrase, first in (("toponyms/toponym", "phrase", 0), ("locations/location", "name", 1)):
        for number, element in enumerate(article.findall(path)):
            where = f"{path}[{number}]"
            name = " ".join((element.findtext(phrase) or "").split())
            if not name:
                raise read.wrong(f"{where}.{phrase}", "missing or empty")
            start, end = (_number(read, where, element, tag, int) for tag in ("start", "end"))
            if start is None or end is None:
                raise read.wrong(where, "has no start and end")
            span = near(text, int(start) - first, name)
            if span is None:
                raise read.wrong(where, f"{name!r} does not stand within {ASTRAY} characters of {start}")
            mended += span != (start - first, end - first)
            toponyms.append(_with_place(read, where, element, span))
    return GoldText(record, text, tuple(sorted(toponyms, key=lambda one: one.start))), mended


def _with_place(read: Fields, where: str, element: ElementTree.Element, span: tuple[int, int]) -> GoldToponym:
    tag = element.find("gaztag")
    tag = element if tag is None else tag  # GeoVirus has no tag of the gazetteer: the figures stand beside the name
    latitude, longitude = (_number(read, where, tag, name, float) for name in ("lat", "lon"))
    if (latitude is None) != (longitude is None) or (latitude is not None and not _is_point(latitude, longitude)):
        raise read.wrong(where, f"{latitude}, {longitude} are no lat and lon")
    fclass = (tag.findtext("fclass") or "").strip() or None
    place = (element.findtext("page") or tag.findtext("name") or "").strip() or None
    return GoldToponym(*span, read.text[slice(*span)], latitude, longitude, fclass, place)


def _number(read: Fields, where: str, element: ElementTree.Element, tag: str, kind: Callable[[str], float]) -> float | None:
    told = (element.findtext(tag) or "").strip()
    try:
        return kind(told) if told else None
    except ValueError as failure:
        raise read.wrong(f"{where}.{tag}", f"{told[:40]!r} is no number") from failure


def near(text: str, start: int, phrase: str) -> tuple[int, int] | None:
    """Where a phrase stands nearest to an offset, at most ASTRAY away, any white space for each of its own; None: nowhere."""
    if not -ASTRAY <= start <= len(text) + ASTRAY:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, phrase.split())))
    found = pattern.finditer(text, max(0, start - ASTRAY), max(0, start + ASTRAY + 2 * len(phrase)))
    spans = [match.span() for match in found if abs(match.start() - start) <= ASTRAY and match.end() > match.start()]
    return min(spans, key=lambda span: abs(span[0] - start), default=None)


# --- W3C Web Annotations --------------------------------------------------------------------------------------


def _annotations_document(text: str) -> Any:
    """The JSON-LD that a text is, or None: then it is JSON Lines."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(document, list):
        return document
    is_ours = not isinstance(document, dict) or "text" in document or "toponyms" in document
    return None if is_ours else document


def _from_annotations(file: str, document: Any, text_of: TextOf | None, gold: Gold) -> None:
    found: dict[str, list[tuple[str, dict[str, Any], dict[str, Any]]]] = {}
    for number, annotation in enumerate(_annotations(file, document, gold)):
        record = str(annotation.get("id") or annotation.get("@id") or f"annotation {number + 1}")[:200]
        targets = annotation.get("target")
        for target in targets if isinstance(targets, list) else [targets]:
            source = _source(target)
            if source is None or not isinstance(target, dict):
                gold.problems.append(error(file, record, "target", "has no source with a selector"))
            else:
                found.setdefault(source, []).append((record, annotation, target))
    for source, marked in found.items():
        text = _text_of(file, source, text_of, gold)
        if text is None:
            continue
        try:
            toponyms = []
            mended = 0
            for record, annotation, target in marked:
                read = Fields(file, record, text)
                if not _is_place(annotation):
                    continue
                span, moved = _anchor(read, target)
                mended += moved
                toponyms.append(_identified(read, annotation, span))
        except DataError as failure:
            gold.problems.append(failure.problem)
        except OverflowError as failure:
            gold.problems.append(error(file, source, "body", f"a coordinate is out of all range: {failure}"))
        else:
            gold.texts.append(GoldText(source, text, tuple(sorted(toponyms, key=lambda one: one.start))))
            gold.mended += mended


def _annotations(file: str, document: Any, gold: Gold) -> Iterator[dict[str, Any]]:
    """The annotations of a list, page, collection or graph, in order."""
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif not isinstance(node, dict):
            gold.problems.append(error(file, "", "", f"{str(node)[:80]!r} is no annotation"))
        elif "target" in node:
            yield node
        elif any(name in node for name in ("items", "first", "next", "@graph")):
            pages = [node[name] for name in ("items", "@graph", "first", "next") if name in node]
            for page in pages:
                if isinstance(page, str):  # a page's address; nothing is fetched
                    gold.problems.append(warning(file, "", "", f"the page {page[:80]!r} is not in the file: left out"))
            waiting += reversed([page for page in pages if not isinstance(page, str)])
        else:
            gold.problems.append(error(file, str(node.get("id", ""))[:200], "target", "missing: this is no annotation"))


def _source(target: Any) -> str | None:
    source = target.get("source") if isinstance(target, dict) else None
    source = source.get("id") if isinstance(source, dict) else source
    return source if isinstance(source, str) and source else None


def _text_of(file: str, source: str, text_of: TextOf | None, gold: Gold) -> str | None:
    if text_of is None:
        gold.problems.append(error(file, source, "target.source", "its text is needed: name the folder with --texts"))
        return None
    try:
        text = text_of(source)
    except DataError as failure:
        gold.problems.append(failure.problem)
        return None
    if text is None:
        gold.problems.append(error(file, source, "target.source", "the folder of the texts has no file of this name"))
    return text


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _bodies(annotation: dict[str, Any]) -> list[Any]:
    return _listed(annotation.get("body"))


def _is_place(annotation: dict[str, Any]) -> bool:
    """Whether an annotation says that a place is named, and not that a person is, nor only comments or tags."""
    motivated = not PLACE_PURPOSES.isdisjoint(map(str, _listed(annotation.get("motivation"))))
    for body in _bodies(annotation):
        purposes = set(map(str, _listed(body.get("purpose")))) if isinstance(body, dict) else set()
        if _coordinates(body) is not None:
            return True
        if (purposes & PLACE_PURPOSES or (not purposes and motivated)) and not _is_person(body):
            return True
    return motivated and not _bodies(annotation)


def _is_person(body: Any) -> bool:
    return isinstance(body, dict) and body.get("value") == "PERSON"  # as Recogito marks one


def _anchor(read: Fields, target: dict[str, Any]) -> tuple[tuple[int, int], bool]:
    """Where a target's words stand, and whether not at the offsets given. Raises DataError."""
    selectors = [one for one in _listed(target.get("selector")) if isinstance(one, dict)]
    position = next((one for one in selectors if one.get("type") == "TextPositionSelector"), None)
    quote = next((one for one in selectors if one.get("type") == "TextQuoteSelector"), None)
    exact, prefix, suffix = (quote.get(name) or "" for name in ("exact", "prefix", "suffix")) if quote else ("", "", "")
    if not all(isinstance(part, str) for part in (exact, prefix, suffix)) or (quote is not None and not exact.strip()):
        raise read.wrong("target.selector.exact", "is not text")
    if position is not None:
        start, end = position.get("start"), position.get("end")
        if type(start) is not int or type(end) is not int:
            raise read.wrong("target.selector", f"{start!r} to {end!r} are no offsets")
        if quote is None or read.text[max(0, start) : max(0, end)] == exact:
            return read.span("target.selector", start, end), False
        span = near(read.text, start, exact)
        if span is not None:
            return span, True
    elif quote is None:
        raise read.wrong("target.selector", "has neither a TextPositionSelector nor a TextQuoteSelector")
    around = prefix + exact + suffix
    times = read.text.count(around)
    if times != 1:
        raise read.wrong("target.selector", f"{exact[:80]!r} with what stands around it is found {times} times in its text")
    start = read.text.index(around) + len(prefix)
    return (start, start + len(exact)), position is not None


def _identified(read: Fields, annotation: dict[str, Any], span: tuple[int, int]) -> GoldToponym:
    points = [point for point in map(_coordinates, _bodies(annotation)) if point is not None]
    point: tuple[float | None, float | None] = points[0] if points else (None, None)
    if points and not _is_point(*points[0]):
        raise read.wrong("body", f"{points[0]} are no lat and lon")
    return GoldToponym(*span, read.text[slice(*span)], *point, place=_label(annotation))


def _label(annotation: dict[str, Any]) -> str | None:
    """The identifier or name of the place, for the list of mistakes."""
    for body in _bodies(annotation):
        for part in (body, *(body.get(name) for name in ("source", "value"))) if isinstance(body, dict) else (body,):
            told = part if isinstance(part, str) else part.get("id") if isinstance(part, dict) else None
            if isinstance(told, str):
                return told[:200]
    return None


def _coordinates(body: Any) -> tuple[float, float] | None:
    """Latitude and longitude of a body: a geo URI, or the middle of a GeoJSON geometry. They may be out of range."""
    if isinstance(body, str):
        found = re.match(r"geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:[,;?]|$)", body, re.IGNORECASE)
        return (float(found[1]), float(found[2])) if found else None
    if not isinstance(body, dict):
        return None
    for part in (body.get(name) for name in ("id", "source", "value")):
        if isinstance(part, str | dict) and (found_in_part := _coordinates_of(part)) is not None:
            return found_in_part
    return _coordinates_of(body)


def _coordinates_of(part: str | dict[str, Any]) -> tuple[float, float] | None:
    if isinstance(part, str):
        return _coordinates(part)
    geo_uri = part.get("id")
    if isinstance(geo_uri, str) and (found := _coordinates(geo_uri)) is not None:
        return found
    geometry = part.get("geometry", part)
    positions = list(_positions(geometry.get("coordinates"))) if isinstance(geometry, dict) else []
    if not positions:
        return None
    longitudes, latitudes = zip(*positions, strict=True)
    return (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    """The positions (longitude, latitude) of GeoJSON's nested lists."""
    waiting = [coordinates]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, list):
            continue
        if len(node) >= 2 and all(isinstance(one, int | float) and not isinstance(one, bool) for one in node[:2]):
            yield float(node[0]), float(node[1])
        else:
            waiting += node
