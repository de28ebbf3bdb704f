"""What a closer look at one place finds: names that fold alike, mixed scripts, missing citations, sources that disagree."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from geopy.distance import geodesic

from conflictmap.errors import Problem, error, warning
from conflictmap.model import Place
from conflictmap.text import fold_name

DISAGREEMENT_KM = 1.0
"""Sources of a point that lie farther apart than this need a decision, which the note must explain."""


def problems_of(place: Place, file: str) -> Iterator[Problem]:
    """Every problem of one place of a file, graded."""
    folded: dict[tuple[str, str], str] = {}
    for toponym in place.toponyms:
        name = fold_name(toponym.text)
        if not name:
            yield error(file, place.id, "names", f"{toponym.text!r} folds to nothing")
        elif (name, toponym.lang) in folded and toponym.lang != "ar":
            yield warning(file, place.id, "names", f"{toponym.text!r} folds to the same name as {folded[name, toponym.lang]!r}")
        folded.setdefault((name, toponym.lang), toponym.text)
        scripts = sorted({unicodedata.name(char, "?").split()[0] for char in toponym.text if char.isalpha()})
        if len(scripts) > 1:
            yield warning(file, place.id, "names", f"{toponym.text!r} mixes scripts: {', '.join(scripts).title()}")
        if not toponym.citations:
            yield warning(file, place.id, "names", f"{toponym.text!r} has no citation")
    if place.footprint is None:
        yield warning(file, place.id, "geometry", "no source gives a position")
        return
    if place.drawn != "dot":
        return
    here = (place.footprint.latitude, place.footprint.longitude)
    for citation in place.footprint.citations:
        if citation.latitude is None or citation.longitude is None:
            continue
        apart = geodesic(here, (citation.latitude, citation.longitude)).km
        if apart > DISAGREEMENT_KM and not place.note:
            yield error(file, place.id, "properties.note", f"{citation.label} lies {apart:.1f} km off, and no note says why")
        if apart * 1000 > place.footprint.uncertainty_m + 500:
            yield warning(file, place.id, "properties.uncertainty_m", f"less than the {apart:.1f} km to {citation.label}")
