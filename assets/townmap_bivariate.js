/* Two things at once: nine colours, three by three, and a legend that is a small table.
   bivariate: {across, down, fills, labels}: fills[row][column] is the fill of the class 1 + 3 * row + column ("1" to
   "9"); labels: {across: [three texts], down: [three texts]}. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});

  const keyOf = (row, column) => String(1 + 3 * row + column);

  /** The payload's legend, with the nine classes where it has two things at once. */
  function wholeLegend(payload) {
    if (!payload.bivariate) return payload.legend;
    const own = new Set(payload.legend.map((entry) => entry.key));
    const nine = payload.bivariate.fills.flatMap((row, r) => row.map((fill, c) => ({ key: keyOf(r, c), label: "", fill, texture: "" })));
    return [...nine.filter((entry) => !own.has(entry.key)), ...payload.legend];
  }

  /** The classes that the flat legend still has to explain. */
  function flatLegend(payload) {
    return payload.bivariate ? payload.legend.filter((entry) => !/[1-9]/.test(entry.key)) : payload.legend;
  }

  function writeBivariate(list, payload, words) {
    const { across, down, labels } = payload.bivariate;
    const item = parts.make(list, "li", { class: "townmap-bivariate" });
    const table = parts.make(item, "table");
    parts.make(table, "caption", {}, parts.fill(words.bivariate, { across, down }));
    const head = parts.make(parts.make(table, "thead"), "tr");
    parts.make(head, "td");
    for (const label of labels.across) parts.make(head, "th", { scope: "col" }, label);
    const body = parts.make(table, "tbody");
    labels.down.forEach((label, row) => {
      const line = parts.make(body, "tr");
      parts.make(line, "th", { scope: "row" }, label);
      labels.across.forEach((_, column) => writeCell(line, keyOf(row, column), payload, words));
    });
  }

  /** A swatch; to a screen reader, how many towns have its colour. */
  function writeCell(line, key, payload, words) {
    const cell = parts.make(line, "td");
    const swatch = parts.draw(cell, "svg", { class: "townmap-swatch", width: 44, height: 24, "aria-hidden": "true" });
    parts.draw(swatch, "rect", { x: 1, y: 1, width: 42, height: 22, rx: 2, class: `q${key}` });
    const count = payload.classes.split(key).length - 1;
    parts.make(cell, "span", { class: "townmap-unseen" }, parts.fill(count === 1 ? words.one_town : words.towns, { count }));
  }

  Object.assign(parts, { wholeLegend, flatLegend, writeBivariate });
})();
