/**
 * What the reader sees beside the canvases: elements, controls and notes.
 *
 * Text from the gazetteer is only ever set as textContent here, or drawn on a canvas: nothing parses it as HTML.
 *
 * @module
 */
import { state } from "./state.js";
import { number } from "./wording.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
export function svgElement(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * @param {number} width pixels
 * @param {number} height pixels
 * @param {Element[]} parts
 * @returns {Element} a drawing that a screen reader passes over
 */
export function drawing(width, height, parts) {
  const svg = svgElement("svg", { width, height, "aria-hidden": "true" });
  svg.append(...parts);
  return svg;
}

/**
 * @param {HTMLElement} box
 * @param {L.ControlPosition} position
 */
export function addControl(box, position) {
  const control = new L.Control({ position });
  control.onAdd = () => box;
  control.addTo(state.map);
}

/** @type {HTMLElement | null} */
let noted = null;

/**
 * Show one line above the map.
 *
 * @param {string} text empty takes the line away
 */
export function note(text) {
  noted?.remove();
  noted = text ? element("div", "cm-note", text) : null;
  if (!noted) return;
  noted.setAttribute("role", "status");
  state.map.getContainer().append(noted);
}

/** @type {HTMLElement | null} */
let moreBox = null;

/** Add the line that says what there is no room for. */
export function addMore() {
  moreBox = element("div", "cm-more");
  addControl(moreBox, "bottomleft");
}

/** @param {{ places: number, mentions: number }} left how many worked-out places are in view that are not drawn */
export function tellMore(left) {
  const text = left.places ? `${number(left.places, "more worked-out place")} (${number(left.mentions, "mention")}): zoom in` : "";
  if (moreBox && moreBox.textContent !== text) moreBox.textContent = text;
}
