/* The plain page in the document is read, and its map seen, before Dash has loaded; then the real page takes its place.
   A map named x-map finds its shapes and its colours in the stores x-geometry and x-paint. */
(function () {
  "use strict";
  const early = () => document.getElementById("early");
  const stored = (page, id) => {
    const written = page.querySelector(`script[data-store="${CSS.escape(id)}"]`);
    return written && JSON.parse(written.textContent);
  };

  async function paint(page, node) {
    await null; // the scripts are joined by name: those of the map come after this one
    const name = node.id.replace(/-map$/, "");
    const [url, payload] = [stored(page, `${name}-geometry`), stored(page, `${name}-paint`)];
    if (!url || !payload) return;
    const geometry = await window.TownMap.load(url);
    if (!node.isConnected) return;
    node.townmap = new window.TownMap(node);
    node.townmap.geometry(geometry);
    node.townmap.tell(stored(page, `${name}-said`));
    node.townmap.paint(payload);
    requestAnimationFrame(() => performance.mark("map-painted"));
  }

  /** Take the plain page away in the same turn in which the real one has come; painted maps move over as they are,
      and what a reader has unfolded stays unfolded. */
  function giveWay(page) {
    const entry = document.getElementById("react-entry-point");
    const seen = new MutationObserver(() => {
      if (!entry.querySelector("main")) return;
      seen.disconnect();
      const folds = [...page.querySelectorAll("details")].map((each) => each.open);
      entry.querySelectorAll("details").forEach((each, index) => { each.open = each.open || Boolean(folds[index]); });
      for (const node of page.querySelectorAll(".townmap-place")) {
        const real = entry.querySelector(`#${CSS.escape(node.id)}`);
        if (real && node.townmap) Object.assign(real, { townmap: node.townmap }).append(...node.childNodes);
      }
      page.remove();
    });
    seen.observe(entry, { childList: true, subtree: true });
  }

  /** Run Dash's scripts, in their order; they were fetched meanwhile. */
  async function startDash() {
    for (const waiting of document.querySelectorAll('script[type="later"]')) {
      const script = document.createElement("script");
      const ran = new Promise((done) => script.addEventListener("load", done));
      Object.assign(script, { id: waiting.id, async: false });
      if (waiting.src) script.src = waiting.src;
      else script.textContent = waiting.textContent;
      waiting.replaceWith(script);
      if (script.src) await ran;
    }
  }

  /** Two frames: what was drawn is on the screen. */
  const shown = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  async function start() {
    const page = early();
    giveWay(page);
    const maps = [...page.querySelectorAll(".townmap-place")].map((node) => paint(page, node));
    await Promise.all(maps).catch((error) => console.error(error));
    await Promise.race([shown(), new Promise((done) => setTimeout(done, 200))]); // a hidden tab draws no frame
    await startDash();
  }
  document.addEventListener("DOMContentLoaded", start);
})();
