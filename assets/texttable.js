/* Tables of texts: an element with data-cells holds head, rows and caption, and the table is written into it here.
   Dash keeps account of every component on the page at every answer, so a table of cells would slow each of them. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const ATTRIBUTE = "data-cells";
  const plain = () => undefined;

  /** A table with its caption and heads inside `holder`, and its body, still empty; `look` gives the class of a column. */
  function table(holder, { caption, head, look = plain, ...attributes }) {
    const made = parts.make(holder, "table", attributes);
    parts.make(made, "caption", {}, caption);
    const names = parts.make(parts.make(made, "thead"), "tr");
    head.forEach((name, at) => parts.make(names, "th", { scope: "col", class: look(at) }, name));
    return parts.make(made, "tbody");
  }

  /** Rows that come as texts, the first of each its head. */
  function textRows(body, rows, look = plain) {
    for (const [name, ...cells] of rows) {
      const row = parts.make(body, "tr");
      parts.make(row, "th", { scope: "row", class: look(0) }, name);
      for (const cell of cells) parts.make(row, "td", {}, cell);
    }
  }

  function write(holder) {
    const { caption, head, rows } = JSON.parse(holder.getAttribute(ATTRIBUTE));
    holder.replaceChildren();
    textRows(table(holder, { caption, head, class: "text-table" }), rows);
  }

  Object.assign(parts, { table, textRows });
  queueMicrotask(() => document.querySelectorAll(`[${ATTRIBUTE}]`).forEach(write)); // once the scripts after this one have run
  parts.follow(ATTRIBUTE, write);
})();
