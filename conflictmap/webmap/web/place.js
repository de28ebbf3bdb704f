/**
 * A place as the map holds it: what travelled, and what counting and drawing add.
 *
 * @module
 */
import { dated } from "./counts.js";
import { boxOf, project, toPath } from "./world.js";

/** @typedef {import("./world.js").Point} Point */
/** @typedef {"dot" | "area" | "line" | "circle" | "vague"} Drawn circle and vague are worked out from other places */

/**
 * What Questions.layer sends of a place.
 *
 * @typedef {object} RawPlaceFields
 * @property {string} id
 * @property {string} title
 * @property {number} lon degrees
 * @property {number} lat degrees
 * @property {number} uncertainty metres
 * @property {string} certainty certain, less-certain or uncertain
 * @property {Drawn} drawn
 * @property {import("./world.js").Geometry} [geometry]
 * @property {import("./counts.js").RawDated} [suggested] the dates of what a description merely suggests
 *
 * @typedef {RawPlaceFields & import("./counts.js").RawDated} RawPlace
 */

/**
 * @typedef {object} Place
 * @property {string} id
 * @property {string} title
 * @property {number} lon degrees
 * @property {number} lat degrees
 * @property {number} uncertainty metres
 * @property {string} certainty
 * @property {Drawn} drawn
 * @property {import("./counts.js").Dated} dated
 * @property {import("./counts.js").Dated | null} suggested
 * @property {Point} point in world units
 * @property {Path2D | null} path in world units
 * @property {[Point, Point] | null} box north-west and south-east of what is vague, in world units
 * @property {number} count mentions in the period
 * @property {number} maybe suggestions in the period
 * @property {Point} at on the canvas, in pixels, when last drawn
 * @property {number} radius of its mark, in pixels, when last drawn
 * @property {Place | null} lead the greater place that crowds it out
 * @property {Place[]} crowd the places that it crowds out
 * @property {boolean} shape whether its worked-out extent is drawn
 * @property {boolean} named whether its name is drawn beside its mark
 */

/**
 * @param {RawPlace} raw
 * @returns {Place}
 */
export function placeFrom(raw) {
  const { id, title, lon, lat, uncertainty, certainty, drawn, geometry } = raw;
  return {
    id, title, lon, lat, uncertainty, certainty, drawn,
    dated: dated(raw),
    suggested: raw.suggested ? dated(raw.suggested) : null,
    point: project(lon, lat),
    path: geometry ? toPath(geometry) : null,
    box: drawn === "vague" && geometry ? boxOf(geometry) : null,
    count: 0, maybe: 0, at: { x: 0, y: 0 }, radius: 0, lead: null, crowd: [], shape: false, named: false,
  };
}

/** @param {Place} place */
export function isWorkedOut(place) { return place.drawn === "circle" || place.drawn === "vague"; }

/**
 * @param {Place[]} places
 * @returns {number} their mentions in the period
 */
export function total(places) { return places.reduce((sum, place) => sum + place.count, 0); }
