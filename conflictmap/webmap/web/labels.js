/**
 * Where names find room.
 *
 * @module
 */
import { Boxes } from "./boxes.js";

/**
 * @typedef {import("./world.js").Point} Point
 * @typedef {import("./world.js").Box} Box
 */

const HEIGHT = 13;  // pixels, of a line of text
const BESIDE_CIRCLE = 9;  // pixels between a circle and its name

/**
 * @param {Point} at
 * @param {number} width of the text
 * @param {number} gap between the point and the text
 * @returns {Point[]} where the text's left middle may be: right, left, above, below
 */
export function spotsBeside({ x, y }, width, gap) {
  return [{ x: x + gap, y }, { x: x - gap - width, y }, { x: x - width / 2, y: y - gap - 7 }, { x: x - width / 2, y: y + gap + 7 }];
}

/**
 * @param {Point} at
 * @param {number} width
 * @param {(at: Point) => boolean} fits whether the text's middle may be there; the point itself always may
 * @returns {Point[]}
 */
export function spotsInside({ x, y }, width, fits) {
  return [0, -18, 18, -36, 36].filter((dy) => !dy || fits({ x, y: y + dy })).map((dy) => ({ x: x - width / 2, y: y + dy }));
}

/**
 * @param {Point} at
 * @param {number} width
 * @param {number} reach the circle's radius
 * @param {Box} view the part of the canvas in view
 * @returns {Point[]} beside the middle, below and above the circle, and left of the middle
 */
export function spotsAround({ x, y }, width, reach, view) {
  const middle = Math.max(view[0] + 4, Math.min(view[2] - width - 4, x - width / 2)), off = reach + BESIDE_CIRCLE;
  return [{ x: x + BESIDE_CIRCLE, y }, { x: middle, y: y + off }, { x: middle, y: y - off }, { x: x - BESIDE_CIRCLE - width, y }];
}

export class Labels {
  /**
   * @param {Point} size of the canvas, in pixels
   * @param {Box} view the part of it in view
   */
  constructor(size, view) {
    this.size = size;
    this.view = view;
    /** Names, numbers and badges: nothing may cover them. */
    this.texts = new Boxes(size.x, size.y);
    /** Marks: only the most important names may cover them. */
    this.marks = new Boxes(size.x, size.y);
  }

  /**
   * @param {Point} at
   * @returns {boolean} whether a name there could show on the canvas
   */
  near({ x, y }) { return x >= -50 && y >= -20 && x <= this.size.x + 50 && y <= this.size.y + 20; }

  /**
   * Take the first free spot where the whole text is in view, or else the first free one.
   *
   * @param {Point[]} spots
   * @param {number} width of the text
   * @param {{ above: boolean, whole: boolean }} rules above: it may cover marks; whole: it may not leave the view, unless above
   * @returns {{ spot: Point, box: Box } | null}
   */
  take(spots, width, { above, whole }) {
    const around = spots.map(({ x, y }) => /** @type {Box} */ ([x - 2, y - HEIGHT / 2 - 1, x + width + 2, y + HEIGHT / 2 + 1]));
    const seen = around.map((box) => this.inView(box));
    for (const wanted of [true, false]) {
      for (let i = 0; i < spots.length; i++) {
        const box = around[i];
        if (seen[i] !== wanted || (!wanted && whole && !above)) continue;
        if (this.texts.clash(box) || (!above && this.marks.clash(box))) continue;
        this.texts.add(box);
        return { spot: spots[i], box };
      }
    }
    return null;
  }

  /** @param {Box} box */
  inView(box) {
    const view = this.view;
    return box[0] >= view[0] && box[2] <= view[2] && box[1] >= view[1] && box[3] <= view[3];
  }
}
