"""The panel while nothing is chosen: what is named in the period, who says so, what has no place, and what can be taken away."""

from collections.abc import Callable

import streamlit as st

from conflictmap.questions import (
    FILTER,
    NOT_ATTRIBUTED,
    Counted,
    DerivedCount,
    PlaceCount,
    Questions,
    View,
)
from conflictmap.screens import wording
from pages._actions import choose, filter_by, open_article
from pages._dates import undated
from pages._foot import silence, take_away

LISTED, BRIEFLY_LISTED, MORE_LISTED = 24, 8, 200
"""Buttons of places at first: of those named, of each other kind, and how many more at a time. Each costs the browser milliseconds."""
UNPLACED = 30
ANYONE = ""


def empty() -> None:
    """What to do when there is nothing to show."""
    st.info(
        "There is no article to show yet. Put articles (.txt, .md or .jsonl) into a folder and start the app on it with "
        "`conflictmap serve FOLDER`; articles/README.md says what a file looks like.",
    )


def overview(questions: Questions, view: View) -> None:
    if not questions.corpus.articles:
        empty()
        return
    counts = questions.counts(view)
    drawn, beside = questions.split(count for count in counts if count.mentions)
    worked_out, outside = questions.split(questions.derived_counts(view))
    suggested = [count for count in counts if count.suggested]
    if not (counts or worked_out or outside):
        st.info(
            "No place is named in what you chose. Choose “All dates”, or under Options other roles and articles without a date."
        )
    if drawn:
        told = "this period" if view.period(questions.corpus) else "these articles"
        st.html(
            f'<p class="cm-title">Named in {told}</p><p class="cm-small">With the number of mentions. Choose a place here or on the map to read the passages.</p>'
        )
    who_says_so(questions, view)
    _place_buttons(drawn, "drawn")
    if worked_out:
        st.html(
            '<p class="cm-title">Worked out</p><p class="cm-small">From what the texts say of other places: how far, which way, between which.</p>'
        )
        _derived_buttons(worked_out, "worked-out")
    if suggested:
        st.html(
            '<p class="cm-title">Suggested</p><p class="cm-small">Not named: a description fits this one place. Less certain.</p>'
        )
        _place_buttons(suggested, "suggested")
    if beside or outside:
        st.html(
            '<p class="cm-title">Also named</p><p class="cm-small">Countries, seas and places outside the map’s area: listed, not drawn.</p>'
        )
        _place_buttons(beside, "beside")
        _derived_buttons(outside, "outside")
    silence(questions, view)
    _unplaced(questions, view)
    undated(questions)
    take_away(questions, view)


def _place_buttons(counts: list[PlaceCount], key: str) -> None:
    def label(count: PlaceCount) -> tuple[str, str, int]:
        return count.place.id, count.place.title, count.suggested if key == "suggested" else count.mentions

    _buttons(counts, label, key)


def _derived_buttons(counts: list[DerivedCount], key: str) -> None:
    _buttons(counts, lambda count: (count.id, wording.shortened(count.title), count.mentions), key)


def _buttons(counts: list[Counted], label: Callable[[Counted], tuple[str, str, int]], key: str) -> None:
    """A button for each that chooses it, by its (id, title, number); the rest behind one more button, some hundred at a time."""
    if not counts:
        return
    limit = (LISTED if key == "drawn" else BRIEFLY_LISTED) + MORE_LISTED * st.session_state.get(f"more-of-{key}", 0)
    with st.container(horizontal=True, gap="small"):
        for feature, title, number in map(label, counts[:limit]):
            st.button(f"{wording.plain(title)} **{number:,}**", key=f"{key}-{feature}", on_click=choose, args=(feature,))
        if len(counts) > limit:
            st.button(f"{len(counts) - limit:,} more", key=f"more-{key}", on_click=_list_more, args=(key,))


def _list_more(key: str) -> None:
    st.session_state[f"more-of-{key}"] = st.session_state.get(f"more-of-{key}", 0) + 1


def who_says_so(questions: Questions, view: View) -> None:
    """A filter by source, with the counts of the period; nothing where no text names one."""
    if not questions.corpus.sources:
        return
    state = st.session_state
    told = {source: (printed, number) for source, printed, number in questions.sources(view)}
    nobody = told.pop(NOT_ATTRIBUTED, ("", 0))[1]
    labels = {ANYONE: "Who says so: anyone", NOT_ATTRIBUTED: f"Not attributed · {nobody:,}"}
    labels |= {source: f"{printed} · {number:,}" for source, (printed, number) in told.items()}
    if view.source and view.source not in labels:
        labels[view.source] = f"{view.source} · 0"
    state.who = view.source or ANYONE
    st.selectbox(
        FILTER["source"].label, list(labels), key="who", format_func=lambda source: labels.get(source, source), label_visibility="collapsed",
        on_change=lambda: filter_by(source=state.who or None),
    )  # fmt: skip


def _unplaced(questions: Questions, view: View) -> None:
    told = questions.account(view)
    number = told.ambiguous + told.unresolved
    if not number:
        return
    names = st.expander(f"Names without a place ({number:,})", key="unplaced", on_change="rerun")
    if not names.open:  # a closed list costs no query
        return
    with names:
        st.caption(
            "Found in the articles, but not put on the map: the gazetteer has no such place, or nothing in the text decides between several."
        )
        rows = questions.unplaced(view, UNPLACED)
        for at, (surface, status, article, passage, _, candidates) in enumerate(rows):
            held = questions.corpus.gazetteer.places
            why = (
                "not in the gazetteer"
                if status == "unresolved"
                else "could be " + ", ".join(held[c].title for c in candidates[:4])
            )
            st.button(
                f"**{wording.plain(' '.join(surface.split()))}** · {wording.plain(why)} · {wording.plain(questions.corpus.articles[article].title[:60])}, passage {passage}",
                key=f"unplaced-{at}", on_click=open_article, args=(article,), type="tertiary",
            )  # fmt: skip
        if number > len(rows):
            st.caption(f"The first {len(rows)} are shown; the CSV has all.")
