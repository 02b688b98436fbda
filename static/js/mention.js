// @ in a note: colleagues to choose from. Without scripts the name is simply typed.
(() => {
  "use strict";
  const { element, text } = window.portal;
  // Not in an e-mail address. The first group is what stands before the @ and stays.
  const AT = /(^|[^A-Za-z0-9._%+-])@([^\s@，。；、,.;]{0,20})$/;
  let list = null;
  let field = null;
  let asked = 0;

  const close = () => {
    if (list) list.remove();
    if (field) field.removeAttribute("aria-activedescendant");
    list = null;
  };
  const options = () => (list ? Array.from(list.children) : []);
  const mark = (index) => {
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const chosen = options()[index];
    if (chosen) {
      field.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    }
  };
  const at = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  const choose = (option) => {
    const before = field.value.slice(0, field.selectionStart).replace(AT, `$1@${option.dataset.name} `);
    const after = field.value.slice(field.selectionStart);
    field.value = before + after;
    field.setSelectionRange(before.length, before.length);
    close();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const show = (people) => {
    close();
    if (!people.length) return;
    list = element("ul", { class: "mentions", role: "listbox", id: "mentions", "aria-label": text("mention") });
    people.slice(0, 8).forEach((person, index) => {
      const note = element("small", {}, person.note || "");
      const option = element("li", { role: "option", id: `mention-${index}`, "data-name": person.key || person.text }, person.text, note);
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(option);
      });
      list.append(option);
    });
    field.after(list);
    field.setAttribute("aria-controls", "mentions");
    mark(0);
  };

  document.addEventListener("input", async (event) => {
    const form = event.target.closest("form[data-mention]");
    if (!form || !event.target.matches("textarea") || event.isComposing) return;
    field = event.target;
    const found = field.value.slice(0, field.selectionStart).match(AT);
    const mine = (asked += 1);
    if (!found) {
      close();
      return;
    }
    const url = new URL(form.dataset.mention, location.href);
    url.searchParams.set("q", found[2]);
    const answer = await fetch(url, { credentials: "same-origin", headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
    if (answer && answer.ok && mine === asked) show((await answer.json()).results);
  });
  // Before other shortcuts: while the list is open, Enter chooses and Esc closes it.
  document.addEventListener(
    "keydown",
    (event) => {
      if (!list || event.target !== field || event.isComposing) return;
      const count = options().length;
      if (event.key === "ArrowDown") mark((at() + 1) % count);
      else if (event.key === "ArrowUp") mark((at() - 1 + count) % count);
      else if (event.key === "Enter" || event.key === "Tab") choose(options()[at()]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  document.addEventListener("focusout", (event) => {
    if (event.target === field) close();
  });
})();
