/* The small parts around the picture: legend, tooltip, zoom buttons. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const STATE_KEYS = "zusn"; // classes that stand for a state; numbered classes are always in the legend

  /** A new HTML element inside `parent`; attributes that are not given as strings are left out. */
  function make(parent, name, attributes, text) {
    const element = document.createElement(name);
    for (const key of Object.keys(attributes || {})) {
      if (typeof attributes[key] === "string") element.setAttribute(key, attributes[key]);
    }
    if (text !== undefined) element.textContent = text;
    return parent.appendChild(element);
  }

  /** Write the classes in words, in the payload's order; a state that no town is in is left out. */
  function writeLegend(list, payload, words) {
    const entries = payload.legend.filter((each) => !STATE_KEYS.includes(each.key) || payload.classes.includes(each.key));
    const written = JSON.stringify([entries, words.legend]);
    if (list.townmapWritten === written) return;
    list.townmapWritten = written;
    list.setAttribute("aria-label", words.legend);
    list.replaceChildren();
    for (const entry of entries) {
      const item = make(list, "li");
      const swatch = parts.draw(item, "svg", { class: "townmap-swatch", width: 28, height: 18, "aria-hidden": "true" });
      const frame = entry.texture === "outline" ? "townmap-swatch-hollow" : "";
      parts.draw(swatch, "rect", { x: 1, y: 1, width: 26, height: 16, rx: 2, class: `q${entry.key} ${frame}` });
      make(item, "span", {}, words[entry.texture] ? parts.fill(words[entry.texture], entry) : entry.label);
    }
  }

  /** A tooltip beside `anchor` (left, top, right, bottom in window pixels), inside the window, never over the anchor. */
  class Tooltip {
    constructor(parent) {
      this.element = make(parent, "div", { class: "townmap-tooltip", "aria-hidden": "true", hidden: "" });
    }

    show(place, sentence, anchor) {
      const rest = sentence.startsWith(place) ? sentence.slice(place.length) : "";
      this.element.replaceChildren();
      make(this.element, "strong", {}, rest ? place : sentence);
      this.element.append(rest);
      this.element.hidden = false;
      const [left, top] = beside(anchor, this.element.offsetWidth, this.element.offsetHeight);
      this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    }

    hide() {
      this.element.hidden = true;
    }
  }

  const GAP = 12;

  /** Where a box of this size goes: above, below, right or left of the anchor, whichever has room first. */
  function beside(anchor, width, height) {
    const [across, down] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
    const middle = Math.min(Math.max(GAP / 2, (anchor.left + anchor.right - width) / 2), across - width - GAP / 2);
    const centre = Math.min(Math.max(GAP / 2, (anchor.top + anchor.bottom - height) / 2), down - height - GAP / 2);
    if (anchor.top - GAP - height > 0) return [middle, anchor.top - GAP - height];
    if (anchor.bottom + GAP + height < down) return [middle, anchor.bottom + GAP];
    if (anchor.right + GAP + width < across) return [anchor.right + GAP, centre];
    if (anchor.left - GAP - width > 0) return [anchor.left - GAP - width, centre];
    return [middle, Math.max(0, down - height - GAP / 2)];
  }

  /** Buttons to zoom. They stay focusable when they can do no more: aria-disabled, so that focus is never lost. */
  class ZoomButtons {
    constructor(parent, view) {
      this.group = make(parent, "div", { class: "townmap-zoom", role: "group" });
      this.closer = this.button("+", () => view.zoom(1.8));
      this.further = this.button("−", () => view.zoom(1 / 1.8));
      this.whole = this.button("⤢", () => view.reset());
    }

    button(sign, act) {
      const made = make(this.group, "button", { type: "button" });
      make(made, "span", { "aria-hidden": "true" }, sign);
      made.addEventListener("click", () => made.getAttribute("aria-disabled") !== "true" && act());
      return made;
    }

    say(words) {
      this.group.setAttribute("aria-label", words.zoom);
      const named = [[this.closer, words.zoom_in], [this.further, words.zoom_out], [this.whole, words.reset]];
      for (const [button, label] of named) {
        button.setAttribute("aria-label", label);
        button.title = label;
      }
    }

    zoomed(yes) {
      for (const button of [this.further, this.whole]) button.setAttribute("aria-disabled", String(!yes));
    }
  }

  Object.assign(parts, { make, writeLegend, Tooltip, ZoomButtons });
})();
