"""The base map that never changes, the tiny command, and the payloads: text never becomes code on the way."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from conflictmap.index.corpus import Corpus
from conflictmap.model import Place
from conflictmap.questions.filters import NOT_ATTRIBUTED, ROLES
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View
from conflictmap.webmap import layer as maplayer
from conflictmap.webmap.layer import PAYLOADS, PERIOD, Payloads, address, base_map, bounds, command, put, stopped, web_files

HOSTILE = ("${7*7}", "{{7*7}}", "{% raw %}", "</script>", "`x`", "onerror")


@pytest.fixture(scope="session")
def hostile_corpus(make_corpus: Callable[..., Corpus]) -> Corpus:
    text = "In Salma near Tell ${7*7} {{7*7}} & 'x' </script><img src=x onerror=alert(1)> `x` {% raw %} they met."
    return make_corpus({"text": text, "title": text, "publisher": "{{7*7}} ${7*7}", "published": "2013-08-06"})


def web_sources() -> dict[str, str]:
    """The browser's modules and style without their comments, by file name."""
    comments = re.compile(r"/\*.*?\*/|(?<![:\"])//[^\n]*", re.DOTALL)
    return {name: comments.sub("", path.read_text(encoding="utf-8")) for name, path in web_files().items()}


def map_script(corpus: Corpus) -> str:
    """The base map as the component gets it."""
    made = base_map(Questions(corpus))
    made.render()
    return _get_map_string(made)


def command_script(corpus: Corpus, view: View, query: str = "") -> str:
    group = command(view, put(Questions(corpus).layer()), (15900, 16000), [[35.0, 35.0], [36.0, 36.0]], query, False, False)
    return _get_feature_group_string(group, base_map(Questions(corpus)))


def the_command(script: str) -> dict:
    found = re.search(r"window\.conflictmap\.show\((\{.*?\})\);", script)
    assert found
    return json.loads(found[1])


# --- the base map ---------------------------------------------------------------------------------------------


def test_the_base_map_is_the_same_at_every_run(mini_corpus: Corpus) -> None:
    assert generate_js_hash(map_script(mini_corpus)) == generate_js_hash(map_script(mini_corpus))


def test_the_base_map_does_not_depend_on_the_corpus(
    mini_corpus: Corpus, hostile_corpus: Corpus, make_corpus: Callable[..., Corpus]
) -> None:
    every = (mini_corpus, hostile_corpus, make_corpus())
    assert len({generate_js_hash(map_script(corpus)) for corpus in every}) == 1


def test_the_base_map_stays_when_a_command_was_added(mini_corpus: Corpus) -> None:
    before = generate_js_hash(map_script(mini_corpus))
    command_script(mini_corpus, View(place="salma"))
    assert generate_js_hash(map_script(mini_corpus)) == before


def test_the_base_map_loads_only_our_own_routes(mini_corpus: Corpus) -> None:
    made = base_map(Questions(mini_corpus))
    for _, where in [*made.default_js, *made.default_css]:
        assert where.startswith("../../conflictmap/")


def test_nothing_refers_to_an_outside_address_but_the_tiles(mini_corpus: Corpus) -> None:
    allowed = {"https://tile.openstreetmap.org/{z}/{x}/{y}.png", "http://www.w3.org/2000/svg"}
    made = base_map(Questions(mini_corpus))
    rendered = made.get_root().render()
    sources = [*web_sources().values(), map_script(mini_corpus), command_script(mini_corpus, View())]
    found = {address for text in sources for address in re.findall(r"""(?:https?:)?//[\w-]+(?:\.[\w-]+)+[^\s"'`)<\\]*""", text)}
    assert found <= allowed
    loaded = re.findall(r"""(?:src|href)\s*=\s*["']([^"']+)""", rendered)
    assert loaded
    assert [address for address in loaded if re.match(r"(?:https?:)?//", address)] == []


# --- the command ----------------------------------------------------------------------------------------------


def test_the_command_says_what_to_show(mini_corpus: Corpus) -> None:
    told = the_command(command_script(mini_corpus, View(place="salma", undated=False), "place=salma&undated=0"))
    assert told == {
        "layer": put(Questions(mini_corpus).layer()), "fit": "", "first": 15900, "last": 16000, "undated": False, "place": "salma",
        "bounds": [[35.0, 35.0], [36.0, 36.0]], "query": "place=salma&undated=0", "dark": False, "tiles": False, "span": None,
    }  # fmt: skip


def test_an_undated_corpus_has_a_command_without_days(mini_corpus: Corpus) -> None:
    group = command(View(), "0" * 24, None, None, "", True, True)
    told = the_command(_get_feature_group_string(group, base_map(Questions(mini_corpus))))
    assert (told["first"], told["last"], told["bounds"], told["dark"], told["tiles"]) == (None, None, None, True, True)


def test_the_command_says_what_playback_runs_over(mini_corpus: Corpus) -> None:
    group = command(View(), "0" * 24, (15910, 15920), None, "", False, False, span=(15900, 16000))
    told = the_command(_get_feature_group_string(group, base_map(Questions(mini_corpus))))
    assert (told["first"], told["last"], told["span"]) == (15910, 15920, [15900, 16000])


def test_no_text_of_articles_or_gazetteer_is_in_map_or_command(hostile_corpus: Corpus, mini_corpus: Corpus) -> None:
    for corpus in (hostile_corpus, mini_corpus):
        scripts = map_script(corpus) + command_script(corpus, View())
        assert not [bad for bad in HOSTILE if bad in scripts]
        for place in corpus.gazetteer.places.values():
            assert place.title not in scripts
        for article in corpus.articles.values():
            assert article.title not in scripts
            assert article.id not in scripts


@pytest.mark.parametrize(
    "hostile",
    [
        "</script><script>alert(1)</script>",
        "{{7*7}}",
        "{% raw %}",
        "${alert(1)}",
        "`+alert(1)+`",
        "';alert(1);//",
        '");alert(1);//',
        "\u2028alert(1)",
        "<!--",
    ],
)
def test_a_hostile_address_stays_data(mini_corpus: Corpus, hostile: str) -> None:
    script = command_script(mini_corpus, View(place=hostile), hostile)
    told = the_command(script)
    assert told["place"] in (hostile, None)
    assert told["query"] == hostile
    assert "49" not in re.sub(r"[0-9a-f]{24,}", "", script)
    assert "<" not in re.sub(r"\s<\s|<=", "", script)


# --- where playback stopped: text from a browser -----------------------------------------------------------------


def stop(start: object, end: object, feature: object = PERIOD) -> dict:
    return {"type": "Feature", "id": feature, "properties": {"from": start, "to": end, "click": 3}}


def test_the_days_at_which_playback_stopped() -> None:
    assert stopped(stop("2013-08-06", "2013-08-12")) == (date(2013, 8, 6), date(2013, 8, 12))
    assert stopped(stop("2013-08-06", "2013-08-06")) == (date(2013, 8, 6), date(2013, 8, 6))


@pytest.mark.parametrize(
    "feature",
    [
        stop("2013-08-12", "2013-08-06"),
        stop("2013-08-32", "2013-09-06"),
        stop("2013-8-6", "2013-08-12"),
        stop("20130806", "2013-08-12"),
        stop("2013-W32-2", "2013-08-12"),
        stop("٢٠١٣-٠٨-٠٦", "2013-08-12"),
        stop("2013-08-06\n", "2013-08-12"),
        stop("0000-01-01", "2013-08-12"),
        stop("<b>2013-08-06", "2013-08-12"),
        stop(15923, 15929),
        stop(None, None),
        stop(["2013-08-06"], "2013-08-12"),
        stop("2013-08-06", "2013-08-12", "~0123456789ab"),
        stop("2013-08-06", "2013-08-12", "salma"),
        {"id": PERIOD},
        {"id": PERIOD, "properties": None},
        {"id": PERIOD, "properties": ["2013-08-06", "2013-08-12"]},
        {},
    ],
    ids=str,
)
def test_what_makes_no_sense_as_days_is_passed_over(feature: dict) -> None:
    assert stopped(feature) is None


def test_no_place_has_the_id_of_playback(mini_corpus: Corpus, make_corpus: Callable[..., Corpus]) -> None:
    derived = make_corpus({"text": "It fell 12 km north of Homs.", "published": "2013-08-06"}).derived
    assert derived
    assert all(re.fullmatch("~[0-9a-f]+", feature) for feature in derived)
    assert not re.fullmatch("~[0-9a-f]+", PERIOD)
    assert PERIOD not in mini_corpus.gazetteer.places


# --- payloads -------------------------------------------------------------------------------------------------


def test_a_layer_travels_as_data_with_its_hostile_title_whole(hostile_corpus: Corpus) -> None:
    payload = PAYLOADS.get(put(Questions(hostile_corpus).layer()))
    places = json.loads(gzip.decompress(payload))["places"]
    assert places == json.loads(json.dumps(Questions(hostile_corpus).layer()))


def test_the_address_of_a_layer_is_the_hash_of_its_content(mini_corpus: Corpus, hostile_corpus: Corpus) -> None:
    assert put(Questions(mini_corpus).layer()) == put(Questions(mini_corpus).layer())
    assert put(Questions(mini_corpus).layer()) != put(Questions(hostile_corpus).layer())
    assert re.fullmatch(r"[0-9a-f]{24}", put(Questions(mini_corpus).layer()))


def test_the_least_recently_used_payload_goes_first() -> None:
    held = Payloads(size=2)
    one, two = held.put(b"one"), held.put(b"two")
    assert gzip.decompress(held.get(one)) == b"one"
    three = held.put(b"three")
    assert held.get(two) is None
    assert [gzip.decompress(held.get(name)) for name in (one, three)] == [b"one", b"three"]
    held.put(b"one")
    held.put(b"four")
    assert held.get(three) is None
    assert held.get(one) is not None


def test_an_unknown_hash_is_nothing() -> None:
    assert Payloads().get("nowhere") is None


# --- bounds and the script ------------------------------------------------------------------------------------


def test_bounds_hold_every_label_point(mini_corpus: Corpus) -> None:
    places: list[Place] = [mini_corpus.gazetteer.places[name] for name in ("salma", "homs", "deir-nowhere")]
    (south, west), (north, east) = bounds(places)
    for place in places[:2]:
        assert south < place.footprint.latitude < north
        assert west < place.footprint.longitude < east


@pytest.mark.parametrize("names", [(), ("deir-nowhere",)])
def test_bounds_of_nothing_are_none(mini_corpus: Corpus, names: tuple[str, ...]) -> None:
    assert bounds([mini_corpus.gazetteer.places[name] for name in names]) is None


def test_no_module_parses_text_as_markup_or_code() -> None:
    for name, source in web_sources().items():
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "bindPopup",
            "bindTooltip",
            "srcdoc",
        ):
            assert word not in source, name


def test_the_loader_comes_before_leaflet_and_names_every_module(mini_corpus: Corpus) -> None:
    loader, leaflet = (address for _, address in base_map(Questions(mini_corpus)).default_js)
    address, _, modules = loader.partition("?modules=")
    assert address == f"../../conflictmap/web/{maplayer.web_version()}/loader.js"
    assert {f"{name}.js" for name in modules.split(",")} | {"loader.js", "map.css"} == set(web_files())
    assert leaflet.endswith("leaflet.js")


def test_every_module_is_reached_from_the_main_one() -> None:
    """So that none is served, fetched ahead and kept for nothing."""
    sources, reached, waiting = web_sources(), set(), ["main.js"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += imported(sources[name])
    assert reached == {name for name in sources if name.endswith(".js")} - {"loader.js"}
    assert imported(sources["loader.js"]) == ["main.js"]


def imported(source: str) -> list[str]:
    """The names of the neighbours that a module imports."""
    return re.findall(r"""(?:\bfrom |\bimport\()"\./([^"]+)\"""", source)


def test_the_version_changes_with_the_content_and_with_the_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(**files: str) -> str:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name}.js").write_text(text)
        monkeypatch.setattr(maplayer, "WEB", folder)
        maplayer.web_files.cache_clear()
        maplayer.web_version.cache_clear()
        return maplayer.web_version()

    try:
        assert version(main="1", state="2") == version(state="2", main="1")
        assert (
            len(
                {
                    version(main="1"),
                    version(main="2"),
                    version(other="1"),
                    version(main="1", state=""),
                    version(main="", state="1"),
                }
            )
            == 5
        )
    finally:
        maplayer.web_files.cache_clear()
        maplayer.web_version.cache_clear()


# --- a layer for each filter ----------------------------------------------------------------------------------


def test_each_filter_has_its_layer_and_the_period_does_not_make_another(mini_corpus: Corpus) -> None:
    questions = Questions(mini_corpus)
    plain = address(questions, View())
    assert address(questions, View(start=date(2014, 1, 1), place="salma", undated=False)) == plain
    every = [View(roles=frozenset(ROLES)), View(derived=False), View(source=NOT_ATTRIBUTED)]
    assert len({plain, *(address(questions, view) for view in every)}) == 4
    for view in every:
        payload = PAYLOADS.get(address(questions, view))
        assert payload is not None
        assert json.loads(gzip.decompress(payload))["places"] == json.loads(json.dumps(questions.layer(view=view)))


def test_no_word_of_an_expression_is_in_the_command(make_corpus: Callable[..., Corpus]) -> None:
    corpus = make_corpus({"text": "It fell 12 km north of Homs.", "published": "2013-08-06"})
    (feature,) = corpus.derived
    script = command_script(corpus, View(place=feature))
    assert the_command(script)["place"] == feature
    assert "north" not in script
    assert bounds(list(corpus.derived.values()))
