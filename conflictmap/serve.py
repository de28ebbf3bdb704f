"""`conflictmap serve`: start the app on a folder and open it in the browser.

Streamlit reads .streamlit/config.toml beside app.py whatever the current folder is, and lets it overrule every other such file. So the
settings that keep everything on this machine hold for an installed package too.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
import webbrowser
from contextlib import suppress
from pathlib import Path
from threading import Thread

from conflictmap.articles import NOT_ARTICLES, SUFFIXES
from conflictmap.bundle import home
from conflictmap.errors import UsageError

HOST = "127.0.0.1"
PORTS = range(8501, 8551)
"""The first port is the usual one; the others are tried if it is in use."""
_ANYWHERE = "0.0.0.0"
_PATIENCE = 60
"""Seconds after which nobody waits for the server any more to open a browser."""


def serve(
    folder: Path | None, gazetteer: Path | None = None, *, host: str = HOST, port: int | None = None, browser: bool = True
) -> int:
    """Run the app until it is stopped.

    `folder` holds articles or an index. Where folder or gazetteer are None, the environment decides (CONFLICTMAP_INDEX, CONFLICTMAP_ARTICLES,
    CONFLICTMAP_GAZETTEER), else the bundled ones are taken. `host` is a name or an IPv4 address of this machine; without a `port` the first free one
    of PORTS is taken. Raises UsageError if the folder has nothing to show or the port cannot be had.
    """
    if folder is not None:
        os.environ.update(environment(folder))
    if gazetteer is not None:
        os.environ["CONFLICTMAP_GAZETTEER"] = str(gazetteer.resolve())
    chosen = free_port(host, port)
    address = f"http://{HOST if host == _ANYWHERE else host}:{chosen}"
    print(f"Conflict map: {address} (Ctrl+C stops it)", flush=True)
    if host not in (HOST, "localhost"):
        print("There is no log-in: whoever reaches this address can read the articles and record decisions.", flush=True)
    if browser and _has_screen():
        Thread(target=_open_when_up, args=(host, chosen, address), daemon=True).start()
    from click import Abort  # not at the top: Streamlit takes a second to load, and no other command needs it
    from streamlit.web import cli

    settings = {"server.address": host, "server.port": chosen, "logger.hideWelcomeMessage": "true"}
    if host == _ANYWHERE:
        settings["browser.serverAddress"] = HOST
    flags = [f"--{name}={value}" for name, value in settings.items()]
    with suppress(Abort):  # Ctrl+C
        cli.main(["run", str(home() / "app.py"), *flags], prog_name="streamlit", standalone_mode=False)
    return 0


def _has_screen() -> bool:
    """Whether a browser can be opened: where there is no display, Python would start one for text terminals."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))


def _open_when_up(host: str, port: int, address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            webbrowser.open(address)
            return


def environment(folder: Path) -> dict[str, str]:
    """The variables that make the app open a folder of articles or an index. Raises UsageError if it holds neither."""
    folder = folder.expanduser().resolve()
    if not folder.exists():
        raise UsageError(f"{folder}: no such folder")
    if not folder.is_dir():
        raise UsageError(f"{folder}: is a file. Name its folder, or index it: conflictmap index {folder.name} --out FOLDER")
    if (folder / "manifest.json").is_file():
        return {"CONFLICTMAP_INDEX": str(folder)}
    if not any(_is_text(path) for path in folder.iterdir()):
        raise UsageError(f"{folder}: holds neither articles ({', '.join(SUFFIXES)}) nor an index")
    return {"CONFLICTMAP_ARTICLES": str(folder), "CONFLICTMAP_INDEX": ""}


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.name not in NOT_ARTICLES and not path.name.startswith(".") and path.is_file()


def free_port(host: str, port: int | None) -> int:
    """The port if it is free, without one the first free one of PORTS. Raises UsageError if none can be had."""
    wanted = PORTS if port is None else [port]
    for candidate in wanted:
        try:
            with socket.create_server((host, candidate)):
                return candidate
        except OSError as failure:
            if failure.errno != errno.EADDRINUSE:
                raise UsageError(f"Cannot listen on {host}, port {candidate}: {failure.strerror or failure}") from failure
    if port is None:
        raise UsageError(f"The ports {PORTS.start} to {PORTS.stop - 1} are all in use: choose another with --port")
    raise UsageError(f"Port {port} is in use: choose another with --port, or leave it out to get a free one")
