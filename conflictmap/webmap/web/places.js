/* ---- the place layer: what is drawn, in which order, and what lies under a point; how, is in marks.js and crowding.js ---- */
const BADGE = "600 10.5px " + FONT, NAME = "600 13px " + FONT;
const NAMED_FIRST = 12;
const POINT = 3, OPEN = 4.5;  // pixels: the radius of a place that a greater one crowds, and of one that is worked out
const ROOM = 7000;  // pixels squared that a mark with its badge and its name wants for itself
const MOST_SHAPES = 60;  // worked-out extents drawn at once: more hide one another
const MAY_COVER = 1 / 3;  // of its own radius, that a mark may lie on a greater one: both stay readable

function total(places) { return places.reduce(function (sum, place) { return sum + place.count; }, 0); }

const measured = new Map();
function textWidth(ctx, text, font) {  // measuring is slow, and playback measures the same texts again and again
  const key = font + text;
  let width = measured.get(key);
  if (width === undefined) {
    ctx.font = font;
    width = ctx.measureText(text).width;
    if (measured.size > 20000) measured.clear();
    measured.set(key, width);
  }
  return width;
}

function boxes(width, height) {  // a heap of boxes on the canvas that quickly tells whether another one clashes with any
  const CELL = 32, columns = Math.ceil(width / CELL) + 1, rows = Math.ceil(height / CELL) + 1, cells = new Array(columns * rows);
  function cell(value, number) { return Math.max(0, Math.min(number - 1, Math.floor(value / CELL))); }
  function some(box, act) {
    const left = cell(box[0], columns), right = cell(box[2], columns), bottom = cell(box[3], rows);
    for (let row = cell(box[1], rows); row <= bottom; row++) {
      for (let at = row * columns + left; at <= row * columns + right; at++) if (act(at)) return true;
    }
    return false;
  }
  return {
    add: function (box) { some(box, function (at) { (cells[at] = cells[at] || []).push(box); }); },
    clash: function (box) {
      return some(box, function (at) {
        return cells[at] && cells[at].some(function (t) { return box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]; });
      });
    },
  };
}

const PlaceLayer = CanvasLayer && CanvasLayer.extend({
  shown: [],
  _labelled: [],
  _badges: [],
  _gaps: {},
  _figures: [],
  _stamps: new Map(),
  _stamp: function (ctx, key, x, y, reach, draw) {  // what is drawn many times over, drawn once and copied around a point
    const ratio = window.devicePixelRatio || 1, side = 2 * Math.ceil(reach * ratio);
    let made = this._stamps.get(key);
    if (!made) {
      made = window.OffscreenCanvas ? new OffscreenCanvas(side, side) : element("canvas");
      made.width = made.height = side;
      const own = made.getContext("2d");
      own.setTransform(ratio, 0, 0, ratio, side / 2, side / 2);
      draw(own);
      if (made.transferToImageBitmap) made = made.transferToImageBitmap();  // copied faster than a canvas
      if (this._stamps.size > 2000) this._stamps.clear();
      this._stamps.set(key, made);
    }
    ctx.imageSmoothingEnabled = false;  // each copy lies on whole pixels
    ctx.drawImage(made, Math.round(x * ratio - side / 2) / ratio, Math.round(y * ratio - side / 2) / ratio, side / ratio, side / ratio);
  },
  recount: function () {
    const command = state.command, shown = this.shown, counted = [state.loaded, command.first, command.last, command.undated].join(" ");
    if (counted === this._counted) return;
    this._counted = counted;
    let number = 0;
    for (const place of state.places) {
      place.count = countIn(place, command);
      place.maybe = countIn(place.suggested, command);  // descriptions that fit it, counted and drawn apart
      if (place.count + place.maybe > 0) shown[number++] = place;
    }
    shown.length = number;
    shown.sort(function (a, b) { return b.count - a.count || b.maybe - a.maybe; });  // else by id: so they were loaded
  },
  _draw: function (ctx, ratio, zoom) {
    if (!state.command) return;
    state.pictured = picture();
    const layer = this, c = state.colours, px = 1 / this._scale, chosen = state.command.place;
    const look = ratio + (c === COLOURS.dark ? "dark" : "light");
    if (look !== this._look) { this._stamps.clear(); this._look = look; }
    this._world(ctx, ratio);
    ctx.lineJoin = ctx.lineCap = "round";
    const areas = this.shown.filter(function (p) { return p.drawn === "area"; }).sort(function (a, b) { return b.uncertainty - a.uncertainty; });
    areas.forEach(function (place) {
      const on = place.id === chosen;
      if (!place.count) {  // only suggested: an outline
        ctx.globalAlpha = on ? 1 : 0.75;
        ctx.strokeStyle = on ? c.selected : c.area;
        ctx.lineWidth = 1.3 * px;
        ctx.setLineDash([2 * px, 5 * px]);
        ctx.stroke(place.path);
        ctx.setLineDash([]);
        return;
      }
      ctx.globalAlpha = (on ? 0.3 : 0.13) * (zoom > 10 ? 0.45 : 1);  // close by, a flat tint would hide the land
      ctx.fillStyle = c.area;
      ctx.fill(place.path, "evenodd");
      ctx.globalAlpha = on ? 1 : 0.75;
      ctx.strokeStyle = on ? c.selected : c.area;
      ctx.lineWidth = (on ? 2.5 : 1.3) * px;
      ctx.setLineDash([7 * px, 4 * px]);
      ctx.stroke(place.path);
      ctx.setLineDash([]);
    });
    this.shown.forEach(function (place) {
      if (place.drawn !== "line") return;
      const on = place.id === chosen;
      if (on) { ctx.globalAlpha = 1; ctx.strokeStyle = c.selected; ctx.lineWidth = 7 * px; ctx.stroke(place.path); }
      ctx.globalAlpha = 0.85;
      ctx.strokeStyle = c.line;
      ctx.lineWidth = (place.count ? 4 : 2) * px;
      if (!place.count) ctx.setLineDash([2 * px, 5 * px]);
      ctx.stroke(place.path);
      ctx.setLineDash([]);
    });
    ctx.globalAlpha = 1;
    this._screen(ctx, ratio);
    const dots = [], seen = this._seen(), open = this._workedOut(chosen, seen);
    this.shown.forEach(function (place) { if (place.drawn === "vague" && place.shape) layer._vague(ctx, ratio, place, place.id === chosen, c); });
    open.forEach(function (place) { layer._reach(ctx, place, place.id === chosen, c); });
    for (const place of this.shown) {
      if (place.drawn !== "dot") continue;
      const p = place.at = this._at(place.point), reach = Math.max(place.radius = radiusOf(place.count), this._pixels(place)) + 6;
      if (p.x > seen[0] - reach && p.y > seen[1] - reach && p.x < seen[2] + reach && p.y < seen[3] + reach) dots.push(place);
    }
    this._crowd(open, chosen);
    this._crowd(dots, chosen);
    dots.forEach(function (place) { if (place.lead) layer._dot(ctx, place, false, c); });
    dots.forEach(function (place) { if (!place.lead) layer._dot(ctx, place, place.id === chosen, c); });
    open.forEach(function (place) { if (!place.lead) layer._open(ctx, place, place.id === chosen, c); });
    const on = state.byId.get(chosen);
    if (on && on.drawn === "dot" && on.count + on.maybe > 0) this._dot(ctx, on, true, c);
    if (on && on.path && on.count > 0) {  // a chosen area or line shows its edge above the dots
      this._world(ctx, ratio);
      ctx.strokeStyle = c.selected;
      ctx.lineWidth = 2.5 * px;
      if (on.drawn === "area" || on.drawn === "vague") { ctx.setLineDash([7 * px, 4 * px]); ctx.stroke(on.path); ctx.setLineDash([]); }
      this._screen(ctx, ratio);
    }
    this._badges = [];
    this._figures = [];
    if (!this._hurried()) {
      this._numbers(ctx, c, dots, chosen);
      this._placeBadges(ctx, dots.concat(open));
    }
    this._labels(ctx, c, zoom, dots, open, chosen);
    this._drawBadges(ctx, c);
  },
  _hurried: function () { return player.moving && this.shown.length > CROWDED; },  // numbers, and most names, wait until it rests
  _seen: function () {  // what need be drawn: the whole canvas, or, while the next frame is due at once, the part in view
    const size = this._bounds.getSize();
    state.partial = player.moving || state.following;
    if (!state.partial) return [0, 0, size.x, size.y];
    const view = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min), shown = this._map.getSize();
    return [view.x, view.y, view.x + shown.x, view.y + shown.y];
  },
  _pixels: function (place) {  // the uncertainty of a place on the screen
    return place.uncertainty / (40075016.7 * Math.cos(place.lat * Math.PI / 180) / (256 * this._scale));
  },
  _holds: function (path, x, y) {  // whether a path in world units holds a point in world units, whatever the transform
    const ctx = this._ctx;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const held = ctx.isPointInPath(path, x, y, "evenodd");
    ctx.restore();
    return held;
  },
  hit: function (at) {  // the place under a point of the map's container, dots before lines before the smallest area
    const p = this._map.containerPointToLayerPoint(at).subtract(this._bounds.min);
    let best = this.badge(at), nearest = Infinity;
    if (best) return best;
    for (const place of this.shown) {
      if (place.drawn !== "dot") continue;
      const spot = this._at(place.point), d = Math.hypot(spot.x - p.x, spot.y - p.y) - (place.lead ? POINT : radiusOf(place.count));
      if (d < 6 && d < nearest) { best = place; nearest = d; }
    }
    if (best) return best;
    for (const place of this.shown) {
      if (place.drawn !== "circle" || !place.shape) continue;
      const spot = this._at(place.point), d = Math.hypot(spot.x - p.x, spot.y - p.y);
      if (!place.lead && d < 10 && d < nearest) { best = place; nearest = d; }
    }
    if (best) return best;
    const label = this._labelled.find(function (pair) { return pair[0][0] <= p.x && p.x <= pair[0][2] && pair[0][1] <= p.y && p.y <= pair[0][3]; });
    if (label) return label[1];
    const ctx = this._ctx, x = (p.x - this._dx) / this._scale, y = (p.y - this._dy) / this._scale;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.lineWidth = 12 / this._scale;
    best = this.shown.find(function (place) { return place.drawn === "line" && ctx.isPointInStroke(place.path, x, y); }) || null;
    ctx.restore();
    if (best) return best;
    for (const place of this.shown) {
      if (best && place.uncertainty >= best.uncertainty || isWorkedOut(place) && !place.shape) continue;
      if (place.drawn === "circle") {
        const spot = this._at(place.point);
        if (Math.hypot(spot.x - p.x, spot.y - p.y) <= this._pixels(place)) best = place;
      } else if ((place.drawn === "area" || place.drawn === "vague") && this._holds(place.path, x, y)) best = place;
    }
    return best;
  },
});
