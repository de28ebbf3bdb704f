"""Which stretches of a text are names of places.

The way of the data: gazetteer -> `compiled`, one automaton over its names -> `recognition` matches a text -> `candidates` looks at how and where
each match is printed, asking `vetoes` and `cues` -> Mention. `unlisted` adds spellings that no place lists.

Which file for which change
    compiled          which names are matched, and in which forms
    recognition       how the text is matched; the order of all that follows
    candidates        how a match must be printed to be a name
    unlisted          spellings that read like a listed name
    cues              words beside a name that say what kind of place it is; names that no gazetteer has
    notes             what is learnt besides: persons, and what vetoes turned down
    vetoes            what takes a match away from a place
    arabic            names in Arabic: prefixes, feature words, vetoes
    build_lookalikes  the script that lists names that are also words
"""

from conflictmap.geoparser.names.compiled import Names, compile_names
from conflictmap.geoparser.names.notes import Notes
from conflictmap.geoparser.names.recognition import recognise, without_persons

__all__ = ["Names", "Notes", "compile_names", "recognise", "without_persons"]
