/**
 * Playback: a window of time runs through the slider's whole period, in the browser alone.
 *
 * @module
 */
import { tell } from "./app.js";
import { addControl, drawing, element, svgElement } from "./interface.js";
import { PACES, advanced, samePeriod, shift, startDay, widthLiked, widthsWithin, windowFrom, within } from "./periods.js";
import { repaint } from "./places.js";
import { point } from "./pointer.js";
import { held } from "./slider.js";
import { player, state } from "./state.js";
import { daysInWords, iso } from "./wording.js";

/**
 * @typedef {import("./state.js").Command} Command
 * @typedef {import("./periods.js").Span} Span
 * @typedef {Command & { span: Span }} Playable
 */

/**
 * @typedef {object} Controls
 * @property {HTMLElement} box
 * @property {HTMLButtonElement} open
 * @property {HTMLElement} panel
 * @property {HTMLButtonElement} back
 * @property {HTMLButtonElement} toggle
 * @property {HTMLButtonElement} forward
 * @property {HTMLButtonElement} stop
 * @property {HTMLSelectElement} width
 * @property {HTMLSelectElement} pace
 * @property {HTMLLabelElement} paceLabel
 * @property {HTMLOutputElement} when
 * @property {HTMLElement} at the window on the track
 */

const PERIOD = "~period";  // the ids of places never begin so
const ICONS = {
  play: "M3 1 L13 7 L3 13 Z", pause: "M2 1 H6 V13 H2 Z M8 1 H12 V13 H8 Z", stop: "M2 2 H12 V12 H2 Z",
  back: "M1 1 H3 V13 H1 Z M13 1 V13 L4 7 Z", forward: "M11 1 H13 V13 H11 Z M1 1 L10 7 L1 13 Z",
};

/** @returns {Playable} the app's last command; there is one with a span whenever there is anything to play */
function playable() { return /** @type {Playable} */ (state.asked); }

/** Readers who want no motion step by hand. */
function still() { return matchMedia("(prefers-reduced-motion: reduce)").matches; }

/**
 * Show the window that begins on this day, or the last one that the period has room for.
 *
 * @param {number} first
 */
function turnTo(first) {
  const asked = playable(), span = asked.span, ui = player.ui, days = span[1] - span[0] + 1;
  [player.first, player.last] = windowFrom(first, player.width, span);
  player.exact = player.first;
  ui.when.value = daysInWords(player.first, player.last);
  ui.at.style.left = `${100 * (player.first - span[0]) / days}%`;
  ui.at.style.width = `${100 * (player.last - player.first + 1) / days}%`;
  state.command = within(asked, [player.first, player.last]);
  if (state.loaded !== asked.layer) return;
  repaint();
  point();
}

/** @param {number} now milliseconds */
function frame(now) {
  const seconds = player.then ? (now - player.then) / 1000 : 0;
  player.then = now;
  player.frames += 1;
  const exact = advanced(player.exact, seconds, player.pace, player.width);
  if (Math.floor(exact) > player.first) turnTo(Math.floor(exact));
  player.exact = Math.max(exact, player.first);
  if (player.last >= playable().span[1]) handBack(); else player.request = requestAnimationFrame(frame);
}

/** @param {boolean} wanted */
function move(wanted) {
  const moved = player.moving, ui = player.ui;
  player.moving = wanted;
  player.then = 0;
  cancelAnimationFrame(player.request);
  ui.toggle.replaceChildren(icon(wanted ? "pause" : "play"), element("span", "", wanted ? "Pause" : "Play"));
  ui.when.setAttribute("aria-live", wanted ? "off" : "polite");  // read out where it rests, not at every frame
  if (wanted) player.request = requestAnimationFrame(frame);
  else if (moved) state.placeLayer.redraw();  // what lies beyond the part in view as well
}

/** @param {number} windows */
function step(windows) {
  move(false);
  turnTo(shift(player.first, player.width, windows));
}

function start() {
  const ui = player.ui;
  player.on = true;
  ui.open.hidden = true;
  ui.panel.hidden = false;
  ui.toggle.hidden = ui.paceLabel.hidden = still();
  turnTo(startDay(playable(), player.width));
  move(!still());
  (still() ? ui.forward : ui.toggle).focus();
}

/** Go on or pause; at the end, start again. */
function toggle() {
  const span = playable().span;
  if (!player.moving && player.last >= span[1]) turnTo(span[0]);
  move(!player.moving);
}

/** Go back to the one button. What is shown stays until the app's next command. */
function leave() {
  if (!player.on) return;
  const ui = player.ui, focused = ui.box.contains(document.activeElement);
  move(false);
  player.on = false;
  ui.panel.hidden = true;
  ui.open.hidden = false;
  if (focused) ui.open.focus();
}

/** Leave, and let the slider take over the window. */
function handBack() {
  if (!player.on) return;
  leave();
  tell(PERIOD, { from: iso(player.first), to: iso(player.last) }, state.map.getCenter());
}

/**
 * Take a new command: a place or a filter chosen meanwhile is taken over, another period ends playback.
 *
 * @param {Command} command
 */
export function followed(command) {
  const before = state.asked;
  state.asked = command;
  if (!samePeriod(before, command)) {
    leave();
    offer();
  }
  state.command = within(command, player.on ? [player.first, player.last] : held(command));
}

/** Offer the widths that are shorter than the whole period. Where there is none, there is nothing to play. */
function offer() {
  const span = state.asked?.span, ui = player.ui;
  player.widths = widthsWithin(span ?? null);
  ui.box.hidden = !player.widths.length;
  if (!span || ui.box.hidden) return;
  if (!player.widths.includes(player.width)) player.width = widthLiked(player.widths, span);
  ui.width.replaceChildren(...player.widths.map((width) => new Option(width.name, width.name, false, width === player.width)));
  ui.open.replaceChildren(icon("play"), element("span", "", still() ? "Step" : "Play"));
}

/** @param {keyof typeof ICONS} name */
function icon(name) { return drawing(14, 14, [svgElement("path", { d: ICONS[name] })]); }

/**
 * @param {string} className
 * @param {keyof typeof ICONS} name
 * @param {string} title
 * @param {() => void} act
 */
function button(className, name, title, act) {
  const made = element("button", className);
  made.type = "button";
  made.append(icon(name));
  made.title = title;
  made.addEventListener("click", act);
  return made;
}

/**
 * @param {string} label
 * @param {{ name: string }[]} rows
 * @param {(name: string) => void} act
 */
function choice(label, rows, act) {
  const select = element("select"), around = element("label", "", label);
  select.append(...rows.map((row) => new Option(row.name, row.name)));
  select.setAttribute("aria-label", label);  // or the options would be part of its name
  select.addEventListener("change", () => act(select.value));
  around.append(select);
  return { select, around };
}

/**
 * @param {string} className
 * @param {Element[]} parts
 */
function row(className, parts) {
  const made = element("div", className);
  made.append(...parts);
  return made;
}

export function addPlayback() {
  const open = button("cm-play-open", "play", "Run a window of time through the whole period", start);
  const back = button("", "back", "One window back", () => step(-1)), forward = button("", "forward", "One window on", () => step(1));
  const toggler = button("cm-play-toggle", "pause", "", toggle);
  const stop = button("", "stop", "Stop: the slider takes over these days (Esc)", handBack);
  back.setAttribute("aria-label", "One window back");
  forward.setAttribute("aria-label", "One window on");
  stop.append(element("span", "", "Stop"));
  const width = choice("Window", [], (name) => {
    player.width = player.widths.find((one) => one.name === name) ?? player.width;
    turnTo(player.first);
  });
  const pace = choice("Pace", PACES, (name) => { player.pace = PACES.find((one) => one.name === name) ?? player.pace; });
  pace.select.value = player.pace.name;
  const when = element("output"), at = element("i");
  const panel = row("", [
    row("cm-play-row", [back, toggler, forward, stop]), row("cm-play-row", [width.around, pace.around]), row("cm-play-track", [at]), when,
  ]);
  panel.hidden = true;
  const box = row("cm-play", [open, panel]);
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Playback");
  box.hidden = true;
  L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
  player.ui = { box, open, panel, back, toggle: toggler, forward, stop, width: width.select, pace: pace.select, paceLabel: pace.around, when, at };
  addControl(box, "topright");
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") handBack(); });
}
