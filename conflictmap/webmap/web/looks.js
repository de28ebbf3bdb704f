/**
 * Light or dark, and OpenStreetMap's tiles in place of the built-in map.
 *
 * @module
 */
import { note } from "./interface.js";
import { paintLegend } from "./legend.js";
import { COLOURS, MAX_ZOOM, state } from "./state.js";
import { FONT } from "./text.js";

const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
const FAILURES_BORNE = 2;  // tiles that may fail before the first one loads

/**
 * The canvases take their colours from the state, the elements theirs from map.css.
 *
 * @param {boolean} dark
 */
export function theme(dark) {
  state.colours = dark ? COLOURS.dark : COLOURS.light;
  const root = document.documentElement;
  root.classList.toggle("cm-dark", dark);
  root.style.setProperty("--cm-sea", state.colours.sea);
  root.style.setProperty("--cm-window", state.colours.dot);
  root.style.setProperty("--cm-font", FONT);
  paintLegend();
  state.baseLayer?.redraw();
}

/** @param {boolean} wanted */
export function onlineTiles(wanted) {
  if (!wanted && state.tilesFailed) {
    state.tilesFailed = false;
    note("");
  }
  if (!!state.tiles === wanted || state.tilesFailed) return;
  if (state.tiles) {
    state.tiles.remove();
    state.tiles = null;
    return;
  }
  let failed = 0, loaded = 0;
  const tiles = state.tiles = L.tileLayer(TILES, { maxZoom: MAX_ZOOM, attribution: "© OpenStreetMap contributors" });
  tiles.on("tileload", () => { loaded += 1; });
  tiles.on("tileerror", () => {
    failed += 1;
    if (failed <= FAILURES_BORNE || loaded || state.tiles !== tiles) return;
    tiles.remove();
    state.tiles = null;
    state.tilesFailed = true;
    state.placeLayer.redraw();
    note("OpenStreetMap cannot be reached: this is the built-in map.");
  });
  tiles.addTo(state.map);
}
