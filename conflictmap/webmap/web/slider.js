/**
 * The slider in the reader's hand: the map follows it at once, before the app's command comes.
 *
 * @module
 */
import { sliderDays, within } from "./periods.js";
import { repaint } from "./places.js";
import { point } from "./pointer.js";
import { player, state } from "./state.js";

/** @typedef {import("./state.js").Command} Command */

const SLIDER = '[data-testid="stSlider"] input[type="range"]';
const AT_ONCE = 50;  // milliseconds since the last picture: a slider that rests is followed at once, one that is dragged once a frame

/** @returns {Document | null} the document that holds the slider; null if it is of another origin */
function page() {
  try { return window.parent === window ? null : window.parent.document; } catch { return null; }
}

/**
 * @param {Command} command
 * @returns {import("./periods.js").Span | null} the days of the slider that has the focus
 */
export function held(command) {
  const document = command.span && page();
  if (!document || !command.span) return null;
  const thumbs = /** @type {HTMLInputElement[]} */ (Array.from(document.querySelectorAll(SLIDER)));
  if (!thumbs.some((thumb) => thumb === document.activeElement)) return null;
  return sliderDays(thumbs.map((thumb) => thumb.value), command.span);
}

/** Watch the slider. */
export function follow() {
  const document = page();
  if (!document) return;
  let due = 0, then = -Infinity;
  function show() {
    due = 0;
    const asked = state.asked, days = asked && held(asked);
    if (!days || player.on || state.loaded !== asked.layer) return;
    state.command = within(asked, days);
    state.following = true;
    repaint();
    state.following = false;
    then = performance.now();
    point();
  }
  new MutationObserver(() => {
    if (due || player.on || !state.asked || !held(state.asked)) return;
    if (performance.now() - then > AT_ONCE) show(); else due = requestAnimationFrame(show);
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["aria-valuetext"] });
  state.map.on("movestart", () => { if (state.partial) state.placeLayer.redraw(); });  // what lies beyond the part in view
}
