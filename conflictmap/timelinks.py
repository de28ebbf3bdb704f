"""Which time expression dates what a passage tells of a place: the same clause's, the same sentence's, or one carried on.

Background ("previously …", "had been", a description in the present tense, a remark set between commas) neither takes the
paragraph's date nor gives it one; what no rule links stays undated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from conflictmap.lexicon import word_lists
from conflictmap.model import TimeExpression, Told
from conflictmap.text import sentences

LINKS: dict[str, str] = {
    "same-clause": "the expression stands in the same clause",
    "aside": "the expression stands in the remark that follows the name",
    "same-sentence": "the expression stands in another clause of the sentence",
    "day-of-report": "the sentence tells only when it was said",
    "carried-on": "told in a sentence before, of the same paragraph, while the tale goes on",
}
"""The rules that link an expression to a place, the surest first: the closed vocabulary of Told.link."""

Dated = tuple[TimeExpression, bool]
"""An expression, and whether a place may be dated by it."""

_CUT = re.compile(
    r"\s*;\s+|\s+[–—]\s+|:\s+"
    r"|,\s+(?=(?:and|but|while|whereas|although|though|then|as|so|yet|before|after|when|where)\b)"
    r"|\s+(?=(?:while|whereas|although|though|but)\s)"
    r"|\s+(?=(?:and|or)\s+(?:on|in|by|the\s+next|the\s+following|then|later|yesterday|today|earlier|two|three|four|five|a\s+\w+\s+later)\s)"
    r"|\s+(?=(?:after|before|when|since|until|where|as)\s+(?:the\s+|its\s+|his\s+|their\s+|it\s+|they\s+|he\s+|[A-Z]?\w+\s+){1,4}?(?:had\s+|were\s+|was\s+)?\w+(?:ed|ing|took|fell|seized|lost|won|went|left|began|broke|struck|hit|fled)\b)"
)
_ASIDE = re.compile(
    r"[,(–—]\s*(?:which|who|whom|whose|where|when)\b|\(|,\s+(?=(?:itself\s+|long\s+|once\s+|also\s+|first\s+|already\s+|since\s+)?(?:\w+(?:ed|en)|taken|held|won|lost|built|home|hit|shot)\s)"
)
_SPEECH = re.compile(
    r"\b(?:said|says|told\s+[\w’'\s]{2,30}?|reported|announced|added|confirmed|stated|wrote|declared|warned|acknowledged|claimed|tweeted|(?:in|on)\s+(?:a|its|his)\s+(?:statement|report|television|interview)(?:\s+\w+)?|statement\s+(?:issued|released|published)|published|released|issued)"
    r",?\s+(?:on\s+|late\s+on\s+|early\s+on\s+|late\s+|early\s+|in\s+)?\Z"
)
_SPEECH_AFTER = re.compile(
    r"['’]?s?,?\s+(?:said|reported|announced|that)\b|\s+(?:statement|report|announcement|interview|briefing|press\s+conference)\b"
)
_TURNS = re.compile(r"\b(?:and|but|then|before)\s+(?:(?:then|on|in|by|at|early|late|later|the)\s+){0,3}\Z")
_PAST = re.compile(
    r"\b(?:\w{2,}ed|fell|took|lost|won|left|fled|struck|hit|began|broke|went|came|saw|shot|held|drove|made|kept|met|sent|set|brought|found|cut|blew|spread|withdrew|retook|overran|stood|swept|rose|burnt|died|was|were|did|gave|got|put|ran|tore|lay|led|sank|flew|threw|caught|fought|became)\b"
)
_PLUPERFECT = re.compile(
    r"\b(?:had|['’]d)\s+(?:\w+ly\s+|already\s+|long\s+|never\s+|not\s+|also\s+|once\s+|since\s+|just\s+)?(?:been|\w+ed|\w+en|\w+n|fallen|held|won|lost|left|fled|struck|hit|begun|broken|gone|come|seen|shot|driven|made|kept|met|sent|set|brought|found|cut|spread|put|run|led|become|fought)\b"
)
_TO_COME = re.compile(r"\b(?:will|may|might|could|would|should|must|can|cannot)\b")


@dataclass
class _Clause:
    start: int
    end: int
    aside: bool
    expressions: list[Dated] = field(default_factory=list)


@cache
def _background() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(map(re.escape, sorted(word_lists("temporal")["background"], key=len, reverse=True))) + r")\b", re.I
    )


@cache
def _describing() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(map(re.escape, sorted(word_lists("temporal")["describing"], key=len, reverse=True))) + r")\b"
    )


def link(text: str, start: int, end: int, expressions: Sequence[Dated], spans: Sequence[tuple[int, int]]) -> list[Told | None]:
    """For each span of a passage [start, end), in text order, what dates it. A passage is a paragraph: nothing is carried beyond."""
    told: list[Told | None] = [None] * len(spans)
    if not expressions:
        return told
    carried: TimeExpression | None = None
    following = 0
    for s, e in sentences(text, start, end):
        here = [one for one in expressions if s <= one[0].start < e]
        inside = []
        while following < len(spans) and spans[following][0] < e:
            if spans[following][0] >= s:
                inside.append(following)
            following += 1
        if not here:
            if carried and inside and not _stands_apart(text, s, e):
                for number in inside:
                    told[number] = Told(carried, "carried-on")
            continue
        clauses = _clauses(text, s, e, here)
        reports = {one[0] for one in here if _is_report(text, s, one[0])}
        for number in inside:
            told[number] = _of_sentence(text, clauses, spans[number], reports)
            if told[number] is None and carried and _turns_later(text, clauses, spans[number]):
                told[number] = Told(carried, "carried-on")
        carried = _carried(text, s, e, clauses, reports) or carried
    return told


def _clauses(text: str, s: int, e: int, here: Sequence[Dated]) -> list[_Clause]:
    """The clauses of a sentence, and the remarks set into them."""
    taken = [(one.start, one.end) for one, _ in here]

    def free(at: int) -> bool:
        return not any(a <= at < b for a, b in taken)

    asides: list[tuple[int, int]] = []
    point = s
    while found := _ASIDE.search(text, point, e):
        opened = text[found.start()]
        stop = text.find(")" if opened == "(" else ",", found.end(), e)
        while stop > 0 and opened != "(" and not free(stop):
            stop = text.find(",", stop + 1, e)
        stop = e if stop < 0 else stop + (1 if opened == "(" else 0)
        participle = opened == "," and not re.match(r",\s+(?:which|who|whom|whose|where|when)\b", found[0])
        if found.start() > s and not (participle and stop == e and not _PAST.search(text, s, found.start())):
            asides.append((found.start(), stop))
        point = max(stop, found.end())
    cuts = sorted(
        {m.end() for m in _CUT.finditer(text, s, e) if free(m.end()) and not any(a <= m.start() < b for a, b in asides)}
    )
    clauses: list[_Clause] = []
    for a, b in zip([s, *cuts], [*cuts, e], strict=True):
        clauses.append(_Clause(a, b, False))
    clauses += [_Clause(a, b, True) for a, b in asides]
    for one in here:
        clause = _around(clauses, one[0].start)
        clause.expressions.append(one)
    return clauses


def _around(clauses: Sequence[_Clause], at: int) -> _Clause:
    for clause in clauses:
        if clause.aside and clause.start <= at < clause.end:
            return clause
    mains = [clause for clause in clauses if not clause.aside]
    return mains[max(0, bisect_right([clause.start for clause in mains], at) - 1)]


def _is_report(text: str, s: int, one: TimeExpression) -> bool:
    """Whether the expression tells when something was said."""
    return bool(_SPEECH.search(text, max(s, one.start - 60), one.start))


def _of_sentence(text: str, clauses: Sequence[_Clause], span: tuple[int, int], reports: set[TimeExpression]) -> Told | None:
    own = _around(clauses, span[0])
    usable = [one for one, dated in own.expressions if dated and one not in reports]
    if usable:
        return Told(_nearest(usable, span, own), "same-clause")
    if not own.aside:
        for clause in clauses:
            if clause.aside and clause.expressions and 0 <= clause.start - span[1] <= 2:
                dates = [one for one, dated in clause.expressions if dated]
                if dates:
                    return Told(dates[0], "aside")
    if not _background().search(text, own.start, own.end) and not _describes(text, own.start, own.end):
        mains = [clause for clause in clauses if not clause.aside and clause is not own]
        before = [
            one for clause in mains if clause.start < span[0] for one, dated in clause.expressions if dated and one not in reports
        ]
        after = [
            one
            for clause in mains
            if clause.start > span[0]
            for one, dated in clause.expressions
            # "and on Monday they drove on" turns to another day
            if dated and one not in reports and not _TURNS.search(text, clause.start, one.start)
        ]
        pluperfect = _PLUPERFECT.search(text, own.start, own.end)
        if before and not pluperfect:
            return Told(before[-1], "same-sentence")
        if after and not pluperfect:
            return Told(after[0], "same-sentence")
        said = [one for clause in clauses if not clause.aside for one, dated in clause.expressions if dated and one in reports]
        if said and not pluperfect:
            return Told(said[0], "day-of-report")
    return None


def _turns_later(text: str, clauses: Sequence[_Clause], span: tuple[int, int]) -> bool:
    """Whether the span's clause goes on with the tale, and only a later one turns to another day."""
    own = _around(clauses, span[0])
    first = next((clause for clause in clauses if clause.expressions and not clause.aside), None)
    return (
        not own.aside
        and not own.expressions
        and first is not None
        and first.start > own.start
        and bool(_TURNS.search(text, first.start, first.expressions[0][0].start))
        and not _stands_apart(text, own.start, own.end)
    )


def _nearest(usable: Sequence[TimeExpression], span: tuple[int, int], clause: _Clause) -> TimeExpression:
    """Of several in the clause: where dates stand after the names, the next; where they lead, the one before."""
    if len(usable) == 1:
        return usable[0]
    before = [one for one in usable if one.start < span[0]]
    after = [one for one in usable if one.start > span[0]]
    if before and (not after or before[0].start - clause.start < 12):
        return before[-1]
    return after[0] if after else before[-1]


def _describes(text: str, start: int, end: int) -> bool:
    """Whether a stretch describes in the present tense, or speaks of what may come, and tells nothing that happened."""
    present = _describing().search(text, start, end) or _TO_COME.search(text, start, end)
    if present is None:
        return False
    past = _PAST.search(text, start, end)
    return past is None or present.start() < past.start()


def _stands_apart(text: str, s: int, e: int) -> bool:
    return bool(_background().search(text, s, e) or _PLUPERFECT.search(text, s, e)) or _describes(text, s, e)


def _carried(text: str, s: int, e: int, clauses: Sequence[_Clause], reports: set[TimeExpression]) -> TimeExpression | None:
    """What a sentence hands on to the next."""
    mains = [clause for clause in clauses if not clause.aside and not _background().search(text, clause.start, clause.end)]
    mains = [clause for clause in mains if not _PLUPERFECT.search(text, clause.start, clause.end)]
    dates = [one for clause in mains for one, dated in clause.expressions if dated]
    told = [one for one in dates if one not in reports]
    found = told or dates
    return found[-1] if found else None
