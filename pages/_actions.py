"""What a reader does: choose a place, open an article, filter. Callbacks that change the address or the session."""

from dataclasses import replace
from typing import Any

import streamlit as st


def choose(place: str | None) -> None:
    """Choose a place, or none: a step for the browser's back button."""
    st.query_params.from_dict(
        {k: v for k, v in st.query_params.to_dict().items() if k not in ("place", "article")}
        | ({"place": place} if place else {})
    )
    st.session_state.pop("shown", None)


def open_article(article: str | None) -> None:
    """Open an article beside the map, or close it: a step for the browser's back button."""
    st.query_params.from_dict(
        {k: v for k, v in st.query_params.to_dict().items() if k != "article"} | ({"article": article} if article else {})
    )


def filter_by(**fields: Any) -> None:
    """Change the period or a filter of the map page: no step for the browser's back button."""
    st.session_state.chosen = replace(st.session_state.chosen, **fields)
