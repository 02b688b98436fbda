// <select data-suggest="url"> and <input data-suggest="url">: suggestions while typing. The library comes only where it is needed.
(() => {
  "use strict";
  const { text } = window.portal;
  const texts = document.getElementById("ui-text");
  const waiting = () => Array.from(document.querySelectorAll("[data-suggest]")).filter((field) => !field.tomselect);

  const start = (field) => {
    const url = field.dataset.suggest;
    const line = (item, escape) => {
      const note = item.note ? `<small>${escape(item.note)}</small>` : "";
      return `<div>${escape(item.text)}${note}</div>`;
    };
    const settings = {
      valueField: "id",
      labelField: "text",
      searchField: ["text", "note"],
      maxOptions: 50,
      maxItems: field.multiple ? null : 1,
      plugins: field.multiple ? ["remove_button"] : [],
      create: field.hasAttribute("data-suggest-free"),
      render: { option: line, no_results: () => `<div class="no-results">${text("noResults")}</div>` },
    };
    if (url) {
      settings.score = () => () => 1; // the server has already ranked them
      settings.load = (query, done) => {
        const address = new URL(url, location.href);
        address.searchParams.set("q", query);
        fetch(address, { credentials: "same-origin" })
          .then((answer) => (answer.ok ? answer.json() : { results: [] }))
          .then((json) => done(json.results))
          .catch(() => done());
      };
    }
    new window.TomSelect(field, settings);
    field.setAttribute("aria-hidden", "true"); // its label has gone to the field that stands in its place
  };

  const all = () => {
    const fields = waiting();
    if (!fields.length) return;
    if (window.TomSelect) {
      fields.forEach(start);
      return;
    }
    const script = document.createElement("script");
    script.src = texts.dataset.suggestScript;
    script.addEventListener("load", () => waiting().forEach(start));
    document.head.append(script);
  };
  document.addEventListener("htmx:afterSwap", all);
  all();
})();
