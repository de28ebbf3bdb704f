"""The Places page runs as Streamlit runs it: finding, choosing, paging, and hostile gazetteers."""

import json
import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
MINI = ROOT / "tests" / "data" / "mini"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, three_articles_folder: Path) -> AppTest:
    monkeypatch.setenv("CONFLICTMAP_ARTICLES", str(three_articles_folder))
    monkeypatch.delenv("CONFLICTMAP_GAZETTEER", raising=False)
    monkeypatch.syspath_prepend(str(ROOT))
    return AppTest.from_file(str(ROOT / "pages" / "places.py"), default_timeout=30)


@pytest.fixture
def mini(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(MINI / "gazetteer"))
    monkeypatch.setenv("CONFLICTMAP_ARTICLES", str(MINI / "articles"))
    return page


def run(page: AppTest, **query: str) -> AppTest:
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def rows(page: AppTest) -> list[str]:
    return [button.key.removeprefix("row-") for button in page.button if button.key and button.key.startswith("row-")]


def keys(page: AppTest, prefix: str) -> list[str]:
    return [button.key for button in page.button if button.key and button.key.startswith(prefix)]


def html(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


def test_nothing_chosen_says_what_to_do_and_lists_one_page(page: AppTest) -> None:
    run(page)
    assert page.info[0].value.startswith("Choose a place")
    assert len(rows(page)) == 25
    first = rows(page)
    page.button(key="page-next").click().run()
    assert len(rows(page)) == 25
    assert set(first).isdisjoint(rows(page))
    assert page.button(key="page-back").disabled is False


def test_a_filter_goes_back_to_the_first_page(page: AppTest) -> None:
    run(page)
    page.button(key="page-next").click().run()
    page.text_input(key="gazetteer_words").set_value("سلمى").run()
    assert not page.exception
    assert "salma" in rows(page)
    page.text_input(key="gazetteer_words").set_value("no such place at all").run()
    assert "No place of the gazetteer fits" in page.info[0].value


def test_named_and_kind_narrow_the_list(page: AppTest) -> None:
    run(page)
    page.toggle(key="gazetteer_named").set_value(True).run()
    assert "salma" in rows(page)
    assert "aarhus" not in rows(page)


def test_choosing_is_in_the_address_and_closing_takes_it_out(page: AppTest) -> None:
    run(page)
    page.button(key="row-latakia").click().run()
    assert not page.exception
    assert page.query_params["place"] == ["latakia"] or page.query_params["place"] == "latakia"
    assert '<span lang="ar" dir="rtl">اللاذقية</span>' in html(page)
    assert keys(page, "alike-") == ["alike-latakia-governorate"]
    assert "wider-syria" in keys(page, "wider-")
    page.button(key="close-place").click().run()
    assert "place" not in page.query_params


@pytest.mark.parametrize("place", ["salma", "latakia", "qusayr", "ghab-plain", "euphrates", "syria", "moscow", "m5-highway"])
def test_places_of_every_kind_open(page: AppTest, place: str) -> None:
    run(page, place=place)
    assert "Where the sources put it" in html(page)
    assert "Names (" in html(page)


def test_a_whole_article_opens_and_closes_beside_the_list(page: AppTest) -> None:
    run(page, place="salma")
    page.button(key=keys(page, "article-")[0]).click().run()
    assert not page.exception
    assert "Where the sources put it" not in html(page)
    page.button(key="close-article").click().run()
    assert "Where the sources put it" in html(page)


def test_an_unknown_place_is_said(page: AppTest) -> None:
    run(page, place="no[where](x)")
    assert "does not have" in page.warning[0].value


def test_a_place_without_a_position_says_so(mini: AppTest) -> None:
    run(mini, place="deir-nowhere")
    assert "position unknown" in html(mini)
    assert "No source gives a position" in mini.info[0].value


def test_what_lies_in_a_place_comes_in_pages(page: AppTest) -> None:
    run(page, place="idlib-governorate")
    assert len(keys(page, "inside-")) == 25
    page.button(key="more-inside-idlib-governorate").click().run()
    assert len(keys(page, "inside-")) == 50


def test_no_id_is_on_the_screen(page: AppTest) -> None:
    run(page, place="salma")
    shown = (
        re.sub("<[^>]*>", " ", html(page))
        + " ".join(button.label for button in page.button)
        + " ".join(c.value for c in page.caption)
    )
    for raw in ("latakia-governorate", "salma-safa", "ar-Latn", "PPL", "less-certain"):
        assert raw not in shown


def test_a_corpus_without_articles_or_dates(page: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONFLICTMAP_ARTICLES", str(tmp_path))
    run(page, place="salma")
    assert "Not named in these articles" in html(page)
    (tmp_path / "one.txt").write_text("One\n\nShelling in Salma.", encoding="utf-8")
    run(page)
    assert any("None of these articles has a date" in caption.value for caption in page.caption)


HOSTILE = "<img src=x onerror=alert(1)> {{7*7}} ${alert(2)} [x](javascript:alert(3)) `y`"


def test_hostile_words_of_a_gazetteer_stay_words(page: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "gazetteer"
    shutil.copytree(MINI / "gazetteer", folder)
    path = folder / "syria.geojson"
    collection = json.loads(path.read_text("utf-8"))
    feature = next(f for f in collection["features"] if f["properties"]["id"] == "salma")
    feature["properties"]["note"] = HOSTILE
    feature["properties"]["title"] = "Salma {{7*7}} **bold** [x](javascript:alert(4)) :red[y]"
    feature["names"][0]["citations"] = [{"label": HOSTILE, "@id": "javascript:alert(5)"}]
    feature["geometry"]["citations"][0] |= {"label": HOSTILE, "@id": 'https://x/" onmouseover="alert(6)', "family": HOSTILE}
    path.write_text(json.dumps(collection), encoding="utf-8")
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(folder))
    run(page, place="salma")
    told = html(page)
    assert "<img" not in told
    assert 'href="javascript' not in told
    assert 'onmouseover="' not in told
    assert "&lt;img src=x onerror=alert(1)&gt;" in told
    label = page.button(key="row-salma").label
    assert r"\[x\]\(javascript\:alert\(4\)\)" in label
    assert r"\:red\[y\]" in label
