import assert from "node:assert/strict";
import { test } from "node:test";
import { ORIGIN, boxOf, pixelsOf, project } from "../../../conflictmap/webmap/web/world.js";

const NOWHERE = { x: 0, y: 0 };

/**
 * @param {import("../../../conflictmap/webmap/web/world.js").Point} point
 * @returns {[number, number]} longitude and latitude, by the inverse of Web Mercator
 */
function unproject({ x, y }) {
  return [360 * x / 256 - 180, 180 / Math.PI * (2 * Math.atan(Math.exp(Math.PI * (1 - y / 128))) - Math.PI / 2)];
}

test("the world is 256 units wide, with its middle in the middle", () => {
  const middle = project(0, 0, NOWHERE);
  assert.equal(middle.x, 128);
  assert.ok(Math.abs(middle.y - 128) < 1e-9);
  assert.equal(project(-180, 0, NOWHERE).x, 0);
  assert.equal(project(180, 0, NOWHERE).x, 256);
  assert.ok(Math.abs(project(0, 85.0511, NOWHERE).y) < 1e-3);
});

test("the poles lie on the edge", () => {
  assert.deepEqual(project(10, 90, NOWHERE), project(10, 85.0511, NOWHERE));
  assert.deepEqual(project(10, -90, NOWHERE), project(10, -85.0511, NOWHERE));
});

test("projecting and its inverse agree", () => {
  for (let longitude = -180; longitude <= 180; longitude += 23) {
    for (let latitude = -80; latitude <= 80; latitude += 17) {
      const { x, y } = project(longitude, latitude), [back, forth] = unproject({ x: x + ORIGIN.x, y: y + ORIGIN.y });
      assert.ok(Math.abs(back - longitude) < 1e-9 && Math.abs(forth - latitude) < 1e-9);
    }
  }
});

test("a distance covers more pixels the closer the zoom and the farther from the equator", () => {
  assert.ok(Math.abs(pixelsOf(40075016.7, 0, 1) - 256) < 1e-9);
  assert.ok(Math.abs(pixelsOf(1000, 60, 1024) / pixelsOf(1000, 0, 1024) - 2) < 1e-9);
  assert.equal(pixelsOf(1000, 35, 2048), 2 * pixelsOf(1000, 35, 1024));
  assert.equal(pixelsOf(0, 35, 1024), 0);
});

test("the box around a geometry", () => {
  const north = project(36, 37), south = project(42, 33);
  const ring = [[36, 33], [42, 34], [40, 37], [36, 33]];
  for (const coordinates of [ring, [ring], [[ring], [[[37, 35], [38, 36], [37, 35]]]]]) {
    assert.deepEqual(boxOf({ type: "any", coordinates }), [north, south]);
  }
});
