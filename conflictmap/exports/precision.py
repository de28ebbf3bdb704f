"""Precision codes of the UCDP GED codebook (date_prec, where_prec) and the ACLED codebook (time_precision, geo_precision).

They let users join our exports with these datasets; docs/method.md has the tables. The codes follow from the days that an interval
covers and from the kind and size of the place, so an area never gets the code of a town.
"""

from __future__ import annotations

from conflictmap.model import DerivedFootprint, Place, TimeInterval

NEAR_M = 25_000
"""UCDP's code 2: within about 25 km (here in metres) of a known point."""
EXACT_M = 15_000
"""The largest uncertainty (metres) of a town or site that counts as exact. Our choice (Damascus fits): the codebooks give no figure."""


def date_prec(interval: TimeInterval | None) -> int | None:
    """UCDP: 1 the day; 2 two to six days; 3 a week; 4 up to a month; 5 up to a year. None: undated, or longer (UCDP has no code)."""
    if interval is None:
        return None
    days = (interval.end - interval.start).days + 1
    for code, most in ((1, 1), (2, 6), (3, 7), (4, 31), (5, 366)):
        if days <= most:
            return code
    return None


def time_precision(interval: TimeInterval | None) -> int | None:
    """ACLED: 1 the day; 2 within a week; 3 within a month. None: undated, or wider than a month."""
    if interval is None:
        return None
    days = (interval.end - interval.start).days + 1
    return 1 if days == 1 else 2 if days <= 7 else 3 if days <= 31 else None


def where_prec(place: Place | None, derived: DerivedFootprint | None = None) -> int | None:
    """UCDP: 1 exact; 2 near a known point; 3 district; 4 governorate; 5 line, area or between places; 6 country; 7 sea. None: no place."""
    if derived is not None:
        return 2 if derived.shape == "point" and derived.footprint.uncertainty_m <= NEAR_M else 5
    if place is None:
        return None
    if place.ftype.startswith("PCL"):
        return 6
    if place.ftype in ("SEA", "OCN", "GULF"):
        return 7
    if place.ftype.startswith("ADM"):
        return 4 if place.ftype == "ADM1" else 3
    if place.drawn != "dot" or place.footprint is None:
        return 5
    footprint = place.footprint
    if footprint.certainty == "certain" and footprint.uncertainty_m <= EXACT_M:
        return 1
    return 2 if footprint.uncertainty_m <= NEAR_M else 5


def geo_precision(place: Place | None, derived: DerivedFootprint | None = None) -> int | None:
    """ACLED: 1 a town or site; 2 near one, or part of a region; 3 a larger region. None: no place."""
    code = where_prec(place, derived)
    return None if code is None else {1: 1, 2: 2, 3: 2}.get(code, 2 if derived is not None else 3)
