"""Noun phrases that name who can speak: "a resident of Salma", "the Syrian Observatory for Human Rights", "he".

Only a stretch of fixed length is read, as tokens: words between blanks. A phrase not recognised as somebody who can speak is not found.
"""

from __future__ import annotations

from typing import NamedTuple

from conflictmap.geoparser.attribution.words import EDGE, KINDS, NOUNS, OPENING, WORDS, PhraseKind, WordKind, kind_by_shape

_REACH = 120
"""How many code points a noun phrase takes up at most, …"""
_MOST_TOKENS = 18
"""… and how many words."""
_MOST_UNKNOWN = 7
"""How many words a phrase of which no word is known has at most."""
_MOST_OF_INITIAL = 4
"""How many letters an abbreviation has whose full stop does not end a phrase: "Gen."."""


class Phrase(NamedTuple):
    """A noun phrase, text[start:end]. `lead` is what stands before it: a word in lower case, a mark, "" at the beginning of the
    sentence, "…" if that lies too far back."""

    start: int
    end: int
    kind: PhraseKind
    lead: str


class Phrases:
    """The noun phrases of one text, by where they begin."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def at(self, position: int, high: int, unknown: bool = False) -> Phrase | None:
        """The noun phrase that begins at an offset and ends before `high`, if it can speak; with `unknown`, even if it cannot."""
        limit = min(high, position + _REACH)
        tokens = self.text[position:limit].split()
        if limit < high and tokens and not self.text[limit].isspace():
            tokens.pop()
        head, kind, read = self._read(tokens)
        if head < 0:
            head = self._head_of_unknown(tokens, read) if unknown else -1
            if head < 0:
                return None
            kind = "unknown"
        elif head == 0 and kind == "name" and tokens[0].strip(EDGE).lower() in WORDS.never:
            return None
        start = at = self.text.find(tokens[0], position)
        for token in tokens[:head]:
            at = self.text.find(token, at) + len(token)
        end = self.text.find(tokens[head], at) + len(tokens[head].rstrip(EDGE))
        return Phrase(start, end, kind or "unknown", "") if start < end else None

    def _read(self, tokens: list[str]) -> tuple[int, PhraseKind | None, int]:
        """The number of the phrase's last token (-1 if nobody in it can speak), its kind, and how many tokens were read.

        `base` is where its innermost part begins: after "of", after "and". The kind is that of the outermost.
        """
        head, base, number = -1, 0, 0
        kind: PhraseKind | None = None
        outer: PhraseKind | None = None
        count = min(len(tokens), _MOST_TOKENS)
        while number < count:
            token = tokens[number]
            if token[0] in OPENING:
                break
            core = token.strip(EDGE)
            if not core:
                break
            word = core.lower()
            of = KINDS.get(word)
            capital = core != word
            if number == base and (of == "pronoun" or self._stands_alone(of, word, token, core)):
                return (head, outer or kind, number) if number else (0, "pronoun", 0)
            if of == "determiner" and not (capital and number > base):
                if number != base:
                    break
            elif of == "link":
                if head != number - 1 or not self._complements(tokens, number, count, word):
                    break
                base = number + 1
                outer = outer or kind
            elif of == "singular" or of == "plural":
                head, kind = number, of
            elif of and of != "determiner":
                if word == "and" and head == number - 1 and number + 1 < count and self._coordinates(tokens, number):
                    base = number + 1
                    outer = "plural"
                elif not capital or number == base or of == "time":
                    break
                else:
                    head, kind = number, kind or "name"
            elif core.endswith(("'s", "’s")):
                pass  # an owner is not a head
            elif capital:
                if kind == "plural" and head == number - 1 >= base and tokens[head].islower():
                    break  # "residents Tuesday"
                head, kind = number, "name"
            elif shaped := kind_by_shape(word, False):
                head, kind = number, shaped
            elif head == number - 1 >= base:
                if not (kind == "name" and self._noun_follows(tokens, number)):
                    break
            elif core[0].isdigit() and number != base:
                break
            number += 1
            if token[-1] in EDGE and _ends_phrase(token, core, tokens[number] if number < count else ""):
                break
        return head, outer or kind, number

    def _stands_alone(self, of: WordKind | None, word: str, token: str, core: str) -> bool:
        """Whether a determiner stands for a noun: "many," """
        return of == "determiner" and len(token) > len(core) and word in WORDS.pronouns

    def _noun_follows(self, tokens: list[str], number: int) -> bool:
        """Whether a noun that can speak is still to come: "Iranian state news agency"."""
        for token in tokens[number : number + 4]:
            of = KINDS.get(token.strip(EDGE).lower())
            if of:
                return of in NOUNS and tokens[number][-1] not in ",;."
        return False

    def _head_of_unknown(self, tokens: list[str], read: int) -> int:
        """The last word of a phrase of which no word is known; -1 if there is none or it is too long."""
        head = read - 1
        while head >= 0 and KINDS.get(tokens[head].strip(EDGE).lower()) in ("determiner", "link", "stop"):
            head -= 1
        return head if head < _MOST_UNKNOWN else -1

    def _complements(self, tokens: list[str], number: int, count: int, link: str) -> bool:
        """Whether a preposition continues the noun phrase ("residents of …") rather than the sentence ("said … on Monday")."""
        if number + 1 >= count:
            return False
        following = tokens[number + 1]
        lower = following.strip(EDGE).lower()
        of = KINDS.get(lower)
        if of == "time" or following[0] in OPENING or lower[:1].isdigit():
            return False
        if link in WORDS.links_to_any:
            return True
        if following[0].isupper() and of != "determiner":
            return link in WORDS.links_to_places
        place = tokens[number + 2].strip(EDGE).lower() if number + 2 < count else ""
        return lower in ("the", "a") and place in WORDS.place_nouns

    def _coordinates(self, tokens: list[str], number: int) -> bool:
        """Whether "and" joins two who can speak: "residents and activists"."""
        for token in tokens[number + 1 : number + 4]:
            of = KINDS.get(token.strip(EDGE).lower())
            if of in NOUNS:
                left = tokens[number - 1]
                return left[0].isupper() or KINDS.get(left.strip(EDGE).lower()) in NOUNS
            if of not in ("determiner", None) or token[-1] in ",;":
                return False
        return False


def _ends_phrase(token: str, core: str, following: str) -> bool:
    """Whether the mark at the end of a token ends the phrase: not that of an initial or a title, nor an apostrophe."""
    if token[-1] == "." and following[:1].isupper() and len(core) <= _MOST_OF_INITIAL and core != core.lower():
        return False
    return not (token[-1] in "’'" and following)
