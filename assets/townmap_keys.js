/* Walking the map with the keyboard: arrows to the neighbour in that direction, letters to a name. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const WIDEST = Math.cos((55 * Math.PI) / 180); // further off the arrow than this is another direction
  const PAUSE_MS = 900; // typing goes on after a shorter pause than this

  /** Of `candidates`, the nearest that lies in the arrow's direction; -1 when none does. */
  function nearest(geometry, from, direction, candidates) {
    const [x, y] = geometry.label[from];
    let best = -1;
    let least = Infinity;
    for (const index of candidates) {
      const [right, down] = [geometry.label[index][0] - x, geometry.label[index][1] - y];
      const distance = Math.hypot(right, down);
      const along = (right * direction[0] + down * direction[1]) / distance;
      const cost = distance * (2 - along); // straight ahead counts for more than near
      if (distance > 0 && along > WIDEST && cost < least) [best, least] = [index, cost];
    }
    return best;
  }

  /** The place an arrow key leads to: a neighbour, else (an island, a coast) the nearest of all; stays when none is. */
  function step(geometry, classes, from, key) {
    const shown = (index) => index !== from && classes[index] !== " ";
    const beside = nearest(geometry, from, DIRECTIONS[key], (geometry.neighbours[from] || []).filter(shown));
    if (beside >= 0) return beside;
    const all = geometry.label.map((_, index) => index).filter(shown);
    const beyond = nearest(geometry, from, DIRECTIONS[key], all);
    return beyond >= 0 ? beyond : from;
  }

  /** Letters typed one after the other, as one text. */
  class TypeAhead {
    constructor() {
      Object.assign(this, { text: "", last: -Infinity });
    }

    /** Under way: a space is then part of the name and chooses nothing. */
    underWay() {
      return this.text !== "" && performance.now() - this.last < PAUSE_MS;
    }

    add(letter) {
      this.text = this.underWay() ? this.text + letter : letter;
      this.last = performance.now();
      return this.text;
    }
  }

  /** Call the action that belongs to a key; the keys the map does not know stay the browser's. */
  function listen(element, actions) {
    const typed = new TypeAhead();
    const named = {
      Home: actions.first, End: actions.last, Enter: actions.choose, Escape: actions.clear,
      "+": actions.closer, "=": actions.closer, "-": actions.further, "0": actions.whole,
    };
    function actionOf(key) {
      if (DIRECTIONS[key]) return () => actions.step(key);
      if (key === " " && !typed.underWay()) return actions.choose;
      if (named[key]) return named[key];
      return /^[\p{L}\p{M}' ]$/u.test(key) ? () => actions.type(typed.add(key)) : null;
    }
    element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target !== element) return;
      const action = actionOf(event.key);
      if (!action) return;
      event.preventDefault();
      action();
    });
  }

  Object.assign(parts, { step, listenToKeys: listen });
})();
