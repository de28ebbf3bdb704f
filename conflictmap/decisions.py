"""What people decided, kept beside the texts and laid over what the program found.

`decisions.jsonl` in the folder of articles: one JSON object a line, only ever appended to; of two decisions about
one thing the later holds, so undoing is deciding again. A decision is keyed by article id and the text's hash.
So far there is one kind: the date of an article (null: undated again).
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from conflictmap.articles import parse_published
from conflictmap.errors import Problem, UsageError, error
from conflictmap.model import Article, DayRange, Decision

FILE_NAME = "decisions.jsonl"


def read_decisions(folder: Path, problems: list[Problem]) -> list[Decision]:
    """The decisions of a folder in the order they were taken. A broken line is reported and passed over."""
    path = folder / FILE_NAME
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
            raw = json.loads(line)
            published = parse_published(raw["published"], raw.get("published_best"))
            decisions.append(Decision(str(raw["article"]), str(raw["text_hash"]), published, str(raw.get("decided_at", ""))))
        except (ValueError, KeyError, TypeError, RecursionError) as failure:
            problems.append(error(FILE_NAME, f"line {number}", "", f"not a decision, passed over: {failure!r}"))
    return decisions


def decide_date(folder: Path, article: Article, published: DayRange | None) -> None:
    """Keep the date that a person gives an article (None: take it back). Raises UsageError if it cannot be written."""
    record = {
        "decision": "published",
        "article": article.id,
        "text_hash": article.text_hash,
        "published": None if published is None else written(published),
        "published_best": None if published is None else published.best.isoformat(),
        "decided_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    line = json.dumps(record, ensure_ascii=False) + "\n"
    try:
        with (folder / FILE_NAME).open("ab+") as out:
            fcntl.flock(out, fcntl.LOCK_EX)
            if out.seek(0, os.SEEK_END):
                out.seek(-1, os.SEEK_END)
                if out.read(1) != b"\n":
                    out.write(b"\n")
            out.write(line.encode())
            out.flush()
            os.fsync(out.fileno())
    except OSError as failure:
        raise UsageError(f"The date cannot be kept in {folder / FILE_NAME}: {failure.strerror or failure}") from failure


def written(published: DayRange) -> str:
    """A date as articles/README.md writes it: a day, or EDTF's one of a range."""
    if published.start == published.end:
        return published.start.isoformat()
    return f"[{published.start.isoformat()}..{published.end.isoformat()}]"


def apply_decisions(articles: Iterable[Article], decisions: Iterable[Decision]) -> tuple[Article, ...]:
    """The articles with the dates that people gave them. A date of the article's own is never overruled here."""
    latest = {(decision.article, decision.text_hash): decision for decision in decisions}
    dated = []
    for article in articles:
        decision = latest.get((article.id, article.text_hash))
        if decision and decision.published and article.published is None:
            article = replace(article, published=decision.published, date_by_person=True)
        dated.append(article)
    return tuple(dated)
