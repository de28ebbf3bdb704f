"""Mentions -> places, each with a reason, and the role that the name plays in its sentence.

The steps, in order; the first that leaves one candidate decides, and its name is the reason:
what the words around say of the kind of place; what wider place is named beside it; which homonym the article has
already named in so many words; which lies near the places that the article names without doubt; which the
bare name means by default. A place of significance 1 needs support from its context. Nothing is guessed beyond that:
what no step decides is `ambiguous`.
"""

from __future__ import annotations

from collections.abc import Sequence

from conflictmap.gazetteer import Gazetteer
from conflictmap.geoparser.places.evidence import Evidence
from conflictmap.geoparser.places.roles import role_of
from conflictmap.geoparser.places.steps import Support, settle, support
from conflictmap.model import Certainty, Mention, Resolution, Status


def resolve(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, passage_starts: Sequence[int] = ()
) -> list[Resolution | None]:
    """Resolve all mentions of one article together, in text order.

    None where a spelling that no place lists has nothing around it that speaks for a place: it is no toponym then.
    """
    starts = sorted(passage_starts) or [0]
    evidence = Evidence(text, mentions, gazetteer)
    resolutions: list[Resolution | None] = []
    for number, mention in enumerate(mentions):
        backing = support(evidence, number) if mention.folded else Support.ENOUGH
        if backing is Support.NOTHING:
            resolutions.append(None)
            continue
        place, reason = settle(evidence, number)
        if place and evidence.is_out_of_place(number, place, reason):
            place, reason = None, "needs-support"
        if mention.folded:
            place, reason = (
                (place, "spelling-variant")
                if place and backing is Support.ENOUGH
                else (None, reason if not place else "needs-support")
            )
        status: Status = "resolved" if place else "ambiguous" if mention.candidates and reason != "elsewhere" else "unresolved"
        role = role_of(text, mention, place, starts, mentions, number)
        certainty: Certainty = "less-certain" if mention.folded else "certain"
        resolutions.append(Resolution(mention, place.id if place else None, status, reason, role, certainty=certainty))
    return resolutions
