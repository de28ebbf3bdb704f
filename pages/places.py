"""The Places page: the gazetteer for readers. On the left every place to find, on the right the chosen one."""

from dataclasses import replace

import streamlit as st

from conflictmap.model import Place
from conflictmap.questions import Questions
from conflictmap.screens import gazetteer_view as gazetteerview
from conflictmap.screens import style, wording
from pages import _actions, _place, _shared

PAGE = 25
ORDERS = {"Most mentioned": "relevance", "By title": "title", "Least certain first": "least certain"}
SURE = {"certain": "certain", "less-certain": "less certain", "uncertain": "uncertain"}

STYLE = """<style>
.st-key-rows {gap: .1rem;}
.st-key-rows button {justify-content: flex-start; text-align: left; padding: .25rem .5rem; width: 100%; border-radius: 6px;}
.st-key-rows button > div, .st-key-rows button [data-testid="stMarkdownContainer"] {width: 100%; justify-content: flex-start; text-align: left;}
.st-key-rows button:hover {background: rgba(128,128,128,.14);}
.st-key-rows button p, [class*="st-key-two-line"] button p {overflow-wrap: anywhere; line-height: 1.35; text-align: left;}
.st-key-rows button p span, [class*="st-key-two-line"] button p span {display: block; opacity: .8;}
[class*="st-key-two-line"] button {padding: .25rem .6rem; height: auto; white-space: normal; max-width: 100%;}
[class*="st-key-two-line"] button [data-testid="stMarkdownContainer"] {white-space: normal;}
.cm-scroll {overflow-x: auto; margin: .1rem 0 .3rem;}
.cm-table {border-collapse: collapse; width: 100%; font-size: .88rem;}
.cm-table th {text-align: left; font-weight: 600; border-bottom: 1px solid rgba(128,128,128,.6); padding: .2rem .7rem .2rem 0; vertical-align: bottom;}
.cm-table td {border-bottom: 1px solid rgba(128,128,128,.25); padding: .22rem .7rem .22rem 0; vertical-align: top; overflow-wrap: break-word;}
.cm-table a, .cmg-links a {color: inherit; text-decoration: underline;}
.cm-scroll:focus-visible {outline: 3px solid #2f7de1; outline-offset: 2px;}
.cm-table .n {text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap;}
.cm-table .nobreak {white-space: nowrap;}
.cmg-h {font-size: 1.05rem; font-weight: 600; margin: .9rem 0 .1rem; padding: 0;}
.cmg-p {margin: .1rem 0; line-height: 1.45; overflow-wrap: anywhere;}
@media (min-width: 641px) {.st-key-finder {position: sticky; top: 3.9rem; max-height: calc(100vh - 4.4rem); overflow-y: auto; padding: 0 .5rem .3rem .2rem;}}
@media (max-width: 640px) {.cm-table {min-width: 34rem;} .cm-table .n, .cm-table .nobreak {white-space: normal;}}
</style>"""
ON_A_PHONE_ONE_AT_A_TIME = "<style>@media (max-width: 640px) {.st-key-finder {display: none;}}</style>"


def main() -> None:
    st.html(style())
    st.html(STYLE)
    st.session_state.screen = "places"
    corpus = _shared.corpus()
    questions = Questions(corpus)
    asked = st.query_params.get("place")
    view = replace(_place.EVERY, place=asked, article=st.query_params.get("article")).within(corpus)
    place = corpus.gazetteer.places.get(view.place or "")
    mentions = {count.place.id: count.mentions for count in questions.counts(_place.EVERY)}
    left, right = st.columns([1, 1.75], gap="medium")
    with left, st.container(key="finder"):
        _finder(questions, mentions, place)
    with right:
        if place:
            st.html(ON_A_PHONE_ONE_AT_A_TIME)
            _place.show(questions, view, place, mentions)
        elif asked:
            st.warning(f"The address names a place that this gazetteer does not have: {wording.plain(asked[:100])}")
        else:
            st.info(
                "Choose a place in the list to see its names, its extent, what each source says about its position, and the passages that name it."
            )


def _finder(questions: Questions, mentions: dict[str, int], chosen: Place | None) -> None:
    state = st.session_state
    every = questions.corpus.gazetteer.places

    def first_page() -> None:
        state.gazetteer_page = 0

    words = st.text_input(
        "Find a place", key="gazetteer_words", placeholder="Qurdaha, Lattakia, سلمى …", on_change=first_page,
        help="In any spelling or script; part of a name will do.",
    )  # fmt: skip
    kinds = st.pills("Kind", list(gazetteerview.KINDS), selection_mode="multi", key="gazetteer_kinds", on_change=first_page)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = st.selectbox("Order", list(ORDERS), key="gazetteer_order", on_change=first_page, width=190)
        named = st.toggle("Named in these articles", key="gazetteer_named", on_change=first_page)
    found = gazetteerview.find(questions, mentions, words, kinds, named, ORDERS[order])
    if not found:
        st.info("No place of the gazetteer fits. Try another spelling, or take a filter away.")
        return
    pages = -(-len(found) // PAGE)
    page = min(state.get("gazetteer_page", 0), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    st.html(
        f'<p class="cm-small" role="status">{_span(page, len(shown), len(found))}'
        f"{f' of the gazetteer’s {len(every):,}' if len(found) < len(every) else ''}</p>"
    )
    countries = gazetteerview.country_names(questions.corpus.gazetteer)
    with st.container(key="rows"):
        for place in shown:
            st.button(
                _row(questions, countries, place, mentions.get(place.id, 0)), key=f"row-{place.id}", on_click=_actions.choose,
                args=(place.id,), wrap=True, type="secondary" if chosen and chosen.id == place.id else "tertiary", width="stretch",
            )  # fmt: skip
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("← Back", key="page-back", disabled=page == 0, on_click=_turn, args=(page - 1,))
            st.button("Next →", key="page-next", disabled=page == pages - 1, on_click=_turn, args=(page + 1,))
            st.html(f'<p class="cm-small">Page {page + 1:,} of {pages:,}</p>')


def _turn(page: int) -> None:
    st.session_state.gazetteer_page = page


def _span(page: int, shown: int, found: int) -> str:
    if found <= PAGE:
        return f"{found} place{'s' if found != 1 else ''}"
    return f"{page * PAGE + 1:,}–{page * PAGE + shown:,} of {found:,} places"


def _row(questions: Questions, countries: dict[str, str], place: Place, number: int) -> str:
    """A place as one button: title, and in smaller letters kind, country, what it is part of, mentions, certainty, uncertainty."""
    held = questions.corpus.gazetteer.places
    part = next((held[i].title for i in place.part_of if i in held), "")
    country = gazetteerview.countries(place, countries)
    where = ", ".join(dict.fromkeys(name for name in (part, country) if name))
    sure = "position unknown"
    if place.footprint:
        reach = gazetteerview.kilometres(place.footprint.uncertainty_m / 1000).replace(" ", "\u00a0")
        sure = f"{SURE[place.footprint.certainty]}, {'within' if place.drawn == 'dot' else 'reaching'} {reach}"
    named = wording.plural(number, "mention") if number else "not named"
    told = " · ".join(part for part in (wording.kind(place), where, named, sure) if part)
    return f"**{wording.plain(place.title)}** :small[{wording.plain(told)}]"


main()
