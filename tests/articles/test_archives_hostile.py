"""Damaged, hostile and endless archives: nothing raises, nothing is held whole, what stands before the damage is kept."""

from __future__ import annotations

import csv
import gzip
import io
import os
import tracemalloc
from collections.abc import Iterator

import fsspec
import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.archivefiles import COMPRESSED, ROWS, csv_bytes, ids, jsonl_bytes, many, parquet_bytes, read

from conflictmap.articles.archives import read_archive
from conflictmap.errors import Problem
from conflictmap.model import Article

# Damaged and hostile streams


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("form", [".jsonl", ".csv"])
@pytest.mark.parametrize("harm", ["cut", "changed", "followed"])
def test_of_a_damaged_stream_what_stands_before_is_kept(tmp_path, form, suffix, harm):
    rows = many(20_000)
    pieces = [{".jsonl": jsonl_bytes, ".csv": csv_bytes}[form](part) for part in (rows[:10_000], rows[10_000:])]
    pieces[1] = pieces[1] if form == ".jsonl" else pieces[1].partition(b"\n")[2]
    first, second = map(COMPRESSED[suffix], pieces)
    half = len(second) // 2
    data = (
        first + {"cut": second[:half], "changed": second[:9] + b"\xff" * 300 + second[309:], "followed": second + b"junk"}[harm]
    )
    found, problems = read(tmp_path / f"a{form}{suffix}", data)
    kept = [article.id for article in found]
    assert kept == [row["id"] for row in rows[: len(kept)]]
    assert [article.text for article in found] == [row["text"] for row in rows[: len(kept)]]
    fewest = {"cut": 10_000, "changed": 9_900, "followed": 19_800}[harm]
    assert len(kept) >= fewest
    assert "only what stands before" in problems[-1].message
    assert problems[-1].record.startswith("line ")
    assert {problem.file for problem in problems} == {f"a{form}{suffix}"}


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_members_and_padding_of_a_stream_are_no_damage(tmp_path, suffix):
    pack = COMPRESSED[suffix]
    between = b"\0" * 700 if suffix == ".gz" else b"\x50\x2a\x4d\x18\x04\0\0\0skip"
    data = pack(jsonl_bytes(ROWS[:1])) + between + pack(b"") + pack(jsonl_bytes(ROWS[1:])) + between
    found = read(tmp_path / f"a.jsonl{suffix}", data)
    assert ids(found) == ["one", "two"]
    assert found[1] == []


def test_a_window_of_two_gigabytes_is_read(tmp_path):
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=31)
    data = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    assert ids(read(tmp_path / "a.jsonl.zst", data.compress(jsonl_bytes(ROWS)) + data.flush())) == ["one", "two"]


def test_an_archive_is_never_held_whole(tmp_path):
    """18 MB unpacked, in each form; and the caller may empty `problems`."""
    rows = [{"id": f"a{n}", "title": "T", "published": "x", "text": f"{n} " + "Salma. " * 8500} for n in range(300)]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(jsonl_bytes(rows), 1))
    (tmp_path / "b.csv.zst").write_bytes(COMPRESSED[".zst"](csv_bytes(rows)))
    (tmp_path / "c.parquet").write_bytes(parquet_bytes(rows))
    del rows
    for path in sorted(tmp_path.iterdir()):
        problems: list[Problem] = []
        number = 0
        tracemalloc.start()
        for _ in read_archive(path, problems):
            number += len(problems)
            problems.clear()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert number == 300
        assert most < 9 * 2**20, path.name


def test_a_store_that_fails_half_way_is_reported(tmp_path, monkeypatch):
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise RuntimeError("connection lost")
            return super().read(100_000)

    files = fsspec.filesystem("memory")
    for name in ("a.jsonl", "b.csv", "c.txt", "d.parquet"):
        files.pipe(f"/failing/{name}", b"x")
    data = {"a.jsonl": jsonl_bytes(many(5000)), "b.csv": csv_bytes([row | {"id": "b" + row["id"]} for row in many(5000)])}
    opened = lambda self, place, *_: Failing(data.get(place.rpartition("/")[2], b"Text. " * 20_000))  # noqa: E731
    monkeypatch.setattr(type(files), "open", opened)
    found, problems = read("memory://failing")
    assert len(found) > 1000
    assert {problem.file for problem in problems if "connection lost" in problem.message} == {
        "a.jsonl",
        "b.csv",
        "c.txt",
        "d.parquet",
    }
    monkeypatch.setattr(type(files), "open", lambda *_: 1 / 0)
    assert len(read("memory://failing")[1]) == 4
    monkeypatch.undo()
    files.rm("/failing", recursive=True)


def test_a_file_name_that_is_not_utf_8_breaks_nothing(tmp_path):
    with open(os.fsencode(tmp_path) + b"/caf\xe9.jsonl", "wb") as out:  # noqa: PTH123
        out.write(jsonl_bytes(ROWS))
    (tmp_path / "b.txt").write_text("Text.")
    found = read(tmp_path)
    assert ids(found) == ["b"]
    assert len(found[1]) == 1
    str(found[1][0]).encode()


def test_an_archive_that_is_left_half_read_is_closed(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(csv_bytes(many(50_000))))
    found: Iterator[Article] = read_archive(tmp_path / "a.csv.gz", [])
    assert next(found).id == "a0"
    found.close()  # type: ignore[attr-defined]


# Whatever the bytes


def sound(found: tuple[list[Article], list[Problem]]) -> None:
    """What everything that is read must be, and everything that is told."""
    articles, problems = found
    assert len({article.id for article in articles}) == len(articles)
    for article in articles:
        assert article.text.strip()
        assert article.id
        assert article.title
        repr(article)
        for value in (article.id, article.title, article.text, article.author or "", article.url or "", article.publisher or ""):
            value.encode()
    for problem in problems:
        assert problem.file
        str(problem).encode()


SPLICES = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 30), st.binary(max_size=30)), min_size=1, max_size=4)
ORIGINALS = {
    f"a{form}{suffix}": pack(make(ROWS + many(5)))
    for form, make in (
        (".jsonl", jsonl_bytes),
        (".csv", lambda rows: csv_bytes([dict.fromkeys(ROWS[0], "") | row for row in rows])),
    )
    for suffix, pack in COMPRESSED.items()
} | {"a.parquet": parquet_bytes([dict.fromkeys(ROWS[0], "") | row for row in ROWS + many(5)])}


@pytest.mark.parametrize("name", ORIGINALS)
@settings(max_examples=60)
@given(splices=SPLICES)
def test_spoilt_bytes_never_raise(tmp_path_factory, name, splices):
    data = bytearray(ORIGINALS[name])
    for at, length, put in splices:
        at %= len(data) + 1
        data[at : at + length] = put
    sound(read(tmp_path_factory.mktemp("spoilt") / name, bytes(data)))


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from([*'",;\t\n\r\0 aé-1[].{}:\ufeff', '""', '"\n', "2013-08-06", "https://", '"x"']), max_size=60).map(
        "".join
    )
)
@example('a,b,"c\n"d"\n,"\n')
def test_any_text_is_csv_of_some_kind(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("csv")
    sound(read(folder / "a.csv", b"id,url,published,text\n" + text.encode() + b"\ngood,,,Text.\n"))


@settings(max_examples=200)
@given(
    st.lists(
        st.fixed_dictionaries(
            {name: st.text(st.characters(exclude_categories=["Cs"]), max_size=20) for name in ("author", "text")}
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_a_writer_wrote_is_read_back(tmp_path_factory, rows):
    rows = [{"id": f"a{n}", "title": "T"} | row for n, row in enumerate(rows)]
    wanted = [row["text"] for row in rows if row["text"].strip()]
    folder = tmp_path_factory.mktemp("written")
    assert [article.text for article in read(folder / "a.csv", csv_bytes(rows, quoting=csv.QUOTE_ALL))[0]] == wanted
    assert [article.text for article in read(folder / "a.parquet", parquet_bytes(rows))[0]] == wanted
