"""What a reader asks of a corpus: a View (what was chosen) in, counts, places and passages out.

view           what a reader chose, and its address
filters        a view's filters as conditions of SQL
asking         DuckDB over the corpus's table
selection      counts, the account of all mentions, the layer of the map, search
over_time      counts by month and by day
passages       the passages of a place
corroboration  which passages rest on the same source
"""

from conflictmap.questions.corroboration import Basis, group
from conflictmap.questions.passages import PAGE_LENGTH, TOLD_COLUMNS, PassageHit, told_of
from conflictmap.questions.selection import Counted, DerivedCount, PlaceCount, Questions
from conflictmap.questions.view import LOCATIONS, NARROWING, NOT_ATTRIBUTED, ROLES, View, whole

__all__ = [
    "LOCATIONS",
    "NARROWING",
    "NOT_ATTRIBUTED",
    "PAGE_LENGTH",
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
