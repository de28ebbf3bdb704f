"""Which words of a text tell a time, in English and Arabic; and what only looks like one.

The way of the data: text -> `atoms` tries at each word the rules that may begin there -> Found, a stretch with a meaning.

Which file for which change
    dates weekdays relative durations anchored   the rules by family: each has a name, first words, a pattern and a reader
    rules      how a rule is declared, and the order in which rules are tried
    spelled    the words and the pieces of pattern that rules share
    passage    the words around a match: titles, file names, the future
    yearly     what comes once a year
"""

from conflictmap.geoparser.times.words.atoms import atoms as time_atoms
from conflictmap.geoparser.times.words.spelled import LIGHT, ORDINALS, any_of

__all__ = ["LIGHT", "ORDINALS", "any_of", "time_atoms"]
