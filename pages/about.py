"""What the map claims and what it does not: docs/method.md, with the figures of the open corpus."""

import streamlit as st

from conflictmap import __version__
from pages import _shared

st.html(_shared.STYLE)
opened = _shared.corpus()
st.markdown((_shared.ROOT / "docs" / "method.md").read_text(encoding="utf-8"))
st.caption(
    f"Program {__version__} · corpus {opened.version}: {len(opened.articles):,} articles, {opened.table.num_rows:,} mentions · "
    f"gazetteer {opened.gazetteer.version}: {len(opened.gazetteer.places):,} places"
)
