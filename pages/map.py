"""The map page: period, map, and the passages of what is chosen, all at once."""

from collections import deque
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from conflictmap.index import Corpus
from conflictmap.model import DerivedFootprint, Place
from conflictmap.questions import FILTER, LOCATIONS, Questions, View
from conflictmap.screens import style, wording
from conflictmap.webmap import layer as maplayer
from pages import _actions, _overview, _panel, _shared

MAP_HEIGHT = 590
CLOCK_LABELS = {"published": "published", "happened": "happened"}
ALL, OTHER = "All dates", "Chosen dates"
ROLES = {
    "location": "Locations",
    "reference": "Anchors (12 km north of …)",
    "actor": "Governments",
    "dateline": "Datelines",
}


def main() -> None:
    st.html(style())
    corpus = _shared.corpus()
    questions = Questions(corpus)
    view = _view(corpus)
    left, right = st.columns([1.62, 1], gap="medium")

    def panel() -> None:
        with right:
            _panel.show(questions, view)

    def chart() -> None:
        with left:
            _period_controls(questions, view)
            _map(questions, view)

    for part in (panel, chart) if view.place else (chart, panel):  # who chose a place waits for its passages, else for the map
        part()


# --- the view: the address says what is chosen, the widgets move period and filters -----------------------------------


def _view(corpus: Corpus) -> View:
    """The view of this run. The address is the truth, except that the browser may still be writing the period and filters we chose."""
    state = st.session_state
    view = View.from_query(st.query_params.to_dict()).within(corpus)
    if state.get("screen") != "map":  # back from another screen: what the address said there no longer counts
        state.screen = "map"
        state.pop("seen", None)
        state.pop("written", None)
    state.setdefault("written", deque(maxlen=30))
    in_address = replace(view, place=None, article=None)
    if "seen" not in state or (in_address != state.seen and in_address not in state.written):
        state.chosen = in_address
    state.seen = in_address
    view = replace(state.chosen, place=view.place, article=view.article).within(corpus)
    state.written.append(replace(view, place=None, article=None))
    return view


def _choose_period(corpus: Corpus, start: date, end: date) -> None:
    asked = replace(st.session_state.chosen, start=min(start, end), end=max(start, end)).within(corpus)
    _actions.filter_by(start=asked.start, end=asked.end)


def _period_controls(questions: Questions, view: View) -> None:
    corpus, state = questions.corpus, st.session_state
    period = view.period(corpus)
    if period is None:
        if view.clock == "happened":
            _clock(view)
            st.info("No text tells when anything happened in words that could be dated. Turn to the days of publication.")
        else:
            st.info("No article has a date yet, so there is no period to choose. Give dates under “Articles without a date”.")
        return
    first, last = view.whole_period(corpus)
    noun = "article" if view.clock == "published" else "mention"
    months = {f"{begin:%B %Y} · {n:,} {noun}{'s' if n > 1 else ''}": (begin, end) for begin, end, n in questions.months(view)}
    ranges = {ALL: (first, last), **months}
    now = next((name for name, (a, b) in ranges.items() if (max(a, first), min(b, last)) == period), OTHER)
    state.preset, state.first_day, state.last_day, state.period = now, *period, period

    def preset() -> None:
        if state.preset in ranges:
            _choose_period(corpus, *ranges[state.preset])

    typed = {"min_value": first, "max_value": last, "format": "YYYY-MM-DD", "width": 132}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _clock(view)
        choices = [*ranges, *([OTHER] if now == OTHER else [])]
        st.selectbox("Period", choices, key="preset", on_change=preset, width=200)
        st.date_input("From", key="first_day", on_change=lambda: _choose_period(corpus, state.first_day, period[1]), **typed)
        st.date_input("To", key="last_day", on_change=lambda: _choose_period(corpus, period[0], state.last_day), **typed)
    if first < last:
        st.html(wording.histogram(questions.histogram(view=view), (first, last), period))
        st.slider(
            "Published between" if view.clock == "published" else "Happened between", first, last, key="period", format="D MMM YYYY", label_visibility="collapsed",
            on_change=lambda: _choose_period(corpus, *state.period),
        )  # fmt: skip


def _clock(view: View) -> None:
    """The switch between the two clocks: whatever is chosen by time follows it."""
    state = st.session_state
    state.clock = view.clock

    def turn() -> None:
        clock = state.clock or view.clock
        if clock != view.clock:  # most texts date only some of their events: the rest would be on the map in every period
            _actions.filter_by(clock=clock, start=None, end=None, undated=clock == "published")

    st.segmented_control(
        "Days when", CLOCK_LABELS, key="clock", format_func=CLOCK_LABELS.get, on_change=turn, required=True,
        help="Published: when the article appeared. Happened: when what it tells of a place took place, as far as the text says so.",
    )  # fmt: skip


def _options(questions: Questions) -> None:
    state = st.session_state
    chosen: View = state.chosen
    state.include_undated, state.worked_out, state.suggested = chosen.undated, chosen.derived, chosen.suggested
    state.roles = [role for role in ROLES if role in chosen.roles]
    options = st.popover("Options", key="options", on_change="rerun")
    if not options.open:  # a closed popover is not built
        return
    with options:
        st.pills(
            FILTER["roles"].label, list(ROLES), format_func=ROLES.get, selection_mode="multi", key="roles",
            on_change=lambda: _actions.filter_by(roles=frozenset(state.roles) or LOCATIONS),
            help="Anchors only say where something else is. Governments: the capital or country stands for its government. Datelines: where the report was written.",
        )  # fmt: skip
        st.checkbox(FILTER["derived"].label, key="worked_out", on_change=lambda: _actions.filter_by(derived=state.worked_out),
            help="“12 km north of Hama”, “between Hama and Homs”: drawn with how far off they may lie, never as a dot on Hama.")  # fmt: skip
        st.checkbox(FILTER["suggested"].label, key="suggested",
            on_change=lambda: _actions.filter_by(suggested=state.suggested),
            help="“The provincial capital”, “the air base”: one place fits the description. Less certain than a name.")  # fmt: skip
        st.checkbox(
            "Include articles without a date" if chosen.clock == "published" else "Include what the texts do not date",
            key="include_undated",
            on_change=lambda: _actions.filter_by(undated=state.include_undated),
        )
        _filters(questions)
        state.tiles = state.get("online", False)  # what a closed popover holds is forgotten
        st.checkbox(
            "Online map (OpenStreetMap)",
            key="tiles",
            on_change=lambda: state.update(online=state.tiles),
            help="Asks tile.openstreetmap.org for pictures. Without it nothing leaves this machine.",
        )


def _filters(questions: Questions) -> None:
    """One value each of who published, the language, the kind of place, the certainty and the status; absent where there is no choice."""
    state = st.session_state
    told = {name: ({"": anything} | values) for name, anything, values in wording.filters(questions)}
    for name, labels in told.items():
        if len(labels) < 3:
            continue
        state[f"only_{name}"] = getattr(state.chosen, name) or ""

        def chosen(name: str = name) -> None:
            _actions.filter_by(**{name: state[f"only_{name}"] or None})

        st.selectbox(FILTER[name].label, list(labels), key=f"only_{name}", format_func=labels.get, on_change=chosen)


# --- the map --------------------------------------------------------------------------------------------------


def _bounds(questions: Questions) -> list[list[float]] | None:
    """Around everything, whatever is filtered: the map does not jump."""
    every: list[Place | DerivedFootprint] = [count.place for count in questions.split(questions.counts(View()))[0]]
    every += [count.derived for count in questions.split(questions.derived_counts(View()))[0]]
    return maplayer.bounds(every)


def _map(questions: Questions, view: View) -> None:
    if not questions.corpus.articles:
        _overview.empty()
        return
    days, whole = view.days(questions.corpus), view.whole_period(questions.corpus)
    dark = st.context.theme.type == "dark"
    group = maplayer.command(
        view,
        maplayer.address(questions, view),
        (maplayer.day_number(days[0]), maplayer.day_number(days[1])) if days else None,
        questions.once("bounds", lambda: _bounds(questions)),
        urlencode(view.to_query()),
        dark,
        bool(st.session_state.get("online")),
        span=(maplayer.day_number(whole[0]), maplayer.day_number(whole[1])) if whole else None,
    )

    def played(start: date, end: date) -> None:
        _choose_period(questions.corpus, start, end)

    _shared.show_map(questions, group, "the_map", MAP_HEIGHT, _actions.choose, played)
    if view.place:  # on a phone the passages lie below the map
        st.html(f'<a class="cm-jump" href="#passages">{wording.escape(questions.title(view.place))}: to the passages ↓</a>')
    told, more = st.columns([6, 1.2], vertical_alignment="center")
    with told:
        _panel.account(questions, view)
    with more:
        _options(questions)
    _shared.problems(questions.corpus)


main()
