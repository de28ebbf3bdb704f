"""What the screens say in words: dates with their precision, kinds of places, reasons, citations, marked passages.

Text of articles and gazetteers is hostile until escaped: everything that becomes HTML passes through `marked`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from conflictmap.gazetteer import Gazetteer
from conflictmap.index import Corpus
from conflictmap.model import Article, DayRange, Place
from conflictmap.resolution import REASONS
from conflictmap.selection import PassageHit
from conflictmap.text import is_arabic

_FTYPES = {
    "PCLI": "country", "PCL": "country", "TERR": "territory", "ADM1": "governorate", "ADM2": "district", "PPLC": "capital", "PPLA": "city, seat of a governorate",
    "PPLA2": "town, seat of a district", "PPLA3": "town", "PPL": "town or village", "PPLX": "quarter", "PPLL": "hamlet", "PPLQ": "abandoned place",
    "PPLS": "group of villages", "AIRB": "air base", "AIRP": "airport", "AIRF": "airfield", "PRT": "port", "NVB": "naval base", "OILT": "oil terminal",
    "MTS": "mountains", "MT": "mountain", "PLN": "plain", "VAL": "valley", "CST": "coast", "STM": "river", "LK": "lake", "SEA": "sea", "RD": "road",
    "RGN": "region", "CONT": "continent", "ISL": "island", "DAM": "dam", "PSTB": "border crossing",
}  # fmt: skip
_FCLASSES = {"A": "administrative area", "H": "water", "L": "area", "P": "settlement", "R": "road", "S": "site", "T": "landform"}
ROLES = {
    "location": "",
    "reference": "named as a point of reference",
    "actor": "stands for its government",
    "dateline": "dateline: where the report was written",
}
"""What a role adds to a mention, in words."""


def kind(place: Place) -> str:
    """What kind of place it is, in words."""
    return _FTYPES.get(place.ftype, _FCLASSES.get(place.fclass, "place"))


def day(when: date) -> str:
    """A day as it is read: 6 August 2013."""
    return f"{when.day} {when:%B %Y}"


def published(when: DayRange | None, by_person: bool = False) -> str:
    """A publication date in words, with its precision: "published 6 August 2013", "date unknown"."""
    if when is None:
        return "date unknown"
    if when.start == when.end:
        told = f"published {day(when.best)}"
    else:
        start = f"{when.start.day} {when.start:%B}" if when.start.year == when.end.year else day(when.start)
        if (when.start.year, when.start.month) == (when.end.year, when.end.month):
            start = str(when.start.day)
        told = f"published about {day(when.best)} (between {start} and {day(when.end)})"
    return f"{told}, dated by a person" if by_person else told


def extent(place: Place) -> str:
    """How wide and how sure a place's footprint is, in words."""
    if place.footprint is None:
        return "position unknown"
    if place.ftype.startswith("PCL"):
        return "never drawn"
    metres = place.footprint.uncertainty_m
    if metres < 1000:
        wide = f"{metres} m"
    elif metres < 10_000:
        wide = f"{metres / 1000:.1f}".removesuffix(".0") + " km"
    else:
        wide = f"{metres / 1000:,.0f} km"
    sure = {"certain": "", "less-certain": ", less certain", "uncertain": ", uncertain"}[place.footprint.certainty]
    return f"reaches up to {wide} from its label{sure}" if place.drawn != "dot" else f"within {wide} of the dot{sure}"


def source_of_text(article: Article, number: int) -> str:
    """What a passage's words are: the source's, or our summary of one of its paragraphs."""
    if article.kind == "full text":
        return f"full text, passage {number}"
    if article.paragraphs:
        return f"our summary of paragraph {article.paragraphs[number - 1]}"
    return f"our summary, block {number}"


def reasons(hit: PassageHit, gazetteer: Gazetteer) -> list[str]:
    """Why the names of a passage were taken for the place: one sentence for each different case.

    Where a person decided, the program's own answer stands beside it.
    """
    told: dict[str, None] = {}
    for surface, reason, role, (own_place, own_reason) in zip(hit.surfaces, hit.reasons, hit.roles, hit.own, strict=True):
        aside = f" ({ROLES[role]})" if ROLES[role] else ""
        line = f"“{' '.join(surface.split())}”{aside}: {REASONS[reason]}."
        if own_reason != reason:
            own = gazetteer.places.get(own_place or "")
            line += f" The program's own answer: {own.title + ', ' if own else ''}{REASONS[own_reason]}."
        told.setdefault(line)
    return list(told)


EXCERPT_FROM = 4000
"""A passage longer than this (code points) is shown as excerpts around its names, …"""
EXCERPT_AROUND = 400
"""… with this much text on either side."""


def marked(text: str, start: int, end: int, spans: Sequence[tuple[int, int]], chosen: Sequence[bool] = ()) -> str:
    """A passage as safe HTML, with its names marked and the direction of its script.

    Of a very long passage only the surroundings of its first names are given, with […] where something is left out.
    """
    parts = []
    position = start
    long = end - start > EXCERPT_FROM
    for number, (left, right) in enumerate(spans[: 20 if long else None]):
        if long and left - position > 2 * EXCERPT_AROUND:
            kept = min(position + EXCERPT_AROUND, left) if position > start else position
            parts.append(escape(text[position:kept]) + " […] ")
            position = left - EXCERPT_AROUND
        strong = not chosen or chosen[number]
        parts.append(escape(text[position:left]))
        parts.append(("<mark>" if strong else '<mark class="other">') + escape(text[left:right]) + "</mark>")
        position = right
    if long and end - position > 2 * EXCERPT_AROUND:
        parts.append(escape(text[position : position + EXCERPT_AROUND]) + " […]")
    else:
        parts.append(escape(text[position:end]))
    direction = ' dir="rtl"' if is_arabic(text[start : start + 1000]) else ' dir="ltr"'
    return f"<p{direction}>{''.join(parts)}</p>"


def citation(corpus: Corpus, place: Place, hit: PassageHit, link: str) -> str:
    """A citation to copy: place, who, what, when, which passage; then what it takes to check it."""
    article = hit.article
    spans = ", ".join(f"{left}–{right}" for left, right in hit.spans)
    head = ", ".join(part for part in (article.author, article.publisher) if part)
    lines = [
        f"On {place.title}: {head + ', ' if head else ''}“{article.title}”, {published(article.published, article.date_by_person)}; "
        f"{source_of_text(article, hit.number)}."
    ]
    if article.kind == "full text" and hit.end - hit.start <= EXCERPT_FROM:
        lines.append(f"“{' '.join(article.text[hit.start : hit.end].split())}”")
    if article.url:
        lines.append(article.url)
    lines.append(
        f"To check it: Conflict map, corpus {corpus.version}, gazetteer {corpus.gazetteer.version}, "
        f"article {article.id}, passage {hit.number}, characters {spans}."
    )
    lines.append(f"This view: {link}")
    return "\n".join(lines)


def plural(number: int, noun: str) -> str:
    """A number and its noun: 1 mention, 1,200 mentions."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def histogram(bins: Sequence[tuple[date, date, int]], whole: tuple[date, date], period: tuple[date, date]) -> str:
    """Mentions over time as HTML bars over the slider's own scale; those that the period touches are filled."""
    days = max((whole[1] - whole[0]).days, 1)
    top = max((n for _, _, n in bins), default=0) or 1
    bars = []
    for begin, end, number in bins:
        if number:
            left = max((begin - whole[0]).days, 0) / days
            right = min(((end - whole[0]).days + 1) / days, 1)
            inside = ' class="in"' if begin <= period[1] and end >= period[0] else ""
            height = 8 + 92 * number / top
            span = day(begin) if begin == end else f"{day(begin)} to {day(end)}"
            bars.append(
                f'<i{inside} style="left:{100 * left:.2f}%;width:{max(100 * (right - left), 0.3):.2f}%;height:{height:.0f}%" '
                f'title="{plural(number, "mention")}, {span}"></i>'
            )
    told = f"Mentions over time: {sum(n for _, _, n in bins)} from {day(whole[0])} to {day(whole[1])}, at most {top} at a time"
    return f'<div class="cm-histogram" role="img" aria-label="{told}">{"".join(bars)}</div>'
