"""What a reader asks of a corpus: a View (what was chosen) in, counts, places and passages out.

view           what a reader chose, and its address
filters        every filter, from the address to SQL and to an export's sentence: a new filter is an entry here
conditions     a view as conditions of SQL
asking         DuckDB over the corpus's table
selection      counts, the account of all mentions, the layer of the map, search
over_time      counts by month and by day
passages       the passages of a place
corroboration  which passages rest on the same source
"""

from conflictmap.questions.corroboration import Basis, group
from conflictmap.questions.filters import FILTER, FILTERS, LOCATIONS, NARROWING, NOT_ATTRIBUTED, ROLES
from conflictmap.questions.passages import PAGE_LENGTH, TOLD_COLUMNS, PassageHit, told_of
from conflictmap.questions.selection import Counted, DerivedCount, PlaceCount, Questions
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
    "TOLD_COLUMNS",
    "Basis",
    "Counted",
    "DerivedCount",
    "PassageHit",
    "PlaceCount",
    "Questions",
    "View",
    "group",
    "told_of",
    "whole",
]
