"""The glossary names things that exist."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "glossary.md"
ROWS = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
NAMES = [name for row in ROWS for name in re.findall(r"`([\w.]+)`", row[-1])]


def found(name: str) -> Any:
    """The module, class, function, value or field of a class that a name leads to, from the package down."""
    thing = importlib.import_module("conflictmap")
    for part in name.split("."):
        if part in getattr(thing, "__dataclass_fields__", {}):
            thing = thing.__dataclass_fields__[part]
        elif hasattr(thing, part):
            thing = getattr(thing, part)
        else:
            thing = importlib.import_module(f"{thing.__name__}.{part}")
    return thing


def test_every_term_has_a_meaning_and_a_place_in_the_code() -> None:
    assert len(ROWS) > 40
    assert all(len(row) == 3 and all(cell.strip("| ") for cell in row) for row in ROWS)
    assert all("`" in row[-1] for row in ROWS)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_the_glossary_exists(name: str) -> None:
    assert found(name) is not None
