/* ---- mentions in a period ---- */
function series(pairs) {  // [day, number, day, number, …] as the days and the running totals
  const days = [], totals = [];
  let total = 0;
  for (let i = 0; i < pairs.length; i += 2) { days.push(pairs[i]); totals.push(total += pairs[i + 1]); }
  return { days: days, totals: totals };
}

function upTo(one, day) {  // the number of all up to a day
  const at = upperBound(one.days, day);
  return at ? one.totals[at - 1] : 0;
}

function prepare(days) {
  days.starts = series(days.starts);
  days.ends = days.ends ? series(days.ends) : days.starts;
}

function upperBound(sorted, value) {  // how many are <= value
  let low = 0, high = sorted.length;
  while (low < high) { const mid = (low + high) >> 1; if (sorted[mid] <= value) low = mid + 1; else high = mid; }
  return low;
}

function countIn(days, command) {
  if (!days) return 0;
  const dated = command.first === null ? 0 : upTo(days.starts, command.last) - upTo(days.ends, command.first - 1);
  return dated + (command.undated ? days.undated : 0);
}

function grouped(count) { return count < 1000 ? String(count) : count.toLocaleString("en"); }  // the locale's own way is slow

function brief(count) { return count < 10000 ? grouped(count) : grouped(Math.round(count / 1000)) + "k"; }  // where there is room for little

function radiusOf(count) {  // pixels; a few mentions by their number, many by their share of the most
  if (!count) return 6;  // only suggested
  return state.most <= 40 ? 5 + 2.6 * Math.sqrt(count) : 4 + 16 * Math.sqrt(count / state.most);
}
