"""Word files: typed, joined with a theatre's own words, and refused with file and field where they are not as declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from conflictmap.errors import DataError
from conflictmap.geoparser.lexicon import loading
from conflictmap.geoparser.lexicon.loading import Words, load


class Example(Words, frozen=True):
    verbs: frozenset[str]
    units: dict[str, int]
    order: tuple[str, ...] = ()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    load.cache_clear()
    for language in ("en", "theatres/here/en"):
        (tmp_path / language).mkdir(parents=True)
    (tmp_path / "en" / "example.yaml").write_text("verbs: [say, tell]\nunits: {day: 1}\norder: [b, a]\n")
    return tmp_path


def test_a_file_becomes_its_class(folder: Path) -> None:
    assert load(Example, "en", "example") == Example(frozenset({"say", "tell"}), {"day": 1}, ("b", "a"))


def test_a_theatre_adds_words(folder: Path) -> None:
    (folder / "theatres/here/en/example.yaml").write_text("verbs: [shell]\nunits: {week: 7}\n")
    found = load(Example, "en", "example")
    assert found.verbs == {"say", "tell", "shell"}
    assert found.units == {"day": 1, "week": 7}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("verbs: [say]\n", "units"),
        ("verbs: [say]\nunits: {}\nnouns: []\n", "nouns"),
        ("verbs: [1]\nunits: {}\n", "verbs"),
        ("verbs: say\nunits: {}\n", "verbs"),
    ],
)
def test_what_is_not_as_declared_is_named(folder: Path, content: str, said: str) -> None:
    (folder / "en" / "example.yaml").write_text(content)
    with pytest.raises(DataError, match=f"example.yaml.*{said}"):
        load(Example, "en", "example")


def test_a_theatre_cannot_replace_a_word_by_a_list(folder: Path) -> None:
    (folder / "theatres/here/en/example.yaml").write_text("verbs: {say: 1}\n")
    with pytest.raises(DataError, match="verbs"):
        load(Example, "en", "example")
