"""The Timeline page: a lane for each of the most named places; every mark leads to its passages on the map."""

from dataclasses import replace

import streamlit as st

from conflictmap.questions import Questions, View
from conflictmap.screens import lanes_html, style
from pages import _shared

CLOCKS = {"published": "published", "happened": "happened"}
STYLE = """<style>
.cm-lanes {margin-top: .4rem;}
.cm-lane {display: flex; align-items: center; border-bottom: 1px solid rgba(128,128,128,.25); min-height: 27px;}
.cm-lane-name {flex: 0 0 11.5rem; padding-right: .8rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: inherit !important;}
.cm-lane-marks {position: relative; flex: 1; height: 26px;}
.cm-lane-marks a {position: absolute; top: 50%; transform: translate(-50%,-50%); border-radius: 50%; background: rgba(168,50,26,.72);}
.cm-lane-marks a:hover, .cm-lane-marks a:focus-visible {background: #2f7de1; outline: 3px solid #2f7de1; outline-offset: 1px; z-index: 2;}
.cm-lane-axis .cm-lane-marks span {position: absolute; bottom: 2px; font-size: .78rem; opacity: .85; white-space: nowrap; border-left: 1px solid currentColor; padding-left: 3px;}
.cm-lane-articles .cm-lane-marks i {position: absolute; bottom: 0; background: rgba(128,128,128,.6);}
@media (max-width: 640px) {.cm-lane-name {flex-basis: 6.5rem; font-size: .8rem;} .cm-lane-axis .cm-lane-marks span:nth-child(even) {display: none;}}
@media (prefers-color-scheme: dark) {.cm-lane-marks a {background: rgba(240,115,79,.8);}}
</style>"""


def main() -> None:
    st.html(style() + STYLE)
    corpus = _shared.corpus()
    questions = Questions(corpus)
    view = replace(View.from_query(st.query_params.to_dict()).within(corpus), place=None, article=None, start=None, end=None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        clock = st.segmented_control(
            "Days when", CLOCKS, key="lane_clock", format_func=CLOCKS.get, default=view.clock, required=True,
            help="Published: when the articles appeared. Happened: when what they tell took place, as far as they say.",
        )  # fmt: skip
        most = st.selectbox("Places", [15, 30, 60], key="lanes", width=110)
    clock = clock or "published"
    chosen = replace(view, clock=clock, undated=clock == "published")
    html = lanes_html(questions, chosen, most)
    if not html:
        st.info("Nothing here has a date on this clock. Turn to the other, or give the articles dates on the map page.")
        return
    st.caption(
        "Named most often, over time. Choose a mark to read its passages on the map. The grey bars are the articles: "
        "where there are none, silence says nothing about what happened."
    )
    st.html(html)
    _shared.problems(corpus)


main()
