"""The time expressions of a passage: atoms with what changes them (early, the first week of) and what joins or bounds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from conflictmap import calendars as cal
from conflictmap import timemeanings as m
from conflictmap.model import TimeInterval
from conflictmap.timemeanings import Found
from conflictmap.timewords import LIGHT, ORDINALS, any_of, atoms

_MODIFIER = re.compile(
    r"(?i:\b(?:(?P<early>early|(?:the\s+)?(?:very\s+)?(?:beginning|start|first\s+days)\s+of|at\s+the\s+start\s+of)"
    r"|(?P<mid>mid(?:dle)?(?:\s+of)?|the\s+middle\s+of)|(?P<midlate>mid-to-late|mid-\s?to\s+late)|(?P<late>late|(?:the\s+)?(?:very\s+)?(?:end|close|last\s+days|final\s+days)\s+of|towards?\s+the\s+end\s+of)"
    r"|(?P<earlier>(?:earlier|so\s+far|later))|(?P<half>(?:the\s+)?(?P<which>first|second|latter|last)\s+half\s+of)"
    rf"|(?:the\s+)?(?P<nth>{any_of(ORDINALS)})\s+(?P<of>week|weekend|quarter|day|three\s+months|two\s+weeks|ten\s+days|six\s+months)\s+(?:of|in)|(?P<turn>the\s+turn\s+of))"
    r"[\s-]+(?:in\s+|on\s+|of\s+)?(?:the\s+)?\Z)"
)
_ARABIC_PART = re.compile(r"(?:(?P<early>مطلع|أوائل|بداية)|(?P<mid>منتصف|أواسط)|(?P<late>أواخر|نهاية))\s+(?:شهر\s+|عام\s+)?\Z")
_LIGHT_BEFORE = re.compile(
    rf"(?i:\b(?:(?:shortly\s+|just\s+)?(?:by\s+|before\s+|after\s+)?{LIGHT}(?:\s+prayers)?\s+(?:on\s+|of\s+)?|(?:early|late|earlier|later)\s+(?:on\s+|in\s+)?|the\s+(?:early\s+|late\s+|small\s+)?(?:hours|night|morning|evening|afternoon|eve)\s+(?:of|between)\s+(?:the\s+)?|(?:the\s+)?early\s+hours\s+of\s+|by\s+nightfall\s+|overnight\s+(?:on\s+|into\s+|to\s+)?)\Z)"
)
_LIGHT_AFTER = re.compile(rf"(?i:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|at\s+{LIGHT}|{LIGHT}))\b")
_JOIN = re.compile(r"\s+(?:to|until|till|through|and|up\s+to)\s+(?:the\s+)?\Z|\s*[-–—]\s*\Z")
_OPEN = re.compile(
    r"(?i:\b(?P<word>since|ever\s+since|from|between|until|till|by|before|after|through|starting\s+(?:in|on)|منذ)\s+(?:about\s+|around\s+|at\s+least\s+|the\s+)?)\Z"
)


def _modified(text: str, start: int, atom: Found) -> Found:
    """An atom with the words before it that change it, and the time of day around it."""
    low = max(start, atom.start - 44)
    if atom.rule in ("date", "weekday", "day-word", "same-unit"):
        light = _LIGHT_BEFORE.search(text, low, atom.start)
        begin = light.start() if light else atom.start
        after = _LIGHT_AFTER.match(text, atom.end)
        return _moved(atom, begin, after.end() if after else atom.end)
    arabic = _ARABIC_PART.search(text, low, atom.start)
    if arabic:
        part = next(name for name, value in arabic.groupdict().items() if value)
        return _changed(atom, arabic.start(), atom.rule, lambda whole: cal.part_of(whole, part), part)
    found = _MODIFIER.search(text, low, atom.start)
    if found is None:
        return atom
    begin = found.start()
    if found["earlier"]:
        if atom.rule == "this-unit":
            if found["earlier"].lower() == "later":
                return atom
            return _moved(atom, begin, atom.end)
        return (
            _moved(atom, begin, atom.end)
            if atom.rule in ("month", "year", "season", "same-unit") and "later" not in found["earlier"].lower()
            else atom
        )
    if found["half"]:
        second = found["which"].lower() != "first"
        return _changed(atom, begin, "season", lambda whole: cal.half_of(whole, second), "half")
    if found["nth"]:
        return _nth_of(atom, begin, ORDINALS[found["nth"].lower()], " ".join(found["of"].lower().split()))
    if found["turn"]:
        return atom
    if found["midlate"]:

        def mid_to_late(whole: TimeInterval) -> TimeInterval | None:
            mid, late = cal.part_of(whole, "mid"), cal.part_of(whole, "late")
            return cal.span(mid.start, late.end, "within", late.precision) if mid and late else None

        return _changed(atom, begin, atom.rule, mid_to_late, "late")
    part = "early" if found["early"] else "mid" if found["mid"] else "late"
    return _changed(atom, begin, atom.rule, lambda whole: cal.part_of(whole, part), part)


def _nth_of(atom: Found, begin: int, number: int, of: str) -> Found:
    """The nth week of a month, the nth quarter of a year."""

    def change(whole: TimeInterval) -> TimeInterval | None:
        if of == "week":
            return cal.week_in(whole, number)
        if of == "quarter" and whole.precision == "year":
            quarter = 4 if number == -1 else number
            return cal.months_of(whole.start.year, quarter * 3 - 2, quarter * 3) if 1 <= quarter <= 4 else None
        if of in ("three months", "six months") and whole.precision == "year":
            months = 3 if of[0] == "t" else 6
            return cal.months_of(whole.start.year, *((1, months) if number == 1 else (13 - months, 12)))
        if of in ("two weeks", "ten days"):
            days = timedelta(days=13 if of == "two weeks" else 9)
            return (
                cal.span(whole.start, whole.start + days, "within", "part-of-month")
                if number == 1
                else cal.span(whole.end - days, whole.end, "within", "part-of-month")
            )
        if of == "weekend":
            saturdays = [d for d in range((whole.end - whole.start).days + 1) if (whole.start + timedelta(days=d)).weekday() == 5]
            if 0 < number <= len(saturdays) or number == -1:
                saturday = whole.start + timedelta(days=saturdays[number - 1 if number > 0 else -1])
                return cal.span(saturday, saturday + timedelta(days=1), "within", "week")
            return None
        if of == "day":
            day = whole.end if number == -1 else whole.start + timedelta(days=number - 1)
            return cal.span(day, day)
        return None

    return _changed(atom, begin, atom.rule, change, of)


def _moved(atom: Found, begin: int, end: int) -> Found:
    return Found(begin, end, atom.rule, atom.meaning, atom.absolute, atom.year, atom.needs_year, atom.dated)


def _changed(atom: Found, begin: int, rule: str, change: Callable[[TimeInterval], TimeInterval | None], what: str) -> Found:
    needs = atom.needs_year
    return Found(
        begin, atom.end, rule, m.then(atom.meaning, change), atom.absolute, atom.year,
        (lambda year: m.then(needs(year), change)) if needs else None, atom.dated,
    )  # fmt: skip


def find(text: str, start: int, end: int) -> list[Found]:
    """The time expressions of a passage [start, end), in text order."""
    found: list[Found] = []
    for atom in atoms(text, start, end):
        one = _modified(text, found[-1].end if found else start, atom)
        if (
            atom.rule == "weekday"
            and found
            and found[-1].rule == "date"
            and re.fullmatch(r"\s+(?:after|before)\s+", text[found[-1].end : atom.start])
        ):
            continue  # "18 March 2011 after Friday prayers": the date says it
        if found and (joint := _JOIN.match(text, found[-1].end, one.start + 0)) and joint.end() == one.start:
            previous = found[-1]
            opening = _OPEN.search(text, max(start, previous.start - 30), previous.start)
            word = opening["word"].lower() if opening else ""
            dashed = not joint[0].strip().isalpha()
            joins = joint[0].split()
            if (
                previous.rule in _JOINABLE
                and one.rule in _JOINABLE
                and (
                    (word == "between" and "and" in joins)
                    or (word == "from" and "and" not in joins)
                    or (dashed and previous.rule == one.rule)
                    or (
                        not dashed
                        and joins[0] in ("to", "through", "until")
                        and previous.rule == one.rule
                        and one.rule != "weekday"
                    )
                )
            ):
                begin = opening.start() if opening and word in ("between", "from") else previous.start
                found[-1] = Found(begin, one.end, "range", m.range_of(previous, one), one.absolute, one.year)
                continue
        found.append(one)
    return [_opened(text, start, one) for one in found]


_JOINABLE = frozenset({"date", "month", "year", "season", "weekday", "feast", "day-word", "last-unit", "this-unit"})


def _opened(text: str, start: int, one: Found) -> Found:
    """What "since", "by" or "until" before an expression makes of it."""
    opening = _OPEN.search(text, max(start, one.start - 34), one.start)
    if opening is None or one.rule == "range":
        return one
    word = " ".join(opening["word"].lower().split())
    if word in ("since", "ever since", "منذ", "starting in", "starting on"):
        return Found(opening.start(), one.end, "since", m.since(one.meaning), one.absolute, one.year)
    if word in ("until", "till", "by", "through"):
        return _moved(one, opening.start(), one.end)
    if word in ("before", "after"):
        prayers = one.rule == "weekday" and re.match(
            r"(?:['’]s)?\s+(?:noon\s+|midday\s+)?prayers?\b", text[one.end : one.end + 20]
        )
        return Found(opening.start(), one.end, one.rule, one.meaning, one.absolute, one.year, one.needs_year, bool(prayers))
    return one
