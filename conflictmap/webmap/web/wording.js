/**
 * Numbers, distances and days in words.
 *
 * @module
 */
import { isWorkedOut, total } from "./place.js";

const DAY = 86400000;  // milliseconds
const LONGEST_TITLE = 42;

/** @param {number} count */
export function grouped(count) { return count < 1000 ? String(count) : count.toLocaleString("en"); }  // toLocaleString is slow

/**
 * @param {number} count
 * @returns {string} for where there is little room
 */
export function brief(count) { return count < 10000 ? grouped(count) : `${grouped(Math.round(count / 1000))}k`; }

/** @param {string} text */
export function short(text) { return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 2).trimEnd()}…` : text; }

/** @param {number} metres */
export function distance(metres) {
  if (metres < 1000) return `${metres} m`;
  return `${(metres < 10000 ? Math.round(metres / 100) / 10 : Math.round(metres / 1000)).toLocaleString("en")} km`;
}

/**
 * @param {number} count
 * @param {string} noun in the singular
 */
export function number(count, noun) { return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`; }

/**
 * What a mark stands for: the text of its tooltip.
 *
 * @param {import("./place.js").Place} place
 */
export function described(place) {
  const parts = isWorkedOut(place) ? [`“${place.title}”: worked out, ± ${distance(place.uncertainty)}`] : [place.title];
  if (place.count) parts.push(number(place.count, "mention"));
  if (place.maybe) parts.push(`${grouped(place.maybe)} suggested by a description`);
  const crowd = place.lead ? [] : place.crowd, some = crowd.slice(0, 4);
  if (crowd.length) {
    const names = some.map((other) => `${short(other.title)} ${grouped(other.count)}`).join(", ");
    const others = crowd.length > some.length ? ` and ${grouped(crowd.length - some.length)} more` : "";
    parts.push(`+${grouped(total(crowd))} too close to show apart: ${names}${others}`);
  }
  return parts.join(" · ");
}

/**
 * @param {number} day since 1970
 * @param {Intl.DateTimeFormatOptions} parts
 */
function dayText(day, parts) { return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...parts }).format(day * DAY); }

/**
 * @param {number} first
 * @param {number} last
 * @returns {string} such as "5 to 11 August 2013"
 */
export function daysInWords(first, last) {
  /** @type {Intl.DateTimeFormatOptions} */
  const whole = { day: "numeric", month: "long", year: "numeric" };
  if (first === last) return dayText(first, whole);
  const a = new Date(first * DAY), b = new Date(last * DAY);
  /** @type {Intl.DateTimeFormatOptions} */
  let parts = { day: "numeric" };
  if (a.getUTCFullYear() !== b.getUTCFullYear()) parts = whole;
  else if (a.getUTCMonth() !== b.getUTCMonth()) parts = { day: "numeric", month: "long" };
  return `${dayText(first, parts)} to ${dayText(last, whole)}`;
}

/** @param {number} day */
export function iso(day) { return new Date(day * DAY).toISOString().slice(0, 10); }
