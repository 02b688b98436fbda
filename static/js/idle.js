// Two minutes before the session ends for lack of activity: say so, and offer to stay.
(() => {
  "use strict";
  const { idleSeconds, keepaliveUrl } = document.body.dataset;
  if (!idleSeconds || !keepaliveUrl) return;
  const { text, csrf, element } = window.portal;
  const limit = Number(idleSeconds) * 1000;
  const WARN_MS = Math.min(120000, limit / 2);
  const PING_MS = Math.min(300000, limit / 3);
  const KEY = "portal:last-contact"; // shared by all windows of this browser
  let warning = null;
  let active = false;

  const contact = () => localStorage.setItem(KEY, String(Date.now()));
  const since = () => Date.now() - Number(localStorage.getItem(KEY) || 0);
  const stay = async () => {
    const answer = await fetch(keepaliveUrl, { method: "POST", headers: { "X-CSRFToken": csrf() }, credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok) {
      window.portal.toast(text(answer ? "logInAgain" : "offline"), "red");
      return;
    }
    contact();
    if (warning) warning.remove();
    warning = null;
  };

  for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, () => { active = true; }, { passive: true });
  document.addEventListener("htmx:afterRequest", (event) => {
    // A page that polls by itself is not an officer at work.
    if (event.detail.successful && event.detail.requestConfig.verb !== "get") contact();
  });
  setInterval(() => {
    if (active && since() > PING_MS) stay();
    active = false;
    if (since() < limit - WARN_MS) {
      if (warning) warning.remove();
      warning = null;
    } else if (!warning) {
      const button = element("button", { type: "button", class: "btn btn-sm btn-primary" }, text("stay"));
      button.addEventListener("click", stay);
      warning = window.portal.toast(text("idle", { minutes: Math.max(1, Math.round(WARN_MS / 60000)) }), "amber", button);
    }
  }, Math.min(15000, WARN_MS / 4));
  contact();
})();
