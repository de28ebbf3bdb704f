import assert from "node:assert/strict";
import { test } from "node:test";
import { brief, daysInWords, described, distance, grouped, iso, number, short } from "../../../conflictmap/webmap/web/wording.js";
import { place } from "./making.js";

/** @param {string} text */
function day(text) { return Date.parse(`${text}T00:00:00Z`) / 86400000; }

test("numbers", () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
  assert.deepEqual([999, 9999, 10000, 12499, 1234567].map(brief), ["999", "9,999", "10k", "12k", "1,235k"]);
  assert.deepEqual([number(0, "place"), number(1, "place"), number(2000, "place")], ["0 places", "1 place", "2,000 places"]);
});

test("distances", () => {
  assert.deepEqual([0, 999, 1000, 1449, 9960, 12499].map(distance), ["0 m", "999 m", "1 km", "1.4 km", "10 km", "12 km"]);
});

test("a long title is cut", () => {
  assert.equal(short("a".repeat(42)), "a".repeat(42));
  assert.equal(short("a".repeat(43)), `${"a".repeat(40)}…`);
  assert.equal(short(`${"a".repeat(39)} bcdef`), `${"a".repeat(39)}…`);
});

test("days", () => {
  const words = (/** @type {string} */ first, /** @type {string} */ last) => daysInWords(day(first), day(last));
  assert.equal(words("2013-08-05", "2013-08-05"), "5 August 2013");
  assert.equal(words("2013-08-05", "2013-08-11"), "5 to 11 August 2013");
  assert.equal(words("2013-08-30", "2013-09-05"), "30 August to 5 September 2013");
  assert.equal(words("2013-12-30", "2014-01-05"), "30 December 2013 to 5 January 2014");
  assert.equal(iso(day("2013-08-05")), "2013-08-05");
  assert.equal(iso(-1), "1969-12-31");
});

test("what a mark stands for", () => {
  assert.equal(described(place({ count: 1 })), "Salma · 1 mention");
  assert.equal(described(place({ maybe: 2 })), "Salma · 2 suggested by a description");
  assert.equal(described(place({ title: "12 km north of Homs", drawn: "circle", uncertainty: 3000, count: 2 })), "“12 km north of Homs”: worked out, ± 3 km · 2 mentions");
  const crowd = ["A", "B", "C", "D", "E"].map((title, i) => place({ title, count: 9 - i }));
  assert.equal(described(place({ count: 9, crowd })), "Salma · 9 mentions · +35 too close to show apart: A 9, B 8, C 7, D 6 and 1 more");
  assert.equal(described(place({ count: 9, crowd: crowd.slice(0, 1) })), "Salma · 9 mentions · +9 too close to show apart: A 9");
  assert.equal(described(place({ count: 1, lead: place({}) })), "Salma · 1 mention");
});
