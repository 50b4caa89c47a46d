// A form is sent once, and carries the reseller's stamp.
import { $$, meta, on } from "./page.js";
import { emit, isByHtmx, isDrafted, keyOf } from "./typed.js";

const FREE_AGAIN = 20000;

function setBusy(form, busy) {
  const inside = $$("button:not([type=button]), input[type=submit]", form);
  const outside = form.id ? $$(`button[form="${form.id}"]`) : [];
  [...inside, ...outside].forEach((button) => {
    if (busy) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  });
}

function free(form) {
  delete form.dataset.sent;
  delete form.dataset.goes;
  setBusy(form, false);
}

on(
  "submit",
  (event) => {
    const form = event.target;
    const byHtmx = isByHtmx(form);
    if (form.method !== "post" && !byHtmx) return;
    if (form.matches("[data-again]")) return; // its answer is a file: the page stays where it is
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1"; // at once: a second click may come before any timer
    setTimeout(() => {
      if (event.defaultPrevented && !byHtmx && !form.dataset.goes) {
        free(form);
        return;
      }
      setBusy(form, true);
      setTimeout(() => free(form), FREE_AGAIN);
    });
  },
  true,
);

on("formgoes", ({ detail }) => {
  detail.form.dataset.goes = "1";
});
on("formended", ({ detail }) => free(detail.form));

// A form that htmx sends has a key too, and is forgotten on the server's word alone.
on("htmx:configRequest", (event) => {
  const form = event.target;
  if (form.matches("form") && isDrafted(form)) event.detail.headers["X-Form"] = keyOf(form);
});
on("htmx:afterRequest", (event) => {
  const form = event.detail.elt?.closest?.("form");
  if (!form) return;
  free(form);
  const saved = event.detail.xhr?.getResponseHeader("X-Saved");
  if (!saved || saved !== form.dataset.key) return;
  emit(form, "formsaved");
  delete form.dataset.key; // the next sending is another act
});
window.addEventListener("pageshow", () => $$("form[data-sent]").forEach(free));

on("formdata", (event) => {
  const form = event.target;
  const stamp = meta("reseller-stamp");
  if (form.method !== "post" || !stamp || event.formData.has("reseller_stamp")) return;
  const goesHome = new URL(form.action, location).origin === location.origin;
  if (goesHome) event.formData.set("reseller_stamp", stamp);
});
