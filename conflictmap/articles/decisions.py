"""What people decided, kept beside the texts and laid over what the program found.

`decisions.jsonl` in the folder of articles: one JSON object a line, only ever appended to. Of two decisions about the same thing the later
one holds, so undoing is deciding again. There are two kinds: the date of an article (null: undated again), and a verdict on a mention:
accepted, rejected, or placed elsewhere (null: back to the program's own answer).
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from conflictmap import bundle
from conflictmap.articles.readers import parse_published
from conflictmap.errors import Problem, UsageError, error
from conflictmap.model import Article, Attestation, DayRange, Decision, MentionDecision, Quote, Verdict

FILE_NAME = "decisions.jsonl"
CONTEXT = 32
"""Code points before and after a mention that distinguish it from other mentions of the same words in the text."""
_POLL = 0.005
"""Seconds between two attempts to get the lock; a decision is written in about a millisecond."""


def decisions_file(folder: Path) -> Path:
    """The file that keeps the decisions about a folder of articles or an index: it lies in that folder.

    The articles inside an installed package are the exception, since the package may be read-only and an update replaces it: the user's own data
    folder keeps the decisions about them.
    """
    if bundle.installed() and folder.resolve() == bundle.home() / "articles":
        return bundle.user_data() / FILE_NAME
    return folder / FILE_NAME


def read_decisions(folder: Path, problems: list[Problem]) -> list[Decision | MentionDecision]:
    """The decisions about a folder in the order they were taken. A broken line is reported and skipped."""
    path = decisions_file(folder)
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as failure:
        problems.append(error(FILE_NAME, "", "", f"cannot be read: {failure.strerror or failure}"))
        return []
    decisions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            decisions.append(_decision(json.loads(line)))
        except (ValueError, KeyError, TypeError, RecursionError) as failure:
            problems.append(error(FILE_NAME, f"line {number}", "", f"not a decision, passed over: {failure!r}"))
    return decisions


def _decision(raw: dict[str, Any]) -> Decision | MentionDecision:
    article, text_hash, decided_at = str(raw["article"]), str(raw["text_hash"]), str(raw.get("decided_at", ""))
    if raw.get("decision", "published") == "published":
        return Decision(article, text_hash, parse_published(raw["published"], raw.get("published_best")), decided_at)
    if raw["decision"] != "mention":
        raise ValueError(f"unknown decision {raw['decision']!r}")
    verdict, place = raw["verdict"], raw.get("place")
    if verdict not in ("accepted", "rejected", "placed", None):
        raise ValueError(f"unknown verdict {verdict!r}")
    if (verdict in ("accepted", "placed")) != isinstance(place, str):
        raise ValueError("a mention is accepted or placed with a place, and rejected without one")
    quote = Quote(str(raw["exact"]), str(raw["prefix"]), str(raw["suffix"]))
    return MentionDecision(article, text_hash, quote, verdict, place, decided_at)


def decide_date(folder: Path, article: Article, published: DayRange | None) -> None:
    """Keep the date that a person gives an article (None: take it back). Raises UsageError if it cannot be written."""
    _append(
        folder,
        article,
        {
            "decision": "published",
            "published": None if published is None else written(published),
            "published_best": None if published is None else published.best.isoformat(),
        },
    )


def decide_mention(
    folder: Path, article: Article, span: tuple[int, int], verdict: Verdict | None, place: str | None = None
) -> None:
    """Keep what a person decides about the mention at a span (None: take it back). Raises UsageError if it cannot be written."""
    quote = quote_of(article.text, *span)
    parts = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    _append(folder, article, {"decision": "mention", **parts, "verdict": verdict, "place": place})


def quote_of(text: str, start: int, end: int) -> Quote:
    """The quote selector of a span."""
    return Quote(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def _append(folder: Path, article: Article, fields: dict[str, Any]) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    record = (
        {"decision": fields["decision"], "article": article.id, "text_hash": article.text_hash} | fields | {"decided_at": now}
    )
    line = json.dumps(record, ensure_ascii=False) + "\n"
    path = decisions_file(folder)
    try:
        if path.parent != folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not folder.is_dir():  # the lock would create it
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        with FileLock(f"{path}.lock", poll_interval=_POLL), path.open("ab+") as out:
            if out.seek(0, os.SEEK_END):
                out.seek(-1, os.SEEK_END)
                if out.read(1) != b"\n":
                    out.write(b"\n")
            out.write(line.encode())
            out.flush()
            os.fsync(out.fileno())
    except OSError as failure:
        raise UsageError(f"The decision cannot be kept in {path}: {failure.strerror or failure}") from failure


def written(published: DayRange) -> str:
    """A date as articles/README.md writes it: a day, or EDTF's one of a range."""
    if published.start == published.end:
        return published.start.isoformat()
    return f"[{published.start.isoformat()}..{published.end.isoformat()}]"


def apply_decisions(articles: Iterable[Article], decisions: Iterable[Decision | MentionDecision]) -> tuple[Article, ...]:
    """The articles with the dates that people gave them. A date of the article's own is never overruled here."""
    latest = {(d.article, d.text_hash): d for d in decisions if isinstance(d, Decision)}
    dated = []
    for article in articles:
        decision = latest.get((article.id, article.text_hash))
        if decision and decision.published and article.published is None:
            article = replace(article, published=decision.published, date_by_person=True)
        dated.append(article)
    return tuple(dated)


class Verdicts:
    """What people decided about mentions, ready to be laid over what the program found."""

    def __init__(self, decisions: Iterable[Decision | MentionDecision]) -> None:
        self._latest: dict[tuple[str, str], dict[Quote, MentionDecision]] = {}
        for decision in decisions:
            if isinstance(decision, MentionDecision):
                self._latest.setdefault((decision.article, decision.text_hash), {})[decision.quote] = decision

    def lay_over(self, article: Article, attestations: list[Attestation], places: Container[str]) -> list[Attestation]:
        """The attestations of an article with people's verdicts; a place that the gazetteer no longer has decides nothing."""
        decided = self._latest.get((article.id, article.text_hash))
        if not decided:
            return attestations
        return [self._decided(article, item, decided, places) for item in attestations]

    def _decided(
        self, article: Article, item: Attestation, decided: dict[Quote, MentionDecision], places: Container[str]
    ) -> Attestation:
        own = item.resolution
        decision = decided.get(quote_of(article.text, own.mention.start, own.mention.end))
        if decision is None or decision.verdict is None or (decision.place is not None and decision.place not in places):
            return item
        resolution = replace(
            own,
            place=decision.place,
            status="resolved" if decision.place else "rejected",
            reason="decided-by-person",
            verdict=decision.verdict,
            program=own,
        )
        return replace(item, resolution=resolution)
