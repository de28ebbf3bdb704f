"""Which stretches of a text are names of places.

The way of the data: gazetteer -> `recognition` compiles its names into one automaton -> matches -> `vetoes` (persons, organisations,
longer names) and `cues` (words that announce a place) -> Mention.

Which file for which change
    recognition       how the text is matched, unlisted spellings, names that are not in the gazetteer
    cues              words beside a name that say what kind of place it is
    notes             what is learnt besides: persons, and what vetoes turned down
    vetoes            what takes a match away from a place
    arabic            names in Arabic: prefixes, feature words, vetoes
    build_lookalikes  the script that lists names that are also words
"""

from conflictmap.geoparser.names.notes import Notes
from conflictmap.geoparser.names.recognition import Names, compile_names, recognise, without_persons

__all__ = ["Names", "Notes", "compile_names", "recognise", "without_persons"]
