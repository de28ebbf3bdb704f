import assert from "node:assert/strict";
import { test } from "node:test";
import { Boxes, contains } from "../../../conflictmap/webmap/web/boxes.js";
import { Labels, spotsAround, spotsBeside, spotsInside } from "../../../conflictmap/webmap/web/labels.js";
import { numbers } from "./making.js";

/** @typedef {[number, number, number, number]} Box */

test("boxes clash exactly when they overlap, on the canvas and beyond its edges", () => {
  const next = numbers(3);
  for (let round = 0; round < 60; round++) {
    const held = new Boxes(300, 200), boxes = /** @type {Box[]} */ ([]);
    for (let i = 0; i < 30; i++) {
      const left = next(500) - 100, top = next(400) - 100, box = /** @type {Box} */ ([left, top, left + 1 + next(90), top + 1 + next(60)]);
      const overlaps = boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
      assert.equal(held.clash(box), overlaps);
      held.add(box);
      boxes.push(box);
    }
  }
});

test("a box holds its edges", () => {
  assert.ok(contains([0, 0, 10, 10], { x: 10, y: 0 }));
  assert.ok(!contains([0, 0, 10, 10], { x: 10.1, y: 0 }));
});

const SIZE = { x: 600, y: 400 }, VIEW = /** @type {Box} */ ([100, 50, 500, 350]), RULES = { above: false, whole: false };

test("a name goes right of its mark, else left, above, below, and at last nowhere", () => {
  const labels = new Labels(SIZE, VIEW), at = { x: 300, y: 200 }, spots = spotsBeside(at, 60, 8), found = [];
  for (let i = 0; i < 5; i++) found.push(labels.take(spots, 60, RULES)?.spot ?? null);
  assert.deepEqual(found, [{ x: 308, y: 200 }, { x: 232, y: 200 }, { x: 270, y: 185 }, { x: 270, y: 215 }, null]);
});

test("a spot where the whole name is in view comes first", () => {
  const labels = new Labels(SIZE, VIEW), spots = spotsBeside({ x: 490, y: 200 }, 60, 8);
  assert.deepEqual(labels.take(spots, 60, RULES)?.spot, { x: 422, y: 200 });
  assert.equal(labels.take([{ x: 480, y: 200 }], 60, { above: false, whole: true }), null);
  assert.ok(labels.take([{ x: 490, y: 200 }], 60, { above: true, whole: true }));
});

test("only a name above covers marks, and none covers a text", () => {
  const labels = new Labels(SIZE, VIEW), spot = [{ x: 200, y: 200 }];
  labels.marks.add([210, 195, 220, 205]);
  assert.equal(labels.take(spot, 60, RULES), null);
  assert.ok(labels.take(spot, 60, { above: true, whole: false }));
  assert.equal(labels.take(spot, 60, { above: true, whole: false }), null);
});

test("far off the canvas no name is tried", () => {
  const labels = new Labels(SIZE, VIEW);
  assert.ok(labels.near({ x: -50, y: 420 }));
  for (const at of [{ x: -51, y: 0 }, { x: 651, y: 0 }, { x: 0, y: -21 }, { x: 0, y: 421 }]) assert.ok(!labels.near(at));
});

test("an area's name keeps to its middle, or goes where the area reaches", () => {
  const at = { x: 300, y: 200 };
  assert.deepEqual(spotsInside(at, 60, () => false), [{ x: 270, y: 200 }]);
  assert.deepEqual(spotsInside(at, 60, ({ y }) => y > 200), [{ x: 270, y: 200 }, { x: 270, y: 218 }, { x: 270, y: 236 }]);
});

test("a circle's name stays in view below and above it", () => {
  const spots = spotsAround({ x: 110, y: 200 }, 60, 40, VIEW);
  assert.deepEqual(spots, [{ x: 119, y: 200 }, { x: 104, y: 249 }, { x: 104, y: 151 }, { x: 41, y: 200 }]);
});
