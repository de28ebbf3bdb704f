/* The browser's part of the map: a base map and a place layer, each on a canvas of its own, and one function that the
 * app calls with tiny commands. Loaded once; the folium map in whose frame it runs never changes.
 *
 * The places come once, by fetch, from an address that carries the hash of their content. Each has the first days and the
 * last days of its mentions' intervals (days since 1970, in order, each with its number), so that
 *     mentions in a period = (starts up to its last day) - (ends before its first day)
 * and moving the period needs no round trip for the data. Playback moves it here alone, frame by frame; where it stops is
 * told to the app as if it were a click. So does the slider while the reader moves it; the app's own word follows. Text from the gazetteer is only ever drawn on a canvas or set
 * as textContent: nothing here parses it as HTML.
 */
(function () {
  "use strict";

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
    asked: null, command: null, colours: COLOURS.light, fitted: null, tiles: null,
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

  /* ---- a canvas that follows the map: Leaflet's renderer base class does the panning and zooming ---- */
  const CanvasLayer = window.L && L.Renderer.extend({
    options: { padding: 0.2 },
    _initContainer: function () {
      this._container = document.createElement("canvas");
      this._container.setAttribute("role", "presentation");
      this._ctx = this._container.getContext("2d");
      this._layers = {};
    },
    _destroyContainer: function () { L.DomUtil.remove(this._container); },
    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = Math.round(size.x * ratio);
      this._container.height = Math.round(size.y * ratio);
      this._container.style.width = size.x + "px";
      this._container.style.height = size.y + "px";
      this.redraw();
    },
    redraw: function () {
      if (!this._map || !this._bounds) return;
      if (this._map.getZoom() !== this._zoom) return;  // while it zooms, the old picture is stretched; _update draws the new one
      const ratio = window.devicePixelRatio || 1;
      const zoom = this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      this._scale = Math.pow(2, zoom);
      this._dx = ORIGIN.x * this._scale - origin.x - this._bounds.min.x;
      this._dy = ORIGIN.y * this._scale - origin.y - this._bounds.min.y;
      this._ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      this._ctx.clearRect(0, 0, this._container.width, this._container.height);
      this._draw(this._ctx, ratio, zoom);
    },
    _world: function (ctx, ratio) { ctx.setTransform(ratio * this._scale, 0, 0, ratio * this._scale, ratio * this._dx, ratio * this._dy); },
    _screen: function (ctx, ratio) { ctx.setTransform(ratio, 0, 0, ratio, 0, 0); },
    _at: function (point) { return { x: point.x * this._scale + this._dx, y: point.y * this._scale + this._dy }; },
  });

  const BaseLayer = CanvasLayer && CanvasLayer.extend({
    _draw: function (ctx, ratio, zoom) {
      const base = state.base, c = state.colours;
      if (!base) return;
      const px = 1 / this._scale;
      this._world(ctx, ratio);
      ctx.lineJoin = "round";
      ctx.fillStyle = c.land;
      ctx.fill(base.paths.land, "evenodd");
      ctx.strokeStyle = c.province;
      ctx.lineWidth = 1 * px;
      if (zoom >= 6) ctx.stroke(base.paths.admin1);
      ctx.strokeStyle = c.river;
      ctx.lineWidth = (zoom >= 9 ? 2.2 : 1.4) * px;
      ctx.stroke(base.paths.rivers);
      ctx.fillStyle = c.lake;
      ctx.fill(base.paths.lakes, "evenodd");
      ctx.strokeStyle = c.border;
      ctx.lineWidth = 1.4 * px;
      ctx.stroke(base.paths.admin0);
      ctx.setLineDash([5 * px, 4 * px]);
      ctx.stroke(base.paths.disputed);
      ctx.setLineDash([]);
    },
  });

  /* ---- the place layer ---- */
  function series(pairs) {  // [day, number, day, number, …] as the days and the running totals
    const days = [], totals = [];
    let total = 0;
    for (let i = 0; i < pairs.length; i += 2) { days.push(pairs[i]); totals.push(total += pairs[i + 1]); }
    return { days: days, totals: totals };
  }

  function upTo(one, day) {  // the number of all up to a day
    const at = upperBound(one.days, day);
    return at ? one.totals[at - 1] : 0;
  }

  function prepare(days) {
    days.starts = series(days.starts);
    days.ends = days.ends ? series(days.ends) : days.starts;
  }

  function upperBound(sorted, value) {  // how many are <= value
    let low = 0, high = sorted.length;
    while (low < high) { const mid = (low + high) >> 1; if (sorted[mid] <= value) low = mid + 1; else high = mid; }
    return low;
  }

  function countIn(days, command) {
    if (!days) return 0;
    const dated = command.first === null ? 0 : upTo(days.starts, command.last) - upTo(days.ends, command.first - 1);
    return dated + (command.undated ? days.undated : 0);
  }

  function grouped(count) { return count < 1000 ? String(count) : count.toLocaleString("en"); }  // the locale's own way is slow

  function brief(count) { return count < 10000 ? grouped(count) : grouped(Math.round(count / 1000)) + "k"; }  // where there is room for little

  function radiusOf(count) {  // pixels; a few mentions by their number, many by their share of the most
    if (!count) return 6;  // only suggested
    return state.most <= 40 ? 5 + 2.6 * Math.sqrt(count) : 4 + 16 * Math.sqrt(count / state.most);
  }

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
    _workedOut: function (chosen, seen) {  // those told most often; a line says how many more there are, for all at once would hide the land
      const open = [], more = { places: 0, mentions: 0 };
      let shapes = this._hurried() ? MOST_SHAPES / 4 : MOST_SHAPES;
      const left = (seen[0] - this._dx) / this._scale, right = (seen[2] - this._dx) / this._scale;  // the view in world units: there may be thousands
      const top = (seen[1] - this._dy) / this._scale, bottom = (seen[3] - this._dy) / this._scale;
      for (const place of this.shown) {
        if (!isWorkedOut(place)) continue;
        const low = place.box ? place.box[0] : place.point, high = place.box ? place.box[1] : place.point;
        const reach = place.drawn === "circle" ? (this._pixels(place) + 9) / this._scale : 0;
        place.shape = false;
        if (high.x < left - reach || high.y < top - reach || low.x > right + reach || low.y > bottom + reach) continue;
        place.shape = place.id === chosen || shapes > 0;
        if (!place.shape) { more.places += 1; more.mentions += place.count; continue; }
        shapes -= 1;
        place.at = this._at(place.point);
        if (place.drawn === "circle") open.push(place);
      }
      state.tellMore(more);
      return open;
    },
    _crowd: function (marks, chosen) {  // the most named keep their marks, wider apart the more there are
      const size = this._map.getSize(), most = size.x * size.y / ROOM;
      const gaps = [0, 8, 14, 20, 28, 38, 50], kind = marks.length && marks[0].drawn;
      let at = this._hurried() ? Math.max(0, (this._gaps[kind] || 0) - 1) : 0;  // from one frame to the next it changes little
      while (this._lead(marks, chosen, gaps[at]) > most && at + 1 < gaps.length) at += 1;
      this._gaps[kind] = at;
    },
    _lead: function (marks, chosen, gap) {  // what would cover a greater mark, or come nearer, shrinks to a point, and a badge on the mark counts it
      let widest = OPEN, number = 0;
      for (const place of marks) {
        place.lead = null;
        place.crowd = [];
        place.radius = place.drawn === "dot" ? radiusOf(place.count) : OPEN;
        widest = Math.max(widest, place.radius);
      }
      const cell = widest + Math.max(widest * MAY_COVER, gap), COLUMNS = 65536, cells = new Map();  // near is what lies in its cell or the next
      for (const place of marks) {
        if (!place.count) continue;
        const p = place.at, column = Math.floor(p.x / cell), row = Math.floor(p.y / cell), near = Math.max(place.radius * MAY_COVER, gap);
        if (place.id !== chosen) {
          let nearest = Infinity;
          for (let y = row - 1; y <= row + 1; y++) {
            for (let x = column - 1; x <= column + 1; x++) {
              const leads = cells.get(y * COLUMNS + x);
              if (leads) {
                for (const lead of leads) {
                  const dx = lead.at.x - p.x, dy = lead.at.y - p.y, apart = Math.sqrt(dx * dx + dy * dy) - lead.radius;
                  if (apart < near && apart < nearest) { nearest = apart; place.lead = lead; }
                }
              }
            }
          }
        }
        if (place.lead) {
          place.lead.crowd.push(place);
          place.radius = POINT;
          continue;
        }
        number += 1;
        const key = row * COLUMNS + column, held = cells.get(key);
        if (held) held.push(place); else cells.set(key, [place]);
      }
      return number;
    },
    _placeBadges: function (ctx, dots) {  // beside the greater marks if there is room, else where no number is hidden
      const size = this._bounds.getSize(), marks = boxes(size.x, size.y), figures = boxes(size.x, size.y);
      this._figures.forEach(figures.add);
      for (const place of dots) {
        const p = place.at, r = 0.8 * place.radius;
        if (!place.lead) marks.add([p.x - r, p.y - r, p.x + r, p.y + r]);
      }
      for (const place of dots.slice(0, NAMED_FIRST)) {  // and beside the names that no reader wants to miss
        const left = place.at.x + place.radius + 4, box = [left, place.at.y - 8, left + textWidth(ctx, place.title, NAME), place.at.y + 8];
        if (!place.lead && !marks.clash(box) && !figures.clash(box)) figures.add(box);
      }
      for (const place of dots) {
        if (!place.crowd.length) continue;
        const w = textWidth(ctx, "+" + brief(total(place.crowd)), BADGE) + 7, spots = [];
        for (const r of [place.radius, place.radius + 14, place.radius + 28]) {  // farther off, a line leads to the mark
          const high = 0.8 * r + 7.5, beside = 0.4 * r + w / 2, wide = r + w / 2 + 1;
          for (const off of [[beside, -high], [-beside, -high], [beside, high], [-beside, high], [wide, 0], [-wide, 0], [0, -high], [0, high]]) {
            const x = place.at.x + off[0], y = place.at.y + off[1];
            spots.push([x - w / 2, y - 7, x + w / 2, y + 7]);
          }
        }
        const free = function (spot) { return !figures.clash(spot); };
        const box = spots.slice(0, 8).find(function (spot) { return free(spot) && !marks.clash(spot); }) || spots.find(free) || spots[0];
        figures.add(box);
        this._badges.push([box, place]);
      }
    },
    _drawBadges: function (ctx, c) {  // of the crowd only those that are not named beside their point
      this._badges = this._badges.filter(function (pair) { return pair[1].crowd.some(function (place) { return !place.named; }); });
      for (const pair of this._badges) {
        const box = pair[0], text = "+" + brief(total(pair[1].crowd.filter(function (place) { return !place.named; })));
        const x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2, dx = x - pair[1].at.x, dy = y - pair[1].at.y, apart = Math.hypot(dx, dy);
        const colour = pair[1].drawn === "dot" ? c.dot : c.vague;
        if (apart > pair[1].radius + 20) {
          ctx.beginPath();
          ctx.moveTo(x, y);
          ctx.lineTo(pair[1].at.x + dx * pair[1].radius / apart, pair[1].at.y + dy * pair[1].radius / apart);
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
        ctx.fillText(text, x, y + 0.5);
      }
    },
    badge: function (at) {  // the mark whose badge lies under a point of the map's container
      const p = this._map.containerPointToLayerPoint(at).subtract(this._bounds.min);
      const found = this._badges.find(function (pair) { return pair[0][0] <= p.x && p.x <= pair[0][2] && pair[0][1] <= p.y && p.y <= pair[0][3]; });
      return found ? found[1] : null;
    },
    _hurried: function () { return player.moving && this.shown.length > CROWDED; },  // numbers, and most names, wait until it rests
    _seen: function () {  // what need be drawn: the whole canvas, or, while the next frame is due at once, the part in view
      const size = this._bounds.getSize();
      if (!player.moving) return [0, 0, size.x, size.y];
      const view = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min), shown = this._map.getSize();
      return [view.x, view.y, view.x + shown.x, view.y + shown.y];
    },
    _numbers: function (ctx, c, dots, chosen) {  // after all dots, the greatest first: none is hidden by a smaller place
      const size = this._bounds.getSize(), taken = boxes(size.x, size.y), large = "600 12px " + FONT, small = "600 10.5px " + FONT;
      for (const place of dots) {
        const p = place.at, r = place.radius;
        if (place.count < 2 || r < 8) continue;  // a small dot has its number beside its name
        const text = brief(place.count), font = r > 12 ? large : small, w = textWidth(ctx, text, font);
        if (w > 2 * r - 3) continue;
        const box = [p.x - w / 2, p.y - 6, p.x + w / 2, p.y + 6];
        if (place.id !== chosen && taken.clash(box)) continue;
        taken.add(box);
        this._figures.push(box);
        this._stamp(ctx, text + font, p.x, p.y, Math.max(w / 2, 6) + 4, function (own) {
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
    },
    _pixels: function (place) {  // the uncertainty of a place on the screen
      return place.uncertainty / (40075016.7 * Math.cos(place.lat * Math.PI / 180) / (256 * this._scale));
    },
    _vague: function (ctx, ratio, place, on, c) {  // worked out from other places, somewhere in here: hatched, no firm edge
      const px = 1 / this._scale, colour = on ? c.selected : c.vague;
      ctx.save();
      this._world(ctx, ratio);
      ctx.clip(place.path, "evenodd");
      this._screen(ctx, ratio);
      ctx.globalAlpha = 0.07;
      ctx.fillStyle = c.vague;
      const box = place.box, a = this._at(box[0]), b = this._at(box[1]);
      const left = Math.max(a.x, 0), top = Math.max(a.y, 0), size = this._bounds.getSize();
      const right = Math.min(b.x, size.x), bottom = Math.min(b.y, size.y);
      if (right > left && bottom > top) {
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
      this._world(ctx, ratio);
      ctx.globalAlpha = 0.9;
      ctx.strokeStyle = colour;
      ctx.lineWidth = (on ? 2.2 : 1.2) * px;
      ctx.setLineDash([1.5 * px, 4 * px]);
      ctx.stroke(place.path);
      ctx.restore();
      this._screen(ctx, ratio);
    },
    _reach: function (ctx, place, on, c) {  // worked out from another place: how far off it may lie, at every zoom
      const p = this._at(place.point), reach = Math.max(this._pixels(place), 9);
      ctx.beginPath();
      ctx.arc(p.x, p.y, reach, 0, 2 * Math.PI);
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
    },
    _open: function (ctx, place, on, c) {
      const p = place.at;
      ctx.beginPath();
      ctx.arc(p.x, p.y, place.radius, 0, 2 * Math.PI);
      ctx.lineWidth = on ? 3 : 2;
      ctx.strokeStyle = on ? c.selected : c.vague;
      ctx.stroke();
    },
    _dot: function (ctx, place, on, c) {
      const p = place.at, r = place.radius;
      if (place.maybe) {  // descriptions that fit it: a hollow, dashed ring, around the dot if it is named as well
        ctx.beginPath();
        ctx.arc(p.x, p.y, place.count ? r + 3.5 : r, 0, 2 * Math.PI);
        ctx.setLineDash([3, 2.5]);
        ctx.lineWidth = on && !place.count ? 3 : 1.6;
        ctx.strokeStyle = on && !place.count ? c.selected : c.dot;
        ctx.stroke();
        ctx.setLineDash([]);
        if (!place.count) return;
      }
      const reach = this._pixels(place);
      if (reach > r + 3) {  // where the zoom is fine enough to suggest more than is known, show what is known
        ctx.beginPath();
        ctx.arc(p.x, p.y, reach, 0, 2 * Math.PI);
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
      this._stamp(ctx, "dot" + rounded + on, p.x, p.y, r + 2.5, function (own) {
        own.globalAlpha = 0.92;
        own.beginPath();
        own.arc(0, 0, rounded, 0, 2 * Math.PI);
        own.fillStyle = c.dot;
        own.fill();
        own.globalAlpha = 1;
        own.lineWidth = on ? 3.5 : 1.5;
        own.strokeStyle = on ? c.selected : c.dotEdge;
        own.stroke();
      });
    },
    _labels: function (ctx, c, zoom, dots, open, chosen) {
      const layer = this, width = this._bounds.getSize().x, height = this._bounds.getSize().y;
      const named = boxes(width, height), taken = boxes(width, height);
      dots.forEach(function (place) {
        const p = place.at, r = place.radius - 1;
        if (!place.lead) taken.add([p.x - r, p.y - r, p.x + r, p.y + r]);
        place.named = false;
      });
      this._figures.forEach(named.add);
      this._badges.forEach(function (pair) { named.add(pair[0]); });
      this._labelled = [];
      const view = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min), size = this._map.getSize();
      function place(text, x, y, gap, font, colour, centred, fits, above, reach) {  // above: it may stand on dots, not on other labels; reach: beside, else outside a circle
        if (x < -50 || y < -20 || x > width + 50 || y > height + 20) return false;
        const w = textWidth(ctx, text, font), h = 13;
        const spots = centred ? [0, -18, 18, -36, 36].filter(function (dy) { return !dy || (fits && fits(x, y + dy)); }).map(function (dy) { return [x - w / 2, y + dy]; }) : [[x + gap, y], [x - gap - w, y], [x - w / 2, y - gap - 7], [x - w / 2, y + gap + 7]];
        if (reach) {
          const middle = Math.max(view.x + 4, Math.min(view.x + size.x - w - 4, x - w / 2));
          spots.splice(1, 3, [middle, y + reach + 9], [middle, y - reach - 9], [x - gap - w, y]);
        }
        const around = spots.map(function (spot) { return [spot[0] - 2, spot[1] - h / 2 - 1, spot[0] + w + 2, spot[1] + h / 2 + 1]; });
        const inView = function (box) { return box[0] >= view.x && box[2] <= view.x + size.x && box[1] >= view.y && box[3] <= view.y + size.y; };
        const order = around.map(function (_, i) { return i; }).sort(function (a, b) { return inView(around[b]) - inView(around[a]) || a - b; });
        for (const i of order) {  // where the whole name is seen, if there is such a spot
          const spot = spots[i], box = around[i];
          if (named.clash(box) || (!above && taken.clash(box)) || (reach && !above && !inView(box))) continue;
          named.add(box);
          ctx.font = font;
          ctx.textAlign = "left";
          ctx.textBaseline = "middle";
          ctx.lineWidth = 3;
          ctx.lineJoin = "round";
          ctx.strokeStyle = c.halo;
          ctx.strokeText(text, spot[0], spot[1]);
          ctx.fillStyle = colour;
          ctx.fillText(text, spot[0], spot[1]);
          return box;
        }
        return false;
      }
      open.forEach(function (p) {
        p.named = false;
        if (!p.lead) taken.add([p.at.x - 5, p.at.y - 5, p.at.x + 5, p.at.y + 5]);
      });
      const first = this.shown.find(function (p) { return p.id === chosen; });  // the chosen place, then the others by their number
      const ordered = (first ? [first] : []).concat(this.shown.slice(0, 400).filter(function (p) { return p !== first; }));
      if (this._hurried()) ordered.length = NAMED_IN_A_CROWD;
      ordered.forEach(function (p, rank) {
        const at = layer._at(p.point), above = rank < NAMED_FIRST || p.id === chosen;
        let box;
        if (p.drawn === "dot") {
          const radius = p.lead ? POINT : radiusOf(p.count);
          const spot = !p.count ? p.title + " ≈" : p.count > 1 && radius < 8 ? p.title + " " + grouped(p.count) : p.title;
          box = place(spot, at.x, at.y, radius + 4, NAME, c.label, false, null, false) ||
            (above && place(spot, at.x, at.y, radius + 4, NAME, c.label, false, null, true));
          p.named = !!box;
        } else if (isWorkedOut(p) && !p.shape) {
          return;
        } else if (p.drawn === "circle") {
          box = place(short(p.title) + (p.count > 1 ? " " + grouped(p.count) : ""), at.x, at.y, 9, "italic 600 12px " + FONT, c.vague, false, null, p.id === chosen, Math.max(layer._pixels(p), 9));
          p.named = !!box;
        } else if (p.drawn === "vague") {
          box = place(short(p.title) + (p.count > 1 ? " " + grouped(p.count) : ""), at.x, at.y, 0, "italic 600 12px " + FONT, c.vague, true, function () { return true; }, p.id === chosen);
        } else {
          const inside = function (x, y) { return layer._holds(p.path, (x - layer._dx) / layer._scale, (y - layer._dy) / layer._scale); };
          box = place(p.title + " " + (p.count ? grouped(p.count) : "≈"), at.x, at.y, 0, "italic 600 12.5px " + FONT, p.drawn === "area" ? c.area : c.line, true, p.drawn === "area" && inside, p.id === chosen);
        }
        if (box) layer._labelled.push([box, p]);
      });
      if (!state.base || state.tiles) return;
      const titles = new Set(this.shown.map(function (p) { return p.title; }));
      state.base.labels.forEach(function (label) {
        if (zoom < label.zoom || zoom > label.until || titles.has(label.name)) return;
        const at = layer._at(label.point);
        if (label.kind === "town") {
          const set = place(label.name, at.x, at.y, 5, "12px " + FONT, c.town, false);
          if (set) { ctx.beginPath(); ctx.arc(at.x, at.y, 2, 0, 2 * Math.PI); ctx.fillStyle = c.town; ctx.fill(); }
        } else if (label.kind === "sea") place(label.name, at.x, at.y, 0, "italic 13px " + FONT, c.water, true);
        else place(label.name.toUpperCase(), at.x, at.y, 0, "11px " + FONT, c.country, true);
      });
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

  /* ---- what the reader sees beside the canvases ---- */
  function short(text) { return text.length > 42 ? text.slice(0, 40).trimEnd() + "…" : text; }

  function length(metres) {
    if (metres < 1000) return metres + " m";
    return (metres < 10000 ? Math.round(metres / 100) / 10 : Math.round(metres / 1000)).toLocaleString("en") + " km";
  }

  function number(count, noun) { return grouped(count) + " " + noun + (count === 1 ? "" : "s"); }

  function told(place) {  // what a mark is, in words
    const parts = isWorkedOut(place)
      ? ["“" + place.title + "”: worked out, ± " + length(place.uncertainty)]
      : [place.title];
    if (place.count) parts.push(number(place.count, "mention"));
    if (place.maybe) parts.push(grouped(place.maybe) + " suggested by a description");
    const crowd = !place.lead && place.crowd || [], some = crowd.slice(0, 4);
    if (crowd.length) {
      parts.push("+" + grouped(total(crowd)) + " too close to show apart: " +
        some.map(function (other) { return short(other.title) + " " + grouped(other.count); }).join(", ") + (crowd.length > some.length ? " and " + grouped(crowd.length - some.length) + " more" : ""));
    }
    return parts.join(" · ");
  }

  function isWorkedOut(place) { return place.drawn === "circle" || place.drawn === "vague"; }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function style() {
    const sheet = element("style");
    sheet.textContent =
      ".leaflet-container{background:var(--cm-sea);font:13px " + FONT + "}" +
      ".cm-note{position:absolute;z-index:900;left:50%;top:12px;transform:translateX(-50%);padding:6px 12px;border-radius:6px;background:var(--cm-panel);color:var(--cm-text);box-shadow:0 1px 5px rgba(0,0,0,.35);max-width:80%}" +
      ".cm-tip{position:absolute;z-index:1001;pointer-events:none;padding:3px 8px;border-radius:4px;background:var(--cm-panel);color:var(--cm-text);box-shadow:0 1px 4px rgba(0,0,0,.35);width:max-content;max-width:min(340px,80%);display:none}" +
      ".cm-ring{position:absolute;z-index:1000;left:-14px;top:-14px;width:24px;height:24px;border:2px solid var(--cm-text);border-radius:50%;pointer-events:none}.cm-ring[hidden]{display:none}" +
      ".cm-more{background:var(--cm-panel);color:var(--cm-text);padding:2px 8px;border-radius:6px;font-size:11.5px}.cm-more:empty{display:none}" +
      ".cm-legend{background:var(--cm-panel);color:var(--cm-text);padding:3px 9px;border-radius:6px;box-shadow:0 1px 4px rgba(0,0,0,.3);max-width:196px;font-size:11.5px;line-height:1.3}" +
      ".cm-legend summary{cursor:pointer;font-weight:600}.cm-legend div{display:flex;align-items:center;gap:8px;margin:3px 0}.cm-legend svg{flex:0 0 30px}" +
      ".cm-legend p{margin:4px 0 2px}" +
      ".cm-play{background:var(--cm-panel);color:var(--cm-text);padding:4px;border-radius:6px;box-shadow:0 1px 4px rgba(0,0,0,.3);font-size:12.5px;line-height:1.3}" +
      ".cm-play[hidden],.cm-play [hidden]{display:none!important}.cm-play-row{display:flex;align-items:center;gap:4px}.cm-play-row+*{margin-top:4px}" +
      ".cm-play button,.cm-play select{font:inherit;color:inherit;background:transparent;border:1px solid rgba(128,128,128,.7);border-radius:4px;min-height:30px;margin:0;box-sizing:border-box}" +
      ".cm-play button{display:flex;align-items:center;justify-content:center;gap:6px;min-width:32px;padding:2px 8px;cursor:pointer;font-weight:600}.cm-play button:hover{border-color:currentColor}" +
      ".cm-play-open{border-color:transparent!important}.cm-play-toggle{min-width:74px!important}.cm-play label{display:flex;flex:1 1 0;flex-direction:column;font-size:11.5px}" +
      ".cm-play select{padding:0 2px;width:100%}.cm-play option{background:var(--cm-option);color:var(--cm-text)}.cm-play svg{flex:none;fill:currentColor}" +
      ".cm-play-track{position:relative;height:5px;border-radius:3px;background:rgba(128,128,128,.35);overflow:hidden}.cm-play-track i{position:absolute;top:0;bottom:0;min-width:3px;border-radius:3px;background:var(--cm-window)}" +
      ".cm-play output{display:block;width:min(240px,calc(100vw - 82px));min-height:1.3em;font-variant-numeric:tabular-nums}.cm-play-row:first-child>*{flex:1 1 auto}" +
      ".leaflet-bar a,.leaflet-control-scale-line,.leaflet-control-attribution{background:var(--cm-panel)!important;color:var(--cm-text)!important}" +
      ".leaflet-control-attribution a{color:inherit!important}" +
      ".leaflet-bar a:focus-visible,.cm-legend summary:focus-visible,.cm-play button:focus-visible,.cm-play select:focus-visible,.leaflet-container:focus-visible{outline:3px solid #2f7de1;outline-offset:-2px}" +
      "#map_div{border-radius:8px;overflow:hidden;height:100vh!important;width:100%!important}@media (prefers-reduced-motion:reduce){.leaflet-zoom-anim .leaflet-zoom-animated{transition:none!important}}";
    document.head.appendChild(sheet);
  }

  const SVG = "http://www.w3.org/2000/svg";
  function swatch(kind) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("width", "30");
    svg.setAttribute("height", "20");
    svg.setAttribute("aria-hidden", "true");
    function add(name, attributes) {
      const made = document.createElementNS(SVG, name);
      Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
      svg.appendChild(made);
    }
    const c = state.colours;
    if (kind === "dot") { add("circle", { cx: 7, cy: 10, r: 4, fill: c.dot }); add("circle", { cx: 21, cy: 10, r: 8, fill: c.dot }); }
    if (kind === "area") add("rect", { x: 2, y: 3, width: 26, height: 14, rx: 4, fill: c.area, "fill-opacity": 0.18, stroke: c.area, "stroke-dasharray": "5 3" });
    if (kind === "crowd") {
      add("circle", { cx: 9, cy: 12, r: 7, fill: c.dot });
      add("circle", { cx: 19, cy: 16, r: 2.5, fill: c.dot });
      add("rect", { x: 11, y: 0.5, width: 18, height: 11, rx: 5.5, fill: c.dotEdge, stroke: c.dot });
      add("path", { d: "M14 6 H18 M16 4 V8 M21.5 3.5 V8.5 M25 3.5 V8.5", stroke: c.dot, "stroke-width": 1.3 });
    }
    if (kind === "line") add("path", { d: "M2 15 C 9 2, 19 18, 28 5", fill: "none", stroke: c.line, "stroke-width": 4 });
    if (kind === "ring") { add("circle", { cx: 15, cy: 10, r: 9, fill: c.dot, "fill-opacity": 0.1, stroke: c.dot, "stroke-dasharray": "3 3" }); add("circle", { cx: 15, cy: 10, r: 3, fill: c.dot }); }
    if (kind === "derived") {  // a circle that says how far off it may lie, and a hatched area
      add("circle", { cx: 8, cy: 10, r: 7, fill: c.vague, "fill-opacity": 0.1, stroke: c.vague, "stroke-dasharray": "3 2.5" });
      add("circle", { cx: 8, cy: 10, r: 2.5, fill: "none", stroke: c.vague, "stroke-width": 1.6 });
      add("path", { d: "M19 14 L25 6 M22 16.5 L28 8.5 M18 10 L22 4", stroke: c.vague, "stroke-opacity": 0.6 });
      add("rect", { x: 18, y: 3, width: 11, height: 14, rx: 3, fill: c.vague, "fill-opacity": 0.07, stroke: c.vague, "stroke-dasharray": "1.5 2.5" });
    }
    if (kind === "suggested") add("circle", { cx: 15, cy: 10, r: 6, fill: "none", stroke: c.dot, "stroke-width": 1.6, "stroke-dasharray": "3 2.5" });
    return svg;
  }

  function legend() {
    const Legend = L.Control.extend({
      onAdd: function () {
        const box = element("details", "cm-legend");
        L.DomEvent.disableClickPropagation(box);
        return box;
      },
    });
    state.legend = new Legend({ position: "bottomright" }).addTo(state.map);
    paintLegend();
  }

  function more() {  // how many worked-out places are in view that it has no room for
    const More = L.Control.extend({ onAdd: function () { return element("div", "cm-more"); } });
    const box = new More({ position: "bottomleft" }).addTo(state.map).getContainer();
    state.tellMore = function (left) {
      const text = left.places ? number(left.places, "more worked-out place") + " (" + number(left.mentions, "mention") + "): zoom in" : "";
      if (box.textContent !== text) box.textContent = text;
    };
  }

  function paintLegend() {
    const box = state.legend.getContainer();
    box.replaceChildren(element("summary", "", "How to read the map"));
    [
      ["dot", "town or site; larger: named more often; no number: once"],
      ["crowd", "+ mentions of places too close to show apart: click it"],
      ["area", "region or province, as far as it reaches"],
      ["line", "river or road"],
      ["ring", "zoomed in: it lies within this circle"],
    ].concat(
      state.places.some(isWorkedOut) ? [["derived", "worked out from others, not named: somewhere in it"]] : [],
      state.places.some(function (p) { return p.suggested; }) ? [["suggested", "suggested by a description"]] : []
    ).forEach(function (row) {
      const line = element("div");
      line.append(swatch(row[0]), element("span", "", row[1]));
      box.append(line);
    });
    box.append(element("p", "", "Numbers count mentions. A mark says that articles name this place, not that anything happened there."));
  }

  function note(text) {
    if (state.note) state.note.remove();
    state.note = text ? element("div", "cm-note", text) : null;
    if (state.note) { state.note.setAttribute("role", "status"); state.map.getContainer().append(state.note); }
  }

  function theme(dark) {
    state.colours = dark ? COLOURS.dark : COLOURS.light;
    const root = document.documentElement.style;
    root.setProperty("--cm-sea", state.colours.sea);
    root.setProperty("--cm-panel", dark ? "rgba(32,35,38,.94)" : "rgba(255,255,255,.94)");
    root.setProperty("--cm-option", dark ? "#202326" : "#ffffff");
    root.setProperty("--cm-window", state.colours.dot);
    root.setProperty("--cm-text", dark ? "#e9e6e2" : "#26221d");
    if (state.legend) paintLegend();
    if (state.baseLayer) state.baseLayer.redraw();
  }

  function onlineTiles(wanted) {
    if (!wanted && state.tilesFailed) { state.tilesFailed = false; note(""); }
    if (!!state.tiles === wanted || state.tilesFailed) return;
    if (state.tiles) { state.tiles.remove(); state.tiles = null; return; }
    let failed = 0, loaded = 0;
    const tiles = state.tiles = L.tileLayer(TILES, { maxZoom: MAX_ZOOM, attribution: "© OpenStreetMap contributors" });
    tiles.on("tileload", function () { loaded += 1; });
    tiles.on("tileerror", function () {
      failed += 1;
      if (failed > 2 && !loaded && state.tiles === tiles) {
        tiles.remove();
        state.tiles = null;
        state.tilesFailed = true;
        state.placeLayer.redraw();
        note("OpenStreetMap cannot be reached: this is the built-in map.");
      }
    });
    tiles.addTo(state.map);
  }

  /* ---- playback: a window runs through the slider's whole period, in the browser alone ---- */
  const WIDTHS = [
    { name: "day", days: 1 }, { name: "week", days: 7 }, { name: "two weeks", days: 14 },
    { name: "month", months: 1, days: 30.44 }, { name: "quarter", months: 3, days: 91.31 }, { name: "year", months: 12, days: 365.25 },
  ];
  const PACES = [{ name: "slow", windows: 0.5 }, { name: "normal", windows: 1 }, { name: "fast", windows: 4 }];  // windows a second
  const WINDOWS_LIKED = 30;  // the width that is offered first cuts the period into about so many
  const LONGEST_FRAME = 0.1;  // seconds: after a pause of the browser's own, playback goes on where it was
  const CROWDED = 1500, NAMED_IN_A_CROWD = 20;  // places; among so many that move nobody reads the others' numbers and names
  const DAY = 86400000;
  const player = { on: false, moving: false, first: 0, last: 0, exact: 0, width: null, pace: PACES[1], widths: [], then: 0, request: 0, frames: 0 };

  function shift(day, width, windows) {  // so many windows later; months are calendar months
    if (!width.months) return day + windows * width.days;
    const date = new Date(day * DAY), wanted = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + windows * width.months + 1);
    date.setUTCDate(0);
    date.setUTCDate(Math.min(wanted, date.getUTCDate()));
    return Math.round(date.getTime() / DAY);
  }

  function dayText(day, parts) { return new Intl.DateTimeFormat("en-GB", Object.assign({ timeZone: "UTC" }, parts)).format(day * DAY); }

  function inWords(first, last) {  // 5 to 11 August 2013
    const whole = { day: "numeric", month: "long", year: "numeric" };
    if (first === last) return dayText(first, whole);
    const a = new Date(first * DAY), b = new Date(last * DAY), sameYear = a.getUTCFullYear() === b.getUTCFullYear();
    const parts = !sameYear ? whole : a.getUTCMonth() !== b.getUTCMonth() ? { day: "numeric", month: "long" } : { day: "numeric" };
    return dayText(first, parts) + " to " + dayText(last, whole);
  }

  function iso(day) { return new Date(day * DAY).toISOString().slice(0, 10); }

  function windowed(command) { return within(command, [player.first, player.last]); }

  function turnTo(first) {  // show the window that begins on this day, or the last one that the period has room for
    const span = state.asked.span, width = player.width;
    player.first = Math.max(first, span[0]);
    player.last = shift(player.first, width, 1) - 1;
    if (player.last >= span[1]) {
      player.last = span[1];
      player.first = Math.max(shift(span[1] + 1, width, -1), span[0]);
    }
    player.exact = player.first;
    const ui = player.ui, days = span[1] - span[0] + 1;
    ui.when.value = inWords(player.first, player.last);
    ui.at.style.left = 100 * (player.first - span[0]) / days + "%";
    ui.at.style.width = 100 * (player.last - player.first + 1) / days + "%";
    state.command = windowed(state.asked);
    if (state.loaded !== state.command.layer) return;
    state.placeLayer.recount();
    state.placeLayer.redraw();
    state.point();
  }

  function frame(now) {
    const seconds = player.then ? Math.min((now - player.then) / 1000, LONGEST_FRAME) : 0;
    player.then = now;
    player.frames += 1;
    const exact = player.exact + seconds * player.pace.windows * player.width.days;
    if (Math.floor(exact) > player.first) turnTo(Math.floor(exact));
    player.exact = Math.max(exact, player.first);
    if (player.last >= state.asked.span[1]) handBack(); else player.request = requestAnimationFrame(frame);
  }

  function move(wanted) {
    const moved = player.moving;
    player.moving = wanted;
    player.then = 0;
    cancelAnimationFrame(player.request);
    const ui = player.ui;
    ui.toggle.replaceChildren(icon(wanted ? "pause" : "play"), element("span", "", wanted ? "Pause" : "Play"));
    ui.when.setAttribute("aria-live", wanted ? "off" : "polite");  // read out where it rests, not at every frame
    if (wanted) player.request = requestAnimationFrame(frame);
    else if (moved) state.placeLayer.redraw();  // what lies beyond the part in view as well
  }

  function step(windows) {
    move(false);
    turnTo(shift(player.first, player.width, windows));
  }

  function still() { return matchMedia("(prefers-reduced-motion: reduce)").matches; }  // who wants no motion steps by hand

  function start() {  // from the chosen period's first day, if a window has room after it
    const command = state.asked, span = command.span;
    const chosen = command.first > span[0] && shift(command.first, player.width, 1) - 1 < span[1];
    player.on = true;
    player.ui.open.hidden = true;
    player.ui.panel.hidden = false;
    player.ui.toggle.hidden = player.ui.pace.parentNode.hidden = still();
    turnTo(chosen ? command.first : span[0]);
    move(!still());
    (still() ? player.ui.forward : player.ui.toggle).focus();
  }

  function leave() {  // back to the one button; what is shown stays until the app says otherwise
    if (!player.on) return;
    const focused = player.ui.box.contains(document.activeElement);
    move(false);
    player.on = false;
    player.ui.panel.hidden = true;
    player.ui.open.hidden = false;
    if (focused) player.ui.open.focus();
  }

  function handBack() {  // the slider takes over the window; ids of places never begin so
    if (!player.on) return;
    leave();
    tell("~period", { from: iso(player.first), to: iso(player.last) }, state.map.getCenter());
  }

  function followed(command) {  // a new word of the app: a place or a filter chosen meanwhile is taken over, another period ends playback
    const before = state.asked;
    state.asked = command;
    const same = before && command.span && before.first === command.first && before.last === command.last && String(before.span) === String(command.span);
    if (!same) { leave(); offer(); }
    state.command = player.on ? windowed(command) : within(command, held(command));
  }

  /* ---- the slider in the reader's hand: the map follows it at once, the app's word comes after ---- */
  const SLIDER = '[data-testid="stSlider"] input[type="range"]', MICROSECONDS = 86400e6;  // of a day: Streamlit's sliders count so

  function page() {  // the document that holds the slider, or null if it is another origin's
    try { return window.parent === window ? null : window.parent.document; } catch (refused) { return null; }
  }

  function held(command) {  // the first and last day of the slider that has the focus, or null
    const document = command.span && page();
    const thumbs = document ? Array.from(document.querySelectorAll(SLIDER)) : [];
    if (thumbs.length !== 2 || !thumbs.includes(document.activeElement)) return null;
    const days = thumbs.map(function (thumb) { return Math.round(thumb.value / MICROSECONDS); });
    return command.span[0] <= days[0] && days[0] <= days[1] && days[1] <= command.span[1] ? days : null;
  }

  function within(command, days) {  // an end of the slider takes in whatever lies beyond it
    return days ? Object.assign({}, command, {
      first: days[0] <= command.span[0] ? -Infinity : days[0], last: days[1] >= command.span[1] ? Infinity : days[1],
    }) : command;
  }

  function follow() {
    const document = page();
    if (!document) return;
    let due = 0;
    new MutationObserver(function () {
      if (due || player.on || !state.asked || !held(state.asked)) return;
      due = requestAnimationFrame(function () {
        due = 0;
        const days = held(state.asked);
        if (!days || player.on || state.loaded !== state.asked.layer) return;
        state.command = within(state.asked, days);
        repaint();
        state.point();
      });
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["aria-valuetext"] });
  }

  function offer() {  // the widths that are shorter than the whole period; where there is none, there is nothing to play
    const span = state.asked.span, ui = player.ui;
    player.widths = span ? WIDTHS.filter(function (width) { return shift(span[0], width, 1) - 1 < span[1]; }) : [];
    ui.box.hidden = !player.widths.length;
    if (ui.box.hidden) return;
    if (!player.widths.includes(player.width)) {
      const days = (span[1] - span[0] + 1) / WINDOWS_LIKED;
      player.width = player.widths.reduce(function (best, width) { return Math.abs(Math.log(width.days / days)) < Math.abs(Math.log(best.days / days)) ? width : best; });
    }
    ui.width.replaceChildren.apply(ui.width, player.widths.map(function (width) { return new Option(width.name, width.name, false, width === player.width); }));
    ui.open.replaceChildren(icon("play"), element("span", "", still() ? "Step" : "Play"));
  }

  const ICONS = {
    play: "M3 1 L13 7 L3 13 Z", pause: "M2 1 H6 V13 H2 Z M8 1 H12 V13 H8 Z", stop: "M2 2 H12 V12 H2 Z",
    back: "M1 1 H3 V13 H1 Z M13 1 V13 L4 7 Z", forward: "M11 1 H13 V13 H11 Z M1 1 L10 7 L1 13 Z",
  };
  function icon(name) {
    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    svg.setAttribute("width", "14");
    svg.setAttribute("height", "14");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  function playback() {
    const ui = player.ui = {};
    function button(className, name, title, act) {
      const made = element("button", className);
      made.type = "button";
      made.append(icon(name));
      made.title = title;
      made.addEventListener("click", act);
      return made;
    }
    function choice(label, rows, act) {
      const made = element("select"), around = element("label", "", label);
      made.append.apply(made, rows.map(function (row) { return new Option(row.name, row.name); }));
      made.setAttribute("aria-label", label);  // or the options would be part of its name
      made.addEventListener("change", function () { act(made.value); });
      around.append(made);
      return made;
    }
    ui.open = button("cm-play-open", "play", "Run a window of time through the whole period", start);
    ui.back = button("", "back", "One window back", function () { step(-1); });
    ui.toggle = button("cm-play-toggle", "pause", "", function () {
      if (!player.moving && player.last >= state.asked.span[1]) turnTo(state.asked.span[0]);  // at the end: from the start again
      move(!player.moving);
    });
    ui.forward = button("", "forward", "One window on", function () { step(1); });
    ui.stop = button("", "stop", "Stop: the slider takes over these days (Esc)", handBack);
    ui.back.setAttribute("aria-label", "One window back");
    ui.forward.setAttribute("aria-label", "One window on");
    ui.stop.append(element("span", "", "Stop"));
    ui.width = choice("Window", [], function (name) {
      player.width = player.widths.find(function (width) { return width.name === name; });
      turnTo(player.first);
    });
    ui.pace = choice("Pace", PACES, function (name) { player.pace = PACES.find(function (pace) { return pace.name === name; }); });
    ui.pace.value = player.pace.name;
    ui.when = element("output");
    ui.at = element("i");
    ui.panel = element("div");
    const buttons = element("div", "cm-play-row"), choices = element("div", "cm-play-row"), track = element("div", "cm-play-track");
    buttons.append(ui.back, ui.toggle, ui.forward, ui.stop);
    choices.append(ui.width.parentNode, ui.pace.parentNode);
    track.append(ui.at);
    ui.panel.append(buttons, choices, track, ui.when);
    ui.panel.hidden = true;
    const Player = L.Control.extend({
      onAdd: function () {
        ui.box = element("div", "cm-play");
        ui.box.setAttribute("role", "group");
        ui.box.setAttribute("aria-label", "Playback");
        ui.box.hidden = true;
        ui.box.append(ui.open, ui.panel);
        L.DomEvent.disableClickPropagation(ui.box).disableScrollPropagation(ui.box);
        return ui.box;
      },
    });
    new Player({ position: "topright" }).addTo(state.map);
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") handBack(); });
  }

  /* ---- loading ---- */
  function label(rows, kind, until) {
    return rows.map(function (row) {
      return { name: row.name, kind: kind, zoom: row.zoom, until: until, point: project(row.lon, row.lat, ORIGIN) };
    });
  }

  function prepareBase(raw) {
    state.base = {
      paths: {
        land: toPath(raw.land), lakes: toPath(raw.lakes), admin0: toPath(raw.admin0), disputed: toPath(raw.admin0_disputed),
        admin1: toPath(raw.admin1), rivers: toPath(raw.rivers),
      },
      labels: [].concat(label(raw.countries, "country", 9), label(raw.seas, "sea", MAX_ZOOM), label(raw.towns, "town", MAX_ZOOM)),
    };
    state.baseLayer.redraw();
    state.placeLayer.redraw();
  }

  function fetchJson(url) {
    return fetch(url).then(function (answer) {
      if (!answer.ok) throw new Error(url + ": " + answer.status);
      return answer.json();
    });
  }

  function loadPlaces(hash) {
    state.loading = hash;
    fetchJson(state.assets + "layer/" + hash + ".json").then(function (raw) {
      if (state.loading !== hash) return;
      state.places = raw.places.sort(function (a, b) { return a.id < b.id ? -1 : 1; });
      state.byId = new Map();
      state.most = 1;
      state.places.forEach(function (place) {
        prepare(place);
        if (place.suggested) prepare(place.suggested);
        if (place.drawn === "dot") state.most = Math.max(state.most, upTo(place.starts, Infinity) + place.undated);
        place.point = project(place.lon, place.lat, ORIGIN);
        if (place.geometry) place.path = toPath(place.geometry);
        if (place.drawn === "vague") place.box = boxOf(place.geometry);
        state.byId.set(place.id, place);
      });
      state.loaded = hash;
      paintLegend();
      note("");
      apply();
    }).catch(function () { note("The places could not be loaded. Reload the page."); });
  }

  function fit() {  // the theatre of the articles, until the reader moves the map
    const command = state.command;
    if (!command || state.loaded !== command.layer || !state.map.getSize().y) return;
    if (state.fitted === null) {  // the frame has its size now: a legend only where it leaves room for the map
      state.legend.getContainer().open = state.map.getSize().x > 560 && state.map.getSize().y > 480;
    }
    state.fitted = command.fit;
    if (command.bounds) state.map.fitBounds(command.bounds, { maxZoom: 10, padding: [48, 28], animate: false });
  }

  function picture() {  // what a picture of the places depends on, beside where the map is: the same need not be drawn again
    return [state.placeLayer._counted, state.command.place, state.colours === COLOURS.dark, !!state.tiles, !!state.base, player.moving].join(" ");
  }

  function repaint() {
    state.placeLayer.recount();
    if (state.pictured !== picture()) state.placeLayer.redraw();
  }

  function apply() {
    const command = state.command;
    if (!command || state.loaded !== command.layer) return;
    state.placeLayer.recount();
    if (state.fitted !== command.fit) { state.touched = false; fit(); }
    const place = state.byId.get(command.place);
    if (place && state.chosen !== place.id && !state.map.getBounds().pad(-0.08).contains([place.lat, place.lon])) {
      state.map.panTo([place.lat, place.lon]);
    }
    state.chosen = command.place;
    state.ring.hidden = true;
    repaint();
    state.painted = (state.painted || 0) + 1;
  }

  function tell(id, properties, latlng) {  // the one thing that the component hands to the app: a feature that was clicked
    state.clicks = (state.clicks || 0) + 1;  // a second click on the same one is another value, so it is told as well
    const feature = { type: "Feature", id: id, properties: Object.assign({ click: state.clicks }, properties), geometry: null };
    const held = window.__GLOBAL_DATA__;
    if (held && "last_active_drawing" in held && window.Streamlit && window.Streamlit.setComponentValue) {
      // What streamlit-folium would say a quarter of a second later, once it has waited for more to say; it then finds it said.
      held.last_active_drawing = feature;
      held.previous_data = { last_active_drawing: feature };
      window.Streamlit.setComponentValue(held.previous_data);
      return;
    }
    state.placeLayer.fire("click", { latlng: latlng, layer: { toGeoJSON: function () { return feature; } } });
  }

  function keepAddress(query) {  // the period is in the page's address, but moving it is no step for the back button
    try {
      const page = window.parent;
      if (page === window || query === null) return;
      const address = query ? "?" + query : "";
      const same = new URLSearchParams(page.location.search).toString() === new URLSearchParams(address).toString();
      if (!same) page.history.replaceState(page.history.state, "", page.location.pathname + address + page.location.hash);
    } catch (refused) { /* a page of another origin frames the app: its address is its own */ }
  }

  window.conflictmap = {
    state: state,
    player: player,
    attach: function (map, assets) {
      state.map = map;
      state.assets = assets;
      style();
      theme(false);
      map.attributionControl.setPrefix(false);
      map.attributionControl.addAttribution("Base map: Natural Earth");
      map.createPane("cm-base").style.zIndex = 150;
      map.createPane("cm-places").style.zIndex = 450;
      map.getPane("cm-base").style.pointerEvents = map.getPane("cm-places").style.pointerEvents = "none";
      state.baseLayer = new BaseLayer({ pane: "cm-base" }).addTo(map);
      state.placeLayer = new PlaceLayer({ pane: "cm-places" }).addTo(map);
      map.getContainer().setAttribute("aria-label", "Map of the places named. Every place is also in the list beside it.");
      map.invalidateSize({ animate: false });
      window.addEventListener("resize", function () {
        map.invalidateSize({ animate: false });
        if (!state.touched) fit();
      });
      ["mousedown", "touchstart", "wheel", "keydown"].forEach(function (kind) {
        map.getContainer().addEventListener(kind, function () { state.touched = true; }, { passive: true });
      });
      legend();
      playback();
      more();
      follow();
      const tip = element("div", "cm-tip"), ring = state.ring = element("div", "cm-ring");
      ring.hidden = true;
      map.getContainer().append(tip, ring);
      map.on("movestart zoomstart", function () { ring.hidden = true; });
      state.point = function () {  // what lies under the mouse; while it rests, playback may move something else there
        const at = state.mouse, place = at && state.placeLayer.hit(at);
        map.getContainer().style.cursor = place ? "pointer" : "";
        tip.style.display = place ? "block" : "none";
        if (!place) return;
        tip.textContent = told(place);
        const flip = at.x + 24 + tip.offsetWidth > map.getSize().x && at.x > tip.offsetWidth;
        tip.style.left = at.x + (flip ? -14 - tip.offsetWidth : 14) + "px";
        tip.style.top = at.y + 10 + "px";
      };
      map.on("mousemove", function (event) { state.mouse = event.containerPoint; state.point(); });
      map.on("mouseout", function () { state.mouse = null; state.point(); });
      map.on("click", function (event) {
        const crowded = state.placeLayer.badge(event.containerPoint);
        if (crowded && map.getZoom() < MAX_ZOOM) {
          state.touched = true;
          const points = [crowded].concat(crowded.crowd).map(function (one) { return [one.lat, one.lon]; });
          map.setView(L.latLngBounds(points).getCenter(), Math.max(map.getZoom() + 1, Math.min(MAX_ZOOM, map.getBoundsZoom(points, false, [60, 60]))));
          return;
        }
        const place = state.placeLayer.hit(event.containerPoint);
        if (!place) return;
        tell(place.id, {}, event.latlng);
        const at = state.map.latLngToContainerPoint([place.lat, place.lon]);
        ring.style.transform = "translate(" + at.x + "px," + at.y + "px)";
        ring.hidden = false;  // until the app's word comes: drawing all anew would only delay it
      });
      fetchJson(assets + "basemap.json").then(prepareBase).catch(function () { note("The base map could not be loaded. Reload the page."); });
    },
    show: function (command) {
      const first = state.command === null;
      followed(command);
      if (first || command.dark !== (state.colours === COLOURS.dark)) theme(command.dark);
      onlineTiles(command.tiles);
      keepAddress(command.query);
      if (command.layer !== state.loaded) loadPlaces(command.layer); else apply();
    },
  };
})();
