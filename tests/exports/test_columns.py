"""The columns of an export: each is documented, and GeoJSON has the right ones."""

from __future__ import annotations

from conflictmap.exports.columns import EXPORT_COLUMNS, OF_ATTESTATION, OF_DERIVED, OF_FEATURE


def test_every_column_has_a_name_of_its_own_and_a_meaning() -> None:
    names = [column.name for column in EXPORT_COLUMNS]
    assert len(names) == len(set(names))
    assert all(column.meaning for column in EXPORT_COLUMNS)


def test_a_mention_in_geojson_can_be_cited_and_its_quote_comes_last() -> None:
    assert {"article", "passage", "start", "end", "surface", "role", "reason"} <= set(OF_ATTESTATION)
    assert OF_ATTESTATION[-1] == "quote"
    assert {"place", "name", "uncertainty_m", "status"} <= set(OF_FEATURE)


def test_what_geojson_has_of_derived_places_alone() -> None:
    assert OF_DERIVED == ("shape", "anchors", "distance_m", "bearing_deg")
    assert not set(OF_DERIVED) & set(OF_FEATURE)
