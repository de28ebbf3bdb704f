"""The closed word lists that the program answers with, each word with the sentence that explains it."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "only-candidate": "no other place of the gazetteer has this name",
    "feature-cue": "a word beside the name says what kind of place is meant",
    "container-named": "a wider place that it is part of is named beside it",
    "same-sense": "the article has already named this one of the homonyms",
    "near-neighbours": "it lies near places that the article names without doubt; the others of this name do not",
    "same-country": "it is the only one in a country whose places the article names without doubt",
    "default-sense": "the usual meaning of this name in news reports; the text gives no further hint",
    "spelling-variant": "no place lists this spelling, but it reads like one that is listed, and its surroundings support it",
    "derived-from-anchor": "a place worked out from what the text says of others: how far, in which direction, between which",
    "description-fits": "no name, but a description that fits one place of the gazetteer",
    "needs-support": "a small place with a common name, or a spelling that no place lists, and nothing in the article points to it",
    "elsewhere": "a region named right after it holds none of the places of this name",
    "undecided": "several places have this name, and nothing in the text decides",
    "decided-by-person": "decided by a person",
    "not-in-gazetteer": "announced as a place, but no place of the gazetteer has this name",
}
"""Why a mention was resolved as it was: the values of Resolution.reason."""

TIME_RULES: dict[str, str] = {
    "date": "a calendar day or days, told with the month",
    "weekday": "a day of the week: the latest not after publication, or the next if the text speaks of the future",
    "month": "a month, alone the latest that has begun, or part of one",
    "year": "a year, or part of one",
    "season": "a season",
    "feast": "Ramadan or an Eid, by the Umm al-Qura calendar",
    "day-word": "today, yesterday, tomorrow, overnight",
    "this-unit": "this week, month or year, up to publication",
    "last-unit": "the week, month or year before",
    "next-unit": "the week, month or year after",
    "weekend": "Saturday and Sunday",
    "ago": "counted back from publication",
    "from-anchor": "counted from the expression before",
    "same-unit": "the day or unit of the expression before",
    "last-n-units": "so many units before publication",
    "recent-units": "six units before publication",
    "lasting": "so many units up to the day before the expression before, or before publication",
    "nth-year": "counted from the beginning of the uprising",
    "decade": "ten years",
    "since": "from there to publication",
    "range": "from the one to the other",
}
"""Which rule gave an expression its days: the values of TimeExpression.rule."""

TIME_LINKS: dict[str, str] = {
    "same-clause": "the expression stands in the same clause",
    "aside": "the expression stands in the remark that follows the name",
    "same-sentence": "the expression stands in another clause of the sentence",
    "day-of-report": "the sentence tells only when it was said",
    "carried-on": "told in a sentence before, of the same paragraph, while the tale goes on",
}
"""The rules that link an expression to a place, the surest first: the values of Told.link."""
