"""The look that Streamlit's own theme does not give: pages.css, as the pages put it into themselves."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def style() -> str:
    """The style sheet of all pages, as an HTML element."""
    return f"<style>\n{Path(__file__).with_name('pages.css').read_text(encoding='utf-8')}</style>"
