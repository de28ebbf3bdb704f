/**
 * Canvases that follow the map, and the base map on one of them. Leaflet's Renderer does the panning and zooming.
 *
 * @module
 */
import { state } from "./state.js";
import { ORIGIN } from "./world.js";

/** @typedef {import("./world.js").Point} Point */

export class CanvasLayer extends L.Renderer {
  /** @param {L.RendererOptions} options */
  constructor(options) {
    super({ padding: 0.2, ...options });
    /** Pixels per world unit. */
    this.scale = 1;
    this.ratio = 1;
    this.dx = 0;
    this.dy = 0;
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("role", "presentation");
    this.ctx = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
  }

  _initContainer() { this._container = this.canvas; }

  _destroyContainer() { this.canvas.remove(); }

  /** @override */
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    super._update();
    const size = this._bounds.getSize(), canvas = this.canvas;
    this.ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(canvas, /** @type {L.Point} */ (this._bounds.min));
    canvas.width = Math.round(size.x * this.ratio);
    canvas.height = Math.round(size.y * this.ratio);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    this.redraw();
  }

  redraw() {
    if (!this._map || !this._bounds) return;
    const zoom = this._map.getZoom();
    if (zoom !== this._zoom) return;  // while it zooms, the old picture is stretched; _update draws the new one
    const origin = this._map.getPixelOrigin(), corner = this.corner();
    this.ratio = window.devicePixelRatio || 1;
    this.scale = Math.pow(2, zoom);
    this.dx = ORIGIN.x * this.scale - origin.x - corner.x;
    this.dy = ORIGIN.y * this.scale - origin.y - corner.y;
    this.onScreen();
    this.ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.draw(zoom);
  }

  /**
   * Overridden by each layer.
   *
   * @param {number} _zoom
   */
  draw(_zoom) {}

  /** The canvas's upper left corner among the map's layer points. */
  corner() { return /** @type {L.Point} */ (this._bounds.min); }

  /** What is drawn from now on is in world units. */
  inWorld() {
    const unit = this.ratio * this.scale;
    this.ctx.setTransform(unit, 0, 0, unit, this.ratio * this.dx, this.ratio * this.dy);
  }

  /** What is drawn from now on is in pixels of the canvas. */
  onScreen() { this.ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0); }

  /**
   * @param {Point} point in world units
   * @returns {Point} pixels of the canvas
   */
  at(point) { return { x: point.x * this.scale + this.dx, y: point.y * this.scale + this.dy }; }

  /**
   * @param {L.PointExpression} at a point of the map's container
   * @returns {L.Point} pixels of the canvas
   */
  onCanvas(at) { return this._map.containerPointToLayerPoint(at).subtract(this.corner()); }
}

export class BaseLayer extends CanvasLayer {
  /**
   * @override
   * @param {number} zoom
   */
  draw(zoom) {
    const base = state.base, c = state.colours, ctx = this.ctx, px = 1 / this.scale;
    if (!base) return;
    this.inWorld();
    ctx.lineJoin = "round";
    ctx.fillStyle = c.land;
    ctx.fill(base.paths.land, "evenodd");
    ctx.strokeStyle = c.province;
    ctx.lineWidth = px;
    if (zoom >= 6) ctx.stroke(base.paths.admin1);
    ctx.strokeStyle = c.river;
    ctx.lineWidth = (zoom >= 9 ? 2.2 : 1.4) * px;
    ctx.stroke(base.paths.rivers);
    ctx.fillStyle = c.lake;
    ctx.fill(base.paths.lakes, "evenodd");
    ctx.strokeStyle = c.border;
    ctx.lineWidth = 1.4 * px;
    ctx.stroke(base.paths.admin0);
    ctx.setLineDash([5 * px, 4 * px]);
    ctx.stroke(base.paths.disputed);
    ctx.setLineDash([]);
  }
}
