"""How fast text is read: recognition beside other matchers, and loading a gazetteer of many places."""

from __future__ import annotations

import importlib
import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from conflictmap.errors import UsageError
from conflictmap.evaluation.speed.report import NOT_INSTALLED, Budget, Table
from conflictmap.evaluation.speed.synth import MOST_NAMED, Inventor
from conflictmap.gazetteer import THEATRE_FILE, Gazetteer, read_gazetteer
from conflictmap.geoparser import Geoparser, compile_names
from conflictmap.model import Article
from conflictmap.text import fold_with_offsets, passages

_DAY = date(2012, 7, 1)
"""The day of the invented sentences."""
RECOGNITION_MB_S = 10.0
GAZETTEER_S = 0.3
GAZETTEER_PLACES = 12_000


def news_text(geoparser: Geoparser, seeds: Sequence[Article], size: int, seed: int = 0) -> list[Article]:
    """Articles of about 4 kB, `size` bytes in all, with as many names a kilobyte as the seeds have.

    Half of the blocks are the seeds', the others invented sentences: one that names places is taken whenever the names so
    far are fewer than the seeds' density asks for.
    """
    chance = random.Random(seed)
    inventor = Inventor(geoparser.gazetteer, seed)
    blocks = [article.text[p.start : p.end] for article in seeds for p in passages(article)]
    counts = {block: len(geoparser.parse(Article("block", "", None, block))) for block in set(blocks)}
    density = sum(counts[block] for block in blocks) / sum(len(block) for block in blocks)
    made: list[Article] = []
    total = written = found = 0
    while total < size:
        parts: list[str] = []
        while sum(map(len, parts)) < 4000:
            if chance.random() < 0.5:
                parts.append(chance.choice(blocks))
                found += counts[parts[-1]]
            else:
                sentences = []
                for _ in range(3):
                    sentence, named = inventor.sentence(_DAY, MOST_NAMED if found < density * written else 0)
                    found += named
                    sentences.append(sentence)
                    written += len(sentences[-1])
                parts.append(" ".join(sentences))
            written += len(parts[-1]) if parts[-1] in counts else 0
        text = "\n\n".join(parts)
        made.append(Article(f"invented-{len(made) + 1}", f"Invented article {len(made) + 1}", "Invented", text))
        total += len(text.encode())
    return made


# --- recognition ----------------------------------------------------------------------------------------------


def matchable_names(gazetteer: Gazetteer) -> list[str]:
    """Every matchable name as it is written, the longest first."""
    found = {t.text for place in gazetteer.places.values() for t in place.toponyms if t.matchable and len(t.text) > 1}
    return sorted(found, key=lambda name: (-len(name), name))


def alternation(names: Sequence[str]) -> re.Pattern[str]:
    """One pattern of all names, as the documentation of `re` would have it."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def contenders(geoparser: Geoparser) -> dict[str, Callable[[Article], int] | None]:
    """What is compared: a function from an article to the number of names found in it; None if it is not installed."""
    names = matchable_names(geoparser.gazetteer)
    pattern, automaton = alternation(names), geoparser.names.automaton
    folded: dict[str, str] = {}

    def ceiling(article: Article) -> int:
        if article.id not in folded:  # in the untimed first round
            folded[article.id] = fold_with_offsets(f" {article.text} ").text
        return len(automaton.find_matches_as_indexes(folded[article.id]))

    made: dict[str, Callable[[Article], int] | None] = {
        "recognise + resolve (ours)": lambda article: sum(len(named) for _, named in geoparser.toponyms(article)),
        "… with who says it, and relative places": lambda article: len(geoparser.parse(article)),
        r"re: \b(?:name1|name2|…)\b": lambda article: sum(1 for _ in pattern.finditer(article.text)),
        "flashtext2 KeywordProcessor": None,
        "ahocorasick_rs automaton alone": ceiling,
    }
    try:
        processor = importlib.import_module("flashtext2").KeywordProcessor(case_sensitive=False)
    except ImportError:
        return made
    processor.add_keywords_from_iter(names)
    made["flashtext2 KeywordProcessor"] = lambda article: len(processor.extract_keywords_with_span(article.text))
    return made


def median_ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    """The median of ours / other, pair by pair: what disturbs the machine disturbs both of a pair."""
    return statistics.median(one / other for one, other in zip(ours, others, strict=True))


def measure_recognition(geoparser: Geoparser, seeds: Sequence[Article], size: int, rounds: int) -> tuple[Table, float]:
    """The table of recognition, and our megabytes (10^6 bytes of UTF-8) a second."""
    articles = news_text(geoparser, seeds, size)
    few = articles[: max(1, len(articles) // 8)]  # the alternation is slow: it gets an eighth
    rates: dict[str, list[float]] = {}
    found: dict[str, float] = {}
    runners = contenders(geoparser)
    for number in range(rounds + 1):  # the first one warms up and counts
        for label, run in runners.items():
            if not run:
                continue
            part = few if label.startswith("re:") else articles
            size = sum(len(article.text.encode()) for article in part)
            begun = time.process_time()
            names = sum(map(run, part))
            taken = time.process_time() - begun
            if number:
                rates.setdefault(label, []).append(size / 1e6 / taken)
            found[label] = names / size * 1024
    ours = rates["recognise + resolve (ours)"]
    rows = [
        (label, f"{statistics.median(rates[label]):.2f}", f"{median_ratio(ours, rates[label]):.2f} ×", f"{found[label]:.1f}")
        if label in rates
        else (label, NOT_INSTALLED, "–", "–")
        for label in runners
    ]
    own = [len(geoparser.parse(a)) for a in seeds], [len(a.text.encode()) for a in seeds]
    return Table(
        "Recognition",
        ("what", "MB/s, median", "ours is", "names found a KB"),
        tuple(rows),
        (
            f"{sum(len(a.text.encode()) for a in articles) / 1e6:.2f} MB in {len(articles)} articles, {rounds} rounds in turn, processor time of one process; "
            f"the seed articles have {sum(own[0]) / sum(own[1]) * 1024:.1f} names a KB. The same {len(matchable_names(geoparser.gazetteer))} names for all.",
            "Only ours knows spellings that fold alike, leaves out persons and organisations, and says which place is meant and why. "
            "The automaton alone reads text folded beforehand: it is the ceiling.",
        ),
    ), statistics.median(ours)


# --- the gazetteer --------------------------------------------------------------------------------------------


def enlarged(source: Path, target: Path, places: int) -> None:
    """Write a gazetteer of so many places: copies of the source's, each with ids, names and citations of its own.

    Raises UsageError if the source has no places.
    """
    files = {path.name: json.loads(path.read_text(encoding="utf-8-sig"))["features"] for path in sorted(source.glob("*.geojson"))}
    whole = [(name, json.dumps(feature)) for name, features in files.items() for feature in features]
    if not whole:
        raise UsageError(f"{source}: no places to copy")
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in files}
    for position in range(places):
        copy, (name, written) = position // len(whole), whole[position % len(whole)]
        made[name].append(_renamed(json.loads(written), copy) if copy else json.loads(written))
    for name, features in made.items():
        text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
        (target / name).write_text(text, encoding="utf-8")
    (target / THEATRE_FILE).write_bytes((source / THEATRE_FILE).read_bytes())


def _renamed(feature: dict[str, Any], copy: int) -> dict[str, Any]:
    own = feature["properties"]
    feature["@id"] += f"-{copy}"
    own["id"] += f"-{copy}"
    own["aliases"] = [f"{alias}-{copy}" for alias in own.get("aliases", ())]
    for relation in feature.get("relations", ()):
        relation["relationTo"] += f"-{copy}"
    for name in feature["names"]:
        name["toponym"] += f" {copy}"
    for cited in (*feature["names"], feature["geometry"] or {}):
        for citation in cited.get("citations", ()):
            citation["label"] += f" {copy}"
    return feature


def measure_gazetteer(folder: Path, places: int = GAZETTEER_PLACES, rounds: int = 5) -> tuple[Table, Budget]:
    """The table of reading the gazetteer as it is and enlarged, and the budget of the enlarged one."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="conflictmap-bench-") as scratch:
        enlarged(folder, Path(scratch), places)
        for label, path in (("as it is", folder), ("enlarged", Path(scratch))):
            read: list[float] = []
            compiled: list[float] = []
            gazetteer: Gazetteer | None
            for _ in range(rounds):
                gazetteer = None  # the one before is given up first, untimed
                begun = time.perf_counter()
                gazetteer = read_gazetteer(path)
                read.append(time.perf_counter() - begun)
                begun = time.perf_counter()
                compile_names(gazetteer)
                compiled.append(time.perf_counter() - begun)
                held = [len(place.toponyms) for place in gazetteer.places.values()]
            counts = (f"{len(held):,}", f"{sum(held):,}")
            rows.append(
                (label, *counts, *(f"{1000 * t:.0f}" for t in (read[0], statistics.median(read), statistics.median(compiled))))
            )
    return Table(
        "Gazetteer",
        ("what", "places", "names", "read first, ms", "read, ms", "names compiled, ms"),
        tuple(rows),
        (f"Medians of {rounds} rounds in one process. Enlarged: by copies whose ids, names and citations differ.",),
    ), Budget(f"gazetteer of {places:,} places loaded", GAZETTEER_S, statistics.median(read), "s")
