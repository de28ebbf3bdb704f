/**
 * Which place lies under a point of the map.
 *
 * @module
 */
import { contains } from "./boxes.js";
import { POINT, radiusOf } from "./crowding.js";
import { isWorkedOut } from "./place.js";
import { state } from "./state.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./places.js").PlaceLayer} PlaceLayer
 * @typedef {import("./world.js").Point} Point
 */

/**
 * @param {PlaceLayer} layer
 * @param {Point} p in pixels of the canvas
 * @returns {Place | null} badges before dots before worked-out points before names before lines before the smallest area
 */
export function placeUnder(layer, p) {
  const boxed = (/** @type {[import("./world.js").Box, Place][]} */ pairs) => pairs.find(([box]) => contains(box, p))?.[1];
  return boxed(layer.badges) ?? nearestDot(layer, p) ?? nearestOpen(layer, p) ?? boxed(layer.labelled) ?? lineUnder(layer, p) ?? smallestUnder(layer, p);
}

/**
 * @param {PlaceLayer} layer
 * @param {Place} place
 * @param {Point} p
 */
function apart(layer, place, p) {
  const spot = layer.at(place.point);
  return Math.hypot(spot.x - p.x, spot.y - p.y);
}

/**
 * @param {PlaceLayer} layer
 * @param {Point} p
 */
function nearestDot(layer, p) {
  let found = null, nearest = 6;  // pixels from its edge
  for (const place of layer.shown) {
    if (place.drawn !== "dot") continue;
    const distance = apart(layer, place, p) - (place.lead ? POINT : radiusOf(place.count, state.most));
    if (distance < nearest) { found = place; nearest = distance; }
  }
  return found;
}

/**
 * @param {PlaceLayer} layer
 * @param {Point} p
 */
function nearestOpen(layer, p) {
  let found = null, nearest = 10;  // pixels from its middle
  for (const place of layer.shown) {
    if (place.drawn !== "circle" || !place.shape || place.lead) continue;
    const distance = apart(layer, place, p);
    if (distance < nearest) { found = place; nearest = distance; }
  }
  return found;
}

/**
 * @param {PlaceLayer} layer
 * @param {Point} p
 */
function lineUnder(layer, p) {
  const ctx = layer.ctx, point = layer.fromCanvas(p);
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.lineWidth = 12 / layer.scale;
  const found = layer.shown.find((place) => place.drawn === "line" && place.path && ctx.isPointInStroke(place.path, point.x, point.y));
  ctx.restore();
  return found;
}

/**
 * @param {PlaceLayer} layer
 * @param {Point} p
 */
function smallestUnder(layer, p) {
  /** @type {Place | null} */
  let best = null;
  for (const place of layer.shown) {
    if (best && place.uncertainty >= best.uncertainty || isWorkedOut(place) && !place.shape) continue;
    const held = place.drawn === "circle" ? apart(layer, place, p) <= layer.pixels(place)
      : (place.drawn === "area" || place.drawn === "vague") && place.path && layer.holds(place.path, p);
    if (held) best = place;
  }
  return best;
}
