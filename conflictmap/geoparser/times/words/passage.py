"""A passage as the rules of time look at it: the words around a match, and what they rule out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from conflictmap.geoparser.lexicon import english_words
from conflictmap.geoparser.times.words.spelled import (
    WORDS,
)

_MARKS = re.compile(r"[_/#@\\]|www\.|\.[a-zA-Z]")
_TOKEN = re.compile(r"\S+")
_FILE = re.compile(r"https?:|www\.|[_#@\\]|\.(?:jpe?g|png|gif|pdf|mp4|avi|html?|php|docx?|txt|csv|tiff?|mov|com|org|net)\b", re.I)
NEXT_WORDS = re.compile(r"[\s-]+((?:[^\W\d_][\w’'-]*)(?:[\s-]+[^\W\d_][\w’'-]*){0,3})")
BEFORE_WORD = re.compile(r"([^\W_][\w’'.-]*)[\s-]+\Z")
_FUTURE = re.compile(
    r"\b(?:will|shall|won[’']t|due|scheduled|slated|expected|expects?|plans?|planned|planning|set\s+(?:for|to)|is\s+to|are\s+to|to\s+be\s+held|upcoming|hopes?\s+to|intends?|going\s+to|by\s+next|(?:has|have|had|given|gave)\s+(?:until|till|by))\b",
    re.I,
)
_CLAUSE = re.compile(r"[.;:!?]\s|,\s+(?:and|but|while|after|which)\s|\s(?:after|before)\s")


class Passage:
    """One passage, read for time expressions. Offsets are those of its own text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._files = _files(text)

    @cached_property
    def quotes(self) -> list[int]:
        """Where straight quotation marks stand."""
        return [mark.start() for mark in re.finditer('"', self.text)]

    def before(self, s: int, width: int) -> str:
        """The `width` code points before an offset."""
        return self.text[max(0, s - width) : s]

    def after(self, e: int, width: int) -> str:
        """The `width` code points from an offset on."""
        return self.text[e : e + width]

    def titled(self, s: int, e: int) -> bool:
        """Whether the words begin, or stand in, the name of an organisation, an event or a paper."""
        following = NEXT_WORDS.match(self.text, e, e + 60)
        if following:
            for number, word in enumerate(re.split(r"[\s-]+", following[1])):
                if not word[:1].isupper():
                    break
                if re.sub(r"['’]s?$", "", word.lower()) in WORDS.title_heads or (
                    number and word.lower() in english_words().organisation_heads
                ):
                    return True
        if self.in_title(s, e):
            return True
        if self.text[e - 1].isdigit() or self.text[s].isdigit():  # a day with its month
            after = re.match(r"\s+([a-z]+)", self.after(e, 20))
            if after and after[1] in WORDS.named_after_days:
                return True
            if after and after[1] in ("attacks", "hijackings") and re.match(r"Sept\w*\.?\s+11\Z", self.text[s:e]):
                return True  # of 2001
        if self.after(e, 1) in ("_", "\\") or self.before(s, 1) in ("_", "/", "#", "@"):
            return True
        before = BEFORE_WORD.search(self.text, max(0, s - 24), s)
        return bool(before and before[1].lower() in WORDS.month_adjectives and before[1][0].isupper())

    def in_title(self, s: int, e: int) -> bool:
        """Whether the words stand in quotation marks that hold a title: capitalised words and figures."""
        opening = re.search(r"[\"“‘«]([^\"“”‘’«»]{0,60})\Z", self.before(s, 60))
        closing = re.match(r"([^\"“”‘’«»]{0,60})[\"”’»]", self.after(e, 61))
        if not opening or not closing or (opening[0][0] == '"' and bisect_left(self.quotes, s) % 2 == 0):
            return False
        words = re.findall(r"[^\W_][\w’'-]*", opening[1] + self.text[s:e] + closing[1])
        return all(word[0].isupper() or word[0].isdigit() or len(word) < 4 for word in words)

    def future(self, s: int) -> bool:
        """Whether the clause speaks of what is to come."""
        clause = self.before(s, 90)
        cuts = list(_CLAUSE.finditer(clause))
        return bool(_FUTURE.search(clause[cuts[-1].end() :] if cuts else clause))

    def with_article(self, s: int) -> int:
        """Where the words begin with the article before them, if there is one."""
        found = re.search(r"\b[Tt]he\s+\Z", self.before(s, 6))
        return s - len(found[0]) if found else s

    def in_file(self, at: int) -> bool:
        """Whether an offset lies in a file name, a path or an address."""
        number = bisect_right(self._files, at, key=lambda span: span[0]) - 1
        return number >= 0 and at < self._files[number][1]


def _files(text: str) -> list[tuple[int, int]]:
    """The file names, paths and addresses of a text."""
    return [m.span() for m in _TOKEN.finditer(text) if _is_file(m[0])] if _MARKS.search(text) else []


def _is_file(token: str) -> bool:
    if _FILE.search(token):
        return True
    letter = re.search("[A-Za-z]", token)
    slash = token.find("/", letter.start()) if letter else -1
    return slash > 0 and token.find("/", slash + 2) > 0
