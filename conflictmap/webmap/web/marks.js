/**
 * How each kind of place is drawn, with the number on its mark and the badge beside it.
 *
 * @module
 */
import { Boxes } from "./boxes.js";
import { unnamed } from "./crowding.js";
import { total } from "./place.js";
import { state } from "./state.js";
import { BADGE, FONT, textWidth } from "./text.js";
import { brief } from "./wording.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./places.js").PlaceLayer} PlaceLayer
 * @typedef {import("./world.js").Box} Box
 * @typedef {Place & { path: Path2D }} Extended a place with an extent
 * @typedef {Extended & { box: NonNullable<Place["box"]> }} Hatched a vague one
 */

const LARGE = `600 12px ${FONT}`, SMALL = `600 10.5px ${FONT}`;
const TURN = 2 * Math.PI;

/**
 * @param {PlaceLayer} layer in world units
 * @param {Extended} place
 * @param {boolean} on whether it is chosen
 * @param {number} zoom
 */
export function drawArea({ ctx, scale }, place, on, zoom) {
  const c = state.colours, px = 1 / scale;
  if (place.count) {
    ctx.globalAlpha = (on ? 0.3 : 0.13) * (zoom > 10 ? 0.45 : 1);  // close by, a flat tint would hide the land
    ctx.fillStyle = c.area;
    ctx.fill(place.path, "evenodd");
  }
  ctx.globalAlpha = on ? 1 : 0.75;
  ctx.strokeStyle = on ? c.selected : c.area;
  ctx.lineWidth = (on && place.count ? 2.5 : 1.3) * px;
  ctx.setLineDash(place.count ? [7 * px, 4 * px] : [2 * px, 5 * px]);  // only suggested: a finer outline, no tint
  ctx.stroke(place.path);
  ctx.setLineDash([]);
}

/**
 * @param {PlaceLayer} layer in world units
 * @param {Extended} place
 * @param {boolean} on
 */
export function drawLine({ ctx, scale }, place, on) {
  const c = state.colours, px = 1 / scale;
  if (on) {
    ctx.globalAlpha = 1;
    ctx.strokeStyle = c.selected;
    ctx.lineWidth = 7 * px;
    ctx.stroke(place.path);
  }
  ctx.globalAlpha = 0.85;
  ctx.strokeStyle = c.line;
  ctx.lineWidth = (place.count ? 4 : 2) * px;
  if (!place.count) ctx.setLineDash([2 * px, 5 * px]);
  ctx.stroke(place.path);
  ctx.setLineDash([]);
}

/**
 * Draw the edge of a chosen area or line above the dots.
 *
 * @param {PlaceLayer} layer
 * @param {Extended} place
 */
export function drawChosenEdge(layer, place) {
  const ctx = layer.ctx, px = 1 / layer.scale;
  layer.inWorld();
  ctx.strokeStyle = state.colours.selected;
  ctx.lineWidth = 2.5 * px;
  if (place.drawn === "area" || place.drawn === "vague") {
    ctx.setLineDash([7 * px, 4 * px]);
    ctx.stroke(place.path);
    ctx.setLineDash([]);
  }
  layer.onScreen();
}

/**
 * Draw an area worked out from other places: somewhere in here, so it is hatched and has no firm edge.
 *
 * @param {PlaceLayer} layer
 * @param {Hatched} place
 * @param {boolean} on
 */
export function drawVague(layer, place, on) {
  const ctx = layer.ctx, px = 1 / layer.scale, colour = on ? state.colours.selected : state.colours.vague;
  ctx.save();
  layer.inWorld();
  ctx.clip(place.path, "evenodd");
  layer.onScreen();
  const [a, b] = place.box.map((corner) => layer.at(corner)), size = layer.size();
  const left = Math.max(a.x, 0), top = Math.max(a.y, 0), right = Math.min(b.x, size.x), bottom = Math.min(b.y, size.y);
  if (right > left && bottom > top) {
    ctx.globalAlpha = 0.07;
    ctx.fillStyle = state.colours.vague;
    ctx.fillRect(left, top, right - left, bottom - top);
    ctx.globalAlpha = on ? 0.5 : 0.36;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.beginPath();
    for (let at = Math.floor((left + top) / 8) * 8; at < right + bottom; at += 8) {
      ctx.moveTo(at - top, top);
      ctx.lineTo(at - bottom, bottom);
    }
    ctx.stroke();
  }
  ctx.restore();
  ctx.save();
  layer.inWorld();
  ctx.globalAlpha = 0.9;
  ctx.strokeStyle = colour;
  ctx.lineWidth = (on ? 2.2 : 1.2) * px;
  ctx.setLineDash([1.5 * px, 4 * px]);
  ctx.stroke(place.path);
  ctx.restore();
  layer.onScreen();
}

/**
 * Draw how far off a place worked out from another may lie, at every zoom.
 *
 * @param {PlaceLayer} layer
 * @param {Place} place
 * @param {boolean} on
 */
export function drawReach(layer, place, on) {
  const ctx = layer.ctx, c = state.colours;
  circle(ctx, place.at, layer.reach(place));
  ctx.globalAlpha = on ? 0.16 : 0.09;
  ctx.fillStyle = c.vague;
  ctx.fill();
  ctx.globalAlpha = 0.95;
  ctx.setLineDash([5, 4]);
  ctx.lineWidth = on ? 2.2 : 1.4;
  ctx.strokeStyle = on ? c.selected : c.vague;
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/**
 * @param {PlaceLayer} layer
 * @param {Place} place worked out from another
 * @param {boolean} on
 */
export function drawOpen({ ctx }, place, on) {
  circle(ctx, place.at, place.radius);
  ctx.lineWidth = on ? 3 : 2;
  ctx.strokeStyle = on ? state.colours.selected : state.colours.vague;
  ctx.stroke();
}

/**
 * @param {PlaceLayer} layer
 * @param {Place} place
 * @param {boolean} on
 */
export function drawDot(layer, place, on) {
  const ctx = layer.ctx, c = state.colours, r = place.radius;
  if (place.maybe) {  // descriptions that fit it: a hollow, dashed ring, around the dot if it is mentioned as well
    circle(ctx, place.at, place.count ? r + 3.5 : r);
    ctx.setLineDash([3, 2.5]);
    ctx.lineWidth = on && !place.count ? 3 : 1.6;
    ctx.strokeStyle = on && !place.count ? c.selected : c.dot;
    ctx.stroke();
    ctx.setLineDash([]);
    if (!place.count) return;
  }
  const reach = layer.pixels(place);
  if (reach > r + 3) {  // the zoom is fine enough to suggest more than is known: show what is known
    circle(ctx, place.at, reach);
    ctx.globalAlpha = 0.08;
    ctx.fillStyle = c.dot;
    ctx.fill();
    ctx.globalAlpha = 0.9;
    ctx.setLineDash(place.certainty === "certain" ? [3, 3] : [1, 5]);
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = c.dot;
    ctx.stroke();
    ctx.setLineDash([]);
  }
  const rounded = Math.round(r * 4) / 4;
  ctx.globalAlpha = 1;
  layer.stamps.copy(layer, `dot${rounded}${on}`, place.at, r + 2.5, (own) => {
    own.globalAlpha = 0.92;
    circle(own, { x: 0, y: 0 }, rounded);
    own.fillStyle = c.dot;
    own.fill();
    own.globalAlpha = 1;
    own.lineWidth = on ? 3.5 : 1.5;
    own.strokeStyle = on ? c.selected : c.dotEdge;
    own.stroke();
  });
}

/**
 * Draw the number of mentions on each mark that has room for it, the greatest first. A small dot has it beside its name.
 *
 * @param {PlaceLayer} layer
 * @param {Place[]} dots
 * @param {string | null} chosen
 * @returns {Box[]} where the numbers are
 */
export function drawNumbers(layer, dots, chosen) {
  const c = state.colours, size = layer.size(), taken = new Boxes(size.x, size.y);
  /** @type {Box[]} */
  const figures = [];
  for (const place of dots) {
    const p = place.at, r = place.radius;
    if (place.count < 2 || r < 8) continue;
    const text = brief(place.count), font = r > 12 ? LARGE : SMALL, w = textWidth(layer.ctx, text, font);
    if (w > 2 * r - 3) continue;
    /** @type {Box} */
    const box = [p.x - w / 2, p.y - 6, p.x + w / 2, p.y + 6];
    if (place.id !== chosen && taken.clash(box)) continue;
    taken.add(box);
    figures.push(box);
    layer.stamps.copy(layer, text + font, p, Math.max(w / 2, 6) + 4, (own) => {
      own.font = font;
      own.textAlign = "center";
      own.textBaseline = "middle";
      own.lineJoin = "round";
      own.lineWidth = 2.5;
      own.strokeStyle = c.dot;
      own.strokeText(text, 0, 0.5);
      own.fillStyle = c.dotText;
      own.fillText(text, 0, 0.5);
    });
  }
  return figures;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./crowding.js").Badge} badge
 */
export function drawBadge(ctx, [box, mark]) {
  const c = state.colours, x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2;
  const dx = x - mark.at.x, dy = y - mark.at.y, apart = Math.hypot(dx, dy), colour = mark.drawn === "dot" ? c.dot : c.vague;
  if (apart > mark.radius + 20) {
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(mark.at.x + dx * mark.radius / apart, mark.at.y + dy * mark.radius / apart);
    ctx.lineWidth = 1;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
  ctx.beginPath();
  ctx.roundRect(box[0], box[1], box[2] - box[0], box[3] - box[1], 7);
  ctx.fillStyle = c.dotEdge;
  ctx.fill();
  ctx.lineWidth = 1;
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.stroke();
  ctx.font = BADGE;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(`+${brief(total(unnamed(mark)))}`, x, y + 0.5);
}

/**
 * @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} ctx
 * @param {import("./world.js").Point} at
 * @param {number} radius
 */
function circle(ctx, at, radius) {
  ctx.beginPath();
  ctx.arc(at.x, at.y, radius, 0, TURN);
}
