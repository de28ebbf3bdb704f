"""The subject of a verb of speech: the noun phrase before it, across adverbs, relative clauses, brackets and appositions.

Tokens are words between blanks, read backwards from the verb; `floor` is the first of them that is whole.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from conflictmap.geoparser.attribution.phrases import Phrase, Phrases
from conflictmap.geoparser.attribution.words import (
    EDGE,
    KINDS,
    NOUNS,
    OPENING,
    WORD,
    WORDS,
    PhraseKind,
    is_acronym,
    joins,
    kind_by_shape,
)
from conflictmap.geoparser.lexicon import any_of

_REACH = 160
"""How many code points before a verb its subject is looked for."""
_MOST_COMMAS = 3
"""Across how many commas an apposition is stepped over."""
_MOST_BEFORE_HEAD = 8
"""How many words stand before the head of a noun phrase at most."""
_MOST_PARTS = 4
"""How many links or members a noun phrase has at most."""
_CLOSING_QUOTES = "\"”’'»"

_CLAUSE_STARTS = WORDS.relatives | WORDS.subordinators | WORDS.conjunctions | WORDS.before_clauses
_DESCRIBING = re.compile(rf"\s(?:{any_of(WORDS.describing)}|[a-z]{{2,20}}ing)\s")
_DESCRIBED = re.compile(rf"\s*{_DESCRIBING.pattern}(?:(?!\bthat\b)[^,;:.\"“”]){{1,120}}\Z")

_Stop = Literal["word", "relative", "coordination", "blocked"]
"""What a search for the last word before a verb stops at: a word, "who", "and", or what keeps the verb from reporting."""


class _Found(NamedTuple):
    """A noun phrase, by the numbers of its tokens; `outer` is the first of the phrase that it is part of."""

    first: int
    last: int
    kind: PhraseKind
    outer: int


class Subjects:
    """The subjects of verbs in one text."""

    __slots__ = ("phrases", "text")

    def __init__(self, phrases: Phrases) -> None:
        self.text = phrases.text
        self.phrases = phrases

    def before(self, low: int, verb: int, latest: Phrase | None) -> Phrase | None:
        """The subject of the verb at an offset, in a sentence that begins at `low`; after "and" that is its latest source."""
        begin = max(low, verb - _REACH)
        tokens = self.text[begin:verb].split()
        floor = 1 if begin > low else 0
        last, stop = self._last_before(tokens, floor)
        if stop == "blocked":
            return None
        if stop == "coordination":
            return latest or self.opening(low, verb)
        if last >= floor and tokens[last][-1] == ")":
            last = _before_bracket(tokens, floor, last)
        if last < floor:
            return None
        relative = stop == "relative"
        tail = tokens[last][-1]
        if tail in ",—–" and not relative:
            return self._before_apposition(tokens, floor, last, begin, verb)
        if tail in ";:!?…" or (tail in _CLOSING_QUOTES and tail not in "’'"):
            return None
        found = self._ending(tokens, floor, last)
        return self._placed(tokens, floor, found, begin, verb, relative) if found else None

    def described(self, low: int, verb: int) -> Phrase | None:
        """The subject of "Refugees fleeing from the town to the border said", where the sentence begins with it."""
        if verb - low > _REACH or not _DESCRIBING.search(self.text, low, verb):
            return None
        last = self.text[low:verb].rsplit(None, 1)[-1].lower()
        if last in WORDS.blockers or KINDS.get(last) == "being":
            return None
        phrase = self.phrases.at(low, verb)
        return phrase if phrase and phrase.kind in NOUNS and _DESCRIBED.match(self.text, phrase.end, verb) else None

    def opening(self, low: int, verb: int) -> Phrase | None:
        """The noun phrase that the sentence begins with, taken for its subject."""
        phrase = self.phrases.at(low, verb)
        if phrase is None:
            return None
        following = WORD.match(self.text, phrase.end, verb)
        return phrase if self.text.startswith(",", phrase.end) or (following and following[1].islower()) else None

    def _last_before(self, tokens: list[str], floor: int) -> tuple[int, _Stop]:
        """The last token that is no adverb and no time ("activists later said", "activists on Monday said"), and what it is."""
        last = len(tokens) - 1
        while last >= floor:
            word = tokens[last].lower()
            kind = KINDS.get(word)
            if kind == "being" or word in WORDS.blockers:
                return last, "blocked"
            if word in ("who", "which"):
                return last - 1, "relative"
            if word in ("and", "but", "&"):
                return last, "coordination"
            if kind == "adverb":
                last -= 1
            elif kind == "time" and last > floor:
                last -= 1
                while last > floor and (tokens[last].lower() in WORDS.before_times or tokens[last].isdigit()):
                    last -= 1
            else:
                break
        return last, "word"

    # --- appositions ----------------------------------------------------------------------------------------

    def _before_apposition(self, tokens: list[str], floor: int, last: int, begin: int, verb: int) -> Phrase | None:
        """The subject in front of ", head of the group, said"."""
        commas = 0
        for number in range(last - 1, floor - 1, -1):
            if tokens[number][-1] not in ",—–)":
                continue
            commas += 1
            if commas > _MOST_COMMAS:
                return None
            if not self._begins_apposition(tokens[number + 1].strip(EDGE)):
                continue
            end = number
            if tokens[number].endswith((")", "),")):
                end = _before_bracket(tokens, floor, number)
                if end < floor:
                    return None
            found = self._ending(tokens, floor, end)
            if found and found.kind != "pronoun":
                phrase = self._placed(tokens, floor, found, begin, verb, False)
                if phrase.lead in ("", ",", '"', "”", ";", "(") or phrase.lead in _CLAUSE_STARTS:
                    return phrase
        return None

    def _begins_apposition(self, first: str) -> bool:
        word = first.lower()
        return (
            KINDS.get(word) in ("determiner", "singular", "plural", "adverb", "link")
            or first[:1].isupper()
            or first[:1].isdigit()
            or word in WORDS.about_speaking
            or word in WORDS.after_apposition
            or first.endswith(("based", "ing"))
        )

    def _placed(self, tokens: list[str], floor: int, found: _Found, begin: int, verb: int, relative: bool) -> Phrase:
        """The phrase by offsets, with what stands before it."""
        start = end = verb
        for number in range(len(tokens) - 1, found.first - 1, -1):
            start = self.text.rfind(tokens[number], begin, start)
            if number == found.last:
                end = start + len(tokens[number].rstrip(EDGE))
        start += len(tokens[found.first]) - len(tokens[found.first].lstrip(OPENING))
        if relative:
            lead = "who"
        elif tokens[found.outer][0] in OPENING:
            lead = tokens[found.outer][0]
        elif found.outer <= floor:
            lead = "" if floor == 0 else "…"
        else:
            left = tokens[found.outer - 1]
            lead = left[-1] if not left[-1].isalnum() and left[-1] != "." else left.lower()
        return Phrase(start, end, found.kind, lead)

    # --- noun phrases by their last word --------------------------------------------------------------------

    def _ending(self, tokens: list[str], floor: int, last: int) -> _Found | None:
        """The noun phrase whose last word is tokens[last], with what it is part of: "the head of the council in Homs"."""
        base = self._base(tokens, floor, last)
        if base is None:
            return None
        first, kind = base
        right = first
        for _ in range(_MOST_PARTS):
            if first <= floor or tokens[first][0] in OPENING or not joins(tokens[first - 1]):
                break
            left = tokens[first - 1].lower()
            link = KINDS.get(left) == "link"
            if link or left == "by" or (left == "to" and self._takes_to(tokens, first - 2)):
                outer = self._base(tokens, floor, first - 2) if first - 2 >= floor and joins(tokens[first - 2]) else None
                if outer is None:
                    return self._trimmed(tokens, right, last) if link else None
                if left == "by" and kind and tokens[first - 2].lower() in WORDS.documents:
                    return _Found(first, last, kind, outer[0])
                first, kind = outer
            elif left in ("and", "or", "&"):
                begin = self._coordinated(tokens, floor, first)
                if begin is not None and kind:
                    return _Found(begin, last, "plural", begin)
                break
            elif left in WORDS.before_objects:
                return self._trimmed(tokens, right, last)
            else:
                break
        if kind:
            return _Found(first, last, kind, first)
        in_front = first > floor and tokens[first - 1].lower() in WORDS.preposition_first
        return self._trimmed(tokens, right, last) if first < right and in_front else None

    def _takes_to(self, tokens: list[str], number: int) -> bool:
        """Whether the noun at a number takes "to": "an adviser to the president"."""
        return KINDS.get(tokens[max(number, 0)].lower()) == "singular"

    def _base(self, tokens: list[str], floor: int, last: int) -> tuple[int, PhraseKind | None] | None:
        """Where the noun phrase that ends with tokens[last] begins, complements apart, and its kind (None: it cannot speak)."""
        core = tokens[last].strip(EDGE)
        word = core.lower()
        if not word or core[0].isdigit():
            return None
        of = KINDS.get(word)
        capital = core != word
        if of == "pronoun" or (of == "determiner" and word in WORDS.pronouns):
            if last > floor and tokens[last - 1].lower() in WORDS.before_no_speaker:
                return None
            return last, "name" if is_acronym(core) else "pronoun"
        kind: PhraseKind | None
        if of == "singular" or of == "plural":
            kind = of
        elif of is None:
            kind = kind_by_shape(word, capital)
        elif not capital or last == floor or of == "time":
            return None
        else:
            kind = "name"
        if word.endswith(("'s", "’s")):
            return None
        first = self._beginning(tokens, floor, last, capital)
        if first == last and kind == "name" and (word in WORDS.never or word.endswith("ing")):
            return None
        return None if first is None else (first, kind)

    def _beginning(self, tokens: list[str], floor: int, last: int, capital: bool) -> int | None:
        """Where the words before a head begin; None if there are too many. `capital`: whether the head has one."""
        first = last
        while first > floor and tokens[first][0] not in OPENING:
            left = tokens[first - 1]
            if not (left[-1].isalpha() or joins(left)):
                break
            lower = left.lower()
            of = KINDS.get(lower)
            if of == "determiner":
                return first - 1
            if lower[0].isdigit():
                return first if capital else first - 1
            if (
                of is not None
                and of not in NOUNS
                and not is_acronym(left)  # "US", not "us"
                and (left == lower or first - 1 == floor or of == "time" or tokens[first].islower())
            ):
                break
            first -= 1
            if last - first > _MOST_BEFORE_HEAD:
                return None
        return first

    def _coordinated(self, tokens: list[str], floor: int, first: int) -> int | None:
        """Where "residents, activists and …" begins, if what stands before the conjunction can speak too and begins a phrase."""
        at = first - 2
        begin: int | None = None
        for _ in range(_MOST_PARTS):
            if at < floor or (tokens[at][-1] != "," and not joins(tokens[at])):
                break
            base = self._base(tokens, floor, at)
            if base is None or base[1] in (None, "pronoun") or not self._is_member(tokens[base[0] : at + 1], base[1]):
                break
            start = base[0]
            if start == floor or not tokens[start - 1][-1].isalnum() or tokens[start - 1].lower() in _CLAUSE_STARTS:
                begin = start
            if start == floor or tokens[start - 1][-1] != ",":
                break
            at = start - 1
        return begin

    def _is_member(self, words: list[str], kind: PhraseKind | None) -> bool:
        """Whether words can be one of several who speak: a name in capitals, and no clause ("the city attacked by rebels")."""
        if len(words) > 4 or any(word.strip(EDGE).lower().endswith("ed") for word in words[1:-1]):
            return False
        return kind != "name" or not any(word.islower() and word not in WORDS.determiners for word in words)

    def _trimmed(self, tokens: list[str], first: int, last: int) -> _Found | None:
        """What is left of "[In] Homs opposition activists" without the place."""
        core = tokens[last].strip(EDGE)
        if core.islower() and KINDS.get(core) == "plural":
            begin = last
            while begin > first and tokens[begin - 1].islower() and KINDS.get(tokens[begin - 1]) in NOUNS:
                begin -= 1
            return _Found(begin, last, "plural", begin)
        return _Found(last, last, "name", last) if is_acronym(core) else None


def _before_bracket(tokens: list[str], floor: int, last: int) -> int:
    """The token before the brackets that tokens[last] closes; one below the floor if nothing opens them."""
    while last >= floor and tokens[last][0] != "(":
        last -= 1
    return last - 1
