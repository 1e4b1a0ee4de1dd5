/* The map: words beside the pointer, and arrow keys from town to town. The picture reads without it. */
(function () {
  "use strict";
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const WIDEST = Math.cos((60 * Math.PI) / 180); // further off the arrow than this is another direction
  let made = 0;

  class TownMap {
    constructor(root) {
      this.root = root;
      this.svg = root.querySelector("svg");
      this.towns = [...this.svg.querySelectorAll("path[data-id]")].map(read).sort((a, b) => (a.said < b.said ? -1 : 1));
      if (!this.towns.length) return;
      this.byPath = new Map(this.towns.map((town) => [town.path, town]));
      this.current = null;
      this.build();
      this.listen();
    }

    build() {
      const id = `map${(made += 1)}`;
      const title = this.svg.querySelector("title").textContent;
      this.svg.setAttribute("aria-hidden", "true");
      for (const name of ["role", "aria-labelledby"]) this.svg.removeAttribute(name);
      this.svg.querySelectorAll(":scope > title").forEach((each) => each.remove());
      this.frame = add(this.root, "div", { class: "map-frame", role: "listbox", tabindex: "0", "aria-label": title,
        "aria-describedby": `${id}-keys` });
      this.frame.append(this.svg);
      add(this.root, "p", { class: "map-keys", id: `${id}-keys` }).textContent = this.root.dataset.keys;
      this.options = [0, 1].map((n) => add(this.frame, "div", { class: "unseen", role: "option",
        id: `${id}-${n}`, "aria-selected": "false", hidden: "" }));
      this.tip = add(this.root, "p", { class: "tip", "aria-hidden": "true", hidden: "" });
      this.ring = this.svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
      this.ring.setAttribute("class", "ring");
    }

    listen() {
      const at = (event) => this.byPath.get(event.target.closest && event.target.closest("path[data-id]"));
      const finger = (event) => event.pointerType === "touch"; // it leaves before it clicks
      this.svg.addEventListener("pointermove", (event) => {
        if (finger(event)) return;
        if (at(event)) this.show(at(event), event);
        else this.hide();
      });
      this.svg.addEventListener("pointerleave", (event) => finger(event) || this.hide());
      this.svg.addEventListener("click", (event) => {
        const town = at(event);
        if (!town) return this.hide();
        if (event.pointerType === "touch" && this.shown !== town) return this.show(town, event);
        this.open(town);
      });
      this.frame.addEventListener("keydown", (event) => this.key(event));
      this.frame.addEventListener("blur", () => this.hide());
    }

    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const acts = { Enter: () => this.current && this.open(this.current), Escape: () => this.hide(),
        Home: () => this.go(this.towns[0]), End: () => this.go(this.towns[this.towns.length - 1]) };
      const act = WAYS[event.key] ? () => this.step(WAYS[event.key]) : acts[event.key];
      const letter = /^\p{L}$/u.test(event.key) ? event.key.toLowerCase() : "";
      if (!act && !letter) return;
      event.preventDefault();
      if (act) act();
      else this.letter(letter);
    }

    step(way) {
      if (!this.current) return this.go(this.towns[0]);
      const from = this.middle(this.current);
      let best = this.current;
      let least = Infinity;
      for (const town of this.towns) {
        const to = this.middle(town);
        const [x, y] = [to[0] - from[0], to[1] - from[1]];
        const far = Math.hypot(x, y);
        const along = far ? (x * way[0] + y * way[1]) / far : 0;
        if (along > WIDEST && far * (2 - along) < least) [best, least] = [town, far * (2 - along)];
      }
      this.go(best);
    }

    letter(letter) {
      const starts = this.towns.filter((town) => town.said.toLowerCase().startsWith(letter));
      if (starts.length) this.go(starts[(starts.indexOf(this.current) + 1) % starts.length]);
    }

    middle(town) {
      if (!town.middle) {
        const box = town.path.getBoundingClientRect();
        const frame = this.svg.getBoundingClientRect();
        town.middle = [box.x + box.width / 2 - frame.x, box.y + box.height / 2 - frame.y];
      }
      return town.middle;
    }

    go(town) {
      this.current = town;
      const [now, before] = this.options[0].hidden ? this.options : [...this.options].reverse();
      now.hidden = false;
      now.textContent = town.said;
      now.setAttribute("aria-posinset", String(this.towns.indexOf(town) + 1));
      now.setAttribute("aria-setsize", String(this.towns.length));
      this.frame.setAttribute("aria-activedescendant", now.id);
      before.hidden = true;
      this.show(town);
    }

    show(town, event) {
      this.shown = town;
      this.tip.textContent = town.said;
      this.tip.hidden = false;
      this.ring.setAttribute("d", town.path.getAttribute("d"));
      this.ring.setAttribute("transform", town.path.parentNode.parentNode.getAttribute("transform") || "");
      this.place(town, event);
    }

    /** Beside the pointer, or below the middle of the town; always inside the map. */
    place(town, event) {
      const root = this.root.getBoundingClientRect();
      const svg = this.svg.getBoundingClientRect();
      const [x, y] = event ? [event.clientX - root.x, event.clientY - root.y]
        : [this.middle(town)[0] + svg.x - root.x, this.middle(town)[1] + svg.y - root.y];
      const wide = this.tip.offsetWidth;
      const left = Math.min(Math.max(x - wide / 2, 0), Math.max(root.width - wide, 0));
      const above = y - this.tip.offsetHeight - 14;
      this.tip.style.transform = `translate(${left}px, ${above < 0 ? y + 22 : above}px)`;
    }

    hide() {
      this.shown = null;
      this.tip.hidden = true;
      this.ring.removeAttribute("d");
    }

    open(town) {
      const href = town.path.dataset.to;
      if (!href) return;
      if (window.top === window) window.location.assign(href);
      else window.open(href, "_blank", "noopener");
    }
  }

  /** A town; its title moves out of the picture, or the browser would show it beside our words. */
  function read(path) {
    const title = path.querySelector("title");
    const said = title ? title.textContent : "";
    if (title) title.remove();
    return { path, said };
  }

  function add(parent, name, attributes) {
    const made = parent.appendChild(document.createElement(name));
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  window.CoalitionMaps = { start: (root) => root.querySelectorAll("[data-map]").forEach((each) => new TownMap(each)) };
})();
