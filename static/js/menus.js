// <details class="menu">: one open at a time, closed by Esc or by a click elsewhere; arrow keys walk through it.
(() => {
  "use strict";
  const open = () => document.querySelector("details.menu[open]");

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    // Going to a dialog closes the menu it was chosen from.
    const item = event.target.closest(".menu-item[data-bs-toggle], .menu-item[data-open-keys]");
    if (item) item.closest("details").open = false;
  });
  document.addEventListener("keydown", (event) => {
    const menu = open();
    if (!menu) return;
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) return;
    const items = Array.from(menu.querySelectorAll("a, button, input")).filter((item) => item.offsetParent);
    const step = event.key === "ArrowDown" ? 1 : -1;
    const at = items.indexOf(document.activeElement);
    const next = items[(at + step + items.length) % items.length];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close-sheet]");
    if (close) close.closest("dialog").close();
  });
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-toggle-filters]");
    if (!toggle) return;
    const open = toggle.closest("form").classList.toggle("is-open");
    toggle.setAttribute("aria-expanded", String(open));
  });
  // A button that may not act says why instead of acting.
  document.addEventListener(
    "click",
    (event) => {
      const inert = event.target.closest('[aria-disabled="true"]');
      if (inert) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    true,
  );
})();
