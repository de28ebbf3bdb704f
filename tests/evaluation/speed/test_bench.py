"""The bench measures what it says it does. No time is asserted here."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from conflictmap.articles.readers import read_articles
from conflictmap.errors import UsageError
from conflictmap.evaluation.speed import bench, recognition, report
from conflictmap.evaluation.speed import browser as bench_browser
from conflictmap.gazetteer.catalogue import read_gazetteer
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.model import Article


@pytest.fixture(scope="module")
def seeds(root: Path) -> list[Article]:
    return read_articles(root / "articles").articles


# --- texts made for the run -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mentions", [3, 100, 1000])
def test_the_invented_archive_names_as_many_places_as_asked_over_two_years(geoparser: Geoparser, mentions: int) -> None:
    made = list(bench.invented_archive(geoparser.gazetteer, mentions))
    parsed = [geoparser.parse(Article(r["id"], r["title"], r["publisher"], r["text"])) for r in made]
    assert sum(found.resolution.basis == "named" for attestations in parsed for found in attestations) == pytest.approx(
        mentions, rel=0.03
    )
    assert all(r["publisher"].startswith("Invented ") for r in made)
    days = [record["published"] for record in made]
    assert days == sorted(days)
    assert (days[0], days[-1]) == ("2012-07-01", "2014-07-01")


def test_the_text_for_recognition_is_seeded_and_as_dense_as_the_articles(geoparser: Geoparser, seeds: list[Article]) -> None:
    def density(articles: list[Article]) -> float:
        return sum(len(geoparser.parse(a)) for a in articles) / sum(len(a.text) for a in articles)

    made = recognition.news_text(geoparser, seeds, 60_000)
    assert made == recognition.news_text(geoparser, seeds, 60_000)
    assert made != recognition.news_text(geoparser, seeds, 60_000, seed=1)
    assert 60_000 <= sum(len(a.text.encode()) for a in made) < 70_000
    assert density(made) == pytest.approx(density(seeds), rel=0.15)


# --- recognition ----------------------------------------------------------------------------------------------


def test_plain_names_are_found_by_the_alternation_as_by_ours(geoparser: Geoparser) -> None:
    text = "Shells fell on Salma. A convoy left Homs for Aleppo. People in Jisr al-Shughur and in Idlib waited."
    pattern = recognition.alternation(recognition.matchable_names(geoparser.gazetteer))
    ours = [found.resolution.mention.surface for found in geoparser.parse(Article("easy", "", None, text))]
    assert ours == [found.group() for found in pattern.finditer(text)] == ["Salma", "Homs", "Aleppo", "Jisr al-Shughur", "Idlib"]


def test_the_longest_name_wins_in_the_alternation() -> None:
    names = sorted(["Abu", "Abu Kamal", "Homs"], key=lambda name: (-len(name), name))
    assert recognition.alternation(names).findall("Abu Kamal, Homsi, Homs") == ["Abu Kamal", "Homs"]


def test_recognition_is_measured_on_a_little_text(geoparser: Geoparser, seeds: list[Article]) -> None:
    table, rate = recognition.measure_recognition(geoparser, seeds, 20_000, rounds=2)
    assert rate > 0
    assert [row[0] for row in table.rows] == list(recognition.contenders(geoparser))
    assert table.rows[0][2] == "1.00 ×"
    assert all(re.fullmatch(r"\d+\.\d\d|not installed", row[1]) for row in table.rows)


def test_what_is_not_installed_is_said(geoparser: Geoparser, seeds: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(recognition.importlib, "import_module", missing)
    table, _ = recognition.measure_recognition(geoparser, seeds, 5_000, rounds=1)
    assert ("flashtext2 KeywordProcessor", "not installed", "–", "–") in table.rows


# --- the gazetteer --------------------------------------------------------------------------------------------


def test_the_enlarged_gazetteer_is_sound_and_its_copies_differ(root: Path, tmp_path: Path) -> None:
    source = root / "tests" / "data" / "mini" / "gazetteer"
    recognition.enlarged(source, tmp_path, 60)
    before, made = read_gazetteer(source), read_gazetteer(tmp_path)
    assert [problem for problem in made.problems if problem.grade == "error"] == []
    assert len(made.places) == 60
    assert {place_id: made.places[place_id] for place_id in before.places} == dict(before.places)
    assert len({place.toponyms for place in made.places.values()}) == 60
    assert [place.id for place in made.find("Salma 1")] == ["salma-1"]
    assert made.wider["salma-1"] == {"latakia-governorate-1", "syria-1"}
    assert made.theatre == before.theatre


def test_reading_the_gazetteer_is_measured(root: Path) -> None:
    table, budget = recognition.measure_gazetteer(root / "tests" / "data" / "mini" / "gazetteer", places=50, rounds=2)
    assert [row[:2] for row in table.rows] == [("as it is", "25"), ("enlarged", "50")]
    assert (budget.what, budget.target, budget.unit, budget.at_most) == ("gazetteer of 50 places loaded", 0.3, "s", True)
    assert budget.measured
    assert budget.measured > 0


def test_nothing_is_enlarged_without_a_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no places"):
        recognition.measure_gazetteer(tmp_path)


# --- ratios and the report ------------------------------------------------------------------------------------


def test_a_ratio_is_the_median_of_the_pairs() -> None:
    assert recognition.median_ratio([2.0, 4.0, 30.0], [1.0, 4.0, 10.0]) == 2.0
    with pytest.raises(ValueError, match="shorter"):
        recognition.median_ratio([1.0, 2.0], [1.0])


@pytest.mark.parametrize(
    ("measured", "at_most", "met"),
    [
        (1.0, True, "yes"),
        (1.25, True, "yes"),
        (1.26, True, "no"),
        (1.0, False, "no"),
        (3.0, False, "yes"),
        (None, True, "not measured"),
    ],
)
def test_whether_a_budget_is_met(measured: float | None, at_most: bool, met: str) -> None:
    assert report.Budget("what", 1.25, measured, "×", at_most).met == met


def test_the_report_as_text_and_as_markdown() -> None:
    tables = [
        report.Table("Some", ("what", "ms"), (("a|b", "12"), ("longer", "3")), ("A note.",)),
        report.budgets_table([report.Budget("fast", 10, 3.456, "MB/s", at_most=False)]),
    ]
    text = report.render(tables, ["2 cores"])
    assert text.splitlines()[:6] == ["2 cores", "", "Some", "  what    ms", "  ------  --", "  a|b     12"]
    assert "fast  at least 10 MB/s  3.46 MB/s  no" in text
    markdown = report.render(tables, ["2 cores"], markdown=True)
    assert "| what | ms |\n| --- | --- |\n| a\\|b | 12 |" in markdown
    assert "* 2 cores" in markdown
    assert "\nA note.\n" in markdown


def test_the_machine_is_described() -> None:
    cores, versions = report.machine()
    assert re.match(r"\d+ cores, .*Python 3\.", cores)
    assert "streamlit 1." in versions


def test_a_run_without_a_browser_prints_the_rest(
    root: Path, mini_gazetteer_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """On the miniature gazetteer: each of the eight processes of a run reads it anew."""

    def none(*_: object) -> None:
        raise bench_browser.NoBrowser("no Chromium found: run make setup")

    def little(geoparser: Geoparser, seeds: list[Article], size: int, rounds: int) -> tuple[report.Table, float]:
        assert (size, rounds) == (400_000, 3)
        return report.Table("Recognition", ("what",), (("ours",),)), 4.0

    monkeypatch.setattr(bench_browser, "measure", none)

    def read(gazetteer: Path, rounds: int) -> tuple[report.Table, report.Budget]:
        assert (gazetteer, rounds) == (mini_gazetteer_folder, 3)
        return report.Table("Gazetteer", ("what",), (("read",),)), report.Budget("gazetteer loaded", 0.3, 0.25, "s")

    monkeypatch.setattr(bench, "measure_recognition", little)
    monkeypatch.setattr(bench, "measure_gazetteer", read)
    assert bench.run_bench(mini_gazetteer_folder, root / "articles", quick=True, out=tmp_path / "performance.md") == 0
    told = capsys.readouterr().out
    assert "no Chromium found: run make setup" in told
    assert "4 MB/s" in told
    assert "0.25 s" in told
    assert (tmp_path / "performance.md").read_text(encoding="utf-8").startswith("# Performance")


def test_a_run_without_an_article_says_so(root: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no article"):
        bench.run_bench(root / "gazetteer", tmp_path, only="recognition")


def test_the_layer_that_is_played_has_so_many_places_and_mentions() -> None:
    made = bench_browser.invented_layer(15900, 16600, 30, 1000)
    assert made == bench_browser.invented_layer(15900, 16600, 30, 1000)
    assert len({place["id"] for place in made["places"]}) == 30
    assert sum(sum(place["starts"][1::2]) for place in made["places"]) == 1000
    for place in made["places"]:
        days = place["starts"][::2]
        assert days == sorted(set(days))
        assert 15900 <= days[0] <= days[-1] <= 16600


def test_markers_are_the_placed_mentions(geoparser: Geoparser, root: Path, seeds: list[Article]) -> None:
    markers = bench_browser.markers_of(geoparser, root / "articles")
    resolved = [a for s in seeds for a in geoparser.parse(replace(s)) if a.resolution.place]
    assert 0 < len(markers) <= len(resolved)
    assert all(30 < latitude < 40 for _, latitude, _, title in markers if title == "Salma")
