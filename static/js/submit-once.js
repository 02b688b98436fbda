// One press is enough: the second press of an acting form's button goes nowhere, and the button says that it works.
// (The server has the last word, by the form's `_once` key.)
// A download leaves the page as it is: the cookie that comes with the file says that the answer is there.
(() => {
  "use strict";
  const ARRIVED = "portal_download=";
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button.busy").forEach((button) => {
      button.classList.remove("busy");
      button.removeAttribute("aria-busy");
    });
  };

  const awaitDownload = (form) => {
    document.cookie = `${ARRIVED}; path=/; max-age=0`;
    const looking = setInterval(() => {
      if (!document.cookie.includes(`${ARRIVED}1`)) return;
      document.cookie = `${ARRIVED}; path=/; max-age=0`;
      clearInterval(looking);
      release(form);
    }, 200);
    return looking;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if ((event.submitter && event.submitter.formMethod === "get") || form.method !== "post") return;
    if (form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if (event.submitter) {
      event.submitter.classList.add("busy");
      event.submitter.setAttribute("aria-busy", "true");
    }
    const looking = awaitDownload(form);
    // An answer that never comes must not leave a dead form.
    setTimeout(() => {
      clearInterval(looking);
      release(form);
    }, 20000);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });
})();
