"""What stands below every list of the panel: months without articles, and what can be taken away."""

import streamlit as st

from conflictmap.exports import to_csv, to_geojson
from conflictmap.questions import (
    Questions,
    View,
)
from conflictmap.screens import wording


def silence(questions: Questions, view: View) -> None:
    """Months of the period without any article: silence of a collection is not peace."""
    told = wording.silence(questions.empty_months(view), questions.months_of(view))
    if told:
        st.html(f'<p class="cm-small">{wording.escape(told)}</p>')


def take_away(questions: Questions, view: View) -> None:
    with st.container(horizontal=True):
        st.download_button(
            "CSV of this view", lambda: to_csv(questions, view), "conflictmap.csv", "text/csv", key="csv", on_click="ignore"
        )
        st.download_button(
            "GeoJSON of this view",
            lambda: to_geojson(questions, view),
            "conflictmap.geojson",
            "application/geo+json",
            key="geojson",
            on_click="ignore",
        )
