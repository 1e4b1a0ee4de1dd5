/* The only script that knows Dash: functions for clientside callbacks, kept so thin that nothing is left to test in it. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const mounts = new WeakMap(); // by DOM node: when React makes a new one, a new map is made in it
  const FRAMES_TO_WAIT = 120;

  const dash = () => window.dash_clientside;

  /** A component id as Dash wants it: text, or the object that a pattern id is. */
  const idOf = (text) => (text.startsWith("{") ? JSON.parse(text) : text);

  /** The element with this id, once React has made it. */
  function element(id, frames = FRAMES_TO_WAIT) {
    const found = document.getElementById(id);
    if (found) return Promise.resolve(found);
    if (!frames) return Promise.reject(new Error(`townmap: no element with the id "${id}" on this page`));
    return new Promise((done) => requestAnimationFrame(done)).then(() => element(id, frames - 1));
  }

  function mounted(node) {
    if (!mounts.has(node)) {
      const choose = (geoid) => node.dataset.select && dash().set_props(idOf(node.dataset.select), { [node.dataset.selectProperty || "data"]: geoid || node.dataset.selectNone || "" });
      const map = node.townmap || new window.TownMap(node); // painted before Dash had loaded, or new
      map.onSelect = choose;
      mounts.set(node, { map, twins: new WeakMap(), asked: 0 });
    }
    return mounts.get(node);
  }

  /** The table twin in the element that the map names in data-table, if it names one. */
  function twin(mount, node) {
    const place = node.dataset.table && document.getElementById(node.dataset.table);
    if (!place) return null;
    if (!mount.twins.has(place)) mount.twins.set(place, new window.TableTwin(place));
    return mount.twins.get(place);
  }

  /** No shapes, no map: its table alone says the numbers, in the rows that came with it. */
  async function showTable(payload, elementId) {
    const node = await element(elementId);
    node.hidden = true;
    const mount = mounted(node);
    mount.asked += 1;
    const table = payload.table && payload.table.rows && twin(mount, node);
    if (table) table.show({ name: [] }, payload);
  }

  async function show(url, payload, elementId) {
    const shapes = window.TownMap.load(url); // asked for while the element is awaited
    const node = await element(elementId);
    const mount = mounted(node);
    const turn = (mount.asked += 1);
    const geometry = await shapes;
    if (turn !== mount.asked) return; // a newer picture is on its way
    node.hidden = false;
    mount.map.geometry(geometry);
    mount.map.paint(payload);
    requestAnimationFrame(() => performance.mark("map-painted"));
    const table = payload.table && twin(mount, node);
    if (table) table.show(geometry, payload);
  }

  /** Paint the map of an element, making it first if it is not there; `place` is what its menu of places says now. */
  function paint(url, payload, elementId, place) {
    const shown = url ? show : (_, ...rest) => showTable(...rest);
    const chosen = place === undefined ? {} : { selected: place === document.getElementById(elementId)?.dataset.selectNone ? "" : place };
    if (payload) shown(url, { ...payload, ...chosen }, elementId).catch((error) => console.error(error));
  }

  /** A map named x-map finds its shapes and its colours in an answer under x-geometry and x-paint. */
  function paintAnswered(node, answer) {
    const name = node.id.replace(/-map$/, "");
    const [geometry, colours] = [answer[`${name}-geometry`], answer[`${name}-paint`]];
    if (!geometry || !colours) return false;
    paint(geometry.data, colours.data, node.id, document.getElementById(node.dataset.select)?.value);
    return true;
  }

  /** Draw what an answer says of maps and of plain parts; whether it said anything of them. */
  parts.drawAnswer = (answer) => {
    const maps = [...document.querySelectorAll(".townmap-place")].filter((node) => paintAnswered(node, answer));
    return parts.writePlain(answer) || maps.length > 0;
  };

  const townmap = {
    /** Paint the map of an element. */
    paint(url, payload, elementId, place) {
      paint(url, payload, elementId, place);
      return dash().no_update;
    },

    /** The first picture of a page; those that follow are painted from the answers that bring them. */
    start(elementId, url, payload, place) {
      return townmap.paint(url, payload, elementId, place);
    },

    /** What was said about places of a map: marks on it, and a column of its table. */
    said(marks, elementId) {
      element(elementId).then((node) => {
        const mount = mounted(node);
        mount.map.tell(marks);
        const table = twin(mount, node);
        if (table) table.tell(marks);
      }).catch((error) => console.error(error));
    },

    /** Write the page's state into its address: {name: value}; what is empty is left out. Answers the state that the
        address now says, for what can wait as long. No state yet: no change. */
    address(state) {
      if (!state) return dash().no_update;
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(state)) {
        if (value !== null && value !== undefined && value !== "") query.set(name, value);
      }
      const text = query.toString();
      const { pathname, hash } = window.location;
      window.history.replaceState(window.history.state, "", pathname + (text ? "?" + text : "") + hash);
      return state;
    },
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, { townmap });
})();
