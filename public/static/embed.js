/* For a page that shows one of our figures in a frame: gives the frame the height that its page needs. */
(function () {
  "use strict";
  const LEAST = 120;
  const MOST = 6000;

  function framesOf(event) {
    const all = [...document.querySelectorAll("iframe[data-coalition]")];
    return all.filter((frame) => frame.contentWindow === event.source && originOf(frame) === event.origin);
  }

  function originOf(frame) {
    try {
      return new URL(frame.src, document.baseURI).origin;
    } catch {
      return "";
    }
  }

  window.addEventListener("message", (event) => {
    const told = event.data;
    if (!told || told.kind !== "coalition-height" || !Number.isFinite(told.height)) return;
    for (const frame of framesOf(event)) frame.height = String(Math.round(Math.min(Math.max(told.height, LEAST), MOST)));
  });
})();
