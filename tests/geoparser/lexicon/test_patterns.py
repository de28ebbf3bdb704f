"""From a word list to a pattern."""

from __future__ import annotations

import re

from conflictmap.geoparser.lexicon.patterns import any_of


def test_the_longest_comes_first_and_blanks_may_be_line_ends() -> None:
    pattern = re.compile(any_of(["air", "air base", "a.b"]))
    assert pattern.findall("air\nbase, air, a.b, axb") == ["air\nbase", "air", "a.b"]


def test_the_blank_can_be_given() -> None:
    assert re.fullmatch(any_of(["home town"], r"[-\s]+"), "home-town")
