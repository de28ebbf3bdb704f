"""The yardstick itself, and what the geoparser reaches on the gold files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conflictmap.errors import DataError
from conflictmap.evaluate import RIGHT_WITHIN_KM, Score, evaluate, read_gold
from conflictmap.geoparser import Geoparser

GOLD = Path(__file__).resolve().parent / "data" / "gold"
RECORDED = json.loads((GOLD / "recorded.json").read_text(encoding="utf-8"))


def figures(score: Score) -> dict[str, float]:
    return {"precision": score.precision, "recall": score.recall, "right place": score.place_accuracy}


def toponym(text: str, surface: str, lat: float | None, lon: float | None, fclass: str = "P", **more: str) -> dict:
    start = text.index(surface)
    return {
        "start": start,
        "end": start + len(surface),
        "surface": surface,
        "lat": lat,
        "lon": lon,
        "fclass": fclass,
        "role": "location",
    } | more


# --- the gold files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_accuracy_does_not_fall_below_what_was_recorded(geoparser: Geoparser, name: str) -> None:
    score = evaluate(geoparser, read_gold(GOLD / name))
    reached = figures(score)
    assert {key: value for key, value in reached.items() if value < RECORDED[name][key]} == {}, "\n".join(score.mistakes)


def test_texts_like_the_ones_the_program_is_for_are_read_without_a_mistake(geoparser: Geoparser) -> None:
    """Only names that the gazetteer does not have may be missed, and none may be taken for another place."""
    score = evaluate(geoparser, read_gold(GOLD / "seed-like.jsonl"))
    mistakes = [mistake for mistake in score.mistakes if not mistake.startswith("role")]
    missed = [re.search(r"\[([^\]]+)\]", mistake)[1] for mistake in mistakes if mistake.startswith("missed")]
    assert (score.precision, score.place_accuracy) == (1.0, 1.0), "\n".join(mistakes)
    assert [name for name in missed if geoparser.gazetteer.find(name)] == []
    assert set(missed) == {"Zawiya Mountains", "Hauran plain", "Gulf"}


# --- the yardstick --------------------------------------------------------------------------------------------


def test_an_answer_that_is_all_right(geoparser: Geoparser) -> None:
    text = "Shells fell on Homs and on Salma."
    record = {"id": "x", "text": text, "toponyms": [toponym(text, "Homs", 34.73, 36.71), toponym(text, "Salma", 35.69, 36.13)]}
    score = evaluate(geoparser, [record])
    assert figures(score) == {"precision": 1.0, "recall": 1.0, "right place": 1.0}
    assert (score.f1, score.role_accuracy, score.mistakes) == (1.0, 1.0, [])


def test_missed_false_and_misplaced_names_are_counted_and_told(geoparser: Geoparser) -> None:
    text = "In Foobaz, Homs and Salma they met in Hama."
    record = {
        "id": "x",
        "text": text,
        "toponyms": [toponym(text, "Foobaz", 1.0, 1.0), toponym(text, "Homs", 50.0, 10.0), toponym(text, "Salma", 35.69, 36.13)],
    }
    score = evaluate(geoparser, [record])
    assert (score.gold, score.found, score.false, score.placed, score.right) == (3, 2, 1, 2, 1)
    assert score.precision == score.recall == score.f1 == pytest.approx(2 / 3)
    assert score.place_accuracy == 0.5
    assert sorted(mistake.split()[0] for mistake in score.mistakes) == ["false", "missed", "place"]


def test_a_span_counts_only_with_its_exact_offsets(geoparser: Geoparser) -> None:
    text = "They left Homs province."
    score = evaluate(geoparser, [{"id": "x", "text": text, "toponyms": [toponym(text, "Homs", 34.7, 36.7, "A")]}])
    assert (score.found, score.false) == (0, 1)


@pytest.mark.parametrize(("north", "right"), [(0.0, 1), (0.2, 1), (0.25, 0)])
def test_a_town_is_right_within_the_distance(geoparser: Geoparser, north: float, right: int) -> None:
    here = geoparser.gazetteer.places["salma"].footprint
    text = "Shells fell on Salma."
    wanted = toponym(text, "Salma", here.latitude + north, here.longitude)
    assert 111 * 0.2 < RIGHT_WITHIN_KM < 111 * 0.25
    assert evaluate(geoparser, [{"id": "x", "text": text, "toponyms": [wanted]}]).right == right


def test_a_province_is_not_right_for_a_town(geoparser: Geoparser) -> None:
    text = "They left Homs."
    assert evaluate(geoparser, [{"id": "x", "text": text, "toponyms": [toponym(text, "Homs", 34.7, 36.7, "A")]}]).right == 0


def test_the_wrong_sea_or_river_is_not_right(geoparser: Geoparser) -> None:
    text = "They bathed in the Mediterranean Sea."
    red_sea = toponym(text, "Mediterranean Sea", 20.3, 38.5, "H")
    assert evaluate(geoparser, [{"id": "x", "text": text, "toponyms": [red_sea]}]).right == 0


def test_a_name_that_should_have_no_place_is_right_only_without_one(geoparser: Geoparser) -> None:
    text = "the village of Foobaz and the town of Salma"
    unknown = {"lat": None, "lon": None, "status": "unresolved"}
    record = {"id": "x", "text": text, "toponyms": [toponym(text, "Foobaz", **unknown), toponym(text, "Salma", **unknown)]}
    assert evaluate(geoparser, [record]).right == 1


def test_no_gold_and_no_answer_is_no_mistake(geoparser: Geoparser) -> None:
    assert figures(evaluate(geoparser, [{"id": "x", "text": "Nothing.", "toponyms": []}])) == {
        "precision": 1.0, "recall": 1.0, "right place": 1.0,
    }  # fmt: skip
    assert Score(gold=1, false=1).f1 == 0.0


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        '{"text": "Homs"}',
        '{"toponyms": []}',
        '{"text": "Homs", "toponyms": [{"start": 0, "end": 3, "surface": "Homs"}]}',
        '{"text": "Homs", "toponyms": [{"start": 0}]}',
    ],
)
def test_a_broken_gold_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "", "toponyms": []}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"gold\.jsonl:line 2"):
        list(read_gold(path))


def test_a_gold_text_may_hold_any_line_separator(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"text": "a\u2028b\u0085Homs", "toponyms": []}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert [record["text"] for record in read_gold(path)] == ["a\u2028b\u0085Homs"]
