"""Building an index on disk: attestations, passages and articles as Parquet, in shards that depend on content only.

An index is a folder (or any address that fsspec knows):

    attestations/KEY.parquet  articles/KEY.parquet  passages/KEY.parquet   one shard a batch of articles
    opened/HASH/…             the joined shards as memory-mapped Arrow, with the full-text index: what the app opens
    manifest.json             the valid shards with their counts, and the versions of program and gazetteer; replaced last

A shard's KEY is a hash of its articles, the program and the gazetteer, and shards are written atomically: a killed run resumes where it
stopped, nothing is done twice, and the old index stays valid until the new manifest replaces its own. The content decides where a batch
ends (`batches`), so adding or removing an article changes one batch. In a changed batch, rows of unchanged articles are reused.
`build_index` runs the same pure function on this machine's cores or on a Dask cluster.
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
"""A batch ends after an article whose key, modulo this number, is below 4."""
_FEWEST, _MOST = 50, 1200
"""Articles in a batch, except the last one."""
_AHEAD = 3
"""Batches submitted ahead for each worker."""


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
    """Build or update an index of archives; returns its manifest and what was wrong with the data.

    `columns` maps fields of Article to columns of CSV and Parquet files. One worker means this process; several, or the address of a
    scheduler ("tcp://…"), mean Dask. `progress` is called with (articles done, mentions found). Raises DataError if there is no gazetteer.
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
    """How the gazetteer differs from the previous run's: ids of places, and `gone`, the names that these places had then."""

    ids: frozenset[str]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """What all batches of a run have in common; small enough to be sent with each."""

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
    """Key of an article -> the shard of the previous index with its rows."""


def _tasks(
    archives: Iterable[str | Path],
    problems: list[Problem],
    columns: Mapping[str, str] | None,
    job: _Job,
    shelf: Shelf,
    present: frozenset[str],
    known: Mapping[str, str],
) -> Iterator[_Task | Shard]:
    """For each batch, its task, or its shard if it exists already."""
    seen: set[str] = set()

    def every() -> Iterator[Article]:
        for archive in archives:
            for article in read_archive(archive, problems, columns):
                if article.id in seen:
                    problems.append(
                        error(str(archive), article.id, "id", "another archive has an article with this id: left out")
                    )
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
    """The articles in batches of _FEWEST to _MOST, whose ends depend on content: adding or removing an article moves few of them."""
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) >= _MOST or (len(batch) >= _FEWEST and int(article_key(article)[:8], 16) % _CUT < 4):
            yield batch
            batch = []
    if batch:
        yield batch


_PARSING = ("errors.py", "model.py", "text.py", "files.py", "vocabulary.py", "gazetteer", "geoparser")
"""What decides which attestations a text yields: the ground and two rooms."""


@lru_cache(1)
def program_version() -> str:
    """A hash of the code and data of the ground, gazetteer/ and geoparser/: an index built with another one is stale."""
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


# --- one batch ------------------------------------------------------------------------------------------------------


@lru_cache(2)
def _geoparser(folder: str, version: str) -> Geoparser:
    """This worker's geoparser, created once. Raises DataError if the worker has another version of the gazetteer."""
    gazetteer = read_gazetteer(Path(folder))
    if gazetteer.version != version:
        raise DataError(error(folder, "", "", "this machine has another version of the gazetteer"))
    return Geoparser(gazetteer)


def run_task(task: _Task) -> Shard:
    """Parse a batch and write its shard. Unchanged articles that the gazetteer's changes cannot affect keep their rows."""
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
    """A test of whether the gazetteer's changes can alter an article's rows: it names a changed place, by an old name or a new one."""
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


# --- running the batches --------------------------------------------------------------------------------------------


def _run(tasks: Iterable[_Task | Shard], workers: int, scheduler: str | None) -> Iterator[Shard]:
    """The shards of the tasks, in their order: computed in this process, on a local Dask cluster, or by a scheduler."""
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
            # If a worker dies, Dask gives its batches to the others; shards are written atomically, so repeating one is safe.
            waiting.append(client.submit(run_task, task, key=f"shard-{task.key}", retries=3) if isinstance(task, _Task) else task)
            while len(waiting) > ahead:
                yield _shard(waiting.popleft())
        while waiting:
            yield _shard(waiting.popleft())


def _shard(waiting: Any) -> Shard:
    return waiting if isinstance(waiting, Shard) else waiting.result()
