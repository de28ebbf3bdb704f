"""Broken gazetteers are reported with file, record and field, and everything else is read."""

from __future__ import annotations

import copy
import gc
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictmap.errors import DataError, Problem
from conflictmap.gazetteer import catalogue as module
from conflictmap.gazetteer import features
from conflictmap.gazetteer.canonical import canonical
from conflictmap.gazetteer.catalogue import Gazetteer, read_gazetteer
from conflictmap.gazetteer.features import URI_BASE

MINI = Path(__file__).resolve().parents[1] / "data" / "mini" / "gazetteer"
THEATRE = {"title": "Test", "ccodes": ["SY"], "box": [35.0, 32.0, 43.0, 38.0]}
PROPERTIES = settings(deadline=None, derandomize=True, max_examples=60)


@pytest.fixture(scope="module")
def mini() -> Gazetteer:
    return read_gazetteer(MINI)


def feature(place_id: str = "salma", **changes: Any) -> dict[str, Any]:
    """A valid feature; `changes` replace what stands at a path (`properties__id`), or delete it (`...`)."""
    made: dict[str, Any] = {
        "type": "Feature",
        "@id": URI_BASE + place_id,
        "properties": {
            "id": place_id,
            "title": place_id.title(),
            "ccodes": ["SY"],
            "fclasses": ["P"],
            "ftype": "PPL",
            "uncertainty_m": 1000,
            "significance": 2,
        },
        "names": [
            {"toponym": place_id.title(), "lang": "en", "kind": "preferred", "matchable": True, "citations": [{"label": "own"}]}
        ],
        "types": [{"identifier": "gn:PPL", "label": "populated place"}],
        "geometry": {"type": "Point", "coordinates": [36.1, 35.7], "certainty": "certain", "citations": [{"label": "own"}]},
    }
    for path, value in changes.items():
        *outer, last = path.replace("at_id", "@id").split("__")
        target = made
        for key in outer:
            target = target[key]
        if value is ...:
            del target[last]
        else:
            target[last] = value
    return made


LINE = {
    "type": "LineString",
    "coordinates": [[36.0, 35.0], [37.0, 36.0]],
    "certainty": "certain",
    "citations": [{"label": "own"}],
}


def write(folder: Path, files: dict[str, list[Any] | bytes], theatre: Any = THEATRE) -> Path:
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else json.dumps({"type": "FeatureCollection", "features": content}).encode()
        (folder / name).write_bytes(raw)
    if theatre is not None:
        (folder / "theatre.json").write_bytes(theatre if isinstance(theatre, bytes) else json.dumps(theatre).encode())
    return folder


def where(problems: tuple[Problem, ...]) -> list[tuple[str, str, str, str]]:
    return [(problem.grade, problem.file, problem.record, problem.field) for problem in problems]


def test_the_miniature_is_read_without_an_error(mini):
    assert [str(problem) for problem in mini.problems] == []
    assert len(mini.places) == 25


def test_a_place_holds_what_its_feature_says(mini):
    place = mini.places["qardaha"]
    assert (place.title, place.fclass, place.ftype, place.ccodes) == ("Qardaha", "P", "PPL", ("SY",))
    assert (place.part_of, place.aliases, place.significance) == (("latakia-governorate",), ("kardaha-old", "qirdaha"), 3)
    assert (place.footprint.longitude, place.footprint.latitude) == (36.0608, 35.4572)
    assert (place.footprint.uncertainty_m, place.footprint.certainty) == (2000, "certain")
    assert [(c.family, c.longitude, c.latitude) for c in place.footprint.citations] == [
        ("geonames", 36.0608, 35.4572),
        ("wikidata", 36.0618, 35.4562),
    ]
    assert [(t.text, t.lang, t.kind, t.matchable) for t in place.toponyms] == [
        ("Qardaha", "en", "preferred", True),
        ("al-Qardahah", "en", "variant", True),
        ("Kardaha", "en", "variant", True),
        ("القرداحة", "ar", "variant", True),
    ]
    assert mini.places["latakia"].links == ("gn:173576",)


def test_a_label_point_stands_for_a_line_or_an_area(mini):
    assert (mini.places["euphrates"].footprint.longitude, mini.places["euphrates"].footprint.latitude) == (39.01, 35.95)
    assert mini.places["euphrates"].footprint.geometry["type"] == "LineString"


@pytest.mark.parametrize(
    ("place_id", "drawn"),
    [
        ("salma", "dot"),
        ("ghab-plain", "area"),
        ("homs-governorate", "area"),
        ("euphrates", "line"),
        ("syria", None),
        ("lebanon", None),
        ("mediterranean-sea", None),
        ("deir-nowhere", None),
    ],
)
def test_what_a_map_may_draw(mini, place_id, drawn):
    assert mini.places[place_id].drawn == drawn


def test_the_theatre_holds_its_places_only(mini):
    outside = {place.id for place in mini.places.values() if not mini.theatre.holds(place)}
    assert outside == {"syria", "lebanon", "iran", "russia", "moscow", "tripoli-libya", "mediterranean-sea", "deir-nowhere"}


def test_a_place_without_geometry_is_kept_with_no_point(mini):
    assert mini.places["deir-nowhere"].footprint is None
    assert [place.id for place in mini.find("deir nowhere")] == ["deir-nowhere"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Salma", ["salma"]),
        ("SALMA", ["salma"]),
        ("sālmā", ["salma"]),
        ("  Sal’ma ", ["salma"]),
        ("سلمى", ["salma"]),
        ("سَلْمَى", ["salma"]),
        ("سلمي", ["salma"]),
        ("Al Qardahah", ["qardaha"]),
        ("al‐qardaḥah", ["qardaha"]),
        ("القرداحه", ["qardaha"]),
        ("latakia", ["latakia", "latakia-governorate"]),
        ("Homs", ["homs", "homs-governorate"]),
        ("حمص", ["homs", "homs-governorate"]),
        ("Qusayr", ["qusayr", "qusayr-daraa"]),
        ("Tripoli", ["tripoli-lebanon", "tripoli-libya"]),
        ("Damas", ["damascus"]),
        ("МОСКВА", ["moscow"]),
        ("tell ${7*7} {{7*7}} & 'x'", ["tell-hostile"]),
        ("Salm", []),
        ("", []),
        ("’", []),
        ("!", []),
    ],
)
def test_find_in_any_spelling_and_script_most_significant_first(mini, name, found):
    assert [place.id for place in mini.find(name)] == found


def test_get_by_id_by_former_id_and_not_at_all(mini):
    assert mini.get("qardaha") is mini.get("qirdaha")
    assert mini.get("qardaha").id == "qardaha"
    assert mini.get("Qardaha") is None


def test_ancestors_are_all_wider_places(mini):
    assert mini.wider["salma"] == {"latakia-governorate", "syria"}
    assert mini.wider["syria"] == set()


def test_ancestors_in_a_circle_come_to_an_end(tmp_path):
    def within(place_id: str, *wider: str) -> dict[str, Any]:
        return feature(place_id, relations=[{"relationType": "gvp:broaderPartitive", "relationTo": URI_BASE + w} for w in wider])

    folder = write(tmp_path, {"a.geojson": [within("a", "b"), within("b", "c", "d"), within("c", "a"), within("d", "d")]})
    assert read_gazetteer(folder).wider["a"] >= {"b", "c", "d"}


BROKEN_FEATURES = [
    ("not an object", 7, "feature 2", ""),
    ("a list", [], "feature 2", ""),
    ("no properties", feature("bad", properties=...), "feature 2", ""),
    ("missing id", feature("bad", properties__id=...), "feature 2", "properties"),
    ("empty id", feature("bad", properties__id=""), "feature 2", "properties.id"),
    ("id a number", feature("bad", properties__id=7), "feature 2", "properties.id"),
    ("bad slug", feature("bad", properties__id="Bad_Slug"), "Bad_Slug", "properties.id"),
    ("slug with two hyphens", feature("bad", properties__id="ba--d"), "ba--d", "properties.id"),
    ("slug and line end", feature("bad", properties__id="bad\n"), "bad\n", "properties.id"),
    ("Arabic digits in a slug", feature("bad", properties__id="bad٣"), "bad٣", "properties.id"),
    ("@id of another", feature("bad", at_id=URI_BASE + "good"), "bad", "@id"),
    ("@id missing", feature("bad", at_id=...), "bad", ""),
    ("markup in a title", feature("bad", properties__title="<b>Bad</b>"), "bad", "properties.title"),
    ("title of two lines", feature("bad", properties__title="Bad\nBad"), "bad", "properties.title"),
    ("title too long", feature("bad", properties__title="x" * 201), "bad", "properties.title"),
    ("unknown fclass", feature("bad", properties__fclasses=["X"]), "bad", "properties.fclasses.0"),
    ("no fclass", feature("bad", properties__fclasses=[]), "bad", "properties.fclasses"),
    ("country name for a code", feature("bad", properties__ccodes=["Syria"]), "bad", "properties.ccodes.0"),
    ("ftype in small letters", feature("bad", properties__ftype="ppl"), "bad", "properties.ftype"),
    ("significance 6", feature("bad", properties__significance=6), "bad", "properties.significance"),
    ("significance a word", feature("bad", properties__significance="high"), "bad", "properties.significance"),
    ("uncertainty missing", feature("bad", properties__uncertainty_m=...), "bad", "properties.uncertainty_m"),
    ("uncertainty null", feature("bad", properties__uncertainty_m=None), "bad", "properties.uncertainty_m"),
    ("uncertainty 0", feature("bad", properties__uncertainty_m=0), "bad", "properties.uncertainty_m"),
    ("latitude 95", feature("bad", geometry__coordinates=[36.1, 95]), "bad", "geometry.coordinates"),
    ("latitude first", feature("bad", geometry__coordinates=[35.7, -136.1]), "bad", "geometry.coordinates"),
    ("longitude 181", feature("bad", geometry__coordinates=[181, 35]), "bad", "geometry.coordinates"),
    ("not a number", feature("bad", geometry__coordinates=[float("nan"), 35]), "bad", "geometry.coordinates"),
    ("infinite", feature("bad", geometry__coordinates=[36, float("inf")]), "bad", "geometry.coordinates"),
    ("a huge whole number", feature("bad", geometry__coordinates=[10**400, 35]), "bad", "geometry.coordinates"),
    ("0, 0", feature("bad", geometry__coordinates=[0, 0]), "bad", "geometry.coordinates"),
    ("0.0, -0.0", feature("bad", geometry__coordinates=[0.0, -0.0]), "bad", "geometry.coordinates"),
    ("coordinates as words", feature("bad", geometry__coordinates=["36.1", "35.7"]), "bad", "geometry"),
    ("one coordinate", feature("bad", geometry__coordinates=[36.1]), "bad", "geometry"),
    ("point of a line's depth", feature("bad", geometry__coordinates=[[36.1, 35.7]]), "bad", "geometry"),
    ("unknown geometry", feature("bad", geometry__type="Circle"), "bad", "geometry"),
    ("no sources", feature("bad", geometry__citations=...), "bad", "geometry"),
    ("unknown certainty", feature("bad", geometry__certainty="sure"), "bad", "geometry"),
    ("line without label point", feature("bad", geometry=LINE), "bad", "properties.label_point"),
    (
        "label point out of range",
        feature("bad", geometry=LINE, properties__label_point=[36, 95]),
        "bad",
        "properties.label_point",
    ),
    (
        "one point of a line out of range",
        feature("bad", geometry={**LINE, "coordinates": [[36, 35], [36, 135]]}, properties__label_point=[36, 35]),
        "bad",
        "properties.label_point",
    ),
    ("no names", feature("bad", names=[]), "bad", "names"),
    ("no preferred name", feature("bad", names=[{**feature()["names"][0], "kind": "variant"}]), "bad", "names"),
    ("two preferred names", feature("bad", names=[feature()["names"][0]] * 2), "bad", "names"),
    (
        "preferred in Arabic only",
        feature("bad", names=[{**feature()["names"][0], "lang": "ar"}]),
        "bad",
        "names",
    ),
    ("name without matchable", feature("bad", names=[{"toponym": "B", "lang": "en", "kind": "preferred"}]), "bad", "names.0"),
    ("unknown kind", feature("bad", names=[{**feature()["names"][0], "kind": "nickname"}]), "bad", "names.0.kind"),
    ("markup in a name", feature("bad", names=[{**feature()["names"][0], "toponym": "<b>"}]), "bad", "names.0.toponym"),
    ("bad language", feature("bad", names=[{**feature()["names"][0], "lang": "English"}]), "bad", "names.0.lang"),
    ("bad alias", feature("bad", properties__aliases=["Bad Alias"]), "bad", "properties.aliases.0"),
    ("link without prefix", feature("bad", links=[{"type": "exactMatch", "identifier": "173576"}]), "bad", "links.0.identifier"),
    (
        "unknown relation",
        feature("bad", relations=[{"relationType": "near", "relationTo": "x"}]),
        "bad",
        "relations.0.relationType",
    ),
]


@pytest.mark.parametrize(("bad", "record", "field"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN_FEATURES])
def test_a_broken_feature_is_reported_and_the_others_are_read(tmp_path, bad, record, field):
    folder = write(tmp_path, {"a.geojson": [feature("good"), bad, feature("better")], "b.geojson": [feature("best")]})
    found = read_gazetteer(folder)
    assert where(found.problems) == [("error", "a.geojson", record, field)]
    assert found.problems[0].message
    assert sorted(found.places) == ["best", "better", "good"]


SHAPES = [
    {"type": "Point", "coordinates": [36, 35.5]},
    {"type": "LineString", "coordinates": [[36.0, 35.0], [37, 36]]},
    {"type": "MultiLineString", "coordinates": [[[36.0, 35.0], [37.0, 36.0]], [[1, 2], [3, 4]]]},
    {"type": "Polygon", "coordinates": [[[36.0, 35.0], [37.0, 36.0], [36, 36], [36.0, 35.0]]]},
    {"type": "MultiPolygon", "coordinates": [[[[36.0, 35.0], [37.0, 36.0], [36, 36], [36.0, 35.0]]]]},
]
ODD_VALUES = st.sampled_from(
    [
        ..., None, True, False, 0, -0.0, 1, 2.0, 6, 90.5, -181, 10**30, 1e300, float("nan"), float("inf"), "", "x", "x\n", "<b>", "سلمى",
        "en", "ar-Latn", "EN", "variant", "preferred", "x" * 100, "x" * 201, "\x00", "\ud800", "P", "SY", "PPL", "Point", "Polygon", "gn:1", "gn:",
        [], [[]], ["P"], ["SY", "LB"], ["salma-2"], [36.0, 35.0], [0, 0], [36, 35, 800], [36, 95], [[36, 35], [36, 36]], [181, 0], {}, {"label": "own"},
        [{"label": ""}], [{"label": "a", "coordinates": [0, 0]}], [{"label": "a", "@id": 7}], [{"identifier": "gn:PPL", "label": None}],
    ]
)  # fmt: skip


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to all parts of a JSON value, and to a field that it lacks."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    lacking = [(*path, key) for key in ("label_point", "note", "aliases", "zz") if isinstance(value, dict) and key not in value]
    return [found for key, part in parts for found in [(*path, key), *places_in(part, (*path, key))]] + lacking


@settings(PROPERTIES, max_examples=1500)
@given(st.data(), st.sampled_from(SHAPES), st.integers(0, 2))
def test_both_ways_of_reading_a_feature_agree(data, shape, changes):
    """What is decoded straight into structures is what the schema finds no fault in, and becomes the same place."""
    cited = {"label": "GeoNames 1", "@id": "https://www.geonames.org/1", "family": "geonames", "coordinates": [36.1, 35]}
    links, relations = (
        [{"type": "exactMatch", "identifier": "gn:1"}],
        [{"relationType": "gvp:broaderPartitive", "relationTo": "x"}],
    )
    whole = feature(geometry={**shape, "certainty": "certain", "citations": [cited]}, links=links, relations=relations)
    whole["names"].append({"toponym": "Selma", "lang": "ar-Latn", "kind": "variant", "matchable": False})
    if shape["type"] != "Point":
        whole["properties"]["label_point"] = [36.5, 35]
    made = copy.deepcopy(whole)
    for _ in range(changes):
        *outer, last = data.draw(st.sampled_from(places_in(made)))
        target, value = made, copy.deepcopy(data.draw(ODD_VALUES))
        for key in outer:
            target = target[key]
        if value is ...:
            target.pop(last, None) if isinstance(target, dict) else target.pop(last)
        else:
            target[last] = value
    found = features._sound_place(msgspec.Raw(json.dumps(made).encode()), features._Parts())
    faults = features._faults(made)
    if found is not None:
        assert faults == []
        assert repr(found) == repr(features._place(made))
    assert changes or found is not None


def test_what_is_unusual_goes_the_long_way_and_spoils_nothing(tmp_path):
    high = feature("high", geometry__coordinates=[36.1, 35.7, 800])
    known = feature("known", properties__zz={"a": [1]})
    content = collection([feature("a"), high, 7, known, feature("b")], name="syria")
    found = read_gazetteer(write(tmp_path, {"a.geojson": content}))
    assert where(found.problems) == [("error", "a.geojson", "feature 3", "")]
    assert list(found.places) == ["a", "high", "known", "b"]


def test_the_garbage_collector_is_left_as_it_was(tmp_path):
    folder = write(tmp_path, {"a.geojson": [feature("a")]})
    assert gc.isenabled()
    read_gazetteer(folder)
    assert gc.isenabled()
    gc.disable()
    try:
        read_gazetteer(folder)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_feature_of_those_tests_is_itself_valid(tmp_path):
    found = read_gazetteer(
        write(tmp_path, {"a.geojson": [feature("bad"), feature("a", geometry=LINE, properties__label_point=[36, 35])]})
    )
    assert found.problems == ()
    assert sorted(found.places) == ["a", "bad"]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(b"{not JSON", "", id="not JSON"),
        pytest.param(b'{"type": "FeatureCollection", "features": [', "", id="cut off"),
        pytest.param(
            json.dumps({"features": [feature("bad")], "x": "é"}, ensure_ascii=False).encode("latin-1"), "", id="Latin-1"
        ),
        pytest.param(json.dumps({"features": [feature("bad")]}).encode("utf-16"), "", id="UTF-16"),
        pytest.param(b"\x00" * 100, "", id="zeros"),
        pytest.param(b"[" * 200_000, "", id="too deep"),
        pytest.param(b'{"features": [' + b"9" * 5000 + b"]}", "", id="a number of 5,000 digits"),
        pytest.param(b"[]", "features", id="a list"),
        pytest.param(b"null", "features", id="null"),
        pytest.param(b'{"type": "FeatureCollection"}', "features", id="no features"),
        pytest.param(b'{"type": "FeatureCollection", "features": {}}', "features", id="features no list"),
        pytest.param(json.dumps(feature("bad")).encode(), "features", id="one bare feature"),
    ],
)
def test_a_broken_file_is_reported_and_the_others_are_read(tmp_path, content, field):
    found = read_gazetteer(write(tmp_path, {"a.geojson": content, "b.geojson": [feature("good")]}))
    assert where(found.problems) == [("error", "a.geojson", "", field)]
    assert list(found.places) == ["good"]


def test_a_byte_order_mark_is_no_fault(tmp_path):
    content = b"\xef\xbb\xbf" + json.dumps({"type": "FeatureCollection", "features": [feature("good")]}).encode()
    found = read_gazetteer(write(tmp_path, {"a.geojson": content}))
    assert found.problems == ()
    assert list(found.places) == ["good"]


def test_a_folder_named_like_a_file_is_reported(tmp_path):
    (tmp_path / "a.geojson").mkdir()
    found = read_gazetteer(write(tmp_path, {"b.geojson": [feature("good")]}))
    assert where(found.problems) == [("error", "a.geojson", "", "")]
    assert list(found.places) == ["good"]


def test_a_file_beyond_the_limit_is_left_out(tmp_path, monkeypatch):
    folder = write(tmp_path, {"a.geojson": [feature(f"p{n}") for n in range(9)], "b.geojson": [feature("good")]})
    monkeypatch.setattr(module, "MAX_FILE_BYTES", (folder / "b.geojson").stat().st_size)
    found = read_gazetteer(folder)
    assert where(found.problems) == [("error", "a.geojson", "", "")]
    assert list(found.places) == ["good"]


def test_the_limit_is_64_mb():
    assert module.MAX_FILE_BYTES == 64 * 1024 * 1024


def test_a_height_in_a_source_is_no_fault(tmp_path):
    """GeoJSON allows a third number, and so does the schema."""
    cited = feature("good", geometry__coordinates=[36.1, 35.7, 800])
    cited["geometry"]["citations"] = [{"label": "survey", "coordinates": [36.1, 35.7, 800]}]
    found = read_gazetteer(write(tmp_path, {"a.geojson": [cited]}))
    assert found.problems == ()
    assert (found.places["good"].footprint.longitude, found.places["good"].footprint.latitude) == (36.1, 35.7)


def test_a_duplicate_id_names_the_other_file_and_the_first_stays(tmp_path):
    twin = feature("salma", properties__title="Other")
    found = read_gazetteer(write(tmp_path, {"a.geojson": [feature("salma")], "b.geojson": [twin, feature("good")]}))
    assert where(found.problems) == [("error", "b.geojson", "salma", "properties.id")]
    assert "a.geojson" in found.problems[0].message
    assert found.places["salma"].title == "Salma"
    assert sorted(found.places) == ["good", "salma"]


def test_a_dangling_part_of_is_a_warning_and_the_place_stays(tmp_path):
    dangling = feature("salma", relations=[{"relationType": "gvp:broaderPartitive", "relationTo": URI_BASE + "atlantis"}])
    found = read_gazetteer(write(tmp_path, {"a.geojson": [dangling]}))
    assert where(found.problems) == [("warning", "a.geojson", "salma", "relations")]
    assert "atlantis" in found.problems[0].message
    assert found.places["salma"].part_of == ("atlantis",)


def test_an_alias_that_is_another_places_id_is_an_error(tmp_path):
    folder = write(tmp_path, {"a.geojson": [feature("salma")], "b.geojson": [feature("homs", properties__aliases=["salma"])]})
    found = read_gazetteer(folder)
    assert where(found.problems) == [("error", "b.geojson", "homs", "properties.aliases")]
    assert found.get("salma").id == "salma"


def test_a_name_of_two_scripts_is_read_and_found(tmp_path):
    mixed = {"toponym": "Salma سلمى Сальма", "lang": "en", "kind": "variant", "matchable": True}
    found = read_gazetteer(write(tmp_path, {"a.geojson": [feature("salma", names=[*feature()["names"], mixed])]}))
    assert found.problems == ()
    assert [place.id for place in found.find("SALMA سَلْمى сальма")] == ["salma"]


def test_an_empty_folder_says_that_nothing_will_be_recognised(tmp_path):
    found = read_gazetteer(write(tmp_path, {}))
    assert where(found.problems) == [("error", str(tmp_path), "", "")]
    assert found.places == {}
    assert found.find("Salma") == []


def test_a_missing_folder_raises_a_data_error_that_names_it(tmp_path):
    with pytest.raises(DataError) as raised:
        read_gazetteer(tmp_path / "nowhere")
    assert raised.value.problem.file == str(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "theatre",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="not JSON"),
        pytest.param(b"\xff\xfe\xfa", id="not UTF-8"),
        pytest.param(b"[" * 200_000, id="too deep"),
        pytest.param([], id="a list"),
        pytest.param({"title": "T", "ccodes": ["SY"]}, id="no box"),
        pytest.param({"ccodes": ["SY"], "box": [35, 32, 43, 38]}, id="no title"),
        pytest.param({"title": "T", "box": [35, 32, 43, 38]}, id="no country codes"),
        pytest.param({"title": "T", "ccodes": "SY", "box": [35, 32, 43, 38]}, id="codes no list"),
        pytest.param({**THEATRE, "box": [35, 32, 43]}, id="three numbers"),
        pytest.param({**THEATRE, "box": [43, 32, 35, 38]}, id="east before west"),
        pytest.param({**THEATRE, "box": [35, 38, 43, 32]}, id="north before south"),
        pytest.param({**THEATRE, "box": [35, 32, 43, 98]}, id="north of the pole"),
        pytest.param({**THEATRE, "box": [-190, 32, 43, 38]}, id="west of the date line"),
        pytest.param({**THEATRE, "box": ["a", 32, 43, 38]}, id="words"),
        pytest.param({**THEATRE, "box": [float("nan"), 32, 43, 38]}, id="not a number"),
        pytest.param({**THEATRE, "box": [-(10**400), 32, 43, 38]}, id="a huge whole number"),
    ],
)
def test_a_broken_theatre_is_reported_and_the_places_are_read(tmp_path, theatre):
    found = read_gazetteer(write(tmp_path, {"a.geojson": [feature("good")]}, theatre))
    assert where(found.problems) == [("error", "theatre.json", "", "")]
    assert list(found.places) == ["good"]
    assert (found.theatre.west, found.theatre.south, found.theatre.east, found.theatre.north) == (-180, -90, 180, 90)


def test_the_version_is_of_the_content(tmp_path):
    one = write(tmp_path, {"a.geojson": [feature("salma")]})
    before = read_gazetteer(one).version
    assert read_gazetteer(one).version == before
    write(tmp_path, {"a.geojson": [feature("salma", properties__significance=3)]})
    changed = read_gazetteer(one).version
    write(tmp_path, {}, {**THEATRE, "title": "Other"})
    assert len({before, changed, read_gazetteer(one).version}) == 3


# The canonical form


def collection(features: list[Any], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}, ensure_ascii=False).encode()


@pytest.mark.parametrize("path", sorted(MINI.glob("*.geojson")), ids=lambda path: path.name)
def test_canonical_is_a_fixed_point_and_keeps_the_content(path):
    text = path.read_text(encoding="utf-8")
    squeezed = json.dumps(json.loads(text)).encode()
    assert canonical(squeezed, path.name) == text
    assert json.loads(text) == json.loads(squeezed)


def test_canonical_reads_as_the_same_places(tmp_path, mini):
    for path in MINI.glob("*.geojson"):
        shuffled = json.loads(path.read_bytes())
        shuffled["features"].reverse()
        shuffled["features"] = [dict(reversed(item.items())) for item in shuffled["features"]]
        (tmp_path / path.name).write_text(canonical(json.dumps(shuffled).encode(), path.name), encoding="utf-8")
    write(tmp_path, {}, (MINI / "theatre.json").read_bytes())
    assert read_gazetteer(tmp_path).places == mini.places
    assert read_gazetteer(tmp_path).version == mini.version


def test_canonical_sorts_by_id_and_orders_the_keys():
    text = canonical(collection([dict(reversed(feature("b").items())), feature("a")]), "a.geojson")
    read = json.loads(text)["features"]
    assert [item["properties"]["id"] for item in read] == ["a", "b"]
    assert list(read[1]) == ["type", "@id", "properties", "names", "types", "geometry"]
    assert text.endswith("]\n}\n")


def test_canonical_puts_coordinates_on_one_line():
    long_line = {**LINE, "coordinates": [[36 + n / 100, 35.0] for n in range(100)]}
    text = canonical(collection([feature("a", geometry=long_line, properties__label_point=[36, 35])]), "a.geojson")
    assert any(json.dumps(long_line["coordinates"]) in line for line in text.splitlines())


UNKNOWN = {"zz": {"b": [1, {"c": None}], "a": "ü"}}


@pytest.mark.parametrize(
    "path", ["", "properties", "names 0", "geometry", "geometry citations 0", "names 0 citations 0", "types 0"]
)
def test_canonical_keeps_unknown_fields(path):
    item = feature("a")
    target = item
    for key in path.split():
        target = target[int(key)] if key.isdigit() else target[key]
    target.update(copy.deepcopy(UNKNOWN))
    assert json.loads(canonical(collection([item]), "a.geojson"))["features"] == [item]


def test_canonical_keeps_unknown_fields_of_the_collection():
    """Linked Places Format has a @context there, and QGIS writes a name and a crs."""
    more = {"@context": "https://example.org/context.jsonld", "name": "syria"}
    read = json.loads(canonical(collection([feature("a")], **more), "a.geojson"))
    assert {key: read.get(key) for key in more} == more


def test_canonical_drops_no_feature_without_an_id_and_is_idempotent():
    nameless = [feature("a", properties__id=..., properties__title=f"T{n}") for n in range(12)]
    once = canonical(collection([7, *nameless, feature("b"), None]), "a.geojson")
    assert len(json.loads(once)["features"]) == 15
    assert canonical(once.encode(), "a.geojson") == once


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=150),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "names", "type", "é", "geometry"]), inner),
    max_leaves=12,
)


@PROPERTIES
@given(st.lists(JSON_VALUES, max_size=5))
def test_canonical_keeps_whatever_stands_in_a_file(features):
    once = canonical(collection(features), "a.geojson")
    assert canonical(once.encode(), "a.geojson") == once
    assert sorted(map(repr_sorted, json.loads(once)["features"])) == sorted(map(repr_sorted, features))


def repr_sorted(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b'{"features": 1}'])
def test_canonical_of_what_is_no_collection_is_a_data_error(content):
    with pytest.raises(DataError) as raised:
        canonical(content, "a.geojson")
    assert raised.value.problem.file == "a.geojson"
