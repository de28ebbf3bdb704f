import assert from "node:assert/strict";
import { test } from "node:test";
import { PACES, WIDTHS, advanced, samePeriod, shift, sliderDays, startDay, widthLiked, widthsWithin, windowFrom, within } from "../../../conflictmap/webmap/web/periods.js";
import { command, numbers } from "./making.js";

/** @typedef {[number, number]} Span */

const DAY = 86400000, MICROSECONDS = 86400e6;

/** @param {string} text such as 2013-08-05 */
function day(text) { return Date.parse(`${text}T00:00:00Z`) / DAY; }

/** @param {string} name */
function width(name) {
  const found = WIDTHS.find((one) => one.name === name);
  assert.ok(found);
  return found;
}

test("months are calendar months, and a day that a month lacks is its last", () => {
  assert.equal(shift(day("2013-01-31"), width("month"), 1), day("2013-02-28"));
  assert.equal(shift(day("2012-01-31"), width("month"), 1), day("2012-02-29"));
  assert.equal(shift(day("2013-03-31"), width("month"), -1), day("2013-02-28"));
  assert.equal(shift(day("2013-11-30"), width("quarter"), 1), day("2014-02-28"));
  assert.equal(shift(day("2012-02-29"), width("year"), 1), day("2013-02-28"));
  assert.equal(shift(day("1969-12-31"), width("month"), 1), day("1970-01-31"));
  assert.equal(shift(day("2013-08-05"), width("week"), -2), day("2013-07-22"));
  for (const one of WIDTHS) assert.equal(shift(day("2013-08-05"), one, 0), day("2013-08-05"));
});

test("a window never leaves the span, and is whole unless the span is shorter", () => {
  const next = numbers(7);
  for (let round = 0; round < 2000; round++) {
    const start = day("2011-01-01") + next(1500), span = /** @type {Span} */ ([start, start + next(1200)]);
    const one = WIDTHS[next(WIDTHS.length)], asked = start - 400 + next(2000), [first, last] = windowFrom(asked, one, span);
    assert.ok(span[0] <= first && first <= last && last <= span[1]);
    if (first > span[0] && last < span[1]) assert.equal(first, asked);
    if (last < span[1]) assert.equal(last, shift(first, one, 1) - 1);
    if (!one.months && one.days <= span[1] - span[0] + 1) assert.equal(last - first + 1, one.days);
  }
});

test("a window of a span of one day is that day, and a wider one is the whole span", () => {
  for (const one of WIDTHS) assert.deepEqual(windowFrom(100, one, [100, 100]), [100, 100]);
  assert.deepEqual(windowFrom(105, width("year"), [100, 110]), [100, 110]);
});

test("stepping on reaches the end, and stepping back the beginning, with no day left out", () => {
  for (const one of WIDTHS) {
    const span = /** @type {Span} */ ([day("2012-01-31"), day("2014-03-17")]);
    let [first, last] = windowFrom(span[0], one, span), steps = 0;
    while (last < span[1]) {
      const before = last;
      [first, last] = windowFrom(shift(first, one, 1), one, span);
      assert.ok(first <= before + 1 && last > before);
      assert.ok((steps += 1) < 1000);
    }
    while (first > span[0]) {
      const before = first;
      first = windowFrom(shift(first, one, -1), one, span)[0];
      assert.ok(first < before);
      assert.ok((steps += 1) < 2000);
    }
    assert.equal(first, span[0]);
  }
});

test("playback moves by its pace, and waits after a long frame", () => {
  const [slow, normal, fast] = PACES, week = width("week");
  assert.equal(advanced(100, 0, normal, week), 100);
  assert.ok(Math.abs(advanced(100, 0.05, normal, week) - 100.35) < 1e-9);
  assert.ok(advanced(100, 0.05, slow, week) < advanced(100, 0.05, normal, week));
  assert.ok(advanced(100, 0.05, fast, week) > advanced(100, 0.05, normal, week));
  assert.equal(advanced(100, 60, normal, week), advanced(100, 0.1, normal, week));
});

test("playback begins at the chosen period if a window fits after its first day, else at the span's first day", () => {
  const span = /** @type {Span} */ ([100, 200]), begin = (/** @type {number | null} */ first) => startDay({ ...command({ first }), span }, width("week"));
  assert.deepEqual([null, -Infinity, 50, 100, 101, 193, 194, 200, Infinity].map(begin), [100, 100, 100, 100, 101, 193, 100, 100, 100]);
});

test("on offer are the widths shorter than the span", () => {
  const names = (/** @type {Span | null} */ span) => widthsWithin(span).map(({ name }) => name);
  assert.deepEqual(names(null), []);
  assert.deepEqual(names([100, 100]), []);
  assert.deepEqual(names([100, 101]), ["day"]);
  assert.deepEqual(names([100, 106]), ["day"]);
  assert.deepEqual(names([100, 107]), ["day", "week"]);
  assert.deepEqual(names([day("2013-01-01"), day("2014-01-01")]), WIDTHS.map(({ name }) => name));
  assert.ok(!names([day("2013-01-01"), day("2013-12-31")]).includes("year"));
});

test("the width offered first cuts the span into about thirty", () => {
  const liked = (/** @type {number} */ days) => widthLiked(WIDTHS, [0, days - 1]).name;
  assert.deepEqual([2, 30, 210, 420, 900, 2700, 20000].map(liked), ["day", "day", "week", "two weeks", "month", "quarter", "year"]);
  assert.equal(widthLiked([width("day")], [0, 9999]).name, "day");
});

test("the slider's days", () => {
  const span = /** @type {Span} */ ([15900, 16000]);
  const days = (/** @type {number[]} */ ...values) => sliderDays(values.map((value) => String(value * MICROSECONDS)), span);
  assert.deepEqual(days(15910, 15920), [15910, 15920]);
  assert.deepEqual(days(15900, 16000), [15900, 16000]);
  assert.deepEqual(days(15910, 15910), [15910, 15910]);
  assert.equal(days(15920, 15910), null);
  assert.equal(days(15899, 15910), null, "another slider's, or one of another span");
  assert.equal(days(15910, 16001), null);
  assert.equal(days(15910), null);
  assert.equal(days(), null);
  assert.equal(sliderDays(["", "now"], span), null);
});

test("a period that reaches an end of the span takes in what lies beyond it", () => {
  const asked = command({ first: 1, last: 2, span: [100, 200] });
  const ends = (/** @type {Span} */ days) => ((shown) => [shown.first, shown.last])(within(asked, days));
  assert.deepEqual(ends([120, 130]), [120, 130]);
  assert.deepEqual(ends([100, 130]), [-Infinity, 130]);
  assert.deepEqual(ends([120, 200]), [120, Infinity]);
  assert.deepEqual(ends([100, 200]), [-Infinity, Infinity]);
  assert.equal(within(asked, null), asked);
  assert.deepEqual([asked.first, asked.last], [1, 2], "the app's command stays as it was");
  const unplayable = command({ span: null });
  assert.equal(within(unplayable, [1, 2]), unplayable);
});

test("a command with the same period of the same slider does not end playback", () => {
  const before = command({ first: 1, last: 2, span: [0, 9] });
  assert.ok(samePeriod(before, command({ first: 1, last: 2, span: [0, 9], place: "salma", layer: "1" })));
  assert.ok(!samePeriod(before, command({ first: 1, last: 3, span: [0, 9] })));
  assert.ok(!samePeriod(before, command({ first: 1, last: 2, span: [0, 10] })));
  assert.ok(!samePeriod(before, command({ first: 1, last: 2, span: null })));
  assert.ok(!samePeriod(null, before));
});
