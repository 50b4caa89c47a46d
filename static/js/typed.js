// Forms that people type into: which of their fields count, who sends them, and the key of each.
const NEVER_KEPT = /^(password|file|hidden|submit|button|image|reset)$/;
const NO_TEXT = /^(checkbox|radio|select-one|select-multiple|color|range)$/;
const SECRET = "input[type=password], [autocomplete=one-time-code]";
const KEPT = "[data-guard], [data-draft]";
const BY_HTMX = "[hx-post], [hx-put], [hx-patch], [hx-delete]";

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content || "";

// Whose page it is: a person in one of the resellers. Empty where nobody is signed in.
export const owner = [meta("person"), meta("reseller-stamp")].join(":");
const isSignedIn = owner !== ":";

export const isByHtmx = (form) => form.matches(BY_HTMX);
export const isKept = (field) => Boolean(field.name) && !NEVER_KEPT.test(field.type);
export const keptFields = (form) => [...form.elements].filter(isKept);
const isText = (field) => isKept(field) && !NO_TEXT.test(field.type);

function isTyped(form) {
  const isSecret = !form.matches(KEPT) && form.querySelector(SECRET);
  const isOfSession = document.body.matches(".sign") || isSecret;
  return isSignedIn && !isOfSession && keptFields(form).length > 0;
}

// The answer of a form with `data-again` is a file: the browser takes it by itself.
export function goesByScript(form) {
  if (form.method !== "post" || isByHtmx(form) || form.matches("[data-again], [target]")) return false;
  return Boolean(form.dataset.key) || isTyped(form);
}

// A form whose text is kept on this device until the server says that it is saved.
export function isDrafted(form) {
  if (!isTyped(form) || !(isByHtmx(form) || goesByScript(form))) return false;
  return form.matches(KEPT) || [...form.elements].some(isText);
}

// Two sendings with one key are one act for the server.
export function keyOf(form) {
  if (!form.dataset.key) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    form.dataset.key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  return form.dataset.key;
}

// The document says it: the form itself may have left the page with its answer.
export function emit(form, name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail: { form, ...detail } }));
}
