"""Files are written whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from conflictmap.files import write_atomically


def test_write_atomically_makes_a_file_with_the_text_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomically(path, "é\r\nسلمى\n")
    assert path.read_bytes() == "é\r\nسلمى\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_write_atomically_replaces_and_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)
    write_atomically(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "x" * 100_000 + "\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_over_a_folder_leaves_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.mkdir()
    with pytest.raises(OSError, match=r"a\.txt"):
        write_atomically(path, "new")
    assert list(tmp_path.iterdir()) == [path]
