"""Which stretches of a text a source says, once it is known who speaks and where: what ends such a clause, and what cuts it.

`low` and `high` are the bounds of the sentence, or of the quotation or the brackets in it, that a source stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from conflictmap.geoparser.attribution.phrases import Phrase, Phrases
from conflictmap.geoparser.attribution.quotations import OPENING_QUOTES, Quotations, past_blanks
from conflictmap.geoparser.attribution.words import KINDS, NOUNS, WORD, WORDS
from conflictmap.geoparser.lexicon import any_of

_FAR = 700
"""How far a turn of the sentence or a comma is looked for, in code points."""
_NEAR_BEGINNING = 40
"""How near the beginning of a sentence its subordinate clause stands: "After the army said so, …"."""
_LONGEST_SETTING = 80
"""How long a text may be that only sets the scene: "On Sunday, activists said", …"""
_MOST_SETTING_WORDS, _MOST_TIME_WORDS = 8, 3
"""… and of how many words, with a preposition in front or a time at the end."""
_MOST_APPOSITIONS = 3

_TURN = re.compile(
    rf"[,;—–]\s*+(?:{any_of(WORDS.turns)})\s++(?!(?:{any_of(WORDS.no_turn_before)})\b|[a-z]{{1,20}}ing\b)(?P<next>\S)"
)
_JOINT = re.compile(rf"[,;]\s++(?:{any_of(WORDS.turns | {'and'})})\s|;\s")


@dataclass(slots=True)
class Stretch:
    """What a source says, text[start:end]; the source's own words are text[source:source_end]. A later clause may cut its end."""

    start: int
    end: int
    source: int
    source_end: int


class Clauses:
    """The clauses of a text as they are found, sentence by sentence; a later one may cut an earlier one of its sentence."""

    __slots__ = (
        *("_found", "_high", "_latest_ahead", "_of_latest", "_speakers"),
        *("latest", "phrases", "quotations", "resume", "text"),
    )

    def __init__(self, quotations: Quotations, phrases: Phrases) -> None:
        self.text = phrases.text
        self.quotations = quotations
        self.phrases = phrases
        self.latest: Phrase | None = None
        """The latest source of the sentence."""
        self.resume = 0
        """Where the text goes on after the latest attribution."""
        self._high = 0
        self._found: list[Stretch] = []
        self._of_latest: list[Stretch] = []
        self._latest_ahead = False
        self._speakers: list[tuple[Phrase, int]] = []
        """Who speaks in quotations that the next sentence may continue, and from where on."""

    def begin_sentence(self, low: int, high: int) -> None:
        self._high = high
        self.latest = None
        self._of_latest = []
        self.resume = low

    def said(self) -> list[Stretch]:
        """All that was found, once every sentence has been read."""
        if self._speakers:
            self._continue_quotations()
        return [found for found in self._found if found.start < found.end]

    def said_by_latest(self, phrase: Phrase, offset: int) -> bool:
        """Whether the sentence's latest source is this phrase, and an offset lies in what it says."""
        return any(found.source == phrase.start and found.start < offset <= found.end for found in self._of_latest)

    def hand_on(self, phrase: Phrase, stop: int) -> bool:
        """Attribute what the latest source says, up to an offset, to another one too; return whether there was any."""
        for found in self._of_latest:
            self.add(phrase, found.start, min(found.end, stop))
        return bool(self._of_latest)

    def behind(self, phrase: Phrase, low: int, stop: int, resume: int | None, high: int) -> None:
        """Attribute what stands before the phrase, [low, stop), or the quotation that ends there, and what follows at `resume`."""
        if phrase.lead == "as":
            stop = self._joint_before(phrase, low)
        begin = low
        opened = self.quotations.ending_at(stop)
        if opened is not None and opened < low:
            begin = opened
        elif self.latest:
            joints = _JOINT.finditer(self.text, max(self.resume, stop - _FAR), stop)
            joint = next((j for j in reversed(list(joints)) if not self.quotations.around(j.start())), None)
            if joint:
                begin = joint.end()
                self._cut(joint.start())
            elif not self._latest_ahead:
                begin = self.resume
        found = [self.add(phrase, begin, stop)]
        after = max(phrase.end, stop)
        quoted = opened is not None
        if resume is not None:
            found.append(self.add(phrase, resume, self.quotations.end_of_any_at(resume, high)))
            after = resume
            quoted = quoted or self.text.startswith(OPENING_QUOTES, resume)
        self._note(phrase, found, after, quoted)
        self._latest_ahead = False

    def ahead(self, phrase: Phrase, start: int, high: int, low: int) -> None:
        """Attribute what follows from `start`: to the end of the sentence, of the quotation, or to where the sentence turns."""
        if phrase.lead in WORDS.conjunctions or phrase.lead == ";":
            self._cut(self._joint_before(phrase, low))
        end = self.quotations.end_of_any_at(start, high)
        quoted = end > high or (bool(self.quotations.spans) and self._begins_quotation(start, high, low))
        self._note(phrase, [self.add(phrase, start, min(end, self._turn(phrase, start, high, low)))], start, quoted)
        self._latest_ahead = True

    def add(self, phrase: Phrase, start: int, end: int) -> Stretch | None:
        """Attribute a stretch, without the blanks and commas at its ends; None if nothing is left of it."""
        text = self.text
        while start < end and (text[start].isspace() or text[start] in ",;:—–"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;—–"):
            end -= 1
        if start >= end:
            return None
        found = Stretch(start, end, phrase.start, phrase.end)
        self._found.append(found)
        return found

    def introduces(self, low: int, at: int) -> bool:
        """Whether what stands before an offset only sets the scene: "On Sunday, activists said in a statement …"."""
        before = self.text[low:at].split() if at - low <= _LONGEST_SETTING else ["…"]
        if not before:
            return True
        preposition = before[0].lower().rstrip(",") in WORDS.preposition_first
        return (preposition and len(before) <= _MOST_SETTING_WORDS and "," not in " ".join(before)[:-1]) or (
            len(before) <= _MOST_TIME_WORDS and before[-1].rstrip(",").lower() in WORDS.times
        )

    # --- where a clause ends --------------------------------------------------------------------------------

    def _begins_quotation(self, start: int, high: int, low: int) -> bool:
        """Whether what follows from an offset is a quotation in a sentence that is not one itself."""
        around = self.quotations.around
        return (
            start < high
            and self.text[start : start + 2].strip().startswith(OPENING_QUOTES)
            and around(start + 2) is not None
            and around(low) is None
        )

    def _turn(self, phrase: Phrase, start: int, high: int, low: int) -> int:
        """Where the text stops citing the phrase: at a comma after "activists who say", at ", but"; else at `high` and beyond."""
        text, around = self.text, self.quotations.around
        far = min(high, start + _FAR)
        if phrase.lead in WORDS.relatives or (
            phrase.lead in WORDS.subordinators and phrase.start - low < _NEAR_BEGINNING and "," not in text[low : phrase.start]
        ):
            comma = text.find(",", start, far)
            while comma >= 0 and around(comma):
                comma = text.find(",", comma + 1, far)
            return comma if comma >= 0 else len(text)
        for turn in _TURN.finditer(text, start, far):
            # "while 12 others" goes on counting
            if around(turn.start()) in (None, around(start)) and not (turn["next"].isdigit() and "while" in turn.group()):
                return turn.start()
        return len(text)

    # --- where it goes on after the source ------------------------------------------------------------------

    def spoken(self, point: int, high: int) -> int | None:
        """Where what is said goes on after "SOURCE said,"; None where that only describes how it was said."""
        word = WORD.match(self.text, point, high)
        return None if word and word[1].lower() in WORDS.about_speaking else point

    def resumption(self, phrase: Phrase, high: int, front: bool = False) -> int | None:
        """Where what is said goes on after "according to SOURCE" or "said SOURCE"; an apposition is stepped over.

        `front`: the phrase stands at the beginning of its sentence, so that it needs no comma.
        """
        text = self.text
        point = phrase.end
        for _ in range(_MOST_APPOSITIONS):
            at = past_blanks(text, point, high)
            if at >= high:
                return None
            if text[at] == "(":
                point = text.find(")", at, min(high, at + 120)) + 1
                if not point:
                    return None
                continue
            if text[at] in OPENING_QUOTES:
                return at
            if text[at] not in ",—–":
                return point if front and text[at] not in ".;:!?)" else None
            begin = past_blanks(text, at + 1, high)
            if not self._describes(phrase, begin, high):
                return begin
            point = text.find(",", begin, min(high, begin + 200))
            if point < 0:
                return None
        return None

    def _describes(self, phrase: Phrase, begin: int, high: int) -> bool:
        """Whether what follows the comma describes the speaker, rather than being said."""
        found = WORD.match(self.text, begin, high)
        if found is None:
            return False
        first = found[1].lower()
        if first in WORDS.about_speaking or (first.isdigit() and self.text.startswith(",", found.end())):
            return True
        if phrase.kind == "pronoun" or KINDS.get(first) not in ("determiner", "singular"):
            return False
        inner = self.phrases.at(begin, high)
        if inner is None or inner.kind not in NOUNS:
            return False
        after = WORD.match(self.text, inner.end, high)
        return (
            inner.end >= high
            or self.text[inner.end] in ',."”'
            or (after is not None and after[1].lower() in WORDS.after_apposition)
        )

    # --- the clauses so far ---------------------------------------------------------------------------------

    def _joint_before(self, phrase: Phrase, low: int) -> int:
        """Where the conjunction before a phrase begins, with the comma before it."""
        at = self.text.rfind(phrase.lead, max(low, phrase.start - 20), phrase.start) if phrase.lead != ";" else phrase.start
        while at > low and (self.text[at - 1].isspace() or self.text[at - 1] in ",;"):
            at -= 1
        return at

    def _cut(self, at: int) -> None:
        for found in self._of_latest:
            if found.start < at < found.end:
                found.end = at

    def _note(self, phrase: Phrase, found: list[Stretch | None], resume: int, quoted: bool) -> None:
        self.latest = phrase
        self._of_latest = [one for one in found if one]
        self.resume = resume
        if quoted:
            self._speakers.append((phrase, max([self._high, *(one.end for one in self._of_latest)])))

    def _continue_quotations(self) -> None:
        """A quotation that goes right on after "…," he said. is the same speaker's, if it has no attribution of its own."""
        begun = {found.start for found in self._found}
        quoted = dict(self.quotations.spans)
        for phrase, at in self._speakers:
            while True:
                at = past_blanks(self.text, at, len(self.text))
                if at not in quoted or at in begun:
                    break
                begun.add(at)
                self._found.append(Stretch(at, quoted[at], phrase.start, phrase.end))
                at = quoted[at]
