"""Starts the app as `make run` does, for the browser tests and the pictures."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Runs in the server's process before anything else and notes every address that it asks for.
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
    scratch.mkdir(parents=True, exist_ok=True)
    (scratch / "sitecustomize.py").write_text(SPY)
    port = free_port()
    environment = os.environ | {"PYTHONPATH": str(scratch), "SPY_LOG": str(scratch / "addresses.log")}
    environment.pop("CONFLICTMAP_ARTICLES", None)
    if folder is not None:
        environment["CONFLICTMAP_ARTICLES"] = str(folder)
    with (scratch / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
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
