"""The noun phrases that name who can speak: the one that a verb of speech has for its subject, or the one that begins somewhere.

Only a fixed stretch of text is looked at, as words between blanks. A phrase that is not recognised as somebody who can speak is none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from conflictmap.geoparser.lexicon import word_lists

_BEFORE = 160  # how far before a verb its subject is looked for
_AFTER = 120  # how far a noun phrase reaches
_OPENING = "\"“„‘'«(["
_CLOSING_QUOTES = "\"”’'»"
_EDGE = "\"“”„‘’'«»(),;:.!?…—–-[]"
RELATIVES = frozenset({"who", "which", "whom", "that", "where", "whose", "what"})
SUBORDINATORS = frozenset(
    {"after", "when", "as", "once", "since", "because", "before", "until", "although", "though", "while", "if"}
)
_SUBORDINATING = (
    RELATIVES | SUBORDINATORS | {"and", "or", "but", "yet", "whereas", "than", "how", "why", "so", "whether", "unless"}
)

WORD = re.compile(r"\s*+([^\W_][\w’'-]{0,40})")
_DESCRIBING = re.compile(
    r"\s(?:who|whose|which|[a-z]{2,20}ing|based|reached|contacted|interviewed|invited|identified|captured|detained|displaced|stationed|trapped|wounded|close|familiar|loyal|opposed)\s"
)
_DESCRIBED = re.compile(rf"\s*{_DESCRIBING.pattern}(?:(?!\bthat\b)[^,;:.\"“”]){{1,120}}\Z")


class Phrase(NamedTuple):
    """A noun phrase; `kind` is r (a pronoun), P (plural), H (singular), N (a name) or x (unknown), `lead` what stands before it."""

    start: int
    end: int
    kind: str
    lead: str


@cache
def kinds() -> dict[str, str]:
    """What each word is in a noun phrase or before a verb: the kinds of phrases' heads, or s, a, b, l, t, d as below."""
    words = word_lists("attribution")
    found: dict[str, str] = {}
    for key in ("verbs", "verbs_that", "verbs_or_nouns", "verbs_plural", "participles", "citing", "stops"):
        found.update(dict.fromkeys(words[key], "s"))
    for key, kind in (("adverbs", "a"), ("being", "b"), ("links", "l"), ("times", "t"), ("pronouns", "r"), ("determiners", "d")):
        found.update(dict.fromkeys(words[key], kind))
    found.update((word, "P" if word.endswith("s") else "H") for word in words["documents"])
    found.update(dict.fromkeys(words["speakers"], "H"))
    found.update(dict.fromkeys(words["speakers_plural"], "P"))
    found.update(dict.fromkeys(("tell", "say", "deny", "insist"), "s"))
    return found


class SourcePhrases:
    """The noun phrases of one text, by where the verb stands or where they begin."""

    __slots__ = ("kinds", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds = kinds()
        self.words = word_lists("attribution")

    # --- before a verb --------------------------------------------------------------------------------------

    def subject(self, s: int, v: int, latest: Phrase | None) -> Phrase | None:
        """The subject of the verb at v in a sentence from s on; after "and" that is the sentence's latest source."""
        low = max(s, v - _BEFORE)
        tokens = self.text[low:v].split()
        floor = 1 if low > s else 0
        last = len(tokens) - 1
        relative = False
        blockers = self.words["blockers"]
        while last >= floor:
            word = tokens[last].lower()
            kind = self.kinds.get(word)
            if kind == "b" or word in blockers:
                return None
            if word in ("who", "which"):
                relative = True
                last -= 1
                break
            if word in ("and", "but", "&"):
                return latest or self.opening(s, v)
            if kind == "a":
                last -= 1
            elif kind == "t" and last > floor:
                last -= 1
                while last > floor and (
                    tokens[last].lower() in ("on", "in", "late", "early", "last", "this", "at") or tokens[last].isdigit()
                ):
                    last -= 1
            else:
                break
        if last < floor:
            return None
        tail = tokens[last][-1]
        if tail == ")":
            last = self._before_bracket(tokens, floor, last)
            if last < floor:
                return None
            tail = tokens[last][-1]
        if tail in ",—–" and not relative:
            return self._before_apposition(tokens, floor, last, low, v)
        if tail in ";:!?…" or (tail in _CLOSING_QUOTES and tail not in "’'"):
            return None
        found = self._ending(tokens, floor, last)
        return self._placed(tokens, floor, found, low, v, relative) if found else None

    def described_subject(self, s: int, v: int) -> Phrase | None:
        """The subject of "Refugees fleeing from the town to the border said", where the sentence begins with it."""
        if v - s > 160 or not _DESCRIBING.search(self.text, s, v):
            return None
        last = self.text[s:v].rsplit(None, 1)[-1].lower()
        if last in self.words["blockers"] or self.kinds.get(last) == "b":
            return None
        phrase = self.at(s, v)
        return phrase if phrase and phrase.kind in "HP" and _DESCRIBED.match(self.text, phrase.end, v) else None

    def opening(self, s: int, v: int) -> Phrase | None:
        """The noun phrase that the sentence begins with, taken for its subject."""
        phrase = self.at(s, v)
        if phrase is None:
            return None
        following = WORD.match(self.text, phrase.end, v)
        return phrase if self.text.startswith(",", phrase.end) or (following and following[1].islower()) else None

    @staticmethod
    def _before_bracket(tokens: list[str], floor: int, last: int) -> int:
        """The token before the brackets that tokens[last] closes; one before the floor if nothing opens them."""
        while last >= floor and tokens[last][0] != "(":
            last -= 1
        return last - 1

    def _before_apposition(self, tokens: list[str], floor: int, last: int, low: int, v: int) -> Phrase | None:
        """The subject in front of ", head of the group, said"."""
        commas = 0
        for number in range(last - 1, floor - 1, -1):
            if tokens[number][-1] not in ",—–)":
                continue
            commas += 1
            if commas > 3:
                return None
            first = tokens[number + 1].strip(_EDGE)
            lower = first.lower()
            if not (
                self.kinds.get(lower, "s") in "dHPal"
                or first[:1].isupper()
                or first[:1].isdigit()
                or lower in self.words["about_speaking"]
                or lower in self.words["after_apposition"]
                or first.endswith(("based", "ing"))
            ):
                continue
            end = number
            if tokens[number].endswith((")", "),")):
                end = self._before_bracket(tokens, floor, number)
                if end < floor:
                    return None
            found = self._ending(tokens, floor, end)
            if found and found[2] != "r":
                phrase = self._placed(tokens, floor, found, low, v, False)
                if phrase.lead in ("", ",", '"', "”", ";", "(") or phrase.lead in _SUBORDINATING:
                    return phrase
        return None

    def _placed(
        self, tokens: list[str], floor: int, found: tuple[int, int, str, int], low: int, v: int, relative: bool
    ) -> Phrase:
        """A phrase of tokens as one of offsets, with what leads up to it."""
        first, last, kind, outer = found
        start = end = v
        for number in range(len(tokens) - 1, first - 1, -1):
            start = self.text.rfind(tokens[number], low, start)
            if number == last:
                end = start + len(tokens[number].rstrip(_EDGE))
        start += len(tokens[first]) - len(tokens[first].lstrip(_OPENING))
        if tokens[outer][0] in _OPENING:
            lead = tokens[outer][0]
        elif outer <= floor:
            lead = "" if floor == 0 else "…"
        else:
            left = tokens[outer - 1]
            lead = left[-1] if not left[-1].isalnum() and left[-1] != "." else left.lower()
        return Phrase(start, end, kind, "who" if relative else lead)

    def _ending(self, tokens: list[str], floor: int, last: int) -> tuple[int, int, str, int] | None:
        """The noun phrase whose last word is tokens[last]: (first, last, kind, first of what it is part of)."""
        base = self._base(tokens, floor, last)
        if base is None:
            return None
        first, kind = base
        right = first
        for _ in range(4):
            if first <= floor or tokens[first][0] in _OPENING or not _joins(tokens[first - 1]):
                break
            left = tokens[first - 1].lower()
            link = self.kinds.get(left)
            if link == "l" or left == "by" or (left == "to" and self.kinds.get(tokens[max(first - 2, 0)].lower()) == "H"):
                # "an adviser to the president"
                outer = self._base(tokens, floor, first - 2) if first - 2 >= floor and _joins(tokens[first - 2]) else None
                if outer is None:
                    return self._trimmed(tokens, right, last) if link == "l" else None
                if left == "by" and kind and tokens[first - 2].lower() in self.words["documents"]:
                    return first, last, kind, outer[0]
                first, kind = outer
            elif left in ("and", "or", "&"):
                extended = self._coordinated(tokens, floor, first)
                if extended is not None and kind:
                    return extended, last, "P", extended
                break
            elif left in self.words["before_objects"]:
                return self._trimmed(tokens, right, last)
            else:
                break
        if kind:
            return first, last, kind, first
        in_front = first > floor and tokens[first - 1].lower() in self.words["preposition_first"]
        return self._trimmed(tokens, right, last) if first < right and in_front else None

    def _base(self, tokens: list[str], floor: int, last: int) -> tuple[int, str] | None:
        """A noun phrase without complements that ends with tokens[last]: where it begins, and its head's kind (or "")."""
        core = tokens[last].strip(_EDGE)
        word = core.lower()
        if not word or core[0].isdigit():
            return None
        kind = self.kinds.get(word)
        capital = core != word
        if kind == "r" or (kind == "d" and word in self.words["pronouns"]):
            if last > floor and tokens[last - 1].lower() in ("no", "every", "any"):
                return None
            return last, "N" if core.isupper() and len(core) > 1 else "r"
        if kind in ("s", "a", "b", "l", "t", "d"):
            if not capital or last == floor or kind == "t":
                return None
            kind = "N"
        elif kind is None:
            kind = _kind_by_ending(word, capital, self.kinds)
        if word.endswith(("'s", "’s")):
            return None
        first = last
        while first > floor and tokens[first][0] not in _OPENING:
            left = tokens[first - 1]
            if not (left[-1].isalpha() or _joins(left)):
                break
            lower = left.lower()
            of = self.kinds.get(lower)
            if of == "d":
                first -= 1
                break
            if lower[0].isdigit():
                if not capital:
                    first -= 1
                break
            if (
                of in ("s", "l", "a", "b", "t", "r")
                and not (left.isupper() and len(left) > 1)  # "US", not "us"
                and (left == lower or first - 1 == floor or of == "t" or tokens[first].islower())
            ):
                break
            first -= 1
            if last - first > 8:
                return None
        if first == last and kind == "N" and (word in self.words["never"] or word.endswith("ing")):
            return None
        return first, kind

    def _coordinated(self, tokens: list[str], floor: int, first: int) -> int | None:
        """Where "residents, activists and …" begins, if what stands before the conjunction can speak too and begins a phrase."""
        at = first - 2
        begin: int | None = None
        for _ in range(4):
            if at < floor or (tokens[at][-1] != "," and not _joins(tokens[at])):
                break
            base = self._base(tokens, floor, at)
            if base is None or base[1] in ("", "r"):
                break
            start, kind = base
            words = tokens[start : at + 1]
            if kind == "N" and any(w.islower() and w not in self.words["determiners"] for w in words):
                break
            if any(w.strip(_EDGE).lower().endswith("ed") for w in words[1:-1]) or len(words) > 4:
                break
            if start == floor or not tokens[start - 1][-1].isalnum() or tokens[start - 1].lower() in _SUBORDINATING:
                begin = start
            if start == floor or tokens[start - 1][-1] != ",":
                break
            at = start - 1
        return begin

    def _trimmed(self, tokens: list[str], first: int, last: int) -> tuple[int, int, str, int] | None:
        """What is left of "[In] Homs opposition activists" without the place."""
        core = tokens[last].strip(_EDGE)
        if core.islower() and self.kinds.get(core) == "P":
            begin = last
            while begin > first and tokens[begin - 1].islower() and self.kinds.get(tokens[begin - 1], "") in ("H", "P"):
                begin -= 1
            return begin, last, "P", begin
        return (last, last, "N", last) if core.isupper() and len(core) > 1 else None

    # --- from where it begins -------------------------------------------------------------------------------

    def at(self, position: int, e: int, unknown: bool = False) -> Phrase | None:
        """The noun phrase that begins at an offset, if it can speak (or is `unknown`, whatever it is)."""
        limit = min(e, position + _AFTER)
        tokens = self.text[position:limit].split()
        if limit < e and tokens and not self.text[limit].isspace():
            tokens.pop()
        head, kind, base = -1, "", 0
        first_kind = ""
        number = 0
        count = min(len(tokens), 18)
        while number < count:
            token = tokens[number]
            if token[0] in _OPENING:
                break
            core = token.strip(_EDGE)
            word = core.lower()
            of = self.kinds.get(word)
            capital = core != word
            if not word:
                break
            if number == base and (of == "r" or (of == "d" and word in self.words["pronouns"] and len(token) > len(core))):
                if number == 0:
                    head, kind = 0, "r"
                break
            if of == "d" and not (capital and number > base):
                if number != base:
                    break
            elif of == "l":
                if head != number - 1 or not self._complements(tokens, number, count, word):
                    break
                base = number + 1
                first_kind = first_kind or kind
            elif of in ("s", "a", "b", "t", "r"):
                if word == "and" and head == number - 1 and number + 1 < count and self._coordinates(tokens, number):
                    base = number + 1
                    first_kind = "P"
                elif not capital or number == base or of == "t":
                    break
                else:
                    head, kind = number, kind or "N"
            elif of in ("H", "P"):
                head, kind = number, of
            elif core.endswith(("'s", "’s")):
                pass  # a possessor is no head
            elif capital:
                if head == number - 1 and head >= base and kind == "P" and tokens[head].islower():
                    break
                head, kind = number, "N"
            elif by_ending := _kind_by_ending(word, False, self.kinds):
                head, kind = number, by_ending
            elif head == number - 1 and head >= base:
                # "Iranian state news agency": a noun that can speak is still to come.
                following = [self.kinds.get(t.strip(_EDGE).lower(), "") for t in tokens[number : number + 4]]
                heads = [place for place, kind_there in enumerate(following) if kind_there in ("H", "P")]
                if kind != "N" or not heads or any(following[: heads[0]]) or token[-1] in ",;.":
                    break
            elif core[0].isdigit() and number != base:
                break
            number += 1
            if token[-1] in _EDGE:
                initial = token[-1] == "." and capital and len(core) <= 4 and number < count and tokens[number][0].isupper()
                if not initial and not (token[-1] in "’'" and number < count):
                    break
        result = first_kind or kind
        if head < 0 or (head < base and base == 0):
            if not unknown or number == 0:
                return None
            head, result = number - 1, "x"
            while head >= 0 and self.kinds.get(tokens[head].strip(_EDGE).lower()) in ("d", "l", "s"):
                head -= 1
            if head < 0 or head > 6:
                return None
        if head == 0 and result == "N" and tokens[0].strip(_EDGE).lower() in self.words["never"]:
            return None
        return self._spanned(tokens, head, position, result)

    def _spanned(self, tokens: list[str], head: int, position: int, kind: str) -> Phrase | None:
        start = at = self.text.find(tokens[0], position)
        for token in tokens[:head]:
            at = self.text.find(token, at) + len(token)
        end = self.text.find(tokens[head], at) + len(tokens[head].rstrip(_EDGE))
        return Phrase(start, end, kind, "") if start < end else None

    def _complements(self, tokens: list[str], number: int, count: int, word: str) -> bool:
        """Whether the preposition goes on with the noun phrase ("residents of …"), not with the sentence ("said … on Monday")."""
        if number + 1 >= count:
            return False
        following = tokens[number + 1]
        lower = following.strip(_EDGE).lower()
        if self.kinds.get(lower) == "t" or following[0] in _OPENING or lower[:1].isdigit():
            return False
        if word in ("of", "for"):
            return True
        if following[0].isupper() and self.kinds.get(lower) != "d":
            return word in ("in", "from", "at", "near", "inside", "with", "around", "on")
        place = tokens[number + 2].strip(_EDGE).lower() if number + 2 < count else ""
        return lower in ("the", "a") and place in self.words["place_nouns"]

    def _coordinates(self, tokens: list[str], number: int) -> bool:
        """Whether "and" joins two that can speak: "residents and activists"."""
        for token in tokens[number + 1 : number + 4]:
            of = self.kinds.get(token.strip(_EDGE).lower())
            if of in ("H", "P"):
                left = tokens[number - 1]
                return left[0].isupper() or self.kinds.get(left.strip(_EDGE).lower()) in ("H", "P")
            if of not in ("d", None) or token[-1] in ",;":
                return False
        return False


def _kind_by_ending(word: str, capital: bool, kinds_of: dict[str, str]) -> str:
    """The kind of a noun that no list holds: "co-founder", "Ali", "lobbyists", "horseman"; "" if it cannot speak."""
    last = kinds_of.get(word.rpartition("-")[2]) if "-" in word and not capital else None
    if last in ("H", "P"):
        return str(last)
    if capital:
        return "N"
    if word.endswith(("ist", "man", "woman")) and word != "human":
        return "H"
    return "P" if word.endswith(("ists", "men", "women")) else ""


def _joins(token: str) -> bool:
    """Whether no punctuation parts this token from the next."""
    tail = token[-1]
    return tail.isalnum() or tail in "’'&" or (tail == "." and (token[0].isupper() or len(token) < 4))
