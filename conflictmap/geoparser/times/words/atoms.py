"""The atoms of a passage: wherever a rule fits, the stretch and what it means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from conflictmap.geoparser.times.meanings import Found
from conflictmap.geoparser.times.words import anchored, dates, durations, relative, weekdays
from conflictmap.geoparser.times.words.passage import Passage
from conflictmap.geoparser.times.words.rules import ORDER, RULES
from conflictmap.geoparser.times.words.spelled import UNIT_WORDS

FAMILIES = (dates, weekdays, relative, durations, anchored)
"""The modules that declare the rules."""
_WORD = re.compile(r"\w+")
_NEAR = 80
"""Within how many code points a day, week, month or year stands near a word."""
_ORDERED = [RULES[name] for name in ORDER]
_BEGINNINGS = {
    word: [rule for rule in _ORDERED if word in rule.begins]
    for word in frozenset[str]().union(*(rule.begins for rule in _ORDERED))
}


def atoms(text: str) -> Iterator[Found]:
    """The atoms of a passage, in text order, none overlapping another."""
    passage = Passage(text)
    words = [(word.start(), word[0].lower()) for word in _WORD.finditer(text)]
    units = [at for at, word in words if word in UNIT_WORDS]
    point = 0
    for at, word in words:
        rules = _BEGINNINGS.get("0" if word[0].isdigit() else "ا" if "ء" <= word[0] <= "ي" else word)
        if not rules or at < point:
            continue
        unit = bisect_left(units, at)
        counts = unit < len(units) and units[unit] - at < _NEAR
        for rule in rules:
            if (counts or not rule.near_unit) and (match := rule.pattern.match(text, at)):
                found = rule.reader(passage, at, match.end(), match)
                if found and not passage.in_file(at):
                    point = found.end
                    yield found
                break
