"""Archives in each form, and what is read of them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from conflictmap.articles.archives import read_archive
from conflictmap.errors import Problem
from conflictmap.model import Article

ROWS: list[dict[str, Any]] = [
    {"id": "one", "title": "First", "author": "A", "publisher": "Wire", "url": "https://example.org/1", "published": "2013-08-06",
     "published_best": "", "language": "en", "rights": "r", "kind": "digest", "text": 'He said "no",\n\nand left; قصف على سلمى.'},
    {"id": "two", "title": "Second", "author": "", "publisher": "Wire", "url": "", "published": "[2013-08-05..2013-08-10]",
     "published_best": "2013-08-06", "language": "ar", "rights": "", "kind": "", "text": "Text."},
]  # fmt: skip
COMPRESSED = {"": lambda data: data, ".gz": gzip.compress, ".zst": zstandard.ZstdCompressor(write_checksum=True).compress}


def csv_bytes(rows: list[dict[str, Any]], delimiter: str = ",", **more: Any) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, **more)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def jsonl_bytes(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps({k: v for k, v in row.items() if v != ""}).encode() + b"\n" for row in rows)


def parquet_bytes(rows: list[dict[str, Any]] | pa.Table, **more: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(rows), out, **more)
    return out.getvalue()


def read(path: Path | str, data: bytes | None = None, **columns: str) -> tuple[list[Article], list[Problem]]:
    if data is not None:
        Path(path).write_bytes(data)
    problems: list[Problem] = []
    return list(read_archive(path, problems, columns or None)), problems


def where(problems: list[Problem]) -> list[tuple[str, str, str, str]]:
    return [(problem.grade, problem.file, problem.record, problem.field) for problem in problems]


def ids(found: tuple[list[Article], list[Problem]]) -> list[str]:
    return [article.id for article in found[0]]


def many(number: int) -> list[dict[str, Any]]:
    """Records that do not compress to nothing."""
    return [{"id": f"a{n}", "title": "T", "text": f"Text {n}: {n * 7919 % 10007}.\nMore."} for n in range(number)]
