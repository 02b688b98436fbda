// Keyboard shortcuts. Never the only way, silent while somebody types, and off when the officer switched them off.
(() => {
  "use strict";
  const body = document.body;
  let waitingForG = 0;
  let cursor = -1;

  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]");
  const rows = () => Array.from(document.querySelectorAll("[data-row]")).filter((row) => row.offsetParent);
  const press = (selector) => {
    const found = document.querySelector(selector);
    if (found) found.click();
    return Boolean(found);
  };

  const moveTo = (index) => {
    const all = rows();
    if (!all.length) return;
    cursor = Math.max(0, Math.min(index, all.length - 1));
    all.forEach((row, at) => row.classList.toggle("is-cursor", at === cursor));
    const target = all[cursor].querySelector(".row-link, a, input");
    if (target) target.focus({ preventScroll: true });
    all[cursor].scrollIntoView({ block: "nearest" });
  };
  const current = () => rows()[cursor];

  const preview = async (row) => {
    if (!row || !row.dataset.preview) return;
    const shown = row.nextElementSibling;
    if (shown && shown.classList.contains("row-preview")) {
      shown.remove();
      return;
    }
    const answer = await fetch(row.dataset.preview, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok) return;
    const line = document.createElement("tr");
    line.className = "row-preview";
    const cell = document.createElement("td");
    cell.colSpan = row.cells.length;
    cell.innerHTML = await answer.text();
    line.append(cell);
    row.after(line);
  };

  const single = {
    "/": () => {
      const field = document.querySelector("[data-global-search]");
      if (field && field.offsetParent) field.focus();
      else document.dispatchEvent(new CustomEvent("portal:palette"));
      return true;
    },
    "?": () => {
      const list = document.getElementById("keys");
      if (list && !list.open) list.showModal();
      return true;
    },
    g: () => {
      waitingForG = Date.now();
      return true;
    },
    j: () => moveTo(cursor + 1) || true,
    k: () => moveTo(cursor - 1) || true,
    x: () => {
      const row = current();
      const box = row && row.querySelector('input[name="selected"]');
      if (box) box.click();
      return Boolean(box);
    },
    p: () => preview(current()) || true,
    e: () => press('[data-hotkey="e"]'),
    n: () => press('[data-hotkey="n"]'),
    a: () => press('[data-hotkey="a"]'),
    "[": () => press('[data-page="prev"]'),
    "]": () => press('[data-page="next"]'),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form");
      if (form && event.target.matches("textarea, input")) form.requestSubmit();
      return;
    }
    if (body.dataset.hotkeys !== "on" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || document.querySelector("dialog[open], .modal.show")) return;
    if (Date.now() - waitingForG < 1500) {
      waitingForG = 0;
      const url = body.dataset[`go${event.key.toUpperCase()}`];
      if (url) {
        event.preventDefault();
        location.assign(url);
      }
      return;
    }
    const act = single[event.key];
    if (act && act()) event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) cursor = rows().indexOf(row);
  });
})();
