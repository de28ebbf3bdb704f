"""The words as data, a folder a language. What a word means to a rule is said in these files and not in code.

The way of the data: LANGUAGE/NAME.yaml, and a theatre's own words on top -> `loading` -> a frozen class whose fields are the lists.

Which file for which change
    en/ ar/ …    a word of a language; theatres/THEATRE/LANGUAGE/ a word that only one theatre needs
    english      the fields of en/english.yaml: names, vetoes, cues, roles
    arabic       the fields of ar/arabic.yaml
    attribution  the fields of en/attribution.yaml and ar/attribution.yaml: who says so
    loading      how files are read, joined and checked; a new language starts here
    patterns     from a list to a pattern
    lookalikes   the field of en/lookalikes.yaml
    times        the fields of en/times.yaml and ar/times.yaml
"""

from conflictmap.geoparser.lexicon.arabic import Arabic, arabic_words
from conflictmap.geoparser.lexicon.attribution import (
    ArabicAttributionWords,
    AttributionWords,
    arabic_attribution_words,
    attribution_words,
)
from conflictmap.geoparser.lexicon.english import English, english_words
from conflictmap.geoparser.lexicon.loading import Words, load
from conflictmap.geoparser.lexicon.lookalikes import lookalike_words
from conflictmap.geoparser.lexicon.patterns import any_of
from conflictmap.geoparser.lexicon.times import arabic_time_words, time_words

__all__ = [
    "Arabic",
    "ArabicAttributionWords",
    "AttributionWords",
    "English",
    "Words",
    "any_of",
    "arabic_attribution_words",
    "arabic_time_words",
    "arabic_words",
    "attribution_words",
    "english_words",
    "load",
    "lookalike_words",
    "time_words",
]
