"""Full-text search over passages: an SQLite file with an FTS5 table, ranked by bm25. No server, no download.

The index holds words and their positions, not the texts: a hit gives article, passage number and offsets. Words are compared in the form
of text.fold (without case, diacritics, alif and hamza variants, ta marbuta); an English possessive counts as its word. An Arabic word
also matches with the article or و ب ل before it (حلب finds بحلب, وحلب; رقة finds الرقة, للرقة), but not the other way round.

A query consists of words, all of which must occur in a passage; "phrases in quotes", whose words must occur in this order; and -words or
-"phrases", which must not occur. The last word also matches as the beginning of a longer one. A hyphenated word is a phrase.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import weakref
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from conflictmap.errors import ConflictMapError, DataError, UsageError, error
from conflictmap.files import replacing
from conflictmap.text import fold

Row = tuple[str, int, int, int, str]
"""A passage to index: article id, passage number, start, end (code points in the article's text), and its text."""

RANKED = 50_000
"""Matches ranked at most. Of more matches an even sample of about this size is ranked; the others follow in index order."""
MAX_QUERY = 1000
"""Characters of a query that are read; the rest is ignored."""
MAX_TERMS = 32
"""Words and phrases of a query that are used; the rest is ignored."""
PREFIX_LETTERS = 3
"""Letters that a last word needs to match as the beginning of longer ones."""
_BATCH = 1000
_APPLICATION, _VERSION = 0x434D6674, 1
# Texts are folded first, so the tokenizer only splits at spaces. It treats every character beyond ASCII as a letter.
_TABLES = (
    "CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=full, tokenize='ascii')",
    "CREATE TABLE passage (id INTEGER PRIMARY KEY, article INTEGER, number INTEGER, begins INTEGER, ends INTEGER)",
    "CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
    "INSERT INTO words(words, rank) VALUES ('hashsize', 33554432)",
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, text[start:end] of its article. A higher score is better; 0 means that it was not ranked."""

    article: str
    passage: int
    start: int
    end: int
    score: float


# --- building -------------------------------------------------------------------------------------------------


def build(path: Path, passages: Iterable[Row]) -> None:
    """Write the index of some passages. The file is replaced atomically: readers see the old one or the new one.

    Raises ConflictMapError if Python's SQLite has no FTS5, and DataError if SQLite cannot write the file.
    """
    with (
        replacing(path) as temporary,
        _translated(str(path), "cannot be written"),
        closing(sqlite3.connect(temporary, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        _fill(connection, passages)


def build_in_memory(passages: Iterable[Row]) -> Index:
    """The index of a small corpus, in memory. Raises ConflictMapError if Python's SQLite has no FTS5."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        with _translated("index in memory", "cannot be made"):
            _fill(connection, passages)
    except BaseException:
        connection.close()
        raise
    return Index(connection)


def _fill(connection: sqlite3.Connection, passages: Iterable[Row]) -> None:
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("BEGIN")
    for statement in _TABLES:
        connection.execute(statement)
    articles: dict[str, int] = {}
    rows = enumerate(passages, start=1)
    while batch := list(islice(rows, _BATCH)):
        connection.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?)",
            [(n, articles.setdefault(row[0], len(articles)), *row[1:4]) for n, row in batch],
        )
        connection.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", [(n, _folded(row[4])) for n, row in batch])
    connection.executemany("INSERT INTO article VALUES (?, ?)", ((number, name) for name, number in articles.items()))
    connection.execute("CREATE INDEX passages_of_article ON passage(article)")
    connection.execute("INSERT INTO words(words) VALUES ('optimize')")
    connection.execute("COMMIT")


@contextmanager
def _translated(where: str, what: str) -> Iterator[None]:
    """Raise SQLite's errors as DataError, and a missing FTS5 as ConflictMapError."""
    try:
        yield
    except sqlite3.Error as failure:
        if "no such module" in str(failure):
            raise ConflictMapError(
                f"Searching texts needs FTS5, which SQLite {sqlite3.sqlite_version} of this Python was compiled without: "
                "use a Python whose SQLite has it"
            ) from failure
        raise DataError(error(where, "", "", f"{what}: {failure}")) from failure


# --- searching ------------------------------------------------------------------------------------------------


def search(
    path: Path, words: str, limit: int = 20, offset: int = 0, articles: Collection[str] | None = None
) -> tuple[int, list[Hit]]:
    """(number of matching passages, hits from `offset` on, best first); if `articles` is given, among their passages only.

    Any text is a valid query; one without a wanted word finds nothing. Each call opens the file anew, so threads can search at the same
    time, and a replaced file is noticed at once. Raises DataError if the file cannot be used, UsageError for a negative limit or offset.
    """
    if not path.is_file():
        raise DataError(error(str(path), "", "", "no such full-text index: build it"))
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with (
        _translated(str(path), "not a usable full-text index, build it again"),
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA cache_size = -16384")
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if marks != [_APPLICATION, _VERSION]:
            raise DataError(error(str(path), "", "", "not a full-text index of this version of the program: build it again"))
        return _search(connection, words, limit, offset, articles)


class Index:
    """An index in memory. Threads can share it; a lock lets one search at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        weakref.finalize(self, connection.close)

    def search(
        self, words: str, limit: int = 20, offset: int = 0, articles: Collection[str] | None = None
    ) -> tuple[int, list[Hit]]:
        """Like the module's `search`."""
        with self._lock, _translated("index in memory", "cannot be searched"):
            return _search(self._connection, words, limit, offset, articles)


_NUMBERS = "SELECT number FROM article WHERE id IN (SELECT value FROM json_each(:articles))"
_PASSAGES = f"SELECT id FROM passage WHERE article IN ({_NUMBERS})"
# Few articles: list their passages; the bounds let FTS5 skip all others (the + keeps SQLite from running the match once a passage).
# Many articles: look up each match.
_AMONG_FEW = f" AND rowid BETWEEN :first AND :last AND +rowid IN ({_PASSAGES})"
_AMONG_MANY = f" AND EXISTS (SELECT 1 FROM passage WHERE id = words.rowid AND article IN ({_NUMBERS}))"
_FEW = 5000
_MATCHES = "FROM words WHERE words MATCH :query"
_RANKED = "SELECT rowid AS hit, bm25(words) AS score {matches} AND rowid % :stride = 0 ORDER BY score, rowid"
_UNRANKED = "SELECT rowid AS hit, 0.0 AS score {matches} AND rowid % :stride <> 0 ORDER BY rowid"
_HITS = """
    SELECT article.id, passage.number, begins, ends, score FROM ({found} LIMIT :limit OFFSET :offset)
    JOIN passage ON passage.id = hit JOIN article ON article.number = passage.article ORDER BY score, hit
"""


def _search(
    connection: sqlite3.Connection, words: str, limit: int, offset: int, articles: Collection[str] | None
) -> tuple[int, list[Hit]]:
    if limit < 0 or offset < 0:
        raise UsageError(f"neither limit nor offset can be negative: {limit}, {offset}")
    query = _match(_terms(words))
    if not query:
        return 0, []
    values: dict[str, str | int] = {"query": query}
    matches = _MATCHES
    if articles is not None:
        values["articles"] = json.dumps(sorted(articles))
        if len(articles) <= _FEW:
            first, last = connection.execute(f"SELECT min(id), max(id) FROM ({_PASSAGES})", values).fetchone()
            if first is None:
                return 0, []
            values |= {"first": first, "last": last}
        matches += _AMONG_FEW if "first" in values else _AMONG_MANY

    def count(where: str = "") -> int:
        return int(connection.execute(f"SELECT count(*) {matches}{where}", values).fetchone()[0])

    def hits(found: str, limit: int, offset: int) -> list[Hit]:
        page = values | {"limit": limit, "offset": offset}
        rows = connection.execute(_HITS.format(found=found.format(matches=matches)), page)
        return [Hit(article, passage, start, end, abs(score)) for article, passage, start, end, score in rows]

    total = count()
    limit = min(limit, total - offset)
    if limit <= 0:
        return total, []
    values["stride"] = -(-total // RANKED)
    page = hits(_RANKED, limit, offset)
    if len(page) < limit:  # happens only if not all are ranked
        ranked = count(" AND rowid % :stride = 0")
        page += hits(_UNRANKED, limit - len(page), max(0, offset - ranked))
    return total, page


# --- parsing a query ------------------------------------------------------------------------------------------

# The English possessive, but no hamza inside a name (Ra's al-Ayn): after only two letters, they must be capitals (the UN's).
_POSSESSIVE = re.compile(r"['’＇](?:(?<=[^\W_]{3}.)[sS]|(?<=\b[A-Z]{2}.)s)(?![^\W_])")


def _folded(text: str) -> str:
    return fold(_POSSESSIVE.sub("", text))


@dataclass(frozen=True, slots=True)
class _Term:
    """A word, or the words of a phrase. If `open`, the last one may be the beginning of a longer word."""

    words: tuple[str, ...]
    excluded: bool
    open: bool


_TERM = re.compile(r"([-−]?)(?:[\"“”„«»＂]([^\"“”„«»＂]*)([\"“”„«»＂]|\Z)|([^\s\"“”„«»＂]+))")


def _terms(query: str) -> list[_Term]:
    """The terms of a query. A phrase without a closing quote is still being typed, so it is open like a last word."""
    terms: dict[tuple[tuple[str, ...], bool], _Term] = {}
    for found in _TERM.finditer(query[:MAX_QUERY]):
        minus, phrase, closed, word = found.groups()
        words = tuple(_folded(word if phrase is None else phrase).split())
        if words and len(terms) < MAX_TERMS:
            term = _Term(words, bool(minus), not minus and not closed)
            terms.pop((term.words, term.excluded), None)
            terms[term.words, term.excluded] = term
    every = list(terms.values())
    last = max((n for n, term in enumerate(every) if not term.excluded), default=None)
    return [replace(term, open=term.open and n == last and len(term.words[-1]) >= PREFIX_LETTERS) for n, term in enumerate(every)]


def _match(terms: Iterable[_Term]) -> str:
    """The terms as an FTS5 query; "" if no word is wanted. Folded words are letters and digits only, so quoting them is safe."""
    wanted: list[str] = []
    excluded: list[str] = []
    for term in terms:
        forms = (f'"{" ".join((form, *term.words[1:]))}"{" *" if term.open else ""}' for form in _forms(term.words[0]))
        (excluded if term.excluded else wanted).append(f"({' OR '.join(forms)})")
    if not wanted:
        return ""
    return f"({' AND '.join(wanted)})" + (f" NOT ({' OR '.join(excluded)})" if excluded else "")


_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{2,}")


def _forms(word: str) -> list[str]:
    """A folded word; an Arabic word also with its possible prefixes: و, then ب or ل, then the article."""
    if not _ARABIC_WORD.fullmatch(word):
        return [word]
    if word.startswith("ال") and len(word) > 3:
        # After ل the article loses its alif (للرقة), and before a word that starts with ل also its lam (للاذقية).
        forms = [word, "ب" + word, "لل" + word[2:]] + (["ل" + word[2:]] if word[2] == "ل" else [])
    else:
        forms = [word, "ال" + word, "بال" + word, "لل" + word]
        if len(word) > 2:
            forms += ["ب" + word, "ل" + word]
    return list(dict.fromkeys([*forms, *("و" + form for form in forms)]))
