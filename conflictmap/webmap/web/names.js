/**
 * The names on the map: of places, then of the base map where they leave room.
 *
 * @module
 */
import { OPEN, POINT, radiusOf } from "./crowding.js";
import { Labels, spotsAround, spotsBeside, spotsInside } from "./labels.js";
import { isWorkedOut } from "./place.js";
import { state } from "./state.js";
import { FONT, NAME, textWidth } from "./text.js";
import { grouped, short } from "./wording.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./places.js").PlaceLayer} PlaceLayer
 * @typedef {import("./world.js").Point} Point
 * @typedef {import("./world.js").Box} Box
 */

/**
 * @typedef {object} Name
 * @property {string} text
 * @property {Point} at what it names, in pixels of the canvas
 * @property {string} font
 * @property {string} colour
 * @property {(width: number) => Point[]} spots where it may be written, from its width in pixels
 * @property {boolean} [above] whether it may cover marks
 * @property {boolean} [whole] whether it may not leave the view, unless it is above
 */

export const NAMED_FIRST = 12;  // so many names may cover marks
const NAMED_IN_A_CROWD = 20;  // among very many places that move, nobody reads the others' names
const MOST_NAMED = 400;
const WORKED_OUT = `italic 600 12px ${FONT}`, EXTENT = `italic 600 12.5px ${FONT}`;

const anywhere = () => true, nowhere = () => false;

/**
 * Draw the names of the places, the chosen one's first, then by their mentions, then the base map's. Sets `named`.
 *
 * @param {PlaceLayer} layer
 * @param {object} options
 * @param {Place[]} options.marks dots and worked-out points, with `at` and `lead`
 * @param {Box[]} options.taken numbers and badges
 * @param {string | null} options.chosen
 * @param {number} options.zoom
 * @returns {[Box, Place][]} where the names are
 */
export function drawNames(layer, { marks, taken, chosen, zoom }) {
  const labels = new Labels(layer.size(), layer.view());
  for (const place of marks) {
    const p = place.at, r = place.drawn === "dot" ? place.radius - 1 : OPEN + 0.5;
    if (!place.lead) labels.marks.add([p.x - r, p.y - r, p.x + r, p.y + r]);
    place.named = false;
  }
  for (const box of taken) labels.texts.add(box);
  const first = layer.shown.find((place) => place.id === chosen);
  const ordered = (first ? [first] : []).concat(layer.shown.slice(0, MOST_NAMED).filter((place) => place !== first));
  if (layer.hurried()) ordered.length = NAMED_IN_A_CROWD;
  /** @type {[Box, Place][]} */
  const written = [];
  ordered.forEach((place, rank) => {
    if (isWorkedOut(place) && !place.shape) return;
    const name = nameOf(layer, place), important = rank < NAMED_FIRST || place.id === chosen;
    let box = write(layer, labels, { ...name, above: place.drawn !== "dot" && place.id === chosen });
    if (place.drawn === "dot" && !box && important) box = write(layer, labels, { ...name, above: true });
    if (place.drawn === "dot" || place.drawn === "circle") place.named = box !== null;
    if (box) written.push([box, place]);
  });
  if (state.base && !state.tiles) drawBaseNames(layer, labels, state.base.labels, zoom);
  return written;
}

/**
 * @param {PlaceLayer} layer
 * @param {Place} place
 * @returns {Name}
 */
function nameOf(layer, place) {
  const c = state.colours, at = layer.at(place.point), mentions = place.count > 1 ? ` ${grouped(place.count)}` : "";
  if (place.drawn === "dot") {
    const radius = place.lead ? POINT : radiusOf(place.count, state.most), suffix = place.count ? radius < 8 ? mentions : "" : " ≈";
    return { text: place.title + suffix, at, font: NAME, colour: c.label, spots: (width) => spotsBeside(at, width, radius + 4) };
  }
  if (place.drawn === "circle") {
    const spots = (/** @type {number} */ width) => spotsAround(at, width, layer.reach(place), layer.view());
    return { text: short(place.title) + mentions, at, font: WORKED_OUT, colour: c.vague, spots, whole: true };
  }
  if (place.drawn === "vague") {
    return { text: short(place.title) + mentions, at, font: WORKED_OUT, colour: c.vague, spots: (width) => spotsInside(at, width, anywhere) };
  }
  const { drawn, path } = place, inside = drawn === "area" && path ? (/** @type {Point} */ p) => layer.holds(path, p) : nowhere;
  return {
    text: `${place.title} ${place.count ? grouped(place.count) : "≈"}`, at, font: EXTENT, colour: drawn === "area" ? c.area : c.line,
    spots: (width) => spotsInside(at, width, inside),
  };
}

/**
 * @param {PlaceLayer} layer
 * @param {Labels} labels
 * @param {import("./state.js").BaseLabel[]} rows
 * @param {number} zoom
 */
function drawBaseNames(layer, labels, rows, zoom) {
  const c = state.colours, ctx = layer.ctx, titles = new Set(layer.shown.map((place) => place.title));
  for (const { name, kind, zoom: from, until, point } of rows) {
    if (zoom < from || zoom > until || titles.has(name)) continue;
    const at = layer.at(point), inside = (/** @type {number} */ width) => spotsInside(at, width, nowhere);
    if (kind === "sea") write(layer, labels, { text: name, at, font: `italic 13px ${FONT}`, colour: c.water, spots: inside });
    else if (kind === "country") write(layer, labels, { text: name.toUpperCase(), at, font: `11px ${FONT}`, colour: c.country, spots: inside });
    else if (write(layer, labels, { text: name, at, font: `12px ${FONT}`, colour: c.town, spots: (width) => spotsBeside(at, width, 5) })) {
      ctx.beginPath();
      ctx.arc(at.x, at.y, 2, 0, 2 * Math.PI);
      ctx.fillStyle = c.town;
      ctx.fill();
    }
  }
}

/**
 * @param {PlaceLayer} layer
 * @param {Labels} labels
 * @param {Name} name
 * @returns {Box | null} where it is written; null if there is no room
 */
function write({ ctx }, labels, { text, at, font, colour, spots, above = false, whole = false }) {
  if (!labels.near(at)) return null;
  const width = textWidth(ctx, text, font), found = labels.take(spots(width), width, { above, whole });
  if (!found) return null;
  ctx.font = font;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.lineJoin = "round";
  ctx.strokeStyle = state.colours.halo;
  ctx.strokeText(text, found.spot.x, found.spot.y);
  ctx.fillStyle = colour;
  ctx.fillText(text, found.spot.x, found.spot.y);
  return found.box;
}
