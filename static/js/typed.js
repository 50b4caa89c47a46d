// Forms that people type into: which of their fields count, who sends them, and the key of each.
const NEVER_KEPT = /^(password|file|hidden|submit|button|image|reset)$/;
const NO_TEXT = /^(checkbox|radio|select-one|select-multiple|color|range)$/;
const SECRET = "input[type=password], [autocomplete=one-time-code]";
const KEPT = "[data-guard], [data-draft]";
// What is pressed and told on a driver's phone goes through its queue (queue.js).
const OF_QUEUE = "[data-stage-form], [data-incident-form]";
const BY_HTMX = "[hx-post], [hx-put], [hx-patch], [hx-delete]";

function meta(name) {
  const tag = document.querySelector(`meta[name="${name}"]`);
  return tag ? tag.content : "";
}

// Whose page it is: a person in one of the resellers. Empty where nobody is signed in.
export const owner = [meta("person"), meta("reseller-stamp")].join(":");
const isSignedIn = owner !== ":";

export function isByHtmx(form) {
  return form.matches(BY_HTMX);
}

export function isKept(field) {
  return Boolean(field.name) && !NEVER_KEPT.test(field.type);
}

export function keptFields(form) {
  return [...form.elements].filter(isKept);
}

function isText(field) {
  return isKept(field) && !NO_TEXT.test(field.type);
}

function isTyped(form) {
  if (!isSignedIn || document.body.matches(".sign")) return false;
  if (form.matches(OF_QUEUE)) return false;
  const isSecret = form.querySelector(SECRET);
  if (isSecret && !form.matches(KEPT)) return false;
  return keptFields(form).length > 0;
}

// The answer of a form with `data-again` is a file: the browser takes it by itself.
export function goesByScript(form) {
  if (form.method !== "post" || isByHtmx(form)) return false;
  if (form.matches("[data-again], [target]")) return false;
  return Boolean(form.dataset.key) || isTyped(form);
}

// A form whose text is kept on this device until the server says that it is saved.
export function isDrafted(form) {
  if (!isTyped(form)) return false;
  if (!isByHtmx(form) && !goesByScript(form)) return false;
  if (form.matches(KEPT)) return true;
  return [...form.elements].some(isText);
}

const inHex = (byte) => byte.toString(16).padStart(2, "0");

// Two sendings with one key are one act for the server.
export function keyOf(form) {
  if (!form.dataset.key) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const digits = [...bytes].map(inHex);
    form.dataset.key = digits.join("");
  }
  return form.dataset.key;
}

// The document says it: the form itself may have left the page with its answer.
export function emit(form, name, detail) {
  const facts = { form, ...detail };
  const event = new CustomEvent(name, { detail: facts });
  document.dispatchEvent(event);
}
