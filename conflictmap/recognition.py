"""Text and names -> mentions: leftmost-longest matching over folded names, then vetoes.

What counts as a toponym is said in docs/method.md. A match must have true token boundaries, be written as a name
(capitals), lie outside file names and addresses, and not be part of a person's or an organisation's name. Names
that a cue announces ("the village of …") but no gazetteer holds become mentions without candidates.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import ahocorasick_rs

from conflictmap.gazetteer import Gazetteer
from conflictmap.lexicon import lexicon
from conflictmap.model import Mention
from conflictmap.text import APOSTROPHES, Folded, fold, fold_name, fold_with_offsets

MAX_NAME_TOKENS = 8
_APOSTROPHE = f"[{re.escape(APOSTROPHES)}]"
# Small words inside names, written in lower case also there: articles of romanised Arabic, and those of Western names.
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "an",
        "ar",
        "as",
        "ash",
        "at",
        "ad",
        "az",
        "adh",
        "ath",
        "es",
        "ez",
        "ed",
        "en",
        "er",
        "et",
        "de",
        "la",
        "le",
        "du",
        "of",
        "the",
        "and",
        "on",
        "upon",
        "sur",
        "y",
        "il",
        "ul",
        "ud",
    ]
)
_JOINER_IN_PUNCTUATED = re.compile(r"[.,][^\S\r\n]+")
_JOINER = re.compile(rf"[^\S\r\n]*(?:\r?\n[^\S\r\n]*)?|[-‐‑.]|{_APOSTROPHE}|[-‐‑]\r?\n")
# Vowel signs, accents and invisible characters may stand inside a word; they fold to nothing.
_MARK = r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff\ufe0f]"
_MARKS = re.compile(rf"{_MARK}+")
_WORD = re.compile(rf"[^\W_](?:[^\W_]|{_MARK})*(?:{_APOSTROPHE}[^\W_](?:[^\W_]|{_MARK})*)*")
_NEXT_WORD = re.compile(rf"(?:[^\S\r\n]+|[^\S\r\n]*\r?\n[^\S\r\n]*|[-‐‑])([^\W_](?:[^\W_]|{_APOSTROPHE}|[-‐‑](?=[^\W_]))*)")
_POSSESSIVE = re.compile(rf"{_APOSTROPHE}[sS]?(?![^\W_])")
_ADDRESS = re.compile(r"://|www\.|_|@|\\|[^\W_]\.(?:[a-z]{2,5})(?![^\W\d_])|/\S+/")


@dataclass(frozen=True, slots=True)
class Names:
    """The matchable names of a gazetteer, ready to be looked for.

    For pattern i: `places[i]` its candidates (none: the whole name of an organisation), `capitalised[i]` whether it is of a script with capitals, `dotted[i]` the forms of
    an abbreviation, `punctuated[i]` whether a stop or comma is part of it,
    `kinds[i]` the classes and GeoNames codes of its candidates, `small[i]` whether it names nothing greater than a town (so that a person of the name is as likely).
    """

    automaton: ahocorasick_rs.AhoCorasick
    places: list[tuple[str, ...]]
    index: dict[str, int]
    capitalised: list[bool]
    dotted: list[str | None]
    small: list[bool]
    punctuated: list[bool]
    kinds: list[frozenset[str]]


def compile_names(gazetteer: Gazetteer) -> Names:
    """Prepare the matchable names of a gazetteer. A name that folds to nothing or to one letter is passed over."""
    forms: dict[str, list[str]] = {}
    dotted: dict[str, str] = {}
    punctuated: set[str] = set()
    for place in gazetteer.places.values():
        for toponym in place.toponyms:
            folded = fold_name(toponym.text)
            if not toponym.matchable or len(folded) < 2:
                continue
            forms.setdefault(folded, []).append(place.id)
            if re.search(r"[.,] ", toponym.text):
                # In a text, stop and space fold to two spaces: such a name is looked for so, too.
                loose = fold(toponym.text).strip()
                forms.setdefault(loose, []).append(place.id)
                punctuated.add(loose)
            elif "." in toponym.text or len(folded) <= 3:
                dotted[folded] = dotted.get(folded, "") + f"|{toponym.text}|"
    for organisation in lexicon()["organisations"]:  # a longer match that is no place: it takes the toponyms inside with it
        forms.setdefault(fold_name(organisation), [])
    rank = {place.id: (-place.significance, place.id) for place in gazetteer.places.values()}
    names = list(forms)
    return Names(
        ahocorasick_rs.AhoCorasick([f" {name}" for name in names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        [tuple(sorted(set(forms[name]), key=rank.__getitem__)) for name in names],
        {name: number for number, name in enumerate(names)},
        [not _is_arabic_name(name) for name in names],
        [dotted.get(name) for name in names],
        [
            all(gazetteer.places[i].significance <= 3 and gazetteer.places[i].fclass in "PS" for i in forms[name])
            for name in names
        ],
        [name in punctuated for name in names],
        [
            frozenset(kind for i in forms[name] for kind in (gazetteer.places[i].ftype, gazetteer.places[i].fclass))
            for name in names
        ],
    )


def _is_arabic_name(name: str) -> bool:
    return "\u0600" <= name[0] <= "\u06ff"


def recognise(text: str, names: Names, start: int = 0, end: int | None = None) -> list[Mention]:
    """The mentions between two offsets of a text, in text order, none overlapping another.

    `text[m.start:m.end] == m.surface`. `cue` holds what the words around say of the kind of place: a GeoNames
    code or class ("ADM1", "P", "P ADM2" …), or `unknown` for a name that only a cue announces.
    """
    stop = len(text) if end is None else end
    window = text[start:stop]
    folded = fold_with_offsets(f" {window} ")
    title_case = _is_title_case(window)
    found = []
    taken = 0
    for first, last, pattern in _matches(window, folded, names):
        begin, finish = folded.original(first) - 1, folded.original(last - 1)
        if begin < taken:
            continue
        if names.capitalised[pattern] and not _written_as_name(window[begin:finish], names.punctuated[pattern]):
            inner = (
                _token_matches(window, folded, folded.text.find(" ", first, last) + 1, last, names)
                if " " in folded.text[first:last]
                else iter(())
            )
        else:
            inner = iter(((first, last, pattern),))
        for one_first, one_last, one in inner:
            begin, finish = folded.original(one_first) - 1, folded.original(one_last - 1)
            if not names.places[one]:
                taken = finish
                continue
            mention = _mention(window, begin, finish, one, names, title_case)
            if mention:
                found.append(mention)
                taken = mention.end
    found = _spread_cues(window, _without_compounds(window, found, title_case))
    if _cues().find_matches_as_indexes(folded.text):
        found = _with_unknown(window, found, names)
    if start:
        return [Mention(m.start + start, m.end + start, m.surface, m.candidates, m.cue) for m in found]
    return found


def _matches(text: str, folded: Folded, names: Names) -> Iterator[tuple[int, int, int]]:
    """(start, end, pattern) in the folded text, end exclusive; every match begins and ends at a token's edge."""
    haystack = folded.text
    for pattern, start, end in names.automaton.find_matches_as_indexes(haystack):
        if haystack[end] == " " or _possessive_follows(text, folded, end):
            yield start + 1, end, pattern
        else:  # the longest match ends inside a word: shorter names may still stand in the stretch that it took
            yield from _token_matches(text, folded, start + 1, end, names)


def _possessive_follows(text: str, folded: Folded, end: int) -> bool:
    # The apostrophe is folded away, so "Syria's" reads "syrias": whether one stood there is seen in the text itself.
    return (
        folded.text[end] == "s" and folded.text[end + 1] == " " and _POSSESSIVE.match(text, folded.original(end - 1)) is not None
    )


def _token_matches(text: str, folded: Folded, start: int, end: int, names: Names) -> Iterator[tuple[int, int, int]]:
    haystack = folded.text
    stop = haystack.find(" ", end)
    tokens = [(m.start(), m.end()) for m in re.finditer(r"\S+", haystack[start:stop])]
    position = 0
    while position < len(tokens):
        for length in range(min(MAX_NAME_TOKENS, len(tokens) - position), 0, -1):
            first, last = tokens[position][0], tokens[position + length - 1][1]
            name = haystack[start + first : start + last]
            pattern = names.index.get(name)
            if pattern is None and _possessive_follows(text, folded, start + last - 1):
                pattern, last = names.index.get(name[:-1]), last - 1
            if pattern is not None:
                yield start + first, start + last, pattern
                position += length
                break
        else:
            position += 1


def _mention(text: str, begin: int, finish: int, pattern: int, names: Names, title_case: bool) -> Mention | None:
    marks = _MARKS.match(text, finish)
    if marks:
        finish = marks.end()
    surface = text[begin:finish]
    after = text[finish : finish + 1]
    if after and (after.isalnum() or after == "_"):
        return None
    if after and after in APOSTROPHES and not _POSSESSIVE.match(text, finish):
        return None
    if begin and (text[begin - 1].isalnum() or text[begin - 1] == "_"):
        return None
    if names.punctuated[pattern] and after == "." and surface[-2:-1] == ".":  # the stop of an initial: "Washington, D.C."
        finish += 1
    forms = names.dotted[pattern]
    if forms is not None:  # an abbreviation is matched as printed: US, U.S., UK; not "us"
        if f"|{surface}.|" in forms and after == ".":
            finish += 1
            surface = text[begin:finish]
        if f"|{surface}|" not in forms:
            return None
    if names.capitalised[pattern] and not _written_as_name(surface, names.punctuated[pattern]):
        return None
    if _in_address(text, begin, finish) or (forms is None and _is_acronym(text, begin, finish, surface)):
        return None
    feature = _feature_after(text, finish)
    longer = _longer_feature(text, begin, finish, feature, names.kinds[pattern])
    if longer:
        return Mention(*longer, text[slice(*longer)], (), "unknown")
    finish, cue = _feature_cue(text, begin, finish, feature)
    if names.capitalised[pattern] and (
        _in_person(text, begin, finish, names.small[pattern]) or _in_organisation(text, begin, finish, title_case)
    ):
        return None
    return Mention(begin, finish, text[begin:finish], names.places[pattern], cue)


def _written_as_name(surface: str, punctuated: bool) -> bool:
    """Whether the words are joined as one name's are, and the first that is no particle has a capital."""
    if surface.isalpha():  # one plain word
        return surface[0].isupper() or (not surface[0].islower() and surface.lower() not in _PARTICLES)
    words = list(_WORD.finditer(surface))
    for one, following in pairwise(words):
        gap = (one.end(), following.start())
        if not (_JOINER.fullmatch(surface, *gap) or (punctuated and _JOINER_IN_PUNCTUATED.fullmatch(surface, *gap))):
            return False
    for word in words:
        if word.group().lower() not in _PARTICLES:
            return word.group()[0].isupper() or not word.group()[0].islower()
    return bool(words) and words[0].group()[0].isupper()


def _is_acronym(text: str, begin: int, finish: int, surface: str) -> bool:
    """Whether a short name in capitals stands among ordinary words: SANA is the agency, not the city; a dateline is a place."""
    if len(surface) > 5 or not surface.isupper() or not surface.isalpha():
        return False
    before = re.sub(r"[^\W\d_]*$", "", text[max(0, begin - 60) : begin])
    around = before + text[finish : finish + 60]
    letters = [char for char in around if char.isalpha()]
    if (
        begin < 40
        and not before.strip()
        and re.match(r"(?:,[^.\n]{1,40})?\s*(?:\([^)\n]*\)\s*)?[—–-]", text[finish : finish + 60])
    ):
        return False
    return sum(map(str.islower, letters)) > len(letters) / 2


def _in_address(text: str, begin: int, finish: int) -> bool:
    if text[begin - 1 : begin].isspace() and (text[finish : finish + 1].isspace() or text[finish + 1 : finish + 2].isspace()):
        return False
    left, right = begin, finish
    while left > max(0, begin - 200) and not text[left - 1].isspace():
        left -= 1
    while right < min(len(text), finish + 200) and not text[right].isspace():
        right += 1
    return right - left > finish - begin + 1 and bool(_ADDRESS.search(text, left, right))


def _is_title_case(text: str) -> bool:
    """Whether a block is written like a headline: short, and most of its longer words with a capital."""
    if len(text) > 200 or "\n" in text.strip() or text.rstrip()[-1:] in ".!?":
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(words) > 4 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


# --- what the words around say of the kind of place -----------------------------------------------------------


@cache
def _cue_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon()

    def alternatives(phrases: Mapping[str, Any]) -> str:
        return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))

    adjective = rf"(?:(?:{'|'.join(sorted(words['adjectives']))})\s+)*"
    return (
        re.compile(rf"(?:\s+|-)({alternatives(words['feature_after'])})(?![^\W_]|-based)", re.IGNORECASE),
        re.compile(rf"\s+(?:'s\s+)?{adjective}({alternatives(words['hint_after'])})(?![^\W_])", re.IGNORECASE),
        re.compile(rf"(?<![^\W_])({alternatives(words['hint_before'])})\s+(?:{adjective})(?:the\s+)?$", re.IGNORECASE),
    )


@cache
def _hint_ends() -> tuple[str, ...]:
    """The last words of whatever `hint_before` may match: without one of them before a name, it does not."""
    words = lexicon()
    return tuple({phrase.split()[-1] for phrase in (*words["hint_before"], *words["adjectives"])} | {"the"})


Feature = tuple[int, list[str]]
"""A feature word after a name: where it ends, and the kinds of place that it allows."""


def _feature_after(text: str, finish: int) -> Feature | None:
    found = _cue_patterns()[0].match(text, finish)
    return (found.end(), lexicon()["feature_after"][" ".join(found[1].lower().split())]) if found else None


def _feature_cue(text: str, begin: int, finish: int, feature: Feature | None) -> tuple[int, str | None]:
    """The end of the span with its feature word, and the kinds of place that the words around allow."""
    words = lexicon()
    _, hint_after, hint_before = _cue_patterns()
    if feature:
        end, kinds = feature
        return (end if kinds == ["ADM1"] else finish), " ".join(kinds)
    left = text[max(0, begin - 60) : begin]
    before = left.rstrip().lower().endswith(_hint_ends()) and hint_before.search(left)
    if before:
        return finish, " ".join(words["hint_before"][" ".join(before[1].lower().split())])
    after = hint_after.match(text, finish)
    if after:
        return finish, " ".join(words["hint_after"][" ".join(after[1].lower().split())])
    return finish, None


def _longer_feature(text: str, begin: int, finish: int, feature: Feature | None, kinds: frozenset[str]) -> tuple[int, int] | None:
    """The span of a feature whose own name the gazetteer lacks: "Jordan River", "Hama military airport", "Gulf of Aqaba".

    It is another place than the one it is called after, so it must not be taken for that.
    """
    if feature:
        end, allowed = feature
        if allowed != ["ADM1"] and kinds.isdisjoint(allowed):
            return begin, end
    left = text[max(0, begin - 30) : begin]
    before = left.rstrip()[-2:] == "of" and _FEATURE_OF.search(left)
    if before and not kinds & {"H", "T"}:
        return begin - len(before.group()), finish
    return None


_FEATURE_OF = re.compile(r"(?<![^\W_])(?:Gulf|Strait|Straits|Bay|Sea|Cape|Isthmus)\s+of\s+$")


# --- persons and organisations --------------------------------------------------------------------------------


def _words_before(text: str, begin: int, number: int) -> list[str]:
    """Up to `number` words right before an offset, the nearest first; only white space may part them."""
    left = text[max(0, begin - 20 * number) : begin]
    if not left or not left[-1].isspace():
        return []
    found: list[str] = []
    for chunk in reversed(left.rsplit(None, number)[-number:]):
        word = chunk.lstrip("\"“‘«([{'")
        if not word or not (word[-1].isalnum() or word[-1] in "." or word[-1] in APOSTROPHES):
            break
        found.append(word)
        if word != chunk:
            break
    return found


def _in_person(text: str, begin: int, finish: int, small: bool) -> bool:
    words = lexicon()
    surface = text[begin:finish].lower()
    before = _words_before(text, begin, 3)
    nearest = before[0].rstrip(".").lower() if before else ""
    if nearest in words["kunyas"]:
        return True
    kunya = surface.replace("-", " ").split()[0] in words["kunyas"] and nearest not in words["place_prepositions"]
    # "Abu Kamal" is a town and a man's name: a man if he is introduced, or something is told of him as of a person.
    if kunya and (nearest in words["introductions"] or _told_of_person().match(text, finish)):
        return True
    if before and before[0][:1].isupper() and not _ends_sentence(before[0]):
        if nearest in words["given_names"] or nearest in words["honorifics"]:
            return True
        if len(before) > 1 and before[1][:1].isupper() and before[1].rstrip(".").lower() in words["honorifics"]:
            return True
    if not small and surface not in words["place_given_names"]:
        return False
    follower = _NEXT_WORD.match(text, finish)
    kin = nearest in words["kin"] or (nearest == "and" and len(before) > 2 and before[2] in words["kin"])
    if surface in words["place_given_names"] and (kin or (small and follower and follower[1] in words["speech_verbs"])):
        return True
    return bool(follower and re.match(r"(?:al|el|an|ar|as|ash|at|ad|az|bin|ibn|abu)[-‐‑ ][^\W\d_a-z]", text[follower.start(1) :]))


@cache
def _told_of_person() -> re.Pattern[str]:
    speech = "|".join(sorted(lexicon()["speech_verbs"]))
    places = "|".join(sorted(lexicon()["unknown_after"]))
    return re.compile(rf"\s+(?:{speech}|who)\b|,\s+(?:who|whose|\d\d|an?\s+(?!\w*\s?(?:{places})))", re.IGNORECASE)


def _ends_sentence(word: str) -> bool:
    """Whether a word's full stop ends a sentence: not that of an initial or a title ("J.", "Gen.")."""
    stem = word.rstrip(".")
    return stem != word and len(stem) > 1 and stem.lower() not in lexicon()["honorifics"]


def _in_organisation(text: str, begin: int, finish: int, title_case: bool) -> bool:
    follower = _NEXT_WORD.match(text, finish)
    if follower and follower[1] in lexicon()["product_heads"]:
        return True
    return _head_before(text, begin) or (title_case and _head_follows(text, finish))


def _without_compounds(text: str, found: list[Mention], title_case: bool) -> list[Mention]:
    """Leave out names that are one part of a capitalised compound: "Idlib Military Council", "Denzel Washington", "Euphrates Volcano".

    A name goes on if a capitalised word follows without punctuation that neither is a toponym nor one of the words that
    stand beside names of places (weekdays, titles, feature nouns). In a headline every word has a capital, so there
    only the head nouns of organisations count.
    """
    if title_case:
        return found
    starts = {mention.start for mention in found}
    ends = {mention.end for mention in found}
    kept = []
    for mention in found:
        if (text[mention.end : mention.end + 1] in " \u00a0" and mention.end + 1 in starts) or (
            text[mention.start - 1 : mention.start] in " \u00a0" and mention.start - 1 in ends
        ):  # two toponyms with nothing between them are one name, of a person or a firm: "Salma Aramo"
            continue
        if mention.surface.isupper() and sum(map(str.isalpha, mention.surface)) > 3:
            kept.append(mention)
            continue
        if mention.surface[0].isascii() and _goes_on(text, mention.end, starts):
            continue
        before = _words_before(text, mention.start, 2) if mention.surface[0].isupper() else []
        if (
            before
            and before[0][:1].isupper()
            and text[mention.start - 1] not in "\r\n"
            and not _begins_sentence(text, mention.start, before[0])
        ):
            word = re.sub(rf"{_APOSTROPHE}s?$", "", before[0]).lower()
            if word == before[0].lower() and not _ends_sentence(before[0]) and not _may_stand_before(word):
                continue
        kept.append(mention)
    return kept


def _goes_on(text: str, position: int, starts: set[int]) -> bool:
    """Whether capitalised words go on after a name and make it part of a longer one."""
    words = lexicon()
    for _ in range(4):
        follower = _NEXT_WORD.match(text, position)
        if not follower or not follower[1][0].isupper() or follower.start(1) in starts:
            return False
        word = re.sub(rf"{_APOSTROPHE}s?$", "", follower[1]).lower()
        if word in words["honorifics"]:
            return False
        if word not in words["beside_places"]:
            return True
        position = follower.end()
    return False


def _may_stand_before(word: str) -> bool:
    words = lexicon()
    return (
        word in words["beside_places"]
        or word in words["function_words"]
        or word in words["adjectives"]
        or word in words["place_prepositions"]
        or re.search(r"(?:ian|ish|ese|i|ite|ic|ern|an|ist)$", word) is not None
    )


def _begins_sentence(text: str, begin: int, word: str) -> bool:
    """Whether the word right before an offset stands at the beginning of a sentence, quotation or clause."""
    at = _before_space(text, _before_space(text, begin) - len(word))
    return at <= 0 or text[at - 1] in '.!?:;"“”‘’«—–-('


def _before_space(text: str, position: int) -> int:
    while position > 0 and text[position - 1].isspace():
        position -= 1
    return position


def _spread_cues(text: str, found: list[Mention]) -> list[Mention]:
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
    words = lexicon()
    after = "|".join(sorted(p for p in words["hint_after"] if p.endswith("s")))
    before = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(words["hint_before"]) if "s of" in p)
    return re.compile(rf"\s+(?:{after})(?![^\W_])", re.IGNORECASE), re.compile(rf"(?:{before})\s+(?:the\s+)?$", re.IGNORECASE)


def _head_follows(text: str, finish: int) -> bool:
    """Whether, in a headline, one of the next two words is an organisation's head noun: "Aleppo University"."""
    position = finish
    for _ in range(2):
        found = _NEXT_WORD.match(text, position)
        if not found or re.search(rf"{_APOSTROPHE}s$", found[1]):
            return False
        if found[1].lower() in lexicon()["organisation_heads"]:
            return True
        position = found.end()
    return False


_LINKS = _PARTICLES | {"of", "for", "the", "and"}


def _head_before(text: str, begin: int) -> bool:
    """Whether the name is what a head noun is `of`: "University of Aleppo", "Islamic State of Iraq and the Levant"."""
    words = lexicon()
    nearest = _words_before(text, begin, 1)
    if not nearest or not (nearest[0][:1].isupper() or nearest[0].lower() in _LINKS):
        return False
    before = _words_before(text, begin, 9)
    if before and before[0][:1].isupper() and before[0].lower() == "operation":
        return True
    for position, word in enumerate(before):
        lower = word.lower()
        if lower in ("of", "for"):
            head = before[position + 1] if position + 1 < len(before) else ""
            if head[:1].isupper() and head.lower() in words["organisation_before"]:
                return True
            if not head[:1].isupper():
                return False
        elif not (word[:1].isupper() or lower in ("the", "and") or lower in _PARTICLES):
            return False
        if word.endswith(".") and len(word) > 4:
            return False
    return False


# --- names in no gazetteer ------------------------------------------------------------------------------------


@cache
def _unknown_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon()
    before = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(words["unknown_before"]))
    after = "|".join(sorted(words["unknown_after"]))
    article = r"(?:(?:al|el|an|ar|as|ash|at|ad|az)[-‐‑ ]|Al[-‐‑ ])?"
    name = rf"(?:{article}(?=[^\W\d_])(?![a-z])[^\W\d_](?:{_APOSTROPHE}?[^\W\d_])+(?:(?:[-‐‑]| (?!and\b)){article}(?![a-z])[^\W\d_](?:{_APOSTROPHE}?[^\W\d_])+){{0,3}})"
    return (
        re.compile(rf"(?<![^\W_])(?i:{before})\s+(?P<name>{name})"),
        re.compile(
            rf"(?<![^\W_])(?:in|of|from|at|near|into|on|reached|entered|captured|seized|shelled|bombed)\s+(?:the\s+)?(?P<name>{name})\s+(?i:{after})(?![^\W_])(?!\s+of\b)"
        ),
        re.compile(rf"(?:,\s+|,?\s+and\s+)(?P<name>{name})"),
    )


@cache
def _cues() -> ahocorasick_rs.AhoCorasick:
    """The words that announce a name, folded: a text without any of them has no unknown name."""
    words = lexicon()
    return ahocorasick_rs.AhoCorasick([f" {fold_name(w)}" for w in (*words["unknown_before"], *words["unknown_after"])])


def _with_unknown(text: str, found: list[Mention], names: Names) -> list[Mention]:
    """Add the names that a cue announces and that no gazetteer holds: mentions without candidates."""
    before, after, more = _unknown_patterns()
    taken = [(mention.start, mention.end) for mention in found]
    fresh: list[Mention] = []

    def free(start: int, end: int) -> bool:
        at = bisect_right(taken, (start, end))
        return not (at and taken[at - 1][1] > start) and not (at < len(taken) and taken[at][0] < end)

    def add(start: int, end: int) -> None:
        surface = text[start:end]
        surface = _POSSESSIVE.sub("", surface) if _POSSESSIVE.search(surface, max(0, len(surface) - 2)) else surface
        if free(start, start + len(surface)) and not _is_adjective(surface, names):
            insort(taken, (start, start + len(surface)))
            fresh.append(Mention(start, start + len(surface), surface, (), "unknown"))

    for pattern in (before, after):
        for cue in pattern.finditer(text):
            add(*cue.span("name"))
            position = cue.end("name")
            plural = "s of" in " ".join(cue.group().lower().split())
            while plural and (following := more.match(text, position)):
                add(*following.span("name"))
                position = following.end("name")
    return sorted(found + fresh, key=lambda mention: mention.start) if fresh else found


def _is_adjective(surface: str, names: Names) -> bool:
    """Whether a capitalised word is a people's name or an adjective made of a toponym: Latakian, Homsi, Syrian."""
    folded = fold_name(surface)
    if folded in lexicon()["adjectives"] or folded in lexicon()["peoples"]:
        return True
    folded = folded.removesuffix("s") if folded.endswith(("ns", "is", "tes")) else folded
    for ending in ("n", "i", "wi", "an", "ian", "ite", "ese", "een", "ean"):
        stem = folded.removesuffix(ending)
        if stem != folded and any(stem + vowel in names.index for vowel in ("", "a", "o", "us", "e")):
            return True
    return False
