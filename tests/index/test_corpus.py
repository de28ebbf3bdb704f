"""The table of attestations, and when it is built again."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conflictmap.articles.decisions import FILE_NAME, decide_date, decide_mention
from conflictmap.errors import DataError
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.index.corpus import Corpus
from conflictmap.index.memory import build, content_key, open_corpus
from conflictmap.index.schema import SCHEMA, feature_id, source_key, to_table
from conflictmap.model import DayRange, DerivedFootprint, Footprint


@pytest.fixture
def folders(tmp_path: Path, mini_articles_folder: Path, mini_gazetteer_folder: Path) -> tuple[Path, Path]:
    """Copies of the miniature folders, for tests that change them."""
    shutil.copytree(mini_articles_folder, tmp_path / "articles")
    shutil.copytree(mini_gazetteer_folder, tmp_path / "gazetteer")
    return tmp_path / "articles", tmp_path / "gazetteer"


# --- the table ------------------------------------------------------------------------------------------------


def test_the_table_has_the_schema_and_a_row_for_each_attestation(mini_corpus: Corpus) -> None:
    geoparser = Geoparser(mini_corpus.gazetteer)
    every = [a for article in mini_corpus.articles.values() for a in geoparser.parse(article)]
    assert mini_corpus.table.schema == SCHEMA
    assert mini_corpus.table.num_rows == len(every) > 30


def test_rows_are_in_the_order_of_the_texts_and_quote_them(mini_corpus: Corpus) -> None:
    rows = mini_corpus.table.to_pylist()
    order = list(mini_corpus.articles)
    assert [(order.index(row["article"]), row["start"]) for row in rows] == sorted(
        (order.index(row["article"]), row["start"]) for row in rows
    )
    for row in rows:
        text = mini_corpus.articles[row["article"]].text
        assert text[row["start"] : row["end"]] == row["surface"]
        assert row["passage_start"] <= row["start"] < row["end"] <= row["passage_end"]
        published = mini_corpus.articles[row["article"]].published
        assert (row["published_start"], row["published_end"], row["published_best"]) == (
            (published.start, published.end, published.best) if published else (None, None, None)
        )
        assert (row["feature"] is None) == (row["status"] != "resolved")
        assert (row["place"] is None) == (row["status"] != "resolved" or row["basis"] == "derived")
        assert (row["derived"] is None) == (row["basis"] != "derived")
        if row["attributed_to"] is not None:
            assert text[row["attributed_start"] : row["attributed_end"]] == row["attributed_to"]
            assert row["source"] == source_key(row["attributed_to"])


def test_an_empty_table_has_the_schema_too() -> None:
    assert to_table([]).schema == SCHEMA
    assert to_table([]).num_rows == 0


def test_the_period_reaches_from_the_first_to_the_last_day_that_is_possible(mini_corpus: Corpus) -> None:
    assert mini_corpus.period == (date(2013, 8, 5), date(2015, 8, 12))


# --- what the map draws -----------------------------------------------------------------------------------------


def derived(distance: int | None = 12000, rings: int = 0, **other: object) -> DerivedFootprint:
    geometry = (
        {"type": "Polygon", "coordinates": [[[36.0, 35.0]] * 4] * rings} if rings else {"type": "Point", "coordinates": [1, 2]}
    )
    fields = {"shape": "point", "anchors": ("hama",), "distance_m": distance, "bearing_deg": 0.0} | other
    return DerivedFootprint(Footprint(36.75, 35.24, geometry, 7100, "less-certain"), **fields)  # type: ignore[arg-type]


def test_what_works_out_alike_is_one_feature_whatever_words_say_it(make_corpus: Callable[..., Corpus]) -> None:
    corpus = make_corpus(
        {"text": "They fought 12 km north of Homs."},
        {"text": "Shells fell 12 kilometres to the north of Homs. Others fell 14 km north of Homs."},
    )
    told = [(row["surface"], row["feature"]) for row in corpus.table.to_pylist() if row["basis"] == "derived"]
    assert [words for words, _ in told] == ["12 km north of Homs", "12 kilometres to the north of Homs", "14 km north of Homs"]
    assert told[0][1] == told[1][1] != told[2][1]
    assert set(corpus.derived) == {feature for _, feature in told}
    assert all(feature.startswith("~") for feature in corpus.derived)
    held = corpus.derived[told[0][1]]
    assert (held.shape, held.anchors, held.distance_m, held.bearing_deg) == ("point", ("homs",), 12000, 0.0)
    assert held.footprint.latitude > corpus.gazetteer.places["homs"].footprint.latitude + 0.1
    assert held.footprint.uncertainty_m > 1000
    assert feature_id(held) == told[0][1]


def test_the_id_of_a_feature_tells_what_is_meant_and_not_where_the_anchor_is() -> None:
    here = derived()
    moved = DerivedFootprint(
        Footprint(36.9, 35.3, {"type": "Point", "coordinates": [3, 4]}, 7100, "less-certain"), "point", ("hama",), 12000, 0.0
    )
    assert feature_id(here) == feature_id(moved)
    others = [
        derived(13000), derived(bearing_deg=90.0), derived(anchors=("homs",)), derived(None),
        derived(shape="part", rings=1), derived(shape="part", rings=2),
    ]  # fmt: skip
    assert len({feature_id(other) for other in (here, *others)}) == 7
    between = [derived(None, anchors=pair, shape="corridor", bearing_deg=None, rings=1) for pair in (("a", "b"), ("b", "a"))]
    assert feature_id(between[0]) == feature_id(between[1])


@pytest.mark.parametrize(
    ("printed", "key"),
    [("The activists", "activists"), ("Activists", "activists"), ("the  Syrian\nObservatory", "syrian observatory"), ("a resident", "resident"),
     ("an analyst", "analyst"), ("Theo", "theo"), ("the", "the"), ("Anadolu", "anadolu")],
)  # fmt: skip
def test_a_source_is_compared_without_case_and_article(printed: str, key: str) -> None:
    assert source_key(printed) == key


def test_a_person_who_rejects_a_worked_out_place_takes_it_off_the_map(folders: tuple[Path, Path]) -> None:
    (folders[0] / "told.txt").write_text("Told\n\nThey fought 12 km north of Homs.", encoding="utf-8")
    before = build(*folders)
    (row,) = [r for r in before.table.to_pylist() if r["article"] == "told" and r["basis"] == "derived"]
    decide_mention(folders[0], before.articles["told"], (row["start"], row["end"]), "rejected")
    (row,) = [r for r in build(*folders).table.to_pylist() if r["article"] == "told" and r["basis"] == "derived"]
    assert (row["status"], row["feature"], row["derived"], row["program_status"]) == ("rejected", None, None, "resolved")


# --- building again -------------------------------------------------------------------------------------------


def test_the_same_content_has_the_same_key(folders: tuple[Path, Path]) -> None:
    assert content_key(*folders) == content_key(*folders)


@pytest.mark.parametrize("change", ["edited", "added", "removed", "gazetteer", "theatre", "decided", "touched"])
def test_the_key_changes_with_a_file(folders: tuple[Path, Path], change: str) -> None:
    articles, gazetteer = folders
    before = content_key(articles, gazetteer)
    if change == "edited":
        path = articles / "letter-from-baniyas.txt"
        path.write_bytes(path.read_bytes() + b" More.")
    elif change == "added":
        (articles / "new.txt").write_text("Homs.", encoding="utf-8")
    elif change == "removed":
        (articles / "letter-from-baniyas.txt").unlink()
    elif change == "gazetteer":
        path = gazetteer / "syria.geojson"
        path.write_bytes(path.read_bytes() + b"\n")
    elif change == "theatre":
        path = gazetteer / "theatre.json"
        path.write_bytes(path.read_bytes() + b"\n")
    elif change == "decided":
        (articles / FILE_NAME).write_text("\n", encoding="utf-8")
    elif change == "touched":
        os.utime(articles / "ghab-advance.md", ns=(1, 1))
    assert content_key(articles, gazetteer) != before


@pytest.mark.parametrize("name", ["README.md", "notes.docx", "picture.png"])
def test_the_key_does_not_change_with_a_file_that_is_no_data(folders: tuple[Path, Path], name: str) -> None:
    before = content_key(*folders)
    (folders[0] / name).write_text("words", encoding="utf-8")
    assert content_key(*folders) == before


@pytest.mark.parametrize("name", ["LETTER.TXT", "Wire.JSONL"])
def test_the_key_sees_every_file_that_the_readers_read(folders: tuple[Path, Path], name: str) -> None:
    before = content_key(*folders)
    (folders[0] / name).write_text('{"id": "upper", "text": "Homs."}', encoding="utf-8")
    assert content_key(*folders) != before


def test_a_corpus_is_held_until_a_file_changes(folders: tuple[Path, Path]) -> None:
    first = open_corpus(*folders)
    assert open_corpus(*folders) is first
    (folders[0] / "new.txt").write_text("Salma again.", encoding="utf-8")
    second = open_corpus(*folders)
    assert second is not first
    assert "new" in second.articles
    assert open_corpus(*folders) is second


def test_two_pairs_of_folders_are_held_side_by_side(folders: tuple[Path, Path], mini_articles_folder: Path) -> None:
    copied, original = open_corpus(*folders), open_corpus(mini_articles_folder, folders[1])
    assert copied is not original
    assert open_corpus(*folders) is copied


def test_progress_is_told_for_each_article(folders: tuple[Path, Path]) -> None:
    told: list[tuple[int, int]] = []
    build(*folders, lambda done, total: told.append((done, total)))
    assert told == [(number, 7) for number in range(1, 8)]


# --- versions -------------------------------------------------------------------------------------------------


def test_the_version_is_that_of_the_content_not_of_the_run(folders: tuple[Path, Path], mini_corpus: Corpus) -> None:
    assert build(*folders).version == build(*folders).version == mini_corpus.version
    assert build(*folders).gazetteer.version == mini_corpus.gazetteer.version


@pytest.mark.parametrize(("old", "new"), [("Nobody", "Somebody"), ("Hims", "Hims ")])
def test_the_version_changes_with_a_text(folders: tuple[Path, Path], mini_corpus: Corpus, old: str, new: str) -> None:
    path = folders[0] / "letter-from-baniyas.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert build(*folders).version != mini_corpus.version


def test_the_version_changes_with_a_date(folders: tuple[Path, Path], mini_corpus: Corpus) -> None:
    path = folders[0] / "ghab-advance.md"
    path.write_text(path.read_text(encoding="utf-8").replace("2015-08-12", "2015-08-13"), encoding="utf-8")
    assert build(*folders).version != mini_corpus.version


# --- bad data -------------------------------------------------------------------------------------------------


def test_a_broken_article_leaves_the_rest(folders: tuple[Path, Path], mini_corpus: Corpus) -> None:
    articles, gazetteer = folders
    (articles / "broken.md").write_text("---\ntitle: [\n---\n\nHoms.\n", encoding="utf-8")
    (articles / "latin.txt").write_bytes(b"Homs caf\xe9")
    with (articles / "wire.jsonl").open("a", encoding="utf-8") as wire:
        wire.write('\n{"id": "wire-4", "text": \n{"id": "wire-5", "title": "T", "text": "Salma."}\n')
    corpus = build(articles, gazetteer)
    assert set(corpus.articles) == {*mini_corpus.articles, "wire-5"}
    assert {problem.file for problem in corpus.problems if problem.grade == "error"} == {"broken.md", "latin.txt", "wire.jsonl"}


def test_a_broken_gazetteer_file_leaves_the_rest(folders: tuple[Path, Path]) -> None:
    (folders[1] / "bad.geojson").write_text("{", encoding="utf-8")
    corpus = build(*folders)
    assert [problem.file for problem in corpus.problems] == ["bad.geojson"]
    assert corpus.table.num_rows > 30


def test_an_empty_folder_is_a_corpus_of_nothing(tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    corpus = build(tmp_path, mini_gazetteer_folder)
    assert (corpus.articles, corpus.table.num_rows, corpus.period, corpus.problems) == ({}, 0, None, ())
    assert corpus.table.schema == SCHEMA


@pytest.mark.parametrize("missing", [0, 1])
def test_a_folder_that_is_not_there_is_named(folders: tuple[Path, Path], missing: int) -> None:
    gone = list(folders)
    gone[missing] = folders[0].parent / "nowhere"
    with pytest.raises(DataError, match="nowhere"):
        open_corpus(*gone)


# --- decisions ------------------------------------------------------------------------------------------------


def test_a_date_that_a_person_gives_is_in_every_row_of_the_article(folders: tuple[Path, Path]) -> None:
    before = open_corpus(*folders)
    day = date(2014, 5, 1)
    decide_date(folders[0], before.articles["letter-from-baniyas"], DayRange(day, day, day))
    after = open_corpus(*folders)
    assert after is not before
    rows = [row for row in after.table.to_pylist() if row["article"] == "letter-from-baniyas"]
    assert rows
    assert {(row["published_start"], row["published_end"], row["published_best"]) for row in rows} == {(day, day, day)}
    assert after.articles["letter-from-baniyas"].date_by_person
    assert after.version != before.version


def test_the_later_decision_holds_and_null_takes_it_back(folders: tuple[Path, Path]) -> None:
    article = open_corpus(*folders).articles["letter-from-baniyas"]
    day = date(2014, 5, 1)
    decide_date(folders[0], article, DayRange(day, day, day))
    decide_date(folders[0], article, None)
    assert build(*folders).articles["letter-from-baniyas"].published is None


def test_a_decision_about_another_text_is_not_applied(folders: tuple[Path, Path]) -> None:
    record = {"article": "letter-from-baniyas", "text_hash": "0" * 16, "published": "2014-05-01", "decided_at": ""}
    (folders[0] / FILE_NAME).write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert build(*folders).articles["letter-from-baniyas"].published is None


def test_a_broken_decision_is_reported_and_the_rest_applied(folders: tuple[Path, Path]) -> None:
    article = build(*folders).articles["letter-from-baniyas"]
    good = {"article": article.id, "text_hash": article.text_hash, "published": "2014-05-01"}
    (folders[0] / FILE_NAME).write_text("nonsense\n" + json.dumps(good) + "\n", encoding="utf-8")
    corpus = build(*folders)
    assert corpus.articles[article.id].published is not None
    assert [(problem.file, problem.record) for problem in corpus.problems] == [(FILE_NAME, "line 1")]
