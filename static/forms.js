// Forms: sent once, kept while unsaved, drafts on this device, amounts grouped as typed, files dropped.
(function () {
  "use strict";
  const { $, $$, on, meta, words, ready, ask } = window.track;

  // -- sent once
  const busy = (form, is) => $$("button:not([type=button]), input[type=submit]", form).concat(form.id ? $$(`button[form="${form.id}"]`) : []).forEach((one) => {
    if (is) one.setAttribute("aria-busy", "true"); else one.removeAttribute("aria-busy");
  });
  on("submit", (event) => {
    const form = event.target;
    const hx = form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]");
    if ((form.method !== "post" && !hx) || form.matches("[data-again]")) return; // data-again: an answer that is a file leaves the page where it is
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "1"; // at once: a second click may come before any timer
    setTimeout(() => { if (event.defaultPrevented && !hx) free(form); else { busy(form, true); setTimeout(() => free(form), 20000); } });
  }, true);
  const free = (form) => { delete form.dataset.sent; busy(form, false); };
  on("htmx:afterRequest", (event) => { const form = event.target.closest && event.target.closest("form"); if (form) free(form); });
  window.addEventListener("pageshow", () => $$("form[data-sent]").forEach(free));

  // -- unsaved changes ask
  const changed = new WeakSet();
  let leaving = false;
  on("input", (event) => { const form = event.target.form; if (form && form.matches("[data-guard]")) changed.add(form); });
  on("submit", (event) => { changed.delete(event.target); leaving = true; setTimeout(() => { leaving = false; }, 3000); });
  const unsaved = () => !leaving && $$("form[data-guard]").some((form) => changed.has(form));
  window.addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });
  on("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || link.hasAttribute("download") || link.getAttribute("href").startsWith("#") || event.ctrlKey || event.metaKey || !unsaved()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(words.unsaved).then((yes) => { if (yes) { leaving = true; location.assign(link.href); } });
  }, true);

  // -- drafts stay on this device, apart for every reseller and person; signing out clears them
  const keyOf = (form) => `draft:${meta("reseller-stamp")}:${form.dataset.draft}`;
  const kept = (form) => [...form.elements].filter((one) => one.name && !/^(password|file|hidden|submit|button)$/.test(one.type) && one.name !== "csrfmiddlewaretoken");
  const save = (form) => {
    const values = kept(form).filter((one) => !/^(checkbox|radio)$/.test(one.type) || one.checked).map((one) => [one.name, one.value]);
    try { localStorage.setItem(keyOf(form), JSON.stringify(values)); } catch { /* a full or closed store only loses the draft */ }
  };
  let timer;
  on("input", (event) => { const form = event.target.form; if (form && form.dataset.draft) { clearTimeout(timer); timer = setTimeout(() => save(form), 400); } });
  on("submit", (event) => { const form = event.target; if (form.dataset.draft) { clearTimeout(timer); sessionStorage.setItem("draft-sent", keyOf(form)); } if (form.matches("[data-logout]")) Object.keys(localStorage).filter((key) => key.startsWith("draft:")).forEach((key) => localStorage.removeItem(key)); });
  ready((root) => {
    const forms = $$("form[data-draft]", root).concat(root.matches && root.matches("form[data-draft]") ? [root] : []);
    const sent = sessionStorage.getItem("draft-sent");
    if (sent && !$$("form[data-draft]").some((form) => keyOf(form) === sent && $(".is-invalid, .form-errors", form))) { localStorage.removeItem(sent); sessionStorage.removeItem("draft-sent"); }
    forms.forEach((form) => {
      const text = localStorage.getItem(keyOf(form));
      if (!text || form.dataset.restored || $(".is-invalid", form)) return;
      form.dataset.restored = "1";
      const values = JSON.parse(text);
      const differs = kept(form).some((one) => !/^(checkbox|radio)$/.test(one.type) && values.some(([name, value]) => name === one.name && value !== one.value));
      if (!differs) return;
      kept(form).forEach((one) => {
        const mine = values.filter(([name]) => name === one.name).map(([, value]) => value);
        if (/^(checkbox|radio)$/.test(one.type)) one.checked = mine.includes(one.value);
        else if (one.multiple && one.options) [...one.options].forEach((option) => { option.selected = mine.includes(option.value); });
        else if (mine.length) one.value = mine[0];
        if (one.tomselect) one.tomselect.sync();
      });
      const note = document.createElement("div"), drop = document.createElement("button");
      note.className = "draft-note";
      note.textContent = words.draft;
      drop.type = "button";
      drop.textContent = words.discard;
      drop.addEventListener("click", () => { localStorage.removeItem(keyOf(form)); form.reset(); note.remove(); });
      note.append(drop);
      form.prepend(note);
    });
  });

  // -- amounts: 1 234 567,50 while typing, 1234567.50 when sent
  const comma = /^(ru|ky|kk)/.test(document.documentElement.lang);
  const plain = (text) => {
    let value = text.replace(/[\s\u00a0\u202f']/g, "");
    const last = Math.max(value.lastIndexOf(","), value.lastIndexOf("."));
    if (last < 0) return value;
    const tail = value.length - last - 1, mark = value[last], several = value.split(mark).length > 2;
    const grouping = several || (tail === 3 && mark === (comma ? "." : ","));
    const whole = (grouping ? value : value.slice(0, last)).replace(/[.,]/g, "");
    return grouping ? whole : `${whole}.${value.slice(last + 1)}`;
  };
  const grouped = (text) => {
    const value = plain(text);
    if (!/^-?\d*(\.\d*)?$/.test(value) || value === "") return text;
    const [whole, cents] = value.split(".");
    return whole.replace(/\B(?=(\d{3})+(?!\d))/g, comma ? "\u00a0" : ",") + (cents === undefined ? "" : (comma ? "," : ".") + cents);
  };
  ready((root) => $$("input[data-money]", root).forEach((one) => { one.inputMode = "decimal"; one.autocomplete = "off"; if (one.value) one.value = grouped(one.value); }));
  on("input", (event) => {
    const one = event.target;
    if (!one.matches("input[data-money]")) return;
    // Count figures, not separators, so the caret stays behind the figure just typed.
    const figures = one.value.slice(0, one.selectionStart).replace(/[^\d]/g, "").length, atEnd = one.selectionStart === one.value.length;
    if (/[.,]$/.test(one.value)) { if (!comma || one.value.endsWith(",")) return; }
    one.value = grouped(one.value);
    if (atEnd) return;
    let at = 0;
    for (let seen = 0; at < one.value.length && seen < figures; at += 1) if (/\d/.test(one.value[at])) seen += 1;
    one.setSelectionRange(at, at);
  });
  on("focusout", (event) => { if (event.target.matches("input[data-money]") && event.target.value) event.target.value = grouped(event.target.value); });
  document.addEventListener("formdata", (event) => {
    const form = event.target, stamp = meta("reseller-stamp");
    if (form.method === "post" && stamp && !event.formData.has("reseller_stamp") && new URL(form.action, location).origin === location.origin) event.formData.set("reseller_stamp", stamp);
    $$("input[data-money][name]", form).forEach((one) => { if (!one.disabled && one.value) event.formData.set(one.name, plain(one.value)); });
  });
  on("htmx:configRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) $$("input[data-money][name]", form).forEach((one) => { if (event.detail.parameters[one.name]) event.detail.parameters[one.name] = plain(one.value); });
  });

  // -- files dropped on the field
  on("dragover", (event) => { const box = event.target.closest("[data-drop]"); if (box) { event.preventDefault(); box.classList.add("over"); } });
  on("dragleave", (event) => { const box = event.target.closest("[data-drop]"); if (box) box.classList.remove("over"); });
  on("drop", (event) => {
    const box = event.target.closest("[data-drop]");
    if (!box) return;
    event.preventDefault();
    box.classList.remove("over");
    const input = $("input[type=file]", box);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  on("change", (event) => { const box = event.target.closest("[data-drop]"); if (box) $("[data-drop-name]", box).textContent = [...event.target.files].map((file) => file.name).join(", "); });
})();
