"""The role that a name plays in its sentence: location, reference, actor or dateline."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from conflictmap.geoparser.lexicon import english_words
from conflictmap.model import Mention, Place, Role

_GENERIC = ("city", "town", "village", "province", "governorate", "capital", "region", "airport", "area", "cities", "towns")
_ROAD = r"(?:highway|motorway|road|route|railway|railroad|corridor|axis|pipeline|track|line)s?"
_DIRECTION = r"(?:north|south|east|west|north[- ]?(?:east|west)|south[- ]?(?:east|west))(?:ern)?(?:ward|wards)?"
_LINE = rf"(?:{_ROAD}|borders?|frontiers?)"
_PART = r"(?:edge|edges|slope|slopes|tip|flank|flanks|rim|end|part|parts|foothills)"
_HEAD = r"[^\W\d_a-z][\w.'’ -]{1,40}?"
_DATED = r"(?:\w{3,9}\.?\s+\d{1,2}|\d{1,2}\s+\w{3,9})(?:,?\s+\d{4})?"
_LOOK = 90
"""How many code points before a name are looked at."""


@cache
def _role_patterns() -> dict[str, re.Pattern[str]]:
    words = english_words()

    def alternatives(key: str) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(getattr(words, key), key=len, reverse=True))

    generic = (
        rf"(?:the\s+)?(?:(?:{alternatives('adjectives')})\s+)*"
        rf"(?:(?:port\s+|capital\s+)?(?:{'|'.join(_GENERIC)})\s+(?:of\s+)?)?(?:the\s+)?"
    )
    anchor = r"(?:[\w’'-]+\s+){0,4}?"
    helpers = alternatives("actor_helpers")
    return {
        "within": re.compile(
            rf"\b(?:in|of|from|into)\s+the\s+(?:far\s+|extreme\s+|rural\s+)?{_DIRECTION}(?:\s+part)?\s+of\s+{generic}$",
            re.IGNORECASE,
        ),
        "direction": re.compile(rf"\b{_DIRECTION}\s+(?:of|from)\s+{generic}$", re.IGNORECASE),
        "part": re.compile(rf"\b(?:{_DIRECTION}|upper|lower)\s+{_PART}\s+of\s+{generic}$", re.IGNORECASE),
        "measure": re.compile(
            rf"\b(?:km|kms|kilomet(?:er|re)s?|miles?|metres|meters|minutes|minutes[’']|hours?|hour[’']s|drive|walk)\b(?:\s+\([^)]*\))?(?:\s+(?:drive|walk|by\s+(?:car|road)))?\s+(?:away\s+)?(?:of|from|outside)\s+(?:the\s+(?:border|frontier)\s+with\s+)?{generic}$",
            re.IGNORECASE,
        ),
        "across": re.compile(
            rf"\b(?:opposite|across\s+from|across\s+the\s+(?:river|border)\s+from|(?:up|down)stream\s+(?:of|from)|(?:up|down)\s+the\s+river\s+from)\s+{generic}$",
            re.IGNORECASE,
        ),
        "between": re.compile(rf"\bbetween\s+{generic}$", re.IGNORECASE),
        "road": re.compile(
            rf"\b{_ROAD}\s+(?:{anchor})?(?:from|between|linking|connecting|to|towards?)\s+{generic}$", re.IGNORECASE
        ),
        "and": re.compile(rf"\s+(?:and|to|with|from)\s+{generic}", re.IGNORECASE),
        "road-after": re.compile(rf"\s*[-‐‑–—/]\s*\S+(?:\s+\S+)?\s+(?:\w+\s+)?{_LINE}\b", re.IGNORECASE),
        "road-here": re.compile(rf"\s+(?:international\s+|main\s+|desert\s+|old\s+)?{_LINE}\b", re.IGNORECASE),
        "dash-before": re.compile(r"[^\W_]\s?[-‐‑–—/]\s?$"),
        "based": re.compile(r"[-‐‑](?:based|born|registered|flagged|trained|made|built|educated)\b", re.IGNORECASE),
        "backed": re.compile(
            r"[-‐‑](?:backed|led|funded|sponsored|supported|allied|armed|brokered|run|aligned|mediated|imposed)\b", re.IGNORECASE
        ),
        "dateline": re.compile(
            rf"{_HEAD}(?:\s?/\s?{_HEAD})?(?:,\s+{_HEAD}){{0,2}}(?:,?\s+{_DATED})?(?:,?\s*\([^()\n]{{2,40}}\))?(?:,?\s+{_DATED})?\s*(?:—|–|--|\s-|:)\s+(?=\S)"
        ),
        "dateline-in-brackets": re.compile(rf"\({_HEAD}(?:,\s+{_HEAD})?(?:,\s+{_DATED})?\)\s*[-—–:]+\s+(?=\S)"),
        "dateline-of-agency": re.compile(rf"{_HEAD}(?:,\s+{_HEAD}){{0,2}},\s+[A-Z]{{2,6}}\s?[-—–]\s*(?=\S)"),
        "dateline-stop": re.compile(r"[A-Z][A-Z' -]{2,30}(?:, [A-Z]\w+)?\.\s+(?=[A-Z])"),
        "actor-after": re.compile(rf",?\s+(?:(?:{helpers})\s+)*(?:{alternatives('actor_verbs')})\b", re.IGNORECASE),
        "actor-fights": re.compile(
            rf",?\s+(?:(?:also|has|had|again)\s+)*(?:{alternatives('fighting_verbs')})\b(?!\s+(?:by|from|again)\b)"
        ),
        "actor-noun": re.compile(rf"[’']s?\s+(?:[\w-]+\s+){{0,2}}?(?:{alternatives('actor_nouns')})\b", re.IGNORECASE),
        "actor-before": re.compile(rf"\b(?:{alternatives('actor_before')}),?\s+$", re.IGNORECASE),
        "actors-before": re.compile(rf"\b(?:{alternatives('actor_dealings')})\s+(?:[\w-]+\s+){{0,3}}?between\s+$", re.IGNORECASE),
        "actors-after": re.compile(rf"\s*[-‐‑–—/]\s*[^\W\d_a-z]\w+\s+(?:{alternatives('actor_dealings')}|hotline|summit)\b"),
        "held-in": re.compile(
            rf"\b(?:{alternatives('place_prepositions')})\s+(?:(?:{_DIRECTION}|central|rural|neighbou?ring)\s+)?(?:the\s+)?$",
            re.IGNORECASE,
        ),
        "arabic": re.compile(
            r"(?:(?<![^\W_])(?:شمال|جنوب|شرق|غرب|شمالي|جنوبي|شرقي|غربي|بين)|بعد\s[^.،]{1,40}\sمن)\s+(?:مدينة\s+|بلدة\s+)?$"
        ),
    }


def role_of(
    text: str, mention: Mention, place: Place | None, starts: Sequence[int], mentions: Sequence[Mention], number: int
) -> Role:
    """The role of a mention. `starts` are the offsets at which the text's passages begin, sorted; `mentions[number]` is the mention."""
    patterns = _role_patterns()
    if _is_dateline(text, mention, starts):
        return "dateline"
    after = text[mention.end : mention.end + 1]
    if after in _HYPHENS:
        if patterns["backed"].match(text, mention.end):
            return "actor"
        if patterns["based"].match(text, mention.end):
            return "reference"
    government = place is not None and (place.ftype.startswith("PCL") or place.ftype == "PPLC")
    if government and _is_actor(text, mention, mentions, number):
        return "actor"
    if place is not None and place.ftype.startswith("PCL") and patterns["actor-fights"].match(text, mention.end):
        return "actor"
    return "reference" if _is_reference(text, mention, mentions, number) else "location"


def _is_dateline(text: str, mention: Mention, starts: Sequence[int]) -> bool:
    begin = starts[bisect_right(starts, mention.start) - 1]
    if mention.start - begin > 40:  # a byline may stand before it on lines of its own
        begin = text.rfind("\n", begin, mention.start) + 1
        if not begin or mention.start - begin > 40:
            return False
    patterns = _role_patterns()
    found = patterns["dateline"].match(text, begin)
    if found and found.start() <= mention.start < found.end():
        head = found.group()
        if text[begin : begin + 3].isupper() or "(" in head:
            return True
        return mention.end - begin < len(head) and ", " in head and head.rstrip()[-1:] in "—–-" and head.count(" ") < 6
    others = (patterns[name].match(text, begin) for name in ("dateline-stop", "dateline-in-brackets", "dateline-of-agency"))
    return any(other and other.start() <= mention.start < other.end() for other in others)


_HYPHENS = tuple("-‐‑")


def _is_actor(text: str, mention: Mention, mentions: Sequence[Mention], number: int) -> bool:
    """Whether a country's or capital's name stands for its government."""
    patterns = _role_patterns()
    left = text[max(0, mention.start - _LOOK) : mention.start]
    nearest = left[-30:].lower().rstrip(" ,\n").rsplit(None, 1)[-1:]
    asks, held = _before_government()
    if patterns["actor-noun"].match(text, mention.end):
        return True
    if nearest and nearest[0] in asks and (patterns["actor-before"].search(left) or patterns["actors-before"].search(left)):
        return True
    if text[mention.end : mention.end + 2].strip()[:1] in _DASHES and patterns["actors-after"].match(text, mention.end):
        return True
    if number:  # the second of "talks between X and Y", "the X–Y hotline"
        first = mentions[number - 1]
        gap = text[first.end : mention.start]
        before = text[max(0, first.start - _LOOK) : first.start]
        if gap.strip() in ("and", "or") and (patterns["actors-before"].search(before) or patterns["actor-before"].search(before)):
            return True
        if len(gap) < 4 and gap.strip() in _DASHES and patterns["actors-after"].match(text, first.end):
            return True
        if gap.strip() in ("and", "or") and patterns["held-in"].search(before):
            return False
    if nearest and nearest[0] in held and patterns["held-in"].search(left):
        return False
    if patterns["actor-after"].match(text, mention.end):
        return True
    if number + 1 < len(mentions):  # the first of "X, Y and Z traded charges"
        for first, second in pairwise(mentions[number : number + 5]):
            gap = text[first.end : second.start].strip()
            if gap in ("and", "or", ", and"):
                return patterns["actor-after"].match(text, second.end) is not None
            if gap != ",":
                break
    return False


@cache
def _before_government() -> tuple[frozenset[str], frozenset[str]]:
    """The last words of what `actor-before` and `actors-before` match, and of what `held-in` matches."""
    words = english_words()
    directions = {
        f"{one}{end}"
        for one in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
        for end in ("", "ern")
    }
    asks = {phrase.split()[-1] for phrase in words.actor_before} | {"between"}
    held = {phrase.split()[-1] for phrase in words.place_prepositions}
    return frozenset(asks), frozenset(held | directions | {"central", "rural", "neighbouring", "neighboring", "the"})


@cache
def _before_reference() -> frozenset[str]:
    """The last words of whatever the patterns that end at a name may match: without one of them before it, none does."""
    adjectives = {re.findall(r"[\w’']+", word)[-1] for word in english_words().adjectives}
    return frozenset(
        adjectives.union(
            _GENERIC,
            [
                "of",
                "from",
                "outside",
                "between",
                "linking",
                "connecting",
                "and",
                "to",
                "toward",
                "towards",
                "with",
                "the",
                "opposite",
            ],
        )
    )


_DASHES = tuple("-‐‑–—/")
# Something that stands in whatever each pattern matches: to look for it is far cheaper than to try the pattern.
_STEMS = {
    stem: name
    for name, stems in (
        ("direction", ("north", "south", "east", "west")),
        ("part", ("edge", "slope", "tip", "flank", "rim", "end ", "part", "foothill")),
        ("measure", ("km", "kilomet", "mile", "metre", "meter", "minute", "hour", "drive", "walk")),
        ("across", ("opposite", "across", "stream", "river")),
        ("between", ("between",)),
        ("road", ("highway", "motorway", "road", "route", "rail", "corridor", "axis", "pipeline", "track", "line")),
    )
    for stem in stems
}
_STEM = re.compile("|".join(_STEMS))


def _is_reference(text: str, mention: Mention, mentions: Sequence[Mention], number: int) -> bool:
    patterns = _role_patterns()
    left = text[max(0, mention.start - _LOOK) : mention.start]
    if "\n\n" in left:
        left = left[left.rfind("\n\n") + 2 :]
    nearest = left[-30:].rsplit(None, 1)
    announced = bool(nearest) and nearest[-1].lower() in _before_reference()
    if announced:
        lower = left.lower()
        if "the" in lower and patterns["within"].search(left):
            return False
        for stem in dict.fromkeys(_STEM.findall(lower)):
            if patterns[_STEMS[stem]].search(left):
                return True
    elif not left.isascii() and patterns["arabic"].search(left):
        return True
    after = text[mention.end : mention.end + 2].strip()[:1]
    if after in _DASHES and after and patterns["road-after"].match(text, mention.end):
        return True
    if (
        left[-3:].strip()[-1:] in _DASHES
        and patterns["dash-before"].search(left[-5:])
        and patterns["road-here"].match(text, mention.end)
    ):
        return True
    if number and (announced or not left.isascii()):  # the second anchor of "between X and Y", "the highway from X to Y"
        first = mentions[number - 1]
        gap = text[first.end : mention.start]
        if len(gap) < 40 and (patterns["and"].fullmatch(gap) or gap == " و"):
            before = text[max(0, first.start - _LOOK) : first.start]
            return any(patterns[name].search(before) for name in ("between", "road", "arabic"))
    return False
