/**
 * How to read the map.
 *
 * @module
 */
import { addControl, drawing, element, svgElement } from "./interface.js";
import { isWorkedOut } from "./place.js";
import { state } from "./state.js";

const ALWAYS = [
  ["dot", "town or site; larger: named more often; no number: once"],
  ["crowd", "+ mentions of places too close to show apart: click it"],
  ["area", "region or province, as far as it reaches"],
  ["line", "river or road"],
  ["ring", "zoomed in: it lies within this circle"],
];
const DERIVED = ["derived", "worked out from others, not named: somewhere in it"], SUGGESTED = ["suggested", "suggested by a description"];

/** @type {HTMLDetailsElement | null} */
let box = null;

export function addLegend() {
  box = element("details", "cm-legend");
  L.DomEvent.disableClickPropagation(box);
  addControl(box, "bottomright");
  paintLegend();
}

/** Paint the legend in the present colours, with what the loaded places need. */
export function paintLegend() {
  if (!box) return;
  box.replaceChildren(element("summary", "", "How to read the map"));
  const rows = [...ALWAYS, ...(state.places.some(isWorkedOut) ? [DERIVED] : []), ...(state.places.some((place) => place.suggested) ? [SUGGESTED] : [])];
  for (const [kind, text] of rows) {
    const line = element("div");
    line.append(drawing(30, 20, swatch(kind)), element("span", "", text));
    box.append(line);
  }
  box.append(element("p", "", "Numbers count mentions. A mark says that articles name this place, not that anything happened there."));
}

/** @param {boolean} open */
export function openLegend(open) { if (box) box.open = open; }

/**
 * @param {string} kind
 * @returns {Element[]} the parts of a drawing, 30 by 20 pixels
 */
function swatch(kind) {
  const c = state.colours;
  switch (kind) {
    case "dot": return [svgElement("circle", { cx: 7, cy: 10, r: 4, fill: c.dot }), svgElement("circle", { cx: 21, cy: 10, r: 8, fill: c.dot })];
    case "area": return [svgElement("rect", { x: 2, y: 3, width: 26, height: 14, rx: 4, fill: c.area, "fill-opacity": 0.18, stroke: c.area, "stroke-dasharray": "5 3" })];
    case "crowd": return [
      svgElement("circle", { cx: 9, cy: 12, r: 7, fill: c.dot }),
      svgElement("circle", { cx: 19, cy: 16, r: 2.5, fill: c.dot }),
      svgElement("rect", { x: 11, y: 0.5, width: 18, height: 11, rx: 5.5, fill: c.dotEdge, stroke: c.dot }),
      svgElement("path", { d: "M14 6 H18 M16 4 V8 M21.5 3.5 V8.5 M25 3.5 V8.5", stroke: c.dot, "stroke-width": 1.3 }),
    ];
    case "line": return [svgElement("path", { d: "M2 15 C 9 2, 19 18, 28 5", fill: "none", stroke: c.line, "stroke-width": 4 })];
    case "ring": return [
      svgElement("circle", { cx: 15, cy: 10, r: 9, fill: c.dot, "fill-opacity": 0.1, stroke: c.dot, "stroke-dasharray": "3 3" }),
      svgElement("circle", { cx: 15, cy: 10, r: 3, fill: c.dot }),
    ];
    case "derived": return [  // a circle that says how far off it may lie, and a hatched area
      svgElement("circle", { cx: 8, cy: 10, r: 7, fill: c.vague, "fill-opacity": 0.1, stroke: c.vague, "stroke-dasharray": "3 2.5" }),
      svgElement("circle", { cx: 8, cy: 10, r: 2.5, fill: "none", stroke: c.vague, "stroke-width": 1.6 }),
      svgElement("path", { d: "M19 14 L25 6 M22 16.5 L28 8.5 M18 10 L22 4", stroke: c.vague, "stroke-opacity": 0.6 }),
      svgElement("rect", { x: 18, y: 3, width: 11, height: 14, rx: 3, fill: c.vague, "fill-opacity": 0.07, stroke: c.vague, "stroke-dasharray": "1.5 2.5" }),
    ];
    default: return [svgElement("circle", { cx: 15, cy: 10, r: 6, fill: "none", stroke: c.dot, "stroke-width": 1.6, "stroke-dasharray": "3 2.5" })];
  }
}
