"""What an article says as a whole about the places that its names may mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from conflictmap.gazetteer import Gazetteer, sounds
from conflictmap.geoparser.lexicon import english_words
from conflictmap.geoparser.places.distances import (
    FAR_KM,
    FARTHER_TIMES,
    NEAR_KM,
    OUTSIDE_KM,
    SUPPORT_KM,
    distance_km,
    is_narrow,
    nearest,
)
from conflictmap.model import Mention, Place
from conflictmap.text import fold_name

BESIDE = 80
"""Within how many code points a wider place counts as named beside a name."""


class Evidence:
    """What one article's mentions say of one another: places that are named unambiguously, countries, what stands beside a name.

    `options[number]` are the candidates of a mention that its cue allows, and whether it ruled any out; `sure` the places that are named
    without doubt, by id; `senses` the last mention, by number, that was resolved to a homonym in so many words.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
        self.text = text
        self.mentions = mentions
        self.gazetteer = gazetteer
        self.options = [by_kind(mention, gazetteer) for mention in mentions]
        self.listed = {i for mention in mentions if not mention.folded for i in mention.candidates}
        self.sure: dict[str, Place] = {}
        for mention, (options, ruled_out) in zip(mentions, self.options, strict=True):
            if not mention.folded and (decided(options, ruled_out) or self._nested(options)):
                self.sure[options[0].id] = options[0]
        self.narrow = [place for place in self.sure.values() if is_narrow(place)]
        self.senses: dict[str, int] = {}
        self.neighboured: dict[tuple[str, ...], bool] = {}
        self.nearest: dict[tuple[str, ...], Place | None] = {}
        self.apart: dict[tuple[str, ...], Place | None] = {}
        self.abroad = self._tells_of_another_theatre()
        self.at_home = frozenset(gazetteer.theatre.ccodes)
        self.home = {place.id for place in self.sure.values() if not self.at_home.isdisjoint(place.ccodes)}
        self.foreign = self._named_elsewhere()

    def _nested(self, options: list[Place]) -> bool:
        """Whether all candidates are one place in a narrower and a wider sense: a town and its governorate lie in one region."""
        return (
            len(options) > 1
            and options[0].significance > 2
            and all(
                p.id in self.gazetteer.wider[options[0].id] or options[0].id in self.gazetteer.wider[p.id] for p in options[1:]
            )
        )

    def has_neighbours(self, options: list[Place]) -> bool:
        """Whether any place that the article names without doubt lies near any candidate."""
        key = tuple(place.id for place in options)
        if key not in self.neighboured:
            self.neighboured[key] = any(distance_km(place, other) <= SUPPORT_KM for place in options for other in self.narrow)
        return self.neighboured[key]

    @staticmethod
    def sounds_listed(mention: Mention, options: list[Place]) -> bool:
        sound = sounds(mention.surface)
        return any(sounds(toponym.text) == sound for place in options for toponym in place.toponyms if toponym.text[0] < "\u0370")

    def tells_of_country(self, options: list[Place]) -> bool:
        """Whether the article names any place of a country of the candidates', or its people."""
        codes = {code for place in options for code in place.ccodes}
        if any(codes.intersection(place.ccodes) for place in self.sure.values()):
            return True
        return not codes.isdisjoint(self.nations)

    def part_of_governorate(self, mention: Mention, options: list[Place]) -> Place | None:
        """The governorate where a side of it is told of, as war news do: "northern Hama"; but eastern Aleppo is the city's half."""
        if len(options) < 2:
            return None
        wind = _WINDWARD.search(self.text, max(0, mention.start - 20), mention.start)
        seat, governorate = ([p for p in options if p.fclass == kind] for kind in ("P", "A"))
        if not wind or not seat or len(governorate) != 1 or governorate[0].ftype != "ADM1":
            return None
        if wind[1].lower() in english_words().divided_cities.get(fold_name(mention.surface), ()):
            return None
        if governorate[0].id not in self.gazetteer.wider[seat[0].id] or _TOWNLY.match(self.text, mention.end):
            return None
        return governorate[0]

    def countryside(self, mention: Mention) -> Place | None:
        """The place that the gazetteer lists as this one's countryside, if that is told of: that of Damascus is a governorate of its own."""
        if not mention.cue or not (
            _COUNTRYSIDE_OF.search(self.text, max(0, mention.start - 20), mention.start)
            or _COUNTRYSIDE.match(self.text, mention.end)
        ):
            return None
        found = self.gazetteer.find(f"{mention.surface.split()[0]} countryside")
        return found[0] if len(found) == 1 else None

    def state_after(self, mention: Mention) -> frozenset[str] | None:
        """Ids of the American or Canadian state whose abbreviation follows: "Damascus, Va."; None if none does."""
        found = _STATE.match(self.text, mention.end) if self.text[mention.end : mention.end + 1] == "," else None
        if not found:
            return None
        name = english_words().state_abbreviations[found[1].replace(".", "")]
        return frozenset(place.id for place in self.gazetteer.find(name) if {"US", "CA"}.intersection(place.ccodes))

    def _named_elsewhere(self) -> frozenset[str]:
        """The names, folded, that the article gives to a place of which the gazetteer has only namesakes: then each of them is that place."""
        counties = _COUNTY.finditer(self.text) if any(word in self.text for word in _COUNTIES) else ()
        told = {fold_name(found[1]) for found in (*counties, *_POSTCODE.finditer(self.text))}
        for number, mention in enumerate(self.mentions):
            options = self.options[number][0]
            state = self.state_after(mention)
            if state is not None:
                there = any(not state.isdisjoint({place.id, *self.gazetteer.wider[place.id]}) for place in options)
            else:
                closed = number + 1 < len(self.mentions) and _CLOSED.match(self.text, self.mentions[number + 1].end)
                there = not (closed and self.is_elsewhere(number, options))
            if options and not there:
                told.add(fold_name(mention.surface))
        return frozenset(told)

    def is_told_of_elsewhere(self, number: int, options: list[Place]) -> bool:
        """Whether the article says elsewhere that none of the candidates is meant, or tells of another country's war altogether."""
        if self.foreign and fold_name(self.mentions[number].surface) in self.foreign:
            return not self._said_to_be_in(number, options)
        codes = {code for place in options for code in place.ccodes}
        if self.at_home.isdisjoint(codes) or self._said_to_be_in(number, options):
            return False
        own = {place.id for place in options}
        small = options[0].significance <= 3 or self.mentions[number].folded
        if small and self.abroad:
            return not any(codes.intersection(place.ccodes) for place in self.sure.values() if place.id not in own)
        if self.home - own or not self.at_home.isdisjoint(self.nations):
            return False
        hints = small and self.hints_abroad and _OTHER_THEATRES.isdisjoint(codes)
        american = not codes.isdisjoint(("US", "CA")) or len(self.mentions[number].surface) <= _SHORT
        return hints or (american and self.tells_of_american_town and _WAR.search(self.text) is None)

    def _tells_of_another_theatre(self) -> bool:
        """Whether the article names two places without doubt in a country whose own war or news has namesakes of Syrian places."""
        there = Counter(code for place in self.sure.values() for code in _OTHER_THEATRES.intersection(place.ccodes))
        return max(there.values(), default=0) > 1

    @cached_property
    def nations(self) -> Counter[str]:
        """How often the article speaks of the people of each country, by its code."""
        return Counter(_NATIONS[word] for word in _NATION.findall(self.text))

    @cached_property
    def hints_abroad(self) -> bool:
        """Whether two names or peoples, of several places perhaps, may be of such a country: enough where nothing tells of Syria's."""
        named = Counter(code for options, _ in self.options for code in {code for place in options for code in place.ccodes})
        return any(self.nations[code] + named[code] > 1 for code in _OTHER_THEATRES)

    @cached_property
    def tells_of_american_town(self) -> bool:
        """Whether the article speaks of what the local news of American towns do: half of Syria's cities have a namesake there."""
        states = (place for place in self.sure.values() if place.ftype == "ADM1" and {"US", "CA"}.intersection(place.ccodes))
        return _AMERICAN.search(self.text) is not None or any(states)

    def _said_to_be_in(self, number: int, options: list[Place]) -> bool:
        """Whether the next name is a wider place of a candidate, and right behind: "Damascus, Syria"."""
        if number + 1 >= len(self.mentions):
            return False
        mention, region = self.mentions[number], self.mentions[number + 1]
        wider = self.gazetteer.wider
        return _IN.fullmatch(self.text, mention.end, region.start) is not None and any(
            not wider[place.id].isdisjoint(region.candidates) for place in options
        )

    def is_elsewhere(self, number: int, options: list[Place]) -> bool:
        """Whether a region named right after, as in "Palmyra, New Jersey", holds none of the candidates."""
        mention = self.mentions[number]
        if number + 1 >= len(self.mentions) or not options:
            return False
        region = self.mentions[number + 1]
        if not _REGION.fullmatch(self.text, mention.end, region.start) or _ENUMERATED.match(self.text, region.end):
            return False
        held = self.options[number + 1][0]
        said_in = " in " in self.text[mention.end : region.start]
        if (
            any(place.fclass not in "PA" for place in options)
            or not held
            or held[0].fclass != "A"
            or (not said_in and held[0].ftype != "ADM1" and any(place.fclass == "A" for place in options))
            or held[0].significance < 2
            or any(c in self.gazetteer.theatre.ccodes for p in held for c in p.ccodes)
        ):
            return False
        ids = {place.id for place in held}
        return not any(
            place.id in ids
            or ids & self.gazetteer.wider[place.id]
            or (set(place.ccodes) & set(held[0].ccodes) and held[0].ftype.startswith("PCL"))
            for place in options
        )

    def holds_the_one_before(self, number: int, options: list[Place]) -> Place | None:
        """The governorate, where a place in it is told to be in it: "Kafr Zita in northern Hama", "Kafr Zita in Hama"."""
        if not number or len(options) < 2:
            return None
        mention, before, held = self.mentions[number], self.mentions[number - 1], self.options[number - 1][0]
        if not held:
            return None
        governorate = next((p for p in options if p.fclass == "A" and p.id in self.gazetteer.wider[held[0].id]), None)
        if governorate is None or _IN_THE_NORTH.fullmatch(self.text, before.end, mention.start):
            return governorate
        seats = [place for place in options if place.fclass == "P"]
        outside = held[0].fclass in "PS" and all(distance_km(held[0], seat) > OUTSIDE_KM for seat in seats)
        said = _IN.fullmatch(self.text, before.end, mention.start)
        listed = (
            said
            and said[0].strip() == ","
            and (
                _ENUMERATED.match(self.text, mention.end)
                or self.text[max(0, before.start - 2) : before.start].strip() in (",", "d")
            )
        )
        return governorate if outside and said and not listed else None

    def near_beside(self, number: int, options: list[Place]) -> Place | None:
        """The candidate that lies near a place named in the same sentence, unless that would make a hamlet of a great city."""
        neighbours = self.sites_beside(number)
        neighbours = [place for place in neighbours if place not in options]
        sites = [place for place in options if place.fclass in "PS"]
        if not neighbours or len(sites) < 2 or self._unknown_region_follows(number):
            return None
        close = nearest(sites, neighbours) or nearest(sites, neighbours, 2 * NEAR_KM, 2 * FARTHER_TIMES)
        return close if close and options[0].significance - close.significance < 3 else None

    def _unknown_region_follows(self, number: int) -> bool:
        """Whether a capitalised word that is no mention follows after a comma, as a region would: "Tripoli, Ohio"."""
        follower = _CAPITAL_AFTER.match(self.text, self.mentions[number].end)
        return follower is not None and not (
            number + 1 < len(self.mentions) and self.mentions[number + 1].start <= follower.end()
        )

    def is_out_of_place(self, number: int, place: Place, reason: str) -> bool:
        """Whether a village stands in a list whose other places lie together, far from it: then another village is meant."""
        if place.significance > 2 or place.fclass != "P" or not (self.mentions[number].folded or reason == "only-candidate"):
            return False
        others = [other for other in self.sites_beside(number) if other.id != place.id]
        if len(others) < 2 or any(distance_km(place, other) <= SUPPORT_KM for other in others):
            return False
        together = all(distance_km(others[0], other) <= SUPPORT_KM for other in others[1:])
        before = number and _LISTED_WITH.fullmatch(self.text, self.mentions[number - 1].end, self.mentions[number].start)
        after = number + 1 < len(self.mentions) and _LISTED_WITH.fullmatch(
            self.text, self.mentions[number].end, self.mentions[number + 1].start
        )
        return together and bool(before or after)

    def stands_as_place(self, number: int, options: list[Place]) -> bool:
        """Whether a small place's name stands where a place is named, and is of several words or in an article of its country."""
        mention = self.mentions[number]
        left = self.text[max(0, mention.start - 60) : mention.start]
        if not (mention.cue or LOCATED.search(left)) or THE.search(left):
            return False
        return " " in mention.surface or mention.cue is not None or self.tells_of_country(options)

    def sites_beside(self, number: int) -> list[Place]:
        """The towns and sites that the names right beside, in the same sentence, mean without doubt."""
        mention = self.mentions[number]
        found = []
        for at in (number - 2, number - 1, number + 1, number + 2):
            if 0 <= at < len(self.mentions):
                other, held = self.mentions[at], self.options[at][0]
                left, right = (mention.end, other.start) if at > number else (other.end, mention.start)
                if (
                    held
                    and held[0].fclass in "PS"
                    and held[0].id in self.sure
                    and is_narrow(held[0])
                    and right - left <= BESIDE
                    and not _BREAK.search(self.text, left, right)
                ):
                    found.append(held[0])
        return found

    def by_people(self, number: int, options: list[Place]) -> Place | None:
        """The one candidate in a country whose people the sentence names: "Tripoli, the Libyan coast guard said"."""
        codes = {code for place in options for code in place.ccodes}
        if len(codes) < 2:
            return None
        mention = self.mentions[number]
        start, end = max(0, mention.start - 120), mention.end + 120
        left = self.text[start : mention.start]
        right = self.text[mention.end : end]
        breaks = [cut.end() for cut in _BREAK.finditer(left)]
        cut = _BREAK.search(right)
        sentence = f"{left[breaks[-1] if breaks else 0 :]} {right[: cut.start() if cut else None]}"
        told = {_NATIONS[word] for word in _NATION.findall(sentence)} & codes
        there = [place for place in options if told.intersection(place.ccodes)]
        most = max((place.significance for place in there), default=0)
        best = [place for place in there if place.significance == most]
        return best[0] if len(told) == 1 and len(best) == 1 and most > 1 and options[0].significance - most < 3 else None

    def near(self, options: list[Place]) -> Place | None:
        key = tuple(place.id for place in options)
        if key not in self.nearest:
            self.nearest[key] = nearest(options, [place for place in self.narrow if place.id not in key])
        return self.nearest[key]

    def in_another_theatre(self, sites: list[Place]) -> Place | None:
        """The one homonym near the places of an article that is all about another region than the usual one's."""
        key = tuple(place.id for place in sites)
        if key not in self.apart:
            found = [place for place in sites[1:] if self._all_far_from(sites[0], place)]
            self.apart[key] = found[0] if len(found) == 1 else None
        return self.apart[key]

    def _all_far_from(self, usual: Place, near: Place) -> bool:
        """Whether two places or more that the article names without doubt lie near a homonym, and none anywhere near the usual one."""
        others = [place for place in self.narrow if place.id not in (usual.id, near.id)]
        if len(others) < 2 or any(distance_km(usual, place) <= FAR_KM for place in others):
            return False
        return sum(distance_km(near, place) <= 2 * NEAR_KM for place in others) > 1

    def in_countries(self, options: list[Place]) -> list[Place]:
        own = {place.id for place in options}
        countries = {code for place in self.sure.values() if place.id not in own for code in place.ccodes}
        return [place for place in options if countries.intersection(place.ccodes)]

    def named_beside(self, number: int) -> tuple[set[str], set[str]]:
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


def decided(options: list[Place], ruled_out: bool) -> bool:
    return len(options) == 1 and (options[0].significance > 1 or ruled_out)


def by_kind(mention: Mention, gazetteer: Gazetteer) -> tuple[list[Place], bool]:
    """The candidates that the cue allows (all of them if it allows none), and whether it ruled any out."""
    options = [gazetteer.places[place_id] for place_id in mention.candidates]
    if not mention.cue or mention.cue == "unknown" or len(options) < 2:
        return options, False
    kinds = mention.cue.split()
    allowed = [place for place in options if place.ftype in kinds or place.fclass in kinds]
    return (allowed, len(allowed) < len(options)) if allowed else (options, False)


def lists(place: Place, surface: str) -> bool:
    """Whether this spelling is one of the place's own names that are looked for in texts."""
    folded = fold_name(surface)
    return any(toponym.matchable and fold_name(toponym.text) == folded for toponym in place.toponyms)


def is_default(options: list[Place]) -> bool:
    first = options[0].significance
    return first > 1 and (len(options) == 1 or first > options[1].significance)


def lies_in(place: Place, region: Place) -> bool:
    """Whether a site's point is within the circle that holds a region."""
    return (
        place.fclass in "PS"
        and region.footprint is not None
        and distance_km(place, region) * 1000 <= region.footprint.uncertainty_m
    )


def _letters(abbreviation: str) -> str:
    """A pattern of an abbreviation as it is printed: Va. and N.Y. with stops, postal codes without."""
    if len(abbreviation) == 2 and abbreviation.isupper():
        return rf"{abbreviation[0]}\.{abbreviation[1]}\.|{abbreviation}"
    return r"W\.\s?Va\." if abbreviation == "WVa" else rf"{abbreviation}\."


_DIRECTION_OR_KIND = (
    r"(?:(?:the|rebel-held|government-held|opposition-held|besieged|nearby|northern|southern|eastern|western|central|rural)\s+)*"
)
LOCATED = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(sorted(english_words().place_prepositions | english_words().place_verbs, key=len, reverse=True))})\s+{_DIRECTION_OR_KIND}(?:[\"“‘«(])?$",
    re.IGNORECASE,
)
AREA_AFTER = re.compile(r"\s?[-‐‑–—]|\s+(?:area|region|district|countryside|road|front|highway|pocket|neighbou?rhood|suburb)s?\b")
THE = re.compile(r"\b[Tt]he\s+$")
LISTED = re.compile(r"(?:,|\band|\bor)\s+(?:in\s+)?$")
ARABIC_SHAPE = re.compile(r"(?:[Aa]l|[Ee]l|[Aa][rnstdz]|[Aa]sh)[-‐‑]|(?:Tel[l]?|Tal|K[af]+[af]?r|Deir|Beit|Ain|Jabal|Khan)\s")
_NATIONS: dict[str, str] = english_words().nations
_NATION = re.compile(rf"\b(?:{'|'.join(_NATIONS)})(?=s?\b)")
_REGION = re.compile(
    r",\s+|(?:\s+(?:district|town|village|city|area))?,?\s+(?:in|of)\s+(?:the\s+)?(?:(?:northern|southern|eastern|western|central|neighbou?ring)\s+)?"
)
_IN_THE_NORTH = re.compile(
    r"(?:\s+(?:town|village|area|region|district))?,?\s+(?:in\s+)?(?:the\s+)?(?:rural\s+)?(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?\s+(?:rural\s+)?",
    re.IGNORECASE,
)
_STATE = re.compile(
    rf",\s+({'|'.join(_letters(name) for name in sorted(english_words().state_abbreviations, key=len, reverse=True))})(?![^\W_])"
)
_POSTAL = "|".join(name for name in english_words().state_abbreviations if name.isupper())
_POSTCODE = re.compile(rf"(?<![\w'’-])([^\W\d_a-z][\w'’-]{{1,30}}+),? (?:{_POSTAL}) [0-9]{{5}}\b")
_SHORT = 5
"""Letters of a name that may well be something else's as well, a restaurant's or a dog's, even if no town abroad bears it."""
_COUNTIES = ("County", "Township", "Twp", "Borough", "Parish")
_COUNTY = re.compile(r"(?<![\w'’-])([^\W\d_a-z][\w'’-]{1,30}+) (?:" + "|".join(_COUNTIES) + r")\b")
_COUNTRYSIDE_OF = re.compile(r"\bcountryside of (?:the )?$")
_COUNTRYSIDE = re.compile(r"(?:[’']s?)?\s+(?:(?:north|south|east|west)\w*\s+|\w+ern\s+)?countryside\b")
_WINDWARD = re.compile(r"(?<![^\W_])((?:north|south)(?:-?(?:east|west))?ern|eastern|western)\s+(?:rural\s+)?$", re.IGNORECASE)
_TOWNLY = re.compile(
    r"(?:[’']s)?\s+(?:city|neighbou?rhoods?|districts?|quarters?|suburbs?|streets?|outskirts|edges?|entrances?|gates?)\b",
    re.IGNORECASE,
)
_LISTED_WITH = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
_CLOSED = re.compile(r"\s*(?:[,.;:)(—–]|$|\n)")
_OTHER_THEATRES = frozenset(english_words().other_theatres)
_AMERICAN = re.compile(rf"\b(?:{'|'.join(map(re.escape, english_words().american_local))})\b", re.IGNORECASE)
_WAR = re.compile(rf"\b(?:{'|'.join(map(re.escape, english_words().war_words))})", re.IGNORECASE)
_CAPITAL_AFTER = re.compile(r",\s+(?=[^\W\d_a-z])")
_ENUMERATED = re.compile(r",?\s+(?:(?:and|or)\s+)?[^\W\d_a-z]")
_IN = re.compile(r",\s+|,?\s+in\s+(?:the\s+)?(?:\w+\s+){0,2}")
_BREAK = re.compile(r"[.!?]\s|\n\s*\n")
