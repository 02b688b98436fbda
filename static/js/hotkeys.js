// Keyboard shortcuts. Never the only way, silent while somebody types, and off when the officer switched them off.
(() => {
  "use strict";
  const { element } = window.portal;
  const body = document.body;
  let waitingForG = 0;
  let cursor = -1;

  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]");
  const rows = () => Array.from(document.querySelectorAll("[data-row]")).filter((row) => row.offsetParent);

  const moveTo = (index) => {
    const all = rows();
    if (!all.length) return;
    cursor = Math.max(0, Math.min(index, all.length - 1));
    all.forEach((row, at) => row.classList.toggle("is-cursor", at === cursor));
    const target = all[cursor].querySelector(".row-link, a, input");
    if (target) target.focus({ preventScroll: true });
    all[cursor].scrollIntoView({ block: "nearest" });
  };
  // The row the officer stands on; the first key he presses puts him on the first one.
  const current = () => {
    if (cursor < 0) moveTo(0);
    return rows()[cursor];
  };
  const boxOf = (row) => row && row.querySelector('input[name="selected"]');

  // A button or link of the page that has a key of its own. What acts on selected rows takes the current one when none is selected.
  const press = (key) => {
    const found = document.querySelector(`[data-hotkey="${CSS.escape(key)}"]`);
    if (!found) return false;
    const list = found.closest("[data-bulkbar]") && found.form;
    if (list && !list.querySelector('input[name="selected"]:checked')) {
      const box = boxOf(current());
      if (!box) return false;
      box.click();
    }
    found.click();
    return true;
  };

  // The list of keys says what is true of this page at this moment.
  const keys = document.getElementById("keys");
  const showKeys = () => {
    keys.querySelectorAll("[data-needs]").forEach((line) => {
      line.hidden = !document.querySelector(line.dataset.needs);
    });
    keys.querySelectorAll("[data-own]").forEach((line) => line.remove());
    const listed = new Set();
    const last = keys.querySelector("dl").lastElementChild;
    document.querySelectorAll("[data-hotkey]").forEach((target) => {
      const key = target.dataset.hotkey;
      if (listed.has(key)) return;
      listed.add(key);
      const words = target.cloneNode(true);
      words.querySelectorAll("kbd").forEach((hint) => hint.remove());
      last.before(element("div", { "data-own": "" }, element("dt", {}, words.textContent.trim()), element("dd", {}, element("kbd", {}, key))));
    });
    keys.showModal();
  };

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
      if (keys && !keys.open) showKeys();
      return true;
    },
    g: () => {
      waitingForG = Date.now();
      return true;
    },
    j: () => moveTo(cursor + 1) || true,
    k: () => moveTo(cursor - 1) || true,
    x: () => {
      const box = boxOf(current());
      if (box) box.click();
      return Boolean(box);
    },
    p: () => preview(current()) || true,
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
    if (act ? act() : press(event.key)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-open-keys]")) showKeys();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) cursor = rows().indexOf(row);
  });
})();
