"""Accuracy on gold files: of the spans, the places, the roles; of phrases, suggestions and sources, where they are marked.

A span is found strictly if its offsets are exactly those of the gold, and by overlap if one of ours that nothing else claims
shares a code point with it. Only toponyms that a text names count there: what is derived or suggested is measured apart.
The formats of the gold: goldformats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import unquote, urlsplit

from geopy.distance import geodesic

from conflictmap.errors import DataError, error
from conflictmap.evaluation.accuracy.gold import MAX_BYTES, Gold, GoldDerived, GoldText, GoldToponym
from conflictmap.evaluation.accuracy.goldformats import parse_gold
from conflictmap.evaluation.accuracy.spans import Span, common, in_context, pairs
from conflictmap.evaluation.accuracy.timegold import TimeGold, TimeScore, parse_times
from conflictmap.gazetteer import Gazetteer
from conflictmap.geoparser import Geoparser
from conflictmap.model import Article, Attestation, Footprint, Place

RIGHT_WITHIN_KM = 25.0
"""A town or site is right within this distance (the field's measure for Syrian news); what is wider, within its own reach."""

WIDEST_KM = 1500.0
"""… but a sea or region no farther than this from its label point, so that one is not right for another."""

DISTANCES_KM = (10, 25, 161)
"""Shares of the distances are reported within these; 161 km are the 100 miles of the field's convention."""

HELD_OUT = frozenset({"heldout.jsonl", "times-heldout.jsonl"})
"""Gold that only measures: once the program is fixed on its mistakes, no unseen text is left to measure it with."""


@dataclass
class Row:
    """A row of a table: how many there are, how many of them were found, how many of those are right, and how far off they lie."""

    total: int = 0
    found: int = 0
    right: int = 0
    kilometres: list[float] = field(default_factory=list)


@dataclass
class Score:
    """Counts over a gold set, and the mistakes in words.

    `placed` and `right` count found toponyms whose coordinates are marked (`located` also those not found), `nowhere` and
    `left_open` those that should get no place. `with_role` are found ones whose role is marked. `derived`, `suggested` and
    `attributed` (of names that a source is marked for; `unattributed`: of names marked as nobody's) are None where the gold
    marks none of the kind. Of `attributed`, found are those whose source ours overlaps, right those where it is the same span.
    """

    gold: int = 0
    found: int = 0
    false: int = 0
    overlapping: int = 0
    located: int = 0
    placed: int = 0
    right: int = 0
    nowhere: int = 0
    left_open: int = 0
    with_role: int = 0
    roles: int = 0
    unresolved: int = 0
    unresolved_named: int = 0
    kilometres: list[float] = field(default_factory=list)
    by_class: dict[str, Row] = field(default_factory=dict)
    by_role: dict[str, Row] = field(default_factory=dict)
    by_reason: dict[str, Row] = field(default_factory=dict)
    derived: Row | None = None
    derived_ours: int = 0
    suggested: Row | None = None
    suggested_ours: int = 0
    suggested_false: int = 0
    attributed: Row | None = None
    unattributed: Row | None = None
    attributed_ours: int = 0
    mistakes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return _share(self.found, self.found + self.false)

    @property
    def recall(self) -> float:
        return _share(self.found, self.gold)

    @property
    def f1(self) -> float:
        return _f1(self.precision, self.recall)

    @property
    def overlap_precision(self) -> float:
        return _share(self.overlapping, self.found + self.false)

    @property
    def overlap_recall(self) -> float:
        return _share(self.overlapping, self.gold)

    @property
    def overlap_f1(self) -> float:
        return _f1(self.overlap_precision, self.overlap_recall)

    @property
    def place_accuracy(self) -> float:
        return _share(self.right, self.placed)

    @property
    def role_accuracy(self) -> float:
        return _share(self.roles, self.with_role)

    def within(self, kilometres: float) -> float:
        """The share of the measured distances that are no greater."""
        return _share(sum(distance <= kilometres for distance in self.kilometres), len(self.kilometres))

    def figures(self) -> dict[str, float]:
        """The shares by name, greater being better; what the gold does not mark, or never came up, is left out."""
        found: dict[str, float] = {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "overlap precision": self.overlap_precision,
            "overlap recall": self.overlap_recall,
            "overlap f1": self.overlap_f1,
            "right place": self.place_accuracy,
            "right role": self.role_accuracy,
        }
        if self.located:
            found["right place, unfound too"] = self.right / self.located
        if self.nowhere:
            found["left open"] = self.left_open / self.nowhere
        if self.kilometres:
            found |= {f"within {distance} km": self.within(distance) for distance in DISTANCES_KM}
        if self.unresolved:
            found["unresolved are names"] = self.unresolved_named / self.unresolved
        if self.attributed and self.attributed.total:
            found["attributed"] = self.attributed.found / self.attributed.total
            found["attributed exactly"] = self.attributed.right / self.attributed.total
        if self.attributed and self.attributed_ours:
            found["attributions are right"] = self.attributed.found / self.attributed_ours
        if self.derived and self.derived.total:
            found["derived"] = self.derived.right / self.derived.total
        if self.suggested and self.suggested.total:
            found["suggested"] = self.suggested.right / self.suggested.total
        if self.suggested and self.suggested_ours:
            found["suggestions are right"] = self.suggested.right / self.suggested_ours
        return found


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


# --- reading --------------------------------------------------------------------------------------------------


def read_gold(path: Path, texts: Path | None = None) -> Gold | TimeGold:
    """A gold file of any format, of toponyms or of time expressions, as it holds. Raises DataError.

    `texts` is the folder of its texts, if they are files of their own.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(error(path.name, "", "", f"is larger than {MAX_BYTES:,} bytes"))
        data = path.read_bytes()
    except OSError as failure:
        raise DataError(error(path.name, "", "", f"cannot be read: {failure}")) from failure
    times = parse_times(path.name, data)
    if times is not None:
        return times
    return parse_gold(path.name, data, None if texts is None else lambda source: _text_in(texts, source))


def _text_in(folder: Path, source: str) -> str | None:
    """The text of a source: the file, with or without .txt, that bears as much of the end of its address as any does."""
    try:
        parts = [part for part in unquote(urlsplit(source).path).split("/") if part not in ("", ".", "..")]
        whole = folder.resolve()
        for first in range(len(parts)):
            for ending in ("", ".txt"):
                path = whole.joinpath(*parts[first:-1], parts[-1] + ending).resolve()
                if path.is_relative_to(whole) and path.is_file():
                    if path.stat().st_size > MAX_BYTES:
                        raise DataError(error(path.name, "", "", f"is larger than {MAX_BYTES:,} bytes"))
                    return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise DataError(error(source, "", "", f"its text cannot be read: {failure}")) from failure
    except (OSError, ValueError) as failure:
        if isinstance(failure, DataError):
            raise
        raise DataError(error(source, "", "", f"its text cannot be looked for: {failure}")) from failure
    return None


# --- measuring ------------------------------------------------------------------------------------------------


def evaluate(geoparser: Geoparser, texts: Iterable[GoldText]) -> Score:
    """Parse each text and compare with what is marked in it."""
    score = Score()
    for text in texts:
        compare(geoparser.gazetteer, text, geoparser.parse(Article(text.id, "", None, text.text)), score)
    return score


def compare(gazetteer: Gazetteer, text: GoldText, attestations: Iterable[Attestation], score: Score) -> None:
    """Add to the score what was found in one text."""
    ours = list(attestations)
    named = [one for one in ours if one.resolution.basis == "named"]
    _Comparison(gazetteer, text, score).names(named)
    _Comparison(gazetteer, text, score).derived([one for one in ours if one.resolution.basis == "derived"])
    _Comparison(gazetteer, text, score).suggested([one for one in ours if one.resolution.basis == "suggested"])


@dataclass(frozen=True, slots=True)
class _Comparison:
    gazetteer: Gazetteer
    text: GoldText
    score: Score

    def mistake(self, kind: str, span: Span, told: str = "") -> None:
        self.score.mistakes.append(f"{kind:<7} {self.text.id}: {in_context(self.text.text, span)}{told}")

    def names(self, ours: Sequence[Attestation]) -> None:
        score = self.score
        left = {_offsets(one): one for one in ours}
        missed = []
        for wanted in self.text.toponyms:
            found = left.pop((wanted.start, wanted.end), None)
            if found is None:
                missed.append(wanted)
                self.mistake("missed", wanted)
            self._name(wanted, found)
        score.false += len(left)
        score.overlapping += len(pairs(missed, [one.resolution.mention for one in left.values()]))
        for extra in left.values():
            self._count_ours(extra, False, None)
            self.mistake("false", extra.resolution.mention, f" -> {extra.resolution.place}")

    def _name(self, wanted: GoldToponym, found: Attestation | None) -> None:
        score = self.score
        score.gold += 1
        score.located += wanted.latitude is not None
        by_class = score.by_class.setdefault(wanted.fclass or "not marked", Row())
        by_class.total += 1
        by_role = score.by_role.setdefault(wanted.role or "not marked", Row())
        by_role.total += 1
        if wanted.attribution:
            self._attribution(wanted, found)
        if found is None:
            return
        score.found += 1
        score.overlapping += 1
        by_class.found += 1
        by_role.found += 1
        resolution = found.resolution
        right, kilometres = self._place(wanted, self.gazetteer.places.get(resolution.place or ""))
        by_class.right += right is True
        by_reason = self._count_ours(found, True, right)
        for whole in (score, by_class, by_role, by_reason):
            whole.kilometres += kilometres
        if right is False:
            told = f" -> {resolution.place} ({resolution.reason}), is {wanted.place}"
            self.mistake("place", wanted, told)
        if wanted.role is not None:
            score.with_role += 1
            score.roles += resolution.role == wanted.role
            by_role.right += resolution.role == wanted.role
            if right is not False and resolution.role != wanted.role:
                self.mistake("role", wanted, f" -> {resolution.role}, is {wanted.role}")

    def _count_ours(self, one: Attestation, is_name: bool, right: bool | None) -> Row:
        resolution = one.resolution
        row = self.score.by_reason.setdefault(resolution.reason, Row())
        row.total += 1
        row.found += is_name
        row.right += right is True
        if resolution.status == "unresolved":
            self.score.unresolved += 1
            self.score.unresolved_named += is_name
        return row

    def _place(self, wanted: GoldToponym, place: Place | None) -> tuple[bool | None, list[float]]:
        """Whether the place is right (None: the gold does not say where it is), and how far off it lies, if both are known."""
        score = self.score
        if wanted.latitude is None or wanted.longitude is None:
            if wanted.status is None:
                return None, []
            score.nowhere += 1
            score.left_open += place is None
            return place is None, []
        there = (wanted.latitude, wanted.longitude)
        score.placed += 1
        if place is None or place.footprint is None:
            return False, []
        distance = _kilometres(place.footprint, there)
        right = distance <= _reach(place) and (wanted.fclass is None or (place.fclass == "A") == (wanted.fclass == "A"))
        score.right += right
        return right, [distance]

    def _attribution(self, wanted: GoldToponym, found: Attestation | None) -> None:
        score = self.score
        score.attributed = score.attributed or Row()
        score.unattributed = score.unattributed or Row()
        ours = found.attributed_to if found else None
        score.attributed_ours += ours is not None
        if wanted.attributed_to is None:
            score.unattributed.total += 1
            score.unattributed.right += ours is None
            if ours is not None:
                self.mistake("source", wanted, f" -> {ours.surface!r}, is nobody's")
            return
        start, end = wanted.attributed_to
        score.attributed.total += 1
        score.attributed.found += ours is not None and ours.start < end and start < ours.end
        exact = ours is not None and (ours.start, ours.end) == (start, end)
        score.attributed.right += exact
        if not exact:
            self.mistake("source", wanted, f" -> {ours.surface if ours else None!r}, is {self.text.text[start:end]!r}")

    def derived(self, ours: Sequence[Attestation]) -> None:
        if self.text.derived is None:
            return
        score = self.score
        score.derived = row = score.derived or Row()
        score.derived_ours += len(ours)
        left = list(ours)
        for wanted in self.text.derived:
            row.total += 1
            found = _best(wanted, left)
            if found is None:
                self.mistake("derived", wanted, " is not found")
                continue
            left.remove(found)
            row.found += 1
            right = found.derived is not None and _covers(found.derived.footprint, wanted)
            row.right += right
            if not right:
                off = _kilometres(found.derived.footprint, (wanted.latitude, wanted.longitude)) if found.derived else None
                told = f" -> {off:.1f} km off, may be {wanted.tolerance_km:g}" if off is not None else " -> no footprint"
                self.mistake("derived", wanted, told)

    def suggested(self, ours: Sequence[Attestation]) -> None:
        if self.text.suggested is None:
            return
        score = self.score
        score.suggested = row = score.suggested or Row()
        score.suggested_ours += len(ours)
        left = list(ours)
        for wanted in self.text.suggested:
            row.total += 1
            found = _best(wanted, left)
            if found is None:
                self.mistake("suggest", wanted, f" is not found, is {wanted.place}")
                continue
            left.remove(found)
            row.found += 1
            place = self.gazetteer.places.get(found.resolution.place or "")
            there = (wanted.latitude, wanted.longitude)
            right = place is not None and place.footprint is not None and _kilometres(place.footprint, there) <= _reach(place)
            row.right += right
            if not right:
                self.mistake("suggest", wanted, f" -> {found.resolution.place}, is {wanted.place}")
        score.suggested_false += len(left)
        for extra in left:
            self.mistake("suggest", extra.resolution.mention, f" -> {extra.resolution.place}, is none")


def _offsets(one: Attestation) -> tuple[int, int]:
    return one.resolution.mention.start, one.resolution.mention.end


def _best(wanted: Span, ours: Sequence[Attestation]) -> Attestation | None:
    """The one that shares most with a span, and at least half of the longer of the two."""

    def shared(one: Attestation) -> float:
        mention = one.resolution.mention
        return common(wanted, mention) / max(wanted.end - wanted.start, mention.end - mention.start)

    best = max(ours, key=shared, default=None)
    return best if best is not None and shared(best) >= 0.5 else None


def _kilometres(footprint: Footprint, there: tuple[float, float]) -> float:
    return float(geodesic((footprint.latitude, footprint.longitude), there).km)


def _reach(place: Place) -> float:
    """How far from its label point a place is still itself, in kilometres."""
    if place.footprint is None or place.drawn == "dot":
        return RIGHT_WITHIN_KM
    reach = place.footprint.uncertainty_m / 1000
    return max(RIGHT_WITHIN_KM, reach if place.fclass == "A" else min(reach, WIDEST_KM))


def _covers(footprint: Footprint, wanted: GoldDerived) -> bool:
    there = (wanted.latitude, wanted.longitude)
    return _kilometres(footprint, there) <= wanted.tolerance_km or _is_inside(footprint.geometry, *there)


def _is_inside(geometry: Mapping[str, Any], latitude: float, longitude: float) -> bool:
    """Whether a point lies in a polygon of GeoJSON: a ray from it crosses the rings an odd number of times."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        return False
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    inside = False
    for rings in polygons:
        for ring in rings:
            for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
                if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1):
                    inside = not inside
    return inside


# --- telling --------------------------------------------------------------------------------------------------


def summary(name: str, score: Score) -> str:
    """The chief figures, in a line."""
    return (
        f"{name}: {score.gold} toponyms, precision {score.precision:.3f}, recall {score.recall:.3f}, F1 {score.f1:.3f}, "
        f"right place {score.place_accuracy:.3f}, right role {score.role_accuracy:.3f}"
    )


def tables(gold: Gold, score: Score) -> Iterator[str]:
    """All the figures of a gold set, in lines."""
    if gold.mended:
        yield f"  {gold.mended} toponyms stood beside their offsets and were found nearby"
    yield (f"  by overlap: precision {score.overlap_precision:.3f}, recall {score.overlap_recall:.3f}, F1 {score.overlap_f1:.3f}")
    if score.located:
        yield f"  right place: {score.right} of {score.placed} found, {score.right / score.located:.3f} of all {score.located}"
    if score.nowhere:
        yield f"  left without a place, as they should be: {score.left_open} of {score.nowhere} found"
    if score.kilometres:
        shares = ", ".join(f"{score.within(distance):.3f} within {distance} km" for distance in DISTANCES_KM)
        yield f"  distance: median {median(score.kilometres):.1f} km, {shares} (of {len(score.kilometres)} resolved)"
    if score.unresolved:
        yield f"  unresolved: {score.unresolved_named} of {score.unresolved} are marked as names"
    if score.derived:
        row = score.derived
        yield f"  derived: {row.total} marked, {row.found} found, {row.right} within tolerance; {score.derived_ours} of ours"
    if score.suggested:
        row = score.suggested
        yield f"  suggested: {row.total} marked, {row.found} found, {row.right} right; {score.suggested_false} false"
    if score.attributed and score.unattributed:
        row, none = score.attributed, score.unattributed
        yield (
            f"  attributed: {row.total} marked, {row.found} by overlap, {row.right} exactly; "
            f"{none.total - none.right} false where nobody says so ({none.total})"
        )
    yield from _table(("feature class", "gold", "found", "right place"), score.by_class)
    yield from _table(("role", "gold", "found", "right role"), score.by_role)
    yield from _table(("reason", "ours", "in gold", "right place"), score.by_reason)


def _table(heads: tuple[str, str, str, str], rows: Mapping[str, Row]) -> Iterator[str]:
    if not rows:
        return
    width = max(len(heads[0]), *map(len, rows))
    yield f"  {heads[0]:<{width}} {heads[1]:>6} {heads[2]:>8} {heads[3]:>12} {'median km':>10}"
    for name, row in sorted(rows.items(), key=lambda item: (-item[1].total, item[0])):
        off = f"{median(row.kilometres):.1f}" if row.kilometres else "–"
        yield f"  {name:<{width}} {row.total:>6} {row.found:>8} {row.right:>12} {off:>10}"


def listed_mistakes(name: str, score: Score | TimeScore, limit: int | None, told: bool) -> Iterator[str]:
    """The mistakes in lines, no more than the limit (None: all). Those of a held-out file only on request."""
    if not score.mistakes:
        return
    if name in HELD_OUT and not told:
        yield f"  {len(score.mistakes)} mistakes, not listed: this file is held out (--mistakes lists them)"
        return
    for mistake in score.mistakes[:limit]:
        yield f"  {mistake}"
    if limit is not None and len(score.mistakes) > limit:
        yield f"  … and {len(score.mistakes) - limit} more (--mistakes all)"
