"""The columns of the table: each is documented, and the table has them all."""

from __future__ import annotations

from conflictmap.index.corpus import Corpus
from conflictmap.index.schema import COLUMN, COLUMNS, SCHEMA, to_table


def test_every_column_has_a_name_of_its_own_and_a_meaning() -> None:
    assert list(COLUMN) == [column.name for column in COLUMNS] == SCHEMA.names
    assert all(column.meaning for column in COLUMNS)


def test_no_attestation_makes_an_empty_table_with_every_column() -> None:
    assert to_table([]).schema == SCHEMA
    assert to_table([]).num_rows == 0


def test_a_table_has_the_schema(mini_corpus: Corpus) -> None:
    assert mini_corpus.table.schema == SCHEMA
    assert mini_corpus.table.num_rows > 30
