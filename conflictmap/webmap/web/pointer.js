/**
 * What the mouse points at and clicks: the tooltip, the ring around a clicked place, and badges that open.
 *
 * @module
 */
import { tell } from "./app.js";
import { element } from "./interface.js";
import { MAX_ZOOM, state } from "./state.js";
import { described } from "./wording.js";

/** @typedef {import("./place.js").Place} Place */

/** @type {HTMLElement} */
let tip;
/** @type {HTMLElement} */
let ring;

export function addPointer() {
  const map = state.map;
  tip = element("div", "cm-tip");
  ring = element("div", "cm-ring");
  ring.hidden = true;
  map.getContainer().append(tip, ring);
  map.on("movestart zoomstart", hideRing);
  map.on("mousemove", (event) => {
    state.mouse = event.containerPoint;
    point();
  });
  map.on("mouseout", () => {
    state.mouse = null;
    point();
  });
  map.on("click", click);
}

/** The ring shows a click until the app's answer comes: drawing everything anew would only delay that. */
export function hideRing() { ring.hidden = true; }

/** Describe what lies under the mouse. While the mouse rests, playback may bring something else there. */
export function point() {
  const at = state.mouse, place = at && state.placeLayer.hit(at), map = state.map;
  map.getContainer().style.cursor = place ? "pointer" : "";
  tip.style.display = place ? "block" : "none";
  if (!place) return;
  tip.textContent = described(place);
  const flip = at.x + 24 + tip.offsetWidth > map.getSize().x && at.x > tip.offsetWidth;
  tip.style.left = `${at.x + (flip ? -14 - tip.offsetWidth : 14)}px`;
  tip.style.top = `${at.y + 10}px`;
}

/** @param {L.LeafletMouseEvent} event */
function click(event) {
  const crowded = state.placeLayer.badge(event.containerPoint);
  if (crowded && state.map.getZoom() < MAX_ZOOM) {
    open(crowded);
    return;
  }
  const place = state.placeLayer.hit(event.containerPoint);
  if (!place) return;
  tell(place.id, {}, event.latlng);
  const at = state.map.latLngToContainerPoint([place.lat, place.lon]);
  ring.style.transform = `translate(${at.x}px,${at.y}px)`;
  ring.hidden = false;
}

/**
 * Zoom in until a mark and its crowd fill the view.
 *
 * @param {Place} mark
 */
function open(mark) {
  const map = state.map, around = L.latLngBounds([mark, ...mark.crowd].map(({ lat, lon }) => L.latLng(lat, lon)));
  state.touched = true;
  map.setView(around.getCenter(), Math.max(map.getZoom() + 1, Math.min(MAX_ZOOM, map.getBoundsZoom(around, false, L.point(60, 60)))));
}
