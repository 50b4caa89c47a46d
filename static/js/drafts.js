// Drafts stay on this device, apart for every reseller and person; signing out clears them.
import { $, $$, language, meta, on, ready, words } from "./page.js";
import { read, write } from "./number.js";

const PREFIX = "draft:";
const SENT = "draft-sent";
const NEVER_KEPT = /^(password|file|hidden|submit|button)$/;
const REFUSED = ".is-invalid, .form-errors";

const keyOf = (form) => `${PREFIX}${meta("reseller-stamp")}:${form.dataset.draft}`;
const isBox = (field) => /^(checkbox|radio)$/.test(field.type);
const isMoney = (field) => field.matches("[data-money]");
const isKept = (field) =>
  field.name && field.name !== "csrfmiddlewaretoken" && !NEVER_KEPT.test(field.type);
const keptFields = (form) => [...form.elements].filter(isKept);

// Money is kept as a plain number: the next page may be in another language.
const keptValue = (field) =>
  isMoney(field) ? (read(field.value, language) ?? field.value) : field.value;

function keep(key, values) {
  try {
    localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // a full or closed store only loses the draft
  }
}

function save(form) {
  const fields = keptFields(form).filter((field) => !isBox(field) || field.checked);
  keep(
    keyOf(form),
    fields.map((field) => [field.name, keptValue(field)]),
  );
}

function put(field, values) {
  if (isBox(field)) field.checked = values.includes(field.value);
  else if (field.multiple && field.options) {
    [...field.options].forEach((option) => {
      option.selected = values.includes(option.value);
    });
  } else if (values.length) {
    const plain = isMoney(field) ? read(values[0], language) : null;
    field.value = plain === null ? values[0] : write(plain, language);
  }
  if (field.tomselect) field.tomselect.sync();
}

function differs(form, draft) {
  const values = new Map(draft);
  const texts = keptFields(form).filter((field) => !isBox(field) && values.has(field.name));
  return texts.some((field) => values.get(field.name) !== keptValue(field));
}

function noteAbove(form) {
  const note = document.createElement("div");
  const discard = document.createElement("button");
  note.className = "draft-note";
  note.textContent = words.draft;
  discard.type = "button";
  discard.textContent = words.discard;
  discard.addEventListener("click", () => {
    localStorage.removeItem(keyOf(form));
    form.reset();
    note.remove();
  });
  note.append(discard);
  form.prepend(note);
}

function restore(form) {
  const text = localStorage.getItem(keyOf(form));
  if (!text || form.dataset.restored || $(".is-invalid", form)) return;
  form.dataset.restored = "1";
  const draft = JSON.parse(text);
  if (!differs(form, draft)) return;
  keptFields(form).forEach((field) => {
    const own = draft.filter(([name]) => name === field.name);
    put(
      field,
      own.map(([, value]) => value),
    );
  });
  noteAbove(form);
}

// What was sent is forgotten, unless it comes back with errors.
function forgetSent() {
  const sent = sessionStorage.getItem(SENT);
  if (!sent) return;
  const isBack = (form) => keyOf(form) === sent && $(REFUSED, form);
  if ($$("form[data-draft]").some(isBack)) return;
  localStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
}

let timer;
on("input", (event) => {
  const { form } = event.target;
  if (!form || !form.dataset.draft) return;
  clearTimeout(timer);
  timer = setTimeout(() => save(form), 400);
});

on("submit", (event) => {
  const form = event.target;
  if (form.dataset.draft) {
    clearTimeout(timer);
    sessionStorage.setItem(SENT, keyOf(form));
  }
  if (!form.matches("[data-logout]")) return;
  const drafts = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  drafts.forEach((key) => localStorage.removeItem(key));
});

ready((root) => {
  forgetSent();
  const forms = $$("form[data-draft]", root);
  if (root.matches?.("form[data-draft]")) forms.push(root);
  forms.forEach(restore);
});
