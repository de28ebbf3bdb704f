"""Which time expression dates what a passage tells of a place: the same clause's, the same sentence's, or one carried on.

Background ("previously …", "had been", a description in the present tense, a remark set between commas) neither takes the
paragraph's date nor gives it one; what no rule links stays undated.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from conflictmap.geoparser.lexicon import time_words
from conflictmap.model import TimeExpression, Told
from conflictmap.text import sentences

Dated = tuple[TimeExpression, bool]
"""An expression, and whether a place may be dated by it."""

_CUT = re.compile(
    r"(?<!\s)\s*+;\s+|(?<!\s)\s++[–—]\s+|:\s+"
    r"|,\s+(?=(?:and|but|while|whereas|although|though|then|as|so|yet|before|after|when|where)\b)"
    r"|(?<!\s)\s++(?=(?:while|whereas|although|though|but)\s)"
    r"|(?<!\s)\s++(?=(?:and|or)\s+(?:on|in|by|the\s+next|the\s+following|then|later|yesterday|today|earlier|two|three|four|five|a\s+\w+\s+later)\s)"
    r"|(?<!\s)\s++(?=(?:after|before|when|since|until|where|as)\s+(?:the\s+|its\s+|his\s+|their\s+|it\s+|they\s+|he\s+|[A-Z]?\w+\s+){1,4}?(?:had\s+|were\s+|was\s+)?\w+(?:ed|ing|took|fell|seized|lost|won|went|left|began|broke|struck|hit|fled)\b)"
)
_ASIDE = re.compile(
    r"[,(–—]\s*(?:which|who|whom|whose|where|when)\b|\(|,\s+(?=(?:itself\s+|long\s+|once\s+|also\s+|first\s+|already\s+|since\s+)?(?:\w+(?:ed|en)|taken|held|won|lost|built|home|hit|shot)\s)"
)
_SPEECH = re.compile(
    r"\b(?:said|says|told\s+[\w’'\s]{2,30}?|reported|announced|added|confirmed|stated|wrote|declared|warned|acknowledged|claimed|tweeted|(?:in|on)\s+(?:a|its|his)\s+(?:statement|report|television|interview)(?:\s+\w+)?|statement\s+(?:issued|released|published)|published|released|issued)"
    r",?\s+(?:on\s+|late\s+on\s+|early\s+on\s+|late\s+|early\s+|in\s+)?\Z"
)
_RELATIVE = re.compile(r",\s+(?:which|who|whom|whose|where|when)\b")
_TURNS = re.compile(r"\b(?:and|but|then|before)\s+(?:(?:then|on|in|by|at|early|late|later|the)\s+){0,3}\Z")
_PAST = re.compile(
    r"\b(?:\w{2,}ed|fell|took|lost|won|left|fled|struck|hit|began|broke|went|came|saw|shot|held|drove|made|kept|met|sent|set|brought|found|cut|blew|spread|withdrew|retook|overran|stood|swept|rose|burnt|died|was|were|did|gave|got|put|ran|tore|lay|led|sank|flew|threw|caught|fought|became)\b"
)
_PLUPERFECT = re.compile(
    r"\b(?:had|['’]d)\s+(?:\w+ly\s+|already\s+|long\s+|never\s+|not\s+|also\s+|once\s+|since\s+|just\s+)?(?:been|\w+ed|\w+en|\w+n|fallen|held|won|lost|left|fled|struck|hit|begun|broken|gone|come|seen|shot|driven|made|kept|met|sent|set|brought|found|cut|spread|put|run|led|become|fought)\b"
)
_TO_COME = re.compile(r"\b(?:will|may|might|could|would|should|must|can|cannot)\b")


@cache
def _words(of: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(getattr(time_words(), of), key=len, reverse=True)))})\b", flags)


@dataclass
class _Clause:
    """A clause of a sentence, or a remark set into it, and the expressions that stand in it."""

    text: str
    start: int
    end: int
    expressions: list[Dated] = field(default_factory=list)
    dating: list[TimeExpression] = field(default_factory=list)
    """Those of the expressions that may date a place."""
    telling: list[TimeExpression] = field(default_factory=list)
    """Those of them that do not tell when something was said."""

    @cached_property
    def background(self) -> bool:
        return bool(_words("background", re.I).search(self.text, self.start, self.end))

    @cached_property
    def pluperfect(self) -> bool:
        return bool(_PLUPERFECT.search(self.text, self.start, self.end))

    @cached_property
    def describes(self) -> bool:
        """Whether it describes in the present tense, or speaks of what may come, and tells nothing that happened."""
        present = _words("describing").search(self.text, self.start, self.end) or _TO_COME.search(self.text, self.start, self.end)
        if present is None:
            return False
        past = _PAST.search(self.text, self.start, self.end)
        return past is None or present.start() < past.start()

    @property
    def stands_apart(self) -> bool:
        return self.background or self.pluperfect or self.describes


def link(text: str, start: int, end: int, expressions: Sequence[Dated], spans: Sequence[tuple[int, int]]) -> list[Told | None]:
    """For each span of a passage [start, end), in text order, what dates it. A passage is a paragraph: nothing is carried beyond."""
    told: list[Told | None] = [None] * len(spans)
    carried: TimeExpression | None = None
    for s, e in sentences(text, start, end) if expressions else ():
        here = expressions[bisect_left(expressions, s, key=_begin) : bisect_left(expressions, e, key=_begin)]
        inside = range(bisect_left(spans, (s,)), bisect_left(spans, (e,)))
        if here:
            sentence = _Sentence(text, s, e, here)
            for number in inside:
                told[number] = sentence.dates(spans[number], carried)
            carried = sentence.last() or carried
        elif carried and inside and not _Clause(text, s, e).stands_apart:
            for number in inside:
                told[number] = Told(carried, "carried-on")
    return told


def _begin(one: Dated) -> int:
    return one[0].start


class _Sentence:
    """A sentence that tells a time: its main clauses, and the remarks set into them, each in text order."""

    def __init__(self, text: str, s: int, e: int, here: Sequence[Dated]) -> None:
        self.text = text
        begins = [one.start for one, _ in here]

        def free(at: int) -> bool:
            """Whether no expression holds the offset."""
            number = bisect_right(begins, at) - 1
            return number < 0 or at >= here[number][0].end

        self.asides = [_Clause(text, a, b) for a, b in _asides(text, s, e, free)]
        self._asides_begin = [clause.start for clause in self.asides]
        cuts = sorted({m.end() for m in _CUT.finditer(text, s, e) if free(m.end()) and self._aside_at(m.start()) is None})
        self.mains = [_Clause(text, a, b) for a, b in zip([s, *cuts], [*cuts, e], strict=True)]
        self._mains_begin = [s, *cuts]
        for one, dated in here:
            clause = self._around(one.start)
            clause.expressions.append((one, dated))
            if dated:
                clause.dating.append(one)
                if not _SPEECH.search(text, max(s, one.start - 60), one.start):
                    clause.telling.append(one)
        self._before: list[TimeExpression | None] = [None]  # the last told in the clauses before
        for clause in self.mains:
            self._before.append(clause.telling[-1] if clause.telling else self._before[-1])
        self._after: list[TimeExpression | None] = [None]  # the first told in the clauses from there on
        for clause in reversed(self.mains):
            # "and on Monday they drove on" turns to another day
            first = next((one for one in clause.telling if not self._turns(clause, one)), None)
            self._after.append(first or self._after[-1])
        self._after.reverse()
        self._said = next((one for clause in self.mains for one in clause.dating[:1] if not clause.telling), None)
        self._first = next((clause for clause in self.mains if clause.expressions), None)

    def dates(self, span: tuple[int, int], carried: TimeExpression | None) -> Told | None:
        """What dates a span; `carried` is what the sentence before hands on."""
        own = self._around(span[0])
        main = self._aside_at(span[0]) is None
        if main and (remark := self._remark_after(span[1])):
            return Told(remark, "aside")
        if own.telling:
            return Told(_nearest(own.telling, span, own), "same-clause")
        if own.stands_apart:
            return None
        number = bisect_left(self._mains_begin, span[0])
        if told := self._before[number] or self._after[bisect_right(self._mains_begin, span[0])]:
            return Told(told, "same-sentence")
        if self._said:
            return Told(self._said, "day-of-report")
        if carried and main and self._turns_later(own):
            return Told(carried, "carried-on")
        return None

    def last(self) -> TimeExpression | None:
        """What the sentence hands on to the next."""
        mains = [clause for clause in self.mains if clause.dating and not clause.background and not clause.pluperfect]
        told = [clause.telling[-1] for clause in mains if clause.telling] or [clause.dating[-1] for clause in mains]
        return told[-1] if told else None

    def _aside_at(self, at: int) -> _Clause | None:
        number = bisect_right(self._asides_begin, at) - 1
        return self.asides[number] if number >= 0 and at < self.asides[number].end else None

    def _around(self, at: int) -> _Clause:
        return self._aside_at(at) or self.mains[max(0, bisect_right(self._mains_begin, at) - 1)]

    def _remark_after(self, at: int) -> TimeExpression | None:
        """What dates the remark that begins right after an offset."""
        for clause in self.asides[bisect_left(self._asides_begin, at) : bisect_right(self._asides_begin, at + 2)]:
            if clause.dating:
                return clause.dating[0]
        return None

    def _turns(self, clause: _Clause, one: TimeExpression) -> bool:
        return bool(_TURNS.search(self.text, max(clause.start, one.start - 60), one.start))

    def _turns_later(self, own: _Clause) -> bool:
        """Whether a clause goes on with the tale, and only a later one turns to another day."""
        first = self._first
        return (
            not own.expressions and first is not None and first.start > own.start and self._turns(first, first.expressions[0][0])
        )


def _asides(text: str, s: int, e: int, free: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """The remarks set into a sentence: to the closing bracket, the next comma or the end."""
    point = s
    while found := _ASIDE.search(text, point, e):
        bracket = text[found.start()] == "("
        stop = text.find(")" if bracket else ",", found.end(), e)
        while stop > 0 and not bracket and not free(stop):
            stop = text.find(",", stop + 1, e)
        stop = e if stop < 0 else stop + bracket
        participle = text[found.start()] == "," and not _RELATIVE.match(found[0])
        if found.start() > s and not (participle and stop == e and not _PAST.search(text, s, found.start())):
            yield found.start(), stop
        point = max(stop, found.end())


def _nearest(usable: Sequence[TimeExpression], span: tuple[int, int], clause: _Clause) -> TimeExpression:
    """Of several in the clause: where dates stand after the names, the next; where they lead, the one before."""
    number = bisect_left(usable, span[0], key=lambda one: one.start)
    if number and (number == len(usable) or usable[0].start - clause.start < 12):
        return usable[number - 1]
    return usable[number]
