"""The yardstick itself, and what the geoparser reaches on the gold files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from conflictmap.cli import MOST_MISTAKES, main
from conflictmap.evaluation.accuracy.coverage import GOLD_FILES, RECORDED_FILE, fallen
from conflictmap.evaluation.accuracy.gold import Gold, GoldDerived, GoldSuggested, GoldText, GoldToponym
from conflictmap.evaluation.accuracy.scores import HELD_OUT, RIGHT_WITHIN_KM, Score, compare, evaluate, read_gold, tables
from conflictmap.evaluation.accuracy.timegold import TimeGold, evaluate_times
from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.model import Attestation, Attribution, DerivedFootprint, Footprint, Mention, Passage, Resolution

RECORDED = json.loads(RECORDED_FILE.read_text(encoding="utf-8"))


def figures(score: Score) -> dict[str, float]:
    return {"precision": score.precision, "recall": score.recall, "right place": score.place_accuracy}


def toponym(
    text: str, surface: str, lat: float | None = None, lon: float | None = None, fclass: str = "P", **more
) -> GoldToponym:
    start = text.index(surface)
    return GoldToponym(start, start + len(surface), surface, lat, lon, fclass, **({"role": "location"} | more))


def marked(text: str, *toponyms: GoldToponym, **more) -> GoldText:
    return GoldText("x", text, toponyms, **more)


def ours(text: str, surface: str, place: str | None, says: str | None = None, **more) -> Attestation:
    """A hand-made attestation: as the geoparser would find the surface."""
    start = text.index(surface)
    mention = Mention(start, start + len(surface), surface, (place,) if place else ())
    status, reason = ("resolved", "only-candidate") if place else ("unresolved", "not-in-gazetteer")
    resolution = Resolution(mention, place, status, reason, basis=more.pop("basis", "named"))
    source = Attribution(text.index(says), text.index(says) + len(says), says) if says else None
    return Attestation("x", Passage(1, 0, len(text)), resolution, None, source, **more)


def scored(gazetteer: Gazetteer, gold: GoldText, found: Iterable[Attestation]) -> Score:
    score = Score()
    compare(gazetteer, gold, found, score)
    return score


# --- the gold files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.name)
def test_accuracy_does_not_fall_below_what_was_recorded(geoparser: Geoparser, path: Path) -> None:
    gold = read_gold(path)
    assert gold.problems == []
    score = evaluate_times(gold.texts) if isinstance(gold, TimeGold) else evaluate(geoparser, gold.texts)
    shown = "held out: the mistakes stay unread" if path.name in HELD_OUT else "\n".join(score.mistakes)
    assert fallen(RECORDED, [{"file": path.name} | score.figures()]) == [], shown


def test_every_gold_file_has_its_floors() -> None:
    assert set(RECORDED) == {path.name for path in GOLD_FILES}, (
        "run `python -m conflictmap.evaluation.accuracy.coverage --record`"
    )


def test_texts_like_the_ones_the_program_is_for_are_read_without_a_mistake(geoparser: Geoparser, root: Path) -> None:
    """Only names that the gazetteer does not have may be missed, and none may be taken for another place."""
    score = evaluate(geoparser, read_gold(root / "tests" / "data" / "gold" / "seed-like.jsonl").texts)
    mistakes = [mistake for mistake in score.mistakes if not mistake.startswith("role")]
    missed = [re.search(r"\[([^\]]+)\]", mistake)[1] for mistake in mistakes if mistake.startswith("missed")]
    assert (score.precision, score.place_accuracy, score.left_open) == (1.0, 1.0, score.nowhere), "\n".join(mistakes)
    assert [name for name in missed if geoparser.gazetteer.find(name)] == []
    assert set(missed) <= {"Zawiya Mountains", "Hauran plain", "Gulf"}


# --- spans, places, roles -------------------------------------------------------------------------------------


def test_an_answer_that_is_all_right(geoparser: Geoparser) -> None:
    text = "Shells fell on Homs and on Salma."
    score = evaluate(geoparser, [marked(text, toponym(text, "Homs", 34.73, 36.71), toponym(text, "Salma", 35.69, 36.13))])
    assert figures(score) == {"precision": 1.0, "recall": 1.0, "right place": 1.0}
    assert (score.f1, score.overlap_f1, score.role_accuracy, score.mistakes) == (1.0, 1.0, 1.0, [])


def test_missed_false_and_misplaced_names_are_counted_and_told(geoparser: Geoparser) -> None:
    text = "In Foobaz, Homs and Salma they met in Hama."
    wanted = [toponym(text, "Foobaz", 1.0, 1.0), toponym(text, "Homs", 50.0, 10.0), toponym(text, "Salma", 35.69, 36.13)]
    score = evaluate(geoparser, [marked(text, *wanted)])
    assert (score.gold, score.found, score.false, score.placed, score.right, score.located) == (3, 2, 1, 2, 1, 3)
    assert score.precision == score.recall == score.f1 == pytest.approx(2 / 3)
    assert score.place_accuracy == 0.5
    assert score.figures()["right place, unfound too"] == pytest.approx(1 / 3)
    assert sorted(mistake.split()[0] for mistake in score.mistakes) == ["false", "missed", "place"]


def test_a_span_is_found_strictly_only_with_its_exact_offsets_but_also_by_overlap(geoparser: Geoparser) -> None:
    text = "They left Homs province."
    score = evaluate(geoparser, [marked(text, toponym(text, "Homs", 34.7, 36.7, "A"))])
    assert (score.found, score.false, score.overlapping) == (0, 1, 1)
    assert (score.f1, score.overlap_precision, score.overlap_recall, score.overlap_f1) == (0.0, 1.0, 1.0, 1.0)


def test_one_span_of_ours_overlaps_one_of_the_gold_at_most(mini_gazetteer: Gazetteer) -> None:
    text = "Homs and Hama province"
    one = scored(mini_gazetteer, marked(text, toponym(text, "Homs"), toponym(text, "Hama")), [ours(text, text, "homs")])
    assert (one.overlapping, one.overlap_precision, one.overlap_recall) == (1, 1.0, 0.5)
    parts = [ours(text, "Homs", "homs"), ours(text, "Hama", "hama")]
    other = scored(mini_gazetteer, marked(text, toponym(text, text)), parts)
    assert (other.overlapping, other.overlap_precision, other.overlap_recall) == (1, 0.5, 1.0)
    beside = scored(mini_gazetteer, marked(text, toponym(text, "Homs ")), [ours(text, "and", None)])
    assert beside.overlapping == 0


@pytest.mark.parametrize(("north", "right"), [(0.0, 1), (0.2, 1), (0.25, 0)])
def test_a_town_is_right_within_the_distance(geoparser: Geoparser, north: float, right: int) -> None:
    here = geoparser.gazetteer.places["salma"].footprint
    text = "Shells fell on Salma."
    wanted = toponym(text, "Salma", here.latitude + north, here.longitude)
    assert 111 * 0.2 < RIGHT_WITHIN_KM < 111 * 0.25
    assert evaluate(geoparser, [marked(text, wanted)]).right == right


def test_a_province_is_not_right_for_a_town(geoparser: Geoparser) -> None:
    text = "They left Homs."
    assert evaluate(geoparser, [marked(text, toponym(text, "Homs", 34.7, 36.7, "A"))]).right == 0
    of_any_kind = replace(toponym(text, "Homs", 34.7, 36.7), fclass=None)
    assert evaluate(geoparser, [marked(text, of_any_kind)]).right == 1


def test_the_wrong_sea_or_river_is_not_right(geoparser: Geoparser) -> None:
    text = "They bathed in the Mediterranean Sea."
    assert evaluate(geoparser, [marked(text, toponym(text, "Mediterranean Sea", 20.3, 38.5, "H"))]).right == 0


def test_a_name_that_should_have_no_place_is_right_only_without_one(geoparser: Geoparser) -> None:
    text = "the village of Foobaz and the town of Salma"
    wanted = [toponym(text, name, status="unresolved") for name in ("Foobaz", "Salma")]
    score = evaluate(geoparser, [marked(text, *wanted)])
    assert (score.nowhere, score.left_open, score.placed) == (2, 1, 0)
    assert score.figures()["left open"] == 0.5
    assert [mistake.split()[0] for mistake in score.mistakes] == ["place"]


def test_where_the_gold_says_nothing_of_place_or_role_nothing_is_judged(geoparser: Geoparser) -> None:
    text = "the village of Foobaz and the town of Salma"
    score = evaluate(geoparser, [marked(text, *(toponym(text, name, role=None) for name in ("Foobaz", "Salma")))])
    assert (score.found, score.placed, score.nowhere, score.with_role, score.mistakes) == (2, 0, 0, 0, [])
    assert {"left open", "right place, unfound too", "within 25 km"}.isdisjoint(score.figures())


def test_distances_are_of_what_was_resolved(geoparser: Geoparser) -> None:
    here = geoparser.gazetteer.places["salma"].footprint
    text = "Shells fell on Salma. They fell on the village of Foobaz."
    texts = [
        marked(text, toponym(text, "Salma", here.latitude + north, here.longitude), toponym(text, "Foobaz", 35.0, 36.0))
        for north in (0.0, 0.1, 1.0, 2.0)
    ]
    score = evaluate(geoparser, texts)
    assert sorted(score.kilometres) == pytest.approx([0, 11.1, 111, 222], rel=0.01)
    assert [score.within(km) for km in (10, 25, 161)] == [0.25, 0.5, 0.75]
    assert "  distance: median 61.0 km, 0.250 within 10 km, 0.500 within 25 km, 0.750 within 161 km (of 4 resolved)" in list(
        tables(Gold(), score)
    )


def test_the_tables_tell_class_role_and_reason(geoparser: Geoparser) -> None:
    text = "Shells fell on Salma, in Syria, near the village of Foobaz, said Hama."
    wanted = [
        toponym(text, "Salma", 35.69, 36.13),
        toponym(text, "Syria", 35.0, 38.5, "A", role="actor"),
        toponym(text, "Foobaz", status="unresolved"),
    ]
    score = evaluate(geoparser, [marked(text, *wanted)])
    assert {name: (row.total, row.found, row.right) for name, row in score.by_class.items()} == {"P": (2, 2, 2), "A": (1, 1, 1)}
    assert {name: (row.total, row.found) for name, row in score.by_role.items()} == {"location": (2, 2), "actor": (1, 1)}
    assert (score.by_role["actor"].right, score.by_role["location"].right) == (0, 2)
    assert sum(row.total for row in score.by_reason.values()) == 4
    assert sum(row.found for row in score.by_reason.values()) == 3
    row = score.by_reason["not-in-gazetteer"]
    assert (row.total, row.found, row.right, row.kilometres) == (1, 1, 1, [])
    told = "\n".join(tables(Gold(mended=2), score))
    assert "2 toponyms stood beside their offsets" in told
    assert re.search(r"feature class +gold +found +right place +median km\n  P +2 +2 +2 +0\.\d", told)
    assert re.search(r"\n  not-in-gazetteer +1 +1 +1 +–", told)


def test_what_is_left_unresolved_should_be_a_name(mini_gazetteer: Gazetteer) -> None:
    text = "Foobaz and Barquz and Salma"
    found = [ours(text, "Foobaz", None), ours(text, "Barquz", None), ours(text, "Salma", "salma")]
    score = scored(mini_gazetteer, marked(text, toponym(text, "Foobaz", 1.0, 1.0)), found)
    assert (score.unresolved, score.unresolved_named) == (2, 1)
    assert score.figures()["unresolved are names"] == 0.5


def test_no_gold_and_no_answer_is_no_mistake(geoparser: Geoparser) -> None:
    assert figures(evaluate(geoparser, [marked("Nothing.")])) == {"precision": 1.0, "recall": 1.0, "right place": 1.0}
    assert Score(gold=1, false=1).f1 == 0.0


# --- derived, suggested, attributed ---------------------------------------------------------------------------


TOLD = "They met 12 km north of Hama, and then left for good."
NORTH = "12 km north of Hama"


def footprint(latitude: float, longitude: float, geometry: dict | None = None) -> Footprint:
    return Footprint(longitude, latitude, geometry or {"type": "Point", "coordinates": [longitude, latitude]}, 5000, "uncertain")


def derived(surface: str, where: Footprint | None) -> Attestation:
    shape = None if where is None else DerivedFootprint(where, "point", ("hama",), 12_000, 0.0)
    return ours(TOLD, surface, None, basis="derived", derived=shape)


def square(west: float, south: float, side: float) -> dict:
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]],
    }


def wanted_phrase(latitude: float = 35.24) -> GoldText:
    start = TOLD.index(NORTH)
    return marked(TOLD, derived=(GoldDerived(start, start + len(NORTH), latitude, 36.75, 5.0),))


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        ([], (1, 0, 0)),
        ([derived(NORTH, footprint(35.25, 36.75))], (1, 1, 1)),
        ([derived("km north of Hama", footprint(35.25, 36.75))], (1, 1, 1)),
        ([derived("of Hama", footprint(35.25, 36.75))], (1, 0, 0)),
        ([derived(TOLD, footprint(35.25, 36.75))], (1, 0, 0)),
        ([derived(NORTH, footprint(35.5, 36.75))], (1, 1, 0)),
        ([derived(NORTH, footprint(36.0, 36.75, square(36.5, 35.0, 2.0)))], (1, 1, 1)),
        ([derived(NORTH, footprint(36.0, 36.75, square(36.5, 35.3, 2.0)))], (1, 1, 0)),
        ([derived(NORTH, None)], (1, 1, 0)),
        ([derived(NORTH, footprint(35.25, 36.75)), derived(NORTH, footprint(35.25, 36.75))], (1, 1, 1)),
    ],
)
def test_a_derived_place_is_right_within_tolerance_or_if_its_area_holds_the_point(
    mini_gazetteer: Gazetteer, found: list[Attestation], counts: tuple[int, int, int]
) -> None:
    score = scored(mini_gazetteer, wanted_phrase(), found)
    assert (score.derived.total, score.derived.found, score.derived.right) == counts
    assert score.derived_ours == len(found)
    assert score.figures()["derived"] == counts[2]
    assert [mistake.split()[0] for mistake in score.mistakes] == ["derived"] * (1 - counts[2])


def test_a_hole_in_an_area_is_outside_it_and_each_part_of_it_inside(mini_gazetteer: Gazetteer) -> None:
    rings = square(36.0, 35.0, 2.0)["coordinates"] + square(36.5, 35.1, 0.5)["coordinates"]
    for geometry, right in (
        ({"type": "Polygon", "coordinates": rings}, 0),
        (
            {
                "type": "MultiPolygon",
                "coordinates": [square(0.0, 0.0, 1.0)["coordinates"], square(36.5, 35.1, 0.5)["coordinates"]],
            },
            1,
        ),
        ({"type": "LineString", "coordinates": [[36.0, 35.0], [38.0, 37.0]]}, 0),
    ):
        score = scored(mini_gazetteer, wanted_phrase(), [derived(NORTH, footprint(0.0, 0.0, geometry))])
        assert score.derived.right == right


def test_derived_and_suggested_attestations_are_no_names_found(mini_gazetteer: Gazetteer) -> None:
    found = [derived(NORTH, footprint(35.25, 36.75)), ours(TOLD, "Hama", "hama", basis="suggested")]
    score = scored(mini_gazetteer, marked(TOLD, toponym(TOLD, "Hama", 35.13, 36.75)), found)
    assert (score.gold, score.found, score.false, score.overlapping, score.by_reason) == (1, 0, 0, 0, {})
    assert (score.derived, score.suggested, score.attributed) == (None, None, None)


def test_suggestions_are_right_wrong_missing_or_false(mini_gazetteer: Gazetteer) -> None:
    text = "Salmah, Homms, Foobaz and Barquz"
    names = ("Salmah", "Homms", "Foobaz")
    spots = [(text.index(name), text.index(name) + len(name)) for name in names]
    gold = marked(
        text, suggested=tuple(GoldSuggested(*spot, name, 35.69, 36.13) for spot, name in zip(spots, names, strict=True))
    )
    found = [
        ours(text, name, place, basis="suggested") for name, place in (("Salmah", "salma"), ("Homms", "homs"), ("Barquz", "homs"))
    ]
    score = scored(mini_gazetteer, gold, found)
    assert (score.suggested.total, score.suggested.found, score.suggested.right) == (3, 2, 1)
    assert (score.suggested_ours, score.suggested_false) == (3, 1)
    assert score.figures()["suggested"] == score.figures()["suggestions are right"] == pytest.approx(1 / 3)
    assert [mistake.split()[0] for mistake in score.mistakes] == ["suggest"] * 3
    assert "  suggested: 3 marked, 2 found, 1 right; 1 false" in list(tables(Gold(), score))


def test_sources_are_found_exactly_by_overlap_or_where_nobody_says_so(mini_gazetteer: Gazetteer) -> None:
    text = "The local council said Homs was hit; an officer said Hama was quiet. Salma, Rabia and Kinsabba fell."
    council = (text.index("The local council"), text.index(" said"))
    officer = (text.index("an officer"), text.index(" said Hama"))
    wanted = [
        toponym(text, "Homs", attribution=True, attributed_to=council),
        toponym(text, "Hama", attribution=True, attributed_to=officer),
        toponym(text, "Salma", attribution=True),
        toponym(text, "Rabia", attribution=True),
        toponym(text, "Kinsabba"),
    ]
    found = [
        ours(text, "Homs", "homs", "local council"),
        ours(text, "Hama", "hama", "an officer"),
        ours(text, "Salma", "salma", "an officer"),
        ours(text, "Rabia", None),
        ours(text, "Kinsabba", None, "an officer"),
    ]
    score = scored(mini_gazetteer, marked(text, *wanted), found)
    assert (score.attributed.total, score.attributed.found, score.attributed.right) == (2, 2, 1)
    assert (score.unattributed.total, score.unattributed.right, score.attributed_ours) == (2, 1, 3)
    reached = score.figures()
    assert (reached["attributed"], reached["attributed exactly"]) == (1.0, 0.5)
    assert reached["attributions are right"] == pytest.approx(2 / 3)
    assert [mistake.split()[0] for mistake in score.mistakes].count("source") == 2
    assert "  attributed: 2 marked, 2 by overlap, 1 exactly; 1 false where nobody says so (2)" in list(tables(Gold(), score))


def test_the_source_of_a_name_that_is_missed_is_missed(mini_gazetteer: Gazetteer) -> None:
    text = "An officer said Homs was hit."
    wanted = toponym(text, "Homs", attribution=True, attributed_to=(0, 10))
    score = scored(mini_gazetteer, marked(text, wanted), [])
    assert (score.attributed.total, score.attributed.found) == (1, 0)
    assert "attributions are right" not in score.figures()


# --- the command ----------------------------------------------------------------------------------------------


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(mini_gazetteer_folder: Path, capsys: pytest.CaptureFixture) -> Command:
    """`evaluate` with the miniature gazetteer: its exit status, what it printed and what it complained of."""

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main(["--gazetteer", str(mini_gazetteer_folder), "evaluate", *map(str, arguments)])
        return status, *capsys.readouterr()

    return run


def write_missed(path: Path, number: int) -> Path:
    """A gold file of one text with so many names that nobody finds."""
    text = " ".join(["Foobaz"] * number)
    spots = [{"start": 7 * n, "end": 7 * n + 6, "surface": "Foobaz", "lat": 1, "lon": 1} for n in range(number)]
    path.write_text(json.dumps({"text": text, "toponyms": spots}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "listed", "more"),
    [([], MOST_MISTAKES, 10), (["--mistakes", "3"], 3, 57), (["--mistakes", "0"], 0, 60), (["--mistakes", "all"], 60, 0), (["--mistakes"], 60, 0)],
)  # fmt: skip
def test_so_many_mistakes_are_listed(command: Command, tmp_path: Path, arguments: list[str], listed: int, more: int) -> None:
    status, told, complaint = command(write_missed(tmp_path / "gold.jsonl", MOST_MISTAKES + 10), *arguments)
    assert (status, complaint) == (0, "")
    assert sum(line.startswith("  missed") for line in told.splitlines()) == listed
    assert (f"… and {more} more (--mistakes all)" in told) == (more > 0)


def test_the_mistakes_of_a_held_out_file_are_listed_only_if_asked_for(command: Command, tmp_path: Path) -> None:
    path = write_missed(tmp_path / "heldout.jsonl", 2)
    assert path.name in HELD_OUT
    told = command(path)[1]
    assert "2 mistakes, not listed: this file is held out" in told
    assert "Foobaz" not in told
    assert command(path, "--mistakes")[1].count("[Foobaz]") == 2
    assert command(path, "--mistakes", "1")[1].count("[Foobaz]") == 1


def test_a_bad_file_or_record_takes_nothing_from_the_others(command: Command, tmp_path: Path) -> None:
    good = write_missed(tmp_path / "good.jsonl", 1)
    (tmp_path / "half.jsonl").write_text('{"text": 1}\n{"text": "Homs", "toponyms": []}\n', encoding="utf-8")
    status, told, complaint = command(tmp_path / "no.jsonl", tmp_path / "half.jsonl", good)
    assert status == 2
    assert [line.split(":")[0] for line in told.splitlines() if "toponyms, precision" in line] == ["half.jsonl", "good.jsonl"]
    assert [line.split(": ")[1] for line in complaint.splitlines()] == ["no.jsonl", "half.jsonl:line 1:text"]


@pytest.mark.parametrize("number", ["-1", "x", "1.5", "٣", "9" * 5000])
def test_a_number_of_mistakes_that_is_none_shows_the_usage(command: Command, tmp_path: Path, number: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        command(tmp_path / "gold.jsonl", f"--mistakes={number}")
    assert stopped.value.code == 2


def test_the_texts_of_annotations_are_looked_for_by_the_end_of_their_address(command: Command, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    (texts / "part").mkdir(parents=True)
    (texts / "part" / "1.txt").write_text("Shells fell on Salma.", encoding="utf-8")
    (texts / "1.txt").write_text("Nothing.", encoding="utf-8")
    (texts / "two words").write_text("They left Homs.", encoding="utf-8")
    (tmp_path / "secret").write_text("They left Homs.", encoding="utf-8")
    (texts / "latin").write_bytes(b"Alep\xe9")

    def annotation(source: str, exact: str) -> dict:
        target = {"source": source, "selector": {"type": "TextQuoteSelector", "exact": exact}}
        return {"type": "Annotation", "motivation": "identifying", "body": "geo:35.69,36.13", "target": target}

    found = [annotation("http://example.org/doc/part/1", "Salma"), annotation("urn/two%20words", "Homs")]
    bad = [annotation(source, "Homs") for source in ("../secret", "latin", "none", "http://[", "a\0b", "n" * 5000)]
    (tmp_path / "gold.json").write_text(json.dumps(found + bad), encoding="utf-8")
    status, told, complaint = command(tmp_path / "gold.json", "--texts", texts)
    assert status == 2
    assert told.startswith("gold.json: 2 toponyms, precision 1.000, recall 1.000")
    assert len(complaint.splitlines()) == len(bad)
    assert "--texts" in command(tmp_path / "gold.json")[2]
