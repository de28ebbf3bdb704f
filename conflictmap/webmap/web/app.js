/**
 * What the map hands to the app around it: a feature that was clicked, and the page's address.
 *
 * @module
 */
import { state } from "./state.js";

/**
 * @param {string} id of a place, or "~period"
 * @param {object} properties
 * @param {L.LatLng} latlng
 */
export function tell(id, properties, latlng) {
  state.clicks += 1;  // a second click on the same place is another value, so that the app hears of it as well
  const feature = { type: "Feature", id, properties: { click: state.clicks, ...properties }, geometry: null };
  const held = window.__GLOBAL_DATA__;
  if (held && "last_active_drawing" in held && window.Streamlit?.setComponentValue) {
    // What streamlit-folium would send a quarter of a second later, after waiting for more; it then finds it sent.
    held.last_active_drawing = feature;
    held.previous_data = { last_active_drawing: feature };
    window.Streamlit.setComponentValue(held.previous_data);
    return;
  }
  state.messenger.fire("click", { latlng, layer: { toGeoJSON: () => feature } });
}

/**
 * Keep the period in the page's address. Moving the period is not a step for the back button.
 *
 * @param {string | null} query null leaves the address alone
 */
export function keepAddress(query) {
  try {
    const page = window.parent;
    if (page === window || query === null) return;
    const address = query ? `?${query}` : "";
    const same = new URLSearchParams(page.location.search).toString() === new URLSearchParams(address).toString();
    if (!same) page.history.replaceState(page.history.state, "", page.location.pathname + address + page.location.hash);
  } catch { /* a page of another origin frames the app: its address is its own */ }
}
