/* What a script adds to a page that reads without it: maps that speak, choices that switch at once, a frame's height. */
(function () {
  "use strict";
  const FRAGMENT = "[data-fragment]";
  let asked = 0;

  function start(root) {
    window.CoalitionMaps.start(root);
    for (const choose of root.querySelectorAll("details.choose")) {
      choose.addEventListener("toggle", () => choose.open && closeOthers(choose));
    }
    tellHeight();
  }

  function closeOthers(open) {
    for (const other of document.querySelectorAll("details.choose[open]")) if (other !== open) other.open = false;
  }

  /** Fetch another page and put its figure in place of this one; any trouble leads there the plain way. */
  async function switchTo(href, remember) {
    const number = (asked += 1);
    try {
      const answer = await fetch(href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(FRAGMENT);
      const old = document.querySelector(FRAGMENT);
      if (!answer.ok || !fresh || !old) throw new Error("no figure");
      if (number !== asked) return;
      if (remember) history.pushState({ figure: true }, "", answer.url);
      put(page, fresh, old);
    } catch {
      window.location.assign(href);
    }
  }

  function put(page, fresh, old) {
    const open = new Set([...old.querySelectorAll("details.fold[open]")].map((each) => each.querySelector("summary").textContent));
    old.replaceWith(document.adoptNode(fresh));
    for (const fold of fresh.querySelectorAll("details.fold")) {
      if (open.has(fold.querySelector("summary").textContent)) fold.open = true;
    }
    document.title = page.title;
    const from = page.querySelector("a.language");
    const to = document.querySelector("a.language");
    if (from && to) to.setAttribute("href", from.getAttribute("href"));
    start(fresh);
    say(page.title);
    const chosen = fresh.querySelector(".choices summary");
    if (chosen) chosen.focus({ preventScroll: true });
  }

  function say(text) {
    let voice = document.getElementById("voice");
    if (!voice) {
      voice = document.createElement("p");
      Object.assign(voice, { id: "voice", className: "unseen" });
      voice.setAttribute("role", "status");
      document.querySelector("main").append(voice);
    }
    voice.textContent = text;
  }

  /** To whoever shows us in a frame: how high we are. It tells nothing else, so any listener may hear it. */
  function tellHeight() {
    if (window.parent === window) return;
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    window.parent.postMessage({ kind: "coalition-height", height }, "*");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-switch]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (window.location.protocol === "file:") return;
    event.preventDefault();
    switchTo(link.href, true);
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeOthers(null));
  window.addEventListener("popstate", () => switchTo(window.location.href, false));
  if (document.body.classList.contains("framed")) new ResizeObserver(tellHeight).observe(document.body);
  document.documentElement.classList.add("scripted");
  start(document);
})();
