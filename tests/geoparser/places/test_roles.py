"""The role that a name plays in its sentence. With the shipped gazetteer."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.geoparser.names.compiled import Names
from conflictmap.geoparser.names.recognition import recognise
from conflictmap.geoparser.places.resolution import resolve
from conflictmap.geoparser.places.roles import role_of
from conflictmap.model import Mention, Resolution, Role

Parse = Callable[[str], list[Resolution]]


@pytest.mark.parametrize(
    ("text", "role_of"),
    [
        ("It fell 12 km north of Homs.", {"Homs": "reference"}),
        ("It fell five miles from Salma.", {"Salma": "reference"}),
        ("It fell 12 kilometers (7 miles) from Salma.", {"Salma": "reference"}),
        ("A hamlet south-east of the city of Hama burned.", {"Hama": "reference"}),
        ("They advanced south from Homs to Rastan.", {"Homs": "reference", "Rastan": "location"}),
        ("It lies between Homs and Hama.", {"Homs": "reference", "Hama": "reference"}),
        ("It lies on the highway from Damascus to Homs.", {"Damascus": "reference", "Homs": "reference"}),
        ("It lies on the road linking Homs with Hama.", {"Homs": "reference", "Hama": "reference"}),
        ("It lies on the Homs–Palmyra highway.", {"Homs": "reference", "Palmyra": "reference"}),
        ("It lies on the Homs-Palmyra road.", {"Homs": "reference", "Palmyra": "reference"}),
        ("A Homs-based lawyer spoke.", {"Homs": "reference"}),
        ("They fled from Homs to Hama.", {"Homs": "location", "Hama": "location"}),
        ("Villages near Homs and on the outskirts of Hama burned.", {"Homs": "location", "Hama": "location"}),
        ("Six villages east of the port city of Latakia fell.", {"Latakia": "reference"}),
        ("The area between the capital Damascus and the city of Homs fell.", {"Damascus": "reference", "Homs": "reference"}),
        ("Ankara backed the deal.", {"Ankara": "actor"}),
        ("Russia, which vetoed it, left.", {"Russia": "actor"}),
        ("It is financed by Syria’s ally Iran.", {"Iran": "actor"}),
        ("They held talks with Moscow.", {"Moscow": "actor"}),
        ("Talks were held in Moscow.", {"Moscow": "location"}),
        ("It rained in Iran.", {"Iran": "location"}),
        ("Homs supported him.", {"Homs": "location"}),
        ("BEIRUT — The war went on.", {"BEIRUT": "dateline"}),
        ("BEIRUT, Lebanon, Aug. 5 (AP) — The war went on.", {"BEIRUT": "dateline", "Lebanon": "dateline"}),
        ("Beirut (Reuters) - The war went on.", {"Beirut": "dateline"}),
        ("A title\n\nNICOSIA — Syria’s war went on.", {"NICOSIA": "dateline", "Syria": "location"}),
        ("The war went on in BEIRUT — so they say.", {"BEIRUT": "location"}),
        ("Beirut is a city — a large one.", {"Beirut": "location"}),
        ("Twenty miles outside Hama, in Rastan, a bomb fell.", {"Hama": "reference", "Rastan": "location"}),
        ("A mill two hours’ drive from Homs burned.", {"Homs": "reference"}),
        ("It burned in the north of Aleppo.", {"Aleppo": "location"}),
        ("It burned on the southern edge of Aleppo.", {"Aleppo": "reference"}),
        ("Downstream of Raqqa and across the river from Abu Kamal it burned.", {"Raqqa": "reference", "Abu Kamal": "reference"}),
        ("Homs lies on the Euphrates, they joked.", {"Homs": "location", "Euphrates": "location"}),
        ("A Syrian-born, Homs-educated cook spoke in Hama.", {"Homs": "reference", "Hama": "location"}),
        ("Tehran-backed men left Homs.", {"Tehran": "actor", "Homs": "location"}),
        ("The Homs-led alliance met.", {"Homs": "actor"}),
        ("Washington and Moscow agreed.", {"Washington": "actor", "Moscow": "actor"}),
        ("Washington, Moscow and Ankara agreed.", {"Washington": "actor", "Moscow": "actor", "Ankara": "actor"}),
        ("Turkey’s foreign minister spoke.", {"Turkey": "actor"}),
        ("Turkey’s foreign trees blossomed.", {"Turkey": "location"}),
        ("Talks between Ankara and Tehran failed.", {"Ankara": "actor", "Tehran": "actor"}),
        ("The Ankara–Moscow hotline rang.", {"Ankara": "actor", "Moscow": "actor"}),
        ("In Ankara and Moscow agreed prices rose.", {"Ankara": "location", "Moscow": "location"}),
        ("Aleppo denied it.", {"Aleppo": "location"}),  # no seat of a government
        ("ISTANBUL, Turkey — It rained in Homs.", {"ISTANBUL": "dateline", "Turkey": "dateline", "Homs": "location"}),
        ("AMMAN, Jordan: It rained in Homs.", {"AMMAN": "dateline", "Jordan": "dateline", "Homs": "location"}),
        ("BEIRUT. Rain fell in Homs.", {"BEIRUT": "dateline", "Homs": "location"}),
        ("Rain fell.\n\nBEIRUT (AP) — Rain fell.", {"BEIRUT": "dateline"}),
        ("(Beirut) – It rained in Homs.", {"Beirut": "dateline", "Homs": "location"}),
        ("(Beirut, 6 August 2013) – It rained in Homs.", {"Beirut": "dateline", "Homs": "location"}),
        ("DAMASCUS/BEIRUT (AP) - It rained in Homs.", {"DAMASCUS": "dateline", "BEIRUT": "dateline", "Homs": "location"}),
        ("Beirut, 6 August 2013 (IRIN) - It rained in Homs.", {"Beirut": "dateline", "Homs": "location"}),
        ("Aleppo, (SANA) – It rained in Homs.", {"Aleppo": "dateline", "Homs": "location"}),
        ("Aleppo, Hama, SANA- It rained in Homs.", {"Aleppo": "dateline", "Hama": "dateline", "Homs": "location"}),
        ("RAQQA, SYRIA: It rained in Homs.", {"RAQQA": "dateline", "SYRIA": "dateline", "Homs": "location"}),
        ("Homs (the old town) was calm.", {"Homs": "location"}),
        ("Iran launched it, Russia struck Homs.", {"Iran": "actor", "Russia": "actor", "Homs": "location"}),
        ("Syria was shelled, and Lebanon shelled by mortars.", {"Syria": "location", "Lebanon": "location"}),
        ("It was blamed on Russia, according to Moscow.", {"Russia": "actor", "Moscow": "actor"}),
        ("سقطت قذائف شمال حلب", {"حلب": "reference"}),
        ("سقطت قذائف في حلب", {"حلب": "location"}),
    ],
)
def test_role(parse: Parse, text: str, role_of: dict[str, str]) -> None:
    found = [r for r in parse(text) if r.basis == "named"]
    assert {r.mention.surface: r.role for r in found if r.mention.surface in role_of} == role_of


def test_a_name_has_its_role_each_time(parse: Parse) -> None:
    text = "Damascus denied it, but in Damascus, north of Damascus and on the Damascus–Homs road it rained."
    roles = [r.role for r in parse(text) if r.mention.surface == "Damascus"]
    assert roles == ["actor", "location", "reference", "reference"]


def test_a_blank_line_parts_a_name_from_what_stands_before(parse: Parse) -> None:
    roles = [r.role for r in parse("It fell 12 km north of\n\nHoms. It fell 12 km north of Homs.") if r.basis == "named"]
    assert roles == ["location", "reference"]


def test_only_a_country_or_its_capital_acts(gazetteer: Gazetteer) -> None:
    for place_id, role in (("syria", "actor"), ("damascus", "actor"), ("homs", "location"), (None, "location")):
        text = "Xanadu denied it."
        mention = Mention(0, 6, "Xanadu", (place_id,) if place_id else ())
        assert role_of(text, mention, gazetteer.places.get(place_id or ""), [0], [mention], 0) == role


def test_a_derived_phrase_leaves_its_anchor_a_reference(parse: Parse) -> None:
    found = parse("It fell 12 km north of Homs.")
    assert [(r.basis, r.role) for r in found if r.mention.surface == "Homs"] == [("named", "reference")]


_PIECES = st.sampled_from(
    ["Homs", "Ankara", "Syria", "BEIRUT", "between ", "and ", "north of ", "12 km from ", "highway ", "-", "–", "—", " ", " ", " (AP) ", "in the ",
     "talks ", "denied ", "-backed ", "’s army ", ",", ".", "\n", "\n\n", "شمال ", "حلب", "edge of ", "the "]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_gives_every_name_one_of_the_roles(names: Names, gazetteer: Gazetteer, text: str) -> None:
    found = recognise(text, names)
    starts = [0, *(at + 2 for at in range(len(text)) if text.startswith("\n\n", at))]
    for resolution in resolve(text, found, gazetteer, starts):
        assert resolution is None or resolution.role in get_args(Role)


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        pytest.param("between Homs and ", 10_000, id="anchors"),
        pytest.param("north of Homs and Hama ", 10_000, id="directions"),
        pytest.param("Syria and Iran ", 10_000, id="governments"),
        pytest.param("highway from Homs to ", 10_000, id="roads"),
        pytest.param("Homs – ", 10_000, id="dashes"),
        pytest.param("12 km north of ", 20_000, id="cue words alone"),
        pytest.param("the city of ", 20_000, id="generic words"),
        pytest.param("A. ", 20_000, id="nothing"),
    ],
)
def test_the_work_grows_with_the_text(names: Names, gazetteer: Gazetteer, pattern: str, size: int) -> None:
    def read(length: int) -> None:
        text = pattern * (length // len(pattern))
        resolve(text, recognise(text, names), gazetteer)

    assert in_proportion(read, size)
