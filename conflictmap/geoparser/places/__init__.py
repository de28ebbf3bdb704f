"""Which place a mention means, and why; what it does in its sentence.

The way of the data: the mentions of an article -> `evidence` (what they say of one another) -> `steps`, tried in order for each mention ->
Resolution.

Which file for which change
    steps        the wrong one of several homonyms; how much an unlisted spelling needs for support
    evidence     what stands beside a name, which countries an article is about
    distances    how near is near
    roles        location, reference, actor or dateline
    resolution   the way through all of them
"""

from conflictmap.geoparser.places.resolution import resolve

__all__ = ["resolve"]
