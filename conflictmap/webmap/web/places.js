/**
 * The place layer: what is drawn, in which order.
 *
 * How each mark is drawn is in marks.js, which marks there is room for in crowding.js, names in names.js, what lies under a
 * point in hits.js.
 *
 * @module
 */
import { contains } from "./boxes.js";
import { CanvasLayer } from "./canvas.js";
import { recount } from "./counts.js";
import { crowd, placeBadges, radiusOf, shapesInView, unnamed } from "./crowding.js";
import { placeUnder } from "./hits.js";
import { tellMore } from "./interface.js";
import { drawArea, drawBadge, drawChosenEdge, drawDot, drawLine, drawNumbers, drawOpen, drawReach, drawVague } from "./marks.js";
import { NAMED_FIRST, drawNames } from "./names.js";
import { Stamps } from "./stamps.js";
import { COLOURS, player, state } from "./state.js";
import { BADGE, NAME, textWidth } from "./text.js";
import { pixelsOf } from "./world.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./world.js").Point} Point
 * @typedef {import("./world.js").Box} Box
 * @typedef {import("./marks.js").Extended} Extended
 * @typedef {import("./marks.js").Hatched} Hatched
 */

const MOST_SHAPES = 60;  // worked-out extents drawn at once: more hide one another
const CROWDED = 1500;  // places; among so many that move, numbers and most names wait until they rest
const LEAST_REACH = 9;  // pixels: the smallest circle around a worked-out place

export class PlaceLayer extends CanvasLayer {
  /** @param {L.RendererOptions} options */
  constructor(options) {
    super(options);
    /** @type {Place[]} the places with mentions or suggestions in the period, most mentions first */
    this.shown = [];
    /** What was counted last: the layer and the period. */
    this.counted = "";
    /** @type {[Box, Place][]} */
    this.labelled = [];
    /** @type {import("./crowding.js").Badge[]} */
    this.badges = [];
    /** How far apart the marks of each kind last had to be. */
    this.gaps = { dot: 0, circle: 0 };
    this.stamps = new Stamps();
  }

  /** Count every place's mentions in the period, if it is another one. */
  recount() {
    const command = state.command;
    if (!command) return;
    const counted = [state.loaded, command.first, command.last, command.undated].join(" ");
    if (counted === this.counted) return;
    this.counted = counted;
    recount(state.places, command, this.shown);
  }

  /**
   * @override
   * @param {number} zoom
   */
  draw(zoom) {
    if (!state.command) return;
    state.pictured = picture();
    this.stamps.keepFor(this.ratio + (state.colours === COLOURS.dark ? "dark" : "light"));
    const chosen = state.command.place;
    this.drawExtents(chosen, zoom);
    const seen = this.seen(), open = this.drawWorkedOut(chosen, seen), dots = this.dotsIn(seen);
    this.crowd("circle", open, chosen);
    this.crowd("dot", dots, chosen);
    for (const place of dots) if (place.lead) drawDot(this, place, false);
    for (const place of dots) if (!place.lead) drawDot(this, place, place.id === chosen);
    for (const place of open) if (!place.lead) drawOpen(this, place, place.id === chosen);
    this.drawChosen(chosen);
    const marks = dots.concat(open), figures = this.hurried() ? [] : drawNumbers(this, dots, chosen);
    const badges = this.hurried() ? [] : placeBadges(marks, {
      size: this.size(), figures, namedFirst: NAMED_FIRST,
      badgeWidth: (text) => textWidth(this.ctx, text, BADGE), nameWidth: (text) => textWidth(this.ctx, text, NAME),
    });
    this.labelled = drawNames(this, { marks, taken: figures.concat(badges.map(([box]) => box)), chosen, zoom });
    this.badges = badges.filter(([, mark]) => unnamed(mark).length);
    for (const badge of this.badges) drawBadge(this.ctx, badge);
  }

  /**
   * Draw areas, the largest first, then lines.
   *
   * @param {string | null} chosen
   * @param {number} zoom
   */
  drawExtents(chosen, zoom) {
    this.inWorld();
    this.ctx.lineJoin = this.ctx.lineCap = "round";
    const extended = /** @type {Extended[]} */ (this.shown.filter((place) => place.path));
    const areas = extended.filter((place) => place.drawn === "area").sort((a, b) => b.uncertainty - a.uncertainty);
    for (const place of areas) drawArea(this, place, place.id === chosen, zoom);
    for (const place of extended) if (place.drawn === "line") drawLine(this, place, place.id === chosen);
    this.ctx.globalAlpha = 1;
    this.onScreen();
  }

  /**
   * @param {string | null} chosen
   * @param {Box} seen
   * @returns {Place[]} the worked-out points that are drawn
   */
  drawWorkedOut(chosen, seen) {
    const low = this.fromCanvas({ x: seen[0], y: seen[1] }), high = this.fromCanvas({ x: seen[2], y: seen[3] });
    const { drawn, left } = shapesInView(this.shown, {
      chosen, view: [low.x, low.y, high.x, high.y], most: this.hurried() ? MOST_SHAPES / 4 : MOST_SHAPES,
      reachOf: (place) => (this.pixels(place) + LEAST_REACH) / this.scale,
    });
    tellMore(left);
    for (const place of drawn) place.at = this.at(place.point);
    for (const place of drawn) if (place.drawn === "vague") drawVague(this, /** @type {Hatched} */ (place), place.id === chosen);
    const open = drawn.filter((place) => place.drawn === "circle");
    for (const place of open) drawReach(this, place, place.id === chosen);
    return open;
  }

  /**
   * @param {Box} seen
   * @returns {Place[]} the dots there; sets `at` and `radius` of all
   */
  dotsIn(seen) {
    const dots = [];
    for (const place of this.shown) {
      if (place.drawn !== "dot") continue;
      const p = place.at = this.at(place.point);
      place.radius = radiusOf(place.count, state.most);
      const reach = Math.max(place.radius, this.pixels(place)) + 6;
      if (p.x > seen[0] - reach && p.y > seen[1] - reach && p.x < seen[2] + reach && p.y < seen[3] + reach) dots.push(place);
    }
    return dots;
  }

  /**
   * @param {"dot" | "circle"} kind
   * @param {Place[]} marks
   * @param {string | null} chosen
   */
  crowd(kind, marks, chosen) {
    const from = this.hurried() ? Math.max(0, this.gaps[kind] - 1) : 0;  // from one frame to the next it changes little
    this.gaps[kind] = crowd(marks, { chosen, most: state.most, size: this._map.getSize(), from });
  }

  /** @param {string | null} chosen */
  drawChosen(chosen) {
    const place = chosen === null ? undefined : state.byId.get(chosen);
    if (!place) return;
    if (place.drawn === "dot" && place.count + place.maybe > 0) drawDot(this, place, true);
    if (place.path && place.count > 0) drawChosenEdge(this, /** @type {Extended} */ (place));
  }

  /** Whether there is no time for numbers and most names. */
  hurried() { return player.moving && this.shown.length > CROWDED; }

  /** The canvas's size in pixels. */
  size() { return this._bounds.getSize(); }

  /** @returns {Box} the part of the canvas in view */
  view() {
    const corner = this.onCanvas([0, 0]), size = this._map.getSize();
    return [corner.x, corner.y, corner.x + size.x, corner.y + size.y];
  }

  /** @returns {Box} what need be drawn: the whole canvas, or, while the next frame is due at once, the part in view */
  seen() {
    const size = this.size();
    state.partial = player.moving || state.following;
    return state.partial ? this.view() : [0, 0, size.x, size.y];
  }

  /**
   * @param {Place} place
   * @returns {number} its uncertainty on the screen
   */
  pixels(place) { return pixelsOf(place.uncertainty, place.lat, this.scale); }

  /**
   * @param {Place} place worked out from another
   * @returns {number} the radius of its circle on the screen
   */
  reach(place) { return Math.max(this.pixels(place), LEAST_REACH); }

  /**
   * @param {Point} p in pixels of the canvas
   * @returns {Point} in world units
   */
  fromCanvas(p) { return { x: (p.x - this.dx) / this.scale, y: (p.y - this.dy) / this.scale }; }

  /**
   * @param {Path2D} path in world units
   * @param {Point} p in pixels of the canvas
   */
  holds(path, p) {
    const ctx = this.ctx, point = this.fromCanvas(p);
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const held = ctx.isPointInPath(path, point.x, point.y, "evenodd");
    ctx.restore();
    return held;
  }

  /**
   * @param {L.PointExpression} at a point of the map's container
   * @returns {Place | null}
   */
  hit(at) { return placeUnder(this, this.onCanvas(at)); }

  /**
   * @param {L.PointExpression} at a point of the map's container
   * @returns {Place | null} the mark whose badge lies there
   */
  badge(at) {
    const p = this.onCanvas(at);
    return this.badges.find(([box]) => contains(box, p))?.[1] ?? null;
  }
}

/** @returns {string} what a picture of the places depends on, beside where the map is: the same need not be drawn again */
function picture() {
  return [state.placeLayer.counted, state.command?.place, state.colours === COLOURS.dark, !!state.tiles, !!state.base, player.moving].join(" ");
}

/** Count, and draw if the picture changes. */
export function repaint() {
  state.placeLayer.recount();
  if (state.pictured !== picture()) state.placeLayer.redraw();
}
