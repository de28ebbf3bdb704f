"""The yardstick of time expressions: reading, pairing, intervals, links, and what is told of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.cli import main
from conflictmap.evaluation.accuracy.scores import read_gold
from conflictmap.evaluation.accuracy.spans import pairs
from conflictmap.evaluation.accuracy.timegold import (
    GoldLink,
    GoldTime,
    Tally,
    TimeGold,
    TimeScore,
    TimeText,
    compare_times,
    evaluate_times,
    parse_times,
    tables_of_times,
)
from conflictmap.model import DayRange, TimeExpression, TimeInterval, Told
from conflictmap.vocabulary import TIME_LINKS, TIME_RULES

TEXT = "Salma fell on Sunday. Homs lies far off."
SUNDAY = {
    "start": 14,
    "end": 20,
    "surface": "Sunday",
    "from": "2013-08-04",
    "to": "2013-08-04",
    "kind": "within",
    "precision": "day",
}
SALMA = {"start": 0, "end": 5, "surface": "Salma", "time": 0}
HOMS = {"start": 22, "end": 26, "surface": "Homs", "time": None}
PLAIN = {"id": "a", "published": "2013-08-06", "text": TEXT, "tags": ["wd"], "times": [SUNDAY], "links": [SALMA, HOMS]}


def lines(*records: Any) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def days(first: str, last: str | None = None, kind: str = "within", precision: str = "day") -> TimeInterval:
    return TimeInterval(date.fromisoformat(first), date.fromisoformat(last or first), kind, precision)


def marked(text: str, times: dict[str, TimeInterval], links: Sequence[tuple[str, int | None]] = ()) -> TimeText:
    """A text in which these words are marked, each where it stands first."""
    spots = [(text.index(words), text.index(words) + len(words)) for words in times]
    places = [GoldLink(text.index(name), text.index(name) + len(name), time) for name, time in links]
    found = [GoldTime(*spot, interval) for spot, interval in zip(spots, times.values(), strict=True)]
    return TimeText("x", None, text, tuple(found), tuple(places))


def ours(text: str, surface: str, interval: TimeInterval, rule: str = "date") -> TimeExpression:
    start = text.index(surface)
    return TimeExpression(start, start + len(surface), surface, interval, rule)


def scored(gold: TimeText, found: Sequence[TimeExpression], told: Sequence[Told | None] | None = None) -> TimeScore:
    score = TimeScore()
    compare_times(gold, found, [None] * len(gold.links) if told is None else told, score)
    return score


def kinds(score: TimeScore) -> list[str]:
    return [mistake.split()[0] for mistake in score.mistakes]


# --- reading --------------------------------------------------------------------------------------------------


def test_a_record_has_its_times_and_links() -> None:
    gold = parse_times("g.jsonl", b"\xef\xbb\xbf" + lines(PLAIN, PLAIN | {"id": "b", "published": "[2013-08-05..2013-08-09]"}))
    assert gold.problems == []
    assert [text.id for text in gold.texts] == ["a", "b"]
    one, other = gold.texts
    assert one.published == DayRange(date(2013, 8, 6), date(2013, 8, 6), date(2013, 8, 6))
    assert (other.published.start, other.published.end) == (date(2013, 8, 5), date(2013, 8, 9))
    assert one.times == (GoldTime(14, 20, days("2013-08-04")),)
    assert one.links == (GoldLink(0, 5, 0), GoldLink(22, 26, None))
    assert parse_times("g.jsonl", lines(PLAIN | {"published": None})).texts[0].published is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        b"<articles/>",
        b"[]",
        b'{"text": "Homs", "toponyms": []}',
        b'{"text": "Homs", "toponyms": [], "times": []}',
        b'{"@graph": [], "target": "x"}',
        b'{"times": [], "text": "Alep\xe9"}',
        lines({"text": "Homs", "toponyms": []}, PLAIN),
    ],
)
def test_a_file_of_another_kind_is_none_of_times(data: bytes) -> None:
    assert parse_times("g", data) is None


def test_the_kind_of_a_file_is_told_by_its_first_record_and_not_by_its_name(tmp_path: Path) -> None:
    for name, data in (("toponyms.xml", lines(PLAIN)), ("g.jsonl", b'\n{"broken\n' + lines(PLAIN))):
        (tmp_path / name).write_bytes(data)
        gold = read_gold(tmp_path / name)
        assert isinstance(gold, TimeGold)
        assert len(gold.texts) == 1
    (tmp_path / "times.jsonl").write_bytes(b'{"text": "Homs", "toponyms": []}')
    assert not isinstance(read_gold(tmp_path / "times.jsonl"), TimeGold)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (1, ""),
        ([], ""),
        (PLAIN | {"text": None}, "text"),
        ({name: value for name, value in PLAIN.items() if name != "published"}, "published"),
        (PLAIN | {"published": "yesterday"}, "published"),
        (PLAIN | {"published": 2013}, "published"),
        (PLAIN | {"times": None}, "times"),
        (PLAIN | {"times": [1]}, "times[0]"),
        (PLAIN | {"times": [SUNDAY | {"end": 99}]}, "times[0]"),
        (PLAIN | {"times": [SUNDAY | {"surface": "Monday"}]}, "times[0].surface"),
        (PLAIN | {"times": [SUNDAY | {"from": "2013-08-05"}]}, "times[0]"),
        (PLAIN | {"times": [SUNDAY | {"from": None}]}, "times[0].from"),
        (PLAIN | {"times": [SUNDAY | {"to": "2013-02-30"}]}, "times[0].to"),
        (PLAIN | {"times": [SUNDAY | {"kind": "about"}]}, "times[0].kind"),
        (PLAIN | {"times": [SUNDAY | {"kind": []}]}, "times[0].kind"),
        (PLAIN | {"times": [SUNDAY | {"precision": None}]}, "times[0].precision"),
        ({name: value for name, value in PLAIN.items() if name != "links"}, "links"),
        (PLAIN | {"links": [SALMA | {"surface": "Homs"}]}, "links[0].surface"),
        (PLAIN | {"links": [SALMA | {"time": 1}]}, "links[0].time"),
        (PLAIN | {"links": [SALMA | {"time": -1}]}, "links[0].time"),
        (PLAIN | {"links": [SALMA | {"time": True}]}, "links[0].time"),
        (PLAIN | {"links": [{name: value for name, value in SALMA.items() if name != "time"}]}, "links[0].time"),
    ],
)
def test_a_broken_record_is_named_with_its_field_and_the_others_are_kept(record: Any, field: str) -> None:
    gold = parse_times("g.jsonl", lines(PLAIN, record, PLAIN))
    assert [text.id for text in gold.texts] == ["a", "a"]
    assert [(problem.file, problem.record, problem.field) for problem in gold.problems] == [("g.jsonl", "line 2", field)]


@pytest.mark.parametrize("line", [b"nonsense", b'{"text": ', b"[" * 100_000, b'{"text": "a", "n": ' + b"9" * 5000 + b"}"])
def test_a_line_that_is_no_json_is_named(line: bytes) -> None:
    gold = parse_times("g.jsonl", lines(PLAIN) + b"\n\n" + line + b"\n")
    assert len(gold.texts) == 1
    assert [problem.record for problem in gold.problems] == ["line 3"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["start", "end", "surface", "from", "to", "time", "kind"]), inner, max_size=5)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["published", "text", "times", "links"]), JSON, max_size=4))
def test_no_record_is_too_odd(record: dict[str, Any]) -> None:
    gold = parse_times("g", lines(PLAIN, PLAIN | record))
    assert len(gold.texts) + len(gold.problems) == 2


# --- expressions and their days -------------------------------------------------------------------------------


def test_an_answer_that_is_all_right() -> None:
    score = evaluate_times(parse_times("g", lines(PLAIN)).texts)
    assert (score.times, score.ours, score.found, score.exact, score.half, score.told) == (1, 1, 1, 1, 1, 1)
    assert (score.links, score.links_right, score.dated, score.dated_right) == (2, 2, 1, 1)
    assert (score.noise, score.mistakes) == (0, [])
    assert set(score.figures().values()) == {1.0}
    assert score.by_rule == {"weekday": Tally(1, 1, 1)}
    assert score.by_link == {"same-clause": Tally(1, 1, 1), "undated": Tally(1, 1, 1)}


def test_missed_and_noise_are_counted_and_told() -> None:
    text = "On Friday the Monday Club of May met."
    gold = marked(text, {"Friday": days("2013-08-02")})
    score = scored(gold, [ours(text, "Monday", days("2013-08-05"), "weekday"), ours(text, "May", days("2013-05-01"), "month")])
    assert (score.times, score.found, score.ours, score.noise) == (1, 0, 2, 2)
    assert kinds(score) == ["missed", "noise", "noise"]
    assert "[Monday]" in score.mistakes[1]
    assert score.by_rule["weekday"] == Tally(1, 0, 0)
    assert score.figures() == {
        "times found": 0.0,
        "intervals right": 0.0,
        "intervals right by half": 0.0,
        "times are marked": 0.0,
    }


def test_an_expression_is_found_by_overlap_and_claimed_once() -> None:
    text = "late on Friday"
    gold = marked(text, {text: days("2013-08-02")})
    assert (scored(gold, [ours(text, "Friday", days("2013-08-02"))]).exact) == 1
    halves = scored(gold, [ours(text, "late", days("2013-08-01")), ours(text, "Friday", days("2013-08-02"))])
    assert (halves.found, halves.exact, halves.noise) == (1, 1, 1)
    two = scored(marked(text, {"late": days("2013-08-01"), "Friday": days("2013-08-02")}), [ours(text, text, days("2013-08-02"))])
    assert (two.found, two.exact, kinds(two)) == (1, 1, ["missed"])
    beside = scored(gold, [])
    assert (beside.found, beside.figures().get("times are marked")) == (0, None)


@pytest.mark.parametrize(
    ("found", "exact", "half"),
    [
        (days("2013-08-01", "2013-08-10"), 1, 1),
        (days("2013-08-01", "2013-08-05"), 0, 1),
        (days("2013-08-01", "2013-08-04"), 0, 0),
        (days("2013-08-01", "2013-08-20"), 0, 1),
        (days("2013-08-01", "2013-08-21"), 0, 0),
        (days("2013-08-06", "2013-08-15"), 0, 0),
        (days("2014-08-01", "2014-08-10"), 0, 0),
        (days("2013-07-31"), 0, 0),
    ],
)
def test_an_interval_is_right_by_half_if_half_of_all_days_are_shared(found: TimeInterval, exact: int, half: int) -> None:
    text = "early in August"
    score = scored(marked(text, {text: days("2013-08-01", "2013-08-10")}), [ours(text, text, found)])
    assert (score.found, score.exact, score.half) == (1, exact, half)
    assert kinds(score) == ["days"] * (1 - exact)


def test_kind_and_precision_are_judged_only_of_exact_intervals() -> None:
    text = "In July and in August and in May"
    july, august, may = days("2013-07-01", "2013-07-31"), days("2013-08-01", "2013-08-31"), days("2013-05-01", "2013-05-31")
    found = [
        ours(text, "July", july),
        ours(text, "August", days("2013-08-01", "2013-08-31", "throughout")),
        ours(text, "May", days("2012-05-01", "2012-05-31")),
    ]
    score = scored(marked(text, {"July": july, "August": august, "May": may}), found)
    assert (score.exact, score.told) == (2, 1)
    assert score.figures()["kind and precision right"] == 0.5
    assert kinds(score) == ["kind", "days"]


# --- links ----------------------------------------------------------------------------------------------------


AUGUST = "Salma fell on Sunday, Homs on 4 August, and Hama on Monday."
TIMES = {"Sunday": days("2013-08-04"), "4 August": days("2013-08-04"), "Monday": days("2013-08-05")}


@pytest.mark.parametrize(
    ("wanted", "linked", "right"),
    [
        (0, ("Sunday", "2013-08-04"), True),
        (0, ("on Sunday", "1999-01-01"), True),
        (0, ("4 August", "2013-08-04"), True),
        (0, ("Monday", "2013-08-05"), False),
        (0, None, False),
        (None, None, True),
        (None, ("Sunday", "2013-08-04"), False),
    ],
)
def test_a_link_is_right_by_its_expression_or_its_days_or_if_there_is_none(
    wanted: int | None, linked: tuple[str, str] | None, right: bool
) -> None:
    told = Told(ours(AUGUST, linked[0], days(linked[1])), "same-clause") if linked else None
    score = scored(marked(AUGUST, TIMES, [("Salma", wanted)]), [], [told])
    assert (score.links, score.links_right) == (1, right)
    assert (score.dated, score.dated_right) == (wanted is not None, wanted is not None and right)
    assert [mistake for mistake in kinds(score) if mistake == "link"] == ["link"] * (1 - right)
    assert score.by_link == {"same-clause" if linked else "undated": Tally(1, (wanted is None) == (linked is None), right)}
    assert score.figures()["links right"] == right


def test_links_stay_within_their_passage_and_keep_their_order() -> None:
    text = "On 4 August 2013 Salma fell.\n\nHoms was quiet.\n\nHama was shelled on 5 August 2013."
    gold = marked(text, {"4 August 2013": days("2013-08-04"), "5 August 2013": days("2013-08-05")}, [("Hama", 1), ("Homs", None), ("Salma", 0)])  # fmt: skip
    score = evaluate_times([gold])
    assert (score.links_right, score.exact, score.mistakes) == (3, 2, [])


def test_what_counts_from_a_passage_before_is_read_with_it() -> None:
    text = "Salma fell on 4 August 2013.\n\nTwo days later Homs was shelled."
    gold = marked(text, {"4 August 2013": days("2013-08-04"), "Two days later": days("2013-08-06")}, [("Homs", 1)])
    score = evaluate_times([gold])
    assert (score.exact, score.links_right, score.mistakes) == (2, 1, [])


# --- telling --------------------------------------------------------------------------------------------------


def test_the_tables_tell_all_figures() -> None:
    told = list(tables_of_times(evaluate_times(parse_times("g", lines(PLAIN, PLAIN | {"times": [], "links": []})).texts)))
    assert told[:5] == [
        "  expressions: 1 of 1 (1.000) found",
        "  dated noise: 1 of 2 of ours are marked nowhere",
        "  intervals right: 1 of 1 (1.000) exactly, 1 of 1 (1.000) by half or more",
        "  kind and precision right: 1 of 1 (1.000) exact",
        "  links right: 2 of 2 (1.000); of the dated 1 of 1 (1.000), of the undated 1 of 1 (1.000)",
    ]
    assert [line.split() for line in told[5:]] == [
        ["rule", "ours", "marked", "days", "right"],
        ["weekday", "2", "1", "1"],
        ["link", "ours", "dated", "alike", "right"],
        ["same-clause", "1", "1", "1"],
        ["undated", "1", "1", "1"],
    ]
    assert "  expressions: 0 of 0 found" in list(tables_of_times(TimeScore()))


def test_the_command_measures_times_beside_names(
    tmp_path: Path, mini_gazetteer_folder: Path, capsys: pytest.CaptureFixture
) -> None:
    times, held_out, names = tmp_path / "g.jsonl", tmp_path / "times-heldout.jsonl", tmp_path / "names.jsonl"
    for path in (times, held_out):
        path.write_bytes(lines(PLAIN | {"times": [], "links": []}) + b"\nnonsense\n")
    names.write_text(json.dumps({"text": "They left Homs.", "toponyms": []}), encoding="utf-8")

    def run(*arguments: object) -> str:
        assert main(["--gazetteer", str(mini_gazetteer_folder), "evaluate", *map(str, arguments)]) == 2
        told, complaint = capsys.readouterr()
        assert "line 2" in complaint
        return told

    told = run(times, names)
    assert "g.jsonl: 0 time expressions, 0 found, 0 intervals right, 0 of 0 links right, 1 dated noise" in told
    assert "names.jsonl: 0 toponyms" in told
    assert "[Sunday]" in told
    told = run(held_out)
    assert "1 mistakes, not listed: this file is held out" in told
    assert "Sunday" not in told
    assert "[Sunday]" in run(held_out, "--mistakes")


def test_the_gold_files_are_whole_and_mark_what_can_be_told(root: Path) -> None:
    ids = []
    for name in ("times.jsonl", "times-heldout.jsonl"):
        gold = read_gold(root / "tests" / "data" / "gold" / name)
        assert isinstance(gold, TimeGold)
        broken = len(gold.problems)  # numbers only: the held-out file stays unread
        assert broken == 0
        ids += [text.id for text in gold.texts]
        score = evaluate_times(gold.texts)
        rules, links = set(score.by_rule), set(score.by_link)
        assert rules <= set(TIME_RULES)
        assert links <= {*TIME_LINKS, "undated"}
    twice = len(ids) - len(set(ids))
    assert twice == 0


# --- pairs ----------------------------------------------------------------------------------------------------


@st.composite
def apart(draw: st.DrawFn) -> list[TimeExpression]:
    """Spans that do not overlap one another, in any order."""
    cuts = sorted(draw(st.sets(st.integers(0, 30), max_size=12)))
    spans = [TimeExpression(a, b, "", days("2013-08-04"), "date") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return draw(st.permutations(spans))


@given(apart(), apart())
def test_pairs_overlap_are_one_to_one_and_leave_no_two_that_could_be_paired(
    wanted: list[TimeExpression], found: list[TimeExpression]
) -> None:
    def overlap(here: int, there: int) -> bool:
        return wanted[here].start < found[there].end and found[there].start < wanted[here].end

    told = pairs(wanted, found)
    assert len(set(told.values())) == len(told)
    assert all(overlap(here, there) for here, there in told.items())
    left = set(range(len(found))) - set(told.values())
    assert not any(overlap(here, there) for here in range(len(wanted)) if here not in told for there in left)
