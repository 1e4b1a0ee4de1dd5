/* The links to a page's pictures follow the link to its numbers, which changes with what is chosen. */
(function () {
  "use strict";
  const ending = "data-ending";

  /** Give the links beside a link to numbers its query. */
  function follow(numbers) {
    const href = numbers.getAttribute("href");
    const query = href && href.includes("?") ? href.slice(href.indexOf("?")) : "";
    for (const link of numbers.parentElement.querySelectorAll(`[${ending}]`)) {
      if (!href) link.removeAttribute("href");
      else link.setAttribute("href", `/figure/${numbers.dataset.figure}${link.getAttribute(ending)}${query}`);
    }
  }

  const seen = new MutationObserver((changes) => {
    for (const { target } of changes) if (target.dataset.figure) follow(target);
  });
  seen.observe(document, { subtree: true, attributeFilter: ["href"] });
})();
