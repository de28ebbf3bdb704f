"""What a reader asks of a corpus: a View (what was chosen) goes in; counts, places, passages and layers come out.

Data flow: the page's address -> `view` -> `conditions`, SQL -> `database`, DuckDB over the index's table -> the answers, listed in
`questions`.

Which file for which change
    filters        a filter, from the address to SQL and to the sentence in an export: a new filter is an entry here
    view           what a reader chose, and its address
    conditions     a view as SQL conditions
    database       queries over a corpus, and the answers that are kept
    questions      the list of all questions: a new question is a function in one of the modules below, and a line here
    counts         mentions by place and by source, articles by publisher and by language
    account        where every mention is, shown or not, and why
    layer          what the map draws
    passages       the passages that mention a place
    mentions       mentions one by one: of an article, of a view, without a place
    over_time      bins, lanes and months
    search         places by name, articles by words
    corroboration  which passages rest on the same source
"""

from conflictmap.questions.account import Account
from conflictmap.questions.corroboration import Basis, group
from conflictmap.questions.counts import Counted, DerivedCount, PlaceCount
from conflictmap.questions.filters import FILTER, FILTERS, LOCATIONS, NARROWING, NOT_ATTRIBUTED, ROLES
from conflictmap.questions.passages import PAGE_LENGTH, MentionHit, PassageHit
from conflictmap.questions.questions import Questions
from conflictmap.questions.view import QUERY_FIELDS, View, whole

__all__ = [
    "FILTER",
    "FILTERS",
    "LOCATIONS",
    "NARROWING",
    "NOT_ATTRIBUTED",
    "PAGE_LENGTH",
    "QUERY_FIELDS",
    "ROLES",
    "Account",
    "Basis",
    "Counted",
    "DerivedCount",
    "MentionHit",
    "PassageHit",
    "PlaceCount",
    "Questions",
    "View",
    "group",
    "whole",
]
