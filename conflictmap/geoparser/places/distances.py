"""How far places lie from one another, and which of several lies near others. Kilometres throughout."""

from __future__ import annotations

from math import cos, pi, sqrt

from conflictmap.model import Place

NEAR_KM = 60.0
"""How near a homonym must lie to unambiguous neighbours to be preferred for it (about the length of a governorate)."""
FARTHER_TIMES = 2.0
"""… and how many times farther off the next homonym must be."""
FAR_KM = 3 * NEAR_KM
"""Farther off than this is another theatre: an article all of whose places lie so far from a name's usual place means another."""
OUTSIDE_KM = 8.0
"""Farther from a town than this, a place "in Hama" is in the governorate: no quarter of a Syrian city lies so far from its centre."""
SUPPORT_KM = 100.0
"""How near a listed name's place must be for an unlisted spelling to be believed (a few districts away)."""
SAME_SITE_KM = 3.0
"""Candidates so near to one another are one site: whichever is taken, the dot is right."""


def is_narrow(place: Place) -> bool:
    return (
        place.footprint is not None and place.footprint.uncertainty_m <= NEAR_KM * 1000 and place.ftype[:3] not in ("PCL", "SEA")
    )


def nearest(options: list[Place], neighbours: list[Place], within: float = NEAR_KM, times: float = FARTHER_TIMES) -> Place | None:
    if not neighbours:
        return None
    ranked = sorted(
        ((min(distance_km(place, other) for other in neighbours), place) for place in options if place.footprint),
        key=lambda pair: pair[0],
    )
    if not ranked or ranked[0][0] > within:
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[1][0] > max(times * ranked[0][0], NEAR_KM / 2) else None


def distance_km(one: Place, other: Place) -> float:
    """Distance of two label points in kilometres: on the plane that touches the sphere between them.

    Within 1% of the geodesic up to some 500 km in these latitudes, enough to rank homonyms, and far cheaper.
    """
    if one.footprint is None or other.footprint is None:
        return float("inf")
    here, there = one.footprint, other.footprint
    north = here.latitude - there.latitude
    east = (here.longitude - there.longitude + 180) % 360 - 180
    east *= cos((here.latitude + there.latitude) * _HALF_RADIAN)
    return _KM_A_DEGREE * sqrt(north * north + east * east)


_KM_A_DEGREE = 111.195
_HALF_RADIAN = pi / 360
