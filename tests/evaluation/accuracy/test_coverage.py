"""Figures of the open data, the kept figures of accuracy, and the page that shows both."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from streamlit.testing.v1 import AppTest

from conflictmap import __version__, model
from conflictmap.evaluation.accuracy import coverage
from conflictmap.evaluation.accuracy.coverage import (
    ACCURACY_FILE,
    GOLD_FILES,
    LIBRARIES,
    RECORDED,
    RECORDED_FILE,
    ROUNDING,
    Month,
    accuracy,
    corpus_figures,
    fallen,
    main,
    place_figures,
    raised,
    versions,
)
from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.index.corpus import Corpus
from conflictmap.model import Citation

AGAIN = "run `python -m conflictmap.evaluation.accuracy.coverage`"
GOLD_NAMES = {
    "articles.jsonl": "Invented articles",
    "sentences.jsonl": "Single sentences",
    "seed-like.jsonl": "Digest-like articles",
    "phenomena.jsonl": "Hard cases",
    "elsewhere.jsonl": "News from elsewhere",
    "mistakes.jsonl": "Mistakes met",
    "heldout.jsonl": "Held-out sentences",
    "times.jsonl": "Times",
    "times-heldout.jsonl": "Held-out times",
}


def only(gazetteer: Gazetteer, *places: model.Place) -> Gazetteer:
    """A gazetteer of these places."""
    return replace(gazetteer, places={place.id: place for place in places})


# --- places ---------------------------------------------------------------------------------------------------


def test_every_place_counts_once_in_each_division(gazetteer: Gazetteer) -> None:
    found = place_figures(gazetteer)
    assert found.total == len(gazetteer.places) > 500
    assert sum(found.by_class.values()) == found.total
    assert sum(found.by_certainty.values()) + found.unplaced == found.total
    assert list(found.by_class.values()) == sorted(found.by_class.values(), reverse=True)
    assert next(iter(found.by_class)) == "P"
    for part in (found.arabic, found.two_sources, found.geonames, found.wikidata, found.extents):
        assert 0 < part < found.total


def test_the_miniature_gazetteer_is_counted_right(mini_gazetteer: Gazetteer) -> None:
    found = place_figures(mini_gazetteer)
    assert (found.total, found.unplaced, found.extents) == (25, 1, 5)
    assert found.by_class == {"P": 16, "A": 6, "H": 2, "T": 1}
    assert (found.geonames, found.wikidata) == (1, 0)


@pytest.mark.parametrize(
    ("cited", "counts"),
    [
        ([("geonames", 36.0, 35.0), ("wikidata", 36.01, 35.0)], 1),
        ([("geonames", 36.0, 35.0), ("wikidata", 36.0, 35.01)], 1),
        ([("geonames", 36.0, 35.0), ("wikidata", 36.0, 35.0)], 0),
        ([("geonames", 36.0, 35.0), ("geonames", 36.01, 35.0)], 0),
        ([("geonames", 36.0, 35.0), ("wikidata", 36.0, 35.0), ("ucdp", 36.1, 35.0)], 1),
        ([("geonames", 36.0, 35.0), ("geonames", 36.1, 35.0), ("wikidata", 36.1, 35.0)], 1),
        ([("geonames", 36.0, 35.0), ("wikidata", None, None)], 0),
        ([("geonames", 36.0, 35.0), (None, 36.1, 35.0)], 0),
        ([], 0),
    ],
)
def test_two_sources_are_two_families_with_points_that_differ(
    mini_gazetteer: Gazetteer, cited: list[tuple[str | None, float | None, float | None]], counts: int
) -> None:
    salma = mini_gazetteer.places["salma"]
    citations = tuple(Citation("a source", None, family, lon, lat) for family, lon, lat in cited)
    place = replace(salma, footprint=replace(salma.footprint, citations=citations))
    assert place_figures(only(mini_gazetteer, place)).two_sources == counts


def test_names_and_links_are_told_apart(mini_gazetteer: Gazetteer) -> None:
    salma = mini_gazetteer.places["salma"]
    latin = tuple(toponym for toponym in salma.toponyms if toponym.lang == "en")
    both = place_figures(only(mini_gazetteer, replace(salma, links=("wd:Q1", "gn:1", "gn:2"))))
    none = place_figures(only(mini_gazetteer, replace(salma, links=(), toponyms=latin)))
    assert (both.arabic, both.geonames, both.wikidata) == (1, 1, 1)
    assert (none.arabic, none.geonames, none.wikidata) == (0, 0, 0)


def test_a_place_without_a_footprint_has_no_certainty(mini_gazetteer: Gazetteer) -> None:
    found = place_figures(only(mini_gazetteer, mini_gazetteer.places["deir-nowhere"]))
    assert (found.unplaced, found.by_certainty, found.two_sources, found.extents) == (1, {}, 0, 0)


def test_an_empty_gazetteer_has_figures_too(mini_gazetteer: Gazetteer) -> None:
    found = place_figures(only(mini_gazetteer))
    assert (found.total, found.by_class, found.unplaced) == (0, {}, 0)


# --- articles and mentions ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(make_corpus: Callable[..., Corpus]) -> Corpus:
    return make_corpus(
        {"text": "Shelling in Salma. Fighting in Homs.", "published": "2013-08-06", "publisher": "Wire"},
        {"text": "Nothing is named here.", "published": "2013-08-30", "publisher": "Wire"},
        {"text": "Damascus denied it.", "published": "2015-01-01", "publisher": "Paper"},
        {"text": "Troops left Homs for the village of Foobaz."},
    )


def test_articles_are_counted_by_kind_publisher_and_date(small: Corpus) -> None:
    found = corpus_figures(small)
    assert found.articles == 4
    assert found.by_kind == {"full text": 4}
    assert found.by_publisher == {"Wire": 2, None: 1, "Paper": 1}
    assert (found.dated, found.undated) == (3, 1)


def test_mentions_are_counted_by_status_reason_and_role(small: Corpus) -> None:
    found = corpus_figures(small)
    assert found.mentions == small.table.num_rows == 5
    assert found.by_status == {"resolved": 4, "unresolved": 1}
    assert found.by_reason["not-in-gazetteer"] == 1
    assert found.by_role == {"location": 4, "actor": 1}
    assert sum(found.by_reason.values()) == 5


def test_each_month_has_its_articles_and_mentions(small: Corpus) -> None:
    found = corpus_figures(small)
    assert found.months == (Month(date(2013, 8, 1), 2, 2), Month(date(2015, 1, 1), 1, 1))
    assert found.undated_mentions == 2


def test_a_range_counts_once_in_the_month_of_its_likeliest_day(make_corpus: Callable[..., Corpus]) -> None:
    record = {"text": "Shelling in Salma.", "published": "[2013-07-30..2013-09-02]", "published_best": "2013-08-06"}
    assert corpus_figures(make_corpus(record)).months == (Month(date(2013, 8, 1), 1, 1),)


def test_months_and_undated_add_up_to_the_whole(mini_corpus: Corpus) -> None:
    found = corpus_figures(mini_corpus)
    assert found.undated > 0
    assert sum(month.articles for month in found.months) + found.undated == found.articles
    assert sum(month.mentions for month in found.months) + found.undated_mentions == found.mentions


def test_an_empty_corpus_has_figures_too(make_corpus: Callable[..., Corpus]) -> None:
    found = corpus_figures(make_corpus())
    assert (found.articles, found.mentions, found.months, found.by_status, found.by_publisher) == (0, 0, (), {}, {})


# --- versions -------------------------------------------------------------------------------------------------


def test_versions_are_those_of_the_data_and_of_what_runs(small: Corpus, root: Path) -> None:
    found = versions(small)
    assert list(found)[:4] == ["corpus", "gazetteer", "program", "Python"]
    assert (found["corpus"], found["gazetteer"], found["program"]) == (small.version, small.gazetteer.version, __version__)
    pinned = re.findall(r"^([\w-]+)==(\S+)", (root / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: found[name] for name in LIBRARIES} == dict(pinned)


def test_a_library_that_is_not_installed_has_no_version(small: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "LIBRARIES", ("geopy", "no-such-library"))
    assert list(versions(small))[4:] == ["geopy"]


# --- accuracy -------------------------------------------------------------------------------------------------


def test_the_kept_accuracy_is_what_a_fresh_evaluation_finds(gazetteer: Gazetteer) -> None:
    kept = json.loads(ACCURACY_FILE.read_text(encoding="utf-8"))
    fresh = accuracy(gazetteer, GOLD_FILES, date.today())
    assert list(kept) == list(fresh), AGAIN
    assert kept["program"] == __version__, AGAIN
    assert date.fromisoformat(kept["date"]) <= date.today()
    assert [file["file"] for file in kept["files"]] == [path.name for path in GOLD_FILES], AGAIN
    for old, new in zip(kept["files"], fresh["files"], strict=True):
        assert old.keys() == new.keys(), AGAIN
        assert {name: value for name, value in old.items() if value != pytest.approx(new[name], abs=0.005)} == {}, AGAIN


def test_every_gold_file_is_measured(root: Path) -> None:
    assert set(GOLD_FILES) == set((root / "tests" / "data" / "gold").glob("*.jsonl"))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two names, of which one is no name that anybody finds; the other has another role."""
    place: dict[str, Any] = {"lat": 35.69, "lon": 36.14, "fclass": "P"}
    text = "Shells fell on Salma, and on Foobaz."
    toponyms = [
        {"start": 15, "end": 20, "surface": "Salma", "role": "actor", **place},
        {"start": 29, "end": 35, "surface": "Foobaz", **place},
    ]
    path = tmp_path / "two.jsonl"
    path.write_text(json.dumps({"id": "x", "text": text, "toponyms": toponyms}) + "\n", encoding="utf-8")
    return path


def test_the_command_writes_what_it_measured(gold: Path, tmp_path: Path, gazetteer: Gazetteer) -> None:
    out = tmp_path / "accuracy.json"
    assert main([str(gold), "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8")) == {
        "date": date.today().isoformat(),
        "program": __version__,
        "gazetteer": gazetteer.version,
        "files": [
            {
                "file": "two.jsonl", "toponyms": 2,
                "precision": 1.0, "recall": 0.5, "f1": 0.6667,
                "overlap precision": 1.0, "overlap recall": 0.5, "overlap f1": 0.6667,
                "right place": 1.0, "right role": 0.0, "right place, unfound too": 0.5,
                "within 10 km": 1.0, "within 25 km": 1.0, "within 161 km": 1.0, "median km": 0.3,
            }
        ],
    }  # fmt: skip


def test_a_file_of_times_is_measured_as_one(tmp_path: Path) -> None:
    times = [
        {
            "start": 14,
            "end": 20,
            "surface": "Sunday",
            "from": "2013-08-04",
            "to": "2013-08-04",
            "kind": "within",
            "precision": "day",
        }
    ]
    links = [{"start": 0, "end": 5, "surface": "Salma", "time": 0}, {"start": 22, "end": 26, "surface": "Homs", "time": None}]
    record = {"published": "2013-08-06", "text": "Salma fell on Sunday. Homs lies far off.", "times": times, "links": links}
    path, out, floors = (tmp_path / name for name in ("when.jsonl", "accuracy.json", "recorded.json"))
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert main([str(path), "--out", str(out), "--record", str(floors)]) == 0
    reached = {"times found": 1.0, "intervals right": 1.0, "intervals right by half": 1.0, "times are marked": 1.0}
    reached |= {"kind and precision right": 1.0, "links right": 1.0}
    (kept,) = json.loads(out.read_text(encoding="utf-8"))["files"]
    assert kept == {"file": "when.jsonl", "times": 1, "links": 2, "dated noise": 0} | reached
    assert json.loads(floors.read_text(encoding="utf-8")) == {"when.jsonl": reached}


def test_the_command_names_a_file_that_cannot_be_read_and_writes_nothing(
    tmp_path: Path, gold: Path, capsys: pytest.CaptureFixture
) -> None:
    out = tmp_path / "accuracy.json"
    assert main([str(tmp_path / "missing.jsonl"), "--out", str(out)]) == 2
    assert "missing.jsonl" in capsys.readouterr().err
    assert not out.exists()
    assert main([str(gold), "--out", str(tmp_path / "no" / "folder.json")]) == 2


def test_figures_are_kept_of_a_whole_gold_file_only(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    gold.write_text(gold.read_text(encoding="utf-8") + "nonsense\n", encoding="utf-8")
    assert main([str(gold), "--out", str(tmp_path / "accuracy.json")]) == 2
    assert "two.jsonl:line 2" in capsys.readouterr().err
    assert not (tmp_path / "accuracy.json").exists()


# --- the floors -----------------------------------------------------------------------------------------------


def test_recording_raises_floors_and_lowers_none(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    out, floors = tmp_path / "accuracy.json", tmp_path / "recorded.json"
    arguments = [str(gold), "--out", str(out), "--record", str(floors)]
    assert main(arguments) == 0
    reached = {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "right place": 1.0, "right role": 0.0}
    assert json.loads(floors.read_text(encoding="utf-8")) == {"two.jsonl": reached}
    before = {"two.jsonl": reached | {"recall": 0.75, "f1": 0.1, "old": 0.5}, "other.jsonl": {"f1": 0.9}}
    floors.write_text(json.dumps(before), encoding="utf-8")
    assert main(arguments) == 1
    after = {"two.jsonl": reached | {"recall": 0.75, "old": 0.5}, "other.jsonl": {"f1": 0.9}}
    assert json.loads(floors.read_text(encoding="utf-8")) == after
    assert capsys.readouterr().err.splitlines() == ["two.jsonl: recall: 0.5, was 0.75", "two.jsonl: old: None, was 0.5"]


def test_a_floor_is_reached_within_rounding() -> None:
    measured = [
        {"file": "a", "f1": 0.9 - 0.9 * ROUNDING, "recall": 0.9 - 1.1 * ROUNDING, "within 10 km": 0.1},
        {"file": "new", "f1": 0.1},
    ]
    recorded = {"a": {"f1": 0.9, "recall": 0.9}, "gone": {"f1": 1.0}}
    assert [line.split(":")[1].strip() for line in fallen(recorded, measured)] == ["recall"]
    assert raised(recorded, measured) == recorded | {"new": {"f1": 0.1}}
    assert raised({}, []) == {}


@pytest.mark.parametrize("content", ["nonsense", "[]", '{"a": 1}'])
def test_floors_that_cannot_be_read_are_told_and_left_alone(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture, content: str
) -> None:
    floors = tmp_path / "recorded.json"
    floors.write_text(content, encoding="utf-8")
    assert main([str(gold), "--out", str(tmp_path / "accuracy.json"), "--record", str(floors)]) == 2
    assert "recorded.json" in capsys.readouterr().err
    assert floors.read_text(encoding="utf-8") == content


def test_only_what_should_not_fall_is_recorded() -> None:
    for name, floors in json.loads(RECORDED_FILE.read_text(encoding="utf-8")).items():
        assert set(floors) <= set(RECORDED)
        of_names = {"precision", "recall", "f1", "right place", "right role"}
        of_times = {"times found", "times are marked", "intervals right", "kind and precision right", "links right"}
        assert (of_times if name.startswith("times") else of_names) <= set(floors)


# --- the page -------------------------------------------------------------------------------------------------


@pytest.fixture
def about(root: Path, three_articles_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """The About page on a folder of articles (none: three of the bundled ones)."""

    def open_page(folder: Path | None = None) -> AppTest:
        monkeypatch.delenv("CONFLICTMAP_GAZETTEER", raising=False)
        monkeypatch.setenv("CONFLICTMAP_ARTICLES", str(folder or three_articles_folder))
        page = AppTest.from_file(str(root / "pages" / "frame.py"), default_timeout=30).run()
        page.switch_page(str(root / "pages" / "about.py")).run()
        assert not page.exception
        return page

    return open_page


def cells(page: AppTest) -> list[list[list[str]]]:
    """The tables: a row of heads, then the rows."""
    return [[list(table.value.columns), *table.value.values.tolist()] for table in page.table]


def test_the_page_has_its_sections_in_order(about: Callable[..., AppTest]) -> None:
    page = about()
    assert page.markdown[0].value.startswith("# What this map claims")
    assert [head.value for head in page.header] == ["Accuracy", "Coverage", "Versions", "Licences and attributions", "Terms"]
    assert [head.value for head in page.subheader] == ["Places", "Articles", "Mentions"]
    text = " ".join(markdown.value for markdown in page.markdown)
    assert "the true figures on unseen text are likely lower" in text
    assert "GeoNames (CC BY 4.0)" in text
    assert "UCDP GED (CC BY 4.0)" in text


def test_the_page_shows_the_kept_accuracy(about: Callable[..., AppTest]) -> None:
    shown = cells(about())[0]
    files = [file for file in json.loads(ACCURACY_FILE.read_text(encoding="utf-8"))["files"] if "toponyms" in file]
    assert shown[0][:4] == ["Measure", "Invented articles", "Single sentences", "Digest-like articles"]
    assert len(shown[0]) == len(files) + 1
    assert shown[1][1:] == [f"{file['toponyms']:,}" for file in files]
    for column, file in enumerate(files, start=1):
        chief = [f"{file[name]:.1%}" for name in ("precision", "recall", "f1", "right place", "right role")]
        assert [row[column] for row in shown[2:7]] == chief
    for label, name in (("get this source", "attributed"), ("put right", "derived"), ("the right suggestion", "suggested")):
        row = [f"{file[name]:.1%}" if name in file else "–" for file in files]
        assert [line[1:] for line in shown if line[0].endswith(label)] == ([row] if set(row) != {"–"} else [])


def test_the_page_shows_the_kept_accuracy_of_times(about: Callable[..., AppTest]) -> None:
    shown = cells(about())[1]
    files = [file for file in json.loads(ACCURACY_FILE.read_text(encoding="utf-8"))["files"] if "toponyms" not in file]
    assert shown[0] == ["Measure", "Times", "Held-out times"]
    assert shown[1][1:] == [f"{file['times']:,}" for file in files]
    for row, start, name in zip(
        shown[2:5],
        ("Time expr", "Intervals right", "Links right"),
        ("times found", "intervals right", "links right"),
        strict=True,
    ):
        assert row[0].startswith(start)
        assert row[1:] == [f"{file[name]:.1%}" for file in files]
    assert shown[5][0].startswith("Dated noise")
    assert shown[5][1:] == [f"{file['dated noise']:,}" for file in files]
    assert len(shown) == 6


def test_figures_kept_before_times_were_measured_have_no_table_of_times(
    about: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = json.loads(ACCURACY_FILE.read_text(encoding="utf-8"))
    kept["files"] = [file for file in kept["files"] if "toponyms" in file]
    loads = json.loads
    monkeypatch.setattr(json, "loads", lambda text, **more: kept if '"toponyms"' in str(text) else loads(text, **more))
    page = about()
    assert [table[0][0] for table in cells(page)].count("Measure") == 1


def test_the_page_says_what_each_set_is(about: Callable[..., AppTest]) -> None:
    text = "\n".join(markdown.value for markdown in about().markdown)
    for file in json.loads(ACCURACY_FILE.read_text(encoding="utf-8"))["files"]:
        name = GOLD_NAMES[file["file"]]
        assert f"- **{name}**: " in text


def test_the_page_shows_the_glossary_without_the_names_of_classes(about: Callable[..., AppTest]) -> None:
    (expander,) = about().expander
    told = expander.markdown[0].value
    assert expander.label == "Glossary"
    assert "| toponym | a proper name of a place, in any spelling or script |" in told
    assert "model.Toponym" not in told
    assert "in the code" not in told


def test_the_page_counts_the_open_corpus(about: Callable[..., AppTest], tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Title\n\nFighting in Homs and in the village of Foobaz.", encoding="utf-8")
    records = [
        {"id": f"a{n}", "title": "T", "text": "Shelling in Salma.", "published": "2013-08-06", "publisher": f"Paper *{n:02}*"}
        for n in range(15)
    ]
    (tmp_path / "archive.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    tables = {table[0][0]: table[1:] for table in cells(about(tmp_path))}
    assert tables["Published in"] == [["August 2013", "15", "15"], ["No date known", "1", "2"], ["All", "16", "17"]]
    assert tables["Outcome"] == [["Given a place", "16"], ["Not in the gazetteer", "1"]]
    assert len(tables["Publisher"]) == 13
    assert tables["Publisher"][-1] == ["4 others", "4"]
    assert r"Paper \*00\*" in [row[0] for row in tables["Publisher"]]


def test_the_page_says_when_nothing_is_open(about: Callable[..., AppTest], tmp_path: Path) -> None:
    page = about(tmp_path)
    assert {"No article is open.", "No name of a place was found."} <= {markdown.value for markdown in page.markdown}


def test_the_page_has_words_for_whatever_the_model_knows(root: Path) -> None:
    words: dict[str, dict[str, str]] = {}
    for node in ast.parse((root / "pages" / "about.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and isinstance(node.targets[0], ast.Name):
            words[node.targets[0].id] = ast.literal_eval(node.value)
    assert set(words["CLASSES"]) == set(get_args(model.FeatureClass))
    assert set(words["CERTAINTIES"]) == set(get_args(model.Certainty))
    assert set(words["KINDS"]) == set(get_args(model.ArticleKind))
    assert set(words["STATUSES"]) == set(get_args(model.Status))
    assert set(words["ROLES"]) == set(get_args(model.Role))
    assert words["GOLD"] == GOLD_NAMES
    assert set(words["TOLD_OF_GOLD"]) == set(GOLD_NAMES) >= {path.name for path in GOLD_FILES}
