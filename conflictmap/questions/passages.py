"""The passages that mention the chosen place, and what the view leaves out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

from conflictmap.index import TOLD_COLUMNS, told_of
from conflictmap.model import Article, Told
from conflictmap.questions import conditions
from conflictmap.questions.database import CorpusDatabase
from conflictmap.questions.view import View

PAGE_LENGTH = 10
"""Passages shown at a time."""
_COLUMNS = (
    "article", "passage", "passage_start", "passage_end", "start", "end", "surface", "reason", "role", "program_place",
    "program_reason", "basis", "certainty", "attributed_start", "attributed_end", *TOLD_COLUMNS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aside:
    """How many mentions of the chosen place lie in the period but are left out, each under the first reason that applies."""

    other_roles: int
    other_sources: int
    suggested: int
    narrowed: int = 0


@dataclass(frozen=True, slots=True)
class MentionHit:
    """A mention of the chosen place. Spans are (start, end) in code points of the article's text.

    `own_place` (None: no place) and `own_reason` are the program's answer; they differ from the place and `reason` where a person
    decided. `source` is the span of who says so, `told` when what is told happened; None if the text does not say.
    """

    span: tuple[int, int]
    surface: str
    reason: str
    role: str
    own_place: str | None
    own_reason: str
    basis: str
    certainty: str
    source: tuple[int, int] | None = None
    told: Told | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any], text: str) -> MentionHit:
        """The mention of a row of the index, in the article's text."""
        return cls(
            span=(row["start"], row["end"]),
            surface=row["surface"],
            reason=row["reason"],
            role=row["role"],
            own_place=row["program_place"],
            own_reason=row["program_reason"],
            basis=row["basis"],
            certainty=row["certainty"],
            source=None if row["attributed_start"] is None else (row["attributed_start"], row["attributed_end"]),
            told=told_of(text, row),
        )


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage, text[start:end] of its article, with its mentions of the chosen place in text order."""

    article: Article
    number: int
    start: int
    end: int
    mentions: tuple[MentionHit, ...]

    @classmethod
    def of(cls, article: Article, rows: Sequence[Mapping[str, Any]]) -> PassageHit:
        """The passage of some rows of the index, one a mention in text order."""
        passage = rows[0]
        mentions = tuple(MentionHit.of(row, article.text) for row in rows)
        return cls(article, passage["passage"], passage["passage_start"], passage["passage_end"], mentions)


def passages(db: CorpusDatabase, view: View, limit: int = PAGE_LENGTH, offset: int = 0) -> tuple[int, list[PassageHit]]:
    """(how many there are, `limit` of them from `offset` on) of the passages that count; newest first, undated last."""
    best = "any_value(published_best)" if view.clock == "published" else "max(event_end)"
    found = db.query_place(
        f"select list(row), {best} as best, count(*) over () from of_place where {conditions.counting(view)} group by article, passage "
        "order by best desc nulls last, article, passage limit $limit offset $offset",
        view,
        limit=limit,
        offset=offset,
    )
    if not found:
        return (passages(db, view, 1)[0] if offset else 0), []
    rows = iter(db.corpus.rows([row for numbers, *_ in found for row in numbers], _COLUMNS))
    by_passage = [sorted(islice(rows, len(numbers)), key=itemgetter("start", "end")) for numbers, *_ in found]
    articles = db.corpus.read(first["article"] for first, *_ in by_passage)
    return found[0][-1], [PassageHit.of(articles[rows[0]["article"]], rows) for rows in by_passage]


def mentions_of_place(db: CorpusDatabase, view: View) -> int:
    """How many mentions of the chosen place count."""
    return int(db.query_place(f"select count(*) from of_place where {conditions.counting(view)}", view)[0][0])


def articles_of_place(db: CorpusDatabase, view: View) -> int:
    """How many articles hold a mention of the chosen place that counts."""
    return int(db.query_place(f"select count(distinct article) from of_place where {conditions.counting(view)}", view)[0][0])


def outside_period(db: CorpusDatabase, view: View) -> int:
    """How many mentions of the chosen place do not count only because they lie outside the period."""
    sql = f"select count(*) from of_place where not {conditions.in_period(view)} and {conditions.chosen(view)}"
    return int(db.query_place(sql, view)[0][0])


def aside(db: CorpusDatabase, view: View) -> Aside:
    """How many mentions of the chosen place lie in the period but do not count, and why."""
    source, role, narrowed = conditions.passes("source", view), conditions.passes("roles", view), conditions.narrowed(view)
    off = "false" if view.suggested else conditions.SUGGESTED
    (roles, sources, out, suggested), *_ = db.query_place(
        f"select count(*) filter ({source} and {narrowed} and not {role}), count(*) filter (not {source}), "
        f"count(*) filter ({source} and not ({narrowed})), count(*) filter ({source} and {narrowed} and {role} and {off}) "
        f"from of_place where {conditions.in_period(view)}",
        view,
    )
    return Aside(roles, sources, suggested, out)
