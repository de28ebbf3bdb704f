/**
 * How many mentions fall in a period.
 *
 * The places travel once, each with the first and the last days of its mentions' intervals, so that
 *     mentions in a period = (intervals that start up to its last day) - (intervals that end before its first day)
 * and another period needs no round trip.
 *
 * @module
 */

/** @typedef {import("./place.js").Place} Place */
/** @typedef {{ days: number[], totals: number[] }} Series days in order (since 1970), and how many mentions up to each */
/** @typedef {{ starts: Series, ends: Series, undated: number }} Dated */
/** @typedef {{ starts: number[], ends: number[] | null, undated: number }} RawDated [day, mentions, day, mentions, …]; no ends: each interval is one day */
/** @typedef {{ first: number | null, last: number | null, undated: boolean }} Period both days included, ±Infinity allowed; null: nothing is dated */

/**
 * @param {number[]} pairs [day, mentions, day, mentions, …]
 * @returns {Series}
 */
function series(pairs) {
  const days = [], totals = [];
  let sum = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    days.push(pairs[i]);
    totals.push(sum += pairs[i + 1]);
  }
  return { days, totals };
}

/**
 * @param {RawDated} raw
 * @returns {Dated}
 */
export function dated(raw) {
  const starts = series(raw.starts);
  return { starts, ends: raw.ends ? series(raw.ends) : starts, undated: raw.undated };
}

/**
 * @param {number[]} sorted
 * @param {number} value
 * @returns {number} how many are no greater than the value
 */
function upperBound(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (sorted[mid] <= value) low = mid + 1; else high = mid;
  }
  return low;
}

/**
 * @param {Series} one
 * @param {number} day
 */
function upTo(one, day) {
  const at = upperBound(one.days, day);
  return at ? one.totals[at - 1] : 0;
}

/**
 * @param {Dated} days
 * @returns {number} the mentions over all time, the undated with them
 */
export function countAll(days) { return upTo(days.starts, Infinity) + days.undated; }

/**
 * @param {Dated | null} days
 * @param {Period} period
 * @returns {number} the mentions whose interval touches the period
 */
export function countIn(days, period) {
  if (!days) return 0;
  const inPeriod = period.first === null || period.last === null ? 0 : upTo(days.starts, period.last) - upTo(days.ends, period.first - 1);
  return inPeriod + (period.undated ? days.undated : 0);
}

/**
 * Count each place's mentions and suggestions in a period.
 *
 * @param {Place[]} places sorted by id, which decides between equal counts
 * @param {Period} period
 * @param {Place[]} shown filled with the places that have any, most mentions first; reused, because playback counts at every frame
 */
export function recount(places, period, shown) {
  let number = 0;
  for (const place of places) {
    place.count = countIn(place.dated, period);
    place.maybe = countIn(place.suggested, period);
    if (place.count + place.maybe > 0) shown[number++] = place;
  }
  shown.length = number;
  shown.sort((a, b) => b.count - a.count || b.maybe - a.maybe);
}
