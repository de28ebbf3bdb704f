"""The theatre: what the map draws. theatre.json in the folder of the gazetteer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from conflictmap.errors import Problem, error
from conflictmap.model import Theatre

THEATRE_FILE = "theatre.json"


def read_theatre(path: Path, problems: list[Problem], digest: Any) -> Theatre:
    try:
        content = path.read_bytes()
        digest.update(content)
        raw = json.loads(content)
        if not isinstance(raw["ccodes"], list):
            raise ValueError("ccodes: a list of country codes")
        west, south, east, north = (float(number) for number in raw["box"])
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValueError("box: west, south, east, north in degrees")
        return Theatre(str(raw["title"]), tuple(str(code) for code in raw["ccodes"]), west, south, east, north)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as failure:
        problems.append(error(path.name, "", "", f"the theatre cannot be read, so nothing is left undrawn: {failure!r}"))
        return Theatre("the world", (), -180.0, -90.0, 180.0, 90.0)
