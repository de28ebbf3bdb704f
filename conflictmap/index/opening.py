"""An index on disk as a corpus: mapped into memory, with people's decisions applied."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from conflictmap.articles import Verdicts, apply_decisions, read_decisions
from conflictmap.errors import DataError, Problem, error
from conflictmap.gazetteer import read_gazetteer
from conflictmap.geoparser import Geoparser
from conflictmap.index.articles import StoredArticles
from conflictmap.index.corpus import Corpus
from conflictmap.index.parsing import attest
from conflictmap.index.schema import to_table
from conflictmap.index.shelf import Shelf, mapped


def open_index(folder: Path, gazetteer: Path) -> Corpus:
    """The corpus of an index: its tables mapped into memory, with the decisions in its folder applied.

    Raises DataError if there is no index, or if it was built with another version of the gazetteer.
    """
    manifest = Shelf(str(folder)).manifest()
    if manifest is None or not (folder / "opened" / manifest.opened / "done").is_file():
        raise DataError(error(str(folder), "manifest.json", "", "no index that this program can open: build it with `index`"))
    places = read_gazetteer(gazetteer)
    if places.version != manifest.gazetteer:
        raise DataError(error(str(folder), "manifest.json", "gazetteer", "made with another gazetteer: run `index` again"))
    opened = folder / "opened" / manifest.opened
    articles = StoredArticles(mapped(opened / "articles.arrow"))
    problems = list(places.problems)
    corpus = Corpus(
        articles,
        places,
        mapped(opened / "attestations.arrow"),
        manifest.opened[:12],
        tuple(problems),
        folder,
        search=opened / "search.sqlite",
    )
    return _decided(corpus, problems)


def _decided(corpus: Corpus, problems: list[Problem]) -> Corpus:
    """The corpus with the decisions in its folder applied: the articles that they concern are parsed again."""
    decisions = read_decisions(corpus.folder, problems)
    touched = {decision.article for decision in decisions} & corpus.articles.keys()
    if not touched:
        return replace(corpus, problems=tuple(problems))
    dated = apply_decisions([corpus.articles[i] for i in sorted(touched)], decisions)
    verdicts = Verdicts(decisions)
    fresh = to_table(attest(dated, Geoparser(corpus.gazetteer), verdicts))
    column = corpus.table.column("article").cast(pa.string())
    kept = corpus.table.filter(pc.invert(pc.is_in(column, pa.array(sorted(touched)))))
    table = pa.concat_tables([kept, fresh]).unify_dictionaries()
    digest = hashlib.sha256(f"{corpus.version}{[(a.id, a.published) for a in dated]}".encode()).hexdigest()[:12]
    return replace(
        corpus, articles=corpus.articles.with_dates(dated), table=table, version=digest, problems=tuple(problems), answers={}
    )
