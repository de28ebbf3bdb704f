/* The browser's part of the map: a base map and a place layer, each on a canvas of its own, and one function that the
 * app calls with tiny commands. Loaded once; the folium map in whose frame it runs never changes.
 *
 * The places come once, by fetch, from an address that carries the hash of their content. Each has the first days and the
 * last days of its mentions' intervals (days since 1970, in order, each with its number), so that
 *     mentions in a period = (starts up to its last day) - (ends before its first day)
 * and moving the period needs no round trip for the data. Playback moves it here alone, frame by frame; where it stops is
 * told to the app as if it were a click. So does the slider while the reader moves it; the app's own word follows. Text from the
 * gazetteer is only ever drawn on a canvas or set as textContent: nothing here parses it as HTML.
 *
 * The files of this folder are one script: the app serves them joined, in one function, in maplayer.SCRIPT_PARTS' order.
 */

const COLOURS = {
  light: {
    sea: "#cfe0ea", land: "#f6f4ee", lake: "#b9d3e2", border: "#8a8478", disputed: "#8a8478", province: "#d3cdbf", river: "#9dc0d6",
    town: "#6d675c", water: "#3f6a84", country: "#706a5d", halo: "rgba(255,255,255,0.9)",
    dot: "#b3361b", dotEdge: "#ffffff", dotText: "#ffffff", area: "#7a4a9c", line: "#1f6f8b", vague: "#8a5600", selected: "#111111", label: "#2a1a14",
  },
  dark: {
    sea: "#16222b", land: "#262a2e", lake: "#1b2f3b", border: "#7d8186", disputed: "#7d8186", province: "#3b4046", river: "#35586c",
    town: "#a3a6a9", water: "#6f97ad", country: "#a0a6ac", halo: "rgba(20,22,24,0.9)",
    dot: "#f0734f", dotEdge: "#1b1d1f", dotText: "#1b1008", area: "#c39be0", line: "#6cc3df", vague: "#f0c14f", selected: "#ffffff", label: "#f4ece8",
  },
};
const MAX_ZOOM = 14;
const FONT = '"Source Sans", "Source Sans 3", "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif';
const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";

const state = {
  map: null, assets: "", base: null, places: [], byId: new Map(), most: 1, loaded: "", loading: "",
  asked: null, command: null, colours: COLOURS.light, fitted: null, tiles: null, following: false, partial: false,
};

/* ---- geometry in a flat world: Web Mercator at zoom 0 (256 units wide), relative to an origin near the data ---- */
const ORIGIN = project(38, 35, { x: 0, y: 0 });

function project(longitude, latitude, origin) {
  const limited = Math.max(-85.0511, Math.min(85.0511, latitude)) * Math.PI / 180;
  return {
    x: 256 * (longitude + 180) / 360 - origin.x,
    y: 128 * (1 - Math.log(Math.tan(Math.PI / 4 + limited / 2)) / Math.PI) - origin.y,
  };
}

function addRing(path, ring, close) {
  ring.forEach(function (position, i) {
    const p = project(position[0], position[1], ORIGIN);
    if (i) path.lineTo(p.x, p.y); else path.moveTo(p.x, p.y);
  });
  if (close) path.closePath();
}

function toPath(geometry) {
  const path = new Path2D();
  const c = geometry.coordinates;
  if (geometry.type === "GeometryCollection") geometry.geometries.forEach(function (g) { path.addPath(toPath(g)); });
  else if (geometry.type === "LineString") addRing(path, c, false);
  else if (geometry.type === "MultiLineString") c.forEach(function (line) { addRing(path, line, false); });
  else if (geometry.type === "Polygon") c.forEach(function (ring) { addRing(path, ring, true); });
  else if (geometry.type === "MultiPolygon") c.forEach(function (part) { part.forEach(function (ring) { addRing(path, ring, true); }); });
  return path;
}

function boxOf(geometry) {  // [north-west, south-east] in world units
  const xs = [], ys = [];
  (function walk(part) {
    if (typeof part[0] !== "number") { part.forEach(walk); return; }
    const p = project(part[0], part[1], ORIGIN);
    xs.push(p.x);
    ys.push(p.y);
  })(geometry.coordinates);
  return [{ x: Math.min.apply(null, xs), y: Math.min.apply(null, ys) }, { x: Math.max.apply(null, xs), y: Math.max.apply(null, ys) }];
}
