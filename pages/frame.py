"""The frame of every screen: page settings and navigation. app.py puts the app's own routes beside it."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

st.set_page_config(page_title="Conflict map", page_icon="🗺️", layout="wide", initial_sidebar_state="collapsed")
st.navigation(
    [
        st.Page(ROOT / "pages" / "map.py", title="Map", url_path="map", default=True),
        st.Page(ROOT / "pages" / "timeline.py", title="Timeline", url_path="timeline"),
        st.Page(ROOT / "pages" / "articles.py", title="Articles", url_path="articles"),
        st.Page(ROOT / "pages" / "places.py", title="Places", url_path="places"),
        st.Page(ROOT / "pages" / "about.py", title="About", url_path="about"),
    ],
    position="top",
).run()
