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

VETOES: dict[str, str] = {
    "address": "part of a file name, a web or mail address, or a handle",
    "acronym": "an acronym in capitals among ordinary words",
    "tells-somebody": "tells somebody something, as persons do",
    "common-word": "also a common word, and nothing around it announces a place",
    "kunya-before": "part of a person's name: Abu, Umm, ibn … stands before it",
    "kin-in-apposition": 'a relative\'s name: "a son, …, who"',
    "named-person": 'the name of a person who is introduced: "a man called …"',
    "kunya-as-name": "a person's name: somebody is introduced by it, or what follows is said of a person",
    "given-name-before": "a surname: a given name stands before it",
    "title-before": "a person's name: a title stands before it",
    "kin-before": 'a relative\'s name: "her sister …"',
    "described-as-person": "described as a person: an age or an occupation follows",
    "name-is": 'a person\'s name: "my name is …"',
    "with-kin-after": 'a given name: "and her" or "and his" follows',
    "speaks": "says something, as persons do",
    "given-name-acts": "a given name, and what follows is what persons do",
    "surname-after": "a given name: a surname follows",
    "product": "part of the name of a product, a breed, a style or a disease",
    "treaty": "part of the name of a treaty or of talks",
    "firm": 'part of the name of a firm: "&" stands beside it',
    "one-of-many": "an indefinite article makes a thing of it",
    "title-of-work": 'part of a title: "The Road to …"',
    "shares": "a firm: shares in it are spoken of",
    "establishment": "a restaurant, a band, a brand or the like",
    "goods": "goods: something is served or sold",
    "organisation-prefix": "part of the name of a club, a ship, a bank or the like, by the word before it",
    "of-organisation": 'part of the name of an organisation: "University of …"',
    "headline-organisation": "in a headline, part of the name of an organisation",
    "club": "a football club's name",
    "listed-organisation": "the name of an organisation that holds a place's name",
    "two-names-joined": "two names with nothing between them are a person's or a firm's",
    "longer-name": "part of a longer name that goes on after it",
    "compound": "part of a longer name that begins before it",
    "person-of-the-article": "the article uses it for a person, and nothing here says that a place is meant",
    "arabic-head": "in Arabic, the word before makes it the name of an organisation, a unit, a street or a person",
    "arabic-common-word": "in Arabic also a common word, and nothing beside it says that a place is meant",
    "no-support": "no place lists this spelling, and nothing around it supports the place that it reads like",
}
"""Why a name of the gazetteer was taken for no place: the values of TurnedDown.rule."""
