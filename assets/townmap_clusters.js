/* Clusters on the map: one line round the towns of each, with its letter. A cluster is {geoids, label, kind}.
   Neighbours share their borders corner by corner (the shapes are simplified together and lie on whole numbers), so a
   segment that two members have is inside, and what is left over is the border of their union. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const KINDS = ["sure", "unsure", "emerging"];
  const known = (kind) => (KINDS.includes(kind) ? kind : "sure");

  /** The corners of every ring of a path ("M x y l dx dy ... z"), as "x y" texts. */
  function rings(path) {
    return path.split("M").slice(1).map((ring) => {
      const numbers = (ring.match(/-?\d+(\.\d+)?/g) || []).map(Number);
      const found = [];
      let [x, y] = [0, 0];
      for (let at = 0; at + 1 < numbers.length; at += 2) {
        x += numbers[at];
        y += numbers[at + 1];
        found.push(`${x} ${y}`);
      }
      return found;
    });
  }

  /** Segments that belong to one of the paths only: key "from|to" with the smaller corner first -> [from, to]. */
  function border(paths) {
    const left = new Map();
    for (const ring of paths.flatMap(rings)) {
      ring.forEach((from, at) => {
        const to = ring[(at + 1) % ring.length];
        const key = from < to ? `${from}|${to}` : `${to}|${from}`;
        if (!left.delete(key) && from !== to) left.set(key, [from, to]);
      });
    }
    return left;
  }

  /** The path round the union: segments joined end to end, so that dashes run on round the corners. */
  function union(paths) {
    const left = border(paths);
    const at = new Map();
    for (const [key, ends] of left) for (const end of ends) at.set(end, [...(at.get(end) || []), key]);
    let d = "";
    for (const [key, [start, second]] of left) {
      if (!left.delete(key)) continue;
      const ring = [start];
      let corner = second;
      while (corner !== start) {
        ring.push(corner);
        const next = at.get(corner).find((each) => left.has(each));
        if (!next) break; // an open end: shapes that were not simplified together
        const [from, to] = left.get(next);
        left.delete(next);
        corner = from === corner ? to : from;
      }
      d += `M${ring.join("L")}${corner === start ? "z" : ""}`;
    }
    return d;
  }

  /** Where the letter stands: the label of the member nearest to the middle of all, so that it lies inside. */
  function middle(points) {
    const [x, y] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
    const far = ([px, py]) => Math.hypot(px - x, py - y);
    return points.reduce((best, point) => (far(point) < far(best) ? point : best));
  }

  class Clusters {
    /** Lines go below `before`, so that the town pointed at or chosen stays visible; letters go on top. */
    constructor(parent, before, geometry, indexOf) {
      Object.assign(this, { geometry, indexOf, letters: [], byTown: new Map(), written: "[]" });
      this.lines = parts.draw(parent, "g", { class: "townmap-clusters" });
      parent.insertBefore(this.lines, before);
      this.group = parts.draw(parent, "g", { class: "townmap-letters" });
    }

    /** Show these clusters, drawn anew only when they are others. */
    set(clusters, unit) {
      const written = JSON.stringify(clusters);
      if (written === this.written) return;
      this.written = written;
      for (const each of [this.lines, this.group]) each.replaceChildren();
      this.letters = [];
      this.byTown = new Map();
      for (const cluster of clusters) this.add(cluster);
      this.scale(unit);
    }

    add(cluster) {
      const members = cluster.geoids.map((geoid) => this.indexOf.get(geoid)).filter((index) => index !== undefined);
      if (!members.length) return;
      for (const geoid of cluster.geoids) this.byTown.set(geoid, [...(this.byTown.get(geoid) || []), cluster]);
      const d = union(members.map((index) => this.geometry.path[index]));
      for (const name of ["townmap-cluster-halo", `townmap-cluster townmap-cluster-${known(cluster.kind)}`]) {
        parts.draw(this.lines, "path", { d, class: name });
      }
      const element = parts.draw(this.group, "g", { class: "townmap-letter" });
      const half = 4.5 + 4 * String(cluster.label).length;
      parts.draw(element, "rect", { x: -half, y: -9.5, width: 2 * half, height: 19, rx: 9.5 });
      parts.draw(element, "text", { y: 4.5 }).textContent = cluster.label;
      this.letters.push([element, middle(members.map((index) => this.geometry.label[index]))]);
    }

    /** Letters keep their size on screen. */
    scale(unit) {
      for (const [element, [x, y]] of this.letters) element.setAttribute("transform", `translate(${x} ${y}) scale(${unit.toFixed(4)})`);
    }

    /** What is said of a town's clusters, nothing where it is in none. */
    said(geoid, words) {
      return (this.byTown.get(geoid) || []).map((cluster) => parts.fill(words[`in_${known(cluster.kind)}`], { label: cluster.label }));
    }
  }

  /** Legend entries of the kinds that are there. */
  function clusterLegend(clusters, words) {
    const present = new Set(clusters.map((cluster) => known(cluster.kind)));
    return KINDS.filter((kind) => present.has(kind)).map((kind) => ({ texture: `cluster_${kind}_line`, label: words[`cluster_${kind}`], cluster: kind }));
  }

  /** The line of a kind as a swatch. */
  function clusterSwatch(swatch, kind) {
    const group = parts.draw(swatch, "g", { class: "townmap-over" });
    parts.draw(group, "path", { d: "M2 9H26", class: `townmap-cluster townmap-cluster-${kind}` });
  }

  Object.assign(parts, { Clusters, union, middle, clusterLegend, clusterSwatch });
})();
