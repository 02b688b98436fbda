// Before the first paint: say that scripts run, and follow the system's colours when the officer asked for that.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  if (root.dataset.theme !== "auto" || !window.matchMedia) return;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  dark.addEventListener("change", follow);
  follow();
})();
