"""Text and names -> mentions: leftmost-longest matching over folded names, then vetoes.

What counts as a toponym is said in docs/method.md. A match must have true token boundaries, be written as a name
(capitals), lie outside file names and addresses, and not be part of a person's or an organisation's name. Spellings that
no place lists but that read like a listed one, and names that a cue announces ("the village of …") but no
gazetteer holds, become mentions of their own kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from conflictmap.gazetteer import Gazetteer
from conflictmap.geoparser.context import POSSESSIVE
from conflictmap.geoparser.lexicon import english_words
from conflictmap.geoparser.names import arabic
from conflictmap.geoparser.names.candidates import arabic_mention, mention_of, written_as_name
from conflictmap.geoparser.names.compiled import Names
from conflictmap.geoparser.names.cues import (
    announced,
    may_be_named,
    spread_cues,
    with_unknown,
)
from conflictmap.geoparser.names.notes import Notes
from conflictmap.geoparser.names.unlisted import with_spellings
from conflictmap.geoparser.names.vetoes import without_compounds
from conflictmap.model import Mention
from conflictmap.text import Folded, fold_with_offsets

MAX_NAME_TOKENS = 8


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
        if pattern.places and pattern.capitalised and not written_as_name(window[begin:finish], pattern):
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
            mention = mention_of(window, begin, finish, pattern, title_case, notes)
            if mention:
                found.append(mention)
                taken = mention.end
            else:
                passed.append((begin, finish))
    if not window.isascii() and arabic.LETTER.search(window):

        def prefixed(word: int, begin: int, end: int, number: int) -> Mention | None:
            made = arabic_mention(window, word, begin, end, names.patterns[number])
            if isinstance(made, Mention):
                return made
            notes.turn_down(window, begin, end, made)
            return None

        found = arabic.with_prefixed(window, found, names.index, prefixed)
    found = with_spellings(window, found, passed, names, title_case, notes)
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


def _is_title_case(text: str) -> bool:
    """Whether a block is written like a headline: short, and most of its longer words with a capital."""
    if len(text) > 200 or "\n" in text.strip() or text.rstrip()[-1:] in ".!?":
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(words) > 4 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
