"""How long building, opening and querying an index take, and how much memory; on invented articles over the real gazetteer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from conflictmap.errors import ConflictMapError
from conflictmap.evaluation.speed.synth import MENTIONS, write_archive
from conflictmap.gazetteer import read_gazetteer
from conflictmap.index import build_index, open_index

OPENED_ROUNDS = 3
# Each question over another period each time, so that what a corpus keeps of one is no help.
_ASK = """
import json, re, statistics, sys, time
from dataclasses import replace
from datetime import date
from pathlib import Path
from conflictmap.questions import Questions, View, group
from conflictmap.index import open_index

index, gazetteer = map(Path, sys.argv[1:])
begin = time.perf_counter()
corpus = open_index(index, gazetteer)
opened = time.perf_counter() - begin
asked = Questions(corpus)
month = View(start=date(2013, 8, 1), end=date(2013, 8, 31))


def begin_on(day):
    global month
    month = View(start=date(2013, 8, day), end=date(2013, 8, 31))
most = asked.counts(View())[0].place.id
questions = {
    "counts of all places": lambda: asked.counts(month),
    "the line under the map": lambda: asked.account(month),
    "histogram": lambda: asked.histogram(view=month),
    "histogram of what happened": lambda: asked.histogram(view=replace(month, clock="happened")),
    "the map's layer (once for each filter)": lambda: asked.layer(view=View()),
    "passages of the place named most": lambda: asked.passages(replace(month, place=most)),
    "… 200 of them, and what they rest on": lambda: group(asked.passages(View(place=most), limit=200)[1]),
    "sources in the period": lambda: asked.sources(month),
    "lanes of the timeline (once for each filter)": lambda: (asked.corpus.answers.pop(("lanes", View().filter), None), asked.lanes(View(), 60)),
    "articles with three words": lambda: asked.find_articles("rebels shelled hospital"),
}
told = {}
for name, ask in questions.items():
    times = []
    for day in range(1, 7):  # another period each time: what a corpus keeps of one helps no other
        begin_on(day)
        begin = time.perf_counter()
        ask()
        if day > 1:
            times.append(1000 * (time.perf_counter() - begin))
    told[name] = statistics.median(times)
status = Path("/proc/self/status")
if status.exists():  # Linux, where getrusage starts from the parent's peak
    peak = 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1])
elif sys.platform == "win32":
    import psutil
    peak = psutil.Process().memory_info().peak_wset
else:  # macOS, in bytes
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"opened": opened, "rss_mb": peak / 2**20,
                  "mentions": corpus.table.num_rows, "articles": len(corpus.articles), "questions": told}))
"""


def build(gazetteer: Path, mentions: int, folder: Path, workers: int | None = None) -> Mapping[str, float]:
    """Write an invented archive with about so many mentions and index it: seconds and sizes. The index is folder / "index"."""
    places = read_gazetteer(gazetteer)
    archive = folder / "invented.jsonl"
    write_archive(archive, max(1, mentions // MENTIONS), places)
    begin = time.perf_counter()
    manifest, _ = build_index([archive], gazetteer, folder / "index", workers=workers or os.cpu_count() or 1)
    built = time.perf_counter() - begin
    begin = time.perf_counter()
    build_index([archive], gazetteer, folder / "index")
    return {
        "mentions": manifest.mentions,
        "articles": manifest.articles,
        "built_s": built,
        "unchanged_s": time.perf_counter() - begin,
        "text_mb": archive.stat().st_size / 1e6,
    }


def scale(gazetteer: Path, mentions: int, folder: Path, workers: Sequence[int]) -> list[tuple[int, float, bool]]:
    """The same invented archive indexed by so many workers: (workers, seconds, whether the rows are those of the first)."""
    archive = folder / "invented.jsonl"
    articles = write_archive(archive, max(1, mentions // MENTIONS), read_gazetteer(gazetteer))
    told: list[tuple[int, float, bool]] = []
    first: list[Mapping[str, Any]] = []
    for number in workers:
        out = folder / f"by-{number}"
        begin = time.perf_counter()
        build_index([archive], gazetteer, out, workers=number)
        seconds = time.perf_counter() - begin
        corpus = open_index(out, gazetteer)
        assert len(corpus.articles) == articles
        rows = sorted(corpus.table.to_pylist(), key=itemgetter("article", "start", "end", "basis"))
        first = first or rows
        told.append((number, seconds, rows == first))
    return told


def ask(index: Path, gazetteer: Path) -> Mapping[str, Any]:
    """Open an index in a process of its own and ask it: seconds to open, the most memory in MB, milliseconds a question."""
    found = [
        subprocess.run(
            [sys.executable, "-c", _ASK, str(index), str(gazetteer)], capture_output=True, text=True, check=False,
            cwd=Path(__file__).parents[3],
        )
        for _ in range(OPENED_ROUNDS)
    ]  # fmt: skip
    for run in found:
        if run.returncode:
            raise ConflictMapError(f"{index}: cannot be asked: {run.stderr.strip().splitlines()[-1:]}")
    told: list[dict[str, Any]] = [json.loads(run.stdout) for run in found]
    return min(told, key=lambda one: float(one["opened"]))
