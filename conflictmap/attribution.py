"""Who says so: the clauses of a text that it attributes to a source, and the source's words.

"Activists said …", "…, according to residents of Salma", "“…,” he said". One scan finds the words that can attribute; only
around those is the text read, and never more than a fixed stretch of it, so that the work grows with the length. A clause whose
subject is not recognised as somebody who can speak is attributed to nobody: a wrong source is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from conflictmap.lexicon import word_lists
from conflictmap.model import Attribution

_BEFORE = 260  # how far before a verb its subject is looked for
_AFTER = 170  # how far a noun phrase reaches after "according to"
_FAR = 700  # how far a turn of the sentence, a comma or a bracket is looked for
_OPENING = "\"“„‘'«(["
_CLOSING_QUOTES = "\"”’'»"
_EDGE = "\"“”„‘’'«»(),;:.!?…—–-[]"
_ASIDE = ",\"”’'»—–"  # what parts "…, he said" from what was said
_DOCUMENTARY = frozenset({"reported", "confirmed", "documented", "estimated", "announced", "tallied"})
_TELLING = frozenset({"told", "tells", "tell", "telling"})
_ORDERING = _TELLING | {"warned", "warns", "warn", "warning"}
_NOT_INVERTED = _TELLING | {
    "accused",
    "accuses",
    "blamed",
    "blames",
    "cited",
    "cites",
    "quoted",
    "quotes",
    "denied",
    "denies",
    "found",
}
_RELATIVES = frozenset({"who", "which", "whom", "that", "where", "whose", "what"})
_SUBORDINATORS = frozenset(
    {"after", "when", "as", "once", "since", "because", "before", "until", "although", "though", "while", "if"}
)
_CONJUNCTIONS = frozenset({"and", "but", "while", "whereas", "although", "though", "yet", "or"})
_SUBORDINATING = (
    frozenset({"and", "or", "but", "yet"})
    | _SUBORDINATORS
    | _RELATIVES
    | {"whereas", "than", "how", "why", "so", "whether", "unless"}
)

_SPACE = re.compile(r"\s*+")
_END = re.compile(r"[\s\"”’'»)\].!?…]*+\Z")
_THAT = re.compile(r"\s++that\b(?!\s++(?:day|night|morning|month|year|time|week)\b)")
_LATER_THAT = re.compile(r"(?:\s++[^\s,;:\"“”«»()]{1,40}+){1,9}?,?\s++that\b")
_WORD = re.compile(r"\s*+([^\W_][\w’'-]{0,40})")
_TWO_WORDS = re.compile(r"\s*+([^\W_][\w’'-]{0,40})\s++([^\W_][\w’'-]{0,40})")
_TOLD = re.compile(
    r"\s++(?:me|us|him|her|them|(?:[a-z-]{1,20}\s++){0,3}?(?:reporters|journalists|agencies|media|newspapers|diplomats|lawmakers|investigators|observers|relatives|friends"
    r"|parliament|supporters|residents|correspondents)"
    r"|(?:(?:the|a|an|his|her|its|their)\s++)?(?:[a-z][a-z-]{0,20}\s++){0,3}?"
    r"(?:[A-Z0-9](?:[^\W_]|['’&.-](?=\w)){0,40}+(?:(?:\s++(?:of|the|for|and|de|al))?\s++(?=[A-Z]))?)++(?:\s++(?:television|tv|radio|newspaper|agency|channel|news agency|magazine|reporters?|correspondents?)\b)?)"
    r"(?![\w’'])"
)
_INFINITIVE = re.compile(r"(?:\s++[^\s,;:.\"“]{1,40}+){1,5}?\s++(?:not\s++)?to\s++[a-z]")
_DESCRIBED = re.compile(
    r"\s++(?:who|whose|which|[a-z]{2,20}ing|based|reached|contacted|interviewed|close|familiar|loyal|opposed)\s(?:(?!\bthat\b)[^,;:.\"“”]){1,120}\Z"
)
_TURN = re.compile(
    r"[,;—–]\s*+(?:but|whereas|although|though|while)\s++(?!that\b|also\b|not\b|at\b|in\b|on\b|for\b|only\b|[a-z]{1,20}ing\b)(?P<next>\S)"
)
_JOINT = re.compile(r"[,;]\s++(?:but|whereas|although|though|while|and)\s|;\s")
_QUOTED_AS = re.compile(
    r"\b(?:is|are|was|were|been|being)\s++(?:also\s++|later\s++)?(?:quoted|cited|reported)\s++(?:(?:by|in|on)\s++[^,;\"“”]{1,60}\s++)?as\s*+\Z"
)
_QUOTES = re.compile(
    r"(?<![^\s(\[—–])\"(?=\S)[^\"]*+(?:\"|\Z)|“[^”]*+(?:”|\Z)|«[^»]*+(?:»|\Z)|(?<![^\W_])[‘'](?=[\w“\"])[^\n]{1,600}?[,.!?][’'](?![^\W_])"
)
_QUOTE_CHARACTER = re.compile(r"[\"“«‘']")
# As text.sentences() parts them, and before a figure; the set of marks stands first so that the scan may leap to the next one.
_SENTENCE_END = re.compile(
    r"[.!?؟…](?<![.!?؟…][.!?؟…])[.!?؟…]*+[\"'”’»)\]]*+\s++(?=[\"'“‘«(\[]*+(?P<figure>\d)?(?(figure)|[^\W\d_a-z]))"
)
_ARABIC_THAT = re.compile(
    r"(?:\s++[^\s،؛.:«»\"“”]{1,30}+){1,9}?(?:\s++(?:إن|أن|بأن|إنه|إنها|أنه|أنها|إنهم|أنهم)\s|\s*+[:،]?\s*+(?=[«\"“])|\s*+:)"
)
_ARABIC_PHRASE = re.compile(r"\s?([^\s،؛.:«»\"“”()]{1,30}(?:\s[^\s،؛.:«»\"“”()]{1,30}){0,7})\s*+(?=[،.؛]|\Z)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text, [start, end), and the source it is attributed to. The source's own words are outside of it."""

    source: Attribution
    start: int
    end: int


class _Phrase(NamedTuple):
    """A noun phrase; `kind` is r (a pronoun), P (plural), H (singular), N (a name) or x (unknown), `lead` what stands before it."""

    start: int
    end: int
    kind: str
    lead: str


class _Lists(NamedTuple):
    """The word lists as they are looked up: the kind of each word, and what each pattern of the automaton is."""

    kinds: dict[str, str]
    triggers: list[tuple[str, str]]
    automaton: ahocorasick_rs.AhoCorasick


@cache
def _lists() -> _Lists:
    words = word_lists("attribution")
    kinds: dict[str, str] = {}
    for key in ("verbs", "verbs_that", "verbs_or_nouns", "verbs_plural", "participles", "citing", "stops"):
        kinds.update(dict.fromkeys(words[key], "s"))
    for key, kind in (("adverbs", "a"), ("being", "b"), ("links", "l"), ("times", "t"), ("pronouns", "r"), ("determiners", "d")):
        kinds.update(dict.fromkeys(words[key], kind))
    kinds.update((word, "P" if word.endswith("s") else "H") for word in words["documents"])
    kinds.update(dict.fromkeys(words["speakers"], "H"))
    kinds.update(dict.fromkeys(words["speakers_plural"], "P"))
    kinds.update(dict.fromkeys(("tell", "say", "deny", "insist"), "s"))
    triggers = {
        word: kind
        for kind in (
            *("participles", "verbs_plural", "verbs_or_nouns", "verbs_that", "verbs", "citing", "according", "statement"),
            *("speaking", "arabic_verbs", "arabic_according"),
        )
        for word in words[kind]
    }
    return _Lists(
        kinds, list(triggers.items()), ahocorasick_rs.AhoCorasick(list(triggers), ahocorasick_rs.MatchKind.LeftmostLongest)
    )


def attributed_clauses(text: str, start: int = 0, end: int | None = None) -> list[Clause]:
    """The clauses between two offsets of a text that it attributes to a source, by their beginnings. They may lie in one another."""
    stop = len(text) if end is None else min(end, len(text))
    window = text[start:stop]
    lists = _lists()
    hits = lists.automaton.find_matches_as_indexes(window)
    if not hits:
        return []
    reading = _Reading(window, lists)
    for pattern, first, last in hits:
        reading.hit(lists.triggers[pattern], first, last)
    reading.continue_quotations()
    found = {(first, last, a, b) for a, b, first, last in reading.clauses if first < last}
    return [
        Clause(Attribution(a + start, b + start, window[a:b]), first + start, last + start) for first, last, a, b in sorted(found)
    ]


def attribution_of(clauses: Sequence[Clause], start: int, end: int) -> Attribution | None:
    """The source of the shortest clause that covers a stretch of text; of two alike, the source named later."""
    covering = [c for c in clauses if c.start <= start and end <= c.end and (c.source.end <= start or end <= c.source.start)]
    return min(covering, key=lambda c: (c.end - c.start, -c.source.start)).source if covering else None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, parted also before a figure ("… on Friday. 35 were killed"): a tally that follows is its own statement."""
    words = word_lists("attribution")
    begin = 0
    for cut in _SENTENCE_END.finditer(text):
        if text[cut.start()] == ".":
            word = (text[max(begin, cut.start() - 20) : cut.start()].split() or [""])[-1].lower().lstrip("(\"'“‘")
            if word in words["abbreviations"] or len(word.rpartition(".")[2]) == 1:
                continue
            if cut["figure"] and (word in words["before_figures"] or word[-1:].isdigit()):
                continue
        yield begin, cut.start() + len(cut.group().rstrip())
        begin = cut.end()
    yield begin, len(text)


class _Reading:
    """One reading of a block: the clauses found so far, and those of the sentence that is being read."""

    def __init__(self, text: str, lists: _Lists) -> None:
        self.text = text
        self.kinds = lists.kinds
        self.words = word_lists("attribution")
        self.clauses: list[list[int]] = []  # source's start and end, clause's start and end
        self._sentences = _sentences(text)
        self._sentence = (0, 0)
        self._last: _Phrase | None = None  # the latest source of the sentence
        self._last_clauses: list[list[int]] = []
        self._last_forward = False
        self._resume = 0  # where the text goes on after the latest attribution
        self._speakers: list[tuple[_Phrase, int]] = []  # of quotations that the next sentence may continue
        self.quotes = [found.span() for found in _QUOTES.finditer(text)] if _QUOTE_CHARACTER.search(text) else []
        self._quote_starts = [first for first, _ in self.quotes]
        self._quote_ends = {last: first for first, last in self.quotes}

    # --- triggers -------------------------------------------------------------------------------------------

    def hit(self, trigger: tuple[str, str], a: int, b: int) -> None:
        """Read around one trigger word, text[a:b]."""
        text = self.text
        word, kind = trigger
        if kind != "speaking" and (
            (a and (text[a - 1].isalnum() or (text[a - 1] in "-_’'" and text[a - 2 : a - 1].isalnum())))
            or (b < len(text) and (text[b].isalnum() or text[b] in "-_") and word[-1] not in "لـ")
        ):
            return
        while self._sentence[1] <= a:
            following = next(self._sentences, None)
            if following is None:
                return
            self._sentence = following
            self._last = None
            self._last_clauses = []
            self._resume = following[0]
        s, e = self._narrowed(a)
        if kind == "according":
            self._according(s, e, a, b)
        elif kind == "citing":
            self._citing(s, e, a, b)
        elif kind == "speaking":
            self._speaking(s, e, a, b)
        elif kind == "statement":
            self._statement(e, b)
        elif kind == "arabic_verbs":
            self._arabic_verb(e, b)
        elif kind == "arabic_according":
            self._arabic_according(s, e, a, b)
        elif kind == "participles":
            self._participle(s, e, a, b, word)
        else:
            self._verb(s, e, a, b, word, kind)

    def _narrowed(self, a: int) -> tuple[int, int]:
        """The bounds of the sentence, or of the quotation or the brackets within it that offset a stands in."""
        s, e = self._sentence
        quote = self._quote_at(a)
        if quote:
            s, e = max(s, quote[0] + 1), min(e, quote[1] - 1)
        opening = self.text.rfind("(", max(s, a - _FAR), a)
        if opening >= 0 and self.text.find(")", opening, a) < 0:
            closing = self.text.find(")", a, min(e, a + _FAR))
            if closing >= 0:
                s, e = opening + 1, closing
        return s, max(e, a)

    def _quote_at(self, offset: int) -> tuple[int, int] | None:
        """The quotation that offset lies inside of."""
        if not self.quotes:
            return None
        found = bisect_right(self._quote_starts, offset) - 1
        return self.quotes[found] if found >= 0 and self.quotes[found][0] < offset < self.quotes[found][1] else None

    def _verb(self, s: int, e: int, a: int, b: int, word: str, kind: str) -> None:
        text = self.text
        before = a - 1
        while before >= s and text[before].isspace():
            before -= 1
        mark = text[before] if before >= s else ""
        if word in _DOCUMENTARY and text[b : b + 4] == " by " and before >= s:
            phrase = self._phrase_at(b + 3, e)
            that = _THAT.match(text, phrase.end, e) if phrase else None
            if phrase and that:  # "it was reported by activists that"
                self._ahead(phrase, that.end(), e, s)
                return
            if phrase:
                self._behind(phrase, s, a, None, e)
                return
        if kind in ("verbs_or_nouns", "verbs_plural") and text[b : b + 4] == " by ":
            phrase = self._phrase_at(b + 3, e)
            that = _THAT.match(text, phrase.end, e) if phrase else None
            if phrase and that:
                self._ahead(phrase, that.end(), e, s)
            return
        if (
            (not mark or mark in _ASIDE + "!?")
            and kind in ("verbs", "verbs_that")
            and (mark or self._quote_before(s))
            and word not in _NOT_INVERTED
        ):
            phrase = self._phrase_at(b, e)
            if phrase and (mark or phrase.kind != "x") and self._ends_inversion(phrase, e):
                begin = before + 1 if mark else s
                self._behind(phrase, s, begin, self._resumption(phrase, e), e)
                return
        if not mark:
            return
        phrase = self._subject(s, a) or self._described_subject(s, a)
        if phrase is None or not self._agrees(phrase, word, kind, b, e):
            return
        self._after_subject(phrase, s, e, b, word, kind)

    def _agrees(self, phrase: _Phrase, word: str, kind: str, b: int, e: int) -> bool:
        """Whether a form that may be a noun, or a plural's, can be this subject's verb."""
        if kind == "verbs_plural":
            first = self.text[phrase.start : phrase.end].lower()
            return phrase.kind == "P" or (phrase.kind == "r" and first in self.words["plural_pronouns"]) or " and " in first
        if kind == "verbs_or_nouns":
            following = _WORD.match(self.text, b, e)
            if following is None or (
                self.kinds.get(following[1].lower()) in ("b", "s")
                and following[1] not in ("that", "to")
                and phrase.lead not in _RELATIVES
            ):
                return False
            surface = self.text[phrase.start : phrase.end]
            return phrase.kind in "rN" or (
                phrase.kind == "H" and " " in surface and surface.split(None, 1)[0].lower() in self.words["determiners"]
            )
        return True

    def _after_subject(self, phrase: _Phrase, s: int, e: int, b: int, word: str, kind: str) -> None:
        """Decide by what follows the verb where the attributed clause is: behind the subject, ahead of the verb, or both."""
        text = self.text
        weak = kind == "verbs_that"
        aside = phrase.lead in _ASIDE if phrase.lead else False
        that = _THAT.match(text, b, e)
        if that:
            self._ahead(phrase, that.end(), e, s)
            return
        if word in _ORDERING and _INFINITIVE.match(text, b, min(e, b + 120)):
            order = _INFINITIVE.match(text, b, min(e, b + 120))
            if order and " that " not in order.group():
                return
        told = word in _TELLING
        r = b
        if told:
            told_to = _TOLD.match(text, b, min(e, b + 160))
            later = _LATER_THAT.match(text, b, min(e, b + 160))
            if later and " to " not in later.group():
                self._ahead(phrase, later.end(), e, s)
                return
            if told_to:
                r = told_to.end()
            elif _WORD.match(text, b, e) and _WORD.match(text, b, e)[1] in ("to", "not"):  # type: ignore[index]
                return
            else:
                whom = self._phrase_at(b, e)
                if whom is None:
                    return
                r = whom.end
            if text[r : r + 1] == "." and r + 1 < e:
                r += 1
        following = _SPACE.match(text, r, e)
        at = following.end() if following else r
        mark = text[at] if at < e else ""
        if not mark or _END.match(text, r, e) or mark in "—–;":
            if aside or phrase.lead == "as":
                self._behind(phrase, s, phrase.start, None, e)
            elif not phrase.lead and self._quote_before(s):
                self._behind(phrase, s, s, None, e)
            return
        if mark in '"“«‘' or mark == ":":
            if aside and mark != ":" and self._quoted_until(phrase.start) is not None:
                self._behind(phrase, s, phrase.start, at, e)
            else:
                self._ahead(phrase, at + (mark == ":"), e, s)
            return
        if mark == ",":
            beyond = _SPACE.match(text, at + 1, e)
            point = beyond.end() if beyond else at + 1
            quoted = text[point : point + 1] in ('"', "“", "«", "‘") and point < e
            if aside and not (quoted and self._quoted_until(phrase.start) is None and self._introduces(s, phrase.start)):
                self._behind(phrase, s, phrase.start, self._spoken(point, e), e)
            elif not phrase.lead and self._quote_before(s):
                self._behind(phrase, s, s, self._spoken(point, e), e)
            elif phrase.lead == "as":
                self._behind(phrase, s, phrase.start, point, e)
            elif quoted or not weak:
                self._ahead(phrase, point, e, s)
            return
        next_word = _TWO_WORDS.match(text, r, e) or _WORD.match(text, r, e)
        if next_word is None:
            return
        first = next_word[1].lower()
        if (first in self.words["adjuncts"] and not told) or (told and first in self.words["adjuncts"]):
            later = _LATER_THAT.match(text, r, min(e, r + 160))
            if later:
                self._ahead(phrase, later.end(), e, s)
                return
            if weak and first == "to":
                return
            quote = self._quote_from(r, min(e, r + 120))
            if (aside or phrase.lead == "as") and quote is None and not self._introduces(s, phrase.start):
                self._behind(phrase, s, phrase.start, None, e)
                return
            if quote is not None and text[quote - 2 : quote - 1] in (",", ":"):
                self._ahead(phrase, quote, e, s)
                return
        if weak:
            quote = self._quote_from(r, min(e, r + 60))
            if quote is not None and text[quote - 2 : quote - 1] in (",", ":"):
                self._ahead(phrase, quote, e, s)
            return
        second = next_word[2].lower() if next_word.re is _TWO_WORDS else ""
        refused = self.words["not_reported"]
        if (
            first in refused
            or (first in ("the", "a", "an", "its", "his", "their") and second in refused)
            or f"{first} {second}" in refused
        ):
            return
        if first == "to" and not word.startswith("claim"):
            return
        if first in ("for", "against") and word in ("reported", "claimed"):
            return
        self._ahead(phrase, r, e, s)

    def _participle(self, s: int, e: int, a: int, b: int, word: str) -> None:
        """ "…, adding that": the source is the sentence's latest, or its subject; "a resident saying": the noun before."""
        text = self.text
        passive = _QUOTED_AS.search(text, max(s, a - 140), a)
        if passive:
            phrase = self._subject(s, passive.start())
        else:
            before = text[max(s, a - 4) : a].rstrip()
            if not before:
                return
            if before[-1] in ",—–" or before.endswith((" and", "\nand")):
                phrase = self._last or self._opening(s, a)
                if phrase and any(source == phrase.start and end >= b > begin for source, _, begin, end in self._last_clauses):
                    return
            else:
                phrase = self._subject(s, a - 3 if before.endswith(" as") else a)
        if phrase is None or phrase.end > a:
            return
        if word in ("accusing", "blaming"):
            self._ahead(phrase, b, e, s)
        elif word in (
            "warning",
            "noting",
            "arguing",
            "explaining",
            "stressing",
            "adding",
            "announcing",
            "denying",
            "insisting",
            "telling",
        ):
            that = _THAT.match(text, b, e) or (
                _LATER_THAT.match(text, b, min(e, b + 120)) if word in ("telling", "warning") else None
            )
            following = _WORD.match(text, b, e)
            if that:
                self._ahead(phrase, that.end(), e, s)
            elif (
                word == "adding"
                and following
                and (following[1].lower() in self.words["determiners"] or following[1][0].isupper())
                and self._last
            ):
                self._ahead(phrase, b, e, s)
        else:
            that = _THAT.match(text, b, e)
            self._ahead(phrase, that.end() if that else b, e, s)

    def _according(self, s: int, e: int, a: int, b: int) -> None:
        phrase = self._phrase_at(b, e, unknown=True)
        if phrase is None or self.text[phrase.start : phrase.end].lower() in self.words["not_sources"]:
            return
        before = a - 1
        while before >= s and self.text[before] in " \n\t\r,—–":
            before -= 1
        if before < s:  # in front
            point = self._resumption(phrase, e, front=True)
            if point is not None:
                self._ahead(phrase, point, e, s)
            return
        self._behind(phrase, s, a, self._resumption(phrase, e), e)

    def _resumption(self, phrase: _Phrase, e: int, front: bool = False) -> int | None:
        """Where what is said goes on after "according to SOURCE" or "said SOURCE"; an apposition is stepped over."""
        text = self.text
        point = phrase.end
        for _ in range(3):
            following = _SPACE.match(text, point, e)
            at = following.end() if following else point
            if text[at : at + 1] == "(" and at < e:
                closing = text.find(")", at, min(e, at + 120))
                point = closing + 1 if closing >= 0 else at
                continue
            if at >= e:
                return None
            if text[at] in '"“«':
                return at
            if text[at] not in ",—–":
                return point if front and text[at] not in ".;:!?)" else None
            beyond = _SPACE.match(text, at + 1, e)
            begin = beyond.end() if beyond else at + 1
            if not self._describes(phrase, begin, e):
                return begin
            comma = text.find(",", begin, min(e, begin + 200))
            if comma < 0:
                return None
            point = comma
        return None

    def _describes(self, phrase: _Phrase, begin: int, e: int) -> bool:
        """Whether what follows the comma tells of the speaker, and is not what is said."""
        found = _TWO_WORDS.match(self.text, begin, e) or _WORD.match(self.text, begin, e)
        if found is None:
            return False
        first = found[1].lower()
        if first in self.words["about_speaking"] or (first.isdigit() and self.text[found.end(1) : found.end(1) + 1] == ","):
            return True
        if phrase.kind == "r" or self.kinds.get(first) not in ("d", "H"):
            return False
        inner = self._phrase_at(begin, e)
        if inner is None or inner.kind not in "HP":
            return False
        after = _WORD.match(self.text, inner.end, e)
        return (
            self.text[inner.end : inner.end + 1] in (",", ".", "", '"', "”")
            or inner.end >= e
            or (after is not None and after[1].lower() in self.words["after_apposition"])
        )

    def _citing(self, s: int, e: int, a: int, b: int) -> None:
        phrase = self._phrase_at(b, e)
        if phrase is None:
            return
        text = self.text
        if not text[s:a].strip() if a - s < 4 else False:  # in front: "Citing residents, the paper said": what it says is theirs
            return
        that = _THAT.match(text, phrase.end, e) or re.compile(r",\s++that\b|\s++as\s++saying\b|\s++saying\b").match(
            text, phrase.end, e
        )
        if that:
            if "saying" not in that.group():
                self._ahead(phrase, that.end(), e, s)
            return
        if self._last and self._last_clauses:
            for clause in list(self._last_clauses):
                self._emit(phrase, clause[2], min(clause[3], a))
        elif text[a - 2 : a - 1] == ",":
            self._emit(phrase, s, a)

    def _speaking(self, s: int, e: int, a: int, b: int) -> None:
        """A speaker's name, a colon and a quotation: the name must be all that stands before it in its line."""
        line = max(self.text.rfind("\n", max(s, a - 100), a) + 1, s)
        if a - line > 100 or (self._last and self._resume <= a and self._last.end > line):
            return
        phrase = self._phrase_at(line, a)
        if phrase and phrase.end == a and (phrase.kind in "HP" or (phrase.kind == "N" and " " in self.text[line:a])):
            self._ahead(phrase, a + 1, e, s)

    def _statement(self, e: int, b: int) -> None:
        comma = self.text.find(",", b, min(e, b + 60))
        phrase = self._phrase_at(comma + 1, e) if comma >= 0 else None
        if phrase and phrase.kind != "r":
            self._ahead(phrase, phrase.end, e, b)

    def _arabic_verb(self, e: int, b: int) -> None:
        found = _ARABIC_THAT.match(self.text, b, min(e, b + 200))
        if found is None:
            return
        end = found.end()
        words = re.split(r"\s(?:إن|أن|بأن|إنه|إنها|أنه|أنها|إنهم|أنهم)\s\Z", found.group())[0].rstrip(":، \n\t")
        start = b + len(words) - len(words.lstrip())
        if start < b + len(words):
            self._ahead(_Phrase(start, b + len(words), "N", ""), end, e, b)

    def _arabic_according(self, s: int, e: int, a: int, b: int) -> None:
        found = _ARABIC_PHRASE.match(self.text, b, min(e, b + 260))
        if found is None:
            return
        phrase = _Phrase(found.start(1), found.end(1), "N", "")
        if self.text[s:a].strip() if a - s < 40 else True:
            self._emit(phrase, s, a)
        self._emit(phrase, found.end(), e)

    # --- noun phrases ---------------------------------------------------------------------------------------

    def _subject(self, s: int, v: int) -> _Phrase | None:
        """The noun phrase that is the subject of the verb at v, if it can speak."""
        low = max(s, v - _BEFORE)
        tokens = self.text[low:v].split()
        floor = 1 if low > s else 0
        last = len(tokens) - 1
        relative = False
        while last >= floor:
            word = tokens[last].lower()
            kind = self.kinds.get(word)
            if word in self.words["blockers"] or kind == "b":
                return None
            if word in ("who", "which"):
                if relative:
                    return None
                relative = True
                last -= 1
                break
            if word in ("and", "but", "&"):
                return self._last or self._opening(s, v)
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
            while last >= floor and "(" not in tokens[last]:
                last -= 1
            if last < floor or tokens[last][0] != "(":
                return None
            last -= 1
            if last < floor:
                return None
            tail = tokens[last][-1]
        if tail in ",—–" and not relative:
            return self._before_apposition(tokens, floor, last, low, v)
        if tail in ";:!?…" or (tail in _CLOSING_QUOTES and tail not in "’'"):
            return None
        found = self._ending(tokens, floor, last)
        return self._placed(tokens, floor, found, low, v, relative) if found else None

    def _before_apposition(self, tokens: list[str], floor: int, last: int, low: int, v: int) -> _Phrase | None:
        """The subject in front of ", head of the group, said"."""
        commas = 0
        for number in range(last - 1, floor - 1, -1):
            if tokens[number][-1] not in ",—–)":
                continue
            commas += 1
            if commas > 3:
                return None
            first = tokens[number + 1].strip(_EDGE)
            if not (
                self.kinds.get(first.lower(), "") in tuple("dHPal")
                or first[:1].isupper()
                or first[:1].isdigit()
                or first.lower() in self.words["about_speaking"]
                or first.lower() in self.words["after_apposition"]
                or first.endswith(("based", "ing"))
            ):
                continue
            end = number
            if tokens[number][-1] == ")" or tokens[number].endswith("),"):
                while end > floor and tokens[end][0] != "(":
                    end -= 1
                end -= 1
                if end < floor:
                    return None
            found = self._ending(tokens, floor, end)
            if found and found[2] not in "r" and tokens[found[1]] == tokens[end]:
                phrase = self._placed(tokens, floor, found, low, v, False)
                if phrase and (phrase.lead in ("", ",", '"', "”", ";", "(") or phrase.lead in _SUBORDINATING):
                    return phrase
        return None

    def _placed(
        self, tokens: list[str], floor: int, found: tuple[int, int, str, int], low: int, v: int, relative: bool
    ) -> _Phrase:
        """A phrase of tokens as one of offsets, with what leads up to it."""
        first, last, kind, outer = found
        start = self._offset(low, v, len(tokens) - first) + len(tokens[first]) - len(tokens[first].lstrip(_OPENING))
        end = self._offset(low, v, len(tokens) - last) + len(tokens[last].rstrip(_EDGE))
        token = tokens[outer]
        if token[0] in _OPENING:
            lead = token[0]
        elif outer <= floor:
            lead = "" if floor == 0 else "…"
        else:
            left = tokens[outer - 1]
            lead = left[-1] if not left[-1].isalnum() and left[-1] != "." else left.lower()
        return _Phrase(start, end, kind, "who" if relative else lead)

    def _offset(self, low: int, v: int, count: int) -> int:
        """Where the token begins that is the count-th from the end of text[low:v]."""
        piece = self.text[low:v]
        parts = piece.rsplit(None, count)
        rest = len(parts[0]) if len(parts) > count else 0
        return low + len(piece) - len(piece[rest:].lstrip())

    def _ending(self, tokens: list[str], floor: int, last: int) -> tuple[int, int, str, int] | None:
        """The noun phrase whose last word is tokens[last]: (first, last, kind, first of what it is part of)."""
        base = self._base(tokens, floor, last)
        if base is None:
            return None
        first, kind = base
        right = first
        for _ in range(4):
            if first <= floor or tokens[first][0] in _OPENING or not self._joins(tokens[first - 1]):
                break
            left = tokens[first - 1].lower()
            link = self.kinds.get(left)
            if link == "l":
                outer = self._base(tokens, floor, first - 2) if first - 2 >= floor and self._joins(tokens[first - 2]) else None
                if outer is None:
                    return self._trimmed(tokens, right, last)
                first, kind = outer
            elif left == "to" and first - 2 >= floor and self.kinds.get(tokens[first - 2].lower()) == "H":
                outer = self._base(tokens, floor, first - 2)  # "an adviser to the president"
                if outer is None:
                    return None
                first, kind = outer
            elif left == "by":
                outer = self._base(tokens, floor, first - 2) if first - 2 >= floor and self._joins(tokens[first - 2]) else None
                if outer is None:
                    return None
                if tokens[first - 2].lower() in self.words["documents"] and kind:
                    return first, last, kind, outer[0]
                first, kind = outer
            elif left in ("and", "or", "&"):
                extended = self._coordinated(tokens, floor, first)
                if extended is not None and kind:
                    return extended, last, "P", extended
                break
            elif (
                link == "s"
                and left not in _SUBORDINATING
                and left
                in (
                    "to",
                    "into",
                    "against",
                    "about",
                    "over",
                    "through",
                    "between",
                    "among",
                    "during",
                    "within",
                    "without",
                    "amid",
                    "despite",
                    "across",
                    "along",
                    "towards",
                    "toward",
                    "including",
                    "following",
                )
            ):
                return self._trimmed(tokens, right, last)
            else:
                break
        if not kind:
            return self._trimmed(tokens, right, last) if first < right and self._time_before(tokens, floor, first) else None
        return first, last, kind, first

    def _time_before(self, tokens: list[str], floor: int, first: int) -> bool:
        return first > floor and tokens[first - 1].lower() in self.words["preposition_first"]

    @staticmethod
    def _joins(token: str) -> bool:
        """Whether no punctuation parts this token from the next."""
        return token[-1].isalnum() or token[-1] in "’'&" or (token[-1] == "." and (token[0].isupper() or len(token) < 4))

    def _base(self, tokens: list[str], floor: int, last: int) -> tuple[int, str] | None:
        """A noun phrase without complements that ends with tokens[last]: where it begins, and its head's kind (or "")."""
        core = tokens[last].strip(_EDGE)
        word = core.lower()
        if not word or (core[0].isdigit()):
            return None
        kind = self.kinds.get(word)
        capital = core != word
        if kind == "r" or (kind == "d" and word in self.words["pronouns"]):
            if last > floor and tokens[last - 1].lower() in ("no", "every", "any"):
                return None
            return (last, "r") if not (core.isupper() and len(core) > 1) else (last, "N")
        if kind in ("s", "a", "b", "l", "t", "d"):
            if not capital or last == floor or kind == "t":
                return None
            kind = "N"
        elif kind is None:
            kind = self.kinds.get(word.rpartition("-")[2]) if "-" in word and not capital else None
            if kind not in ("H", "P"):
                if capital:
                    kind = "N"
                elif word.endswith(("ist", "man", "woman")) and word != "human":
                    kind = "H"
                else:
                    kind = "P" if word.endswith(("ists", "men", "women")) else ""
        if word.endswith(("'s", "’s")):
            return None
        first = last
        while first > floor and tokens[first][0] not in _OPENING and self._joins(tokens[first - 1]):
            left = tokens[first - 1]
            lower = left.lower()
            of = self.kinds.get(lower)
            if of == "d":
                first -= 1
                break
            if lower[0].isdigit():
                if not capital:
                    first -= 1
                break
            acronym = left.isupper() and len(left) > 1  # "US", not "us"
            if (
                of in ("s", "l", "a", "b", "t", "r")
                and not acronym
                and (left == lower or first - 1 == floor or of == "t" or tokens[first].islower())
            ):
                break
            first -= 1
            if last - first > 8:
                return None
        if first == last and kind == "N" and (word in self.words["never"] or word.endswith("ing")):
            return None
        return first, kind or ""

    def _coordinated(self, tokens: list[str], floor: int, first: int) -> int | None:
        """Where "residents, activists and …" begins, if what stands before the conjunction can speak too and begins a phrase."""
        at = first - 2
        begin: int | None = None
        for _ in range(4):
            if at < floor or (tokens[at][-1] not in "," and not self._joins(tokens[at])):
                break
            base = self._base(tokens, floor, at)
            if base is None or not base[1] or base[1] == "r":
                break
            start, kind = base
            words = tokens[start : at + 1]
            if kind == "N" and any(w.islower() and w not in self.words["determiners"] for w in words):
                break
            if any(w.strip(_EDGE).lower().endswith("ed") for w in words[1:-1]) or len(words) > 4:
                break
            if start == floor or not tokens[start - 1][-1].isalnum() or tokens[start - 1].lower() in _SUBORDINATING:
                begin = start
            if start > floor and tokens[start - 1][-1] == ",":
                at = start - 1
            else:
                break
        return begin

    def _trimmed(self, tokens: list[str], first: int, last: int) -> tuple[int, int, str, int] | None:
        """What is left of "[In] Homs opposition activists" without the place."""
        core = tokens[last].strip(_EDGE)
        kind = self.kinds.get(core.lower(), "")
        if kind in ("H", "P") and core.islower():
            begin = last
            while begin > first and tokens[begin - 1].islower() and self.kinds.get(tokens[begin - 1], "") in ("H", "P"):
                begin -= 1
            return (begin, last, kind, begin) if kind == "P" else None
        if core.isupper() and len(core) > 1:
            return last, last, "N", last
        return None

    def _described_subject(self, s: int, v: int) -> _Phrase | None:
        """The subject of "Refugees fleeing from the town to the border said", where the sentence begins with it."""
        if v - s > 160:
            return None
        phrase = self._phrase_at(s, v)
        return phrase if phrase and phrase.kind in "HP" and _DESCRIBED.match(self.text, phrase.end, v) else None

    def _opening(self, s: int, v: int) -> _Phrase | None:
        """The noun phrase that the sentence begins with, taken for its subject."""
        phrase = self._phrase_at(s, v)
        if phrase is None or phrase.kind == "x":
            return None
        following = _WORD.match(self.text, phrase.end, v)
        mark = self.text[phrase.end : phrase.end + 1]
        return phrase if mark == "," or (following and following[1].islower()) else None

    def _phrase_at(self, position: int, e: int, unknown: bool = False) -> _Phrase | None:
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
            elif of == "l" and not (
                capital
                and number > base
                and tokens[number - 1] != tokens[number - 1].lower()
                and number + 1 < count
                and tokens[number + 1][0].isupper()
            ):
                if head != number - 1 or not self._complements(tokens, number, count, word):
                    break
                base = number + 1
                first_kind = first_kind or kind
            elif of in ("s", "a", "b", "t", "r"):
                if word == "and" and head == number - 1 and number + 1 < count and self._coordinates(tokens, number, base):
                    base = number + 1
                    first_kind = "P"
                elif not capital or number == base or of == "t":
                    break
                else:
                    head, kind = number, kind or "N"
            elif of in ("H", "P"):
                if head == number - 1 and head >= base and kind == "N" and not capital and of == "P" and number > base + 1:
                    head, kind = number, of
                else:
                    head, kind = number, of
            elif core.endswith(("'s", "’s")):
                pass  # a possessor is no head
            elif capital:
                if head == number - 1 and head >= base and kind == "P" and tokens[head].islower():
                    break
                head, kind = number, "N"
            elif word.endswith(("ist", "ists", "man", "men", "woman", "women")) and word != "human":
                head, kind = number, "P" if word.endswith(("ists", "men")) else "H"
            elif head == number - 1 and head >= base:
                # "Iranian state news agency": a noun that can speak is still to come.
                following = [self.kinds.get(t.strip(_EDGE).lower(), "") for t in tokens[number : number + 4]]
                heads = [place for place, kind_there in enumerate(following) if kind_there in ("H", "P")]
                if kind != "N" or not heads or any(following[: heads[0]]) or token[-1] in ",;.":
                    break
            elif core[0].isdigit() and number != base:
                break
            if len(token.rstrip(_EDGE)) < len(token) and not (
                token[-1] == "." and capital and len(core) <= 4 and number + 1 < count and tokens[number + 1][0].isupper()
            ):
                if token[-1] in "’'" and number + 1 < count:
                    number += 1
                    continue
                number += 1
                break
            number += 1
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

    def _spanned(self, tokens: list[str], head: int, position: int, kind: str) -> _Phrase | None:
        at = start = position
        for number in range(head + 1):
            at = self.text.find(tokens[number], at)
            if number == 0:
                start = at
            at += len(tokens[number])
        end = at - len(tokens[head]) + len(tokens[head].rstrip(_EDGE))
        return _Phrase(start, end, kind, "") if start < end else None

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

    def _coordinates(self, tokens: list[str], number: int, base: int) -> bool:
        """Whether "and" joins two that can speak: "residents and activists"."""
        left = self.kinds.get(tokens[number - 1].strip(_EDGE).lower())
        for token in tokens[number + 1 : number + 4]:
            of = self.kinds.get(token.strip(_EDGE).lower())
            if of in ("H", "P"):
                return left in ("H", "P") or tokens[number - 1][0].isupper()
            if of not in ("d", None) or token[-1] in ",;":
                return False
        return False

    def _ends_inversion(self, phrase: _Phrase, e: int) -> bool:
        """Whether "said SOURCE" ends here, so that SOURCE is no subject of a clause that was said."""
        if phrase.kind == "x":
            return False
        text = self.text
        if phrase.end >= e or _END.match(text, phrase.end, e):
            return True
        following = _SPACE.match(text, phrase.end, e)
        at = following.end() if following else phrase.end
        if text[at] in ',;:(—–"“.':
            return True
        word = _WORD.match(text, phrase.end, e)
        return word is not None and word[1] in (
            "who",
            "in",
            "on",
            "at",
            "after",
            "during",
            "by",
            "of",
            "late",
            "yesterday",
            "whose",
            "as",
            "when",
            "while",
            "from",
        )

    # --- clauses --------------------------------------------------------------------------------------------

    def _quote_before(self, s: int) -> bool:
        """Whether a quotation ends right before this sentence: “What now?” Ali said."""
        at = s
        while at and self.text[at - 1].isspace():
            at -= 1
        return at in self._quote_ends and self.text[at - 2 : at - 1] in ("?", "!", "…", ",")

    def _quoted_until(self, at: int) -> int | None:
        """Where the quotation begins that ends right before an offset, a comma and blanks apart."""
        for _ in range(6):
            if at in self._quote_ends:
                return self._quote_ends[at]
            if at and (self.text[at - 1].isspace() or self.text[at - 1] in ",—–"):
                at -= 1
            else:
                return None
        return None

    def _quote_from(self, begin: int, end: int) -> int | None:
        """The first quotation that begins in a stretch."""
        found = bisect_right(self._quote_starts, begin - 1)
        return self._quote_starts[found] if found < len(self._quote_starts) and self._quote_starts[found] < end else None

    def _introduces(self, s: int, at: int) -> bool:
        """Whether what stands before only sets the scene: "On Sunday, activists said in a statement …"."""
        if at - s > 80:
            return False
        before = self.text[s:at].strip()
        first = before.split(None, 1)[0].lower().rstrip(",") if before else ""
        return (
            not before
            or (first in self.words["preposition_first"] and "," not in before[:-1] and len(before.split()) < 9)
            or (
                len(before.split()) < 4
                and before.rstrip(",").split()[-1:] != []
                and before.rstrip(",").split()[-1].lower() in self.words["times"]
            )
        )

    def _spoken(self, point: int, e: int) -> int | None:
        """Where what is said goes on after "SOURCE said,"; None where that only tells how it was said."""
        word = _WORD.match(self.text, point, e)
        return None if word and word[1].lower() in self.words["about_speaking"] else point

    def _behind(self, phrase: _Phrase, s: int, content_end: int, resume: int | None, e: int) -> None:
        """Attribute what stands before the phrase, from the sentence's (or the quotation's) beginning, and what follows at resume."""
        if phrase.lead == "as":
            content_end = self._joint_before(phrase, s)
        begin = s
        opened = self._quoted_until(content_end)
        if opened is not None and opened < s:
            begin = opened
        elif self._last:
            joints = list(_JOINT.finditer(self.text, max(self._resume, content_end - _FAR), content_end))
            joint = next((j for j in reversed(joints) if not self._quote_at(j.start())), None)
            if joint:
                begin = joint.end()
                self._cut(joint.start())
            elif not self._last_forward:
                begin = self._resume
        emitted = [self._emit(phrase, begin, content_end)]
        after = max(phrase.end, content_end)
        if resume is not None:
            emitted.append(self._emit(phrase, resume, self._quoted_end(resume, e)))
            after = resume
        quoted = opened is not None or (resume is not None and self.text[resume : resume + 1] in ('"', "“", "«", "‘"))
        self._note(phrase, emitted, False, after, quoted)

    def _ahead(self, phrase: _Phrase, start: int, e: int, s: int) -> None:
        """Attribute what follows, to the end of the sentence, of the quotation, or to where the sentence turns."""
        text = self.text
        if phrase.lead in _CONJUNCTIONS or phrase.lead == ";":
            self._cut(self._joint_before(phrase, s))
        end = self._quoted_end(start, e)
        quoted = end > e or (
            start < e
            and self._quote_at(start + 2) is not None
            and self._quote_at(s) is None
            and text[start : start + 2].strip()[:1] in ('"', "“", "«", "‘")
        )
        far = min(e, start + _FAR)
        if phrase.lead in _RELATIVES or (
            phrase.lead in _SUBORDINATORS and phrase.start - s < 40 and "," not in text[s : phrase.start]
        ):
            comma = text.find(",", start, far)
            while comma >= 0 and self._quote_at(comma):
                comma = text.find(",", comma + 1, far)
            if comma >= 0:
                end = min(end, comma)
        else:
            for turn in _TURN.finditer(text, start, far):
                if self._quote_at(turn.start()) not in (None, self._quote_at(start)):
                    continue
                if turn["next"].isdigit() and "while" in turn.group():
                    continue
                end = min(end, turn.start())
                break
        self._note(phrase, [self._emit(phrase, start, end)], True, start, quoted)

    def _joint_before(self, phrase: _Phrase, s: int) -> int:
        at = self.text.rfind(phrase.lead, max(s, phrase.start - 20), phrase.start) if phrase.lead != ";" else phrase.start
        while at > s and (self.text[at - 1].isspace() or self.text[at - 1] in ",;"):
            at -= 1
        return at

    def _quoted_end(self, start: int, e: int) -> int:
        """The sentence's end, or that of the quotation which begins at start."""
        at = start
        while at < len(self.text) and at < start + 4 and self.text[at].isspace():
            at += 1
        found = bisect_right(self._quote_starts, at) - 1
        return max(e, self.quotes[found][1]) if found >= 0 and self.quotes[found][0] == at else e

    def _cut(self, at: int) -> None:
        for clause in self._last_clauses:
            if clause[2] < at < clause[3]:
                clause[3] = at

    def _note(self, phrase: _Phrase, emitted: list[list[int] | None], forward: bool, resume: int, quoted: bool) -> None:
        self._last = phrase
        self._last_clauses = [clause for clause in emitted if clause]
        self._last_forward = forward
        self._resume = resume
        if quoted:
            end = max([self._sentence[1], *(clause[3] for clause in self._last_clauses)])
            self._speakers.append((phrase, end))

    def _emit(self, phrase: _Phrase, start: int, end: int) -> list[int] | None:
        text = self.text
        while start < end and (text[start].isspace() or text[start] in ",;:—–"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;—–"):
            end -= 1
        if start >= end:
            return None
        clause = [phrase.start, phrase.end, start, end]
        self.clauses.append(clause)
        return clause

    def continue_quotations(self) -> None:
        """A quotation that goes right on after "…," he said. is the same speaker's, if it has no attribution of its own."""
        if not self._speakers:
            return
        begun = {clause[2] for clause in self.clauses}
        starts = dict(self.quotes)
        for phrase, end in self._speakers:
            at = end
            while True:
                while at < len(self.text) and self.text[at].isspace():
                    at += 1
                if at not in starts or at in begun:
                    break
                begun.add(at)
                self.clauses.append([phrase.start, phrase.end, at, starts[at]])
                at = starts[at]
