"""What the tests share: the shipped data, a miniature of it (tests/data/mini), and corpora made on the spot."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from support.views import HAPPENED, TOLD

from conflictmap.gazetteer.catalogue import Gazetteer, read_gazetteer
from conflictmap.geoparser.names.compiled import Names
from conflictmap.geoparser.names.recognition import recognise
from conflictmap.geoparser.pipeline import Geoparser
from conflictmap.index.corpus import Corpus
from conflictmap.index.memory import build
from conflictmap.model import Article, Resolution
from conflictmap.questions.questions import Questions

ROOT = Path(__file__).resolve().parents[1]
MINI = ROOT / "tests" / "data" / "mini"

hypothesis.settings.register_profile("project", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("project")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def mini_gazetteer_folder() -> Path:
    return MINI / "gazetteer"


@pytest.fixture(scope="session")
def mini_articles_folder() -> Path:
    return MINI / "articles"


THREE = ("atlantic-sentinel-army-pulls-back", "atlantic-sentinel-offensive-alawite-heartland", "worldtribune-alawites-flee")


@pytest.fixture(scope="session")
def three_articles_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three of the shipped digests by themselves: what the tests say of them stays true when others come."""
    folder = tmp_path_factory.mktemp("three") / "articles"
    folder.mkdir()
    for name in THREE:
        shutil.copy(ROOT / "articles" / f"{name}.md", folder)
    return folder


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The shipped one."""
    return read_gazetteer(ROOT / "gazetteer")


@pytest.fixture(scope="session")
def geoparser(gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(gazetteer)


@pytest.fixture(scope="session")
def names(geoparser: Geoparser) -> Names:
    return geoparser.names


@pytest.fixture(scope="session")
def parse(geoparser: Geoparser) -> Callable[[str], list[Resolution]]:
    """Text -> its resolutions, with the shipped gazetteer."""
    return lambda text: [found.resolution for found in geoparser.parse(Article("test", "", None, text))]


@pytest.fixture(scope="session")
def surfaces(names: Names) -> Callable[[str], list[str]]:
    """Text -> the mentions recognised in it, as they are printed, with the shipped gazetteer."""
    return lambda text: [mention.surface for mention in recognise(text, names)]


@pytest.fixture(scope="session")
def mini_gazetteer(mini_gazetteer_folder: Path) -> Gazetteer:
    return read_gazetteer(mini_gazetteer_folder)


@pytest.fixture(scope="session")
def mini_names(mini_gazetteer: Gazetteer) -> Names:
    return Geoparser(mini_gazetteer).names


@pytest.fixture(scope="session")
def mini_corpus(mini_articles_folder: Path, mini_gazetteer_folder: Path) -> Corpus:
    return build(mini_articles_folder, mini_gazetteer_folder)


@pytest.fixture(scope="session")
def questions(mini_corpus: Corpus) -> Questions:
    """What is asked of the miniature."""
    return Questions(mini_corpus)


@pytest.fixture(scope="session")
def make_corpus(tmp_path_factory: pytest.TempPathFactory, mini_gazetteer_folder: Path) -> Callable[..., Corpus]:
    """Records (text, published, …) -> a corpus of them, as an archive in JSON Lines, on the miniature gazetteer."""

    def make(*records: dict[str, Any]) -> Corpus:
        folder = tmp_path_factory.mktemp("articles")
        lines = [json.dumps({"id": f"a{number}", "title": f"Title {number}"} | record) for number, record in enumerate(records)]
        (folder / "archive.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return build(folder, mini_gazetteer_folder)

    return make


@pytest.fixture(scope="session")
def told(make_corpus: Callable[..., Corpus]) -> Questions:
    """A corpus with every role and basis."""
    return Questions(
        make_corpus(
            {"text": TOLD, "published": "2013-08-06"}, {"text": "Fighting 12 km north of Homs.", "published": "2013-08-09"}
        )
    )


@pytest.fixture(scope="session")
def happened(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Questions:
    """A corpus with event dates of several precisions, and the shipped gazetteer."""
    folder = tmp_path_factory.mktemp("happened")
    (folder / "told.md").write_text(HAPPENED, encoding="utf-8")
    return Questions(build(folder, root / "gazetteer"))
