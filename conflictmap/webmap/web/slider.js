/* ---- the slider in the reader's hand: the map follows it at once, the app's word comes after ---- */
const SLIDER = '[data-testid="stSlider"] input[type="range"]', MICROSECONDS = 86400e6;  // of a day: Streamlit's sliders count so

function page() {  // the document that holds the slider, or null if it is another origin's
  try { return window.parent === window ? null : window.parent.document; } catch (refused) { return null; }
}

function held(command) {  // the first and last day of the slider that has the focus, or null
  const document = command.span && page();
  const thumbs = document ? Array.from(document.querySelectorAll(SLIDER)) : [];
  if (thumbs.length !== 2 || !thumbs.includes(document.activeElement)) return null;
  const days = thumbs.map(function (thumb) { return Math.round(thumb.value / MICROSECONDS); });
  return command.span[0] <= days[0] && days[0] <= days[1] && days[1] <= command.span[1] ? days : null;
}

function within(command, days) {  // an end of the slider takes in whatever lies beyond it
  return days ? Object.assign({}, command, {
    first: days[0] <= command.span[0] ? -Infinity : days[0], last: days[1] >= command.span[1] ? Infinity : days[1],
  }) : command;
}

const AT_ONCE = 50;  // milliseconds since the last picture: a slider that rests is followed at once, one that is dragged once a frame

function follow() {
  const document = page();
  if (!document) return;
  let due = 0, then = -Infinity;
  function show() {
    due = 0;
    const days = held(state.asked);
    if (!days || player.on || state.loaded !== state.asked.layer) return;
    state.command = within(state.asked, days);
    state.following = true;
    repaint();
    state.following = false;
    then = performance.now();
    state.point();
  }
  new MutationObserver(function () {
    if (due || player.on || !state.asked || !held(state.asked)) return;
    if (performance.now() - then > AT_ONCE) show(); else due = requestAnimationFrame(show);
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["aria-valuetext"] });
  state.map.on("movestart", function () { if (state.partial) state.placeLayer.redraw(); });  // what lies beyond the part in view
}
