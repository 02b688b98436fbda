// Files: name, size and fingerprint of the original before it leaves, progress while it goes.
(() => {
  "use strict";
  const { text, size, element, sha256, csrf } = window.portal;
  const SHOW_PROGRESS_FROM = 512 * 1024;

  const describe = async (box) => {
    const input = box.querySelector("input[type=file]");
    const list = box.querySelector("[data-upload-list]");
    const max = Number(box.dataset.maxBytes || 0);
    const form = input.form;
    list.textContent = "";
    list.hidden = input.files.length === 0;
    input.setCustomValidity("");
    let hidden = form.querySelector(`input[name="${input.name}_sha256"]`);
    if (hidden) hidden.value = "";
    const hashes = [];
    for (const file of Array.from(input.files)) {
      const line = element("li", {}, `${file.name} · ${size(file.size)}`);
      list.append(line);
      if (max && file.size > max) {
        const words = text("tooLarge", { name: file.name, size: size(file.size), max: size(max) });
        input.setCustomValidity(words);
        line.append(element("div", { class: "field-errors" }, words));
        continue;
      }
      const mark = element("div", { class: "mono quiet" }, text("hashing"));
      line.append(mark);
      const hash = await sha256(file);
      mark.textContent = hash ? `SHA-256 ${hash}` : "";
      hashes.push(hash);
    }
    const together = Array.from(input.files).reduce((sum, file) => sum + file.size, 0);
    if (max && input.multiple && !input.validationMessage && together > max) {
      const words = text("tooLargeTogether", { size: size(together), max: size(max) });
      input.setCustomValidity(words);
      list.append(element("li", { class: "field-errors" }, words));
    }
    if (!hidden) {
      hidden = element("input", { type: "hidden", name: `${input.name}_sha256` });
      form.append(hidden);
    }
    hidden.value = hashes.join(",");
  };

  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-upload]");
    if (box && event.target.type === "file") describe(box);
  });

  let replaced = false;

  // The answer's page takes this page's place, messages and scripts included.
  const show = (xhr, form) => {
    const fresh = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const main = fresh.querySelector("main");
    if (main && fresh.body.dataset.viewer && !main.querySelector(".error-page, .error-summary")) {
      form.dispatchEvent(new CustomEvent("portal:accepted", { bubbles: true }));
    }
    if (!main) {
      location.assign(xhr.responseURL);
      return;
    }
    history.pushState(null, "", xhr.responseURL);
    replaced = true;
    document.title = fresh.title;
    document.querySelector("main").replaceWith(document.adoptNode(main));
    if (window.htmx) window.htmx.process(document.querySelector("main"));
    const here = new Set(Array.from(document.scripts, (script) => script.src));
    for (const script of fresh.querySelectorAll("script[src]")) {
      const src = new URL(script.getAttribute("src"), location.href).href;
      if (!here.has(src)) document.body.append(element("script", { src }));
    }
    document.querySelectorAll("[data-focus]").forEach((summary) => summary.focus());
    window.scrollTo(0, 0);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const boxes = Array.from(form.querySelectorAll("[data-upload] input[type=file]"));
    const total = boxes.flatMap((input) => Array.from(input.files)).reduce((sum, file) => sum + file.size, 0);
    if (event.defaultPrevented || total < SHOW_PROGRESS_FROM) return;
    event.preventDefault();
    const body = new FormData(form);
    if (event.submitter && event.submitter.name) body.append(event.submitter.name, event.submitter.value);
    const bar = element("progress", { max: "100", value: "0" });
    const words = element("div", { role: "status" });
    form.append(words, bar);
    const xhr = new XMLHttpRequest();
    xhr.open("POST", form.action);
    xhr.setRequestHeader("X-CSRFToken", csrf());
    xhr.upload.addEventListener("progress", (step) => {
      const percent = Math.round((step.loaded / step.total) * 100);
      bar.value = percent;
      words.textContent = text("sending", { percent: `${percent} %` });
    });
    const failed = (message) => {
      bar.remove();
      words.remove();
      delete form.dataset.sent;
      window.portal.toast(message, "red");
    };
    xhr.addEventListener("load", () => {
      if (xhr.status < 500) show(xhr, form);
      else failed(text("failed", { code: xhr.status }));
    });
    xhr.addEventListener("error", () => failed(text("offline")));
    xhr.send(body);
  });
  // Back from an answer shown in place: that page is fetched anew. A leap within a page is "popstate", too, and keeps what was typed.
  window.addEventListener("popstate", () => {
    if (replaced && !location.hash) location.reload();
  });
})();
