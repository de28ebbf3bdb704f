"""Words of time, in English and in Arabic, and the conventions that say what they mean."""

from __future__ import annotations

from datetime import date

from conflictmap.geoparser.lexicon.loading import Words, load


class TimeWords(Words, frozen=True):
    """The fields of en/times.yaml; the comments there say what each means. `uprising` and `war` are the theatre's."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    seasons: dict[str, int]
    parts_of_month: dict[str, tuple[int, int]]
    parts_of_year: dict[str, tuple[int, int]]
    feasts_kept: dict[str, dict[int, date]]
    recent_units: int
    few_units: tuple[int, int]
    title_heads: frozenset[str]
    weekday_titles: frozenset[str]
    named_after_days: frozenset[str]
    sunday_papers: frozenset[str]
    weekday_adjectives: frozenset[str]
    month_adjectives: frozenset[str]
    counted: frozenset[str]
    background: frozenset[str]
    describing: frozenset[str]
    uprising: date
    war: frozenset[str]


class ArabicTimeWords(Words, frozen=True):
    """The fields of ar/times.yaml."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, dict[str, int]]


def time_words() -> TimeWords:
    """The words of en/times.yaml, with those of the theatres. Raises DataError if a file is not as declared."""
    words: TimeWords = load(TimeWords, "en", "times")
    return words


def arabic_time_words() -> ArabicTimeWords:
    """The words of ar/times.yaml. Raises DataError if the file is not as declared."""
    words: ArabicTimeWords = load(ArabicTimeWords, "ar", "times")
    return words
