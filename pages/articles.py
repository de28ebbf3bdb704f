"""The reader: an article with its mentions marked, a map of just this article, and what a person decides about a mention."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from conflictmap.articles import decide_mention
from conflictmap.errors import UsageError
from conflictmap.model import Article
from conflictmap.questions import LOCATIONS, Questions, View
from conflictmap.screens import reader, style, wording
from conflictmap.webmap import layer as maplayer
from pages import _actions, _overview, _panel, _shared

LIST_HEIGHT = 720
LISTED = 30
SCROLL = (
    "<script>const now = document.querySelector('.cm-reader .now'); if (now) now.scrollIntoView({block: 'nearest'});</script>"
)


def main() -> None:
    st.session_state.screen = "articles"
    st.html(style())
    corpus = _shared.corpus()
    questions = Questions(corpus)
    if not corpus.articles:
        _overview.empty()
        return
    asked = st.query_params.get("article")
    article = corpus.articles.get(asked or "")
    left, middle, right = st.columns([1, 1.9, 1.25], gap="medium")
    with left:
        _list(questions, article)
    if article is None:
        with middle:
            if asked:
                st.warning("The address names an article that is not in this corpus.")
            st.info("Choose an article to read it with its place names marked.")
        return
    mentions = questions.mentions_of_article(article.id)
    number = min(st.session_state.get(_key(article), 0), max(len(mentions) - 1, 0))
    with middle:
        _text(questions, article, mentions, number)
    with right:
        _map(questions, article)
        _mention(questions, article, mentions, number)


def _key(article: Article) -> str:
    return f"mention-{article.id}"


# --- the list -------------------------------------------------------------------------------------------------


def _list(questions: Questions, chosen: Article | None) -> None:
    articles = questions.listed()
    words = st.text_input(
        "Search articles", key="article-words", placeholder="title, publisher or words of the text",
        help="All words must stand in one passage or in the title; “a phrase” in quotation marks; -word leaves out. In any script.",
    )  # fmt: skip
    publishers = sorted({a.publisher for a in articles if a.publisher})
    picked = st.multiselect("Publisher", publishers, key="publishers") if len(publishers) > 1 else []
    found = questions.find_articles(words, picked)
    st.caption(
        f"{len(found):,} of {wording.plural(len(articles), 'article')}, {'best match' if words.strip() else 'newest'} first"
    )
    limit = st.session_state.get("articles-listed", LISTED)
    with st.container(height=LIST_HEIGHT - 170 if len(found) > 6 else "content", border=False):
        for article in found[:limit]:
            when = wording.day(article.published) if article.published else "date unknown"
            title = wording.plain(article.title)
            here = chosen is not None and chosen.id == article.id
            st.button(
                f"{f'● **{title}**' if here else title}  \n{wording.plain(article.publisher or 'publisher unknown')}, {when}",
                key=f"open-{article.id}",
                on_click=_actions.open_article,
                args=(article.id,),
                width="stretch",
            )
        if len(found) > limit:
            st.button(
                f"{len(found) - limit} more", on_click=lambda: st.session_state.update({"articles-listed": limit + 3 * LISTED})
            )
    if not found:
        st.caption("No article has these words. Try fewer.")


# --- the text -------------------------------------------------------------------------------------------------


def _text(questions: Questions, article: Article, mentions: list[dict[str, Any]], number: int) -> None:
    kept = "our summary, paragraph by paragraph, in our own words" if article.kind == "digest" else "full text"
    author = f"{article.author}, " if article.author else ""
    st.html(
        f'<h2 class="cm-h" dir="auto">{wording.escape(article.title)}</h2>'
        f'<p class="cm-small">{wording.escape(author)}{wording.escape(article.publisher or "publisher unknown")} · '
        f"{wording.escape(wording.published(article.published, article.date_by_person))} · {kept}</p>"
    )
    kinds = [reader.kind_of(mention, questions.corpus.gazetteer) for mention in mentions]
    turned_down = questions.turned_down(article.id) if st.session_state.get("explain") else []
    if mentions or turned_down:
        st.html(reader.legend([*kinds, *["turned-down"][: len(turned_down)]]))
    passages = questions.passages_of(article)
    limit = st.session_state.get(f"read-{article.id}", _panel.READ_AT_ONCE)
    if mentions:  # the chosen mention is on the page, however far down it stands
        limit = max(limit, mentions[number]["passage"])
    with st.container(height=LIST_HEIGHT - 130, border=False):
        st.html(
            reader.article_html(
                article, passages[:limit], mentions, questions.corpus.gazetteer, number if mentions else None, turned_down
            )
        )
        if len(passages) > limit:
            more = len(passages) - limit
            st.button(
                f"Read on ({wording.plural(more, 'more passage')})",
                on_click=lambda: st.session_state.update({f"read-{article.id}": limit + _panel.READ_AT_ONCE}),
            )
    st.html(SCROLL, unsafe_allow_javascript=True)
    st.toggle(
        "Why is a name not marked?", key="explain",
        help="Also marks the gazetteer's names that were not taken for places, each with the rule that turned it down.",
    )  # fmt: skip
    if st.session_state.get("explain") and not turned_down:
        st.caption("No name of the gazetteer was turned down in this article.")
    with st.container(horizontal=True):
        if article.url:
            st.link_button("Original ↗", article.url, type="tertiary")
        if article.extent:
            st.caption(wording.plain(article.extent))
        if article.published_evidence:
            with st.popover("How the date is known", type="tertiary"):
                st.write(wording.plain(article.published_evidence))


# --- the map of this article ----------------------------------------------------------------------------------


def _map(questions: Questions, article: Article) -> None:
    layer = questions.layer(article.id)
    held = questions.corpus.gazetteer.places
    places = [questions.corpus.derived.get(feature["id"]) or held[feature["id"]] for feature in layer]
    if not places:
        st.caption("This article names no place that the map draws.")
        return
    dark = st.context.theme.type == "dark"
    group = maplayer.command(
        View(), maplayer.put(layer), (-(10**6), 10**6), maplayer.bounds(places), None, dark, False, fit=article.id
    )

    def clicked(place: str) -> None:
        hits = [n for n, row in enumerate(questions.mentions_of_article(article.id)) if row["feature"] == place]
        if hits:
            now = st.session_state.get(_key(article), 0)
            st.session_state[_key(article)] = next((n for n in hits if n > now), hits[0])

    _shared.show_map(questions, group, "article_map", 250, clicked)


# --- one mention ----------------------------------------------------------------------------------------------


def _mention(questions: Questions, article: Article, mentions: list[dict[str, Any]], number: int) -> None:
    if not mentions:
        return
    mention = mentions[number]
    gazetteer = questions.corpus.gazetteer

    def go(to: int) -> None:
        st.session_state[_key(article)] = to % len(mentions)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("← Previous", key="previous", on_click=go, args=(number - 1,))
        st.button("Next →", key="next", on_click=go, args=(number + 1,))
        st.caption(f"Mention {number + 1:,} of {len(mentions):,}, passage {mention['passage']}")
    lines = "".join(f'<p class="cm-small">{wording.escape(line)}</p>' for line in reader.explanation(mention, gazetteer)[1:])
    first = reader.explanation(mention, gazetteer)[0]
    st.html(f'<p class="cm-title">“{wording.escape(" ".join(mention["surface"].split()))}” → {wording.escape(first)}</p>{lines}')
    _decide(questions, article, mention)


def _decide(questions: Questions, article: Article, mention: Mapping[str, Any]) -> None:
    places = questions.corpus.gazetteer.places
    span = (mention["start"], mention["end"])

    def keep(verdict: Any, place: str | None) -> None:
        try:
            decide_mention(questions.corpus.folder, article, span, verdict, place)
            st.session_state["other-place"] = ""
        except UsageError as failure:
            st.session_state["refused"] = str(failure)

    with st.container(horizontal=True):
        if mention["verdict"]:
            st.button("Undo the decision", key="undo", on_click=keep, args=(None, None))
        if mention["place"] and not mention["verdict"]:
            st.button("Accept", key="accept", on_click=keep, args=("accepted", mention["place"]))
        if mention["status"] != "rejected":
            st.button("Not a place", key="reject", on_click=keep, args=("rejected", None))
        if mention["feature"]:
            st.button("All passages on this place", key="to-place", on_click=_to_map, args=(mention["feature"],), type="tertiary")
    if refused := st.session_state.pop("refused", None):
        st.error(refused)
    if st.session_state.pop("go-to-map", None):
        st.switch_page(_shared.ROOT / "pages" / "map.py", query_params=_address(mention))
    rivals = [places[i] for i in mention["candidates"] if i != mention["place"] and i in places]
    for rival in rivals[:6]:
        st.button(
            f"It is {wording.plain(rival.title)} · {wording.kind(rival)}{wording.plain(wording.where(questions.corpus.gazetteer, rival))}",
            key=f"rival-{rival.id}", on_click=keep, args=("placed", rival.id), type="tertiary",
        )  # fmt: skip
    words = st.text_input("It is another place", key="other-place", placeholder="search the gazetteer in any spelling")
    for place in questions.search(words, limit=6) if words.strip() else ():
        st.button(
            f"{wording.plain(place.title)} · {wording.kind(place)}{wording.plain(wording.where(questions.corpus.gazetteer, place))}",
            key=f"other-{place.id}", on_click=keep, args=("placed", place.id), type="tertiary",
        )  # fmt: skip


def _address(mention: Mapping[str, Any]) -> dict[str, str]:
    """The map page with a mention's place, and with what it takes to count that mention there."""
    roles = LOCATIONS | {mention["role"]}
    suggested = mention["basis"] == "suggested" and not mention["verdict"]
    return View(place=mention["feature"], roles=roles, suggested=suggested).to_query()


def _to_map(place: str) -> None:
    st.session_state["go-to-map"] = place


main()
