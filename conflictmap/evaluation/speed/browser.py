"""The times that only a browser knows: a slider's release until the places are repainted, the first map, a click.

Everything is timed inside the browser, frame by frame: a script notes the first key or click, and the first frame in which
what is looked for has changed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import socketserver
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflictmap.articles import read_articles
from conflictmap.bundle import home
from conflictmap.geoparser import Geoparser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

ROOT = home()
BUNDLED = "the bundled articles"
NAIVE = "a folium map of markers rebuilt per rerun"
PLAIN = "a plain Leaflet page"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE = 180.0
PLAYED_PLACES, PLAYED_MENTIONS = 5_000, 100_000
PLAYED_WIDTHS = ("week", "month", "year")
PLAYED_SECONDS = 4.0


class NoBrowser(Exception):
    """Playwright or a Chromium is missing; the message says what to do."""


@dataclass
class Slider:
    """Seconds of each move from the key: until the places are repainted, until the line under them is renewed (where there is
    one), and of the empty page beside it."""

    mentions: int = 0
    moves: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    empty: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Played:
    """Playback with windows of one width: frames a second, the seconds that 95 of 100 frames stay below, the most places shown."""

    rate: float
    slow_frame: float
    shown: int


@dataclass
class Measured:
    """Seconds by page."""

    sliders: dict[str, Slider] = field(default_factory=dict)
    first_maps: dict[str, list[float]] = field(default_factory=dict)
    clicks: dict[str, list[float]] = field(default_factory=dict)
    played: dict[str, Played] = field(default_factory=dict)


def ours(mentions: int) -> str:
    """How a folder of so many invented mentions is called in the tables."""
    return f"{mentions:,} invented mentions"


# --- servers --------------------------------------------------------------------------------------------------

EMPTY_PAGE = """
from datetime import date
import streamlit as st
first, last = date(2012, 7, 1), date(2014, 7, 1)
st.text("from {} to {}".format(*st.slider("Published between", first, last, (first, last))))
"""
# As streamlit-folium's README does it, one marker a mention; only Leaflet comes from this machine.
NAIVE_APP = """
from pathlib import Path
import streamlit as st
from conflictmap.webmap import ROUTES
app = st.App(Path(__file__).with_name("naive_page.py"), routes=ROUTES)
"""
NAIVE_PAGE = """
import json
from datetime import date
from pathlib import Path
import folium
import streamlit as st
from streamlit_folium import st_folium

markers = json.loads(Path(__file__).with_name("markers.json").read_text())
days = sorted(date.fromisoformat(day) for day, *_ in markers)
start, end = st.slider("Published between", days[0], days[-1], (days[0], days[-1]))
shown = [m for m in markers if start.isoformat() <= m[0] <= end.isoformat()]
st.text(f"{len(shown)} markers")
m = folium.Map(location=[35, 38], zoom_start=7, tiles=None)
m.default_js = [("leaflet", "../../conflictmap/leaflet/leaflet.js")]
m.default_css = [("leaflet_css", "../../conflictmap/leaflet/leaflet.css")]
for _, latitude, longitude, title in shown:
    folium.CircleMarker([latitude, longitude], radius=6, tooltip=title.replace("`", "'")).add_to(m)  # a backtick would end folium's string
st_data = st_folium(m, width=725)
"""


# What somebody writes who needs no server: a circle a place, and a pass over its days at each move; with the app's own data.
PLAIN_PAGE = """<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="leaflet/leaflet.css"><script src="leaflet/leaflet.js"></script>
<input type="range" role="slider" id="from"><input type="range" role="slider" id="to"><div id="map" style="height: 700px"></div>
<script>
fetch("LAYER").then(answer => answer.json()).then(raw => {
  const map = L.map("map", { preferCanvas: true }).setView([35, 38], 7), days = raw.places.flatMap(place => place.starts.filter((_, i) => i % 2 === 0));
  const from = document.getElementById("from"), to = document.getElementById("to");
  const first = days.reduce((a, b) => Math.min(a, b)), last = days.reduce((a, b) => Math.max(a, b));
  for (const slider of [from, to]) { slider.min = first; slider.max = last; }
  from.value = first; to.value = last;
  const circles = raw.places.map(place => L.circleMarker([place.lat, place.lon], { radius: 0 }).bindTooltip(place.title).addTo(map));
  const show = () => {
    let all = 0;
    raw.places.forEach((place, i) => {
      let count = 0;
      for (let n = 0; n < place.starts.length; n += 2) if (place.starts[n] <= +to.value && place.starts[n] >= +from.value) count += place.starts[n + 1];
      circles[i].setRadius(count ? 3 + Math.sqrt(count) / 4 : 0);
      all += count;
    });
    requestAnimationFrame(() => { document.title = all + " mentions until " + to.value; });  // Leaflet draws in the next frame
  };
  from.addEventListener("input", show); to.addEventListener("input", show);
  show();
});
</script>"""


@contextmanager
def _plain(browser: Browser, page: Visit) -> Iterator[Visit]:
    """A plain Leaflet page of the places that a page of ours shows, on the same server."""
    frame = next(frame for frame in page.page.frames if "streamlit_folium" in frame.url)
    layer = frame.evaluate(
        """() => performance.getEntriesByType("resource").map(e => e.name).filter(name => name.includes("/conflictmap/layer/")).pop()"""
    )
    address = layer.split("layer/")[0] + "plain.html"
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route(address, lambda route: route.fulfill(body=PLAIN_PAGE.replace("LAYER", layer), content_type="text/html"))
    try:
        yield Visit(browser, address, PLAIN_PROBE, context=context)
    finally:
        context.close()


@contextmanager
def served(script: Path, scratch: Path, environment: dict[str, str]) -> Iterator[str]:
    """A Streamlit script on a port of its own, with the project's settings; yields its address."""
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as probe:
        port = probe.server_address[1]
    log = scratch / f"server-{port}.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)} | environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            deadline = time.monotonic() + PATIENCE
            while "URL:" not in log.read_text(errors="replace"):
                if server.poll() is not None or time.monotonic() > deadline:
                    raise NoBrowser(f"{script.name} did not start: {log.read_text(errors='replace')[-500:]}")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(20)


def find_chromium(playwright: Playwright) -> str:
    """The path of a Chromium: the environment's CONFLICTMAP_CHROMIUM, one on the path, or Playwright's own."""
    for path in (os.environ.get("CONFLICTMAP_CHROMIUM"), *map(shutil.which, NAMES), playwright.chromium.executable_path):
        if path and Path(path).exists():
            return path
    raise NoBrowser("no Chromium found: run make setup, or name one in CONFLICTMAP_CHROMIUM")


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """A headless Chromium with FLAGS and others. Raises NoBrowser if there is none, or if it gives up."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NoBrowser("Playwright is not installed: pip install -r requirements-dev.txt") from None
    try:
        with (
            sync_playwright() as playwright,
            playwright.chromium.launch(executable_path=find_chromium(playwright), args=[*FLAGS, *flags]) as browser,
        ):
            yield browser
    except Error as failure:
        raise NoBrowser(f"the browser gave up: {failure.message.splitlines()[0]}") from failure


# --- timing in the browser ------------------------------------------------------------------------------------

CLOCK = """
(() => {
  const now = () => performance.timeOrigin + performance.now(), top = window.top;
  const note = () => { if (top.bench && top.bench.input === null) top.bench.input = now(); };
  window.addEventListener("keydown", note, true);
  window.addEventListener("click", note, true);
})();
"""
# Probes: a string that describes what is shown, or null while that is incomplete.
EMPTY_PROBE = """() => { const told = document.querySelector('[data-testid="stText"]'); return told && told.textContent; }"""
MAP_PROBE = """() => { for (const frame of document.querySelectorAll("iframe")) {
  const ours = frame.contentWindow && frame.contentWindow.conflictmap;
  if (ours?.state?.painted && ours.state.base) return ours.state.placeLayer.shown.map(p => p.id + p.count).join();
} return null; }"""
NAIVE_PROBE = """() => {
  const told = document.querySelector('[data-testid="stText"]'), wanted = told && parseInt(told.textContent);
  for (const frame of document.querySelectorAll("iframe")) {
    const drawn = frame.contentDocument ? frame.contentDocument.querySelectorAll("path.leaflet-interactive").length : 0;
    if (drawn && drawn === wanted) return String(drawn);
  } return null; }"""
LINE_PROBE = """() => { const told = [...document.querySelectorAll('[data-testid="stCaptionContainer"]')]
  .map(e => e.textContent).find(text => text.includes("on the map of")); return told || null; }"""
PLAIN_PROBE = """() => document.title || null"""
PASSAGES_PROBE = """() => { const found = document.querySelector(".cm-passage mark");
  return found && found.getBoundingClientRect().height > 0 ? "passages" : "none"; }"""
PLACES = """() => {  // places whose own middle is hit first, well inside the map: [id, x, y] in the page
  const frame = [...document.querySelectorAll("iframe")].find(f => f.contentWindow && f.contentWindow.conflictmap);
  const state = frame.contentWindow.conflictmap.state, box = frame.getBoundingClientRect(), size = state.map.getSize();
  return state.placeLayer.shown.map(p => [p, state.map.latLngToContainerPoint([p.lat, p.lon])])
    .filter(([p, at]) => at.x > 60 && at.y > 60 && at.x < size.x - 60 && at.y < size.y - 180 && state.placeLayer.hit(at) === p && !state.placeLayer.badge(at))
    .map(([p, at]) => [p.id, box.x + at.x, box.y + at.y]); }"""

MENTIONS = """() => { const told = [...document.querySelectorAll('[data-testid="stCaptionContainer"]')]
  .map(e => e.textContent.match(/on the map of ([\\d,]+)/)).find(Boolean); return told ? parseInt(told[1].replaceAll(",", "")) : 0; }"""


def _timed(page: Page, probes: Sequence[str], act: Callable[[], object]) -> list[float]:
    """Do something and wait until each probe answers differently: the seconds since the key or click, for each."""
    page.bring_to_front()
    page.evaluate(
        f"""() => {{ const looks = [{", ".join(probes)}], before = looks.map(look => look()), bench = window.bench = {{ input: null }};
        const times = looks.map(() => null), now = () => performance.timeOrigin + performance.now();
        bench.done = new Promise(resolve => {{ const step = () => {{
          if (bench.input !== null) looks.forEach((look, i) => {{ const seen = look();
            if (times[i] === null && seen !== null && seen !== before[i]) times[i] = now() - bench.input; }});
          if (times.every(time => time !== null)) resolve(times); else requestAnimationFrame(step); }};
          step(); setTimeout(() => resolve(null), {1000 * PATIENCE}); }}); }}"""
    )
    act()
    times = page.evaluate("() => window.bench.done")
    if times is None:
        raise NoBrowser(f"waited in vain for a change of {page.url}")
    settle(page)
    return [time / 1000 for time in times]


def settle(page: Page) -> None:
    """Wait until no script has run for half a second."""
    quiet = time.monotonic()
    while time.monotonic() - quiet < 0.5:
        page.wait_for_timeout(50)
        if page.locator('[data-testid="stApp"][data-test-script-state="running"]').count():
            quiet = time.monotonic()


def _wait(page: Page, probe: str) -> float:
    """Seconds from the start of the navigation until the probe answers, checked frame by frame."""
    answer = page.evaluate(
        f"""() => new Promise((resolve, reject) => {{ const look = {probe};
        const step = () => look() ? resolve(performance.now()) : requestAnimationFrame(step); step();
        setTimeout(() => reject(new Error("waited in vain")), {1000 * PATIENCE}); }})"""
    )
    return float(answer) / 1000


class Visit:
    """A page in a context of its own."""

    def __init__(
        self, browser: Browser, address: str, probe: str, also: str | None = None, context: BrowserContext | None = None
    ) -> None:
        self.context = context or browser.new_context(viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(1000 * PATIENCE)
        self.context.add_init_script(CLOCK)
        self.page = self.context.new_page()
        self.probes = [probe, also] if also else [probe]
        self.page.goto(address, wait_until="commit")
        self.seconds = _wait(self.page, probe)
        self.away = False

    def move(self, there: str = "PageDown", back: str = "PageUp") -> list[float]:
        """Move the slider's later end by a key, and the next time back by the other."""
        self.page.get_by_role("slider").nth(1).focus()
        self.away = not self.away
        return _timed(self.page, self.probes, lambda: self.page.keyboard.press(there if self.away else back))

    def click(self, number: int) -> float:
        """Click the map's n-th place: seconds until its passages are there. Closes it again."""
        places: list[Any] = self.page.evaluate(PLACES)
        _, x, y = places[number % len(places)]
        self.page.mouse.move(x, y)
        (seconds,) = _timed(self.page, [PASSAGES_PROBE], lambda: self.page.mouse.click(x, y))
        self.page.get_by_role("button", name="✕ Close").click()
        settle(self.page)
        return seconds


def invented_layer(first: int, last: int, places: int, mentions: int, seed: int = 0) -> dict[str, Any]:
    """A place layer of invented towns, named as often as one another on days from the first to the last: the most to draw.

    The gazetteer's theatre has fewer places than playback is to be smooth with.
    """
    chance = random.Random(seed)
    made = []
    for number in range(places):
        drawn = Counter(
            chance.randint(first, last) for _ in range(mentions * (number + 1) // places - mentions * number // places)
        )
        days = [value for pair in sorted(drawn.items()) for value in pair]
        made.append(
            {
                "id": f"invented-{number}", "title": f"Invented {number}", "lon": chance.uniform(35.8, 42.2), "lat": chance.uniform(32.4, 37.2),
                "uncertainty": 1000, "certainty": "certain", "drawn": "dot", "starts": days, "ends": None, "undated": 0,
            }
        )  # fmt: skip
    return {"places": made}


PLAY = """([width, seconds]) => new Promise(done => {
  const ours = window.conflictmap, ui = ours.player.ui, times = [];
  ui.open.click();
  ui.width.value = width;
  ui.width.dispatchEvent(new Event("change"));
  let shown = 0;
  const step = now => {
    times.push(now);
    shown = Math.max(shown, ours.state.placeLayer.shown.length);
    if (ours.player.on && now - times[0] < 1000 * seconds) requestAnimationFrame(step);
    else done([times.slice(1).map((time, i) => (time - times[i]) / 1000), shown]);
  };
  requestAnimationFrame(step);
})"""


def frames(browser: Browser, address: str, width: str, seconds: float) -> Played:
    """Play windows of a width, at the normal pace, over 5,000 places with 100,000 mentions, for so many seconds or to the end."""

    def invented(route: Route) -> None:
        held = route.fetch().json()["places"]
        days = [day for place in held for day in place["starts"][::2]]
        route.fulfill(json=invented_layer(min(days), max(days), PLAYED_PLACES, PLAYED_MENTIONS))

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(1000 * PATIENCE)
    context.route("**/conflictmap/layer/*.json", invented)
    try:
        page = context.new_page()
        page.goto(address, wait_until="commit")
        _wait(page, MAP_PROBE)
        settle(page)
        frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
        times, shown = frame.evaluate(PLAY, [width, seconds])
    finally:
        context.close()
    return Played(len(times) / sum(times), statistics.quantiles(times, n=20)[-1], shown)


def markers_of(geoparser: Geoparser, folder: Path) -> list[tuple[str, float, float, str]]:
    """(day, latitude, longitude, title) of each placed mention of a folder: what a naive app puts on the map."""
    markers = []
    for article in read_articles(folder).articles:
        for attestation in geoparser.parse(article):
            place = geoparser.gazetteer.places.get(attestation.resolution.place or "")
            if place and place.footprint and attestation.published:
                day = attestation.published.best.isoformat()
                markers.append((day, place.footprint.latitude, place.footprint.longitude, place.title))
    return markers


def measure(
    folders: dict[int, Path], bundled: Path, gazetteer: Path, markers: Sequence[tuple[str, float, float, str]],
    scratch: Path, moves: int, visits: int, clicks: int,
) -> Measured:  # fmt: skip
    """Time the app on each folder, the empty page beside it, and the naive map. Raises NoBrowser if that cannot be."""
    (scratch / "empty_page.py").write_text(EMPTY_PAGE, encoding="utf-8")
    (scratch / "naive_app.py").write_text(NAIVE_APP, encoding="utf-8")
    (scratch / "naive_page.py").write_text(NAIVE_PAGE, encoding="utf-8")
    (scratch / "markers.json").write_text(json.dumps(markers), encoding="utf-8")
    told = Measured()
    with chromium() as browser:
        _measure(browser, told, folders, bundled, gazetteer, markers, scratch, moves, visits, clicks)
    return told


def _measure(
    browser: Browser, told: Measured, folders: dict[int, Path], bundled: Path, gazetteer: Path,
    markers: Sequence[tuple[str, float, float, str]], scratch: Path, moves: int, visits: int, clicks: int,
) -> None:  # fmt: skip
    with ExitStack() as stack:
        empty = Visit(browser, stack.enter_context(served(scratch / "empty_page.py", scratch, {})), EMPTY_PROBE)

        def slide(page: Visit, label: str) -> Visit:
            settle(page.page)
            found = told.sliders[label] = Slider()
            keys = ("Home", "End") if label == BUNDLED else ("PageDown", "PageUp")
            for visit in (empty, page) * 2:
                visit.move(*keys)
            for _ in range(moves):
                found.empty += empty.move(*keys)
                repainted, *line = page.move(*keys)
                found.moves.append(repainted)
                found.told += line
            return page

        for size, folder in [(0, bundled), *folders.items()]:
            label = ours(size) if size else BUNDLED
            environment = {"CONFLICTMAP_ARTICLES": str(folder), "CONFLICTMAP_GAZETTEER": str(gazetteer)}
            with served(ROOT / "app.py", scratch, environment) as address:
                Visit(browser, address, MAP_PROBE).context.close()
                for _ in range(visits):
                    visit = Visit(browser, address, MAP_PROBE)
                    told.first_maps.setdefault(label, []).append(visit.seconds)
                    visit.context.close()
                page = slide(Visit(browser, address, MAP_PROBE, LINE_PROBE), label)
                told.sliders[label].mentions = page.page.evaluate(MENTIONS)
                if size != 3:
                    told.clicks[label] = [page.click(number) for number in range(clicks)]
                if size:
                    with _plain(browser, page) as plain:
                        slide(plain, f"{PLAIN}, {label}")
                page.context.close()
                if not size:
                    told.played = {width: frames(browser, address, width, PLAYED_SECONDS) for width in PLAYED_WIDTHS}
        with served(scratch / "naive_app.py", scratch, {}) as address:
            slide(Visit(browser, address, NAIVE_PROBE), f"{NAIVE}, {len(markers):,} markers").context.close()
