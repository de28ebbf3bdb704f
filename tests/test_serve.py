"""`conflictmap serve`: what it opens, and what it says when it cannot. The server itself is started in test_package."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from conflictmap.bundle import home, installed
from conflictmap.cli import main
from conflictmap.errors import UsageError
from conflictmap.serve import HOST, PORTS, environment, free_port


def test_a_checkout_is_its_own_home(root: Path) -> None:
    assert (home(), installed()) == (root, False)


@pytest.mark.parametrize("name", ["letter.txt", "digest.MD", "wire.jsonl"])
def test_a_folder_of_articles_is_opened_whatever_index_the_environment_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert environment(tmp_path) == {"CONFLICTMAP_ARTICLES": str(tmp_path), "CONFLICTMAP_INDEX": ""}


def test_an_index_is_opened_as_one(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").touch()
    assert environment(tmp_path) == {"CONFLICTMAP_INDEX": str(tmp_path)}


def test_a_folder_may_be_named_from_the_current_one_or_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").touch()
    monkeypatch.chdir(tmp_path)
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    assert environment(Path("mine"))["CONFLICTMAP_ARTICLES"] == str(tmp_path / "mine")
    assert environment(Path("~/mine"))["CONFLICTMAP_ARTICLES"] == str(tmp_path / "mine")


@pytest.mark.parametrize("names", [(), ("README.md", "decisions.jsonl", ".hidden.txt", "scan.pdf")])
def test_a_folder_without_texts_is_refused(tmp_path: Path, names: tuple[str, ...], capsys: pytest.CaptureFixture) -> None:
    for name in names:
        (tmp_path / name).touch()
    assert main(["serve", str(tmp_path)]) == 2
    assert capsys.readouterr() == ("", f"{tmp_path}: holds neither articles (.md, .txt, .jsonl) nor an index\n")


def test_a_folder_that_does_not_exist_and_a_file_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["serve", str(tmp_path / "gone")]) == 2
    assert capsys.readouterr() == ("", f"{tmp_path / 'gone'}: no such folder\n")
    (tmp_path / "a.jsonl").touch()
    assert main(["serve", str(tmp_path / "a.jsonl")]) == 2
    assert "conflictmap index a.jsonl --out FOLDER" in capsys.readouterr().err


def test_a_port_in_use_is_refused_if_it_was_asked_for_and_passed_over_if_not(capsys: pytest.CaptureFixture) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"Port {port} is in use: choose another with --port")
    assert free_port(HOST, port) == port
    first = free_port(HOST, None)
    with socket.create_server((HOST, first)):
        assert first < free_port(HOST, None) < PORTS.stop


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(UsageError, match=r"Cannot listen on 192\.0\.2\.1, port 8501"):
        free_port("192.0.2.1", None)


@pytest.mark.parametrize("port", ["0", "65536", "999999999999", "-1", "٣", "http", ""])
def test_a_port_is_a_number_from_1_to_65535(port: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["serve", f"--port={port}"])
    assert "is not a port" in capsys.readouterr().err
