"""English words, by what they mean to recognition and resolution."""

from __future__ import annotations

from conflictmap.geoparser.lexicon.loading import Words, load


class English(Words, frozen=True):
    """The fields of en/english.yaml; the comments there say what each list means."""

    feature_after: dict[str, tuple[str, ...]]
    hint_after: dict[str, tuple[str, ...]]
    hint_before: dict[str, tuple[str, ...]]
    unknown_before: frozenset[str]
    unknown_sites: frozenset[str]
    toponym_firsts: frozenset[str]
    unknown_after: frozenset[str]
    organisation_heads: frozenset[str]
    organisation_before: frozenset[str]
    organisations: frozenset[str]
    product_heads: frozenset[str]
    honorifics: frozenset[str]
    kunyas: frozenset[str]
    given_names: frozenset[str]
    organisation_prefixes: frozenset[str]
    treaty_heads: frozenset[str]
    person_nouns: frozenset[str]
    kin: frozenset[str]
    place_given_names: frozenset[str]
    speech_verbs: frozenset[str]
    actor_verbs: frozenset[str]
    fighting_verbs: frozenset[str]
    actor_helpers: frozenset[str]
    actor_dealings: frozenset[str]
    actor_nouns: frozenset[str]
    actor_before: frozenset[str]
    adjectives: frozenset[str]
    place_prepositions: frozenset[str]
    beside_places: frozenset[str]
    peoples: frozenset[str]
    introductions: frozenset[str]
    function_words: frozenset[str]
    common_words: frozenset[str]
    goods: frozenset[str]
    nations: dict[str, str]
    place_verbs: frozenset[str]
    establishments: frozenset[str]
    state_abbreviations: dict[str, str]
    club_suffixes: frozenset[str]
    american_local: frozenset[str]
    war_words: frozenset[str]
    particles: frozenset[str]
    airfields: tuple[str, ...]
    sides: frozenset[str]
    unromanised: frozenset[str]
    divided_cities: dict[str, tuple[str, ...]]
    other_theatres: frozenset[str]


def english_words() -> English:
    """The words of en/english.yaml, with those of the theatres. Raises DataError if a file is not as declared."""
    words: English = load(English, "en", "english")
    return words
