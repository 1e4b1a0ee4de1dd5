/* Which part of the map is seen: it fits the chosen towns, zooms by buttons and keys, and is dragged when zoomed in.
   The wheel scrolls the page as it does everywhere else. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const CLOSEST = 40;
  const GLIDE_MS = 220;
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const between = (low, value, high) => Math.min(high, Math.max(low, value));

  class View {
    /** `changed(box, unit)` is called with every new view: the box in map units, and map units a pixel. */
    constructor(frame, svg, changed) {
      Object.assign(this, { frame, svg, changed, home: null, box: null, glide: 0, slow: false, room: null });
      new ResizeObserver(() => this.resized()).observe(frame);
    }

    /** The box the map comes back to: glides there from what is seen now. */
    setHome(box) {
      const first = !this.home;
      this.home = box;
      if (first) this.show(box);
      else this.glideTo(box);
    }

    show(box) {
      this.box = box;
      this.svg.setAttribute("viewBox", [box.x, box.y, box.w, box.h].map((each) => each.toFixed(1)).join(" "));
      this.frame.classList.toggle("townmap-zoomed", this.zoomed());
      this.changed(box, this.unit());
    }

    zoomed() {
      return this.box.w < this.home.w * 0.999;
    }

    /** Map units a pixel; 1 while the map has no size. */
    unit() {
      const { width, height } = this.size();
      return width && height ? Math.max(this.box.w / width, this.box.h / height) : 1;
    }

    /** Pixels of the frame, remembered: to ask the browser in the middle of a repaint would cost a layout. */
    size() {
      if (!this.room) this.room = { width: this.frame.clientWidth, height: this.frame.clientHeight };
      return this.room;
    }

    resized() {
      const { width, height } = this.size();
      this.room = null;
      const now = this.size();
      if (this.box && (now.width !== width || now.height !== height)) this.show(this.box);
    }

    /** Closer (factor above 1) or further, about a point of the map (default: the middle); never beyond home. */
    zoom(factor, point) {
      const box = this.glidingTo || this.box;
      const w = between(this.home.w / CLOSEST, box.w / factor, this.home.w);
      const centre = point || [box.x + box.w / 2, box.y + box.h / 2];
      this.glideTo(this.held({ x: centre[0] - w / 2, y: centre[1] - (w * this.ratio()) / 2, w, h: w * this.ratio() }));
    }

    ratio() {
      return this.home.h / this.home.w;
    }

    reset() {
      this.glideTo(this.home);
    }

    /** Move by pixels, as a drag does. */
    pan(right, down) {
      const unit = this.unit();
      this.stop();
      this.show(this.held(Object.assign({}, this.box, { x: this.box.x - right * unit, y: this.box.y - down * unit })));
    }

    /** The middle of the view stays on the map. */
    held(box) {
      const { x, y, w, h } = this.home;
      return Object.assign(box, {
        x: between(x, box.x, x + w - box.w),
        y: between(y, box.y, y + h - box.h),
      });
    }

    /** Bring a point of the map into sight if it is not. */
    reveal([x, y]) {
      const { x: left, y: top, w, h } = this.box;
      if (x > left && x < left + w && y > top && y < top + h) return;
      this.glideTo(this.held({ x: x - w / 2, y: y - h / 2, w, h }));
    }

    stop() {
      cancelAnimationFrame(this.glide);
      this.glidingTo = null;
    }

    glideTo(target) {
      this.stop();
      if (still() || this.slow) return this.show(target);
      const from = this.box;
      const began = performance.now();
      this.glidingTo = target;
      const step = (now) => {
        const part = between(0, (now - began) / GLIDE_MS, 1);
        const eased = 1 - (1 - part) ** 3;
        const mixed = {};
        for (const side of ["x", "y", "w", "h"]) mixed[side] = from[side] + (target[side] - from[side]) * eased;
        if (part === 1) this.glidingTo = null;
        else this.glide = requestAnimationFrame(step);
        this.show(part === 1 ? target : mixed);
      };
      this.glide = requestAnimationFrame(step);
    }

    /** A point of the window on the map. */
    onMap(left, top) {
      const at = this.frame.getBoundingClientRect();
      const { width, height } = this.size();
      const unit = this.unit();
      return [
        this.box.x + (left - at.left - (width - this.box.w / unit) / 2) * unit,
        this.box.y + (top - at.top - (height - this.box.h / unit) / 2) * unit,
      ];
    }

    /** A point of the map in pixels of the window. */
    onScreen([x, y]) {
      const at = this.frame.getBoundingClientRect();
      const { width, height } = this.size();
      const scale = 1 / this.unit();
      return [
        at.left + (width - this.box.w * scale) / 2 + (x - this.box.x) * scale,
        at.top + (height - this.box.h * scale) / 2 + (y - this.box.y) * scale,
      ];
    }
  }

  /** The box around the places whose class is not blank, with a margin; the whole map when none is blank. */
  function visibleBox(geometry, boxes, classes) {
    if (!classes.includes(" ") || !classes.trim()) return around(0, 0, geometry.width, geometry.height, 0.015);
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let index = 0; index < classes.length; index += 1) {
      if (classes[index] === " ") continue;
      x0 = Math.min(x0, boxes[index * 4]);
      y0 = Math.min(y0, boxes[index * 4 + 1]);
      x1 = Math.max(x1, boxes[index * 4 + 2]);
      y1 = Math.max(y1, boxes[index * 4 + 3]);
    }
    return around(x0, y0, x1, y1, 0.06);
  }

  function around(x0, y0, x1, y1, share) {
    const margin = share * Math.max(x1 - x0, y1 - y0);
    return { x: x0 - margin, y: y0 - margin, w: x1 - x0 + 2 * margin, h: y1 - y0 + 2 * margin };
  }

  /** Drag when zoomed in; a drag is not a click. */
  function draggable(frame, view) {
    let from = null;
    let moved = false;
    frame.addEventListener("pointerdown", (event) => {
      moved = false;
      from = view.zoomed() && event.button === 0 ? [event.clientX, event.clientY] : null;
    });
    frame.addEventListener("pointermove", (event) => {
      if (!from || (!moved && Math.hypot(event.clientX - from[0], event.clientY - from[1]) < 5)) return;
      if (!moved) frame.setPointerCapture(event.pointerId);
      moved = true;
      view.pan(event.clientX - from[0], event.clientY - from[1]);
      from = [event.clientX, event.clientY];
    });
    for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, () => { from = null; });
    return { dragging: () => from !== null && moved, dragged: () => moved };
  }

  Object.assign(parts, { View, visibleBox, draggable });
})();
