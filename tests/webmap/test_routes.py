"""The app's own routes, asked as a server asks them (by ASGI scope), so that no client tidies a path on the way."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette

from conflictmap.webmap import layer as maplayer
from conflictmap.webmap.layer import PAYLOADS
from conflictmap.webmap.routes import ROUTES, leaflet_files


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> bytes:
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body


@pytest.fixture(scope="session")
def get() -> Callable[..., Answer]:
    app = Starlette(routes=ROUTES)

    def ask(address: str, encoding: str = "gzip, deflate", method: str = "GET") -> Answer:
        path, _, query = address.partition("?")
        sent: list[dict] = []

        async def receive() -> dict:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict) -> None:
            sent.append(message)

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1",
            "method": method, "scheme": "http", "path": unquote(path),
            "raw_path": path.encode(), "root_path": "",
            "query_string": query.encode(), "server": ("test", 80), "client": ("test", 1),
            "headers": [(b"host", b"test"), (b"accept-encoding", encoding.encode())],
        }  # fmt: skip
        asyncio.run(app(scope, receive, send))
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:]))

    return ask


@pytest.mark.parametrize(
    ("address", "kind", "begins"),
    [
        ("/conflictmap/leaflet/leaflet.js", "text/javascript; charset=utf-8", b"/* @preserve"),
        ("/conflictmap/leaflet/leaflet.css", "text/css; charset=utf-8", b"/*"),
        ("/conflictmap/leaflet/images/layers.png", "image/png", b"\x89PNG"),
        ("/conflictmap/map.js", "text/javascript; charset=utf-8", b"(function"),
        ("/conflictmap/basemap.json", "application/json", b"{"),
    ],
)
@pytest.mark.parametrize("encoding", ["gzip, br", "", "identity"])
def test_each_file_is_served_plain_and_compressed(
    get: Callable[..., Answer], address: str, kind: str, begins: bytes, encoding: str
) -> None:
    answer = get(address, encoding)
    assert answer.status == 200
    assert answer.headers["content-type"] == kind
    assert ("content-encoding" in answer.headers) == ("gzip" in encoding)
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content.startswith(begins)


def test_plain_and_compressed_hold_the_file_itself(get: Callable[..., Answer]) -> None:
    file = maplayer.script()
    assert get("/conflictmap/map.js").content == get("/conflictmap/map.js", "").content == file


def test_every_file_that_the_stylesheet_names_is_served(get: Callable[..., Answer]) -> None:
    sheet = get("/conflictmap/leaflet/leaflet.css").content.decode()
    named = {name for name in re.findall(r"url\(([^)]+)\)", sheet) if not name.startswith("#")}
    assert "images/layers.png" in named
    for name in named:
        assert get(f"/conflictmap/leaflet/{name}").status == 200, name


def test_the_base_map_is_valid_and_has_its_layers(get: Callable[..., Answer]) -> None:
    base = json.loads(get("/conflictmap/basemap.json").content)
    for layer in ("land", "lakes", "admin0", "admin0_disputed", "admin1", "rivers"):
        assert base[layer]["type"] in ("Polygon", "MultiPolygon", "LineString", "MultiLineString", "GeometryCollection"), layer
        assert base[layer].get("coordinates") or base[layer].get("geometries"), layer
    for labels in ("countries", "seas", "towns"):
        assert base[labels], labels
        for label in base[labels]:
            assert -180 <= label["lon"] <= 180
            assert -90 <= label["lat"] <= 90
            assert label["name"]
            assert label["zoom"] >= 0


def test_a_layer_is_served_by_its_hash(get: Callable[..., Answer]) -> None:
    payload = json.dumps({"places": ["<script>", "é"]}).encode()
    name = PAYLOADS.put(payload)
    answer = get(f"/conflictmap/layer/{name}.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.content == payload == get(f"/conflictmap/layer/{name}.json", "").body


@pytest.mark.parametrize(
    ("address", "caching"),
    [
        ("/conflictmap/map.js?v=0123", "public, max-age=31536000, immutable"),
        ("/conflictmap/map.js", "no-cache"),
        ("/conflictmap/basemap.json", "no-cache"),
        ("/conflictmap/leaflet/leaflet.js", "public, max-age=86400"),
    ],
)
def test_what_may_change_is_asked_for_again(get: Callable[..., Answer], address: str, caching: str) -> None:
    assert get(address).headers["cache-control"] == caching


def test_a_corpus_is_kept_by_the_readers_browser_only(get: Callable[..., Answer]) -> None:
    name = PAYLOADS.put(b"{}")
    assert get(f"/conflictmap/layer/{name}.json").headers["cache-control"].startswith("private")


def test_no_other_origin_may_read(get: Callable[..., Answer]) -> None:
    name = PAYLOADS.put(b"{}")
    assert "access-control-allow-origin" not in get(f"/conflictmap/layer/{name}.json").headers


@pytest.mark.parametrize(
    "address",
    [
        "/conflictmap/nothing.js",
        "/conflictmap/",
        "/conflictmap/english.yaml",
        "/conflictmap/build_basemap.py",
        "/conflictmap/place.schema.json",
        "/conflictmap/../routes.py",
        "/conflictmap/..%2froutes.py",
        "/conflictmap/%2e%2e%2froutes.py",
        "/conflictmap//etc/passwd",
        "/conflictmap/%2fetc%2fpasswd",
        "/conflictmap/leaflet/",
        "/conflictmap/leaflet/nothing.js",
        "/conflictmap/leaflet/../leaflet/leaflet.js",
        "/conflictmap/leaflet/../../../../../../etc/passwd",
        "/conflictmap/leaflet/%2e%2e/%2e%2e/__init__.py",
        "/conflictmap/leaflet/..%5c..%5c__init__.py",
        "/conflictmap/leaflet//etc/passwd",
        "/conflictmap/leaflet/%2fetc%2fpasswd",
        "/conflictmap/leaflet/leaflet.js%00.png",
        "/conflictmap/leaflet/__init__.py",
        "/conflictmap/layer/nothing.json",
        "/conflictmap/layer/../map.js",
        "/conflictmap/layer/%2e%2e%2fmap.js.json",
        "/conflictmap/layer/.json",
    ],
)
def test_all_else_is_not_found(get: Callable[..., Answer], address: str) -> None:
    answer = get(address)
    assert answer.status == 404
    assert b"root:" not in answer.content
    assert b"import" not in answer.content


def test_only_reading_is_allowed(get: Callable[..., Answer]) -> None:
    assert get("/conflictmap/map.js", method="POST").status == 405
    assert get("/conflictmap/map.js", method="HEAD").status == 200


def test_leaflets_files_are_inside_its_package() -> None:
    files = leaflet_files()
    assert {"leaflet.js", "leaflet.css", "images/layers.png"} <= set(files)
    for name, path in files.items():
        assert ".." not in Path(name).parts
        assert path.is_file()
