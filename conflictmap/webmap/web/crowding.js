/**
 * Places that crowd one another: the more mentioned keep their marks, the others shrink to points, and a badge on the mark
 * counts their mentions.
 *
 * @module
 */
import { Boxes } from "./boxes.js";
import { isWorkedOut, total } from "./place.js";
import { brief } from "./wording.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./world.js").Box} Box
 * @typedef {[Box, Place]} Badge where it is, and the mark whose crowd it counts
 */

export const POINT = 3, OPEN = 4.5;  // pixels: the radius of a place that a greater one crowds out, and of a worked-out one
const ROOM = 7000;  // pixels squared that a mark with its badge and its name wants for itself
const MAY_COVER = 1 / 3;  // of its own radius, that a mark may lie on a greater one: both stay readable
const GAPS = [0, 8, 14, 20, 28, 38, 50];  // pixels between marks, wider the more there are
const COLUMNS = 65536;  // of the grid in which neighbours are looked up

/**
 * @param {number} count
 * @param {number} most the most mentions of any dot
 * @returns {number} pixels: from the number of mentions where there are few, else from their share of the most
 */
export function radiusOf(count, most) {
  if (!count) return 6;  // only suggested
  return most <= 40 ? 5 + 2.6 * Math.sqrt(count) : 4 + 16 * Math.sqrt(count / most);
}

/**
 * Choose which worked-out extents are drawn: those mentioned most often, for all at once would hide the land.
 *
 * Sets `shape` of every worked-out place.
 *
 * @param {Place[]} shown most mentions first
 * @param {object} options
 * @param {string | null} options.chosen the id of a place that is drawn in any case
 * @param {Box} options.view in world units
 * @param {number} options.most how many to draw
 * @param {(place: Place) => number} options.reachOf how far the circle around a place reaches, in world units
 * @returns {{ drawn: Place[], left: { places: number, mentions: number } }} the drawn ones, and how much of what is in view is not
 */
export function shapesInView(shown, { chosen, view: [west, north, east, south], most, reachOf }) {
  const drawn = [], left = { places: 0, mentions: 0 };
  for (const place of shown) {
    if (!isWorkedOut(place)) continue;
    const low = place.box ? place.box[0] : place.point, high = place.box ? place.box[1] : place.point;
    const reach = place.drawn === "circle" ? reachOf(place) : 0;
    place.shape = false;
    if (high.x < west - reach || high.y < north - reach || low.x > east + reach || low.y > south + reach) continue;
    place.shape = place.id === chosen || drawn.length < most;
    if (place.shape) drawn.push(place);
    else {
      left.places += 1;
      left.mentions += place.count;
    }
  }
  return { drawn, left };
}

/**
 * Let the greater marks crowd out the lesser, wider apart until there are no more than a view of this size has room for.
 *
 * Sets `lead`, `crowd` and `radius` of every mark.
 *
 * @param {Place[]} marks most mentions first, with `at`
 * @param {object} options
 * @param {string | null} options.chosen the id of a place that keeps its mark
 * @param {number} options.most the most mentions of any dot
 * @param {{ x: number, y: number }} options.size of the view, in pixels
 * @param {number} options.from where in the list of gaps to begin
 * @returns {number} where in the list of gaps it ended
 */
export function crowd(marks, { chosen, most, size, from }) {
  const enough = size.x * size.y / ROOM;
  let at = from;
  while (crowdOut(marks, chosen, most, GAPS[at]) > enough && at + 1 < GAPS.length) at += 1;
  return at;
}

/**
 * @param {Place[]} marks
 * @param {string | null} chosen
 * @param {number} most
 * @param {number} gap pixels
 * @returns {number} how many keep their marks
 */
function crowdOut(marks, chosen, most, gap) {
  let widest = OPEN, number = 0;
  for (const place of marks) {
    place.lead = null;
    place.crowd = [];
    place.radius = place.drawn === "dot" ? radiusOf(place.count, most) : OPEN;
    widest = Math.max(widest, place.radius);
  }
  const cell = widest + Math.max(widest * MAY_COVER, gap);  // wide enough that what is near lies in its own cell or the next
  /** @type {Map<number, Place[]>} */
  const leads = new Map();
  for (const place of marks) {
    if (!place.count) continue;
    const column = Math.floor(place.at.x / cell), row = Math.floor(place.at.y / cell);
    if (place.id !== chosen) place.lead = nearestLead(place, leads, row, column, Math.max(place.radius * MAY_COVER, gap));
    if (place.lead) {
      place.lead.crowd.push(place);
      place.radius = POINT;
      continue;
    }
    number += 1;
    const key = row * COLUMNS + column, held = leads.get(key);
    if (held) held.push(place); else leads.set(key, [place]);
  }
  return number;
}

/**
 * @param {Place} place
 * @param {Map<number, Place[]>} leads by cell
 * @param {number} row
 * @param {number} column
 * @param {number} near pixels from a mark's edge
 * @returns {Place | null} the mark that the place would cover, or come too near to
 */
function nearestLead(place, leads, row, column, near) {
  const p = place.at;
  let found = null, nearest = near;
  for (let y = row - 1; y <= row + 1; y++) {
    for (let x = column - 1; x <= column + 1; x++) {
      const held = leads.get(y * COLUMNS + x);
      if (!held) continue;
      for (const lead of held) {
        const dx = lead.at.x - p.x, dy = lead.at.y - p.y, apart = Math.sqrt(dx * dx + dy * dy) - lead.radius;
        if (apart < nearest) { nearest = apart; found = lead; }
      }
    }
  }
  return found;
}

/**
 * Where the badges go: beside the greater marks if there is room, else where they hide no number.
 *
 * @param {Place[]} marks most mentions first
 * @param {object} options
 * @param {{ x: number, y: number }} options.size of the canvas, in pixels
 * @param {Box[]} options.figures the numbers on the marks
 * @param {number} options.namedFirst beside how many of the first marks a name needs its room
 * @param {(text: string) => number} options.badgeWidth
 * @param {(text: string) => number} options.nameWidth
 * @returns {Badge[]}
 */
export function placeBadges(marks, { size, figures, namedFirst, badgeWidth, nameWidth }) {
  const covered = new Boxes(size.x, size.y), taken = new Boxes(size.x, size.y);
  /** @type {Badge[]} */
  const badges = [];
  for (const box of figures) taken.add(box);
  for (const place of marks) {
    const p = place.at, r = 0.8 * place.radius;
    if (!place.lead) covered.add([p.x - r, p.y - r, p.x + r, p.y + r]);
  }
  for (const place of marks.slice(0, namedFirst)) {
    const left = place.at.x + place.radius + 4;
    /** @type {Box} */
    const box = [left, place.at.y - 8, left + nameWidth(place.title), place.at.y + 8];
    if (!place.lead && !covered.clash(box) && !taken.clash(box)) taken.add(box);
  }
  for (const place of marks) {
    if (!place.crowd.length) continue;
    const spots = badgeSpots(place, badgeWidth(`+${brief(total(place.crowd))}`) + 7);
    const box = spots.slice(0, 8).find((spot) => !taken.clash(spot) && !covered.clash(spot)) ?? spots.find((spot) => !taken.clash(spot)) ?? spots[0];
    taken.add(box);
    badges.push([box, place]);
  }
  return badges;
}

/**
 * @param {Place} place
 * @param {number} width of the badge, in pixels
 * @returns {Box[]} eight spots around the mark, then as many farther off, where a line leads to the mark
 */
function badgeSpots(place, width) {
  /** @type {Box[]} */
  const spots = [];
  for (const r of [place.radius, place.radius + 14, place.radius + 28]) {
    const high = 0.8 * r + 7.5, beside = 0.4 * r + width / 2, wide = r + width / 2 + 1;
    for (const [dx, dy] of [[beside, -high], [-beside, -high], [beside, high], [-beside, high], [wide, 0], [-wide, 0], [0, -high], [0, high]]) {
      const x = place.at.x + dx, y = place.at.y + dy;
      spots.push([x - width / 2, y - 7, x + width / 2, y + 7]);
    }
  }
  return spots;
}

/**
 * @param {Place} mark
 * @returns {Place[]} those of its crowd whose names did not find room beside their points: what its badge counts
 */
export function unnamed(mark) { return mark.crowd.filter((place) => !place.named); }
