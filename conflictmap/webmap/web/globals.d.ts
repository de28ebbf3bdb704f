/* What the map's frame holds beside the modules: Leaflet's internals that a renderer needs, streamlit-folium's, and ours. */
import "leaflet";

declare module "leaflet" {
  interface Renderer {
    _container: HTMLElement;
    _bounds: Bounds;
    _zoom: number;
    _update(): void;
  }
  interface Map {
    _animatingZoom?: boolean;
  }
}

declare global {
  interface Window {
    conflictmap: {
      attach(map: L.Map, assets: string): void;
      show(command: import("./state.js").Command): void;
      state?: import("./state.js").State;
      player?: import("./state.js").Player;
    };
    Streamlit?: { setComponentValue?(value: unknown): void };
    __GLOBAL_DATA__?: { last_active_drawing?: unknown; previous_data?: unknown };
  }
}
