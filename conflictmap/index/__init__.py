"""Attestations as tables, in memory or on disk.

Data flow: articles -> `parsing` -> attestations -> `schema`, a table with one row an attestation -> `corpus`, which all questions start
from. `memory` does this at each start, for small folders; `build` does it once, in shards, for archives.

Which file for which change
    schema     the columns of the table: a new column is an entry here
    articles   the articles of a corpus, in memory or on disk
    parsing    articles to attestations, and to the rows of the full-text index
    corpus     what questions start from: periods, what the map draws, the sources named
    memory     small folders, built again when a file changes
    build      which articles are parsed again, in batches, on cores or on Dask
    shelf      the folder of an index: shards, manifest, the joined copy
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
