"""Relative expressions -> derived footprints: "12 km north of Hama", "between Hama and Homs", "the northern edge of the Ghab plain".

A derived footprint is never its anchor's own. What the text gives decides its shape: distance and direction make a point
with an uncertainty, two anchors a corridor, and everything else a part: of the anchor's surroundings (a ring, a sector) or
of its area. Nothing is derived where a place of the gazetteer stands right beside and is only described so ("Salma, 30 km
east of Latakia"), nor from an anchor that is unresolved, a country, or wide without a polygon. The figures are constants.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, radians, sin
from typing import Any, NamedTuple

from geopy.distance import geodesic

from conflictmap.gazetteer import Gazetteer
from conflictmap.model import Certainty, DerivedFootprint, Footprint, Mention, Place, Resolution
from conflictmap.text import fold_name

MAX_KM = 500.0
"""No distance greater than this is believed, nor a corridor longer."""
MAX_ANCHOR_M = 40_000
"""An anchor to measure from is no wider than this (metres)."""
REACH_KM = {5: 30.0, 4: 25.0}
"""How far "north of X" reaches without a distance: the greater the place, the farther; its significance -> km."""
REACH_OTHERS_KM = 15.0
JUST_KM = 10.0
"""… and at most so far in "just north of X"."""
CORRIDOR_SHARE, CORRIDOR_KM = 0.15, (2.0, 15.0)
"""Half the width of a corridor at its middle: this share of its length, and its least and greatest (km)."""
HALFWAY_SHARE = 0.1
"""How far from the middle "halfway" may be: this share of the length (twice that for "about halfway")."""
SIDE_KM = 75.0
"""An area whose label point is so far to one side of its country's is called after that side: "the southern Daraa province"."""
ABOUT_SHARE = 0.1
"""How far off "about 12 km" may be at least: this share of it."""
PARTS: dict[str, tuple[float, float]] = {
    "edge": (1 / 3, 5.0),
    "tip": (1 / 5, 5.0),
    "suburbs": (1 / 3, 10.0),
    "countryside": (1 / 2, 25.0),
    "part": (1 / 2, 5.0),
}
"""Kind of part -> the share of an area's extent in that direction, and how far it reaches from a town's label point (km)."""

WINDS = {
    wind: number * 22.5
    for number, wind in enumerate(["n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"])
}  # fmt: skip
"""The 16 winds -> degrees clockwise from north."""
_WIND_WORD = r"(?:north|south|east|west)(?:[-‐‑–\s]?(?:north|south|east|west)){0,2}"
WIND = rf"(?:{_WIND_WORD}|[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?)"
"""A wind in a text: a word, joined, with hyphens or blanks; or its letters in capitals, to be read only after a distance."""


def bearing(wind: str) -> float | None:
    """Degrees clockwise from north of "north", "north-west", "NNE" …; None for what is none of the 16 winds."""
    letters = re.sub(r"(?i)north|south|east|west", lambda word: word.group()[0], wind)
    return WINDS.get(re.sub(r"[^a-z]", "", letters.lower()))


def direction_precision(wind: float) -> float:
    """Half the angle that a wind covers: 22.5° for those of 8, 11.25° for those that need 16 (point-radius method)."""
    return 11.25 if wind % 45 else 22.5


class _Mark(NamedTuple):
    """A mention or a suggested place of the passage; `place` is None if it is not resolved."""

    start: int
    end: int
    place: Place | None
    actor: bool = False


Derived = tuple[Mention, DerivedFootprint]
_Found = tuple[int, int, DerivedFootprint]


def derive(
    text: str,
    start: int,
    end: int,
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer,
    suggested: Sequence[tuple[Mention, str]] = (),
) -> list[Derived]:
    """The relative expressions of the passage [start, end) and what they cover, in text order; they do not overlap.

    `resolutions` are those of the passage, in text order; `suggested` what descriptions.suggest found there: a description
    can be an anchor too ("12 km north of the capital"). A mention runs from the expression's first word to its last anchor's end.
    """
    if not resolutions and not suggested:
        return []
    lower = text[start:end].lower().replace("\n", " ")
    if not any(map(lower.__contains__, _STEMS)):
        return []
    if len(lower) != end - start:  # a letter whose lower case is two code points
        lower = "".join(char.lower()[:1] for char in text[start:end])
    hits = {stems: _hits(lower, start, stems) for stems in (_DIRECTIONS, _UNITS, _BETWEEN, _ROADS)}
    if not any(hits.values()):
        return []
    passage = _Passage(text, start, end, resolutions, gazetteer, suggested)
    found = sorted(passage.find(hits), key=lambda item: (item[0], -item[1]))
    kept: list[Derived] = []
    last = start
    for begin, stop, derived in found:
        if begin >= last:
            last = stop
            kept.append((Mention(begin, stop, text[begin:stop], derived.anchors), derived))
    return kept


def _hits(lower: str, start: int, stems: tuple[str, ...]) -> list[int]:
    """Where a word begins with one of the stems (a unit may follow a figure or "kilo"): offsets in the text, ascending."""
    hits = []
    for stem in stems:
        at = lower.find(stem)
        while at >= 0:
            begin = at + (not stem[0].isalpha())
            if begin == 0 or not lower[begin - 1].isalpha() or (stems is _UNITS and lower[begin - 4 : begin] == "kilo"):
                hits.append(start + begin)
            at = lower.find(stem, at + len(stem))
    return sorted(hits)


# --- finding --------------------------------------------------------------------------------------------------

_DIRECTIONS: tuple[str, ...] = ("north", "south", " east", " west")
_UNITS: tuple[str, ...] = ("km", "mile", "metre", "meter")
_BETWEEN: tuple[str, ...] = ("between",)
_ROADS: tuple[str, ...] = ("highway", "road", "railway", "route", "corridor")
_STEMS = (*_DIRECTIONS, *_UNITS, *_BETWEEN, *_ROADS)

_I = re.IGNORECASE
_ROAD = r"(?:highway|motorway|road|railway(?:\s+line)?|railroad|route|corridor|axis)s?"
_KIND = r"(?:cit(?:y|ies)|towns?|villages?|hamlet|suburb|capital|port|province|governorate|region|district|area|base|plain|mountains?)"
_STOP = r"(?:in|on|at|to|from|and|or|near|with|by|for|as|where|which|that|of|between)"
# What may stand between "north of" and the name: "the", "the rebel-held town of", "the Lebanese capital, ".
_GENERIC = re.compile(
    rf"(?:the\s+)?(?:(?:(?!{_STOP}\b)[\w’'-]+\s+){{0,4}}{_KIND}(?:\s+(?:cent(?:re|er)\s+)?of|,)?\s+)?(?:the\s+)?(?:cent(?:re|er)\s+of\s+)?(?:central\s+|nearby\s+)?",
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
    rf"\b(?:the|this|that)\s+[\w-]+(?:\s+[\w-]+)?\s+(?:is|was|lies|lay|sits|stands)\s+{_NEXT_TO}(?:to\s+)?(?:the\s+)?$", _I
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['\"”’)]*\s+|\n\s*)(?:(?:just|about|some|at|and|to\s+the|in|the)\s+)*$", _I)
_THEN_NAMED = re.compile(rf",\s+(?:(?:in|at)\s+)?(?:the\s+(?:[\w-]+\s+)?{_KIND}\s+of\s+)?", _I)
# After an anchor's name: then the name is only a part of what is meant.
_NOT_THE_PLACE = re.compile(
    rf"[’']s?\s+\w|s[’']\s+\w|\s+(?:\w+\s+)?(?:{_ROAD}|border|frontier|airport|air\s*base|airbase|airfield|provinces?|governorates?|countryside|dam|front\s?lines?|university)\b|\s?[-‐‑–—/]\s?(?-i:[^\W\d_a-z])",
    _I,
)

_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD_VALUES = {word: float(number) for number, word in enumerate(_ONES.split("|"), 1)} | {
    word: 10.0 * number for number, word in enumerate(_TENS.split("|"), 2)
}
_VAGUE = {"few": (3.5, 1.5), "several": (5.0, 2.0), "couple": (2.0, 1.0), "dozen": (12.0, 3.0), "dozens": (40.0, 20.0)}
"""Vague numbers -> value and half-width: a few is 2 to 5, several 3 to 7, a couple 1 to 3, a dozen 9 to 15."""
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,5}(?:[.,]\d{1,2})?"
_ONE_NUMBER = (
    rf"(?:{_DIGITS}|half\s+an?|a\s+quarter\s+of\s+an?|a\s+few|a\s+couple\s+of|(?:a|two|three)\s+dozen|a\s+hundred|several|"
    rf"(?:{_TENS})(?:[-‐‑\s](?:one|two|three|four|five|six|seven|eight|nine))?|(?:{_ONES})(?:\s+and\s+a\s+half)?|an?)"
)
_NUMBER = rf"(?P<number>{_ONE_NUMBER})(?:\s*(?:[-‐‑–]|to|and|or)\s*(?P<upper>{_ONE_NUMBER}))?"
_WIDER = r"about|around|some|roughly|approximately|nearly|almost|over|more\s+than|at\s+least|(?:just|slightly|a\s+little)\s+(?:over|under|more\s+than|less\s+than)|an\s+estimated|an?|~|circa"
_UP_TO = r"within|less\s+than|under|up\s+to|no\s+more\s+than|not\s+more\s+than|fewer\s+than|inside"
_METRES = {"k": 1000.0, "mi": 1609.344, "me": 1.0, "m": 1.0}
_UNIT = r"(?P<unit>km\.?|kms\.?|kilomet(?:re|er)s?|miles?|mi|metres?|meters?|(?<=[\d\s])m)"
_ALSO = r"(?:\s*\([^()\n]{1,30}\)|,?\s+or\s+(?:about\s+)?[\d.,]+\s*[a-z]{1,10},?)?"
_QUANTITY = (
    rf"(?<![\w$£€.,])(?:(?P<about>{_WIDER}|{_UP_TO}|between|just|only|barely)\s*(?=[\s\d]))?\s*(?<![\w$£€.,]){_NUMBER}[-‐‑\s]*"
)
_MEASURE_BEFORE = re.compile(
    rf"{_QUANTITY}{_UNIT}{_ALSO}\s*(?:away\s*)?,?\s*(?:to\s+the\s+|due\s+|further\s+|directly\s+|straight\s+|the\s+)?$", _I
)
_QUANTITY_BEFORE = re.compile(rf"{_QUANTITY}$", _I)
_FROM = re.compile(rf"{_UNIT}{_ALSO}\s+(?:away\s+)?(?P<link>from|outside|of|off)\s+(?:the\s+cent(?:re|er)\s+of\s+)?", _I)
_ABBREVIATED = re.compile(
    rf"{_UNIT}{_ALSO}\s+(?:to\s+the\s+|due\s+)?(?P<wind>(?-i:[NS][NS]?[EW]?|[EW](?:[NS][EW])?))\s+(?:of|from)\s+", _I
)
_MOVES_ON = re.compile(r"\s+(?:to|towards?|into|on\s+the\s+(?:\w+\s+)?road)\s+(?!the\s+(?:north|south|east|west))", _I)

_WIND_HERE = re.compile(rf"(?P<wind>{_WIND_WORD})(?P<ern>(?:ern|ernmost))?(?:wards?)?(?!\w)", _I)
_OF = re.compile(r"\s+(?P<link>of|from)\s+", _I)
_TWO_WINDS = re.compile(rf"\b({_WIND_WORD})(?:ern)?(?:\s*,\s*|\s+(?:and|or|to|and\s+the)\s+)(?:the\s+)?$", _I)
_PART_NOUNS = {
    "edge": "edges?|outskirts|fringes?|entrances?|approach(?:es)?|gates?|limits|perimeter|rim|margins?|periphery|borders?|boundary",
    "tip": "tip|end|corner|extremity",
    "suburbs": "suburbs|environs",
    "countryside": "countryside|hinterland",
    "part": "parts?|sides?|half|sections?|sectors?|areas|regions|districts|neighbou?rhoods|quarters|slopes?|flanks?|reaches|axis|hills|stretch(?:es)?",
}
_PART_KINDS = "|".join(f"(?P<{kind}>{words})" for kind, words in _PART_NOUNS.items())
_PART_OF = re.compile(rf"\s+(?:{_PART_KINDS})\s+(?:of|in)\s+", _I)
_PART_AFTER = re.compile(
    rf"(?i:(?:[’']s?|s[’'])?\s+(?P<wind>{_WIND_WORD})(?:ern)?\s+(?:rural\s+)?(?:{_PART_KINDS})\b)(?!\s+of\b|,?\s+[A-Z])"
)
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
        taken = [
            _Mark(
                r.mention.start,
                r.mention.end,
                gazetteer.places.get(r.place or "") if r.status == "resolved" else None,
                r.role == "actor",
            )
            for r in resolutions
            if r.status != "rejected"
        ]
        if suggested:  # the span of a description may hold a name ("Syria's commercial capital"): then the description counts
            spans = [_Mark(mention.start, mention.end, gazetteer.places.get(place)) for mention, place in suggested]
            free = [mark for mark in taken if not any(s.start <= mark.start < s.end for s in spans)]
            taken = sorted(free + spans)
        self.marks = taken
        self.starts = [mark.start for mark in taken]
        self.ends = [mark.end for mark in taken]

    def find(self, hits: Mapping[tuple[str, ...], Sequence[int]]) -> Iterator[_Found]:
        last = -1
        for at in hits[_DIRECTIONS]:
            if at >= last and not self._inside(at):
                here = _WIND_HERE.match(self.text, at, self.end)
                if here:
                    last = here.end()
                    yield from self._direction(here)
                    yield from self._part_after(at)
        for at in hits[_UNITS]:
            yield from self._distance(at)
        for at in hits[_BETWEEN]:
            yield from self._between(at)
        for at in hits[_ROADS]:
            yield from self._linking(at)
        if hits[_ROADS]:
            for first, second in zip(self.marks, self.marks[1:], strict=False):
                if 0 < second.start - first.end <= 4:
                    yield from self._dashed(first, second)

    def _inside(self, at: int) -> bool:
        number = bisect_right(self.starts, at) - 1
        return number >= 0 and at < self.ends[number]

    def _anchor(self, at: int, gap: re.Pattern[str] = _GENERIC) -> _Mark | None:
        """The mark that follows, with nothing between that is not generic."""
        number = bisect_left(self.starts, at)
        if number == len(self.marks) or self.starts[number] - at > 70:
            return None
        return self.marks[number] if gap.fullmatch(self.text, at, self.starts[number]) else None

    def _before(self, at: int) -> _Mark | None:
        number = bisect_right(self.ends, at) - 1
        return self.marks[number] if number >= 0 else None

    def _left(self, at: int, width: int) -> str:
        return self.text[max(self.start, at - width) : at]

    def _described(self, begin: int, stop: int, distance: bool = False) -> bool:
        """Whether the expression only says where a place is that is named, and known, right beside it."""
        before = self._before(begin)
        if before and before.place and begin - before.end <= 90:
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

    def _direction(self, here: re.Match[str]) -> Iterator[_Found]:
        wind = bearing(here["wind"])
        if wind is None:
            return
        at = here.start()
        left = self._left(at, 90)
        other = _TWO_WINDS.search(left[-30:])
        two = bearing(other[1]) if other else None
        of = _OF.match(self.text, here.end(), self.end) if not here["ern"] else None
        to_the = re.search(r"(?:^|\s)to\s+the\s+$", left[-12:], _I)
        the = re.search(r"\bthe\s+$", left[-6:], _I)
        if of:
            mark = self._anchor(of.end())
            measured = _MEASURE_BEFORE.search(left)
            if mark and measured:
                yield from self._measured(measured, at - len(left), wind, mark)
            elif mark and of["link"] == "of" and the and not to_the:
                yield from self._part(at, wind, two, "part", mark)
            elif mark and of["link"] == "of":
                place = self._point(mark)
                begin = at - len(other[0]) if other and two is not None else at
                if place and place.footprint and not self._described(begin, mark.end):
                    just = re.search(r"\b(?:just|immediately|directly)\s+(?:to\s+the\s+)?$", left[-24:], _I)
                    yield begin, mark.end, _sector_of(place, wind, two, bool(just))
            return
        part = _PART_OF.match(self.text, here.end(), self.end)
        mark = self._anchor(part.end()) if part else self._anchor(here.end(), _PART_NAME)
        if mark and (part or self._is_part(at, here.end(), wind, bool(the), mark)):
            yield from self._part(at, wind, two, _kind(part) if part else "part", mark)

    def _is_part(self, at: int, name: int, wind: float, the: bool, mark: _Mark) -> bool:
        """Whether "southern X" is the south of X, rather than X in the country's south, or a name."""
        place = mark.place
        if place is None or fold_name(self.text[at : mark.end]) in self.gazetteer.names:
            return False
        if place.fclass == "P":  # of a governorate's seat, its governorate may be meant as well
            return place.ftype != "PPLA" and not the and not _REGION_AFTER.match(self.text, mark.end, self.end)
        if place.fclass == "A" and not re.search(r"\brural\b", self.text[name : mark.start], _I):
            return not the and not _lies_towards(place, wind, self.gazetteer)
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
        derived = _part_of(place, wind, kind)
        if derived:
            yield at, mark.end, derived

    def _part_after(self, at: int) -> Iterator[_Found]:
        """Homs's northern outskirts: the name stands first."""
        mark = self._before(at)
        if not mark or at - mark.end > 4:
            return
        here = _PART_AFTER.match(self.text, mark.end, self.end) if mark.place else None
        wind = bearing(here["wind"]) if here else None
        if mark.place and here and wind is not None:
            derived = _part_of(mark.place, wind, _kind(here))
            if derived:
                yield mark.start, here.end(), derived

    def _measured(self, measured: re.Match[str], offset: int, wind: float, mark: _Mark) -> Iterator[_Found]:
        place = self._point(mark)
        length = _length(measured)
        begin = offset + (measured.start("about") if measured["about"] else measured.start("number"))
        if place and place.footprint and length and not self._described(begin, mark.end, distance=True):
            metres, precision, up_to = length
            if up_to:
                metres, precision = metres / 2, metres / 2
            yield begin, mark.end, _offset_from(place, metres, precision, wind)

    def _distance(self, at: int) -> Iterator[_Found]:
        if self.text[max(self.start, at - 4) : at].lower() == "kilo":
            at -= 4
        short = _ABBREVIATED.match(self.text, at, self.end)
        link = short or _FROM.match(self.text, at, self.end)
        left = self._left(at, 60)
        quantity = _QUANTITY_BEFORE.search(left) if link else None
        mark = self._anchor(link.end()) if link and quantity else None
        if not (link and quantity and mark):
            return
        length = _length(quantity, link["unit"])
        begin = at - len(left) + (quantity.start("about") if quantity["about"] else quantity.start("number"))
        place = self._point(mark)
        if not (place and place.footprint and length) or self._described(begin, mark.end, distance=True):
            return
        metres, precision, up_to = length
        if short:
            wind = bearing(short["wind"])
            if wind is not None:
                yield begin, mark.end, _offset_from(place, metres, precision, wind)
        elif (link["link"].lower() != "of" or up_to) and not _MOVES_ON.match(self.text, mark.end, self.end):
            yield begin, mark.end, _ring_of(place, metres, precision, up_to)

    def _between(self, at: int) -> Iterator[_Found]:
        pair = self._pair(at + len("between"), _SPACE, _AND)
        if not pair:
            return
        first, second = pair
        left = self._left(at, 60)
        halfway = _HALFWAY.search(left)
        if not (halfway or _ROAD_BEFORE.search(left)):
            capitals = all(mark.place and mark.place.ftype == "PPLC" for mark in pair)
            if capitals or first.actor or second.actor or _RELATION.search(left):
                return
        begin = at - len(left) + halfway.start() if halfway else at
        yield from self._corridor(begin, second.end, first, second, halfway)

    def _linking(self, at: int) -> Iterator[_Found]:
        here = _LINKING.match(self.text, at, self.end)
        before = self._before(at)
        if not here or self._inside(at) or (before and before.place and before.place.fclass == "R" and at - before.end < 2):
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
            derived = _halfway(one, other, bool(halfway["about"])) if halfway else _corridor_of(one, other)
            if derived:
                yield begin, stop, derived


def is_anchor(place: Place | None) -> bool:
    """Whether one can measure from the place: a town, a site or a small area, no line and nothing wider than MAX_ANCHOR_M."""
    return (
        place is not None
        and place.footprint is not None
        and place.footprint.uncertainty_m <= MAX_ANCHOR_M
        and (place.drawn == "dot" or (place.drawn == "area" and place.fclass in "TLP"))
    )


def _lies_towards(place: Place, wind: float, gazetteer: Gazetteer) -> bool:
    """Whether an area lies SIDE_KM or more to that side of its country's middle: then the wind may only tell where it is."""
    for country in (gazetteer.places.get(wider) for wider in gazetteer.wider.get(place.id, ())):
        if country and country.ftype.startswith("PCL") and country.footprint and place.footprint:
            ends = (country.footprint.longitude, country.footprint.latitude, place.footprint.longitude, place.footprint.latitude)
            if distance_m(*ends) * cos(radians(bearing_between(*ends) - wind)) >= SIDE_KM * 1000:
                return True
    return False


def _kind(found: re.Match[str]) -> str:
    return next(kind for kind in _PART_NOUNS if found[kind])


def _length(found: re.Match[str], unit: str | None = None) -> tuple[float, float, bool] | None:
    """Metres, half-width in metres, and whether it is an upper bound; None if it is no distance that can be believed."""
    scale = _METRES[next(key for key in _METRES if (unit or found["unit"]).lower().startswith(key))]
    about = " ".join((found["about"] or "").lower().split())
    value, precision = _number(found["number"])
    if found["upper"]:
        upper, upper_precision = _number(found["upper"])
        if upper <= value:
            return None
        value, precision = (value + upper) / 2, (upper - value) / 2 + upper_precision
    up_to = bool(re.fullmatch(_UP_TO, about))
    if about and re.fullmatch(_WIDER, about):
        precision = max(precision, ABOUT_SHARE * value)
    metres = value * scale
    return (metres, min(precision * scale, metres), up_to) if 0 < metres <= MAX_KM * 1000 else None


def _number(words: str) -> tuple[float, float]:
    """A number and its precision: half of the last significant unit, so 12 ± 0.5, 10 ± 5, 7.5 ± 0.25 (a half), 7.3 ± 0.05."""
    words = " ".join(words.lower().replace("‐", "-").replace("‑", "-").split())
    if words[0].isdigit():
        digits = re.sub(r",(?=\d{3}(?:,|$))", "", words).replace(",", ".")
        value = float(digits)
        whole, _, fraction = digits.partition(".")
        if fraction:
            return value, 0.25 if fraction in ("5", "50") else 0.125 if fraction in ("25", "75") else 0.5 * 10 ** -len(fraction)
        return value, 0.5 * 10 ** (len(whole) - len(whole.rstrip("0"))) if value else 0.0
    for vague, (value, precision) in _VAGUE.items():
        if vague in words.split():
            times = _WORD_VALUES.get(words.split()[0], 1.0)
            return value * times, precision * times
    if words.startswith("half"):
        return 0.5, 0.25
    if "quarter" in words:
        return 0.25, 0.125
    if words.endswith("and a half"):
        return _WORD_VALUES[words.split()[0]] + 0.5, 0.25
    if words.endswith("hundred"):
        return 100.0, 50.0
    value = sum(_WORD_VALUES.get(word, 0.0) for word in re.split(r"[-\s]", words)) or 1.0
    return value, 5.0 if value % 10 == 0 else 0.5


# --- footprints -----------------------------------------------------------------------------------------------


def _label(footprint: Footprint) -> tuple[float, float, int]:
    return footprint.longitude, footprint.latitude, footprint.uncertainty_m


def _footprint(longitude: float, latitude: float, geometry: Mapping[str, Any], metres: float, certainty: Certainty) -> Footprint:
    return Footprint(round(longitude, 5), round(latitude, 5), geometry, max(int(round(metres, -2)), 100), certainty)


def _offset_from(place: Place, metres: float, precision: float, wind: float) -> DerivedFootprint:
    """A point at a distance in a direction.

    Its uncertainty follows the point-radius method (Wieczorek, Guo and Hijmans 2004, "The point-radius method for
    georeferencing locality descriptions and calculating associated uncertainty", IJGIS 18: 745-767): the anchor's extent and the
    distance's precision add to d' = d + both, and the farthest that the place may be off is the corner of the annular sector,
    sqrt((d' cos a - d)² + (d' sin a)²), a being half the angle that the wind covers.
    """
    assert place.footprint
    longitude, latitude, extent = _label(place.footprint)
    return DerivedFootprint(
        _offset(longitude, latitude, extent, metres, precision, wind), "point", (place.id,), round(metres), wind
    )


@lru_cache(4096)
def _offset(longitude: float, latitude: float, extent: int, metres: float, precision: float, wind: float) -> Footprint:
    point = geodesic(meters=metres).destination((latitude, longitude), wind)
    angle = radians(direction_precision(wind))
    far = metres + extent + precision
    position = [round(point.longitude, 5), round(point.latitude, 5)]
    error = hypot(far * cos(angle) - metres, far * sin(angle))
    return _footprint(point.longitude, point.latitude, {"type": "Point", "coordinates": position}, error, "less-certain")


def _ring_of(place: Place, metres: float, precision: float, up_to: bool) -> DerivedFootprint:
    """All that lies at a distance: the ring of the distance, ± its precision and the anchor's extent (a disc for "within").

    The label point is the ring's middle; only the ring is to be drawn. The uncertainty is its outer radius, as the
    point-radius method has it for an offset without a heading.
    """
    assert place.footprint
    longitude, latitude, extent = _label(place.footprint)
    outer = metres + precision * (not up_to) + extent
    inner = 0.0 if up_to else metres - precision - extent
    return DerivedFootprint(_ring(longitude, latitude, max(inner, 0.0), outer), "part", (place.id,), round(metres))


@lru_cache(4096)
def _ring(longitude: float, latitude: float, inner: float, outer: float) -> Footprint:
    rings = [_arc(longitude, latitude, outer, 360.0, 0.0)]
    if inner > 0:
        rings.append(_arc(longitude, latitude, inner, 0.0, 360.0))
    for ring in rings:
        ring[-1] = ring[0]
    return _footprint(longitude, latitude, {"type": "Polygon", "coordinates": rings}, outer, "less-certain")


def _sector_of(place: Place, wind: float, two: float | None, just: bool) -> DerivedFootprint:
    """All that "north of X" may mean: a sector from the anchor's own extent as far as REACH_KM.

    Without a distance nobody has measured, so a cardinal wind covers what lies nearer to it than to the other cardinal winds
    (±45°), the others 22.5° or 11.25°; "north and east of" covers both. The uncertainty reaches the farthest corner from the
    label point, which is the sector's middle.
    """
    assert place.footprint
    longitude, latitude, extent = _label(place.footprint)
    reach = REACH_KM.get(place.significance, REACH_OTHERS_KM) * 1000
    if just:
        reach = min(reach, JUST_KM * 1000)
    half = loose_precision(wind)
    if two is not None:
        turn = (two - wind + 180) % 360 - 180
        if abs(turn) <= 90:
            wind, half = (wind + turn / 2) % 360, max(abs(turn) / 2 + 22.5, half)
    inner = float(min(extent, reach / 2))
    return DerivedFootprint(
        _sector(longitude, latitude, inner, max(reach, inner + 5000), wind, half), "part", (place.id,), None, wind
    )


def loose_precision(wind: float) -> float:
    """Half the angle that a wind covers where nobody has measured."""
    return 45.0 if wind % 90 == 0 else direction_precision(wind)


@lru_cache(4096)
def _sector(longitude: float, latitude: float, inner: float, outer: float, wind: float, half: float) -> Footprint:
    ring = _arc(longitude, latitude, outer, wind + half, wind - half)
    ring += _arc(longitude, latitude, inner, wind - half, wind + half) if inner else [[longitude, latitude]]
    ring.append(ring[0])
    label = _destination(longitude, latitude, wind, (inner + outer) / 2)
    error = max(distance_m(*label, *corner) for corner in ring)
    return _footprint(*label, {"type": "Polygon", "coordinates": [ring]}, error, "uncertain")


def _part_of(place: Place, wind: float, kind: str) -> DerivedFootprint | None:
    """The part of an area on one side, or of a town from its label point outward (PARTS).

    Of an area: what its polygon has in the outermost half or third of its extent in that direction; None if it has no polygon.
    """
    footprint = place.footprint
    if footprint is None or place.ftype.startswith("PCL"):
        return None
    share, reach = PARTS[kind]
    if place.drawn == "area":
        part = _clipped(footprint.geometry, wind, share)
    elif is_anchor(place):
        longitude, latitude, extent = _label(footprint)
        part = _sector(longitude, latitude, 0.0, max(reach * 1000, float(extent)), wind, loose_precision(wind))
    else:
        return None
    return DerivedFootprint(part, "part", (place.id,), None, wind) if part else None


def _corridor_of(one: Place, other: Place) -> DerivedFootprint | None:
    """What lies between two places, or the road from one to the other, whose course the text does not tell.

    A lens about the straight line: as wide as the anchors at its ends, CORRIDOR_SHARE of its length to each side in the middle.
    The uncertainty reaches from the middle to beyond the farther end ("between two features" in Chapman and Wieczorek 2020,
    Georeferencing Best Practices: half the distance, and the anchors' own).
    """
    ends = _ends(one, other)
    return DerivedFootprint(_lens(*ends[:4], ends[4]), "corridor", (one.id, other.id)) if ends else None


@lru_cache(4096)
def _lens(west: float, south: float, east: float, north: float, extent: int) -> Footprint:
    length = distance_m(west, south, east, north)
    least, most = (km * 1000 for km in CORRIDOR_KM)
    middle = min(max(CORRIDOR_SHARE * length, least), most)
    end = min(max(float(extent), 1000.0), middle)
    across = bearing_between(west, south, east, north) + 90
    sides: list[list[list[float]]] = [[], []]
    for step in range(13):
        t = step / 12
        centre = (west + t * (east - west), south + t * (north - south))
        width = end + (middle - end) * 4 * t * (1 - t)
        for side, turn in zip(sides, (0, 180), strict=True):
            side.append(list(_destination(*centre, across + turn, width)))
    ring = sides[0] + sides[1][::-1]
    ring.append(ring[0])
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return _footprint((west + east) / 2, (south + north) / 2, geometry, hypot(length / 2, end) + extent, "less-certain")


def _halfway(one: Place, other: Place, about: bool) -> DerivedFootprint | None:
    """The middle of the line between two places; HALFWAY_SHARE of its length and the wider anchor's extent make its uncertainty."""
    ends = _ends(one, other)
    if not ends:
        return None
    longitude, latitude, east, north, extent = ends
    length = distance_m(longitude, latitude, east, north)
    point = geodesic(meters=length / 2).destination((latitude, longitude), bearing_between(longitude, latitude, east, north))
    geometry = {"type": "Point", "coordinates": [round(point.longitude, 5), round(point.latitude, 5)]}
    error = extent + HALFWAY_SHARE * (1 + about) * length
    return DerivedFootprint(
        _footprint(point.longitude, point.latitude, geometry, error, "less-certain"), "point", (one.id, other.id)
    )


def _ends(one: Place, other: Place) -> tuple[float, float, float, float, int] | None:
    """Both label points and the wider extent; None if the places are one, or farther apart than MAX_KM."""
    if one.footprint is None or other.footprint is None:
        return None
    (west, south, extent), (east, north, further) = _label(one.footprint), _label(other.footprint)
    apart = distance_m(west, south, east, north)
    if not 1000 <= apart <= MAX_KM * 1000 or abs(east - west) > 180:
        return None
    return west, south, east, north, max(extent, further)


# --- geometry: on a sphere, at most 0.5% off, far below any uncertainty here; label points of distances are geodesic ---------

_EARTH_M = 6_371_008.8


def _destination(longitude: float, latitude: float, wind: float, metres: float) -> tuple[float, float]:
    lat, angle, turn = radians(latitude), metres / _EARTH_M, radians(wind)
    north = asin(max(-1.0, min(1.0, sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(turn))))
    east = radians(longitude) + atan2(sin(turn) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin(north))
    return round((degrees(east) + 180) % 360 - 180, 5), round(degrees(north), 5)


def distance_m(longitude: float, latitude: float, east: float, north: float) -> float:
    """Great-circle distance of two points, in metres."""
    lat, far = radians(latitude), radians(north)
    half = sin((far - lat) / 2) ** 2 + cos(lat) * cos(far) * sin(radians(east - longitude) / 2) ** 2
    return 2 * _EARTH_M * asin(min(1.0, half**0.5))


def bearing_between(longitude: float, latitude: float, east: float, north: float) -> float:
    """The direction from the first point to the second, in degrees clockwise from north."""
    lat, far, turn = radians(latitude), radians(north), radians(east - longitude)
    return degrees(atan2(sin(turn) * cos(far), cos(lat) * sin(far) - sin(lat) * cos(far) * cos(turn))) % 360


def _arc(longitude: float, latitude: float, metres: float, first: float, last: float) -> list[list[float]]:
    steps = max(4, round(abs(last - first) / 7.5))
    return [list(_destination(longitude, latitude, first + (last - first) * n / steps, metres)) for n in range(steps + 1)]


def _clipped(geometry: Mapping[str, Any], wind: float, share: float) -> Footprint | None:
    """The outermost share of a polygon's extent towards a wind (Sutherland-Hodgman at one line, in a local plane)."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    points = [point for polygon in polygons for ring in polygon for point in ring]
    if not points:
        return None
    narrow = cos(radians(sum(point[1] for point in points) / len(points)))
    east, north = sin(radians(wind)) * narrow, cos(radians(wind))

    def ahead(point: Sequence[float]) -> float:
        return point[0] * east + point[1] * north

    reaches = [ahead(point) for point in points]
    line = max(reaches) - share * (max(reaches) - min(reaches))
    kept = []
    for polygon in polygons:
        rings = [ring for ring in (_cut(ring, line, ahead) for ring in polygon) if len(ring) >= 4]
        if rings and _cut(polygon[0], line, ahead):
            kept.append(rings)
    if not kept:
        return None
    label = _inner_point(max((rings[0] for rings in kept), key=lambda ring: abs(_area(ring))))
    error = max(distance_m(*label, point[0], point[1]) for rings in kept for ring in rings for point in ring)
    shape: dict[str, Any] = (
        {"type": "MultiPolygon", "coordinates": kept} if len(kept) > 1 else {"type": "Polygon", "coordinates": kept[0]}
    )
    return _footprint(*label, shape, error, "uncertain")


def _cut(ring: Sequence[Sequence[float]], line: float, ahead: Any) -> list[list[float]]:
    kept: list[list[float]] = []
    for one, other in pairwise(ring):
        here, there = ahead(one) - line, ahead(other) - line
        if here >= 0:
            kept.append([one[0], one[1]])
        if (here >= 0) != (there >= 0):
            t = here / (here - there)
            kept.append([round(one[0] + t * (other[0] - one[0]), 5), round(one[1] + t * (other[1] - one[1]), 5)])
    return [*kept, kept[0]] if len(kept) >= 3 else []


def _area(ring: Sequence[Sequence[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _inner_point(ring: Sequence[Sequence[float]]) -> tuple[float, float]:
    """A point inside: the middle of the widest stretch that the ring covers at its mean latitude."""
    south, north = min(point[1] for point in ring), max(point[1] for point in ring)
    for share in (0.5, 0.45, 0.55, 0.35, 0.65):
        level = south + share * (north - south)
        crossings = sorted(
            a[0] + (level - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in pairwise(ring) if (a[1] <= level) != (b[1] <= level)
        )
        spans = [(right - left, (left + right) / 2) for left, right in zip(crossings[::2], crossings[1::2], strict=False)]
        if spans:
            return max(spans)[1], level
    return ring[0][0], ring[0][1]
