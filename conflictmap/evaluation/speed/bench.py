"""Speed as ratios measured in one run: recognition against straightforward code, the page against an empty rerun.

Nothing here is a test: a slow machine is no failure. The texts are made for the run: blocks of the articles at hand,
shuffled among invented sentences at the same density of names, and folders of invented articles marked as such.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from conflictmap.articles import read_articles
from conflictmap.errors import UsageError
from conflictmap.evaluation.speed import browser as bench_browser
from conflictmap.evaluation.speed import index as bench_index
from conflictmap.evaluation.speed import readers as bench_readers
from conflictmap.evaluation.speed.synth import MENTIONS, MOST_NAMED, Inventor, invented_articles
from conflictmap.gazetteer import THEATRE_FILE, Gazetteer, read_gazetteer
from conflictmap.geoparser import Geoparser, compile_names
from conflictmap.model import Article
from conflictmap.text import fold_with_offsets, passages

RECOGNITION_MB_S = 10.0
SLIDER_TIMES = 1.25
FIRST_MAP_S = 2.5
FIRST_MAP_LARGE_S = 4.0
CLICK_MS = 400.0
FRAMES_S = 30.0
GAZETTEER_S = 0.3
GAZETTEER_PLACES = 12_000
OPEN_S = 2.0
SCALED, WORKERS = 40_000, (1, 2, 4)
READERS, READERS_SECONDS, READERS_TIMES = 20, 60.0, 3.0
MEMORY_MB = 1024.0
"""The targets that apply so far; docs/performance.md says what the last run reached."""

NOT_INSTALLED = "not installed"
LIBRARIES = (
    "streamlit",
    "streamlit-folium",
    "folium",
    "duckdb",
    "pyarrow",
    "ahocorasick-rs",
    "msgspec",
    "flashtext2",
    "playwright",
)
SIZES = (3, 1_000)
INDEX_SIZES = (1_000, 100_000, 1_000_000)
"""About so many mentions: the small ones as a folder of articles, the large ones as an index."""
_FIRST_DAY, _LAST_DAY = date(2012, 7, 1), date(2014, 7, 1)
"""The days of the invented articles that the page is measured with."""


@dataclass(frozen=True)
class Table:
    """A table of the report: cells are text already."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Budget:
    """A target of the design, what the run measured (None: not measured), and whether lower is better."""

    what: str
    target: float
    measured: float | None
    unit: str
    at_most: bool = True

    @property
    def met(self) -> str:
        if self.measured is None:
            return "not measured"
        return "yes" if (self.measured <= self.target if self.at_most else self.measured >= self.target) else "no"


# --- texts made for the run -----------------------------------------------------------------------------------


def invented_archive(gazetteer: Gazetteer, mentions: int) -> Iterator[dict[str, str]]:
    """Archive records, marked as invented, over two years in equal steps; together they name places so many times."""
    articles = max(min(3, mentions), mentions // MENTIONS)
    return invented_articles(gazetteer, articles, mentions=mentions, first=_FIRST_DAY, last=_LAST_DAY)


def news_text(geoparser: Geoparser, seeds: Sequence[Article], size: int, seed: int = 0) -> list[Article]:
    """Articles of about 4 kB, `size` bytes in all, with as many names a kilobyte as the seeds have.

    Half of the blocks are the seeds', the others invented sentences: one that names places is taken whenever the names so
    far are fewer than the seeds' density asks for.
    """
    chance = random.Random(seed)
    inventor = Inventor(geoparser.gazetteer, seed)
    blocks = [article.text[p.start : p.end] for article in seeds for p in passages(article)]
    counts = {block: len(geoparser.parse(Article("block", "", None, block))) for block in set(blocks)}
    density = sum(counts[block] for block in blocks) / sum(len(block) for block in blocks)
    made: list[Article] = []
    total = written = found = 0
    while total < size:
        parts: list[str] = []
        while sum(map(len, parts)) < 4000:
            if chance.random() < 0.5:
                parts.append(chance.choice(blocks))
                found += counts[parts[-1]]
            else:
                sentences = []
                for _ in range(3):
                    sentence, named = inventor.sentence(_FIRST_DAY, MOST_NAMED if found < density * written else 0)
                    found += named
                    sentences.append(sentence)
                    written += len(sentences[-1])
                parts.append(" ".join(sentences))
            written += len(parts[-1]) if parts[-1] in counts else 0
        text = "\n\n".join(parts)
        made.append(Article(f"invented-{len(made) + 1}", f"Invented article {len(made) + 1}", "Invented", text))
        total += len(text.encode())
    return made


# --- recognition ----------------------------------------------------------------------------------------------


def matchable_names(gazetteer: Gazetteer) -> list[str]:
    """Every matchable name as it is written, the longest first."""
    found = {t.text for place in gazetteer.places.values() for t in place.toponyms if t.matchable and len(t.text) > 1}
    return sorted(found, key=lambda name: (-len(name), name))


def alternation(names: Sequence[str]) -> re.Pattern[str]:
    """One pattern of all names, as the documentation of `re` would have it."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def contenders(geoparser: Geoparser) -> dict[str, Callable[[Article], int] | None]:
    """What is compared: a function from an article to the number of names found in it; None if it is not installed."""
    names = matchable_names(geoparser.gazetteer)
    pattern, automaton = alternation(names), geoparser.names.automaton
    folded: dict[str, str] = {}

    def ceiling(article: Article) -> int:
        if article.id not in folded:  # in the untimed first round
            folded[article.id] = fold_with_offsets(f" {article.text} ").text
        return len(automaton.find_matches_as_indexes(folded[article.id]))

    made: dict[str, Callable[[Article], int] | None] = {
        "recognise + resolve (ours)": lambda article: sum(len(named) for _, named in geoparser.toponyms(article)),
        "… with who says it, and relative places": lambda article: len(geoparser.parse(article)),
        r"re: \b(?:name1|name2|…)\b": lambda article: sum(1 for _ in pattern.finditer(article.text)),
        "flashtext2 KeywordProcessor": None,
        "ahocorasick_rs automaton alone": ceiling,
    }
    try:
        processor = importlib.import_module("flashtext2").KeywordProcessor(case_sensitive=False)
    except ImportError:
        return made
    processor.add_keywords_from_iter(names)
    made["flashtext2 KeywordProcessor"] = lambda article: len(processor.extract_keywords_with_span(article.text))
    return made


def median_ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    """The median of ours / other, pair by pair: what disturbs the machine disturbs both of a pair."""
    return statistics.median(one / other for one, other in zip(ours, others, strict=True))


def measure_recognition(geoparser: Geoparser, seeds: Sequence[Article], size: int, rounds: int) -> tuple[Table, float]:
    """The table of recognition, and our megabytes (10^6 bytes of UTF-8) a second."""
    articles = news_text(geoparser, seeds, size)
    few = articles[: max(1, len(articles) // 8)]  # the alternation is slow: it gets an eighth
    rates: dict[str, list[float]] = {}
    found: dict[str, float] = {}
    runners = contenders(geoparser)
    for number in range(rounds + 1):  # the first one warms up and counts
        for label, run in runners.items():
            if not run:
                continue
            part = few if label.startswith("re:") else articles
            size = sum(len(article.text.encode()) for article in part)
            begun = time.process_time()
            names = sum(map(run, part))
            taken = time.process_time() - begun
            if number:
                rates.setdefault(label, []).append(size / 1e6 / taken)
            found[label] = names / size * 1024
    ours = rates["recognise + resolve (ours)"]
    rows = [
        (label, f"{statistics.median(rates[label]):.2f}", f"{median_ratio(ours, rates[label]):.2f} ×", f"{found[label]:.1f}")
        if label in rates
        else (label, NOT_INSTALLED, "–", "–")
        for label in runners
    ]
    own = [len(geoparser.parse(a)) for a in seeds], [len(a.text.encode()) for a in seeds]
    return Table(
        "Recognition",
        ("what", "MB/s, median", "ours is", "names found a KB"),
        tuple(rows),
        (
            f"{sum(len(a.text.encode()) for a in articles) / 1e6:.2f} MB in {len(articles)} articles, {rounds} rounds in turn, processor time of one process; "
            f"the seed articles have {sum(own[0]) / sum(own[1]) * 1024:.1f} names a KB. The same {len(matchable_names(geoparser.gazetteer))} names for all.",
            "Only ours knows spellings that fold alike, leaves out persons and organisations, and says which place is meant and why. "
            "The automaton alone reads text folded beforehand: it is the ceiling.",
        ),
    ), statistics.median(ours)


# --- the gazetteer --------------------------------------------------------------------------------------------


def enlarged(source: Path, target: Path, places: int) -> None:
    """Write a gazetteer of so many places: copies of the source's, each with ids, names and citations of its own.

    Raises UsageError if the source has no places.
    """
    files = {path.name: json.loads(path.read_text(encoding="utf-8-sig"))["features"] for path in sorted(source.glob("*.geojson"))}
    whole = [(name, json.dumps(feature)) for name, features in files.items() for feature in features]
    if not whole:
        raise UsageError(f"{source}: no places to copy")
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in files}
    for position in range(places):
        copy, (name, written) = position // len(whole), whole[position % len(whole)]
        made[name].append(_renamed(json.loads(written), copy) if copy else json.loads(written))
    for name, features in made.items():
        text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
        (target / name).write_text(text, encoding="utf-8")
    (target / THEATRE_FILE).write_bytes((source / THEATRE_FILE).read_bytes())


def _renamed(feature: dict[str, Any], copy: int) -> dict[str, Any]:
    own = feature["properties"]
    feature["@id"] += f"-{copy}"
    own["id"] += f"-{copy}"
    own["aliases"] = [f"{alias}-{copy}" for alias in own.get("aliases", ())]
    for relation in feature.get("relations", ()):
        relation["relationTo"] += f"-{copy}"
    for name in feature["names"]:
        name["toponym"] += f" {copy}"
    for cited in (*feature["names"], feature["geometry"] or {}):
        for citation in cited.get("citations", ()):
            citation["label"] += f" {copy}"
    return feature


def measure_gazetteer(folder: Path, places: int = GAZETTEER_PLACES, rounds: int = 5) -> tuple[Table, Budget]:
    """The table of reading the gazetteer as it is and enlarged, and the budget of the enlarged one."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="conflictmap-bench-") as scratch:
        enlarged(folder, Path(scratch), places)
        for label, path in (("as it is", folder), ("enlarged", Path(scratch))):
            read: list[float] = []
            compiled: list[float] = []
            gazetteer: Gazetteer | None
            for _ in range(rounds):
                gazetteer = None  # the one before is given up first, untimed
                begun = time.perf_counter()
                gazetteer = read_gazetteer(path)
                read.append(time.perf_counter() - begun)
                begun = time.perf_counter()
                compile_names(gazetteer)
                compiled.append(time.perf_counter() - begun)
                held = [len(place.toponyms) for place in gazetteer.places.values()]
            counts = (f"{len(held):,}", f"{sum(held):,}")
            rows.append(
                (label, *counts, *(f"{1000 * t:.0f}" for t in (read[0], statistics.median(read), statistics.median(compiled))))
            )
    return Table(
        "Gazetteer",
        ("what", "places", "names", "read first, ms", "read, ms", "names compiled, ms"),
        tuple(rows),
        (f"Medians of {rounds} rounds in one process. Enlarged: by copies whose ids, names and citations differ.",),
    ), Budget(f"gazetteer of {places:,} places loaded", GAZETTEER_S, statistics.median(read), "s")


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


# --- the report -----------------------------------------------------------------------------------------------


def machine() -> list[str]:
    """What the figures were measured on."""

    def version(name: str) -> str:
        try:
            return f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            return f"{name} {NOT_INSTALLED}"

    load = f", load before the run {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return [
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}{load}; Python {platform.python_version()}",
        ", ".join(version(name) for name in LIBRARIES),
    ]


def budgets_table(budgets: Sequence[Budget]) -> Table:
    """Target, measured, met."""
    return Table(
        "Budgets",
        ("what", "target", "measured", "met"),
        tuple(
            (
                b.what,
                f"at {'most' if b.at_most else 'least'} {b.target:g} {b.unit}",
                f"{b.measured:.3g} {b.unit}" if b.measured is not None else "–",
                b.met,
            )
            for b in budgets
        ),
    )


def render(tables: Sequence[Table], machine_lines: Sequence[str], markdown: bool = False) -> str:
    """The report, as text in columns or as Markdown."""
    if markdown:
        lines = [
            "# Performance",
            "",
            "Written by `python -m conflictmap bench --out docs/performance.md`: medians and ratios of one run.",
            "",
        ]
        lines += [f"* {line}" for line in machine_lines]
        for table in tables:
            rows = [[cell.replace("|", r"\|") for cell in row] for row in (table.head, ("---",) * len(table.head), *table.rows)]
            lines += ["", f"## {table.title}", "", *(f"| {' | '.join(row)} |" for row in rows)]
            lines += [line for note in table.notes for line in ("", note)]
        return "\n".join(lines) + "\n"
    lines = list(machine_lines)
    for table in tables:
        widths = [max(map(len, column)) for column in zip(table.head, *table.rows, strict=True)]
        lines += ["", table.title]
        for row in (table.head, tuple("-" * width for width in widths), *table.rows):
            lines.append("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        lines += [f"  {note}" for note in table.notes]
    return "\n".join(lines) + "\n"


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
