"""Mentions one by one: of an article, and without a place."""

from __future__ import annotations

from datetime import date

from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View

D = date


def test_mentions_of_an_article_are_all_of_them_in_order(questions: Questions) -> None:
    rows = questions.mentions_of_article("wire-3")
    assert [row["surface"] for row in rows] == ["Tripoli", "Aleppo", "Damascus", "Deir Nowhere"]
    assert questions.mentions_of_article("nowhere") == []


def test_names_without_a_place_are_listed(questions: Questions) -> None:
    listed = questions.unplaced(View())
    assert questions.unplaced(View(), 1) == listed[:1]
    assert ("Tripoli", "ambiguous") in {(row[0], row[1]) for row in listed}
    told = questions.account(View())
    assert len(listed) == told.ambiguous + told.unresolved
