"""The places: what they are called, where they lie, and who says so.

The way of the data: Linked Places files -> `catalogue` reads and judges them, place by place -> Gazetteer (places by id, names by
folded form, the theatre). Nothing here reads an article.

Which file for which change
    features    one file: what a feature may hold (with place.schema.json), and a Place of it
    catalogue   the whole folder: Gazetteer, what places are part of, names
    theatre     what the map draws
    canonical   the form that `check --fix` writes
    check       what only a careful look at one place finds
    spelling    which spellings of romanised Arabic read alike
    geometry    distances, bearings and areas, in metres and degrees
    geocoder    the gazetteer as a geopy geocoder
"""

from conflictmap.gazetteer.canonical import canonical as canonical_places
from conflictmap.gazetteer.catalogue import Gazetteer, read_gazetteer
from conflictmap.gazetteer.check import problems_of
from conflictmap.gazetteer.geocoder import GazetteerGeocoder
from conflictmap.gazetteer.geometry import (
    Outline,
    bearing_between,
    clipped,
    distance_m,
    geodesic_destination,
    lens,
    point,
    ring,
    sector,
    turn_between,
)
from conflictmap.gazetteer.spelling import Spellings, reading, sounds
from conflictmap.gazetteer.theatre import THEATRE_FILE

__all__ = [
    "THEATRE_FILE",
    "Gazetteer",
    "GazetteerGeocoder",
    "Outline",
    "Spellings",
    "bearing_between",
    "canonical_places",
    "clipped",
    "distance_m",
    "geodesic_destination",
    "lens",
    "point",
    "problems_of",
    "read_gazetteer",
    "reading",
    "ring",
    "sector",
    "sounds",
    "turn_between",
]
