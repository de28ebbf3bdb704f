/**
 * Fetches the base map and the places, and brings the map to the app's command.
 *
 * @module
 */
import { countAll } from "./counts.js";
import { note } from "./interface.js";
import { openLegend, paintLegend } from "./legend.js";
import { placeFrom } from "./place.js";
import { repaint } from "./places.js";
import { hideRing } from "./pointer.js";
import { MAX_ZOOM, state } from "./state.js";
import { project, toPath } from "./world.js";

/** @typedef {{ name: string, zoom: number, lon: number, lat: number }} RawLabel */

/** @param {string} url */
async function fetchJson(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/**
 * @param {RawLabel[]} rows
 * @param {import("./state.js").BaseLabel["kind"]} kind
 * @param {number} until the last zoom at which they show
 * @returns {import("./state.js").BaseLabel[]}
 */
function labels(rows, kind, until) {
  return rows.map(({ name, zoom, lon, lat }) => ({ name, kind, zoom, until, point: project(lon, lat) }));
}

export async function loadBase() {
  try {
    const raw = await fetchJson(`${state.assets}basemap.json`);
    state.base = {
      paths: {
        land: toPath(raw.land), lakes: toPath(raw.lakes), admin0: toPath(raw.admin0), disputed: toPath(raw.admin0_disputed),
        admin1: toPath(raw.admin1), rivers: toPath(raw.rivers),
      },
      labels: [...labels(raw.countries, "country", 9), ...labels(raw.seas, "sea", MAX_ZOOM), ...labels(raw.towns, "town", MAX_ZOOM)],
    };
    state.baseLayer.redraw();
    state.placeLayer.redraw();
  } catch (failure) {
    console.warn(failure);
    note("The base map could not be loaded. Reload the page.");
  }
}

/** @param {string} hash of the place layer, its address; what another one brings meanwhile is dropped */
export async function loadPlaces(hash) {
  state.loading = hash;
  try {
    const raw = await fetchJson(`${state.assets}layer/${hash}.json`);
    if (state.loading !== hash) return;
    state.places = raw.places.map(placeFrom);
    state.places.sort((a, b) => (a.id < b.id ? -1 : 1));
    state.byId = new Map(state.places.map((place) => [place.id, place]));
    state.most = state.places.reduce((most, place) => (place.drawn === "dot" ? Math.max(most, countAll(place.dated)) : most), 1);
    state.loaded = hash;
    paintLegend();
    note("");
    apply();
  } catch (failure) {
    console.warn(failure);
    note("The places could not be loaded. Reload the page.");
  }
}

/** Move the map to the command's bounds, until the reader moves it. */
export function fit() {
  const command = state.command, size = state.map.getSize();
  if (!command || state.loaded !== command.layer || !size.y) return;
  if (state.fitted === null) openLegend(size.x > 560 && size.y > 480);  // only now does the frame have its size
  state.fitted = command.fit;
  if (command.bounds) state.map.fitBounds(command.bounds, { maxZoom: 10, padding: [48, 28], animate: false });
}

/** Show what the command asks for, if its places are loaded. */
export function apply() {
  const command = state.command;
  if (!command || state.loaded !== command.layer) return;
  state.placeLayer.recount();
  if (state.fitted !== command.fit) {
    state.touched = false;
    fit();
  }
  const place = command.place === null ? undefined : state.byId.get(command.place);
  if (place && state.chosen !== place.id && !state.map.getBounds().pad(-0.08).contains([place.lat, place.lon])) {
    state.map.panTo([place.lat, place.lon]);
  }
  state.chosen = command.place;
  hideRing();
  repaint();
  state.painted += 1;
}
