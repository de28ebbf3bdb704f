"""Relative expressions -> derived footprints. Places are the shipped gazetteer's; the sentences are the tests' own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st
from support.growth import in_proportion

from conflictmap.gazetteer.catalogue import Gazetteer, read_gazetteer
from conflictmap.gazetteer.geometry import area, bearing_between, distance_m
from conflictmap.geoparser.relative.descriptions import find_triggers
from conflictmap.geoparser.relative.expressions import derive
from conflictmap.model import DerivedFootprint, Mention, Place, Resolution

Derived = list[tuple[Mention, DerivedFootprint]]
Derive = Callable[[str], Derived]

NAMES = {
    "Hama": "hama", "Homs": "homs", "Aleppo": "aleppo", "Damascus": "damascus", "Latakia": "latakia", "Idlib": "idlib",
    "Salma": "salma", "Rastan": "rastan", "Douma": "douma", "Azaz": "azaz", "Ankara": "ankara", "Beirut": "beirut", "Syria": "syria",
    "Latakia province": "latakia-governorate", "Homs province": "homs-governorate", "Daraa province": "daraa-governorate",
    "Ghab plain": "ghab-plain", "Qalamoun": "qalamoun", "M5 highway": "m5-highway", "Eastern Ghouta": "eastern-ghouta",
    "Foobaz": None, "Levant": "levant",
}  # fmt: skip


def resolutions_of(text: str, names: dict[str, str | None] = NAMES) -> list[Resolution]:
    """The names of the list where they stand in a text, the longest first: no recogniser is needed."""
    found: list[Resolution] = []
    at = 0
    while at < len(text):
        fitting = [name for name in names if text.startswith(name, at)]
        if not fitting:
            at += 1
            continue
        name = max(fitting, key=len)
        place = names[name]
        mention = Mention(at, at + len(name), name, (place,) if place else ())
        found.append(Resolution(mention, place, "resolved" if place else "unresolved", "only-candidate"))
        at += len(name)
    return found


@pytest.fixture(scope="module")
def find(gazetteer: Gazetteer) -> Derive:
    return lambda text: derive(text, 0, len(text), resolutions_of(text), gazetteer)


def at(place: Place, km: float, degrees: float) -> tuple[float, float]:
    assert place.footprint
    point = geodesic(kilometers=km).destination((place.footprint.latitude, place.footprint.longitude), degrees)
    return point.longitude, point.latitude


# text, the expression, its anchor, km, degrees
POINTS = [
    ("It fell 12 km north of Hama.", "12 km north of Hama", "hama", 12, 0),
    ("It fell 12 km (7.5 miles) north of Hama.", "12 km (7.5 miles) north of Hama", "hama", 12, 0),
    ("It fell 12km north of Hama.", "12km north of Hama", "hama", 12, 0),
    ("It fell 12 km\nnorth of Hama.", "12 km\nnorth of Hama", "hama", 12, 0),
    ("About ten miles north-west of the town of Salma.", "About ten miles north-west of the town of Salma", "salma", 16.09344, 315),
    ("A camp twelve kilometres to the south of Homs.", "twelve kilometres to the south of Homs", "homs", 12, 180),
    ("A camp twenty-five kilometers due east of Homs.", "twenty-five kilometers due east of Homs", "homs", 25, 90),
    ("A camp 20 km NE of Aleppo.", "20 km NE of Aleppo", "aleppo", 20, 45),
    ("A camp 20 kms south-southeast of Aleppo.", "20 kms south-southeast of Aleppo", "aleppo", 20, 157.5),
    ("A camp 1,500 metres west of Homs.", "1,500 metres west of Homs", "homs", 1.5, 270),
    ("A camp 7,5 km west of Homs.", "7,5 km west of Homs", "homs", 7.5, 270),
    ("A camp half a mile east of Homs.", "half a mile east of Homs", "homs", 0.804672, 90),
    ("A camp a few kilometres south of Idlib.", "a few kilometres south of Idlib", "idlib", 3.5, 180),
    ("A camp a dozen miles south of Idlib.", "a dozen miles south of Idlib", "idlib", 19.312, 180),
    ("A camp two and a half miles south of Idlib.", "two and a half miles south of Idlib", "idlib", 4.02336, 180),
    ("A camp 10 to 16 km east of Homs.", "10 to 16 km east of Homs", "homs", 13, 90),
    ("A camp less than 8 km east of Homs.", "less than 8 km east of Homs", "homs", 4, 90),
    ("A camp more than 30 km southwest of the rebel-held city of Homs.", "more than 30 km southwest of the rebel-held city of Homs", "homs", 30, 225),
    ("A camp 40 km away, north of Homs.", "40 km away, north of Homs", "homs", 40, 0),
    ("The village of Foobaz, 30 km east of Latakia, fell.", "30 km east of Latakia", "latakia", 30, 90),
    ("In Homs province, 12 km north of Rastan, it rained.", "12 km north of Rastan", "rastan", 12, 0),
    ("They left Homs and dug in 9 km north of Rastan.", "9 km north of Rastan", "rastan", 9, 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "anchor", "km", "degrees"), POINTS)
def test_distance_and_direction_make_a_point(
    find: Derive, gazetteer: Gazetteer, text: str, words: str, anchor: str, km: float, degrees: float
) -> None:
    [(mention, derived)] = find(text)
    assert (mention.surface, derived.anchors, derived.shape) == (words, (anchor,), "point")
    assert mention.candidates == (anchor,)
    assert derived.distance_m == pytest.approx(km * 1000, abs=1)
    assert derived.bearing_deg == degrees
    footprint = derived.footprint
    assert (footprint.longitude, footprint.latitude) == pytest.approx(at(gazetteer.places[anchor], km, degrees), abs=2e-5)
    assert footprint.geometry == {"type": "Point", "coordinates": [footprint.longitude, footprint.latitude]}
    assert (footprint.certainty, footprint.citations) == ("less-certain", ())


# what stands before the direction -> the least and the greatest uncertainty (m) that it may have; Homs itself is 5,000 m wide
UNCERTAINTIES = [
    ("12 km north", 7500, 8500),  # d' = 12 + 5 + 0.5: the corner of the sector of 22.5° to each side
    ("10 km north", 10_000, 11_500),  # 10 ± 5
    ("30 km north", 16_000, 19_000),
    ("7.3 km north", 6000, 6700),
    ("7.5 km north", 6200, 7000),
    ("12 km north-northeast", 6000, 6500),  # ± 11.25°
    ("about 12 km north", 8100, 9000),  # ± 10%
    ("a few km north", 6000, 7500),  # 2 to 5
]


@pytest.mark.parametrize(("words", "least", "greatest"), UNCERTAINTIES)
def test_the_uncertainty_follows_the_point_radius_method(find: Derive, words: str, least: int, greatest: int) -> None:
    [(_, derived)] = find(f"A camp {words} of Homs.")
    assert least <= derived.footprint.uncertainty_m <= greatest


# text, the expression, the anchors, what kind of shape
SHAPES = [
    ("The shell hit 25 km from Homs.", "25 km from Homs", ("homs",), "part"),
    ("The shell hit 15 kilometers outside Damascus.", "15 kilometers outside Damascus", ("damascus",), "part"),
    ("All within 5 km of Homs.", "within 5 km of Homs", ("homs",), "part"),
    ("Fighting north of Hama went on.", "north of Hama", ("hama",), "part"),
    ("Fighting just to the south of the city of Homs.", "south of the city of Homs", ("homs",), "part"),
    ("Fighting north and east of Homs.", "north and east of Homs", ("homs",), "part"),
    ("A bus was hit between Hama and Homs.", "between Hama and Homs", ("hama", "homs"), "corridor"),
    ("The area between the towns of Rastan and Hama.", "between the towns of Rastan and Hama", ("rastan", "hama"), "corridor"),
    ("All between Damascus, the seat of power, and Homs.", "between Damascus, the seat of power, and Homs", ("damascus", "homs"), "corridor"),
    ("The road between Damascus and Beirut.", "between Damascus and Beirut", ("damascus", "beirut"), "corridor"),
    ("They met halfway between Hama and Homs.", "halfway between Hama and Homs", ("hama", "homs"), "point"),
    ("The Damascus–Homs highway was cut.", "Damascus–Homs highway", ("damascus", "homs"), "corridor"),
    ("The Damascus-Homs international highway was cut.", "Damascus-Homs international highway", ("damascus", "homs"), "corridor"),
    ("The road Damascus – Aleppo was cut.", "road Damascus – Aleppo", ("damascus", "aleppo"), "corridor"),
    ("The road from Hama to Homs.", "road from Hama to Homs", ("hama", "homs"), "corridor"),
    ("The highway linking Damascus with Aleppo.", "highway linking Damascus with Aleppo", ("damascus", "aleppo"), "corridor"),
    ("The highway that connects Damascus and Aleppo.", "highway that connects Damascus and Aleppo", ("damascus", "aleppo"), "corridor"),
    ("The northern edge of the Ghab plain.", "northern edge of the Ghab plain", ("ghab-plain",), "part"),
    ("In northern Latakia province it rained.", "northern Latakia province", ("latakia-governorate",), "part"),
    ("In the south of Latakia province it rained.", "south of Latakia province", ("latakia-governorate",), "part"),
    ("The northern outskirts of Homs.", "northern outskirts of Homs", ("homs",), "part"),
    ("Homs’s northern outskirts burned.", "Homs’s northern outskirts", ("homs",), "part"),
    ("In southern Damascus it rained.", "southern Damascus", ("damascus",), "part"),
    ("Foobaz, north of Hama, fell.", "north of Hama", ("hama",), "part"),
    ("East of Hama it was quiet.", "East of Hama", ("hama",), "part"),
    ("Shells fell (west of Hama).", "west of Hama", ("hama",), "part"),
    ("A shell hit the outskirts of Homs.", "outskirts of Homs", ("homs",), "part"),
    ("A shell hit the outskirts of the city of Homs.", "outskirts of the city of Homs", ("homs",), "part"),
    ("A shell hit Homs’s outskirts.", "Homs’s outskirts", ("homs",), "part"),
    ("A shell hit the Homs outskirts.", "Homs outskirts", ("homs",), "part"),
    ("Shells hit the fringes of Homs and Hama.", "fringes of Homs", ("homs",), "part"),
    ("The outskirts of Foobaz, north of Hama.", "north of Hama", ("hama",), "part"),
    ("Rebels held the area between Hama and Homs, and Aleppo.", "between Hama and Homs", ("hama", "homs"), "corridor"),
    ("The highway linking Damascus to Homs and Aleppo.", "highway linking Damascus to Homs", ("damascus", "homs"), "corridor"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "anchors", "shape"), SHAPES)
def test_other_expressions(find: Derive, text: str, words: str, anchors: tuple[str, ...], shape: str) -> None:
    [(mention, derived)] = find(text)
    assert (mention.surface, derived.anchors, derived.shape) == (words, anchors, shape)
    assert derived.footprint.geometry["type"] == ("Point" if shape == "point" else "Polygon")


NOTHING = [
    "Salma, 30 km east of Latakia, fell.",
    "Salma (30 km east of Latakia) fell.",
    "Salma, which lies 30 km east of Latakia, fell.",
    "Salma is located about 30 km east of Latakia.",
    "Rastan, a town 20 km north of Homs, fell.",
    "The crossing at Salma north of Latakia.",
    "In Hama, around 50 km north of Homs, tanks moved.",
    "This town is 50 km south-west of Aleppo.",
    "North of Homs, Rastan was quiet.",
    "Rastan, on the road between Hama and Homs, was quiet.",
    "Azaz, in northern Latakia province.",
    "They came 12 km north of Foobaz.",
    "They came 12 km north of the town.",
    "They came 600 km north of Homs.",
    "They came 0 km north of Homs.",
    "They came 12 km north south of Homs.",
    "A town north of Syria.",
    "A town 12 km north of Syria.",
    "A place north of the Levant.",
    "A town 12 km north of Homs province.",
    "Off the coast of Latakia.",
    "Aid worth $5m from Homs.",
    "They marched 20 km from Homs to Hama.",
    "They fled north from Homs.",
    "Talks between Damascus and Ankara.",
    "An agreement between Homs and Hama.",
    "Between Homs and Foobaz.",
    "Between Homs, Hama and Rastan.",
    "Between Homs and Homs.",
    "The M5 highway linking Damascus with Aleppo.",
    "Eastern Ghouta was quiet.",
    "The northern city of Homs.",
    "In northern Syria.",
    "In the southern Daraa province.",
    "In southern Daraa province.",
    "In northern Aleppo.",
    "In northern Homs and eastern Hama.",
    "Northern Idlib was quiet.",
    "In the north Latakia suffers.",
    "Douma, on the outskirts of Damascus, fell.",
    "Douma on the outskirts of Damascus fell.",
    "On the outskirts of Homs, Rastan fell.",
    "The outskirts of Foobaz.",
    "The outskirts of the city.",
    "The outskirts of Syria.",
    "The outskirts of Homs province.",
    "The outskirts of Eastern Ghouta.",
    "The northern and eastern outskirts of Homs.",
    "The outskirts of the Damascus suburb of Douma.",
    "In Homs outskirts of tents grew.",
    "The suburbs of Douma and Rastan.",
    "Between Hama and Homs and Aleppo.",
    "The road between Hama and Homs and the town of Rastan.",
    "Between Hama, Homs and Foobaz.",
    "It fell 1 metre north of Homs.",
    "It fell 0.5 m from Homs.",
    "In the northern Latakia province town of Salma.",
    "Five km north of the Homs–Hama road.",
    "12 km north of Homs airport.",
    "12 km north of Homs's gate.",
    "At least in Homs the feast was a beast.",
    "Kilometres and kilometres. Homs.",
    "",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_invented(find: Derive, text: str) -> None:
    found = find(text)
    if "–Hama road" in text:  # the road itself is one
        found = [item for item in found if item[1].shape != "corridor"]
    assert found == []


def test_no_derived_footprint_is_its_anchors_dot(find: Derive, gazetteer: Gazetteer) -> None:
    shapes = set()
    for text in [case[0] for case in (*POINTS, *SHAPES)] + [
        "It fell 10 m north of Homs.",
        "It fell within 20 metres south of Homs.",
    ]:
        for _, derived in find(text):
            shapes.add(derived.shape)
            assert (derived.footprint.geometry["type"] == "Point") == (derived.shape == "point")
            for anchor in derived.anchors:
                own = gazetteer.places[anchor].footprint
                assert own
                same = (derived.footprint.longitude, derived.footprint.latitude) == (own.longitude, own.latitude)
                assert not (same and derived.shape == "point")
    assert shapes == {"point", "corridor", "part"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It fell 12 km north of Hama.", "Later 12 kilometres to the north of the city of Hama burned."),
        ("It fell 12 km from Hama.", "All of it is twelve kilometers outside Hama."),
        ("It fell north of Hama.", "Fighting to the north of Hama went on."),
        ("Between Hama and Homs.", "The road between Hama and Homs."),
        ("The outskirts of Hama.", "In Hama's outskirts."),
        ("The northern edge of the Ghab plain.", "The Ghab plain's northern edge."),
    ],
)
def test_the_same_words_of_the_same_place_make_equal_footprints(find: Derive, root: Path, one: str, other: str) -> None:
    """So that a map can draw them as one; also where the gazetteer was read anew."""
    [(_, first)], [(_, second)] = find(one), find(other)
    [(_, third)] = derive(one, 0, len(one), resolutions_of(one), read_gazetteer(root / "gazetteer"))
    assert first == second == third
    twice = find(f"{one}\n{one}")
    assert [derived for _, derived in twice] == [first, first]


def test_a_distance_alone_is_a_ring_or_a_disc(find: Derive, gazetteer: Gazetteer) -> None:
    own = gazetteer.places["rastan"].footprint
    assert own
    for text, rings in (
        ("It fell 15 km from Rastan.", 2),
        ("It fell 5 km from Homs.", 1),  # within the town's own extent there is no hole
        ("It fell within 15 km of Rastan.", 1),
    ):
        [(_, derived)] = find(text)
        assert (derived.shape, derived.bearing_deg) == ("part", None)
        assert derived.footprint.geometry["type"] == "Polygon"
        assert len(derived.footprint.geometry["coordinates"]) == rings
    assert (derived.footprint.longitude, derived.footprint.latitude) == (own.longitude, own.latitude)


def test_outskirts_are_a_ring_about_the_town(find: Derive, gazetteer: Gazetteer) -> None:
    own = gazetteer.places["homs"].footprint
    assert own
    [(_, derived)] = find("A shell hit the outskirts of Homs.")
    assert (derived.bearing_deg, derived.distance_m, derived.footprint.certainty) == (None, None, "uncertain")
    outer, inner = derived.footprint.geometry["coordinates"]
    for ring, metres in ((outer, derived.footprint.uncertainty_m), (inner, derived.footprint.uncertainty_m / 2)):
        for point in ring:
            assert distance_m(own.longitude, own.latitude, *point) == pytest.approx(metres, rel=0.01)


def outline(derived: DerivedFootprint) -> list[list[float]]:
    geometry = derived.footprint.geometry
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [point for polygon in polygons for ring in polygon for point in ring]


def test_a_ring_lies_at_its_distance(find: Derive, gazetteer: Gazetteer) -> None:
    [(_, derived)] = find("The shell hit 25 km from Homs.")
    own = gazetteer.places["homs"].footprint
    assert own
    outer, inner = derived.footprint.geometry["coordinates"]
    for ring, km in ((outer, 25 + 0.5 + 5), (inner, 25 - 0.5 - 5)):
        for longitude, latitude in ring:
            assert distance_m(own.longitude, own.latitude, longitude, latitude) == pytest.approx(km * 1000, rel=0.01)
        assert ring[0] == ring[-1]


def test_a_sector_lies_in_its_direction(find: Derive, gazetteer: Gazetteer) -> None:
    own = gazetteer.places["hama"].footprint
    assert own
    for word, degrees, half in (("north", 0, 45), ("southwest", 225, 22.5), ("east-northeast", 67.5, 11.25)):
        [(_, derived)] = find(f"Fighting {word} of Hama.")
        assert (derived.bearing_deg, derived.distance_m, derived.footprint.certainty) == (degrees, None, "uncertain")
        for longitude, latitude in outline(derived):
            turn = (bearing_between(own.longitude, own.latitude, longitude, latitude) - degrees + 180) % 360 - 180
            assert abs(turn) <= half + 0.5
            assert 3900 <= distance_m(own.longitude, own.latitude, longitude, latitude) <= 25_100


def test_just_north_is_nearer(find: Derive) -> None:
    [(_, near)], [(_, far)] = find("Fighting just north of Homs."), find("Fighting north of Homs.")
    assert near.footprint.latitude < far.footprint.latitude


def test_a_corridor_joins_its_anchors(find: Derive, gazetteer: Gazetteer) -> None:
    [(_, derived)] = find("The road from Hama to Homs.")
    one, other = gazetteer.places["hama"].footprint, gazetteer.places["homs"].footprint
    assert one
    assert other
    middle = ((one.longitude + other.longitude) / 2, (one.latitude + other.latitude) / 2)
    assert (derived.footprint.longitude, derived.footprint.latitude) == pytest.approx(middle, abs=1e-4)
    length = distance_m(one.longitude, one.latitude, other.longitude, other.latitude)
    assert length / 2 < derived.footprint.uncertainty_m < length
    for longitude, latitude in outline(derived):
        assert distance_m(*middle, longitude, latitude) <= derived.footprint.uncertainty_m


def test_a_part_of_an_area_lies_on_its_side(find: Derive, gazetteer: Gazetteer) -> None:
    whole = gazetteer.places["ghab-plain"].footprint
    assert whole
    latitudes = [point[1] for ring in whole.geometry["coordinates"] for point in ring]
    for words, share in (("edge", 1 / 3), ("part", 1 / 2), ("tip", 1 / 5)):
        [(_, derived)] = find(f"The northern {words} of the Ghab plain.")
        own = [latitude for _, latitude in outline(derived)]
        assert max(own) == max(latitudes)
        assert min(own) == pytest.approx(max(latitudes) - share * (max(latitudes) - min(latitudes)), abs=1e-4)
        assert min(own) <= derived.footprint.latitude <= max(own)


def test_opposite_halves_make_the_whole(find: Derive, gazetteer: Gazetteer) -> None:
    whole = gazetteer.places["ghab-plain"].footprint
    assert whole
    extent = abs(area(whole.geometry["coordinates"][0]))
    for one, other in (("northern", "southern"), ("eastern", "western"), ("north-eastern", "south-western")):
        halves = [find(f"The {wind} part of the Ghab plain.")[0][1].footprint.geometry["coordinates"][0] for wind in (one, other)]
        assert sum(abs(area(half)) for half in halves) == pytest.approx(extent, rel=0.01)


def test_a_suggested_place_can_be_an_anchor(gazetteer: Gazetteer) -> None:
    text = "Shells fell 12 km north of the capital, and between the capital and Homs."
    suggested = [
        (Mention(i, i + 7, "capital", ("damascus",)), "damascus") for i in (text.index("capital"), text.rindex("capital"))
    ]
    found = derive(text, 0, len(text), resolutions_of(text), gazetteer, suggested)
    assert [(m.surface, d.anchors) for m, d in found] == [
        ("12 km north of the capital", ("damascus",)),
        ("between the capital and Homs", ("damascus", "homs")),
    ]


def test_what_a_person_rejected_is_no_anchor(gazetteer: Gazetteer) -> None:
    text = "It fell 12 km north of Hama."
    rejected = [replace(r, status="rejected", place=None) for r in resolutions_of(text)]
    assert derive(text, 0, len(text), rejected, gazetteer) == []


def test_only_the_passage_is_looked_at(gazetteer: Gazetteer) -> None:
    text = "It fell 12 km\n\nnorth of Hama.\n\nSouth of it."
    start, end = text.index("north"), text.index(".") + 1
    [(mention, derived)] = derive(text, start, end, resolutions_of(text), gazetteer)
    assert (mention.surface, derived.distance_m) == ("north of Hama", None)


WORDS = st.sampled_from(
    [*NAMES, "12 km", "7.5 miles", "half a", "a few", "mile", "metres", "north", "south-west", "northern", "edge", "outskirts", "of",
     "from", "the", "between", "halfway", "and", "to", "road", "highway", "linking", ",", ".", "–", "-", "(", ")", "within", "’s",
     "İ", "\n", "1,000,000", "0", "99999 km", "east", "capital", "is", "town of"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=30), st.sampled_from([" ", ""]))
def test_whatever_the_words_the_answer_is_sound(gazetteer: Gazetteer, words: list[str], joint: str) -> None:
    text = joint.join(words)
    last = 0
    for mention, derived in derive(text, 0, len(text), resolutions_of(text), gazetteer):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        last = mention.end
        assert set(derived.anchors) <= gazetteer.places.keys()
        footprint = derived.footprint
        assert footprint.uncertainty_m > 0
        if footprint.geometry["type"] != "Point":  # the uncertainty reaches, from the label point, whatever is drawn
            farthest = max(distance_m(footprint.longitude, footprint.latitude, *point[:2]) for point in outline(derived))
            assert farthest <= footprint.uncertainty_m + 200


@given(st.lists(WORDS, max_size=30))
def test_what_is_known_of_the_passage_makes_no_difference(gazetteer: Gazetteer, words: list[str]) -> None:
    text = " ".join(words)
    named = resolutions_of(text)
    assert derive(text, 0, len(text), named, gazetteer, (), find_triggers(text, 0, len(text))) == derive(
        text, 0, len(text), named, gazetteer
    )


@given(st.text(max_size=200))
def test_any_text_at_all(gazetteer: Gazetteer, text: str) -> None:
    text += " Homs"
    derive(text, 0, len(text), resolutions_of(text), gazetteer)


@pytest.mark.parametrize(
    "piece",
    ["12 km north of Hama, ", "between Hama and ", "north ", "12 km ", "the northern edge of ", "Hama–Homs ", "road from ", "about " * 9, "twenty ", "-", "a few "],
)  # fmt: skip
def test_the_work_grows_with_the_text(gazetteer: Gazetteer, piece: str) -> None:
    def work(size: int) -> None:
        text = piece * (size // len(piece)) + " Homs"
        derive(text, 0, len(text), resolved[size], gazetteer)

    resolved = {size: resolutions_of(piece * (size // len(piece)) + " Homs") for size in (20_000, 80_000)}
    assert in_proportion(work, 20_000)
