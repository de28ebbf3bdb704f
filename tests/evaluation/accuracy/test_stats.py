"""The figures of coverage, and the names that an archive uses and the gazetteer lacks."""

import json
from pathlib import Path

import pytest

from conflictmap.cli import main
from conflictmap.errors import Problem
from conflictmap.evaluation.accuracy.stats import archive_lines, gazetteer_lines
from conflictmap.gazetteer.catalogue import Gazetteer, read_gazetteer
from conflictmap.geoparser.pipeline import Geoparser


@pytest.fixture(scope="module")
def mini(mini_gazetteer_folder: Path) -> Gazetteer:
    return read_gazetteer(mini_gazetteer_folder)


def test_the_gazetteers_lines_count_its_places(mini: Gazetteer) -> None:
    lines = list(gazetteer_lines(mini))
    assert lines[0] == f"gazetteer: {len(mini.places)} places"
    arabic = next(line for line in lines if line.endswith("an Arabic name"))
    assert 0 < int(arabic.split()[0]) <= len(mini.places)
    assert any(line.startswith("of these, drawn on the map") for line in lines)


def test_names_that_are_lacking_are_listed_the_most_frequent_first(mini: Gazetteer, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        "\n".join(
            json.dumps({"id": f"r{n}", "title": "T", "published": "2013-08-06", "text": text})
            for n, text in enumerate(
                [
                    "The village of Tell Nowhere was shelled on Sunday. Homs was quiet.",
                    "The village of Tell Nowhere fell.",
                    "The village of Kafr Nothing fell.",
                ]
            )
        ),
        encoding="utf-8",
    )
    problems: list[Problem] = []
    lines = list(archive_lines(tmp_path / "a.jsonl", Geoparser(mini), problems))
    assert problems == []
    assert "3 articles" in lines[0]
    at = lines.index("  names that the gazetteer lacks: 2")
    assert lines[at + 1].split() == ["2", "Tell", "Nowhere"]
    assert lines[at + 2].split() == ["1", "Kafr", "Nothing"]
    assert any(line.strip() == "articles in 1 months: 2013-08 3" for line in lines)


def test_a_missing_archive_is_reported_and_the_rest_still_told(
    mini_gazetteer_folder: Path, mini_articles_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    arguments = ["--gazetteer", str(mini_gazetteer_folder), "stats", str(tmp_path / "nowhere"), str(mini_articles_folder)]
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert "nowhere" in told.err
    assert f"{mini_articles_folder}: " in told.out
