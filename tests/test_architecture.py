"""The picture of the rooms is drawn from the imports, and the page beside it names files that exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def test_the_picture_of_the_rooms_is_up_to_date(root: Path) -> None:
    run = subprocess.run(
        [sys.executable, "docs/pictures/architecture.py", "--check"], cwd=root, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(root), "PATH": ""},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_the_picture_shows_every_room(root: Path) -> None:
    picture = (root / "docs" / "pictures" / "architecture.svg").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in (root / "conflictmap").glob("*/__init__.py")}
    assert rooms <= set(re.findall(r'class="name"[^>]*>(\w+)<', picture))


def test_the_page_names_files_that_exist(root: Path) -> None:
    page = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = [name for name in re.findall(r"`([\w./-]+/[\w./-]*)`", page) if "*" not in name and not re.search(r"[A-Z]{4}", name)]
    assert len(named) > 25
    assert [name for name in named if not any((folder / name).exists() for folder in (root, root / "conflictmap"))] == []
