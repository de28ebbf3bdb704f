"""Errors say whose fault it is and where."""

from __future__ import annotations

import pytest

from conflictmap.errors import ConflictMapError, DataError, Problem, UsageError, error, warning


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (("a.geojson", "salma", "names"), "a.geojson:salma:names: bad"),
        (("a.geojson", "", "names"), "a.geojson:names: bad"),
        (("", "salma", ""), "salma: bad"),
        (("", "", ""), ": bad"),
    ],
)
def test_a_problem_prints_where_it_is_without_empty_parts(parts, printed):
    assert str(error(*parts, "bad")) == printed


def test_grades():
    assert error("f", "r", "d", "m") == Problem("error", "f", "r", "d", "m")
    assert warning("f", "r", "d", "m") == Problem("warning", "f", "r", "d", "m")


def test_a_problem_cannot_be_changed():
    with pytest.raises(AttributeError):
        error("f", "r", "d", "m").grade = "warning"


def test_a_data_error_carries_its_problem():
    problem = error("a.md", "", "front matter", "missing")
    raised = DataError(problem)
    assert raised.problem is problem
    assert str(raised) == "a.md:front matter: missing"


@pytest.mark.parametrize("kind", [DataError, UsageError])
def test_one_base_catches_both_and_so_does_value_error(kind):
    assert issubclass(kind, ConflictMapError)
    assert issubclass(kind, ValueError)


def test_the_two_faults_are_told_apart():
    assert not issubclass(DataError, UsageError)
    assert not issubclass(UsageError, DataError)
