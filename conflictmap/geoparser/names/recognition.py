"""Text and names -> mentions: leftmost-longest matching over folded names, then vetoes.

What counts as a toponym is said in docs/method.md. A match must have true token boundaries, be written as a name
(capitals), lie outside file names and addresses, and not be part of a person's or an organisation's name. Spellings that
no place lists but that read like a listed one, and names that a cue announces ("the village of …") but no
gazetteer holds, become mentions of their own kind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

import ahocorasick_rs

from conflictmap.gazetteer import Gazetteer, Spellings
from conflictmap.geoparser.context import APOSTROPHE, MARK, PARTICLES, POSSESSIVE, WORD, Around, stands_first
from conflictmap.geoparser.lexicon import arabic_words, english_words, word_lists
from conflictmap.geoparser.names import arabic
from conflictmap.geoparser.names.cues import (
    announced,
    feature_after,
    feature_cue,
    longer_feature,
    may_be_named,
    needs_look,
    spread_cues,
    with_unknown,
)
from conflictmap.geoparser.names.notes import Notes
from conflictmap.geoparser.names.vetoes import OF_PERSONS, is_club, organisation, person, without_compounds
from conflictmap.model import Mention
from conflictmap.text import APOSTROPHES, Folded, fold, fold_name, fold_with_offsets, is_arabic

MAX_NAME_TOKENS = 8
_JOINER_IN_PUNCTUATED = re.compile(r"[.,][^\S\r\n]+")
_JOINER = re.compile(rf"{APOSTROPHE}?(?:[^\S\r\n]*(?:\r?\n[^\S\r\n]*)?|[-‐‑.]|[-‐‑](?:\r?\n|[^\S\r\n])){APOSTROPHE}?")
_MARKS = re.compile(rf"{MARK}+|[ʿʾʻ](?![^\W_])")
_HALF_RINGS = "ʿʾʻ"
_ADDRESS = re.compile(r"://|www\.|_|@|\\|[^\W_]\.(?:[a-z]{2,5}|[A-Z]{2,5})(?![^\W\d_])|/\S+/")


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
    """The names of a gazetteer, ready to be looked for. `index` leads from a folded name to its pattern's number."""

    automaton: ahocorasick_rs.AhoCorasick
    patterns: list[Pattern]
    index: Mapping[str, int]
    spellings: Spellings
    gazetteer: Gazetteer


_AIRFIELDS = ("AIRB", "AIRF", "AIRP")
_AIRFIELD_WORDS = (
    "airport",
    "military airport",
    "air base",
    "airbase",
    "military airbase",
    "military air base",
    "airfield",
    "military airfield",
)


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
    ending = next((word for word in sorted(_AIRFIELD_WORDS, key=len, reverse=True) if folded.endswith(f" {word}")), None)
    if ending is None:
        return []
    stem = folded.removesuffix(f" {ending}").removesuffix(" international")
    names = [f"{town} {word}" for town in {stem, *towns.get(stem, ())} for word in _AIRFIELD_WORDS]
    return sorted(name for name in names if name != folded)


def compile_names(gazetteer: Gazetteer) -> Names:
    """Prepare the matchable names of a gazetteer. A name that folds to nothing or to one letter is passed over."""
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
                common.add(folded)  # a common word in Arabic: looked for where only a place can stand
            elif not toponym.matchable or len(folded) < 2:
                continue
            forms.setdefault(folded, []).append(place.id)
            if place.ftype in _AIRFIELDS and not is_arabic(toponym.text):
                for other in _airfield_names(folded, towns):
                    forms.setdefault(other, []).append(place.id)
            if re.search(r"[.,] ", toponym.text):
                # In a text, stop and space fold to two spaces: such a name is looked for so, too.
                loose = fold(toponym.text).strip()
                forms.setdefault(loose, []).append(place.id)
                punctuated.add(loose)
            elif "." in toponym.text or (len(folded) <= 3 and not is_arabic(toponym.text)):
                dotted[folded] = dotted.get(folded, "") + f"|{toponym.text}|"
    # Organisations are longer matches that are no place: they take the toponyms inside with them.
    for whole_name in english_words().organisations | arabic_words().organisations:
        forms.setdefault(fold_name(whole_name), [])
    spellings = Spellings(
        romanised, word_lists("lookalikes")["words"], english_words().function_words | english_words().place_prepositions
    )
    for name in romanised:  # a place that prints its name almost so is a candidate, too: Mansoura, Mansura
        folded = fold_name(name)
        if folded in forms and all(gazetteer.places[i].significance < 4 for i in forms[folded]):
            forms[folded] += spellings.same(name)
    names = list(forms)
    return Names(
        ahocorasick_rs.AhoCorasick([f" {name}" for name in names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        [_pattern(gazetteer, name, forms[name], dotted.get(name), name in punctuated, name in common) for name in names],
        {name: number for number, name in enumerate(names)},
        spellings,
        gazetteer,
    )


def _pattern(
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


def recognise(text: str, names: Names, start: int = 0, end: int | None = None, notes: Notes | None = None) -> list[Mention]:
    """The mentions between two offsets of a text, in text order, none overlapping another. `notes` takes what is learnt besides.

    `text[m.start:m.end] == m.surface`. `cue` holds what the words around say of the kind of place: a GeoNames
    code or class ("ADM1", "P", "P ADM2" …), or `unknown` for a name that only a cue announces.
    """
    stop = len(text) if end is None else end
    window = text[start:stop]
    folded = fold_with_offsets(f" {window} ")
    title_case = _is_title_case(window)
    found: list[Mention] = []
    passed: list[tuple[int, int]] = []  # names taken by an organisation or a person: nothing is to be found in them again
    notes = notes or Notes()
    notes.start = start
    taken = 0
    for first, last, number in _matches(window, folded, names):
        begin, finish = folded.original(first) - 1, folded.original(last - 1)
        if begin < taken:
            continue
        pattern = names.patterns[number]
        if pattern.places and pattern.capitalised and not _written_as_name(window[begin:finish], pattern):
            inner = (
                _token_matches(window, folded, folded.text.find(" ", first, last) + 1, last, names)
                if " " in folded.text[first:last]
                else iter(())
            )
        elif pattern.punctuated and "," in window[begin:finish] and folded.text[last - 2 : last] not in ("dc", " c"):
            cut = folded.text.index("  ", first, last)  # "Mobile, Alabama": two names, the first known by the second
            inner = chain(((first, cut, number),), _token_matches(window, folded, cut + 2, last, names))
        else:
            inner = iter(((first, last, number),))
        for one_first, one_last, one in inner:
            begin, finish = folded.original(one_first) - 1, folded.original(one_last - 1)
            pattern = names.patterns[one]
            if not pattern.places:
                taken = finish
                passed.append((begin, finish))
                notes.turn_down(window, begin, finish, "listed-organisation")
                continue
            mention = _mention(window, begin, finish, pattern, title_case, notes)
            if mention:
                found.append(mention)
                taken = mention.end
            else:
                passed.append((begin, finish))
    if not window.isascii() and arabic.LETTER.search(window):

        def prefixed(word: int, begin: int, end: int, number: int) -> Mention | None:
            made = _arabic(window, word, begin, end, names.patterns[number])
            if isinstance(made, Mention):
                return made
            notes.turn_down(window, begin, end, made)
            return None

        found = arabic.with_prefixed(window, found, names.index, prefixed)
    found = _with_spellings(window, found, passed, names, title_case, notes)
    if found:
        whole = without_compounds(window, found, title_case, notes)
        found = spread_cues(window, whole)
    stretches = announced(folded)
    if stretches:
        found = with_unknown(window, stretches, found, passed, names.index)
    if start:
        return [Mention(m.start + start, m.end + start, m.surface, m.candidates, m.cue, m.folded) for m in found]
    return found


def without_persons(text: str, mentions: list[Mention], notes: Notes, gazetteer: Gazetteer) -> list[Mention]:
    """Leave out the names that an article has given a person, where nothing says that a place is meant.

    "General Mazloum Kobani was absent. Kobani had sent his deputy"; but "… in Kobani".
    """
    persons = notes.persons
    if not persons:
        return mentions
    given = english_words().place_given_names
    kept = []
    notes.start = 0
    for m in mentions:
        if (
            m.surface.lower() not in persons
            or m.cue
            or may_be_named(text, m.start, m.end)
            or (m.surface.lower() not in given and any(gazetteer.places[i].significance > 3 for i in m.candidates))
        ):
            kept.append(m)
        else:
            notes.turn_down(text, m.start, m.end, "person-of-the-article")
    return kept


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
        folded.text[end] == "s" and folded.text[end + 1] == " " and POSSESSIVE.match(text, folded.original(end - 1)) is not None
    )


def _token_matches(text: str, folded: Folded, start: int, end: int, names: Names) -> Iterator[tuple[int, int, int]]:
    """Names that begin between two folded offsets; they may end beyond."""
    haystack = folded.text
    stop = end
    for _ in range(MAX_NAME_TOKENS):
        stop = haystack.find(" ", stop + 1)
        if stop < 0:
            stop = len(haystack)
            break
    tokens = [(m.start(), m.end()) for m in re.finditer(r"\S+", haystack[start:stop])]
    position = 0
    while position < len(tokens) and tokens[position][0] < end - start:
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


def _mention(
    text: str, begin: int, finish: int, pattern: Pattern, title_case: bool, notes: Notes, unlisted: bool = False
) -> Mention | None:
    """The mention of a name that stands at begin, None if it is not written as one or a veto turns it down."""
    span = _span(text, begin, finish, pattern)
    if span is None:
        return None
    begin, finish, surface = span
    found = _judged(text, begin, finish, surface, pattern, title_case, unlisted)
    if isinstance(found, Mention):
        return found
    if found in OF_PERSONS and not unlisted:
        notes.persons.add(surface.lower())
    notes.turn_down(text, begin, finish, found)
    return None


def _span(text: str, begin: int, finish: int, pattern: Pattern) -> tuple[int, int, str] | None:
    """Where a match begins and ends as it is printed, with its article and its stops, and the words to compare; None if it is no
    whole word, or not written as this name is."""
    after = text[finish : finish + 1]
    if after and not after.isspace() and after not in ",.;:)":
        marks = _MARKS.match(text, finish)
        if marks:
            finish = marks.end()
            after = text[finish : finish + 1]
        if after.isalnum() or after == "_" or (after and after in APOSTROPHES and not POSSESSIVE.match(text, finish)):
            return None
    if begin and not text[begin - 1].isspace():
        if (text[begin - 1].isalnum() or text[begin - 1] == "_") and text[begin - 1] not in _HALF_RINGS:
            return None
        begin = _with_mark(text, begin, finish)
    if pattern.capitalised:
        begin = _with_article(text, begin)
    surface = text[begin:finish]
    if pattern.punctuated and after == "." and surface[-2:-1] == ".":  # the stop of an initial: "Washington, D.C."
        finish += 1
    forms = pattern.dotted
    if forms is not None:  # an abbreviation is matched as printed: US, U.S., UK; not "us"
        if f"|{surface}.|" in forms and after == ".":
            finish += 1
            surface = text[begin:finish]
        if f"|{surface}|" not in forms:
            return None
    if pattern.capitalised and not _written_as_name(surface, pattern):
        return None
    return begin, finish, surface


def _judged(
    text: str, begin: int, finish: int, surface: str, pattern: Pattern, title_case: bool, unlisted: bool
) -> Mention | str:
    """The mention, with its feature word and its cue, or the name of the veto that turns it down."""
    if _in_address(text, begin, finish):
        return "address"
    if pattern.dotted is None and _is_acronym(text, begin, finish, surface):
        return "acronym"
    if not pattern.capitalised:
        return _arabic(text, begin, begin, finish, pattern)
    if text.startswith(" told ", finish) and not _governs(pattern) and stands_first(text, begin):
        return "tells-somebody"
    if not pattern.personal and not needs_look(text, begin, finish):  # nothing around the name that any rule below looks at
        return Mention(begin, finish, text[begin:finish], pattern.places, None, unlisted)
    feature = feature_after(text, finish, pattern.kinds)
    longer = longer_feature(text, begin, finish, feature, pattern.kinds)
    if longer:
        return Mention(*longer, text[slice(*longer)], (), "unknown")
    finish, cue = feature_cue(text, begin, finish, feature)
    if pattern.common and not cue and not may_be_named(text, begin, finish):
        return "common-word"
    around = Around(text, begin, finish, pattern.small, title_case)
    veto = person(around) or organisation(around) or ("club" if pattern.abroad and is_club(text, finish) else None)
    return veto or Mention(begin, finish, text[begin:finish], pattern.places, cue, unlisted)


def _governs(pattern: Pattern) -> bool:
    """Whether a name may stand for a government: a country's or a capital's."""
    return any(kind == "PPLC" or kind.startswith("PCL") for kind in pattern.kinds)


def _arabic(text: str, word: int, begin: int, finish: int, pattern: Pattern) -> Mention | str:
    """The mention of a name in Arabic that stands in the word at `word`, behind its prefix if it has one, or the veto's name."""
    if not pattern.places:
        return "listed-organisation"
    if arabic.is_vetoed(text, word):
        return "arabic-head"
    if pattern.common and not arabic.stands_as_place(text, word, begin, finish):
        return "arabic-common-word"
    start, other = arabic.with_feature(text, word, finish, pattern.kinds) if word == begin else (begin, False)
    if other:
        return Mention(start, finish, text[start:finish], (), "unknown")
    return Mention(start, finish, text[start:finish], pattern.places, arabic.cue(text, word))


_SIDES = frozenset({"northern", "southern", "eastern", "western"})
"""Many newsrooms print them small even where they are part of a name: "eastern Ghouta"."""
_WHOLE = frozenset("AH")
"""Feature classes of which a side told in small letters is no place of its own: northern Lebanon is a part of Lebanon."""


def _written_as_name(surface: str, pattern: Pattern) -> bool:
    """Whether the words are joined as one name's are, and the first that is no particle has a capital."""
    if surface.isalpha():  # one plain word
        return surface[0].isupper() or (not surface[0].islower() and surface.lower() not in PARTICLES)
    words = list(WORD.finditer(surface))
    for one, following in pairwise(words):
        gap = (one.end(), following.start())
        if not (_JOINER.fullmatch(surface, *gap) or (pattern.punctuated and _JOINER_IN_PUNCTUATED.fullmatch(surface, *gap))):
            return False
    for word in words:
        if word.group().lower() not in PARTICLES and (word.group() not in _SIDES or not _WHOLE.isdisjoint(pattern.kinds)):
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
        and not any(map(str.islower, before))
        and re.match(r"(?:,[^.\n]{1,40})?\s*(?:\([^)\n]*\)\s*)?[—–:-]", text[finish : finish + 60])
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


# --- spellings that are not listed ----------------------------------------------------------------------------

_CAPITAL_WORD = re.compile(rf"(?<![^\W_])[^\W\d_a-zß-ÿ](?:[^\W_]|{MARK}|{APOSTROPHE}(?=[^\W_]))+")
_MORE_WORDS = re.compile(rf"(?:[ \u00a0]|[^\S\n]?\n|[-‐‑–](?:\r?\n)?){APOSTROPHE}?((?:[^\W_]|{MARK}|{APOSTROPHE}(?=[^\W_]))+)")
MAX_SPELLING_WORDS = 5


def _with_spellings(
    text: str, found: list[Mention], passed: list[tuple[int, int]], names: Names, title_case: bool, notes: Notes
) -> list[Mention]:
    """Add the capitalised words that read like a listed name: mentions that say `folded`."""
    fresh: list[Mention] = []
    may_begin = names.spellings.may_begin
    spans = sorted([(m.start, m.end) for m in found] + passed) if passed else [(m.start, m.end) for m in found]
    taken = 0
    for capital in _CAPITAL_WORD.finditer(text):
        begin = capital.start()
        if begin < taken or not may_begin(capital.group()):
            continue
        at = bisect_right(spans, (begin, len(text))) - 1
        if at >= 0 and spans[at][1] > begin:
            longer = _longer_spelling(text, begin, spans[at], names) if spans[at][0] == begin else None
            if longer and (
                at + 1 == len(spans) or spans[at + 1][0] >= longer[0][1]
            ):  # "Bosra ash-Sham" where only Bosra is listed so
                mention = _mention(
                    text,
                    *longer[0],
                    _pattern(names.gazetteer, fold_name(text[slice(*longer[0])]), longer[1]),
                    title_case,
                    notes,
                    True,
                )
                if mention:
                    found = [one for one in found if one.start != begin]
                    fresh.append(mention)
                    taken = mention.end
            continue
        limit = spans[at + 1][0] if at + 1 < len(spans) else len(text)
        for finish in _ends(text, capital.end(), limit):
            places = names.spellings.places(text[begin:finish], _with_article(text, begin) < begin)
            if not places:
                continue
            start = _with_article(text, begin)
            start = begin if at >= 0 and spans[at][1] > start else start
            mention = _mention(
                text, start, finish, _pattern(names.gazetteer, fold_name(text[start:finish]), places), title_case, notes, True
            )
            if mention:
                fresh.append(mention)
                taken = mention.end
            break
    return sorted(found + fresh, key=lambda mention: mention.start) if fresh else found


def _longer_spelling(
    text: str, begin: int, span: tuple[int, int], names: Names
) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    follower = text[span[1] : span[1] + 2]
    if len(follower) < 2 or follower[0] not in " -‐‑" or not (follower[1].isupper() or follower[1] in "ae"):
        return None
    for finish in _ends(text, span[1], len(text)):
        places = names.spellings.places(text[begin:finish]) if finish > span[1] else ()
        if places:
            return (begin, finish), places
    return None


def _ends(text: str, end: int, limit: int) -> list[int]:
    """Where a name that begins with the word before `end` may end, the longest first: capitalised words and particles go on."""
    ends = [end]
    position = end
    for _ in range(MAX_SPELLING_WORDS - 1):
        more = _MORE_WORDS.match(text, position)
        if not more or more.end() > limit:
            break
        word = more[1]
        position = more.end()
        if not word[0].islower():
            ends.append(position)
        elif word not in PARTICLES:
            if text[more.start()] in "-‐‑" and "\n" in more.group():  # a word that the line's end parted
                ends.append(position)
            break
    return [e - 2 if POSSESSIVE.match(text, e - 2) and text[e - 1] in "sS" else e for e in reversed(ends)]


_ARTICLE_BEFORE = re.compile(
    r"(?<![^\W_])(?:(?:[AaEe][lnrstdz]|[Aa]sh|[Ee]sh|[Aa]dh|[Aa]th)[-‐‑]\r?\n?|(?:[AaEe]l|[AE]r|[AE]sh|[AE]z|Ad|Es|A[nrstdz]) )$"
)


def _with_article(text: str, begin: int) -> int:
    """Where a name begins with the Arabic article before it, if one is printed there."""
    before = text[begin - 1 : begin]
    if not before or before not in "-‐‑ \n":
        return begin
    article = _ARTICLE_BEFORE.search(text, max(0, begin - 6), begin)
    if article and article.group() in ("An ", "As ", "At ") and text[begin].lower() != article.group()[1]:
        return begin  # "As Salma fell" has no article, "As Sabkhah" may
    return article.start() if article else begin


def _with_mark(text: str, begin: int, finish: int) -> int:
    """Where a name begins with the half ring before it (ʿAzaz); a turned comma may open a quotation instead."""
    mark = text[begin - 1]
    if (mark in _HALF_RINGS or (mark == "‘" and "’" not in text[finish : finish + 60])) and not text[
        begin - 2 : begin - 1
    ].isalnum():
        return begin - 1
    return begin
