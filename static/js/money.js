// Fields of money: grouped while typed, sent as plain numbers.
import { $$, language, on, ready } from "./page.js";
import { caretAfter, commaIsDecimal, read, regroup, write } from "./number.js";

const FIELD = "input[data-money]";
const DIGITS_OR_ONE_SIGN = /^(\d*|.)$/;

// A key, not a text that arrives as a whole (pasted, dropped, filled in by a program).
function isKey(event) {
  if (event.inputType === "insertText") return DIGITS_OR_ONE_SIGN.test(event.data ?? "");
  return /^(insertCompositionText|delete)/.test(event.inputType ?? "");
}

function show(field) {
  const plain = read(field.value, language);
  if (plain !== null) field.value = write(plain, language);
  return plain !== null;
}

// A comma that a person types where commas group is theirs to place: the text stays as it is.
function setsOwnMarks(event) {
  return !commaIsDecimal(language) && (event.data ?? "").endsWith(",");
}

function type(field) {
  const text = field.value;
  const before = text.slice(0, field.selectionStart);
  const atEnd = field.selectionStart === text.length;
  field.value = regroup(text, language);
  if (atEnd) return;
  const at = caretAfter(field.value, before, language);
  field.setSelectionRange(at, at);
}

ready((root) => {
  $$(FIELD, root).forEach((field) => {
    field.inputMode = "decimal";
    field.autocomplete = "off";
    show(field);
  });
});

function regroupOrLeave(event) {
  const field = event.target;
  if (!field.matches(FIELD)) return;
  if (!isKey(event)) {
    // Read as a whole; left alone where it cannot be read.
    field.toggleAttribute("data-own-marks", !show(field) && field.value !== "");
    return;
  }
  if (field.value === "") field.removeAttribute("data-own-marks");
  if (setsOwnMarks(event)) field.setAttribute("data-own-marks", "");
  if (!field.hasAttribute("data-own-marks")) type(field);
}
on("input", regroupOrLeave, true); // before anyone reads the field: a form's sums, drafts

on("focusout", (event) => {
  const field = event.target;
  if (field.matches(FIELD) && show(field)) field.removeAttribute("data-own-marks");
});

// What cannot be read is sent as it stands: the server refuses it and says why.
const plain = (text) => read(text, language) ?? text;

on("formdata", (event) => {
  $$(`${FIELD}[name]`, event.target).forEach((field) => {
    if (!field.disabled && field.value) event.formData.set(field.name, plain(field.value));
  });
});

on("htmx:configRequest", (event) => {
  const form = event.target.closest?.("form");
  if (!form) return;
  const sent = event.detail.parameters;
  $$(`${FIELD}[name]`, form).forEach((field) => {
    if (sent[field.name]) sent[field.name] = plain(sent[field.name]);
  });
});
