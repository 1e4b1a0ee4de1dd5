/* The table that says what the map shows: by name, never by size, and a word wherever there is no number.
   Rows are written when its <details> is first opened, and again when the picture changes while it is open. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const AT_ONCE = 1000; // rows a frame: thousands of places must not stop the page

  const TEXTS = ["place", "county", "status", "told", "highest", "said"];
  const NOTHING_SAID = "–";

  /** Names and sentences begin at the left, numbers and the words in their place end at the right. */
  const look = (column) => (TEXTS.includes(column) ? "tabletwin-text" : undefined);

  class TableTwin {
    constructor(element) {
      this.element = element;
      this.details = element.closest("details");
      this.stale = false;
      this.marks = [];
      if (this.details) this.details.addEventListener("toggle", () => this.write());
    }

    /** Show these places; the words and columns are the payload's `table`. */
    show(geometry, payload) {
      Object.assign(this, { geometry, payload, stale: true });
      this.write();
    }

    /** A column more of what was said about places: {geoids, name, words}; none where nothing was. */
    tell(marks) {
      this.marks = marks || [];
      this.stale = Boolean(this.payload);
      this.write();
    }

    write() {
      if (!this.stale || (this.details && !this.details.open)) return;
      this.stale = false;
      const { caption, head, columns, rows } = this.withSaid(this.payload.table);
      const lookAt = (at) => look(columns[at]);
      if (this.holder) this.holder.remove();
      this.holder = parts.make(this.element, "div", { class: "tabletwin", role: "region", tabindex: "0", "aria-label": caption });
      const body = parts.table(this.holder, { caption, head, look: lookAt });
      if (rows) parts.textRows(body, rows, lookAt); // areas that are larger than the shapes on the map
      else this.rows(body, parts.inOrder(this.geometry, this.payload.classes), columns);
    }

    /** The table with a column more where something was said. */
    withSaid(table) {
      if (!this.marks.length) return table;
      return {
        ...table, head: [...table.head, parts.words(this.payload).said_head], columns: [...table.columns, "said"],
        rows: table.rows && table.rows.map((row) => [...row, this.saidOf((mark) => mark.name === row[0])]),
      };
    }

    saidOf(fits) {
      return this.marks.filter(fits).map((mark) => mark.words).join("; ") || NOTHING_SAID;
    }

    rows(body, indices, columns) {
      for (const index of indices.slice(0, AT_ONCE)) this.row(body, index, columns);
      const rest = indices.slice(AT_ONCE);
      if (rest.length) requestAnimationFrame(() => body.isConnected && this.rows(body, rest, columns));
    }

    row(body, index, columns) {
      const row = parts.make(body, "tr");
      for (const column of columns) {
        if (column === "place") parts.make(row, "th", { scope: "row", class: look(column) }, this.geometry.name[index]);
        else this.cell(row, column, index);
      }
    }

    cell(row, column, index) {
      const geoid = this.geometry.geoid[index];
      if (column === "said") return parts.make(row, "td", { class: look(column) }, this.saidOf((mark) => mark.geoids.includes(geoid)));
      if (column === "county") return parts.make(row, "td", { class: look(column) }, parts.countyName(this.geometry, index));
      const text = parts.valueText(column, this.payload.columns[column][index]);
      if (text !== undefined) return parts.make(row, "td", { class: look(column) }, text);
      const words = parts.words(this.payload);
      return parts.make(row, "td", { class: "tabletwin-word" }, words[parts.STATES[this.payload.states[index]]] || words.unknown);
    }
  }

  window.TableTwin = TableTwin;
})();
