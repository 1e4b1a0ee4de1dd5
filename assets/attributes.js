/* What an attribute of an element says is written into the element: when it comes, and whenever the attribute changes. */
(function () {
  "use strict";
  const parts = (window.TownMapParts = window.TownMapParts || {});

  /** Call `write` with every element that has this attribute, as it comes into the document and as its value changes. */
  parts.follow = (attribute, write) => {
    const seen = new MutationObserver((changes) => {
      const holders = new Set();
      for (const { type, target, addedNodes } of changes) {
        if (type === "attributes") holders.add(target);
        for (const node of addedNodes) {
          if (node.nodeType !== Node.ELEMENT_NODE) continue;
          if (node.hasAttribute(attribute)) holders.add(node);
          for (const each of node.querySelectorAll(`[${attribute}]`)) holders.add(each);
        }
      }
      holders.forEach(write);
    });
    seen.observe(document, { childList: true, subtree: true, attributeFilter: [attribute] });
  };
})();
