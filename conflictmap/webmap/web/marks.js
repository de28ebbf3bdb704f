/* ---- how each kind of place is drawn, with its number and its name ---- */
if (PlaceLayer) PlaceLayer.include({
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
});
