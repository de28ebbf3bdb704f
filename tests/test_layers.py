"""Who may import whom, and who may touch the disk: rules that a test holds."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

DISK = {
    "cli.py", "files.py", "serve.py", "gazetteer/catalogue.py", "gazetteer/features.py", "gazetteer/theatre.py", "geoparser/attribution/reading.py", "geoparser/lexicon/loading.py",
    "geoparser/names/build_lookalikes.py", "geoparser/relative/descriptions.py",
    "articles/readers.py", "articles/archives.py", "articles/decisions.py", "articles/check.py", "index/memory.py", "index/fulltext.py", "index/build.py", "index/shelf.py",
    "screens/look.py", "webmap/layer.py", "webmap/routes.py", "webmap/basemap/build_basemap.py",
    "evaluation/accuracy/scores.py", "evaluation/accuracy/coverage.py",
    "evaluation/speed/bench.py", "evaluation/speed/recognition.py", "evaluation/speed/browser.py", "evaluation/speed/index.py", "evaluation/speed/readers.py", "evaluation/speed/synth.py",
}  # fmt: skip
FILE_CALLS = {
    "open", "read_text", "write_text", "read_bytes", "write_bytes", "mkstemp",
    "NamedTemporaryFile", "unlink", "mkdir", "rename", "iterdir", "glob", "rglob",
    "touch", "rmtree", "makedirs", "listdir", "scandir", "fdopen",
}  # fmt: skip


@cache
def tree(path: Path) -> tuple[ast.AST, ...]:
    """The nodes of a file, parsed once for all tests."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports(path: Path) -> set[str]:
    """The top-level names of all modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in tree(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def modules(path: Path) -> set[str]:
    """The full names of all modules that a file imports from."""
    return {node.module for node in tree(path) if isinstance(node, ast.ImportFrom) and node.module}


def calls(path: Path) -> Iterator[str]:
    for node in tree(path):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.fixture(scope="session")
def sources(root: Path) -> dict[str, Path]:
    """Our Python files by their path in the repository."""
    every = [root / "app.py", *(root / "pages").rglob("*.py"), *(root / "conflictmap").rglob("*.py")]
    return {path.relative_to(root).as_posix(): path for path in every}


def test_the_contracts_of_pyproject_are_kept(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    status = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_every_room_has_a_face_that_is_its_only_door(root: Path) -> None:
    """Each folder with code is a room: its face says what it is for and names what others use, and a contract keeps the rest private."""
    package = root / "conflictmap"
    rooms = {path.parent.relative_to(root).as_posix().replace("/", ".") for path in package.rglob("*.py")} - {"conflictmap"}
    rooms -= {"conflictmap.webmap.basemap"}  # data, and the script that made it
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    private = {
        tuple(contract["protected_modules"]): contract["allowed_importers"]
        for contract in contracts
        if contract["type"] == "protected"
    }
    assert private == {(f"{room}.*",): [room] for room in rooms}
    for room in rooms:
        face = ast.parse((root / room.replace(".", "/") / "__init__.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(face), room


def test_pages_enter_rooms_by_their_faces(sources: dict[str, Path]) -> None:
    """Pages are scripts, which import-linter does not see."""
    faces = {"conflictmap." + part for part in ("errors", "model", "text", "files", "vocabulary")}
    faces |= {
        name.removesuffix("/__init__.py").replace("/", ".")
        for name in sources
        if re.fullmatch(r"conflictmap/\w+/__init__\.py", name)
    }
    for name in (name for name in sources if not name.startswith("conflictmap/")):
        assert {module for module in modules(sources[name]) if module.startswith("conflictmap.")} <= faces, name


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("streamlit", ("app.py", "pages/", "conflictmap/serve.py")),
        ("streamlit_folium", ("pages/",)),
        ("folium", ("conflictmap/webmap/",)),
        ("branca", ("conflictmap/webmap/",)),
        ("duckdb", ("conflictmap/questions/database.py",)),
        ("pyarrow", ("conflictmap/index/", "conflictmap/articles/archives.py")),
        ("zstandard", ("conflictmap/articles/archives.py",)),
        ("distributed", ("conflictmap/index/",)),
        ("fsspec", ("conflictmap/articles/archives.py", "conflictmap/index/")),
        ("rensa", ("conflictmap/questions/corroboration.py",)),
        ("hijridate", ("conflictmap/geoparser/times/calendars.py",)),
        ("starlette", ("conflictmap/webmap/routes.py",)),
        ("msgspec", ("conflictmap/gazetteer/", "conflictmap/geoparser/lexicon/loading.py")),
        ("filelock", ("conflictmap/articles/decisions.py",)),
        ("platformdirs", ("conflictmap/bundle.py",)),
        ("sqlite3", ("conflictmap/index/fulltext.py",)),
        ("ahocorasick_rs", ("conflictmap/geoparser/", "conflictmap/index/build.py")),
    ],
)
def test_a_library_is_known_in_one_place_only(sources: dict[str, Path], module: str, allowed: tuple[str, ...]) -> None:
    users = {name for name, path in sources.items() if module in imports(path)}
    assert users
    assert {name for name in users if not name.startswith(allowed)} == set()


def test_only_the_modules_that_read_data_touch_the_disk(sources: dict[str, Path]) -> None:
    touching = {name: sorted(FILE_CALLS.intersection(calls(path))) for name, path in sources.items()}
    found = {name.removeprefix("conflictmap/") for name, used in touching.items() if used and name.startswith("conflictmap/")}
    assert found <= DISK, {name: used for name, used in touching.items() if used}
    assert {"gazetteer/catalogue.py", "gazetteer/features.py", "gazetteer/theatre.py", "articles/readers.py"} <= found


def test_no_module_asks_the_network(sources: dict[str, Path]) -> None:
    outside = {"requests", "urllib3", "http", "socket", "httpx", "aiohttp", "ftplib", "smtplib"}
    asking = {name: imports(path) & outside for name, path in sources.items() if imports(path) & outside}
    assert asking == {"conflictmap/serve.py": {"socket"}}  # which looks for a free port of this machine


def test_no_module_needs_unix(sources: dict[str, Path]) -> None:
    unix = {"fcntl", "grp", "posix", "pwd", "resource", "syslog", "termios", "tty"}
    assert {name: imports(path) & unix for name, path in sources.items() if imports(path) & unix} == {}


def test_no_text_is_run_as_code(sources: dict[str, Path]) -> None:
    for name, path in sources.items():
        assert {"eval", "exec", "compile_command"}.isdisjoint(calls(path)), name
        assert imports(path).isdisjoint({"pickle", "marshal", "shelve"}), name
