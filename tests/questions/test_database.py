"""Queries and their parameters, threads, the answers that are kept, and the rows of a place."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from conflictmap.index.corpus import Corpus
from conflictmap.questions.database import KEPT_ANSWERS
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View


def test_what_was_asked_last_is_kept_and_the_oldest_forgotten(make_corpus: Callable[..., Corpus]) -> None:
    asked = Questions(make_corpus())
    for number in range(KEPT_ANSWERS + 40):
        asked.once(number, lambda n=number: n)
        assert asked.once("often", lambda: "asked") == "asked"
    assert len(asked.corpus.answers) <= KEPT_ANSWERS
    assert "often" in asked.corpus.answers
    assert 0 not in asked.corpus.answers


def test_threads_that_ask_of_different_corpora_get_their_own_answers(make_corpus: Callable[..., Corpus]) -> None:
    corpora = [make_corpus({"text": "\n\n".join(["Homs."] * number), "published": "2013-01-05"}) for number in (1, 2, 3)]

    def asked(turn: int) -> list[int]:
        wanted = corpora[turn % 3 :] + corpora[: turn % 3]  # each thread switches between the corpora
        return [Questions(corpus).mentions_of_place(View(place="homs")) for corpus in wanted]

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(asked, range(24)))
    assert told == [([1, 2, 3] * 2)[turn % 3 :][:3] for turn in range(24)]


def test_the_rows_of_a_place_are_those_of_the_table(questions: Questions) -> None:
    rows = questions.corpus.table.to_pylist()
    for feature in {row["feature"] for row in rows if row["feature"]} | {"nowhere", ""}:
        found = questions.corpus.rows_of(feature, ["article", "passage"])
        told = [(row["row"], row["article"], row["passage"]) for row in found.to_pylist()]
        assert told == [(at, row["article"], row["passage"]) for at, row in enumerate(rows) if row["feature"] == feature]
        picked = questions.corpus.rows([at for at, *_ in told], ["feature"])
        assert all(row == {"feature": feature} for row in picked)


def test_a_query_gets_the_values_that_it_has_parameters_for(questions: Questions) -> None:
    view = View(source="x", publisher="y", undated=False)
    assert questions.query("select $source, $publisher, $more, '$first'", view, more=1, other=2) == [("x", "y", 1, "$first")]
    assert questions.query("select $undated", view) == [(False,)]


def test_a_query_of_a_place_has_its_rows_and_follows_the_view(questions: Questions) -> None:
    for place in ("salma", "homs", None, "salma"):
        expected = sum(row["feature"] == place for row in questions.corpus.table.to_pylist()) if place else 0
        assert questions.query_place("select count(*) from of_place", View(place=place)) == [(expected,)]
