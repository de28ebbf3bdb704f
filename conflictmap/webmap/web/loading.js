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
