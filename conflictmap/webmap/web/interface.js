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
