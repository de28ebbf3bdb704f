"""The filters: one record each, from the page's address to SQL and to the sentence in an export.

A new filter is an entry in FILTERS and a field of View. Values that come from an address reach SQL as parameters only ($publisher,
$source, …), never as text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, get_args

from conflictmap.index import Corpus, source_key
from conflictmap.model import Certainty, FeatureClass, Role, Status

ROLES: tuple[str, ...] = get_args(Role)
LOCATIONS = frozenset({"location"})
"""The roles that the map shows by default."""
NOT_ATTRIBUTED = "-"
"""The value of the source filter for mentions without a source."""

# Once a person has decided on a suggestion or a derived place, it counts as a named one.
SUGGESTED = "(basis = 'suggested' and verdict is null)"
DERIVED = "(basis = 'derived' and verdict is null)"


class Filter(NamedTuple):
    """One filter of a view.

    `field` is the field of View, `parameter` that of the address, with its meaning in `documented`; `label` is its name on the screen and
    `default` its value at first. `read` turns the address's text (None: absent) into a value, `write` a value into text (None: left out).
    `condition` is SQL over the attestations, true for what passes. `sentence` says in an export what is left out; None if there is nothing
    to say. `choice`: the filter chooses one value of a column, or None for any.
    """

    field: str
    parameter: str
    documented: str
    label: str
    default: Any
    read: Callable[[str | None], Any]
    write: Callable[[Any], str | None]
    condition: Callable[[Any], str]
    sentence: Callable[[Any, Corpus], str | None]
    choice: bool = False


def _read_roles(text: str | None) -> frozenset[str]:
    return frozenset((text or "").split(",")) & frozenset(ROLES) or LOCATIONS


def _in_order(roles: frozenset[str]) -> list[str]:
    return [role for role in ROLES if role in roles]


def _of_roles(roles: frozenset[str]) -> str:
    wanted = _in_order(roles)
    return "true" if len(wanted) == len(ROLES) else f"role in ({', '.join(map(repr, wanted))})"


def _roles_sentence(roles: frozenset[str], corpus: Corpus) -> str | None:
    if corpus.roles - roles:
        return f"roles: {', '.join(_in_order(roles))}"
    return None if roles == LOCATIONS else "all roles"


def _of_source(source: str | None) -> str:
    if source is None:
        return "true"
    return "source is null" if source == NOT_ATTRIBUTED else "coalesce(source = $source, false)"


def _source_sentence(source: str | None, _: Corpus) -> str | None:
    if not source:
        return None
    return "attributed to nobody" if source == NOT_ATTRIBUTED else f"attributed to: {source}"


def _basis(field: str, documented: str, label: str, default: bool, basis: str, sql: str, noun: str) -> Filter:
    """A switch for mentions that are not names but derived or suggested."""
    return Filter(
        field, field, documented, label, default,
        read=(lambda text: text != "0") if default else (lambda text: text == "1"),
        write=lambda on: None if on == default else "1" if on else "0",
        condition=lambda on: "true" if on else f"not {sql}",
        sentence=lambda on, corpus: f"{noun} {'included' if on else 'left out'}" if basis in corpus.bases else None,
    )  # fmt: skip


def _choice(
    field: str, documented: str, label: str, sql: str, parameter: str = "", noun: str = "", values: tuple[str, ...] = ()
) -> Filter:
    """A choice of one value of a column; `values` lists all there are, if the list is closed."""

    def read(text: str | None) -> str | None:
        return (text or None) if not values or text in values else None

    return Filter(
        field, parameter or field, documented, label, None, read,
        write=lambda value: value or None,
        condition=lambda value: "true" if value is None else sql,
        sentence=lambda value, _: None if value is None else f"{noun or field}: {value}",
        choice=True,
    )  # fmt: skip


FILTERS = (
    Filter(
        "roles", "roles", "roles that count, separated by commas: location, reference, actor, dateline; absent: location",
        "Names that count, by what they do in their sentence", LOCATIONS, _read_roles,
        lambda roles: None if roles == LOCATIONS else ",".join(_in_order(roles)), _of_roles, _roles_sentence,
    ),
    _basis(
        "derived", "0: leave out derived places; absent: they count", "Worked-out places",
        True, "derived", DERIVED, "worked-out places",
    ),
    _basis(
        "suggested", "1: count places that descriptions suggest; absent: left out", "Suggested places (descriptions, no names)",
        False, "suggested", SUGGESTED, "suggested places",
    ),
    Filter(
        "source", "source", "who says so: key of a source (lower case, without article); -: mentions without a source; absent: anyone",
        "Who says so", None, lambda text: source_key(text or "") or None, lambda source: source or None, _of_source, _source_sentence,
    ),
    _choice(
        "publisher", "only mentions in articles of this publisher; absent: any", "Published by",
        "article in (select id from articles where publisher = $publisher)",
    ),
    _choice(
        "language", "only mentions in articles of this language (BCP 47 tag); absent: any", "Language of the article",
        "article in (select id from articles where language = $language)",
    ),
    _choice(
        "fclass", "only places of this feature class: A, H, L, P, R, S or T; absent: any", "Kind of place",
        "coalesce(feature in (select id from places where fclass = $fclass), false)", "class", "feature class", get_args(FeatureClass),
    ),
    _choice(
        "certainty", "certain, less-certain or uncertain: only resolutions of this certainty; absent: any", "How certain the place is",
        "certainty = $certainty", values=get_args(Certainty),
    ),
    _choice(
        "status", "resolved, ambiguous, unresolved or rejected: only mentions of this status; absent: any", "Names",
        "status = $status", values=get_args(Status),
    ),
)  # fmt: skip
"""Every filter, in the order of the sentences in an export."""

FILTER = {one.field: one for one in FILTERS}
NARROWING = tuple(one.field for one in FILTERS if one.choice)
"""The fields of the filters that choose one value of a column."""
