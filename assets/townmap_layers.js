/* What is drawn as SVG: the towns (up to some 2,000), their textures, and above them county lines, marks and outlines.
   Fills are custom properties set once per legend; a repaint changes the class attribute of the shapes that changed. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const SVG = "http://www.w3.org/2000/svg";

  /** A new SVG element inside `parent`, with attributes. */
  function draw(parent, name, attributes) {
    const element = document.createElementNS(SVG, name);
    for (const key of Object.keys(attributes || {})) element.setAttribute(key, attributes[key]);
    return parent.appendChild(element);
  }

  /** A pattern that stays legible on a projector, in black and white and to colour-blind people. */
  function pattern(defs, id, texture, fill) {
    const size = texture === "hatch" ? 7 : 8;
    const made = draw(defs, "pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" });
    draw(made, "rect", { width: size, height: size, fill });
    if (texture === "hatch") draw(made, "path", { d: "M3.5 0V7", class: "townmap-hatch" });
    else if (texture === "stripes") draw(made, "path", { d: "M0 4H8", class: "townmap-stripe" });
    else if (texture === "grid") draw(made, "path", { d: "M0 4H8M4 0V8", class: "townmap-grid" });
    else for (const at of [2, 6]) draw(made, "circle", { cx: at, cy: at, r: 1.15, class: "townmap-dot" });
    made.dataset.turn = texture === "hatch" ? "rotate(45)" : "";
    made.setAttribute("patternTransform", made.dataset.turn);
    return made;
  }

  const TEXTURES = ["hatch", "dots", "stripes", "grid"]; // those that are a pattern; "outline" is an edge
  const textured = (entry) => TEXTURES.includes(entry.texture);

  /** Fills and textures of one legend: `--k<key>` on the root for the map, `--q<key>` for the swatches beneath it. */
  class Palette {
    constructor(root, defs, id) {
      Object.assign(this, { root, defs, id, patterns: [], written: "" });
    }

    /** True when the legend is a new one. */
    set(legend) {
      const written = JSON.stringify(legend);
      if (written === this.written) return false;
      this.written = written;
      this.patterns = [];
      this.defs.replaceChildren();
      for (const entry of legend) this.add(entry);
      return true;
    }

    add(entry) {
      const id = `${this.id}-${entry.key}`;
      if (textured(entry)) {
        this.patterns.push(pattern(this.defs, id, entry.texture, entry.fill));
        pattern(this.defs, `${id}-swatch`, entry.texture, entry.fill);
      }
      this.root.style.setProperty(`--k${entry.key}`, textured(entry) ? `url("#${id}")` : entry.fill);
      this.root.style.setProperty(`--q${entry.key}`, textured(entry) ? `url("#${id}-swatch")` : entry.fill);
    }

    /** Keep the texture's size on screen, whatever the zoom: `unit` is map units a pixel. */
    scale(unit) {
      for (const each of this.patterns) {
        each.setAttribute("patternTransform", `scale(${unit.toFixed(4)}) ${each.dataset.turn}`);
      }
    }
  }

  /** One path a town, made once. */
  class SvgTowns {
    constructor(svg, geometry) {
      this.group = draw(svg, "g", { class: "townmap-towns" });
      this.shapes = geometry.path.map((d) => draw(this.group, "path", { d, class: "kout" }));
      this.indexOf = new Map(this.shapes.map((shape, index) => [shape, index]));
    }

    /** Give changed towns their new class; answers how many changed. */
    paint(classes, before) {
      let changed = 0;
      for (let index = 0; index < classes.length; index += 1) {
        const key = classes[index];
        if (key === before[index]) continue;
        this.shapes[index].setAttribute("class", key === " " ? "kout" : "k" + key);
        changed += 1;
      }
      return changed;
    }

    /** Index of the town under the pointer, -1 on water. */
    at(event) {
      const index = this.indexOf.get(event.target);
      return index === undefined ? -1 : index;
    }

    restyle() {}
    view() {}
    remove() { this.group.remove(); }
  }

  /** What lies over the towns and never takes the pointer: county lines, hollow towns, marks, hover and selection. */
  class Overlay {
    constructor(svg, geometry) {
      this.geometry = geometry;
      this.group = draw(svg, "g", { class: "townmap-over" });
      this.hollow = draw(this.group, "path", { class: "townmap-hollow" });
      this.counties = draw(this.group, "path", { class: "townmap-counties" });
      this.counties.setAttribute("d", (geometry.outlines || []).map((each) => each.path).join(""));
      this.chosen = ["townmap-chosen-halo", "townmap-chosen"].map((name) => draw(this.group, "path", { class: name }));
      this.pointed = ["townmap-pointed-halo", "townmap-pointed"].map((name) => draw(this.group, "path", { class: name }));
      this.marks = draw(this.group, "g", { class: "townmap-marks" });
    }

    outline(paths, index) {
      for (const each of paths) each.setAttribute("d", index < 0 ? "" : this.geometry.path[index]);
    }

    /** Outline the towns of the classes whose texture is "outline". */
    outlineHollow(classes, legend) {
      const keys = legend.filter((entry) => entry.texture === "outline").map((entry) => entry.key);
      const hollow = keys.length ? this.geometry.path.filter((_, index) => keys.includes(classes[index])) : [];
      const d = hollow.join("");
      if (d !== this.hollow.getAttribute("d")) this.hollow.setAttribute("d", d);
    }

    mark(indices) {
      this.marks.replaceChildren();
      for (const index of indices) {
        const [cx, cy] = this.geometry.label[index];
        draw(this.marks, "circle", { cx, cy, r: 0 });
      }
    }

    /** Marks keep their size on screen. */
    scale(unit) {
      for (const circle of this.marks.children) circle.setAttribute("r", (5 * unit).toFixed(2));
    }

    remove() { this.group.remove(); }
  }

  /** Bounding boxes of the paths ("M x y l dx dy ... z", whole numbers), four numbers a place: x0 y0 x1 y1. */
  function boxes(paths) {
    const found = new Float64Array(paths.length * 4);
    paths.forEach((path, index) => found.set(box(path), index * 4));
    return found;
  }

  function box(path) {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of path.split("M")) {
      const numbers = ring.match(/-?\d+(\.\d+)?/g) || [];
      let [x, y] = [0, 0];
      for (let at = 0; at + 1 < numbers.length; at += 2) {
        x += Number(numbers[at]);
        y += Number(numbers[at + 1]);
        x0 = Math.min(x0, x);
        y0 = Math.min(y0, y);
        x1 = Math.max(x1, x);
        y1 = Math.max(y1, y);
      }
    }
    return [x0, y0, x1, y1];
  }

  Object.assign(parts, { draw, textured, Palette, SvgTowns, Overlay, boxes });
})();
