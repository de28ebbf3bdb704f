"""Spans of a text: what two of them share, which of the gold's and ours belong together, and what stands around one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol


class Span(Protocol):
    """Anything with offsets."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def common(one: Span, other: Span) -> int:
    """How many code points two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def pairs(wanted: Sequence[Span], ours: Sequence[Span]) -> dict[int, int]:
    """The numbers of those that overlap, wanted -> ours; each span is of one pair at most, those that share most first."""
    order = sorted(range(len(ours)), key=lambda there: ours[there].start)  # ours never overlap one another: the ends follow
    starts, ends = [ours[there].start for there in order], [ours[there].end for there in order]
    shared = [
        (common(span, ours[order[there]]), -here, -there)
        for here, span in enumerate(wanted)
        for there in range(bisect_right(ends, span.start), bisect_left(starts, span.end))
    ]
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, here, there in sorted(shared, reverse=True):
        if -here not in found and -there not in used:
            found[-here] = order[-there]
            used.add(-there)
    return found


def in_context(text: str, span: Span) -> str:
    """A span in brackets, with the words around it, in one line."""
    around = f"{text[max(0, span.start - 40) : span.start]}[{text[span.start : span.end]}]{text[span.end : span.end + 40]}"
    return " ".join(around.split())
