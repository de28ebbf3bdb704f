"""The index on disk: the same rows however it is built, nothing parsed twice, nothing lost when a run is killed."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import psutil
import pyarrow.parquet as pq
import pytest
from distributed import LocalCluster

from conflictmap.articles.archives import read_archive
from conflictmap.articles.decisions import decide_date, decide_mention
from conflictmap.errors import DataError
from conflictmap.gazetteer.catalogue import read_gazetteer
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.index import build as store
from conflictmap.index.build import batches, build_index
from conflictmap.index.corpus import Corpus
from conflictmap.index.memory import build
from conflictmap.index.opening import open_index
from conflictmap.index.parsing import attest
from conflictmap.index.schema import to_table
from conflictmap.index.shelf import Manifest
from conflictmap.model import Article, DayRange
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View

TEXTS = (
    "Rebels took Salma on Sunday, activists said. They drove on toward Qardaha.",
    "Shells fell 12 km north of Homs.\n\nIn Qusayr a hospital was hit in early June.",
    "Families fled to the city of Latakia.",
    "Nothing is named here.",
    "The village of Tell Nowhere was shelled. Tartus and Baniyas were quiet.",
)


def record(number: int, text: str) -> dict[str, Any]:
    return {
        "id": f"r{number:04}",
        "title": f"T{number}",
        "publisher": "P",
        "published": f"2013-08-{1 + number % 28:02}",
        "text": text,
    }


def archive(path: Path, count: int = 300, **changed: str) -> Path:
    """An archive of `count` records; `changed` gives some ids another text."""
    lines = []
    for number in range(count):
        one = record(number, f"{TEXTS[number % len(TEXTS)]} Report {number}.")
        one["text"] = changed.get(one["id"], one["text"])
        lines.append(json.dumps(one))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def gazetteer(mini_gazetteer_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(mini_gazetteer_folder, tmp_path / "gazetteer"))


def rows(folder: Path, gazetteer: Path) -> list[dict[str, Any]]:
    return open_index(folder, gazetteer).table.to_pylist()


def plainly(path: Path, gazetteer: Path) -> list[dict[str, Any]]:
    """The rows as a corpus in memory has them."""
    articles = list(read_archive(path, []))
    return to_table(attest(articles, Geoparser(read_gazetteer(gazetteer)))).to_pylist()


def reused(manifest: Manifest) -> int:
    return sum(shard.reused for shard in manifest.shards)


def test_the_rows_are_those_of_the_small_way(tmp_path: Path, gazetteer: Path) -> None:
    path = archive(tmp_path / "a.jsonl")
    manifest, problems = build_index([path], gazetteer, tmp_path / "ix")
    assert problems == []
    assert (manifest.articles, reused(manifest)) == (300, 0)
    assert len(manifest.shards) > 1
    assert rows(tmp_path / "ix", gazetteer) == plainly(path, gazetteer)
    corpus = open_index(tmp_path / "ix", gazetteer)
    assert list(corpus.articles) == [f"r{n:04}" for n in range(300)]
    assert corpus.articles["r0001"] == next(a for a in read_archive(path, []) if a.id == "r0001")


def test_an_unchanged_archive_is_not_parsed_again(tmp_path: Path, gazetteer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.jsonl")
    first, _ = build_index([path], gazetteer, tmp_path / "ix")
    monkeypatch.setattr(store, "run_task", None)  # calling it would fail
    second, _ = build_index([path], gazetteer, tmp_path / "ix")
    assert [shard.key for shard in second.shards] == [shard.key for shard in first.shards]
    assert reused(second) == 300


def test_only_a_changed_article_is_parsed_again(tmp_path: Path, gazetteer: Path) -> None:
    build_index([archive(tmp_path / "a.jsonl")], gazetteer, tmp_path / "ix")
    path = archive(tmp_path / "a.jsonl", r0150="Aramo was taken.")
    manifest, _ = build_index([path], gazetteer, tmp_path / "ix")
    assert reused(manifest) == 299
    assert rows(tmp_path / "ix", gazetteer) == plainly(path, gazetteer)


@pytest.mark.parametrize("count", [250, 340])
def test_articles_that_go_or_come_leave_the_others(tmp_path: Path, gazetteer: Path, count: int) -> None:
    build_index([archive(tmp_path / "a.jsonl")], gazetteer, tmp_path / "ix")
    path = archive(tmp_path / "a.jsonl", count)
    manifest, _ = build_index([path], gazetteer, tmp_path / "ix")
    assert reused(manifest) == min(count, 300)
    assert rows(tmp_path / "ix", gazetteer) == plainly(path, gazetteer)
    kept = {path.stem for path in (tmp_path / "ix" / "attestations").iterdir()}
    assert kept == {shard.key for shard in manifest.shards}  # no shard of the old index is left
    assert len(list((tmp_path / "ix" / "opened").iterdir())) == 1


def change(gazetteer: Path, place: str, edit: Callable[[dict[str, Any]], None]) -> None:
    for path in gazetteer.glob("*.geojson"):
        data = json.loads(path.read_text(encoding="utf-8"))
        for feature in data["features"]:
            if feature["properties"]["id"] == place:
                edit(feature)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def renamed(feature: dict[str, Any]) -> None:
    for name in feature["names"]:
        if name["toponym"] == "Salma":
            name["toponym"] = "Report"  # a name that every text contains


@pytest.mark.parametrize(
    ("place", "edit", "least"),
    [
        ("salma", lambda feature: feature["geometry"].update(coordinates=[36.2, 35.7]), 180),
        ("tartus", lambda feature: feature["properties"].update(significance=1), 180),
        ("salma", renamed, 0),
    ],
)
def test_a_changed_gazetteer_parses_what_it_can_affect(
    tmp_path: Path, gazetteer: Path, place: str, edit: Callable[[dict[str, Any]], None], least: int
) -> None:
    path = archive(tmp_path / "a.jsonl")
    build_index([path], gazetteer, tmp_path / "ix")
    change(gazetteer, place, edit)
    with pytest.raises(DataError, match="another gazetteer"):
        open_index(tmp_path / "ix", gazetteer)
    manifest, _ = build_index([path], gazetteer, tmp_path / "ix")
    assert least <= reused(manifest) < 300
    assert rows(tmp_path / "ix", gazetteer) == plainly(path, gazetteer)


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, gazetteer: Path) -> None:
    path = archive(tmp_path / "a.jsonl")
    build_index([archive(tmp_path / "old.jsonl", 40)], gazetteer, tmp_path / "ix")

    def stop(articles: int, mentions: int) -> None:
        if articles > 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index([path], gazetteer, tmp_path / "ix", progress=stop)
    assert len(open_index(tmp_path / "ix", gazetteer).articles) == 40  # the old one is still valid
    manifest, _ = build_index([path], gazetteer, tmp_path / "ix")
    assert 100 < reused(manifest) < 300
    assert rows(tmp_path / "ix", gazetteer) == plainly(path, gazetteer)


# Dask leaves some of its sockets to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_two_workers_give_the_same_rows_and_a_killed_one_costs_only_time(tmp_path: Path, gazetteer: Path) -> None:
    path = archive(tmp_path / "a.jsonl", 900)
    killed: list[int] = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as cluster:  # type: ignore[no-untyped-call]

        def kill(articles: int, mentions: int) -> None:
            if not killed:
                killed.append(next(iter(cluster.workers.values())).process.pid)
                psutil.Process(killed[0]).kill()

        manifest, _ = build_index([path], gazetteer, tmp_path / "ix", scheduler=cluster.scheduler_address, progress=kill)
    assert killed
    assert manifest.articles == 900
    assert rows(tmp_path / "ix", gazetteer) == plainly(path, gazetteer)


def test_an_index_may_lie_wherever_fsspec_reaches(tmp_path: Path, gazetteer: Path) -> None:
    path = archive(tmp_path / "a.jsonl", 120)
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/in/a.jsonl", path.read_bytes())
    manifest, _ = build_index(["memory://in/a.jsonl"], gazetteer, "memory://ix")
    found = []
    for shard in manifest.shards:
        with memory.open(f"/ix/attestations/{shard.key}.parquet", "rb") as source:
            found += pq.read_table(source).to_pylist()
    assert found == plainly(path, gazetteer)
    again, _ = build_index(["memory://in/a.jsonl"], gazetteer, "memory://ix")
    assert reused(again) == 120


def test_broken_records_are_reported_and_the_rest_kept(tmp_path: Path, gazetteer: Path) -> None:
    path = archive(tmp_path / "a.jsonl", 20)
    path.write_text(path.read_text() + '\n{"broken\n' + json.dumps(record(0, "Twice.")) + "\n")
    manifest, problems = build_index([path, archive(tmp_path / "b.jsonl", 3)], gazetteer, tmp_path / "ix")
    assert manifest.articles == 20
    assert len(problems) >= 2
    assert {problem.file for problem in problems} >= {"a.jsonl"} or any("a.jsonl" in problem.file for problem in problems)


def test_what_people_decide_beside_an_index_is_laid_over_it(tmp_path: Path, gazetteer: Path) -> None:
    path = tmp_path / "a.jsonl"
    undated = [{key: value for key, value in record(n, TEXTS[0]).items() if key != "published"} for n in range(3)]
    path.write_text("\n".join(map(json.dumps, undated)), encoding="utf-8")
    build_index([path], gazetteer, tmp_path / "ix")
    corpus = open_index(tmp_path / "ix", gazetteer)
    assert corpus.undated == ["r0000", "r0001", "r0002"]
    article = corpus.articles["r0001"]
    day = DayRange(*[next(iter(read_archive(archive(tmp_path / "b.jsonl", 6), []))).published.start] * 3)  # type: ignore[union-attr]
    decide_date(corpus.folder, article, day)
    at = article.text.index("Salma")
    decide_mention(corpus.folder, article, (at, at + 5), "rejected")
    decided = open_index(tmp_path / "ix", gazetteer)
    assert decided.undated == ["r0000", "r0002"]
    assert decided.dated_by_person == ["r0001"]
    assert decided.version != corpus.version
    statuses = {(row["article"], row["surface"]): row["status"] for row in decided.table.to_pylist()}
    assert statuses["r0001", "Salma"] == "rejected"
    assert statuses["r0000", "Salma"] == "resolved"


def test_the_questions_are_answered_alike(tmp_path: Path, gazetteer: Path, mini_articles_folder: Path) -> None:
    build_index([mini_articles_folder], gazetteer, tmp_path / "ix")
    small: Corpus = build(mini_articles_folder, gazetteer)
    stored, plain = Questions(open_index(tmp_path / "ix", gazetteer)), Questions(small)
    for view in (View(), View(place="salma"), View(clock="happened", undated=False)):
        assert stored.counts(view) == plain.counts(view)
        assert stored.account(view) == plain.account(view)
        assert stored.histogram(view=view) == plain.histogram(view=view)
        assert stored.passages(view) == plain.passages(view)
        assert stored.months(view) == plain.months(view)
    assert stored.listed() == plain.listed()
    assert stored.find_articles("salma") == plain.find_articles("salma") != []


@pytest.mark.parametrize("broken", ["{}", "no json", '{"format": 99}'])
def test_what_is_no_index_is_a_clear_error(tmp_path: Path, gazetteer: Path, broken: str) -> None:
    with pytest.raises(DataError, match="build it"):
        open_index(tmp_path, gazetteer)
    (tmp_path / "manifest.json").write_text(broken)
    with pytest.raises(DataError, match="build it"):
        open_index(tmp_path, gazetteer)


def test_batches_do_not_move_when_an_article_comes_in_front() -> None:
    articles = [Article(f"a{n}", "T", None, f"Text {n}.") for n in range(2000)]
    ends = {batch[-1].id for batch in batches(articles)}
    moved = {batch[-1].id for batch in batches([Article("new", "T", None, "New."), *articles])}
    assert len(ends - moved) <= 2
    assert all(len(batch) <= 1200 for batch in batches(articles))


def test_what_makes_an_index_stale_is_the_ground_the_gazetteer_and_the_geoparser(root: Path) -> None:
    """The layers of pyproject.toml from the geoparser down; a bundle of files has no part in what a text yields."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = contracts[0]["layers"]
    below = {name for layer in layers[layers.index("geoparser") :] for name in layer.split(" | ")}
    assert {part.removesuffix(".py") for part in store._PARSING} == below - {"bundle"}
