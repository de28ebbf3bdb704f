"""The gazetteer as a geopy Geocoder: names to places, points to the nearest place, without a network.

Whatever takes a geopy geocoder takes this one too (`geopy.extra.rate_limiter.RateLimiter`, a `geocode` method in a data frame).
A place without a footprint is never returned: it has no point, and 0, 0 is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import islice, takewhile
from math import acos, cos, radians, sin
from typing import Any, NoReturn

from geopy.adapters import BaseSyncAdapter
from geopy.distance import geodesic
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from conflictmap.gazetteer.catalogue import Gazetteer
from conflictmap.model import Place
from conflictmap.text import fold_name

_EARTH_RADIUS_M = 6_371_008.8
_SHORTEST = 0.994
"""No geodesic is shorter than this share of the distance on the sphere (0.9944, from south to north at the equator)."""
_COMMA = re.compile("[,،]")


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocodes with one gazetteer. The options are those of every geopy geocoder; none changes an answer."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        scheme: str | None = None,
        timeout: Any = DEFAULT_SENTINEL,
        proxies: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
        ssl_context: Any = DEFAULT_SENTINEL,
    ) -> None:
        super().__init__(
            scheme=scheme,
            timeout=timeout,
            proxies=proxies,
            user_agent=user_agent,
            ssl_context=ssl_context,
            adapter_factory=_NoNetwork,
        )
        self.gazetteer = gazetteer
        self._countries: dict[str, Place] = {}
        self._points: list[tuple[float, float, float, str]] = []
        for place in sorted(gazetteer.places.values(), key=lambda p: (-p.significance, p.id)):
            if place.ftype.startswith("PCL"):
                for code in place.ccodes:
                    self._countries.setdefault(code, place)
            elif place.footprint and place.ftype != "CONT":
                self._points.append((*_on_sphere(place.footprint.latitude, place.footprint.longitude), place.id))

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
    ) -> Any:
        """The place of this name: a Location, with `exactly_one=False` a list of all of that name; None if there is none.

        The name counts in any spelling that folds alike, but whole: neither a beginning nor a similar name is found.
        "Qusayr, Homs" names a wider place too, and only places that are part of one of that name are found. The most
        significant comes first. `limit` cuts the list; `country_codes` (ISO 3166-1, one or several) leaves out places
        elsewhere; `timeout` is for geopy's sake. Raises GeocoderQueryError if the query is empty or not text.
        """
        if not isinstance(query, str) or not query.strip():
            raise GeocoderQueryError(f"a name is wanted, not {query!r}")
        codes = _codes(country_codes)
        found = [place for place in self._find(query) if place.footprint and (not codes or codes.intersection(place.ccodes))]
        return _answer([self._location(place) for place in islice(found, _at_most(limit))], exactly_one)

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = 5,
        max_distance_m: float | None = None,
    ) -> Any:
        """The nearest place: a Location, with `exactly_one=False` a list of up to `limit`, the nearest first.

        The distance, in metres on the ellipsoid, is `raw["distance_m"]`; it runs to the place's label point, which for a town
        or site is its dot, but for an area or line may lie far from its nearest edge. Countries and continents are left out.
        None if nothing lies within `max_distance_m`. Raises ValueError if the query is no point that geopy understands.
        """
        point = _point(query)
        nearest: Iterator[tuple[float, str]] = self._by_distance(point.latitude, point.longitude)
        if max_distance_m is not None:
            farthest = max_distance_m
            nearest = takewhile(lambda found: found[0] <= farthest, nearest)
        found = islice(nearest, 1 if exactly_one else _at_most(limit))
        places = self.gazetteer.places
        return _answer([self._location(places[place_id], distance_m=distance) for distance, place_id in found], exactly_one)

    def _find(self, query: str) -> list[Place]:
        found = self.gazetteer.find(query)
        name, *wider = _COMMA.split(query)
        named = [set(self.gazetteer.names.get(folded, ())) for folded in map(fold_name, wider) if folded]
        if found or not named:
            return found
        return [place for place in self.gazetteer.find(name) if not any(self._wider(place).isdisjoint(ids) for ids in named)]

    def _wider(self, place: Place) -> frozenset[str]:
        """Ids of what a place is part of, and of its countries."""
        return self.gazetteer.wider[place.id].union(self._countries[code].id for code in place.ccodes if code in self._countries)

    def _by_distance(self, latitude: float, longitude: float) -> Iterator[tuple[float, str]]:
        """(metres, id) of the places, the nearest first.

        The sphere ranks them all cheaply; the geodesic is computed only for those that the sphere cannot separate.
        """
        x, y, z = _on_sphere(latitude, longitude)
        waiting = [(-x * px - y * py - z * pz, place_id) for px, py, pz, place_id in self._points]
        heapify(waiting)
        measured: list[tuple[float, str]] = []
        while waiting:
            cosine, place_id = heappop(waiting)
            at_least = _SHORTEST * _EARTH_RADIUS_M * acos(max(-1.0, min(1.0, -cosine))) - 1
            while measured and measured[0][0] <= at_least:
                yield heappop(measured)
            footprint = self.gazetteer.places[place_id].footprint
            if footprint:
                there = (footprint.latitude, footprint.longitude)
                heappush(measured, (geodesic((latitude, longitude), there).meters, place_id))
        while measured:
            yield heappop(measured)

    def _location(self, place: Place, **more: Any) -> Location:
        footprint = place.footprint
        if footprint is None:
            raise ValueError(f"{place.id} has no footprint")
        raw = {
            "id": place.id,
            "name": place.title,
            "names": [toponym.text for toponym in place.toponyms],
            "fclass": place.fclass,
            "ftype": place.ftype,
            "uncertainty_m": footprint.uncertainty_m,
            "certainty": footprint.certainty,
            "part_of": list(place.part_of),
            "links": list(place.links),
            "citations": [
                {"label": c.label, "uri": c.uri, "family": c.family, "latitude": c.latitude, "longitude": c.longitude}
                for c in footprint.citations
            ],
        }
        return Location(self._address(place), (footprint.latitude, footprint.longitude), raw | more)

    def _address(self, place: Place) -> str:
        """The title, what it is part of from the narrowest to the widest, and the countries."""
        known = (self.gazetteer.places.get(place_id) for place_id in self.gazetteer.wider[place.id])
        around = sorted((wider for wider in known if wider and not wider.ftype.startswith("PCL")), key=_width)
        countries = [self._countries[code].title if code in self._countries else code for code in place.ccodes]
        parts = dict.fromkeys([place.title, *(wider.title for wider in around), " / ".join(countries)])
        return ", ".join(part for part in parts if part)


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """What geopy would ask the network with; here nothing does."""

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> NoReturn:
        raise GeocoderServiceError("the gazetteer's geocoder asks no network")

    get_text = get_json


def _on_sphere(latitude: float, longitude: float) -> tuple[float, float, float]:
    lat, lon = radians(latitude), radians(longitude)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _width(place: Place) -> tuple[float, str]:
    return place.footprint.uncertainty_m if place.footprint else float("inf"), place.id


def _answer(found: list[Location], exactly_one: bool) -> Any:
    """As geopy answers: None for nothing, and one Location or the list."""
    if not found:
        return None
    return found[0] if exactly_one else found


def _at_most(limit: int | None) -> int | None:
    if limit is not None and limit < 1:
        raise ValueError("Limit cannot be less than 1")
    return limit


def _codes(country_codes: str | Iterable[str] | None) -> set[str]:
    given = [country_codes] if isinstance(country_codes, str) else country_codes or ()
    return {code.strip().upper() for part in given for code in part.split(",")} - {""}


def _point(query: Any) -> Point:
    """The query as geopy reads points, except that nothing is no point: geopy would take it for 0, 0."""
    try:
        if not isinstance(query, str | Point):
            query = tuple(query)
            if len(query) < 2 or None in query:
                raise ValueError("two numbers are wanted")
        return Point(query)
    except (TypeError, ValueError) as failure:
        raise ValueError(f"Must be a coordinate pair or Point: {failure}") from failure
