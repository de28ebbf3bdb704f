"""A person's dates are kept beside the texts, and none is lost."""

from __future__ import annotations

import json
import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictmap.articles.decisions import (
    FILE_NAME,
    Verdicts,
    apply_decisions,
    decide_date,
    decide_mention,
    read_decisions,
    written,
)
from conflictmap.articles.readers import parse_published, read_articles
from conflictmap.errors import Problem, UsageError
from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.model import Article, DayRange, Decision, Resolution

UNDATED = Article("letter", "A letter", None, "Text.", text_hash="cafe")
DAY = DayRange(date(2013, 8, 6), date(2013, 8, 6), date(2013, 8, 6))
RANGE = DayRange(date(2013, 8, 5), date(2013, 8, 10), date(2013, 8, 6))


def decided(folder: Path, article: Article = UNDATED) -> Article:
    problems: list[Problem] = []
    (found,) = apply_decisions([article], read_decisions(folder, problems))
    assert problems == []
    return found


def test_without_a_file_nothing_is_decided(tmp_path):
    problems: list[Problem] = []
    assert read_decisions(tmp_path, problems) == []
    assert problems == []
    assert apply_decisions([UNDATED], []) == (UNDATED,)


@pytest.mark.parametrize("published", [DAY, RANGE])
def test_a_date_is_kept_and_said_to_be_a_persons(tmp_path, published):
    decide_date(tmp_path, UNDATED, published)
    found = decided(tmp_path)
    assert found.published == published
    assert found.date_by_person
    assert not UNDATED.date_by_person


def test_a_date_taken_back_leaves_the_article_undated(tmp_path):
    decide_date(tmp_path, UNDATED, DAY)
    decide_date(tmp_path, UNDATED, None)
    assert decided(tmp_path) == UNDATED


def test_the_later_decision_holds(tmp_path):
    for published in (DAY, None, RANGE):
        decide_date(tmp_path, UNDATED, published)
    assert decided(tmp_path).published == RANGE
    assert len((tmp_path / FILE_NAME).read_text().splitlines()) == 3


def test_a_decision_about_another_text_is_not_applied(tmp_path):
    decide_date(tmp_path, UNDATED, DAY)
    edited = Article("letter", "A letter", None, "Text, edited.", text_hash="beef")
    assert decided(tmp_path, edited) == edited


def test_a_decision_about_another_article_of_the_same_text_is_not_applied(tmp_path):
    decide_date(tmp_path, UNDATED, DAY)
    other = Article("other", "A letter", None, "Text.", text_hash="cafe")
    assert decided(tmp_path, other) == other


def test_a_date_of_the_articles_own_is_never_overruled(tmp_path):
    own = Article("letter", "A letter", None, "Text.", published=RANGE, text_hash="cafe")
    decide_date(tmp_path, own, DAY)
    assert decided(tmp_path, own) == own


def test_the_order_of_articles_stays():
    articles = [Article(str(n), "t", None, "x", text_hash="h") for n in range(5)]
    decisions = [Decision(str(n), "h", DAY, "") for n in (3, 1)]
    assert [(a.id, a.date_by_person) for a in apply_decisions(articles, decisions)] == [
        ("0", False), ("1", True), ("2", False), ("3", True), ("4", False),
    ]  # fmt: skip


def test_a_kept_line_says_what_when_and_of_which_text(tmp_path):
    decide_date(tmp_path, UNDATED, RANGE)
    record = json.loads((tmp_path / FILE_NAME).read_bytes())
    assert datetime.fromisoformat(record.pop("decided_at")).utcoffset() == timedelta(0)
    assert record == {
        "decision": "published",
        "article": "letter",
        "text_hash": "cafe",
        "published": "[2013-08-05..2013-08-10]",
        "published_best": "2013-08-06",
    }


def test_the_decisions_file_is_not_an_article(tmp_path):
    decide_date(tmp_path, UNDATED, DAY)
    (tmp_path / "letter.txt").write_text("Text.")
    found = read_articles(tmp_path)
    assert [article.id for article in found.articles] == ["letter"]
    assert found.problems == ()


def test_the_texts_are_not_touched(tmp_path):
    (tmp_path / "letter.txt").write_bytes(b"Text.\r\n")
    (article,) = read_articles(tmp_path).articles
    decide_date(tmp_path, article, DAY)
    assert (tmp_path / "letter.txt").read_bytes() == b"Text.\r\n"
    assert decided(tmp_path, article).published == DAY


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"{", id="not JSON"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"7", id="a number"),
        pytest.param(b'"x"', id="a word"),
        pytest.param(b"null", id="null"),
        pytest.param(b"{}", id="nothing in it"),
        pytest.param(b'{"article": "letter", "text_hash": "cafe"}', id="no date"),
        pytest.param(b'{"text_hash": "cafe", "published": null}', id="no article"),
        pytest.param(b'{"article": "letter", "published": null}', id="no hash"),
        pytest.param(b'{"article": "letter", "text_hash": "cafe", "published": "2013-02-30"}', id="no such day"),
        pytest.param(b'{"article": "letter", "text_hash": "cafe", "published": ["2013-08-06"]}', id="a date in a list"),
        pytest.param(b'{"article": "letter", "text_hash": "cafe", "published": "0001-01-01T00:00:00+05:00"}', id="before time"),
        pytest.param(b"\xff\xfe", id="not UTF-8"),
        pytest.param(b"9" * 5000, id="a number of 5,000 digits"),
        pytest.param(b"[" * 200_000, id="too deep"),
    ],
)
def test_a_broken_line_is_reported_and_the_others_hold(tmp_path, line):
    decide_date(tmp_path, UNDATED, DAY)
    kept = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(kept + b"\r\n" + line + b"\n" + kept)
    problems: list[Problem] = []
    decisions = read_decisions(tmp_path, problems)
    assert [decision.published for decision in decisions] == [DAY, DAY]
    assert [(p.grade, p.file, p.record) for p in problems] == [("error", FILE_NAME, "line 3")]


def test_a_decision_after_a_line_without_its_end_is_not_lost(tmp_path):
    """An editor, or a full disk, leaves a last line without a line end."""
    decide_date(tmp_path, UNDATED, RANGE)
    (tmp_path / FILE_NAME).write_bytes((tmp_path / FILE_NAME).read_bytes().rstrip())
    decide_date(tmp_path, UNDATED, DAY)
    problems: list[Problem] = []
    assert [decision.published for decision in read_decisions(tmp_path, problems)] == [RANGE, DAY]
    assert problems == []


def test_a_file_that_cannot_be_read_is_reported(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    problems: list[Problem] = []
    assert read_decisions(tmp_path, problems) == []
    assert [(p.grade, p.file) for p in problems] == [("error", FILE_NAME)]


def test_what_cannot_be_written_is_a_usage_error_that_names_the_file(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(UsageError, match=FILE_NAME):
        decide_date(tmp_path, UNDATED, DAY)


def test_a_folder_that_is_gone_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match=FILE_NAME):
        decide_date(tmp_path / "gone", UNDATED, DAY)


def decide_many(folder: Path, writer: int, times: int = 20) -> None:
    for n in range(times):
        decide_date(folder, Article(f"article-{writer}-{n}", "t" * 50, None, "x", text_hash="h" * 3000), DAY)


def assert_all_kept(folder: Path, writers: int) -> None:
    problems: list[Problem] = []
    found = read_decisions(folder, problems)
    assert problems == []
    assert sorted(d.article for d in found) == sorted(f"article-{w}-{n}" for w in range(writers) for n in range(20))


def test_many_threads_lose_nothing(tmp_path):
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda writer: decide_many(tmp_path, writer), range(20)))
    assert_all_kept(tmp_path, 20)


def test_many_processes_lose_nothing(tmp_path):
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(decide_many, [tmp_path] * 8, range(8)))
    assert_all_kept(tmp_path, 8)


@pytest.mark.parametrize(("published", "text"), [(DAY, "2013-08-06"), (RANGE, "[2013-08-05..2013-08-10]")])
def test_written(published, text):
    assert written(published) == text


@settings(deadline=None, derandomize=True)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 400), st.integers(0, 400))
def test_what_is_written_is_read_again_as_it_was(start, length, likeliest):
    end = min(start + timedelta(days=length), date(2100, 12, 31))
    days = DayRange(start, end, min(start + timedelta(days=likeliest), end))
    assert parse_published(written(days), days.best.isoformat()) == days


# --- verdicts on mentions -------------------------------------------------------------------------------------

TEXT = "Shells fell on Salma. Later, Salma was quiet; Homs was not."
TOLD = Article("told", "Told", None, TEXT, text_hash="abc")


def parsed(gazetteer: Gazetteer, folder: Path) -> list[Resolution]:
    found = Geoparser(gazetteer).parse(TOLD)
    laid = Verdicts(read_decisions(folder, [])).lay_over(TOLD, found, gazetteer.places)
    return [attestation.resolution for attestation in laid]


def span(nth: int) -> tuple[int, int]:
    start = [m.start() for m in re.finditer("Salma|Homs", TEXT)][nth]
    return start, start + (5 if nth < 2 else 4)


def test_a_verdict_is_laid_over_and_the_programs_answer_stays_beside_it(gazetteer: Gazetteer, tmp_path: Path) -> None:
    decide_mention(tmp_path, TOLD, span(1), "placed", "aramo")
    decide_mention(tmp_path, TOLD, span(2), "rejected")
    first, second, third = parsed(gazetteer, tmp_path)
    assert (first.place, first.verdict, first.program) == ("salma", None, None)
    assert (second.place, second.status, second.verdict, second.reason) == ("aramo", "resolved", "placed", "decided-by-person")
    assert second.program is not None
    assert second.program.place == "salma"
    assert (third.place, third.status, third.verdict) == (None, "rejected", "rejected")


def test_a_verdict_is_taken_back_as_easily(gazetteer: Gazetteer, tmp_path: Path) -> None:
    before = parsed(gazetteer, tmp_path)
    for verdict, place in (("rejected", None), ("accepted", "salma"), (None, None)):
        decide_mention(tmp_path, TOLD, span(0), verdict, place)
    assert parsed(gazetteer, tmp_path) == before


def test_a_verdict_holds_for_its_text_and_its_words_only(gazetteer: Gazetteer, tmp_path: Path) -> None:
    decide_mention(tmp_path, replace(TOLD, text_hash="other"), span(0), "rejected")
    decide_mention(tmp_path, TOLD, span(0), "placed", "no-such-place")
    assert [resolution.verdict for resolution in parsed(gazetteer, tmp_path)] == [None, None, None]


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "maybe"},
        {"verdict": "accepted", "place": None},
        {"verdict": "rejected", "place": "salma"},
        {"exact": None, "decision": "x"},
    ],
    ids=str,
)
def test_a_broken_verdict_is_reported_and_passed_over(tmp_path: Path, wrong: dict[str, str | None]) -> None:
    decide_mention(tmp_path, TOLD, span(0), "accepted", "salma")
    line = json.loads((tmp_path / FILE_NAME).read_text("utf-8")) | wrong
    with (tmp_path / FILE_NAME).open("a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")
    problems: list[Problem] = []
    assert len(read_decisions(tmp_path, problems)) == 1
    assert [problem.record for problem in problems] == ["line 2"]
