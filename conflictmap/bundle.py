"""The files that travel with the program: app, pages, gazetteer, articles and documentation.

In a checkout they lie beside the package, where curators edit them. In an installed package they lie inside it (pyproject.toml, "wheel"),
and there they belong to the installer: the program never writes into them.
"""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_INSIDE = _PACKAGE / "bundled"


def installed() -> bool:
    """Whether the program runs from an installed package rather than from a checkout."""
    return _INSIDE.is_dir()


def home() -> Path:
    """The folder that holds app.py, pages/, gazetteer/, articles/ and docs/: the repository, or the installed package's copy of it."""
    return _INSIDE if installed() else _PACKAGE.parent


def user_data() -> Path:
    """The user's own data folder of this program, by the custom of the operating system. It need not exist yet.

    Linux: $XDG_DATA_HOME/conflictmap, by default ~/.local/share/conflictmap; macOS: ~/Library/Application Support/conflictmap; Windows: %LOCALAPPDATA%\\conflictmap.
    """
    return platformdirs.user_data_path("conflictmap", appauthor=False)
