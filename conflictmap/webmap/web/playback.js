/* ---- playback: a window runs through the slider's whole period, in the browser alone ---- */
const WIDTHS = [
  { name: "day", days: 1 }, { name: "week", days: 7 }, { name: "two weeks", days: 14 },
  { name: "month", months: 1, days: 30.44 }, { name: "quarter", months: 3, days: 91.31 }, { name: "year", months: 12, days: 365.25 },
];
const PACES = [{ name: "slow", windows: 0.5 }, { name: "normal", windows: 1 }, { name: "fast", windows: 4 }];  // windows a second
const WINDOWS_LIKED = 30;  // the width that is offered first cuts the period into about so many
const LONGEST_FRAME = 0.1;  // seconds: after a pause of the browser's own, playback goes on where it was
const CROWDED = 1500, NAMED_IN_A_CROWD = 20;  // places; among so many that move nobody reads the others' numbers and names
const DAY = 86400000;
const player = { on: false, moving: false, first: 0, last: 0, exact: 0, width: null, pace: PACES[1], widths: [], then: 0, request: 0, frames: 0 };

function shift(day, width, windows) {  // so many windows later; months are calendar months
  if (!width.months) return day + windows * width.days;
  const date = new Date(day * DAY), wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + windows * width.months + 1);
  date.setUTCDate(0);
  date.setUTCDate(Math.min(wanted, date.getUTCDate()));
  return Math.round(date.getTime() / DAY);
}

function dayText(day, parts) { return new Intl.DateTimeFormat("en-GB", Object.assign({ timeZone: "UTC" }, parts)).format(day * DAY); }

function inWords(first, last) {  // 5 to 11 August 2013
  const whole = { day: "numeric", month: "long", year: "numeric" };
  if (first === last) return dayText(first, whole);
  const a = new Date(first * DAY), b = new Date(last * DAY), sameYear = a.getUTCFullYear() === b.getUTCFullYear();
  const parts = !sameYear ? whole : a.getUTCMonth() !== b.getUTCMonth() ? { day: "numeric", month: "long" } : { day: "numeric" };
  return dayText(first, parts) + " to " + dayText(last, whole);
}

function iso(day) { return new Date(day * DAY).toISOString().slice(0, 10); }

function windowed(command) { return within(command, [player.first, player.last]); }

function turnTo(first) {  // show the window that begins on this day, or the last one that the period has room for
  const span = state.asked.span, width = player.width;
  player.first = Math.max(first, span[0]);
  player.last = shift(player.first, width, 1) - 1;
  if (player.last >= span[1]) {
    player.last = span[1];
    player.first = Math.max(shift(span[1] + 1, width, -1), span[0]);
  }
  player.exact = player.first;
  const ui = player.ui, days = span[1] - span[0] + 1;
  ui.when.value = inWords(player.first, player.last);
  ui.at.style.left = 100 * (player.first - span[0]) / days + "%";
  ui.at.style.width = 100 * (player.last - player.first + 1) / days + "%";
  state.command = windowed(state.asked);
  if (state.loaded !== state.command.layer) return;
  repaint();
  state.point();
}

function frame(now) {
  const seconds = player.then ? Math.min((now - player.then) / 1000, LONGEST_FRAME) : 0;
  player.then = now;
  player.frames += 1;
  const exact = player.exact + seconds * player.pace.windows * player.width.days;
  if (Math.floor(exact) > player.first) turnTo(Math.floor(exact));
  player.exact = Math.max(exact, player.first);
  if (player.last >= state.asked.span[1]) handBack(); else player.request = requestAnimationFrame(frame);
}

function move(wanted) {
  const moved = player.moving;
  player.moving = wanted;
  player.then = 0;
  cancelAnimationFrame(player.request);
  const ui = player.ui;
  ui.toggle.replaceChildren(icon(wanted ? "pause" : "play"), element("span", "", wanted ? "Pause" : "Play"));
  ui.when.setAttribute("aria-live", wanted ? "off" : "polite");  // read out where it rests, not at every frame
  if (wanted) player.request = requestAnimationFrame(frame);
  else if (moved) state.placeLayer.redraw();  // what lies beyond the part in view as well
}

function step(windows) {
  move(false);
  turnTo(shift(player.first, player.width, windows));
}

function still() { return matchMedia("(prefers-reduced-motion: reduce)").matches; }  // who wants no motion steps by hand

function start() {  // from the chosen period's first day, if a window has room after it
  const command = state.asked, span = command.span;
  const chosen = command.first > span[0] && shift(command.first, player.width, 1) - 1 < span[1];
  player.on = true;
  player.ui.open.hidden = true;
  player.ui.panel.hidden = false;
  player.ui.toggle.hidden = player.ui.pace.parentNode.hidden = still();
  turnTo(chosen ? command.first : span[0]);
  move(!still());
  (still() ? player.ui.forward : player.ui.toggle).focus();
}

function leave() {  // back to the one button; what is shown stays until the app says otherwise
  if (!player.on) return;
  const focused = player.ui.box.contains(document.activeElement);
  move(false);
  player.on = false;
  player.ui.panel.hidden = true;
  player.ui.open.hidden = false;
  if (focused) player.ui.open.focus();
}

function handBack() {  // the slider takes over the window; ids of places never begin so
  if (!player.on) return;
  leave();
  tell("~period", { from: iso(player.first), to: iso(player.last) }, state.map.getCenter());
}

function followed(command) {  // a new word of the app: a place or a filter chosen meanwhile is taken over, another period ends playback
  const before = state.asked;
  state.asked = command;
  const same = before && command.span && before.first === command.first && before.last === command.last && String(before.span) === String(command.span);
  if (!same) { leave(); offer(); }
  state.command = player.on ? windowed(command) : within(command, held(command));
}

function offer() {  // the widths that are shorter than the whole period; where there is none, there is nothing to play
  const span = state.asked.span, ui = player.ui;
  player.widths = span ? WIDTHS.filter(function (width) { return shift(span[0], width, 1) - 1 < span[1]; }) : [];
  ui.box.hidden = !player.widths.length;
  if (ui.box.hidden) return;
  if (!player.widths.includes(player.width)) {
    const days = (span[1] - span[0] + 1) / WINDOWS_LIKED;
    player.width = player.widths.reduce(function (best, width) { return Math.abs(Math.log(width.days / days)) < Math.abs(Math.log(best.days / days)) ? width : best; });
  }
  ui.width.replaceChildren.apply(ui.width, player.widths.map(function (width) { return new Option(width.name, width.name, false, width === player.width); }));
  ui.open.replaceChildren(icon("play"), element("span", "", still() ? "Step" : "Play"));
}

const ICONS = {
  play: "M3 1 L13 7 L3 13 Z", pause: "M2 1 H6 V13 H2 Z M8 1 H12 V13 H8 Z", stop: "M2 2 H12 V12 H2 Z",
  back: "M1 1 H3 V13 H1 Z M13 1 V13 L4 7 Z", forward: "M11 1 H13 V13 H11 Z M1 1 L10 7 L1 13 Z",
};
function icon(name) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("width", "14");
  svg.setAttribute("height", "14");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

function playback() {
  const ui = player.ui = {};
  function button(className, name, title, act) {
    const made = element("button", className);
    made.type = "button";
    made.append(icon(name));
    made.title = title;
    made.addEventListener("click", act);
    return made;
  }
  function choice(label, rows, act) {
    const made = element("select"), around = element("label", "", label);
    made.append.apply(made, rows.map(function (row) { return new Option(row.name, row.name); }));
    made.setAttribute("aria-label", label);  // or the options would be part of its name
    made.addEventListener("change", function () { act(made.value); });
    around.append(made);
    return made;
  }
  ui.open = button("cm-play-open", "play", "Run a window of time through the whole period", start);
  ui.back = button("", "back", "One window back", function () { step(-1); });
  ui.toggle = button("cm-play-toggle", "pause", "", function () {
    if (!player.moving && player.last >= state.asked.span[1]) turnTo(state.asked.span[0]);  // at the end: from the start again
    move(!player.moving);
  });
  ui.forward = button("", "forward", "One window on", function () { step(1); });
  ui.stop = button("", "stop", "Stop: the slider takes over these days (Esc)", handBack);
  ui.back.setAttribute("aria-label", "One window back");
  ui.forward.setAttribute("aria-label", "One window on");
  ui.stop.append(element("span", "", "Stop"));
  ui.width = choice("Window", [], function (name) {
    player.width = player.widths.find(function (width) { return width.name === name; });
    turnTo(player.first);
  });
  ui.pace = choice("Pace", PACES, function (name) { player.pace = PACES.find(function (pace) { return pace.name === name; }); });
  ui.pace.value = player.pace.name;
  ui.when = element("output");
  ui.at = element("i");
  ui.panel = element("div");
  const buttons = element("div", "cm-play-row"), choices = element("div", "cm-play-row"), track = element("div", "cm-play-track");
  buttons.append(ui.back, ui.toggle, ui.forward, ui.stop);
  choices.append(ui.width.parentNode, ui.pace.parentNode);
  track.append(ui.at);
  ui.panel.append(buttons, choices, track, ui.when);
  ui.panel.hidden = true;
  const Player = L.Control.extend({
    onAdd: function () {
      ui.box = element("div", "cm-play");
      ui.box.setAttribute("role", "group");
      ui.box.setAttribute("aria-label", "Playback");
      ui.box.hidden = true;
      ui.box.append(ui.open, ui.panel);
      L.DomEvent.disableClickPropagation(ui.box).disableScrollPropagation(ui.box);
      return ui.box;
    },
  });
  new Player({ position: "topright" }).addTo(state.map);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") handBack(); });
}
