"""Mentions -> places, each with a reason, and the role that the name plays in its sentence.

The steps, in order; the first that leaves one candidate decides, and its name is the reason:
what the words around say of the kind of place; what wider place is named beside it; which homonym the article has
already named in so many words; which lies near the places that the article names without doubt; which the
bare name means by default. A place of significance 1 needs support from its context. Nothing is guessed beyond that:
what no step decides is `ambiguous`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt

from conflictmap.gazetteer import Gazetteer
from conflictmap.lexicon import lexicon
from conflictmap.model import Mention, Place, Resolution, Role, Status

REASONS = {
    "only-candidate": "no other place of the gazetteer has this name",
    "feature-cue": "a word beside the name says what kind of place is meant",
    "container-named": "a wider place that it is part of is named beside it",
    "same-sense": "the article has already named this one of the homonyms",
    "near-neighbours": "it lies near places that the article names without doubt; the others of this name do not",
    "same-country": "it is the only one in a country whose places the article names without doubt",
    "default-sense": "the usual meaning of this name in news reports; the text gives no further hint",
    "needs-support": "a small place with a common name, and nothing in the article points to it",
    "undecided": "several places have this name, and nothing in the text decides",
    "decided-by-person": "decided by a person",
    "not-in-gazetteer": "announced as a place, but no place of the gazetteer has this name",
}
"""The closed vocabulary of reasons."""

NEAR_KM = 60.0
"""How near a homonym must lie to unambiguous neighbours to be preferred for it (about the length of a governorate)."""
FARTHER_TIMES = 2.0
"""… and how many times farther off the next homonym must be."""
BESIDE = 80
"""Within how many code points a wider place counts as named beside a name."""


def resolve(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, passage_starts: Sequence[int] = ()) -> list[Resolution]:
    """Resolve all mentions of one article together, in text order."""
    starts = sorted(passage_starts) or [0]
    article = _Article(text, mentions, gazetteer)
    resolutions = []
    for number, mention in enumerate(mentions):
        place, reason = article.settle(number)
        status: Status = "resolved" if place else "ambiguous" if mention.candidates else "unresolved"
        role = _role(text, mention, place, starts, mentions, number)
        resolutions.append(Resolution(mention, place.id if place else None, status, reason, role))
    return resolutions


class _Article:
    """What one article's mentions say of one another. `settle` is to be asked in text order."""

    def __init__(self, text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
        self.text = text
        self.mentions = mentions
        self.gazetteer = gazetteer
        self.options = [_by_kind(mention, gazetteer) for mention in mentions]
        self.sure: dict[str, Place] = {}
        for options, ruled_out in self.options:
            if _decided(options, ruled_out):
                self.sure[options[0].id] = options[0]
        self.narrow = [place for place in self.sure.values() if _is_narrow(place)]
        self.senses: dict[str, int] = {}
        self.nearest: dict[tuple[str, ...], Place | None] = {}

    def settle(self, number: int) -> tuple[Place | None, str]:
        """The place of a mention and the reason, or None and why not."""
        place, reason = self._settle(number)
        if place and reason in _SENSES and place.fclass != "A":
            self.senses[place.id] = number
        return place, reason

    def _settle(self, number: int) -> tuple[Place | None, str]:
        mention = self.mentions[number]
        options, ruled_out = self.options[number]
        if not options:
            return None, "not-in-gazetteer"
        several = len(mention.candidates) > 1
        if _decided(options, ruled_out):
            return options[0], "feature-cue" if several else "only-candidate"
        beside, countries = self._named_beside(number)
        wider = self.gazetteer.wider
        inside = [place for place in options if not beside.isdisjoint(wider[place.id])]
        if not inside:  # a country somewhere in the sentence tells great homonyms apart, but makes no hamlet of a great city
            great = [place for place in options if place.significance >= options[0].significance - 1]
            inside = [place for place in great if not countries.isdisjoint(wider[place.id])] if len(great) > 1 else []
        if len(inside) == 1:
            return inside[0], "container-named" if several else "only-candidate"
        options = inside or options
        told = [place for place in options if place.id in self.senses]
        if told:
            return max(told, key=lambda place: self.senses[place.id]), "same-sense"
        near = self._near(options)
        if near and not (near.significance < options[0].significance and _is_default(options)):
            return near, "near-neighbours" if several else "only-candidate"
        there = self._in_countries(options) if len(options) > 1 else []
        if len(there) == 1 and there[0].significance > 1:
            return there[0], "same-country"
        if _is_default(options):
            return options[0], "default-sense" if several else "only-candidate"
        return None, "needs-support" if options[0].significance == 1 else "undecided"

    def _near(self, options: list[Place]) -> Place | None:
        key = tuple(place.id for place in options)
        if key not in self.nearest:
            self.nearest[key] = _nearest(options, [place for place in self.narrow if place.id not in key])
        return self.nearest[key]

    def _in_countries(self, options: list[Place]) -> list[Place]:
        own = {place.id for place in options}
        countries = {code for place in self.sure.values() if place.id not in own for code in place.ccodes}
        return [place for place in options if countries.intersection(place.ccodes)]

    def _named_beside(self, number: int) -> tuple[set[str], set[str]]:
        """Ids of the places that the names right beside may mean, wide ones rather than towns, and of countries apart.

        A country is as good as any wide place where the name is said to be in it: "Damascus, Maryland" needs more than the
        embassy of the United States in Damascus.
        """
        mention = self.mentions[number]
        ids: set[str] = set()
        countries: set[str] = set()
        for other in (*self.mentions[max(0, number - 3) : number], *self.mentions[number + 1 : number + 4]):
            left, right = (mention.end, other.start) if other.start >= mention.end else (other.end, mention.start)
            if right - left <= BESIDE and not _BREAK.search(self.text, left, right):
                said_in = left == mention.end and _IN.fullmatch(self.text, left, right) is not None
                kinds = {i: self.gazetteer.places[i] for i in other.candidates}
                land = {i for i, p in kinds.items() if p.ftype.startswith("PCL") and not said_in}
                wide = [i for i, p in kinds.items() if p.fclass in "ALT" and i not in land]
                ids.update(wide or [i for i, p in kinds.items() if p.fclass == "P"])
                countries |= land
        return ids.difference(mention.candidates), countries


_IN = re.compile(r",\s+|,?\s+in\s+(?:the\s+)?(?:\w+\s+){0,2}")
_BREAK = re.compile(r"[.!?]\s|\n\s*\n")
_SENSES = frozenset(("container-named", "same-sense", "feature-cue", "near-neighbours"))


def _decided(options: list[Place], ruled_out: bool) -> bool:
    return len(options) == 1 and (options[0].significance > 1 or ruled_out)


def _by_kind(mention: Mention, gazetteer: Gazetteer) -> tuple[list[Place], bool]:
    """The candidates that the cue allows (all of them if it allows none), and whether it ruled any out."""
    options = [gazetteer.places[place_id] for place_id in mention.candidates]
    if not mention.cue or mention.cue == "unknown" or len(options) < 2:
        return options, False
    kinds = mention.cue.split()
    allowed = [place for place in options if place.ftype in kinds or place.fclass in kinds]
    return (allowed, len(allowed) < len(options)) if allowed else (options, False)


def _is_narrow(place: Place) -> bool:
    return (
        place.footprint is not None and place.footprint.uncertainty_m <= NEAR_KM * 1000 and place.ftype[:3] not in ("PCL", "SEA")
    )


def _is_default(options: list[Place]) -> bool:
    first = options[0].significance
    return first > 1 and (len(options) == 1 or first > options[1].significance)


def _nearest(options: list[Place], neighbours: list[Place]) -> Place | None:
    if not neighbours:
        return None
    ranked = sorted(
        ((min(distance_km(place, other) for other in neighbours), place) for place in options if place.footprint),
        key=lambda pair: pair[0],
    )
    if not ranked or ranked[0][0] > NEAR_KM:
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[1][0] > max(FARTHER_TIMES * ranked[0][0], NEAR_KM / 2) else None


def distance_km(one: Place, other: Place) -> float:
    """Great-circle distance of two label points in kilometres, on a sphere (0.5% off at most: enough to rank homonyms)."""
    if one.footprint is None or other.footprint is None:
        return float("inf")
    return _km(one.footprint.latitude, one.footprint.longitude, other.footprint.latitude, other.footprint.longitude)


@lru_cache(1 << 16)
def _km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    lat1, lat2 = radians(latitude), radians(other_latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = radians(other_longitude - longitude) / 2
    return 2 * 6371.0088 * asin(sqrt(sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2))


# --- roles ----------------------------------------------------------------------------------------------------

_GENERIC = ("city", "town", "village", "province", "governorate", "capital", "region", "airport", "area", "cities", "towns")
_ROAD = r"(?:highway|motorway|road|route|railway|railroad|corridor|axis|pipeline|border)s?"
_DIRECTION = r"(?:north|south|east|west|north[- ]?(?:east|west)|south[- ]?(?:east|west))(?:ern)?(?:ward|wards)?"


@cache
def _role_patterns() -> dict[str, re.Pattern[str]]:
    words = lexicon()

    def alternatives(key: str) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words[key], key=len, reverse=True))

    generic = (
        rf"(?:the\s+)?(?:(?:{alternatives('adjectives')})\s+)*"
        rf"(?:(?:port\s+|capital\s+)?(?:{'|'.join(_GENERIC)})\s+(?:of\s+)?)?(?:the\s+)?"
    )
    anchor = r"(?:[\w’'-]+\s+){0,4}?"
    return {
        "direction": re.compile(rf"\b{_DIRECTION}\s+(?:of|from)\s+{generic}$", re.IGNORECASE),
        "measure": re.compile(
            rf"\b(?:km|kms|kilomet(?:er|re)s?|miles?|metres|meters)\b(?:\s+\([^)]*\))?\s+(?:away\s+)?(?:of|from|outside)\s+{generic}$",
            re.IGNORECASE,
        ),
        "between": re.compile(rf"\b(?:between|linking|links|connecting|connects)\s+{generic}$", re.IGNORECASE),
        "from": re.compile(rf"\b{_ROAD}\s+(?:{anchor})?(?:from|between|linking|connecting)\s+{generic}$", re.IGNORECASE),
        "to": re.compile(rf"\b(?:and|to|with|from)\s+{generic}$", re.IGNORECASE),
        "road-after": re.compile(rf"\s*[-‐‑–—/]\s*\S+(?:\s+\S+)?\s+(?:\w+\s+)?{_ROAD}\b", re.IGNORECASE),
        "road-here": re.compile(rf"\s+(?:international\s+|main\s+|desert\s+|old\s+)?{_ROAD}\b", re.IGNORECASE),
        "dash-before": re.compile(r"[^\W_]\s?[-‐‑–—/]\s?$"),
        "based": re.compile(r"[-‐‑](?:based|born|backed)\b", re.IGNORECASE),
        "dateline": re.compile(
            r"[^\W\d_a-z][\w.'’ -]{1,40}?(?:,\s+[^\W\d_a-z][\w.' ]{1,30}?){0,2}(?:\s*\([^()\n]{2,40}\))?(?:,?\s+\w{3,9}\.?\s+\d{1,2})?\s*(?:—|–|--|-)\s+(?=\S)"
        ),
        "actor-after": re.compile(
            rf",?\s+(?:(?:also|later|then|now|still|repeatedly|once|has|have|had|would|will|could|may|which|who|and|is|was|were|are|itself|formally|publicly|again|on\s+\w+)\s+)*"
            rf"(?:{alternatives('actor_verbs')})\b",
            re.IGNORECASE,
        ),
        "actor-noun": re.compile(rf"[’']s?\s+(?:[\w-]+\s+){{0,2}}?(?:{alternatives('actor_nouns')})\b", re.IGNORECASE),
        "actor-before": re.compile(rf"\b(?:{alternatives('actor_before')}),?\s+$", re.IGNORECASE),
    }


def _role(
    text: str, mention: Mention, place: Place | None, starts: Sequence[int], mentions: Sequence[Mention], number: int
) -> Role:
    patterns = _role_patterns()
    left = text[max(0, mention.start - 90) : mention.start]
    left = left[left.rfind("\n\n") + 2 :] if "\n\n" in left else left
    if _is_dateline(text, mention, starts):
        return "dateline"
    if patterns["based"].match(text, mention.end):
        return "reference"
    if _is_reference(text, left, mention, mentions, number):
        return "reference"
    stands_for_government = place is not None and (place.ftype.startswith("PCL") or place.ftype == "PPLC")
    if stands_for_government and (
        patterns["actor-after"].match(text, mention.end)
        or patterns["actor-noun"].match(text, mention.end)
        or patterns["actor-before"].search(left)
    ):
        return "actor"
    return "location"


def _is_dateline(text: str, mention: Mention, starts: Sequence[int]) -> bool:
    begin = starts[bisect_right(starts, mention.start) - 1]
    if mention.start - begin > 40:
        return False
    found = _role_patterns()["dateline"].match(text, begin)
    if not found or not found.start() <= mention.start < found.end():
        return False
    head = found.group()
    return text[begin : begin + 3].isupper() or "(" in head


@cache
def _before_reference() -> tuple[str, ...]:
    """The last words of whatever the patterns that end at a name may match: without one of them before it, none does."""
    adjectives = {re.findall(r"[\w’']+", word)[-1] for word in lexicon()["adjectives"]}
    return tuple(
        adjectives.union(
            _GENERIC,
            ["of", "from", "outside", "between", "linking", "links", "connecting", "connects", "and", "to", "with", "the"],
        )
    )


_DASHES = tuple("-‐‑–—/")
# Something that stands in whatever each pattern matches: to look for it is far cheaper than to try the pattern.
_STEMS = (
    ("direction", ("north", "south", "east", "west")),
    ("measure", ("km", "kilomet", "mile", "metre", "meter")),
    ("between", ("between", "link", "connect")),
    ("from", ("from", "between", "link", "connect")),
)


def _is_reference(text: str, left: str, mention: Mention, mentions: Sequence[Mention], number: int) -> bool:
    patterns = _role_patterns()
    announced = left[-30:].rstrip().lower().endswith(_before_reference())
    if announced:
        lower = left.lower()
        for name, stems in _STEMS:
            if any(stem in lower for stem in stems) and patterns[name].search(left):
                return True
    if patterns["road-after"].match(text, mention.end) and text[mention.end : mention.end + 2].strip()[:1] in "-‐‑–—/":
        return True
    if (
        left[-3:].strip()[-1:] in _DASHES
        and patterns["dash-before"].search(left[-5:])
        and patterns["road-here"].match(text, mention.end)
    ):
        return True
    if number and announced and patterns["to"].search(left):  # the second anchor of "between X and Y", "the highway from X to Y"
        first = mentions[number - 1]
        gap = text[first.end : mention.start]
        if len(gap) < 40 and re.fullmatch(rf"\s+{patterns['to'].pattern}", gap, re.IGNORECASE):
            before = text[max(0, first.start - 90) : first.start]
            return bool(patterns["between"].search(before) or patterns["from"].search(before))
    return False
