"""The panel beside the map: what is named in the period, or the passages of the chosen place, or a whole article."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from conflictmap.articles import decide_date
from conflictmap.errors import UsageError
from conflictmap.exports import to_csv, to_geojson
from conflictmap.geoparser import propose
from conflictmap.model import Article, DayRange, DerivedFootprint, Place
from conflictmap.questions import (
    FILTER,
    NARROWING,
    NOT_ATTRIBUTED,
    PAGE_LENGTH,
    ROLES,
    Counted,
    DerivedCount,
    PassageHit,
    PlaceCount,
    Questions,
    View,
    group,
    whole,
)
from conflictmap.screens import wording
from pages import _shared

PANEL_HEIGHT = 742
LISTED, BRIEFLY_LISTED, MORE_LISTED = 24, 8, 200
"""Buttons of places at first: of those named, of each other kind, and how many more at a time. Each costs the browser milliseconds."""
UNPLACED = 30
READ_AT_ONCE = 60
COMPARED = 200
"""Passages of a place that are compared with one another, the newest."""
ANYONE = ""


def choose(place: str | None) -> None:
    """Choose a place, or none: a step for the browser's back button."""
    st.query_params.from_dict(
        {k: v for k, v in st.query_params.to_dict().items() if k not in ("place", "article")}
        | ({"place": place} if place else {})
    )
    st.session_state.pop("shown", None)


def open_article(article: str | None) -> None:
    """Open an article beside the map, or close it: a step for the browser's back button."""
    st.query_params.from_dict(
        {k: v for k, v in st.query_params.to_dict().items() if k != "article"} | ({"article": article} if article else {})
    )


def filter_by(**fields: Any) -> None:
    """Change the period or a filter of the map page: no step for the browser's back button."""
    st.session_state.chosen = replace(st.session_state.chosen, **fields)


def empty() -> None:
    """What to do when there is nothing to show."""
    st.info(
        "There is no article to show yet. Put articles (.txt, .md or .jsonl) into a folder and start the app on it with "
        "`conflictmap serve FOLDER`; articles/README.md says what a file looks like.",
    )


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
            _passages(questions, view, view.place)
        else:
            if asked:
                st.warning(f"The address names a place that this gazetteer does not have: {plain(asked[:100])}")
            _overview(questions, view)


def account(questions: Questions, view: View) -> None:
    """One line under the map: how much of the corpus is shown, and where the rest is."""
    told = questions.account(view)
    parts = [
        f"**{wording.plural(told.drawn, 'mention')} on the map** of {told.total:,}",
        f"from {wording.plural(told.articles, 'article')}",
    ]
    for number, what in (
        (told.beside, "listed beside"),
        (told.out_of_period, "outside the period"),
        (told.left_out, "undated, left out" if view.clock == "published" else "of no told date, left out"),
        (told.other_sources, "of other sources, left out" if view.source != NOT_ATTRIBUTED else "attributed, left out"),
        (told.narrowed, f"left out by the filter ({plain(wording.narrowing(view))})"),
        (told.other_roles, "in other roles, left out"),
        (told.derived_off, "worked out, off"),
        (told.suggested_off, "suggested, off"),
        (told.ambiguous, "ambiguous"),
        (told.unresolved, "not in the gazetteer"),
        (told.rejected, "rejected by a person"),
    ):
        if number:
            parts.append(f"{number:,} {what}")
    if told.undated:
        parts.append(f"of these, {told.undated:,} {'undated' if view.clock == 'published' else 'of no told date'}")
    st.caption(" · ".join(parts))


# --- finding a place ------------------------------------------------------------------------------------------


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
                        plain(place.title),
                        wording.kind(place) + plain(where(questions, place)),
                        wording.plural(n, "mention") if n else none,
                    ]
                ),
                key=f"found-{place.id}", on_click=take, args=(place.id,), type="tertiary",
            )  # fmt: skip


def where(questions: Questions, place: Place) -> str:
    """The first wider place, to tell homonyms apart: " in Idlib Governorate"."""
    wider = [questions.corpus.gazetteer.places[i].title for i in place.part_of if i in questions.corpus.gazetteer.places]
    return f" in {wider[0]}" if wider else ""


def plain(text: str) -> str:
    """Text for a label in which Streamlit would read Markdown."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]()#+-.!|$:~<>&" else char for char in text)


# --- nothing chosen -------------------------------------------------------------------------------------------


def _overview(questions: Questions, view: View) -> None:
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
    _who_says_so(questions, view)
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
    _silence(questions, view)
    _unplaced(questions, view)
    _undated(questions)
    _take_away(questions, view)


def _place_buttons(counts: list[PlaceCount], key: str) -> None:
    def label(count: PlaceCount) -> tuple[str, str, int]:
        return count.place.id, count.place.title, count.suggested if key == "suggested" else count.mentions

    _buttons(counts, label, key)


def _derived_buttons(counts: list[DerivedCount], key: str) -> None:
    _buttons(counts, lambda count: (count.id, _shortened(count.title), count.mentions), key)


def _shortened(words: str, length: int = 60) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def _buttons(counts: list[Counted], label: Callable[[Counted], tuple[str, str, int]], key: str) -> None:
    """A button for each that chooses it, by its (id, title, number); the rest behind one more button, some hundred at a time."""
    if not counts:
        return
    limit = (LISTED if key == "drawn" else BRIEFLY_LISTED) + MORE_LISTED * st.session_state.get(f"more-of-{key}", 0)
    with st.container(horizontal=True, gap="small"):
        for feature, title, number in map(label, counts[:limit]):
            st.button(f"{plain(title)} **{number:,}**", key=f"{key}-{feature}", on_click=choose, args=(feature,))
        if len(counts) > limit:
            st.button(f"{len(counts) - limit:,} more", key=f"more-{key}", on_click=_list_more, args=(key,))


def _list_more(key: str) -> None:
    st.session_state[f"more-of-{key}"] = st.session_state.get(f"more-of-{key}", 0) + 1


def _who_says_so(questions: Questions, view: View) -> None:
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
    if not names.open:  # what nobody looks at is not asked for
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
                f"**{plain(' '.join(surface.split()))}** · {plain(why)} · {plain(questions.corpus.articles[article].title[:60])}, passage {passage}",
                key=f"unplaced-{at}", on_click=open_article, args=(article,), type="tertiary",
            )  # fmt: skip
        if number > len(rows):
            st.caption(f"The first {len(rows)} are shown; the CSV has all.")


def _undated(questions: Questions) -> None:
    articles, by_person = questions.corpus.undated, [questions.corpus.articles[i] for i in questions.corpus.dated_by_person[:50]]
    if articles:
        with st.expander(f"Articles without a date ({len(articles)})", expanded=not questions.corpus.period):
            for article in articles[:50]:
                _date_form(questions, questions.corpus.articles[article])
            if len(articles) > 50:
                st.caption(f"… and {len(articles) - 50} more.")
    if by_person:
        with st.expander(f"Dated by a person ({len(by_person)})"):
            for article in by_person:
                st.html(f"<p>{_html(article.title)}: {_html(wording.published(article.published))}</p>")
                st.button("Take the date back", key=f"undo-{article.id}", on_click=_keep_date, args=(questions, article, None))


def _date_form(questions: Questions, article: Article) -> None:
    with st.container(border=True):
        st.button(plain(article.title), key=f"undated-{article.id}", on_click=open_article, args=(article.id,), type="tertiary")
        proposal = questions.once(("proposal", article.id), lambda: propose(article))
        if proposal:
            days = wording.published(proposal.published).removeprefix("published ")
            st.caption(plain(f"Proposed, not applied: {days}. Why: {'; '.join(proposal.reasons)}."))
            st.button(
                "Fill in the proposal", key=f"propose-{article.id}", type="tertiary",
                on_click=lambda: st.session_state.update(
                    {f"date-{article.id}": proposal.published.start, f"date-to-{article.id}": proposal.published.end}
                ),
            )  # fmt: skip
        for key in (f"date-{article.id}", f"date-to-{article.id}"):
            st.session_state.setdefault(key, None)
        with st.form(f"form-{article.id}", border=False):
            limits = {"min_value": date(1900, 1, 1), "max_value": date(2100, 12, 31), "format": "YYYY-MM-DD", "width": 175}
            with st.container(horizontal=True, vertical_alignment="bottom"):
                first = st.date_input("Published on, or from", key=f"date-{article.id}", **limits)
                last = st.date_input("to (if not sure)", key=f"date-to-{article.id}", **limits)
                keep = st.form_submit_button(
                    "Save date", help="Kept in decisions.jsonl beside the texts; the texts stay as they are."
                )
        if keep and first is None:
            st.warning("Give the day on which it was published, or the first and the last day that it may have been.")
        elif keep:
            start, end = min(first, last or first), max(first, last or first)
            if _keep_date(questions, article, DayRange(start, end, date.fromordinal((start.toordinal() + end.toordinal()) // 2))):
                st.rerun()


def _keep_date(questions: Questions, article: Article, published: DayRange | None) -> bool:
    try:
        decide_date(questions.corpus.folder, article, published)
    except UsageError as failure:
        st.error(str(failure))
        return False
    return True


def _take_away(questions: Questions, view: View) -> None:
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


# --- a place is chosen ----------------------------------------------------------------------------------------


def _passages(questions: Questions, view: View, chosen: str) -> None:
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
        _who_says_so(questions, view)
    if place and place.note:
        st.html(f'<p class="cm-small">About the map: {_html(place.note)}</p>')
    if place and place.id not in questions.corpus.drawn:
        st.caption("Not drawn on the map: a country, or outside the map’s area.")
    left = limit
    for basis in groups:
        if left <= 0:
            break
        st.html(f'<p class="cm-basis">{_html(wording.rests_on(basis))}</p>')
        for hit in basis.hits[:left]:
            _passage(questions, view, hit, (hit.article.id, hit.number) in basis.copies)
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
    _silence(questions, view)
    _take_away(questions, view)


def _silence(questions: Questions, view: View) -> None:
    """Months of the period without any article: silence of a collection is not peace."""
    told = wording.silence(questions.empty_months(view), questions.months_of(view))
    if told:
        st.html(f'<p class="cm-small">{_html(told)}</p>')


def _place_head(questions: Questions, place: Place) -> None:
    head, close = st.columns([5, 1.4], vertical_alignment="top")
    wider = [questions.corpus.gazetteer.places[i].title for i in place.part_of if i in questions.corpus.gazetteer.places]
    told = [wording.kind(place), *([f"in {', '.join(wider)}"] if wider else []), wording.extent(place)]
    arabic = next((t.text for t in place.toponyms if t.lang == "ar"), "")
    title = f'{_html(place.title)} <span lang="ar" dir="rtl">{_html(arabic)}</span>'
    head.html(f'<h3 style="margin:0">{title}</h3><p class="cm-small">{_html("; ".join(told))}</p>')
    close.button("✕ Close", key="close-place", on_click=choose, args=(None,))


def _derived_head(questions: Questions, feature: str, derived: DerivedFootprint) -> None:
    """The head of a place worked out from others: the words, how it was worked out, and the anchors to go to."""
    head, close = st.columns([5, 1.4], vertical_alignment="top")
    gazetteer = questions.corpus.gazetteer
    title = _html(_shortened(questions.title(feature), 120))
    head.html(
        f'<h3 style="margin:0" dir="auto">“{title}”</h3><p class="cm-small">{_html(wording.derived(derived, gazetteer))}.</p>'
    )
    close.button("✕ Close", key="close-place", on_click=choose, args=(None,))
    with st.container(horizontal=True, gap="small"):
        for anchor in derived.anchors:
            if anchor in gazetteer.places:
                st.button(
                    f"Anchor: {plain(gazetteer.places[anchor].title)}", key=f"anchor-{anchor}", on_click=choose, args=(anchor,)
                )
    if feature not in questions.corpus.drawn:
        st.caption("Not drawn on the map: outside the map’s area.")


def _html(text: str) -> str:
    return wording.escape(text)


def _passage(questions: Questions, view: View, hit: PassageHit, copied: bool = False) -> None:
    article = hit.article
    key = f"{article.id}-{hit.number}"
    with st.container(border=True):
        publisher = f"{article.publisher} · " if article.publisher else ""
        same = " · nearly the same text as one above" if copied else ""
        told = [one.told for one in hit.mentions]
        times = [(one.expression.start, one.expression.end) if one else None for one in told]
        spans, bases, sources = zip(*((one.span, one.basis, one.source) for one in hit.mentions), strict=True)
        st.html(
            f'<p class="cm-title" dir="auto">{_html(article.title)}</p>'
            f'<p class="cm-small">{_html(publisher)}{_html(wording.published(article.published, article.date_by_person))}; '
            f"<b>{_html(wording.tells(told))}</b>"
            f" · {_html(wording.source_of_text(article, hit.number))}{same}</p>"
            f'<div class="cm-passage" lang="{_html(article.language)}">'
            f"{wording.marked(article.text, hit.start, hit.end, spans, (), bases, sources, times)}</div>"
            f"{_who(hit)}"
            f'<p class="cm-small">{_html(" ".join([*wording.reasons(hit, questions.corpus.gazetteer), *wording.dating(told)]))}</p>'
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
    return f'<p class="cm-small">{_html(told)}.</p>' if told else ""


def permalink(questions: Questions, view: View) -> str:
    """The address of a view on this server, with both ends of its period: so it stays what it is when the corpus grows."""
    period = view.period(questions.corpus)
    whole = replace(view, start=period[0], end=period[1]) if period else view
    base = (st.context.url or "").split("?")[0].rstrip("/")
    return f"{base}/?{urlencode(whole.to_query())}"


# --- an article is open ---------------------------------------------------------------------------------------


def _article(questions: Questions, article: Article, chosen: str | None) -> None:
    label = f"← Passages on {plain(_shortened(questions.title(chosen)))}" if chosen else "← All places"
    st.button(label, key="close-article", on_click=open_article, args=(None,), type="tertiary")
    kept = "Our summary, paragraph by paragraph, in our own words" if article.kind == "digest" else "Full text"
    author = f"{article.author}, " if article.author else ""
    st.html(
        f'<h3 style="margin:0" dir="auto">{_html(article.title)}</h3><p class="cm-small">{_html(author)}{_html(article.publisher or "publisher unknown")} · '
        f"{_html(wording.published(article.published, article.date_by_person))} · {kept}</p>"
    )
    if article.extent:
        st.caption(plain(article.extent))
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
    st.html(f'<div class="cm-passage" lang="{_html(article.language)}">{"".join(html)}</div>')
    if len(every) > limit:
        st.button(
            f"Read on ({len(every) - limit} more passages)",
            on_click=lambda: st.session_state.update({f"read-{article.id}": limit + READ_AT_ONCE}),
        )
    if article.published_evidence:
        st.caption(f"Date: {plain(article.published_evidence)}")
