"""The names of a gazetteer, compiled for matching: one automaton over folded names, a Pattern for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from conflictmap.gazetteer import Gazetteer, Spellings
from conflictmap.geoparser.lexicon import arabic_words, english_words, lookalike_words
from conflictmap.text import fold, fold_name, is_arabic


class Pattern(NamedTuple):
    """A folded name to look for.

    `places` its candidates, the most significant first (none: the whole name of an organisation); `capitalised` whether its
    script has capitals; `dotted` the forms of an abbreviation; `punctuated` whether a stop or comma is part of it; `small` whether it names
    nothing greater than a town (so that a person of the name is as likely); `kinds` the classes and GeoNames codes of its candidates;
    `personal` whether it may be a person's name as it stands, `common` whether it is a common word, `abroad` whether none of them is of
    the theatre's countries.
    """

    places: tuple[str, ...]
    capitalised: bool
    dotted: str | None
    small: bool
    punctuated: bool
    kinds: frozenset[str]
    personal: bool
    common: bool
    abroad: bool


@dataclass(frozen=True, slots=True, repr=False)
class Names:
    """The names of a gazetteer, compiled for matching. `index` leads from a folded name to its pattern's number."""

    automaton: ahocorasick_rs.AhoCorasick
    patterns: list[Pattern]
    index: Mapping[str, int]
    spellings: Spellings
    gazetteer: Gazetteer


_AIRFIELDS = ("AIRB", "AIRF", "AIRP")


def _town_forms(gazetteer: Gazetteer) -> dict[str, list[str]]:
    """Folded name of a town of the theatre -> all its folded names in Latin script."""
    forms: dict[str, list[str]] = {}
    for place in gazetteer.places.values():
        if place.fclass == "P" and place.significance > 1 and gazetteer.theatre.holds(place):
            own = [fold_name(t.text) for t in place.toponyms if t.matchable and not is_arabic(t.text)]
            forms.update(dict.fromkeys(own, own))
    return forms


def _airfield_names(folded: str, towns: Mapping[str, list[str]]) -> list[str]:
    """What else an airfield of this folded name is called: news call one base an airport, an airbase, a military airport in turn, and
    spell the town in front as they spell the town."""
    ending = next(
        (word for word in sorted(english_words().airfields, key=len, reverse=True) if folded.endswith(f" {word}")), None
    )
    if ending is None:
        return []
    stem = folded.removesuffix(f" {ending}").removesuffix(" international")
    names = [f"{town} {word}" for town in {stem, *towns.get(stem, ())} for word in english_words().airfields]
    return sorted(name for name in names if name != folded)


def compile_names(gazetteer: Gazetteer) -> Names:
    """Prepare the matchable names of a gazetteer. A name that folds to nothing or to one letter is skipped."""
    forms: dict[str, list[str]] = {}
    dotted: dict[str, str] = {}
    punctuated: set[str] = set()
    romanised: dict[str, list[str]] = {}
    common: set[str] = set()
    towns = _town_forms(gazetteer)
    for place in gazetteer.places.values():
        theatre = gazetteer.theatre.holds(place) and not english_words().unromanised.isdisjoint(place.ccodes)
        for toponym in place.toponyms:
            if toponym.text.startswith("محافظة "):  # in Arabic the generic word is no part of the span
                continue
            folded = fold_name(toponym.text)
            if theatre and not is_arabic(toponym.text) and toponym.kind != "exonym":
                romanised.setdefault(toponym.text, []).append(place.id)
            if theatre and toponym.lang == "ar" and not toponym.matchable and len(folded) > 3:
                common.add(folded)  # a common word in Arabic: matched only where nothing but a place can stand
            elif not toponym.matchable or len(folded) < 2:
                continue
            forms.setdefault(folded, []).append(place.id)
            if place.ftype in _AIRFIELDS and not is_arabic(toponym.text):
                for other in _airfield_names(folded, towns):
                    forms.setdefault(other, []).append(place.id)
            if re.search(r"[.,] ", toponym.text):
                # In a text, stop and space fold to two spaces: such a name is matched in that form too.
                loose = fold(toponym.text).strip()
                forms.setdefault(loose, []).append(place.id)
                punctuated.add(loose)
            elif "." in toponym.text or (len(folded) <= 3 and not is_arabic(toponym.text)):
                dotted[folded] = dotted.get(folded, "") + f"|{toponym.text}|"
    # Organisations are longer matches that are no place: they take the toponyms inside with them.
    for whole_name in english_words().organisations | arabic_words().organisations:
        forms.setdefault(fold_name(whole_name), [])
    spellings = Spellings(romanised, lookalike_words(), english_words().function_words | english_words().place_prepositions)
    for name in romanised:  # a place that prints its name almost so is a candidate, too: Mansoura, Mansura
        folded = fold_name(name)
        if folded in forms and all(gazetteer.places[i].significance < 4 for i in forms[folded]):
            forms[folded] += spellings.same(name)
    names = list(forms)
    return Names(
        ahocorasick_rs.AhoCorasick([f" {name}" for name in names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        [pattern_of(gazetteer, name, forms[name], dotted.get(name), name in punctuated, name in common) for name in names],
        {name: number for number, name in enumerate(names)},
        spellings,
        gazetteer,
    )


def pattern_of(
    gazetteer: Gazetteer,
    name: str,
    ids: Iterable[str],
    dotted: str | None = None,
    punctuated: bool = False,
    common: bool = False,
) -> Pattern:
    words = english_words()
    places = [gazetteer.places[i] for i in set(ids)]
    places.sort(key=lambda place: (-place.significance, place.id))
    return Pattern(
        tuple(place.id for place in places),
        not _is_arabic_name(name),
        dotted,
        all(place.significance <= 3 and place.fclass in "PS" for place in places),
        punctuated,
        frozenset(kind for place in places for kind in (place.ftype, place.fclass)),
        name in words.place_given_names or name.split()[0] in words.kunyas or name in words.common_words | words.goods,
        common or name in words.common_words,
        all(not set(place.ccodes) & set(gazetteer.theatre.ccodes) for place in places),
    )


def _is_arabic_name(name: str) -> bool:
    return "\u0600" <= name[0] <= "\u06ff"
