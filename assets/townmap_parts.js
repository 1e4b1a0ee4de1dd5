/* The small parts around the picture: legend, tooltip, zoom buttons, and what a screen reader hears. */
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
  function writeLegend(list, payload, words, told = []) {
    const entries = parts.flatLegend(payload).filter((each) => !STATE_KEYS.includes(each.key) || payload.classes.includes(each.key));
    const circled = (payload.mark || []).length && payload.mark_label ? [{ label: payload.mark_label, texture: "ring" }] : [];
    const drawn = [...parts.clusterLegend(payload.outlines || [], words), ...parts.siteLegend(payload.sites || [], words), ...parts.saidLegend(told, words)];
    const written = JSON.stringify([entries, circled, drawn, words.legend, payload.bivariate && [payload.bivariate, payload.classes]]);
    if (list.townmapWritten === written) return;
    list.townmapWritten = written;
    list.setAttribute("aria-label", words.legend);
    list.replaceChildren();
    if (payload.bivariate) parts.writeBivariate(list, payload, words);
    for (const entry of [...entries, ...circled, ...drawn]) {
      const item = make(list, "li");
      drawSwatch(parts.draw(item, "svg", { class: "townmap-swatch", width: 28, height: 18, "aria-hidden": "true" }), entry);
      make(item, "span", {}, words[entry.texture] ? parts.fill(words[entry.texture], entry) : entry.label);
    }
  }

  function drawSwatch(swatch, entry) {
    if (entry.cluster) parts.clusterSwatch(swatch, entry.cluster);
    else if (entry.site) parts.siteSwatch(swatch, entry.site);
    else if (entry.bubble) parts.saidSwatch(swatch);
    else if (entry.texture === "ring") parts.draw(swatch, "circle", { class: "townmap-ring", cx: 14, cy: 9, r: 5 });
    else parts.draw(swatch, "rect", { x: 1, y: 1, width: 26, height: 16, rx: 2, class: swatchClass(entry) });
  }

  const swatchClass = (entry) => `q${entry.key}` + (entry.texture === "outline" ? " townmap-swatch-hollow" : "");

  /** A tooltip beside `anchor` (left, top, right, bottom in window pixels), inside the window, never over the anchor. */
  class Tooltip {
    constructor(parent) {
      this.parent = parent;
      this.element = make(parent, "div", { class: "townmap-tooltip", "aria-hidden": "true", hidden: "" });
    }

    show(place, sentence, anchor) {
      this.write(place, sentence);
      this.element.hidden = false;
      const [left, top] = beside(anchor, this.element.offsetWidth, this.element.offsetHeight);
      const from = this.parent.getBoundingClientRect(); // placed in the page, so that it scrolls with its town
      this.element.style.transform = `translate(${Math.round(left - from.left)}px, ${Math.round(top - from.top)}px)`;
    }

    write(place, sentence) {
      if (this.element.textContent === sentence) return;
      const named = sentence.startsWith(place);
      this.element.replaceChildren();
      make(this.element, "strong", {}, named ? place : "");
      this.element.append(named ? sentence.slice(place.length) : sentence);
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

  /** The active option of the list box, and a live region for what is no option. */
  class Voice {
    constructor(root, frame, id) {
      this.frame = frame;
      this.options = [0, 1].map((each) => make(frame, "div", {
        class: "townmap-unseen", role: "option", id: `${id}-option${each}`, "aria-selected": "false", hidden: "",
      }));
      this.status = make(root, "p", { class: "townmap-unseen", role: "status" });
    }

    /** Say a town through the option whose turn it is: number `at` of `of`. */
    option(text, at, of, chosen) {
      this.options.reverse();
      const [now, before] = this.options;
      before.hidden = true;
      now.hidden = false;
      now.textContent = text;
      now.setAttribute("aria-posinset", at);
      now.setAttribute("aria-setsize", of);
      this.chosen(chosen);
      this.frame.setAttribute("aria-activedescendant", now.id);
    }

    chosen(yes) {
      this.options[0].setAttribute("aria-selected", String(yes));
    }

    say(text) {
      this.status.textContent = text;
    }
  }

  Object.assign(parts, { make, writeLegend, Tooltip, ZoomButtons, Voice });
})();
