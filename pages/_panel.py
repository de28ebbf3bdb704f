"""The panel beside the map: what is named in the period, or the passages of the chosen place, or a whole article."""

import streamlit as st

from conflictmap.model import Article
from conflictmap.questions import (
    NARROWING,
    ROLES,
    Questions,
    View,
    whole,
)
from conflictmap.screens import wording
from pages import _shared
from pages._actions import choose, filter_by, open_article
from pages._overview import overview
from pages._passages import passages

PANEL_HEIGHT = 742
READ_AT_ONCE = 60


def show(questions: Questions, view: View) -> None:
    _search(questions, view)
    if view.narrowing:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="cm-small">Only: <b>{wording.escape(wording.narrowing(view))}</b></p>')
            st.button(
                "Clear the filter", key="clear-filter", type="tertiary", on_click=lambda: filter_by(**dict.fromkeys(NARROWING))
            )
    with st.container(height=PANEL_HEIGHT, border=False, key="panel"):
        article = questions.corpus.articles.get(view.article or "")
        asked = st.query_params.get("place")
        if article:
            _article(questions, article, view.place)
        elif view.place:
            passages(questions, view, view.place)
        else:
            if asked:
                st.warning(f"The address names a place that this gazetteer does not have: {wording.plain(asked[:100])}")
            overview(questions, view)


def account(questions: Questions, view: View) -> None:
    """One line under the map: how much of the corpus is shown, and where the rest is."""
    st.caption(wording.account(questions.account(view), view))


def _search(questions: Questions, view: View) -> None:
    words = st.text_input(
        "Find a place",
        key="words",
        placeholder="Qurdaha, Lattakia, سلمى …",
        help="In any spelling or script. Every place of the gazetteer can be found, named in these articles or not.",
    )
    if not words.strip():
        return
    found = questions.search(words, limit=8, view=view)
    if not found:
        st.caption(f"No place of the gazetteer has a name like “{words}”.".replace("[", "\\["))
        return
    named = {count.place.id: count.mentions for count in questions.counts(whole(view))}
    all_counted = view.roles == frozenset(ROLES) and view.source is None and not view.narrowing
    none = "not named in these articles" if all_counted else "not named in what is chosen"

    def take(place: str) -> None:
        choose(place)
        st.session_state.words = ""

    with st.container(border=True):
        for place in found:
            n = named.get(place.id, 0)
            st.button(
                " · ".join(
                    [
                        wording.plain(place.title),
                        wording.kind(place) + wording.plain(wording.where(questions.corpus.gazetteer, place)),
                        wording.plural(n, "mention") if n else none,
                    ]
                ),
                key=f"found-{place.id}", on_click=take, args=(place.id,), type="tertiary",
            )  # fmt: skip


def _article(questions: Questions, article: Article, chosen: str | None) -> None:
    label = f"← Passages on {wording.plain(wording.shortened(questions.title(chosen)))}" if chosen else "← All places"
    st.button(label, key="close-article", on_click=open_article, args=(None,), type="tertiary")
    kept = "Our summary, paragraph by paragraph, in our own words" if article.kind == "digest" else "Full text"
    author = f"{article.author}, " if article.author else ""
    st.html(
        f'<h3 style="margin:0" dir="auto">{wording.escape(article.title)}</h3><p class="cm-small">{wording.escape(author)}{wording.escape(article.publisher or "publisher unknown")} · '
        f"{wording.escape(wording.published(article.published, article.date_by_person))} · {kept}</p>"
    )
    if article.extent:
        st.caption(wording.plain(article.extent))
    with st.container(horizontal=True):
        if article.url:
            st.link_button("Original ↗", article.url, type="tertiary")
        if st.button("Read mention by mention", key="to-reader", type="tertiary"):
            st.switch_page(_shared.ROOT / "pages" / "articles.py", query_params={"article": article.id})
    mentions = questions.mentions_of_article(article.id)
    html = []
    every = questions.passages_of(article)
    limit = st.session_state.get(f"read-{article.id}", READ_AT_ONCE)
    for passage in every[:limit]:
        inside = [m for m in mentions if m["passage"] == passage.number]
        spans = [(m["start"], m["end"]) for m in inside]
        html.append(
            wording.marked(
                article.text,
                passage.start,
                passage.end,
                spans,
                [not chosen or m["feature"] == chosen for m in inside],
                [m["basis"] if not m["verdict"] else "named" for m in inside],
                [(m["attributed_start"], m["attributed_end"]) if m["attributed_to"] else None for m in inside],
                [(m["event_words_start"], m["event_words_end"]) if m["told"] else None for m in inside],
            )
        )
    st.html(f'<div class="cm-passage" lang="{wording.escape(article.language)}">{"".join(html)}</div>')
    if len(every) > limit:
        st.button(
            f"Read on ({len(every) - limit} more passages)",
            on_click=lambda: st.session_state.update({f"read-{article.id}": limit + READ_AT_ONCE}),
        )
    if article.published_evidence:
        st.caption(f"Date: {wording.plain(article.published_evidence)}")
