"""Draws docs/pictures/architecture.svg, the rooms and who imports from whom, out of the code's own imports.

    python docs/pictures/architecture.py           writes the picture
    python docs/pictures/architecture.py --check   says whether it is up to date (exit status 1 if not)

Rows follow the layers contract of pyproject.toml, arrows the import graph (grimp); the sentence in a room is the first of its face's
docstring. Arrows into the ground are left out: every room may use it.
"""

from __future__ import annotations

import argparse
import ast
import sys
import tomllib
from collections.abc import Iterable
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
PICTURE = Path(__file__).with_name("architecture.svg")
PACKAGE = "conflictmap"
TOP = "app, pages"
GROUND = "ground"
LEFT, WIDTH, ROW, GAP, INNER = 20, 740, 52, 12, 34
ARC = 26
"""How far an arrow bends out for each row that it passes, in pixels."""


def layers() -> list[list[str]]:
    """The rooms by layer, the highest first; modules that are no room are the ground, in one layer."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (contract,) = (one for one in contracts if one["type"] == "layers" and one["containers"] == [PACKAGE])
    rows = [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]
    rows = [[name for name in row if name != "__main__"] for row in rows]
    rooms = [[name for name in row if is_room(name) or name == "cli"] for row in rows]
    return [[TOP], *(row for row in rooms if row), [GROUND]]


def is_room(name: str) -> bool:
    return (ROOT / PACKAGE / name / "__init__.py").exists()


def room_of(module: str, rooms: Iterable[str]) -> str:
    """The room of a module's full name; the ground if it is in none."""
    part = module.removeprefix(f"{PACKAGE}.").partition(".")[0]
    part = "cli" if part == "serve" else part
    return part if part in rooms else GROUND


def arrows(rooms: Iterable[str]) -> set[tuple[str, str]]:
    """(importer, imported) between rooms, those into the ground left out."""
    rooms = list(rooms)
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    pairs = {
        (room_of(importer, rooms), room_of(imported, rooms))
        for importer in graph.modules
        if importer not in (PACKAGE, f"{PACKAGE}.__main__")
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported != PACKAGE
    }
    for page in [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(page.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PACKAGE}."):
                pairs.add((TOP, room_of(str(node.module), rooms)))
    return {(one, other) for one, other in pairs if one != other and GROUND not in (one, other)}


def purpose(room: str) -> str:
    """The first sentence of a room's face."""
    path = ROOT / PACKAGE / room / "__init__.py" if is_room(room) else ROOT / PACKAGE / f"{room}.py"
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split()).partition(". ")[0].rstrip(".") + "."


def inside(room: str) -> list[list[str]]:
    """The rooms and modules inside the geoparser, by layer; nothing for the others."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    for contract in contracts:
        if contract["type"] == "layers" and contract["containers"] == [f"{PACKAGE}.{room}"]:
            return [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]
    return []


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4"/>'


def text(x: float, y: float, content: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(content)}</text>'


def draw() -> str:
    """The picture as SVG."""
    said = {
        TOP: "The screens: Streamlit, and nothing else knows it.",
        GROUND: "Errors, value types, text, files and the closed vocabularies: used by every room.",
        "cli": "The command line: conflictmap parse, serve, index and the rest.",
    }
    rooms = [name for layer in layers() for name in layer]
    shapes: list[str] = []
    middle: dict[str, float] = {}
    y = 20.0
    for name in rooms:  # one under the other; rooms of one layer do not know one another, so no arrow joins them
        parts = inside(name)
        height = ROW + INNER * len(parts)
        shapes += [
            box(LEFT, y, WIDTH, height, "ground" if name in (GROUND, TOP) else "room"),
            text(LEFT + 12, y + 22, name, "name"),
            text(LEFT + 12, y + 41, said.get(name) or purpose(name), "said"),
        ]
        for depth, layer in enumerate(parts):
            cell = (WIDTH - 24 - GAP * (len(layer) - 1)) / len(layer)
            for place, part in enumerate(layer):
                left, top = LEFT + 12 + place * (cell + GAP), y + ROW + depth * INNER
                shapes += [box(left, top, cell, INNER - 8, "inner"), text(left + 8, top + 18, part, "part")]
        middle[name] = y + height / 2
        y += height + GAP
    order = {name: number for number, name in enumerate(rooms)}
    for one, other in sorted(arrows(rooms), key=lambda pair: (order[pair[0]], order[pair[1]], pair)):
        assert order[one] < order[other], f"{one} imports {other}, which is above it"
        edge, from_y, to_y = LEFT + WIDTH, middle[one] + 6, middle[other] - 6
        bend = edge + ARC * (order[other] - order[one])
        shapes.append(
            f'<path class="arrow" d="M{edge:g} {from_y:g} C{bend:g} {from_y:g} {bend:g} {to_y:g} {edge + 4:g} {to_y:g}">'
            f"<title>{escape(one)} imports from {escape(other)}</title></path>"
        )
    width = LEFT + WIDTH + ARC * len(rooms)
    style = (
        "text{font-family:system-ui,sans-serif;fill:#222}.name{font-weight:600;font-size:15px}.said,.part{font-size:12px}"
        ".room{fill:#fff;stroke:#444}.ground{fill:#eef1f4;stroke:#999}.inner{fill:#f6f4ee;stroke:#bbb}"
        ".arrow{fill:none;stroke:#a8321a;stroke-opacity:.55;stroke-width:1.2;marker-end:url(#tip)}"
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {y + 8:g}" width="{width:g}" height="{y + 8:g}" role="img" '
            'aria-label="The rooms of the code, the highest layer first, and which imports from which">',
            f"<style>{style}</style>",
            '<defs><marker id="tip" markerWidth="7" markerHeight="7" refX="6" refY="3.5" orient="auto"><path d="M0 0L7 3.5L0 7z" fill="#a8321a"/></marker></defs>',
            f'<rect width="{width:g}" height="{y + 8:g}" fill="#fff"/>',
            *shapes,
            "</svg>",
            "",
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 if the picture is out of date")
    wanted = parser.parse_args().check
    drawn = draw()
    if not wanted:
        PICTURE.write_text(drawn, encoding="utf-8", newline="")
        return 0
    if PICTURE.exists() and PICTURE.read_text(encoding="utf-8") == drawn:
        return 0
    print(f"{PICTURE.relative_to(ROOT)} is out of date: run `make format`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
