"""Accuracy on gold files: precision and recall of the spans, and how many of those found are put in the right place.

A gold file is JSON Lines: `text` and `toponyms`, each with start, end, surface, lat, lon, fclass and role
(tests/data/gold/README.md). A span is found if its offsets are exactly those of the gold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geopy.distance import geodesic

from conflictmap.errors import DataError, error
from conflictmap.geoparser import Geoparser
from conflictmap.model import Article, Attestation

RIGHT_WITHIN_KM = 25.0
"""A town or site is right within this distance (the field's measure for Syrian news); what is wider, within its own reach."""

WIDEST_KM = 1500.0
"""… but a sea or region no farther than this from its label point, so that one is not right for another."""


@dataclass
class Score:
    """Counts over a gold set, and the mistakes in words."""

    gold: int = 0
    found: int = 0
    false: int = 0
    placed: int = 0
    right: int = 0
    roles: int = 0
    mistakes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def place_accuracy(self) -> float:
        return self.right / self.placed if self.placed else 1.0

    @property
    def role_accuracy(self) -> float:
        return self.roles / self.found if self.found else 1.0


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a gold file. Raises DataError."""
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as failure:
        raise DataError(error(path.name, "", "", f"cannot be read: {failure}")) from failure
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record["text"], str):
                raise TypeError("`text` is not text")
            if any(record["text"][t["start"] : t["end"]] != t["surface"] for t in record["toponyms"]):
                raise ValueError("a surface is not what stands at its offsets")
            yield record
        except (ValueError, KeyError, TypeError) as failure:
            raise DataError(error(path.name, f"line {number}", "", str(failure))) from failure


def evaluate(geoparser: Geoparser, records: Iterable[dict[str, Any]]) -> Score:
    """Parse each record's text and compare with its toponyms."""
    score = Score()
    for record in records:
        article = Article(str(record.get("id", "")), "", None, record["text"])
        ours = {(a.resolution.mention.start, a.resolution.mention.end): a for a in geoparser.parse(article)}
        for wanted in record["toponyms"]:
            score.gold += 1
            found = ours.pop((wanted["start"], wanted["end"]), None)
            if found is None:
                score.mistakes.append(f"missed  {_where(record, wanted['start'], wanted['end'])}")
                continue
            score.found += 1
            score.roles += found.resolution.role == wanted.get("role", "location")
            _judge_place(geoparser, record, wanted, found, score)
        for (start, end), extra in ours.items():
            score.false += 1
            score.mistakes.append(f"false   {_where(record, start, end)} -> {extra.resolution.place}")
    return score


def _judge_place(geoparser: Geoparser, record: dict[str, Any], wanted: dict[str, Any], found: Attestation, score: Score) -> None:
    resolution = found.resolution
    score.placed += 1
    place = geoparser.gazetteer.places.get(resolution.place or "")
    where = _where(record, wanted["start"], wanted["end"])
    if wanted.get("lat") is None:
        right = place is None
    else:
        right = place is not None and place.footprint is not None and (place.fclass == "A") == (wanted["fclass"] == "A")
        if right and place and place.footprint:
            there = (place.footprint.latitude, place.footprint.longitude)
            reach = 0.0 if place.drawn == "dot" else place.footprint.uncertainty_m / 1000
            reach = reach if place.fclass == "A" else min(reach, WIDEST_KM)
            right = geodesic(there, (wanted["lat"], wanted["lon"])).km <= max(RIGHT_WITHIN_KM, reach)
    score.right += right
    if not right:
        score.mistakes.append(f"place   {where} -> {resolution.place} ({resolution.reason}), is {wanted.get('place')}")
    elif resolution.role != wanted.get("role", "location"):
        score.mistakes.append(f"role    {where} -> {resolution.role}, is {wanted.get('role')}")


def _where(record: dict[str, Any], start: int, end: int) -> str:
    text = record["text"]
    around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}"
    return f"{record.get('id', '')}: {' '.join(around.split())}"
