// Leaving a form with text that is neither submitted nor kept as a draft asks first.
(() => {
  "use strict";
  const dirty = new Set();
  const guarded = (target) => (target.form || target).closest && (target.form || target).closest("form[data-guard], form[data-autosave]");

  document.addEventListener("input", (event) => {
    const form = guarded(event.target);
    if (form) dirty.add(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) dirty.delete(event.target);
  });
  document.addEventListener("portal:saved", (event) => dirty.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) dirty.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of dirty) {
      if (!form.isConnected) continue;
      event.preventDefault();
      event.returnValue = window.portal.text("leave");
      return;
    }
  });
})();
