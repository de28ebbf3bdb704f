"""Which place a mention means, and why; what it does in its sentence.

resolution   candidates -> one place with a reason, or none
roles        location, reference, actor or dateline
"""

from conflictmap.geoparser.places.resolution import resolve

__all__ = ["resolve"]
