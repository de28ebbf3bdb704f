"""Questions about one place's passages, and one article's mentions: what a reader reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

from conflictmap.geoparser import Geoparser
from conflictmap.model import Article, TimeExpression, TimeInterval, Told, TurnedDown
from conflictmap.questions import conditions
from conflictmap.questions.asking import Asking
from conflictmap.questions.view import View

PAGE_LENGTH = 10
"""Passages shown at a time."""
TOLD_COLUMNS = (
    "event_start", "event_end", "event_kind", "date_precision", "event_words_start", "event_words_end", "event_rule", "event_link",
)  # fmt: skip
"""The columns of the index that tell when what is told happened; told_of reads them."""
_OF_PASSAGE = (
    "article", "passage", "passage_start", "passage_end", "start", "end", "surface", "reason", "role", "program_place",
    "program_reason", "basis", "certainty", "attributed_start", "attributed_end", *TOLD_COLUMNS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aside:
    """Mentions of the chosen place that the period holds and something else leaves out."""

    other_roles: int
    other_sources: int
    suggested: int
    narrowed: int = 0


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that names the chosen place: spans are (start, end) in the article's text, all else is told for each span.

    `sources` are the spans of who says so, where the text says it.
    """

    article: Article
    number: int
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    surfaces: tuple[str, ...]
    reasons: tuple[str, ...]
    roles: tuple[str, ...]
    own: tuple[tuple[str | None, str], ...]
    """The program's own answer for each span: place id (None: none) and reason; the same as above unless a person decided."""
    bases: tuple[str, ...]
    certainties: tuple[str, ...]
    sources: tuple[tuple[int, int] | None, ...]
    told: tuple[Told | None, ...] = ()


class PassageHits(Asking):
    """The passages that name a place, and what the period or a filter leaves out of them."""

    def passages(self, view: View, limit: int = PAGE_LENGTH, offset: int = 0) -> tuple[int, list[PassageHit]]:
        """(how many, one page of) the passages of the period that name the chosen place, newest first, undated last."""
        best = "any_value(published_best)" if view.clock == "published" else "max(event_end)"
        found = self._ask(
            f"select list(row), {best} as best, count(*) over () from of_place where {conditions.counting(view)} group by article, passage "
            "order by best desc nulls last, article, passage limit $limit offset $offset",
            view,
            limit=limit,
            offset=offset,
        )
        if not found:
            return (self.passages(view, 1)[0] if offset else 0), []
        held = iter(self.corpus.rows([row for rows, *_ in found for row in rows], _OF_PASSAGE))
        passages_rows = [sorted(islice(held, len(rows)), key=itemgetter("start", "end")) for rows, *_ in found]
        articles = self.corpus.read(row["article"] for row, *_ in passages_rows)
        return found[0][-1], [self._hit(articles[rows[0]["article"]], rows) for rows in passages_rows]

    def _hit(self, article: Article, rows: Sequence[Mapping[str, Any]]) -> PassageHit:
        """What the rows of one passage tell, in the order of the text."""
        passage = rows[0]
        return PassageHit(
            article,
            passage["passage"],
            passage["passage_start"],
            passage["passage_end"],
            spans=tuple((row["start"], row["end"]) for row in rows),
            surfaces=tuple(row["surface"] for row in rows),
            reasons=tuple(row["reason"] for row in rows),
            roles=tuple(row["role"] for row in rows),
            own=tuple((row["program_place"], row["program_reason"]) for row in rows),
            bases=tuple(row["basis"] for row in rows),
            certainties=tuple(row["certainty"] for row in rows),
            sources=tuple(
                None if row["attributed_start"] is None else (row["attributed_start"], row["attributed_end"]) for row in rows
            ),
            told=tuple(told_of(article.text, [row[name] for name in TOLD_COLUMNS]) for row in rows),
        )

    def mentions_of_place(self, view: View) -> int:
        """How many mentions of the chosen place are in the period."""
        return int(self._ask(f"select count(*) from of_place where {conditions.counting(view)}", view)[0][0])

    def articles_of_place(self, view: View) -> int:
        """How many articles name the chosen place in the period."""
        return int(self._ask(f"select count(distinct article) from of_place where {conditions.counting(view)}", view)[0][0])

    def outside_period(self, view: View) -> int:
        """How many mentions of the chosen place the period leaves out, of those that would count else."""
        return int(
            self._ask(
                f"select count(*) from of_place where not {conditions.in_period(view)} and {conditions.chosen(view)}", view
            )[0][0]
        )

    def aside(self, view: View) -> Aside:
        """The mentions of the chosen place in the period that do not count for another reason, each for the first that holds."""
        source, role, narrowed = conditions.passes("source", view), conditions.passes("roles", view), conditions.narrowed(view)
        off = "false" if view.suggested else conditions.SUGGESTED
        (roles, sources, out, suggested), *_ = self._ask(
            f"select count(*) filter ({source} and {narrowed} and not {role}), count(*) filter (not {source}), "
            f"count(*) filter ({source} and not ({narrowed})), count(*) filter ({source} and {narrowed} and {role} and {off}) "
            f"from of_place where {conditions.in_period(view)}",
            view,
        )
        return Aside(roles, sources, suggested, out)

    def turned_down(self, article_id: str) -> list[TurnedDown]:
        """The gazetteer's names in an article that a rule took for no place, in text order; what a mention covers is left out.

        The article is parsed again for it: an index keeps what was found, not what was turned down.
        """
        article = self.corpus.articles[article_id]
        mentions = self.mentions_of_article(article_id)
        geoparser = self.once("geoparser", lambda: Geoparser(self.corpus.gazetteer))
        return [
            one
            for one in self.once(("turned down", article_id), lambda: geoparser.explain(article))
            if not any(row["start"] < one.end and one.start < row["end"] for row in mentions)
        ]

    def mentions_of_article(self, article_id: str) -> list[dict[str, Any]]:
        """All mentions of one article in text order, whatever their role or basis, as rows of the index.

        `derived` is the footprint itself; of those that begin alike, the named one comes first.
        """
        names = (
            "passage", "start", "end", "surface", "place", "feature", "status", "basis", "role", "reason", "certainty", "candidates",
            "attributed_to", "attributed_start", "attributed_end", "verdict", "program_place", "program_status", "program_reason",
            *TOLD_COLUMNS,
        )  # fmt: skip
        columns = ", ".join(f'"{name}"' for name in names)
        rows = self._ask(
            f"select {columns} from attestations where article = $article order by start, basis <> 'named', \"end\"",
            View(),
            article=article_id,
        )
        found = [dict(zip(names, row, strict=True)) for row in rows]
        text = self.corpus.articles[article_id].text if article_id in self.corpus.articles else ""
        return [
            row
            | {
                "derived": self.corpus.derived.get(row["feature"] or ""),
                "told": told_of(text, [row[name] for name in TOLD_COLUMNS]),
            }
            for row in found
        ]


def told_of(text: str, row: Sequence[Any]) -> Told | None:
    """When what is told happened, from a row's event_start, _end, _kind, date_precision, event_words_start, _end, _rule, _link."""
    start, end, kind, precision, words_start, words_end, rule, link = row
    if start is None:
        return None
    interval = TimeInterval(start, end, kind, precision)
    return Told(TimeExpression(words_start, words_end, text[words_start:words_end], interval, rule), link)
