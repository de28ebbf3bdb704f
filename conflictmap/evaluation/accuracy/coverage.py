"""Figures of the open data: what the gazetteer holds, what the articles hold, with which versions, and how accurate it is.

The figures of coverage are counted anew from what is open. Those of accuracy need the tests' gold texts, so they are kept in
docs/accuracy.json: `python -m conflictmap.evaluation.accuracy.coverage` writes it, and a test fails if it no longer tells the truth. With `--record`
it also raises the floors of tests/data/gold/recorded.json, below which a test fails; it never lowers one.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from conflictmap import __version__
from conflictmap.bundle import home
from conflictmap.errors import ConflictMapError, DataError, error
from conflictmap.evaluation.accuracy.scores import Score, evaluate, read_gold
from conflictmap.evaluation.accuracy.timegold import TimeGold, TimeScore, evaluate_times
from conflictmap.files import write_atomically
from conflictmap.gazetteer import Gazetteer, read_gazetteer
from conflictmap.geoparser import Geoparser
from conflictmap.index import Corpus
from conflictmap.model import Place
from conflictmap.text import is_arabic

ROOT = home()
ACCURACY_FILE = ROOT / "docs" / "accuracy.json"
GOLD = ROOT / "tests" / "data" / "gold"
RECORDED_FILE = GOLD / "recorded.json"
GOLD_FILES = tuple(
    GOLD / name
    for name in (
        "articles.jsonl",
        "sentences.jsonl",
        "seed-like.jsonl",
        "phenomena.jsonl",
        "elsewhere.jsonl",
        "mistakes.jsonl",
        "heldout.jsonl",
        "times.jsonl",
        "times-heldout.jsonl",
    )
    if (GOLD / name).is_file()
)
"""In the order in which the page shows them; a test holds that none is forgotten."""
RECORDED = (
    "precision", "recall", "f1", "right place", "right role", "attributed", "attributions are right", "derived",
    "suggested", "suggestions are right",
    "times found", "times are marked", "intervals right", "intervals right by half", "kind and precision right", "links right",
)  # fmt: skip
"""The figures of Score.figures and TimeScore.figures that must not fall."""
LIBRARIES = (
    "ahocorasick-rs", "altair", "dask", "distributed", "duckdb", "fastjsonschema", "filelock", "folium", "fsspec", "geopy", "hijridate", "msgspec", "platformdirs", "psutil", "pyarrow", "PyYAML", "rensa", "streamlit", "streamlit-folium",
    "xstatic-jquery", "xstatic-leaflet", "zstandard",
)  # fmt: skip
"""What requirements.txt names: a test holds the two together."""
ROUNDING = 0.0005
"""By how much less than its floor a figure still counts as reached."""
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Counts of places. `extents` have a line or area for a footprint; `two_sources` two families with a point each."""

    total: int
    by_class: Mapping[str, int]
    by_certainty: Mapping[str, int]
    arabic: int
    two_sources: int
    geonames: int
    wikidata: int
    extents: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Month:
    """Articles whose likeliest day of publication lies in a month, and the mentions in them. `first` is the month's first day."""

    first: date
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class CorpusFigures:
    """Counts of articles and mentions. `months` holds every dated article once, in order of time; empty months are left out."""

    articles: int
    by_kind: Mapping[str, int]
    by_publisher: Mapping[str | None, int]
    dated: int
    undated: int
    undated_mentions: int
    months: tuple[Month, ...]
    mentions: int
    by_status: Mapping[str, int]
    by_reason: Mapping[str, int]
    by_role: Mapping[str, int]


def place_figures(gazetteer: Gazetteer, only: Iterable[str] | None = None) -> PlaceFigures:
    """What the gazetteer holds, or what it says of some of its places (ids)."""
    places = [gazetteer.places[i] for i in (gazetteer.places if only is None else only)]
    footprints = [place.footprint for place in places if place.footprint]
    return PlaceFigures(
        total=len(places),
        by_class=_ranked(Counter(place.fclass for place in places)),
        by_certainty=_ranked(Counter(footprint.certainty for footprint in footprints)),
        arabic=sum(any(is_arabic(toponym.text) for toponym in place.toponyms) for place in places),
        two_sources=sum(map(_has_two_sources, places)),
        geonames=_linked(places, "gn:"),
        wikidata=_linked(places, "wd:"),
        extents=sum(footprint.geometry["type"] != "Point" for footprint in footprints),
        unplaced=len(places) - len(footprints),
    )


def corpus_figures(corpus: Corpus) -> CorpusFigures:
    """What the articles hold, and what was found in them."""
    articles = corpus.articles.values()
    mentions = _column(corpus, "article")
    months: dict[date, list[int]] = {}
    for article in articles:
        if article.published:
            month = months.setdefault(article.published.best.replace(day=1), [0, 0])
            month[0] += 1
            month[1] += mentions.get(article.id, 0)
    dated = sum(number for number, _ in months.values())
    return CorpusFigures(
        articles=len(articles),
        by_kind=_ranked(Counter(article.kind for article in articles)),
        by_publisher=_ranked(Counter(article.publisher for article in articles)),
        dated=dated,
        undated=len(articles) - dated,
        undated_mentions=sum(mentions.get(article.id, 0) for article in articles if article.published is None),
        months=tuple(Month(first, *counts) for first, counts in sorted(months.items())),
        mentions=corpus.table.num_rows,
        by_status=_column(corpus, "status"),
        by_reason=_column(corpus, "reason"),
        by_role=_column(corpus, "role"),
    )


def versions(corpus: Corpus) -> dict[str, str]:
    """Versions of the data, the program, and of what it runs on; a library that is not installed as a package is left out."""
    found = {
        "corpus": corpus.version,
        "gazetteer": corpus.gazetteer.version,
        "program": __version__,
        "Python": platform.python_version(),
    }
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found


def accuracy(gazetteer: Gazetteer, files: Iterable[Path], today: date) -> dict[str, Any]:
    """The figures of `evaluate` for each gold file, as docs/accuracy.json holds them. Raises DataError."""
    geoparser = Geoparser(gazetteer)
    measured = []
    for path in files:
        gold = read_gold(path)
        if gold.problems:  # `evaluate` measures what is left; a figure that is kept is of the whole or not at all
            raise DataError(gold.problems[0])
        score: Score | TimeScore
        if isinstance(gold, TimeGold):
            score = evaluate_times(gold.texts)
            counted = {"times": score.times, "links": score.links, "dated noise": score.noise}
            distance = {}
        else:
            score = evaluate(geoparser, gold.texts)
            counted = {"toponyms": score.gold}
            distance = {"median km": round(median(score.kilometres), 1)} if score.kilometres else {}
        rounded = {name: round(value, 4) for name, value in score.figures().items()}
        measured.append({"file": path.name, **counted, **rounded, **distance})
    return {"date": today.isoformat(), "program": __version__, "gazetteer": gazetteer.version, "files": measured}


def read_recorded(path: Path) -> dict[str, dict[str, float]]:
    """The floors: the figures of each gold file that must not fall; empty if there is no such file. Raises DataError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as failure:
        raise DataError(error(path.name, "", "", f"cannot be read: {failure}")) from failure
    if not isinstance(found, dict) or not all(isinstance(floors, dict) for floors in found.values()):
        raise DataError(error(path.name, "", "", "is not an object of figures for each file"))
    return found


def raised(recorded: Mapping[str, Mapping[str, float]], measured: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """The floors with each figure that was measured greater, or for the first time; none is lowered and none is dropped."""
    floors = {name: dict(figures) for name, figures in recorded.items()}
    for file in measured:
        own = floors.setdefault(file["file"], {})
        for name in RECORDED:
            if name in file:
                own[name] = max(file[name], own.get(name, 0.0))
    return floors


def fallen(recorded: Mapping[str, Mapping[str, float]], measured: Iterable[Mapping[str, Any]]) -> list[str]:
    """In words, each figure that is below its floor by more than rounding, or no longer measured in a file that was."""
    told = []
    for file in measured:
        for name, floor in recorded.get(file["file"], {}).items():
            reached = file.get(name)
            if reached is None or reached < floor - ROUNDING:
                told.append(f"{file['file']}: {name}: {reached}, was {floor}")
    return told


def _has_two_sources(place: Place) -> bool:
    """Whether two families of sources each have a point of their own; identical figures are one source, copied."""
    cited = place.footprint.citations if place.footprint else ()
    points = {(c.family, c.longitude, c.latitude) for c in cited if c.family and c.longitude is not None}
    return any(one[0] != other[0] and one[1:] != other[1:] for one, other in combinations(points, 2))


def _linked(places: Iterable[Place], prefix: str) -> int:
    return sum(any(link.startswith(prefix) for link in place.links) for place in places)


def _column(corpus: Corpus, name: str) -> dict[str, int]:
    """How often each value stands in a column of the table, the commonest first."""
    rows = corpus.table.group_by(name).aggregate([([], "count_all")]).to_pylist()
    return _ranked({row[name]: row["count_all"] for row in rows})


def _ranked(counts: Mapping[_Value, int]) -> dict[_Value, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the accuracy and write it down. Returns the exit status: 1 if a figure is below its floor, 2 if unreadable."""
    parser = argparse.ArgumentParser(
        prog="python -m conflictmap.evaluation.accuracy.coverage", description="Write the figures of docs/accuracy.json."
    )
    parser.add_argument("gold", nargs="*", type=Path, help="gold files; those of the tests if none is named")
    parser.add_argument("--gazetteer", type=Path, default=ROOT / "gazetteer", help="folder of the gazetteer")
    parser.add_argument("--out", type=Path, default=ACCURACY_FILE, help="the file to write")
    parser.add_argument(
        "--record",
        nargs="?",
        type=Path,
        const=RECORDED_FILE,
        metavar="FILE",
        help="also raise the figures that must not fall, in tests/data/gold/recorded.json; none is lowered",
    )
    options = parser.parse_args(arguments)
    try:
        recorded = read_recorded(options.record) if options.record else {}
        figures = accuracy(read_gazetteer(options.gazetteer), options.gold or GOLD_FILES, date.today())
        write_atomically(options.out, json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
        if options.record:
            floors = raised(recorded, figures["files"])
            write_atomically(options.record, json.dumps(floors, indent=1, ensure_ascii=False) + "\n")
    except (ConflictMapError, OSError) as failure:
        print(failure, file=sys.stderr)
        return 2
    below = fallen(recorded, figures["files"])
    for line in below:
        print(line, file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
