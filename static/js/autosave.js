// Nothing typed is lost: a copy in this browser at once, a draft on the server within ten seconds.
// Both are deleted when the form was accepted. Logging out deletes the browser's copies; the drafts on the server wait for the officer.
(() => {
  "use strict";
  const { text, csrf, element, viewer } = window.portal;
  const AFTER_MS = 10000;
  const FORMS = "form[data-autosave], form[data-draft-key], form[data-guard]";
  const KEEP_DAYS = 14;
  const PREFIX = `draft:${viewer}:`;
  const timers = new Map();
  const SKIP = new Set(["csrfmiddlewaretoken", "_once"]);
  // Which state of the record the officer had before him. Kept with his words, never put back: it only tells that they are older.
  const STAMPS = new Set(["version", "seen"]);

  // Who reported is kept nowhere but in the lead itself: no copy in this browser, none among the drafts.
  const isLeftOut = (name) => SKIP.has(name) || name.startsWith("informant_");

  const keyOf = (form) => PREFIX + (form.dataset.draftKey || `${location.pathname}#${form.getAttribute("action") || ""}`);
  const watched = () => document.querySelectorAll(FORMS);
  const state = (form, words) => {
    const place = form.querySelector("[data-autosave-state]");
    if (place) place.textContent = words;
  };
  const clock = (date = new Date()) => date.toTimeString().slice(0, 5);

  const valuesOf = (form) => {
    const values = [];
    for (const field of form.elements) {
      if (!field.name || isLeftOut(field.name) || field.disabled) continue;
      if (STAMPS.has(field.name) && field.type === "hidden") values.push([field.name, field.value]);
      if (["password", "file", "hidden", "submit", "button"].includes(field.type)) continue;
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) values.push([field.name, field.value]);
      } else if (field.multiple) {
        for (const option of field.selectedOptions) values.push([field.name, option.value]);
      } else values.push([field.name, field.value]);
    }
    return values;
  };

  const part = (values, isStamp) => JSON.stringify(values.filter(([name]) => STAMPS.has(name) === isStamp));
  const words = (values) => part(values, false);
  const stamps = (values) => part(values, true);

  const put = (fields, values) => {
    for (const field of fields) {
      if (!field.name || isLeftOut(field.name) || ["password", "file", "hidden"].includes(field.type)) continue;
      const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = mine.includes(option.value);
      else if (mine.length) field.value = mine[0];
      if (field.tomselect) field.tomselect.sync();
    }
  };

  // Choices that come with another field's value (the plants of an enterprise) are fetched anew before one of them is chosen. What is
  // offered no more stays unchosen: no other choice takes its place.
  const putDependent = (form, values) => {
    for (const source of form.querySelectorAll("select[hx-get][hx-target]")) {
      const target = form.querySelector(source.getAttribute("hx-target"));
      if (!target || !window.htmx) continue;
      target.addEventListener("htmx:afterSwap", () => { put([target], values); keepHere(form); }, { once: true });
      window.htmx.trigger(source, "change");
    }
  };

  const fill = (form, values) => {
    put(form.elements, values);
    putDependent(form, values);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key) || "null");
    } catch (broken) {
      localStorage.removeItem(key);
      return null;
    }
  };
  const keepHere = (form) => {
    try {
      localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
    } catch (full) {
      state(form, ""); // no room in this browser: the server's draft remains
    }
  };

  const send = async (form) => {
    timers.delete(form);
    const url = form.dataset.autosave;
    const values = valuesOf(form);
    if (!url || !form.isConnected || words(values) === "[]") return; // a password and nothing else
    state(form, text("saving"));
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: JSON.stringify(values),
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
        credentials: "same-origin",
        keepalive: document.visibilityState === "hidden", // the tab may be closing
      });
      // A redirect leads to the log-in page: the session has ended, the draft stays here.
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      let at = clock();
      if (answer.status === 200 && (answer.headers.get("Content-Type") || "").includes("json")) at = (await answer.json()).saved_at || at;
      state(form, text("saved", { time: at }));
      form.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true }));
    } catch (failure) {
      state(form, text("savedHere"));
    }
  };

  const changed = (form) => {
    keepHere(form);
    if (form.dataset.autosave && !timers.has(form)) timers.set(form, setTimeout(() => send(form), AFTER_MS));
  };
  const formOf = (target) => target.closest && target.closest(FORMS);
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => {
      const form = formOf(event.target);
      if (form && event.isTrusted) changed(form);
    });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const [form, timer] of Array.from(timers)) {
      clearTimeout(timer);
      send(form);
    }
  });

  // A submitted form is accepted when the answer is a page that came straight from it and shows no error.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (formOf(form)) {
      clearTimeout(timers.get(form));
      timers.delete(form);
      keepHere(form);
      if (!event.defaultPrevented) sessionStorage.setItem("submitted-draft", JSON.stringify([keyOf(form), location.href]));
    }
    if (form.hasAttribute("data-log-out")) {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target;
    if (event.detail.successful && form.matches(FORMS) && event.detail.requestConfig.verb !== "get") localStorage.removeItem(keyOf(form));
  });
  document.addEventListener("portal:accepted", (event) => localStorage.removeItem(keyOf(event.target)));
  const submitted = JSON.parse(sessionStorage.getItem("submitted-draft") || "null");
  if (submitted) {
    sessionStorage.removeItem("submitted-draft");
    const [arrival] = performance.getEntriesByType("navigation");
    const straight = arrival && arrival.type === "navigate" && document.referrer === submitted[1].split("#")[0];
    if (straight && !document.querySelector(".error-page, .error-summary")) localStorage.removeItem(submitted[0]);
  }

  // The draft on the server: typed in this browser or in another one.
  const ask = async (form) => {
    const url = form.dataset.autosave;
    if (!url || words(valuesOf(form)) === "[]") return null;
    try {
      const answer = await fetch(url, { credentials: "same-origin" });
      const isDraft = answer.status === 200 && !answer.redirected && (answer.headers.get("Content-Type") || "").includes("json");
      return isDraft ? await answer.json() : null;
    } catch (unreachable) {
      return null; // this browser's copy is what there is
    }
  };
  const forget = (form) => {
    localStorage.removeItem(keyOf(form));
    if (!form.dataset.autosave) return;
    fetch(form.dataset.autosave, { method: "POST", body: "[]", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() }, credentials: "same-origin" });
  };

  const offer = async (form, cameBack = false) => {
    const key = keyOf(form);
    if (form.querySelector("[data-given-back]") && !cameBack) {
      changed(form); // nothing was wrong and nothing was done: the server gave the input back, to go on with
      return;
    }
    const here = read(key);
    if (here && (Date.now() - here.at > KEEP_DAYS * 86400000 || words(here.values) === words(valuesOf(form)))) {
      localStorage.removeItem(key);
    }
    const opened = valuesOf(form);
    const found = [read(key), await ask(form)].filter((draft) => draft && words(draft.values) !== words(opened));
    const draft = found.sort((one, other) => other.at - one.at)[0];
    if (!draft || words(valuesOf(form)) !== words(opened)) return; // who types already has begun anew
    if (form.querySelector(".error-summary") && !cameBack) return; // the server gave the input back itself
    const at = new Date(draft.at);
    const day = at.toDateString() === new Date().toDateString() ? "" : `${at.getMonth() + 1}-${at.getDate()} `;
    const restore = element("button", { type: "button", class: "btn btn-sm btn-primary" }, text("restore"));
    const discard = element("button", { type: "button", class: "btn btn-sm btn-outline-secondary" }, text("discard"));
    const isOlder = stamps(draft.values) !== "[]" && stamps(draft.values) !== stamps(opened);
    const said = text("draftFound", { time: day + clock(at) }) + (isOlder ? ` ${text("draftOlder")}` : "");
    const bar = element("div", { class: "restore-bar", role: "status" }, element("span", {}, said), restore, discard);
    restore.addEventListener("click", () => {
      fill(form, draft.values);
      bar.remove();
    });
    discard.addEventListener("click", () => {
      forget(form);
      bar.remove();
    });
    form.prepend(bar);
  };

  // Coming back or loading again, the browser puts fields back by their place, after the scripts have run: a list whose choices are not
  // there yet takes another one, which nobody chose. The form is as the server made it, and the whole draft is offered.
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival && arrival.type !== "navigate") {
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) return; // the page itself was kept, choices and all
      for (const form of watched()) {
        form.reset();
        for (const field of form.elements) if (field.tomselect) field.tomselect.sync();
        offer(form, true);
      }
    });
  } else watched().forEach((form) => offer(form));
})();
