/* Runs before either page: notes when its map is first painted, and times a change until map and chart are repainted.
   Both ends wait for two more animation frames, so that what was drawn is on the screen. */
(function () {
  "use strict";
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const twoFrames = () => frame().then(frame);
  const isNaive = () => Boolean(document.querySelector(".js-plotly-plot, #react-entry-point #line"));

  const naivePainted = () => document.querySelector("#map .choroplethlayer path");
  const oursPainted = () => performance.getEntriesByName("map-painted").length > 0;

  async function first() {
    while (!(naivePainted() || oursPainted())) await frame();
    await twoFrames();
    window.firstPainted = performance.now();
  }
  first();

  /** Both Plotly graphs have drawn again. */
  function naiveRepainted() {
    const drawn = (id) => new Promise((done) => document.querySelector(`#${id} .js-plotly-plot`).once("plotly_afterplot", done));
    return Promise.all([drawn("map"), drawn("line")]);
  }

  /** The town map has painted and the place's charts are other pictures. */
  function oursRepainted() {
    performance.clearMarks("map-painted");
    const painted = new Promise((done) => {
      const seen = new PerformanceObserver((list) => {
        if (list.getEntriesByName("map-painted").length) { seen.disconnect(); done(); }
      });
      seen.observe({ type: "mark" });
    });
    const panel = document.querySelector(".panel");
    const pictures = () => [...panel.querySelectorAll("img")].map((each) => each.src).join();
    const before = pictures();
    const redrawn = new Promise((done) => {
      const seen = new MutationObserver(() => {
        if (pictures() !== before) { seen.disconnect(); done(); }
      });
      seen.observe(panel, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });
    });
    return Promise.all([painted, redrawn]);
  }

  window.choose = (menu, value) => {
    if (isNaive()) return window.dash_clientside.set_props(menu, { value });
    const field = document.getElementById(menu);
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(field, value);
    return field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  window.changeAndWait = async (menu, value) => {
    const repainted = isNaive() ? naiveRepainted() : oursRepainted();
    await frame();
    const started = performance.now();
    window.choose(menu, value);
    await repainted;
    await twoFrames();
    return performance.now() - started;
  };
})();
