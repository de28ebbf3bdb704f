"""What only a browser shows: the map paints and filters, clicks open passages, nothing leaves the machine, nothing flickers."""

import csv
import io
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Frame, Locator, Page, sync_playwright
from support.chromium import FLAGS, find
from support.serving import ROOT, outside, served

LOCAL = {"127.0.0.1", "localhost", "::1", "[::1]", ""}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find()
    assert path, "no Chromium: run make setup"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def app(scratch: Path, three_articles_folder: Path) -> Iterator[str]:
    """The app on three of the bundled articles."""
    with served(three_articles_folder, scratch) as address:
        yield address


class Reader:
    """A person with a browser. `complaints` collects errors, alerts and requests that leave the machine."""

    def __init__(self, browser: Browser, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        scheme = "dark" if dark else "light"
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("dialog", lambda d: (self.complaints.append(f"dialog: {d.message}"), d.dismiss()))
        self.page.on("request", lambda r: self.outside.append(r.url) if not is_local(r.url) else None)

    def open(self, address: str) -> "Reader":
        self.page.goto(address)
        self.map()
        return self

    def map(self) -> Frame:
        """The map's frame, once it has painted."""

        def painted() -> Frame | None:
            for frame in self.page.frames:
                if "streamlit_folium" in frame.url and frame.evaluate(
                    "() => !!(window.conflictmap?.state?.painted && window.conflictmap.state.base)"
                ):
                    return frame
            return None

        return self.wait(painted)

    def wait(self, ready: Callable[[], object], seconds: float = 20) -> object:
        deadline = time.monotonic() + seconds
        while not (found := ready()):
            assert time.monotonic() < deadline, f"waited in vain; complaints: {self.complaints}"
            self.page.wait_for_timeout(50)
        return found

    def settle(self) -> None:
        """Wait until the server has nothing more to say."""
        for _ in range(3):
            self.page.wait_for_timeout(400)
            self.page.wait_for_function(
                "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'running'"
            )

    def shown(self) -> dict[str, int]:
        """Places on the map and their counts."""
        return self.map().evaluate(
            "() => Object.fromEntries(window.conflictmap.state.placeLayer.shown.map(p => [p.id, p.count]))"
        )

    def click_place(self, place: str) -> None:
        def spot() -> list[float]:
            return self.map().evaluate(
                "id => { const s = window.conflictmap.state, p = s.byId.get(id), c = s.map.latLngToContainerPoint([p.lat, p.lon]);"
                " return [c.x, c.y]; }",
                place,
            )

        before, at = None, spot()
        while at != before:  # the first fit may still be moving the map
            self.page.wait_for_timeout(150)
            before, at = at, spot()
        frame = self.page.locator("iframe").first.bounding_box()
        assert frame
        self.page.mouse.click(frame["x"] + at[0], frame["y"] + at[1])

    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlparse(self.page.url).query).items()}

    def choose_period(self, label: str) -> None:
        self.page.get_by_role("combobox", name="Period").click()
        self.page.get_by_role("option", name=re.compile(re.escape(label))).click()

    def passages(self) -> list[str]:
        return [mark.inner_text() for mark in self.page.locator(".cm-passage").all()]

    def close(self) -> None:
        self.context.close()


def is_local(url: str) -> bool:
    parts = urlparse(url)
    return parts.scheme not in ("http", "https", "ws", "wss") or (parts.hostname or "") in LOCAL


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    person = Reader(browser)
    yield person
    person.close()
    assert person.complaints == []


DONE_WHEN = {
    "qardaha", "salma", "aramo", "latakia", "tartus", "baniyas", "qusayr", "homs", "aleppo", "damascus",
    "ghab-plain", "coastal-mountains", "euphrates-valley", "syrian-coast",
}  # fmt: skip


def test_a_new_user_finds_places_narrows_to_august_2013_and_reads_salma(app: str, reader: Reader) -> None:
    reader.open(app)
    assert set(reader.shown()) >= DONE_WHEN
    assert {"syria", "moscow", "iran"}.isdisjoint(reader.shown())
    reader.map().evaluate("window.remembered = true; window.conflictmap.state.map.setView([35.6, 36.1], 9, {animate: false})")
    reader.choose_period("August 2013")
    reader.wait(lambda: "ghab-plain" not in reader.shown())
    assert set(reader.shown()) >= DONE_WHEN - {"ghab-plain"}
    view = reader.map().evaluate("() => { const m = window.conflictmap.state.map; return [m.getZoom(), m.getCenter().lat]; }")
    assert reader.map().evaluate("window.remembered") is True, "the map was mounted anew"
    assert view == [9, pytest.approx(35.6, abs=0.01)]
    reader.click_place("salma")
    reader.wait(lambda: len(reader.passages()) == 2)
    assert reader.query() == {"place": "salma", "to": "2013-08-31"}
    assert [mark.inner_text() for mark in reader.page.locator(".cm-passage mark").all()] == ["Salma", "Salma"]
    panel = reader.page.inner_text("body")
    for told in (
        "Atlantic Sentinel",
        "WorldTribune.com",
        "our summary of paragraph 4",
        "about 6 August 2013 (between 5 and 10 August 2013)",
    ):
        assert told in panel
    assert reader.outside == []


DRAWN = """() => { const state = window.conflictmap.state, draw = state.placeLayer.draw; window.drawn = [];
  state.placeLayer.draw = function () { draw.apply(this, arguments); window.drawn.push([state.command.place, state.placeLayer.shown.length]); }; }"""


def test_the_map_is_drawn_anew_only_for_another_picture(app: str, reader: Reader) -> None:
    reader.open(app)
    reader.map().evaluate(DRAWN)
    reader.click_place("salma")
    reader.wait(reader.passages)
    reader.wait(lambda: reader.map().evaluate("() => window.drawn.length && document.querySelector('.cm-ring').hidden"))
    whole = reader.map().evaluate("() => window.conflictmap.state.placeLayer.shown.length")
    assert reader.map().evaluate("() => window.drawn") == [["salma", whole]]
    reader.page.get_by_role("slider").nth(1).focus()
    reader.page.keyboard.press("PageDown")
    reader.wait(lambda: "to" in reader.query())
    reader.settle()
    narrowed = reader.map().evaluate("() => window.conflictmap.state.placeLayer.shown.length")
    assert narrowed < whole
    assert reader.map().evaluate("() => window.drawn.at(-1)") == ["salma", narrowed]
    assert len(reader.map().evaluate("() => window.drawn")) == 2


def test_what_lies_beyond_the_view_is_drawn_before_the_map_moves(app: str, reader: Reader) -> None:
    reader.open(app)
    reader.page.get_by_role("slider").nth(1).focus()
    reader.page.keyboard.press("PageDown")
    reader.wait(lambda: "to" in reader.query())
    reader.settle()
    assert reader.map().evaluate("() => window.conflictmap.state.partial") is True
    reader.map().evaluate("() => window.conflictmap.state.map.panBy([40, 0], {animate: false})")
    assert reader.map().evaluate("() => window.conflictmap.state.partial") is False


@pytest.mark.parametrize("missing", ["main.js", "state.js", "map.css"])
def test_the_page_says_when_the_maps_script_or_style_does_not_come(app: str, browser: Browser, missing: str) -> None:
    person = Reader(browser)
    person.page.route(f"**/conflictmap/web/*/{missing}", lambda route: route.abort())
    person.page.goto(app)
    note = person.page.frame_locator("iframe").get_by_role("status").filter(has_text="could not be loaded")
    note.wait_for(timeout=20_000)
    assert note.inner_text() == "The map could not be loaded. Reload the page."
    person.close()


def test_the_modules_are_fetched_once_and_from_the_browsers_cache_afterwards(app: str, reader: Reader) -> None:
    reader.open(app)
    names = "() => performance.getEntriesByType('resource').filter(e => e.name.includes('/conflictmap/web/')).map(e => [e.name, e.transferSize])"
    first = reader.map().evaluate(names)
    assert len(first) == len({name for name, _ in first}) > 20
    assert all(size for _, size in first)
    reader.page.reload()
    again = reader.map().evaluate(names)
    assert sorted(name for name, _ in again) == sorted(name for name, _ in first)
    assert not any(size for _, size in again)


def test_a_click_is_heard_when_the_component_keeps_its_data_elsewhere(app: str, reader: Reader) -> None:
    """Then the map says it as streamlit-folium's own layers do, even before the app has sent a second command."""
    reader.open(app)
    reader.map().evaluate("() => { delete window.__GLOBAL_DATA__.last_active_drawing; }")
    reader.click_place("salma")
    reader.wait(reader.passages)
    assert reader.query()["place"] == "salma"


def test_no_request_leaves_the_machine_by_browser_or_server(app: str, scratch: Path, reader: Reader) -> None:
    reader.open(app)
    reader.page.get_by_role("button", name="Latakia 4").click()
    reader.wait(reader.passages)
    assert reader.outside == []
    assert outside(scratch) == []


def test_map_slider_and_passages_are_visible_at_once(app: str, reader: Reader) -> None:
    reader.open(app + "?place=salma")
    reader.wait(reader.passages)
    for locator in (
        reader.page.locator("iframe").first,
        reader.page.get_by_role("slider").first,
        reader.page.locator(".cm-passage").first,
    ):
        box = locator.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 900


def test_the_view_is_the_address(app: str, reader: Reader) -> None:
    reader.open(app + "?place=qusayr&from=2013-08-12&to=2013-09-30")
    reader.wait(lambda: "Qusayr" in reader.page.inner_text("body"))
    first = reader.shown()
    assert reader.query() == {"place": "qusayr", "from": "2013-08-12", "to": "2013-09-30"}
    reader.page.reload()
    reader.map()
    assert reader.shown() == first
    assert reader.page.get_by_role("heading", name="Qusayr").is_visible()
    assert reader.map().evaluate("window.conflictmap.state.command.place") == "qusayr"


def test_back_undoes_the_choice_of_a_place_but_moving_the_period_is_no_step(app: str, reader: Reader) -> None:
    reader.open(app)
    reader.page.get_by_role("button", name="Homs 3").click()
    reader.wait(lambda: reader.query().get("place") == "homs")
    steps = reader.page.evaluate("history.length")
    reader.page.get_by_role("slider").nth(0).focus()
    for _ in range(3):
        reader.page.keyboard.press("ArrowRight")
    reader.wait(lambda: reader.query().get("from") == "2013-08-08")
    assert reader.page.evaluate("history.length") == steps
    reader.page.go_back()
    reader.wait(lambda: "place" not in reader.query())
    reader.wait(lambda: reader.page.get_by_text("Named in this period").is_visible())


def test_the_slider_filters_by_keyboard_and_typed_dates_follow(app: str, reader: Reader) -> None:
    reader.open(app)
    before = sum(reader.shown().values())
    reader.page.get_by_role("slider").nth(1).focus()
    reader.page.keyboard.press("Home")
    reader.wait(lambda: 0 < sum(reader.shown().values()) < before)
    reader.wait(lambda: "to" in reader.query())
    reader.settle()
    segments = reader.page.get_by_label("To", exact=True).locator("[role=spinbutton]").all_inner_texts()
    assert reader.query()["to"] == "-".join(segments)


def test_the_map_follows_the_slider_in_the_hand_before_the_app_answers(told_app: str, reader: Reader) -> None:
    sent: list[object] = []
    reader.page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(data)))
    reader.open(told_app)
    reader.settle()
    whole, asked = reader.shown(), len(sent)
    thumb = reader.page.get_by_role("slider").nth(1).locator("xpath=../..").bounding_box()
    track = reader.page.get_by_test_id("stSlider").bounding_box()
    assert thumb
    assert track
    mouse, height = reader.page.mouse, thumb["y"] + thumb["height"] / 2
    mouse.move(thumb["x"] + thumb["width"] / 2, height)
    mouse.down()
    mouse.move(track["x"] + track["width"] / 2, height, steps=4)
    reader.wait(lambda: reader.shown() != whole)
    in_hand = reader.shown()
    assert 0 < sum(in_hand.values()) < sum(whole.values())
    assert (len(sent), reader.query()) == (asked, {})
    mouse.up()
    reader.wait(lambda: "to" in reader.query())
    reader.settle()
    assert len(sent) > asked
    assert reader.shown() == in_hand
    drawn = int(re.search(r"(\d+) mentions? on the map", reader.page.inner_text("body")).group(1))
    assert drawn == sum(in_hand.values())
    reader.choose_period("All dates")
    reader.wait(lambda: reader.shown() == whole)


def test_what_crowds_a_greater_place_is_counted_on_its_mark_and_a_click_parts_them(app: str, reader: Reader) -> None:
    reader.open(app)
    reader.settle()
    reader.map().evaluate("window.conflictmap.state.map.setView([35.5, 36.2], 6, {animate: false})")
    told = reader.map().evaluate(
        """() => { const layer = window.conflictmap.state.placeLayer, frame = window.conflictmap.state.map;
        const dots = layer.shown.filter(p => p.drawn === "dot" && p.count);
        const sum = places => places.reduce((n, p) => n + p.count, 0), leads = dots.filter(p => !p.lead);
        const apart = leads.every((p, i) => leads.slice(i + 1).every(q => Math.hypot(p.at.x - q.at.x, p.at.y - q.at.y) >= p.radius + q.radius / 3 - 1e-6));
        const corner = layer._map.containerPointToLayerPoint([0, 0]).subtract(layer._bounds.min), [box, on] = layer.badges[0];
        return { all: sum(dots), leads: sum(leads), apart, zoom: frame.getZoom(), on: on.id,
          hidden: sum(layer.badges.flatMap(pair => pair[1].crowd.filter(p => !p.named))), named: sum(dots.filter(p => p.lead && p.named)),
          badge: [(box[0] + box[2]) / 2 - corner.x, (box[1] + box[3]) / 2 - corner.y] }; }"""
    )
    assert told["apart"], "no mark lies on a greater one by more than a third of its radius"
    assert told["hidden"] > 0
    assert told["leads"] + told["named"] + told["hidden"] == told["all"], "no count is hidden"
    frame = reader.page.locator("iframe").first.bounding_box()
    assert frame
    reader.page.mouse.move(frame["x"] + told["badge"][0], frame["y"] + told["badge"][1])
    reader.wait(lambda: "too close to show apart" in reader.map().evaluate("() => document.querySelector('.cm-tip').textContent"))
    reader.page.mouse.down()
    reader.page.mouse.up()
    reader.wait(lambda: reader.map().evaluate("() => window.conflictmap.state.map.getZoom()") > told["zoom"])
    reader.settle()
    assert reader.query() == {}, "looking closer chooses nothing"
    hidden = (
        "() => window.conflictmap.state.placeLayer.badges.reduce((n, pair) => n + pair[1].crowd.filter(p => !p.named).length, 0)"
    )
    assert reader.map().evaluate(hidden) < told["hidden"]


def test_the_other_clock_turns_slider_map_and_passages(app: str, reader: Reader) -> None:
    reader.open(app)
    reader.settle()
    whole = reader.shown()
    reader.page.get_by_role("radio", name="happened").or_(reader.page.get_by_role("button", name="happened")).first.click()
    reader.wait(lambda: reader.query().get("clock") == "happened")
    reader.wait(lambda: reader.shown() != whole)
    reader.settle()
    assert 0 < sum(reader.shown().values()) < sum(whole.values())
    assert "of no told date, left out" in reader.page.inner_text("body")
    reader.open(app + "?clock=happened&undated=0&place=salma")
    reader.wait(lambda: reader.page.locator(".cm-when").count() > 0)
    assert "tells of" in reader.page.inner_text("body")


def test_the_timeline_leads_to_the_passages_of_its_days(app: str, reader: Reader) -> None:
    reader.open(app)
    reader.page.get_by_role("link", name="Timeline").click()
    link = reader.page.locator('a[href*="place=salma"][href*="from="]').first
    link.wait_for()
    link.click()
    reader.wait(lambda: reader.query().get("place") == "salma" and "to" in reader.query())
    reader.wait(lambda: any("Salma" in passage for passage in reader.passages()))


@pytest.mark.parametrize(
    ("words", "found"), [("Qurdaha", "Qardaha"), ("lattakia", "Latakia"), ("سلمى", "Salma"), ("Qalamoun", "Qalamoun")]
)
def test_search_knows_every_spelling(app: str, reader: Reader, words: str, found: str) -> None:
    reader.open(app)
    reader.page.get_by_role("textbox", name="Find a place").fill(words)
    reader.page.keyboard.press("Enter")
    reader.page.get_by_role("button", name=re.compile(f"^{found} ·")).first.click()
    reader.wait(lambda: reader.page.get_by_role("heading", name=re.compile(found)).is_visible())


def test_what_is_not_drawn_is_listed_and_opens(app: str, reader: Reader) -> None:
    reader.open(app)
    reader.page.get_by_role("button", name="Iran 1").click()
    reader.wait(lambda: any("Iran" in passage for passage in reader.passages()))
    assert "Not drawn on the map" in reader.page.inner_text("body")


def test_whole_article_and_back_to_the_place(app: str, reader: Reader) -> None:
    reader.open(app + "?place=salma")
    reader.page.get_by_role("button", name="Whole article").first.click()
    reader.wait(lambda: "article" in reader.query())
    reader.wait(lambda: reader.page.locator(".cm-passage p").count() == 11)
    reader.page.get_by_role("button", name=re.compile("Passages on Salma")).click()
    reader.wait(lambda: "article" not in reader.query() and reader.query()["place"] == "salma")


def test_from_the_map_to_the_reader_and_the_gazetteer_and_back(app: str, reader: Reader) -> None:
    reader.open(app + "?place=salma&article=worldtribune-alawites-flee")
    reader.page.get_by_role("button", name="Read mention by mention").click()
    reader.wait(lambda: reader.page.url.startswith(app + "articles") and reader.page.locator("details.m.now").count())
    reader.settle()  # a click while the page is being built anew falls on a button that goes
    reader.page.get_by_role("button", name="Next").click()
    reader.wait(lambda: "Mention 2 of" in reader.page.inner_text("body"))
    reader.page.get_by_role("button", name="All passages on this place").click()
    reader.wait(lambda: reader.query().get("place") == "syria" and "/articles" not in reader.page.url)
    reader.page.goto(app + "places?place=qusayr")
    reader.wait(lambda: reader.page.get_by_role("heading", name=re.compile("^Qusayr")).count())
    reader.page.get_by_role("button", name="Show on the map").click()
    reader.wait(lambda: reader.query().get("place") == "qusayr" and "/places" not in reader.page.url)
    reader.complaints = [c for c in reader.complaints if "404" not in c]  # Streamlit asks for its own health under a page's path


def test_what_is_shown_can_be_taken_away(app: str, reader: Reader) -> None:
    reader.open(app + "?place=salma&to=2013-08-31")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="CSV of this view").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == 2
    assert {row["place"] for row in rows} == {"salma"}
    assert "2013-08-31" in rows[0]["filter"]
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="GeoJSON of this view").click()
    collection = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert [feature["properties"]["mentions"] for feature in collection["features"]] == [2]


def test_online_tiles_fail_softly(app: str, browser: Browser) -> None:
    reader = Reader(browser)
    reader.context.route(lambda url: not is_local(url), lambda route: route.abort())
    reader.open(app)
    reader.page.get_by_role("button", name="Options").click()
    reader.page.get_by_text("Online map (OpenStreetMap)").click()
    reader.wait(lambda: reader.map().evaluate("() => (document.querySelector('.cm-note') || {}).textContent"))
    assert "built-in map" in reader.map().evaluate("() => document.querySelector('.cm-note').textContent")
    assert reader.outside
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in reader.outside)
    assert set(reader.shown()) >= DONE_WHEN
    reader.close()


AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
SCREENS = ["", "?place=salma", "articles?article=worldtribune-alawites-flee", "places?place=qusayr", "about"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_meets_wcag_aa(app: str, browser: Browser, screen: str, dark: bool) -> None:
    reader = Reader(browser, dark=dark)
    reader.page.goto(app + screen)
    reader.wait(lambda: reader.page.locator("iframe, h1, h2, h3").count())
    reader.settle()
    for frame in reader.page.frames:
        frame.evaluate(AXE)
    found = reader.page.evaluate("() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    told = [(v["id"], [(n["html"][:120], n["failureSummary"][:200]) for n in v["nodes"]]) for v in found["violations"]]
    reader.close()
    assert told == []


def test_a_place_is_reached_and_read_by_keyboard_only(app: str, reader: Reader) -> None:
    reader.open(app)
    reader.settle()
    reader.page.get_by_role("textbox", name="Find a place").focus()
    for _ in range(40):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate("document.activeElement.innerText").startswith("Qardaha"):
            break
    assert (
        reader.page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow"
        )
        != "nonenone"
    )
    reader.page.keyboard.press("Enter")
    reader.wait(lambda: reader.query().get("place") == "qardaha" and reader.passages())


def test_the_reader_walks_the_mentions_and_a_decision_is_kept_and_undone(
    own_app: str, own_folder: Path, browser: Browser
) -> None:
    reader = Reader(browser)
    reader.page.goto(own_app + "articles")
    reader.page.get_by_role("button", name=re.compile("Salma &")).click()
    reader.wait(lambda: reader.page.locator("details.m.now").count() == 1)
    reader.page.locator("details.m > summary").nth(1).click()
    assert reader.page.locator("details.m[open] .card").is_visible()
    reader.settle()  # a click while the page is being built anew falls on a button that goes
    reader.page.get_by_role("button", name="Next").click()
    reader.wait(lambda: "Mention 2 of" in reader.page.inner_text("body"))
    reader.page.get_by_role("button", name="Not a place").click()
    reader.wait(lambda: "Decided by a person (no place)." in reader.page.inner_text("body"))
    assert "The program's own answer: Salma" in reader.page.inner_text("body")
    assert '"rejected"' in (own_folder / "decisions.jsonl").read_text(encoding="utf-8")
    reader.page.get_by_role("button", name="Undo the decision").click()
    reader.wait(lambda: "Decided by a person" not in reader.page.inner_text("body"))
    assert not any("dialog" in complaint for complaint in reader.complaints)
    reader.close()


@pytest.mark.parametrize("screen", ["articles?article=worldtribune-alawites-flee", "places?place=salma", "about"])
def test_no_screen_scrolls_sideways_on_a_phone(app: str, browser: Browser, screen: str) -> None:
    reader = Reader(browser, 390, 844)
    reader.page.goto(app + screen)
    reader.wait(lambda: reader.page.locator("h1, h2, h3").count())
    reader.settle()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
    reader.close()


def test_a_phone_has_no_sideways_scroll_and_reaches_the_passages(app: str, browser: Browser) -> None:
    reader = Reader(browser, 390, 844)
    reader.open(app + "?place=salma")
    reader.wait(reader.passages)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
    reader.page.locator(".cm-passage").first.scroll_into_view_if_needed()
    assert reader.page.locator(".cm-passage").first.is_visible()
    assert reader.complaints == []
    reader.close()


HOSTILE = """Salma & <script>window.parent.hit=1;alert(1)</script> {{7*7}} ${alert(2)} `x`

Rebels in Salma <img src=x onerror="alert(3)"> said {% raw %} that {{ cycler.__init__ }} `${alert(4)}` </textarea></script> in Latakia.

The village of <b onmouseover=alert(5)>Salma</b> and the village of Tell Nowhere.
"""


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's own folder: a hostile text, an Arabic one, a broken one, none of them dated."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "hostile{{7*7}}.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "arabic.txt").write_text("أخبار الساحل\n\nقصفت القوات مواقع قرب اللاذقية أمس.\n", encoding="utf-8")
    (folder / "broken.md").write_text("---\ntitle: [\n---\ntext", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def own_app(own_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(own_folder, tmp_path_factory.mktemp("own-server")) as address:
        yield address


def test_hostile_text_is_shown_and_nothing_of_it_runs(own_app: str, reader: Reader) -> None:
    reader.open(own_app)
    reader.click_place("salma")
    reader.wait(lambda: len(reader.passages()) >= 3)
    told = " ".join(reader.passages())
    for literal in ("<script>", "{{7*7}}", "${alert(2)}", "<img src=x onerror=", "{% raw %}", "`${alert(4)}`", "</textarea>"):
        assert literal in told
    assert reader.page.evaluate("window.hit") is None
    reader.page.get_by_role("button", name="Whole article").first.click()
    reader.wait(lambda: "article" in reader.query())
    reader.page.get_by_role("button", name=re.compile("Passages on")).click()
    reader.wait(lambda: "article" not in reader.query() and len(reader.passages()) >= 3)
    reader.settle()  # a click while the page is being built anew opens what then closes again
    reader.page.get_by_role("button", name="Cite").first.click()
    reader.wait(lambda: reader.page.get_by_text("To check it: Conflict map").first.is_visible())
    assert reader.page.evaluate("window.hit") is None


def test_what_is_broken_or_without_a_place_is_said(own_app: str, reader: Reader) -> None:
    reader.open(own_app)
    reader.page.get_by_text("Names without a place (1)").click()
    reader.wait(lambda: reader.page.get_by_role("button", name=re.compile("Tell Nowhere")).is_visible())
    reader.page.get_by_role("button", name=re.compile("1 problem in the data")).click()
    reader.wait(lambda: "broken.md" in reader.page.inner_text("body"))


def test_arabic_runs_right_to_left(own_app: str, reader: Reader) -> None:
    reader.open(own_app + "?place=latakia")
    reader.wait(lambda: reader.page.locator(".cm-passage p[dir=rtl] mark").count() == 1)
    assert reader.page.locator(".cm-passage p[dir=rtl] mark").inner_text() == "اللاذقية"


def test_a_person_dates_an_article_and_takes_it_back(own_app: str, own_folder: Path, reader: Reader) -> None:
    def dates() -> list[dict[str, str]]:
        lines = (
            (own_folder / "decisions.jsonl").read_text("utf-8").splitlines() if (own_folder / "decisions.jsonl").exists() else []
        )
        return [record for record in map(json.loads, lines) if record["decision"] == "published"]

    reader.open(own_app)
    assert reader.page.get_by_text("No article has a date yet").is_visible()
    form = reader.page.get_by_test_id("stForm").first
    form.get_by_label("Published on, or from").locator("[role=spinbutton]").first.click()
    reader.page.keyboard.type("20130806")
    reader.page.keyboard.press("Escape")
    form.get_by_role("button", name="Save date").click()
    reader.wait(dates)
    reader.wait(lambda: reader.page.get_by_text("Dated by a person (1)").is_visible())
    assert [record["published"] for record in dates()] == ["2013-08-06"]
    reader.page.reload()
    reader.map()
    reader.page.get_by_text("Dated by a person (1)").click()
    reader.page.get_by_role("button", name="Take the date back").click()
    reader.wait(lambda: reader.page.get_by_text("No article has a date yet").is_visible())
    assert [record["published"] for record in dates()] == ["2013-08-06", None]


@pytest.mark.parametrize("articles", [0, 1])
def test_an_empty_folder_says_what_to_do_and_one_article_works(articles: int, tmp_path: Path, reader: Reader) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    if articles:
        shutil.copy(ROOT / "articles" / "atlantic-sentinel-army-pulls-back.md", folder)
    with served(folder, tmp_path / "server") as address:
        if articles:
            reader.open(address)
            assert "ghab-plain" in reader.shown()
        else:
            reader.page.goto(address)
            reader.wait(lambda: "There is no article to show yet" in reader.page.inner_text("body"))
        assert reader.complaints == []
        reader.page.goto("about:blank")  # before the server goes: a page that loses its server complains
        reader.complaints.clear()


# --- roles, sources, worked-out and suggested places ------------------------------------------------------------

TOLD = (
    "---\nid: told\ntitle: Told\nurl: https://example.org/told\npublished: 2013-08-06\nkind: full text\n---\n"
    "HAMA, Syria — Shells fell 12 km north of Hama, activists said. Moscow backed the deal.\n\n"
    "Salma was shelled. In Homs, residents of the provincial capital fled. They took the road between Homs and Hama.\n"
)
LATER = (
    TOLD.replace("id: told", "id: later").replace("/told", "/later").replace("2013-08-06", "2013-08-20").split("\n\n")[0] + "\n"
)


@pytest.fixture(scope="module")
def told_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("told")
    (folder / "told.md").write_text(TOLD, encoding="utf-8")
    (folder / "later.md").write_text(LATER, encoding="utf-8")
    with served(folder, tmp_path_factory.mktemp("told-server")) as address:
        yield address


def worked_out(reader: Reader) -> dict[str, dict]:
    """What is drawn as worked out, by the words that say it."""
    return reader.map().evaluate(
        "() => Object.fromEntries(window.conflictmap.state.placeLayer.shown.filter(p => p.id.startsWith('~'))"
        ".map(p => [p.title, {id: p.id, drawn: p.drawn, count: p.count, lat: p.lat, reach: window.conflictmap.state.placeLayer.pixels(p)}]))"
    )


def legend(reader: Reader) -> str:
    return reader.map().evaluate("() => document.querySelector('.cm-legend').textContent")


def test_a_worked_out_place_is_drawn_as_such_opens_and_reloads(told_app: str, reader: Reader) -> None:
    reader.open(told_app)
    reader.wait(lambda: worked_out(reader))
    drawn = worked_out(reader)
    assert {title: (held["drawn"], held["count"]) for title, held in drawn.items()} == {
        "12 km north of Hama": ("circle", 2), "between Homs and Hama": ("vague", 1),
    }  # fmt: skip
    assert drawn["12 km north of Hama"]["reach"] > 3
    assert "hama" not in reader.shown()
    assert "worked out from others" in legend(reader)
    feature = drawn["12 km north of Hama"]["id"]
    reader.click_place(feature)
    reader.wait(lambda: reader.query().get("place") == feature and len(reader.passages()) == 2)
    assert "Worked out from Hama: 12 km, bearing north" in reader.page.inner_text("body")
    assert reader.page.locator(".cm-passage mark").all_inner_texts() == ["12 km north of Hama"] * 2
    assert reader.page.locator(".cm-passage .cm-who").first.inner_text() == "activists"
    reader.page.reload()
    reader.map()
    reader.wait(lambda: len(reader.passages()) == 2)
    assert reader.query() == {"place": feature}
    reader.page.get_by_role("button", name="Anchor: Hama").click()
    reader.wait(lambda: reader.query().get("place") == "hama")


def test_roles_and_switches_change_the_map_without_mounting_it_anew(told_app: str, reader: Reader) -> None:
    reader.open(told_app)
    reader.wait(lambda: worked_out(reader))
    assert {place for place in reader.shown() if not place.startswith("~")} == {"salma", "homs"}
    reader.map().evaluate("window.remembered = true; window.conflictmap.state.map.setView([35.2, 36.4], 8, {animate: false})")
    steps = reader.page.evaluate("history.length")
    reader.page.get_by_role("button", name="Options").click()
    reader.page.get_by_role("button", name="Anchors (12 km north of …)").click()
    reader.wait(lambda: reader.shown().get("hama") == 3)
    reader.wait(lambda: reader.query().get("roles") == "location,reference")
    assert "suggested" not in legend(reader)
    reader.page.get_by_text("Suggested places (descriptions, no names)").click()
    maybe = "() => Object.fromEntries(window.conflictmap.state.placeLayer.shown.filter(p => p.maybe).map(p => [p.id, [p.count, p.maybe]]))"
    reader.wait(lambda: reader.map().evaluate(maybe))
    assert reader.map().evaluate(maybe) == {"homs": [2, 1]}
    assert "suggested by a description" in legend(reader)
    reader.page.get_by_text("Worked-out places").click()
    reader.wait(lambda: not worked_out(reader))
    assert reader.query() == {"roles": "location,reference", "derived": "0", "suggested": "1"}
    assert reader.map().evaluate("window.remembered") is True, "the map was mounted anew"
    assert reader.map().evaluate("window.conflictmap.state.map.getZoom()") == 8
    assert reader.page.evaluate("history.length") == steps


def test_who_says_so_filters_map_list_and_passages(told_app: str, reader: Reader) -> None:
    reader.open(told_app)
    reader.wait(lambda: worked_out(reader))
    reader.page.get_by_role("combobox", name="Who says so").click()
    reader.page.get_by_role("option", name=re.compile("^activists")).click()
    reader.wait(lambda: set(worked_out(reader)) == {"12 km north of Hama"} and len(reader.shown()) == 1)
    reader.wait(lambda: reader.query() == {"source": "activists"})
    reader.page.reload()
    reader.map()
    assert len(reader.shown()) == 1
    fetched: list[str] = []
    reader.page.on("request", lambda request: fetched.append(request.url) if "/layer/" in request.url else None)
    reader.page.get_by_role("slider").nth(1).focus()
    reader.page.keyboard.press("Home")
    reader.wait(lambda: sum(reader.shown().values()) == 1)
    assert fetched == [], "the period fetches no places"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("screen", ["?suggested=1&roles=location,reference", "?place=homs&suggested=1", "articles?article=told"])
def test_what_is_worked_out_and_suggested_meets_wcag_aa(told_app: str, browser: Browser, screen: str, dark: bool) -> None:
    test_every_screen_meets_wcag_aa(told_app, browser, screen, dark)


# --- playback ---------------------------------------------------------------------------------------------------


def player(reader: Reader, what: str = "first") -> int:
    return reader.map().evaluate(f"window.conflictmap.player.{what}")


def control(reader: Reader, name: str) -> Locator:
    return reader.page.frame_locator("iframe").first.get_by_role("button", name=name, exact=True)


def choose(reader: Reader, label: str, option: str) -> None:
    reader.page.frame_locator("iframe").first.get_by_role("combobox", name=label).select_option(option)


def in_words(reader: Reader) -> str:
    return reader.page.frame_locator("iframe").first.locator(".cm-play output").inner_text()


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def test_playback_moves_what_is_shown_without_the_server_and_stops_at_the_slider(told_app: str, reader: Reader) -> None:
    sent: list[object] = []
    reader.page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(data)))
    reader.open(told_app)
    reader.settle()
    whole, asked = reader.shown(), len(sent)
    assert asked
    assert not control(reader, "Pause").is_visible()
    control(reader, "Play").click()
    reader.wait(lambda: player(reader) >= day("2013-08-08"))
    assert reader.shown() == {}, "no article is of these days"
    control(reader, "Pause").click()
    rests = player(reader)
    reader.page.wait_for_timeout(1200)
    assert player(reader) == rests
    control(reader, "One window on").click()
    assert player(reader) == rests + 1
    choose(reader, "Window", "week")
    assert (player(reader), player(reader, "last")) == (rests + 1, rests + 7)
    control(reader, "One window back").click()
    assert (player(reader), player(reader, "last")) == (day("2013-08-06"), day("2013-08-12")), "no further than the period"
    assert in_words(reader) == "6 to 12 August 2013"
    first_week = reader.shown()
    assert 0 < sum(first_week.values()) < sum(whole.values())
    control(reader, "One window on").click()
    assert in_words(reader) == "13 to 19 August 2013"
    control(reader, "One window back").click()
    assert len(sent) == asked, "playback asks the server for nothing"
    assert reader.query() == {}
    control(reader, "Stop").click()
    reader.wait(lambda: reader.query() == {"to": "2013-08-12"})
    assert len(sent) > asked
    assert reader.shown() == first_week
    reader.settle()
    segments = reader.page.get_by_label("To", exact=True).locator("[role=spinbutton]").all_inner_texts()
    assert segments == ["2013", "08", "12"]
    assert control(reader, "Play").is_visible()
    assert not control(reader, "Stop").is_visible()


def test_playback_that_reaches_the_end_hands_over_the_last_window_and_starts_where_the_slider_is(
    told_app: str, reader: Reader
) -> None:
    reader.open(told_app + "?from=2013-08-17")
    steps = reader.page.evaluate("history.length")
    control(reader, "Play").click()
    assert day("2013-08-17") <= player(reader) <= day("2013-08-18")
    choose(reader, "Pace", "fast")
    reader.wait(lambda: reader.query() == {"from": "2013-08-20"})
    assert not player(reader, "on")
    assert reader.page.evaluate("history.length") == steps
    reader.page.reload()
    reader.map()
    assert set(worked_out(reader)) == {"12 km north of Hama"}
    assert len(reader.shown()) == 1


def test_playback_is_run_by_keyboard_and_escape_stops_it(told_app: str, reader: Reader) -> None:
    reader.open(told_app)
    control(reader, "Play").focus()
    reader.page.keyboard.press("Enter")
    focused = "() => document.activeElement.innerText"
    reader.wait(lambda: reader.map().evaluate(focused) == "Pause")
    reader.page.keyboard.press("Space")
    reader.wait(lambda: reader.map().evaluate(focused) == "Play" and not player(reader, "moving"))
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    shown = player(reader)
    reader.page.keyboard.press("Escape")
    expected = date.fromordinal(date(1970, 1, 1).toordinal() + shown).isoformat()
    reader.wait(lambda: reader.query() == {"from": expected, "to": expected})
    assert reader.map().evaluate(focused) == "Play"
    assert not player(reader, "on")
    reader.page.keyboard.press("Escape")
    reader.settle()
    assert reader.query() == {"from": expected, "to": expected}


def test_a_place_chosen_meanwhile_lets_playback_run_and_a_period_ends_it(told_app: str, reader: Reader) -> None:
    reader.open(told_app)
    control(reader, "Play").click()
    choose(reader, "Pace", "slow")
    control(reader, "Pause").click()
    shown = player(reader)
    reader.page.get_by_role("button", name="Salma 1").click()
    reader.wait(lambda: reader.map().evaluate("window.conflictmap.state.command.place") == "salma")
    assert player(reader, "on")
    assert reader.map().evaluate("window.conflictmap.state.command.last") == shown
    assert reader.query() == {"place": "salma"}
    reader.page.get_by_role("slider").nth(1).focus()
    reader.page.keyboard.press("ArrowLeft")
    reader.wait(lambda: reader.query() == {"place": "salma", "to": "2013-08-19"})
    reader.wait(lambda: not player(reader, "on"))
    reader.wait(lambda: reader.shown().get("salma") == 1)
    reader.settle()
    assert reader.query() == {"place": "salma", "to": "2013-08-19"}


def test_who_wants_no_motion_steps_by_hand(told_app: str, reader: Reader) -> None:
    reader.page.emulate_media(reduced_motion="reduce")
    reader.open(told_app)
    control(reader, "Step").click()
    first = player(reader)
    assert not control(reader, "Pause").is_visible()
    assert not control(reader, "Play").is_visible()
    control(reader, "One window on").click()
    reader.page.wait_for_timeout(1200)
    assert player(reader) == first + 1
    control(reader, "Stop").click()
    reader.wait(lambda: reader.query() == {"from": "2013-08-07", "to": "2013-08-07"})


def test_months_are_calendar_months_and_only_shorter_windows_are_offered(app: str, told_app: str, reader: Reader) -> None:
    widths = "() => Array.from(window.conflictmap.player.ui.width.options, o => o.value)"
    reader.open(told_app)
    assert reader.map().evaluate(widths) == ["day", "week", "two weeks"]
    reader.open(app)
    assert reader.map().evaluate(widths) == ["day", "week", "two weeks", "month", "quarter", "year"]
    control(reader, "Play").click()
    control(reader, "Pause").click()
    choose(reader, "Window", "month")
    while player(reader) > day("2013-08-05"):
        control(reader, "One window back").click()
    assert in_words(reader) == "5 August to 4 September 2013"
    control(reader, "One window on").click()
    assert in_words(reader) == "5 September to 4 October 2013"
    choose(reader, "Window", "year")
    assert in_words(reader) == "5 September 2013 to 4 September 2014"
    control(reader, "One window on").click()
    control(reader, "One window on").click()
    assert in_words(reader) == "17 August 2014 to 16 August 2015"


def test_an_article_has_no_playback(told_app: str, reader: Reader) -> None:
    reader.page.goto(told_app + "articles?article=told")
    reader.map()
    assert not control(reader, "Play").is_visible()
    reader.complaints = [c for c in reader.complaints if "404" not in c]  # Streamlit asks for its own health under a page's path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_playback_meets_wcag_aa_and_fits_a_phone(told_app: str, browser: Browser, dark: bool) -> None:
    reader = Reader(browser, 390, 844, dark=dark)
    reader.open(told_app)
    control(reader, "Play").click()
    control(reader, "Pause").click()
    choose(reader, "Window", "week")
    frame = reader.map()
    frame.evaluate(AXE)
    found = frame.evaluate(
        "() => axe.run(document.querySelector('.cm-play'), {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
    )
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []
    boxes = frame.evaluate(
        "() => ['.cm-play', '.leaflet-control-zoom'].map(c => document.querySelector(c).getBoundingClientRect()).map(b => [b.left, b.right])"
    )
    assert boxes[1][1] < boxes[0][0]
    assert boxes[0][1] <= frame.evaluate("innerWidth")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert reader.complaints == []
    reader.close()
