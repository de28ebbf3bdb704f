"""Reads the word files: one folder a language, one file a typed class, and a theatre's own words on top.

    LANGUAGE/NAME.yaml                    words of the language, wherever a text is about
    theatres/THEATRE/LANGUAGE/NAME.yaml   words that only a theatre needs: its organisations, its anchors of time

A file is read into a frozen class (`Words`) whose fields say what each list means; an unknown or missing field is an error.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from conflictmap.errors import DataError, error

FOLDER = Path(__file__).parent


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the classes that hold a word file. Use frozenset[str] for words to look up, tuple[str, ...] where order counts."""


AnyWords = TypeVar("AnyWords", bound=Words)


@cache
def load(kind: type[AnyWords], language: str, name: str) -> AnyWords:
    """The words of a language's file, joined with those that theatres add. Raises DataError with file and field."""
    files = [FOLDER / language / f"{name}.yaml", *sorted(FOLDER.glob(f"theatres/*/{language}/{name}.yaml"))]
    joined: dict[str, Any] = {}
    for path in files:
        for field, value in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items():
            known = joined.get(field)
            if known is None:
                joined[field] = value
            elif isinstance(known, list) and isinstance(value, list):
                joined[field] = known + value
            elif isinstance(known, dict) and isinstance(value, dict):
                joined[field] = known | value
            else:
                raise DataError(error(path.name, "", field, "only lists and mappings can be added to"))
    try:
        words: AnyWords = msgspec.convert(joined, kind)
        return words
    except msgspec.ValidationError as fault:
        raise DataError(error(files[0].name, "", "", str(fault))) from None
