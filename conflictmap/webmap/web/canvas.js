/* ---- a canvas that follows the map: Leaflet's renderer base class does the panning and zooming ---- */
const CanvasLayer = window.L && L.Renderer.extend({
  options: { padding: 0.2 },
  _initContainer: function () {
    this._container = document.createElement("canvas");
    this._container.setAttribute("role", "presentation");
    this._ctx = this._container.getContext("2d");
    this._layers = {};
  },
  _destroyContainer: function () { L.DomUtil.remove(this._container); },
  _update: function () {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._container.width = Math.round(size.x * ratio);
    this._container.height = Math.round(size.y * ratio);
    this._container.style.width = size.x + "px";
    this._container.style.height = size.y + "px";
    this.redraw();
  },
  redraw: function () {
    if (!this._map || !this._bounds) return;
    if (this._map.getZoom() !== this._zoom) return;  // while it zooms, the old picture is stretched; _update draws the new one
    const ratio = window.devicePixelRatio || 1;
    const zoom = this._map.getZoom();
    const origin = this._map.getPixelOrigin();
    this._scale = Math.pow(2, zoom);
    this._dx = ORIGIN.x * this._scale - origin.x - this._bounds.min.x;
    this._dy = ORIGIN.y * this._scale - origin.y - this._bounds.min.y;
    this._ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this._ctx.clearRect(0, 0, this._container.width, this._container.height);
    this._draw(this._ctx, ratio, zoom);
  },
  _world: function (ctx, ratio) { ctx.setTransform(ratio * this._scale, 0, 0, ratio * this._scale, ratio * this._dx, ratio * this._dy); },
  _screen: function (ctx, ratio) { ctx.setTransform(ratio, 0, 0, ratio, 0, 0); },
  _at: function (point) { return { x: point.x * this._scale + this._dx, y: point.y * this._scale + this._dy }; },
});

const BaseLayer = CanvasLayer && CanvasLayer.extend({
  _draw: function (ctx, ratio, zoom) {
    const base = state.base, c = state.colours;
    if (!base) return;
    const px = 1 / this._scale;
    this._world(ctx, ratio);
    ctx.lineJoin = "round";
    ctx.fillStyle = c.land;
    ctx.fill(base.paths.land, "evenodd");
    ctx.strokeStyle = c.province;
    ctx.lineWidth = 1 * px;
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
  },
});
