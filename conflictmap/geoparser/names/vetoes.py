"""What takes a match away from a place: the name is a person's, an organisation's, or one part of a longer name."""

from __future__ import annotations

import re
from functools import cache

from conflictmap.geoparser.context import NEXT_WORD, PARTICLES, POSSESSIVE_END, acts, begins_sentence, ends_sentence, words_before
from conflictmap.geoparser.lexicon import english_words
from conflictmap.model import Mention
from conflictmap.text import is_arabic


def in_person(text: str, begin: int, finish: int, small: bool) -> bool:
    words = english_words()
    surface = text[begin:finish].lower()
    before = words_before(text, begin, 3)
    nearest = before[0].rstrip(".").lower() if before else ""
    if nearest in words.kunyas:
        return True
    if _KIN_BEFORE.search(text, max(0, begin - 30), begin) and _WHO_AFTER.match(text, finish):
        return True
    if nearest in ("named", "called") and len(before) > 1 and before[1].lower() in words.person_nouns | words.kin:
        return True
    kunya = surface.replace("-", " ").split()[0] in words.kunyas and nearest not in words.place_prepositions
    # "Abu Kamal" is a town and a man's name: a man if he is introduced, or something is told of him as of a person.
    if kunya and (nearest in words.introductions or _told_of_person().match(text, finish)):
        return True
    if before and before[0][:1].isupper() and not ends_sentence(before[0]):
        if nearest in words.given_names or nearest in words.honorifics:
            return True
        if len(before) > 1 and before[1][:1].isupper() and before[1].rstrip(".").lower() in words.honorifics:
            return True
    if not small and surface not in words.place_given_names and surface.split()[0] not in words.honorifics:
        return False
    follower = NEXT_WORD.match(text, finish)
    kin = nearest in words.kin or (nearest == "and" and len(before) > 2 and before[2] in words.kin)
    if (kin and before[-1 if len(before) < 2 else 1].lower() in _POSSESSIVES) or (
        nearest not in words.place_prepositions and nearest not in words.place_verbs and _told_of_one_person().match(text, finish)
    ):
        return True
    if nearest == "is" and len(before) > 1 and before[1].lower() == "name":
        return True
    if surface in words.place_given_names and _AND_KIN.match(text, finish):
        return True
    speaks = (
        follower
        and nearest != "and"
        and nearest not in words.place_prepositions
        and follower[1] in words.speech_verbs | words.actor_verbs
    )
    if small and speaks and follower and follower[1] in words.speech_verbs and " " not in surface:
        return True
    if surface in words.place_given_names and (kin or (small and speaks)):
        return True
    return bool(
        follower
        and re.match(
            r"(?:al|el|an|ar|as|ash|at|ad|az|bin|bint|ibn|abu)[-‐‑ ][^\W\d_a-z]|(?:de|van|von|della|di|da|dos|del)\s+(?:der\s+|la\s+)?[A-Z]",
            text[follower.start(1) :],
        )
    )


_KIN_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(english_words().kin))}), $")
_WHO_AFTER = re.compile(r", (?:who|whose|aged|born|now|then|\d\d?\b)")  # "a son, London, who turns two"
_POSSESSIVES = frozenset(["his", "her", "my", "their", "our", "your", "whose"])
_AND_KIN = re.compile(r"\s+and\s+(?:her|his)\s+")


@cache
def _told_of_one_person() -> re.Pattern[str]:
    """What is told of a person and of no town: ", a girl of nine", ", 34,"."""
    people = "|".join(sorted(english_words().person_nouns))
    return re.compile(rf",\s+(?:\d\d?,|\d\d?[- ]years?[- ]old|(?:an?|the)\s+(?:[\w-]+\s+){{0,2}}?(?:{people})\b)", re.IGNORECASE)


@cache
def _told_of_person() -> re.Pattern[str]:
    speech = "|".join(sorted(english_words().speech_verbs))
    places = "|".join(sorted(english_words().unknown_after))
    return re.compile(rf"\s+(?:{speech}|who)\b|,\s+(?:who|whose|\d\d|an?\s+(?!\w*\s?(?:{places})))", re.IGNORECASE)


_FIRM_AFTER = re.compile(r"\s+&\s+[A-Z]")
_FIRM_BEFORE = re.compile(r"[A-Z]\w+\s+&\s+$")
_ONE = re.compile(r"(?<![^\W_])(?:a|an)\s+$")
_NO_NOUN = re.compile(r"[,.;:)?!]|\s+(?:in|of|on|and|or|with|from|for|at|to|that|is|was|by)\b|$")


def _is_one_of_many(text: str, begin: int, finish: int) -> bool:
    """Whether an indefinite article makes a thing of the name: "half a Turkey", "a Madeira, please"; but "a Homs resident"."""
    return _ONE.search(text, max(0, begin - 4), begin) is not None and _NO_NOUN.match(text, finish) is not None


_SERVED = re.compile(
    r"\s+(?:(?:was|were|is|are)\s+(?:\w+ed|off|on)\s+(?:the\s+menu|with|at|for|in)\b|and\s+(?:ham|chicken|beef|stuffing|trimmings|glass|silver|linen)\b|rattled|broke|shattered)"
)


def in_organisation(text: str, begin: int, finish: int, title_case: bool) -> bool:
    follower = NEXT_WORD.match(text, finish)
    after = follower[1].lower() if follower and text[begin:finish].isupper() else follower[1] if follower else ""
    if follower and (after in english_words().product_heads or follower[1] in english_words().treaty_heads):
        return True
    if (
        _FIRM_AFTER.match(text, finish)
        or _FIRM_BEFORE.search(text, max(0, begin - 30), begin)
        or _is_one_of_many(text, begin, finish)
    ):
        return True
    if not title_case and _IN_A_WORK.search(text, max(0, begin - 30), begin):
        return True
    if _SHARES.search(text, max(0, begin - 40), begin) or _establishment(text, begin, finish):
        return True
    if text[begin:finish].lower() in english_words().goods and _SERVED.match(text, finish):
        return True
    nearest = words_before(text, begin, 1)
    if nearest and nearest[0][0].isupper() and nearest[0].lower() in english_words().organisation_prefixes:
        return True
    return _head_before(text, begin) or (title_case and _head_follows(text, finish))


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


def _establishment(text: str, begin: int, finish: int) -> bool:
    """Whether the name is told to be a restaurant's, a band's, a brand's: "the restaurant Marea", "Marea, a new Italian restaurant"."""
    before, after = _establishments()
    return before.search(text, max(0, begin - 30), begin) is not None or after.match(text, finish) is not None


def is_club(text: str, finish: int) -> bool:
    """Whether a football club's word follows: "Norwich City"."""
    follower = NEXT_WORD.match(text, finish)
    return bool(
        follower and follower[1][0].isupper() and POSSESSIVE_END.sub("", follower[1]).lower() in english_words().club_suffixes
    )


def without_compounds(text: str, found: list[Mention], title_case: bool, persons: set[str]) -> list[Mention]:
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
            continue
        if mention.surface.isupper() and sum(map(str.isalpha, mention.surface)) > 3:
            kept.append(mention)
            continue
        if mention.surface[0].isascii() and _goes_on(text, mention.end, starts):
            if _is_first_name(text, mention):
                persons.add(mention.surface.lower())
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
    """Whether a name that goes on is a person's: a given name, or what follows the whole of it is told of a person."""
    words = english_words()
    follower = NEXT_WORD.match(text, mention.end)
    if not follower or follower[1].lower() in words.organisation_heads:
        return False
    if mention.surface.lower() in words.place_given_names:
        return True
    second = NEXT_WORD.match(text, follower.end())
    end = second.end() if second and second[1][0].isupper() else follower.end()
    return acts(text, end) or _told_of_one_person().match(text, end) is not None


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
