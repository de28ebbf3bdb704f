"""Every page runs as Streamlit runs it, on corpora of every shape, without an exception."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from conflictmap.index.build import build_index

ROOT = Path(__file__).resolve().parents[2]
DATED = "---\nid: one\ntitle: One\nurl: https://example.org/one\npublished: 2013-08-06\nkind: full text\n---\nShelling in Salma near Latakia.\n"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, three_articles_folder: Path) -> AppTest:
    monkeypatch.setenv("CONFLICTMAP_ARTICLES", str(three_articles_folder))
    monkeypatch.delenv("CONFLICTMAP_INDEX", raising=False)
    return AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=30)


def run(page: AppTest, **query: str) -> AppTest:
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def buttons(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def opened(page: AppTest, key: str) -> AppTest:
    """The page with a popover or an expander open: what is closed is not made."""
    page.session_state[key] = True
    return page.run()


def html(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


def test_the_map_page_lists_what_is_named(page: AppTest) -> None:
    run(page)
    assert "Latakia **4**" in buttons(page)
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
        {"roles": "actor,dateline", "derived": "0", "suggested": "1"},
        {"source": "activists"},
        {"source": "-", "place": "salma"},
        {"source": "nobody", "roles": "nothing"},
        {"place": "~000000000000"},
        {"place": "syria", "article": "worldtribune-alawites-flee"},
    ],
    ids=str,
)
def test_any_address_opens(page: AppTest, query: dict[str, str]) -> None:
    run(page, **query)


@pytest.mark.parametrize(
    ("feature", "period"),
    [
        ({"id": "~period", "properties": {"from": "2013-08-06", "to": "2013-08-12"}}, ["2013-08-06", "2013-08-12"]),
        ({"id": "~period", "properties": {"from": "2013-08-12", "to": "2013-08-06"}}, None),
        ({"id": "~period", "properties": {"from": "{{7*7}}", "to": "2013-08-06"}}, None),
        ({"id": "~period", "properties": None}, None),
        ({"id": "~period"}, None),
    ],
    ids=["days", "the wrong way round", "no days", "nothing", "bare"],
)
def test_where_playback_stops_is_the_period_and_never_a_place(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, feature: dict, period: list[str] | None
) -> None:
    def folium(*_: object, key: str, on_change: Callable[[], None], **__: object) -> None:
        def told() -> None:
            streamlit.session_state[key] = {"last_active_drawing": {"type": "Feature", **feature}}
            on_change()

        streamlit.button("Stopped", on_click=told)

    monkeypatch.setattr("pages._shared.st_folium", folium)
    run(page)
    whole = [str(day) for day in page.slider[0].value]
    next(button for button in page.button if button.label == "Stopped").click().run()
    assert not page.exception
    assert [str(day) for day in page.slider[0].value] == (period or whole)
    assert "place" not in page.query_params


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


# --- roles, sources, worked-out and suggested places ------------------------------------------------------------

TOLD = (
    "---\nid: told\ntitle: Told\nurl: https://example.org/told\npublished: 2013-08-06\nkind: full text\n---\n"
    "HAMA, Syria — Shells fell 12 km north of Hama, activists said. Moscow backed the deal.\n\n"
    "Salma was shelled. In Latakia, residents of the provincial capital fled.\n"
)


@pytest.fixture
def told(page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    (tmp_path / "told.md").write_text(TOLD, encoding="utf-8")
    monkeypatch.setenv("CONFLICTMAP_ARTICLES", str(tmp_path))
    return run(page)


def account(page: AppTest) -> str:
    return next(caption.value for caption in page.caption if "on the map" in caption.value)


def labels(page: AppTest, key: str) -> list[str]:
    return [button.label for button in page.button if button.key and button.key.startswith(key)]


def test_other_roles_come_on_request_and_are_counted_before(told: AppTest) -> None:
    assert "in other roles, left out" in account(told)
    assert labels(told, "drawn-") == ["Latakia **1**", "Salma **1**"]
    opened(told, "options").pills(key="roles").set_value(["location", "reference", "dateline"]).run()
    assert not told.exception
    assert "Hama **2**" in labels(told, "drawn-")
    told.pills(key="roles").set_value([]).run()
    assert labels(told, "drawn-") == ["Latakia **1**", "Salma **1**"]


def test_a_worked_out_place_opens_its_passages_and_leads_to_its_anchor(told: AppTest) -> None:
    assert labels(told, "worked-out-") == ["12 km north of Hama **1**"]
    next(button for button in told.button if button.key and button.key.startswith("worked-out-")).click().run()
    assert not told.exception
    assert "Worked out from Hama: 12 km, bearing north; may lie " in html(told)
    assert '<mark class="derived">12 km north of Hama</mark>' in html(told)
    assert "Attributed to: activists." in html(told)
    told.button(key="anchor-hama").click().run()
    assert not told.exception
    assert told.query_params["place"] in ("hama", ["hama"])
    assert "in other roles" in html(told)
    told.button(key="all-roles").click().run()
    assert "2 mentions in 1 passage" in html(told)


def test_worked_out_places_can_be_switched_off(told: AppTest) -> None:
    opened(told, "options").checkbox(key="worked_out").set_value(False).run()
    assert not told.exception
    assert labels(told, "worked-out-") == []
    assert "1 worked out, off" in account(told)


def test_suggestions_are_off_until_they_are_asked_for(told: AppTest) -> None:
    assert "1 suggested, off" in account(told)
    assert labels(told, "suggested-") == []
    opened(told, "options").checkbox(key="suggested").set_value(True).run()
    assert not told.exception
    assert labels(told, "suggested-") == ["Latakia **1**"]
    told.button(key="suggested-latakia").click().run()
    assert "Described as “provincial capital”, suggested" in html(told)
    assert '<mark class="suggested">provincial capital</mark>' in html(told)


def test_what_is_closed_is_not_made_until_it_is_opened(page: AppTest) -> None:
    run(page, place="salma")
    assert not [box.key for box in page.checkbox]
    assert not page.code
    assert {box.key for box in opened(page, "options").checkbox} == {"worked_out", "suggested", "include_undated", "tiles"}
    cite = next(button.key for button in page.button if button.key and button.key.startswith("article-"))
    assert "Salma" in opened(page, cite.replace("article-", "cite-", 1)).code[0].value


def test_the_online_map_stays_chosen_when_the_options_are_closed(page: AppTest) -> None:
    run(page)
    opened(page, "options").checkbox(key="tiles").set_value(True).run()
    page.session_state["options"] = False
    page.run()
    assert not page.checkbox
    assert opened(page, "options").checkbox(key="tiles").value is True


def test_names_without_a_place_are_listed_when_they_are_looked_at(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "told.txt").write_text(
        "Fighting\n\nRebels took the village of Umm Nowhere. The town of Deir Anywhere fell.\n", encoding="utf-8"
    )
    monkeypatch.setenv("CONFLICTMAP_ARTICLES", str(tmp_path))
    run(page)
    assert any(box.label == "Names without a place (2)" for box in page.expander)
    assert labels(page, "unplaced-") == []
    told = labels(opened(page, "unplaced"), "unplaced-")
    assert [label.partition(" · ")[0] for label in told] == ["**Deir Anywhere**", "**Umm Nowhere**"]


def test_who_says_so_filters(told: AppTest) -> None:
    who = told.selectbox(key="who")
    assert who.options == ["Who says so: anyone", "Not attributed · 2", "activists · 1"]
    who.set_value("activists").run()
    assert not told.exception
    assert labels(told, "drawn-") == []
    assert labels(told, "worked-out-") == ["12 km north of Hama **1**"]
    assert "of other sources, left out" in account(told)
    told.selectbox(key="who").set_value("").run()
    assert labels(told, "drawn-") == ["Latakia **1**", "Salma **1**"]


def test_the_filters_are_in_the_address(page: AppTest, told: AppTest) -> None:
    run(page, roles="location,dateline", suggested="1", derived="0", source="-")
    opened(page, "options")
    assert page.pills(key="roles").value == ["location", "dateline"]
    assert page.checkbox(key="suggested").value is True
    assert page.checkbox(key="worked_out").value is False
    assert page.selectbox(key="who").value == "-"


# --- the two clocks, the timeline, a date for a text without one -------------------------------------------------------


def test_the_switch_turns_slider_and_counts_to_what_happened(page: AppTest) -> None:
    run(page)
    page.segmented_control(key="clock").set_value("happened").run()
    assert not page.exception
    assert page.session_state.chosen.clock == "happened"
    assert not page.session_state.chosen.undated
    assert [str(day) for day in page.slider[0].value] == ["2013-01-01", "2015-08-16"]
    assert any("of no told date, left out" in caption.value for caption in page.caption)
    page.segmented_control(key="clock").set_value("published").run()
    assert page.session_state.chosen.undated


def test_an_address_of_the_other_clock_opens_on_it(page: AppTest) -> None:
    run(page, clock="happened", undated="0", place="salma", **{"from": "2013-08-10", "to": "2013-08-10"})
    assert page.segmented_control(key="clock").value == "happened"
    assert "tells of Saturday 10 August 2013" in html(page)


def test_a_filter_is_chosen_told_and_cleared(page: AppTest) -> None:
    run(page, place="salma")
    opened(page, "options").selectbox(key="only_publisher").set_value("Atlantic Sentinel").run()
    assert not page.exception
    assert page.session_state.chosen.publisher == "Atlantic Sentinel"
    told = html(page)
    assert "Only: <b>Atlantic Sentinel</b>" in told
    assert "left out by the filter." in told
    assert any("left out by the filter (Atlantic Sentinel)" in caption.value for caption in page.caption)
    page.selectbox(key="only_fclass").set_value("T").run()
    assert "Only: <b>Atlantic Sentinel, landform</b>" in html(page)
    page.button(key="clear-filter").click().run()
    assert not page.session_state.chosen.narrowing
    assert page.selectbox(key="only_publisher").value == ""


def test_an_address_with_a_filter_opens_so(page: AppTest) -> None:
    run(page, publisher="Atlantic Sentinel", certainty="certain", status="resolved")
    opened(page, "options")
    assert page.selectbox(key="only_publisher").value == "Atlantic Sentinel"
    assert page.selectbox(key="only_certainty").value == "certain"
    assert "Only: <b>Atlantic Sentinel, certain, with a place</b>" in html(page)


def test_the_timeline_leads_to_passages(page: AppTest) -> None:
    run(page)
    page.switch_page(str(ROOT / "pages" / "timeline.py")).run()
    assert not page.exception
    told = html(page)
    assert "Articles published" in told
    assert 'href="./?place=latakia' in told
    page.segmented_control(key="lane_clock").set_value("happened").run()
    assert "clock=happened" in html(page)


def test_a_date_is_proposed_but_not_applied(page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "told.txt").write_text(
        "Fighting\n\nOn Sunday, 4 August 2013, rebels took Salma. It began on Sunday.\n", encoding="utf-8"
    )
    monkeypatch.setenv("CONFLICTMAP_ARTICLES", str(tmp_path))
    run(page)
    assert any("Proposed, not applied" in caption.value for caption in page.caption)
    assert not (tmp_path / "decisions.jsonl").exists()
    page.button(key="propose-told").click().run()
    assert not page.exception
    assert str(page.date_input(key="date-told").value) == "2013-08-04"
    assert str(page.date_input(key="date-to-told").value) == "2013-08-10"
    assert not (tmp_path / "decisions.jsonl").exists()


def test_passages_are_grouped_by_what_they_rest_on(page: AppTest) -> None:
    run(page, place="salma")
    told = html(page)
    assert "2 publishers, 2 independent sources" in told
    assert "Rests on Atlantic Sentinel" in told


def test_months_without_articles_are_told(page: AppTest) -> None:
    run(page)
    assert "Silence is not peace" in html(page)


def test_an_index_opens_as_a_folder_does(
    page: AppTest, tmp_path: Path, three_articles_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([three_articles_folder], ROOT / "gazetteer", tmp_path / "ix")
    monkeypatch.setenv("CONFLICTMAP_INDEX", str(tmp_path / "ix"))
    run(page)
    assert "Latakia **4**" in buttons(page)
    page.switch_page(str(ROOT / "pages" / "articles.py")).run()
    assert not page.exception


def test_the_reader_says_on_demand_why_a_name_is_not_marked(page: AppTest) -> None:
    page.switch_page(str(ROOT / "pages" / "articles.py"))
    page.query_params["article"] = "worldtribune-alawites-flee"
    page.run()
    texts = lambda: " ".join(str(element.proto.body) for element in page.get("html"))  # noqa: E731
    assert "turned-down" not in texts().replace(".m.turned-down", "")
    page.toggle(key="explain").set_value(True).run()
    assert not page.exception
    shown = texts().replace(".m.turned-down", "")
    assert "turned-down" in shown or "No name of the gazetteer was turned down in this article." in [
        c.value for c in page.caption
    ]
