"""Definite descriptions -> suggested places: "the provincial capital", "Syria's commercial capital", "an air base north of Aleppo".

The facts are data with their sources (lexicon/en/descriptions.yaml); capitals and seats come from the gazetteer's own types and
part-of relations. A description beside a name is none ("Aleppo, Syria's commercial capital"): there the name is what counts.
Nothing is suggested where the text leaves open which country or which governorate is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from conflictmap.gazetteer import Gazetteer, bearing_between, distance_m, turn_between
from conflictmap.geoparser.relative.distances import loose_precision
from conflictmap.geoparser.relative.expressions import TRIGGERS, derive
from conflictmap.geoparser.relative.footprints import Same
from conflictmap.geoparser.relative.triggers import Hits, Triggers
from conflictmap.model import Mention, Place, Resolution

SITE_KM = 60.0
"""How far from its anchor a site may lie for which a text gives only a direction."""
SITE_SHARE = 0.3
"""… and how far from the distance that a text gives, as a share of it, besides the anchor's own extent."""

_I = re.IGNORECASE


def find_triggers(text: str, start: int, end: int) -> Hits:
    """Where the passage [start, end) has a word without which it holds no description and no relative expression."""
    return _rules().triggers.find(text, start, end)


def suggest(
    text: str, start: int, end: int, resolutions: Sequence[Resolution], gazetteer: Gazetteer, hits: Hits | None = None
) -> list[tuple[Mention, str]]:
    """The descriptions in the passage [start, end) that one place fits, each with that place's id, in text order.

    `resolutions` are those of the passage, in text order; they may hold those of passages before it, to tell the country by.
    A mention's span is the noun phrase without its article: "provincial capital", "Syria's commercial capital". `hits` is what
    triggers found in the passage, if that is known.
    """
    if hits is None:
        hits = find_triggers(text, start, end)
    if KIND not in hits:
        return []
    offsets = hits[KIND]
    rules = _rules()
    passage = None
    found: list[tuple[Mention, str]] = []
    last = start
    for phrase in rules.pattern.finditer(text, max(start, offsets[0] - rules.reach), min(end, offsets[-1] + rules.reach)):
        passage = passage or _Passage(text, start, end, resolutions, gazetteer)
        hit = passage.meaning(phrase)
        if hit and hit[0] >= last:
            begin, last, place = hit
            found.append((Mention(begin, last, text[begin:last], (place.id,)), place.id))
    return found


# --- the rules ------------------------------------------------------------------------------------------------

_CAPITALS = ("capital", "capital city")
_BLANKS = (" ", "\n", "\u00a0", "-", "\u2010", "\u2011")
"""What may stand between the words of a phrase."""
_SEATS = ("provincial capital", "governorate capital", "governorate's capital", "province's capital")


KIND = "description"


class _Rules(NamedTuple):
    """The compiled data. `triggers` finds, besides those of relative expressions, the phrases' last words, each with a little of
    the word before, and no phrase reaches farther than `reach` from there; `meanings` tells for each phrase what it can be: (kind, fact), kind of capital seat fact home site."""

    triggers: Triggers
    reach: int
    pattern: re.Pattern[str]
    meanings: Mapping[str, list[tuple[str, Mapping[str, Any]]]]
    demonyms: Mapping[str, str]
    owner: re.Pattern[str]
    the: re.Pattern[str]
    no_city: re.Pattern[str]


def descriptions() -> Mapping[str, Any]:
    """The data file."""
    raw: Mapping[str, Any] = yaml.load(
        (Path(__file__).parents[1] / "lexicon" / "en" / "descriptions.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return raw


@cache
def _rules() -> _Rules:
    data = descriptions()
    meanings: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for kind, phrases in (("capital", _CAPITALS), ("seat", _SEATS)):
        for phrase in phrases:
            meanings.setdefault(phrase, []).append((kind, {}))
    for kind, key in (("fact", "facts"), ("home", "homes"), ("site", "sites")):
        for fact in data[key]:
            for phrase in fact["phrases"]:
                meanings.setdefault(_plain(phrase), []).append((kind, fact))
    coarse: list[str] = []
    for phrase in sorted(meanings, key=len):  # of "largest city in the east", "largest city" will do
        if not any(other in phrase for other in meanings if other != phrase):
            coarse.append(phrase)
    last_words = {phrase[-len(phrase.split()[-1]) - 3 :] if " " in phrase else phrase for phrase in coarse}
    spaced = {last.replace(" ", blank) for last in last_words for blank in _BLANKS}
    letters = sorted({phrase[0] for phrase in meanings})  # one look instead of one for each phrase
    by_letter = "|".join(f"(?={letter})(?:{_any_of(p for p in meanings if p[0] == letter)})" for letter in letters)
    return _Rules(
        Triggers({**TRIGGERS, KIND: spaced}, anywhere=(KIND,)),
        max(map(len, meanings)) + 10,
        re.compile(rf"(?<![\w-])(?:{by_letter})(?![\w-])", _I),
        meanings,
        data["demonyms"],
        re.compile(rf"(?:\b(?P<demonym>{_any_of(data['demonyms'])})|\b(?P<word>{_any_of(data['country_words'])})[’']s)\s+$", _I),
        re.compile(rf"\bthe\s+(?:(?:{_any_of(data['capital_adjectives'])})\s+)*$", _I),
        re.compile(rf"\s+(?:{_any_of(data['capital_not_before'])})\b", _I),
    )


def _any_of(phrases: Iterable[str]) -> str:
    """One pattern for all, the longest first; blanks and hyphens as the text has them."""
    words = (re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return "|".join(word.replace(r"\ ", r"[-‐‑\s]+").replace(r"\-", r"[-‐‑\s]").replace("'", "[’']") for word in words)


def _plain(phrase: str) -> str:
    return " ".join(re.sub(r"[-‐‑]", " ", phrase.lower().replace("’", "'")).split())


@cache
def _home_patterns(number: int) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Of the n-th home: an owner before it, an owner after it, a title before it."""
    home = descriptions()["homes"][number]
    owners = _any_of(home["owners"])
    # a given name before a bare surname makes it another person of the family
    first = r"(?<![\w-])(?:(?P<first>[^\W\d_a-z][\w’'-]*)\s+)?"
    return (
        re.compile(rf"{first}(?P<owner>(?i:{owners}))(?:[’']s?)?\s+$"),
        re.compile(rf"\s+of\s+(?i:(?:the\s+)?(?:syrian\s+)?(?:president\s+)?){first}(?P<owner>(?i:{owners}))(?![\w-])"),
        re.compile(rf"(?:(?P<before>[\w’'-]+)\s+)?(?P<title>{_any_of(home['titles'])})[’']s?\s+$", _I),
    )


# --- the passage ----------------------------------------------------------------------------------------------


class _Mark(NamedTuple):
    start: int
    end: int
    place: Place | None
    place_of_event: bool


_Hit = tuple[int, int, Place]
_NO_NAME = r"(?!(?:and|or|in|on|at|to|from|near|with|by|for|after|as|of|but|while|when|where)\b)"
_AFTER_NAME = re.compile(
    rf"\s*[,(–—-]\s*(?:(?:which|that|is|was|used\s+to\s+be|has|had|been|now|once|then|formerly|also|still|long|both)\s+){{0,3}}(?:(?:the|its|their|an?)\s+(?:{_NO_NAME}[\w’'-]+\s+){{0,2}})?|\s+(?:is|was|as|became|becomes|remains|remained|(?:has|had)\s+(?:long\s+)?been|used\s+to\s+be)\s+(?:{_NO_NAME}[\w’'-]+\s+){{0,4}}|\s+(?:the\s+)?",
    _I,
)
_BEFORE_NAME = re.compile(r"\s*[,(:–—-]\s*(?:the\s+(?:city|town)\s+of\s+)?|\s+(?:city\s+)?(?:of\s+)?(?:the\s+city\s+of\s+)?", _I)
_POSSESSIVE = re.compile(r"[’']s?\s+")
_OF_OWNER = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?(?:[\w-]+\s+)?(?:(?:province|governorate|state|country)\s+of\s+)?", _I)
_NAMED = re.compile(r",?\s+(?:is|was|remains|became|will\s+be)\s+[^\W\d_a-z]")  # "the capital is Ouagadougou": it has its name
_CLAIMED = re.compile(r"\b(?:de[ -]facto|self-(?:declared|styled|proclaimed)|so-called)\s+$", _I)
_POSSESSED = re.compile(r"\b[^\W\d_a-z][\w.]*[’']s?\s+$")  # "ISIL's capital in Iraq" is not Iraq's
_OF = re.compile(r"\s+of\s+", _I)
_AFTER_THE = re.compile(r"\bthe\s+$", _I)
_THE = re.compile(r"\b(?:the|its|their)\s+$", _I)
_ARTICLE = re.compile(r"(?:^|[\s(“\"])(?:an?|the|another|one)\s+(?:[a-z-]+\s+|Syrian\s+){0,3}$|(?:^|\s)[a-z-]+\s+$")
_TO_DIRECTION = re.compile(
    r",?\s+(?:(?:located|situated|lying|that\s+lies|which\s+lies)\s+)?(?:(?:just|to\s+the|immediately|due)\s+)*", _I
)


_PRESIDENT = frozenset(("the", "president", "leader", "mr", "dr", "syrian"))


class _Passage:
    """One passage and what it names."""

    def __init__(self, text: str, start: int, end: int, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> None:
        self.text, self.start, self.end = text, start, end
        self.resolutions = resolutions
        self.gazetteer = gazetteer
        self.marks = [
            _Mark(
                r.mention.start,
                r.mention.end,
                gazetteer.places.get(r.place or "") if r.status == "resolved" else None,
                r.role not in ("actor", "dateline"),
            )
            for r in resolutions
            if r.status != "rejected"
        ]
        self.starts = [mark.start for mark in self.marks]
        self.ends = [mark.end for mark in self.marks]

    def meaning(self, phrase: re.Match[str]) -> _Hit | None:
        """The span of the description and the one place that fits it."""
        if any(
            m.start < phrase.end() and m.end > phrase.start() for m in (self._before(phrase.end()), self._last(phrase.end())) if m
        ):
            return None
        for kind, fact in _rules().meanings.get(_plain(phrase.group()), ()):
            find = getattr(self, f"_{kind}")
            hit: _Hit | None = find(phrase, fact)
            if hit and not self._beside_name(hit):
                return hit
        return None

    def _before(self, at: int) -> _Mark | None:
        number = bisect_right(self.ends, at) - 1
        return self.marks[number] if number >= 0 else None

    def _last(self, at: int) -> _Mark | None:
        """The last mark that begins before an offset."""
        number = bisect_left(self.starts, at) - 1
        return self.marks[number] if number >= 0 else None

    def _next(self, at: int, gap: re.Pattern[str]) -> _Mark | None:
        number = bisect_left(self.starts, at)
        if number == len(self.marks) or self.starts[number] - at > 60:
            return None
        return self.marks[number] if gap.fullmatch(self.text, at, self.starts[number]) else None

    def _left(self, at: int, width: int = 60) -> str:
        return self.text[max(self.start, at - width) : at]

    def _beside_name(self, hit: _Hit) -> bool:
        """Whether the description stands in apposition to a name: then that is the place."""
        begin, stop, place = hit
        before = self._before(begin)
        if before and begin - before.end <= 60 and (before.place is None or before.place.drawn == "dot" or before.place == place):
            gap = re.sub(r"[’']s\s", "s ", self.text[before.end : begin])
            if _AFTER_NAME.fullmatch(gap):
                return True
        after = self._next(stop, _BEFORE_NAME)
        return bool(after and (after.place is None or after.place.fclass == "P"))

    def _owner(self, phrase: re.Match[str]) -> tuple[int, int, Place | None] | None:
        """Whose capital, city, port it is said to be: where the description begins and ends, and the owner."""
        begin, stop = phrase.span()
        before = self._before(begin)
        if before and _POSSESSIVE.fullmatch(self.text, before.end, begin):
            return before.start, stop, before.place
        left = self._left(begin)
        said = _rules().owner.search(left)
        if said:
            begin -= len(left) - said.start()
            if said["demonym"]:
                return begin, stop, self.gazetteer.places.get(_rules().demonyms[said["demonym"].lower()])
            return begin, stop, self._country(phrase.start())
        after = None if _POSSESSED.search(left) else self._next(stop, _OF_OWNER)
        if after and after.place and (after.place.ftype.startswith("PCL") or after.place.ftype == "ADM1"):
            return begin, after.end, after.place
        return None

    def _capital(self, phrase: re.Match[str], _: Mapping[str, Any]) -> _Hit | None:
        if _rules().no_city.match(self.text, phrase.end(), self.end) or _NAMED.match(self.text, phrase.end(), self.end):
            return None
        if _CLAIMED.search(self._left(phrase.start())):
            return None
        owner = self._owner(phrase)
        if owner is None:
            if not _rules().the.search(self._left(phrase.start())) or _OF.match(self.text, phrase.end(), self.end):
                return None
            owner = (*phrase.span(), self._country(phrase.start()))
        begin, stop, whose = owner
        place = self._capital_of(whose) if whose else None
        return (begin, stop, place) if place else None

    def _seat(self, phrase: re.Match[str], _: Mapping[str, Any]) -> _Hit | None:
        owner = self._owner(phrase)
        if owner:
            begin, stop, whose = owner
            place = self._seat_of(whose) if whose else None
            return (begin, stop, place) if place else None
        if not _THE.search(self._left(phrase.start())) or _OF.match(self.text, phrase.end(), self.end):
            return None
        place = self._seat_of(self._governorate(phrase.start()))
        return (*phrase.span(), place) if place else None

    def _fact(self, phrase: re.Match[str], fact: Mapping[str, Any]) -> _Hit | None:
        place, country = self.gazetteer.places.get(fact["place"]), self.gazetteer.places.get(fact["country"])
        if place is None or country is None:
            return None
        owner = self._owner(phrase)
        if owner is None:
            if not fact.get("bare") or not _AFTER_THE.search(self._left(phrase.start(), 8)):
                return None
            owner = (*phrase.span(), self._country(phrase.start()))
        begin, stop, whose = owner
        words = re.match(r"[\s,]+([\w-]+)", self.text[stop : stop + 30])
        if whose != country or (words and words[1].lower() in fact.get("not_before", ())):
            return None
        return begin, stop, place

    def _home(self, phrase: re.Match[str], fact: Mapping[str, Any]) -> _Hit | None:
        place = self.gazetteer.places.get(fact["place"])
        if place is None:
            return None
        number = next(n for n, home in enumerate(descriptions_homes()) if home == fact)
        before, after, title = _home_patterns(number)
        left = self._left(phrase.start())
        offset = phrase.start() - len(left)
        owners = {owner.lower() for owner in fact["owners"]}
        for found, begin, stop in (
            (own := before.search(left), offset + own.start("owner") if own else 0, phrase.end()),
            (own := after.match(self.text, phrase.end(), self.end), phrase.start(), own.end() if own else 0),
        ):
            if not found:
                continue
            first = (found["first"] or "").lower()
            if f"{first} {found['owner'].lower()}" in owners:
                return min(begin, offset + found.start("first")) if stop == phrase.end() else begin, stop, place
            if not first or first in _PRESIDENT:
                return begin, stop, place
        named = title.search(left)
        if named and (country := self._country(phrase.start())) and country.id == fact["country"]:
            begin = offset + named.start("title")
            said = (named["before"] or "").lower()
            if _rules().demonyms.get(said) == fact["country"]:
                return offset + named.start("before"), phrase.end(), place
            if said == "the":
                return begin, phrase.end(), place
        return None

    def _site(self, phrase: re.Match[str], fact: Mapping[str, Any]) -> _Hit | None:
        """The one site of this type that lies where the text says; none if several do, or if a name stands before the words."""
        if not _ARTICLE.search(self._left(phrase.start())):
            return None
        stop = phrase.end()
        later = self.resolutions[bisect_left(self.starts, stop) : bisect_left(self.starts, stop) + 2] if self.starts else []
        for mention, derived in derive(self.text, stop, min(self.end, stop + 110), later, self.gazetteer)[:1]:
            anchor = self.gazetteer.places[derived.anchors[0]]
            if derived.bearing_deg is None or len(derived.anchors) > 1 or not anchor.footprint:
                return None
            if not _TO_DIRECTION.fullmatch(self.text, stop, mention.start):
                return None
            fitting = [
                site
                for site in _index(Same(self.gazetteer.places)).sites
                if site.ftype in fact["ftypes"] and _lies(site, anchor, derived.bearing_deg, derived.distance_m)
            ]
            return (phrase.start(), mention.end, fitting[0]) if len(fitting) == 1 else None
        return None

    def _country(self, at: int) -> Place | None:
        """The country that the passage tells of, as seen from an offset.

        That of the places inside countries that it names, if they are all of one; else the country that is named last before,
        or that of the place named last before. Governments and datelines do not count.
        """
        index = _index(Same(self.gazetteer.places))
        marks = [m for m in self.marks if m.place and m.place_of_event and len(m.place.ccodes) == 1]
        inside = {m.place.ccodes[0] for m in marks if m.place and not m.place.ftype.startswith("PCL")}
        if len(inside) == 1:
            return index.countries.get(inside.pop())
        before = [m.place for m in marks if m.place and m.end <= at]
        return index.countries.get(before[-1].ccodes[0]) if before else None

    def _governorate(self, at: int) -> Place | None:
        """The governorate named last before an offset; without one, the only seat of one that is named before."""
        before = [m.place for m in self.marks if m.place and m.end <= at]
        for place in reversed(before):
            if place.ftype == "ADM1":
                return place
        seats = {place.id: place for place in before if place.ftype == "PPLA"}
        return next(iter(seats.values())) if len(seats) == 1 else None

    def _capital_of(self, whole: Place) -> Place | None:
        if whole.ftype == "ADM1":
            return self._seat_of(whole)
        return _index(Same(self.gazetteer.places)).capitals.get(whole.id) if whole.ftype.startswith("PCL") else None

    def _seat_of(self, whole: Place | None) -> Place | None:
        if whole is None or whole.ftype == "PPLA":
            return whole
        return _index(Same(self.gazetteer.places)).seats.get(whole.id) if whole.ftype == "ADM1" else None


@cache
def descriptions_homes() -> Sequence[Mapping[str, Any]]:
    homes: Sequence[Mapping[str, Any]] = descriptions()["homes"]
    return homes


def _lies(site: Place, anchor: Place, wind: float, metres: int | None) -> bool:
    if site.footprint is None or anchor.footprint is None or site.id == anchor.id:
        return False
    ends = (anchor.footprint.longitude, anchor.footprint.latitude, site.footprint.longitude, site.footprint.latitude)
    apart = distance_m(*ends)
    if apart > SITE_KM * 1000 or (
        metres is not None and abs(apart - metres) > SITE_SHARE * metres + anchor.footprint.uncertainty_m
    ):
        return False
    return abs(turn_between(wind, bearing_between(*ends))) <= loose_precision(wind)


# --- what the gazetteer knows ---------------------------------------------------------------------------------


class _Index(NamedTuple):
    """Countries by code; their capitals and the governorates' seats by id, where there is exactly one; all sites."""

    countries: Mapping[str, Place]
    capitals: Mapping[str, Place]
    seats: Mapping[str, Place]
    sites: Sequence[Place]


@lru_cache(4)
def _index(same: Same) -> _Index:
    countries: dict[str, Place] = {}
    capitals: dict[str, list[Place]] = {}
    seats: dict[str, list[Place]] = {}
    for place in same.value.values():
        if place.ftype == "PCLI" and len(place.ccodes) == 1:
            countries.setdefault(place.ccodes[0], place)
        if place.ftype == "PPLC" and len(place.ccodes) == 1:
            capitals.setdefault(place.ccodes[0], []).append(place)
        if place.ftype in ("PPLA", "PPLC"):
            for wider in place.part_of:
                seats.setdefault(wider, []).append(place)
    governorates = {i for i, place in same.value.items() if place.ftype == "ADM1"}
    return _Index(
        countries,
        {country.id: capitals[code][0] for code, country in countries.items() if len(capitals.get(code, ())) == 1},
        {i: found[0] for i, found in seats.items() if len(found) == 1 and i in governorates},
        [place for place in same.value.values() if place.fclass == "S"],
    )
