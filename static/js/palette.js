// Ctrl+K: go anywhere by typing. htmx fills the list; arrow keys walk through it.
(() => {
  "use strict";
  const dialog = document.getElementById("palette");
  if (!dialog || !dialog.showModal) return;
  const field = document.getElementById("palette-query");
  const results = document.getElementById("palette-results");
  const links = () => Array.from(results.querySelectorAll("a"));

  const open = () => {
    if (dialog.open) return;
    field.value = "";
    results.textContent = "";
    dialog.showModal();
    field.focus();
  };
  // Who stood nowhere before has no place to be put back to: the hidden field would keep the next key for itself.
  const shut = () => {
    dialog.close();
    field.blur();
  };
  document.addEventListener("portal:palette", open);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      // A search field would take the first one to empty itself.
      event.preventDefault();
      shut();
    } else if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at === 0 ? field : all[at - 1]).focus();
    } else if (event.key === "Enter" && event.target === field && all.length) {
      event.preventDefault();
      all[0].click();
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) shut();
  });
})();
