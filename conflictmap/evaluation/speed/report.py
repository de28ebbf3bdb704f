"""The report of a run: tables, budgets and the machine, as text or as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata

NOT_INSTALLED = "not installed"
LIBRARIES = (
    "streamlit",
    "streamlit-folium",
    "folium",
    "duckdb",
    "pyarrow",
    "ahocorasick-rs",
    "msgspec",
    "flashtext2",
    "playwright",
)


@dataclass(frozen=True)
class Table:
    """A table of the report: cells are text already."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Budget:
    """A target of the design, what the run measured (None: not measured), and whether lower is better."""

    what: str
    target: float
    measured: float | None
    unit: str
    at_most: bool = True

    @property
    def met(self) -> str:
        if self.measured is None:
            return "not measured"
        return "yes" if (self.measured <= self.target if self.at_most else self.measured >= self.target) else "no"


# --- the report -----------------------------------------------------------------------------------------------


def machine() -> list[str]:
    """What the figures were measured on."""

    def version(name: str) -> str:
        try:
            return f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            return f"{name} {NOT_INSTALLED}"

    load = f", load before the run {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return [
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}{load}; Python {platform.python_version()}",
        ", ".join(version(name) for name in LIBRARIES),
    ]


def budgets_table(budgets: Sequence[Budget]) -> Table:
    """Target, measured, met."""
    return Table(
        "Budgets",
        ("what", "target", "measured", "met"),
        tuple(
            (
                b.what,
                f"at {'most' if b.at_most else 'least'} {b.target:g} {b.unit}",
                f"{b.measured:.3g} {b.unit}" if b.measured is not None else "–",
                b.met,
            )
            for b in budgets
        ),
    )


def render(tables: Sequence[Table], machine_lines: Sequence[str], markdown: bool = False) -> str:
    """The report, as text in columns or as Markdown."""
    if markdown:
        lines = [
            "# Performance",
            "",
            "Written by `python -m conflictmap bench --out docs/performance.md`: medians and ratios of one run.",
            "",
        ]
        lines += [f"* {line}" for line in machine_lines]
        for table in tables:
            rows = [[cell.replace("|", r"\|") for cell in row] for row in (table.head, ("---",) * len(table.head), *table.rows)]
            lines += ["", f"## {table.title}", "", *(f"| {' | '.join(row)} |" for row in rows)]
            lines += [line for note in table.notes for line in ("", note)]
        return "\n".join(lines) + "\n"
    lines = list(machine_lines)
    for table in tables:
        widths = [max(map(len, column)) for column in zip(table.head, *table.rows, strict=True)]
        lines += ["", table.title]
        for row in (table.head, tuple("-" * width for width in widths), *table.rows):
            lines.append("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        lines += [f"  {note}" for note in table.notes]
    return "\n".join(lines) + "\n"
