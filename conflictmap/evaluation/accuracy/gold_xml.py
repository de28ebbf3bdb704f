"""Gold in the XML of LGL and TR-News (offsets from 0) and of GeoVirus (offsets from 1)."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

from conflictmap.errors import DataError, error
from conflictmap.evaluation.accuracy.gold import ASTRAY, Fields, Gold, GoldText, GoldToponym, is_point, near

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


def from_xml(file: str, data: bytes, gold: Gold) -> None:
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
    if (latitude is None) != (longitude is None) or (latitude is not None and not is_point(latitude, longitude)):
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
