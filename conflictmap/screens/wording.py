"""What the screens say in words: dates with their precision, kinds of places, reasons, citations, marked passages.

Text of articles and gazetteers is hostile until escaped: everything that becomes HTML passes through `marked`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape

from conflictmap.gazetteer import Gazetteer
from conflictmap.index import Corpus
from conflictmap.model import Article, DayRange, DerivedFootprint, Place, TimeInterval, Told
from conflictmap.questions import NOT_ATTRIBUTED, Account, Basis, PassageHit, Questions, View
from conflictmap.text import is_arabic
from conflictmap.vocabulary import REASONS, TIME_LINKS, TIME_RULES

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
WINDS = (
    "north", "north-northeast", "northeast", "east-northeast", "east", "east-southeast", "southeast", "south-southeast",
    "south", "south-southwest", "southwest", "west-southwest", "west", "west-northwest", "northwest", "north-northwest",
)  # fmt: skip


def kind(place: Place) -> str:
    """What kind of place it is, in words."""
    return _FTYPES.get(place.ftype, _FCLASSES.get(place.fclass, "place"))


_LANGUAGES = {
    "en": "English", "ar": "Arabic", "fr": "French", "tr": "Turkish", "ku": "Kurdish", "kmr": "Kurdish (Kurmanji)", "ckb": "Kurdish (Sorani)",
    "he": "Hebrew", "fa": "Persian", "hy": "Armenian", "ru": "Russian", "de": "German", "es": "Spanish", "it": "Italian", "el": "Greek",
    "la": "Latin", "arc": "Aramaic", "syr": "Syriac", "az": "Azerbaijani", "und": "language not stated", "mul": "several languages",
}  # fmt: skip
_SCRIPTS = {"Latn": "Latin letters", "Arab": "Arabic letters", "Cyrl": "Cyrillic letters", "Hebr": "Hebrew letters"}
_VALUES = {
    "fclass": _FCLASSES,
    "certainty": {"certain": "certain", "less-certain": "less certain", "uncertain": "uncertain"},
    "status": {
        "resolved": "with a place",
        "ambiguous": "of which several places are possible",
        "unresolved": "not in the gazetteer",
        "rejected": "rejected by a person",
    },
}


def language(tag: str) -> str:
    """A BCP 47 tag in words."""
    primary, *rest = tag.split("-")
    told = _LANGUAGES.get(primary, f"language “{primary}”")
    script = next((_SCRIPTS[part] for part in rest if part in _SCRIPTS), "")
    return f"{told} in {script}" if script else told


def filters(questions: Questions) -> list[tuple[str, str, dict[str, str]]]:
    """(field of the view, what no choice is called, value -> label) of each filter."""
    return [
        ("publisher", "any publisher", {name: f"{name} · {plural(n, 'article')}" for name, n in questions.publishers()}),
        ("language", "any language", {tag: f"{language(tag)} · {plural(n, 'article')}" for tag, n in questions.languages()}),
        ("fclass", "any kind", _VALUES["fclass"]),
        ("certainty", "any certainty", _VALUES["certainty"]),
        ("status", "placed or not", _VALUES["status"]),
    ]


def narrowing(view: View) -> str:
    """The values that a view has chosen, in words: "Reuters, settlement, certain"."""
    return ", ".join(
        language(value) if name == "language" else _VALUES.get(name, {}).get(value, value)
        for name, value in view.narrowing.items()
    )


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
        told = f"published about {day(when.best)} (between {_begin(when.start, when.end)} and {day(when.end)})"
    return f"{told}, dated by a person" if by_person else told


def interval(when: TimeInterval) -> str:
    """Days in words, with how sure they are: "Sunday 4 August 2013", "some time in August 2013", "from 4 to 6 August 2013"."""
    first, last = when.start, when.end
    if first == last:
        return f"{first:%A} {day(first)}"
    unit = ""
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            unit = f"{first:%B %Y}"
        elif first.month == 1 and last.month == 12:
            unit = str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        else:
            begin = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
            unit = f"{begin} to {last:%B %Y}"
    if when.kind == "throughout":
        return unit if unit and " to " not in unit else f"from {unit}" if unit else f"from {_begin(first, last)} to {day(last)}"
    if unit and " to " not in unit:
        return f"some time in {unit}"
    if unit:
        return f"some time from {unit}"
    if (last - first).days == 1:
        return f"{_begin(first, last)} or {day(last)}"
    return f"some time between {_begin(first, last)} and {day(last)}"


def _begin(first: date, last: date) -> str:
    """A range's first day without what its last day says as well."""
    if (first.year, first.month) == (last.year, last.month):
        return str(first.day)
    return f"{first.day} {first:%B}" if first.year == last.year else day(first)


def tells(told: Sequence[Told | None]) -> str:
    """The days that a passage describes, in words; "no date told" where the text does not say."""
    days = list(dict.fromkeys(interval(one.expression.interval) for one in told if one))
    if not days:
        return "no date told"
    shown = "; ".join(days[:3]) + (f" and {len(days) - 3} more" if len(days) > 3 else "")
    return f"tells of {shown}" + ("; the rest undated" if None in told else "")


def dating(told: Sequence[Told | None]) -> list[str]:
    """By which words and which rules a passage is dated: one sentence for each different case."""
    lines = dict.fromkeys(
        f"Dated by “{' '.join(one.expression.surface.split())}”: {TIME_RULES[one.expression.rule]}; {TIME_LINKS[one.link]}."
        for one in told
        if one
    )
    return list(lines)


def corroborated(groups: Sequence[Basis], passages: int) -> str:
    """By how many publishers a place is named, and on how many sources they rest that do not rest on one another."""
    publishers = {publisher for basis in groups for publisher in basis.publishers}
    of = (
        f", of the newest {sum(len(basis.hits) for basis in groups)}"
        if passages > sum(len(basis.hits) for basis in groups)
        else ""
    )
    return f"{plural(len(publishers), 'publisher')}, {plural(len(groups), 'independent source')}{of}."


def rests_on(basis: Basis) -> str:
    """What a group of passages rests on: "Rests on Reuters · 3 passages by 2 publishers"."""
    told = f"Rests on {basis.on}"
    if len(basis.hits) > 1:
        told += f" · {plural(len(basis.hits), 'passage')}"
        told += f" by {plural(len(basis.publishers), 'publisher')}" if len(basis.publishers) > 1 else ""
    return told


MONTHS_NAMED = 4
"""Stretches of silent months that are named one by one."""


def silence(empty: Sequence[date], of: int) -> str:
    """A note on months (their first days, of so many) in which the collection has no article; empty where there are none."""
    if not empty:
        return ""
    stretches: list[tuple[date, date]] = []
    for month in empty:
        if stretches and (month - stretches[-1][1]).days <= 31:
            stretches[-1] = (stretches[-1][0], month)
        else:
            stretches.append((month, month))
    told = [
        f"{a:%B %Y}" if a == b else f"{a:%B}{f' {a.year}' if a.year != b.year else ''} to {b:%B %Y}"
        for a, b in stretches[:MONTHS_NAMED]
    ]
    rest = len(stretches) - MONTHS_NAMED
    more = f" and {rest} more stretch{'es' if rest > 1 else ''}" if rest > 0 else ""
    return f"Silence is not peace: in {len(empty)} of {plural(of, 'month')} this collection has no article ({', '.join(told)}{more})."


def extent(place: Place) -> str:
    """How wide and how sure a place's footprint is, in words."""
    if place.footprint is None:
        return "position unknown"
    if place.ftype.startswith("PCL"):
        return "never drawn"
    wide = length(place.footprint.uncertainty_m)
    sure = {"certain": "", "less-certain": ", less certain", "uncertain": ", uncertain"}[place.footprint.certainty]
    return f"reaches up to {wide} from its label{sure}" if place.drawn != "dot" else f"within {wide} of the dot{sure}"


def length(metres: int) -> str:
    """A length as it is read: 500 m, 7.5 km, 36 km."""
    if metres < 1000:
        return f"{metres} m"
    if metres < 10_000:
        return f"{metres / 1000:.1f}".removesuffix(".0") + " km"
    return f"{metres / 1000:,.0f} km"


def wind(bearing: float) -> str:
    """A bearing (degrees clockwise from north) in words, of the 16 winds."""
    return WINDS[round(bearing / 22.5) % 16]


def derived(footprint: DerivedFootprint, gazetteer: Gazetteer) -> str:
    """How a place was worked out and how sure that is: "Worked out from Hama: 12 km, bearing north; may lie 7 km off"."""
    named = [gazetteer.places[i].title if i in gazetteer.places else i for i in footprint.anchors]
    if footprint.distance_m is None and len(named) > 1:
        told = "halfway between them" if footprint.shape == "point" else "what lies between them"
    elif footprint.distance_m is None:
        told = "the part of it or beside it that the words mean"
    else:
        disc = footprint.shape == "part" and len(footprint.footprint.geometry["coordinates"]) == 1
        told = ("within " if disc else "") + length(footprint.distance_m)
    if footprint.bearing_deg is not None:
        told += f", bearing {wind(footprint.bearing_deg)}"
    elif footprint.distance_m is not None:
        told += ", direction not said"
    off = length(footprint.footprint.uncertainty_m)
    sure = {"certain": "", "less-certain": "", "uncertain": ", uncertain"}[footprint.footprint.certainty]
    return f"Worked out from {' and '.join(named)}: {told}; may lie {off} off{sure}"


def source_of_text(article: Article, number: int) -> str:
    """What a passage's words are: the source's, or our summary of one of its paragraphs."""
    if article.kind == "full text":
        return f"full text, passage {number}"
    if article.paragraphs:
        return f"our summary of paragraph {article.paragraphs[number - 1]}"
    return f"our summary, block {number}"


def sureness(certainty: str, reason: str) -> str:
    """What a resolution's certainty adds, nothing for one that is certain: "spelling not listed, less certain"."""
    if certainty == "certain":
        return ""
    spelt = "spelling not listed, " if reason == "spelling-variant" else ""
    return spelt + {"less-certain": "less certain", "uncertain": "uncertain"}[certainty]


def reasons(hit: PassageHit, gazetteer: Gazetteer) -> list[str]:
    """Why the names of a passage were taken for the place: one sentence for each different case.

    Where a person decided, the program's own answer stands beside it.
    """
    told: dict[str, None] = {}
    for one in hit.mentions:
        quoted = f"“{' '.join(one.surface.split())}”"
        by_person = one.own_reason != one.reason
        sure = "" if one.basis == "derived" or by_person else sureness(one.certainty, one.reason)
        if one.basis == "suggested":
            aside = "" if by_person else ", suggested"
            line = f"Described as {quoted}{aside}: {REASONS[one.reason]}."
        else:
            asides = [part for part in (ROLES[one.role], sure) if part]
            line = f"{quoted} ({'; '.join(asides)}): " if asides else f"{quoted}: "
            line += f"{REASONS[one.reason]}."
        if by_person:
            own = gazetteer.places.get(one.own_place or "")
            line += f" The program's own answer: {own.title + ', ' if own else ''}{REASONS[one.own_reason]}."
        told.setdefault(line)
    return list(told)


def attributed(hit: PassageHit) -> str:
    """Who says so in a passage, as it is printed: "Attributed to: activists"; nothing where the text names nobody."""
    printed = {" ".join(hit.article.text[slice(*one.source)].split()): None for one in hit.mentions if one.source}
    if not printed:
        return ""
    rest = "; the rest to nobody" if not all(one.source for one in hit.mentions) else ""
    return f"Attributed to: {'; '.join(printed)}{rest}"


Span = tuple[int, int]
EXCERPT_FROM = 4000
"""A passage longer than this (code points) is shown as excerpts around its names, …"""
EXCERPT_AROUND = 400
"""… with this much text on either side."""
EXCERPT_MARKS = 20
WHO = '<span class="cm-who" title="who says so">'
WHEN = '<span class="cm-when" title="when it is said to have happened">'


def marked(
    text: str,
    start: int,
    end: int,
    spans: Sequence[Span],
    chosen: Sequence[bool] = (),
    bases: Sequence[str] = (),
    sources: Iterable[Span | None] = (),
    times: Iterable[Span | None] = (),
) -> str:
    """A passage as safe HTML, with its names, who says so and the words that date it marked, and the direction of its script.

    Marks may overlap: they are nested, and one that crosses another is parted at its end. Of a very long passage only the
    surroundings of its first names are given, with […] where something is left out.
    """
    long = end - start > EXCERPT_FROM
    marks: list[tuple[Span, str, str]] = []
    for number, span in enumerate(spans[: EXCERPT_MARKS if long else None]):
        kinds = ["other"] if chosen and not chosen[number] else []
        kinds += [bases[number]] if bases and bases[number] != "named" else []
        marks.append((span, f'<mark class="{" ".join(kinds)}">' if kinds else "<mark>", "</mark>"))
    cuts = _cuts(start, end, [span for span, *_ in marks]) if long else []
    for spans_of, opening in ((sources, WHO), (times, WHEN)):
        for span in dict.fromkeys(span for span in spans_of if span):
            if not any(left < span[1] and span[0] < right for left, right in cuts):
                marks.append((span, opening, "</span>"))
    parts: list[str] = []
    position = start
    for begin, stop in [*cuts, (end, end)]:
        parts.append(_with_marks(text, position, begin, marks))
        if begin < stop:
            parts.append(" […] ")
        position = stop
    direction = ' dir="rtl"' if is_arabic(text[start : start + 1000]) else ' dir="ltr"'
    return f"<p{direction}>{''.join(parts)}</p>"


def with_sources(text: str, start: int, end: int, sources: Iterable[Span], times: Iterable[Span] = ()) -> str:
    """text[start:end] as safe HTML in which who says so, and the words that date it, are marked, as much of them as lies there."""
    inside = [((max(left, start), min(right, end)), WHO, "</span>") for left, right in sources]
    inside += [((max(left, start), min(right, end)), WHEN, "</span>") for left, right in times]
    return _with_marks(text, start, end, inside)


def _cuts(start: int, end: int, spans: Sequence[Span]) -> list[Span]:
    """What of a long passage is left out: whatever lies farther than EXCERPT_AROUND from each of its names."""
    cuts = []
    position = start
    for left, right in spans:
        if left - position > 2 * EXCERPT_AROUND:
            cuts.append((position if position == start else position + EXCERPT_AROUND, left - EXCERPT_AROUND))
        position = max(position, right)
    if end - position > 2 * EXCERPT_AROUND:
        cuts.append((position + EXCERPT_AROUND, end))
    return cuts


def _with_marks(text: str, start: int, end: int, marks: Iterable[tuple[Span, str, str]]) -> str:
    """text[start:end] as safe HTML with the marks that lie in it, properly nested however they overlap."""
    waiting = sorted(
        ((left, -right, number, opening, closing) for number, ((left, right), opening, closing) in enumerate(marks)), reverse=True
    )
    waiting = [mark for mark in waiting if start <= mark[0] < -mark[1] <= end]
    parts: list[str] = []
    opened: list[tuple[int, str]] = []
    position = start
    while waiting or opened:
        if opened and (not waiting or opened[-1][0] <= waiting[-1][0]):
            right, closing = opened.pop()
            parts.append(escape(text[position:right]) + closing)
            position = right
            continue
        left, minus_right, number, opening, closing = waiting.pop()
        right = -minus_right
        if opened and right > opened[-1][0]:  # it crosses the one that it begins in: its rest comes after that one
            waiting.append((opened[-1][0], minus_right, number, opening, closing))
            waiting.sort(reverse=True)
            right = opened[-1][0]
        parts.append(escape(text[position:left]) + opening)
        position = left
        opened.append((right, closing))
    parts.append(escape(text[position:end]))
    return "".join(parts)


def citation(corpus: Corpus, title: str, hit: PassageHit, link: str) -> str:
    """A citation to copy: which place, who, what, when, which passage; then what it takes to check it."""
    article = hit.article
    spans = ", ".join(f"{left}–{right}" for left, right in (one.span for one in hit.mentions))
    head = ", ".join(part for part in (article.author, article.publisher) if part)
    lines = [
        f"On {title}: {head + ', ' if head else ''}“{article.title}”, {published(article.published, article.date_by_person)}; "
        f"{source_of_text(article, hit.number)}; {tells([one.told for one in hit.mentions])}."
    ]
    if article.kind == "full text" and hit.end - hit.start <= EXCERPT_FROM:
        lines.append(f"“{' '.join(article.text[hit.start : hit.end].split())}”")
    if told := attributed(hit):
        lines.append(f"{told}.")
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


def histogram(bins: Sequence[tuple[date, date, float]], whole: tuple[date, date], period: tuple[date, date]) -> str:
    """Mentions over time as HTML bars over the slider's own scale; those that the period touches are filled.

    Of what happened within several days each day has its share, so a bar may stand for about so many.
    """
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
                f'title="{about(number)}, {span}"></i>'
            )
    told = f"Mentions over time: {sum(n for _, _, n in bins):,.0f} from {day(whole[0])} to {day(whole[1])}, at most {top:,.0f} at a time"
    return f'<div class="cm-histogram" role="img" aria-label="{told}">{"".join(bars)}</div>'


def about(number: float) -> str:
    """So many mentions, where a bar may hold parts of some: "2 mentions", "about 3 mentions", "part of a mention"."""
    whole = round(number)
    return plural(whole, "mention") if whole == number else f"about {plural(whole, 'mention')}" if whole else "part of a mention"


def plain(text: str) -> str:
    """Text for a label in which Streamlit would read Markdown."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]()#+-.!|$:~<>&" else char for char in text)


def where(gazetteer: Gazetteer, place: Place) -> str:
    """The first wider place, to distinguish homonyms: " in Idlib Governorate"."""
    wider = [gazetteer.places[i].title for i in place.part_of if i in gazetteer.places]
    return f" in {wider[0]}" if wider else ""


def shortened(words: str, length: int = 60) -> str:
    """The beginning of an expression, with an ellipsis if it is longer."""
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def account(told: Account, view: View) -> str:
    """How much of the corpus is shown, and where the rest is: one line, for Markdown."""
    parts = [
        f"**{plural(told.drawn, 'mention')} on the map** of {told.total:,}",
        f"from {plural(told.articles, 'article')}",
    ]
    for number, what in (
        (told.beside, "listed beside"),
        (told.out_of_period, "outside the period"),
        (told.left_out, "undated, left out" if view.clock == "published" else "of no told date, left out"),
        (told.other_sources, "of other sources, left out" if view.source != NOT_ATTRIBUTED else "attributed, left out"),
        (told.narrowed, f"left out by the filter ({plain(narrowing(view))})"),
        (told.other_roles, "in other roles, left out"),
        (told.derived_off, "worked out, off"),
        (told.suggested_off, "suggested, off"),
        (told.ambiguous, "ambiguous"),
        (told.unresolved, "not in the gazetteer"),
        (told.rejected, "rejected by a person"),
    ):
        if number:
            parts.append(f"{number:,} {what}")
    if told.undated:
        parts.append(f"of these, {told.undated:,} {'undated' if view.clock == 'published' else 'of no told date'}")
    return " · ".join(parts)
