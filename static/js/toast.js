// Messages: good news leaves by itself, everything else stays until closed. Failed partial requests are said in words.
(() => {
  "use strict";
  const { text, element } = window.portal;
  const STAY_MS = 7000;

  const list = () => {
    let found = document.getElementById("messages");
    if (!found) {
      found = element("div", { class: "messages messages-float", id: "messages", role: "status" });
      document.querySelector("main").prepend(found);
    }
    return found;
  };

  const leaveLater = (message) => {
    if (message.dataset.message !== "success" || message.querySelector("form")) return;
    let timer = setTimeout(() => message.remove(), STAY_MS);
    // Somebody is reading it: wait.
    for (const name of ["mouseenter", "focusin"]) message.addEventListener(name, () => clearTimeout(timer));
    message.addEventListener("mouseleave", () => {
      timer = setTimeout(() => message.remove(), STAY_MS);
    });
  };

  window.portal.toast = (words, tone = "blue", extra = null) => {
    const close = element("button", { type: "button", class: "btn-close", "data-close-message": "", "aria-label": text("close") });
    const body = element("span", { class: "message-text" }, words);
    const message = element("div", { class: `message tone-${tone}`, "data-message": tone === "green" ? "success" : "info" }, body);
    if (extra) message.append(extra);
    message.append(close);
    list().append(message);
    leaveLater(message);
    return message;
  };

  document.querySelectorAll("[data-message]").forEach(leaveLater);
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close-message]");
    if (close) close.closest("[data-message]").remove();
  });

  const answers = { 401: "logInAgain", 403: "refused", 404: "gone", 409: "conflict" };
  document.addEventListener("htmx:responseError", (event) => {
    const code = event.detail.xhr.status;
    window.portal.toast(text(answers[code] || "failed", { code }), "red");
  });
  document.addEventListener("htmx:sendError", () => window.portal.toast(text("offline"), "red"));
  // A partial request that ended on the log-in page must not paste that page into this one.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!/<body[^>]*class="public/.test(event.detail.xhr.responseText || "")) return;
    event.detail.shouldSwap = false;
    window.portal.toast(text("logInAgain"), "red");
  });
})();
