"""The conflict map: `streamlit run app.py`. The screens are framed by pages/frame.py; here they get the app's own routes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import streamlit as st

from conflictmap.webmap import ROUTES

app = st.App(Path(__file__).resolve().parent / "pages" / "frame.py", routes=ROUTES)
