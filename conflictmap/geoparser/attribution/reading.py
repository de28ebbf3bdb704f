"""Who says so: the clauses of a text that it attributes to a source, and the source's words.

"Activists said …", "…, according to residents of Salma", "“…,” he said". One scan finds the words that can attribute (triggers); only
around those is the text read, and never farther than a fixed stretch, so that the work grows with the length. A clause whose subject is
not recognised as somebody who can speak is attributed to nobody: a wrong source is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import ahocorasick_rs

from conflictmap.geoparser.attribution.clauses import Clauses, Stretch
from conflictmap.geoparser.attribution.phrases import Phrase, Phrases
from conflictmap.geoparser.attribution.quotations import OPENING_QUOTES, Quotations, before_blanks, past_blanks, sentences
from conflictmap.geoparser.attribution.subjects import Subjects
from conflictmap.geoparser.attribution.words import KINDS, NOUNS, WORD, WORDS
from conflictmap.geoparser.lexicon import any_of, arabic_attribution_words
from conflictmap.model import Attribution

TriggerKind = Literal[
    "verbs",
    "verbs_that",
    "verbs_or_nouns",
    "verbs_plural",
    "participles",
    "citing",
    "according",
    "statement",
    "speaking",
    "arabic_verbs",
    "arabic_according",
]
"""The word list that a trigger is of."""

_NEED_AGREEMENT: tuple[TriggerKind, ...] = ("verbs_or_nouns", "verbs_plural")
"""Kinds of forms that may be nouns, or need a plural subject."""
_ASIDE = ",\"”’'»—–"
"""What separates "…, he said" from what was said."""
_NEAR_TELLING, _NEAR_ORDER = 160, 120
"""How far after a verb "that" and its quotation are looked for, and an infinitive, in code points."""

_ARABIC_WORDS = arabic_attribution_words()
_END = re.compile(r"[\s\"”’'»)\].!?…]*+\Z")
_THAT = re.compile(rf"\s++that\b(?!\s++(?:{any_of(WORDS.after_demonstrative)})\b)")
_LATER_THAT = re.compile(r"(?:\s++[^\s,;:\"“”«»()]{1,40}+){1,9}?,?\s++that\b")
_AFTER_CITED = re.compile(r",?\s++that\b|\s++(?:as\s++)?saying\b")
_TWO_WORDS = re.compile(r"\s*+([^\W_][\w’'-]{0,40})(?:\s++([^\W_][\w’'-]{0,40}))?")
_ADDRESSED = re.compile(
    rf"\s++(?:me|us|him|her|them|(?:[a-z-]{{1,20}}\s++){{0,3}}?(?:{any_of(WORDS.audiences)})"
    r"|(?:(?:the|a|an|his|her|its|their)\s++)?(?:[a-z][a-z-]{0,20}\s++){0,3}?"
    r"(?:[A-Z0-9](?:[^\W_]|['’&.-](?=\w)){0,40}+(?:(?:\s++(?:of|the|for|and|de|al))?\s++(?=[A-Z]))?)++"
    rf"(?:\s++(?:{any_of(WORDS.media)})\b)?)"
    r"(?![\w’'])"
)
_INFINITIVE = re.compile(r"(?:\s++[^\s,;:.\"“]{1,40}+){1,5}?\s++(?:not\s++)?to\s++[a-z]")
_QUOTED_AS = re.compile(
    r"\b(?:is|are|was|were|been|being)\s++(?:also\s++|later\s++)?(?:quoted|cited|reported)\s++(?:(?:by|in|on)\s++[^,;\"“”]{1,60}\s++)?as\s*+\Z"
)
_ARABIC_THATS = any_of(_ARABIC_WORDS.that)
_ARABIC_THAT = re.compile(
    rf"((?:\s++[^\s،؛.:«»\"“”]{{1,30}}+){{1,9}}?)(?:\s++(?:{_ARABIC_THATS})\s|\s*+[:،]?\s*+(?=[«\"“])|\s*+:)"
)
_ARABIC_DIRECTLY = re.compile(rf"\s++(?:{_ARABIC_THATS})\s")
_ARABIC_SUBJECT = re.compile(r"\s*+([^\s،؛.:«»\"“”()]{1,30}(?:\s[^\s،؛.:«»\"“”()]{1,30}){0,5})\s++\Z")
_ARABIC_PHRASE = re.compile(r"\s?([^\s،؛.:«»\"“”()]{1,30}(?:\s[^\s،؛.:«»\"“”()]{1,30}){0,7})\s*+(?=[،.؛]|\Z)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text, [start, end), and the source it is attributed to. The source's own words lie outside of it."""

    source: Attribution
    start: int
    end: int


def attributed_clauses(text: str, start: int = 0, end: int | None = None) -> list[Clause]:
    """The clauses between two offsets of a text that it attributes to a source, by their beginnings. They may be nested."""
    window = text[start:end]
    found = sorted({(one.start, one.end, one.source, one.source_end) for one in _read(window, None)})
    return [Clause(Attribution(a + start, b + start, window[a:b]), first + start, last + start) for first, last, a, b in found]


def attributions(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Attribution | None]:
    """To whom text[start:end] attributes what it says at each of some spans: the source of the shortest clause around it.

    Of two clauses of one length, the source named later. Only the sentences that hold a span are read, or all if one is quoted.
    """
    found: list[Attribution | None] = [None] * len(spans)
    if not spans:
        return found
    window = text[start:end]
    inside = [(first - start, last - start) for first, last in spans] if start else spans
    clauses = _read(window, inside)
    for number, (first, last) in enumerate(inside) if clauses else ():
        best: Stretch | None = None
        for one in clauses:
            holds = one.start <= first and last <= one.end and (one.source_end <= first or last <= one.source)  # not of itself
            if holds and (best is None or _rank(one) < _rank(best)):
                best = one
        if best:
            found[number] = Attribution(best.source + start, best.source_end + start, window[best.source : best.source_end])
    return found


def _rank(one: Stretch) -> tuple[int, int, int, int]:
    return one.end - one.start, -one.source, one.start, one.source_end


# --- the scan -------------------------------------------------------------------------------------------------


class _Trigger(NamedTuple):
    """A word that can attribute, text[start:end], of the sentence, the quotation or the brackets [low, high)."""

    word: str
    kind: TriggerKind
    start: int
    end: int
    low: int
    high: int


@cache
def _triggers() -> tuple[list[tuple[str, TriggerKind]], ahocorasick_rs.AhoCorasick]:
    """The words that can attribute, each with its kind, and what finds them. A word of several lists has the last of these kinds."""
    lists: tuple[tuple[frozenset[str], TriggerKind], ...] = (
        (WORDS.participles, "participles"),
        (WORDS.verbs_plural, "verbs_plural"),
        (WORDS.verbs_or_nouns, "verbs_or_nouns"),
        (WORDS.verbs_that, "verbs_that"),
        (WORDS.verbs, "verbs"),
        (WORDS.citing, "citing"),
        (WORDS.according, "according"),
        (WORDS.statement, "statement"),
        (WORDS.speaking, "speaking"),
        (_ARABIC_WORDS.verbs, "arabic_verbs"),
        (_ARABIC_WORDS.according, "arabic_according"),
    )
    triggers = {word: kind for listed, kind in lists for word in listed}
    automaton = ahocorasick_rs.AhoCorasick(
        list(triggers), ahocorasick_rs.MatchKind.LeftmostLongest, implementation=ahocorasick_rs.Implementation.DFA
    )
    return list(triggers.items()), automaton


def _read(text: str, spans: Sequence[tuple[int, int]] | None) -> list[Stretch]:
    """What is attributed, and to whom; given spans, at least all clauses that can hold one of them."""
    triggers, automaton = _triggers()
    low = high = 0
    reading: _Reading | None = None
    wanted = True
    for pattern, start, end in automaton.find_matches_as_indexes(text):
        word, kind = triggers[pattern]
        if not (text[start - 1 : start] == " " == text[end : end + 1] or _is_word(text, word, kind, start, end)):
            continue
        if not high:
            quotations = Quotations(text)
            parts = sentences(text)
            if spans and quotations.spans and quotations.quote_any(spans):
                spans = None
        if high <= start:
            while high <= start:
                low, high = next(parts)
            wanted = spans is None or _holds(spans, low, high)
            if wanted:
                reading = reading or _Reading(text, quotations)
                reading.clauses.begin_sentence(low, high)
        if wanted and reading:
            first, last = quotations.narrowed(low, high, start) if quotations.spans or quotations.bracketed else (low, high)
            READERS[kind](reading, _Trigger(word, kind, start, end, first, last))
    return reading.clauses.said() if reading else []


def _holds(spans: Sequence[tuple[int, int]], low: int, high: int) -> bool:
    """Whether a sentence holds any part of a span."""
    for first, last in spans:  # noqa: SIM110 - any() takes three times as long
        if first < high and low < last:
            return True
    return False


def _is_word(text: str, word: str, kind: TriggerKind, start: int, end: int) -> bool:
    """Whether the match text[start:end] is not part of a longer word."""
    if kind == "speaking":
        return True
    if start and (text[start - 1].isalnum() or (text[start - 1] in "-_’'" and text[start - 2 : start - 1].isalnum())):
        return False
    return end >= len(text) or not (text[end].isalnum() or text[end] in "-_") or word[-1] in "لـ"


# --- the readers ----------------------------------------------------------------------------------------------


class _Reading:
    """Reads around the triggers of one text, in text order, and notes in `clauses` what is attributed to whom."""

    __slots__ = ("clauses", "phrases", "quotations", "subjects", "text")

    def __init__(self, text: str, quotations: Quotations) -> None:
        self.text = text
        self.quotations = quotations
        self.phrases = Phrases(text)
        self.subjects = Subjects(self.phrases)
        self.clauses = Clauses(quotations, self.phrases)

    # --- verbs ----------------------------------------------------------------------------------------------

    def verb(self, at: _Trigger) -> None:
        """ "Activists said that …", "…, activists said", "“…,” said activists"."""
        before = before_blanks(self.text, at.low, at.start)
        mark = self.text[before - 1] if before > at.low else ""
        if self.text.startswith(" by ", at.end) and self._passive(at, mark):
            return
        if not mark.isalnum() and self._inverted(at, mark, before):
            return
        if not mark:
            return
        subject = self.subjects.before(at.low, at.start, self.clauses.latest) or self.subjects.described(at.low, at.start)
        if subject and (at.kind not in _NEED_AGREEMENT or self._agrees(subject, at)):
            self._after_subject(subject, at)

    def _passive(self, at: _Trigger, mark: str) -> bool:
        """ "It was reported by activists that …", "12 deaths, documented by activists"; whether the trigger is read thereby."""
        noun = at.kind in _NEED_AGREEMENT
        if not noun and (not mark or at.word not in WORDS.documenting):
            return False
        source = self.phrases.at(at.end + len(" by"), at.high)
        that = _THAT.match(self.text, source.end, at.high) if source else None
        if source and that:
            self.clauses.ahead(source, that.end(), at.high, at.low)
        elif source and not noun:
            self.clauses.behind(source, at.low, at.start, None, at.high)
        return source is not None or noun

    def _inverted(self, at: _Trigger, mark: str, stop: int) -> bool:
        """ "“…,” said SOURCE"; whether the trigger is read thereby. What is said ends at `stop`, with the mark."""
        if mark and mark not in _ASIDE and mark not in "!?":
            return False
        if at.kind in _NEED_AGREEMENT or at.word in WORDS.not_inverted or not (mark or self.quotations.question_before(at.low)):
            return False
        source = self.phrases.at(at.end, at.high)
        if source is None or not self._ends_inversion(source, at.high):
            return False
        self.clauses.behind(source, at.low, stop, self.clauses.resumption(source, at.high), at.high)
        return True

    def _ends_inversion(self, source: Phrase, high: int) -> bool:
        """Whether "said SOURCE" ends here, so that SOURCE is not the subject of a reported clause."""
        text = self.text
        if _END.match(text, source.end, high) or text[past_blanks(text, source.end, high)] in ',;:(—–"“.':
            return True
        word = WORD.match(text, source.end, high)
        return word is not None and word[1] in WORDS.after_inversion

    def _agrees(self, subject: Phrase, at: _Trigger) -> bool:
        """Whether a form that may be a noun, or a plural's, can be this subject's verb."""
        surface = self.text[subject.start : subject.end]
        if at.kind == "verbs_plural":
            lower = surface.lower()
            return subject.kind == "plural" or (subject.kind == "pronoun" and lower in WORDS.plural_pronouns) or " and " in lower
        following = WORD.match(self.text, at.end, at.high)
        if following is None or (
            KINDS.get(following[1].lower()) in ("being", "stop")
            and following[1] not in ("that", "to")
            and subject.lead not in WORDS.relatives
        ):
            return False
        return subject.kind in ("pronoun", "name") or (
            subject.kind == "singular" and " " in surface and surface.split(None, 1)[0].lower() in WORDS.determiners
        )

    # --- what follows subject and verb ----------------------------------------------------------------------

    def _after_subject(self, subject: Phrase, at: _Trigger) -> None:
        """Decide by what follows the verb where the attributed clause is: before the subject, after the verb, or both."""
        text, high = self.text, at.high
        that = _THAT.match(text, at.end, high) if text.find("that", at.end, at.end + 8) >= 0 else None
        if that:
            self.clauses.ahead(subject, that.end(), high, at.low)
            return
        if at.word in WORDS.ordering:
            order = _INFINITIVE.match(text, at.end, min(high, at.end + _NEAR_ORDER))
            if order and " that " not in order.group():
                return
        point = self._past_addressed(subject, at) if at.word in WORDS.telling else at.end
        if point is None:
            return
        following = past_blanks(text, point, high)
        mark = text[following] if following < high else ""
        if mark.isalnum():
            self._words_follow(subject, at, point)
        elif not mark or mark in "—–;" or _END.match(text, point, high):
            self._nothing_follows(subject, at)
        elif mark == ":" or mark in OPENING_QUOTES:
            if mark != ":" and _is_aside(subject) and self.quotations.ending_at(subject.start) is not None:
                self.clauses.behind(subject, at.low, subject.start, following, high)
            else:
                self.clauses.ahead(subject, following + (mark == ":"), high, at.low)
        elif mark == ",":
            self._comma_follows(subject, at, past_blanks(text, following + 1, high))

    def _past_addressed(self, subject: Phrase, at: _Trigger) -> int | None:
        """The end of whom the subject tells ("told reporters"); None if that is unknown, or all is read: "told reporters that"."""
        limit = min(at.high, at.end + _NEAR_TELLING)
        later = _LATER_THAT.match(self.text, at.end, limit)
        if later and " to " not in later.group():
            self.clauses.ahead(subject, later.end(), at.high, at.low)
            return None
        addressed = _ADDRESSED.match(self.text, at.end, limit)
        if addressed:
            return addressed.end()
        phrase = self.phrases.at(at.end, at.high)
        return phrase.end if phrase else None

    def _nothing_follows(self, subject: Phrase, at: _Trigger) -> None:
        """ "…, activists said." """
        if _is_aside(subject) or subject.lead == "as":
            self.clauses.behind(subject, at.low, subject.start, None, at.high)
        elif not subject.lead and self.quotations.question_before(at.low):
            self.clauses.behind(subject, at.low, at.low, None, at.high)

    def _comma_follows(self, subject: Phrase, at: _Trigger, point: int) -> None:
        """ "…, activists said, …", "Activists said, “…”"; `point` is where it goes on after the comma."""
        clauses, quotations = self.clauses, self.quotations
        quoted = point < at.high and self.text.startswith(OPENING_QUOTES, point)
        spoken = clauses.spoken(point, at.high)
        if _is_aside(subject) and not (
            quoted and quotations.ending_at(subject.start) is None and clauses.introduces(at.low, subject.start)
        ):
            clauses.behind(subject, at.low, subject.start, spoken, at.high)
        elif not subject.lead and quotations.question_before(at.low):
            clauses.behind(subject, at.low, at.low, spoken, at.high)
        elif subject.lead == "as":
            clauses.behind(subject, at.low, subject.start, point, at.high)
        elif quoted or at.kind != "verbs_that":
            clauses.ahead(subject, point, at.high, at.low)

    def _words_follow(self, subject: Phrase, at: _Trigger, point: int) -> None:
        """ "Activists said rebels left", "said on Monday that …"; `point` is the end of the verb, or of whom it tells."""
        following = _TWO_WORDS.match(self.text, point, at.high)
        if following is None:
            return
        first, second = following[1].lower(), (following[2] or "").lower()
        adjunct = first in WORDS.adjuncts
        weak = at.kind == "verbs_that"
        if adjunct:
            limit = min(at.high, point + _NEAR_TELLING)
            later = _LATER_THAT.match(self.text, point, limit) if self.text.find("that", point, limit) >= 0 else None
            if later:
                self.clauses.ahead(subject, later.end(), at.high, at.low)
                return
            if weak and first == "to":
                return
        if (adjunct or weak) and self._quoted_later(subject, at, point, adjunct):
            return
        if not weak and not self._reports_nothing(at.word, first, second):
            self.clauses.ahead(subject, point, at.high, at.low)

    def _quoted_later(self, subject: Phrase, at: _Trigger, point: int, adjunct: bool) -> bool:
        """ "Activists said on Monday, “…”", "…, activists said on Monday"; whether the trigger is read thereby."""
        limit = min(at.high, point + (120 if adjunct else 60))
        quote = self.quotations.first_in(point, limit) if self.quotations.spans else None
        if quote is None:
            if adjunct and (_is_aside(subject) or subject.lead == "as") and not self.clauses.introduces(at.low, subject.start):
                self.clauses.behind(subject, at.low, subject.start, None, at.high)
                return True
        elif self.text[quote - 2] in ",:":
            self.clauses.ahead(subject, quote, at.high, at.low)
            return True
        return False

    def _reports_nothing(self, verb: str, first: str, second: str) -> bool:
        """Whether the two words after a verb show that it reports nothing: "claimed the lives", "said to be"."""
        refused = WORDS.not_reported
        return (
            first in refused
            or (first in WORDS.before_not_reported and second in refused)
            or f"{first} {second}" in refused
            or (first == "to" and not verb.startswith("claim"))
            or first in WORDS.not_reported_after.get(verb, ())
        )

    def participle(self, at: _Trigger) -> None:
        """ "…, adding that": the source is the sentence's latest, or its subject; "a resident saying": the noun before."""
        text, clauses = self.text, self.clauses
        source = self._source_of_participle(at)
        if source is None or source.end > at.start:
            return
        that = _THAT.match(text, at.end, at.high)
        if that is None and at.word in WORDS.participles_to_somebody:
            that = _LATER_THAT.match(text, at.end, min(at.high, at.end + _NEAR_ORDER))
        if that and at.word not in WORDS.participles_of_blame:
            clauses.ahead(source, that.end(), at.high, at.low)
        elif at.word == "adding":
            following = WORD.match(text, at.end, at.high)
            if clauses.latest and following and (following[1].lower() in WORDS.determiners or following[1][0].isupper()):
                clauses.ahead(source, at.end, at.high, at.low)
        elif at.word not in WORDS.participles_that:
            clauses.ahead(source, at.end, at.high, at.low)

    def _source_of_participle(self, at: _Trigger) -> Phrase | None:
        text, latest = self.text, self.clauses.latest
        passive = _QUOTED_AS.search(text, max(at.low, at.start - 140), at.start)
        if passive:
            return self.subjects.before(at.low, passive.start(), latest)
        before = text[max(at.low, at.start - 4) : at.start].rstrip()
        if not before:
            return None
        if before[-1] in ",—–" or before.endswith((" and", "\nand")):
            source = latest or self.subjects.opening(at.low, at.start)
            return None if source and self.clauses.said_by_latest(source, at.end) else source
        return self.subjects.before(at.low, at.start - 3 if before.endswith(" as") else at.start, latest)

    # --- according to, citing, and the like -----------------------------------------------------------------

    def according(self, at: _Trigger) -> None:
        """ "…, according to SOURCE, …", "According to SOURCE, …"."""
        source = self.phrases.at(at.end, at.high, unknown=True)
        if source is None or self.text[source.start : source.end].lower() in WORDS.not_sources:
            return
        if self.text[max(at.low, at.start - 8) : at.start].strip(" \n\t\r,—–"):
            self.clauses.behind(source, at.low, at.start, self.clauses.resumption(source, at.high), at.high)
            return
        point = self.clauses.resumption(source, at.high, front=True)
        if point is not None:
            self.clauses.ahead(source, point, at.high, at.low)

    def citing(self, at: _Trigger) -> None:
        """ "…, the paper said, citing residents". In front, "Citing residents, the paper said": what it says is theirs."""
        text = self.text
        source = self.phrases.at(at.end, at.high)
        if source is None or not text[max(at.low, at.start - 8) : at.start].strip():
            return
        that = _AFTER_CITED.match(text, source.end, at.high)
        if that:
            if "saying" not in that.group():
                self.clauses.ahead(source, that.end(), at.high, at.low)
        elif not self.clauses.hand_on(source, at.start) and text[at.start - 2 : at.start - 1] == ",":
            self.clauses.add(source, at.low, at.start)

    def speaking(self, at: _Trigger) -> None:
        """A speaker's name, a colon and a quotation: the name must be all that stands before it in its line."""
        colon, latest = at.start, self.clauses.latest
        line = max(self.text.rfind("\n", max(at.low, colon - 100), colon) + 1, at.low)
        if colon - line > 100 or (latest and self.clauses.resume <= colon and latest.end > line):
            return
        speaker = self.phrases.at(line, colon)
        if speaker is None or speaker.end != colon:
            return
        if speaker.kind in NOUNS or (speaker.kind == "name" and " " in self.text[line:colon]):
            self.clauses.ahead(speaker, colon + 1, at.high, at.low)

    def statement(self, at: _Trigger) -> None:
        """ "In a statement on Monday, the army denied it"."""
        comma = self.text.find(",", at.end, min(at.high, at.end + 60))
        source = self.phrases.at(comma + 1, at.high) if comma >= 0 else None
        if source and source.kind != "pronoun":
            self.clauses.ahead(source, source.end, at.high, at.end)

    # --- Arabic ---------------------------------------------------------------------------------------------

    def arabic_verb(self, at: _Trigger) -> None:
        """The verb stands first, then its subject, then "that" or a quotation; or the subject, the verb and "that"."""
        directly = _ARABIC_DIRECTLY.match(self.text, at.end, at.high)
        if directly:
            subject = _ARABIC_SUBJECT.match(self.text, at.low, at.start)
            if subject:
                self.clauses.ahead(Phrase(*subject.span(1), "name", ""), directly.end(), at.high, at.low)
            return
        found = _ARABIC_THAT.match(self.text, at.end, min(at.high, at.end + 200))
        if found:
            start = past_blanks(self.text, at.end, at.high)
            self.clauses.ahead(Phrase(start, found.end(1), "name", ""), found.end(), at.high, at.end)

    def arabic_according(self, at: _Trigger) -> None:
        found = _ARABIC_PHRASE.match(self.text, at.end, min(at.high, at.end + 260))
        if found:
            source = Phrase(found.start(1), found.end(1), "name", "")
            self.clauses.add(source, at.low, at.start)
            self.clauses.add(source, found.end(), at.high)


def _is_aside(subject: Phrase) -> bool:
    """Whether subject and verb are set apart from what was said: "…, he said"."""
    return bool(subject.lead) and subject.lead in _ASIDE


READERS: Mapping[TriggerKind, Callable[[_Reading, _Trigger], None]] = {
    "verbs": _Reading.verb,
    "verbs_that": _Reading.verb,
    "verbs_or_nouns": _Reading.verb,
    "verbs_plural": _Reading.verb,
    "participles": _Reading.participle,
    "citing": _Reading.citing,
    "according": _Reading.according,
    "statement": _Reading.statement,
    "speaking": _Reading.speaking,
    "arabic_verbs": _Reading.arabic_verb,
    "arabic_according": _Reading.arabic_according,
}
"""Kind of trigger -> what reads around it."""
