"""Selection -> folium: the only module that knows folium.

A constant base map that the component never remounts, and one feature group that carries a tiny command. The places
themselves travel as JSON on the app's own route, under an address with their hash; text never becomes code on the way.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from conflictmap.model import DerivedFootprint, Place
from conflictmap.questions import Questions, View

WEB = Path(__file__).parent / "web"
BASEMAP = Path(__file__).parent / "basemap" / "basemap.json"
LOADER = "loader.js"
ROUTE = "/conflictmap"
# Seen from the component's frame, /component/<name>/index.html: relative, so that a base path in front does no harm.
_FROM_FRAME = f"../..{ROUTE}/"
MIN_ZOOM, MAX_ZOOM = 6, 14
BASE_BOX = (26.0, 28.0, 48.0, 42.0)
"""West, south, east, north of the base map in degrees (basemap/build_basemap.py); beyond it there is nothing to see."""
PERIOD = "~period"
"""What the browser's script says was clicked when playback stops; the ids of derived places go on in hexadecimal."""
_KEPT_PAYLOADS = 32


class Payloads:
    """The layer payloads that browsers may ask for, by content hash; the least recently used go first."""

    def __init__(self, size: int = _KEPT_PAYLOADS) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()
        self._size = size

    def put(self, payload: bytes) -> str:
        """Keep a payload (compressed) and return its hash."""
        name = hashlib.sha256(payload).hexdigest()[:24]
        with self._lock:
            if name not in self._kept:
                self._kept[name] = gzip.compress(payload, 6, mtime=0)
                while len(self._kept) > self._size:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(name)
        return name

    def get(self, name: str) -> bytes | None:
        """The gzip-compressed payload of this hash, or None if it is gone."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)


PAYLOADS = Payloads()


def put(layer: list[dict[str, Any]]) -> str:
    """Keep a place layer (Questions.layer) for the browser; the hash is its address."""
    return PAYLOADS.put(json.dumps({"places": layer}, ensure_ascii=False, separators=(",", ":")).encode())


def address(questions: Questions, view: View) -> str:
    """The address of a corpus's place layer under a view's filters, whatever its period.

    Made once for each: its text grows with the mentions, so no rerun may make it again.
    """

    def made() -> str:
        return put(questions.layer(view=view))

    name = questions.once(("layer", view.filter), made)
    return name if PAYLOADS.get(name) is not None else made()


class _Attach(MacroElement):
    """Hands the map to the place layer's script."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.conflictmap.attach({{ this._parent.get_name() }}, {{ this.assets|tojson }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Attach"
        self.assets = _FROM_FRAME


class _Command(MacroElement):
    """Tells the place layer what to show. Holds ids, hashes, numbers and an encoded address only."""

    _template = Template("{% macro script(this, kwargs) %}window.conflictmap.show({{ this.literal }});{% endmacro %}")

    def __init__(self, command: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Command"
        self.literal = inert(command)


def inert(value: Any) -> str:
    """A value as a JavaScript literal that is nothing else on its way: no markup, no Jinja, no template literal.

    folium's rendering is compiled as Jinja a second time, and streamlit-folium evaluates it: so in strings every
    character that means something to one of them is written as an escape.
    """
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{inert(str(key))}: {inert(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[ " + ", ".join(inert(item) for item in value) + " ]"
    if isinstance(value, str):
        return re.sub(r"[<>&'`${}%#_]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value))
    return json.dumps(value)


@cache
def web_files() -> dict[str, Path]:
    """The browser's modules and style by file name: the files that the app serves, and no others."""
    return {path.name: path for path in sorted(WEB.iterdir()) if path.suffix in (".js", ".css")}


@cache
def web_version() -> str:
    """A hash of the browser's modules and style. It is part of their path, so that a module's imports carry it as well."""
    content = hashlib.sha256()
    for name, path in web_files().items():
        content.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return content.hexdigest()[:12]


def _loader() -> str:
    """The address of the classic script that loads the modules; it names them, so that they are fetched side by side."""
    modules = ",".join(Path(name).stem for name in web_files() if name.endswith(".js") and name != LOADER)
    return f"{_FROM_FRAME}web/{web_version()}/{LOADER}?modules={modules}"


def base_map(questions: Questions) -> folium.Map:
    """The map without places: always the same for a theatre, so that the component keeps its frame, zoom and centre."""
    theatre = questions.corpus.gazetteer.theatre
    base = folium.Map(
        location=[(theatre.south + theatre.north) / 2, (theatre.west + theatre.east) / 2],
        zoom_start=7,
        tiles=None,
        control_scale=True,
        min_zoom=MIN_ZOOM,
        max_zoom=MAX_ZOOM,
        minZoom=MIN_ZOOM,
        maxZoom=MAX_ZOOM,
        max_bounds=True,
        min_lon=BASE_BOX[0],
        min_lat=BASE_BOX[1],
        max_lon=BASE_BOX[2],
        max_lat=BASE_BOX[3],
    )
    base.default_js = [
        ("conflictmap", _loader()),  # first: the modules come while Leaflet does
        ("leaflet", f"{_FROM_FRAME}leaflet/leaflet.js"),
    ]
    base.default_css = [("leaflet_css", f"{_FROM_FRAME}leaflet/leaflet.css")]
    base.add_child(_Attach())
    return base


def command(
    view: View,
    layer: str,
    days: tuple[int, int] | None,
    bounds: list[list[float]] | None,
    query: str | None,
    dark: bool,
    tiles: bool,
    fit: str = "",
    span: tuple[int, int] | None = None,
) -> folium.FeatureGroup:
    """The one thing that changes: which places (by hash), period (days since 1970), choice and looks.

    `query` is the address that the page should have, None to leave it; the map moves to `bounds` whenever `fit` changes.
    `span` is what the slider runs over, and playback with it; without it there is no playback.
    """
    group = folium.FeatureGroup(name="command")
    group.add_child(
        _Command(
            {
                "layer": layer,
                "first": days[0] if days else None,
                "last": days[1] if days else None,
                "span": list(span) if span else None,
                "undated": view.undated,
                "place": view.place,
                "bounds": bounds,
                "fit": fit,
                "query": query,
                "dark": dark,
                "tiles": tiles,
            }
        )
    )
    return group


def day_number(day: date) -> int:
    """Days since 1 January 1970, as the browser counts them."""
    return (day - date(1970, 1, 1)).days


def stopped(feature: Mapping[str, Any]) -> tuple[date, date] | None:
    """The first and last day at which playback stopped, from what the browser says was clicked; None if it makes no sense."""
    told = feature.get("properties")
    if feature.get("id") != PERIOD or not isinstance(told, Mapping):
        return None
    first, last = _day(told.get("from")), _day(told.get("to"))
    return (first, last) if first and last and first <= last else None


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def bounds(places: Iterable[Place | DerivedFootprint]) -> list[list[float]] | None:
    """[[south, west], [north, east]] in degrees around label points, None for none."""
    points = [place.footprint for place in places if place.footprint]
    if not points:
        return None
    margin = 0.05
    return [
        [min(p.latitude for p in points) - margin, min(p.longitude for p in points) - margin],
        [max(p.latitude for p in points) + margin, max(p.longitude for p in points) + margin],
    ]
