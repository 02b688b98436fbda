// What the other scripts share: sentences in the reader's language, the CSRF token, sizes, small element building.
(() => {
  "use strict";
  const texts = document.getElementById("ui-text");

  // text("saved", { time: "09:41" }) → the sentence kept in components/ui_text.html
  const text = (key, values = {}) => {
    const sentence = (texts && texts.dataset[key]) || "";
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };

  const csrf = () => {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    const meta = document.querySelector("meta[name=csrf-token]");
    return (field && field.value) || (meta && meta.content) || "";
  };

  const size = (bytes) => {
    if (bytes < 1024) return `${bytes} B`;
    const units = ["KB", "MB", "GB"];
    let value = bytes / 1024;
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit += 1;
    }
    return `${value.toFixed(1)} ${units[unit]}`;
  };

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const sha256 = async (file) => {
    if (!window.crypto || !crypto.subtle) return "";
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  window.portal = { text, csrf, size, element, sha256, viewer: document.body.dataset.viewer || "" };

  // A page for strangers (log-in, a broken server) accepted nothing: the browser's copy of the form stays.
  if (!window.portal.viewer) sessionStorage.removeItem("submitted-draft");

  // A form that came back with errors: the summary is read first.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy && navigator.clipboard) {
      navigator.clipboard.writeText(copy.dataset.copy).then(() => window.portal.toast(text("copied"), "green"));
    }
  });
  document.addEventListener("change", (event) => {
    const select = event.target.closest("[data-autosubmit]");
    if (select && select.form) select.form.requestSubmit();
  });
  // A part of a form that belongs to one choice of a field (data-only-for="kind=expert") hides while another is chosen. Without
  // scripts every part shows, and the server keeps only what belongs to the choice.
  const showParts = (form) => {
    for (const part of form.querySelectorAll("[data-only-for]")) {
      const [name, value] = part.dataset.onlyFor.split("=");
      part.hidden = form.elements[name].value !== value;
    }
  };
  for (const form of document.forms) showParts(form);
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => {
      const form = event.target.matches("form") ? event.target : event.target.form;
      if (form) showParts(form);
    });
  }
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) showParts(form);
  });
  document.addEventListener(
    "blur",
    (event) => {
      const field = event.target;
      if (field.matches && field.matches("[data-upper]")) field.value = field.value.replace(/\s+/g, "").toUpperCase();
    },
    true,
  );
})();
