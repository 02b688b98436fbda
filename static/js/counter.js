// How much of a field is used, from nine tenths of its limit (data-limit) on. Nothing is cut: the server refuses what is too long.
(() => {
  "use strict";
  const { text, element } = window.portal;
  const NEAR = 0.9;

  // As the server counts: characters, not halves of them; a line break is two (CR LF); the blanks around the text are none.
  const lengthOf = (field) => Array.from(field.value.trim().replace(/\r?\n/g, "\r\n")).length;

  const counterOf = (field) => {
    const id = `${field.id}_count`;
    return document.getElementById(id) || element("div", { class: "char-count", id, role: "status", hidden: "" });
  };

  const count = (field) => {
    const limit = Number(field.dataset.limit);
    const n = field.value.length * 2 < limit * NEAR ? 0 : lengthOf(field); // spares short texts a count at each key
    const counter = counterOf(field);
    if (n < limit * NEAR) {
      counter.hidden = true;
      return;
    }
    if (!counter.isConnected) field.after(counter);
    counter.hidden = false;
    counter.classList.toggle("is-over", n > limit);
    counter.textContent = text(n > limit ? "over" : "count", { n, limit, over: n - limit });
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-limit]")) count(event.target);
    // A draft put back fills a whole form at once.
    else if (event.target.matches("form")) event.target.querySelectorAll("[data-limit]").forEach(count);
  });
  document.querySelectorAll("[data-limit]").forEach(count);
})();
