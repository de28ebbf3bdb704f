"""Why a match is turned down although a place has this name: it is a person's, an organisation's, or part of a longer name.

Each veto is a named rule; its name is a word of vocabulary.VETOES, which holds the sentence that explains it. The rules of a table are
tried in order, and the first that applies gives its name, so that "why is it not on the map?" has an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from conflictmap.geoparser.context import (
    NEXT_WORD,
    PARTICLES,
    POSSESSIVE_END,
    Around,
    acts,
    begins_sentence,
    ends_sentence,
    words_before,
)
from conflictmap.geoparser.lexicon import english_words
from conflictmap.geoparser.names.notes import Notes
from conflictmap.model import Mention
from conflictmap.text import is_arabic


class Veto(NamedTuple):
    """A rule with the name that vocabulary.VETOES explains."""

    name: str
    applies: Callable[[Around], bool]


def first_of(vetoes: tuple[Veto, ...], around: Around) -> str | None:
    """The name of the first rule that applies, None if none does."""
    for veto in vetoes:
        if veto.applies(around):
            return veto.name
    return None


# --- persons, whatever the name ---------------------------------------------------------------------------------


def _kunya_before(around: Around) -> bool:
    return around.nearest in english_words().kunyas


def _kin_in_apposition(around: Around) -> bool:
    text, begin = around.text, around.begin
    return _KIN_BEFORE.search(text, max(0, begin - 30), begin) is not None and _WHO_AFTER.match(text, around.finish) is not None


def _named_person(around: Around) -> bool:
    words = english_words()
    return around.nearest in ("named", "called") and around.second in words.person_nouns | words.kin


def _kunya_as_name(around: Around) -> bool:
    """ "Abu Kamal" is a town and a man's name: a man if he is introduced, or if what follows is said of a person."""
    words = english_words()
    kunya = around.surface.replace("-", " ").split()[0] in words.kunyas and around.nearest not in words.place_prepositions
    return kunya and (around.nearest in words.introductions or _said_of_person().match(around.text, around.finish) is not None)


def _capital_before(around: Around) -> bool:
    return bool(around.before) and around.before[0][:1].isupper() and not ends_sentence(around.before[0])


def _given_name_before(around: Around) -> bool:
    return _capital_before(around) and around.nearest in english_words().given_names


def _title_before(around: Around) -> bool:
    """ "General Homs", "Sheikh Ahmad Latakia"."""
    if not _capital_before(around):
        return False
    honorifics, before = english_words().honorifics, around.before
    return around.nearest in honorifics or (
        len(before) > 1 and before[1][:1].isupper() and before[1].rstrip(".").lower() in honorifics
    )


OF_ANY_NAME = (
    Veto("kunya-before", _kunya_before),
    Veto("kin-in-apposition", _kin_in_apposition),
    Veto("named-person", _named_person),
    Veto("kunya-as-name", _kunya_as_name),
    Veto("given-name-before", _given_name_before),
    Veto("title-before", _title_before),
)


# --- persons, where the name may be a person's as it stands: a small place's, or a given name ---------------------


def _is_kin(around: Around) -> bool:
    kin, before = english_words().kin, around.before
    return around.nearest in kin or (around.nearest == "and" and len(before) > 2 and before[2] in kin)


def _kin_before(around: Around) -> bool:
    """ "her sister Salma"."""
    before = around.before
    return _is_kin(around) and before[-1 if len(before) < 2 else 1].lower() in _POSSESSIVES


def _described_as_person(around: Around) -> bool:
    words = english_words()
    return (
        around.nearest not in words.place_prepositions
        and around.nearest not in words.place_verbs
        and _said_of_one_person().match(around.text, around.finish) is not None
    )


def _name_is(around: Around) -> bool:
    return around.nearest == "is" and around.second == "name"


def _with_kin_after(around: Around) -> bool:
    return around.surface in english_words().place_given_names and _AND_KIN.match(around.text, around.finish) is not None


def _follower_in(around: Around, verbs: frozenset[str]) -> bool:
    follower = around.follower
    return (
        follower is not None
        and around.nearest != "and"
        and around.nearest not in english_words().place_prepositions
        and follower[1] in verbs
    )


def _speaks(around: Around) -> bool:
    return around.small and " " not in around.surface and _follower_in(around, english_words().speech_verbs)


def _given_name_acts(around: Around) -> bool:
    words = english_words()
    return around.surface in words.place_given_names and (
        _is_kin(around) or (around.small and _follower_in(around, words.speech_verbs | words.actor_verbs))
    )


def _surname_after(around: Around) -> bool:
    follower = around.follower
    return follower is not None and _SURNAME.match(around.text, follower.start(1)) is not None


OF_PERSONAL_NAME = (
    Veto("kin-before", _kin_before),
    Veto("described-as-person", _described_as_person),
    Veto("name-is", _name_is),
    Veto("with-kin-after", _with_kin_after),
    Veto("speaks", _speaks),
    Veto("given-name-acts", _given_name_acts),
    Veto("surname-after", _surname_after),
)


OF_PERSONS = frozenset({"tells-somebody", *(veto.name for veto in (*OF_ANY_NAME, *OF_PERSONAL_NAME))})
"""The vetoes that find a person: the article may use the name for them again."""


def person(around: Around) -> str | None:
    """The veto by which a name is a person's, None if it may be a place's."""
    found = first_of(OF_ANY_NAME, around)
    if found:
        return found
    words, surface = english_words(), around.surface
    if around.small or surface in words.place_given_names or surface.split()[0] in words.honorifics:
        return first_of(OF_PERSONAL_NAME, around)
    return None


_KIN_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(english_words().kin))}), $")
_WHO_AFTER = re.compile(r", (?:who|whose|aged|born|now|then|\d\d?\b)")  # "a son, London, who turns two"
_POSSESSIVES = frozenset(["his", "her", "my", "their", "our", "your", "whose"])
_AND_KIN = re.compile(r"\s+and\s+(?:her|his)\s+")
_SURNAME = re.compile(
    r"(?:al|el|an|ar|as|ash|at|ad|az|bin|bint|ibn|abu)[-‐‑ ][^\W\d_a-z]|(?:de|van|von|della|di|da|dos|del)\s+(?:der\s+|la\s+)?[A-Z]"
)


@cache
def _said_of_one_person() -> re.Pattern[str]:
    """What is said of a person and of no town: ", a girl of nine", ", 34,"."""
    people = "|".join(sorted(english_words().person_nouns))
    return re.compile(rf",\s+(?:\d\d?,|\d\d?[- ]years?[- ]old|(?:an?|the)\s+(?:[\w-]+\s+){{0,2}}?(?:{people})\b)", re.IGNORECASE)


@cache
def _said_of_person() -> re.Pattern[str]:
    speech = "|".join(sorted(english_words().speech_verbs))
    places = "|".join(sorted(english_words().unknown_after))
    return re.compile(rf"\s+(?:{speech}|who)\b|,\s+(?:who|whose|\d\d|an?\s+(?!\w*\s?(?:{places})))", re.IGNORECASE)


# --- organisations, products, works ------------------------------------------------------------------------------

_FIRM_AFTER = re.compile(r"\s+&\s+[A-Z]")
_FIRM_BEFORE = re.compile(r"[A-Z]\w+\s+&\s+$")
_ONE = re.compile(r"(?<![^\W_])(?:a|an)\s+$")
_NO_NOUN = re.compile(r"[,.;:)?!]|\s+(?:in|of|on|and|or|with|from|for|at|to|that|is|was|by)\b|$")
_SERVED = re.compile(
    r"\s+(?:(?:was|were|is|are)\s+(?:\w+ed|off|on)\s+(?:the\s+menu|with|at|for|in)\b|and\s+(?:ham|chicken|beef|stuffing|trimmings|glass|silver|linen)\b|rattled|broke|shattered)"
)


def _is_product(around: Around) -> bool:
    follower = around.follower
    if follower is None:
        return False
    after = follower[1].lower() if around.printed.isupper() else follower[1]
    return after in english_words().product_heads


def _is_treaty(around: Around) -> bool:
    return around.follower is not None and around.follower[1] in english_words().treaty_heads


def _is_firm(around: Around) -> bool:
    text, begin = around.text, around.begin
    return _FIRM_AFTER.match(text, around.finish) is not None or _FIRM_BEFORE.search(text, max(0, begin - 30), begin) is not None


def _is_one_of_many(around: Around) -> bool:
    """An indefinite article makes a thing of the name: "half a Turkey", "a Madeira, please"; but "a Homs resident"."""
    text, begin = around.text, around.begin
    return _ONE.search(text, max(0, begin - 4), begin) is not None and _NO_NOUN.match(text, around.finish) is not None


def _in_title_of_work(around: Around) -> bool:
    text, begin = around.text, around.begin
    return not around.title_case and _IN_A_WORK.search(text, max(0, begin - 30), begin) is not None


def _has_shares(around: Around) -> bool:
    return _SHARES.search(around.text, max(0, around.begin - 40), around.begin) is not None


def _is_establishment(around: Around) -> bool:
    """ "the restaurant Marea", "Marea, a new Italian restaurant"."""
    before, after = _establishments()
    text, begin = around.text, around.begin
    return before.search(text, max(0, begin - 30), begin) is not None or after.match(text, around.finish) is not None


def _is_served(around: Around) -> bool:
    return around.surface in english_words().goods and _SERVED.match(around.text, around.finish) is not None


def _organisation_prefix(around: Around) -> bool:
    nearest = words_before(around.text, around.begin, 1)
    return bool(nearest) and nearest[0][0].isupper() and nearest[0].lower() in english_words().organisation_prefixes


def _of_organisation(around: Around) -> bool:
    return _head_before(around.text, around.begin)


def _headline_organisation(around: Around) -> bool:
    return around.title_case and _head_follows(around.text, around.finish)


OF_ORGANISATION = (
    Veto("product", _is_product),
    Veto("treaty", _is_treaty),
    Veto("firm", _is_firm),
    Veto("one-of-many", _is_one_of_many),
    Veto("title-of-work", _in_title_of_work),
    Veto("shares", _has_shares),
    Veto("establishment", _is_establishment),
    Veto("goods", _is_served),
    Veto("organisation-prefix", _organisation_prefix),
    Veto("of-organisation", _of_organisation),
    Veto("headline-organisation", _headline_organisation),
)


def organisation(around: Around) -> str | None:
    """The veto by which a name is an organisation's, a product's, a work's, None if it may be a place's."""
    return first_of(OF_ORGANISATION, around)


# In running text a capital makes a title of it: "The Road to Damascus"; the road to Damascus has none.
_IN_A_WORK = re.compile(
    r"\b(?:Road|Return|Journey|Letters?|Welcome|Farewell|Goodbye|Postcards?|Escape|Flight|Passage) (?:to|from) $"
)
_SHARES = re.compile(r"\b[Ss]hares? (?:in|of) $|(?:per cent|percent|%) (?:stake|holding|interest) in $")


@cache
def _establishments() -> tuple[re.Pattern[str], re.Pattern[str]]:
    kinds = "|".join(sorted(english_words().establishments))
    before = re.compile(rf"\b(?:{kinds})s? (?:called |named )?[\"“‘]?$", re.IGNORECASE)
    after = re.compile(rf",? (?:is )?an? (?:[\w’'-]+ ){{0,3}}(?:{kinds})\b")
    return before, after


def is_club(text: str, finish: int) -> bool:
    """Whether a football club's word follows: "Norwich City"."""
    follower = NEXT_WORD.match(text, finish)
    return bool(
        follower and follower[1][0].isupper() and POSSESSIVE_END.sub("", follower[1]).lower() in english_words().club_suffixes
    )


def without_compounds(text: str, found: list[Mention], title_case: bool, notes: Notes) -> list[Mention]:
    """Leave out names that are one part of a capitalised compound: "Idlib Military Council", "Denzel Washington", "Euphrates Volcano".

    A name goes on if a capitalised word follows without punctuation that neither is a toponym nor one of the words that
    stand beside names of places (weekdays, titles, feature nouns). In a headline every word has a capital, so there
    only the head nouns of organisations count.
    """
    if title_case:
        return found
    words = english_words()
    starts = {mention.start for mention in found}
    ends = {mention.end for mention in found}
    kept = []
    for mention in found:
        if _stands_plain(text, mention.start, mention.end):
            kept.append(mention)
            continue
        if is_arabic(mention.surface):
            kept.append(mention)
            continue
        if (text[mention.end : mention.end + 1] in " \u00a0" and mention.end + 1 in starts) or (
            text[mention.start - 1 : mention.start] in " \u00a0" and mention.start - 1 in ends
        ):  # two toponyms with nothing between them are one name, of a person or a firm: "Salma Aramo"
            notes.turn_down(text, mention.start, mention.end, "two-names-joined")
            continue
        if mention.surface.isupper() and sum(map(str.isalpha, mention.surface)) > 3:
            kept.append(mention)
            continue
        if mention.surface[0].isascii() and _goes_on(text, mention.end, starts):
            if _is_first_name(text, mention):
                notes.persons.add(mention.surface.lower())
            notes.turn_down(text, mention.start, mention.end, "longer-name")
            continue
        before = words_before(text, mention.start, 2) if mention.surface[0].isascii() else []
        if (
            before
            and _is_capital(before[0])
            and text[mention.start - 1] not in "\r\n"
            and (mention.folded or before[0] in words.toponym_firsts or not begins_sentence(text, mention.start, before[0]))
        ):
            word = POSSESSIVE_END.sub("", before[0]).lower()
            if word == before[0].lower() and not ends_sentence(before[0]) and not _may_stand_before(word):
                notes.turn_down(text, mention.start, mention.end, "compound")
                continue
        kept.append(mention)
    return kept


def _stands_plain(text: str, start: int, end: int) -> bool:
    """Whether no word with a capital, and no hyphen, is right beside a name: then it is no part of a compound."""
    follower = text[end : end + 1]
    if follower in ("-", "‐", "‑", "\n", "\u00a0") or (
        follower == " " and (not text[end + 1 : end + 2].islower() or "-" in text[end + 1 : end + 6])
    ):
        return False
    nearest = text[max(0, start - 30) : start].rsplit(None, 1)
    return not nearest or (nearest[-1].islower() and "-" not in nearest[-1])


def _is_capital(word: str) -> bool:
    """Whether a word is printed as a name's part: "Badr", "al-Din"."""
    return word[:1].isupper() or (word.partition("-")[0] in PARTICLES and word.partition("-")[2][:1].isupper())


def _is_first_name(text: str, mention: Mention) -> bool:
    """Whether a name that goes on is a person's: a given name, or what follows the whole name is said of a person."""
    words = english_words()
    follower = NEXT_WORD.match(text, mention.end)
    if not follower or follower[1].lower() in words.organisation_heads:
        return False
    if mention.surface.lower() in words.place_given_names:
        return True
    second = NEXT_WORD.match(text, follower.end())
    end = second.end() if second and second[1][0].isupper() else follower.end()
    return acts(text, end) or _said_of_one_person().match(text, end) is not None


_ZIP_CODE = re.compile(r" [A-Z]{2} [0-9]{5}\b")


def _goes_on(text: str, position: int, starts: set[int]) -> bool:
    """Whether capitalised words go on after a name and make it part of a longer one."""
    words = english_words()
    for _ in range(4):
        follower = NEXT_WORD.match(text, position)
        if not follower or not _is_capital(follower[1]) or follower.start(1) in starts or _ZIP_CODE.match(text, position):
            return False
        word = POSSESSIVE_END.sub("", follower[1]).lower()
        if word in words.honorifics:
            return False
        if word not in words.beside_places:
            return True
        position = follower.end()
    return False


_HELD = re.compile(r"[-‐‑](?:held|occupied|controlled|dominated|besieged|run|ruled|administered)$")


def _may_stand_before(word: str) -> bool:
    words = english_words()
    return (
        word in words.beside_places
        or word in words.function_words
        or word in words.adjectives
        or word in words.place_prepositions
        or word in words.place_verbs
        or _HELD.search(word) is not None
        or word in words.peoples
        or re.search(r"(?:ian|ish|ese|ite|ic|ern|an|ist|[^aeiouy]s?i)$", word) is not None
    )


def _head_follows(text: str, finish: int) -> bool:
    """Whether, in a headline, one of the next two words is an organisation's head noun: "Aleppo University"."""
    position = finish
    for _ in range(2):
        found = NEXT_WORD.match(text, position)
        if not found or POSSESSIVE_END.search(found[1]):
            return False
        if found[1].lower() in english_words().organisation_heads:
            return True
        position = found.end()
    return False


_LINKS = PARTICLES | {"of", "for", "the", "and"}


def _head_before(text: str, begin: int) -> bool:
    """Whether the name is what a head noun is `of`: "University of Aleppo", "Islamic State of Iraq and the Levant"."""
    words = english_words()
    nearest = words_before(text, begin, 1)
    if not nearest or not (nearest[0][:1].isupper() or nearest[0].lower() in _LINKS):
        return False
    before = words_before(text, begin, 9)
    if before and before[0][:1].isupper() and before[0].lower() == "operation":
        return True
    for position, word in enumerate(before):
        lower = word.lower()
        if lower in ("of", "for"):
            head = before[position + 1] if position + 1 < len(before) else ""
            if head[:1].isupper() and head.lower() in words.organisation_before:
                return True
            if not head[:1].isupper():
                return False
        elif not (word[:1].isupper() or lower in ("the", "and") or lower in PARTICLES):
            return False
        if word.endswith(".") and len(word) > 4:
            return False
    return False
