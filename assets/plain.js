/* Parts of a page that Dash does not know: an element with data-html holds them as HTML, and they are written into it
   here. What changes is changed in place, so that a table which somebody unfolded stays unfolded with its new numbers. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});
  const ATTRIBUTE = "data-html";
  const TABLE = "data-cells"; // texttable.js writes into these

  const alike = (here, there) => here && here.nodeName === there.nodeName;

  /** Give `here` the attributes of `there`; whether a fold is open is its reader's choice. */
  function attributes(here, there) {
    for (const { name } of [...here.attributes]) if (!there.hasAttribute(name) && name !== "open") here.removeAttribute(name);
    for (const { name, value } of there.attributes) if (here.getAttribute(name) !== value) here.setAttribute(name, value);
  }

  /** Make `here` say what `there` says. */
  function become(here, there) {
    if (there.nodeType !== Node.ELEMENT_NODE) {
      if (here.data !== there.data) here.data = there.data;
      return;
    }
    attributes(here, there);
    if (!there.hasAttribute(TABLE)) children(here, there);
  }

  function children(here, there) {
    const before = [...here.childNodes];
    const after = [...there.childNodes];
    after.forEach((node, at) => {
      if (alike(before[at], node)) become(before[at], node);
      else if (before[at]) before[at].replaceWith(node);
      else here.append(node);
    });
    before.slice(after.length).forEach((node) => node.remove());
  }

  function write(holder) {
    const made = document.createElement("template");
    made.innerHTML = holder.getAttribute(ATTRIBUTE);
    children(holder, made.content);
  }

  /** Write the parts that an answer holds, {id: {"data-html": html}}, before Dash gives them to their elements; whether
      it holds any. */
  function writePlain(answer) {
    const held = Object.entries(answer).filter(([, changed]) => ATTRIBUTE in changed);
    for (const [id, changed] of held) document.getElementById(id)?.setAttribute(ATTRIBUTE, changed[ATTRIBUTE]);
    return held.length > 0;
  }

  parts.writePlain = writePlain;
  parts.follow(ATTRIBUTE, write);
})();
