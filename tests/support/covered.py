"""Prints, room by room, how much of the code the tests have run, from SlipCover's JSON report: python tests/support/covered.py REPORT."""

import json
import sys
from collections import Counter
from pathlib import Path, PurePath

NOT_COUNTED = "Not counted: page scripts, which Streamlit runs by itself, and what runs in other processes (app servers, benchmarks, workers)."


def lines(report: dict) -> list[str]:
    """The figures of a report: percent of the statements' lines that were run, a room a line, then all together."""
    run: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for name, found in report["files"].items():
        parts = PurePath(name).parts
        for room in ("/".join(parts[:-1][:2]), "all"):
            run[room] += len(found["executed_lines"])
            every[room] += len(found["executed_lines"]) + len(found["missing_lines"])
    rooms = [*sorted(every.keys() - {"all"}), "all"]
    return ["Lines that the tests have run:", *(f"{run[room] / every[room]:7.1%}  {room}" for room in rooms), NOT_COUNTED]


if __name__ == "__main__":
    print("\n".join(lines(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
