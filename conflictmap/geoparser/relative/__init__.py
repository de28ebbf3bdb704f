"""Places that a text describes by others: "12 km north of Hama", "between Hama and Homs", "the provincial capital".

triggers      one pass that finds where such words stand
expressions   the words -> anchors, distance, bearing
distances     figures, units and how exact they are
footprints    anchors, distance, bearing -> DerivedFootprint
descriptions  definite descriptions -> suggested places
"""

from conflictmap.geoparser.relative.descriptions import KIND, find_triggers, suggest
from conflictmap.geoparser.relative.expressions import derive

__all__ = ["KIND", "derive", "find_triggers", "suggest"]
