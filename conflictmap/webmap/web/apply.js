/**
 * Bring the map to the app's command.
 *
 * @module
 */
import { openLegend } from "./legend.js";
import { repaint } from "./paint.js";
import { hideRing } from "./pointer.js";
import { state } from "./state.js";

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
