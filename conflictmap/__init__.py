"""From a folder of articles to a map on which a click opens the passages.

The way of the data: article file -> Article -> Passage (a block) -> Mention (recognition) -> Resolution (place,
reason, candidates), with who says so and the time interval that the text tells -> Attestation (a dated, cited naming of a
place) -> index (in memory, or on disk: store) -> selection by period and filters -> map layer -> page. Modules import only downward; pyproject.toml holds the order, and `make check` fails if it is broken.
"""

from conflictmap.articles import read_articles
from conflictmap.gazetteer import read_gazetteer
from conflictmap.geoparser import Geoparser

__version__ = "0.1.0"
__all__ = ["Geoparser", "__version__", "read_articles", "read_gazetteer"]
