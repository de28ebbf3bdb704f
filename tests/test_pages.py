"""Every page runs as Streamlit runs it, on corpora of every shape, without an exception."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent
DATED = "---\nid: one\ntitle: One\nurl: https://example.org/one\npublished: 2013-08-06\nkind: full text\n---\nShelling in Salma near Latakia.\n"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.delenv("CONFLICTMAP_ARTICLES", raising=False)
    return AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=30)


def run(page: AppTest, **query: str) -> AppTest:
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def buttons(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def html(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


def test_the_map_page_lists_what_is_named(page: AppTest) -> None:
    run(page)
    assert "Latakia **5**" in buttons(page)
    assert "Iran **1**" in buttons(page)
    assert [str(day) for day in page.slider[0].value] == ["2013-08-05", "2015-08-16"]


def test_a_preset_moves_slider_and_typed_dates_together(page: AppTest) -> None:
    run(page)
    preset = page.selectbox(key="preset")
    preset.set_value(next(option for option in preset.options if option.startswith("August 2013"))).run()
    assert not page.exception
    assert [str(day) for day in page.slider[0].value] == ["2013-08-05", "2013-08-31"]
    assert str(page.date_input(key="last_day").value) == "2013-08-31"
    assert "Ghab plain **2**" not in buttons(page)


def test_choosing_a_place_is_in_the_address_and_closing_takes_it_out(page: AppTest) -> None:
    run(page)
    next(button for button in page.button if button.label == "Salma **2**").click().run()
    assert page.query_params["place"] == "salma"
    assert "our summary of paragraph 9" in html(page)
    page.button(key="close-place").click().run()
    assert "place" not in page.query_params


@pytest.mark.parametrize(
    "query",
    [
        {"place": "nowhere"},
        {"article": "nowhere"},
        {"from": "garbage", "to": "2013-99-99"},
        {"from": "1066-01-01", "to": "1066-12-31"},
        {"from": "2015-08-16", "to": "2013-08-05"},
        {"undated": "0"},
        {"place": "syria", "article": "worldtribune-alawites-flee"},
    ],
    ids=str,
)
def test_any_address_opens(page: AppTest, query: dict[str, str]) -> None:
    run(page, **query)


def test_an_unknown_place_in_the_address_is_said(page: AppTest) -> None:
    run(page, place="nowhere")
    assert "nowhere" in page.warning[0].value


def test_the_about_page_says_what_is_claimed(page: AppTest) -> None:
    run(page)
    page.switch_page(str(ROOT / "pages" / "about.py")).run()
    assert not page.exception
    assert any("What this map claims" in block.value for block in page.markdown)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"one.md": DATED},
        {"one.txt": "A text\n\nNothing named here."},
        {"one.md": DATED, "bad.md": "no front matter"},
        {"one.md": DATED, "two.txt": "Undated\n\nFighting in Homs."},
    ],
    ids=["none", "one date", "no place", "one broken", "one undated"],
)
def test_a_corpus_of_any_shape_opens(
    page: AppTest, files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("CONFLICTMAP_ARTICLES", str(tmp_path))
    run(page)


def test_a_missing_folder_is_a_clear_error(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICTMAP_ARTICLES", "/nowhere/at/all")
    run(page)
    assert "/nowhere/at/all" in page.error[0].value
