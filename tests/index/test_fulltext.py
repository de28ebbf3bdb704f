"""The full-text index: what a query finds, in which order, and that no query does harm."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conflictmap.articles.readers import read_articles
from conflictmap.errors import ConflictMapError, DataError, UsageError
from conflictmap.index import fulltext
from conflictmap.index.fulltext import Hit, Row, build, build_in_memory, search
from conflictmap.text import passages

TEXTS = (
    "The Syrian army shelled Salma on Tuesday.",
    "Rebels left Salma; the army of the Syrian government moved in. The army then burned the houses of the army's critics.",
    "Al-Quṣayr fell. Syria's army took al-Qusayr, said the Observatory.",
    "Qusayr lies near Lebanon.",
    "Ra's al-Ayn is not Ra’s Baalbek; the UN's envoy went to Ra's al-Ayn.",
    "قصف الجيش مدينة حلب",
    "وصلوا إلى بحلب وحلب والرقة",
    "عادوا للرقة ومدينة اللاذقية",
    "طريق للاذقية، وريف الرَّقَّة",
    "A salmagundi of rumours from Raqqa",
)
"""Passage n belongs to article n modulo 3."""


def rows(texts: tuple[str, ...] = TEXTS) -> Iterator[Row]:
    for number, text in enumerate(texts):
        yield f"article-{number % 3}", number, 10 * number, 10 * number + len(text), text


INDEX = build_in_memory(rows())


def found(words: str, **options: object) -> list[int]:
    """The numbers of the passages found, sorted."""
    total, hits = INDEX.search(words, **options)  # type: ignore[arg-type]
    assert total == len(hits)
    return sorted(hit.passage for hit in hits)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("salma", [0, 1, 9]),  # the last word is the beginning of a longer one
        ("salma army", [0, 1]),
        ("ARMY Sälma", [0, 1]),
        ("salma rumours", []),  # but not a word before the last
        ('"salma"', [0, 1]),  # nor a closed phrase
        ("syr", [0, 1, 2]),
        ("sy", []),  # too short for a beginning
        ("syrian army", [0, 1]),
        ('"syrian army"', [0]),
        ('"army syrian"', []),
        ('"the syrian gov', [1]),  # still being typed
        ("“the syrian government”", [1]),
        ("syrian -rebels", [0]),
        ("-rebels syrian", [0]),
        ("syria -rebel", [0, 1, 2]),  # an excluded word matches whole words only
        ('army -"syrian army"', [1, 2]),
        ("army -salma -observatory", []),
        ("-army", []),
        ("army - salma", [0, 1]),
        ("qusayr", [2, 3]),
        ("al-qusayr", [2]),  # a hyphenated word is a phrase
        ("al-qus", [2]),
        ("alqusayr", []),
        ("syria army", [2]),  # Syria's
        ("syria's army", [2]),
        ("armys critics", []),
        ("ras al-ayn", [4]),  # Ra's is no possessive
        ("un envoy", [4]),
        ("حلب", [5, 6]),
        ("مدينة حلب", [5]),
        ('"مدينة حلب"', [5]),
        ("مدينه", [5, 7]),
        ("رقة", [6, 7, 8]),
        ("الرقة", [6, 7, 8]),
        ("الرقه -ريف", [6, 7]),
        ("لاذقية", [7, 8]),
        ("اللاذقية", [7, 8]),
        ("والرقة", [6]),  # a prefix in the query is not removed
        ("الى", [6]),
        ("", []),
        ("  ", []),
        ('""', []),
        ("'", []),
        ("-", []),
        ("*", []),
        ("NEAR", [3]),
        ("near/lebanon", [3]),
        ("text:salma", []),
        ("army OR raqqa", []),
        ("(salma)", [0, 1, 9]),
        ("^salma*", [0, 1, 9]),
    ],
)
def test_what_a_query_finds(words: str, numbers: list[int]) -> None:
    assert found(words) == numbers


def test_a_hit_says_where_it_stands() -> None:
    total, (hit,) = INDEX.search("lebanon")
    assert total == 1
    assert hit == Hit("article-0", 3, 30, 30 + len(TEXTS[3]), hit.score)
    assert hit.score > 0


def test_the_best_come_first() -> None:
    _, hits = INDEX.search("army -nothing")
    assert hits[0].passage == 1  # three times
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_equals_stand_in_the_order_of_the_index() -> None:
    index = build_in_memory(rows(("same words here",) * 50 + ("something else",)))
    assert [hit.passage for hit in index.search("words", limit=100)[1]] == list(range(50))


def test_pages_of_hits() -> None:
    total, every = INDEX.search("the", limit=100)
    assert total == len(every) == 4
    pages = [INDEX.search("the", limit=2, offset=offset) for offset in (0, 2, 4, 10**30)]
    assert [count for count, _ in pages] == [4] * 4
    assert [hit for _, hits in pages for hit in hits] == every
    assert INDEX.search("the", limit=0) == (4, [])
    assert INDEX.search("the", limit=10**30) == (4, every)
    for wrong in ({"limit": -1}, {"offset": -1}):
        with pytest.raises(UsageError):
            INDEX.search("the", **wrong)


@pytest.mark.parametrize("few", [0, 5000])
def test_only_some_articles(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "_FEW", few)
    assert found("army", articles={"article-0"}) == [0]
    assert found("army", articles=["article-2", "article-1", "article-1"]) == [1, 2]
    assert found("army -salma", articles=("article-2", "no such", "\ud800", "' OR 1=1 --")) == [2]
    assert found("army", articles=["no such"]) == []
    assert found("army", articles=()) == []


@pytest.mark.parametrize("articles", [None, ["article-0", "article-2"]])
def test_of_very_many_matches_a_sample_is_ranked(articles: list[str] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "RANKED", 10)
    index = build_in_memory(rows(tuple(f"word {'word' * (n % 2)} {'filler ' * (n % 7)}" for n in range(95))))
    total, every = index.search('"word"', limit=200, articles=articles)
    assert total == len(every) == len(set(every)) == (95 if articles is None else 63)
    ranked = [hit for hit in every if hit.score]
    assert 5 <= len(ranked) <= 20
    assert every[: len(ranked)] == sorted(ranked, key=lambda hit: (-hit.score, hit.passage))
    assert every[len(ranked) :] == sorted(every[len(ranked) :], key=lambda hit: hit.passage)
    for size in (1, 7, 10):
        pages = [index.search('"word"', limit=size, offset=offset, articles=articles)[1] for offset in range(0, 100, size)]
        assert [hit for page in pages for hit in page] == every


HOSTILE = st.text(st.sampled_from(list("\"'“”«»-−*^:(){}[]+,;\\%_?$@#~ \t\n\0aAةال\ud800ßﷺ")) | st.characters(), max_size=60)


@given(HOSTILE)
@example('" OR 1=1; DROP TABLE passage; --')
@example('a" NOT b OR "c')
@example("{text}: a NEAR(b c, 2) AND NOT *")
@example('"' * 999)
@example("(" * 5000)
@example("a " * 5000)
@example('"' + "a " * 5000)
@example(" ".join(f"{n}x-{n}y" for n in range(500)))
@example(" ".join(f"-حلب{n} حلب{n}" for n in range(500)).translate(str.maketrans("0123456789", "ابتثجحخدذر")))
@example("ا" * 100_000)
def test_any_text_is_a_query(words: str) -> None:
    first = INDEX.search(words)
    assert INDEX.search(words) == first
    assert INDEX.search("salma")[0] == 3


@given(st.sampled_from(TEXTS), st.data())
def test_a_passage_is_found_by_its_own_words(text: str, data: st.DataObject) -> None:
    words = text.split()
    start = data.draw(st.integers(0, len(words) - 1))
    stop = data.draw(st.integers(start + 1, len(words)))
    number = TEXTS.index(text)
    assert number in found(" ".join(words[start:stop]))
    assert number in found(f'"{" ".join(words[start:stop])}"')


def test_a_file_and_memory_answer_alike(tmp_path: Path) -> None:
    path = tmp_path / "an index #1?.sqlite"
    build(path, rows())
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    for words in ("salma", "the army", '"syrian army"', "الرقة", "army -salma", "nothing at all"):
        assert search(path, words) == INDEX.search(words)
    assert search(path, "army", 1, 1, ["article-0", "article-1"]) == INDEX.search("army", 1, 1, ["article-0", "article-1"])
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_the_texts_are_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "index"
    build(path, [("one", 1, 0, 9, "an unmistakable sentence of several words")])
    assert b"unmistakable" in path.read_bytes()
    assert b"unmistakable sentence" not in path.read_bytes()


def test_the_same_passages_make_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        build(tmp_path / name, rows())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_passages_are_read_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "_BATCH", 3)
    path = tmp_path / "index"
    build(path, (row for row in rows()))
    assert search(path, "salma") == INDEX.search("salma")
    build(path, iter(()))
    assert search(path, "salma") == (0, [])


def test_a_failed_build_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "index"
    build(path, rows())
    path.chmod(0o640)

    def broken() -> Iterator[Row]:
        yield from rows()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build(path, broken())
    assert list(tmp_path.iterdir()) == [path]
    assert search(path, "salma") == INDEX.search("salma")
    build(path, rows(("anew",)))
    assert search(path, "salma")[0] == 0
    assert search(path, "anew")[0] == 1
    assert path.stat().st_mode & 0o777 == 0o640


def _not_sqlite(path: Path) -> None:
    path.write_text("not a database " * 1000, encoding="utf-8")


def _other_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE words (text)")
    connection.close()


def _cut_off(path: Path) -> None:
    build(path, rows(tuple(f"salma {n} " * 30 for n in range(300))))
    path.write_bytes(path.read_bytes()[:20_000])


@pytest.mark.parametrize("spoil", [lambda path: None, Path.mkdir, Path.touch, _not_sqlite, _other_sqlite, _cut_off])
def test_a_file_that_is_no_index_is_told(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "index"
    spoil(path)
    with pytest.raises(DataError, match="build it"):
        search(path, "salma")


def test_a_sqlite_without_fts5_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    absent = tuple(statement.replace("fts5(", "no_such_fts5(") for statement in fulltext._TABLES)
    monkeypatch.setattr(fulltext, "_TABLES", absent)
    for attempt in (lambda: build(tmp_path / "index", rows()), lambda: build_in_memory(rows())):
        with pytest.raises(ConflictMapError, match="FTS5"):
            attempt()
    assert list(tmp_path.iterdir()) == []


def test_threads_search_at_once(tmp_path: Path) -> None:
    path = tmp_path / "index"
    build(path, rows())
    queries = ["salma", "army", "الرقة", '"syrian army"'] * 25
    expected = [INDEX.search(words) for words in queries]
    start = threading.Barrier(8)

    def work(number: int) -> bool:
        start.wait()
        ask = INDEX.search if number % 2 else lambda words: search(path, words)
        return [ask(words) for words in queries] == expected

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_the_shipped_articles(root: Path) -> None:
    articles = read_articles(root / "articles").articles
    index = build_in_memory(
        (article.id, p.number, p.start, p.end, article.text[p.start : p.end]) for article in articles for p in passages(article)
    )
    texts = {article.id: article.text for article in articles}
    total, hits = index.search("salma", limit=1000)
    assert total == len(hits) > 3
    assert all("salma" in texts[hit.article][hit.start : hit.end].lower() for hit in hits)
