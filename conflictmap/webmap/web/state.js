/**
 * What the map's modules share and change: the map with its layers, what the app asked for, and where playback stands.
 *
 * Every other module keeps its own variables to itself.
 *
 * @module
 */
import { PACES } from "./periods.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./periods.js").Span} Span
 * @typedef {import("./periods.js").Width} Width
 */

/**
 * The app's command: which places, which period, which choice and looks (layer.py writes it).
 *
 * @typedef {object} Command
 * @property {string} layer the hash of the place layer
 * @property {number | null} first first day of the period (days since 1970); null if no article is dated
 * @property {number | null} last last day, included
 * @property {Span | null} span the days that the slider, and playback with it, runs over
 * @property {boolean} undated whether mentions without a date count
 * @property {string | null} place the id of the chosen place
 * @property {[[number, number], [number, number]] | null} bounds [[south, west], [north, east]] in degrees
 * @property {string} fit the map moves to the bounds whenever this changes
 * @property {string | null} query the query that the page's address should have; null leaves it alone
 * @property {boolean} dark
 * @property {boolean} tiles whether to fetch OpenStreetMap's tiles
 */

/** @typedef {{ name: string, kind: "country" | "sea" | "town", zoom: number, until: number, point: import("./world.js").Point }} BaseLabel */
/** @typedef {"land" | "lakes" | "admin0" | "disputed" | "admin1" | "rivers"} BasePath */

const LIGHT = {
  sea: "#cfe0ea", land: "#f6f4ee", lake: "#b9d3e2", border: "#8a8478", province: "#d3cdbf", river: "#9dc0d6",
  town: "#6d675c", water: "#3f6a84", country: "#706a5d", halo: "rgba(255,255,255,0.9)",
  dot: "#b3361b", dotEdge: "#ffffff", dotText: "#ffffff", area: "#7a4a9c", line: "#1f6f8b", vague: "#8a5600", selected: "#111111", label: "#2a1a14",
};

/** @typedef {typeof LIGHT} Colours */

/** @type {{ light: Colours, dark: Colours }} */
export const COLOURS = {
  light: LIGHT,
  dark: {
    sea: "#16222b", land: "#262a2e", lake: "#1b2f3b", border: "#7d8186", province: "#3b4046", river: "#35586c",
    town: "#a3a6a9", water: "#6f97ad", country: "#a0a6ac", halo: "rgba(20,22,24,0.9)",
    dot: "#f0734f", dotEdge: "#1b1d1f", dotText: "#1b1008", area: "#c39be0", line: "#6cc3df", vague: "#f0c14f", selected: "#ffffff", label: "#f4ece8",
  },
};

export const MAX_ZOOM = 14;

/**
 * @typedef {object} State
 * @property {L.Map} map set by attach, as are the layers, before anything reads them
 * @property {import("./canvas.js").BaseLayer} baseLayer
 * @property {import("./places.js").PlaceLayer} placeLayer
 * @property {L.Layer} messenger an empty layer whose clicks streamlit-folium hears
 * @property {string} assets the address of the app's routes, with a slash at its end
 * @property {{ paths: Record<BasePath, Path2D>, labels: BaseLabel[] } | null} base the base map, once loaded
 * @property {Place[]} places every place of the loaded layer, sorted by id
 * @property {Map<string, Place>} byId
 * @property {number} most the most mentions that any dot has over all time; at least 1
 * @property {string} loaded the hash of the loaded layer
 * @property {string} loading the hash of the layer that was last asked for
 * @property {Command | null} asked the app's last command
 * @property {Command | null} command what is shown: the last command, with the period of playback or of the slider in hand
 * @property {Colours} colours
 * @property {string | null} fitted the `fit` of the command that last moved the map
 * @property {boolean} touched whether the reader has moved the map since
 * @property {string | null} chosen the place that the map last made sure is in view
 * @property {L.TileLayer | null} tiles
 * @property {boolean} tilesFailed
 * @property {boolean} following whether the slider in hand is being followed at this moment
 * @property {boolean} partial whether the last picture covers only the part in view
 * @property {string} pictured what the last picture depended on (`picture`)
 * @property {number} painted how many commands have been painted
 * @property {number} clicks
 * @property {L.Point | null} mouse where the mouse is on the map
 */

/** @type {State} */
export const state = {
  map: /** @type {any} */ (null), baseLayer: /** @type {any} */ (null), placeLayer: /** @type {any} */ (null), messenger: /** @type {any} */ (null),
  assets: "", base: null, places: [], byId: new Map(), most: 1, loaded: "", loading: "",
  asked: null, command: null, colours: COLOURS.light, fitted: null, touched: false, chosen: null,
  tiles: null, tilesFailed: false, following: false, partial: false, pictured: "", painted: 0, clicks: 0, mouse: null,
};

/**
 * @typedef {object} Player
 * @property {boolean} on whether playback has the map, moving or paused
 * @property {boolean} moving
 * @property {number} first first day of the window
 * @property {number} last last day of the window, included
 * @property {number} exact where the window would begin if days had fractions
 * @property {Width} width
 * @property {{ name: string, windows: number }} pace
 * @property {Width[]} widths the widths on offer
 * @property {number} then when the last frame was drawn (milliseconds); 0 before the first
 * @property {number} request the frame asked for
 * @property {number} frames how many frames have been drawn
 * @property {import("./playback.js").Controls} ui
 */

/** @type {Player} */
export const player = {
  on: false, moving: false, first: 0, last: 0, exact: 0, width: /** @type {any} */ (null), pace: PACES[1], widths: [], then: 0, request: 0, frames: 0,
  ui: /** @type {any} */ (null),
};
