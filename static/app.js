// The frame: htmx settings, toasts, loading bar, theme, sidebar, questions before acts, panels, menus, lists.
(function () {
  "use strict";
  const doc = document;
  const $ = (selector, root) => (root || doc).querySelector(selector);
  const $$ = (selector, root) => [...(root || doc).querySelectorAll(selector)];
  const on = (name, act, options) => doc.addEventListener(name, act, options);
  const meta = (name) => ($(`meta[name="${name}"]`) || {}).content || "";
  const words = JSON.parse(($("#words") || {}).textContent || "{}");
  const cookie = (name, value) => {
    doc.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  };
  cookie("zone", Intl.DateTimeFormat().resolvedOptions().timeZone); // drivers belong to no reseller whose zone would count
  // Other scripts register what to do with every new piece of page.
  const setups = [];
  const ready = (act) => { setups.push(act); if (doc.readyState !== "loading") act(doc.body); };
  const setUp = (root) => setups.forEach((act) => act(root));
  window.track = { $, $$, on, meta, words, ready };
  on("DOMContentLoaded", () => setUp(doc.body));
  on("htmx:load", (event) => { if (event.target !== doc.body) setUp(event.target); });

  // -- htmx: who asks, what comes back
  on("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = meta("csrf-token");
    event.detail.headers["X-Reseller"] = meta("reseller-stamp");
  });
  on("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status !== 409) return;
    const page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
    const said = page.querySelector("[data-error]"), text = page.body.textContent.trim();
    const plain = doc.createElement("div");
    plain.className = "notice notice-bad";
    plain.setAttribute("role", "alert");
    plain.textContent = /<(html|body)/i.test(event.detail.serverResponse) || !text ? words.e409 : text;
    event.detail.target = $("#alert") || event.detail.target;
    event.detail.swapOverride = "innerHTML";
    event.detail.selectOverride = "unset";
    event.detail.serverResponse = (said || plain).outerHTML;
    setTimeout(() => event.detail.target.scrollIntoView({ block: "nearest" }));
  });
  on("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 409) return;
    toast(words["e" + status] || (status >= 500 ? words.e500 : words.e404), "bad");
  });
  on("htmx:sendError", () => toast(words.offline, "bad"));
  on("htmx:afterSwap", (event) => { const first = $("[data-focus]", event.detail.elt); if (first) first.focus(); });

  // -- toasts
  function toast(text, level, undo) {
    const box = $("#toasts");
    if (!box || !text) return;
    const note = doc.createElement("div");
    note.className = `note note-${level || "good"}`;
    const span = doc.createElement("span");
    span.textContent = text;
    note.append(span);
    if (undo) note.append(knob(words.undo, "", () => { note.remove(); window.htmx.ajax("POST", undo, { swap: "none" }); }));
    note.append(knob("×", "note-x", () => note.remove(), words.close));
    box.append(note);
    if (level !== "bad" && level !== "error") leave(note, undo ? 9000 : 5000);
  }
  function knob(text, cls, act, label) {
    const button = doc.createElement("button");
    button.type = "button";
    button.className = cls;
    button.textContent = text;
    if (label) button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    return button;
  }
  function leave(note, after) {
    let timer = setTimeout(() => note.remove(), after);
    note.addEventListener("pointerenter", () => clearTimeout(timer));
    note.addEventListener("pointerleave", () => { timer = setTimeout(() => note.remove(), 2000); });
  }
  window.track.toast = toast;
  on("toast", (event) => {
    const said = event.detail || {};
    const list = Array.isArray(said.value) ? said.value : [said];
    list.forEach((one) => toast(one.text || one.value || (typeof one === "string" ? one : ""), one.level, one.undo));
  });
  ready((root) => $$("[data-toast]", root).forEach((note) => {
    toast(note.textContent.trim(), (note.className.match(/note-(\w+)/) || [])[1], note.dataset.undo);
    note.remove();
  }));

  // -- thin bar: nothing under 100 ms
  const bar = $("#bar");
  let waiting = 0, timer;
  const start = () => { waiting += 1; if (bar && waiting === 1) timer = setTimeout(() => { bar.className = "on"; }, 100); };
  const stop = () => { waiting = Math.max(0, waiting - 1); if (bar && !waiting) { clearTimeout(timer); if (bar.className === "on") bar.className = "end"; } };
  on("htmx:beforeRequest", start);
  on("htmx:afterRequest", stop);
  window.addEventListener("beforeunload", () => setTimeout(start));
  window.addEventListener("pageshow", () => { waiting = 0; stop(); });

  // -- theme, sidebar, network, printing
  on("click", (event) => {
    const hit = (selector) => event.target.closest && event.target.closest(selector);
    let it;
    if ((it = hit("[data-set-theme]"))) {
      doc.documentElement.dataset.theme = it.dataset.setTheme;
      cookie("theme", it.dataset.setTheme);
      $$("[data-set-theme]").forEach((one) => one.setAttribute("aria-pressed", one.dataset.setTheme === it.dataset.setTheme));
      window.applyTheme();
    } else if ((it = hit("[data-side-toggle]"))) {
      const mini = doc.body.classList.toggle("side-mini");
      it.setAttribute("aria-expanded", !mini);
      cookie("sidebar", mini ? "mini" : "wide");
    } else if ((it = hit("[data-copy]"))) {
      navigator.clipboard.writeText(it.dataset.copy).then(() => toast(words.copied));
    } else if ((it = hit("[data-open]"))) {
      $("#" + it.dataset.open).showModal();
    } else if ((it = hit("[data-close]"))) {
      it.closest("dialog").close();
    } else if (hit("[data-print]")) {
      window.print();
    } else if ((it = hit("dialog")) && it === event.target && !it.matches(".ask")) {
      const box = it.getBoundingClientRect();
      if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) it.close();
    }
  });
  const net = () => $$("[data-net]").forEach((one) => one.classList.toggle("off", !navigator.onLine));
  window.addEventListener("online", net);
  window.addEventListener("offline", net);
  ready(net);
  let install;
  window.addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); install = event; $$("[data-install]").forEach((one) => { one.hidden = false; }); });
  on("click", (event) => { if (install && event.target.closest("[data-install]")) install.prompt(); });

  // -- a question before an act
  function ask(text) {
    const box = $("#confirm");
    $("#confirm-text").textContent = text;
    box.returnValue = "no";
    box.showModal();
    return new Promise((answer) => box.addEventListener("close", () => answer(box.returnValue === "yes"), { once: true }));
  }
  window.track.ask = ask;
  const asked = new WeakSet();
  const question = (form, by) => (by && by.dataset.confirm) || form.dataset.confirm;
  on("submit", (event) => {
    const form = event.target, by = event.submitter, text = question(form, by);
    if (!text || asked.has(form)) { asked.delete(form); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(text).then((yes) => { if (yes) { asked.add(form); form.requestSubmit(by || undefined); } });
  }, true);
  on("click", (event) => {
    const link = event.target.closest("a[data-confirm]");
    if (!link || asked.has(link)) { if (link) asked.delete(link); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(link.dataset.confirm).then((yes) => { if (yes) { asked.add(link); link.click(); } });
  }, true);
  on("htmx:confirm", (event) => {
    const text = event.detail.question || (event.target.tagName === "BUTTON" && event.target.type === "button" && event.target.dataset.confirm);
    if (!text) return;
    event.preventDefault();
    ask(text).then((yes) => { if (yes) event.detail.issueRequest(true); });
  });

  // -- keys
  on("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if ((event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing)) {
      const box = $("#search") || $(".list-search input");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
    if (event.key === "Enter" && event.target.matches("tr[data-href], tr[data-peek]")) go(event.target, event);
  });

  // -- rows: open, peek, pick, menu
  function go(row, event) {
    if (row.dataset.peek) peek(row.dataset.peek);
    else if (event.ctrlKey || event.metaKey || event.button === 1) window.open(row.dataset.href, "_blank", "noopener");
    else location.assign(row.dataset.href);
  }
  function peek(url) {
    const panel = $("#panel");
    window.htmx.ajax("GET", url, { target: "#panel-body", swap: "innerHTML" }).then(() => { if (!panel.open) panel.showModal(); });
  }
  const row = (event) => {
    if (event.target.closest("a, button, input, select, label, textarea, summary, .pick, .row-end") || String(getSelection())) return;
    const found = event.target.closest("tr[data-href], tr[data-peek]");
    if (found && event.button < 2) go(found, event);
  };
  on("click", row);
  on("auxclick", row);
  on("click", (event) => { const it = event.target.closest("button[data-peek], a[data-peek]"); if (it) { event.preventDefault(); peek(it.dataset.peek); } });
  on("change", (event) => {
    const box = event.target;
    if (box.matches("[data-pick-all]")) $$('input[name="pick"]').forEach((one) => { one.checked = box.checked; });
    if (box.matches('[data-pick-all], input[name="pick"]')) { event.stopPropagation(); picked(); }
  });
  let lastPick;
  on("click", (event) => {
    const box = event.target;
    if (box.closest("[data-pick-none]")) { $$('input[name="pick"], [data-pick-all]').forEach((one) => { one.checked = false; }); picked(); }
    if (!box.matches('input[name="pick"]')) return;
    const all = $$('input[name="pick"]');
    if (event.shiftKey && lastPick) {
      const [from, to] = [all.indexOf(lastPick), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    }
    lastPick = box;
  });
  function picked() {
    const count = $$('input[name="pick"]:checked').length, form = $("#bulk"), all = $("[data-pick-all]");
    if (form) { form.hidden = !count; $("[data-picked]", form).textContent = count; }
    if (all) { all.indeterminate = count > 0 && count < $$('input[name="pick"]').length; if (!count) all.checked = false; }
  }
  ready(picked);
  // A search swaps the list alone; the count in the page's heading follows it.
  ready(() => { const list = $("#list[data-count]"), count = $("h1 .count"); if (list && count) count.textContent = list.dataset.count; });
  let menu, opener, openedAt;
  function closeMenu(back) { if (menu) { menu.remove(); menu = null; opener.setAttribute("aria-expanded", "false"); if (back) opener.focus(); } }
  on("click", (event) => {
    const dots = event.target.closest("[data-menu]");
    const same = dots && dots === opener && menu;
    if (!event.target.closest(".float-menu")) closeMenu();
    if (!dots || same) return;
    menu = doc.createElement("div");
    menu.className = "dropdown-menu show float-menu";
    menu.append($("#" + dots.dataset.menu).content.cloneNode(true));
    $$("*", menu).forEach((one) => [...one.attributes].forEach((a) => { if (a.value.includes("__ref__")) one.setAttribute(a.name, a.value.replaceAll("__ref__", a.name === "data-confirm" ? dots.dataset.ref : encodeURIComponent(dots.dataset.ref))); }));
    doc.body.append(menu);
    window.htmx.process(menu);
    const at = dots.getBoundingClientRect();
    menu.style.left = `${Math.max(8, at.right - menu.offsetWidth)}px`;
    menu.style.top = `${at.bottom + menu.offsetHeight + 8 > innerHeight ? at.top - menu.offsetHeight - 4 : at.bottom + 4}px`;
    opener = dots;
    openedAt = at.top;
    dots.setAttribute("aria-expanded", "true");
    const first = $(".dropdown-item", menu);
    if (first) first.focus();
  });
  window.addEventListener("keydown", (event) => {
    if (!menu || !/^(Escape|Tab|ArrowDown|ArrowUp)$/.test(event.key)) return;
    event.stopImmediatePropagation(); // Bootstrap would take the menu for one of its own
    if (event.key === "Escape" || event.key === "Tab") { closeMenu(true); return; }
    event.preventDefault();
    const items = $$(".dropdown-item:not(.disabled)", menu), at = items.indexOf(doc.activeElement);
    items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length].focus();
  }, true);
  // A page still gliding to a halt fires late: only a row that has really moved closes its menu.
  on("scroll", () => { if (menu && Math.abs(opener.getBoundingClientRect().top - openedAt) > 2) closeMenu(); }, true);
  ready((root) => $$("[data-bs-toggle=tooltip]", root).forEach((one) => window.bootstrap && window.bootstrap.Tooltip.getOrCreateInstance(one)));

  // A table wider than its place scrolls there; every other list keeps its head in view while the page scrolls.
  const fit = () => $$(".list-table").forEach((place) => {
    place.classList.remove("too-wide");
    place.classList.toggle("too-wide", place.firstElementChild.offsetWidth > place.clientWidth);
  });
  ready(fit);
  window.addEventListener("resize", fit);
  doc.fonts.ready.then(fit);

  // -- work in the background
  ready((root) => $$("[data-events-url]", root).forEach((box) => {
    if (box.dataset.heard) return;
    box.dataset.heard = "1";
    const address = new URL(box.dataset.eventsUrl, location.href);
    const stream = new EventSource(address, { withCredentials: address.origin !== location.origin }), progress = $("progress", box), text = $("[data-work-text]", box), count = $("[data-work-count]", box);
    const close = () => stream.close();
    stream.addEventListener("message", (event) => {
      const said = JSON.parse(event.data);
      if (!box.isConnected) return close();
      if (said.total) { progress.max = said.total; progress.value = said.done; count.textContent = `${said.done} / ${said.total}`; }
      if (said.text) text.textContent = said.text;
      if (said.state !== "done" && said.state !== "failed") return;
      close();
      box.classList.add(said.state);
      if (!progress.hasAttribute("value")) { progress.max = 1; progress.value = 1; }
      if (said.url && said.url.startsWith("/")) { const link = doc.createElement("a"); link.href = said.url; link.textContent = said.url_label || said.url; text.append(" ", link); }
      box.dispatchEvent(new CustomEvent("work:" + said.state, { bubbles: true, detail: said }));
    });
  }));
})();
