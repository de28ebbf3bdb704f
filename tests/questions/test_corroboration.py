"""Shared sources: copies, named sources and agencies join passages; different outlets stay apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictmap.index.memory import build
from conflictmap.questions.corroboration import Basis, group, near_duplicates
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import View

STORY = "Government troops and allied militias shelled the town of Salma for a third day and drove the rebels out of the hills around it, burning orchards on their way"


def bases(folder: Path, gazetteer: Path, articles: dict[str, tuple[str, str | None, str]]) -> list[Basis]:
    for number, (name, (publisher, author, text)) in enumerate(articles.items(), start=1):
        (folder / f"{name}.md").write_text(
            f"---\nid: {name}\ntitle: {name}\npublisher: {publisher}\n"
            + (f"author: {author}\n" if author else "")
            + f"published: 2013-08-{10 + number:02}\nkind: full text\n---\n{text}\n",
            encoding="utf-8",
        )
    return group(Questions(build(folder, gazetteer)).passages(View(place="salma"))[1])


def test_one_story_in_two_papers_is_one_source(tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    found = bases(
        tmp_path, mini_gazetteer_folder,
        {"a": ("Post", None, STORY + "."), "b": ("Echo", None, STORY + ", it was said."), "c": ("Herald", None, "In Salma a school opened after a long winter of snow and hunger.")},
    )  # fmt: skip
    assert [len(basis.hits) for basis in found] == [1, 2]
    assert found[1].publishers == ("Echo", "Post")
    assert found[1].copies == {("a", 1)}  # the later in the list is the copy
    assert found[1].on == "Echo; Post"


def test_a_named_source_is_one_whoever_quotes_it(tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    found = bases(
        tmp_path, mini_gazetteer_folder,
        {
            "a": ("Post", None, "Ten people died in Salma, the Syrian Observatory for Human Rights said."),
            "b": ("Echo", None, "Salma was bombed at night, the Observatory said."),
            "c": ("Herald", None, "Salma was quiet, activists said."),
            "d": ("Times", None, "Salma was quiet, activists said in the morning."),
        },
    )  # fmt: skip
    on = {basis.on: len(basis.hits) for basis in found}
    assert on == {"Syrian Observatory for Human Rights": 2, "Herald": 1, "Times": 1}


def test_an_agencys_text_is_the_agencys(tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    found = bases(
        tmp_path, mini_gazetteer_folder,
        {
            "a": ("Post", "Agence France-Presse", "Salma fell after a week of fighting in the orchards around it."),
            "b": ("Echo", "Jane Doe, AFP", "Rebels lost a second village when the army, having taken Salma, moved on."),
            "c": ("Herald", "Ann Apple", "Salma is in ruins."),
        },
    )  # fmt: skip
    assert {basis.on: len(basis.hits) for basis in found} == {"AFP": 2, "Herald": 1}


def test_copies_within_one_article_are_no_copies(tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    (basis,) = bases(tmp_path, mini_gazetteer_folder, {"a": ("Post", None, f"{STORY}.\n\n{STORY}.")})
    assert len(basis.hits) == 2
    assert basis.copies == frozenset()


def test_short_texts_are_no_copies() -> None:
    assert near_duplicates(["Salma fell.", "Salma fell."]) == []
    assert near_duplicates([STORY, STORY]) == [(0, 1)]
    assert near_duplicates([STORY, " ".join(reversed(STORY.split()))]) == []


@given(st.lists(st.text(max_size=200), max_size=8))
def test_no_text_breaks_it_and_pairs_ascend(texts: list[str]) -> None:
    assert all(0 <= left < right < len(texts) for left, right in near_duplicates(texts))


@pytest.mark.parametrize("count", [0, 1])
def test_few_passages(count: int, tmp_path: Path, mini_gazetteer_folder: Path) -> None:
    assert len(bases(tmp_path, mini_gazetteer_folder, {"a": ("Post", None, "Salma fell.")} if count else {})) == count
