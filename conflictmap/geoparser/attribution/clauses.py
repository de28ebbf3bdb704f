"""Which stretches of a text are said by whom, once it is known who speaks and where: what a clause ends with, and what cuts it."""

from __future__ import annotations

import re

from conflictmap.geoparser.attribution.phrases import RELATIVES, SUBORDINATORS, WORD, Phrase, SourcePhrases
from conflictmap.geoparser.attribution.quotations import OPENING_QUOTES, Quotations, past_blanks
from conflictmap.geoparser.lexicon import word_lists

_FAR = 700  # how far a turn of the sentence or a comma is looked for
_CONJUNCTIONS = frozenset({"and", "but", "while", "whereas", "although", "though", "yet", "or", ";"})

_TURN = re.compile(
    r"[,;—–]\s*+(?:but|whereas|although|though|while)\s++(?!that\b|also\b|not\b|at\b|in\b|on\b|for\b|only\b|[a-z]{1,20}ing\b)(?P<next>\S)"
)
_JOINT = re.compile(r"[,;]\s++(?:but|whereas|although|though|while|and)\s|;\s")


class Clauses:
    """The clauses of a text as they are found, sentence by sentence; a later one may cut an earlier one of its sentence."""

    __slots__ = (
        *("_end", "_found", "_latest_ahead", "_of_latest", "_speakers", "_turns"),
        *("latest", "phrases", "quotations", "resume", "text"),
    )

    def __init__(self, text: str, quotations: Quotations, phrases: SourcePhrases) -> None:
        self.text = text
        self.quotations = quotations
        self.phrases = phrases
        self.latest: Phrase | None = None  # the latest source of the sentence
        self.resume = 0  # where the text goes on after the latest attribution
        self._turns = "but" in text or "while" in text or "though" in text or "whereas" in text
        self._end = 0
        self._found: list[list[int]] = []  # a clause's start and end, its source's start and end
        self._of_latest: list[list[int]] = []
        self._latest_ahead = False
        self._speakers: list[tuple[Phrase, int]] = []  # of quotations that the next sentence may continue

    def begin_sentence(self, start: int, end: int) -> None:
        self._end = end
        self.latest = None
        self._of_latest = []
        self.resume = start

    def said(self) -> list[list[int]]:
        """All that was found, once every sentence has been read: each clause's start and end, its source's start and end."""
        if self._speakers:
            self._continue_quotations()
        return [found for found in self._found if found[0] < found[1]]

    def said_by_latest(self, phrase: Phrase, offset: int) -> bool:
        """Whether offset lies in what the sentence's latest source says, and that is this phrase."""
        return any(found[2] == phrase.start and found[0] < offset <= found[1] for found in self._of_latest)

    def hand_on(self, phrase: Phrase, a: int) -> bool:
        """Attribute what the latest source says, up to an offset, to another; whether there was any."""
        for found in self._of_latest:
            self.add(phrase, found[0], min(found[1], a))
        return bool(self._of_latest)

    def behind(self, phrase: Phrase, s: int, content_end: int, resume: int | None, e: int) -> None:
        """Attribute what stands before the phrase, from the sentence's (or the quotation's) beginning, and what follows at resume."""
        if phrase.lead == "as":
            content_end = self._joint_before(phrase, s)
        begin = s
        opened = self.quotations.ending_at(content_end)
        if opened is not None and opened < s:
            begin = opened
        elif self.latest:
            joints = _JOINT.finditer(self.text, max(self.resume, content_end - _FAR), content_end)
            joint = next((j for j in reversed(list(joints)) if not self.quotations.around(j.start())), None)
            if joint:
                begin = joint.end()
                self._cut(joint.start())
            elif not self._latest_ahead:
                begin = self.resume
        found = [self.add(phrase, begin, content_end)]
        after = max(phrase.end, content_end)
        if resume is not None:
            found.append(self.add(phrase, resume, self.quotations.end_of_any_at(resume, e)))
            after = resume
        self._note(
            phrase, found, after, opened is not None or (resume is not None and self.text.startswith(OPENING_QUOTES, resume))
        )
        self._latest_ahead = False

    def ahead(self, phrase: Phrase, start: int, e: int, s: int) -> None:
        """Attribute what follows, to the end of the sentence, of the quotation, or to where the sentence turns."""
        text = self.text
        around = self.quotations.around
        if phrase.lead in _CONJUNCTIONS:
            self._cut(self._joint_before(phrase, s))
        end = self.quotations.end_of_any_at(start, e)
        quoted = end > e or (
            bool(self.quotations.spans)
            and start < e
            and text[start : start + 2].strip().startswith(OPENING_QUOTES)
            and around(start + 2) is not None
            and around(s) is None
        )
        if phrase.lead in RELATIVES or (
            phrase.lead in SUBORDINATORS and phrase.start - s < 40 and "," not in text[s : phrase.start]
        ):
            far = min(e, start + _FAR)
            comma = text.find(",", start, far)
            while comma >= 0 and around(comma):
                comma = text.find(",", comma + 1, far)
            if comma >= 0:
                end = min(end, comma)
        elif self._turns:
            for turn in _TURN.finditer(text, start, min(e, start + _FAR)):
                if around(turn.start()) in (None, around(start)) and not (turn["next"].isdigit() and "while" in turn.group()):
                    end = min(end, turn.start())
                    break
        self._note(phrase, [self.add(phrase, start, end)], start, quoted)
        self._latest_ahead = True

    def add(self, phrase: Phrase, start: int, end: int) -> list[int] | None:
        """Attribute a stretch, blanks and commas at its ends aside."""
        text = self.text
        while start < end and (text[start].isspace() or text[start] in ",;:—–"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;—–"):
            end -= 1
        if start >= end:
            return None
        found = [start, end, phrase.start, phrase.end]
        self._found.append(found)
        return found

    def introduces(self, s: int, at: int) -> bool:
        """Whether what stands before only sets the scene: "On Sunday, activists said in a statement …"."""
        before = self.text[s:at].split() if at - s <= 80 else ["…"]
        if not before:
            return True
        words = word_lists("attribution")
        preposition = before[0].lower().rstrip(",") in words["preposition_first"]
        return (preposition and len(before) < 9 and "," not in " ".join(before)[:-1]) or (
            len(before) < 4 and before[-1].rstrip(",").lower() in words["times"]
        )

    # --- where it goes on after the source ------------------------------------------------------------------

    def spoken(self, point: int, e: int) -> int | None:
        """Where what is said goes on after "SOURCE said,"; None where that only tells how it was said."""
        word = WORD.match(self.text, point, e)
        return None if word and word[1].lower() in word_lists("attribution")["about_speaking"] else point

    def resumption(self, phrase: Phrase, e: int, front: bool = False) -> int | None:
        """Where what is said goes on after "according to SOURCE" or "said SOURCE"; an apposition is stepped over."""
        text = self.text
        point = phrase.end
        for _ in range(3):
            at = past_blanks(text, point, e)
            if at >= e:
                return None
            if text[at] == "(":
                point = text.find(")", at, min(e, at + 120)) + 1
                if not point:
                    return None
                continue
            if text[at] in OPENING_QUOTES:
                return at
            if text[at] not in ",—–":
                return point if front and text[at] not in ".;:!?)" else None
            begin = past_blanks(text, at + 1, e)
            if not self._describes(phrase, begin, e):
                return begin
            point = text.find(",", begin, min(e, begin + 200))
            if point < 0:
                return None
        return None

    def _describes(self, phrase: Phrase, begin: int, e: int) -> bool:
        """Whether what follows the comma tells of the speaker, and is not what is said."""
        found = WORD.match(self.text, begin, e)
        if found is None:
            return False
        first = found[1].lower()
        if first in word_lists("attribution")["about_speaking"] or (first.isdigit() and self.text.startswith(",", found.end())):
            return True
        if phrase.kind == "r" or self.phrases.kinds.get(first) not in ("d", "H"):
            return False
        inner = self.phrases.at(begin, e)
        if inner is None or inner.kind not in "HP":
            return False
        after = WORD.match(self.text, inner.end, e)
        return (
            inner.end >= e
            or self.text[inner.end] in ',."”'
            or (after is not None and after[1].lower() in word_lists("attribution")["after_apposition"])
        )

    # --- the clauses so far ---------------------------------------------------------------------------------

    def _joint_before(self, phrase: Phrase, s: int) -> int:
        at = self.text.rfind(phrase.lead, max(s, phrase.start - 20), phrase.start) if phrase.lead != ";" else phrase.start
        while at > s and (self.text[at - 1].isspace() or self.text[at - 1] in ",;"):
            at -= 1
        return at

    def _cut(self, at: int) -> None:
        for found in self._of_latest:
            if found[0] < at < found[1]:
                found[1] = at

    def _note(self, phrase: Phrase, found: list[list[int] | None], resume: int, quoted: bool) -> None:
        self.latest = phrase
        self._of_latest = [one for one in found if one]
        self.resume = resume
        if quoted:
            self._speakers.append((phrase, max([self._end, *(one[1] for one in self._of_latest)])))

    def _continue_quotations(self) -> None:
        """A quotation that goes right on after "…," he said. is the same speaker's, if it has no attribution of its own."""
        begun = {found[0] for found in self._found}
        quoted = dict(self.quotations.spans)
        for phrase, at in self._speakers:
            while True:
                while at < len(self.text) and self.text[at].isspace():
                    at += 1
                if at not in quoted or at in begun:
                    break
                begun.add(at)
                self._found.append([at, quoted[at], phrase.start, phrase.end])
                at = quoted[at]
