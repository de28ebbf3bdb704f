"""Every problem in the data, graded, with file, record and field; and the canonical form of every file.

What the readers find wrong is reported by the readers; here comes what only a careful look at the whole finds: names that
fold alike within a place, files that are not as the program writes them, sources that disagree.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geopy.distance import geodesic

from conflictmap import articles as articles_module
from conflictmap import gazetteer as gazetteer_module
from conflictmap.articles import NOT_ARTICLES, read_articles
from conflictmap.decisions import read_decisions
from conflictmap.errors import ConflictMapError, Problem, error, warning
from conflictmap.files import write_atomically
from conflictmap.gazetteer import read_gazetteer
from conflictmap.model import Place
from conflictmap.text import fold_name

DISAGREEMENT_KM = 1.0
"""Sources of a point that lie farther apart than this need a decision, told in the note (design of the gazetteer)."""


def check(articles: Path, gazetteer: Path) -> list[Problem]:
    """Every problem of both folders, errors first. Raises DataError if a folder does not exist."""
    places = read_gazetteer(gazetteer)
    texts = read_articles(articles)
    problems = [*places.problems, *texts.problems]
    read_decisions(articles, problems)
    for place in places.places.values():
        problems += _look_at(place, places.files[place.id])
    problems += _not_canonical(_files(articles, gazetteer))
    return sorted(problems, key=lambda p: (p.grade != "error", p.file, p.record, p.field))


def fix(articles: Path, gazetteer: Path) -> list[Path]:
    """Write every file canonically that can be read; return those that changed."""
    changed = []
    for path, form in _files(articles, gazetteer):
        try:
            before = path.read_bytes().decode("utf-8-sig")
            after = form(path)
            if after != before:
                write_atomically(path, after)
                changed.append(path)
        except (ConflictMapError, OSError, UnicodeError):
            continue  # `check` reports it
    return changed


def _files(articles: Path, gazetteer: Path) -> Iterator[tuple[Path, Callable[[Path], str]]]:
    for path in sorted(gazetteer.glob("*.geojson")):
        yield path, lambda p: gazetteer_module.canonical(p.read_bytes(), p.name)
    for path in sorted(articles.glob("*.md")):
        if path.name not in NOT_ARTICLES:
            yield path, lambda p: articles_module.canonical(p.name, p.read_bytes().decode("utf-8-sig"))


def _not_canonical(files: Iterable[tuple[Path, Callable[[Path], str]]]) -> Iterator[Problem]:
    for path, form in files:
        try:
            before = path.read_bytes().decode("utf-8-sig")
            after = form(path)
        except (ConflictMapError, OSError, UnicodeDecodeError):
            continue
        if after != before:
            lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "as it is", "canonical", lineterm="", n=0)
            shown = "\n    ".join(line[:160] for _, line in zip(range(12), lines, strict=False))
            yield error(path.name, "", "", f"not canonical; `check --fix` writes it so:\n    {shown}")


def _look_at(place: Place, file: str) -> Iterator[Problem]:
    folded: dict[tuple[str, str], str] = {}
    for toponym in place.toponyms:
        name = fold_name(toponym.text)
        if not name:
            yield error(file, place.id, "names", f"{toponym.text!r} folds to nothing")
        elif (name, toponym.lang) in folded and toponym.lang != "ar":
            yield warning(file, place.id, "names", f"{toponym.text!r} folds to the same name as {folded[name, toponym.lang]!r}")
        folded.setdefault((name, toponym.lang), toponym.text)
        scripts = sorted({unicodedata.name(char, "?").split()[0] for char in toponym.text if char.isalpha()})
        if len(scripts) > 1:
            yield warning(file, place.id, "names", f"{toponym.text!r} mixes scripts: {', '.join(scripts).title()}")
        if not toponym.citations:
            yield warning(file, place.id, "names", f"{toponym.text!r} has no citation")
    if place.footprint is None:
        yield warning(file, place.id, "geometry", "no source gives a position")
        return
    if place.drawn != "dot":
        return
    here = (place.footprint.latitude, place.footprint.longitude)
    for citation in place.footprint.citations:
        if citation.latitude is None or citation.longitude is None:
            continue
        apart = geodesic(here, (citation.latitude, citation.longitude)).km
        if apart > DISAGREEMENT_KM and not place.note:
            yield error(file, place.id, "properties.note", f"{citation.label} lies {apart:.1f} km off, and no note says why")
        if apart * 1000 > place.footprint.uncertainty_m + 500:
            yield warning(file, place.id, "properties.uncertainty_m", f"less than the {apart:.1f} km to {citation.label}")
