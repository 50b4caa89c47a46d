// A form is sent once, and carries the reseller's stamp.
import { $$, meta, on } from "./page.js";

const SENT_BY_HTMX = "[hx-post], [hx-put], [hx-patch], [hx-delete]";
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
  setBusy(form, false);
}

on(
  "submit",
  (event) => {
    const form = event.target;
    const byHtmx = form.matches(SENT_BY_HTMX);
    if (form.method !== "post" && !byHtmx) return;
    if (form.matches("[data-again]")) return; // its answer is a file: the page stays where it is
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1"; // at once: a second click may come before any timer
    setTimeout(() => {
      if (event.defaultPrevented && !byHtmx) {
        free(form);
        return;
      }
      setBusy(form, true);
      setTimeout(() => free(form), FREE_AGAIN);
    });
  },
  true,
);

on("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) free(form);
});
window.addEventListener("pageshow", () => $$("form[data-sent]").forEach(free));

on("formdata", (event) => {
  const form = event.target;
  const stamp = meta("reseller-stamp");
  if (form.method !== "post" || !stamp || event.formData.has("reseller_stamp")) return;
  const goesHome = new URL(form.action, location).origin === location.origin;
  if (goesHome) event.formData.set("reseller_stamp", stamp);
});
