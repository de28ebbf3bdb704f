"""The Dockerfile's promises, as far as they can be seen without an engine: who runs it, what it builds from, where the data go."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conflictmap import cli
from conflictmap.bundle import user_data


@pytest.fixture(scope="module")
def stages(root: Path) -> list[list[tuple[str, str]]]:
    """(instruction, arguments) of each stage, in order."""
    text = (root / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"\\\n\s*", "", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    found: list[list[tuple[str, str]]] = []
    for line in filter(None, text.splitlines()):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append((name, rest.strip()))
    return found


def only(stage: list[tuple[str, str]], instruction: str) -> str:
    (found,) = (rest for name, rest in stage if name == instruction)
    return found


def test_both_stages_rest_on_the_same_slim_image_of_no_named_host(stages: list[list[tuple[str, str]]]) -> None:
    images = {only(stage, "FROM").partition(" ")[0] for stage in stages}
    assert images == {"python:3.11-slim"}
    assert not [rest for stage in stages for _, rest in stage if re.search(r"index-url|find-links|trusted-host|https://", rest)]


def test_it_does_not_run_as_root_and_keeps_its_data_in_a_volume_of_its_user(
    stages: list[list[tuple[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    final = stages[-1]
    user, (volume,) = only(final, "USER"), json.loads(only(final, "VOLUME"))
    made = next(rest for name, rest in final if name == "RUN" and "useradd" in rest)
    assert re.search(rf"useradd .*--uid [1-9]\d* {user} ", made)
    assert f"install --directory --owner {user} {volume}" in made
    after = [name for name, _ in final[[name for name, _ in final].index("USER") :]]
    assert not {"RUN", "COPY", "ADD"} & set(after)
    if sys.platform == "linux":
        name, _, value = only(final, "ENV").partition("=")
        monkeypatch.setenv(name, value)
        assert user_data() == Path(volume) / "conflictmap"


def test_it_starts_the_app_where_the_health_check_looks(stages: list[list[tuple[str, str]]]) -> None:
    final = stages[-1]
    command, *arguments = json.loads(only(final, "ENTRYPOINT"))
    options = cli._parser().parse_args([*arguments, "/data/articles"])
    assert (command, options.run, options.no_browser, options.host) == ("conflictmap", cli._serve, True, "0.0.0.0")
    assert options.folder == Path("/data/articles")
    assert str(options.port) == only(final, "EXPOSE")
    check = only(final, "HEALTHCHECK")
    program, flag, code = json.loads(check.partition("CMD ")[2])
    assert (program, flag) == ("python", "-c")
    compile(code, "HEALTHCHECK", "exec")
    assert f"C('127.0.0.1', {options.port}, " in code
    assert "'/_stcore/health'" in code


def test_what_is_sent_to_the_engine_is_what_the_wheel_needs(root: Path, tmp_path: Path) -> None:
    """A wheel built from nothing else than .dockerignore lets through."""
    lines = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    (tmp_path / "context").mkdir()
    for name in (line[1:] for line in lines if line.startswith("!")):
        source, copy = root / name, tmp_path / "context" / name
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", "decisions.jsonl*", "pictures"))
        else:
            shutil.copy(source, copy)
    for source, out in ((root, tmp_path / "whole"), (tmp_path / "context", tmp_path / "sent")):
        command = [sys.executable, "-m", "hatchling", "build", "--directory", str(out), "--target", "wheel"]
        subprocess.run(command, cwd=source, check=True, capture_output=True)
    (whole,), (sent,) = (list((tmp_path / name).glob("*.whl")) for name in ("whole", "sent"))
    assert whole.read_bytes() == sent.read_bytes()  # the build is reproducible
