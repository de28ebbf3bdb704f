/**
 * What is drawn many times over, drawn once and copied.
 *
 * @module
 */

const MOST_KEPT = 2000;

export class Stamps {
  constructor() {
    /** @type {Map<string, CanvasImageSource>} */
    this.kept = new Map();
    this.look = "";
  }

  /**
   * Forget everything if it was drawn for another look.
   *
   * @param {string} look the screen's pixel ratio and the colours
   */
  keepFor(look) {
    if (look !== this.look) this.kept.clear();
    this.look = look;
  }

  /**
   * Copy a stamp to a point, on whole pixels of the screen.
   *
   * @param {{ ctx: CanvasRenderingContext2D, ratio: number }} canvas
   * @param {string} key the same for the same picture
   * @param {import("./world.js").Point} at in pixels
   * @param {number} reach how far the picture reaches from the point, in pixels
   * @param {(ctx: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D) => void} draw draws it around 0, 0
   */
  copy({ ctx, ratio }, key, at, reach, draw) {
    const side = 2 * Math.ceil(reach * ratio);
    let made = this.kept.get(key);
    if (!made) {
      made = stamp(side, ratio, draw);
      if (this.kept.size > MOST_KEPT) this.kept.clear();
      this.kept.set(key, made);
    }
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(made, Math.round(at.x * ratio - side / 2) / ratio, Math.round(at.y * ratio - side / 2) / ratio, side / ratio, side / ratio);
  }
}

/**
 * @param {number} side pixels of the screen
 * @param {number} ratio
 * @param {(ctx: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D) => void} draw
 * @returns {CanvasImageSource}
 */
function stamp(side, ratio, draw) {
  const canvas = window.OffscreenCanvas ? new OffscreenCanvas(side, side) : document.createElement("canvas");
  canvas.width = canvas.height = side;
  const ctx = /** @type {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.setTransform(ratio, 0, 0, ratio, side / 2, side / 2);
  draw(ctx);
  return "transferToImageBitmap" in canvas ? canvas.transferToImageBitmap() : canvas;  // a bitmap is copied faster than a canvas
}
