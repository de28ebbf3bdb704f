/**
 * The browser's part of the map: a base map and a place layer, each on a canvas of its own. The app sends tiny commands.
 *
 * Loaded once; the folium map in whose frame it runs never changes. The places come once, by fetch, from an address that
 * carries the hash of their content (counts.js says how a period is counted without asking again). Playback moves the period
 * here alone, and so does the slider while the reader moves it; the app's own command follows.
 *
 * The way of the data: loading.js fetches, place.js shapes, counts.js counts, crowding.js and labels.js find room, places.js
 * draws with marks.js and names.js, pointer.js and playback.js hand what the reader does to app.js.
 *
 * @module
 */
import { keepAddress } from "./app.js";
import { BaseLayer } from "./canvas.js";
import { addMore } from "./interface.js";
import { addLegend } from "./legend.js";
import { apply, fit, loadBase, loadPlaces } from "./loading.js";
import { onlineTiles, theme } from "./looks.js";
import { PlaceLayer } from "./places.js";
import { addPlayback, followed } from "./playback.js";
import { addPointer } from "./pointer.js";
import { follow } from "./slider.js";
import { COLOURS, player, state } from "./state.js";

Object.assign(window.conflictmap, { state, player });  // for tests and benchmarks

/**
 * Put the layers and controls on the map.
 *
 * @param {L.Map} map
 * @param {string} assets the address of the app's routes
 * @param {L.Layer} messenger
 */
export function attach(map, assets, messenger) {
  Object.assign(state, { map, assets, messenger });
  theme(false);
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution("Base map: Natural Earth");
  state.baseLayer = new BaseLayer({ pane: pane("cm-base", 150) }).addTo(map);
  state.placeLayer = new PlaceLayer({ pane: pane("cm-places", 450) }).addTo(map);
  map.getContainer().setAttribute("aria-label", "Map of the places named. Every place is also in the list beside it.");
  map.invalidateSize({ animate: false });
  window.addEventListener("resize", () => {
    map.invalidateSize({ animate: false });
    if (!state.touched) fit();
  });
  for (const kind of ["mousedown", "touchstart", "wheel", "keydown"]) {
    map.getContainer().addEventListener(kind, () => { state.touched = true; }, { passive: true });
  }
  addLegend();
  addPlayback();
  addMore();
  follow();
  addPointer();
  void loadBase();
}

/**
 * @param {string} name
 * @param {number} level its z-index
 * @returns {string} the name of a new pane that lets the mouse through
 */
function pane(name, level) {
  const style = state.map.createPane(name).style;
  style.zIndex = String(level);
  style.pointerEvents = "none";
  return name;
}

/**
 * Show what the app asks for.
 *
 * @param {import("./state.js").Command} command
 */
export function show(command) {
  const first = state.command === null;
  followed(command);
  if (first || command.dark !== (state.colours === COLOURS.dark)) theme(command.dark);
  onlineTiles(command.tiles);
  keepAddress(command.query);
  if (command.layer !== state.loaded) void loadPlaces(command.layer); else apply();
}
