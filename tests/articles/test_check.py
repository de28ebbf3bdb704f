"""What only a look at the whole data finds, and the canonical form of every file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from conflictmap.articles.check import check_data, fix_data
from conflictmap.errors import DataError, Problem
from conflictmap.gazetteer.catalogue import read_gazetteer

ROOT = Path(__file__).resolve().parents[2]
MINI = Path(__file__).resolve().parents[1] / "data" / "mini"


@pytest.fixture
def data(tmp_path) -> tuple[Path, Path]:
    """A copy of the miniature that a test may spoil: articles, gazetteer."""
    shutil.copytree(MINI, tmp_path / "mini")
    return tmp_path / "mini" / "articles", tmp_path / "mini" / "gazetteer"


def change(gazetteer: Path, place_id: str, **properties: Any) -> dict[str, Any]:
    """Change properties of a place (of the file syria.geojson) and return the file's content, written canonically."""
    path = gazetteer / "syria.geojson"
    content = json.loads(path.read_bytes())
    (item,) = (item for item in content["features"] if item["properties"]["id"] == place_id)
    for name, value in properties.items():
        if name in item:
            item[name] = value
        else:
            item["properties"][name] = value
    path.write_text(json.dumps(content), encoding="utf-8")
    fix_data(gazetteer, gazetteer)
    return content


def errors(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.file, problem.record, problem.field) for problem in problems if problem.grade == "error"]


def about(problems: list[Problem], record: str, field: str) -> list[Problem]:
    return [problem for problem in problems if (problem.record, problem.field) == (record, field)]


def test_the_shipped_data_has_no_error():
    assert [str(problem) for problem in check_data(ROOT / "articles", ROOT / "gazetteer") if problem.grade == "error"] == []


def test_the_miniature_has_no_error_and_one_warning(data):
    problems = check_data(*data)
    assert [(p.grade, p.record, p.field) for p in problems] == [("warning", "deir-nowhere", "geometry")]


def test_a_missing_folder_is_a_data_error(data, tmp_path):
    articles, gazetteer = data
    with pytest.raises(DataError):
        check_data(articles, tmp_path / "nowhere")
    with pytest.raises(DataError):
        check_data(tmp_path / "nowhere", gazetteer)


def test_errors_come_first_and_the_readers_problems_are_among_them(data):
    articles, gazetteer = data
    (articles / "broken.md").write_text("no front matter", encoding="utf-8")
    (articles / "empty.txt").write_text("", encoding="utf-8")
    (articles / "decisions.jsonl").write_text("{\n", encoding="utf-8")
    (gazetteer / "broken.geojson").write_text("{", encoding="utf-8")
    problems = check_data(articles, gazetteer)
    grades = [problem.grade for problem in problems]
    assert grades == sorted(grades)
    assert errors(problems) == [
        ("broken.geojson", "", ""),
        ("broken.md", "", "front matter"),
        ("decisions.jsonl", "line 1", ""),
        ("empty.txt", "", "text"),
    ]


# The canonical form


def spoil_spaces(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("\n\n", "\n \n\n\n"), encoding="utf-8")


def spoil_line_ends(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def squeeze(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_bytes())), encoding="utf-8")


def indent(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=4, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("articles/mountain-villages-fall.md", spoil_spaces),
        ("articles/ghab-advance.md", spoil_line_ends),
        ("gazetteer/syria.geojson", squeeze),
        ("gazetteer/world.geojson", indent),
        ("gazetteer/syria-areas.geojson", spoil_line_ends),
    ],
)
def test_a_file_that_is_not_canonical_is_shown_and_mended(data, name, spoil):
    articles, gazetteer = data
    path = articles.parent / name
    before = path.read_bytes()
    spoil(path)
    (problem,) = (problem for problem in check_data(articles, gazetteer) if problem.grade == "error")
    assert (problem.file, problem.record, problem.field) == (path.name, "", "")
    assert "not canonical" in problem.message
    assert fix_data(articles, gazetteer) == [path]
    assert path.read_bytes() == before
    assert errors(check_data(articles, gazetteer)) == []
    assert fix_data(articles, gazetteer) == []


def test_the_diff_shows_what_would_change(data):
    articles, gazetteer = data
    path = articles / "mountain-villages-fall.md"
    path.write_text(path.read_text(encoding="utf-8").replace("language: en", "language:   'en'"), encoding="utf-8")
    (problem,) = (problem for problem in check_data(articles, gazetteer) if problem.grade == "error")
    shown = [line.strip() for line in problem.message.splitlines()]
    assert "-language:   'en'" in shown
    assert "+language: en" in shown
    assert len(shown) <= 14


def test_a_long_diff_is_cut(data):
    articles, gazetteer = data
    indent(gazetteer / "syria.geojson")
    (problem,) = (problem for problem in check_data(articles, gazetteer) if problem.grade == "error")
    assert 10 < len(problem.message.splitlines()) <= 14


def test_fix_leaves_what_it_cannot_read_and_mends_the_rest(data):
    articles, gazetteer = data
    broken = {
        articles / "a-broken.md": b"no front matter",
        articles / "b-latin.md": "---\nid: é\n---\n\nText.".encode("latin-1"),
        gazetteer / "a-broken.geojson": b"{",
        gazetteer / "b-deep.geojson": b"[" * 200_000,
    }
    for path, content in broken.items():
        path.write_bytes(content)
    (gazetteer / "c-folder.geojson").mkdir()
    squeeze(gazetteer / "syria.geojson")
    assert fix_data(articles, gazetteer) == [gazetteer / "syria.geojson"]
    assert {path: path.read_bytes() for path in broken} == broken


def test_what_cannot_be_written_in_utf_8_breaks_neither_check_nor_fix(data):
    articles, gazetteer = data
    change(gazetteer, "salma", note="n")
    path = gazetteer / "syria.geojson"
    path.write_bytes(path.read_bytes().replace(b'"note": "n"', b'"note": "\\ud800"'))
    before = path.read_bytes()
    squeezed = gazetteer / "world.geojson"
    squeeze(squeezed)
    check_data(articles, gazetteer)
    assert squeezed in fix_data(articles, gazetteer)
    assert path.read_bytes() == before
    assert not list(gazetteer.glob(".*"))


def test_texts_archives_readme_and_decisions_are_never_rewritten(data):
    articles, gazetteer = data
    (articles / "README.md").write_text("---\nid:  x\n---\nNot  canonical.\n\n\n\n", encoding="utf-8")
    (articles / "decisions.jsonl").write_text('{"article":  "x"}', encoding="utf-8")
    before = {path: path.read_bytes() for path in articles.iterdir()}
    assert fix_data(articles, gazetteer) == []
    assert {path: path.read_bytes() for path in articles.iterdir()} == before


def test_fix_loses_no_place(data):
    articles, gazetteer = data
    before = read_gazetteer(gazetteer).places
    for path in gazetteer.glob("*.geojson"):
        indent(path)
    fix_data(articles, gazetteer)
    assert read_gazetteer(gazetteer).places == before


# A look at each place

SALMA = [36.13695, 35.689]


def cited(*points: list[float], coordinates: list[float] = SALMA) -> dict[str, Any]:
    citations = [{"label": f"source {n}", "coordinates": point} for n, point in enumerate(points)]
    return {"type": "Point", "coordinates": coordinates, "certainty": "certain", "citations": citations}


def north(km: float) -> list[float]:
    return [SALMA[0], SALMA[1] + km / 110.97]


def test_a_source_more_than_1_km_off_without_a_note_is_an_error(data):
    change(data[1], "salma", geometry=cited(SALMA, north(1.2)))
    (problem,) = about(check_data(*data), "salma", "properties.note")
    assert problem.grade == "error"
    assert "source 1 lies 1.2 km off" in problem.message


def test_a_note_answers_it(data):
    change(data[1], "salma", geometry=cited(SALMA, north(1.2)), note="Source 1 gives the district's centre.")
    assert errors(check_data(*data)) == []


def test_a_source_less_than_1_km_off_needs_none(data):
    change(data[1], "salma", geometry=cited(SALMA, north(0.95)))
    assert errors(check_data(*data)) == []


def test_an_uncertainty_smaller_than_the_disagreement_is_a_warning(data):
    change(data[1], "salma", geometry=cited(SALMA, north(3)), note="Why.", uncertainty_m=1000)
    (problem,) = about(check_data(*data), "salma", "properties.uncertainty_m")
    assert problem.grade == "warning"
    change(data[1], "salma", geometry=cited(SALMA, north(3)), note="Why.", uncertainty_m=3000)
    assert about(check_data(*data), "salma", "properties.uncertainty_m") == []


@pytest.mark.parametrize(
    "point",
    [
        pytest.param([36.1, 95.0], id="latitude 95"),
        pytest.param([35.7, -136.1], id="latitude first"),
        pytest.param([float("nan"), 35.7], id="not a number"),
        pytest.param([36.1, float("inf")], id="infinite"),
    ],
)
def test_a_source_out_of_range_is_an_error_and_stops_nothing(data, point):
    change(data[1], "salma", geometry=cited(SALMA, point), note="Why.")
    problems = check_data(*data)
    assert [record for _, record, _ in errors(problems)] == ["salma"]
    assert about(problems, "deir-nowhere", "geometry")


def name(toponym: str, lang: str = "en", kind: str = "variant", **more: Any) -> dict[str, Any]:
    return {"toponym": toponym, "lang": lang, "kind": kind, "matchable": True, "citations": [{"label": "own"}]} | more


@pytest.mark.parametrize("twin", ["SALMA", "Sālmā", "Sal'ma", " Salma", "Salma!"])
def test_names_that_fold_alike_are_warned_of(data, twin):
    change(data[1], "salma", names=[name("Salma", kind="preferred"), name(twin)])
    (problem,) = about(check_data(*data), "salma", "names")
    assert problem.grade == "warning"
    assert repr(twin) in problem.message
    assert "'Salma'" in problem.message


def test_arabic_spellings_that_fold_alike_are_not(data):
    change(data[1], "salma", names=[name("Salma", kind="preferred"), name("سلمى", "ar"), name("سلمي", "ar")])
    assert about(check_data(*data), "salma", "names") == []


def test_one_name_of_two_places_is_no_problem(data):
    assert [place.id for place in read_gazetteer(data[1]).find("Homs")] == ["homs", "homs-governorate"]
    assert about(check_data(*data), "homs", "names") == []


@pytest.mark.parametrize("nothing", ["’", "!?", "–"])
def test_a_name_that_folds_to_nothing_is_an_error(data, nothing):
    change(data[1], "salma", names=[name("Salma", kind="preferred"), name(nothing)])
    (problem,) = about(check_data(*data), "salma", "names")
    assert problem.grade == "error"


def test_a_name_without_a_source_is_a_warning(data):
    change(data[1], "salma", names=[name("Salma", kind="preferred"), name("Selma", citations=[])])
    (problem,) = about(check_data(*data), "salma", "names")
    assert (problem.grade, "citation" in problem.message) == ("warning", True)


def test_every_problem_names_its_file(data):
    change(data[1], "salma", geometry=cited(SALMA, north(1.2)))
    assert {(problem.file, problem.record) for problem in check_data(*data)} == {
        ("syria.geojson", "salma"),
        ("syria.geojson", "deir-nowhere"),
    }


def test_a_name_in_mixed_scripts_is_warned_of(tmp_path):
    folder = tmp_path / "gazetteer"
    shutil.copytree(MINI / "gazetteer", folder)
    path = next(p for p in sorted(folder.glob("*.geojson")) if '"Salma"' in p.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace('"toponym": "Salma"', '"toponym": "S\u0430lma"', 1), "utf-8")
    told = [str(p) for p in check_data(tmp_path_articles(tmp_path), folder) if "mixes scripts" in p.message]
    assert len(told) == 1
    assert "salma" in told[0]
    assert "Cyrillic, Latin" in told[0]


def tmp_path_articles(tmp_path):
    (tmp_path / "no-articles").mkdir()
    return tmp_path / "no-articles"
