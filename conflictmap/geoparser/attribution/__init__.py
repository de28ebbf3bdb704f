"""Who says so: the source that a clause names.

quotations   where quotations begin and end, and sentences
phrases      words that name a source ("activists", "a resident who fled")
clauses      the clauses of a sentence and their verbs of speech
reading      clauses + phrases -> Attribution of each mention
"""

from conflictmap.geoparser.attribution.reading import attributions

__all__ = ["attributions"]
