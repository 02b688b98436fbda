// The public page: compare a PDF in hand with the registered fingerprint. The file never leaves this device.
(() => {
  "use strict";
  const { text, sha256 } = window.portal;
  document.addEventListener("change", async (event) => {
    const field = event.target.closest("[data-sha256-check]");
    if (!field || !field.files.length) return;
    const place = document.getElementById(field.dataset.sha256Result);
    place.textContent = text("hashing");
    const hash = await sha256(field.files[0]);
    if (!hash) {
      place.className = "banner tone-amber";
      place.textContent = text("noHash");
      return;
    }
    const same = hash === field.dataset.sha256Check.toLowerCase();
    place.className = `banner tone-${same ? "green" : "red"}`;
    place.textContent = `${text(same ? "match" : "noMatch")} SHA-256 ${hash}`;
  });
})();
