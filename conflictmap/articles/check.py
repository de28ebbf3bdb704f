"""Every problem in the data, graded, with file, record and field; and the canonical form of every file.

What the readers find wrong is reported by the readers; here comes what only a careful look at the whole finds: names that
fold alike within a place, files that are not as the program writes them, sources that disagree.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from conflictmap.articles.decisions import read_decisions
from conflictmap.articles.readers import NOT_ARTICLES, canonical, read_articles
from conflictmap.errors import ConflictMapError, Problem, error
from conflictmap.files import write_atomically
from conflictmap.gazetteer import canonical_places, problems_of, read_gazetteer


def check_data(articles: Path, gazetteer: Path) -> list[Problem]:
    """Every problem of both folders, errors first. Raises DataError if a folder does not exist."""
    places = read_gazetteer(gazetteer)
    texts = read_articles(articles)
    problems = [*places.problems, *texts.problems]
    read_decisions(articles, problems)
    for place in places.places.values():
        problems += problems_of(place, places.files[place.id])
    problems += _not_canonical(_files(articles, gazetteer))
    return sorted(problems, key=lambda p: (p.grade != "error", p.file, p.record, p.field))


def fix_data(articles: Path, gazetteer: Path) -> list[Path]:
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
        yield path, lambda p: canonical_places(p.read_bytes(), p.name)
    for path in sorted(articles.glob("*.md")):
        if path.name not in NOT_ARTICLES:
            yield path, lambda p: canonical(p.name, p.read_bytes().decode("utf-8-sig"))


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
