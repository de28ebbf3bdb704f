"""Where sentences, quotations and brackets begin and end in a text, for those who ask who is speaking."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from conflictmap.geoparser.lexicon import word_lists

OPENING_QUOTES = ('"', "“", "«", "‘")
_BRACKET = 700  # how far a bracket is looked for

# The marks stand first in both, so that a scan may leap to the next one.
_QUOTATION = re.compile(
    r"[\"“«‘'](?:"
    r"(?<![^\s(\[—–]\")(?<=\")(?=\S)[^\"]*+(?:\"|\Z)"
    r"|(?<=“)[^”]*+(?:”|\Z)"
    r"|(?<=«)[^»]*+(?:»|\Z)"
    r"|(?<![^\W_][‘'])(?<=[‘'])(?=[\w“\"])[^\n]{1,600}?[,.!?][’'](?![^\W_]))"
)
# As text.sentences() parts them, and before a figure.
_SENTENCE_END = re.compile(
    r"[.!?؟…](?<![.!?؟…][.!?؟…])[.!?؟…]*+[\"'”’»)\]]*+(?P<gap>\s++)(?=[\"'“‘«(\[]*+(?P<figure>\d)?(?(figure)|[^\W\d_a-z]))"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, parted also before a figure ("… on Friday. 35 were killed"): a tally that follows is its own statement."""
    words = word_lists("attribution")
    begin = 0
    for cut in _SENTENCE_END.finditer(text):
        at = cut.start()
        if text[at] == ".":
            word = text[max(begin, at - 20) : at].rpartition(" ")[2].lower().lstrip("(\"'“‘")
            if word in words["abbreviations"] or len(word) == 1 or word[-2:-1] == ".":
                continue
            if cut["figure"] and (word in words["before_figures"] or word[-1:].isdigit()):
                continue
        yield begin, cut.start("gap")
        begin = cut.end()
    yield begin, len(text)


def past_blanks(text: str, at: int, end: int) -> int:
    """The first offset from `at` on that no white space stands at; `end` at the latest."""
    while at < end and text[at].isspace():
        at += 1
    return at


class Quotations:
    """The quotations of a text: `spans` with their marks, in order. One that nothing closes goes on to the end."""

    __slots__ = ("bracketed", "ends", "spans", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        marked = "'" in text or '"' in text or "“" in text or "«" in text or "‘" in text
        self.spans = [found.span() for found in _QUOTATION.finditer(text)] if marked else []
        self.starts = [first for first, _ in self.spans] if self.spans else []
        self.ends = {last: first for first, last in self.spans} if self.spans else {}
        self.bracketed = "(" in text

    def around(self, offset: int) -> tuple[int, int] | None:
        """The quotation that offset lies inside of."""
        if not self.spans:
            return None
        found = bisect_right(self.starts, offset) - 1
        return self.spans[found] if found >= 0 and self.spans[found][0] < offset < self.spans[found][1] else None

    def quote_any(self, spans: Iterable[tuple[int, int]]) -> bool:
        """Whether anything of these spans is quoted."""
        return any(self.around(start) is not None or self.first_in(start, end) is not None for start, end in spans)

    def narrowed(self, s: int, e: int, offset: int) -> tuple[int, int]:
        """The bounds of a sentence, or of the quotation or the brackets within it that offset stands in."""
        quotation = self.around(offset) if self.spans else None
        if quotation:
            s, e = max(s, quotation[0] + 1), min(e, quotation[1] - 1)
        opening = self.text.rfind("(", max(s, offset - _BRACKET), offset) if self.bracketed else -1
        if opening >= 0 and self.text.find(")", opening, offset) < 0:
            closing = self.text.find(")", offset, min(e, offset + _BRACKET))
            if closing >= 0:
                s, e = opening + 1, closing
        return s, max(e, offset)

    def question_before(self, s: int) -> bool:
        """Whether a quotation ends right before a sentence, and not with a full stop: “What now?” Ali said."""
        if not self.spans:
            return False
        at = s
        while at and self.text[at - 1].isspace():
            at -= 1
        return at in self.ends and self.text[at - 2 : at - 1] in ("?", "!", "…", ",")

    def ending_at(self, at: int) -> int | None:
        """Where the quotation begins that ends right before an offset, a comma and blanks apart."""
        if not self.spans:
            return None
        for _ in range(6):
            if at in self.ends:
                return self.ends[at]
            if at and (self.text[at - 1].isspace() or self.text[at - 1] in ",—–"):
                at -= 1
            else:
                return None
        return None

    def first_in(self, begin: int, end: int) -> int | None:
        """Where the first quotation begins that begins in a stretch."""
        found = bisect_left(self.starts, begin)
        return self.starts[found] if found < len(self.starts) and self.starts[found] < end else None

    def end_of_any_at(self, start: int, e: int) -> int:
        """Where the quotation ends that begins at an offset, a few blanks apart; e if that is further on, or if there is none."""
        if not self.spans:
            return e
        at = start
        while at < len(self.text) and at < start + 4 and self.text[at].isspace():
            at += 1
        found = bisect_right(self.starts, at) - 1
        return max(e, self.spans[found][1]) if found >= 0 and self.spans[found][0] == at else e
