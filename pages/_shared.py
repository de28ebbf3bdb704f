"""What the screens share: which corpus is open, and the look that Streamlit's own theme does not give."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from conflictmap.articles import decisions_file
from conflictmap.errors import ConflictMapError
from conflictmap.index import Corpus, open_corpus, open_index
from conflictmap.questions import Questions
from conflictmap.webmap import layer as maplayer

ROOT = Path(__file__).resolve().parent.parent
SHOW_PROGRESS_FROM = 200


def folders() -> tuple[Path, Path]:
    """The folders of articles and of the gazetteer: the bundled ones, unless the environment names others."""
    return (
        Path(os.environ.get("CONFLICTMAP_INDEX") or os.environ.get("CONFLICTMAP_ARTICLES") or ROOT / "articles"),
        Path(os.environ.get("CONFLICTMAP_GAZETTEER") or ROOT / "gazetteer"),
    )


def corpus() -> Corpus:
    """The open corpus; while it is built, a bar says how far it has come. Stops the page with a clear message if it cannot be."""
    place = st.empty()

    def progress(done: int, total: int) -> None:
        if total >= SHOW_PROGRESS_FROM and (done == total or done % 50 == 0):
            place.progress(done / total, f"Reading article {done:,} of {total:,}")

    try:
        with st.spinner("Reading the articles …"):
            articles, gazetteer = folders()
            if (articles / "manifest.json").is_file():
                opened = _opened_index(articles, gazetteer, _changed(articles))
            else:
                opened = open_corpus(articles, gazetteer, progress)
    except ConflictMapError as failure:
        st.error(f"{failure}. Start the app on a folder that exists: `conflictmap serve FOLDER`.")
        st.stop()
    place.empty()
    return opened


def _changed(folder: Path) -> tuple[int, ...]:
    """What changes when an index is renewed or somebody decides something beside it."""
    files = [folder / "manifest.json", decisions_file(folder)]
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in files)


@st.cache_resource(max_entries=1, show_spinner=False)
def _opened_index(folder: Path, gazetteer: Path, when: tuple[int, ...]) -> Corpus:
    return open_index(folder, gazetteer)


def problems(opened: Corpus) -> None:
    """What was wrong with the data, one line each, behind a button that only appears if there is something to say."""
    bad = [problem for problem in opened.problems if problem.grade == "error"]
    if bad:
        with st.popover(f"⚠ {len(bad)} problem{'s' if len(bad) != 1 else ''} in the data"):
            st.caption("These were left out; everything else works. `python -m conflictmap check` lists all of them.")
            st.code("\n".join(str(problem) for problem in bad[:100]), language=None, wrap_lines=True)


def show_map(
    questions: Questions,
    group: Any,
    key: str,
    height: int,
    clicked: Callable[[str], None],
    played: Callable[[date, date], None] | None = None,
    **camera: Any,
) -> None:
    """The map with what a command shows.

    Before the page runs again, `clicked` gets the id of a place, `played` the days at which playback stopped.
    """

    def told() -> None:
        feature = (st.session_state.get(key) or {}).get("last_active_drawing")
        if not isinstance(feature, dict) or not isinstance(feature.get("id"), str):
            return
        if feature["id"] != maplayer.PERIOD:
            clicked(feature["id"])
        elif played and (days := maplayer.stopped(feature)):
            played(*days)

    st_folium(
        maplayer.base_map(questions),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=group,
        on_change=told,
        **camera,
    )
