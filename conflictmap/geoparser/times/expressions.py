"""The time expressions of a passage: atoms with what changes them (early, the first week of) and what joins or bounds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from conflictmap.geoparser.times import calendars as cal
from conflictmap.geoparser.times import meanings as m
from conflictmap.geoparser.times.meanings import Found
from conflictmap.geoparser.times.words import LIGHT, ORDINALS, any_of, time_atoms
from conflictmap.model import TimeInterval

_STRETCH = r"(?:days|weeks|months|part)"
_MODIFIER = re.compile(
    rf"(?i:\b(?:(?P<early>early|(?:the\s+)?(?:very\s+)?(?:beginning|start|(?:first|early|opening)\s+{_STRETCH})\s+of)"
    r"|(?P<mid>mid(?:dle)?(?:\s+of)?|the\s+middle\s+of|(?:mid|half)way\s+through)|(?P<midlate>mid-to-late|mid-\s?to\s+late)"
    rf"|(?P<late>late|(?:the\s+)?(?:very\s+)?(?:end|close|(?:last|late|latter|final|closing)\s+{_STRETCH})\s+of|towards?\s+the\s+end\s+of)"
    r"|(?P<earlier>(?:earlier|so\s+far|later))|(?P<half>(?:the\s+)?(?P<which>first|second|latter|last)\s+half\s+of)"
    rf"|(?:the\s+)?(?P<nth>{any_of(ORDINALS)})\s+(?P<of>week|weekend|quarter|day|three\s+months|two\s+weeks|ten\s+days|six\s+months)\s+(?:of|in))"
    r"[\s-]+(?:in\s+|on\s+|of\s+)?(?:the\s+)?\Z)"
)
_ARABIC_PART = re.compile(r"(?:(?P<early>مطلع|أوائل|بداية)|(?P<mid>منتصف|أواسط)|(?P<late>أواخر|نهاية))\s+(?:شهر\s+|عام\s+)?\Z")
_LIGHT_BEFORE = re.compile(
    rf"(?i:\b(?:(?:shortly\s+|just\s+)?(?:by\s+|before\s+|after\s+)?{LIGHT}(?:\s+prayers)?\s+(?:on\s+|of\s+)?|(?:early|late|earlier|later)\s+(?:on\s+|in\s+)?|the\s+(?:early\s+|late\s+|small\s+)?(?:hours|night|morning|evening|afternoon|eve)\s+(?:of|between)\s+(?:the\s+)?|(?:the\s+)?early\s+hours\s+of\s+|by\s+nightfall\s+|overnight\s+(?:on\s+|into\s+|to\s+)?)\Z)"
)
_LIGHT_AFTER = re.compile(rf"(?i:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|at\s+{LIGHT}|{LIGHT}))\b")
_JOIN = re.compile(r"\s+(?:to|until|till|through|and|up\s+to)\s+(?:the\s+)?|\s*[-–—]\s*")
_SAID_AGAIN = re.compile(r"\s+(?:after|before)\s+|,\s+(?:which\s+was\s+|itself\s+)?a\s+")
_OPEN = re.compile(
    r"(?i:\b(?P<word>since|ever\s+since|from|between|until|till|by|before|after|through|starting\s+(?:in|on)|منذ)\s+(?:about\s+|around\s+|at\s+least\s+|the\s+|عام\s+|سنة\s+|شهر\s+)?)\Z"
)
_PRAYERS = re.compile(r"(?:['’]s)?\s+(?:noon\s+|midday\s+)?prayers?\b")
_IN = re.compile(r"\s+(?:of\s+)?(?:the\s+)?")
_WHOLES = frozenset({"this-unit", "last-unit", "next-unit", "same-unit", "from-anchor"})
_JOINABLE = frozenset({"date", "month", "year", "season", "weekday", "feast", "day-word", "last-unit", "this-unit"})


def _modified(text: str, start: int, atom: Found) -> Found:
    """An atom with the words before it that change it, and the time of day around it."""
    low = max(start, atom.start - 44)
    if atom.rule in ("date", "weekday", "day-word", "same-unit"):
        light = _LIGHT_BEFORE.search(text, low, atom.start)
        after = _LIGHT_AFTER.match(text, atom.end)
        return replace(atom, start=light.start() if light else atom.start, end=after.end() if after else atom.end)
    found = _ARABIC_PART.search(text, low, atom.start) or _MODIFIER.search(text, low, atom.start)
    if found is None:
        return atom
    told = {name: " ".join(words.lower().split()) for name, words in found.groupdict().items() if words}
    if "earlier" in told:
        changes = told["earlier"] != "later" and atom.rule in ("this-unit", "month", "year", "season", "same-unit")
        return replace(atom, start=found.start()) if changes else atom
    if "half" in told:
        return _changed(atom, found.start(), lambda whole: cal.half_of(whole, told["which"] != "first"))
    if "nth" in told:
        return _nth_of(atom, found.start(), ORDINALS[told["nth"]], told["of"])
    if "midlate" in told:
        return _changed(atom, found.start(), _mid_to_late)
    (part,) = told
    return _changed(atom, found.start(), lambda whole: cal.part_of(whole, part))


def _mid_to_late(whole: TimeInterval) -> TimeInterval | None:
    mid, late = cal.part_of(whole, "mid"), cal.part_of(whole, "late")
    return cal.span(mid.start, late.end, "within", late.precision) if mid and late else None


def _nth_of(atom: Found, begin: int, number: int, of: str) -> Found:
    """The nth week of a month, the nth quarter of a year; the first or last so many days or months."""

    def change(whole: TimeInterval) -> TimeInterval | None:
        if of == "week":
            return cal.week_in(whole, number)
        if of == "weekend":
            days = [whole.start + timedelta(days=n) for n in range((whole.end - whole.start).days + 1)]
            saturdays = [day for day in days if day.weekday() == 5]
            return cal.weekend_of(saturdays[number - (number > 0)]) if number <= len(saturdays) else None
        if of == "day":
            day = whole.end if number == -1 else whole.start + timedelta(days=number - 1)
            return cal.span(day, day)
        if of == "quarter":
            return cal.quarter_of(whole, number)
        if abs(number) != 1:
            return None
        if of.endswith("months"):
            months = 3 if of == "three months" else 6
            return cal.months_of(whole.start.year, *((1, months) if number == 1 else (13 - months, 12)))
        days_on = timedelta(days=13 if of == "two weeks" else 9)
        first, last = (whole.start, whole.start + days_on) if number == 1 else (whole.end - days_on, whole.end)
        return cal.span(first, last, "within", "part-of-month")

    return _changed(atom, begin, change)


def _changed(atom: Found, begin: int, change: Callable[[TimeInterval], TimeInterval | None]) -> Found:
    needs = atom.needs_year
    return replace(
        atom,
        start=begin,
        meaning=m.then(atom.meaning, change),
        needs_year=(lambda year: m.then(needs(year), change)) if needs else None,
    )


def find(text: str, start: int, end: int) -> list[Found]:
    """The time expressions of a passage [start, end), in text order; what stands around it does not matter."""
    passage = text[start:end]
    for odd, plain in _CASED_ALIKE.items():
        passage = passage.replace(odd, plain)
    return [replace(one, start=start + one.start, end=start + one.end) for one in _of_passage(passage)]


_CASED_ALIKE = {"İ": "I", "ı": "i", "ſ": "s", "\u212a": "K"}
"""Letters that a pattern which minds no case takes for the plain ones, where a list of words does not."""


def _of_passage(text: str) -> list[Found]:
    found: list[Found] = []
    for atom in time_atoms(text):
        one = _modified(text, found[-1].end if found else 0, atom)
        if found and (joined := _joined(text, found[-1], one)):
            found[-1] = joined
        elif not (
            found and one.rule == "weekday" and found[-1].rule == "date" and _SAID_AGAIN.fullmatch(text, found[-1].end, one.start)
        ):
            found.append(one)  # but for "18 March 2011 after Friday prayers", "18 March, a Friday": the date says it
    return [_opened(text, one) for one in found]


def _joined(text: str, first: Found, last: Found) -> Found | None:
    """Two expressions as one, where "from … to", "between … and" or a dash joins them, or the second says in which year or week."""
    if _IN.fullmatch(text, first.end, last.start) and last.rule in _WHOLES:
        unit = text[max(last.start, last.end - 4) : last.end].lower()
        if (unit == "year" and first.needs_year) or (unit == "week" and first.rule == "weekday"):
            return replace(last, start=first.start, rule=first.rule, meaning=m.within(first, last.meaning), dated=first.dated)
    joint = _JOIN.fullmatch(text, first.end, last.start)
    if joint is None or first.rule not in _JOINABLE or last.rule not in _JOINABLE:
        return None
    opening = _OPEN.search(text, max(0, first.start - 30), first.start)
    word = opening["word"].lower() if opening else ""
    how = (joint[0].split() or [""])[0]
    if word == "between":
        joins = how == "and" or not how.isalpha()
    elif word == "from":
        joins = how != "and"
    else:
        joins = first.rule == last.rule and (not how.isalpha() or (how in ("to", "through", "until") and last.rule != "weekday"))
    if not joins:
        return None
    begin = opening.start() if opening and word in ("between", "from") else first.start
    return Found(begin, last.end, "range", m.range_of(first, last), last.absolute, last.year)


def _opened(text: str, one: Found) -> Found:
    """What "since", "by" or "until" before an expression makes of it."""
    opening = _OPEN.search(text, max(0, one.start - 34), one.start)
    if opening is None or one.rule == "range":
        return one
    word = " ".join(opening["word"].lower().split())
    begin = opening.start()
    if word in ("since", "ever since", "منذ", "starting in", "starting on"):
        return Found(begin, one.end, "since", m.since(one.meaning), one.absolute, one.year)
    if word in ("until", "till", "by", "through"):
        return replace(one, start=begin)
    if word in ("before", "after"):
        return replace(one, start=begin, dated=one.rule == "weekday" and bool(_PRAYERS.match(text, one.end)))
    return one
