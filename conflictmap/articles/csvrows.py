"""The rows of a CSV that may be broken anywhere: a quote that is never closed costs its row, not the rest of the file.

A row of several lines must be quoted by the book and have as many fields as the header. Otherwise its first line is left out, and
what follows up to the next good row is left out with it.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TextIO

_DELIMITERS = ",;\t"
_AGAIN = 100 * 2**20
"""So many characters are read a second time at most, beside as many as were read: broken quotes must not cost time squared."""
_NEVER_CLOSED = "a quote is never closed"


class Rows:
    """A CSV's header, and the rows after it. No row is longer than `limit` characters.

    `text` is opened with newline="". The delimiter is the one with which the header has a column `named`. Once `is_cut()`, a last
    line without an end is no row.
    """

    def __init__(self, text: TextIO, named: str, limit: int, is_cut: Callable[[], bool]) -> None:
        csv.field_size_limit(max(limit, csv.field_size_limit()))
        self._text, self._limit, self._is_cut = text, limit, is_cut
        self._ahead: deque[str] = deque()
        self._read = self._again = 0
        self._number = 1
        while (line := self._line()) and not line.strip():
            self._number += 1
        self._delimiter, self.head = next(
            ((delimiter, head) for delimiter in _DELIMITERS if named in (head := _header(line, delimiter))),
            (",", _header(line, ",")),
        )

    def read(self, plausible: Callable[[list[str]], bool]) -> Iterator[tuple[int, list[str], str]]:
        """Each row with the line on which it begins (the file's first is 1), or with what is wrong with it.

        `plausible` tells a row, after a broken one, from a line of the broken one's text that happens to have as many fields.
        """
        broken, fault = 0, ""  # the line on which what is being left out began, and why
        while taken := self._take():
            start = self._number + 1
            lines, row, wrong, is_open = taken
            self._number += lines
            if broken and row and plausible(row):
                yield broken, [], _left_out(fault, start - broken)
                broken = 0
            if not broken and is_open:
                broken, fault = start, wrong
            elif not broken and (row or wrong):
                yield start, row, wrong
            if self._again > _AGAIN + self._read:
                yield broken or start, [], "too many quotes that are never closed: the rest is left out"
                return
        if broken:
            yield broken, [], _left_out(fault, self._number + 1 - broken)

    def _take(self) -> tuple[int, list[str], str, bool] | None:
        """How many lines the next row takes, its fields, what is wrong with it, and whether the next lines may belong to it."""
        lines: list[str] = []
        row = None
        with suppress(csv.Error):
            row = next(csv.reader(self._feed(lines), delimiter=self._delimiter, strict=True), None)
        if not lines:
            return None
        if row and self._fits(row):
            return len(lines), row[: len(self.head)], "", False
        if len(lines) > 1:
            self._ahead.extendleft(reversed(lines[1:]))
            self._again += sum(map(len, lines[1:]))
            return 1, [], self._misfit(row) if row else _NEVER_CLOSED, True
        if len(lines[0]) > self._limit:
            return 1, [], f"longer than {self._limit // 2**20} MB: left out", False
        loose = csv.reader([lines[0], ""], delimiter=self._delimiter)
        try:
            row = next(loose)
        except csv.Error as failure:
            return 1, [], f"not CSV: {failure}: left out", False
        if loose.line_num > 1:
            return 1, [], _NEVER_CLOSED, True
        if not lines[0].strip():
            return 1, [], "", False
        if not self._fits(row):
            return 1, [], f"{self._misfit(row)}: left out", False
        return 1, row[: len(self.head)], "", False

    def _fits(self, row: list[str]) -> bool:
        return len(row) >= len(self.head) and not any(row[len(self.head) :])

    def _misfit(self, row: list[str]) -> str:
        return f"{len(row)} fields where the header has {len(self.head)}"

    def _feed(self, lines: list[str]) -> Iterator[str]:
        """The next lines, which are also put into `lines`, until a row of them would be too long."""
        size = 0
        while line := self._ahead.popleft() if self._ahead else self._line():
            lines.append(line)
            size += len(line)
            if size > self._limit:
                return
            yield line

    def _line(self) -> str:
        """The next line of the text; of one that is too long, so much that it shows."""
        line = rest = self._text.readline(self._limit + 1)
        while len(rest) > self._limit and not rest.endswith(("\n", "\r")):
            rest = self._text.readline(self._limit + 1)
        self._read += len(line)
        return "" if self._is_cut() and not line.endswith(("\n", "\r")) else line


def _header(line: str, delimiter: str) -> list[str]:
    try:
        return [column.strip() for column in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _left_out(fault: str, lines: int) -> str:
    return f"{fault}: left out" + (
        f", with the {lines - 1} lines after it" if lines > 2 else ", with the line after it" * (lines > 1)
    )
