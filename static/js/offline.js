// Without a network a form is not sent: the browser's own page would take its place, and with it what was typed.
// Runs before the other scripts that listen to a submission, so that none of them takes it for sent.
(() => {
  "use strict";
  const { text, element } = window.portal;
  const SAID = "[data-not-sent]";

  const say = (form) => {
    form.querySelectorAll(SAID).forEach((old) => old.remove());
    const words = element("div", { class: "banner tone-red", role: "alert", tabindex: "-1", "data-not-sent": "" }, text("noNetwork"));
    const actions = form.querySelector(".form-actions");
    if (actions) actions.before(words);
    else form.prepend(words);
    words.focus();
  };

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const method = (event.submitter && event.submitter.getAttribute("formmethod")) || form.getAttribute("method") || "get";
      if (navigator.onLine || method.toLowerCase() !== "post") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say(form);
    },
    true,
  );
  window.addEventListener("online", () => document.querySelectorAll(SAID).forEach((words) => words.remove()));
})();
