"""The package: what the wheel holds, and that it runs from any folder in an environment that has nothing else."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from support.chromium import FLAGS, find
from support.serving import free_port, outside, started

INSIDE = "conflictmap/bundled/"


def build(source: Path, out: Path, *targets: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(out), *(f"--target={target}" for target in targets)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as files:
        return {name: files.read(name) for name in files.namelist()}


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by way of the source archive as an installer that has only that would do it."""
    out = tmp_path_factory.mktemp("dist")
    build(root, out, "sdist")
    with tarfile.open(*out.glob("*.tar.gz")) as archive:
        archive.extractall(out, filter="data")
    (source,) = (path for path in out.iterdir() if path.is_dir())
    build(source, out, "wheel")
    (path,) = out.glob("*.whl")
    return path


def test_the_wheel_of_the_source_archive_is_that_of_the_repository(root: Path, wheel: Path, tmp_path: Path) -> None:
    build(root, tmp_path, "wheel")
    assert contents(tmp_path / wheel.name) == contents(wheel)


def test_the_wheel_holds_the_program_and_its_data_and_nothing_else(root: Path, wheel: Path) -> None:
    held = {name for name in contents(wheel) if ".dist-info/" not in name}
    wanted = {f"{INSIDE}{name}" for name in ("app.py", ".streamlit/config.toml", "LICENSE-DATA")}
    for folder in ("conflictmap", "pages", "gazetteer", "articles", "docs"):
        files = [path for path in (root / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        names = {path.relative_to(root).as_posix() for path in files if not path.name.startswith("decisions.jsonl")}
        wanted |= {name if folder == "conflictmap" else f"{INSIDE}{name}" for name in names if "docs/pictures/" not in name}
    assert held == wanted


def test_decisions_taken_in_a_checkout_are_not_shipped(root: Path, tmp_path: Path) -> None:
    """Built from a copy, so that the checkout's own articles are left alone."""
    with tarfile.open(tmp_path / "source.tar", "w") as archive:
        for name in tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["sdist"][
            "only-include"
        ]:
            if name not in ("tests", "gazetteer"):
                archive.add(root / name, name)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            archive.add(root / name, name)
    with tarfile.open(tmp_path / "source.tar") as archive:
        archive.extractall(tmp_path / "copy", filter="data")
    (tmp_path / "copy" / "articles" / "decisions.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "copy" / "gazetteer").mkdir()
    build(tmp_path / "copy", tmp_path, "sdist", "wheel")
    (path,) = tmp_path.glob("*.whl")
    assert not [name for name in contents(path) if "decisions.jsonl" in name]
    with tarfile.open(*tmp_path.glob("*.tar.gz")) as archive:
        assert not [name for name in archive.getnames() if "decisions.jsonl" in name]


def pinned(path: Path) -> set[str]:
    return {line.strip().lower() for line in path.read_text("utf-8").splitlines() if "==" in line}


def test_the_requirements_are_written_down_once(root: Path, wheel: Path) -> None:
    (metadata,) = (data for name, data in contents(wheel).items() if name.endswith(".dist-info/METADATA"))
    found = Parser().parsestr(metadata.decode())
    assert {need.lower() for need in found.get_all("Requires-Dist", [])} == pinned(root / "requirements.txt")
    backend = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    assert set(backend) <= pinned(root / "requirements-dev.txt")  # the tests build with what an installer would fetch


# --- installed ------------------------------------------------------------------------------------------------


class Installed:
    """The wheel in an environment of its own, run from an unrelated folder by a user who has nothing yet."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        self.python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / Path(sys.executable).name
        self.elsewhere, self.data = folder / "elsewhere", folder / "data"
        self.elsewhere.mkdir()
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("CONFLICTMAP_", "STREAMLIT_", "PYTHON"))
        }
        places = ("HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA")
        self.environment = kept | dict.fromkeys(places, str(self.data))
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, folder / "env"], check=True)
        fetched = subprocess.run([*uv, "pip", "install", "--quiet", "--python", self.python, wheel], check=False)
        if fetched.returncode:  # pip may know of a mirror or a certificate that uv does not
            subprocess.run([sys.executable, "-m", "pip", "--python", self.python, "install", "--quiet", wheel], check=True)

    @property
    def command(self) -> Path:
        return self.python.with_name("conflictmap" + self.python.suffix)

    def run(self, *command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=self.elsewhere, env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def files(self) -> dict[str, int]:
        """The package's files, without what Python itself keeps there, and when each was last changed, in nanoseconds."""
        package = Path(self.run(self.python, "-c", "import importlib.util as i; print(i.find_spec('conflictmap').origin)")).parent
        return {
            str(path): path.stat().st_mtime_ns
            for path in package.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(wheel, tmp_path_factory.mktemp("installed"))


def test_every_way_to_start_it_finds_the_bundled_data(program: Installed) -> None:
    for command in ([program.command], [program.python, "-m", "conflictmap"]):
        first = json.loads(program.run(*command, "find", "Qusayr").splitlines()[0])
        assert first["place"] == "qusayr"
    assert program.run(program.command, "check") == "0 errors, 0 warnings\n"


DECIDE = """
from conflictmap.articles import decide_mention, read_articles, read_decisions
from conflictmap.bundle import home
from conflictmap.index import open_corpus
folder, gazetteer = home() / "articles", home() / "gazetteer"
before = open_corpus(folder, gazetteer)
row = next(row for row in before.table.to_pylist() if row["place"])
decide_mention(folder, before.articles[row["article"]], (row["start"], row["end"]), "rejected")
after = open_corpus(folder, gazetteer)
print([verdict for verdict in after.table.column("verdict").to_pylist() if verdict], after.problems)
"""


def test_decisions_about_the_bundled_articles_go_to_the_users_data_folder(program: Installed) -> None:
    before = program.files()
    assert program.run(program.python, "-c", DECIDE) == "['rejected'] ()\n"
    assert program.files() == before
    (kept,) = program.data.rglob("decisions.jsonl")
    assert kept.parent.name == "conflictmap"
    assert json.loads(kept.read_text("utf-8"))["verdict"] == "rejected"


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=find(), args=FLAGS) as browser:
        yield browser.new_page(viewport={"width": 1280, "height": 900})


PAINTED = """() => [...document.querySelectorAll("iframe")].some(frame => {
  const state = frame.contentWindow.conflictmap?.state;
  return state?.painted && state.base && state.placeLayer.shown.length > 20; })"""


def test_it_paints_the_map_and_stays_on_this_machine(program: Installed, page: Page, tmp_path: Path) -> None:
    """Also where the current folder holds a configuration of Streamlit that would open it to the world."""
    settings = program.elsewhere / ".streamlit" / "config.toml"
    settings.parent.mkdir()
    settings.write_text('[server]\naddress = "0.0.0.0"\nheadless = false\n[browser]\ngatherUsageStats = true\n', encoding="utf-8")
    opened = tmp_path / "opened"
    browser = tmp_path / "browser.py"
    browser.write_text(f"import sys, pathlib\npathlib.Path({str(opened)!r}).write_text(sys.argv[1])\n", encoding="utf-8")
    environment = program.environment | {"BROWSER": f"{sys.executable} {browser} %s"}
    port = free_port()
    before = program.files()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    command = [str(program.command), "serve", "--port", str(port)]
    with started(command, program.elsewhere, environment, port, tmp_path / "server") as address:
        page.goto(address)
        page.wait_for_function(PAINTED, timeout=60_000)
        with pytest.raises(OSError, match=r"refused|timed out"):  # it listens on one address of this machine, not on all of them
            socket.create_connection(("127.0.0.2", port), 1)
        page.goto(f"{address}about")
        page.get_by_role("heading", name="Accuracy").wait_for()
        assert page.get_by_text("Measured on").count() == 1  # docs/ has come along
    assert re.fullmatch(rf"http://127\.0\.0\.1:{port}/?", opened.read_text("utf-8"))
    assert {url for url in asked if not url.startswith((address, "data:", "blob:", "about:"))} == set()
    assert outside(tmp_path / "server") == []
    assert program.files() == before
    log = (tmp_path / "server" / "server.log").read_text("utf-8")
    assert log.startswith(f"Conflict map: http://127.0.0.1:{port} (Ctrl+C stops it)\n")
    assert "0.0.0.0" not in log
