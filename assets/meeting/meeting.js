/* Meeting mode: every screen is in the document already. This steps through them, keeps the address, counts minutes,
   and holds on to what was written while there is no network. Without it the links do the same. */
(function () {
  "use strict";
  const screens = [...document.querySelectorAll(".screen")];
  const byId = (id) => document.getElementById(id);
  const forward = new Set(["ArrowRight", "ArrowDown", "PageDown"]);
  const backward = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);
  let at = Math.max(screens.findIndex((screen) => !screen.hidden), 0);
  let begun = Date.now();

  const address = (changed) => {
    const found = new URL(location.href);
    for (const [name, value] of Object.entries(changed)) {
      if (value) found.searchParams.set(name, value);
      else found.searchParams.delete(name);
    }
    return `${found.pathname}${found.search}`;
  };

  function link(id, target) {
    const node = byId(id);
    const there = target >= 0 && target < screens.length;
    node.href = address({ screen: Math.min(Math.max(target, 0), screens.length - 1) + 1 });
    node.setAttribute("aria-disabled", there ? "false" : "true");
  }

  function links() {
    link("back", at - 1);
    link("next", at + 1);
    const dark = document.documentElement.dataset.room === "dark";
    byId("room").href = address({ room: dark ? "" : "dark" });
    byId("room").textContent = dark ? "Light room" : "Dark room";
    const timed = document.body.dataset.timer === "on";
    byId("timer").href = address({ timer: timed ? "" : "on" });
    byId("timer").textContent = timed ? "Without timer" : "With timer";
  }

  function show(target, quietly) {
    if (target < 0 || target >= screens.length) return;
    screens.forEach((screen, index) => { screen.hidden = index !== target; });
    if (target !== at) begun = Date.now();
    at = target;
    history.replaceState(null, "", address({ screen: at + 1 }));
    byId("where").textContent = `${at + 1} of ${screens.length}`;
    const code = byId("code");
    if (code) code.textContent = `${code.dataset.code}/${at + 1}`;
    for (const name of document.querySelectorAll("input[name=back]")) name.value = address({});
    links();
    clock();
    if (quietly) return;
    byId("told").textContent = `Screen ${at + 1} of ${screens.length}: ${screens[at].querySelector("h1").textContent}`;
    window.scrollTo(0, 0);
  }

  function clock() {
    const node = byId("clock");
    const minutes = Number(screens[at].dataset.minutes);
    node.hidden = document.body.dataset.timer !== "on";
    if (node.hidden) return;
    const passed = Math.floor((Date.now() - begun) / 1000);
    const left = minutes ? minutes * 60 - passed : passed;
    const sign = left < 0 ? "−" : "";
    const whole = Math.abs(left);
    const told = `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    node.textContent = minutes ? `${told} ${left < 0 ? "over" : "left"}` : told;
    node.classList.toggle("over", minutes > 0 && left < 0);
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, .rows")) return;
    const target = forward.has(event.key) ? at + 1 : backward.has(event.key) ? at - 1
      : event.key === "Home" ? 0 : event.key === "End" ? screens.length - 1 : null;
    const scrolls = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (target === null || (scrolls && document.documentElement.scrollHeight > window.innerHeight + 4)) return;
    event.preventDefault();
    show(target);
  });

  const onClick = (id, act) => byId(id).addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act();
  });
  onClick("back", () => show(at - 1));
  onClick("next", () => show(at + 1));
  onClick("room", () => {
    const root = document.documentElement.dataset;
    root.room = root.room === "dark" ? "light" : "dark";
    history.replaceState(null, "", address({ room: root.room === "dark" ? "dark" : "" }));
    links();
  });
  onClick("timer", () => {
    const body = document.body.dataset;
    body.timer = body.timer === "on" ? "" : "on";
    begun = Date.now();
    history.replaceState(null, "", address({ timer: body.timer }));
    links();
    clock();
  });

  /* What is written is sent at once; without a network it waits below its form, and is sent when the network is back.
     Each has an id of its own, so that sending it twice keeps it once. */
  const forms = [...document.querySelectorAll(".write")];
  const own = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (one) => one.toString(16).padStart(2, "0")).join("");
  const waiting = [];

  function say(form, words, bad) {
    const node = form.querySelector(".saved");
    node.textContent = words;
    node.classList.toggle("bad", Boolean(bad));
  }

  const send = (form, body) => fetch(form.getAttribute("action"), {
    method: "POST", body, redirect: "manual", headers: { Accept: "text/plain" },
  });

  function wait(form, body) {
    const item = document.createElement("li");
    item.textContent = `Not saved yet: ${body.get("text")}`;
    form.querySelector(".waiting").append(item);
    waiting.push({ form, body, item });
    say(form, "No network: it is kept here and saved when the network is back. Do not close this window.", true);
  }

  async function save(form) {
    const body = new URLSearchParams(new FormData(form));
    if (!body.get("id")) body.set("id", own());
    try {
      const answer = await send(form, body);
      const words = answer.ok ? await answer.text() : await refused(answer);
      say(form, words, !answer.ok);
      if (answer.ok) form.reset();
    } catch {
      wait(form, body);
      form.reset();
    }
  }

  const refused = async (answer) => {
    if (answer.type === "opaqueredirect" || answer.status === 401) return "Nothing was saved: sign in again.";
    return `Nothing was saved. ${await answer.text()}`;
  };

  async function again() {
    for (const one of waiting.splice(0)) {
      try {
        const answer = await send(one.form, one.body);
        if (!answer.ok) throw new Error(await refused(answer));
        one.item.remove();
        say(one.form, `${await answer.text()} The network is back.`);
      } catch (error) {
        waiting.push(one);
        if (!(error instanceof TypeError)) say(one.form, error.message, true);
      }
    }
    network();
  }

  function network() {
    const left = waiting.length ? ` ${waiting.length} not saved yet.` : "";
    byId("network").textContent = navigator.onLine ? left.trim() : `No network: all screens are here.${left}`;
  }

  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save(form).then(network);
    });
  }
  window.addEventListener("online", again);
  window.addEventListener("offline", network);
  window.addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
  setInterval(clock, 1000);
  show(at, true);
  network();
})();
