// A form with changes asks before it is left.
import { $$, on, words } from "./page.js";
import { ask } from "./ask.js";

const changed = new WeakSet();
let leaving = false;

const hasUnsaved = () => !leaving && $$("form[data-guard]").some((form) => changed.has(form));

on("input", (event) => {
  const { form } = event.target;
  if (form && form.matches("[data-guard]")) changed.add(form);
});

on("submit", (event) => {
  changed.delete(event.target);
  leaving = true;
  setTimeout(() => {
    leaving = false;
  }, 3000);
});

on("formgoes", ({ detail }) => {
  leaving = true;
  changed.delete(detail.form);
});
on("formkept", ({ detail }) => {
  leaving = false;
  changed.add(detail.form);
});
on("formended", () => {
  leaving = false;
});
on("formclean", ({ detail }) => changed.delete(detail.form));

window.addEventListener("beforeunload", (event) => {
  if (hasUnsaved()) event.preventDefault();
});

function leavesPage(link, event) {
  const opensElsewhere = link.target || event.ctrlKey || event.metaKey;
  const staysHere = link.hasAttribute("download") || link.getAttribute("href").startsWith("#");
  return !opensElsewhere && !staysHere;
}

on(
  "click",
  (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !leavesPage(link, event) || !hasUnsaved()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(words.unsaved).then((yes) => {
      if (!yes) return;
      leaving = true;
      location.assign(link.href);
    });
  },
  true,
);
