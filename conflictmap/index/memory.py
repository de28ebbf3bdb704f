"""Small folders as a corpus in memory, built again only when a file changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock

from conflictmap.articles import NOT_ARTICLES, SUFFIXES, Verdicts, apply_decisions, decisions_file, read_articles, read_decisions
from conflictmap.gazetteer import read_gazetteer
from conflictmap.geoparser import Geoparser
from conflictmap.index.articles import MemoryArticles
from conflictmap.index.corpus import Corpus
from conflictmap.index.parsing import attest
from conflictmap.index.schema import to_table
from conflictmap.model import Article

_READ = (*SUFFIXES, ".geojson", ".json")
"""Suffixes of the files read from the two folders."""


def content_key(articles: Path, gazetteer: Path) -> str:
    """A cheap key of both folders and the decisions: a hash of file names, sizes and modification times."""
    digest = hashlib.sha256()
    paths = [decisions_file(articles)]
    for folder in (articles, gazetteer):
        digest.update(str(folder.resolve()).encode())
        if folder.is_dir():
            paths += sorted(path for path in folder.iterdir() if path.name not in NOT_ARTICLES and path.suffix.lower() in _READ)
    for path in paths:
        if path.is_file():
            stat = path.stat()
            digest.update(f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


_held: dict[tuple[Path, Path], tuple[str, Corpus]] = {}
_building = Lock()


def open_corpus(articles: Path, gazetteer: Path, progress: Callable[[int, int], None] | None = None) -> Corpus:
    """The corpus of two folders, kept until a file in them changes. Raises DataError as `build` does."""
    folders = articles.resolve(), gazetteer.resolve()
    with _building:
        key = content_key(*folders)
        if folders not in _held or _held[folders][0] != key:
            _held[folders] = key, build(*folders, progress)
        return _held[folders][1]


def build(articles: Path, gazetteer: Path, progress: Callable[[int, int], None] | None = None) -> Corpus:
    """Read both folders, parse every article, and put the attestations into a table.

    `progress` is called with (articles done, articles in total). Raises DataError if a folder does not exist; bad content becomes
    `Corpus.problems`.
    """
    places = read_gazetteer(gazetteer)
    read = read_articles(articles)
    problems = [*places.problems, *read.problems]
    decisions = read_decisions(articles, problems)
    dated = apply_decisions(read.articles, decisions)
    verdicts = Verdicts(decisions)
    geoparser = Geoparser(places)
    attestations = attest(dated, geoparser, verdicts, progress)
    return Corpus(MemoryArticles(dated), places, to_table(attestations), _version(dated), tuple(problems), articles)


def _version(articles: Iterable[Article]) -> str:
    digest = hashlib.sha256()
    for article in sorted(articles, key=lambda a: a.id):
        digest.update(f"{article.id}\0{article.text_hash}\0{article.published}\n".encode())
    return digest.hexdigest()[:12]
