import assert from "node:assert/strict";
import { test } from "node:test";
import { OPEN, POINT, crowd, placeBadges, radiusOf, shapesInView, unnamed } from "../../../conflictmap/webmap/web/crowding.js";
import { total } from "../../../conflictmap/webmap/web/place.js";
import { numbers, place } from "./making.js";

/** @typedef {import("../../../conflictmap/webmap/web/place.js").Place} Place */

const SIZE = { x: 800, y: 600 };

/**
 * @param {number} seed
 * @param {number} number
 * @param {number} spread pixels
 * @returns {Place[]} dots, most mentions first
 */
function dots(seed, number, spread = 800) {
  const next = numbers(seed);
  const made = Array.from({ length: number }, (_, i) => place({
    id: `p${i}`, title: `Place ${i}`, count: next(4) ? next(5) : next(400), maybe: next(2), at: { x: next(spread), y: next(spread) }, drawn: "dot",
  }));
  return made.sort((a, b) => b.count - a.count);
}

/** @param {Place[]} marks */
function most(marks) { return Math.max(1, ...marks.map((mark) => mark.count)); }

/**
 * @param {Place} one
 * @param {Place} other
 */
function apart(one, other) { return Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y); }

test("every mention is shown by exactly one mark or badge", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const marks = dots(seed, seed * 7, 100 + 20 * seed), chosen = seed % 3 ? null : marks[marks.length - 1].id;
    crowd(marks, { chosen, most: most(marks), size: SIZE, from: 0 });
    const leads = marks.filter((mark) => !mark.lead), crowded = leads.flatMap((mark) => mark.crowd);
    assert.equal(total(leads) + total(crowded), total(marks));
    assert.equal(new Set([...leads, ...crowded]).size, marks.length);
    assert.equal(leads.length + crowded.length, marks.length);
    const next = numbers(seed);
    for (const mark of marks) mark.named = next(2) === 1;
    const badges = placeBadges(marks, { size: SIZE, figures: [], namedFirst: 12, badgeWidth: (text) => 6 * text.length, nameWidth: (text) => 7 * text.length });
    const named = crowded.filter((mark) => mark.named);
    assert.equal(total(leads) + total(named) + total(badges.flatMap(([, mark]) => unnamed(mark))), total(marks));
    assert.deepEqual(badges.map(([, mark]) => mark), leads.filter((mark) => mark.crowd.length));
  }
});

test("a crowded place follows a greater mark, and shrinks to a point", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const marks = dots(seed, 200, 300);
    crowd(marks, { chosen: null, most: most(marks), size: SIZE, from: 0 });
    for (const mark of marks) {
      if (!mark.lead) assert.equal(mark.radius, radiusOf(mark.count, most(marks)));
      else {
        assert.equal(mark.radius, POINT);
        assert.equal(mark.lead.lead, null);
        assert.deepEqual(mark.crowd, []);
        assert.ok(mark.lead.count >= mark.count);
        assert.ok(mark.lead.crowd.includes(mark));
      }
    }
  }
});

test("no mark lies on a greater one by more than a third of its radius", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const marks = dots(seed, 150, 400);
    crowd(marks, { chosen: null, most: most(marks), size: SIZE, from: 0 });
    const leads = marks.filter((mark) => !mark.lead && mark.count);
    leads.forEach((lead, i) => {
      for (const other of leads.slice(i + 1)) assert.ok(apart(lead, other) >= lead.radius + other.radius / 3 - 1e-9);
    });
  }
});

test("a place crowded by two follows the nearer", () => {
  const left = place({ id: "left", count: 9, at: { x: 0, y: 0 } }), right = place({ id: "right", count: 9, at: { x: 20, y: 0 } });
  for (const [x, nearer] of /** @type {[number, Place][]} */ ([[9, left], [11, right]])) {
    const third = place({ id: "third", count: 1, at: { x, y: 0 } });
    crowd([left, right, third], { chosen: null, most: 9, size: SIZE, from: 0 });
    assert.deepEqual([left.lead, right.lead], [null, null]);
    assert.equal(third.lead, nearer);
  }
});

test("the chosen place keeps its mark, and so does what is only suggested", () => {
  const great = place({ id: "great", count: 50, at: { x: 10, y: 10 } }), small = place({ id: "small", count: 1, at: { x: 11, y: 10 } });
  const guess = place({ id: "guess", count: 0, maybe: 2, at: { x: 10, y: 11 } });
  crowd([great, small, guess], { chosen: null, most: 50, size: SIZE, from: 0 });
  assert.equal(small.lead, great);
  assert.equal(guess.lead, null);
  crowd([great, small, guess], { chosen: "small", most: 50, size: SIZE, from: 0 });
  assert.equal(small.lead, null);
  assert.deepEqual(great.crowd, []);
});

test("in a small view, marks stand wider apart", () => {
  const kept = (/** @type {{ x: number, y: number }} */ size) => {
    const marks = dots(5, 300);
    const at = crowd(marks, { chosen: null, most: most(marks), size, from: 0 });
    return { at, marks: marks.filter((mark) => !mark.lead && mark.count).length };
  };
  const wide = kept({ x: 4000, y: 3000 }), narrow = kept({ x: 390, y: 400 });
  assert.equal(wide.at, 0);
  assert.ok(narrow.at > wide.at);
  assert.ok(narrow.marks < wide.marks);
});

test("no place and one place crowd nobody", () => {
  assert.equal(crowd([], { chosen: null, most: 1, size: SIZE, from: 0 }), 0);
  const one = place({ count: 3, drawn: "circle" });
  assert.equal(crowd([one], { chosen: null, most: 3, size: SIZE, from: 0 }), 0);
  assert.deepEqual([one.lead, one.crowd, one.radius], [null, [], OPEN]);
  const options = { size: SIZE, figures: [], namedFirst: 12, badgeWidth: () => 20, nameWidth: () => 40 };
  assert.deepEqual(placeBadges([], options), []);
  assert.deepEqual(placeBadges([one], options), []);
});

test("badges hide neither numbers nor one another while there is room", () => {
  const marks = [100, 300, 500].map((x, i) => place({ id: `m${i}`, count: 9 - i, at: { x, y: 300 }, radius: 10, crowd: [place({ count: 4 })] }));
  /** @type {[number, number, number, number]} */
  const figure = [104, 280, 140, 296];  // where the first badge would go
  const badges = placeBadges(marks, { size: SIZE, figures: [figure], namedFirst: 0, badgeWidth: () => 20, nameWidth: () => 0 });
  const boxes = [figure, ...badges.map(([box]) => box)];
  assert.equal(badges.length, 3);
  boxes.forEach((one, i) => {
    for (const other of boxes.slice(i + 1)) assert.ok(one[2] <= other[0] || other[2] <= one[0] || one[3] <= other[1] || other[3] <= one[1]);
  });
});

test("a dot grows with its mentions, and a suggestion has a size of its own", () => {
  assert.equal(radiusOf(0, 1), 6);
  for (const greatest of [1, 40, 41, 100000]) {
    let last = 0;
    for (let count = 1; count <= greatest; count = Math.ceil(count * 1.7)) {
      const radius = radiusOf(count, greatest);
      assert.ok(radius > last && radius <= 22);
      last = radius;
    }
  }
});

test("the worked-out places mentioned most are drawn, and the rest of those in view are counted", () => {
  const at = (/** @type {number} */ x) => ({ point: { x, y: 0 }, drawn: /** @type {"circle"} */ ("circle") });
  const shown = [place({ id: "dot", count: 9 }), ...[1, 2, 3, 4, 50].map((x, i) => place({ id: `c${x}`, count: 8 - i, ...at(x) }))];
  const options = { chosen: null, most: 2, reachOf: () => 0.5 };
  const found = shapesInView(shown, { ...options, view: [0, -1, 10, 1] });
  assert.deepEqual(found.drawn.map(({ id }) => id), ["c1", "c2"]);
  assert.deepEqual(found.left, { places: 2, mentions: 6 + 5 });
  assert.deepEqual(shown.filter(({ shape }) => shape).map(({ id }) => id), ["c1", "c2"]);
  assert.deepEqual(shapesInView(shown, { ...options, chosen: "c4", view: [0, -1, 10, 1] }).drawn.map(({ id }) => id), ["c1", "c2", "c4"]);
  assert.deepEqual(shapesInView(shown, { ...options, view: [50.4, -1, 60, 1] }).drawn.map(({ id }) => id), ["c50"], "its circle reaches into the view");
  assert.deepEqual(shapesInView(shown, { ...options, view: [50.6, -1, 60, 1] }), { drawn: [], left: { places: 0, mentions: 0 } });
  assert.deepEqual(shapesInView([], { ...options, view: [0, 0, 1, 1] }), { drawn: [], left: { places: 0, mentions: 0 } });
});

test("a vague area is in view when its box is", () => {
  const area = place({ id: "vague", count: 1, drawn: "vague", box: [{ x: 0, y: 0 }, { x: 10, y: 10 }] });
  const options = { chosen: null, most: 9, reachOf: () => 100 };
  assert.equal(shapesInView([area], { ...options, view: [9, 9, 20, 20] }).drawn.length, 1);
  assert.equal(shapesInView([area], { ...options, view: [11, 0, 20, 20] }).drawn.length, 0);
});
