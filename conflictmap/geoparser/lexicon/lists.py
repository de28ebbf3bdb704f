"""The word lists that tell recognition, resolution and attribution what words mean there: data, in en/."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def word_lists(name: str) -> dict[str, Any]:
    """The word lists of a file of en/; lists as frozensets."""
    raw = yaml.load((Path(__file__).parent / "en" / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in raw.items()}
