"""The gazetteer answers as a geopy geocoder does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import geopy.geocoders
import pytest
from geopy.distance import geodesic
from geopy.exc import ConfigurationError, GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.gazetteer.geocoder import GazetteerGeocoder
from conflictmap.model import Citation
from conflictmap.text import fold_name


@pytest.fixture(scope="session")
def geocoder(gazetteer: Gazetteer) -> GazetteerGeocoder:
    return GazetteerGeocoder(gazetteer)


@pytest.fixture(scope="session")
def mini(mini_gazetteer: Gazetteer) -> GazetteerGeocoder:
    return GazetteerGeocoder(mini_gazetteer)


@pytest.fixture(scope="session")
def scattered(mini_gazetteer: Gazetteer) -> Callable[..., Gazetteer]:
    """(latitude, longitude) of villages -> a gazetteer of these and nothing else."""
    pattern = mini_gazetteer.places["salma"]

    def make(points: list[tuple[float, float]]) -> Gazetteer:
        places = {
            f"p{number}": replace(pattern, id=f"p{number}", footprint=replace(pattern.footprint, latitude=lat, longitude=lon))
            for number, (lat, lon) in enumerate(points)
        }
        return replace(mini_gazetteer, places=places, wider=dict.fromkeys(places, frozenset()), names={})

    return make


def ids(found: list[Location] | None) -> list[str]:
    assert found is not None
    return [location.raw["id"] for location in found]


# --- names ----------------------------------------------------------------------------------------------------


def test_a_name_gives_a_location(geocoder: GazetteerGeocoder, gazetteer: Gazetteer) -> None:
    location = geocoder.geocode("Jisr al-Shughour")
    footprint = gazetteer.places["jisr-al-shughour"].footprint
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (footprint.latitude, footprint.longitude)
    assert location.address == "Jisr al-Shughour, Idlib Governorate, Syria"
    assert geodesic(location.point, (35.81, 36.32)).km < 3


def test_raw_keeps_the_provenance(geocoder: GazetteerGeocoder, gazetteer: Gazetteer) -> None:
    raw = geocoder.geocode("Salma").raw
    salma = gazetteer.places["salma"]
    assert list(raw) == [
        "id", "name", "names", "fclass", "ftype", "uncertainty_m", "certainty", "part_of", "links", "citations",
    ]  # fmt: skip
    assert (raw["id"], raw["name"], raw["fclass"], raw["ftype"]) == ("salma", "Salma", "P", "PPL")
    assert {"Salma", "سلمى"} <= set(raw["names"])
    assert (raw["uncertainty_m"], raw["certainty"]) == (salma.footprint.uncertainty_m, salma.footprint.certainty)
    assert raw["part_of"] == list(salma.part_of)
    assert raw["links"] == list(salma.links)
    assert [Citation(**cited) for cited in raw["citations"]] == list(salma.footprint.citations)
    assert json.loads(json.dumps(raw)) == raw


def test_every_homonym_is_given_the_most_significant_first(geocoder: GazetteerGeocoder, gazetteer: Gazetteer) -> None:
    found = geocoder.geocode("Qusayr", exactly_one=False)
    assert ids(found)[0] == geocoder.geocode("Qusayr").raw["id"] == "qusayr"
    assert {"qusayr-aleppo", "qusayr-daraa"} <= set(ids(found))
    significance = [gazetteer.places[place_id].significance for place_id in ids(found)]
    assert significance == sorted(significance, reverse=True)
    assert significance[0] > significance[-1]


@pytest.mark.parametrize("spelling", ["JISR AL SHUGHOUR", "jisr al-shughour", "  Jisr   al-Shughour ", "جسر الشغور"])
def test_spellings_that_fold_alike_are_one_name(geocoder: GazetteerGeocoder, spelling: str) -> None:
    assert geocoder.geocode(spelling).raw["id"] == "jisr-al-shughour"


@pytest.mark.parametrize("name", ["Jisr", "Jisr al-Shughou", "Jisr al-Shughour town", "Foobaz", "'", ",", "Foobaz, Syria"])
def test_what_is_no_whole_name_is_not_found(geocoder: GazetteerGeocoder, name: str) -> None:
    assert geocoder.geocode(name) is None
    assert geocoder.geocode(name, exactly_one=False) is None


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Qusayr, Homs", "qusayr"),
        ("Qusayr, Daraa", "qusayr-daraa"),
        ("Qusayr, Daraa, Syria", "qusayr-daraa"),
        ("Qusayr, ", "qusayr"),
        ("القصير، حمص", "qusayr"),
        ("Salma, Syria", "salma"),
        ("Damascus, Syria", "damascus"),
    ],
)
def test_a_wider_place_may_stand_behind_the_name(geocoder: GazetteerGeocoder, query: str, first: str) -> None:
    assert geocoder.geocode(query).raw["id"] == first


def test_a_wider_place_leaves_the_others_out(geocoder: GazetteerGeocoder) -> None:
    assert ids(geocoder.geocode("Qusayr, Daraa", exactly_one=False)) == ["qusayr-daraa"]
    assert geocoder.geocode("Salma, Daraa") is None
    assert geocoder.geocode("Qusayr, Homs, Turkey") is None
    assert geocoder.geocode("Qusayr, Foobaz") is None


def test_country_codes_are_read_as_nominatim_reads_them(geocoder: GazetteerGeocoder) -> None:
    everywhere = ids(geocoder.geocode("Tripoli", exactly_one=False))
    for lebanon in ("LB", "lb", ["lb"], ("LB", "IQ"), "iq,lb"):
        found = geocoder.geocode("Tripoli", exactly_one=False, country_codes=lebanon)
        assert {code for place_id in ids(found) for code in geocoder.gazetteer.places[place_id].ccodes} == {"LB"}, lebanon
    assert (
        geocoder.geocode("Tripoli", country_codes=["LB"]).raw["id"] != geocoder.geocode("Tripoli", country_codes="ly").raw["id"]
    )
    assert geocoder.geocode("Tripoli", country_codes="fr") is None
    for none in (None, "", []):
        assert ids(geocoder.geocode("Tripoli", exactly_one=False, country_codes=none)) == everywhere


def test_the_limit_cuts_the_list(geocoder: GazetteerGeocoder) -> None:
    every = ids(geocoder.geocode("Qusayr", exactly_one=False))
    assert ids(geocoder.geocode("Qusayr", exactly_one=False, limit=2)) == every[:2]
    assert ids(geocoder.geocode("Qusayr", exactly_one=False, limit=1000)) == every
    with pytest.raises(ValueError, match="Limit"):
        geocoder.geocode("Qusayr", exactly_one=False, limit=0)


def test_a_place_without_a_footprint_is_never_returned(mini: GazetteerGeocoder, mini_gazetteer: Gazetteer) -> None:
    assert [place.id for place in mini_gazetteer.find("Deir Nowhere")] == ["deir-nowhere"]
    assert mini.geocode("Deir Nowhere") is None
    assert mini.geocode("Deir Nowhere", exactly_one=False) is None
    assert "deir-nowhere" not in ids(mini.reverse((0, 0), exactly_one=False, limit=None))


@pytest.mark.parametrize("query", ["", " ", "\n", None, 5, b"Homs", ["Homs"], {"city": "Homs"}])
def test_a_query_that_is_no_name_is_an_error(geocoder: GazetteerGeocoder, query: Any) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)


def test_every_place_of_the_gazetteer_is_found_by_its_title(geocoder: GazetteerGeocoder, gazetteer: Gazetteer) -> None:
    for place in gazetteer.places.values():
        preferred = place.toponyms[0].text
        found = geocoder.geocode(preferred, exactly_one=False)
        if place.footprint and fold_name(preferred):
            assert place.id in ids(found)
            assert found[0].address
            assert (found[0].latitude, found[0].longitude) != (0, 0)


# --- addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Syria", "Syria"),
        ("Homs Governorate", "Homs Governorate, Syria"),
        ("Washington", "Washington, District of Columbia, United States"),
        ("Europe", "Europe"),
    ],
)
def test_an_address_ends_with_the_country_in_words(geocoder: GazetteerGeocoder, name: str, address: str) -> None:
    assert geocoder.geocode(name).address == str(geocoder.geocode(name)) == address


def test_an_address_goes_from_narrow_to_wide(geocoder: GazetteerGeocoder) -> None:
    parts = geocoder.geocode("Salma").address.split(", ")
    assert (parts[0], parts[-1]) == ("Salma", "Syria")
    assert parts.index("Jabal al-Akrad") < parts.index("Latakia Governorate")


def test_a_place_in_several_countries_names_them_all(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Euphrates").address.endswith("Turkey / Syria / Iraq")


def test_a_code_whose_country_the_gazetteer_does_not_have_stands_for_itself(mini_gazetteer: Gazetteer) -> None:
    salma = replace(mini_gazetteer.places["salma"], ccodes=("XX",))
    places = {**mini_gazetteer.places, "salma": salma}
    assert GazetteerGeocoder(replace(mini_gazetteer, places=places)).geocode("Salma").address.endswith(", XX")


# --- points ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [(35.69, 36.14), [35.69, 36.14], "35.69, 36.14", "35.69 36.14", Point(35.69, 36.14), (35.69, 36.14, 800), Point(35.69, 36.14, 2), "35 41m 24s N, 36 8m 24s E", (35.69, 396.14)],
    ids=str,
)  # fmt: skip
def test_a_point_in_any_format_gives_the_nearest_place(geocoder: GazetteerGeocoder, query: Any) -> None:
    location = geocoder.reverse(query)
    assert location.raw["id"] == "salma"
    assert location.raw["distance_m"] == pytest.approx(geodesic((35.69, 36.14), location.point).meters, abs=0.01)
    assert 0 < location.raw["distance_m"] < 1000


def test_several_come_the_nearest_first(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.reverse((35.3, 36.4), exactly_one=False)
    assert len(found) == 5
    assert len(geocoder.reverse((35.3, 36.4), exactly_one=False, limit=3)) == 3
    distances = [location.raw["distance_m"] for location in found]
    assert distances == sorted(distances)
    assert geocoder.reverse((35.3, 36.4)) == found[0]
    with pytest.raises(ValueError, match="Limit"):
        geocoder.reverse((35.3, 36.4), exactly_one=False, limit=0)


def test_nothing_is_farther_than_the_greatest_distance(geocoder: GazetteerGeocoder) -> None:
    every = geocoder.reverse((35.3, 36.4), exactly_one=False, limit=None)
    bound = every[3].raw["distance_m"]
    assert geocoder.reverse((35.3, 36.4), exactly_one=False, limit=None, max_distance_m=bound) == every[:4]
    assert geocoder.reverse((35.3, 36.4), exactly_one=False, limit=2, max_distance_m=bound) == every[:2]
    assert geocoder.reverse((35.3, 36.4), max_distance_m=1) is None
    assert geocoder.reverse((35.3, 36.4), exactly_one=False, max_distance_m=1) is None


def test_countries_and_continents_are_no_answer_to_a_point(geocoder: GazetteerGeocoder, gazetteer: Gazetteer) -> None:
    every = ids(geocoder.reverse((35, 38), exactly_one=False, limit=None))
    left_out = {place.ftype for place_id, place in gazetteer.places.items() if place.footprint and place_id not in set(every)}
    assert left_out == {"PCLI", "PCLD", "CONT"}
    syria = gazetteer.places["syria"].footprint
    assert geocoder.reverse((syria.latitude, syria.longitude)).raw["id"] != "syria"


def test_an_area_answers_by_its_label_point(geocoder: GazetteerGeocoder, gazetteer: Gazetteer) -> None:
    label = gazetteer.places["deir-ez-zor-governorate"].footprint
    assert geocoder.reverse((label.latitude, label.longitude)).raw["id"] == "deir-ez-zor-governorate"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "nonsense",
        None,
        [],
        (),
        (35.69,),
        (None, None),
        (35, None),
        (0, "x"),
        35.69,
        pytest.param(object(), id="object"),
        (float("nan"), 36),
    ],
    ids=str,
)
def test_what_is_no_point_is_an_error_and_never_0_0(geocoder: GazetteerGeocoder, query: Any) -> None:
    with pytest.raises(ValueError, match="Must be a coordinate pair or Point"):
        geocoder.reverse(query)


@pytest.mark.parametrize("query", [(95, 36), "-91, 36"])
def test_a_latitude_out_of_range_is_an_error_as_in_geopy(geocoder: GazetteerGeocoder, query: Any) -> None:
    with pytest.warns(UserWarning, match="Latitude"), pytest.raises(ValueError, match="Latitude"):
        geocoder.reverse(query)


@pytest.mark.parametrize("query", [(35, 38), (0, 0.5), (89.9, 10), (-33, -70), (10, 179.99), (-35, -142)], ids=str)
def test_the_order_is_the_ellipsoids(scattered: Callable[..., Gazetteer], query: tuple[float, float]) -> None:
    """Near and far, at the poles and across the date line, where the sphere's order is another."""
    random = Random(7)
    points = [(random.uniform(32, 38), random.uniform(35, 43)) for _ in range(150)]
    points += [(random.uniform(-90, 90), random.uniform(-180, 180)) for _ in range(150)]
    points += [(lat + random.uniform(-1, 1) * 0.5, lon) for lat, lon in points if abs(lat) < 89]
    found = GazetteerGeocoder(scattered(points)).reverse(query, exactly_one=False, limit=None)
    assert [location.raw["distance_m"] for location in found] == pytest.approx(sorted(geodesic(query, p).meters for p in points))


def test_the_ellipsoid_decides_where_the_sphere_errs(scattered: Callable[..., Gazetteer]) -> None:
    north, east = (1.003, 0.0), (0.0, 1.0)  # a degree of latitude is shorter at the equator than one of longitude
    assert geodesic((0, 0), north).meters < geodesic((0, 0), east).meters
    assert GazetteerGeocoder(scattered([east, north])).reverse("0, 0").raw["id"] == "p1"


def test_few_of_many_places_are_measured(scattered: Callable[..., Gazetteer], monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(7)
    geocoder = GazetteerGeocoder(scattered([(random.uniform(32, 38), random.uniform(35, 43)) for _ in range(12_000)]))
    measured = []

    def counting(*points: Any) -> Any:
        measured.append(points)
        return geodesic(*points)

    monkeypatch.setattr("conflictmap.gazetteer.geocoder.geodesic", counting)
    assert len(geocoder.reverse((35.5, 38.5), exactly_one=False)) == 5
    assert 5 <= len(measured) <= 20


# --- as geopy wants it ----------------------------------------------------------------------------------------


def test_it_works_with_geopys_rate_limiter(geocoder: GazetteerGeocoder) -> None:
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    reverse = RateLimiter(geocoder.reverse, min_delay_seconds=0)
    assert [geocode(name) and geocode(name).raw["id"] for name in ("Salma", "Foobaz")] == ["salma", None]
    assert reverse((35.69, 36.14), exactly_one=True).raw["id"] == "salma"


def test_the_usual_options_are_taken_and_change_nothing(gazetteer: Gazetteer, geocoder: GazetteerGeocoder) -> None:
    other = GazetteerGeocoder(gazetteer, scheme="http", timeout=3, proxies={}, user_agent="tests", ssl_context=None)
    assert isinstance(other, geopy.geocoders.base.Geocoder)
    assert (other.scheme, other.timeout, other.headers) == ("http", 3, {"User-Agent": "tests"})
    assert other.geocode("Salma", timeout=0) == geocoder.geocode("Salma", timeout=None)
    assert other.reverse("35.69, 36.14", timeout=0) == geocoder.reverse("35.69, 36.14")
    with pytest.raises(ConfigurationError):
        GazetteerGeocoder(gazetteer, scheme="ftp")
    with other as entered:
        assert entered is other


def test_nothing_can_be_asked_of_the_network(mini_gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """… and how geopy is set up to ask makes no difference."""
    monkeypatch.setattr(geopy.geocoders.options, "default_adapter_factory", None)
    geocoder = GazetteerGeocoder(mini_gazetteer)
    with pytest.raises(GeocoderServiceError, match="no network"):
        geocoder._call_geocoder("http://127.0.0.1:9/", lambda answer: answer)
    with pytest.raises(GeocoderServiceError, match="no network"):
        geocoder._call_geocoder("http://127.0.0.1:9/", lambda answer: answer, is_json=False)
