"""An article with all its mentions marked by kind, as safe HTML: each mention opens its reason and its rivals.

A mention is a <details> element: one click or key opens it, with no round trip and without a script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from conflictmap import wording
from conflictmap.gazetteer import Gazetteer
from conflictmap.model import Article, Passage
from conflictmap.resolution import REASONS
from conflictmap.text import is_arabic

KINDS = {
    "place": "town or site",
    "area": "area, line or country",
    "reference": "point of reference",
    "actor": "stands for a government",
    "ambiguous": "could be several places",
    "unresolved": "not in the gazetteer",
    "rejected": "a person says: no place",
}
"""How mentions are marked; each kind has its own underline and letter, so that none is told by colour alone."""
LETTERS = {
    "place": "", "area": "▱", "reference": "↗", "actor": "⚑", "ambiguous": "?", "unresolved": "∅", "rejected": "✕",
}  # fmt: skip


def kind_of(mention: Mapping[str, Any], gazetteer: Gazetteer) -> str:
    """The kind, of KINDS, by which a mention (a row of Questions.mentions_of_article) is marked."""
    if mention["status"] != "resolved":
        return str(mention["status"])
    if mention["role"] in ("reference", "actor"):
        return str(mention["role"])
    return "place" if gazetteer.places[mention["place"]].drawn == "dot" else "area"


def legend(kinds: Sequence[str]) -> str:
    """What the marks mean, for the kinds that occur."""
    items = "".join(
        f'<li><span class="m {kind}">Name{_letter(kind)}</span> {KINDS[kind]}</li>' for kind in KINDS if kind in kinds
    )
    return f'<ul class="cm-legend" aria-label="What the marks mean">{items}</ul>'


def article_html(
    article: Article,
    passages: Sequence[Passage],
    mentions: Sequence[Mapping[str, Any]],
    gazetteer: Gazetteer,
    current: int | None,
) -> str:
    """The passages with their mentions marked; `current` is the number of the mention that stands out, from 0."""
    parts = []
    number = 0
    for passage in passages:
        position = passage.start
        inside = []
        while number < len(mentions) and mentions[number]["start"] < passage.end:
            mention = mentions[number]
            if mention["start"] >= passage.start:
                inside.append(escape(article.text[position : mention["start"]]))
                inside.append(_mention(article, mention, gazetteer, number == current))
                position = mention["end"]
            number += 1
        inside.append(escape(article.text[position : passage.end]))
        direction = "rtl" if is_arabic(article.text[passage.start : passage.end]) else "ltr"
        label = wording.source_of_text(article, passage.number)
        parts.append(f'<div class="cm-p" dir="{direction}" title="{escape(label)}">{"".join(inside)}</div>')
    return f'<div class="cm-reader" lang="{escape(article.language)}">{"".join(parts)}</div>'


def _letter(kind: str) -> str:
    return f'<sup aria-hidden="true">{LETTERS[kind]}</sup>' if LETTERS[kind] else ""


def _mention(article: Article, mention: Mapping[str, Any], gazetteer: Gazetteer, current: bool) -> str:
    kind = kind_of(mention, gazetteer)
    surface = escape(article.text[mention["start"] : mention["end"]])
    now = " now" if current else ""
    lines = "".join(f"<span>{escape(line)}</span>" for line in explanation(mention, gazetteer))
    return (
        f'<details class="m {kind}{now}"><summary title="{escape(KINDS[kind])}">{surface}{_letter(kind)}</summary>'
        f'<span class="card" dir="ltr" lang="en">{lines}</span></details>'
    )


def explanation(mention: Mapping[str, Any], gazetteer: Gazetteer) -> list[str]:
    """What a mention was taken for, why, what role it plays, what it beat, and what a person decided; a line each."""
    place = gazetteer.places.get(mention["place"] or "")
    told = [f"{place.title} ({wording.kind(place)})" if place else KINDS[mention["status"]].capitalize()]
    if mention["verdict"]:
        own = gazetteer.places.get(mention["program_place"] or "")
        answer = f"{own.title}: {REASONS[mention['program_reason']]}" if own else REASONS[mention["program_reason"]]
        told += [f"Decided by a person ({VERDICTS[mention['verdict']]}).", f"The program's own answer: {answer}."]
    else:
        told.append(f"Why: {REASONS[mention['reason']]}.")
    if wording.ROLES.get(mention["role"]):
        told.append(f"{wording.ROLES[mention['role']].capitalize()}.")
    rivals = [gazetteer.places[i] for i in mention["candidates"] if i != mention["place"] and i in gazetteer.places]
    if rivals:
        more = f" and {len(rivals) - 5} more" if len(rivals) > 5 else ""
        told.append("Rivals: " + "; ".join(f"{rival.title}, {wording.kind(rival)}" for rival in rivals[:5]) + more + ".")
    return told


VERDICTS = {"accepted": "accepted", "rejected": "no place", "placed": "another place"}
"""A person's verdict in words."""
