// Every htmx request carries the CSRF token and the chosen rows of no other form.
(() => {
  "use strict";
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = window.portal.csrf();
  });
})();
