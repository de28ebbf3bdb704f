"""Accuracy on gold files of time expressions: which are found, which days they stand for, which of them date which name of a place.

An expression is found if one of ours that nothing else claims shares a code point with it. The links are judged apart from the
geoparser: for the places that the gold marks, not for those that we find. The format: tests/data/gold/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from conflictmap.articles import parse_published
from conflictmap.errors import DataError, Problem, error
from conflictmap.evaluation.accuracy.gold import Fields, records
from conflictmap.evaluation.accuracy.spans import Span, common, in_context, pairs
from conflictmap.geoparser import Teller, link
from conflictmap.model import Article, DayRange, IntervalKind, Precision, TimeExpression, TimeInterval, Told
from conflictmap.text import passages

HALF = 0.5
"""An interval is right by half if the days that it shares with the marked one are so much of the days of both together."""
UNDATED = "undated"
"""Stands for the rule of a link where there is no link."""


@dataclass(frozen=True, slots=True)
class GoldTime:
    """A marked time expression, and the days that it means."""

    start: int
    end: int
    interval: TimeInterval


@dataclass(frozen=True, slots=True)
class GoldLink:
    """A marked name of a place, and the number of the expression that dates the event there (None: none does)."""

    start: int
    end: int
    time: int | None


@dataclass(frozen=True, slots=True)
class TimeText:
    """A text with the day of its publication, its time expressions and its places."""

    id: str
    published: DayRange | None
    text: str
    times: tuple[GoldTime, ...]
    links: tuple[GoldLink, ...]


@dataclass
class TimeGold:
    """What a gold file of time expressions holds, and what is wrong with it."""

    texts: list[TimeText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Tally:
    """A row of a table: how many of ours, how many of them are marked, how many are right."""

    ours: int = 0
    marked: int = 0
    right: int = 0


@dataclass
class TimeScore:
    """Counts over a gold set, and the mistakes in words.

    Of the `times` marked, `found` by overlap; of those, `exact` have both days right and `half` share half of the days or more; of the
    exact, `told` have kind and precision right too. Of `ours`, `noise` are marked nowhere. Of the `links`, `dated` have an expression.
    """

    times: int = 0
    ours: int = 0
    found: int = 0
    noise: int = 0
    exact: int = 0
    half: int = 0
    told: int = 0
    links: int = 0
    links_right: int = 0
    dated: int = 0
    dated_right: int = 0
    by_rule: dict[str, Tally] = field(default_factory=dict)
    by_link: dict[str, Tally] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The shares by name, greater being better; what never came up is left out. The intervals are of all marked."""
        found: dict[str, float] = {}
        if self.times:
            found["times found"] = self.found / self.times
            found["intervals right"] = self.exact / self.times
            found["intervals right by half"] = self.half / self.times
        if self.ours:
            found["times are marked"] = self.found / self.ours
        if self.exact:
            found["kind and precision right"] = self.told / self.exact
        if self.links:
            found["links right"] = self.links_right / self.links
        return found


# --- reading --------------------------------------------------------------------------------------------------


def parse_times(file: str, data: bytes) -> TimeGold | None:
    """The texts of a gold file of time expressions; None if its first record is of another kind."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if not _marks_times(text.split("\n")):
        return None
    gold = TimeGold()
    gold.texts += records(file, text, _record, gold.problems)
    return gold


def _marks_times(lines: Iterable[str]) -> bool:
    """Whether the first line that is a record marks times and no toponyms."""
    for line in lines:
        if line.lstrip().startswith("{"):
            try:
                fields = json.loads(line)
            except (ValueError, RecursionError):
                continue
            return "times" in fields and "toponyms" not in fields
    return False


def _record(file: str, record: str, fields: Any) -> TimeText:
    if not isinstance(fields, dict):
        raise DataError(error(file, record, "", "not a JSON object"))
    text = fields.get("text")
    if not isinstance(text, str):
        raise DataError(error(file, record, "text", "missing, or not text"))
    read = Fields(file, record, text)
    day = fields.get("published", ...)
    if day is not None and not isinstance(day, str):
        raise read.wrong("published", "missing, or neither a day nor null")
    try:
        published = parse_published(day)
    except ValueError as failure:
        raise read.wrong("published", str(failure)) from failure
    times = tuple(_time(read, where, one) for where, one in read.items(fields, "times", needed=True))
    links = tuple(_link(read, where, one, len(times)) for where, one in read.items(fields, "links", needed=True))
    return TimeText(str(fields.get("id", record)), published, text, times, links)


def _time(read: Fields, where: str, fields: dict[str, Any]) -> GoldTime:
    start, end = read.surface(where, fields)
    first, last = (_day(read, f"{where}.{name}", fields.get(name)) for name in ("from", "to"))
    if first > last:
        raise read.wrong(where, f"ends on {last}, before it begins on {first}")
    kind: Any = fields.get("kind")
    precision: Any = fields.get("precision")
    if kind not in get_args(IntervalKind):
        raise read.wrong(f"{where}.kind", f"{kind!r} is none of {', '.join(get_args(IntervalKind))}")
    if precision not in get_args(Precision):
        raise read.wrong(f"{where}.precision", f"{precision!r} is none of {', '.join(get_args(Precision))}")
    return GoldTime(start, end, TimeInterval(first, last, kind, precision))


def _day(read: Fields, where: str, value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError):
        raise read.wrong(where, f"{str(value)[:40]!r} is no day (YYYY-MM-DD)") from None


def _link(read: Fields, where: str, fields: dict[str, Any], times: int) -> GoldLink:
    start, end = read.surface(where, fields)
    time = fields.get("time", ...)
    if time is not None and (type(time) is not int or not 0 <= time < times):
        raise read.wrong(f"{where}.time", "is neither the number of one of the times, from 0, nor null")
    return GoldLink(start, end, time)


# --- measuring ------------------------------------------------------------------------------------------------


def evaluate_times(texts: Iterable[TimeText]) -> TimeScore:
    """Read the time expressions of each text, link them to the places marked, and compare."""
    score = TimeScore()
    for text in texts:
        compare_times(text, *_read(text), score)
    return score


def _read(text: TimeText) -> tuple[list[TimeExpression], list[Told | None]]:
    """What we find in a text: the expressions, and what dates each of the places marked."""
    teller = Teller(text.published)
    found: list[TimeExpression] = []
    told: list[Told | None] = [None] * len(text.links)
    waiting = sorted(range(len(text.links)), key=lambda number: text.links[number].start, reverse=True)
    for passage in passages(Article(text.id, "", None, text.text)):
        expressions = teller.expressions(text.text, passage.start, passage.end)
        found += [expression for expression, _ in expressions]
        inside = []
        while waiting and text.links[waiting[-1]].start < passage.end:
            inside.append(waiting.pop())
        spans = [(text.links[number].start, text.links[number].end) for number in inside]
        for number, one in zip(inside, link(text.text, passage.start, passage.end, expressions, spans), strict=True):
            told[number] = one
    return found, told


def compare_times(text: TimeText, ours: Sequence[TimeExpression], told: Sequence[Told | None], score: TimeScore) -> None:
    """Add to the score what was found in one text; `told` holds the answer to each of its links."""
    comparison = _Comparison(text, score)
    comparison.expressions(ours)
    for wanted, found in zip(text.links, told, strict=True):
        comparison.link(wanted, found)


@dataclass(frozen=True, slots=True)
class _Comparison:
    text: TimeText
    score: TimeScore

    def mistake(self, kind: str, span: Span, told: str) -> None:
        self.score.mistakes.append(f"{kind:<7} {self.text.id}: {in_context(self.text.text, span)} {told}")

    def expressions(self, ours: Sequence[TimeExpression]) -> None:
        score = self.score
        score.times += len(self.text.times)
        score.ours += len(ours)
        found = pairs(self.text.times, ours)
        for number, wanted in enumerate(self.text.times):
            if number in found:
                self._interval(wanted, ours[found[number]])
            else:
                self.mistake("missed", wanted, f"is {_words(wanted.interval)}")
        used = set(found.values())
        for number, one in enumerate(ours):
            row = score.by_rule.setdefault(one.rule, Tally())
            row.ours += 1
            row.marked += number in used
            if number not in used:
                score.noise += 1
                self.mistake("noise", one, f"-> {_words(one.interval)} ({one.rule})")

    def _interval(self, wanted: GoldTime, found: TimeExpression) -> None:
        score, ours = self.score, found.interval
        score.found += 1
        score.half += _likeness(wanted.interval, ours) >= HALF
        if not _same_days(wanted.interval, ours):
            self.mistake("days", wanted, f"-> {_words(ours)} ({found.rule}), is {_words(wanted.interval)}")
            return
        score.exact += 1
        score.by_rule.setdefault(found.rule, Tally()).right += 1
        score.told += ours == wanted.interval
        if ours != wanted.interval:
            self.mistake("kind", wanted, f"-> {_words(ours)} ({found.rule}), is {_words(wanted.interval)}")

    def link(self, wanted: GoldLink, found: Told | None) -> None:
        score = self.score
        time = None if wanted.time is None else self.text.times[wanted.time]
        if time is None or found is None:
            right = time is None and found is None
        else:
            right = common(time, found.expression) > 0 or _same_days(time.interval, found.expression.interval)
        score.links += 1
        score.links_right += right
        score.dated += time is not None
        score.dated_right += time is not None and right
        row = score.by_link.setdefault(found.link if found else UNDATED, Tally())
        row.ours += 1
        row.marked += (time is None) == (found is None)
        row.right += right
        if not right:
            is_ours = f"{found.expression.surface!r} ({found.link})" if found else UNDATED
            self.mistake(
                "link",
                wanted,
                f"-> {is_ours}, is {self.text.text[time.start : time.end]!r}" if time else f"-> {is_ours}, is {UNDATED}",
            )


def _same_days(one: TimeInterval, other: TimeInterval) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _likeness(one: TimeInterval, other: TimeInterval) -> float:
    """The days that both have, as a share of the days that either has."""
    shared = max(0, (min(one.end, other.end) - max(one.start, other.start)).days + 1)
    return shared / ((one.end - one.start).days + (other.end - other.start).days + 2 - shared)


def _words(interval: TimeInterval) -> str:
    days = f"{interval.start}" if interval.start == interval.end else f"{interval.start} to {interval.end}"
    return f"{days}, {interval.kind}, {interval.precision}"


# --- telling --------------------------------------------------------------------------------------------------


def summary_of_times(name: str, score: TimeScore) -> str:
    """The chief figures, in a line."""
    return (
        f"{name}: {score.times} time expressions, {score.found} found, {score.exact} intervals right, "
        f"{score.links_right} of {score.links} links right, {score.noise} dated noise"
    )


def tables_of_times(score: TimeScore) -> Iterator[str]:
    """All the figures of a gold set, in lines."""
    yield f"  expressions: {_part(score.found, score.times)} found"
    yield f"  dated noise: {score.noise} of {score.ours} of ours are marked nowhere"
    yield f"  intervals right: {_part(score.exact, score.times)} exactly, {_part(score.half, score.times)} by half or more"
    yield f"  kind and precision right: {_part(score.told, score.exact)} exact"
    undated = score.links - score.dated
    yield (
        f"  links right: {_part(score.links_right, score.links)}; of the dated {_part(score.dated_right, score.dated)}, "
        f"of the undated {_part(score.links_right - score.dated_right, undated)}"
    )
    yield from _table(("rule", "ours", "marked", "days right"), score.by_rule)
    yield from _table(("link", "ours", "dated alike", "right"), score.by_link)


def _part(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.3f})" if whole else "0 of 0"


def _table(heads: tuple[str, str, str, str], rows: Mapping[str, Tally]) -> Iterator[str]:
    if not rows:
        return
    width = max(len(heads[0]), *map(len, rows))
    yield f"  {heads[0]:<{width}} {heads[1]:>6} {heads[2]:>12} {heads[3]:>12}"
    for name, row in sorted(rows.items(), key=lambda item: (-item[1].ours, item[0])):
        yield f"  {name:<{width}} {row.ours:>6} {row.marked:>12} {row.right:>12}"
