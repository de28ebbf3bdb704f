"""Errors and problems. Each says whose fault it is and where: file, record, field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the data: the record is left out (`error`) or kept (`warning`); all the rest works."""

    grade: Grade
    file: str
    record: str
    field: str
    message: str

    def __str__(self) -> str:
        where = ":".join(part for part in (self.file, self.record, self.field) if part)
        return f"{where}: {self.message}"


class ConflictMapError(Exception):
    """Base of every error that this package raises on purpose."""


class DataError(ConflictMapError, ValueError):
    """The data's fault: a file, record or field that cannot be used. `problem` says where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class UsageError(ConflictMapError, ValueError):
    """The caller's fault: an argument or setting that makes no sense."""


def error(file: str, record: str, field: str, message: str) -> Problem:
    """An error-grade Problem."""
    return Problem("error", file, record, field, message)


def warning(file: str, record: str, field: str, message: str) -> Problem:
    """A warning-grade Problem."""
    return Problem("warning", file, record, field, message)
