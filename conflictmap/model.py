"""The value types of the field, frozen. No input or output happens here.

Coordinates are degrees (WGS 84); the names say which is which, and longitude stands before latitude only
inside GeoJSON. Dates are calendar days (UTC). Offsets count Unicode code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

ToponymKind = Literal["preferred", "variant", "historical", "abbreviation", "exonym"]
Certainty = Literal["certain", "less-certain", "uncertain"]
FeatureClass = Literal["A", "H", "L", "P", "R", "S", "T"]
Status = Literal["resolved", "ambiguous", "unresolved", "rejected"]
Verdict = Literal["accepted", "rejected", "placed"]
Basis = Literal["named", "derived", "suggested"]
Role = Literal["location", "reference", "actor", "dateline"]
Drawn = Literal["dot", "area", "line"]
ArticleKind = Literal["digest", "full text"]
IntervalKind = Literal["within", "throughout"]
Precision = Literal["day", "week", "part-of-month", "month", "season", "year", "vague"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Who says so. `longitude` and `latitude` (degrees) only where the source gives a point of its own."""

    label: str
    uri: str | None = None
    family: str | None = None
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class Toponym:
    """One form of a place's name. Recognition looks for matchable forms only; search finds them all."""

    text: str
    lang: str
    kind: ToponymKind
    matchable: bool
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a place covers: its label point, its geometry (GeoJSON) and how sure and how wide (metres) that is."""

    longitude: float
    latitude: float
    geometry: Mapping[str, Any]
    uncertainty_m: int
    certainty: Certainty
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. `ftype` is a GeoNames feature code; `part_of` holds ids of wider places."""

    id: str
    title: str
    toponyms: tuple[Toponym, ...]
    fclasses: tuple[str, ...]
    ftype: str
    ccodes: tuple[str, ...]
    part_of: tuple[str, ...]
    footprint: Footprint | None
    significance: int
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    note: str | None = None

    @property
    def fclass(self) -> str:
        """The first feature class, of A H L P R S T."""
        return self.fclasses[0]

    @property
    def drawn(self) -> Drawn | None:
        """How a map may draw it: a dot for a settlement or site, else its true extent; a wide place without one not at all."""
        if self.footprint is None:
            return None
        shape = self.footprint.geometry["type"]
        if shape in ("Polygon", "MultiPolygon"):
            return None if self.ftype.startswith("PCL") else "area"
        if shape in ("LineString", "MultiLineString"):
            return "line"
        return "dot" if self.fclass in "PS" or self.ftype in ("MT", "PK", "HLL", "PASS") else None


@dataclass(frozen=True, slots=True)
class DayRange:
    """One day that lies within [start, end], both included; `best` is the likeliest. A known day has start == end."""

    start: date
    end: date
    best: date

    @property
    def precision(self) -> str:
        return "day" if self.start == self.end else "range"


@dataclass(frozen=True, slots=True)
class Article:
    """An article or a digest of one. `paragraphs[i]` is the source's paragraph number of block i + 1, if known.

    `extent` says how much of the source a digest covers, where that is not all of it.
    """

    id: str
    title: str
    publisher: str | None
    text: str
    author: str | None = None
    url: str | None = None
    published: DayRange | None = None
    published_evidence: str | None = None
    extent: str | None = None
    date_by_person: bool = False
    language: str = "en"
    rights: str | None = None
    kind: ArticleKind = "full text"
    paragraphs: tuple[int, ...] = ()
    text_hash: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of an article's text, numbered from 1."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym as it stands in a text: text[start:end] == surface. `candidates` are ids, the most significant first.

    `folded` says that no candidate lists this spelling: it only reads like one that is listed.
    """

    start: int
    end: int
    surface: str
    candidates: tuple[str, ...]
    cue: str | None = None
    folded: bool = False


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """A name of the gazetteer in a text (text[start:end] == surface) that a rule turned down: it names no place here.

    `rule` is of vocabulary.VETOES.
    """

    start: int
    end: int
    surface: str
    rule: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was taken for, and why. `reason` is of vocabulary.REASONS.

    Where a person decided, `verdict` says what, and `program` is what the program had found.
    """

    mention: Mention
    place: str | None
    status: Status
    reason: str
    role: Role = "location"
    basis: Basis = "named"
    certainty: Certainty = "certain"
    verdict: Verdict | None = None
    program: Resolution | None = None


@dataclass(frozen=True, slots=True)
class DerivedFootprint:
    """A footprint worked out from what a text says of its anchors ("12 km north of Hama"): never the anchor's own.

    `anchors` are ids of places; `distance_m` (metres) and `bearing_deg` (degrees clockwise from north) are None where the text
    gives none.
    """

    footprint: Footprint
    shape: Literal["point", "corridor", "part"]
    anchors: tuple[str, ...]
    distance_m: int | None = None
    bearing_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """The source that a clause is attributed to, as it stands in the text: text[start:end] == surface."""

    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """Days from start to end (UTC, both included): the event happened on one of them (`within`) or filled them (`throughout`).

    `precision` is the unit in which the text states the time, not the length of the interval.
    """

    start: date
    end: date
    kind: IntervalKind = "within"
    precision: Precision = "day"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that state a time (text[start:end] == surface) and the days that they mean. `rule` is of vocabulary.TIME_RULES."""

    start: int
    end: int
    surface: str
    interval: TimeInterval
    rule: str


@dataclass(frozen=True, slots=True)
class Told:
    """When the event at a place happened: the time expression, and the rule that linked it to the mention.

    `link` is of vocabulary.TIME_LINKS.
    """

    expression: TimeExpression
    link: str


@dataclass(frozen=True, slots=True)
class Attestation:
    """A dated, cited naming of a place: the passage, the resolution, and when the article was published.

    `derived` is the footprint of an attestation whose basis is `derived`; `attributed_to` is who says so, if the text says it;
    `told` is when the event happened, None if the text does not say.
    """

    article: str
    passage: Passage
    resolution: Resolution
    published: DayRange | None
    attributed_to: Attribution | None = None
    derived: DerivedFootprint | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Theatre:
    """What a map draws: places of these countries in this box (degrees)."""

    title: str
    ccodes: tuple[str, ...]
    west: float
    south: float
    east: float
    north: float

    def holds(self, place: Place) -> bool:
        """Whether the map draws the place: a country is never drawn, nor what lies outside."""
        return (
            place.footprint is not None
            and place.drawn is not None
            and self.surrounds(place.footprint)
            and any(code in self.ccodes for code in place.ccodes)
        )

    def surrounds(self, footprint: Footprint) -> bool:
        """Whether a label point lies in the box."""
        return self.west <= footprint.longitude <= self.east and self.south <= footprint.latitude <= self.north


@dataclass(frozen=True, slots=True)
class Decision:
    """The date that a person gave an article (None: taken back). Keyed by the article's id and its text's hash."""

    article: str
    text_hash: str
    published: DayRange | None
    decided_at: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A text quote selector of W3C's Web Annotation: the exact words, and what stands right before and after them."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class MentionDecision:
    """What a person decided about a mention: accepted, rejected (it names no place), or placed elsewhere; None: taken back.

    Keyed by the article's id, its text's hash and a quote, so that it holds whatever a new program or gazetteer finds.
    """

    article: str
    text_hash: str
    quote: Quote
    verdict: Verdict | None
    place: str | None
    decided_at: str
