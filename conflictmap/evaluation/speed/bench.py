"""Speed as ratios measured in one run: recognition against straightforward code, the page against an empty rerun.

Nothing here is a test: a slow machine is no failure. The texts are made for the run: blocks of the articles at hand,
shuffled among invented sentences at the same density of names, and folders of invented articles marked as such.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from conflictmap.articles import read_articles
from conflictmap.errors import UsageError
from conflictmap.evaluation.speed import browser as bench_browser
from conflictmap.evaluation.speed import index as bench_index
from conflictmap.evaluation.speed import readers as bench_readers
from conflictmap.evaluation.speed.recognition import (
    GAZETTEER_PLACES,
    GAZETTEER_S,
    RECOGNITION_MB_S,
    measure_gazetteer,
    measure_recognition,
    median_ratio,
)
from conflictmap.evaluation.speed.report import Budget, Table, budgets_table, machine, render
from conflictmap.evaluation.speed.synth import MENTIONS, invented_articles
from conflictmap.gazetteer import Gazetteer, read_gazetteer
from conflictmap.geoparser import Geoparser

SLIDER_TIMES = 1.25
FIRST_MAP_S = 2.5
FIRST_MAP_LARGE_S = 4.0
CLICK_MS = 400.0
FRAMES_S = 30.0
OPEN_S = 2.0
SCALED, WORKERS = 40_000, (1, 2, 4)
READERS, READERS_SECONDS, READERS_TIMES = 20, 60.0, 3.0
MEMORY_MB = 1024.0
"""The targets that apply so far; docs/performance.md says what the last run reached."""
SIZES = (3, 1_000)
INDEX_SIZES = (1_000, 100_000, 1_000_000)
"""About so many mentions: the small ones as a folder of articles, the large ones as an index."""
_FIRST_DAY, _LAST_DAY = date(2012, 7, 1), date(2014, 7, 1)
"""The days of the invented articles that the page is measured with."""


# --- texts made for the run -----------------------------------------------------------------------------------


def invented_archive(gazetteer: Gazetteer, mentions: int) -> Iterator[dict[str, str]]:
    """Archive records, marked as invented, over two years in equal steps; together they name places so many times."""
    articles = max(min(3, mentions), mentions // MENTIONS)
    return invented_articles(gazetteer, articles, mentions=mentions, first=_FIRST_DAY, last=_LAST_DAY)


# --- the page -------------------------------------------------------------------------------------------------


def measure_index(
    gazetteer: Path, scratch: Path, quick: bool, built: Path | None
) -> tuple[list[Table], list[Budget], dict[int, Path]]:
    """The tables of building, opening and asking an index, its budgets, and the indexes by about how many mentions they hold.

    `built` is an index of invented articles that is there already: it is measured in place of the largest.
    """
    folders: dict[int, Path] = {}
    building = []
    sizes = INDEX_SIZES[:1] if quick else INDEX_SIZES[:-1] if built else INDEX_SIZES
    for size in sizes:
        folder = scratch / f"index-{size}"
        folder.mkdir()
        told = bench_index.build(gazetteer, size, folder)
        folders[size] = folder / "index"
        building.append(
            (
                f"{told['mentions']:,.0f}", f"{told['articles']:,.0f}", f"{told['built_s']:.1f}",
                f"{told['articles'] / told['built_s']:.0f}", f"{told['text_mb'] / told['built_s']:.2f}", f"{told['unchanged_s']:.1f}",
            )
        )  # fmt: skip
    if built and not quick:
        folders[INDEX_SIZES[-1]] = built
    scaled_mentions = SCALED // 40 if quick else SCALED
    scaled = bench_index.scale(gazetteer, scaled_mentions, scratch, WORKERS[:2] if quick else WORKERS)
    alone = scaled[0][1]
    scaling = [
        (str(number), f"{seconds:.1f}", f"{alone / seconds:.2f} ×", "yes" if same else "no") for number, seconds, same in scaled
    ]
    asked = {size: bench_index.ask(folder, gazetteer) for size, folder in folders.items()}
    head = tuple(f"{told['mentions']:,} mentions, ms" for told in asked.values())
    rows = [
        (question, *(f"{told['questions'][question]:.0f}" for told in asked.values()))
        for question in next(iter(asked.values()))["questions"]
    ]
    opening = [
        (f"{told['mentions']:,}", f"{told['articles']:,}", f"{1000 * told['opened']:.0f}", f"{told['rss_mb']:.0f}")
        for told in asked.values()
    ]
    largest = asked[max(asked)]
    tables = [
        Table(
            "Index built", ("mentions", "articles", "s", "articles a second", "MB of text a second", "again, unchanged, s"), tuple(building),
            (f"On {os.cpu_count()} cores, by Dask; with the shards joined and the full text indexed.",),
        ),
        Table(
            "Index built by one, two and four workers", ("workers", "s", "as fast as one", "the same rows"), tuple(scaling),
            (f"The same archive of about {scaled_mentions:,} mentions; one worker is this process, more are Dask's, on {os.cpu_count()} cores.",),
        ),
        Table(
            "Index opened", ("mentions", "articles", "opened, ms", "most memory after all questions, MB"), tuple(opening),
            ("In a process of its own. Memory counts what of the mapped files was looked at.",),
        ),
        Table("Questions", ("what", *head), tuple(rows), ("Medians of five, each over another period: what was asked before is no help.",)),
    ]  # fmt: skip
    return tables, [
        Budget(f"index of {largest['mentions']:,} mentions opened", OPEN_S, largest["opened"], "s"),
        Budget(f"memory with {largest['mentions']:,} mentions", MEMORY_MB, largest["rss_mb"], "MB"),
    ], folders  # fmt: skip


def measure_browser(
    geoparser: Geoparser, gazetteer: Path, articles: Path, quick: bool, indexes: Mapping[int, Path]
) -> tuple[list[Table], list[Budget]]:
    """The tables of the page and the budgets that they bear on. Raises UsageError if there is no browser."""
    moves, visits, clicks = (5, 2, 3) if quick else (16, 5, 12)
    with tempfile.TemporaryDirectory(prefix="conflictmap-bench-") as scratch:
        folders = {}
        for size in SIZES:
            folder = folders[size] = Path(scratch) / str(size)
            folder.mkdir()
            with (folder / "invented.jsonl").open("w", encoding="utf-8") as archive:
                records = invented_archive(geoparser.gazetteer, size)
                archive.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        markers = bench_browser.markers_of(geoparser, folders[1_000])
        folders |= {size: folder for size, folder in indexes.items() if size not in folders}
        measured = bench_browser.measure(folders, articles, gazetteer, markers, Path(scratch), moves, visits, clicks)
    slider = [
        (
            size,
            f"{found.mentions:,}" if found.mentions else "–",
            *(f"{1000 * statistics.median(times):.0f}" if times else "–" for times in (found.empty, found.moves, found.told)),
            f"{median_ratio(found.moves, found.empty):.2f} ×",
        )
        for size, found in measured.sliders.items()
    ]
    page = [
        (label, *(f"{1000 * statistics.median(times):.0f}" if times else "–" for times in (first, measured.clicks.get(label))))
        for label, first in measured.first_maps.items()
    ]
    played = [
        (width, f"{found.shown:,}", f"{found.rate:.0f}", f"{1000 * found.slow_frame:.0f}")
        for width, found in measured.played.items()
    ]
    largest = max(folders)
    label = bench_browser.ours(largest)
    found = measured.sliders[label]
    tables = [
        Table(
            "Slider released -> places repainted",
            ("page", "mentions", "empty rerun, ms", "repainted, ms", "line under the map, ms", "repainted: times an empty rerun"),
            tuple(slider),
            (
                f"{moves} moves by keyboard each, every one beside a move of an empty page (one slider, one line of text) in the same browser. "
                "Times run from the key until the frame in which the counts on the map, or the line of counts under it, differ. Our map follows the "
                "slider in the browser, before the server's answer; the line, the lists and the passages come with the answer.",
                "The plain Leaflet page has no server at all: a circle a place, its days passed over at every move. Its slider moves by a tenth. "
                "A move is by ten days at the later end and back (bundled articles: to the first day and back).",
            ),
        ),
        Table(
            "First map and click",
            ("articles", "first map, ms", "click -> passages, ms"),
            tuple(page),
            (f"Medians of {visits} fresh browser contexts on a warm server, and of {clicks} clicks on different places.",),
        ),
        Table(
            "Playback",
            ("window", "places shown at most", "frames a second", "95 of 100 frames within, ms"),
            tuple(played),
            (
                f"{bench_browser.PLAYED_PLACES:,} invented places with {bench_browser.PLAYED_MENTIONS:,} mentions in place of the bundled layer, at the "
                f"normal pace for {bench_browser.PLAYED_SECONDS:g} seconds; 60 is the most that a browser gives. The browser draws without a graphics card.",
            ),
        ),
    ]
    slowest = min((found.rate for found in measured.played.values()), default=None)
    click = statistics.median(1000 * t for t in measured.clicks[label])
    first, first_largest = (statistics.median(measured.first_maps[one]) for one in (bench_browser.BUNDLED, label))
    return tables, [
        Budget(
            f"slider released -> repainted, {largest:,} mentions", SLIDER_TIMES, median_ratio(found.moves, found.empty), "× an empty rerun"
        ),
        Budget("first map, bundled articles", FIRST_MAP_S, first, "s"),
        Budget(f"first map, {largest:,} mentions", FIRST_MAP_LARGE_S, first_largest, "s"),
        Budget(f"click -> passages, {largest:,} mentions", CLICK_MS, click, "ms"),
        Budget(f"playback of {bench_browser.PLAYED_PLACES:,} places", FRAMES_S, slowest, "frames/s", at_most=False),
    ]  # fmt: skip


def measure_readers(folder: Path, gazetteer: Path, scratch: Path) -> tuple[Table, list[Budget]]:
    """Many sessions that move their sliders, beside one that does so alone. Raises NoBrowser if that cannot be."""
    found = bench_readers.many_readers(folder, gazetteer, scratch, READERS, READERS_SECONDS)

    def median(times: Sequence[tuple[float, float]], which: int) -> float:
        return 1000 * statistics.median(time[which] for time in times)

    rows = [
        (
            what,
            f"{median(found.alone, which):.0f}",
            *(
                f"{median(times, which):.0f} = {median(times, which) / median(found.alone, which):.1f} ×"
                for times in (found.together, found.burst)
            ),
        )
        for which, what in enumerate(("the map repainted, ms", "the line under it told, ms"))
    ]
    memory = ", ".join(f"{megabytes:.0f}" for megabytes in found.memory)
    notes = (
        f"{found.sessions} sessions, each with a page of its own, in one browser on the same {os.cpu_count()} cores as the server. At their own pace: for "
        f"{READERS_SECONDS:g} seconds each moves its slider by a key every {bench_readers.PAUSE / 2:g} to {1.5 * bench_readers.PAUSE:g} seconds, "
        f"{len(found.together):,} moves in all; in the same moment: {bench_readers.BURSTS} times all of them one after another as fast as keys are pressed, and "
        f"then they wait for one another. {len(found.errors)} errors. The server’s memory at the begin, half-way and at the end of the first: {memory} MB.",
    )
    columns = ("median", "one alone", f"{found.sessions} at their own pace", f"{found.sessions} in the same moment")
    return Table("Many readers at once", columns, tuple(rows), notes), [
        Budget(
            f"repaint with {found.sessions} readers at their own pace",
            READERS_TIMES,
            median(found.together, 0) / median(found.alone, 0),
            "× one alone",
        ),
        Budget(f"errors with {found.sessions} readers", 0, float(len(found.errors)), "errors"),
    ]


def run_bench(
    gazetteer: Path,
    articles: Path,
    quick: bool = False,
    only: str | None = None,
    out: Path | None = None,
    index: Path | None = None,
) -> int:
    """Measure and print. The exit status is 0 whatever the times are; ConflictMapError if it could not run.

    `index` is an index of about a million invented mentions that is there already (`synth`, `index`): so it is not built again.
    """
    described = machine()
    geoparser = Geoparser(read_gazetteer(gazetteer))
    seeds = [replace(article, published=None) for article in read_articles(articles).articles]
    if not seeds:
        raise UsageError(f"{articles}: no article to take text from")
    tables: list[Table] = []
    rate: float | None = None
    pages: list[Budget] = []
    loading = Budget(f"gazetteer of {GAZETTEER_PLACES:,} places loaded", GAZETTEER_S, None, "s")
    if only in (None, "recognition"):
        table, rate = measure_recognition(geoparser, seeds, 400_000 if quick else 3_000_000, 3 if quick else 7)
        tables.append(table)
        table, loading = measure_gazetteer(gazetteer, rounds=3 if quick else 7)
        tables.append(table)
    with tempfile.TemporaryDirectory(prefix="conflictmap-bench-") as scratch:
        indexes: dict[int, Path] = {}
        if only in (None, "index", "browser"):
            measured, stored, indexes = measure_index(gazetteer, Path(scratch), quick, index)
            tables += measured
            pages += stored
        if only in (None, "browser"):
            try:
                measured, shown = measure_browser(geoparser, gazetteer, articles, quick, indexes)
                tables += measured
                pages += shown
            except bench_browser.NoBrowser as missing:
                tables.append(Table("The page", ("not measured",), ((str(missing),),)))
        if only == "readers" or (only is None and not quick):
            try:
                table, shared = measure_readers(indexes[max(indexes)] if indexes else index or articles, gazetteer, Path(scratch))
                tables.append(table)
                pages += shared
            except bench_browser.NoBrowser as missing:
                tables.append(Table("Many readers at once", ("not measured",), ((str(missing),),)))
    budgets = [Budget("recognition + resolution, one process", RECOGNITION_MB_S, rate, "MB/s", at_most=False), loading, *pages]
    tables.append(budgets_table(budgets))
    print(render(tables, described), end="")
    if out:
        out.write_text(render(tables, described, markdown=True), encoding="utf-8")
    return 0
