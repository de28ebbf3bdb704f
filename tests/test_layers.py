"""Who may import whom, and who may touch the disk: rules that a test holds."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

PACKAGE = sorted(path.stem for path in (Path(__file__).resolve().parent.parent / "conflictmap").glob("*.py"))
DISK = {
    "files",
    "gazetteer",
    "articles",
    "archives",
    "decisions",
    "check",
    "evaluate",
    "__main__",
    "index",
    "maplayer",
    "routes",
    "lexicon",
    "coverage",
    "bench",
    "bench_browser",
    "bench_index",
    "bench_readers",
    "synth",
    "descriptions",
    "attribution",
    "fulltext",
    "store",
}
FILE_CALLS = {
    "open", "read_text", "write_text", "read_bytes", "write_bytes", "mkstemp",
    "NamedTemporaryFile", "unlink", "mkdir", "rename", "iterdir", "glob", "rglob",
    "touch", "rmtree", "makedirs", "listdir", "scandir", "fdopen",
}  # fmt: skip


def imports(path: Path) -> set[str]:
    """The top-level names of all modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


def test_the_layers_name_every_module(root: Path) -> None:
    (contract,) = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    named = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    assert contract["exhaustive"]
    assert named == set(PACKAGE) - {"__init__"}


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("streamlit", ("app.py", "pages/")),
        ("streamlit_folium", ("pages/",)),
        ("folium", ("conflictmap/maplayer.py",)),
        ("branca", ("conflictmap/maplayer.py",)),
        ("duckdb", ("conflictmap/asking.py",)),
        ("pyarrow", ("conflictmap/index.py", "conflictmap/archives.py", "conflictmap/store.py")),
        ("zstandard", ("conflictmap/archives.py",)),
        ("distributed", ("conflictmap/store.py",)),
        ("fsspec", ("conflictmap/archives.py", "conflictmap/store.py")),
        ("rensa", ("conflictmap/corroboration.py",)),
        ("hijridate", ("conflictmap/calendars.py",)),
        ("starlette", ("conflictmap/routes.py",)),
        ("msgspec", ("conflictmap/gazetteer.py",)),
        ("sqlite3", ("conflictmap/fulltext.py",)),
        (
            "ahocorasick_rs",
            tuple(f"conflictmap/{name}.py" for name in ("recognition", "cues", "attribution", "triggers", "store")),
        ),
    ],
)
def test_a_library_is_known_in_one_place_only(sources: dict[str, Path], module: str, allowed: tuple[str, ...]) -> None:
    users = {name for name, path in sources.items() if module in imports(path)}
    assert users
    assert {name for name in users if not name.startswith(allowed)} == set()


def test_only_the_modules_that_read_data_touch_the_disk(sources: dict[str, Path]) -> None:
    touching = {name: sorted(FILE_CALLS.intersection(calls(path))) for name, path in sources.items() if name.count("/") == 1}
    found = {Path(name).stem for name, used in touching.items() if used and name.startswith("conflictmap/")}
    assert found <= DISK, {name: used for name, used in touching.items() if used}
    assert {"gazetteer", "articles"} <= found


def test_no_module_asks_the_network(sources: dict[str, Path]) -> None:
    outside = {"requests", "urllib3", "http", "socket", "httpx", "aiohttp", "ftplib", "smtplib"}
    assert {name: imports(path) & outside for name, path in sources.items() if imports(path) & outside} == {}


def test_no_text_is_run_as_code(sources: dict[str, Path]) -> None:
    for name, path in sources.items():
        assert {"eval", "exec", "compile_command"}.isdisjoint(calls(path)), name
        assert imports(path).isdisjoint({"pickle", "marshal", "shelve"}), name
