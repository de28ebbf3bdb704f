"""Figures of the open data: what the gazetteer holds, what the articles hold, with which versions, and how accurate it is.

The figures of coverage are counted anew from what is open. Those of accuracy need the tests' gold texts, so they are kept in
docs/accuracy.json: `python -m conflictmap.coverage` writes it, and a test fails if it no longer tells the truth.
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
from typing import Any, TypeVar

from conflictmap import __version__
from conflictmap.errors import ConflictMapError
from conflictmap.evaluate import evaluate, read_gold
from conflictmap.gazetteer import Gazetteer, read_gazetteer, write_atomically
from conflictmap.geoparser import Geoparser
from conflictmap.index import Corpus
from conflictmap.model import Place
from conflictmap.text import is_arabic

ROOT = Path(__file__).resolve().parent.parent
ACCURACY_FILE = ROOT / "docs" / "accuracy.json"
GOLD_FILES = tuple(ROOT / "tests" / "data" / "gold" / name for name in ("articles.jsonl", "sentences.jsonl", "seed-like.jsonl"))
LIBRARIES = (
    "ahocorasick-rs", "altair", "duckdb", "fastjsonschema", "folium", "geopy", "pyarrow", "PyYAML", "streamlit", "streamlit-folium",
    "xstatic-jquery", "xstatic-leaflet",
)  # fmt: skip
"""What requirements.txt names: a test holds the two together."""
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


def place_figures(gazetteer: Gazetteer) -> PlaceFigures:
    """What the gazetteer holds."""
    places = gazetteer.places.values()
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
        score = evaluate(geoparser, read_gold(path))
        figures = {
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
            "right place": score.place_accuracy,
            "right role": score.role_accuracy,
        }
        rounded = {name: round(value, 4) for name, value in figures.items()}
        measured.append({"file": path.name, "toponyms": score.gold, **rounded})
    return {"date": today.isoformat(), "program": __version__, "gazetteer": gazetteer.version, "files": measured}


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
    """Measure the accuracy and write it down. Returns the exit status: 2 if something could not be read."""
    parser = argparse.ArgumentParser(
        prog="python -m conflictmap.coverage", description="Write the figures of docs/accuracy.json."
    )
    parser.add_argument("gold", nargs="*", type=Path, help="gold files; those of the tests if none is named")
    parser.add_argument("--gazetteer", type=Path, default=ROOT / "gazetteer", help="folder of the gazetteer")
    parser.add_argument("--out", type=Path, default=ACCURACY_FILE, help="the file to write")
    options = parser.parse_args(arguments)
    try:
        figures = accuracy(read_gazetteer(options.gazetteer), options.gold or GOLD_FILES, date.today())
        write_atomically(options.out, json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    except (ConflictMapError, OSError) as failure:
        print(failure, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
