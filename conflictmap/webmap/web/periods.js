/**
 * Days of the slider and windows of playback. Days are numbers since 1 January 1970, UTC; both ends of a span are included.
 *
 * @module
 */

/** @typedef {[number, number]} Span first and last day */
/** @typedef {{ name: string, days: number, months?: number }} Width a window: so many days, or calendar months with their mean length in days */
/** @typedef {import("./state.js").Command} Command */

const DAY = 86400000;  // milliseconds
const MICROSECONDS = 86400e6;  // of a day: Streamlit's sliders count so
const WINDOWS_LIKED = 30;  // the width offered first cuts the period into about so many
const LONGEST_FRAME = 0.1;  // seconds: after a pause of the browser's own, playback goes on where it was

/** @type {Width[]} */
export const WIDTHS = [
  { name: "day", days: 1 }, { name: "week", days: 7 }, { name: "two weeks", days: 14 },
  { name: "month", months: 1, days: 30.44 }, { name: "quarter", months: 3, days: 91.31 }, { name: "year", months: 12, days: 365.25 },
];
/** Windows per second. */
export const PACES = [{ name: "slow", windows: 0.5 }, { name: "normal", windows: 1 }, { name: "fast", windows: 4 }];

/**
 * @param {number} day
 * @param {Width} width
 * @param {number} windows how many windows later; negative: earlier
 * @returns {number} the day; from the 31st, months later is the month's last day if it is shorter
 */
export function shift(day, width, windows) {
  if (!width.months) return day + windows * width.days;
  const date = new Date(day * DAY), wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + windows * width.months + 1);
  date.setUTCDate(0);
  date.setUTCDate(Math.min(wanted, date.getUTCDate()));
  return Math.round(date.getTime() / DAY);
}

/**
 * @param {number} first
 * @param {Width} width
 * @param {Span} span
 * @returns {Span} the window that begins on this day, or the last one that the span has room for
 */
export function windowFrom(first, width, span) {
  const start = Math.max(first, span[0]), end = shift(start, width, 1) - 1;
  return end < span[1] ? [start, end] : [Math.max(shift(span[1] + 1, width, -1), span[0]), span[1]];
}

/**
 * @param {Command & { span: Span }} command
 * @param {Width} width
 * @returns {number} the day on which playback starts: the chosen period's first, if a window fits after it
 */
export function startDay({ first, span }, width) {
  return first !== null && first > span[0] && shift(first, width, 1) - 1 < span[1] ? first : span[0];
}

/**
 * @param {number} exact a day, with fractions
 * @param {number} seconds since the last frame
 * @param {{ windows: number }} pace
 * @param {Width} width
 * @returns {number} where the window has moved to, with fractions of a day
 */
export function advanced(exact, seconds, pace, width) {
  return exact + Math.min(seconds, LONGEST_FRAME) * pace.windows * width.days;
}

/**
 * @param {Span | null} span
 * @returns {Width[]} the widths that are shorter than the span
 */
export function widthsWithin(span) { return span ? WIDTHS.filter((width) => shift(span[0], width, 1) - 1 < span[1]) : []; }

/**
 * @param {Width[]} widths at least one
 * @param {Span} span
 */
export function widthLiked(widths, span) {
  const days = (span[1] - span[0] + 1) / WINDOWS_LIKED, off = (/** @type {Width} */ width) => Math.abs(Math.log(width.days / days));
  return widths.reduce((best, width) => (off(width) < off(best) ? width : best));
}

/**
 * @param {string[]} values of the slider's two thumbs, in microseconds since 1970
 * @param {Span} span what the slider runs over
 * @returns {Span | null} the days, null if they make no sense for this span
 */
export function sliderDays(values, span) {
  if (values.length !== 2) return null;
  const [first, last] = values.map((value) => Math.round(Number(value) / MICROSECONDS));
  return span[0] <= first && first <= last && last <= span[1] ? [first, last] : null;
}

/**
 * The command with another period. A period that reaches an end of the span takes in whatever lies beyond it.
 *
 * @param {Command} command
 * @param {Span | null} days null leaves the period as it is
 * @returns {Command}
 */
export function within(command, days) {
  const span = command.span;
  if (!days || !span) return command;
  return { ...command, first: days[0] <= span[0] ? -Infinity : days[0], last: days[1] >= span[1] ? Infinity : days[1] };
}

/**
 * @param {Command | null} one
 * @param {Command} other
 * @returns {boolean} whether both ask for the same period of the same slider
 */
export function samePeriod(one, other) {
  return !!one?.span && one.first === other.first && one.last === other.last && String(one.span) === String(other.span);
}
