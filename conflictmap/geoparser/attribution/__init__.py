"""Who says so: the source that a clause names.

The way of the data: a passage -> `reading` finds the words that can attribute (triggers) and reads around each -> `subjects` and `phrases`
say who speaks -> `clauses` notes what that source says -> Attribution of each mention.

Which file for which change
    reading     a way to attribute: "said", "according to", "citing", and what follows them
    subjects    who speaks, before a verb: "Refugees fleeing from the town said"
    phrases     who speaks, from where the phrase begins: "according to residents of Salma and the army"
    words       what a word is in a noun phrase: a head, a determiner, a link, an end
    clauses     where what a source says begins and ends
    quotations  where sentences, quotations and brackets begin and end

The words are in lexicon/en/attribution.yaml, lexicon/ar/attribution.yaml and the theatres' files of that name.
"""

from conflictmap.geoparser.attribution.reading import attributions

__all__ = ["attributions"]
