"""Finds a Chromium for the browser tests, and gets one where there is none.

Order: the environment's CONFLICTMAP_CHROMIUM, a browser on the path, Playwright's own, the system's package.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """The path of a Chromium that can be started, or None."""
    named = os.environ.get("CONFLICTMAP_CHROMIUM")
    if named:
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> str:
    """Get a Chromium: by Playwright's download, else by the system's package manager. Exits with a clear message if neither works."""
    if path := find():
        return path
    subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False)
    if path := find():
        return path
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        subprocess.run([*sudo, "apt-get", "update", "-q"], check=False)
        subprocess.run([*sudo, "apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"], check=False)
    if path := find():
        return path
    sys.exit("No Chromium for the browser tests: install one, or name it in CONFLICTMAP_CHROMIUM.")


if __name__ == "__main__":
    print(install() if "--install" in sys.argv else find())
