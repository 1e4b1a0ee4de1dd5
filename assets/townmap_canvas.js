/* Beyond some 2,000 places the towns are drawn on a canvas that lies under the SVG; everything else stays as it is. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const CELLS = 128; // the coarse grid that finds the place under the pointer: 128 x 128 lists of candidates

  const ROOM_FOR_BORDERS = 9; // pixels across a place: below, lines would hide the colours and double the time

  /** A tile of a texture as a canvas pattern, in device pixels. */
  function texture(context, entry, ink, ratio) {
    const size = Math.round((entry.texture === "hatch" ? 7 : 8) * ratio);
    const tile = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const pen = tile.getContext("2d");
    pen.fillStyle = entry.fill;
    pen.fillRect(0, 0, size, size);
    pen.fillStyle = pen.strokeStyle = ink;
    pen.lineWidth = 1.4 * ratio;
    pen.beginPath();
    if (entry.texture === "hatch") {
      for (const shift of [-size, 0, size]) { pen.moveTo(shift, size); pen.lineTo(shift + size, 0); }
      pen.stroke();
    } else if (entry.texture === "stripes" || entry.texture === "grid") {
      if (entry.texture === "grid") pen.strokeStyle = "#ffffff8c"; // as in townmap.css: it lies on a dark fill
      pen.moveTo(0, size / 2); pen.lineTo(size, size / 2);
      if (entry.texture === "grid") { pen.moveTo(size / 2, 0); pen.lineTo(size / 2, size); }
      pen.stroke();
    } else {
      for (const at of [size / 4, (3 * size) / 4]) { pen.moveTo(at, at); pen.arc(at, at, 1.15 * ratio, 0, 7); }
      pen.fill();
    }
    return context.createPattern(tile, "repeat");
  }

  /** The same places as SvgTowns, with the same interface. */
  class CanvasTowns {
    constructor(svg, geometry, boxes) {
      this.svg = svg;
      this.canvas = document.createElement("canvas");
      this.canvas.className = "townmap-canvas";
      svg.parentNode.insertBefore(this.canvas, svg);
      this.context = this.canvas.getContext("2d", { alpha: true });
      this.shapes = geometry.path.map((d) => new Path2D(d));
      Object.assign(this, { geometry, boxes, classes: "", legend: [], transform: null, grid: null });
    }

    restyle(legend) {
      this.legend = legend;
    }

    /** Draw what changed over what stands there; answers how many changed. */
    paint(classes, before) {
      const changed = [];
      for (let index = 0; index < classes.length; index += 1) if (classes[index] !== before[index]) changed.push(index);
      this.classes = classes;
      if (this.transform) this.fill(changed);
      return changed.length;
    }

    /** Show this part of the map: `box` in map units on `width` x `height` pixels. */
    view(box, width, height) {
      this.transform = null;
      if (!width || !height) return; // not on screen: comes back when it has a size
      const ratio = window.devicePixelRatio || 1;
      const scale = Math.min(width / box.w, height / box.h);
      this.transform = {
        scale: scale * ratio,
        x: ((width - scale * box.w) / 2 - scale * box.x) * ratio,
        y: ((height - scale * box.h) / 2 - scale * box.y) * ratio,
      };
      this.canvas.width = Math.round(width * ratio); // also clears it
      this.canvas.height = Math.round(height * ratio);
      if (this.classes) this.fill([...this.shapes.keys()]);
    }

    fill(indices) {
      const { scale, x, y } = this.transform;
      const ratio = window.devicePixelRatio || 1;
      const style = getComputedStyle(this.svg);
      const fills = this.styles(style, ratio);
      this.context.setTransform(scale, 0, 0, scale, x, y);
      for (const [key, shapes] of this.byClass(indices)) {
        this.context.fillStyle = fills.get(key) || fills.get(" ");
        for (const index of shapes) this.context.fill(this.shapes[index]);
      }
      this.borders(indices, style.getPropertyValue("--townmap-border"), ratio / scale);
    }

    /** Places in sight, by class: a change of colour costs more than a small shape. */
    byClass(indices) {
      const found = new Map();
      for (const index of indices) {
        if (!this.inView(index)) continue;
        const key = this.classes[index];
        if (!found.has(key)) found.set(key, []);
        found.get(key).push(index);
      }
      return found;
    }

    /** Borders where there is room for them; `pixel` is a pixel in map units. */
    borders(indices, colour, pixel) {
      if (this.pixelsAPlace() < ROOM_FOR_BORDERS) return;
      this.context.strokeStyle = colour;
      this.context.lineWidth = 0.6 * pixel;
      for (const index of indices) if (this.inView(index)) this.context.stroke(this.shapes[index]);
    }

    styles(style, ratio) {
      const ink = style.getPropertyValue("--townmap-ink");
      const made = new Map([[" ", style.getPropertyValue("--townmap-outside")]]);
      for (const entry of this.legend) {
        const textured = parts.textured(entry);
        const fill = textured ? texture(this.context, entry, ink, ratio) : entry.fill;
        if (textured) fill.setTransform(new DOMMatrix().scale(1 / this.transform.scale));
        made.set(entry.key, fill);
      }
      return made;
    }

    pixelsAPlace() {
      const area = this.geometry.width * this.geometry.height;
      return (Math.sqrt(area / this.shapes.length) * this.transform.scale) / (window.devicePixelRatio || 1);
    }

    inView(index) {
      const { scale, x, y } = this.transform;
      const at = index * 4;
      return this.boxes[at] * scale + x < this.canvas.width && this.boxes[at + 2] * scale + x > 0 &&
        this.boxes[at + 1] * scale + y < this.canvas.height && this.boxes[at + 3] * scale + y > 0;
    }

    /** Index of the place under the pointer, -1 outside of the chosen part. */
    at(event) {
      if (!this.transform) return -1;
      const frame = this.canvas.getBoundingClientRect();
      const ratio = window.devicePixelRatio || 1;
      const x = ((event.clientX - frame.left) * ratio - this.transform.x) / this.transform.scale;
      const y = ((event.clientY - frame.top) * ratio - this.transform.y) / this.transform.scale;
      const hit = (index) => this.classes[index] !== " " && this.contains(index, x, y);
      const found = this.near(x, y).find(hit);
      return found === undefined ? -1 : found;
    }

    contains(index, x, y) {
      this.context.setTransform(1, 0, 0, 1, 0, 0);
      return this.context.isPointInPath(this.shapes[index], x, y);
    }

    near(x, y) {
      if (!this.grid) this.grid = this.sorted();
      const column = Math.floor((x / this.geometry.width) * CELLS);
      const row = Math.floor((y / this.geometry.height) * CELLS);
      return this.grid.get(row * CELLS + column) || [];
    }

    sorted() {
      const grid = new Map();
      const cell = (value, whole) => Math.max(0, Math.min(CELLS - 1, Math.floor((value / whole) * CELLS)));
      const { width, height } = this.geometry;
      for (let index = 0; index < this.shapes.length; index += 1) {
        const [x0, y0, x1, y1] = this.boxes.subarray(index * 4, index * 4 + 4);
        for (let row = cell(y0, height); row <= cell(y1, height); row += 1) {
          for (let column = cell(x0, width); column <= cell(x1, width); column += 1) {
            const key = row * CELLS + column;
            if (!grid.has(key)) grid.set(key, []);
            grid.get(key).push(index);
          }
        }
      }
      return grid;
    }

    remove() { this.canvas.remove(); }
  }

  parts.CanvasTowns = CanvasTowns;
})();
