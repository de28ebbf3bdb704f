"""Reads gazetteer/: the places of all files, what they are part of, and the index of their names (gazetteer/README.md is the data dictionary).

A broken file, feature, name or citation is reported with file, record and field; everything else is kept.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflictmap.errors import DataError, Problem, error, warning
from conflictmap.gazetteer.features import places_of
from conflictmap.gazetteer.theatre import THEATRE_FILE, read_theatre
from conflictmap.model import Place, Theatre
from conflictmap.text import fold_name

MAX_FILE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places by id, the index of folded names, the theatre, and what was wrong with the files.

    `wider` holds, for each id, the ids of all places that it is part of, however indirectly; `files` the file of each id.
    """

    places: Mapping[str, Place]
    names: Mapping[str, tuple[str, ...]]
    theatre: Theatre
    version: str
    wider: Mapping[str, frozenset[str]]
    files: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def get(self, place_id: str) -> Place | None:
        """The place of this id or former id."""
        return self.places.get(place_id) or next((p for p in self.places.values() if place_id in p.aliases), None)

    def find(self, name: str) -> list[Place]:
        """Places with this name in any spelling that folds alike, whether matchable or not; the most significant first."""
        return [self.places[place_id] for place_id in self.names.get(fold_name(name), ())]


def read_gazetteer(folder: Path) -> Gazetteer:
    """Read every *.geojson of a folder and its theatre.json.

    Never raises for bad content: it is left out and reported in `problems`. Raises DataError if the folder
    does not exist.
    """
    if not folder.is_dir():
        raise DataError(error(str(folder), "", "", "no such gazetteer folder"))
    problems: list[Problem] = []
    digest = hashlib.sha256()
    with _no_collection_of_garbage():
        places, origin = _read_places(folder, problems, digest)
        problems += _check_references(places, origin)
        theatre = read_theatre(folder / THEATRE_FILE, problems, digest)
        if not places:
            problems.append(error(str(folder), "", "", "no place could be read: no name will be recognised"))
        wider, names = _wider(places), _index_names(places)
    return Gazetteer(places, names, theatre, digest.hexdigest()[:16], wider, origin, tuple(problems))


@contextmanager
def _no_collection_of_garbage() -> Iterator[None]:
    """Reading makes hundreds of thousands of objects that stay: looking through them again and again took most of the time.

    Freezing and thawing puts them among the old objects, without a look at each; it is left out where an app froze its own.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        gc.enable()


def _read_places(folder: Path, problems: list[Problem], digest: Any) -> tuple[dict[str, Place], dict[str, str]]:
    """The places by id, and the file of each; the first of an id stays. Another thread works out the version meanwhile."""
    places: dict[str, Place] = {}
    origin: dict[str, str] = {}
    with ThreadPoolExecutor(max_workers=1) as hashing:  # one: so the files are taken in their order
        for path in sorted(folder.glob("*.geojson")):
            content = _read(path, problems)
            if content is None:
                continue
            hashing.submit(digest.update, path.name.encode() + b"\0")
            hashing.submit(digest.update, content)
            for place in places_of(path.name, content, problems):
                if place.id in places:
                    problems.append(error(path.name, place.id, "properties.id", f"this id stands already in {origin[place.id]}"))
                    continue
                places[place.id] = place
                origin[place.id] = path.name
    return places, origin


def _read(path: Path, problems: list[Problem]) -> bytes | None:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            problems.append(error(path.name, "", "", f"larger than {MAX_FILE_BYTES // 2**20} MB: left out"))
            return None
        return path.read_bytes()
    except OSError as failure:
        problems.append(error(path.name, "", "", f"cannot be read: {failure.strerror or failure}"))
        return None


def _wider(places: Mapping[str, Place]) -> dict[str, frozenset[str]]:
    """For each id, what its place is part of. Places that are part of the same ones share the set."""
    known: dict[tuple[str, ...], frozenset[str]] = {}
    found = {}
    for place_id, place in places.items():
        if place.part_of not in known:
            known[place.part_of] = _ancestors(place.part_of, places)
        found[place_id] = known[place.part_of]
    return found


def _ancestors(part_of: tuple[str, ...], places: Mapping[str, Place]) -> frozenset[str]:
    """These and what they are part of. Upwards only through areas that lie whole in the next: a mountain range does not."""
    seen = set(part_of)
    todo = list(part_of)
    while todo:
        place = places.get(todo.pop())
        if place and place.fclass in "AP":
            fresh = [wider for wider in place.part_of if wider not in seen]
            seen.update(fresh)
            todo.extend(fresh)
    return frozenset(seen)


def _check_references(places: Mapping[str, Place], origin: Mapping[str, str]) -> list[Problem]:
    problems = []
    for place in places.values():
        for wider in place.part_of:
            if wider not in places:
                problems.append(warning(origin[place.id], place.id, "relations", f"part of {wider}, which is in no file"))
        for alias in place.aliases:
            if alias in places:
                problems.append(error(origin[place.id], place.id, "properties.aliases", f"{alias} is another place's id"))
    return problems


def _index_names(places: Mapping[str, Place]) -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    shared: dict[str, list[str]] = {}
    for place_id, place in places.items():
        alone = (place_id,)
        for folded in {fold_name(toponym.text) for toponym in place.toponyms}:
            first = index.setdefault(folded, alone)
            if first is not alone:
                shared.setdefault(folded, [*first]).append(place_id)
    for folded, ids in shared.items():
        index[folded] = tuple(sorted(ids, key=lambda place_id: (-places[place_id].significance, place_id)))
    index.pop("", None)
    return index
