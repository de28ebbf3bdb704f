"""The records that the command line writes, one JSON object per line."""

from __future__ import annotations

from typing import Any

from conflictmap.gazetteer import Gazetteer
from conflictmap.model import Article, Attestation, DerivedFootprint, Place, Told, TurnedDown
from conflictmap.text import passages
from conflictmap.vocabulary import VETOES


def turned_down_record(article: Article, one: TurnedDown) -> dict[str, Any]:
    """A name that a rule rejected, as `parse --explain` writes it: with `turned_down`, the rule, and without `status`."""
    (passage,) = (passage.number for passage in passages(article) if passage.start <= one.start < passage.end)
    return {
        "article": article.id,
        "passage": passage,
        "start": one.start,
        "end": one.end,
        "surface": one.surface,
        "turned_down": one.rule,
        "why": VETOES[one.rule],
    }


def mention_record(attestation: Attestation, gazetteer: Gazetteer) -> dict[str, Any]:
    """An attestation as `parse` writes it; docs/reference.md documents the fields."""
    resolution, mention, published = attestation.resolution, attestation.resolution.mention, attestation.published
    place = gazetteer.places.get(resolution.place or "")
    source, derived = attestation.attributed_to, attestation.derived
    return {
        "article": attestation.article,
        "passage": attestation.passage.number,
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "place": resolution.place,
        **place_fields(place),
        **(_derived_fields(derived) if derived else {}),
        "certainty": resolution.certainty,
        "status": resolution.status,
        "basis": resolution.basis,
        "role": resolution.role,
        "reason": resolution.reason,
        "candidates": list(mention.candidates),
        "published_start": published.start.isoformat() if published else None,
        "published_end": published.end.isoformat() if published else None,
        **_event_fields(attestation.told),
        "attributed_to": source.surface if source else None,
        "attributed_start": source.start if source else None,
        "attributed_end": source.end if source else None,
    }


def _event_fields(told: Told | None) -> dict[str, Any]:
    """When the event happened, and the words and rules that date it; all None if the text does not say."""
    expression = told.expression if told else None
    interval = expression.interval if expression else None
    return {
        "event_start": interval.start.isoformat() if interval else None,
        "event_end": interval.end.isoformat() if interval else None,
        "event_kind": interval.kind if interval else None,
        "date_precision": interval.precision if interval else None,
        "event_words": expression.surface if expression else None,
        "event_words_start": expression.start if expression else None,
        "event_words_end": expression.end if expression else None,
        "event_rule": expression.rule if expression else None,
        "event_link": told.link if told else None,
    }


def _derived_fields(derived: DerivedFootprint) -> dict[str, Any]:
    """The derived footprint (degrees, metres); these fields replace those of the named place."""
    return {
        "lat": derived.footprint.latitude,
        "lon": derived.footprint.longitude,
        "uncertainty_m": derived.footprint.uncertainty_m,
        "shape": derived.shape,
        "anchors": list(derived.anchors),
        "distance_m": derived.distance_m,
        "bearing_deg": derived.bearing_deg,
    }


def place_fields(place: Place | None) -> dict[str, Any]:
    """Name, class and label point (degrees, metres) of a place; all None without a place."""
    point = place.footprint if place else None
    return {
        "name": place.title if place else None,
        "fclass": place.fclass if place else None,
        "ftype": place.ftype if place else None,
        "lat": point.latitude if point else None,
        "lon": point.longitude if point else None,
        "uncertainty_m": point.uncertainty_m if point else None,
    }
