/**
 * Text on a canvas: its fonts and how wide it is.
 *
 * @module
 */

export const FONT = '"Source Sans", "Source Sans 3", "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif';
export const BADGE = `600 10.5px ${FONT}`, NAME = `600 13px ${FONT}`;
const MOST_KEPT = 20000;

/** @type {Map<string, number>} */
const measured = new Map();

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {string} font
 * @returns {number} pixels; kept, because measuring is slow and playback measures the same texts again and again
 */
export function textWidth(ctx, text, font) {
  const key = font + text;
  let width = measured.get(key);
  if (width === undefined) {
    ctx.font = font;
    width = ctx.measureText(text).width;
    if (measured.size > MOST_KEPT) measured.clear();
    measured.set(key, width);
  }
  return width;
}
