"""What is taken away: the mentions of a view as CSV and GeoJSON.

tables      the files
precision   UCDP's and ACLED's codes of precision
"""

from conflictmap.exports.records import mention_record, place_fields, turned_down_record
from conflictmap.exports.tables import to_csv, to_geojson

__all__ = ["mention_record", "place_fields", "to_csv", "to_geojson", "turned_down_record"]
