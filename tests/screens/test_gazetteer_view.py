"""What the Places page asks: finding, homonyms, sources with distances, names, links, and mentions of one place over time."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.index.corpus import Corpus
from conflictmap.model import Citation, Footprint, Place, Toponym
from conflictmap.questions.questions import Questions
from conflictmap.screens import gazetteer_view as view


def place(**more: object) -> Place:
    """A village at 36 E, 35 N, reaching 1 km, whose sources are `points`."""
    points = more.pop("points", ())
    footprint = Footprint(36.0, 35.0, {"type": "Point", "coordinates": [36.0, 35.0]}, 1000, "certain", tuple(points))
    made = Place("x", "X", (Toponym("X", "en", "preferred", True),), ("P",), "PPL", ("SY",), (), footprint, 2)
    return replace(made, **more)


def source(family: str | None, longitude: float | None = None, latitude: float | None = None) -> Citation:
    return Citation("a source", None, family, longitude, latitude)


@pytest.fixture(scope="module")
def questions(mini_corpus: Corpus) -> Questions:
    return Questions(mini_corpus)


# --- finding --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["salma", "Selma", "سلمى", "SALM"])
def test_any_spelling_and_part_of_a_name_finds_the_place(questions: Questions, words: str) -> None:
    assert [found.id for found in view.find(questions, {}, words)] == ["salma"]


def test_no_words_find_every_place_the_named_first_then_by_title(questions: Questions) -> None:
    found = view.find(questions, {"homs": 3, "salma": 1})
    assert len(found) == len(questions.corpus.gazetteer.places)
    assert [found[0].id, found[1].id] == ["homs", "salma"]
    titles = [view.fold_name(other.title) for other in found[2:]]
    assert titles == sorted(titles)


def test_kinds_and_named_narrow(questions: Questions) -> None:
    assert {found.id for found in view.find(questions, {}, kinds=["water", "landform"])} >= {"euphrates", "ghab-plain"}
    assert all({"H", "T"} & set(found.fclasses) for found in view.find(questions, {}, kinds=["water", "landform"]))
    assert [found.id for found in view.find(questions, {"homs": 1}, named=True)] == ["homs"]
    assert view.find(questions, {}, "no such place at all") == []


def test_every_feature_class_belongs_to_one_kind() -> None:
    assert sorted("".join(view.KINDS.values())) == sorted("AHLPRST")


def test_the_least_certain_come_first_and_no_position_before_all(questions: Questions) -> None:
    found = view.find(questions, {}, order="least certain")
    assert found[0].footprint is None
    ranks = [view._NOT_AS_SURE[other.footprint.certainty] for other in found if other.footprint]
    assert ranks == sorted(ranks, reverse=True)


def test_countries_in_words(mini_gazetteer: Gazetteer) -> None:
    names = view.country_names(mini_gazetteer)
    assert view.countries(mini_gazetteer.places["salma"], names) == "Syria"
    assert view.countries(mini_gazetteer.places["syria"], names) == ""
    assert view.countries(place(ccodes=("SY", "XX", "YY", "ZZ")), names) == "Syria, XX, YY and 1 more"
    assert view.countries(place(ccodes=()), names) == ""


# --- how places hang together ---------------------------------------------------------------------------------


def test_homonyms_come_nearest_first_with_distance_and_direction(gazetteer: Gazetteer) -> None:
    found = view.homonyms(gazetteer, gazetteer.places["qusayr"])
    assert "qusayr" not in {other.place.id for other in found}
    assert {"qusayr-daraa", "qusayr-tartus"} <= {other.place.id for other in found}
    known = [other.km for other in found if other.km is not None]
    assert known == sorted(known)
    assert all("Qusayr" in other.shared for other in found if other.place.id == "qusayr-daraa")


def test_town_and_governorate_are_homonyms_of_each_other(mini_gazetteer: Gazetteer) -> None:
    (governorate,) = view.homonyms(mini_gazetteer, mini_gazetteer.places["latakia"])
    assert governorate.place.id == "latakia-governorate"
    assert "Latakia" in governorate.shared


@pytest.mark.parametrize(
    ("longitude", "latitude", "way"),
    [(36, 36, "north"), (37, 35, "east"), (36, 34, "south"), (35, 35, "west"), (37, 34, "south-east"), (36, 35, "")],
)
def test_direction(longitude: float, latitude: float, way: str) -> None:
    there = place(footprint=replace(place().footprint, longitude=float(longitude), latitude=float(latitude)))
    assert view.direction(place(), there) == way


def test_a_homonym_without_a_position_is_listed_last(mini_gazetteer: Gazetteer) -> None:
    here = mini_gazetteer.places["salma"]
    lost = replace(here, id="lost", footprint=None)
    both = replace(
        mini_gazetteer, places={**mini_gazetteer.places, "lost": lost}, names={**mini_gazetteer.names, "salma": ("salma", "lost")}
    )
    assert [(other.place.id, other.km, other.direction) for other in view.homonyms(both, here)] == [("lost", None, "")]


def test_the_chain_leads_outwards_and_ends_in_a_circle(mini_gazetteer: Gazetteer) -> None:
    assert [wider.id for wider in view.wider(mini_gazetteer, mini_gazetteer.places["salma"])] == ["latakia-governorate", "syria"]
    assert view.wider(mini_gazetteer, mini_gazetteer.places["syria"]) == []
    one, two = place(id="one", fclasses=("A",), part_of=("two",)), place(id="two", fclasses=("A",), part_of=("one", "gone"))
    round_and_round = replace(
        mini_gazetteer,
        places={"one": one, "two": two},
        wider={"one": frozenset({"one", "two"}), "two": frozenset({"one", "two"})},
    )
    assert [wider.id for wider in view.wider(round_and_round, one)] == ["two"]


def test_what_lies_in_a_place_the_named_first(mini_gazetteer: Gazetteer) -> None:
    inside = view.within(mini_gazetteer, mini_gazetteer.places["latakia-governorate"], {"salma": 2})
    assert inside[0].id == "salma"
    assert all("latakia-governorate" in other.part_of for other in inside)


# --- names and links ------------------------------------------------------------------------------------------


def test_names_in_words(mini_gazetteer: Gazetteer) -> None:
    rows = {row.text: row for row in view.name_rows(mini_gazetteer.places["latakia"])}
    assert next(iter(rows)) == "Latakia"
    assert (rows["Lazkiye"].language, rows["Lazkiye"].kind, rows["Lazkiye"].looked_for) == (
        "Turkish",
        "another language’s name",
        False,
    )
    assert rows["اللاذقية"].language == "Arabic"


def test_every_language_of_the_shipped_gazetteer_has_words(gazetteer: Gazetteer) -> None:
    tags = {toponym.lang for other in gazetteer.places.values() for toponym in other.toponyms}
    assert [tag for tag in tags if "“" in view.language(tag)] == []
    assert view.language("ar-Latn") == "Arabic in Latin letters"
    assert view.language("xx") == "language “xx”"


def test_every_family_of_the_shipped_gazetteer_has_words(gazetteer: Gazetteer) -> None:
    families = {c.family for other in gazetteer.places.values() if other.footprint for c in other.footprint.citations}
    assert families - {None} - set(view.FAMILIES) == set()


@pytest.mark.parametrize(
    ("uri", "safe"),
    [
        ("https://www.geonames.org/1", True), ("http://example.org/a(b)", True), ("javascript:alert(1)", False), (None, False),
        (" https://x", False), ('https://x" onclick="y', False), ("https://x y", False), ("data:text/html,x", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(uri: str | None, safe: bool) -> None:
    assert (view.web_address(uri) is not None) == safe


def test_links_only_where_the_identifier_is_well_formed() -> None:
    found = view.links(
        place(links=("gn:164907", "wd:Q200030", "osm:node/5", "gn:1/../x", "wd:javascript", "zz:1", "wof:1209327423"))
    )
    assert [address for _, address in found] == [
        "https://www.geonames.org/164907", "https://www.wikidata.org/wiki/Q200030", "https://www.openstreetmap.org/node/5",
        "https://spelunker.whosonfirst.org/id/1209327423",
    ]  # fmt: skip


# --- where the sources put it ---------------------------------------------------------------------------------


def test_distances_are_measured_from_the_label_along_the_ellipsoid() -> None:
    near, without = view.source_points(place(points=[source("geonames", 36.0, 35.01), source("own")]))
    assert near.km == pytest.approx(1.1095, abs=0.001)
    assert (near.family, without.km) == ("GeoNames", None)


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ([source("geonames", 36.0, 35.0), source("wikidata", 36.001, 35.0)], "Two independent families of sources agree"),
        ([source("geonames", 36.0, 35.0), source("wikidata", 36.0, 35.05)], "do not agree within the stated uncertainty of 1 km"),
        ([source("geonames", 36.0, 35.0), source("wikidata", 36.0, 35.0)], "identical figures"),
        ([source("geonames", 36.0, 35.0), source("geonames", 36.001, 35.0)], "of one family (GeoNames)"),
        ([source("geonames", 36.0, 35.0)], "Only one source gives a point (GeoNames)"),
        ([source("own", 36.0, 35.0)], "own estimate"),
        ([source("own")], "No source gives a point of its own"),
    ],
)
def test_agreement_in_plain_words(points: list[Citation], told: str) -> None:
    assert told in view.agreement(place(points=points))


def test_agreement_of_areas_and_of_nothing(mini_gazetteer: Gazetteer, gazetteer: Gazetteer) -> None:
    assert view.agreement(mini_gazetteer.places["deir-nowhere"]).startswith("No source gives a position")
    assert "not how far it reaches" in view.agreement(gazetteer.places["ghab-plain"])
    assert all(view.agreement(other) for other in gazetteer.places.values())


@pytest.mark.parametrize(
    ("km", "told"), [(0, "0 m"), (0.0304, "30 m"), (0.0996, "0.1 km"), (0.45, "0.45 km"), (1, "1 km"), (12.34, "12.3 km"), (62.4, "62 km"), (1204, "1,204 km")]
)  # fmt: skip
def test_distances_as_they_are_read(km: float, told: str) -> None:
    assert view.kilometres(km) == told


# --- on the map -----------------------------------------------------------------------------------------------


def test_features_have_the_keys_of_the_layer(mini_corpus: Corpus) -> None:
    held = mini_corpus.gazetteer.places
    keys = {row["drawn"]: set(row) for row in Questions(mini_corpus).layer()}
    for place_id, drawn in (("salma", "dot"), ("ghab-plain", "area"), ("euphrates", "line")):
        made = view.feature(held[place_id], 3)
        assert made is not None
        assert (made["drawn"], made["undated"]) == (drawn, 3)
        assert set(made) == keys.get(drawn, set(made))
    assert view.feature(held["deir-nowhere"], 1) is None


def test_the_camera_holds_the_whole_place(gazetteer: Gazetteer) -> None:
    assert view.camera(place(footprint=None)) is None
    assert view.camera(gazetteer.places["salma"])[2] == 12
    for place_id in ("ghab-plain", "euphrates", "syria", "latakia-governorate"):
        west, south, east, north = view.reach(gazetteer.places[place_id])
        latitude, longitude, zoom = view.camera(gazetteer.places[place_id])
        assert south < latitude < north
        assert west < longitude < east
        assert (east - west) / 360 * 256 * 2**zoom <= 420


def test_every_place_has_a_camera(gazetteer: Gazetteer) -> None:
    zooms = {view.camera(other)[2] for other in gazetteer.places.values() if other.footprint}
    assert zooms <= set(range(4, 14))


def test_the_base_map_ends_somewhere(gazetteer: Gazetteer) -> None:
    assert view.on_base_map(gazetteer.places["salma"])
    assert not view.on_base_map(gazetteer.places["moscow"])


# --- in the articles ------------------------------------------------------------------------------------------


def test_the_histogram_counts_one_place_in_the_corpus_bins(make_corpus: Callable[..., Corpus]) -> None:
    corpus = make_corpus(
        {"text": "Salma and again Salma, Homs.", "published": "2013-08-06"},
        {"text": "Homs and Salma.", "published": "2013-08-20"},
        {"text": "Salma."},
    )
    questions = Questions(corpus)
    bins = questions.histogram("salma")
    assert [(begin, end) for begin, end, _ in bins] == [(begin, end) for begin, end, _ in questions.histogram()]
    assert [(str(begin), number) for begin, _, number in bins if number] == [("2013-08-06", 2), ("2013-08-20", 1)]


def test_without_dates_there_is_no_histogram(make_corpus: Callable[..., Corpus]) -> None:
    corpus = make_corpus({"text": "Salma."})
    assert Questions(corpus).histogram("salma") == []
