"""The account of a view: where every mention of the corpus is, shown or not, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import date

from conflictmap.questions import conditions
from conflictmap.questions.database import CorpusDatabase
from conflictmap.questions.view import CLOCKS, EARLIEST, View


@dataclass(frozen=True, slots=True)
class Account:
    """Where every mention of the corpus is: nothing is dropped in silence.

    drawn + beside + ambiguous + unresolved + rejected count; out_of_period + left_out + other_sources + narrowed + other_roles +
    derived_off + suggested_off do not, each mention under the first of these reasons that applies; together they are the total.
    `undated` is how many count only because undated mentions are included, `articles` how many articles hold a mention that counts.
    """

    total: int
    drawn: int
    beside: int
    ambiguous: int
    unresolved: int
    rejected: int
    out_of_period: int
    left_out: int
    other_sources: int
    other_roles: int
    derived_off: int
    suggested_off: int
    undated: int
    articles: int
    narrowed: int = 0


_COUNTING = frozenset({"drawn", "beside", "ambiguous", "unresolved", "rejected"})
"""The parts of an account that count."""
_PARTS = tuple(field.name for field in fields(Account) if field.name not in ("total", "undated", "articles"))


def account(db: CorpusDatabase, view: View) -> Account:
    """How many mentions of the corpus the view shows, and why the others are not shown. A chosen place or article is ignored."""
    free = replace(view, place=None, article=None)
    return db.once(("account", free), lambda: _account(db, free))


def _account(db: CorpusDatabase, view: View) -> Account:
    first, last = view.days(db.corpus) or (EARLIEST, EARLIEST)
    number: Counter[str] = Counter()
    undated = 0
    for start, end, part, mentions in db.once(("parts", view.filter), lambda: _intervals(db, view)):
        if start is None or end is None:
            number[part if view.undated else "left_out"] += mentions
            undated += mentions if view.undated and part in _COUNTING else 0
        else:
            number[part if start <= last and end >= first else "out_of_period"] += mentions
    parts = {part: number[part] for part in _PARTS}
    return Account(total=number.total(), undated=undated, articles=_articles(db, view, first, last), **parts)


def _intervals(db: CorpusDatabase, view: View) -> list[tuple[date | None, date | None, str, int]]:
    """(first day, last day, part of the account, mentions) of each distinct interval, whatever the period.

    Moving the slider changes the period only; adding up a few thousand intervals is faster than querying all mentions again.
    """
    start, end = CLOCKS[view.clock]
    switched_off = "".join(
        f"when {basis} then '{part}' "
        for basis, part, on in (
            (conditions.DERIVED, "derived_off", view.derived),
            (conditions.SUGGESTED, "suggested_off", view.suggested),
        )
        if not on
    )
    return db.query(
        f"select {start}, {end}, case when not {conditions.passes('source', view)} then 'other_sources' "
        f"when not ({conditions.narrowed(view)}) then 'narrowed' "
        f"when not {conditions.passes('roles', view)} then 'other_roles' {switched_off}"
        "when feature is null then status when feature in (select id from drawn) then 'drawn' else 'beside' end, count(*) "
        "from attestations group by all",
        view,
    )


def _articles(db: CorpusDatabase, view: View, first: date, last: date) -> int:
    """How many articles hold a mention that counts."""
    if view.clock == "happened":  # an article has several event dates: counts by interval cannot be added up
        counted = db.query(f"select count(distinct article) from attestations where {conditions.counting(view)}", view)
        return int(counted[0][0])
    sql = f"select published_start, published_end, count(distinct article) from attestations where {conditions.chosen(view)} group by 1, 2"
    published = db.once(("articles by day", view.filter), lambda: db.query(sql, view))
    return sum(n for start, end, n in published if (view.undated if start is None else start <= last and end >= first))
