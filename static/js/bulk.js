// Choosing rows: all of the page, a range with Shift, the bar that appears when something is chosen.
(() => {
  "use strict";
  const rowsOf = (form) => Array.from(form.querySelectorAll('input[name="selected"]'));
  let last = null;

  const refresh = (form) => {
    const boxes = rowsOf(form);
    const chosen = boxes.filter((box) => box.checked);
    const all = form.querySelector("[data-select-all]");
    const bar = form.querySelector("[data-bulkbar]");
    boxes.forEach((box) => box.closest("tr").classList.toggle("is-selected", box.checked));
    if (all) {
      all.checked = boxes.length > 0 && chosen.length === boxes.length;
      all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
    if (!bar) return;
    const everything = bar.querySelector("[data-bulk-all]");
    if (everything && !chosen.length) everything.checked = false;
    bar.hidden = chosen.length === 0;
    bar.querySelector("[data-bulk-count]").textContent = String(chosen.length);
  };

  document.addEventListener("click", (event) => {
    const box = event.target;
    const form = box.closest && box.closest("form[data-bulk]");
    if (!form) return;
    if (box.matches("[data-select-all]")) rowsOf(form).forEach((row) => { row.checked = box.checked; });
    if (box.matches('input[name="selected"]')) {
      const boxes = rowsOf(form);
      if (event.shiftKey && last && boxes.includes(last)) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        boxes.slice(from, to + 1).forEach((row) => { row.checked = box.checked; });
      }
      last = box;
    }
    if (box.closest("[data-bulk-clear]")) rowsOf(form).forEach((row) => { row.checked = false; });
    refresh(form);
  });
  document.addEventListener("portal:rows", (event) => refresh(event.target.closest("form[data-bulk]")));
  const start = () => document.querySelectorAll("form[data-bulk]").forEach(refresh);
  document.addEventListener("htmx:afterSwap", start);
  window.addEventListener("pageshow", start);
  start();
})();
