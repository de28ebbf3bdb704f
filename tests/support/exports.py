"""Reading exports back, shared by the tests of the export and of the questions it asks."""

from __future__ import annotations

import csv
import io


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
