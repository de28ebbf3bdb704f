"""What the words around a name say of the kind of place that it names, and names that only such words announce."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import ahocorasick_rs

from conflictmap.geoparser.context import APOSTROPHE, NEXT_WORD, PARTICLES, POSSESSIVE, Around, stands_first, words_before
from conflictmap.geoparser.lexicon import arabic_words, english_words
from conflictmap.geoparser.names.vetoes import organisation
from conflictmap.model import Mention
from conflictmap.text import Folded, fold_name, is_arabic


@cache
def _cue_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = english_words()

    def alternatives(phrases: Mapping[str, Any]) -> str:
        return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))

    adjective = rf"(?:(?:{'|'.join(sorted(words.adjectives))})\s+)*"
    return (
        re.compile(rf"(?:\s+|-)({alternatives(words.feature_after)})(?![^\W_]|-based)", re.IGNORECASE),
        re.compile(rf"\s+(?:'s\s+)?{adjective}({alternatives(words.hint_after)})(?![^\W_])", re.IGNORECASE),
        re.compile(rf"(?<![^\W_])({alternatives(words.hint_before)}):?\s+(?:{adjective})(?:the\s+)?$", re.IGNORECASE),
    )


@cache
def _words_that_matter() -> tuple[frozenset[str], frozenset[str]]:
    """Words that some rule looks for right before a name, and right after one."""
    words = english_words()
    before = {phrase.split()[-1] for phrase in (*words.hint_before, *words.adjectives)}
    before |= {f"{word}:" for word in before} | {"a", "an", "&"}
    before |= (
        words.kunyas
        | words.kin
        | words.establishments
        | words.introductions
        | words.honorifics
        | PARTICLES
        | {"of", "for", "the", "and"}
    )
    after = {phrase.split()[0] for phrase in (*words.feature_after, *words.hint_after, *words.adjectives)}
    return frozenset(before), frozenset(after | words.product_heads | words.treaty_heads)


_APPOSITION = re.compile(r",\s+(?:\d|an?\s|the\s|who)")
_FOLLOWING = re.compile(r"[^\W_]+")


def needs_look(text: str, begin: int, finish: int) -> bool:
    """Whether anything right around a name is such that a rule on cues, persons or organisations may apply. Most names stand plain."""
    before, after = _words_that_matter()
    follower = text[finish : finish + 1]
    if follower == " ":
        word = _FOLLOWING.match(text, finish + 1)
        if not word or word[0] in after or not word[0].islower():
            return True
    elif follower == ",":
        if _APPOSITION.match(text, finish):
            return True
    elif follower and follower not in ".;:)?!":
        return True
    if not begin:
        return False
    if not text[begin - 1].isspace():
        return text[begin - 1] not in '(“‘"—'
    nearest = text[max(0, begin - 30) : begin].rsplit(None, 1)
    return bool(nearest) and (nearest[-1] in before or not nearest[-1].islower())


@cache
def _places_stand_after() -> re.Pattern[str]:
    words = "|".join(sorted(english_words().place_prepositions | english_words().place_verbs, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{words})\s+(?:(?:the|northern|southern|eastern|western|central)\s+)?$", re.IGNORECASE)


def may_be_named(text: str, begin: int, finish: int) -> bool:
    """Whether a common word with a capital stands where a place is named: after a preposition, or before its region ("Mobile, Alabama")."""
    return (
        _places_stand_after().search(text[max(0, begin - 40) : begin]) is not None
        or _REGION_AFTER.match(text, finish) is not None
    )


_REGION_AFTER = re.compile(r",\s+[^\W\d_a-z]")


@cache
def _hint_ends() -> tuple[str, ...]:
    """The last words of whatever `hint_before` may match: without one of them before a name, it does not."""
    words = english_words()
    return tuple({phrase.split()[-1] for phrase in (*words.hint_before, *words.adjectives)} | {"the"})


Feature = tuple[int, tuple[str, ...]]
"""A feature word after a name: where it ends, and the kinds of place that it allows."""


def feature_after(text: str, finish: int, kinds: frozenset[str]) -> Feature | None:
    """The feature word after a name that may have places of these kinds. "Road" belongs to roads only: the Hama road is none of its own."""
    found = _cue_patterns()[0].match(text, finish)
    if not found:
        return None
    allowed = english_words().feature_after[" ".join(found[1].lower().split())]
    return (found.end(), allowed) if allowed != ("R",) or "R" in kinds else None


def feature_cue(text: str, begin: int, finish: int, feature: Feature | None) -> tuple[int, str | None]:
    """The end of the span with its feature word, and the kinds of place that the words around allow."""
    words = english_words()
    _, hint_after, hint_before = _cue_patterns()
    if feature:
        end, kinds = feature
        return end, " ".join(kinds)
    left = text[max(0, begin - 60) : begin]
    before = left.rstrip(" :\n").lower().endswith(_hint_ends()) and hint_before.search(left)
    if before:
        return finish, " ".join(words.hint_before[" ".join(before[1].lower().split())])
    after = hint_after.match(text, finish)
    if after:
        return finish, " ".join(words.hint_after[" ".join(after[1].lower().split())])
    return finish, None


def longer_feature(text: str, begin: int, finish: int, feature: Feature | None, kinds: frozenset[str]) -> tuple[int, int] | None:
    """The span of a feature whose own name the gazetteer lacks: "Jordan River", "Hama military airport", "Gulf of Aqaba".

    It is another place than the one it is called after, so it must not be taken for that.
    """
    if feature:
        end, allowed = feature
        if kinds.isdisjoint(allowed) and (
            allowed != ("ADM1",) or ("A" not in kinds and not text[finish:end].endswith("countryside"))
        ):
            return begin, end
    left = text[max(0, begin - 30) : begin]
    before = left.rstrip()[-2:] == "of" and _FEATURE_OF.search(left)
    if before and not kinds & {"H", "T"}:
        return begin - len(before.group()), finish
    return None


_FEATURE_OF = re.compile(r"(?<![^\W_])(?:Gulf|Strait|Straits|Bay|Sea|Cape|Isthmus)\s+of\s+$")


def spread_cues(text: str, found: list[Mention]) -> list[Mention]:
    """Give every name of an enumeration the cue of its plural head: "Daraa, Suwayda and Quneitra provinces", "provinces of Homs and Hama"."""
    spread = list(found)
    for number, mention in enumerate(found):
        if not mention.cue or mention.cue == "unknown":
            continue
        after, before = _plural_patterns()
        if after.match(text, mention.end):
            for other in range(number - 1, -1, -1):
                if not _ENUMERATION.fullmatch(text, found[other].end, found[other + 1].start) or spread[other].cue:
                    break
                spread[other] = replace(spread[other], cue=mention.cue)
        if before.search(text[max(0, mention.start - 40) : mention.start]):
            for other in range(number + 1, len(found)):
                if not _ENUMERATION.fullmatch(text, found[other - 1].end, found[other].start) or spread[other].cue:
                    break
                spread[other] = replace(spread[other], cue=mention.cue)
    return spread


_ENUMERATION = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|as well as)\s+")


@cache
def _plural_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = english_words()
    after = "|".join(sorted(p for p in words.hint_after if p.endswith("s")))
    before = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(words.hint_before) if "s of" in p)
    return re.compile(rf"\s+(?:{after})(?![^\W_])", re.IGNORECASE), re.compile(rf"(?:{before})\s+(?:the\s+)?$", re.IGNORECASE)


# --- names in no gazetteer ------------------------------------------------------------------------------------


_ARTICLE = r"(?:(?:[AaEe][lnrstdz]|[Aa]sh|[Ee]sh)[-‐‑](?:\r?\n)?|[AaEe]l )?"
_CAPITAL = rf"(?![a-z])[^\W\d_](?:{APOSTROPHE}?[^\W\d_])+"
_NAME = rf"(?:(?!(?:The|A|An|In|At|On|From|To|This|That|Near|Of)\b){_ARTICLE}{_CAPITAL}(?:(?:[-‐‑]| (?!(?:and|or|of|in|at|on)\b)){_ARTICLE}{_CAPITAL}){{0,3}})"
_ARABIC_NAME = r"[\u0621-\u064a]{3,}(?: [\u0621-\u064a]{3,})?"


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))


@cache
def _unknown_patterns() -> tuple[re.Pattern[str], ...]:
    """Where a name that no gazetteer holds may stand; group `name` is its span."""
    words = english_words()
    nouns, sites, firsts = _any_of(words.unknown_after), _any_of(words.unknown_sites), _any_of(words.toponym_firsts)
    return (
        re.compile(rf"(?<![^\W_])(?i:{_any_of(words.unknown_before)})\s+(?P<name>{_NAME})"),
        re.compile(rf"(?<![^\W_])(?i:{nouns}|place|settlement)\s+(?i:called|named|known\s+as)\s+(?P<name>{_NAME})"),
        re.compile(rf"(?<![^\W_-])(?P<name>{_NAME}\s+(?i:{sites}))(?![^\W_])"),
        re.compile(rf"(?<![^\W_-])(?P<name>(?:{firsts})[ -‐‑]{_NAME})"),
        re.compile(
            rf"(?<![^\W_])(?:in|of|from|at|near|into|on|reached|entered|captured|seized|shelled|bombed)\s+(?:the\s+)?(?P<name>{_NAME})\s+(?i:{nouns})(?![^\W_])(?!\s+of\b)"
        ),
        re.compile(
            rf"(?<![^\W_-])(?P<name>{_NAME}),\s+an?\s+(?:(?!(?:from|in|near|of|who|at|to|and)\b)[\w-]+\s+){{0,3}}?(?i:{nouns})(?![^\W_])"
        ),
        re.compile(
            rf"(?<![^\W_])[وفبل]?(?:{_any_of(arabic_words().unknown_before)})\s+(?P<name>(?:(?:{_any_of(arabic_words().firsts)})\s+)?[\u0621-\u064a]{{3,}})"
        ),
    )


_MORE = re.compile(rf"(?:,\s+|,?\s+and\s+)(?P<name>{_NAME})")


# Which patterns of _unknown_patterns the words of each list can begin, by number.
_BEGUN_BY = {
    english_words().unknown_before: (0,),
    english_words().unknown_after: (1, 4, 5),
    english_words().unknown_sites: (2,),
    english_words().toponym_firsts: (3,),
    arabic_words().unknown_before: (6,),
}


@cache
def _announcers() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[int, ...]]]:
    begun: dict[str, tuple[int, ...]] = {}
    for words, patterns in _BEGUN_BY.items():
        for word in words:
            folded = fold_name(word) if is_arabic(word) else f" {fold_name(word)} "
            begun[folded] = (*begun.get(folded, ()), *patterns)
    return ahocorasick_rs.AhoCorasick(list(begun)), list(begun.values())


Stretches = list[tuple[int, int, int]]
"""Where a word may announce a name: (number of the pattern, first offset, last offset), of one pattern disjoint."""


def announced(folded: Folded) -> Stretches:
    """The stretches of a text in which a name may be announced: most texts have few, many none."""
    automaton, begun = _announcers()
    stretches: dict[int, list[list[int]]] = {}
    for word, first, last in automaton.find_matches_as_indexes(folded.text, overlapping=True):
        begin, end = folded.original(first) - 1 - _REACH, folded.original(last) - 1 + _REACH
        for number in begun[word]:
            one = stretches.setdefault(number, [])
            if one and begin <= one[-1][1]:
                one[-1][1] = end
            else:
                one.append([max(0, begin), end])
    return [(number, begin, end) for number in sorted(stretches) for begin, end in stretches[number]]


_REACH = 90
"""How many code points from an announcing word its name may reach."""


def with_unknown(
    text: str, stretches: Stretches, found: list[Mention], passed: list[tuple[int, int]], listed: Container[str]
) -> list[Mention]:
    """Add the names that a cue announces and that no gazetteer holds: mentions without candidates."""
    taken = sorted([*passed, *((mention.start, mention.end) for mention in found if not mention.folded)])
    spelled = [mention for mention in found if mention.folded]
    fresh: list[Mention] = []

    def free(start: int, end: int) -> bool:
        if any(m.start <= start and end <= m.end for m in spelled):
            return False
        at = bisect_right(taken, (start, end))
        return not (at and taken[at - 1][1] > start) and not (at < len(taken) and taken[at][0] < end)

    def add(start: int, end: int, sure: bool) -> None:
        surface = text[start:end]
        surface = POSSESSIVE.sub("", surface) if POSSESSIVE.search(surface, max(0, len(surface) - 2)) else surface
        if free(start, start + len(surface)) and _may_be_unknown(text, start, start + len(surface), listed, sure):
            insort(taken, (start, start + len(surface)))
            fresh.append(Mention(start, start + len(surface), surface, (), "unknown"))

    for number, first, last in stretches:
        sure = number < 2  # "the village of Sheikh X": the cue says it all
        for cue in _unknown_patterns()[number].finditer(text, first, last):
            add(*cue.span("name"), sure)
            position = cue.end("name")
            plural = "s of" in " ".join(cue.group().lower().split())
            while plural and (following := _MORE.match(text, position)) and not POSSESSIVE.match(text, following.end()):
                add(*following.span("name"), sure)
                position = following.end("name")
    if not fresh:
        return found
    kept = [m for m in found if not m.folded or not any(one.start < m.end and m.start < one.end for one in fresh)]
    return sorted(kept + fresh, key=lambda mention: mention.start)


def _may_be_unknown(text: str, start: int, end: int, listed: Container[str], sure: bool) -> bool:
    """Whether a name that a cue announces can be a place's: no adjective, no weekday, no person's or organisation's name."""
    surface = text[start:end]
    words = english_words()
    parts = surface.lower().split()
    first = parts[0]
    if first in words.function_words or (not sure and (first in words.honorifics or first in words.given_names)):
        return False
    if any(part in words.organisation_heads for part in parts[1:]) and not surface.lower().endswith(tuple(words.unknown_sites)):
        return False
    if first == "tell" and stands_first(text, start):  # "Tell Ahmad that it rained"
        return False
    if (first in words.beside_places and first not in words.toponym_firsts) or is_adjective(surface, listed):
        return False
    before = words_before(text, start, 1)
    nearest = before[0].rstrip(".").lower() if before else ""
    if before and before[0][0].isupper() and (nearest in words.given_names or nearest in words.honorifics):
        return False
    return not organisation(Around(text, start, end)) and not _goes_on_as_organisation(text, end)


def _goes_on_as_organisation(text: str, end: int) -> bool:
    follower = NEXT_WORD.match(text, end)
    return bool(follower and follower[1][0].isupper() and follower[1].lower() in english_words().organisation_heads)


def is_adjective(surface: str, listed: Container[str]) -> bool:
    """Whether a capitalised word is a people's name or an adjective made of a toponym: Latakian, Homsi, Syrian."""
    folded = fold_name(surface)
    if folded in english_words().adjectives or folded in english_words().peoples:
        return True
    folded = folded.removesuffix("s") if folded.endswith(("ns", "is", "tes")) else folded
    for ending in ("n", "i", "wi", "an", "ian", "ite", "ese", "een", "ean"):
        stem = folded.removesuffix(ending)
        if stem != folded and any(stem + vowel in listed for vowel in ("", "a", "o", "us", "e")):
            return True
    return False
