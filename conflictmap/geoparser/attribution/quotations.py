"""Where sentences, quotations and brackets begin and end: within them, it is the same one who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from conflictmap.geoparser.attribution.words import WORDS

OPENING_QUOTES = ('"', "“", "«", "‘")
_BRACKET = 700
"""How far a bracket is looked for, in code points."""
_LONGEST_GAP = 6
"""How many commas and blanks stand between a quotation and what follows it."""

# Both begin with the marks, so that a scan can leap to the next mark.
_QUOTATION = re.compile(
    r"[\"“«‘'](?:"
    r"(?<![^\s(\[—–]\")(?<=\")(?=\S)[^\"]*+(?:\"|\Z)"
    r"|(?<=“)[^”]*+(?:”|\Z)"
    r"|(?<=«)[^»]*+(?:»|\Z)"
    r"|(?<![^\W_][‘'])(?<=[‘'])(?=[\w“\"])[^\n]{1,600}?[,.!?][’'](?![^\W_]))"
)
# Where text.sentences() ends them, and before a figure.
_SENTENCE_END = re.compile(
    r"[.!?؟…](?<![.!?؟…][.!?؟…])[.!?؟…]*+[\"'”’»)\]]*+(?P<gap>\s++)(?=[\"'“‘«(\[]*+(?P<figure>\d)?(?(figure)|[^\W\d_a-z]))"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence. A figure begins one too ("… on Friday. 35 were killed"): a tally is a statement of its own."""
    begin = 0
    for cut in _SENTENCE_END.finditer(text):
        at = cut.start()
        if text[at] == ".":
            word = text[max(begin, at - 20) : at].rpartition(" ")[2].lower().lstrip("(\"'“‘")
            if word in WORDS.abbreviations or len(word) == 1 or word[-2:-1] == ".":
                continue
            if cut["figure"] and (word in WORDS.before_figures or word[-1:].isdigit()):
                continue
        yield begin, cut.start("gap")
        begin = cut.end()
    yield begin, len(text)


def past_blanks(text: str, at: int, end: int) -> int:
    """The first offset from `at` on without white space, or `end`."""
    while at < end and text[at].isspace():
        at += 1
    return at


def before_blanks(text: str, start: int, at: int) -> int:
    """The last offset up to `at` that no white space stands before, or `start`."""
    while at > start and text[at - 1].isspace():
        at -= 1
    return at


class Quotations:
    """The quotations of a text: `spans`, marks included, in order. One that nothing closes runs to the end."""

    __slots__ = ("bracketed", "ends", "spans", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        marked = "'" in text or '"' in text or "“" in text or "«" in text or "‘" in text
        self.spans = [found.span() for found in _QUOTATION.finditer(text)] if marked else []
        self.starts = [first for first, _ in self.spans] if self.spans else []
        self.ends = {last: first for first, last in self.spans} if self.spans else {}
        self.bracketed = "(" in text

    def around(self, offset: int) -> tuple[int, int] | None:
        """The quotation around an offset."""
        if not self.spans:
            return None
        found = bisect_right(self.starts, offset) - 1
        return self.spans[found] if found >= 0 and self.spans[found][0] < offset < self.spans[found][1] else None

    def quote_any(self, spans: Iterable[tuple[int, int]]) -> bool:
        """Whether any part of these spans is quoted."""
        return any(self.around(start) is not None or self.first_in(start, end) is not None for start, end in spans)

    def narrowed(self, low: int, high: int, offset: int) -> tuple[int, int]:
        """The bounds of the quotation or the brackets around an offset within a sentence, else those of the sentence, [low, high)."""
        quotation = self.around(offset) if self.spans else None
        if quotation:
            low, high = max(low, quotation[0] + 1), min(high, quotation[1] - 1)
        opening = self.text.rfind("(", max(low, offset - _BRACKET), offset) if self.bracketed else -1
        if opening >= 0 and self.text.find(")", opening, offset) < 0:
            closing = self.text.find(")", offset, min(high, offset + _BRACKET))
            if closing >= 0:
                low, high = opening + 1, closing
        return low, max(high, offset)

    def question_before(self, low: int) -> bool:
        """Whether a quotation ends right before a sentence without a full stop: “What now?” Ali said."""
        if not self.spans:
            return False
        at = before_blanks(self.text, 0, low)
        return at in self.ends and self.text[at - 2 : at - 1] in ("?", "!", "…", ",")

    def ending_at(self, at: int) -> int | None:
        """Where the quotation that ends right before an offset begins; a comma and blanks may stand between."""
        if not self.spans:
            return None
        for _ in range(_LONGEST_GAP):
            if at in self.ends:
                return self.ends[at]
            if at and (self.text[at - 1].isspace() or self.text[at - 1] in ",—–"):
                at -= 1
            else:
                return None
        return None

    def first_in(self, begin: int, end: int) -> int | None:
        """Where the first quotation that begins in [begin, end) begins."""
        found = bisect_left(self.starts, begin)
        return self.starts[found] if found < len(self.starts) and self.starts[found] < end else None

    def end_of_any_at(self, start: int, high: int) -> int:
        """Where the quotation that begins at an offset, or a few blanks later, ends; `high` if that is farther or there is none."""
        if not self.spans:
            return high
        at = start
        while at < len(self.text) and at < start + 4 and self.text[at].isspace():
            at += 1
        found = bisect_right(self.starts, at) - 1
        return max(high, self.spans[found][1]) if found >= 0 and self.spans[found][0] == at else high
