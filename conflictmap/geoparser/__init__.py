"""From a text to attestations: which names stand in it, which places they mean, who says so, and when it happened.

The way of the data (`pipeline` is the whole of it on one page): Article -> names (Mention) -> places (Resolution) -> relative
(DerivedFootprint) -> attribution (Attribution) and times (Told) -> Attestation. The five rooms do not know one another; they share
`context` (the words around a name) and `lexicon` (the words as data).

Which room for which change
    names/        a word that is taken for a place and is none, or the other way round
    places/       the wrong one of several homonyms; what a name does in its sentence
    relative/     "12 km north of Hama", "the provincial capital"
    attribution/  who says so
    times/        dates and the places that they date; the publication date that a text states
    lexicon/      a word that a rule should know
"""

from conflictmap.geoparser.lexicon import attribution_words
from conflictmap.geoparser.names import Names, compile_names, recognise
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.geoparser.relative import KIND, find_triggers
from conflictmap.geoparser.times import Teller, link, propose

__all__ = [
    "KIND",
    "Geoparser",
    "Names",
    "Teller",
    "attribution_words",
    "compile_names",
    "find_triggers",
    "link",
    "propose",
    "recognise",
]
