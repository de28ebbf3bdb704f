"""Exports: the mentions of a view as CSV and GeoJSON, and the records of the command line.

Data flow: questions.rows -> `columns`, with what is looked up for each row -> `tables`, the files.

Which file for which change
    columns    the columns of CSV and GeoJSON: a new column is an entry here
    tables     the formats
    precision  UCDP's and ACLED's precision codes
    records    JSON objects that `parse` and `find` write
"""

from conflictmap.exports.records import mention_record, place_fields, turned_down_record
from conflictmap.exports.tables import to_csv, to_geojson

__all__ = ["mention_record", "place_fields", "to_csv", "to_geojson", "turned_down_record"]
