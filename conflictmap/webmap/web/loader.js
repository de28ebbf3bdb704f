/**
 * Classic script, because streamlit-folium loads no other: defines `window.conflictmap` at once, and passes the calls on, in
 * order, when the modules have come.
 *
 * Its address names the modules (`?modules=…`), so that the browser fetches them side by side, while Leaflet still loads.
 */
(() => {
  "use strict";
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).src;

  /**
   * @param {string} rel
   * @param {string} name
   */
  function link(rel, name) {
    const made = document.createElement("link");
    made.rel = rel;
    made.href = new URL(name, own).href;
    document.body.append(made);  // streamlit-folium writes the head anew
    return made;
  }

  const styled = new Promise((resolve, reject) => {
    const sheet = link("stylesheet", "map.css");
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", () => reject(new Error(`${sheet.href} could not be loaded`)));
  });
  styled.catch(() => {});  // attach says it
  setTimeout(() => {  // after Leaflet's request, which comes when this script has run
    for (const name of (new URL(own).searchParams.get("modules") ?? "").split(",")) if (name) link("modulepreload", `${name}.js`);
  });

  /** @type {Promise<typeof import("./main.js") | null>} */
  let modules = Promise.resolve(null);

  window.conflictmap = {
    attach(map, assets) {
      const messenger = L.layerGroup().addTo(map);  // before streamlit-folium listens to the map's layers
      modules = Promise.all([import("./main.js"), styled]).then(([main]) => main).catch((failure) => {
        console.warn(failure);
        const note = document.createElement("div");
        note.className = "cm-note";
        note.setAttribute("role", "status");
        note.textContent = "The map could not be loaded. Reload the page.";
        map.getContainer().append(note);
        return null;
      });
      void modules.then((main) => main?.attach(map, assets, messenger));
    },
    show(command) { void modules.then((main) => main?.show(command)); },
  };
})();
