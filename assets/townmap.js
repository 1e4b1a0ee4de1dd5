/* The town map: geometry once, one class character a town, a repaint in a few milliseconds. Knows no Dash.

   const map = new TownMap(element, { onSelect(geoid), onHover(geoid) });
   map.geometry(json); map.paint(payload); map.select(geoid); map.search(text); map.tell(marks);

   One payload: classes (a character a town, blank: not in the chosen part), legend [{key, label, fill, texture}] with
   keys 0-9 and z u s n, sentence (a template a state), states (v z u s n), columns {name: [values]}, and if wanted
   title, selected, mark [{geoid, label}] with mark_label, table {caption, head, columns}, words (see townmap_words.js),
   sites [{lon, lat, label, kind, geoid}] (townmap_sites.js), outlines [{geoids, label, kind}] (townmap_clusters.js),
   bivariate {across, down, fills, labels} (townmap_bivariate.js). What was said stays over payloads (townmap_said.js).

   For assistive technology the map is a list box, one tab stop, whose active option is the current town's sentence.
   role="img" would leave the arrow keys to the screen reader's reading mode; role="application" silences the rest of
   its commands. A list box passes arrows and letters on to us by itself, in every screen reader. There are two option
   elements, used in turn, not one a town: a new active option is always announced, the canvas works alike, and 36,000
   towns cost nothing. The live region speaks only of what is no option: chosen, cleared, nothing found. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const CANVAS_BEYOND = 2000; // 3,108 counties change 1.3 to 1.7 times quicker so (decision 0105)
  let made = 0;

  class TownMap {
    constructor(element, { onSelect, onHover } = {}) {
      const id = `townmap${(made += 1)}`;
      Object.assign(this, { onSelect, onHover, id, shape: null, payload: null, classes: "", sorted: null });
      Object.assign(this, { current: -1, pointed: -1, chosen: -1, mask: "", told: [] });
      this.build(element);
      this.listen();
    }

    build(element) {
      const { make, draw } = parts;
      this.root = make(element, "div", { class: "townmap" });
      this.stage = make(this.root, "div", { class: "townmap-stage" });
      this.frame = make(this.stage, "div", {
        class: "townmap-frame", role: "listbox", tabindex: "0", "aria-describedby": `${this.id}-help`,
      });
      this.svg = draw(this.frame, "svg", { class: "townmap-picture", "aria-hidden": "true", focusable: "false" });
      this.defs = draw(this.svg, "defs");
      this.voice = new parts.Voice(this.root, this.frame, this.id);
      this.view = new parts.View(this.frame, this.svg, (box, unit) => this.viewed(box, unit));
      this.buttons = new parts.ZoomButtons(this.stage, this.view);
      this.note = make(this.stage, "p", { class: "townmap-note", hidden: "" });
      this.help = make(this.stage, "p", { class: "townmap-help", id: `${this.id}-help` });
      this.legend = make(this.root, "ol", { class: "townmap-legend" });
      this.tooltip = new parts.Tooltip(this.root);
      this.palette = new parts.Palette(this.root, this.defs, this.id);
    }

    /** Take new shapes; the next paint() must be of the same length. */
    geometry(shape) {
      if (shape === this.shape) return;
      for (const layer of [this.towns, this.overlay]) if (layer) layer.remove();
      const canvas = shape.path.length > CANVAS_BEYOND;
      Object.assign(this, { shape, payload: null, classes: "", mask: "", current: -1, pointed: -1, chosen: -1 });
      this.boxes = parts.boxes(shape.path);
      this.indexOf = new Map(shape.geoid.map((geoid, index) => [geoid, index]));
      this.towns = canvas ? new parts.CanvasTowns(this.svg, shape, this.boxes) : new parts.SvgTowns(this.svg, shape);
      this.overlay = new parts.Overlay(this.svg, shape);
      this.sites = new parts.Sites(this.overlay.group, shape, this.indexOf);
      this.clusters = new parts.Clusters(this.overlay.group, this.overlay.chosen[0], shape, this.indexOf);
      this.bubbles = new parts.Said(this.overlay.group, shape, this.indexOf);
      this.view.slow = canvas;
      this.view.home = null;
      this.stage.style.setProperty("--townmap-aspect", `${shape.width} / ${shape.height}`);
      this.note.hidden = !shape.schematic;
    }

    /** Show a payload; answers how many towns changed. */
    paint(payload) {
      if (!this.shape) throw new Error("townmap: paint() before geometry(): give the shapes first");
      if (payload.classes.length !== this.shape.path.length) {
        throw new Error(`townmap: ${payload.classes.length} classes for ${this.shape.path.length} shapes: ` +
          "the payload must be made for this geometry");
      }
      const before = this.classes;
      const legend = parts.wholeLegend(payload);
      const restyled = this.palette.set(legend);
      Object.assign(this, { payload, classes: payload.classes, words: parts.words(payload) });
      if (restyled) this.towns.restyle(legend);
      if (restyled && this.view.box) this.palette.scale(this.view.unit());
      const changed = this.towns.paint(payload.classes, restyled && this.view.slow ? "" : before);
      this.overlay.outlineHollow(payload.classes, payload.legend);
      this.frameTowns();
      this.write(payload);
      if (payload.selected !== undefined) this.choose(this.known(payload.selected));
      this.describeSoon();
      return changed;
    }

    /** Fit the towns of the chosen part when another part is chosen. */
    frameTowns() {
      const mask = this.classes.replace(/[^ ]/g, "x");
      if (mask === this.mask && this.view.home) return;
      this.mask = mask;
      this.sorted = null;
      if (this.classes[this.current] === " ") this.current = -1;
      this.view.setHome(parts.visibleBox(this.shape, this.boxes, this.classes));
    }

    /** Towns of the chosen part by name, sorted when first asked for. */
    get order() {
      if (!this.sorted) this.sorted = this.payload ? parts.inOrder(this.shape, this.classes) : [];
      return this.sorted;
    }

    write(payload) {
      this.frame.setAttribute("aria-label", payload.title || this.words.map);
      this.help.textContent = this.words.help;
      this.note.textContent = this.words.schematic;
      this.buttons.say(this.words);
      parts.writeLegend(this.legend, payload, this.words, this.told);
      this.overlay.mark((payload.mark || []).map((each) => this.known(each.geoid)).filter((index) => index >= 0));
      this.overlay.scale(this.view.unit());
      this.sites.set(payload.sites || [], this.view.unit());
      this.clusters.set(payload.outlines || [], this.view.unit());
      this.bubbles.set(this.told, this.view.unit());
      if (this.pointed >= 0) this.point(this.classes[this.pointed] === " " ? -1 : this.pointed);
      else this.tooltip.hide();
    }

    /** Mark the places of which something was said: {geoids, name, words}; the marks stay until others are told. */
    tell(marks) {
      this.told = marks || [];
      if (!this.payload) return;
      this.bubbles.set(this.told, this.view.unit());
      parts.writeLegend(this.legend, this.payload, this.words, this.told);
      this.describeSoon();
    }

    /** Choose a town without telling onSelect; "" for none. */
    select(geoid) {
      this.choose(this.known(geoid));
    }

    /** Geoids of the places a text may mean, best first; the first becomes the current town. */
    search(text) {
      const sought = parts.fold(text);
      const rank = (name) => (name.startsWith(sought) ? 0 : name.includes(" " + sought) ? 1 : name.includes(sought) ? 2 : 3);
      const found = this.order.map((index) => [rank(parts.fold(this.shape.name[index])), index])
        .filter(([worth]) => sought && worth < 3).sort((a, b) => a[0] - b[0]).map(([, index]) => index);
      if (found.length) this.go(found[0]);
      return found.map((index) => this.shape.geoid[index]);
    }

    known(geoid) {
      const index = geoid ? this.indexOf.get(geoid) : undefined;
      return index === undefined ? -1 : index;
    }

    viewed(box, unit) {
      const { width, height } = this.view.size();
      this.towns.view(box, width, height);
      this.palette.scale(unit);
      for (const layer of [this.overlay, this.sites, this.clusters, this.bubbles]) layer.scale(unit);
      this.buttons.zoomed(this.view.zoomed());
      if (this.pointed >= 0) this.point(document.activeElement === this.frame ? this.pointed : -1);
    }

    listen() {
      const drag = parts.draggable(this.frame, this.view);
      this.frame.addEventListener("pointermove", (event) => this.moved(event, drag));
      this.frame.addEventListener("pointerleave", () => this.point(-1));
      this.frame.addEventListener("click", (event) => this.clicked(event, drag));
      this.frame.addEventListener("focus", () => this.order.length && this.focused());
      this.frame.addEventListener("blur", () => this.point(-1));
      parts.listenToKeys(this.frame, {
        step: (key) => this.go(this.current < 0 ? this.start() : parts.step(this.shape, this.classes, this.current, key)),
        first: () => this.go(this.order[0]),
        last: () => this.go(this.order[this.order.length - 1]),
        choose: () => this.current >= 0 && this.decide(this.current),
        clear: () => { this.tooltip.hide(); this.decide(-1); },
        type: (text) => this.type(text),
        closer: () => this.view.zoom(1.8, this.current >= 0 ? this.shape.label[this.current] : null),
        further: () => this.view.zoom(1 / 1.8),
        whole: () => this.view.reset(),
      });
    }

    moved(event, drag) {
      if (!this.payload || event.pointerType === "touch") return;
      if (drag.dragging()) return this.point(-1);
      const index = this.towns.at(event);
      const town = index >= 0 && this.classes[index] !== " " ? index : -1;
      const spot = { left: event.clientX - 6, right: event.clientX + 6, top: event.clientY - 6, bottom: event.clientY + 14 };
      this.point(town, spot);
      const met = this.sites.near(this.view.onMap(event.clientX, event.clientY));
      if (met.length) this.tooltip.show(met[0].label, parts.siteWords(met, this.words), spot);
    }

    clicked(event, drag) {
      if (!this.payload || drag.dragged()) return;
      const index = this.towns.at(event);
      if (index < 0 || this.classes[index] === " ") return this.point(-1);
      this.current = index;
      this.frame.focus({ preventScroll: true });
      this.describe(index);
      this.point(index);
      this.decide(index);
    }

    /** Where the keyboard begins: the chosen town, else the first by name. */
    start() {
      return this.chosen >= 0 && this.classes[this.chosen] !== " " ? this.chosen : this.order[0];
    }

    focused() {
      if (this.current < 0) this.current = this.start();
      this.describe(this.current);
      if (this.frame.matches(":focus-visible")) this.point(this.current);
    }

    type(text) {
      const sought = parts.fold(text);
      const found = this.order.find((index) => parts.fold(this.shape.name[index]).startsWith(sought));
      if (found === undefined) this.voice.say(parts.fill(this.words.no_match, { text }));
      else this.go(found);
    }

    /** Make a town the current one: seen, outlined and said. */
    go(index) {
      if (index === undefined) return;
      this.current = index;
      this.view.reveal(this.shape.label[index]);
      this.describe(index);
      this.point(index);
    }

    /** The option follows the new picture once it is on screen: first the paint, then the words. */
    describeSoon() {
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.describe(this.current < 0 ? this.start() : this.current), 30);
    }

    describe(index) {
      if (index === undefined) return; // no town is in the chosen part
      this.voice.option(this.sentence(index), this.order.indexOf(index) + 1, this.order.length, index === this.chosen);
    }

    sentence(index) {
      const mark = (this.payload.mark || []).find((each) => each.geoid === this.shape.geoid[index]);
      const geoid = this.shape.geoid[index];
      const said = [parts.sentence(this.shape, this.payload, index), mark && mark.label];
      said.push(...this.clusters.said(geoid, this.words), ...this.sites.said(geoid, this.words), ...this.bubbles.said(index, this.words));
      return said.filter(Boolean).join(". ");
    }

    /** Outline a town and show its tooltip at `anchor`, or beside the town; -1 for none. */
    point(index, anchor) {
      if (index !== this.pointed) {
        this.overlay.outline(this.overlay.pointed, index);
        if (this.onHover) this.onHover(index < 0 ? "" : this.shape.geoid[index]);
      }
      this.pointed = index;
      if (index < 0) this.tooltip.hide();
      else this.tooltip.show(this.shape.name[index], this.sentence(index), anchor || this.onScreen(index));
    }

    onScreen(index) {
      const [x0, y0, x1, y1] = this.boxes.subarray(index * 4, index * 4 + 4);
      const [left, top] = this.view.onScreen([x0, y0]);
      const [right, bottom] = this.view.onScreen([x1, y1]);
      return { left, top, right, bottom };
    }

    choose(index) {
      this.chosen = index;
      this.overlay.outline(this.overlay.chosen, index);
      this.voice.chosen(index >= 0 && index === this.current);
    }

    /** A person chose a town (-1: none). */
    decide(index) {
      if (index === this.chosen) return;
      this.choose(index);
      const place = index < 0 ? "" : this.shape.name[index];
      this.voice.say(index < 0 ? this.words.cleared : parts.fill(this.words.chosen, { place }));
      if (this.onSelect) this.onSelect(index < 0 ? "" : this.shape.geoid[index]);
    }
  }

  const loading = new Map();

  /** The geometry at an address, fetched once; `<link rel="preload" as="fetch" crossorigin>` fits it. */
  TownMap.load = function (url) {
    if (!loading.has(url)) {
      const asked = fetch(url).then((answer) => {
        if (!answer.ok) throw new Error(`townmap: ${url} answered ${answer.status}`);
        return answer.json();
      });
      asked.catch(() => loading.delete(url)); // so that the next paint asks again
      loading.set(url, asked);
    }
    return loading.get(url);
  };

  window.TownMap = TownMap;
})();
