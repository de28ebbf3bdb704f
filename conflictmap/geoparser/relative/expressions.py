"""Relative expressions in a text: "12 km north of Hama", "between Hama and Homs", "the northern edge of the Ghab plain".

What they cover is worked out in footprints.py. Nothing is derived where a place of the gazetteer stands right beside and is
only described so ("Salma, 30 km east of Latakia"), nor from an anchor that is unresolved, a country, or wide without a
polygon. Most passages hold no word of TRIGGERS and are left at once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from conflictmap.gazetteer import Gazetteer
from conflictmap.geoparser.relative.distances import ALSO, QUANTITY, UNIT, WIND_LETTERS, WIND_WORD, bearing, length_of
from conflictmap.geoparser.relative.footprints import (
    corridor_of,
    halfway_between,
    is_anchor,
    lies_towards,
    offset_from,
    outskirts_of,
    part_of,
    ring_of,
    sector_of,
)
from conflictmap.geoparser.relative.triggers import Hits, Triggers
from conflictmap.model import DerivedFootprint, Mention, Place, Resolution
from conflictmap.text import fold_name

TRIGGERS = {
    "direction": ("north", "south", "east", "west"),
    "unit": ("km", "kilomet", "mile", "metre", "meter"),
    "between": ("between",),
    "road": ("highway", "road", "railway", "route", "corridor"),
    "outskirts": ("outskirts", "fringes", "periphery", "environs"),
}
"""Kind of expression -> how a word begins without which there is none."""


_NEAR = 150
"""How far after a direction its anchor's name may begin."""


class _Mark(NamedTuple):
    """A mention or a suggested place of the passage; `place` is None if it is not resolved."""

    start: int
    end: int
    place: Place | None
    actor: bool = False


Derived = tuple[Mention, DerivedFootprint]
_Found = tuple[int, int, DerivedFootprint]


@cache
def _triggers() -> Triggers:
    return Triggers(TRIGGERS)


def derive(
    text: str,
    start: int,
    end: int,
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer,
    suggested: Sequence[tuple[Mention, str]] = (),
    hits: Hits | None = None,
) -> list[Derived]:
    """The relative expressions of the passage [start, end) and what they cover, in text order; they do not overlap.

    `resolutions` are those of the passage, in text order; `suggested` what descriptions.suggest found there: a description
    can be an anchor too ("12 km north of the capital"). A mention runs from the expression's first word to its last anchor's end.
    `hits` is where the passage has TRIGGERS, if that is known.
    """
    if not resolutions and not suggested:
        return []
    if hits is None:
        hits = _triggers().find(text, start, end)
    if hits.keys().isdisjoint(TRIGGERS):
        return []
    found = list(_Passage(text, start, end, resolutions, gazetteer, suggested).find(hits))
    if len(found) > 1:
        found.sort(key=lambda item: (item[0], -item[1]))
    kept: list[Derived] = []
    last = start
    for begin, stop, derived in found:
        if begin >= last:
            last = stop
            kept.append((Mention(begin, stop, text[begin:stop], derived.anchors), derived))
    return kept


# --- patterns -------------------------------------------------------------------------------------------------

_I = re.IGNORECASE
_ROAD = r"(?:highway|motorway|road|railway(?:\s+line)?|railroad|route|corridor|axis)s?"
_KIND = r"(?:cit(?:y|ies)|towns?|villages?|hamlet|suburb|capital|port|province|governorate|region|district|area|base|plain|mountains?)"
_STOP = r"(?:in|on|at|to|from|and|or|near|with|by|for|as|where|which|that|of|between)"
# What may stand between "north of" and the name: "the", "the rebel-held town of", "the Lebanese capital, ".
_GENERIC = re.compile(
    rf"(?:the\s+)?(?:(?:(?!{_STOP}\b)[\w’'-]++\s++){{0,4}}{_KIND}(?:\s+(?:cent(?:re|er)\s+)?of|,)?\s+)?(?:the\s+)?(?:cent(?:re|er)\s+of\s+)?(?:central\s+|nearby\s+)?",
    _I,
)
_NEXT_TO = r"(?:(?:also|just|only|some|still|itself|immediately|directly|roughly|about|far|deep|is|was|are|were|lies|lay|sits|stands|stood|located|situated|lying|based)\s+)*"
# From the end of a name to an expression that only says where that place is.
_APPOSITION = re.compile(
    rf"(?:[’']s?)?\s*(?:\([^()]{{0,40}}\)\s*)?[,(–—-]?\s*(?:(?:which|that)\s+)?{_NEXT_TO}"
    rf"(?:(?:an?|the|one\s+of\s+the|another)\s+(?:(?!(?:in|on|at|to|from|and|or|near|with|by|for|after|as)\b)[\w’'-]+\s+){{1,6}})?"
    rf"(?:(?:that|which)\s+)?{_NEXT_TO}(?:(?:on|along|near|astride|off|at|in)\s+(?:(?:the|an?)\s+)?(?:[\w-]+\s+){{0,2}})?(?:to\s+)?(?:the\s+)?",
    _I,
)
_ANAPHOR = re.compile(
    rf"\b(?:the|this|that)\s+(?:[\w-]+\s+)?(?:village|town|city|hamlet|mountain|river|lake|castle|airport|area|region|province|plain|port|quarter|suburb|place)\s+(?:is|was|lies|lay|sits|stands)\s+{_NEXT_TO}(?:to\s+)?(?:the\s+)?$",
    _I,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['\"”’)]*\s+|\n\s*)(?:(?:just|on|about|some|at|and|to\s+the|in|the)\s+)*$", _I)
_THEN_NAMED = re.compile(rf",\s+(?:(?:in|at)\s+)?(?:the\s+(?:[\w-]+\s+)?{_KIND}\s+of\s+)?", _I)
# After an anchor's name: then the name is only a part of what is meant.
_NOT_THE_PLACE = re.compile(
    rf"[’']s?\s+\w|s[’']\s+\w|\s+(?:\w+\s+)?(?:{_ROAD}|border|frontier|airport|air\s*base|airbase|airfield|provinces?|governorates?|countryside|dam|front\s?lines?|university)\b|\s?[-‐‑–—/]\s?(?-i:[^\W\d_a-z])",
    _I,
)
_MEASURE_BEFORE = re.compile(
    rf"{QUANTITY}{UNIT}{ALSO}\s*(?:away\s*)?,?\s*(?:to\s+the\s+|due\s+|further\s+|directly\s+|straight\s+|the\s+)?$", _I
)
_QUANTITY_BEFORE = re.compile(rf"{QUANTITY}$", _I)
_FROM = re.compile(rf"{UNIT}{ALSO}\s+(?:away\s+)?(?P<link>from|outside|of|off)\s+(?:the\s+cent(?:re|er)\s+of\s+)?", _I)
_ABBREVIATED = re.compile(rf"{UNIT}{ALSO}\s+(?:to\s+the\s+|due\s+)?(?P<wind>{WIND_LETTERS})\s+(?:of|from)\s+", _I)
_MOVES_ON = re.compile(r"\s+(?:to|towards?|into|on\s+the\s+(?:\w+\s+)?road)\s+(?!the\s+(?:north|south|east|west))", _I)

_WIND_HERE = re.compile(rf"(?P<wind>{WIND_WORD})(?P<ern>(?:ern|ernmost))?(?:wards?)?(?!\w)", _I)
_OF = re.compile(r"\s+(?P<link>of|from)\s+", _I)
_THE = re.compile(r"\bthe\s+$", _I)
_TO_THE = re.compile(r"(?:^|\s)to\s+the\s+$", _I)
_JUST = re.compile(r"\b(?:just|immediately|directly)\s+(?:to\s+the\s+)?$", _I)
_TWO_WINDS = re.compile(rf"\b({WIND_WORD})(?:ern)?(?:\s*,\s*|\s+(?:and|or|to|and\s+the)\s+)(?:the\s+)?$", _I)
_PART_NOUNS = {
    "edge": "edges?|outskirts|fringes?|entrances?|approach(?:es)?|gates?|limits|perimeter|rim|margins?|periphery|borders?|boundary",
    "tip": "tip|end|corner|extremity",
    "suburbs": "suburbs|environs",
    "countryside": "countryside|hinterland",
    "part": "parts?|sides?|half|sections?|sectors?|areas|regions|districts|neighbou?rhoods|quarters|slopes?|flanks?|reaches|axis|hills|stretch(?:es)?",
}
_PART_KINDS = "|".join(f"(?P<{kind}>{words})" for kind, words in _PART_NOUNS.items())
_PART_OF = re.compile(rf"\s+(?:{_PART_KINDS})\s+(?:of|in)\s+", _I)
_NOUN_OF = re.compile(r"\s+[a-z]++\s+(?:of|in)\s", _I)  # what every _PART_OF is, found sooner
_PART_AFTER = re.compile(
    rf"(?i:(?:[’']s?|s[’'])?\s+(?P<wind>{WIND_WORD})(?:ern)?\s+(?:rural\s+)?(?:{_PART_KINDS})\b)(?!\s+of\b|,?\s+[A-Z])"
)
_WIND_BEFORE = re.compile(rf"\b{WIND_WORD}(?:ern)?\s+(?:rural\s+)?$", _I)
# Suburbs are left out: "the suburbs of Douma and Harasta" are these two, not what lies about them.
_OUTSKIRTS = "(?:outskirts|fringes|periphery|environs)"
_OUTSKIRTS_OF = re.compile(rf"{_OUTSKIRTS}\s+of\s+", _I)
_OUTSKIRTS_HERE = re.compile(rf"(?i:{_OUTSKIRTS}\b)(?!\s+of\b|,?\s+[A-Z])")
_OWNS = re.compile(r"(?:[’']s?)?\s+", _I)
_PART_NAME = re.compile(r"\s+(?:rural\s+|coastal\s+)?", _I)
_NAMED_AFTER = re.compile(
    r"\s+(?:province\s+|countryside\s+)?(?:[\w-]+\s+)?(?:towns?|village|cit(?:y|ies)|suburb|neighbou?rhood|district|area|quarter|region|port)s?\s+(?:of\s+)?",
    _I,
)
_CONTAINED = re.compile(
    r",?\s+(?:(?:which|that)\s+(?:is|lies|sits)\s+)?(?:an?\s+(?:[\w-]+\s+){1,4}?)?(?:(?:located|situated|lying)\s+)?(?:in|on|at)\s+(?:the\s+)?|,\s+(?:the\s+)?",
    _I,
)
_REGION_AFTER = re.compile(r"\s+(?:region|area|countryside|province|governorate)\b", _I)

_HALFWAY = re.compile(r"(?:(?P<about>about|roughly|around|almost|approximately)\s+)?(?:half|mid)[-\s]?way(?:\s+point)?\s+$", _I)
_ROAD_BEFORE = re.compile(rf"\b{_ROAD}\s+(?:(?:that|which)\s+)?(?:(?:runs|running|linking|from|stretch(?:es|ing)|of)\s+)?$", _I)
_SPACE = re.compile(rf"\s+{_GENERIC.pattern}", _I)
_AND = re.compile(
    rf"(?:\s+(?:city|town))?(?:,\s+(?:the|an?|its)\s+[^,.;\n]{{1,40}},|\s+\([^()\n]{{1,40}}\))?\s+(?:and|&)\s+{_GENERIC.pattern}",
    _I,
)
_AND_ALSO = re.compile(rf"\s+(?:and|&)\s+{_GENERIC.pattern}", _I)
_TO = re.compile(rf"(?:\s+(?:city|town))?\s+(?:and|to|with)\s+{_GENERIC.pattern}", _I)
_RELATION = re.compile(
    r"\b(?:talks|relations?|agreements?|deals?|tensions?|wars?|conflicts?|differences?|trade|ties|disputed?|contacts?|ceasefire|truce|alliance|border|"
    r"boundary|rift|feud|meetings?|negotiations?|cooperation|coordination|partnership|rivalry|match|exchange[sd]?|accord|treaty|pact|friction|split|divided|"
    r"shared|distinction|choose|choice|link|links|comparison|mediat\w+|shuttl\w+|communications?|calls?|summit|friendship|row|dead|died|toll)\b[^.;]{0,30}$",
    _I,
)
_LINKING = re.compile(
    rf"{_ROAD}\s+(?:(?:that|which)\s+)?(?:(?:links?|linking|connects?|connecting|joins?|joining)\s+|"
    rf"(?:(?:leads?|leading|runs?|running|stretch(?:es|ing)|goes|going)\s+)?from\s+)",
    _I,
)
_DASH = re.compile(r"\s?[-‐‑–—/]\s?|[-‐‑–—\s]to[-‐‑–—\s]")
_ROAD_AFTER = re.compile(
    rf"\s+(?:(?:international|main|desert|old|strategic|coastal|supply|highway|M\d+)\s+){{0,2}}{_ROAD}\b", _I
)


class _Passage:
    """One passage: its text and the marks in it."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        resolutions: Sequence[Resolution],
        gazetteer: Gazetteer,
        suggested: Sequence[tuple[Mention, str]],
    ) -> None:
        self.text, self.start, self.end = text, start, end
        self.gazetteer = gazetteer
        named = [r for r in resolutions if r.status != "rejected"]
        self.marks: list[_Mark | Resolution] = [*named]
        self.starts = [r.mention.start for r in named]
        self.ends = [r.mention.end for r in named]
        if suggested:  # the span of a description may hold a name ("Syria's commercial capital"): then the description counts
            spans = [_Mark(mention.start, mention.end, gazetteer.places.get(place)) for mention, place in suggested]
            marks = [self._mark(number) for number in range(len(named))]
            marks = [mark for mark in marks if not any(s.start <= mark.start < s.end for s in spans)]
            marks = sorted(marks + spans, key=lambda mark: mark.start)
            self.marks, self.starts, self.ends = [*marks], [mark.start for mark in marks], [mark.end for mark in marks]

    def _mark(self, number: int) -> _Mark:
        mark = self.marks[number]
        if isinstance(mark, _Mark):
            return mark
        place = self.gazetteer.places.get(mark.place or "") if mark.status == "resolved" else None
        return _Mark(mark.mention.start, mark.mention.end, place, mark.role == "actor")

    def find(self, hits: Hits) -> Iterator[_Found]:
        last = before = -1
        for at in hits.get("direction", ()):
            before, previous = at, before
            if at >= last and self._near(at) and not self._inside(at):
                here = _WIND_HERE.match(self.text, at, self.end)
                if here:
                    last = here.end()
                    yield from self._direction(here, previous >= 0 and at - previous <= 30)
                    yield from self._part_after(at)
        for kind, look in (
            ("unit", self._distance),
            ("between", self._between),
            ("road", self._linking),
            ("outskirts", self._outskirts),
        ):
            for at in hits.get(kind, ()):
                yield from look(at)
        if "road" in hits:
            for number in range(1, len(self.marks)):
                if 0 < self.starts[number] - self.ends[number - 1] <= 4:
                    yield from self._dashed(self._mark(number - 1), self._mark(number))

    def _near(self, at: int) -> bool:
        """Whether a name follows soon, or stands right before."""
        number = bisect_left(self.starts, at)
        return (number < len(self.starts) and self.starts[number] - at <= _NEAR) or (
            number > 0 and at - self.ends[number - 1] <= 4
        )

    def _inside(self, at: int) -> bool:
        number = bisect_right(self.starts, at) - 1
        return number >= 0 and at < self.ends[number]

    def _anchor(self, at: int, gap: re.Pattern[str] = _GENERIC) -> _Mark | None:
        """The mark that follows, with nothing between that is not generic."""
        number = bisect_left(self.starts, at)
        if number == len(self.marks) or self.starts[number] - at > 70:
            return None
        return self._mark(number) if gap.fullmatch(self.text, at, self.starts[number]) else None

    def _before(self, at: int, within: int = 90) -> _Mark | None:
        """The last mark that ends before an offset, and not far from it."""
        number = bisect_right(self.ends, at) - 1
        return self._mark(number) if number >= 0 and at - self.ends[number] <= within else None

    def _left(self, at: int, width: int) -> str:
        return self.text[max(self.start, at - width) : at]

    def _described(self, begin: int, stop: int, distance: bool = False) -> bool:
        """Whether the expression only says where a place is that is named, and known, right beside it."""
        before = self._before(begin)
        if before and before.place:
            narrow = before.place.drawn != "area" and not before.place.ftype.startswith("PCL")
            if (narrow or not distance) and _APPOSITION.fullmatch(self.text, before.end, begin):
                return True
        if _ANAPHOR.search(self._left(begin, 60)):
            return True
        after = self._anchor(stop, _THEN_NAMED)
        return bool(after and after.place and after.place.drawn == "dot" and _SENTENCE_START.search(self._left(begin, 40)))

    def _point(self, mark: _Mark | None) -> Place | None:
        """The place to measure from, if the mark is one and the name stands for the place itself."""
        if mark is None or not is_anchor(mark.place) or _NOT_THE_PLACE.match(self.text, mark.end, self.end):
            return None
        return mark.place

    def _direction(self, here: re.Match[str], another: bool) -> Iterator[_Found]:
        """North of Homs, northern Homs; `another`: whether another direction stands close before."""
        of = part = None
        if not here["ern"]:
            of = _OF.match(self.text, here.end(), self.end)
        if of:
            mark = self._anchor(of.end())
        else:
            if _NOUN_OF.match(self.text, here.end(), self.end):
                part = _PART_OF.match(self.text, here.end(), self.end)
            mark = self._anchor(part.end()) if part else self._anchor(here.end(), _PART_NAME)
        wind = bearing(here["wind"]) if mark else None
        if mark is None or wind is None:
            return
        at = here.start()
        left = self._left(at, 90)
        other = _TWO_WINDS.search(left[-30:]) if another else None
        two = bearing(other[1]) if other else None
        the = bool(_THE.search(left[-6:]))
        if of:
            measured = _MEASURE_BEFORE.search(left)
            if measured:
                yield from self._measured(measured, at - len(left), wind, mark)
            elif of["link"].lower() == "of" and the and not _TO_THE.search(left[-12:]):
                yield from self._part(at, wind, two, "part", mark)
            elif of["link"].lower() == "of":
                place = self._point(mark)
                begin = at - len(other[0]) if other and two is not None else at
                if place and not self._described(begin, mark.end):
                    yield begin, mark.end, sector_of(place, wind, two, bool(_JUST.search(left[-24:])))
        elif part or self._is_part(at, here.end(), wind, the, mark):
            yield from self._part(at, wind, two, _kind(part) if part else "part", mark)

    def _is_part(self, at: int, name: int, wind: float, the: bool, mark: _Mark) -> bool:
        """Whether "southern X" is the south of X, rather than X in the country's south, or a name."""
        place = mark.place
        if place is None or fold_name(self.text[at : mark.end]) in self.gazetteer.names:
            return False
        if place.fclass == "P":  # of a governorate's seat, its governorate may be meant as well
            return place.ftype != "PPLA" and not the and not _REGION_AFTER.match(self.text, mark.end, self.end)
        if place.fclass == "A" and "rural" not in self.text[name : mark.start].lower().split():
            return not the and not lies_towards(place, wind, self.gazetteer)
        return True

    def _part(self, at: int, wind: float, two: float | None, kind: str, mark: _Mark) -> Iterator[_Found]:
        place = mark.place
        if place is None or place.footprint is None or two is not None:
            return
        after = self._anchor(mark.end, _NAMED_AFTER)
        before = self._before(at)
        if after and after.place:
            return
        if before and before.place and before.place.drawn == "dot" and _CONTAINED.fullmatch(self.text, before.end, at):
            return
        derived = part_of(place, wind, kind)
        if derived:
            yield at, mark.end, derived

    def _part_after(self, at: int) -> Iterator[_Found]:
        """Homs's northern outskirts: the name stands first."""
        mark = self._before(at, 4)
        if not mark:
            return
        here = _PART_AFTER.match(self.text, mark.end, self.end) if mark.place else None
        wind = bearing(here["wind"]) if here else None
        if mark.place and here and wind is not None:
            derived = part_of(mark.place, wind, _kind(here))
            if derived:
                yield mark.start, here.end(), derived

    def _outskirts(self, at: int) -> Iterator[_Found]:
        """The outskirts of Homs, Homs's outskirts; with a wind before, they are a part on that side."""
        if self._inside(at) or _WIND_BEFORE.search(self._left(at, 40)):
            return
        of = _OUTSKIRTS_OF.match(self.text, at, self.end)
        if of:
            mark = self._anchor(of.end())
            begin, stop = at, mark.end if mark else at
            if self._anchor(stop, _NAMED_AFTER) or self._described(begin, stop):
                return
        else:
            mark, here = self._before(at), _OUTSKIRTS_HERE.match(self.text, at, self.end)
            if not (mark and here and _OWNS.fullmatch(self.text, mark.end, at)):
                return
            begin, stop = mark.start, here.end()
        place = self._point(mark) if of else mark.place if mark else None
        derived = outskirts_of(place) if place else None
        if derived:
            yield begin, stop, derived

    def _measured(self, measured: re.Match[str], offset: int, wind: float, mark: _Mark) -> Iterator[_Found]:
        place = self._point(mark)
        length = length_of(measured)
        begin = offset + (measured.start("about") if measured["about"] else measured.start("number"))
        if place and length and not self._described(begin, mark.end, distance=True):
            yield begin, mark.end, offset_from(place, length, wind)

    def _distance(self, at: int) -> Iterator[_Found]:
        short = _ABBREVIATED.match(self.text, at, self.end)
        link = short or _FROM.match(self.text, at, self.end)
        mark = self._anchor(link.end()) if link else None
        if not (link and mark):
            return
        left = self._left(at, 60)
        quantity = _QUANTITY_BEFORE.search(left)
        length = length_of(quantity, link["unit"]) if quantity else None
        place = self._point(mark)
        if not (quantity and length and place):
            return
        begin = at - len(left) + (quantity.start("about") if quantity["about"] else quantity.start("number"))
        if self._described(begin, mark.end, distance=True):
            return
        if short:
            wind = bearing(short["wind"])
            if wind is not None:
                yield begin, mark.end, offset_from(place, length, wind)
        elif (link["link"].lower() != "of" or length.up_to) and not _MOVES_ON.match(self.text, mark.end, self.end):
            yield begin, mark.end, ring_of(place, length)

    def _between(self, at: int) -> Iterator[_Found]:
        pair = self._pair(at + len("between"), _SPACE, _AND)
        if not pair:
            return
        first, second = pair
        if self._anchor(second.end, _AND_ALSO):  # between Hama and Homs and Palmyra: no line is told
            return
        left = self._left(at, 60)
        halfway = _HALFWAY.search(left) if "way" in left.lower() else None
        if not (halfway or _ROAD_BEFORE.search(left)):
            capitals = all(mark.place and mark.place.ftype == "PPLC" for mark in pair)
            if capitals or first.actor or second.actor or _RELATION.search(left):
                return
        begin = at - len(left) + halfway.start() if halfway else at
        yield from self._corridor(begin, second.end, first, second, halfway)

    def _linking(self, at: int) -> Iterator[_Found]:
        here = _LINKING.match(self.text, at, self.end)
        if not here or self._inside(at):
            return
        before = self._before(at, 1)
        if before and before.place and before.place.fclass == "R":
            return
        pair = self._pair(here.end(), _GENERIC, _TO)
        if pair:
            yield from self._corridor(at, pair[1].end, *pair)

    def _dashed(self, first: _Mark, second: _Mark) -> Iterator[_Found]:
        if not _DASH.fullmatch(self.text, first.end, second.start):
            return
        after = _ROAD_AFTER.match(self.text, second.end, self.end)
        before = _ROAD_BEFORE.search(self._left(first.start, 40))
        if after or before:
            begin = first.start - len(before[0]) if before else first.start
            yield from self._corridor(begin, after.end() if after else second.end, first, second)

    def _pair(self, at: int, gap: re.Pattern[str], joined: re.Pattern[str]) -> tuple[_Mark, _Mark] | None:
        first = self._anchor(at, gap)
        second = self._anchor(first.end, joined) if first else None
        return (first, second) if first and second else None

    def _corridor(
        self, begin: int, stop: int, first: _Mark, second: _Mark, halfway: re.Match[str] | None = None
    ) -> Iterator[_Found]:
        one, other = first.place, second.place
        if one and other and is_anchor(one) and is_anchor(other) and not self._described(begin, stop):
            derived = halfway_between(one, other, bool(halfway["about"])) if halfway else corridor_of(one, other)
            if derived:
                yield begin, stop, derived


def _kind(found: re.Match[str]) -> str:
    return next(kind for kind in _PART_NOUNS if found[kind])
