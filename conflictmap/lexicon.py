"""The word lists that tell recognition and resolution what the words around a name say: data, in assets/."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def lexicon() -> dict[str, Any]:
    """The word lists of assets/english.yaml; lists as frozensets."""
    raw = yaml.load((Path(__file__).parent / "assets" / "english.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in raw.items()}
