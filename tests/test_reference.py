"""docs/reference.md against the program, in both directions: nothing undocumented, nothing documented that does not exist."""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from conflictmap import __version__, cli
from conflictmap.articles import archives
from conflictmap.articles.decisions import decide_date, decide_mention, decisions_file
from conflictmap.exports.columns import EXPORT_COLUMNS
from conflictmap.gazetteer.theatre import THEATRE_FILE
from conflictmap.index.build import build_index
from conflictmap.model import Article
from conflictmap.questions.view import QUERY_FIELDS
from conflictmap.webmap.routes import ROUTES

CODE = re.compile(r"`([^`]+)`")


@pytest.fixture(scope="module")
def reference(root: Path) -> str:
    return (root / "docs" / "reference.md").read_text(encoding="utf-8")


def section(reference: str, title: str) -> str:
    """What stands under a heading, with its subsections."""
    level, _, _ = title.partition(" ")
    (found,) = re.findall(rf"^{re.escape(title)}\n(.*?)(?=^#{{2,{len(level)}}} |\Z)", reference, re.MULTILINE | re.DOTALL)
    return str(found)


def rows(text: str) -> list[list[str]]:
    """The cells of all tables, without their heads."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("|---"):
            found.pop()  # the head
        elif line.startswith("|"):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def documented(text: str) -> list[str]:
    """The names in the first column of the tables."""
    return [name for row in rows(text) for name in CODE.findall(row[0])]


def commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {name for action in parser._actions for name in action.option_strings} - {"-h", "--help"}


def test_every_command_and_option(reference: str) -> None:
    text = section(reference, "## Commands")
    assert re.findall(r"^### (\w+)$", text, re.MULTILINE) == list(commands())
    for name, parser in commands().items():
        told = section(text, f"### {name}")
        assert f"`conflictmap {name}" in told
        assert set(re.findall(r"^\* `(--[a-z-]+)", told, re.MULTILINE)) == options(parser), name
    shared = set(re.findall(r"^\* `(--[a-z-]+)", text.partition("###")[0], re.MULTILINE))
    assert shared == options(cli._parser()) | {"--help"}


def test_every_page_and_address_parameter(reference: str, root: Path) -> None:
    pages = re.findall(r'url_path="(\w+)"', (root / "pages" / "frame.py").read_text(encoding="utf-8"))
    assert [row[0].strip("`") for row in rows(section(reference, "## Pages"))] == [f"/{page}" for page in pages]
    told = documented(section(reference, "## Address parameters"))
    assert sorted(told) == sorted(QUERY_FIELDS)


def test_every_route(reference: str) -> None:
    assert sorted(documented(section(reference, "## Routes"))) == sorted(route.path for route in ROUTES)


def test_every_environment_variable(reference: str, root: Path) -> None:
    sources = [root / "app.py", root / "Makefile", root / "Dockerfile"]
    sources += [path for folder in ("conflictmap", "pages", "tests/support") for path in (root / folder).rglob("*.py")]
    used = {name for path in sources for name in re.findall(r"CONFLICTMAP_[A-Z]+", path.read_text(encoding="utf-8"))}
    assert sorted(documented(section(reference, "## Environment variables"))) == sorted(used)


def test_every_file_format(reference: str) -> None:
    told = documented(section(reference, "## Files").partition("###")[0])
    kept = decisions_file(Path("folder")).name
    assert sorted(told) == sorted(
        [*(f"*{suffix}" for suffix in archives.SUFFIXES), kept, THEATRE_FILE, "manifest.json", "*.geojson"]
    )
    (fields,) = re.findall(r"A record has the fields of an article: (.*?)\. Only", reference)
    assert tuple(CODE.findall(fields)) == archives.COLUMNS


def test_every_field_of_a_decision(reference: str, tmp_path: Path) -> None:
    article = Article("a", "A", None, "Salma fell.", text_hash="0")
    decide_date(tmp_path, article, None)
    decide_mention(tmp_path, article, (0, 5), "placed", "salma")
    text = section(reference, "### Decisions")
    (shared,) = re.findall(r"Both kinds have (.*)$", text, re.MULTILINE | re.DOTALL)
    told = {row[0].strip("`"): set(CODE.findall(row[1])) for row in rows(text)}
    for line in decisions_file(tmp_path).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        own = {"published": {"published", "published_best"}, "mention": {"exact", "prefix", "suffix", "verdict", "place"}}[
            record["decision"]
        ]
        assert own <= told[record["decision"]]
        assert record.keys() - own == set(CODE.findall(shared.partition("|")[0]))
    assert told.keys() == {"published", "mention"}


def test_every_field_of_a_theatre(reference: str, root: Path) -> None:
    theatre = json.loads((root / "gazetteer" / THEATRE_FILE).read_text(encoding="utf-8"))
    assert documented(section(reference, "### Theatre")) == list(theatre)


def test_every_part_of_an_index(reference: str, tmp_path: Path, mini_articles_folder: Path, mini_gazetteer_folder: Path) -> None:
    build_index([mini_articles_folder], mini_gazetteer_folder, tmp_path)
    made = {path.name for path in tmp_path.iterdir()} | {decisions_file(tmp_path).name}
    assert set(documented(section(reference, "### Index"))) == made


def test_every_field_of_a_mention(
    reference: str, tmp_path: Path, mini_gazetteer_folder: Path, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "a.txt").write_text("It fell 12 km north of Homs. They met Umm Salma.", encoding="utf-8")
    assert cli.main(["--gazetteer", str(mini_gazetteer_folder), "parse", "--explain", str(tmp_path / "a.txt")]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = {name for record in records if "status" in record for name in record}
    table = rows(section(reference, "### Fields of a mention"))
    assert {row[0].strip("`") for row in table if row[1] == "yes"} == found
    exported = {row[0].strip("`"): row[3].strip("–") for row in table if row[2] == "yes"}
    assert exported == {column.name: column.geojson for column in EXPORT_COLUMNS}
    assert all(row[3] == "–" for row in table if row[2] != "yes")
    (explained,) = (record for record in records if "turned_down" in record)
    assert set(explained) <= set(CODE.findall(section(reference, "### parse")))


def test_links_lead_somewhere(root: Path) -> None:
    """In all of the project's documentation: files that exist, and headings that stand in them."""
    pages = [
        *root.glob("*.md"),
        *root.glob("*/README.md"),
        *(root / "docs").glob("*.md"),
        root / "tests" / "data" / "gold" / "README.md",
    ]
    for page in pages:
        for link in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
            name, _, heading = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), f"{page.name}: {link}"
            if heading:
                heads = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                anchors = [re.sub(r"[^\w\s-]", "", head.lower()).replace(" ", "-") for head in heads]
                assert re.sub(r"-\d+$", "", heading) in anchors, f"{page.name}: {link}"


def test_the_rooms_of_contributing_are_the_layers(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = [name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")]
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("from the ground up")[2]
    assert sorted(name.rstrip("/") for name in documented(text)) == sorted(set(layers) - {"__main__"})


def test_the_commands_and_variables_of_the_readme_exist(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^    conflictmap (\w+)", text, re.MULTILINE))
    assert named == commands().keys()
    assert set(re.findall(r"CONFLICTMAP_[A-Z]+", text)) == {"CONFLICTMAP_ARTICLES", "CONFLICTMAP_INDEX", "CONFLICTMAP_GAZETTEER"}


def test_the_version_is_written_down_once_and_cited_right(root: Path) -> None:
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "license"} <= cited.keys()
    assert cited["version"] == __version__
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", changelog, re.MULTILINE)[:2] == ["[Unreleased]", __version__]


@pytest.mark.parametrize("name", ["wrong-place", "missing-place", "bug"])
def test_issue_templates_are_forms(root: Path, name: str) -> None:
    form = yaml.safe_load((root / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml").read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= form.keys()
    ids = [field["id"] for field in form["body"]]
    assert len(ids) == len(set(ids))
    assert all(field["type"] in ("input", "textarea") and field["attributes"]["label"] for field in form["body"])
