"""An article with all its mentions marked by kind, as safe HTML: each mention opens its reason and its rivals.

A mention is a <details> element: one click or key opens it, with no round trip and without a script.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from conflictmap.gazetteer import Gazetteer
from conflictmap.model import Article, Passage, TurnedDown
from conflictmap.screens import wording
from conflictmap.text import is_arabic
from conflictmap.vocabulary import REASONS, VETOES

KINDS = {
    "place": "town or site",
    "area": "area, line or country",
    "reference": "point of reference",
    "actor": "stands for a government",
    "dateline": "dateline",
    "derived": "worked out from other places",
    "suggested": "a description, no name: suggested",
    "ambiguous": "could be several places",
    "unresolved": "not in the gazetteer",
    "rejected": "a person says: no place",
    "turned-down": "the program says: no place",
}
"""How mentions are marked; each kind has its own underline and letter, so that colour alone never carries the meaning."""
LETTERS = {
    "place": "", "area": "▱", "reference": "↗", "actor": "⚑", "dateline": "⌂", "derived": "◌", "suggested": "≈", "ambiguous": "?", "unresolved": "∅", "rejected": "✕", "turned-down": "–",
}  # fmt: skip


def kind_of(mention: Mapping[str, Any], gazetteer: Gazetteer) -> str:
    """The kind, of KINDS, by which a mention (a row of Questions.mentions_of_article) is marked."""
    if mention["status"] != "resolved":
        return str(mention["status"])
    if mention["basis"] != "named" and not mention["verdict"]:
        return str(mention["basis"])
    if mention["role"] in ("reference", "actor", "dateline"):
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
    turned_down: Sequence[TurnedDown] = (),
) -> str:
    """The passages with their mentions marked; `current` is the number of the mention that stands out, from 0.

    `turned_down` are names to mark as no places, each with the rule that says so; none of them overlaps a mention.

    Where mentions overlap (a worked-out place holds its anchor), each stretch of text belongs to the one that begins last, the
    anchor; the other has what is left of it, and opens at its first piece.
    """
    parts = []
    number = 0
    for passage in passages:
        inside: list[int] = []
        while number < len(mentions) and mentions[number]["start"] < passage.end:
            if mentions[number]["start"] >= passage.start:
                inside.append(number)
            number += 1
        sources = {(m["attributed_start"], m["attributed_end"]) for m in (mentions[n] for n in inside) if m["attributed_to"]}
        times = {(m["event_words_start"], m["event_words_end"]) for m in (mentions[n] for n in inside) if m["told"]}
        html = []
        opened: set[int] = set()
        spans = [(n, mentions[n]["start"], mentions[n]["end"]) for n in inside]
        spans += [
            (len(mentions) + n, one.start, one.end)
            for n, one in enumerate(turned_down)
            if passage.start <= one.start < passage.end
        ]
        for left, right, owner in _pieces(passage, sorted(spans, key=lambda span: span[1])):
            if owner is not None and owner >= len(mentions):
                html.append(_turned_down(article.text[left:right], turned_down[owner - len(mentions)]))
            elif owner is None:
                html.append(wording.with_sources(article.text, left, right, sources, times))
            elif owner in opened or not article.text[left:right].strip():
                kind, now = kind_of(mentions[owner], gazetteer), " now" if owner == current else ""
                html.append(f'<span class="m {kind}{now}">{escape(article.text[left:right])}</span>')
            else:
                opened.add(owner)
                html.append(_mention(article.text[left:right], mentions[owner], gazetteer, owner == current))
        direction = "rtl" if is_arabic(article.text[passage.start : passage.end]) else "ltr"
        label = wording.source_of_text(article, passage.number)
        parts.append(f'<div class="cm-p" dir="{direction}" title="{escape(label)}">{"".join(html)}</div>')
    return f'<div class="cm-reader" lang="{escape(article.language)}">{"".join(parts)}</div>'


def _pieces(passage: Passage, spans: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int | None]]:
    """The passage cut at every end of its mentions: (start, end, number of the mention that it belongs to, if any).

    `spans` are (number, start, end) in text order; of those that begin alike the shortest has the text.
    """
    edges = sorted({passage.start, passage.end, *(at for _, left, right in spans for at in (left, min(right, passage.end)))})
    pieces: list[tuple[int, int, int | None]] = []
    waiting = deque(spans)
    holding: list[tuple[int, int, int]] = []
    for left, right in pairwise(edges):
        while waiting and waiting[0][1] <= left:
            number, begin, end = waiting.popleft()
            holding.append((begin, -end, number))
        holding = [held for held in holding if -held[1] >= right]
        owner = max(holding)[2] if holding else None
        if pieces and owner is not None and pieces[-1][2] == owner:
            pieces[-1] = (pieces[-1][0], right, owner)
        else:
            pieces.append((left, right, owner))
    return pieces


def _letter(kind: str) -> str:
    return f'<sup aria-hidden="true">{LETTERS[kind]}</sup>' if LETTERS[kind] else ""


def _mention(words: str, mention: Mapping[str, Any], gazetteer: Gazetteer, current: bool) -> str:
    kind = kind_of(mention, gazetteer)
    # Of what is worked out only the words before its anchor may be left: its letter must not stand between the two.
    told = _letter(kind) + escape(words) if kind == "derived" else escape(words) + _letter(kind)
    now = " now" if current else ""
    lines = "".join(f"<span>{escape(line)}</span>" for line in explanation(mention, gazetteer))
    return (
        f'<details class="m {kind}{now}"><summary title="{escape(KINDS[kind])}">{told}</summary>'
        f'<span class="card" dir="ltr" lang="en">{lines}</span></details>'
    )


def _turned_down(words: str, one: TurnedDown) -> str:
    kind = "turned-down"
    return (
        f'<details class="m {kind}"><summary title="{escape(KINDS[kind])}">{escape(words)}{_letter(kind)}</summary>'
        f'<span class="card" dir="ltr" lang="en"><span>Not taken for a place</span>'
        f"<span>Why: {escape(VETOES[one.rule])}.</span></span></details>"
    )


def explanation(mention: Mapping[str, Any], gazetteer: Gazetteer) -> list[str]:
    """What a mention was taken for, why, what role it plays, what it beat, and what a person decided; a line each."""
    place = gazetteer.places.get(mention["place"] or "")
    suggested = mention["basis"] == "suggested" and not mention["verdict"]
    if mention["derived"]:
        told = [wording.derived(mention["derived"], gazetteer) + "."]
    elif place:
        told = [f"{place.title} ({wording.kind(place)}){': suggested' if suggested else ''}"]
    else:
        told = [KINDS[mention["status"]].capitalize()]
    if mention["verdict"]:
        own = gazetteer.places.get(mention["program_place"] or "")
        answer = f"{own.title}: {REASONS[mention['program_reason']]}" if own else REASONS[mention["program_reason"]]
        told += [f"Decided by a person ({VERDICTS[mention['verdict']]}).", f"The program's own answer: {answer}."]
    else:
        sure = wording.sureness(mention["certainty"], mention["reason"]) if mention["basis"] == "named" else ""
        told.append(f"Why: {REASONS[mention['reason']]}{f' ({sure})' if sure else ''}.")
    if mention["attributed_to"]:
        told.append(f"Attributed to: {' '.join(mention['attributed_to'].split())}.")
    if mention["told"]:
        told.append(f"{wording.tells([mention['told']]).capitalize()}.")
        told += wording.dating([mention["told"]])
    if wording.ROLES.get(mention["role"]):
        told.append(f"{wording.ROLES[mention['role']].capitalize()}.")
    rivals = [gazetteer.places[i] for i in mention["candidates"] if i != mention["place"] and i in gazetteer.places]
    if rivals:
        more = f" and {len(rivals) - 5} more" if len(rivals) > 5 else ""
        told.append("Rivals: " + "; ".join(f"{rival.title}, {wording.kind(rival)}" for rival in rivals[:5]) + more + ".")
    return told


VERDICTS = {"accepted": "accepted", "rejected": "no place", "placed": "another place"}
"""A person's verdict in words."""
