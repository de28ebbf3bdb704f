"""Words by which a text attributes what it says to a source."""

from __future__ import annotations

from conflictmap.geoparser.lexicon.loading import Words, load


class AttributionWords(Words, frozen=True):
    """The fields of en/attribution.yaml; the comments there say what each list means."""

    verbs: frozenset[str]
    verbs_that: frozenset[str]
    verbs_or_nouns: frozenset[str]
    verbs_plural: frozenset[str]
    documenting: frozenset[str]
    telling: frozenset[str]
    ordering: frozenset[str]
    not_inverted: frozenset[str]
    bare_verbs: frozenset[str]
    participles: frozenset[str]
    participles_that: frozenset[str]
    participles_to_somebody: frozenset[str]
    participles_of_blame: frozenset[str]
    citing: frozenset[str]
    according: frozenset[str]
    statement: frozenset[str]
    speaking: frozenset[str]
    not_sources: frozenset[str]
    not_reported: frozenset[str]
    before_not_reported: frozenset[str]
    not_reported_after: dict[str, frozenset[str]]
    after_demonstrative: frozenset[str]
    audiences: frozenset[str]
    media: frozenset[str]
    after_inversion: frozenset[str]
    about_speaking: frozenset[str]
    after_apposition: frozenset[str]
    describing: frozenset[str]
    determiners: frozenset[str]
    links: frozenset[str]
    links_to_any: frozenset[str]
    links_to_places: frozenset[str]
    stops: frozenset[str]
    before_objects: frozenset[str]
    adverbs: frozenset[str]
    being: frozenset[str]
    blockers: frozenset[str]
    times: frozenset[str]
    before_times: frozenset[str]
    pronouns: frozenset[str]
    plural_pronouns: frozenset[str]
    before_no_speaker: frozenset[str]
    preposition_first: frozenset[str]
    adjuncts: frozenset[str]
    place_nouns: frozenset[str]
    relatives: frozenset[str]
    subordinators: frozenset[str]
    conjunctions: frozenset[str]
    before_clauses: frozenset[str]
    turns: frozenset[str]
    no_turn_before: frozenset[str]
    documents: frozenset[str]
    speakers: frozenset[str]
    speakers_plural: frozenset[str]
    speaker_endings: tuple[str, ...]
    speaker_endings_plural: tuple[str, ...]
    not_speakers: frozenset[str]
    never: frozenset[str]
    abbreviations: frozenset[str]
    before_figures: frozenset[str]
    agencies: dict[str, str]


class ArabicAttributionWords(Words, frozen=True):
    """The fields of ar/attribution.yaml."""

    verbs: frozenset[str]
    according: frozenset[str]
    that: frozenset[str]


def attribution_words() -> AttributionWords:
    """The words of en/attribution.yaml, with those of the theatres. Raises DataError if a file is not as declared."""
    words: AttributionWords = load(AttributionWords, "en", "attribution")
    return words


def arabic_attribution_words() -> ArabicAttributionWords:
    """The words of ar/attribution.yaml, with those of the theatres. Raises DataError if a file is not as declared."""
    words: ArabicAttributionWords = load(ArabicAttributionWords, "ar", "attribution")
    return words
