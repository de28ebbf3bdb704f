"""Starts the app, for the browser tests and the pictures."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Runs in the server's process before anything else and notes every address that the server looks up or connects to.
SPY = """
import os, sys
def note(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        where = args[1] if event == "socket.connect" else args[0]
        with open(os.environ["SPY_LOG"], "a") as log:
            log.write(f"{event} {where}\\n")
sys.addaudithook(note)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path | None, scratch: Path) -> Iterator[str]:
    """The app as `make run` starts it, on a folder of articles; yields its address."""
    environment = {name: value for name, value in os.environ.items() if name != "CONFLICTMAP_ARTICLES"}
    if folder is not None:
        environment["CONFLICTMAP_ARTICLES"] = str(folder)
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with started(command, ROOT, environment, port, scratch) as address:
        yield address


@contextmanager
def started(command: Sequence[str], cwd: Path, environment: Mapping[str, str], port: int, scratch: Path) -> Iterator[str]:
    """A command that serves the app on a port, until the block ends; yields the app's address.

    What the server says is in SCRATCH/server.log, and `outside` tells whether it left this machine.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    (scratch / "sitecustomize.py").write_text(SPY)
    watched = {**environment, "PYTHONPATH": str(scratch), "SPY_LOG": str(scratch / "addresses.log")}
    with (scratch / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=cwd, env=watched, stdout=log, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + 60
            while True:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert server.poll() is None, (scratch / "server.log").read_text()
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:  # a browser still holds its connection: nothing is lost by ending it
                server.kill()
                server.wait()


def outside(scratch: Path) -> list[str]:
    """The addresses outside this machine that a server started in SCRATCH looked up or connected to."""
    log = scratch / "addresses.log"
    asked = log.read_text().splitlines() if log.exists() else []
    return [line for line in asked if not re.search(r"127\.0\.0\.1|localhost|::1|0\.0\.0\.0|None|/", line)]
