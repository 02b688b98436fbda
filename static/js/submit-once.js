// One press is enough: the second press of an acting form's button goes nowhere, and the button says that it works.
// (The server has the last word, by the form's `_once` key.)
(() => {
  "use strict";
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button.busy").forEach((button) => {
      button.classList.remove("busy");
      button.removeAttribute("aria-busy");
    });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if ((event.submitter && event.submitter.formMethod === "get") || form.method !== "post") return;
    if (form.hasAttribute("data-download") || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if (event.submitter) {
      event.submitter.classList.add("busy");
      event.submitter.setAttribute("aria-busy", "true");
    }
    // An answer that never comes must not leave a dead form.
    setTimeout(() => release(form), 20000);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });
})();
