/**
 * Geometry in a flat world: Web Mercator at zoom 0 (256 units wide), relative to an origin near the data.
 *
 * The origin keeps the numbers small, so that paths stay exact when a canvas scales them up.
 *
 * @module
 */

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {[number, number, number, number]} Box left, top, right, bottom */
/** @typedef {{ type: string, coordinates?: any, geometries?: Geometry[] }} Geometry a GeoJSON geometry, longitude before latitude */

const EQUATOR = 40075016.7;  // metres

/**
 * @param {number} longitude degrees
 * @param {number} latitude degrees; beyond Web Mercator's ±85.0511 the point lies on the edge
 * @param {Point} origin in world units
 * @returns {Point} world units
 */
export function project(longitude, latitude, origin = ORIGIN) {
  const limited = Math.max(-85.0511, Math.min(85.0511, latitude)) * Math.PI / 180;
  return {
    x: 256 * (longitude + 180) / 360 - origin.x,
    y: 128 * (1 - Math.log(Math.tan(Math.PI / 4 + limited / 2)) / Math.PI) - origin.y,
  };
}

export const ORIGIN = project(38, 35, { x: 0, y: 0 });

/**
 * How many pixels a distance on the ground covers.
 *
 * @param {number} metres
 * @param {number} latitude degrees
 * @param {number} scale pixels per world unit
 */
export function pixelsOf(metres, latitude, scale) {
  return metres / (EQUATOR * Math.cos(latitude * Math.PI / 180) / (256 * scale));
}

/**
 * @param {Path2D} path
 * @param {number[][]} ring
 * @param {boolean} close
 */
function addRing(path, ring, close) {
  ring.forEach((position, i) => {
    const p = project(position[0], position[1]);
    if (i) path.lineTo(p.x, p.y); else path.moveTo(p.x, p.y);
  });
  if (close) path.closePath();
}

/**
 * @param {Geometry} geometry points are left out
 * @returns {Path2D} in world units
 */
export function toPath(geometry) {
  const path = new Path2D(), c = geometry.coordinates;
  if (geometry.type === "GeometryCollection") for (const part of geometry.geometries ?? []) path.addPath(toPath(part));
  else if (geometry.type === "LineString") addRing(path, c, false);
  else if (geometry.type === "MultiLineString") for (const line of c) addRing(path, line, false);
  else if (geometry.type === "Polygon") for (const ring of c) addRing(path, ring, true);
  else if (geometry.type === "MultiPolygon") for (const ring of c.flat()) addRing(path, ring, true);
  return path;
}

/**
 * @param {Geometry} geometry
 * @returns {[Point, Point]} north-west and south-east, in world units
 */
export function boxOf(geometry) {
  const low = { x: Infinity, y: Infinity }, high = { x: -Infinity, y: -Infinity };
  /** @param {any} part */
  function walk(part) {
    if (typeof part[0] !== "number") { part.forEach(walk); return; }
    const p = project(part[0], part[1]);
    low.x = Math.min(low.x, p.x);
    low.y = Math.min(low.y, p.y);
    high.x = Math.max(high.x, p.x);
    high.y = Math.max(high.y, p.y);
  }
  walk(geometry.coordinates);
  return [low, high];
}
