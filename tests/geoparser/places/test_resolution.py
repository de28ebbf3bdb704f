"""Mentions -> places: which of the homonyms, for which reason, and in what role. With the shipped gazetteer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.geoparser.places.distances import distance_km
from conflictmap.model import Resolution, Role
from conflictmap.vocabulary import REASONS

Parse = Callable[[str], list[Resolution]]

# text, which name (the last one of it, if it stands more than once), its place, the reason
CASES = [
    ("Shells fell on Salma.", "Salma", "salma", "default-sense"),
    ("Shells fell on Saraqeb.", "Saraqeb", "saraqeb", "only-candidate"),
    ("Shells fell on Homs.", "Homs", "homs", "default-sense"),
    ("They left Homs province.", "Homs province", "homs-governorate", "feature-cue"),
    ("They left Homs\ngovernorate.", "Homs\ngovernorate", "homs-governorate", "only-candidate"),
    ("They left the province of Homs.", "Homs", "homs-governorate", "feature-cue"),
    ("They left the countryside of Homs.", "Homs", "homs-governorate", "feature-cue"),
    ("They left the city of Homs.", "Homs", "homs", "feature-cue"),
    ("They left the port city of Latakia.", "Latakia", "latakia", "feature-cue"),
    ("They left Homs city.", "Homs", "homs", "feature-cue"),
    ("They left the provincial capital of Latakia.", "Latakia", "latakia", "feature-cue"),
    ("The capital Damascus slept.", "Damascus", "damascus", "default-sense"),
    ("In Homs, Hama and Idlib provinces it rained.", "Hama", "hama-governorate", "feature-cue"),
    ("In Homs, Hama and Idlib provinces it rained.", "Homs", "homs-governorate", "feature-cue"),
    ("In the provinces of Homs, Hama and Idlib it rained.", "Idlib", "idlib-governorate", "feature-cue"),
    ("In the cities of Homs and Hama it rained.", "Hama", "hama", "feature-cue"),
    ("The governor of Homs resigned.", "Homs", "homs-governorate", "feature-cue"),
    ("They farm in rural Homs.", "Homs", "homs-governorate", "feature-cue"),
    ("The village of Hmeimim was quiet.", "Hmeimim", "hmeimim", "feature-cue"),
    ("Qusayr, in Daraa province, is small.", "Qusayr", "qusayr-daraa", "container-named"),
    ("Tripoli, Libya, was quiet.", "Tripoli", "tripoli-libya", "container-named"),
    ("Tripoli, Lebanon, was quiet.", "Tripoli", "tripoli", "container-named"),
    ("They fled Haffah in Tartus province.", "Haffah", "haffah-tartus", "container-named"),
    ("Tripoli, Libya, was quiet. Later in Tripoli it rained.", "Tripoli", "tripoli-libya", "same-sense"),
    ("Qusayr, in Daraa province, is small. So they left Qusayr.", "Qusayr", "qusayr-daraa", "same-sense"),
    ("Shells fell on Zgharta. Then Tripoli burned.", "Tripoli", "tripoli", "near-neighbours"),
    ("Benghazi was quiet. Then Tripoli burned.", "Tripoli", "tripoli-libya", "same-country"),
    ("He went to Valencia.", "Valencia", None, "undecided"),
    ("They left az-Zahra at dawn.", "az-Zahra", "zahraa", "default-sense"),
    ("Moscow’s deputies in Duma argued.", "Duma", None, "needs-support"),
    ("Tripoli, Ohio, was quiet.", "Tripoli", None, "elsewhere"),
    ("In Bennech, near Binnish, it rained.", "Bennech", "binnish", "spelling-variant"),
    ("It fell 12 km north of Homs.", "12 km north of Homs", None, "derived-from-anchor"),
    ("It fell near Homs and on the Syrian capital.", "Syrian capital", "damascus", "description-fits"),
    ("They left the village of Foobaz.", "Foobaz", None, "not-in-gazetteer"),
]


@pytest.mark.parametrize(("text", "name", "place", "reason"), CASES)
def test_place_and_reason(parse: Parse, text: str, name: str, place: str | None, reason: str) -> None:
    found = [r for r in parse(text) if r.mention.surface == name]
    assert found, f"{name!r} was not found"
    assert (found[-1].place, found[-1].reason) == (place, reason)


def test_every_reason_is_reached(parse: Parse) -> None:
    own = set(REASONS) - {"decided-by-person"}  # the program's own; that one comes from decisions (test_decisions.py)
    assert {reason for *_, reason in CASES} == own
    assert {r.reason for text, *_ in CASES for r in parse(text)} == own


def test_the_method_lists_exactly_the_reasons(root: Path) -> None:
    method = (root / "docs" / "method.md").read_text(encoding="utf-8").split("## How a name gets its place")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z-]+) \| (.+) \|$", method, re.MULTILINE)
    assert {reason for reason, _ in rows if reason != "reason"} == set(REASONS)


@pytest.mark.parametrize(("text", "name", "place", "reason"), CASES)
def test_status_says_whether_there_is_a_place(parse: Parse, text: str, name: str, place: str | None, reason: str) -> None:
    for resolution in parse(text):
        assert resolution.reason in REASONS
        assert resolution.role in get_args(Role)
        assert resolution.basis == BASES.get(resolution.reason, "named")
        if resolution.basis == "derived":  # a footprint of its own, and never the anchor's place
            assert (resolution.status, resolution.place) == ("resolved", None)
        elif resolution.basis == "suggested":
            assert resolution.status == "resolved"
            assert resolution.place is not None
        elif resolution.place:
            assert resolution.status == "resolved"
            assert resolution.place in resolution.mention.candidates
        else:
            undecided = resolution.mention.candidates and resolution.reason != "elsewhere"
            assert resolution.status == ("ambiguous" if undecided else "unresolved")


BASES = {"derived-from-anchor": "derived", "description-fits": "suggested"}
"""What a reason says of the basis, where that is not `named`."""


def test_nothing_is_guessed_of_a_homonym_that_no_step_decides(parse: Parse) -> None:
    (resolution,) = parse("He was born in Tripoli.")
    assert resolution.place is None
    assert {"tripoli", "tripoli-libya"} <= set(resolution.mention.candidates)


def test_a_homonym_named_farther_than_the_sentence_does_not_contain(parse: Parse) -> None:
    (first, *_) = parse("Qusayr was quiet. " + "It rained all day and all night. " * 5 + "Daraa province was quiet.")
    assert first.place == "qusayr"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("They crossed the Jordan River.", "jordan"), ("They crossed the Jordan Valley.", "jordan"), ("The Gulf of Aqaba", "aqaba")],
)
def test_a_longer_name_that_is_in_no_gazetteer_is_not_taken_for_the_shorter(parse: Parse, text: str, wrong: str) -> None:
    assert wrong not in [r.place for r in parse(text)]


def test_the_article_is_resolved_as_a_whole_but_no_state_is_left(parse: Parse) -> None:
    before = parse("Then Tripoli burned.")
    parse("Tripoli, Libya, was quiet.")
    assert parse("Then Tripoli burned.") == before


# --- distance -------------------------------------------------------------------------------------------------


def test_distance_is_that_of_the_earth(gazetteer: Gazetteer) -> None:
    places = gazetteer.places
    assert distance_km(places["damascus"], places["aleppo"]) == pytest.approx(310, rel=0.02)
    assert distance_km(places["homs"], places["homs"]) == 0
    assert distance_km(places["salma"], places["homs"]) == distance_km(places["homs"], places["salma"])


def test_a_place_without_a_position_is_infinitely_far(mini_corpus) -> None:
    places = mini_corpus.gazetteer.places
    assert distance_km(places["deir-nowhere"], places["homs"]) == float("inf")


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Army guns pounded Kafr Zita in northern Hama overnight.", "Hama", "hama-governorate"),
        ("A market was hit in Maarat al-Numan, southern Idlib.", "Idlib", "idlib-governorate"),
        ("They drove from Kafr Zita to northern Hama.", "Hama", "hama-governorate"),
        ("Shells fell on northern Hama city.", "Hama", "hama"),
        ("Barrel bombs fell on eastern Aleppo.", "Aleppo", "aleppo"),
        ("Barrel bombs fell on southern Aleppo.", "Aleppo", "aleppo-governorate"),
        ("A bakery burned in Kafr Zita, north of Hama.", "Hama", "hama"),
    ],
)
def test_a_place_in_the_north_of_a_governorate(
    parse: Callable[[str], list[Resolution]], text: str, name: str, place: str
) -> None:
    assert [r.place for r in parse(text) if r.mention.surface == name and r.basis == "named"] == [place]


@pytest.mark.parametrize(
    ("text", "name", "places"),
    [
        ("DAMASCUS, Va. - Leaders in Damascus said that Damascus was open.", "damascus", [None, None, None]),
        ("Palmyra, N.Y., burned. People in Palmyra wept.", "palmyra", [None, None]),
        ("The town of Palmyra, New Jersey, burned. People in Palmyra wept.", "palmyra", [None, None]),
        ("Damascus, MD, was calm. She flew to Damascus, Syria.", "damascus", ["damascus-md-us", "damascus"]),
        ("Fighters left al-Bayda in eastern Libya. Shops in al-Bayda closed.", "al-bayda", [None, None]),
        ("In Damascus, Iran said it would help. Damascus was calm.", "damascus", ["damascus", "damascus"]),
        ("Forces moved on Sinjar and Rabia. Mosul and Tal Afar are near.", "rabia", ["rabia-iraq"]),
        ("Rebels hold Salma and Rabia.", "rabia", ["rabia"]),
        ("The sheriff came. A barn in Palmyra burned.", "palmyra", [None]),
        ("The sheriff came. Rebels shelled Palmyra.", "palmyra", ["palmyra"]),
        ("The sheriff, a Syrian, was born in Palmyra.", "palmyra", ["palmyra"]),
        ("Libyan militias left Zawiya. Libya closed its border.", "zawiya", [None]),
        ("Donate: PO Box 12, Damascus VA 24236. Trout is sold in Damascus.", "damascus", [None, None]),
    ],
)
def test_a_name_told_to_lie_elsewhere_is_no_namesake(
    parse: Callable[[str], list[Resolution]], text: str, name: str, places: list[str | None]
) -> None:
    found = [r.place for r in parse(text) if r.mention.surface.lower() == name and r.basis == "named"]
    assert found == places


def test_the_countryside_of_a_capital_is_its_own_governorate(parse: Callable[[str], list[Resolution]]) -> None:
    text = "The eastern countryside of Damascus was hit, and the countryside of Hama."
    assert {r.mention.surface: r.place for r in parse(text) if r.basis == "named"} == {
        "Damascus": "rif-dimashq-governorate",
        "Hama": "hama-governorate",
    }


def test_a_village_far_from_the_others_of_its_list_is_left_open(parse: Callable[[str], list[Resolution]]) -> None:
    found = {
        r.mention.surface: r.place
        for r in parse("They took the villages of Salma, Dourine, Aramo and Bahra.")
        if r.basis == "named"
    }
    assert found["Salma"] == "salma"
    assert found.get("Bahra") is None


def test_a_town_does_not_lose_to_its_governorate_by_distance(parse: Callable[[str], list[Resolution]]) -> None:
    found = {
        r.mention.surface: r.place for r in parse("Buses run again between Salamiyah, Homs and Masyaf.") if r.basis == "named"
    }
    assert found["Homs"] == "homs"
