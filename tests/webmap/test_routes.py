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

from conflictmap.webmap.layer import PAYLOADS, web_files, web_version
from conflictmap.webmap.routes import ROUTES, leaflet_files

WEB = f"/conflictmap/web/{web_version()}"


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
        (f"{WEB}/loader.js", "text/javascript; charset=utf-8", b"/**"),
        (f"{WEB}/main.js", "text/javascript; charset=utf-8", b"/**"),
        (f"{WEB}/map.css", "text/css; charset=utf-8", b"/*"),
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
    assert answer.headers["connection"] == "close"
    assert answer.content.startswith(begins)


def test_plain_and_compressed_hold_the_file_itself(get: Callable[..., Answer]) -> None:
    for name, path in web_files().items():
        assert get(f"{WEB}/{name}").content == get(f"{WEB}/{name}", "").content == path.read_bytes()


def test_every_module_that_a_module_imports_is_served(get: Callable[..., Answer]) -> None:
    found = set()
    for name in web_files():
        for neighbour in re.findall(r"""["']\./([^"']+\.js)["']""", get(f"{WEB}/{name}").content.decode()):
            answer = get(f"{WEB}/{neighbour}")
            assert answer.status == 200, f"{name} imports {neighbour}"
            assert answer.headers["content-type"].startswith("text/javascript"), "or no browser takes it as a module"
            found.add(neighbour)
    assert {"main.js", "state.js", "counts.js"} <= found


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
        (f"{WEB}/main.js", "public, max-age=31536000, immutable"),
        (f"{WEB}/loader.js?modules=main", "public, max-age=31536000, immutable"),
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
        "/conflictmap/map.js",
        "/conflictmap/main.js",
        "/conflictmap/web/",
        "/conflictmap/web/main.js",
        "/conflictmap/web/0123456789ab/main.js",
        f"{WEB}/",
        f"{WEB}/nothing.js",
        f"{WEB}/globals.d.ts",
        f"{WEB}/../{WEB.rpartition('/')[2]}/main.js",
        f"{WEB}/..%2f..%2froutes.py",
        f"{WEB}/%2e%2e%2f%2e%2e%2froutes.py",
        f"{WEB}//etc/passwd",
        f"{WEB}/%2fetc%2fpasswd",
        f"{WEB}/main.js%00.css",
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
        "/conflictmap/layer/../basemap.json",
        "/conflictmap/layer/%2e%2e%2fbasemap.json",
        "/conflictmap/layer/.json",
    ],
)
def test_all_else_is_not_found(get: Callable[..., Answer], address: str) -> None:
    answer = get(address)
    assert answer.status == 404
    assert b"root:" not in answer.content
    assert b"import" not in answer.content


def test_only_reading_is_allowed(get: Callable[..., Answer]) -> None:
    assert get(f"{WEB}/main.js", method="POST").status == 405
    assert get(f"{WEB}/main.js", method="HEAD").status == 200


def test_leaflets_files_are_inside_its_package() -> None:
    files = leaflet_files()
    assert {"leaflet.js", "leaflet.css", "images/layers.png"} <= set(files)
    for name, path in files.items():
        assert ".." not in Path(name).parts
        assert path.is_file()
