"""Coverage in figures: what the gazetteer holds, and which names an archive uses that it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from conflictmap.articles import SUFFIXES, read_articles, read_file
from conflictmap.errors import Problem, error
from conflictmap.evaluation.accuracy.coverage import place_figures
from conflictmap.gazetteer import Gazetteer
from conflictmap.geoparser import Geoparser
from conflictmap.model import Article

MOST_NAMES = 40
"""Names listed of each kind, the most frequent first."""


def gazetteer_lines(gazetteer: Gazetteer) -> Iterator[str]:
    """The gazetteer as a whole, and the part of it that the map draws."""
    yield from _figures("gazetteer", gazetteer)
    drawn = {i: place for i, place in gazetteer.places.items() if gazetteer.theatre.holds(place)}
    yield from _figures(f"of these, drawn on the map ({gazetteer.theatre.title})", gazetteer, drawn.keys())


def _figures(title: str, gazetteer: Gazetteer, only: Iterable[str] | None = None) -> Iterator[str]:
    told = place_figures(gazetteer, only)
    yield f"{title}: {told.total:,} places"
    for what, number in (
        ("two families of sources with a point each", told.two_sources),
        ("an Arabic name", told.arabic),
        ("a GeoNames id", told.geonames),
        ("a Wikidata id", told.wikidata),
        ("a footprint that is a line or an area", told.extents),
        ("no known position", told.unplaced),
    ):
        yield f"  {number:>6,}  {number / max(told.total, 1):>4.0%}  {what}"
    yield "  by feature class: " + ", ".join(f"{name} {number:,}" for name, number in told.by_class.items())
    yield "  by certainty: " + ", ".join(f"{name} {number:,}" for name, number in told.by_certainty.items())


def archive_lines(
    path: Path, geoparser: Geoparser, problems: list[Problem], progress: Callable[[int, int], None] | None = None
) -> Iterator[str]:
    """What an archive (a folder, or one .txt, .md or .jsonl) names, and which of its names have no place."""
    articles = _articles(path, problems)
    statuses: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    dated = 0
    for done, article in enumerate(articles, start=1):
        for found in geoparser.parse(article):
            if found.resolution.basis != "named":
                continue
            statuses[found.resolution.status] += 1
            dated += found.told is not None
            surface = " ".join(found.resolution.mention.surface.split())
            if found.resolution.status == "unresolved":
                lacking[surface] += 1
            elif found.resolution.status == "ambiguous":
                undecided[surface] += 1
        if progress:
            progress(done, len(articles))
    total = sum(statuses.values())
    yield f"{path}: {len(articles):,} articles, {total:,} mentions, {dated:,} of them dated by the text"
    for status, number in statuses.most_common():
        yield f"  {number:>6,}  {number / max(total, 1):>4.0%}  {status}"
    months = Counter(article.published.best.strftime("%Y-%m") for article in articles if article.published)
    undated = sum(article.published is None for article in articles)
    yield f"  articles in {len(months)} months{f', {undated:,} undated' if undated else ''}: " + ", ".join(
        f"{month} {number:,}" for month, number in sorted(months.items())
    )
    for what, names in (("names that the gazetteer lacks", lacking), ("names that nothing decides", undecided)):
        yield f"  {what}: {len(names):,}"
        yield from (f"    {number:>5,}  {name}" for name, number in names.most_common(MOST_NAMES))


def _articles(path: Path, problems: list[Problem]) -> Sequence[Article]:
    if path.is_dir():
        read = read_articles(path)
        problems += read.problems
        return read.articles
    if not path.is_file() or path.suffix.lower() not in SUFFIXES:
        problems.append(error(str(path), "", "", f"is no folder, and no file of {', '.join(SUFFIXES)}"))
        return ()
    return list(read_file(path, problems))
