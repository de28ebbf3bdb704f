"""The steps that decide which place a mention means, in their order. The first that answers decides.

A step is a function of a Case; its docstring says what it looks at. It answers with a place and a reason of vocabulary.REASONS, with no place and
the reason why not, or with None: go on. A new step is a function and its entry in STEPS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from conflictmap.gazetteer import reading
from conflictmap.geoparser.context import acts
from conflictmap.geoparser.places.distances import (
    SAME_SITE_KM,
    SUPPORT_KM,
    distance_km,
)
from conflictmap.geoparser.places.evidence import (
    ARABIC_SHAPE,
    AREA_AFTER,
    LISTED,
    LOCATED,
    THE,
    Evidence,
    decided,
    is_default,
    lies_in,
    lists,
)
from conflictmap.model import Mention, Place
from conflictmap.text import fold_name

Outcome = tuple[Place | None, str]
"""The place and the reason, or no place and why not."""


class Support(IntEnum):
    """How much speaks for a spelling that no place lists."""

    NOTHING = 0
    """Nothing says that a place is meant: it is no toponym."""
    PLACE = 1
    """A place is meant, but not surely this one."""
    ENOUGH = 2
    """The place that it reads like is meant."""


def support(evidence: Evidence, number: int) -> Support:
    """How much speaks for a spelling that no place lists."""
    mention = evidence.mentions[number]
    options = evidence.options[number][0]
    ids = set(mention.candidates)
    left = evidence.text[max(0, mention.start - 60) : mention.start]
    if THE.search(left) and not AREA_AFTER.match(evidence.text, mention.end):  # "the Duma"
        return Support.NOTHING
    located = LOCATED.search(left) is not None
    if not ids.isdisjoint(evidence.listed):
        return Support.ENOUGH if located or LISTED.search(left) or len(mention.surface) > 5 else Support.NOTHING
    beside, _ = evidence.named_beside(number)
    wider = evidence.gazetteer.wider
    if any(not beside.isdisjoint(wider[place.id]) for place in options):
        return Support.ENOUGH
    close = evidence.sites_beside(number)
    if close and not any(distance_km(place, other) <= SUPPORT_KM for place in options for other in close):
        return Support.PLACE if located else Support.NOTHING
    if mention.cue:
        return Support.ENOUGH
    near = evidence.has_neighbours(options)
    if near and (located or LISTED.search(left) or len(mention.surface) > 4):
        return Support.ENOUGH
    consonants = len(reading(mention.surface).consonants)
    if (
        (consonants > 2 and len(mention.surface) > 5 and evidence.sounds_listed(mention, options)) or consonants > 5
    ) and not acts(evidence.text, mention.end):
        return Support.ENOUGH
    if not located:
        return Support.NOTHING
    distinct = len(mention.surface) > 4 and (
        len(reading(mention.surface).consonants) > 2 or evidence.sounds_listed(mention, options)
    )
    return (
        Support.ENOUGH if distinct or evidence.tells_of_country(options) or ARABIC_SHAPE.match(mention.surface) else Support.PLACE
    )


@dataclass(slots=True)
class Case:
    """One mention to resolve. `options` are the candidates still in question, the most significant first; steps may narrow them."""

    evidence: Evidence
    number: int
    mention: Mention
    options: list[Place]
    ruled_out: bool
    several: bool
    """Whether the name has several places."""

    @classmethod
    def of(cls, evidence: Evidence, number: int) -> Case:
        mention = evidence.mentions[number]
        options, ruled_out = evidence.options[number]
        return cls(evidence, number, mention, options, ruled_out, len(mention.candidates) > 1)

    def because(self, reason: str) -> str:
        """The reason, or, where the name has one place only, that it is the only one."""
        return reason if self.several else "only-candidate"


def _unknown(case: Case) -> Outcome | None:
    """The gazetteer has no place of this name."""
    return None if case.options else (None, "not-in-gazetteer")


def _state(case: Case) -> Outcome | None:
    """An American or Canadian state follows, abbreviated: "Damascus, Va."."""
    state = case.evidence.state_after(case.mention)
    if state is None:
        return None
    wider = case.evidence.gazetteer.wider
    inside = [place for place in case.options if not state.isdisjoint({place.id, *wider[place.id]})]
    return (inside[0], "container-named") if len(inside) == 1 else (None, "elsewhere")


def _elsewhere(case: Case) -> Outcome | None:
    """The text puts the name where no candidate lies: "Palmyra, New Jersey"."""
    evidence, number = case.evidence, case.number
    told = evidence.is_elsewhere(number, case.options) or evidence.is_told_of_elsewhere(number, case.options)
    return (None, "elsewhere") if told else None


def _countryside(case: Case) -> Outcome | None:
    """A governorate that is called a town's countryside: that of Damascus."""
    place = case.evidence.countryside(case.mention)
    return (place, "feature-cue") if place else None


def _single(case: Case) -> Outcome | None:
    """One candidate is left, and it needs no support."""
    if not decided(case.options, case.ruled_out):
        return None
    return case.options[0], "feature-cue" if case.several else "only-candidate"


def _governorate_of_the_one_before(case: Case) -> Outcome | None:
    """The governorate of the place named just before: "Kafr Zita in northern Hama"."""
    place = case.evidence.holds_the_one_before(case.number, case.options)
    return (place, "container-named") if place else None


def _side_of_governorate(case: Case) -> Outcome | None:
    """A side of a name that is a town's and a governorate's is the governorate's: "northern Hama"."""
    place = case.evidence.part_of_governorate(case.mention, case.options)
    return (place, "feature-cue") if place else None


def _container(case: Case) -> Outcome | None:
    """A wider place of one candidate is named beside; of several, only those stay in question."""
    evidence, options = case.evidence, case.options
    beside, countries = evidence.named_beside(case.number)
    wider = evidence.gazetteer.wider
    named = map(evidence.gazetteer.places.__getitem__, beside)
    regions = [place for place in named if place.fclass in "LT" and place.footprint]
    inside = [
        place for place in options if not beside.isdisjoint(wider[place.id]) or any(lies_in(place, region) for region in regions)
    ]
    if not inside:  # a country somewhere in the sentence tells great homonyms apart, but makes no hamlet of a great city
        great = [place for place in options if place.significance >= options[0].significance - 1]
        listing = [place for place in great if lists(place, case.mention.surface)]  # who only sounds alike crosses no border
        great = [place for place in great if not listing or place in listing]
        inside = [place for place in great if not countries.isdisjoint(wider[place.id])] if len(great) > 1 else []
    if len(inside) == 1:
        return inside[0], case.because("container-named")
    case.options = inside or options
    return None


def _beside(case: Case) -> Outcome | None:
    """A candidate lies near a place that is named in the same sentence."""
    place = case.evidence.near_beside(case.number, case.options) if len(case.options) > 1 else None
    return (place, "near-neighbours") if place else None


def _people(case: Case) -> Outcome | None:
    """A candidate lies in the one country whose people the sentence names."""
    place = case.evidence.by_people(case.number, case.options) if len(case.options) > 1 else None
    return (place, "same-country") if place else None


def _same_sense(case: Case) -> Outcome | None:
    """The article has already named this one of the homonyms in so many words."""
    senses = case.evidence.senses
    named = [place for place in case.options if place.id in senses]
    return (max(named, key=lambda place: senses[place.id]), "same-sense") if named else None


def _sites(case: Case) -> list[Place]:
    """Without the governorates: a town is no farther off than its governorate."""
    return [place for place in case.options if place.fclass != "A"]


def _neighbours(case: Case) -> Outcome | None:
    """A candidate lies near the places that the article names without doubt, and the others do not."""
    sites, options = _sites(case), case.options
    near = case.evidence.near(sites) if len(sites) > 1 or len(options) == 1 else None
    if near and not (near.significance < options[0].significance and is_default(options)):
        return near, case.because("near-neighbours")
    return None


def _other_theatre(case: Case) -> Outcome | None:
    """The whole article is about the region of a homonym, far from the usual place of the name."""
    sites = _sites(case)
    place = case.evidence.in_another_theatre(sites) if len(sites) > 1 and is_default(case.options) else None
    return (place, "near-neighbours") if place else None


def _country(case: Case) -> Outcome | None:
    """One candidate lies in a country whose places the article names without doubt."""
    there = case.evidence.in_countries(case.options) if len(case.options) > 1 else []
    return (there[0], "same-country") if len(there) == 1 and there[0].significance > 1 else None


def _listed(case: Case) -> list[Place]:
    """The candidates that list this spelling; the others are only spelled alike."""
    return [place for place in case.evidence.gazetteer.find(case.mention.surface) if place in case.options]


def _usual(case: Case) -> Outcome | None:
    """The usual meaning of the bare name."""
    options, listed = case.options, _listed(case)
    if is_default(options) and (case.mention.folded or not listed or options[0] in listed):
        return options[0], case.because("default-sense")
    return None


def _same_site(case: Case) -> Outcome | None:
    """The candidates lie so close together that the dot is right for each: a castle and the village below it."""
    options = case.options
    if len(options) < 2 or not all(distance_km(options[0], place) <= SAME_SITE_KM for place in options[1:]):
        return None
    titled = [place for place in options if fold_name(place.title) == fold_name(case.mention.surface)]
    return (titled or options)[0], "default-sense"


def _usual_of_listed(case: Case) -> Outcome | None:
    """The usual meaning among the candidates that list this spelling."""
    listed = _listed(case)
    return (listed[0], "default-sense") if listed and len(listed) < len(case.options) and is_default(listed) else None


def _stands_as_place(case: Case) -> Outcome | None:
    """A small place, alone of its name, stands where a place is named."""
    options = case.options
    if len(options) == 1 and case.evidence.stands_as_place(case.number, options):
        return options[0], "only-candidate"
    return None


def _open(case: Case) -> Outcome:
    """Nothing decides."""
    return None, "needs-support" if case.options[0].significance == 1 else "undecided"


STEPS: tuple[Callable[[Case], Outcome | None], ...] = (
    _unknown,
    _state,
    _elsewhere,
    _countryside,
    _single,
    _governorate_of_the_one_before,
    _side_of_governorate,
    _container,
    _beside,
    _people,
    _same_sense,
    _neighbours,
    _other_theatre,
    _country,
    _usual,
    _same_site,
    _usual_of_listed,
    _stands_as_place,
    _open,
)
"""In the order in which they are tried; the last always answers."""

_SENSES = frozenset(("container-named", "same-sense", "feature-cue", "near-neighbours"))
"""The reasons by which a name's later mentions in the article mean the same place."""


def settle(evidence: Evidence, number: int) -> Outcome:
    """The place of a mention and the reason, or None and why not. To be asked in text order: it notes the senses of homonyms."""
    case = Case.of(evidence, number)
    place, reason = next(outcome for step in STEPS if (outcome := step(case)) is not None)
    if place and reason in _SENSES and place.fclass != "A":
        evidence.senses[place.id] = number
    return place, reason
