"""The layer of the map: what is drawn, and over which days its mentions lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from conflictmap.model import DerivedFootprint, Place
from conflictmap.questions import conditions
from conflictmap.questions.database import CorpusDatabase
from conflictmap.questions.view import CLOCKS, View, whole


def layer(db: CorpusDatabase, article: str | None = None, view: View | None = None) -> list[dict[str, Any]]:
    """The features that the map draws (of one article if its id is given), with the days of their mentions on the view's clock.

    `starts` and `ends` are [day, mentions, day, mentions, …] in ascending order, days counted from 1970-01-01; `ends` is None if every
    interval is a single day; `undated` counts mentions without a date. `suggested`, where there is one, has the same three for
    suggestions. Coordinates are degrees (WGS 84), `uncertainty` metres.

    Of the view only the clock and the filters matter. The browser applies the period: starts up to its last day less ends before
    its first.
    """
    chosen = view or View()
    start, end = CLOCKS[chosen.clock]
    rows = db.query(
        f"select feature, {conditions.SUGGESTED} as suggested, {start} - date '1970-01-01' as first, {end} - date '1970-01-01' as last, count(*) "
        f"from attestations where feature is not null and {conditions.chosen(chosen)} and ($article is null or article = $article) "
        "group by all order by feature, suggested, first, last",
        whole(chosen),
        article=article,
    )
    features: dict[str, dict[str, Any]] = {}
    for (feature, suggested), intervals in groupby(rows, key=itemgetter(0, 1)):
        if feature not in features and (drawn := _drawn(db, feature)):
            features[feature] = drawn | _NO_DAYS
        if feature in features:
            days = _series([row[2:] for row in intervals])
            features[feature] |= {"suggested": days} if suggested else days
    return list(features.values())


def _drawn(db: CorpusDatabase, feature: str) -> dict[str, Any] | None:
    if feature not in db.corpus.drawn:
        return None
    derived = db.corpus.derived.get(feature)
    return (
        _derived_feature(feature, derived, db.title(feature)) if derived else _place_feature(db.corpus.gazetteer.places[feature])
    )


_NO_DAYS: dict[str, Any] = {"starts": [], "ends": None, "undated": 0}


def _series(intervals: Sequence[tuple[int | None, int, int]]) -> dict[str, Any]:
    """The days of a feature from its (first day, last day, mentions), which are ordered by first day; undated ones have None."""
    starts: list[int] = []
    last_days: Counter[int] = Counter()
    undated = 0
    for first, last, number in intervals:
        if first is None:
            undated += number
            continue
        last_days[last] += number
        if starts and starts[-2] == first:
            starts[-1] += number
        else:
            starts += (first, number)
    ends = [value for pair in sorted(last_days.items()) for value in pair]
    return {"starts": starts, "ends": None if ends == starts else ends, "undated": undated}


def _place_feature(place: Place) -> dict[str, Any]:
    assert place.footprint is not None
    footprint = place.footprint
    feature: dict[str, Any] = {
        "id": place.id,
        "title": place.title,
        "drawn": place.drawn,
        "lon": footprint.longitude,
        "lat": footprint.latitude,
        "uncertainty": footprint.uncertainty_m,
        "certainty": footprint.certainty,
    }
    if place.drawn != "dot":
        feature["geometry"] = footprint.geometry
    return feature


def _derived_feature(feature_id: str, derived: DerivedFootprint, title: str) -> dict[str, Any]:
    """A derived footprint as the map draws it: an open circle of its uncertainty, or a light area; never its anchor's dot."""
    footprint, geometry = derived.footprint, derived.footprint.geometry
    feature: dict[str, Any] = {
        "id": feature_id,
        "title": title,
        "drawn": "circle" if derived.shape == "point" else "vague",
        "lon": footprint.longitude,
        "lat": footprint.latitude,
        "uncertainty": footprint.uncertainty_m,
        "certainty": footprint.certainty,
    }
    if derived.shape != "point":
        feature["geometry"] = geometry
        is_ring = geometry["type"] == "Polygon" and len(geometry["coordinates"]) > 1
        if is_ring:  # the label goes on the ring, not into its hole
            outer, inner = (max(ring, key=lambda point: point[1]) for ring in geometry["coordinates"][:2])
            feature |= {"lon": outer[0], "lat": (outer[1] + inner[1]) / 2}
    return feature
