"""Attestations as tables, in memory or on disk.

corpus     the schema of a mention, articles as a table, Corpus: what all questions are asked of
build      shards in Parquet by content, joined and opened as mapped Arrow
fulltext   words in passages (SQLite FTS5)
"""

from conflictmap.index.build import build_index, open_index
from conflictmap.index.corpus import DERIVED_MARK, Corpus, StoredArticles, open_corpus, searched, source_key
from conflictmap.index.fulltext import Hit, build_in_memory, search

__all__ = [
    "DERIVED_MARK",
    "Corpus",
    "Hit",
    "StoredArticles",
    "build_in_memory",
    "build_index",
    "open_corpus",
    "open_index",
    "search",
    "searched",
    "source_key",
]
