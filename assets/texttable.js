/* Tables of texts: an element with data-cells holds head, rows and caption, and the table is written into it here.
   Dash keeps account of every component on the page at every answer, so a table of cells would slow each of them. */
(function () {
  "use strict";
  const ATTRIBUTE = "data-cells";

  function write(holder) {
    const { make } = window.TownMapParts;
    const { caption, head, rows } = JSON.parse(holder.getAttribute(ATTRIBUTE));
    holder.replaceChildren();
    const table = make(holder, "table", { class: "text-table" });
    make(table, "caption", {}, caption);
    const names = make(make(table, "thead"), "tr");
    for (const name of head) make(names, "th", { scope: "col" }, name);
    const body = make(table, "tbody");
    for (const [name, ...cells] of rows) {
      const row = make(body, "tr");
      make(row, "th", { scope: "row" }, name);
      for (const cell of cells) make(row, "td", {}, cell);
    }
  }

  /** Write the tables that came with these changes of the document, and those whose numbers changed. */
  function follow(changes) {
    const holders = new Set();
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") holders.add(target);
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.hasAttribute(ATTRIBUTE)) holders.add(node);
        for (const each of node.querySelectorAll(`[${ATTRIBUTE}]`)) holders.add(each);
      }
    }
    holders.forEach(write);
  }

  queueMicrotask(() => document.querySelectorAll(`[${ATTRIBUTE}]`).forEach(write)); // once the scripts after this one have run
  new MutationObserver(follow).observe(document, { childList: true, subtree: true, attributeFilter: [ATTRIBUTE] });
})();
