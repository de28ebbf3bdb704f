"""The command line: parse, find, check, evaluate; its exit status, and the contract of the records that it writes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conflictmap.cli import main

KEYS = [
    "article", "passage", "start", "end", "surface", "place", "name", "fclass", "ftype",
    "lat", "lon", "uncertainty_m", "certainty", "status", "basis", "role", "reason",
    "candidates", "published_start", "published_end", "event_start", "event_end", "event_kind", "date_precision",
    "event_words", "event_words_start", "event_words_end", "event_rule", "event_link",
    "attributed_to", "attributed_start", "attributed_end",
]  # fmt: skip
DERIVED = ["shape", "anchors", "distance_m", "bearing_deg"]
"""What only the record of a derived footprint has, after its uncertainty."""
ADDED = {"certainty", "attributed_start", "attributed_end"}
"""Keys that the contract's example, written before them, does not show."""
Run = Callable[..., tuple[int, list[dict], list[str]]]


@pytest.fixture
def run(mini_gazetteer_folder: Path, capsys: pytest.CaptureFixture) -> Run:
    """Runs a command on the miniature gazetteer: (status, records on standard output, lines on standard error)."""

    def go(*arguments: str | Path) -> tuple[int, list[dict], list[str]]:
        status = main(["--gazetteer", str(mini_gazetteer_folder), *map(str, arguments)])
        told = capsys.readouterr()
        return status, [json.loads(line) for line in told.out.splitlines()], told.err.splitlines()

    return go


# --- parse ----------------------------------------------------------------------------------------------------


def test_a_record_has_the_contracts_keys_in_the_contracts_order(run: Run, mini_articles_folder: Path) -> None:
    status, records, told = run("parse", *sorted(mini_articles_folder.iterdir()))
    assert (status, told) == (0, [])
    assert len(records) > 30
    at = KEYS.index("uncertainty_m") + 1
    keys = {"named": KEYS, "derived": KEYS[:at] + DERIVED + KEYS[at:]}
    assert {record["basis"] for record in records} == set(keys)
    assert [list(record) for record in records] == [keys[record["basis"]] for record in records]


def test_parse_explains_what_it_turned_down(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A title\n\nThey met Umm Salma. Then Salma fell.\n", encoding="utf-8")
    _, plain, _ = run("parse", path)
    status, records, told = run("parse", "--explain", path)
    assert (status, told) == (0, [])
    assert [record for record in records if "turned_down" not in record] == plain
    assert records[0] == {
        "article": "a", "passage": 2, "start": 22, "end": 27, "surface": "Salma",
        "turned_down": "kunya-before", "why": "part of a person's name: Abu, Umm, ibn … stands before it",
    }  # fmt: skip
    assert [record["start"] for record in records] == sorted(record["start"] for record in records)
    assert len(records) == 2


def test_a_dated_mention_in_full(run: Run, mini_articles_folder: Path) -> None:
    _, records, _ = run("parse", mini_articles_folder / "mountain-villages-fall.md")
    (aramo,) = [record for record in records if record["surface"] == "Aramo"]
    words = aramo["start"] - len("they had taken ")
    footprint = {key: aramo.pop(key) for key in ("start", "end", "lat", "lon", "uncertainty_m")}
    assert aramo == {
        "article": "mountain-villages-fall", "passage": 2, "surface": "Aramo",
        "place": "aramo", "name": "Aramo", "fclass": "P", "ftype": "PPL",
        "status": "resolved", "basis": "named", "role": "location", "reason": "only-candidate", "candidates": ["aramo"],
        "published_start": "2013-08-05", "published_end": "2013-08-10",
        "event_start": "2013-08-05", "event_end": "2013-08-05", "event_kind": "within", "date_precision": "day",
        "event_words": "By Monday", "event_words_start": words - 10, "event_words_end": words - 1, "event_rule": "weekday", "event_link": "same-clause", "attributed_to": None, "attributed_start": None, "attributed_end": None, "certainty": "certain",
    }  # fmt: skip
    assert footprint["end"] - footprint["start"] == 5
    assert isinstance(footprint["uncertainty_m"], int)
    assert 35 < footprint["lat"] < 36 < footprint["lon"] < 37


def test_a_derived_footprint_in_full(run: Run, tmp_path: Path) -> None:
    text = "Activists said that it fell 12 km north of Homs."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    _, (derived, named), _ = run("parse", tmp_path / "a.txt")
    assert text[derived["start"] : derived["end"]] == derived["surface"] == "12 km north of Homs"
    assert [derived[key] for key in ("place", "name", "fclass", "ftype", "candidates")] == [None, None, None, None, ["homs"]]
    assert (derived["status"], derived["basis"], derived["reason"]) == ("resolved", "derived", "derived-from-anchor")
    assert [derived[key] for key in DERIVED] == ["point", ["homs"], 12_000, 0]
    assert derived["lat"] - named["lat"] == pytest.approx(12 / 111, rel=0.02)
    assert derived["lon"] == pytest.approx(named["lon"], abs=0.01)
    assert 0 < derived["uncertainty_m"] < 12_000
    assert derived["certainty"] != "certain"
    assert (named["surface"], named["role"], named["certainty"]) == ("Homs", "reference", "certain")
    for record in (derived, named):
        assert text[record["attributed_start"] : record["attributed_end"]] == record["attributed_to"] == "Activists"


def test_an_unlisted_spelling_is_less_certain(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Near Homs, in Kousseir, it rained.", encoding="utf-8")
    _, (homs, kousseir), _ = run("parse", tmp_path / "a.txt")
    assert (homs["certainty"], kousseir["certainty"]) == ("certain", "less-certain")
    assert (kousseir["place"], kousseir["reason"]) == ("qusayr", "spelling-variant")


def test_a_name_without_a_place_has_null_fields(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In the village of Foobaz and in Tripoli.", encoding="utf-8")
    status, (unknown, either), _ = run("parse", tmp_path / "a.txt")
    assert status == 0
    assert (unknown["status"], unknown["reason"], unknown["candidates"]) == ("unresolved", "not-in-gazetteer", [])
    assert (either["status"], sorted(either["candidates"])) == ("ambiguous", ["tripoli-lebanon", "tripoli-libya"])
    for record in (unknown, either):
        assert [record[key] for key in ("place", "name", "fclass", "ftype", "lat", "lon", "uncertainty_m")] == [None] * 7
        assert [record[key] for key in ("published_start", "published_end")] == [None] * 2


def test_offsets_of_a_txt_count_code_points_of_the_whole_file(run: Run, tmp_path: Path) -> None:
    text = "Title 😀\r\n\r\nIn Homs,\r\nand Latakia\r\nprovince.\r\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    _, records, _ = run("parse", tmp_path / "a.txt")
    assert [record["surface"] for record in records] == ["Homs", "Latakia\r\nprovince"]
    assert [record["passage"] for record in records] == [2, 2]
    for record in records:
        assert text[record["start"] : record["end"]] == record["surface"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_offsets_of_a_md_count_what_follows_the_front_matter(run: Run, tmp_path: Path, newline: str) -> None:
    head = "---\nid: a\ntitle: In Homs\npublished: 2013-08-06\nkind: full text\n---\n\n".replace("\n", newline)
    body = "In Salma.\n\nThen in Homs.\n".replace("\n", newline)
    (tmp_path / "a.md").write_bytes((head + body).encode())
    _, records, told = run("parse", tmp_path / "a.md")
    assert told == []
    assert [(r["start"], r["end"], r["surface"], r["passage"]) for r in records] == [
        (body.index("Salma"), body.index("Salma") + 5, "Salma", 1),
        (body.index("Homs"), body.index("Homs") + 4, "Homs", 2),
    ]


def test_an_archive_gives_its_articles_in_order(run: Run, tmp_path: Path) -> None:
    lines = [{"id": "b", "title": "T", "text": "Homs."}, {"title": "T", "text": "\n Salma", "published": "2013-08"}]
    (tmp_path / "old.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    status, records, _ = run("parse", tmp_path / "old.jsonl")
    assert status == 0
    assert [(r["article"], r["surface"], r["start"], r["published_start"], r["published_end"]) for r in records] == [
        ("b", "Homs", 0, None, None),
        ("old-2", "Salma", 2, "2013-08-01", "2013-08-31"),
    ]


def test_mentions_come_in_text_order(run: Run, mini_articles_folder: Path) -> None:
    for path in mini_articles_folder.iterdir():
        _, records, _ = run("parse", path)
        for article in {record["article"] for record in records}:
            starts = [record["start"] for record in records if record["article"] == article]
            assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [
        ("bad.md", b"no front matter in Homs", "front matter"),
        ("bad.md", b"---\ntitle: [\n---\n\nHoms.\n", "front matter"),
        ("bad.md", b"---\nid: a\ntitle: T\npublished: someday\n---\n\nHoms.\n", "published"),
        ("bad.md", b"---\ntitle: T\n---\n\nHoms.\n", "id"),
        ("bad.txt", b"Homs caf\xe9", "UTF-8"),
        ("bad.txt", b"", "empty"),
        ("bad.jsonl", b'{"id": "a", "text": \n', "line 1"),
        ("bad.jsonl", b'{"id": "a", "title": "T"}\n', "text"),
        ("bad.docx", b"PK", ".txt"),
        ("bad.md", None, "no such file"),
    ],
)
def test_a_bad_file_is_told_in_one_line_and_the_others_are_parsed(
    run: Run, tmp_path: Path, name: str, content: bytes | None, field: str
) -> None:
    (tmp_path / "good.txt").write_text("Homs.", encoding="utf-8")
    (tmp_path / "last.txt").write_text("Salma.", encoding="utf-8")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status, records, told = run("parse", tmp_path / "good.txt", tmp_path / name, tmp_path / "last.txt")
    assert status == 2
    assert {record["article"] for record in records} >= {"good", "last"}
    assert len(told) == 1
    assert name in told[0]
    assert field in told[0]


def test_a_broken_line_of_an_archive_leaves_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "a", "title": "T", "text": "Homs."}\nnonsense\n{"id": "c", "title": "T", "text": "Salma."}\n', encoding="utf-8"
    )
    status, records, told = run("parse", tmp_path / "a.jsonl")
    assert status == 2
    assert [record["article"] for record in records] == ["a", "c"]
    assert len(told) == 1
    assert "a.jsonl" in told[0]
    assert "line 2" in told[0]


def test_a_missing_gazetteer_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "a.txt").write_text("Homs.", encoding="utf-8")
    assert main(["--gazetteer", str(tmp_path / "nowhere"), "parse", str(tmp_path / "a.txt")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "nowhere" in told.err


def test_the_shipped_digests_parse_with_the_shipped_gazetteer(root: Path, capsys: pytest.CaptureFixture) -> None:
    files = [str(path) for path in sorted((root / "articles").glob("*.md")) if path.name != "README.md"]
    assert main(["parse", *files]) == 0
    told = capsys.readouterr()
    assert len({json.loads(line)["article"] for line in told.out.splitlines()}) == len(files) >= 3
    assert told.err == ""


# --- find, check, evaluate ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Qusayr", "qusayr", "القصير", "QUSAYR"])
def test_find_lists_every_place_of_a_name_the_greatest_first(run: Run, name: str) -> None:
    status, records, _ = run("find", name)
    assert status == 0
    assert [record["place"] for record in records] == ["qusayr", "qusayr-daraa"]
    assert "Qusayr" in records[0]["names"]


def test_find_joins_the_words_of_a_name(run: Run) -> None:
    assert [record["place"] for record in run("find", "mediterranean", "sea")[1]] == ["mediterranean-sea"]


def test_find_says_by_its_status_that_there_is_none(run: Run) -> None:
    assert run("find", "Foobaz") == (1, [], [])


def test_check_passes_good_data(
    mini_articles_folder: Path, mini_gazetteer_folder: Path, capsys: pytest.CaptureFixture, tmp_path: Path
) -> None:
    shutil.copytree(mini_articles_folder, tmp_path / "articles")
    arguments = ["--gazetteer", str(mini_gazetteer_folder), "check", "--articles", str(tmp_path / "articles")]
    assert main(arguments) == 0, capsys.readouterr().err
    assert capsys.readouterr().out.startswith("0 errors")
    (tmp_path / "articles" / "bad.md").write_text("---\ntitle: [\n---\n\nHoms.\n", encoding="utf-8")
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert "bad.md" in told.err
    assert told.out.startswith("1 errors")


def test_check_passes_the_shipped_data(capsys: pytest.CaptureFixture) -> None:
    assert main(["check"]) == 0, capsys.readouterr().err


def test_check_can_write_canonically(mini_gazetteer_folder: Path, capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: T\nid: a\n---\nHoms.  \n\n\n\nSalma.", encoding="utf-8")
    arguments = ["--gazetteer", str(mini_gazetteer_folder), "check", "--articles", str(tmp_path)]
    assert main(arguments) == 1
    shutil.copytree(mini_gazetteer_folder, tmp_path / "gazetteer")
    assert main(["--gazetteer", str(tmp_path / "gazetteer"), *arguments[2:], "--fix"]) == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "---\nid: a\ntitle: T\n---\n\nHoms.\n\nSalma.\n"


def test_evaluate_prints_its_figures_and_the_mistakes_if_asked(
    tmp_path: Path, mini_gazetteer_folder: Path, capsys: pytest.CaptureFixture
) -> None:
    record = {
        "id": "x",
        "text": "In Foobaz and Homs.",
        "toponyms": [{"start": 3, "end": 9, "surface": "Foobaz", "lat": 1, "lon": 1, "fclass": "P"}],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    arguments = ["--gazetteer", str(mini_gazetteer_folder), "evaluate", str(tmp_path / "gold.jsonl")]
    assert main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "gold.jsonl: 1 toponyms, precision 0.000, recall 0.000, F1 0.000, right place 1.000, right role 1.000"
    assert "  by overlap: precision 0.000, recall 0.000, F1 0.000" in lines
    told = [line.split()[0] for line in lines]
    assert [word for word in told if word in ("missed", "false")] == ["missed", "false"]
    assert main([*arguments, "--mistakes", "1"]) == 0
    told = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert [word for word in told if word in ("missed", "false")] == ["missed"]
    assert main([*arguments, "--mistakes", "0"]) == 0
    told = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert [word for word in told if word in ("missed", "false")] == []
    with pytest.raises(SystemExit):
        main([*arguments, "--mistakes", "many"])


@pytest.mark.parametrize("content", [None, "nonsense\n"])
def test_evaluate_names_a_bad_gold_file(run: Run, tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / "gold.jsonl").write_text(content, encoding="utf-8")
    status, _, told = run("evaluate", tmp_path / "gold.jsonl")
    assert status == 2
    assert len(told) == 1
    assert "gold.jsonl" in told[0]


# --- as a program ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["parse"], ["nonsense"], ["find"]])
def test_a_wrong_command_shows_the_usage(arguments: list[str], capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_it_runs_as_a_module_and_writes_utf8_whatever_the_locale(
    root: Path, mini_gazetteer_folder: Path, mini_articles_folder: Path
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "conflictmap",
            "--gazetteer",
            mini_gazetteer_folder,
            "parse",
            mini_articles_folder / "wire.jsonl",
            "nowhere.txt",
        ],
        cwd=root,
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PATH": ""},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert "سلمى" in {json.loads(line)["surface"] for line in done.stdout.decode("utf-8").splitlines()}
    assert done.stderr.decode("utf-8").count("\n") == 1
