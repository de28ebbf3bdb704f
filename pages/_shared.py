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

STYLE = """<style>
.block-container {padding: 3.9rem 1.5rem .5rem !important;}
[data-testid="stVerticalBlock"] {gap: .4rem;}
.stButton button, .stDownloadButton button, .stLinkButton a, [data-testid="stPopover"] button {min-height: 1.9rem; padding: .1rem .6rem;}
.stHorizontalBlock, [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] {row-gap: .35rem;}
mark {background: #ffd98a; color: #1d1712; padding: 0 .15em; border-radius: 3px; border-bottom: 2px solid #a8321a;}
mark.suggested {background: transparent; color: inherit; border-bottom: 2px dashed #a8321a;}
mark.derived {background: #f3e3bd; color: #1d1712; border-bottom: 2px dotted #8a5600;}
mark.derived mark.other {border-bottom-color: #6d675c;}
.cm-who {text-decoration: underline dotted currentColor 2px; text-underline-offset: 3px;}
.cm-when {border-bottom: 2px solid #2f6f8f;}
mark mark, mark.other {padding: 0;}
mark.other {background: transparent; color: inherit; border-bottom: 2px dotted #8a8478;}
.cm-passage p {margin: .1rem 0 .3rem; line-height: 1.5; overflow-wrap: anywhere;}
.cm-small {font-size: .85rem; opacity: .85; margin: 0; overflow-wrap: anywhere;}
.cm-title {font-weight: 600; margin: 0; overflow-wrap: anywhere;}
.cm-basis {font-size: .85rem; font-weight: 600; margin: .5rem 0 -.1rem; overflow-wrap: anywhere;}
.cm-histogram {position: relative; height: 46px; margin: 0 .5rem; border-bottom: 1px solid rgba(128,128,128,.6);}
.cm-histogram i {position: absolute; bottom: 0; background: rgba(128,128,128,.45); border-radius: 2px 2px 0 0; min-width: 2px;}
.cm-histogram i.in {background: #a8321a;}
.cm-histogram span {position: absolute; top: 0; font-size: .75rem; opacity: .8;}
iframe {border-radius: 8px;}
/* What awaits its answer fades as a whole, not element by element as Streamlit has it: a hundred transitions cost more than the rest. */
[data-stale="true"] {opacity: 1 !important; transition: none !important;}
[data-test-script-state="running"] .st-key-panel {animation: cm-waits 1s .5s forwards;}
@keyframes cm-waits {to {opacity: .4;}}
.cm-h {margin: 0; padding: 0; font-size: 1.35rem; overflow-wrap: anywhere;}
.cm-reader .cm-p {margin: 0 0 .7rem; line-height: 1.75; overflow-wrap: anywhere;}
.cm-legend {display: flex; flex-wrap: wrap; gap: .1rem 1rem; list-style: none; margin: 0 !important; padding: 0 !important; font-size: .8rem;}
.cm-legend li {margin: 0 !important;}
.cm-reader .cm-p {position: relative;}
.m, details.m {display: inline;}
details.m > summary {display: inline; list-style: none; cursor: pointer;}
details.m > summary::-webkit-details-marker {display: none;}
details.m::details-content {display: contents; content-visibility: visible;}
details.m:not([open]) > .card {display: none;}
.m.place > summary, span.m.place {background: #ffd98a; color: #1d1712; border-bottom: 2px solid #a8321a;}
.m.area > summary, span.m.area {background: #e4d3f2; color: #1d1712; border-bottom: 2px dashed #7a4a9c;}
.m.reference > summary, span.m.reference {border-bottom: 2px dotted #a8321a;}
.m.actor > summary, span.m.actor {border-bottom: 3px double #4a6a8a;}
.m.dateline > summary, span.m.dateline {border-bottom: 2px solid #8a8478;}
.m.derived > summary, span.m.derived {background: #f3e3bd; color: #1d1712; border-bottom: 2px dotted #8a5600;}
.m.suggested > summary, span.m.suggested {border-bottom: 2px dashed #a8321a;}
span.m.now {outline: 3px solid #2f7de1; outline-offset: 1px; border-radius: 3px;}
.m.ambiguous > summary, .m.unresolved > summary, span.m.ambiguous, span.m.unresolved {text-decoration: underline wavy #b3261e;}
.m.rejected > summary, span.m.rejected {text-decoration: line-through;}
.m.turned-down > summary {text-decoration: underline dotted 1px; opacity: .75;}
.m sup {font-size: .65em; margin-left: .1em; line-height: 0;}
details.m.now > summary {outline: 3px solid #2f7de1; outline-offset: 1px; border-radius: 3px;}
details.m > summary:focus-visible {outline: 3px solid #2f7de1; outline-offset: 1px;}
details.m > .card {position: absolute; z-index: 20; margin-top: 1.7em; left: 0; width: max-content; max-width: 100%; box-sizing: border-box; padding: .5rem .7rem; border-radius: 6px;
  background: #fff; color: #26221d; box-shadow: 0 2px 10px rgba(0,0,0,.35); font-size: .85rem; line-height: 1.4; text-align: left;}
details.m > .card > span {display: block; margin: .1rem 0;}
[data-testid="stCaptionContainer"] {opacity: 1 !important;}
[data-testid="stCaptionContainer"] p {color: inherit; opacity: .85;}
.cm-jump {display: none;}
@media (max-width: 640px) {
  .cm-jump {display: block; padding: .4rem .8rem; border: 1px solid rgba(128,128,128,.5); border-radius: 6px; color: inherit !important;}
  .block-container {padding: 3.9rem .8rem .5rem !important;}
  iframe[title^="streamlit_folium"] {height: 400px !important;}
}
@media (prefers-color-scheme: dark) {.cm-histogram i.in {background: #f0734f;}}
</style>"""


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

    `clicked` is told the id of a place, and `played` the days at which playback stopped, before the page runs again.
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
