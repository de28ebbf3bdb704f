"""The panel with a place chosen: its passages, grouped by what they rest on, each with what a reader may quote."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from conflictmap.model import DerivedFootprint, Place
from conflictmap.questions import (
    PAGE_LENGTH,
    ROLES,
    PassageHit,
    Questions,
    View,
    group,
)
from conflictmap.screens import wording
from pages._actions import choose, filter_by, open_article
from pages._foot import silence, take_away
from pages._overview import who_says_so

COMPARED = 200
"""Passages of a place that are compared with one another, the newest."""


def passages(questions: Questions, view: View, chosen: str) -> None:
    place = questions.corpus.gazetteer.get(chosen)
    derived = questions.corpus.derived.get(chosen)
    if place:
        _place_head(questions, place)
    elif derived:
        _derived_head(questions, chosen, derived)
    limit = st.session_state.get("shown", PAGE_LENGTH)
    number, hits = questions.passages(view, limit=COMPARED)
    groups = questions.once(("groups", replace(view, article=None)), lambda: group(hits))
    outside = questions.outside_period(view)
    mentions = questions.mentions_of_place(view)
    aside = questions.aside(view)
    if number:
        order = "newest first" if view.clock == "published" else "latest events first"
        told_number = f"{wording.plural(mentions, 'mention')} in {wording.plural(number, 'passage')}, {order}. "
        told_number += wording.corroborated(groups, number)
    else:
        rest = outside or aside.other_roles or aside.other_sources or aside.suggested or aside.narrowed
        told_number = "Not named in what is chosen." if rest else "Not named in these articles."
    more = [
        f"{wording.plural(n, 'more mention')} {what}."
        for n, what in (
            (outside, "outside the period" if view.clock == "published" else "outside the period or of no told date"),
            (aside.other_sources, "by other sources"),
            (aside.narrowed, "left out by the filter"),
            (aside.other_roles, "in other roles"),
        )
        if n
    ]
    if aside.suggested:
        more.append(f"{wording.plural(aside.suggested, 'description')} may mean it.")
    st.html(f'<p class="cm-small" id="passages">{" ".join([told_number, *more])}</p>')
    if aside.other_roles or aside.suggested:
        with st.container(horizontal=True, gap="small"):
            if aside.other_roles:
                st.button("Show all roles", key="all-roles", on_click=lambda: filter_by(roles=frozenset(ROLES)), type="tertiary",
                    help="Anchors of relative expressions, governments and datelines as well")  # fmt: skip
            if aside.suggested:
                st.button("Show suggested", key="show-suggested", on_click=lambda: filter_by(suggested=True), type="tertiary")
    if view.source or len(questions.sources(view)) > 1:
        who_says_so(questions, view)
    if place and place.note:
        st.html(f'<p class="cm-small">About the map: {wording.escape(place.note)}</p>')
    if place and place.id not in questions.corpus.drawn:
        st.caption("Not drawn on the map: a country, or outside the map’s area.")
    left = limit
    for basis in groups:
        if left <= 0:
            break
        st.html(f'<p class="cm-basis">{wording.escape(wording.rests_on(basis))}</p>')
        for hit in basis.hits[:left]:
            passage(questions, view, hit, (hit.article.id, hit.number) in basis.copies)
        left -= len(basis.hits)
    shown = min(limit, len(hits))
    if len(hits) > shown:
        st.button(
            f"Show {min(PAGE_LENGTH, len(hits) - shown)} more of {number - shown}",
            on_click=lambda: st.session_state.update(shown=limit + PAGE_LENGTH),
        )
    elif number > len(hits):
        st.caption(
            f"The newest {COMPARED} passages are compared and shown; a shorter period shows the others, and exports hold all."
        )
    silence(questions, view)
    take_away(questions, view)


def _place_head(questions: Questions, place: Place) -> None:
    head, close = st.columns([5, 1.4], vertical_alignment="top")
    wider = [questions.corpus.gazetteer.places[i].title for i in place.part_of if i in questions.corpus.gazetteer.places]
    told = [wording.kind(place), *([f"in {', '.join(wider)}"] if wider else []), wording.extent(place)]
    arabic = next((t.text for t in place.toponyms if t.lang == "ar"), "")
    title = f'{wording.escape(place.title)} <span lang="ar" dir="rtl">{wording.escape(arabic)}</span>'
    head.html(f'<h3 style="margin:0">{title}</h3><p class="cm-small">{wording.escape("; ".join(told))}</p>')
    close.button("✕ Close", key="close-place", on_click=choose, args=(None,))


def _derived_head(questions: Questions, feature: str, derived: DerivedFootprint) -> None:
    """The head of a place worked out from others: the words, how it was worked out, and the anchors to go to."""
    head, close = st.columns([5, 1.4], vertical_alignment="top")
    gazetteer = questions.corpus.gazetteer
    title = wording.escape(wording.shortened(questions.title(feature), 120))
    head.html(
        f'<h3 style="margin:0" dir="auto">“{title}”</h3><p class="cm-small">{wording.escape(wording.derived(derived, gazetteer))}.</p>'
    )
    close.button("✕ Close", key="close-place", on_click=choose, args=(None,))
    with st.container(horizontal=True, gap="small"):
        for anchor in derived.anchors:
            if anchor in gazetteer.places:
                st.button(
                    f"Anchor: {wording.plain(gazetteer.places[anchor].title)}",
                    key=f"anchor-{anchor}",
                    on_click=choose,
                    args=(anchor,),
                )
    if feature not in questions.corpus.drawn:
        st.caption("Not drawn on the map: outside the map’s area.")


def passage(questions: Questions, view: View, hit: PassageHit, copied: bool = False) -> None:
    article = hit.article
    key = f"{article.id}-{hit.number}"
    with st.container(border=True):
        publisher = f"{article.publisher} · " if article.publisher else ""
        same = " · nearly the same text as one above" if copied else ""
        told = [one.told for one in hit.mentions]
        times = [(one.expression.start, one.expression.end) if one else None for one in told]
        spans, bases, sources = zip(*((one.span, one.basis, one.source) for one in hit.mentions), strict=True)
        st.html(
            f'<p class="cm-title" dir="auto">{wording.escape(article.title)}</p>'
            f'<p class="cm-small">{wording.escape(publisher)}{wording.escape(wording.published(article.published, article.date_by_person))}; '
            f"<b>{wording.escape(wording.tells(told))}</b>"
            f" · {wording.escape(wording.source_of_text(article, hit.number))}{same}</p>"
            f'<div class="cm-passage" lang="{wording.escape(article.language)}">'
            f"{wording.marked(article.text, hit.start, hit.end, spans, (), bases, sources, times)}</div>"
            f"{_who(hit)}"
            f'<p class="cm-small">{wording.escape(" ".join([*wording.reasons(hit, questions.corpus.gazetteer), *wording.dating(told)]))}</p>'
        )
        with st.container(horizontal=True, gap="small"):
            st.button("Whole article", key=f"article-{key}", on_click=open_article, args=(article.id,), type="tertiary")
            if article.url:
                st.link_button("Original ↗", article.url, type="tertiary")
            cite = st.popover("Cite", type="tertiary", key=f"cite-{key}", on_change="rerun")
            if cite.open:
                address = permalink(questions, replace(view, article=article.id))
                words = wording.citation(questions.corpus, questions.title(view.place or ""), hit, address)
                cite.code(words, language=None, wrap_lines=True)


def _who(hit: PassageHit) -> str:
    told = wording.attributed(hit)
    return f'<p class="cm-small">{wording.escape(told)}.</p>' if told else ""


def permalink(questions: Questions, view: View) -> str:
    """The address of a view on this server, with both ends of its period: so it stays what it is when the corpus grows."""
    period = view.period(questions.corpus)
    whole = replace(view, start=period[0], end=period[1]) if period else view
    base = (st.context.url or "").split("?")[0].rstrip("/")
    return f"{base}/?{urlencode(whole.to_query())}"
