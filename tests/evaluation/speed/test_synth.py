"""Invented articles: marked as such, the same each time, over the gazetteer's own places. No time is asserted here."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conflictmap.articles.readers import read_articles, read_file
from conflictmap.errors import Problem, UsageError
from conflictmap.evaluation.speed import synth
from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.model import Article, Attestation, Theatre
from conflictmap.text import passages


@pytest.fixture(scope="module")
def archive(gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("synth") / "invented.jsonl"
    assert synth.write_archive(out, 300, gazetteer) == 300
    return out


@pytest.fixture(scope="module")
def articles(archive: Path) -> tuple[Article, ...]:
    read = read_articles(archive.parent)
    assert read.problems == ()
    return read.articles


@pytest.fixture(scope="module")
def parsed(geoparser: Geoparser, articles: tuple[Article, ...]) -> list[list[Attestation]]:
    return [[found for found in geoparser.parse(article) if found.resolution.basis == "named"] for article in articles]


# --- what an article is like ----------------------------------------------------------------------------------


def test_every_article_says_four_times_that_it_is_invented(articles: tuple[Article, ...]) -> None:
    for number, article in enumerate(articles, start=1):
        assert article.title == f"Invented article {number}"
        assert article.text.splitlines()[0] == f"Invented article {number}, for measuring only."
        assert article.publisher
        assert article.publisher.startswith("Invented ")
        assert article.rights
        assert article.rights.startswith("Invented for measuring")


def test_articles_are_dated_in_order_from_march_2011_to_december_2016(articles: tuple[Article, ...]) -> None:
    days = [article.published.best for article in articles if article.published]
    assert len(days) == 300
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2011, 3, 1), date(2016, 12, 31))


def test_an_article_has_six_to_nine_short_paragraphs_after_its_first_line(articles: tuple[Article, ...]) -> None:
    assert {len(passages(article)) - 1 for article in articles} == {6, 7, 8, 9}
    assert max(len(article.text[p.start : p.end]) for article in articles for p in passages(article)) < 800


def test_about_ten_places_of_the_theatre_are_found_in_an_article(gazetteer: Gazetteer, parsed: list[list[Attestation]]) -> None:
    assert sum(map(len, parsed)) / len(parsed) == pytest.approx(10, abs=0.5)
    assert all(6 <= len(found) <= 14 for found in parsed)
    placed = [found.resolution.place for each in parsed for found in each if found.resolution.place]
    assert sum(gazetteer.theatre.holds(gazetteer.places[place]) for place in placed) > 0.98 * len(placed)


def test_most_of_what_is_told_has_a_time_and_a_source(parsed: list[list[Attestation]]) -> None:
    every = [found for each in parsed for found in each]
    assert sum(found.told is not None for found in every) > 0.6 * len(every)
    assert sum(found.attributed_to is not None for found in every) > 0.5 * len(every)
    assert len({found.told.expression.rule for found in every if found.told}) > 5


def test_significant_places_are_named_more_often_and_few_of_them_make_up_much(
    gazetteer: Gazetteer, parsed: list[list[Attestation]]
) -> None:
    counts = Counter(found.resolution.mention.surface for each in parsed for found in each)
    names = synth.theatre_names(gazetteer)
    total = sum(counts.values())
    assert sum(counts[name] for name in names) > 0.98 * total
    assert {"Aleppo", "Damascus"} == {name for name, _ in counts.most_common(2)}
    assert 0.3 < sum(counts[name] for name in names[:20]) / total < 0.5
    assert len(counts) > len(names) // 2


def test_the_names_of_a_sentence_are_counted_and_found(geoparser: Geoparser) -> None:
    inventor = synth.Inventor(geoparser.gazetteer, 3)
    told = found = 0
    for most in (0, 1, 2, 3, 50):
        for _ in range(100):
            text, named = inventor.sentence(date(2013, 8, 6), most)
            told += named
            found += sum(a.resolution.basis == "named" for a in geoparser.parse(Article("one", "", None, text)))
            assert named <= min(most, synth.MOST_NAMED)
            assert (named > 0) == (most > 0)
            assert text[0].isupper() or text[0] == "“"
            assert not {"{", "}"}.intersection(text)
    assert found == pytest.approx(told, rel=0.01)


@pytest.mark.parametrize(("articles", "mentions"), [(1, 1), (3, 3), (7, 100), (4, 2), (2, 0), (0, 0)])
def test_so_many_mentions_as_asked_are_spread_over_the_articles(
    mini_gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch, articles: int, mentions: int
) -> None:
    monkeypatch.setattr(synth.Inventor, "name", lambda inventor: "Nowhere")
    monkeypatch.setattr(synth.Inventor, "neighbour", lambda inventor, name: name)
    counts = [r["text"].count("Nowhere") for r in synth.invented_articles(mini_gazetteer, articles, mentions=mentions)]
    assert (len(counts), sum(counts)) == (articles, mentions)
    assert max(counts, default=0) - min(counts, default=0) <= 1


# --- the same each time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_an_archive_is_the_same_each_time_and_another_with_another_seed(
    mini_gazetteer: Gazetteer, tmp_path: Path, suffix: str
) -> None:
    for name, seed in (("one", 1), ("two", 1), ("three", 2)):
        synth.write_archive(tmp_path / f"{name}{suffix}", 20, mini_gazetteer, seed)
    one, two, three = ((tmp_path / f"{name}{suffix}").read_bytes() for name in ("one", "two", "three"))
    assert one == two
    assert one != three


def test_the_order_of_the_gazetteer_makes_no_difference(mini_gazetteer: Gazetteer) -> None:
    turned = replace(mini_gazetteer, places=dict(reversed(mini_gazetteer.places.items())))
    assert list(synth.invented_articles(turned, 5)) == list(synth.invented_articles(mini_gazetteer, 5))


def test_archives_of_two_seeds_can_lie_in_one_folder(mini_gazetteer: Gazetteer, tmp_path: Path) -> None:
    for seed in (1, 2):
        synth.write_archive(tmp_path / f"{seed}.jsonl", 3, mini_gazetteer, seed)
    read = read_articles(tmp_path)
    assert (len(read.articles), read.problems) == (6, ())


# --- the file -------------------------------------------------------------------------------------------------


def test_a_gzipped_archive_holds_the_same_lines(gazetteer: Gazetteer, archive: Path, tmp_path: Path) -> None:
    synth.write_archive(tmp_path / "invented.jsonl.gz", 300, gazetteer)
    assert gzip.decompress((tmp_path / "invented.jsonl.gz").read_bytes()) == archive.read_bytes()


def test_a_zstandard_archive_holds_the_same_lines(gazetteer: Gazetteer, archive: Path, tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    synth.write_archive(tmp_path / "invented.jsonl.zst", 300, gazetteer)
    with (tmp_path / "invented.jsonl.zst").open("rb") as raw:
        assert zstandard.ZstdDecompressor().stream_reader(raw).read() == archive.read_bytes()


def test_the_library_that_compresses_is_asked_for_by_the_name(
    mini_gazetteer: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Writer(io.BytesIO):
        def __init__(self, raw: io.BufferedWriter, closefd: bool) -> None:
            super().__init__()
            assert not closefd
            self.raw = raw

        def close(self) -> None:
            self.raw.write(b"zstd:" + self.getvalue())
            super().close()

    library = SimpleNamespace(ZstdCompressor=lambda level: SimpleNamespace(stream_writer=Writer))
    monkeypatch.setattr(synth.importlib, "import_module", lambda name: {"zstandard": library}[name])
    synth.write_archive(tmp_path / "a.jsonl", 2, mini_gazetteer)
    synth.write_archive(tmp_path / "a.jsonl.ZST", 2, mini_gazetteer)
    assert (tmp_path / "a.jsonl.ZST").read_bytes() == b"zstd:" + (tmp_path / "a.jsonl").read_bytes()


def test_without_the_library_another_name_is_asked_for(
    mini_gazetteer: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(synth.importlib, "import_module", missing)
    with pytest.raises(UsageError, match=r"zstandard is not installed: name the file \.jsonl\.gz or \.jsonl"):
        synth.write_archive(tmp_path / "a.jsonl.zst", 2, mini_gazetteer)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_run_leaves_the_old_archive_and_nothing_else(mini_gazetteer: Gazetteer, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    out.write_text("old", encoding="utf-8")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        synth.write_archive(out, 150, mini_gazetteer, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]
    assert out.read_text(encoding="utf-8") == "old"


def test_an_old_archive_is_replaced_and_keeps_its_mode(mini_gazetteer: Gazetteer, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    synth.write_archive(out, 1, mini_gazetteer)
    assert out.stat().st_mode & 0o777 == 0o644
    out.chmod(0o600)
    synth.write_archive(out, 2, mini_gazetteer)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2
    assert out.stat().st_mode & 0o777 == 0o600


def test_progress_is_told_each_hundred_and_at_the_end(mini_gazetteer: Gazetteer, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    synth.write_archive(tmp_path / "a.jsonl", 250, mini_gazetteer, progress=lambda done, total: told.append((done, total)))
    assert told == [(100, 250), (200, 250), (250, 250)]


def test_the_articles_written_are_not_kept(mini_gazetteer: Gazetteer, tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        synth.write_archive(tmp_path / "a.jsonl", 1000, mini_gazetteer)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < (tmp_path / "a.jsonl").stat().st_size / 4


@pytest.mark.parametrize(
    ("name", "articles", "said"),
    [
        ("a.jsonl", 0, "at least one"),
        ("a.jsonl", -3, "at least one"),
        ("a.json", 1, r"none of \.jsonl, \.jsonl\.gz, \.jsonl\.zst"),
        ("a.gz", 1, "none of"),
        ("missing/a.jsonl", 1, "cannot be written"),
    ],
)
def test_what_makes_no_sense_is_said(mini_gazetteer: Gazetteer, tmp_path: Path, name: str, articles: int, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        synth.write_archive(tmp_path / name, articles, mini_gazetteer)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_replaced(mini_gazetteer: Gazetteer, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        synth.write_archive(tmp_path / "a.jsonl", 1, mini_gazetteer)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_a_theatre_without_a_place_has_nothing_to_name(mini_gazetteer: Gazetteer, tmp_path: Path) -> None:
    nowhere = replace(mini_gazetteer, theatre=Theatre("nowhere", ("SY",), 0, 0, 1, 1))
    with pytest.raises(UsageError, match="nowhere: no place to name"):
        synth.write_archive(tmp_path / "a.jsonl", 1, nowhere)
    assert list(tmp_path.iterdir()) == []


def test_one_place_is_enough(mini_gazetteer: Gazetteer, tmp_path: Path) -> None:
    (name, *_) = synth.theatre_names(mini_gazetteer)
    (place,) = (p for p in mini_gazetteer.find(name)[:1])
    alone = replace(mini_gazetteer, places={place.id: place})
    assert synth.write_archive(tmp_path / "a.jsonl", 3, alone) == 3
    problems: list[Problem] = []
    assert all(name in article.text for article in read_file(tmp_path / "a.jsonl", problems))
    assert problems == []


def test_a_line_is_a_record_in_utf_8(archive: Path) -> None:
    read: Callable[[bytes], Any] = json.loads
    lines = archive.read_bytes().splitlines()
    assert {tuple(read(line)) for line in lines} == {("id", "title", "publisher", "published", "language", "rights", "text")}
    assert "“We have seen this before,”".encode() in archive.read_bytes()
