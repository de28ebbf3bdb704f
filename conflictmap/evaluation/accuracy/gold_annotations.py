"""Gold as W3C Web Annotations in JSON-LD, as Recogito writes them; their texts are files of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from conflictmap.errors import DataError, error, warning
from conflictmap.evaluation.accuracy.gold import Fields, Gold, GoldText, GoldToponym, TextOf, is_point, near

PLACE_PURPOSES = frozenset({"identifying", "geotagging", "georeferencing"})
"""Purposes of a body that says which place is meant: W3C's own, Recogito's widget's, Recogito's export's."""


# --- W3C Web Annotations --------------------------------------------------------------------------------------


def annotations_document(text: str) -> Any:
    """The JSON-LD that a text is, or None: then it is JSON Lines."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(document, list):
        return document
    is_ours = not isinstance(document, dict) or "text" in document or "toponyms" in document
    return None if is_ours else document


def from_annotations(file: str, document: Any, text_of: TextOf | None, gold: Gold) -> None:
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
    if points and not is_point(*points[0]):
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
