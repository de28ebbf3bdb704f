/**
 * Places and numbers for the tests.
 *
 * @module
 */
import { placeFrom } from "../../../conflictmap/webmap/web/place.js";

/** @typedef {import("../../../conflictmap/webmap/web/place.js").Place} Place */

/**
 * A small generator of the same numbers at every run (a linear congruence modulo 2^32).
 *
 * @param {number} seed
 * @returns {(below: number) => number} whole numbers from 0, below a bound
 */
export function numbers(seed) {
  let last = seed >>> 0;
  return (below) => {
    last = (Math.imul(last, 1664525) + 1013904223) >>> 0;
    return Math.floor(last / 2 ** 32 * below);
  };
}

/**
 * @param {Partial<Place>} fields
 * @returns {Place} a dot without mentions, with these fields
 */
export function place(fields) {
  const raw = { id: "salma", title: "Salma", lon: 36.1, lat: 35.7, uncertainty: 1000, certainty: "certain", starts: [], ends: null, undated: 0 };
  return { ...placeFrom({ ...raw, drawn: "dot" }), ...fields };
}

/**
 * @param {Partial<import("../../../conflictmap/webmap/web/state.js").Command>} fields
 * @returns {import("../../../conflictmap/webmap/web/state.js").Command}
 */
export function command(fields) {
  return {
    layer: "0", first: 0, last: 0, span: null, undated: true, place: null, bounds: null, fit: "", query: null, dark: false, tiles: false, ...fields,
  };
}
