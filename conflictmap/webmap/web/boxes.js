/**
 * Boxes on a canvas, in a grid that quickly finds whether another one clashes with any of them.
 *
 * @module
 */

/** @typedef {import("./world.js").Box} Box */

const CELL = 32;  // pixels

export class Boxes {
  /**
   * @param {number} width of the canvas, in pixels; what lies outside counts as lying on its edge
   * @param {number} height
   */
  constructor(width, height) {
    this.columns = Math.ceil(width / CELL) + 1;
    this.rows = Math.ceil(height / CELL) + 1;
    /** @type {Box[][]} */
    this.cells = new Array(this.columns * this.rows);
  }

  /**
   * @param {Box} box
   * @param {(cell: number) => boolean} test called with each cell that the box touches, until one passes
   */
  some(box, test) {
    const columns = this.columns, left = cellOf(box[0], columns), right = cellOf(box[2], columns), bottom = cellOf(box[3], this.rows);
    for (let row = cellOf(box[1], this.rows); row <= bottom; row++) {
      for (let cell = row * columns + left; cell <= row * columns + right; cell++) if (test(cell)) return true;
    }
    return false;
  }

  /** @param {Box} box */
  add(box) {
    this.some(box, (cell) => {
      (this.cells[cell] ??= []).push(box);
      return false;
    });
  }

  /** @param {Box} box */
  clash(box) {
    return this.some(box, (cell) => {
      const held = this.cells[cell];
      return held !== undefined && held.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    });
  }
}

/**
 * @param {number} value
 * @param {number} number
 */
function cellOf(value, number) { return Math.max(0, Math.min(number - 1, Math.floor(value / CELL))); }

/**
 * @param {Box} box
 * @param {import("./world.js").Point} point
 */
export function contains(box, point) { return box[0] <= point.x && point.x <= box[2] && box[1] <= point.y && point.y <= box[3]; }
