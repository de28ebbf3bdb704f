"""The folder of an index: shards by key, the manifest that lists the valid ones, and the joined copy that the app opens.

All writes are atomic: to a temporary name, then renamed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from fsspec.core import url_to_fs

from conflictmap.index import fulltext
from conflictmap.index.articles import ARTICLES, StoredArticles, article_key, articles_table
from conflictmap.index.parsing import searched
from conflictmap.index.schema import SCHEMA
from conflictmap.model import Article
from conflictmap.text import passages

FORMAT = 1
PARTS = ("attestations", "articles", "passages")
_ROWS = 1_000_000
"""Rows in a record batch of the joined tables, held in memory while it is written. Large: each is read with its dictionaries."""
_PASSAGES = pa.schema([("article", pa.string()), ("passage", pa.int32()), ("start", pa.int32()), ("end", pa.int32())])


@dataclass(frozen=True, slots=True)
class Shard:
    """A parsed batch of articles: its key and counts."""

    key: str
    articles: int
    mentions: int
    reused: int = 0
    """Articles whose rows were reused from the previous index."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index holds, and the versions of program and gazetteer that it was built with."""

    program: str
    gazetteer: str
    shards: tuple[Shard, ...]
    opened: str
    places: Mapping[str, str] = field(default_factory=dict)
    """Id -> hash of each place, so that the next run sees which have changed."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id -> names of each place that mentions were matched with."""

    @property
    def articles(self) -> int:
        """How many articles the index holds."""
        return sum(shard.articles for shard in self.shards)

    @property
    def mentions(self) -> int:
        """How many mentions the index holds."""
        return sum(shard.mentions for shard in self.shards)


class Shelf:
    """The files of an index, in a folder or at any address that fsspec knows."""

    def __init__(self, out: str) -> None:
        self.fs, self.root = url_to_fs(out)
        self.local = Path(self.root) if "file" in self.fs.protocol or "local" in self.fs.protocol else None

    def _path(self, *parts: str) -> str:
        return "/".join([self.root.rstrip("/"), *parts])

    def manifest(self) -> Manifest | None:
        """The manifest, or None if there is none that this program can read."""
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
        """The keys of the complete shards."""
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
        """An existing shard, with its counts read from the files; all its articles count as reused."""
        numbers = []
        for part in ("articles", "attestations"):
            with self.fs.open(self._path(part, f"{key}.parquet"), "rb") as source:
                numbers.append(pq.read_metadata(source).num_rows)
        return Shard(key, numbers[0], numbers[1], numbers[0])

    def keys(self, manifest: Manifest) -> dict[str, str]:
        """Key of each article in an index -> key of its shard, as far as the shards exist."""
        present = self.present()
        return {
            key: shard.key
            for shard in manifest.shards
            if shard.key in present
            for key in self._read("articles", shard.key, ["key"]).column("key").to_pylist()
        }

    def rows_of(self, shards: Iterable[str]) -> dict[str, pa.Table]:
        """Article id -> its rows, for all articles of some shards; an empty table for an article without mentions."""
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
        """Write a shard. It is complete once all its parts exist; the attestations are written last."""
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
        """Replace the manifest, then delete the shards and joined copies that it does not list."""
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
        """Join the shards into the copy that the app opens, unless it exists; returns the manifest that names it.

        Only on a local disk: elsewhere the manifest is returned unchanged.
        """
        name = hashlib.sha256("\n".join(shard.key for shard in manifest.shards).encode()).hexdigest()[:24]
        if self.local is None:
            return manifest
        folder = self.local / "opened" / name
        if not (folder / "done").is_file():
            aside = folder.with_name(f".{name}.{uuid.uuid4().hex}")
            aside.mkdir(parents=True)
            keys = [shard.key for shard in manifest.shards]
            join(lambda: (self._read("attestations", key).cast(SCHEMA) for key in keys), SCHEMA, aside / "attestations.arrow")
            texts = aside / "articles.arrow"
            join(lambda: (self._read("articles", key).drop_columns(["key"]) for key in keys), ARTICLES, texts)
            fulltext.build(aside / "search.sqlite", searched(StoredArticles(mapped(texts)).values()))
            (aside / "done").touch()
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
        return replace(manifest, opened=name)


def join(tables: Callable[[], Iterator[pa.Table]], schema: pa.Schema, out: Path) -> None:
    """Write the tables as one Arrow file that can be memory-mapped, holding only a few of them in memory.

    `tables` is called twice: each dictionary column needs one dictionary for the whole file before the first row is written.
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


def mapped(path: Path) -> pa.Table:
    """The table of an Arrow file, mapped into memory."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
