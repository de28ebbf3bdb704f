"""Every step of resolution by its name: a text that it decides, with the shipped gazetteer, and how the steps hang together."""

from __future__ import annotations

import pytest

from conflictmap.geoparser.names.compiled import Names
from conflictmap.geoparser.names.recognition import recognise
from conflictmap.geoparser.places.evidence import Evidence
from conflictmap.geoparser.places.steps import STEPS, Case, settle
from conflictmap.vocabulary import REASONS

EXAMPLES = {
    "_unknown": ("They came to the village of Nowherestan.", "Nowherestan", None, "not-in-gazetteer"),
    "_state": ("DAMASCUS, Va. was calm.", "DAMASCUS", None, "elsewhere"),
    "_elsewhere": ("They live in Palmyra, New Jersey.", "Palmyra", None, "elsewhere"),
    "_countryside": ("Shells fell on the countryside of Damascus.", "Damascus", "rif-dimashq-governorate", "feature-cue"),
    "_single": ("Shells fell on Aramo.", "Aramo", "aramo", "only-candidate"),
    "_governorate_of_the_one_before": ("Shells fell on Kafr Zita in northern Hama.", "Hama", "hama-governorate", "container-named"),
    "_side_of_governorate": ("Shells fell on northern Hama.", "Hama", "hama-governorate", "feature-cue"),
    "_container": ("In the Ghouta, the last buses left Douma.", "Douma", "douma", "container-named"),
    "_beside": ("Smugglers use the road between Tripoli and Homs.", "Tripoli", "tripoli", "near-neighbours"),
    "_people": ("In Tripoli, the Libyan coast guard said so.", "Tripoli", "tripoli-libya", "same-country"),
    "_same_sense": (
        "A Lebanese officer drove from Beirut to Tripoli. Two days later his convoy was attacked on the way out of Tripoli.",
        "Tripoli", "tripoli", "same-sense",
    ),
    "_neighbours": ("They took Saraqeb, Binnish and Taftanaz. Then they took Mansoura.", "Mansoura", "mansura", "near-neighbours"),
    "_other_theatre": ("They took Sinjar, Tal Afar and Mosul. Then Rabia fell.", "Rabia", "rabia-iraq", "near-neighbours"),
    "_country": ("They fled Benghazi and Misrata. Tripoli was calm.", "Tripoli", "tripoli-libya", "same-country"),
    "_usual": ("Homs was calm.", "Homs", "homs", "default-sense"),
    "_same_site": ("At Krak des Chevaliers the curator left.", "Krak des Chevaliers", "krak-des-chevaliers", "default-sense"),
    "_usual_of_listed": ("They took Qusayr, near Homs, and Dabaa.", "Dabaa", "dabaa", "default-sense"),
    "_stands_as_place": ("They reached Abu Mansaf at dawn.", "Abu Mansaf", "abu-mansaf", "only-candidate"),
    "_open": ("Which Zahraa he meant, nobody could tell.", "Zahraa", None, "undecided"),
}  # fmt: skip
"""A text, the last mention of a name in it, and what the step answers."""


def test_every_step_says_what_it_looks_at() -> None:
    assert all(step.__doc__ for step in STEPS)
    assert len({step.__name__ for step in STEPS}) == len(STEPS)


def test_every_step_has_an_example() -> None:
    assert EXAMPLES.keys() == {step.__name__ for step in STEPS}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_step_decides_its_example_and_the_steps_before_do_not(names: Names, name: str) -> None:
    text, surface, place, reason = EXAMPLES[name]
    mentions = recognise(text, names)
    evidence = Evidence(text, mentions, names.gazetteer)
    number = max(at for at, mention in enumerate(mentions) if mention.surface == surface)
    for earlier in range(number):
        settle(evidence, earlier)
    case = Case.of(evidence, number)
    answered, outcome = next((step.__name__, outcome) for step in STEPS if (outcome := step(case)) is not None)
    assert answered == name
    assert (outcome[0] and outcome[0].id, outcome[1]) == (place, reason)
    assert reason in REASONS
