"""The columns of the table: each is documented, and the table has them all."""

from __future__ import annotations

from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.index.corpus import Corpus
from conflictmap.index.schema import COLUMN, COLUMNS, SCHEMA, TOLD_COLUMNS, to_table, told_of
from conflictmap.model import Article


def test_every_column_has_a_name_of_its_own_and_a_meaning() -> None:
    assert list(COLUMN) == [column.name for column in COLUMNS] == SCHEMA.names
    assert all(column.meaning for column in COLUMNS)


def test_no_attestation_makes_an_empty_table_with_every_column() -> None:
    assert to_table([]).schema == SCHEMA
    assert to_table([]).num_rows == 0


def test_a_table_has_the_schema(mini_corpus: Corpus) -> None:
    assert mini_corpus.table.schema == SCHEMA
    assert mini_corpus.table.num_rows > 30


def test_when_it_happened_comes_back_from_a_row(geoparser: Geoparser) -> None:
    text = "Rebels took Salma on 4 August 2013. Aramo lies in the hills."
    attestations = geoparser.parse(Article("a", "", None, text))
    assert [one.told is not None for one in attestations] == [True, False]
    rows = to_table(attestations).select(TOLD_COLUMNS).to_pylist()
    assert [told_of(text, row) for row in rows] == [one.told for one in attestations]
