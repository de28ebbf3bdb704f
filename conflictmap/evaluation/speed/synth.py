"""Invented articles over the real gazetteer, for measuring: how fast is the program, and how much does it hold?

Every article says in its title, publisher, rights and the first line of its text that it is invented. They are drawn from a seed
with nothing but `Random.random`, which gives the same in every version of Python: so an archive can be made again, byte for byte
(a compressed one with the same version of the compressing library).
"""

from __future__ import annotations

import gzip
import importlib
import json
import math
import random
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from heapq import nsmallest
from itertools import accumulate, pairwise
from pathlib import Path
from typing import IO, Any

from conflictmap.errors import UsageError
from conflictmap.files import replacing
from conflictmap.gazetteer import Gazetteer

FIRST_DAY, LAST_DAY = date(2011, 3, 1), date(2016, 12, 31)
MENTIONS = 10
"""About so many an article names."""
MOST_NAMED = 3
"""The most places that one sentence names."""
ARCHIVES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
RIGHTS = "Invented for measuring: no report of anything that happened, free of rights"
_FEWEST, _SPREAD = 7, 7
"""Places that an article names by default: from 7 to 13."""
_EVENNESS = 0.5
"""Added to every rank, so that the most significant place does not get twice as many mentions as the next."""
_ZSTD_LEVEL, _GZIP_LEVEL = 3, 6
_NEAR, _NEIGHBOURS = 12, 4
"""Of the twelve nearest places the four most significant are where a road leads to."""
_STEP = 100
"""Articles between two reports of progress."""

_PUBLISHERS = tuple(
    f"Invented {name}"
    for name in (
        "Herald", "Courier", "News Agency", "Morning Post", "Observer", "Radio", "Gazette", "Television", "Weekly", "Review",
        "Press Office", "Local News",
    )
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = ("four", "five", "seven", "eight", "eleven", "twelve", "14", "17", "20", "26", "30", "forty", "45", "60", "120")
_TIMES = (
    "on {weekday}",
    "on {weekday} morning",
    "late on {weekday}",
    "shortly after dawn on {weekday}",
    "last {weekday}",
    "on {day} {month}",
    "on {day} {month} {year}",
    "on {month} {day}, {year}",
    "in early {month}",
    "in {month} {year}",
    "overnight",
    "yesterday",
    "last week",
    "last month",
    "two days earlier",
    "three weeks ago",
)
_SOURCES = (
    "activists",
    "local activists",
    "residents",
    "two witnesses",
    "a field doctor",
    "state media",
    "a military source",
    "a rebel commander",
    "aid workers",
    "a monitoring group",
    "an opposition official",
    "a shopkeeper",
)
_WHO = (
    "Rebel fighters",
    "Government troops",
    "A local brigade",
    "The army",
    "Fighters of a new alliance",
    "Border guards",
    "Militiamen loyal to the government",
    "Armed men whom nobody could name",
)
_NAMING = (
    "Residents of {a} said that the shelling had stopped {time}.",
    "Some {number} people were wounded in {a} {time}, {source} said.",
    "In {a} the bakeries opened for the first time in {number} days, according to {source}.",
    "State media reported that {a} was calm, while opponents of the government spoke of {number} arrests.",
    "Near {a}, farmers went back to fields that had been mined in the spring.",
    "A convoy with flour and medicine reached {a} {time}, {source} said, the first in {number} weeks.",
    "A truce that had held in {a} since {month} broke down {time}, according to {source}.",
    "{who} took a checkpoint at the entrance to {a} {time}, {source} said, and left it again before dark.",
    "Helicopters flew over {a} {time}, {source} said, and some {number} shells fell.",
    "In {a} there has been no electricity since {month}, {source} said.",
    "A farm about {number} km north of {a} burned down {time}, {source} said.",
    "The army sent two convoys from {a} towards {b} {time}, according to {source}.",
    "Rebels who had withdrawn from {a} a week earlier were seen again {time} on the road to {b}.",
    "A school in {a} took in some {number} families, most of them from {b}.",
    "{who} closed the road between {a} and {b} {time}, {source} said.",
    "Fighting moved from {a} to {b} {time}, and {source} said that both sides had brought up more men.",
    "The wounded of {a} were taken to a field hospital in {b} {time}, {source} said.",
    "Between {a} and {b} the telephone lines have been cut since {month}, {source} said.",
    "{source} spoke of clashes in {a}, {b} and {c} {time}; there was no word of losses.",
    "{source} said that crowds had gathered in {a}, in {b} and in {c} {time}.",
)
_PLAIN = (
    "Neither account could be checked independently, and both sides have exaggerated in the past.",
    "The observers, who had hoped to travel {time}, were told that the road was not safe.",
    "Prices of bread and heating oil have doubled since {month}, aid workers say.",
    "A spokesman for the coalition, Mr. Karim Haddad, declined to comment on the report.",
    "The ministry said in a statement that {number} soldiers and an unknown number of gunmen had died.",
    "“We have seen this before,” said an elderly teacher, who asked not to be named.",
    "Diplomats described the talks as useful but admitted that no date had been set for another round.",
    "It was the third such attack in {number} days, and the first in which helicopters took part.",
    "{source} said {time} that at least {number} houses had been damaged.",
    "A video posted {time} was said to show the scene; it could not be verified.",
    "{source} denied the report, and spoke of a calm night.",
    "The commander of the brigade, who goes by a borrowed name, was said to have been replaced {time}.",
    "According to {source}, some {number} families have come back since {month}.",
    "“Nobody tells us when it will end,” {source} said {time}.",
)
_BY_NAMES = tuple(tuple(t for t in _NAMING if ("{b}" in t) + ("{c}" in t) < most) for most in range(1, MOST_NAMED + 1))
"""The sentences that name at most one place, at most two, and so on."""


def theatre_names(gazetteer: Gazetteer) -> list[str]:
    """The matchable preferred names, in Latin script, of the places that the map draws and that a bare name can mean.

    The most significant first; of those alike, the ones in the country that the theatre names first.
    """
    return list(_spots(gazetteer))


def _spots(gazetteer: Gazetteer) -> dict[str, tuple[float, float]]:
    """Those names in that order, each with the longitude and latitude (degrees) of its most significant place."""
    theatre = gazetteer.theatre
    ranks: dict[str, tuple[int, int, float, float]] = {}
    for place in gazetteer.places.values():
        if theatre.holds(place) and place.significance > 1 and place.footprint:
            country = min(theatre.ccodes.index(code) for code in place.ccodes if code in theatre.ccodes)
            rank = -place.significance, country, place.footprint.longitude, place.footprint.latitude
            for toponym in place.toponyms:
                if toponym.kind == "preferred" and toponym.matchable and toponym.text[0] < "\u0370":
                    ranks[toponym.text] = min(rank, ranks.get(toponym.text, rank))
    return {name: ranks[name][2:] for name in sorted(ranks, key=lambda name: (ranks[name][:2], name))}


class Inventor:
    """Draws sentences and texts. Of the n names of the theatre, the one of rank r is drawn in proportion to about 1 / r.

    Roads and convoys lead from a place to one of its neighbours, as they do in reports.
    """

    def __init__(self, gazetteer: Gazetteer, seed: int) -> None:
        """Raises UsageError if the theatre has no place to name."""
        self._spots = _spots(gazetteer)
        self._names = list(self._spots)
        self._ranks = {name: rank for rank, name in enumerate(self._names)}
        self._neighbours: dict[str, list[str]] = {}
        if not self._names:
            raise UsageError(f"{gazetteer.theatre.title}: no place to name in invented articles")
        self._sums = list(accumulate(1 / (rank + _EVENNESS) for rank in range(1, len(self._names) + 1)))
        self._random = random.Random(seed).random

    def pick(self, choices: Sequence[str]) -> str:
        return choices[int(self._random() * len(choices))]

    def number(self, fewest: int, spread: int) -> int:
        """One of so many numbers, from the fewest on."""
        return fewest + int(self._random() * spread)

    def name(self) -> str:
        return self._names[bisect_left(self._sums, self._random() * self._sums[-1])]

    def neighbour(self, name: str) -> str:
        """One of the more significant names of the nearest places; the name itself where there is no other."""
        held = self._neighbours.get(name)
        if held is None:
            longitude, latitude = self._spots[name]
            narrow = math.cos(math.radians(latitude))  # a degree of longitude there, in degrees of latitude
            others = (other for other in self._names if other != name)
            near = nsmallest(
                _NEAR,
                others,
                key=lambda other: math.hypot(narrow * (self._spots[other][0] - longitude), self._spots[other][1] - latitude),
            )
            held = self._neighbours[name] = sorted(near, key=self._ranks.__getitem__)[:_NEIGHBOURS]
        return self.pick(held) if held else name

    def time(self, day: date) -> str:
        """Words for a time up to six weeks before a day."""
        past = day - timedelta(days=self.number(1, 40))
        return self.pick(_TIMES).format(
            weekday=_WEEKDAYS[past.weekday()], day=past.day, month=_MONTHS[past.month - 1], year=past.year
        )

    def sentence(self, day: date, most: int) -> tuple[str, int]:
        """A sentence written on a day, and how many places it names: one at least, and `most` at most (0: none)."""
        template = self.pick(_BY_NAMES[min(most, MOST_NAMED) - 1] if most else _PLAIN)
        named = sum(slot in template for slot in ("{a}", "{b}", "{c}"))
        names = ["", "", ""]
        for at in range(named):
            names[at] = self.neighbour(names[0]) if at else self.name()
        text = template.format(
            a=names[0],
            b=names[1],
            c=names[2],
            time=self.time(day),
            source=self.pick(_SOURCES),
            who=self.pick(_WHO),
            number=self.pick(_NUMBERS),
            month=_MONTHS[self.number(0, 12)],
        )
        return text[0].upper() + text[1:], named

    def text(self, day: date, mentions: int) -> str:
        """From six to nine short paragraphs (of few mentions, fewer) that name so many places; each second sentence names none."""
        sentences: list[str] = []
        while mentions:
            sentence, named = self.sentence(day, mentions)
            sentences += [sentence, self.sentence(day, 0)[0]]
            mentions -= named
        parts = min(self.number(6, 4), len(sentences))
        bounds = [len(sentences) * part // parts for part in range(parts + 1)] if parts else [0]
        return "\n\n".join(" ".join(sentences[start:end]) for start, end in pairwise(bounds))


def invented_articles(
    gazetteer: Gazetteer,
    articles: int,
    seed: int = 1,
    mentions: int | None = None,
    first: date = FIRST_DAY,
    last: date = LAST_DAY,
) -> Iterator[dict[str, str]]:
    """So many archive records, marked as invented, dated in equal steps from the first day to the last.

    Together they name places `mentions` times; about ten times each by default. Raises UsageError if the gazetteer's
    theatre has no place to name.
    """
    inventor = Inventor(gazetteer, seed)
    days = (last - first).days
    for at in range(articles):
        day = first + timedelta(days=days * at // max(1, articles - 1))
        if mentions is None:
            named = inventor.number(_FEWEST, _SPREAD)
        else:
            named = mentions * (at + 1) // articles - mentions * at // articles
        yield {
            "id": f"invented-{seed}-{at + 1}",
            "title": f"Invented article {at + 1}",
            "publisher": inventor.pick(_PUBLISHERS),
            "published": day.isoformat(),
            "language": "en",
            "rights": RIGHTS,
            "text": f"Invented article {at + 1}, for measuring only.\n\n{inventor.text(day, named)}",
        }


def write_archive(
    out: Path, articles: int, gazetteer: Gazetteer, seed: int = 1, progress: Callable[[int, int], None] | None = None
) -> int:
    """Write so many invented articles as JSON Lines, and return how many; `progress` is told how many of them are done.

    The name says how: `.jsonl`, `.jsonl.gz`, or `.jsonl.zst` where the library `zstandard` is installed. Whoever reads sees the old
    file or the new one, never half. Raises UsageError if the arguments make no sense or the file cannot be written.
    """
    if articles < 1:
        raise UsageError(f"{articles} articles: at least one has to be invented")
    compress = _compressor(out)
    records = invented_articles(gazetteer, articles, seed)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    try:
        with replacing(out) as temporary, temporary.open("wb") as raw, compress(raw) as lines:
            for done, record in enumerate(records, start=1):
                lines.write((encode(record) + "\n").encode())
                if progress and (done % _STEP == 0 or done == articles):
                    progress(done, articles)
    except OSError as failure:
        raise UsageError(f"{out}: cannot be written: {failure.strerror or failure}") from failure
    return articles


def _compressor(out: Path) -> Callable[[IO[bytes]], Any]:
    """What makes of an open file one that takes the lines, and leaves it open at its end."""
    name = out.name.lower()
    if name.endswith(".jsonl.zst"):
        try:
            zstandard = importlib.import_module("zstandard")
        except ImportError:
            raise UsageError(f"{out}: the library zstandard is not installed: name the file .jsonl.gz or .jsonl") from None
        return lambda raw: zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(raw, closefd=False)
    if name.endswith(".jsonl.gz"):  # without a name and a time, which would differ each time
        return lambda raw: gzip.GzipFile("", "wb", _GZIP_LEVEL, raw, mtime=0)
    if name.endswith(".jsonl"):
        return _as_it_is
    raise UsageError(f"{out}: is none of {', '.join(ARCHIVES)}")


@contextmanager
def _as_it_is(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    yield raw
