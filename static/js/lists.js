// List pages: sorting, paging, filtering and columns fetch only the results; without scripts the same links and forms load the page.
(() => {
  "use strict";
  const LINKS = "#results thead a, #results .pager a, #results .chips a";

  const go = (url) => {
    const results = document.getElementById("results");
    results.setAttribute("aria-busy", "true");
    window.htmx
      .ajax("GET", url, { target: "#results", swap: "outerHTML" })
      .then(() => {
        const shown = document.getElementById("results");
        shown.removeAttribute("aria-busy");
        if (shown.getBoundingClientRect().top < 0) shown.scrollIntoView({ block: "start" });
      });
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest(LINKS);
    if (!link || !window.htmx) return;
    event.preventDefault();
    go(link.getAttribute("href"));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.closest("#results") || form.method !== "get" || !window.htmx) return;
    event.preventDefault();
    const asked = new URLSearchParams();
    new FormData(form).forEach((value, name) => {
      if (value !== "") asked.append(name, value);
    });
    const address = new URL(form.getAttribute("action") || location.pathname, location.href);
    go(`${address.pathname}?${asked}`);
  });

  // "Save this view" saves what is shown now, not what was shown when the page was loaded.
  document.addEventListener("htmx:afterSettle", () => {
    document.querySelectorAll('.view-tabs input[name="query"]').forEach((field) => {
      field.value = location.search.slice(1);
    });
  });
})();
