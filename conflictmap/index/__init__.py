"""Attestations as tables, in memory or on disk.

The way of the data: articles -> `parsing` -> attestations -> `schema`, a table of one row an attestation -> `corpus`, what every question
starts from. `memory` does it for small folders at each start; `build` does it once for archives, in shards.

Which file for which change
    schema     a column of the table
    articles   the articles of a corpus, in memory or on disk
    parsing    articles to attestations, and to the rows of the full-text index
    corpus     what questions start from: periods, what is drawn, who is named as a source
    memory     small folders, built for each content
    build      which articles are parsed anew, in batches, on cores or on Dask
    shelf      the folder of an index: shards, manifest, the copy that is opened
    opening    an index on disk as a corpus
    fulltext   words in passages (SQLite FTS5)
"""

from conflictmap.index.build import build_index
from conflictmap.index.corpus import Corpus
from conflictmap.index.fulltext import Hit, build_in_memory, search
from conflictmap.index.memory import open_corpus
from conflictmap.index.opening import open_index
from conflictmap.index.parsing import searched
from conflictmap.index.schema import COLUMN, DERIVED_MARK, TOLD_COLUMNS, source_key, told_of

__all__ = [
    "COLUMN",
    "DERIVED_MARK",
    "TOLD_COLUMNS",
    "Corpus",
    "Hit",
    "build_in_memory",
    "build_index",
    "open_corpus",
    "open_index",
    "search",
    "searched",
    "source_key",
    "told_of",
]
