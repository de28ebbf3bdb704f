"""The app's own same-origin routes: the browser's modules and style, the base map, Leaflet from its installed package, and the place layers."""

from __future__ import annotations

import gzip
from functools import cache
from importlib import metadata
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from conflictmap.webmap.layer import BASEMAP, PAYLOADS, ROUTE, web_files, web_version

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
}


@cache
def leaflet_files() -> dict[str, Path]:
    """Leaflet's files by name ("leaflet.js", "images/layers.png") in the installed package xstatic-leaflet."""
    marker = "xstatic/pkg/leaflet/data/"
    files = metadata.files("xstatic-leaflet") or []
    return {
        str(file).partition(marker)[2]: Path(str(file.locate()))
        for file in files
        if marker in str(file) and file.suffix in _TYPES
    }


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


def _answer(request: Request, compressed: bytes, kind: str, caching: str) -> Response:
    # Streamlit's server leaves Nagle's algorithm on and sends head and body apart, so on a connection that is kept a small body
    # waits some 40 ms for the browser to acknowledge the head. Closing sends it at once.
    headers = {"Cache-Control": caching, "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding", "Connection": "close"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(compressed, media_type=kind, headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(compressed), media_type=kind, headers=headers)


async def _web(request: Request) -> Response:
    path = web_files().get(request.path_params["name"])
    if path is None or request.path_params["version"] != web_version():  # never another version's content, kept for ever
        return PlainTextResponse("no such file", 404)
    return _answer(request, _compressed(path), _TYPES[path.suffix], "public, max-age=31536000, immutable")


async def _base_map(request: Request) -> Response:
    return _answer(request, _compressed(BASEMAP), _TYPES[".json"], "no-cache")


async def _leaflet(request: Request) -> Response:
    path = leaflet_files().get(request.path_params["name"])
    if path is None:
        return PlainTextResponse("no such file", 404)
    return _answer(request, _compressed(path), _TYPES[path.suffix], "public, max-age=86400")


async def _layer(request: Request) -> Response:
    payload = PAYLOADS.get(request.path_params["name"])
    if payload is None:
        return PlainTextResponse("these places are no longer held: reload the page", 404)
    return _answer(request, payload, _TYPES[".json"], "private, max-age=31536000, immutable")


ROUTES = [
    Route(f"{ROUTE}/leaflet/{{name:path}}", _leaflet),
    Route(f"{ROUTE}/layer/{{name}}.json", _layer),
    Route(f"{ROUTE}/web/{{version}}/{{name}}", _web),
    Route(f"{ROUTE}/basemap.json", _base_map),
]
