import assert from "node:assert/strict";
import { test } from "node:test";
import { countAll, countIn, dated, recount } from "../../../conflictmap/webmap/web/counts.js";
import { numbers, place } from "./making.js";

/** @typedef {[number, number]} Interval first and last day, both included */

/**
 * @param {number[]} days
 * @returns {number[]} [day, mentions, day, mentions, …]
 */
function pairs(days) {
  /** @type {Map<number, number>} */
  const held = new Map();
  for (const day of [...days].sort((a, b) => a - b)) held.set(day, (held.get(day) ?? 0) + 1);
  return [...held].flat();
}

/** @param {Interval[]} intervals */
function datedFrom(intervals, undated = 0) {
  return dated({ starts: pairs(intervals.map(([first]) => first)), ends: pairs(intervals.map(([, last]) => last)), undated });
}

test("a period's mentions are those whose interval touches it", () => {
  const next = numbers(14);
  for (let round = 0; round < 300; round++) {
    const intervals = Array.from({ length: next(30) }, () => /** @type {Interval} */ (((first) => [first, first + next(4) * next(20)])(next(100) - 50)));
    const undated = next(3), days = datedFrom(intervals, undated);
    for (let asked = 0; asked < 20; asked++) {
      const first = next(140) - 70, last = first + next(40);
      const touching = intervals.filter(([start, end]) => start <= last && end >= first).length;
      assert.equal(countIn(days, { first, last, undated: false }), touching);
      assert.equal(countIn(days, { first, last, undated: true }), touching + undated);
    }
    assert.equal(countAll(days), intervals.length + undated);
  }
});

test("without ends, each interval is one day", () => {
  const days = dated({ starts: [3, 2, 7, 1], ends: null, undated: 0 });
  const on = (/** @type {number} */ day) => countIn(days, { first: day, last: day, undated: false });
  assert.deepEqual([2, 3, 4, 6, 7, 8].map(on), [0, 2, 0, 0, 1, 0]);
});

test("a period without an end takes in everything on that side", () => {
  const days = datedFrom([[1, 1], [5, 9], [20, 20]]);
  assert.equal(countIn(days, { first: -Infinity, last: Infinity, undated: false }), 3);
  assert.equal(countIn(days, { first: -Infinity, last: 5, undated: false }), 2);
  assert.equal(countIn(days, { first: 9, last: Infinity, undated: false }), 2);
  assert.equal(countIn(days, { first: 10, last: Infinity, undated: false }), 1);
});

test("where nothing is dated, only the undated count", () => {
  const days = dated({ starts: [], ends: null, undated: 4 });
  assert.equal(countIn(days, { first: null, last: null, undated: true }), 4);
  assert.equal(countIn(days, { first: null, last: null, undated: false }), 0);
  assert.equal(countIn(days, { first: -Infinity, last: Infinity, undated: false }), 0);
  assert.equal(countIn(null, { first: 0, last: 1, undated: true }), 0);
});

test("shown are the places with mentions or suggestions, most mentions first, then in the order given", () => {
  const one = (/** @type {string} */ id, /** @type {number} */ mentions, suggestions = 0) => place({
    id, dated: dated({ starts: [5, mentions], ends: null, undated: 0 }),
    suggested: suggestions ? dated({ starts: [5, suggestions], ends: null, undated: 0 }) : null,
  });
  const none = one("none", 0), places = [one("a", 2), one("b", 7), none, one("c", 2), one("d", 0, 3), one("e", 2, 1)];
  const shown = [none];
  recount(places, { first: 5, last: 5, undated: true }, shown);
  assert.deepEqual(shown.map(({ id, count, maybe }) => [id, count, maybe]), [["b", 7, 0], ["e", 2, 1], ["a", 2, 0], ["c", 2, 0], ["d", 0, 3]]);
  recount(places, { first: 6, last: 9, undated: true }, shown);
  assert.deepEqual(shown, []);
  recount([], { first: 5, last: 5, undated: true }, shown);
  assert.deepEqual(shown, []);
});
