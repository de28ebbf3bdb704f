"""Reads archives as they come, article by article: a folder, a text, JSON Lines, CSV or Parquet, here or wherever fsspec reaches.

Only one record, one batch of Parquet rows and the ids so far are held at a time. What is wrong with a record is reported with its file
and its line (Parquet: row), counted from 1; the rest is kept. Of a damaged file, what stands before the damage is kept.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

import pyarrow.parquet as pq
import zstandard
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from conflictmap.articles.csvrows import Rows
from conflictmap.articles.readers import (
    MAX_FILE_BYTES,
    NOT_ARTICLES,
    first_line,
    from_document,
    from_record,
    is_unicode,
    json_records,
    parse_published,
    same_url,
)
from conflictmap.errors import DataError, Problem, UsageError, error, warning
from conflictmap.model import Article

SUFFIXES = (".md", ".txt", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".csv.gz", ".csv.zst", ".parquet")
COLUMNS = (
    "id", "title", "author", "publisher", "url", "published", "published_best", "language", "rights", "kind", "text",
)  # fmt: skip
"""The fields that a column of an archive can hold."""
_READ, _STEP = 64 * 1024, 256
"""Bytes read at once, and fed at once to a decompressor: what it makes of one step is lost if the step is damaged, and all held."""
_LARGEST_WINDOW = 2**31
"""Of Zstandard: what its command makes at most (`--long=31`)."""
_BATCH = 64
"""Rows of Parquet held at once."""
_PLAIN_ID = re.compile(r"\S*")
_HTTP = re.compile(r"\s*(?:https?://|\Z)", re.IGNORECASE)
_Records = Iterator[tuple[str, Mapping[str, Any]]]


def read_archive(path: str | Path, problems: list[Problem], columns: Mapping[str, str] | None = None) -> Iterator[Article]:
    """The articles of a file, or of all files of a folder (not of folders in it) in the order of their names.

    `columns` says which column holds which of our fields; a field that it does not name is read from the column of its own name.
    What is wrong is added to `problems`, which the caller may empty between two articles. Of two articles with one id the first
    stays. A record without an id is named by its URL, or else by its publisher, title and text. Digests stay beside full texts
    (`articles.without_replaced_digests`). Raises, before the first article, DataError if there is no such archive, and UsageError
    if `columns` names a field that is none of COLUMNS.
    """
    unknown = sorted(set(columns or {}) - set(COLUMNS))
    if unknown:
        raise UsageError(f"no such field: {', '.join(unknown)}; the fields are {', '.join(COLUMNS)}")
    address = str(path)
    shown = _printable(address)
    try:
        files, place = url_to_fs(address) if "://" in address else (LocalFileSystem(), Path(path).absolute().as_posix())
        if files.isfile(place):  # asked first: of a web address, asking whether it is a folder would read it
            names = [place]
        elif files.isdir(place):
            names = _files_of(files, place)
        else:
            raise DataError(error(shown, "", "", "no such file or folder"))
    except DataError:
        raise
    except Exception as failure:  # whatever the store behind the address raises
        raise DataError(error(shown, "", "", f"cannot be opened: {_said(failure)}")) from failure
    if names == [place] and _suffix(place) is None:
        raise DataError(error(shown, "", "", f"is none of {', '.join(SUFFIXES)}"))
    return _articles(files, names, problems, columns or {})


def _files_of(files: Any, folder: str) -> list[str]:
    found = []
    for entry in files.ls(folder, detail=True):
        name = _base(entry["name"])
        if _suffix(name) is None or name in NOT_ARTICLES or name.startswith("."):
            continue
        if entry["type"] == "file" or (entry["type"] != "directory" and files.isfile(entry["name"])):
            found.append(entry["name"])
    return sorted(found, key=_base)


def _base(place: str) -> str:
    return place.rstrip("/").rpartition("/")[2]


def _suffix(name: str) -> str | None:
    return next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), None)


def _printable(text: str) -> str:
    return text if is_unicode(text) else ascii(text)


def _said(failure: Exception) -> str:
    text = str(getattr(failure, "strerror", None) or failure) or type(failure).__name__
    return _printable(" ".join(text.split())[:300])


def _articles(files: Any, names: list[str], problems: list[Problem], columns: Mapping[str, str]) -> Iterator[Article]:
    seen: dict[str, str] = {}
    for place in names:
        name = _base(place)
        if not is_unicode(name):
            problems.append(error(ascii(name), "", "", "its name is not UTF-8: rename it"))
            continue
        try:
            raw = files.open(place, "rb")
        except Exception as failure:  # whatever the store raises
            problems.append(error(name, "", "", f"cannot be read: {_said(failure)}"))
            continue
        with raw:
            for record, article, nameless in _file(name, raw, problems, columns):
                kept = _named(article, seen, record, problems) if nameless else article
                if kept.id in seen:
                    problems.append(error(name, record, "id", f"the id {kept.id!r} stands already in {seen[kept.id]}"))
                else:
                    seen[kept.id] = name
                    yield kept


def _named(article: Article, seen: dict[str, str], record: str, problems: list[Problem]) -> Article:
    """A record without an id, named. Records that share an address but not their text all stay."""
    by_text = "text-" + _hash([article.publisher, article.title, article.text])
    name = "url-" + _hash([same_url(article.url)]) if article.url else by_text
    if name in seen and name != by_text and by_text not in seen:
        problems.append(warning(article.file, record, "url", "an earlier record has this address: named by its text"))
        return replace(article, id=by_text)
    if name != by_text and name not in seen:
        seen[by_text] = article.file
    return replace(article, id=name)


def _hash(parts: list[str | None]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


def _file(name: str, raw: BinaryIO, problems: list[Problem], columns: Mapping[str, str]) -> Iterator[tuple[str, Article, bool]]:
    """The articles of one file, each with its record, and whether it has no id of its own."""
    _, form, compression = [*(_suffix(name) or "").split("."), ""][:3]
    stream = _Stream(_chunks(raw, compression))
    buffered = cast(BinaryIO, io.BufferedReader(stream, _READ))
    records: _Records
    if form in ("md", "txt"):
        data = buffered.read(MAX_FILE_BYTES + 1)
        for article in () if stream.failure else from_document(name, data, problems):
            yield article.id, article, False
        records = iter(())
    elif form == "parquet":
        records = _parquet(name, raw, problems, columns)
    elif form == "csv":
        records = _csv(name, buffered, stream, problems, columns)
    else:
        records = _json(name, buffered, problems, columns)
    for record, fields in records:
        nameless = fields.get("id") in (None, "")
        for article in from_record(name, record, fields, problems, "unnamed"):
            yield record, article, nameless
    if stream.failure:
        where = "" if form in ("md", "txt") else f"line {stream.lines + 1}"
        problems.append(error(name, where, "", f"cannot be read further: {stream.failure}: only what stands before is kept"))


class _Stream(io.RawIOBase):
    """Chunks as a file. What ends them early is not raised but kept in `failure`; `lines` are those that ended before."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.failure = ""
        self.lines = 0
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest and not self.failure:
            try:
                chunk = next(self._chunks, None)
            except Exception as failure:  # whatever the store, or the decompressor, raises
                self.failure = _said(failure)
                break
            if chunk is None:
                break
            self.lines += chunk.count(b"\n")
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _chunks(raw: BinaryIO, compression: str) -> Iterator[bytes]:
    """The bytes of a file; of a compressed one, unpacked, however many members it has."""
    make: dict[str, Callable[[], Any]] = {
        "gz": lambda: zlib.decompressobj(zlib.MAX_WBITS | 16),
        "zst": lambda: zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj(),
    }
    unpacking = None
    while block := raw.read(_READ):
        if not compression:
            yield block
            continue
        for start in range(0, len(block), _STEP):
            step = block[start : start + _STEP]
            while step:
                if unpacking is None:
                    step = step.lstrip(b"\0") if compression == "gz" else step  # gzip's padding
                    if not step:
                        break
                    unpacking = make[compression]()
                yield unpacking.decompress(step)
                step = unpacking.unused_data if unpacking.eof else b""
                unpacking = None if unpacking.eof else unpacking
    if unpacking is not None:
        raise EOFError("the compressed file ends too early")


def _json(name: str, stream: BinaryIO, problems: list[Problem], columns: Mapping[str, str]) -> _Records:
    for number, fields in json_records(name, stream, problems):
        yield f"line {number}", fields | {ours: fields.get(theirs) for ours, theirs in columns.items()}


def _positions(name: str, head: list[str], problems: list[Problem], columns: Mapping[str, str]) -> dict[str, int]:
    """Where each of our fields stands; empty if there is no text. A missing column is reported once, not for each record."""
    found = {}
    for field in COLUMNS:
        if (theirs := columns.get(field, field)) in head:
            found[field] = head.index(theirs)
        elif field == "text":
            problems.append(error(name, "", "text", f"no column {theirs!r}: the columns are {', '.join(head)[:300]}"))
            return {}
        elif field == "title" and field not in columns:
            problems.append(warning(name, "", field, f"no column {theirs!r}: the first line of each text is shown"))
        elif field in columns:
            problems.append(error(name, "", field, f"no column {theirs!r}"))
    return found


def _with_title(fields: dict[str, Any], positions: Mapping[str, int]) -> dict[str, Any]:
    text = fields.get("text")
    if "title" not in positions and isinstance(text, str) and text.strip():
        fields["title"] = first_line(text)
    return fields


def _csv(name: str, stream: BinaryIO, state: _Stream, problems: list[Problem], columns: Mapping[str, str]) -> _Records:
    text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="")
    rows = Rows(text, columns.get("text", "text"), MAX_FILE_BYTES, lambda: bool(state.failure))
    if not rows.head:
        problems.extend([] if state.failure else [error(name, "", "", "the file is empty")])
        return
    if not is_unicode("".join(rows.head)):
        problems.append(error(name, "", "", "its header is not UTF-8: save it as UTF-8"))
        return
    positions = _positions(name, rows.head, problems, columns)
    if not positions:
        return

    def plausible(row: list[str]) -> bool:
        """Whether a row that follows a broken one is more than a line of its text that has as many commas."""
        fields = {ours: row[position] for ours, position in positions.items()}
        try:
            parse_published(fields.get("published"))
        except ValueError:
            return False
        return _PLAIN_ID.fullmatch(fields.get("id", "")) is not None and _HTTP.match(fields.get("url", "")) is not None

    for number, row, fault in rows.read(plausible):
        fields: dict[str, Any] = {} if fault else {ours: row[position] for ours, position in positions.items()}
        wrong = next((ours for ours, value in fields.items() if not is_unicode(value)), "")
        if fault or wrong:
            problems.append(error(name, f"line {number}", wrong, fault or "not UTF-8: left out"))
        else:
            yield f"line {number}", _with_title(fields, positions)


def _parquet(name: str, raw: BinaryIO, problems: list[Problem], columns: Mapping[str, str]) -> _Records:
    """Rows by record batches. A damaged row group is left out, the others are read."""
    try:
        file = pq.ParquetFile(raw, buffer_size=_READ)
        names = file.schema_arrow.names
        sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    except Exception as failure:  # Arrow's errors have no base of their own
        problems.append(error(name, "", "", f"not Parquet, or damaged: {_said(failure)}"))
        return
    positions = _positions(name, names, problems, columns)
    if not positions:
        return
    wanted = {ours: names[position] for ours, position in positions.items()}
    first = 1
    for group, size in enumerate(sizes):
        number = first
        first += size
        batches = file.iter_batches(_BATCH, row_groups=[group], columns=list(dict.fromkeys(wanted.values())))
        while True:
            try:
                if (batch := next(batches, None)) is None:
                    break
                held = {ours: batch.column(batch.schema.names.index(theirs)) for ours, theirs in wanted.items()}
            except Exception as failure:
                problems.append(error(name, f"row {number}", "", f"rows {number} to {first - 1} are damaged: {_said(failure)}"))
                break
            for at in range(batch.num_rows):
                try:
                    yield f"row {number}", _with_title(_cells(name, number, held, at), positions)
                except DataError as failure:
                    problems.append(failure.problem)
                number += 1


def _cells(name: str, number: int, held: Mapping[str, Any], at: int) -> dict[str, Any]:
    """The values of a row as JSON would have them. Raises DataError."""
    fields: dict[str, Any] = {}
    for ours, column in held.items():
        try:
            value = column[at].as_py()
            if isinstance(value, bytes):
                value = value.decode()
        except Exception as failure:  # not UTF-8, a time zone that there is not, a day before the year 1
            raise DataError(error(name, f"row {number}", ours, f"cannot be read: {_said(failure)}")) from failure
        if isinstance(value, float):
            value = None if math.isnan(value) else int(value) if value.is_integer() else value
        fields[ours] = str(value) if isinstance(value, date | Decimal | UUID) else value
    return fields
