/**
 * When the places are painted anew.
 *
 * @module
 */
import { COLOURS, player, state } from "./state.js";

/** @returns {string} what a picture of the places depends on, beside where the map is: the same need not be drawn again */
export function picture() {
  return [state.placeLayer.counted, state.command?.place, state.colours === COLOURS.dark, !!state.tiles, !!state.base, player.moving].join(" ");
}

/** Count, and draw if the picture changes. */
export function repaint() {
  state.placeLayer.recount();
  if (state.pictured !== picture()) state.placeLayer.redraw();
}
