"""The index on disk: attestations, passages and articles as Parquet, built by content, opened without reading it all.

An index is a folder (or any address that fsspec knows):

    attestations/KEY.parquet  articles/KEY.parquet  passages/KEY.parquet   one shard a batch of articles
    opened/HASH/…             the shards joined, as memory-mapped Arrow, and the full-text index: what the app opens
    manifest.json             which shards count, their counts, the versions of program and gazetteer; replaced last

A shard's KEY is a hash of its articles, the program and the gazetteer, and a shard appears whole or not at all: so a killed run goes
on where it was, nothing is done twice, and until the new manifest stands the old index is untouched. Batches are cut where the content
says so (`batches`): an article more or less changes one batch. Within a changed batch the rows of unchanged articles are taken over.
`build_index` runs the same pure function on this machine's cores or on any Dask cluster.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import ahocorasick_rs
import pyarrow as pa
import pyarrow.compute as pc

from conflictmap.articles import read_archive
from conflictmap.errors import DataError, Problem, error
from conflictmap.gazetteer import Gazetteer, read_gazetteer
from conflictmap.geoparser import KIND, Geoparser, Names, compile_names, find_triggers, recognise
from conflictmap.index.articles import article_key
from conflictmap.index.parsing import attest
from conflictmap.index.schema import to_table
from conflictmap.index.shelf import FORMAT, Manifest, Shard, Shelf
from conflictmap.model import Article
from conflictmap.text import fold_name

_CUT = 300
"""A batch ends, on average, after so many articles: where the key of an article is divisible by it."""
_FEWEST, _MOST = 50, 1200
_AHEAD = 3
"""Batches that wait at each worker."""


def build_index(
    archives: Iterable[str | Path],
    gazetteer: Path,
    out: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Manifest, list[Problem]]:
    """Build or renew an index of archives; (what it holds, what was wrong with the data).

    With one worker the work is done here; with more, or on a scheduler ("tcp://…"), by Dask. `progress` is told (articles done,
    mentions). Raises DataError if there is no gazetteer.
    """
    places = read_gazetteer(gazetteer)
    problems = list(places.problems)
    shelf = Shelf(str(out))
    before = shelf.manifest()
    job = _Job(str(out), str(gazetteer.resolve()), program_version(), places.version, _changes(before, places))
    known = shelf.keys(before) if before and before.program == job.program else {}
    present = shelf.present()
    shards: list[Shard] = []
    done = mentions = 0

    def finished(shard: Shard) -> None:
        nonlocal done, mentions
        done, mentions = done + shard.articles, mentions + shard.mentions
        if progress:
            progress(done, mentions)

    for shard in _run(_tasks(archives, problems, columns, job, shelf, present, known), workers, scheduler):
        shards.append(shard)
        finished(shard)
    manifest = Manifest(job.program, job.gazetteer, tuple(shards), "", *_fingerprints(places))
    manifest = shelf.open_copy(manifest)
    shelf.replace(manifest)
    return manifest, problems


@dataclass(frozen=True, slots=True)
class _Changes:
    """How the gazetteer differs from the one before: ids, and the names that those places had and no longer have."""

    ids: frozenset[str]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """What every batch of a run needs to know; small enough to travel with each."""

    out: str
    gazetteer_folder: str
    program: str
    gazetteer: str
    changes: _Changes


@dataclass(frozen=True, slots=True)
class _Task:
    job: _Job
    key: str
    articles: tuple[Article, ...]
    known: Mapping[str, str]
    """Key of an article -> the shard of the index before that holds its rows."""


def _tasks(
    archives: Iterable[str | Path],
    problems: list[Problem],
    columns: Mapping[str, str] | None,
    job: _Job,
    shelf: Shelf,
    present: frozenset[str],
    known: Mapping[str, str],
) -> Iterator[_Task | Shard]:
    """What is to be done, batch by batch: a task, or a shard that is there already."""
    seen: set[str] = set()

    def every() -> Iterator[Article]:
        for archive in archives:
            for article in read_archive(archive, problems, columns):
                if article.id in seen:
                    problems.append(error(str(archive), article.id, "id", "another archive has an article of this id: left out"))
                    continue
                seen.add(article.id)
                yield article

    for batch in batches(every()):
        keys = [article_key(article) for article in batch]
        key = hashlib.sha256("\n".join([job.program, job.gazetteer, *keys]).encode()).hexdigest()[:24]
        if key in present:
            yield shelf.counts(key)
        else:
            yield _Task(job, key, tuple(batch), {k: known[k] for k in keys if k in known})


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in batches whose ends depend on their content: one more or less moves no other end."""
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) >= _MOST or (len(batch) >= _FEWEST and int(article_key(article)[:8], 16) % _CUT < 4):
            yield batch
            batch = []
    if batch:
        yield batch


_PARSING = ("errors.py", "model.py", "text.py", "files.py", "vocabulary.py", "gazetteer", "geoparser")
"""The ground and the two rooms that decide what is found in a text."""


@lru_cache(1)
def program_version() -> str:
    """A hash of the ground, the gazetteer's and the geoparser's rooms: code, word lists and schema."""
    package = Path(__file__).parents[1]
    files = [file for part in _PARSING for file in ([package / part] if part.endswith(".py") else (package / part).rglob("*"))]
    digest = hashlib.sha256(str(FORMAT).encode())
    for path in sorted(file for file in files if file.suffix in (".py", ".yaml", ".json")):
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _fingerprints(gazetteer: Gazetteer) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    hashes = {i: hashlib.sha256(repr(place).encode()).hexdigest()[:12] for i, place in gazetteer.places.items()}
    return hashes, {i: tuple(t.text for t in place.toponyms if t.matchable) for i, place in gazetteer.places.items()}


def _changes(before: Manifest | None, gazetteer: Gazetteer) -> _Changes:
    if before is None or before.gazetteer == gazetteer.version:
        return _Changes(frozenset(), ())
    hashes, _ = _fingerprints(gazetteer)
    changed = {i for i in hashes.keys() | before.places.keys() if hashes.get(i) != before.places.get(i)}
    return _Changes(frozenset(changed), tuple(sorted({name for i in changed for name in before.names.get(i, ())})))


# --- one batch: a pure function of its task and of what it reads ---------------------------------------------------


@lru_cache(2)
def _geoparser(folder: str, version: str) -> Geoparser:
    """A worker's own geoparser, made once. Raises DataError if the worker sees another gazetteer."""
    gazetteer = read_gazetteer(Path(folder))
    if gazetteer.version != version:
        raise DataError(error(folder, "", "", "this machine holds another version of the gazetteer"))
    return Geoparser(gazetteer)


def run_task(task: _Task) -> Shard:
    """Parse a batch and write its shard; rows of articles that have not changed, and cannot be affected, are taken over."""
    job = task.job
    geoparser = _geoparser(job.gazetteer_folder, job.gazetteer)
    shelf = Shelf(job.out)
    old = shelf.rows_of(sorted(set(task.known.values())))
    affected = _affected_by(job.changes, geoparser.gazetteer, job.gazetteer_folder)
    tables: list[pa.Table] = []
    parsed: list[Article] = []
    reused = 0
    for article in task.articles:
        rows = old.get(article.id) if article_key(article) in task.known else None
        if rows is not None and not affected(article, rows):
            if parsed:
                tables.append(to_table(attest(parsed, geoparser)))
                parsed = []
            tables.append(rows)
            reused += 1
        else:
            parsed.append(article)
    tables.append(to_table(attest(parsed, geoparser)))
    rows = pa.concat_tables(tables).unify_dictionaries()
    shelf.write(task.key, rows, task.articles)
    return Shard(task.key, len(task.articles), rows.num_rows, reused)


def _affected_by(changes: _Changes, gazetteer: Gazetteer, folder: str) -> Callable[[Article, pa.Table], bool]:
    """Whether an article may read otherwise since the gazetteer changed: it names a changed place, in old words or new, or did."""
    if not changes.ids:
        return lambda article, rows: False
    names, gone = _changed_names(changes, folder, gazetteer.version)
    held = {i: place for i, place in gazetteer.places.items() if i in changes.ids}

    def affected(article: Article, rows: pa.Table) -> bool:
        used = {i for ids in rows.column("candidates").to_pylist() for i in ids}
        used.update(rows.column("feature").to_pylist(), rows.column("program_place").to_pylist())
        if not changes.ids.isdisjoint(used) or rows.filter(pc.not_equal(rows.column("basis"), "named")).num_rows:
            return True
        folded = f" {fold_name(article.text)} "
        if gone is not None and gone.find_matches_as_indexes(folded):
            return True
        return bool(held) and (
            any(mention.candidates for mention in recognise(article.text, names))
            or KIND in find_triggers(article.text, 0, len(article.text))
        )

    return affected


@lru_cache(2)
def _changed_names(changes: _Changes, folder: str, version: str) -> tuple[Names, ahocorasick_rs.AhoCorasick | None]:
    gazetteer = _geoparser(folder, version).gazetteer
    held = {i: place for i, place in gazetteer.places.items() if i in changes.ids}
    few = Gazetteer(held, {}, gazetteer.theatre, "", {i: gazetteer.wider[i] for i in held}, {})
    gone = [f" {fold_name(name)} " for name in changes.gone if fold_name(name)]
    return compile_names(few), ahocorasick_rs.AhoCorasick(gone) if gone else None


# --- who runs the batches -----------------------------------------------------------------------------------------


def _run(tasks: Iterable[_Task | Shard], workers: int, scheduler: str | None) -> Iterator[Shard]:
    """The tasks' shards in the tasks' order: done here, on a Dask cluster of this machine, or on a scheduler."""
    if scheduler is None and workers < 2:
        for task in tasks:
            yield run_task(task) if isinstance(task, _Task) else task
        return
    from distributed import Client, LocalCluster

    with ExitStack() as opened:
        address = scheduler or opened.enter_context(
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50)  # type: ignore[no-untyped-call]
        )
        client = opened.enter_context(Client(address))  # type: ignore[no-untyped-call]
        ahead = _AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        waiting: deque[Any] = deque()
        for task in tasks:
            # A worker that dies costs time only: Dask gives its batches to the others, and a shard is written whole or not at all.
            waiting.append(client.submit(run_task, task, key=f"shard-{task.key}", retries=3) if isinstance(task, _Task) else task)
            while len(waiting) > ahead:
                yield _shard(waiting.popleft())
        while waiting:
            yield _shard(waiting.popleft())


def _shard(waiting: Any) -> Shard:
    return waiting if isinstance(waiting, Shard) else waiting.result()


# --- the folder ---------------------------------------------------------------------------------------------------
