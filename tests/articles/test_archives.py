"""Archives as they come: whatever is broken is reported with file, record and field, and the rest is kept."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import UTC, date, datetime

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.archivefiles import COMPRESSED, ROWS, csv_bytes, ids, jsonl_bytes, parquet_bytes, read, where

from conflictmap.articles import csvrows
from conflictmap.articles import readers as articles_module
from conflictmap.articles.archives import COLUMNS, SUFFIXES, read_archive
from conflictmap.articles.csvrows import Rows
from conflictmap.articles.readers import read_articles, without_replaced_digests
from conflictmap.errors import DataError, UsageError
from conflictmap.model import DayRange

# What is read


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in (".md", ".txt")])
def test_every_form_holds_what_its_records_say(tmp_path, suffix):
    make = {"jsonl": jsonl_bytes, "csv": csv_bytes, "parquet": parquet_bytes}[suffix.split(".")[1]]
    data = make([row | {"kind": row["kind"] or "full text"} for row in ROWS])
    path = tmp_path / f"A{suffix.upper()}"
    found, problems = read(path, COMPRESSED.get("." + suffix.split(".")[-1], COMPRESSED[""])(data))
    assert problems == []
    one, two = found
    assert (one.id, one.title, one.author, one.publisher, one.url) == ("one", "First", "A", "Wire", "https://example.org/1")
    assert (one.language, one.rights, one.kind, one.text) == ("en", "r", "digest", ROWS[0]["text"])
    assert one.published == DayRange(*[date(2013, 8, 6)] * 3)
    assert (two.author, two.url, two.rights, two.kind, two.language) == (None, None, None, "full text", "ar")
    assert two.published == DayRange(date(2013, 8, 5), date(2013, 8, 10), date(2013, 8, 6))
    assert {article.file for article in found} == {path.name}
    assert len({article.text_hash for article in found}) == 2


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_a_mapping_names_the_columns(tmp_path, suffix):
    theirs = {ours: f"Their {ours}" for ours in COLUMNS}
    rows = [{theirs[ours]: value for ours, value in row.items()} | {"noise": "x"} for row in ROWS]
    rows[1] |= {theirs["kind"]: "full text"}
    data = {".jsonl": jsonl_bytes, ".csv": csv_bytes, ".parquet": parquet_bytes}[suffix](rows)
    found = read(tmp_path / f"a{suffix}", data, **theirs)
    assert ids(found) == ["one", "two"]
    assert found[1] == []
    assert found[0][0].text == ROWS[0]["text"]


def test_a_field_that_the_mapping_does_not_name_is_read_from_its_own_column(tmp_path):
    found = read(tmp_path / "a.csv", b"id,title,body,text\n1,T,Body.,Other.\n", text="body")
    assert [(article.id, article.title, article.text) for article in found[0]] == [("1", "T", "Body.")]


def test_a_mapping_of_a_field_that_there_is_not_is_the_callers_fault(tmp_path):
    (tmp_path / "a.csv").write_text("text\nx\n")
    with pytest.raises(UsageError, match="txet"):
        read_archive(tmp_path / "a.csv", [], {"txet": "body"})


def test_a_folder_is_read_as_read_articles_reads_it(mini_articles_folder, tmp_path):
    found, problems = read(mini_articles_folder)
    assert problems == []
    assert tuple(without_replaced_digests(found)) == read_articles(mini_articles_folder).articles
    (tmp_path / "inner").mkdir()
    for name in ("README.md", "decisions.jsonl", ".hidden.txt", "notes.pdf", "inner/a.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert read(tmp_path) == ([], [])
    (tmp_path / "b.txt").write_text("B.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "a.csv").write_bytes(csv_bytes(ROWS))
    assert ids(read(tmp_path)) == ["one", "two", "b", "link"]


def test_single_texts(tmp_path):
    assert ids(read(tmp_path / "a.txt", b"\xef\xbb\xbfTitle\n\nText.")) == ["a"]
    assert ids(read(tmp_path / "b.md", b"---\nid: slug\ntitle: T\n---\n\nText.\n")) == ["slug"]
    assert where(read(tmp_path / "c.txt", b"caf\xe9")[1]) == [("error", "c.txt", "", "")]


def test_addresses(tmp_path):
    files = fsspec.filesystem("memory")
    files.pipe("/wire/a.jsonl.gz", gzip.compress(jsonl_bytes(ROWS[:1])))
    files.pipe("/wire/b.parquet", parquet_bytes([{"id": "two", "title": "T", "text": "Text."}]))
    assert ids(read("memory://wire")) == ["one", "two"]
    assert ids(read("memory://wire/a.jsonl.gz")) == ["one"]
    (tmp_path / "a::b.jsonl").write_bytes(jsonl_bytes(ROWS))
    assert ids(read(str(tmp_path / "a::b.jsonl"))) == ["one", "two"]
    (tmp_path / "a.jsonl").write_bytes(jsonl_bytes(ROWS))
    assert ids(read(f"file://{tmp_path}/a.jsonl")) == ["one", "two"]
    files.rm("/wire", recursive=True)


@pytest.mark.parametrize(
    "path", ["nowhere", "nowhere.csv", "memory://nowhere", "nonsense://a.csv", "a\0.csv", "notes.pdf", "caf\udce9"]
)
def test_an_archive_that_there_is_not_raises_a_data_error_at_once(tmp_path, path):
    (tmp_path / "notes.pdf").write_text("x")
    with pytest.raises(DataError) as raised:
        read_archive(path if "://" in path else str(tmp_path / path), [])
    str(raised.value).encode()


# Ids


def test_a_record_without_an_id_is_named_by_its_address_or_else_by_its_text(tmp_path):
    rows = [{"title": "T", "text": "One.", "url": "https://example.org/a"}, {"title": "T", "text": "Two.", "url": ""}]
    first = ids(read(tmp_path / "a.jsonl", jsonl_bytes(rows)))
    assert [name.split("-")[0] for name in first] == ["url", "text"]
    assert len(set(first)) == 2
    moved = [rows[1] | {"id": None}, rows[0] | {"url": "http://www.example.org/a/", "text": "One, corrected."}]
    assert ids(read(tmp_path / "b.parquet", parquet_bytes(moved))) == first[::-1]
    assert ids(read(tmp_path / "c.jsonl", jsonl_bytes([rows[1] | {"publisher": "Wire"}]))) != first[1:]


def test_records_of_one_address_all_stay_but_copies_do_not(tmp_path):
    home = {"title": "T", "url": "https://example.org/"}
    rows = [home | {"text": text} for text in ("One.", "Two.", "One.", "Two.", "Three.")]
    found, problems = read(tmp_path / "a.jsonl", jsonl_bytes(rows))
    assert [article.text for article in found] == ["One.", "Two.", "Three."]
    assert len({article.id for article in found}) == 3
    assert where(problems) == [
        ("warning", "a.jsonl", "line 2", "url"), ("error", "a.jsonl", "line 3", "id"),
        ("error", "a.jsonl", "line 4", "id"), ("warning", "a.jsonl", "line 5", "url"),
    ]  # fmt: skip


def test_of_two_records_with_one_id_the_first_stays(tmp_path):
    (tmp_path / "a.csv").write_bytes(csv_bytes([ROWS[0], ROWS[1], ROWS[0]]))
    (tmp_path / "b.jsonl").write_bytes(jsonl_bytes(ROWS[1:]))
    found = read(tmp_path)
    assert ids(found) == ["one", "two"]
    assert where(found[1]) == [("error", "a.csv", "line 6", "id"), ("error", "b.jsonl", "line 1", "id")]
    assert "a.csv" in found[1][1].message


# Broken JSON Lines


def test_broken_lines_are_reported_and_the_others_kept(tmp_path):
    lines = [b"{", b"", b'{"text": 7}', '{"text": "Café"}'.encode("latin-1"), b'{"id": "s", "title": "T", "text": "\\ud800"}',
             jsonl_bytes([ROWS[1] | {"id": "date", "published": "2013-02-30"}]).strip(), jsonl_bytes(ROWS)]  # fmt: skip
    found = read(tmp_path / "a.jsonl.zst", COMPRESSED[".zst"](b"\n".join(lines)))
    assert ids(found) == ["date", "one", "two"]
    assert where(found[1]) == [
        ("error", "a.jsonl.zst", f"line {line}", field)
        for line, field in ((1, ""), (3, "text"), (4, ""), (5, "text"), (6, "published"))
    ]


def test_what_is_too_long_is_left_out_and_what_follows_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(articles_module, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(articles_module, "MAX_CHARACTERS", 500)
    rows = [ROWS[1] | {"id": f"a{size}", "text": "x" * size} for size in (10, 600, 5000, 20)]
    found = read(tmp_path / "a.jsonl", jsonl_bytes(rows))
    assert ids(found) == ["a10", "a20"]
    assert where(found[1]) == [("error", "a.jsonl", "line 2", "text"), ("error", "a.jsonl", "line 3", "")]
    rows = [row | {"kind": "digest"} for row in rows]
    assert ids(read(tmp_path / "a.parquet", parquet_bytes(rows))) == ["a10", "a20"]


# Broken CSV


HEAD = b"id,title,published,text\n"
GOOD = b'good,T,2013-08-06,"Some, text.\n\nMore."\n'
BROKEN = [
    ("too few fields", b"a,T,2013-08-06\n", [("line 2", "")]),
    ("too many fields", b"a,T,2013-08-06,x,y\n", [("line 2", "")]),
    ("no text", b"a,T,2013-08-06,\n", [("line 2", "text")]),
    ("a wrong date", b"a,T,yesterday,x\n", [("line 2", "published")]),
    ("not UTF-8", b"a,T,2013-08-06,caf\xe9\n", [("line 2", "text")]),
    ("not UTF-8 in a row of lines", b'a,T,2013-08-06,"x\ncaf\xe9\nx"\n', [("line 2", "text")]),
    ("half a character", b"a,T,2013-08-06,\xed\xa0\x80\n", [("line 2", "text")]),
    ("an id too long", b"x" * 201 + b",T,2013-08-06,x\n", [("line 2", "id")]),
    ("a quote never closed", b'a,"T,2013-08-06,x\n', [("line 2", "")]),
    ("a quote never closed at the end", b'a,T,2013-08-06,"x\n', [("line 2", "")]),
    ("a quote in a quoted text of lines", b'a,T,2013-08-06,"x\n\n"y" said, she, and, z\nb"\n', [("line 2", "")]),
    ("a row of lines without a field", b'a,T,"x\n\ny"\n', [("line 2", "")]),
    ("two quotes never closed", b'a,"T,2013-08-06,x\nb,"T,2013-08-06,x\n', [("line 2", "")]),
]


@pytest.mark.parametrize(("row", "told"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN])
def test_a_broken_row_costs_itself_only(tmp_path, row, told):
    found = read(tmp_path / "a.csv", HEAD + row + GOOD + b"\nlast,T,,x\n")
    assert [name for name in ids(found) if name != "a"] == ["good", "last"]
    assert found[0][-2].text == "Some, text.\n\nMore."
    assert [(problem.record, problem.field) for problem in found[1]] == told
    assert {problem.file for problem in found[1]} == {"a.csv"}


@pytest.mark.parametrize(
    "row",
    [
        b'"a",T,,"x ""y"" z"',
        b'a,"T" of "U",,x',
        b"a,T,,x,,",
        b'a,say "T",,x',
        b"a,T,,x\r",
        b"a,T,,x\0",
        b'a,"T\r\n\r\n2",,"x\r\ny"',
    ],
)
def test_a_sloppy_row_is_kept(tmp_path, row):
    found = read(tmp_path / "a.csv", HEAD + row + b"\n" + GOOD)
    assert ids(found) == ["a", "good"]
    assert found[1] == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n"])
def test_dialects(tmp_path, delimiter, end, mark):
    found, problems = read(tmp_path / "a.csv", mark + csv_bytes(ROWS, delimiter, lineterminator=end, quoting=csv.QUOTE_ALL))
    assert [article.text for article in found] == [row["text"] for row in ROWS]
    assert problems == []


@pytest.mark.parametrize("data", [b"", b"\n", b"id,title\n1,T\n", b"text", b"\xff\xfet\0e\0x\0t\0\n\0", b"\0"])
def test_a_csv_without_texts(tmp_path, data):
    found = read(tmp_path / "a.csv", data)
    assert found[0] == []
    assert all(problem.file == "a.csv" for problem in found[1])
    assert len([problem for problem in found[1] if problem.grade == "error"]) == (data != b"text")


def test_a_missing_column_is_told_once(tmp_path):
    found = read(tmp_path / "a.csv", b"text\nFirst.\nSecond.\n", author="Author")
    assert [article.title for article in found[0]] == ["First.", "Second."]
    assert where(found[1]) == [("warning", "a.csv", "", "title"), ("error", "a.csv", "", "author")]


def test_quotes_that_are_never_closed_do_not_take_forever(monkeypatch):
    """Each line leaves a quote open, whether or not one was open before it."""
    monkeypatch.setattr(csvrows, "_AGAIN", 2**20)
    rows = Rows(io.StringIO("id,text\n" + 'x","\n' * 50_000, newline=""), "text", 20 * 2**20, lambda: False)
    assert "the rest" in list(rows.read(lambda row: True))[-1][2]


# Broken Parquet


def test_values_of_other_types_are_read(tmp_path):
    table = pa.table(
        {
            "id": pa.array([1.0, 2.0, None]),
            "text": pa.array([b"One.", "Café".encode("latin-1"), b"Three."], pa.binary()),
            "title": pa.array(["T", "T", "U"]).dictionary_encode(),
            "published": pa.array([datetime(2013, 8, 6, 23, tzinfo=UTC)] * 3, pa.timestamp("ns", "UTC")),
        }
    )
    found, problems = read(tmp_path / "a.parquet", parquet_bytes(table))
    assert [article.text for article in found] == ["One.", "Three."]
    assert found[0].id == "1"
    assert found[0].published == DayRange(*[date(2013, 8, 6)] * 3)
    assert where(problems) == [("error", "a.parquet", "row 2", "text")]


def test_a_value_that_is_not_utf_8_is_reported(tmp_path):
    text = pa.StringArray.from_buffers(2, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"\xe9x"))
    found = read(tmp_path / "a.parquet", parquet_bytes(pa.table({"id": ["a", "b"], "title": ["T", "T"], "text": text})))
    assert ids(found) == ["b"]
    assert where(found[1]) == [("error", "a.parquet", "row 1", "text")]


@pytest.mark.parametrize("values", [[["x"]], [{"a": "x"}], [None], [7], [True]])
def test_a_text_that_is_none_is_reported(tmp_path, values):
    assert where(read(tmp_path / "a.parquet", parquet_bytes([{"id": "a", "title": "T", "text": values[0]}]))[1]) == [
        ("error", "a.parquet", "row 1", "text")
    ]


def test_a_damaged_row_group_costs_itself_only(tmp_path):
    rows = [{"id": f"a{n}", "title": "T", "text": f"Text {n}. " * 50} for n in range(300)]
    data = bytearray(parquet_bytes(rows, row_group_size=100, write_page_checksum=True, compression="zstd"))
    chunk = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(2)
    middle = chunk.dictionary_page_offset + 40
    data[middle : middle + 60] = b"\xff" * 60
    found = read(tmp_path / "a.parquet", bytes(data))
    assert ids(found) == [f"a{n}" for n in (*range(100), *range(200, 300))]
    assert where(found[1]) == [("error", "a.parquet", "row 101", "")]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"text", parquet_bytes(ROWS)[:-5], parquet_bytes(ROWS)[4:]])
def test_what_is_no_parquet_is_reported(tmp_path, data):
    found, problems = read(tmp_path / "a.parquet", data)
    assert found == []
    assert [problem.file for problem in problems] == ["a.parquet"]
