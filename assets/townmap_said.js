/* Where something was said: a speech bubble above the town, of one size at any zoom, so that no mark rests on a colour.
   A mark is {geoids, name, words}; one of several towns, an area, stands at the town nearest to the middle of them. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const BUBBLE = "M-9-17h18a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-5.5l-3.5 4.5-3.5-4.5h-5.5a3 3 0 0 1-3-3v-7a3 3 0 0 1 3-3z";
  const LINES = "M-7.5-12.5h15M-7.5-8.5h9";

  function bubble(parent, transform) {
    const group = parts.draw(parent, "g", { class: "townmap-bubble", ...(transform && { transform }) });
    parts.draw(group, "path", { d: BUBBLE, class: "townmap-bubble-body" });
    parts.draw(group, "path", { d: LINES, class: "townmap-bubble-lines" });
    return group;
  }

  class Said {
    constructor(parent, geometry, indexOf) {
      Object.assign(this, { geometry, indexOf, placed: [], byTown: new Map(), marks: null });
      this.group = parts.draw(parent, "g", { class: "townmap-said" });
    }

    /** Show these marks, drawn anew only when they are others. */
    set(marks, unit) {
      if (marks === this.marks) return;
      Object.assign(this, { marks, placed: [], byTown: new Map() });
      this.group.replaceChildren();
      const taken = new Set();
      for (const mark of [...marks].sort((a, b) => a.geoids.length - b.geoids.length)) this.add(mark, taken);
      this.scale(unit);
    }

    add(mark, taken) {
      const members = mark.geoids.map((geoid) => this.indexOf.get(geoid)).filter((index) => index !== undefined);
      if (!members.length) return;
      for (const index of members) this.byTown.set(index, [...(this.byTown.get(index) || []), mark]);
      const free = members.filter((index) => !taken.has(index));
      const at = parts.middle((free.length ? free : members).map((index) => this.geometry.label[index]));
      taken.add(members.find((index) => this.geometry.label[index] === at));
      this.placed.push([bubble(this.group), at]);
    }

    /** Bubbles keep their size on screen: `unit` is map units a pixel. */
    scale(unit) {
      for (const [element, [x, y]] of this.placed) element.setAttribute("transform", `translate(${x} ${y}) scale(${unit.toFixed(4)})`);
    }

    /** What is told of a town: how much was said of it and of its area, nothing where nothing was. */
    said(index, words) {
      return (this.byTown.get(index) || []).map((mark) => parts.fill(words.said_here, mark));
    }

    /** The same as a cell of the table twin. */
    cell(index) {
      return (this.byTown.get(index) || []).map((mark) => mark.words).join("; ");
    }
  }

  /** A legend entry where a mark is on the map. */
  const saidLegend = (marks, words) => (marks.length ? [{ texture: "said_mark", label: words.said, bubble: true }] : []);

  /** The bubble as a swatch. */
  const saidSwatch = (swatch) => bubble(parts.draw(swatch, "g", { class: "townmap-over" }), "translate(14 16) scale(.85)");

  Object.assign(parts, { Said, saidLegend, saidSwatch });
})();
