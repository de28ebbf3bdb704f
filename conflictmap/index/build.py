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
import json
import shutil
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import ahocorasick_rs
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from fsspec.core import url_to_fs

from conflictmap.articles import Verdicts, apply_decisions, read_archive, read_decisions
from conflictmap.errors import DataError, Problem, error
from conflictmap.gazetteer import Gazetteer, read_gazetteer
from conflictmap.geoparser import KIND, Geoparser, Names, compile_names, find_triggers, recognise
from conflictmap.index import fulltext
from conflictmap.index.articles import ARTICLES, StoredArticles, articles_table
from conflictmap.index.corpus import Corpus
from conflictmap.index.parsing import attest, searched
from conflictmap.index.schema import SCHEMA, to_table
from conflictmap.model import Article
from conflictmap.text import fold_name, passages

FORMAT = 1
PARTS = ("attestations", "articles", "passages")
_CUT = 300
"""A batch ends, on average, after so many articles: where the key of an article is divisible by it."""
_FEWEST, _MOST = 50, 1200
_ROWS = 1_000_000
"""Rows of a piece of the joined tables, held in memory while it is written. Each piece is read with its dictionaries, so they are few."""
_AHEAD = 3
"""Batches that wait at each worker."""
_PASSAGES = pa.schema([("article", pa.string()), ("passage", pa.int32()), ("start", pa.int32()), ("end", pa.int32())])


@dataclass(frozen=True, slots=True)
class Shard:
    """A batch of articles that has been parsed."""

    key: str
    articles: int
    mentions: int
    reused: int = 0
    """Articles whose rows were taken over from the index before."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index holds, and what it was made with."""

    program: str
    gazetteer: str
    shards: tuple[Shard, ...]
    opened: str
    places: Mapping[str, str] = field(default_factory=dict)
    """Id -> hash of each place as it was, so that the next run sees which have changed."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        return sum(shard.articles for shard in self.shards)

    @property
    def mentions(self) -> int:
        return sum(shard.mentions for shard in self.shards)


# --- building -------------------------------------------------------------------------------------------------


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
    shelf = _Shelf(str(out))
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
    shelf: _Shelf,
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


def article_key(article: Article) -> str:
    """A hash of all that an article's rows can depend on."""
    parts = (
        article.id, article.text_hash or hashlib.sha256(article.text.encode()).hexdigest(), article.title, article.publisher, article.author,
        article.url, article.published, article.language, article.kind, article.extent, article.rights, article.paragraphs,
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


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
    shelf = _Shelf(job.out)
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


class _Shelf:
    """The files of an index, wherever fsspec can reach them. Files appear whole: written aside, then moved."""

    def __init__(self, out: str) -> None:
        self.fs, self.root = url_to_fs(out)
        self.local = Path(self.root) if "file" in self.fs.protocol or "local" in self.fs.protocol else None

    def _path(self, *parts: str) -> str:
        return "/".join([self.root.rstrip("/"), *parts])

    def manifest(self) -> Manifest | None:
        """What the index holds, or None if there is none that this program can read."""
        try:
            raw = json.loads(self.fs.cat_file(self._path("manifest.json")))
            if raw.pop("format") != FORMAT:
                return None
            raw["shards"] = tuple(Shard(**shard) for shard in raw["shards"])
            raw["names"] = {i: tuple(names) for i, names in raw["names"].items()}
            return Manifest(**raw)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def present(self) -> frozenset[str]:
        """The keys of the shards that are there in all their parts."""
        found = []
        for part in PARTS:
            try:
                names = self.fs.ls(self._path(part), detail=False)
            except FileNotFoundError:
                return frozenset()
            found.append({Path(name).name.removesuffix(".parquet") for name in names if name.endswith(".parquet")})
        return frozenset.intersection(*map(frozenset, found))

    def _read(self, part: str, key: str, columns: Sequence[str] | None = None) -> pa.Table:
        with self.fs.open(self._path(part, f"{key}.parquet"), "rb") as source:
            return pq.read_table(source, columns=columns)

    def counts(self, key: str) -> Shard:
        """A shard that is there already, with its counts."""
        numbers = []
        for part in ("articles", "attestations"):
            with self.fs.open(self._path(part, f"{key}.parquet"), "rb") as source:
                numbers.append(pq.read_metadata(source).num_rows)
        return Shard(key, numbers[0], numbers[1], numbers[0])

    def keys(self, manifest: Manifest) -> dict[str, str]:
        """Key of each article of an index -> its shard."""
        present = self.present()
        return {
            key: shard.key
            for shard in manifest.shards
            if shard.key in present
            for key in self._read("articles", shard.key, ["key"]).column("key").to_pylist()
        }

    def rows_of(self, shards: Iterable[str]) -> dict[str, pa.Table]:
        """Article id -> its rows, of some shards; an article without a mention has none of them."""
        found: dict[str, pa.Table] = {}
        for key in shards:
            table = self._read("attestations", key).cast(SCHEMA)
            for article in self._read("articles", key, ["id"]).column("id").to_pylist():
                found[article] = table.slice(0, 0)
            ids = table.column("article").to_pylist()
            begin = 0
            for at in range(1, len(ids) + 1):
                if at == len(ids) or ids[at] != ids[begin]:
                    found[ids[begin]] = table.slice(begin, at - begin)
                    begin = at
        return found

    def write(self, key: str, rows: pa.Table, articles: Sequence[Article]) -> None:
        """Write a shard, the attestations last: it counts when all parts are there."""
        parts = [(a.id, p.number, p.start, p.end) for a in articles for p in passages(a)]
        columns = list(zip(*parts, strict=True)) or [()] * len(_PASSAGES)
        texts = articles_table(articles).append_column("key", pa.array([article_key(a) for a in articles], pa.string()))
        self._put(
            "passages", key, pa.table([pa.array(c, f.type) for c, f in zip(columns, _PASSAGES, strict=True)], schema=_PASSAGES)
        )
        self._put("articles", key, texts)
        self._put("attestations", key, rows)

    def _put(self, part: str, key: str, table: pa.Table) -> None:
        self.fs.makedirs(self._path(part), exist_ok=True)
        aside = self._path(part, f".{key}.{uuid.uuid4().hex}")
        with self.fs.open(aside, "wb") as out:
            pq.write_table(table, out, compression="zstd")
        self.fs.mv(aside, self._path(part, f"{key}.parquet"))

    def replace(self, manifest: Manifest) -> None:
        """Let a manifest count, then clear away what no longer does."""
        raw = {"format": FORMAT, **asdict(manifest)}
        aside = self._path(f".manifest.{uuid.uuid4().hex}")
        self.fs.pipe_file(aside, json.dumps(raw, ensure_ascii=False).encode())
        if self.local:
            Path(aside).replace(self._path("manifest.json"))
        else:
            self.fs.mv(aside, self._path("manifest.json"))
        held = {shard.key for shard in manifest.shards}
        for part in PARTS:
            for name in self.fs.ls(self._path(part), detail=False) if self.fs.exists(self._path(part)) else ():
                if Path(name).name.removesuffix(".parquet") not in held:
                    with suppress(OSError):
                        self.fs.rm(name)
        if self.local and (self.local / "opened").is_dir():
            for folder in (self.local / "opened").iterdir():
                if folder.name != manifest.opened:
                    shutil.rmtree(folder, ignore_errors=True)

    def open_copy(self, manifest: Manifest) -> Manifest:
        """Join the shards into what the app maps into memory; on this machine's disk only."""
        name = hashlib.sha256("\n".join(shard.key for shard in manifest.shards).encode()).hexdigest()[:24]
        if self.local is None:
            return manifest
        folder = self.local / "opened" / name
        if not (folder / "done").is_file():
            aside = folder.with_name(f".{name}.{uuid.uuid4().hex}")
            aside.mkdir(parents=True)
            keys = [shard.key for shard in manifest.shards]
            _join(lambda: (self._read("attestations", key).cast(SCHEMA) for key in keys), SCHEMA, aside / "attestations.arrow")
            texts = aside / "articles.arrow"
            _join(lambda: (self._read("articles", key).drop_columns(["key"]) for key in keys), ARTICLES, texts)
            fulltext.build(aside / "search.sqlite", searched(StoredArticles(_mapped(texts)).values()))
            (aside / "done").touch()
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
        return replace(manifest, opened=name)


def _join(tables: Callable[[], Iterator[pa.Table]], schema: pa.Schema, out: Path) -> None:
    """The tables as one file, written so that opening it is mapping it into memory; only a few of them are held at a time.

    They are read twice: all share one dictionary a column, which has to be known before the first row is written.
    """
    coded = [one.name for one in schema if pa.types.is_dictionary(one.type)]
    known: dict[str, dict[str, int]] = {name: {} for name in coded}
    for table in tables() if coded else ():
        for name, values in known.items():
            for value in table.column(name).unique().drop_null().to_pylist():
                values.setdefault(value, len(values))
    dictionaries = {name: pa.array(list(values), pa.string()) for name, values in known.items()}

    def recoded(table: pa.Table) -> pa.Table:
        columns = []
        for one in schema:
            column = table.column(one.name)
            if one.name in known:
                column = pa.concat_arrays(column.unify_dictionaries().chunks) if column.num_chunks else pa.array([], one.type)
                places = pa.array([known[one.name].get(value) for value in column.dictionary.to_pylist()], pa.int32())
                column = pa.DictionaryArray.from_arrays(places.take(column.indices), dictionaries[one.name])
            columns.append(column)
        return pa.table(columns, schema=schema)

    with pa.OSFile(str(out), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        waiting: list[pa.Table] = []
        for table in tables():
            waiting.append(recoded(table))
            if sum(held.num_rows for held in waiting) >= _ROWS:
                writer.write_table(pa.concat_tables(waiting).combine_chunks())
                waiting = []
        if waiting:
            writer.write_table(pa.concat_tables(waiting).combine_chunks())


# --- opening --------------------------------------------------------------------------------------------------


def open_index(folder: Path, gazetteer: Path) -> Corpus:
    """The corpus of an index: its tables mapped into memory, with what people have decided since laid over it.

    Raises DataError if there is no index, or if it was made with another gazetteer.
    """
    manifest = _Shelf(str(folder)).manifest()
    if manifest is None or not (folder / "opened" / manifest.opened / "done").is_file():
        raise DataError(error(str(folder), "manifest.json", "", "no index that this program can open: build it with `index`"))
    places = read_gazetteer(gazetteer)
    if places.version != manifest.gazetteer:
        raise DataError(error(str(folder), "manifest.json", "gazetteer", "made with another gazetteer: run `index` again"))
    opened = folder / "opened" / manifest.opened
    articles = StoredArticles(_mapped(opened / "articles.arrow"))
    problems = list(places.problems)
    corpus = Corpus(
        articles,
        places,
        _mapped(opened / "attestations.arrow"),
        manifest.opened[:12],
        tuple(problems),
        folder,
        search=opened / "search.sqlite",
    )
    return _decided(corpus, problems)


def _mapped(path: Path) -> pa.Table:
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _decided(corpus: Corpus, problems: list[Problem]) -> Corpus:
    """The corpus with the decisions kept beside the index: their articles are parsed anew, all others stay as they are."""
    decisions = read_decisions(corpus.folder, problems)
    touched = {decision.article for decision in decisions} & corpus.articles.keys()
    if not touched:
        return replace(corpus, problems=tuple(problems))
    dated = apply_decisions([corpus.articles[i] for i in sorted(touched)], decisions)
    verdicts = Verdicts(decisions)
    fresh = to_table(attest(dated, Geoparser(corpus.gazetteer), verdicts))
    column = corpus.table.column("article").cast(pa.string())
    kept = corpus.table.filter(pc.invert(pc.is_in(column, pa.array(sorted(touched)))))
    table = pa.concat_tables([kept, fresh]).unify_dictionaries()
    digest = hashlib.sha256(f"{corpus.version}{[(a.id, a.published) for a in dated]}".encode()).hexdigest()[:12]
    return replace(
        corpus, articles=corpus.articles.with_dates(dated), table=table, version=digest, problems=tuple(problems), answers={}
    )
