"""Who says so: the clauses of a text that it attributes to a source, and the source's words.

"Activists said …", "…, according to residents of Salma", "“…,” he said". One scan finds the words that can attribute; only
around those is the text read, and never more than a fixed stretch of it, so that the work grows with the length. A clause whose
subject is not recognised as somebody who can speak is attributed to nobody: a wrong source is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from conflictmap.geoparser.attribution.clauses import Clauses
from conflictmap.geoparser.attribution.phrases import RELATIVES, WORD, Phrase, SourcePhrases
from conflictmap.geoparser.attribution.quotations import OPENING_QUOTES, Quotations, past_blanks, sentences
from conflictmap.geoparser.lexicon import word_lists
from conflictmap.model import Attribution

_ASIDE = ",\"”’'»—–"  # what parts "…, he said" from what was said
_DOCUMENTARY = frozenset({"reported", "confirmed", "documented", "estimated", "announced", "tallied"})
_TELLING = frozenset({"told", "tells", "tell", "telling"})
_ORDERING = frozenset({"told", "tells", "tell", "warned", "warns", "warn"})
_NOT_INVERTED = _TELLING | frozenset(
    {"accused", "accuses", "blamed", "blames", "cited", "cites", "quoted", "quotes", "denied", "denies", "found"}
)
_VERBS = frozenset({"verbs", "verbs_that", "verbs_or_nouns", "verbs_plural"})

_END = re.compile(r"[\s\"”’'»)\].!?…]*+\Z")
_THAT = re.compile(r"\s++that\b(?!\s++(?:day|night|morning|month|year|time|week)\b)")
_LATER_THAT = re.compile(r"(?:\s++[^\s,;:\"“”«»()]{1,40}+){1,9}?,?\s++that\b")
_AFTER_CITED = re.compile(r",?\s++that\b|\s++(?:as\s++)?saying\b")
_TWO_WORDS = re.compile(r"\s*+([^\W_][\w’'-]{0,40})(?:\s++([^\W_][\w’'-]{0,40}))?")
_TOLD = re.compile(
    r"\s++(?:me|us|him|her|them|(?:[a-z-]{1,20}\s++){0,3}?(?:reporters|journalists|agencies|media|newspapers|diplomats|lawmakers|investigators|observers|relatives|friends"
    r"|parliament|supporters|residents|correspondents)"
    r"|(?:(?:the|a|an|his|her|its|their)\s++)?(?:[a-z][a-z-]{0,20}\s++){0,3}?"
    r"(?:[A-Z0-9](?:[^\W_]|['’&.-](?=\w)){0,40}+(?:(?:\s++(?:of|the|for|and|de|al))?\s++(?=[A-Z]))?)++(?:\s++(?:television|tv|radio|newspaper|agency|channel|news agency|magazine|reporters?|correspondents?)\b)?)"
    r"(?![\w’'])"
)
_INFINITIVE = re.compile(r"(?:\s++[^\s,;:.\"“]{1,40}+){1,5}?\s++(?:not\s++)?to\s++[a-z]")
_QUOTED_AS = re.compile(
    r"\b(?:is|are|was|were|been|being)\s++(?:also\s++|later\s++)?(?:quoted|cited|reported)\s++(?:(?:by|in|on)\s++[^,;\"“”]{1,60}\s++)?as\s*+\Z"
)
_ARABIC_THAT = re.compile(
    r"((?:\s++[^\s،؛.:«»\"“”]{1,30}+){1,9}?)(?:\s++(?:إن|أن|بأن|إنه|إنها|أنه|أنها|إنهم|أنهم)\s|\s*+[:،]?\s*+(?=[«\"“])|\s*+:)"
)
_ARABIC_DIRECTLY = re.compile(r"\s++(?:إن|أن|بأن|إنه|إنها|أنه|أنها|إنهم|أنهم)\s")
_ARABIC_SUBJECT = re.compile(r"\s*+([^\s،؛.:«»\"“”()]{1,30}(?:\s[^\s،؛.:«»\"“”()]{1,30}){0,5})\s++\Z")
_ARABIC_PHRASE = re.compile(r"\s?([^\s،؛.:«»\"“”()]{1,30}(?:\s[^\s،؛.:«»\"“”()]{1,30}){0,7})\s*+(?=[،.؛]|\Z)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text, [start, end), and the source it is attributed to. The source's own words are outside of it."""

    source: Attribution
    start: int
    end: int


@cache
def _triggers() -> tuple[list[tuple[str, str]], ahocorasick_rs.AhoCorasick]:
    """The words that can attribute, with the list that each is of, and what finds them."""
    words = word_lists("attribution")
    triggers = {
        word: kind
        for kind in (
            *("participles", "verbs_plural", "verbs_or_nouns", "verbs_that", "verbs", "citing", "according", "statement"),
            *("speaking", "arabic_verbs", "arabic_according"),
        )
        for word in words[kind]
    }
    automaton = ahocorasick_rs.AhoCorasick(
        list(triggers), ahocorasick_rs.MatchKind.LeftmostLongest, implementation=ahocorasick_rs.Implementation.DFA
    )
    return list(triggers.items()), automaton


def attributed_clauses(text: str, start: int = 0, end: int | None = None) -> list[Clause]:
    """The clauses between two offsets of a text that it attributes to a source, by their beginnings. They may lie in one another."""
    window = text[start:end]
    return [
        Clause(Attribution(a + start, b + start, window[a:b]), first + start, last + start)
        for first, last, a, b in sorted({(*clause,) for clause in _read(window, None)})
    ]


def attributions(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Attribution | None]:
    """To whom text[start:end] attributes what it says at each of some spans: the source of the shortest clause around it.

    Of two clauses alike, the source named later. Only the sentences that hold a span are read, or all if one is quoted.
    """
    found: list[Attribution | None] = [None] * len(spans)
    window = text[start:end]
    inside = [(first - start, last - start) for first, last in spans] if start else spans
    clauses = _read(window, inside)
    for number, (first, last) in enumerate(inside) if clauses else ():
        best: list[int] = []
        for clause in clauses:
            begin, stop, a, b = clause
            if begin <= first and last <= stop and (b <= first or last <= a) and (not best or _rank(clause) < _rank(best)):
                best = clause
        if best:
            _, _, a, b = best
            found[number] = Attribution(a + start, b + start, window[a:b])
    return found


def _rank(clause: list[int]) -> tuple[int, int, list[int]]:
    begin, stop, source, _ = clause
    return stop - begin, -source, clause


def _read(text: str, spans: Sequence[tuple[int, int]] | None) -> list[list[int]]:
    """What is attributed, and to whom, as Clauses.said(); with spans, at least all that can hold one of them."""
    triggers, automaton = _triggers()
    s = e = 0
    reading: _Reading | None = None
    wanted = True
    for pattern, a, b in automaton.find_matches_as_indexes(text):
        word, kind = triggers[pattern]
        if not (text[a - 1 : a] == " " == text[b : b + 1] or _is_word(text, word, kind, a, b)):
            continue
        if not e:
            quotations = Quotations(text)
            parts = sentences(text)
            if spans and quotations.spans and quotations.quote_any(spans):
                spans = None
        if e <= a:
            while e <= a:
                s, e = next(parts)
            wanted = spans is None or _holds(spans, s, e)
            if wanted:
                reading = reading or _Reading(text, quotations)
                reading.clauses.begin_sentence(s, e)
        if wanted and reading:
            first, last = quotations.narrowed(s, e, a) if quotations.spans or quotations.bracketed else (s, e)
            reading.around(word, kind, a, b, first, last)
    return reading.clauses.said() if reading else []


def _holds(spans: Sequence[tuple[int, int]], s: int, e: int) -> bool:
    """Whether a sentence holds any of a span."""
    for first, last in spans:  # noqa: SIM110 - any() takes three times as long
        if first < e and s < last:
            return True
    return False


def _is_word(text: str, word: str, kind: str, a: int, b: int) -> bool:
    """Whether the match text[a:b] is no part of a longer word."""
    if kind == "speaking":
        return True
    if a and (text[a - 1].isalnum() or (text[a - 1] in "-_’'" and text[a - 2 : a - 1].isalnum())):
        return False
    return b >= len(text) or not (text[b].isalnum() or text[b] in "-_") or word[-1] in "لـ"


class _Reading:
    """What the words around each trigger say: s and e bound the sentence, the quotation or the brackets, a and b the trigger."""

    __slots__ = ("clauses", "phrases", "quotations", "text", "words")

    def __init__(self, text: str, quotations: Quotations) -> None:
        self.text = text
        self.quotations = quotations
        self.phrases = SourcePhrases(text)
        self.words = self.phrases.words
        self.clauses = Clauses(text, quotations, self.phrases)

    def around(self, word: str, kind: str, a: int, b: int, s: int, e: int) -> None:
        """Read around one trigger word, text[a:b]."""
        if kind in _VERBS:
            self._verb(s, e, a, b, word, kind)
        elif kind == "according":
            self._according(s, e, a, b)
        elif kind == "citing":
            self._citing(s, e, a, b)
        elif kind == "speaking":
            self._speaking(s, e, a)
        elif kind == "statement":
            self._statement(e, b)
        elif kind == "arabic_verbs":
            self._arabic_verb(s, e, a, b)
        elif kind == "arabic_according":
            self._arabic_according(s, e, a, b)
        else:
            self._participle(s, e, a, b, word)

    # --- verbs ----------------------------------------------------------------------------------------------

    def _verb(self, s: int, e: int, a: int, b: int, word: str, kind: str) -> None:
        text = self.text
        before = a - 1
        while before >= s and text[before].isspace():
            before -= 1
        mark = text[before] if before >= s else ""
        plural_or_noun = kind in ("verbs_or_nouns", "verbs_plural")
        if text.startswith(" by ", b) and (plural_or_noun or (mark and word in _DOCUMENTARY)):
            phrase = self.phrases.at(b + 3, e)
            that = _THAT.match(text, phrase.end, e) if phrase else None
            if phrase and that:  # "it was reported by activists that", "reports by activists that"
                self.clauses.ahead(phrase, that.end(), e, s)
            elif phrase and not plural_or_noun:
                self.clauses.behind(phrase, s, a, None, e)
            if phrase or plural_or_noun:
                return
        if (
            (not mark or mark in _ASIDE or mark in "!?")
            and not plural_or_noun
            and (mark or self.quotations.question_before(s))
            and word not in _NOT_INVERTED
        ):
            phrase = self.phrases.at(b, e)
            if phrase and self._ends_inversion(phrase, e):
                self.clauses.behind(phrase, s, before + 1 if mark else s, self.clauses.resumption(phrase, e), e)
                return
        if mark:
            phrase = self.phrases.subject(s, a, self.clauses.latest) or self.phrases.described_subject(s, a)
            if phrase and (not plural_or_noun or self._agrees(phrase, kind, b, e)):
                self._after_subject(phrase, s, e, b, word, kind)

    def _ends_inversion(self, phrase: Phrase, e: int) -> bool:
        """Whether "said SOURCE" ends here, so that SOURCE is no subject of a clause that was said."""
        text = self.text
        if _END.match(text, phrase.end, e) or text[past_blanks(text, phrase.end, e)] in ',;:(—–"“.':
            return True
        word = WORD.match(text, phrase.end, e)
        return word is not None and word[1] in self.words["after_inversion"]

    def _agrees(self, phrase: Phrase, kind: str, b: int, e: int) -> bool:
        """Whether a form that may be a noun, or a plural's, can be this subject's verb."""
        surface = self.text[phrase.start : phrase.end]
        if kind == "verbs_plural":
            first = surface.lower()
            return phrase.kind == "P" or (phrase.kind == "r" and first in self.words["plural_pronouns"]) or " and " in first
        following = WORD.match(self.text, b, e)
        if following is None or (
            self.phrases.kinds.get(following[1].lower()) in ("b", "s")
            and following[1] not in ("that", "to")
            and phrase.lead not in RELATIVES
        ):
            return False
        return phrase.kind in "rN" or (
            phrase.kind == "H" and " " in surface and surface.split(None, 1)[0].lower() in self.words["determiners"]
        )

    def _after_subject(self, phrase: Phrase, s: int, e: int, b: int, word: str, kind: str) -> None:
        """Decide by what follows the verb where the attributed clause is: behind the subject, ahead of the verb, or both."""
        text, clauses = self.text, self.clauses
        weak = kind == "verbs_that"
        aside = bool(phrase.lead) and phrase.lead in _ASIDE
        that = _THAT.match(text, b, e) if text.find("that", b, b + 8) >= 0 else None
        if that:
            clauses.ahead(phrase, that.end(), e, s)
            return
        if word in _ORDERING:
            order = _INFINITIVE.match(text, b, min(e, b + 120))
            if order and " that " not in order.group():
                return
        told = word in _TELLING
        r = b
        if told:
            later = _LATER_THAT.match(text, b, min(e, b + 160))
            if later and " to " not in later.group():
                clauses.ahead(phrase, later.end(), e, s)
                return
            told_to = _TOLD.match(text, b, min(e, b + 160)) or self.phrases.at(b, e)
            if told_to is None:
                return
            r = told_to.end if isinstance(told_to, Phrase) else told_to.end()
        at = past_blanks(text, r, e)
        mark = text[at] if at < e else ""
        if mark.isalnum():
            self._words_follow(phrase, s, e, r, word, weak, told, aside)
        elif not mark or mark in "—–;" or _END.match(text, r, e):
            if aside or phrase.lead == "as":
                clauses.behind(phrase, s, phrase.start, None, e)
            elif not phrase.lead and self.quotations.question_before(s):
                clauses.behind(phrase, s, s, None, e)
        elif mark == ":" or mark in OPENING_QUOTES:
            if aside and mark != ":" and self.quotations.ending_at(phrase.start) is not None:
                clauses.behind(phrase, s, phrase.start, at, e)
            else:
                clauses.ahead(phrase, at + (mark == ":"), e, s)
        elif mark == ",":
            point = past_blanks(text, at + 1, e)
            quoted = point < e and text.startswith(OPENING_QUOTES, point)
            spoken = clauses.spoken(point, e)
            if aside and not (quoted and self.quotations.ending_at(phrase.start) is None and clauses.introduces(s, phrase.start)):
                clauses.behind(phrase, s, phrase.start, spoken, e)
            elif not phrase.lead and self.quotations.question_before(s):
                clauses.behind(phrase, s, s, spoken, e)
            elif phrase.lead == "as":
                clauses.behind(phrase, s, phrase.start, point, e)
            elif quoted or not weak:
                clauses.ahead(phrase, point, e, s)

    def _words_follow(self, phrase: Phrase, s: int, e: int, r: int, word: str, weak: bool, told: bool, aside: bool) -> None:
        """The same, where a word follows the verb and whom it tells."""
        clauses = self.clauses
        following = _TWO_WORDS.match(self.text, r, e)
        if following is None:
            return
        first, second = following[1].lower(), (following[2] or "").lower()
        adjunct = first in self.words["adjuncts"]
        if adjunct:
            limit = min(e, r + 160)
            later = _LATER_THAT.match(self.text, r, limit) if self.text.find("that", r, limit) >= 0 else None
            if later:
                clauses.ahead(phrase, later.end(), e, s)
                return
            if weak and first == "to":
                return
        if adjunct or weak:  # "said on Monday, “…”"
            quote = self.quotations.first_in(r, min(e, r + (120 if adjunct else 60))) if self.quotations.spans else None
            if adjunct and quote is None and (aside or phrase.lead == "as") and not clauses.introduces(s, phrase.start):
                clauses.behind(phrase, s, phrase.start, None, e)
                return
            if quote is not None and self.text[quote - 2] in ",:":
                clauses.ahead(phrase, quote, e, s)
                return
            if weak:
                return
        refused = self.words["not_reported"]
        if (
            first in refused
            or (first in ("the", "a", "an", "its", "his", "their") and second in refused)
            or f"{first} {second}" in refused
            or (first == "to" and not word.startswith("claim"))
            or (first in ("for", "against") and word in ("reported", "claimed"))
        ):
            return
        clauses.ahead(phrase, r, e, s)

    def _participle(self, s: int, e: int, a: int, b: int, word: str) -> None:
        """ "…, adding that": the source is the sentence's latest, or its subject; "a resident saying": the noun before."""
        text, clauses = self.text, self.clauses
        latest = clauses.latest
        passive = _QUOTED_AS.search(text, max(s, a - 140), a)
        before = text[max(s, a - 4) : a].rstrip()
        if passive:
            phrase = self.phrases.subject(s, passive.start(), latest)
        elif not before:
            return
        elif before[-1] in ",—–" or before.endswith((" and", "\nand")):
            phrase = latest or self.phrases.opening(s, a)
            if phrase and clauses.said_by_latest(phrase, b):
                return
        else:
            phrase = self.phrases.subject(s, a - 3 if before.endswith(" as") else a, latest)
        if phrase is None or phrase.end > a:
            return
        that = _THAT.match(text, b, e)
        if that is None and word in ("telling", "warning"):
            that = _LATER_THAT.match(text, b, min(e, b + 120))
        if that and word not in ("accusing", "blaming"):
            clauses.ahead(phrase, that.end(), e, s)
        elif word == "adding":
            following = WORD.match(text, b, e)
            if latest and following and (following[1].lower() in self.words["determiners"] or following[1][0].isupper()):
                clauses.ahead(phrase, b, e, s)
        elif word not in self.words["participles_that"]:
            clauses.ahead(phrase, b, e, s)

    # --- according to, citing, and the like -----------------------------------------------------------------

    def _according(self, s: int, e: int, a: int, b: int) -> None:
        phrase = self.phrases.at(b, e, unknown=True)
        if phrase is None or self.text[phrase.start : phrase.end].lower() in self.words["not_sources"]:
            return
        if self.text[max(s, a - 8) : a].strip(" \n\t\r,—–"):
            self.clauses.behind(phrase, s, a, self.clauses.resumption(phrase, e), e)
            return
        point = self.clauses.resumption(phrase, e, front=True)
        if point is not None:
            self.clauses.ahead(phrase, point, e, s)

    def _citing(self, s: int, e: int, a: int, b: int) -> None:
        text = self.text
        phrase = self.phrases.at(b, e)
        # In front, "Citing residents, the paper said": what it says is theirs.
        if phrase is None or not text[max(s, a - 8) : a].strip():
            return
        that = _AFTER_CITED.match(text, phrase.end, e)
        if that:
            if "saying" not in that.group():
                self.clauses.ahead(phrase, that.end(), e, s)
        elif not self.clauses.hand_on(phrase, a) and text[a - 2 : a - 1] == ",":
            self.clauses.add(phrase, s, a)

    def _speaking(self, s: int, e: int, a: int) -> None:
        """A speaker's name, a colon and a quotation: the name must be all that stands before it in its line."""
        line = max(self.text.rfind("\n", max(s, a - 100), a) + 1, s)
        latest = self.clauses.latest
        if a - line > 100 or (latest and self.clauses.resume <= a and latest.end > line):
            return
        phrase = self.phrases.at(line, a)
        if phrase and phrase.end == a and (phrase.kind in "HP" or (phrase.kind == "N" and " " in self.text[line:a])):
            self.clauses.ahead(phrase, a + 1, e, s)

    def _statement(self, e: int, b: int) -> None:
        comma = self.text.find(",", b, min(e, b + 60))
        phrase = self.phrases.at(comma + 1, e) if comma >= 0 else None
        if phrase and phrase.kind != "r":
            self.clauses.ahead(phrase, phrase.end, e, b)

    def _arabic_verb(self, s: int, e: int, a: int, b: int) -> None:
        directly = _ARABIC_DIRECTLY.match(self.text, b, e)
        if directly:  # the subject stands first, if there is one
            subject = _ARABIC_SUBJECT.match(self.text, s, a)
            if subject:
                self.clauses.ahead(Phrase(*subject.span(1), "N", ""), directly.end(), e, s)
            return
        found = _ARABIC_THAT.match(self.text, b, min(e, b + 200))
        if found:
            start = past_blanks(self.text, b, e)
            self.clauses.ahead(Phrase(start, found.end(1), "N", ""), found.end(), e, b)

    def _arabic_according(self, s: int, e: int, a: int, b: int) -> None:
        found = _ARABIC_PHRASE.match(self.text, b, min(e, b + 260))
        if found:
            phrase = Phrase(found.start(1), found.end(1), "N", "")
            self.clauses.add(phrase, s, a)
            self.clauses.add(phrase, found.end(), e)
