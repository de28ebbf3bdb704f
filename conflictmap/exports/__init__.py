"""What is taken away: the mentions of a view as CSV and GeoJSON.

tables      the files
precision   UCDP's and ACLED's codes of precision
"""

from conflictmap.exports.tables import to_csv, to_geojson

__all__ = ["to_csv", "to_geojson"]
