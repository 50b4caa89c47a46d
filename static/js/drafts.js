// Drafts stay on this device, apart for every person in every reseller, until the server says "saved".
// Nobody else is shown them; signing out clears those of the person.
import { $, $$, language, on, ready, words } from "./page.js";
import { read, write } from "./number.js";
import { adopt, leave, placeIn, readDraft, writeDraft } from "./draft_store.js";
import { emit, isDrafted, isKept, keptFields, keyOf, owner } from "./typed.js";

const PREFIX = "draft:";
const OWN = `${PREFIX}${owner.split(":")[0]}:`;
const KEPT_DAYS = 14;
const DAY = 86400000;
const AFTER_KEY = 400; // ms
const REFUSED = ".is-invalid, .form-errors";
const TOKENS = ["csrfmiddlewaretoken", "reseller_stamp", "sure"];

const untouched = new WeakMap(); // what the server wrote into a form
const waiting = new Map(); // forms with a change that is not kept yet
const isBox = (field) => /^(checkbox|radio)$/.test(field.type);
const isMoney = (field) => field.matches("[data-money]");
const isEqual = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function nameOf(form) {
  const own = form.dataset.draft || form.dataset.draftName;
  if (own) return own;
  const action = form.getAttribute("action") || form.getAttribute("hx-post") || "";
  const isAlike = (other) => (other.getAttribute("action") || "") === action;
  const place = $$("form").filter(isAlike).indexOf(form);
  return `${location.pathname}>${action}#${place}`;
}

const places = new WeakMap(); // where the draft of a form lies
const placeOf = (form) => places.get(form);
const baseOf = (form) => `${PREFIX}${owner}:${form.dataset.draftName}`;
const settlePlace = (form) => places.set(form, placeIn(baseOf(form)));

// Money is kept as a plain number: the next page may be in another language.
const keptValue = (field) =>
  isMoney(field) ? (read(field.value, language) ?? field.value) : field.value;

function valuesOf(field) {
  if (isBox(field)) return field.checked ? [field.value] : [];
  if (field.options && field.multiple) {
    const chosen = [...field.selectedOptions];
    return chosen.map((option) => option.value);
  }
  return [keptValue(field)];
}

// Every kept field's values by its name.
function stateOf(form) {
  const state = {};
  keptFields(form).forEach((field) => {
    const before = state[field.name] || [];
    state[field.name] = [...before, ...valuesOf(field)];
  });
  return state;
}

function hiddenOf(form) {
  const isSent = ({ type, name }) => type === "hidden" && name && !TOKENS.includes(name);
  const hidden = [...form.elements].filter(isSent);
  return hidden.map((field) => [field.name, field.value]);
}

function changedOf(form, state) {
  const before = untouched.get(form);
  const names = Object.keys(state);
  // One that came back with what was typed has changed as a whole.
  if (form.dataset.typedAgain || !before) return names;
  return names.filter((name) => !isEqual(state[name], before[name]));
}

function keep(form) {
  const values = stateOf(form);
  const changed = changedOf(form, values);
  const place = placeOf(form);
  const draft = {
    at: Date.now(),
    key: keyOf(form),
    changed,
    values,
    hidden: hiddenOf(form),
  };
  if (changed.length) writeDraft(place, draft);
  else localStorage.removeItem(place);
}

function settle(form) {
  clearTimeout(waiting.get(form));
  if (waiting.delete(form)) keep(form);
}

function forget(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  localStorage.removeItem(placeOf(form));
}

function fill(field, values, turn) {
  if (isBox(field)) field.checked = values.includes(field.value);
  else if (field.options && field.multiple) {
    [...field.options].forEach((option) => {
      option.selected = values.includes(option.value);
    });
  } else if (field.options) {
    const offered = [...field.options].map((option) => option.value);
    if (offered.includes(values[turn])) field.value = values[turn];
  } else {
    const text = values[turn] ?? "";
    const plain = isMoney(field) ? read(text, language) : null;
    field.value = plain === null ? text : write(plain, language);
  }
  field.tomselect?.sync();
}

// What is seen is what is sent: every widget follows its field.
function put(form, values, names) {
  const turns = {};
  const touched = keptFields(form).filter((field) => names.includes(field.name));
  touched.forEach((field) => {
    const turn = turns[field.name] || 0;
    turns[field.name] = turn + 1;
    fill(field, values[field.name], turn);
  });
  emit(form, "formfilled");
  if (form.matches("[data-pricing]")) return; // its sums stand as they were kept
  touched.forEach((field) => {
    const event = new Event("change", { bubbles: true });
    field.dispatchEvent(event);
  });
}

function discard(form) {
  forget(form);
  emit(form, "formclean");
  if (form.dataset.typedAgain) {
    location.reload();
    return;
  }
  delete form.dataset.key;
  const before = untouched.get(form);
  put(form, before, Object.keys(before));
}

function noteAbove(form) {
  const note = document.createElement("div");
  const button = document.createElement("button");
  note.className = "draft-note";
  note.textContent = words.draft;
  button.type = "button";
  button.textContent = words.discard;
  button.addEventListener("click", () => {
    note.remove();
    discard(form);
  });
  note.append(button);
  form.prepend(note);
}

// The form has other rows or another face than the draft: the server lays it out.
function reopen(form, draft) {
  const typed = Object.entries(draft.values);
  const pairsOf = ([name, values]) => values.map((value) => [name, value]);
  const request = form.dataset.reopen.split("=");
  const entries = [...draft.hidden, ...typed.flatMap(pairsOf), request];
  const marks = {
    key: draft.key,
    draftName: form.dataset.draftName,
    typedAgain: "1",
    draftNote: "1",
  };
  emit(form, "formreopen", { entries, marks });
}

async function restore(form) {
  const own = readDraft(placeOf(form));
  const draft = own || (await adopt(baseOf(form)));
  if (!draft) return;
  const state = stateOf(form);
  const isThere = (name) => name in state;
  if (form.dataset.reopen && !draft.changed.every(isThere)) {
    reopen(form, draft);
    return;
  }
  const isOther = (name) => isThere(name) && !isEqual(state[name], draft.values[name]);
  const names = draft.changed.filter(isOther);
  if (!names.length) return;
  form.dataset.key = draft.key;
  put(form, draft.values, names);
  noteAbove(form);
}

function take(form) {
  if (untouched.has(form)) return;
  if (form.dataset.draftName) settlePlace(form); // a question
  if (!isDrafted(form)) return;
  if ($(REFUSED, form)) form.dataset.typedAgain = "1";
  form.dataset.draftName = nameOf(form);
  settlePlace(form);
  untouched.set(form, stateOf(form));
  if (form.dataset.typedAgain) {
    keep(form);
    if (form.dataset.draftNote) noteAbove(form);
  } else restore(form);
}

function hear({ target }) {
  const { form } = target;
  if (!form || !untouched.has(form) || !isKept(target)) return;
  clearTimeout(waiting.get(form));
  waiting.set(
    form,
    setTimeout(() => settle(form), AFTER_KEY),
  );
}

on("input", hear);
on("change", hear);
on("formsaved", ({ detail }) => forget(detail.form));
window.addEventListener("pagehide", () => {
  [...waiting.keys()].forEach(settle);
  leave();
});

on("submit", ({ target: form }) => {
  if (untouched.has(form)) {
    waiting.set(form, 0);
    settle(form);
  }
  if (!form.matches("[data-logout]")) return;
  waiting.clear();
  const isOwn = (place) => place.startsWith(OWN);
  const own = Object.keys(localStorage).filter(isOwn);
  own.forEach((place) => localStorage.removeItem(place));
});

function isOld(place) {
  const draft = readDraft(place);
  return !(draft?.at > Date.now() - KEPT_DAYS * DAY);
}

Object.keys(localStorage)
  .filter((place) => place.startsWith(PREFIX) && isOld(place))
  .forEach((place) => localStorage.removeItem(place));

ready((root) => {
  const forms = $$("form", root);
  if (root.matches?.("form")) forms.push(root);
  forms.forEach(take);
});
