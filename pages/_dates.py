"""Articles without a date: what the program proposes, and what a person decides."""

from datetime import date

import streamlit as st

from conflictmap.articles import decide_date
from conflictmap.errors import UsageError
from conflictmap.geoparser import propose
from conflictmap.model import Article, DayRange
from conflictmap.questions import (
    Questions,
)
from conflictmap.screens import wording
from pages._actions import open_article


def undated(questions: Questions) -> None:
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
                st.html(f"<p>{wording.escape(article.title)}: {wording.escape(wording.published(article.published))}</p>")
                st.button("Take the date back", key=f"undo-{article.id}", on_click=_keep_date, args=(questions, article, None))


def _date_form(questions: Questions, article: Article) -> None:
    with st.container(border=True):
        st.button(
            wording.plain(article.title), key=f"undated-{article.id}", on_click=open_article, args=(article.id,), type="tertiary"
        )
        proposal = questions.once(("proposal", article.id), lambda: propose(article))
        if proposal:
            days = wording.published(proposal.published).removeprefix("published ")
            st.caption(wording.plain(f"Proposed, not applied: {days}. Why: {'; '.join(proposal.reasons)}."))
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
