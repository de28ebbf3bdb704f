/* ---- places that crowd one another: the more named keep their marks, badges count the others ---- */
if (PlaceLayer) PlaceLayer.include({
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
});
