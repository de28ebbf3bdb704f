"""The chosen place on the Places page: its names, its extent, what each source says, its homonyms, and the passages."""

from dataclasses import replace

import streamlit as st

from conflictmap.model import Citation, Place
from conflictmap.questions import PAGE_LENGTH, ROLES, Questions, View
from conflictmap.screens import Homonym, wording
from conflictmap.screens import gazetteer_view as gazetteerview
from conflictmap.webmap import layer as maplayer
from pages import _actions, _panel, _shared
from pages._passages import passage

MAP_HEIGHT = 340
FEW_NAMES = 8
LISTED = 25
EVERY = View(roles=frozenset(ROLES))
"""What counts on this page: every name, whatever it does in its sentence."""


def show(questions: Questions, view: View, place: Place, mentions: dict[str, int]) -> None:
    article = questions.corpus.articles.get(view.article or "")
    if article:
        _panel._article(questions, article, place.id)
        return
    alike = gazetteerview.homonyms(questions.corpus.gazetteer, place)
    _heading(questions, place)
    _map(questions, place, alike, mentions)
    _in_articles(questions, place)
    _sources(place)
    _names(place)
    _homonyms(questions, place, alike)
    _contents(questions, place, mentions)
    _passages(questions, view, place)


def _title(text: str) -> None:
    st.html(f'<h3 class="cmg-h">{_html(text)}</h3>')


def _html(text: str) -> str:
    return wording.escape(text)


def _paragraph(text: str) -> None:
    st.html(f'<p class="cmg-p" dir="auto">{_html(text)}</p>')


def _link(text: str, address: str | None) -> str:
    """Text as safe HTML, a link if there is an address of the web."""
    safe = gazetteerview.web_address(address)
    return f'<a href="{_html(safe)}" target="_blank" rel="noopener noreferrer">{_html(text)}</a>' if safe else _html(text)


def _table(label: str, head: list[tuple[str, str]], rows: list[list[str]]) -> None:
    """A table of cells that are safe HTML already. `head` is (class, text) of each column."""
    heads = "".join(f'<th scope="col" class="{kind}">{_html(text)}</th>' for kind, text in head)
    body = "".join(
        "<tr>" + "".join(f'<td class="{kind}">{cell}</td>' for (kind, _), cell in zip(head, row, strict=True)) + "</tr>"
        for row in rows
    )
    st.html(
        f'<div class="cm-scroll" role="region" tabindex="0" aria-label="{_html(label)}"><table class="cm-table">'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


# --- what and where it is -------------------------------------------------------------------------------------


def _heading(questions: Questions, place: Place) -> None:
    gazetteer = questions.corpus.gazetteer
    arabic = next((t.text for t in place.toponyms if t.lang == "ar"), "")
    beside = f' <span lang="ar" dir="rtl">{_html(arabic)}</span>' if arabic else ""
    country = gazetteerview.countries(place, gazetteerview.country_names(gazetteer))
    told = [wording.kind(place), *([country] if country else []), _extent(place)]
    links = " · ".join(_link(f"{label} ↗", address) for label, address in gazetteerview.links(place))
    st.html(
        f'<h2 style="margin:0;padding:0;font-size:1.6rem">{_html(place.title)}{beside}</h2>'
        f'<p class="cm-small cmg-links">{_html("; ".join(told))}{" · " + links if links else ""}</p>'
    )
    with st.container(horizontal=True, gap="small"):
        st.button("← All places", key="close-place", on_click=_actions.choose, args=(None,))
        if st.button("Show on the map", key="to-map"):
            st.switch_page(_shared.ROOT / "pages" / "map.py", query_params={"place": place.id})
    chain = gazetteerview.wider(gazetteer, place)
    if chain:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.html('<p class="cm-small">Part of</p>', width="content")
            for wider in chain:
                st.button(
                    wording.plain(wider.title), key=f"wider-{wider.id}", on_click=_actions.choose, args=(wider.id,),
                    help=wording.plain(wording.kind(wider)),
                )  # fmt: skip
    if place.note:
        _paragraph(f"Curator’s note: {place.note}")


def _is_country(place: Place) -> bool:
    return place.ftype.startswith("PCL")


def _extent(place: Place) -> str:
    if place.footprint and _is_country(place):
        return f"reaches up to {gazetteerview.kilometres(place.footprint.uncertainty_m / 1000)} from its label"
    return wording.extent(place)


def _map(questions: Questions, place: Place, alike: list[Homonym], mentions: dict[str, int]) -> None:
    camera = gazetteerview.camera(place)
    if camera is None:
        st.info("No source gives a position for this place, so it is drawn nowhere. Its name is found and counted all the same.")
        return
    if not gazetteerview.on_base_map(place):
        footprint = place.footprint
        assert footprint is not None
        st.caption(
            f"Outside the built-in map: longitude {footprint.longitude:.5f}, latitude {footprint.latitude:.5f} (degrees, WGS 84)."
        )
        return
    drawn = [other for other in (place, *(other.place for other in alike if other.place.drawn)) if not _is_country(other)]
    features = [made for other in drawn if (made := gazetteerview.feature(other, max(mentions.get(other.id, 0), 1)))]
    latitude, longitude, zoom = camera
    group = maplayer.command(
        View(place=place.id),
        maplayer.put(features),
        None,
        None,
        None,  # the address is Python's here: the browser's script leaves it alone
        st.context.theme.type == "dark",
        bool(st.session_state.get("online")),
    )

    def clicked(other: str) -> None:
        if other != st.query_params.get("place"):
            _actions.choose(other)

    _shared.show_map(questions, group, "place_map", MAP_HEIGHT, clicked, center=(latitude, longitude), zoom=zoom)
    st.caption(wording.plain(_on_the_map(place, drawn, mentions)))


def _on_the_map(place: Place, drawn: list[Place], mentions: dict[str, int]) -> str:
    shape = place.drawn
    footprint = place.footprint
    assert footprint is not None
    if _is_country(place):
        told = "A country is never drawn: a dot would name a spot that no article means. The base map shows where it is."
    elif shape == "area":
        edges = "An area, its border drawn simplified" if place.fclass == "A" else "An area with fuzzy edges"
        told = f"{edges}: what an article says of it may lie anywhere inside."
    elif shape == "line":
        told = "A line: what an article says of it may lie anywhere along it."
    elif shape is None:
        told = "The dot only carries the label; the dashed circle holds the whole of it. The map page does not draw it."
    else:
        told = "The dashed circle shows how far off the dot may be (zoom in if the dot hides it)."
    told += f" Label at longitude {footprint.longitude:.5f}, latitude {footprint.latitude:.5f} (degrees, WGS 84)."
    if any(other is not place for other in drawn):
        told += " Others of this name are drawn as well."
    if any(not mentions.get(other.id) for other in drawn):
        told += " What no article names is drawn as if it were named once."
    return told


# --- what the gazetteer knows ---------------------------------------------------------------------------------


def _sources(place: Place) -> None:
    _title("Where the sources put it")
    _paragraph(gazetteerview.agreement(place))
    points = gazetteerview.source_points(place)
    if not points:
        return
    rows = []
    for point in points:
        source = point.citation
        if point.km is None:
            where = ["–", "–", "no point of its own"]
        else:
            where = [f"{source.longitude:.5f}", f"{source.latitude:.5f}", gazetteerview.kilometres(point.km)]
        rows.append([_link(source.label, source.uri), _html(point.family), *map(_html, where)])
    head = [("", "Source"), ("", "Family"), ("n", "Longitude"), ("n", "Latitude"), ("n", "From the label")]
    _table("Each source’s own point", head, rows)


def _names(place: Place) -> None:
    rows = gazetteerview.name_rows(place)
    _title(f"Names ({len(rows)})")
    cells = []
    for name in rows:
        cells.append(
            [
                f'<span lang="{_html(name.tag)}" dir="auto">{_html(name.text)}</span>',
                _html(name.language),
                _html(name.kind),
                "looked for in texts" if name.looked_for else "by search only",
                "; ".join(_cited(source) for source in name.citations) or "–",
            ]
        )
    head = [("", "Form"), ("", "Language"), ("", "What it is"), ("nobreak", "Found"), ("", "Source")]
    _table("Names", head, cells[:FEW_NAMES])
    if len(cells) > FEW_NAMES:
        with st.expander(f"{len(cells) - FEW_NAMES} more names"):
            _table("More names", head, cells[FEW_NAMES:])


def _cited(source: Citation) -> str:
    return _link(source.label, source.uri)


def _homonyms(questions: Questions, place: Place, alike: list[Homonym]) -> None:
    if not alike:
        return
    _title(f"Other places with a name of this one ({len(alike)})")
    gazetteer = questions.corpus.gazetteer
    names = gazetteerview.country_names(gazetteer)
    with st.container(horizontal=True, gap="small", key="two-line-homonyms"):
        for other in alike:
            part = next((gazetteer.places[i].title for i in other.place.part_of if i in gazetteer.places), "")
            where = ", ".join(dict.fromkeys(t for t in (part, gazetteerview.countries(other.place, names)) if t))
            far = "distance unknown" if other.km is None else gazetteerview.kilometres(other.km) + " away"
            if other.direction and other.km:
                far = f"{gazetteerview.kilometres(other.km)} to the {other.direction}"
            shared = ", ".join(other.shared[:3]) + (" …" if len(other.shared) > 3 else "")
            told = " · ".join(t for t in (wording.kind(other.place), where, far, f"shares {shared}") if t)
            st.button(
                f"**{wording.plain(other.place.title)}** :small[{wording.plain(told)}]", key=f"alike-{other.place.id}",
                on_click=_actions.choose, args=(other.place.id,), wrap=True,
            )  # fmt: skip


def _contents(questions: Questions, place: Place, mentions: dict[str, int]) -> None:
    inside = gazetteerview.within(questions.corpus.gazetteer, place, mentions)
    if not inside:
        return
    _title(f"In it ({len(inside)})")
    key = f"inside-{place.id}"
    limit = st.session_state.get(key, LISTED)
    with st.container(horizontal=True, gap="small"):
        for other in inside[:limit]:
            number = mentions.get(other.id, 0)
            st.button(
                wording.plain(other.title) + (f" **{number}**" if number else ""), key=f"inside-{place.id}-{other.id}",
                on_click=_actions.choose, args=(other.id,),
                help=f"{wording.kind(other)}; {wording.plural(number, 'mention') if number else 'not named in these articles'}",
            )  # fmt: skip
        if len(inside) > limit:
            st.button(
                f"{min(LISTED, len(inside) - limit)} more of {len(inside) - limit}", key=f"more-{key}",
                on_click=lambda: st.session_state.update({key: limit + LISTED}),
            )  # fmt: skip


# --- what the articles say ------------------------------------------------------------------------------------


def _in_articles(questions: Questions, place: Place) -> None:
    count = next((count for count in questions.counts(EVERY) if count.place.id == place.id), None)
    if count is None:
        _paragraph("Not named in these articles.")
        return
    articles = questions.articles_of_place(replace(EVERY, place=place.id))
    _title("In the articles")
    _paragraph(
        f"{wording.plural(count.mentions, 'mention')} in {wording.plural(articles, 'article')}; "
        "the passages stand at the end of this page."
    )
    period = questions.corpus.period
    bins = questions.histogram(place.id, EVERY)
    if period is None or not any(number for _, _, number in bins):
        st.caption("None of these articles has a date, so there is nothing to show over time.")
    elif period[0] < period[1]:
        first, last = wording.day(period[0]), wording.day(period[1])
        st.html(
            wording.histogram(bins, period, period)
            + f'<p class="cm-small" style="display:flex;justify-content:space-between;margin:0 .5rem"><span>{first}</span><span>{last}</span></p>'
        )


def _passages(questions: Questions, view: View, place: Place) -> None:
    limit = st.session_state.get("shown", PAGE_LENGTH)
    number, hits = questions.passages(replace(EVERY, place=place.id), limit=limit)
    if not number:
        return
    _title(f"Passages ({number:,})")
    for hit in hits:
        passage(questions, view, hit)
    if number > len(hits):
        st.button(
            f"Show {min(PAGE_LENGTH, number - len(hits))} more of {number - len(hits):,}", key="more-passages",
            on_click=lambda: st.session_state.update(shown=limit + PAGE_LENGTH),
        )  # fmt: skip
