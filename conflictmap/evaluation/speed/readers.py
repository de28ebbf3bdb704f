"""Many readers at once: browser sessions that all move their sliders, beside one that does so alone.

Each page notes its own times: from the key until the frame after the map was drawn for another period, and until the line under
the map tells another one. Nobody asks the pages meanwhile: asking twenty of them would take the processors that they wait for.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from conflictmap.evaluation.speed.browser import LINE_PROBE, MAP_PROBE, PATIENCE, ROOT, Visit, chromium, served, settle

PAUSE = 6.0
"""Seconds from one move of a reader's to the next, on average: to drag, to look at what has changed, to drag again."""
ALONE_MOVES, BURSTS = 12, 3
_AWAKE = ["--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows"]

Times = tuple[float, float]
"""Seconds from the key until the map is repainted, and until the line under it is renewed."""

_WATCH = """line => {
  const read = eval(line), moves = window.moves = [];
  const frame = [...document.querySelectorAll("iframe")].find(f => f.contentWindow && f.contentWindow.conflictmap);
  const state = frame.contentWindow.conflictmap.state, redraw = state.placeLayer.redraw;
  const period = () => state.command.first + " " + state.command.last;
  const note = (which, begun) => { if (begun && begun[which] === null) begun[which] = (performance.now() - begun.at) / 1000; };
  let shown = period(), told = read();
  document.addEventListener("keydown", () => moves.push({ at: performance.now(), map: null, line: null }), true);
  state.placeLayer.redraw = function () {
    redraw.apply(this, arguments);
    if (period() === shown) return;
    shown = period();
    const begun = moves.at(-1);
    requestAnimationFrame(() => note("map", begun));
  };
  new MutationObserver(() => {
    const now = read();
    if (now !== null && now !== told) { told = now; note("line", moves.at(-1)); }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


# Looking for a role, as tests do, goes through the whole page: dear, twenty times over.
_FOCUS = """() => document.querySelectorAll('[data-testid="stSlider"] input')[1].focus()"""


@dataclass(frozen=True)
class Readers:
    """The times of one session alone, of all at their own pace, and of all within the same moment; the server's memory in MB at
    the begin, half-way and at the end of the second."""

    sessions: int
    alone: list[Times]
    together: list[Times]
    burst: list[Times]
    memory: list[float]
    errors: list[str]


def many_readers(folder: Path, gazetteer: Path, scratch: Path, sessions: int, seconds: float, pause: float = PAUSE) -> Readers:
    """All sessions move the slider at their own pace for so many seconds, then a few times at once. Raises NoBrowser if that cannot be."""
    environment = {"CONFLICTMAP_ARTICLES": str(folder), "CONFLICTMAP_GAZETTEER": str(gazetteer)}
    with chromium(*_AWAKE) as browser, served(ROOT / "app.py", scratch, environment) as address:
        server = [child for child in psutil.Process().children(recursive=True) if str(ROOT / "app.py") in child.cmdline()][-1]
        errors: list[str] = []
        visits = []
        for _ in range(sessions):
            visit = Visit(browser, address, MAP_PROBE)
            visit.page.on("pageerror", lambda failure: errors.append(str(failure)))
            settle(visit.page)
            visit.page.evaluate(_WATCH, LINE_PROBE)
            visits.append(visit)
        for visit in visits:  # the first move of each page is slower than all others
            _move(visit)
            _answered(visit)
            _taken(visit)
        for _ in range(ALONE_MOVES):
            _move(visits[0])
            visits[0].page.wait_for_timeout(1000 * pause / 4)
        alone = _taken(visits[0])
        memory = [_memory(server)]
        for _ in range(2):
            _at_own_pace(visits, seconds / 2, pause)
            memory.append(_memory(server))
        together = [times for visit in visits for times in _taken(visit)]
        for _ in range(BURSTS):
            for visit in visits:
                _move(visit)
            for visit in visits:
                _answered(visit)
        burst = [times for visit in visits for times in _taken(visit)]
        errors += [text for visit in visits for text in visit.page.locator('[data-testid="stException"]').all_inner_texts()]
        return Readers(sessions, alone, together, burst, memory, errors)


def _move(visit: Visit) -> None:
    visit.page.evaluate(_FOCUS)
    visit.away = not visit.away
    visit.page.keyboard.press("PageDown" if visit.away else "PageUp")


def _at_own_pace(visits: Sequence[Visit], seconds: float, pause: float) -> None:
    chance = random.Random(len(visits))
    end = time.monotonic() + seconds
    due = [time.monotonic() + chance.uniform(0, 2 * pause) for _ in visits]
    while min(due) < end:
        number = due.index(min(due))
        visits[number].page.wait_for_timeout(max(0.0, 1000 * (due[number] - time.monotonic())))
        _move(visits[number])
        due[number] += chance.uniform(0.5 * pause, 1.5 * pause)
    for visit in visits:
        _answered(visit)


def _answered(visit: Visit) -> None:
    visit.page.wait_for_function(
        "() => !window.moves.length || window.moves.at(-1).line !== null", polling=200, timeout=1000 * PATIENCE
    )


def _taken(visit: Visit) -> list[Times]:
    """The times noted by a page since they were last taken. A move that the next one overtook has none."""
    moves = visit.page.evaluate("() => window.moves.splice(0)")
    return [(move["map"], move["line"]) for move in moves if move["map"] is not None and move["line"] is not None]


def _memory(process: psutil.Process) -> float:
    """Megabytes (2**20 bytes) that a process holds in memory."""
    return float(process.memory_info().rss) / 2**20
