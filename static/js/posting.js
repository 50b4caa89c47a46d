// A form that people type into is sent without leaving the page: when the network is dead or the session
// has ended, all that was typed stands where it stood.
import { $, $$, arrive, meta, on, say, words } from "./page.js";
import { emit, goesByScript, keyOf } from "./typed.js";
import { ask } from "./ask.js";
import { offerReturn, PLACE } from "./returning.js";

const PATIENCE = 60000;
// They stand in the head alone, and bear the mark of another answer: this page's policy complains of them.
const STYLES = /<style\b[\s\S]*?<\/style>/gi;

function addressOf(form, button) {
  const ofButton = button?.getAttribute("formaction");
  const own = ofButton ?? form.getAttribute("action");
  const address = new URL(own || location.href, location.href);
  address.hash = "";
  return address;
}

function bodyOf(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  if (form.enctype === "multipart/form-data") return data;
  return new URLSearchParams(data);
}

// The answer; null when none comes.
async function post(address, body, headers) {
  const stop = new AbortController();
  const isFile = body instanceof FormData;
  const timer = isFile ? 0 : setTimeout(() => stop.abort(), PATIENCE);
  const call = { method: "POST", body, headers };
  try {
    const answer = await fetch(address, { ...call, signal: stop.signal });
    const text = await answer.text();
    return { answer, text };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function follow(where) {
  const to = new URL(where, location.href);
  const isHere = to.pathname === location.pathname;
  const isSame = isHere && to.search === location.search;
  location.assign(to);
  // A change of the hash alone loads nothing.
  if (isSame && to.hash) location.reload();
}

function keep(form, text) {
  emit(form, "formkept");
  emit(form, "formended");
  say(text, "bad");
}

// Why nothing was done, in words; empty when the answer is a page to be shown.
function refusalOf(answer, page) {
  if (answer.status >= 500) return words.e500;
  const error = $("[data-error]", page);
  if (error && !$("form", error)) {
    return $("p", error).textContent.trim();
  }
  const kind = answer.headers.get("Content-Type") || "";
  const isPage = kind.startsWith("text/html");
  if (isPage && $("main, form", page)) return "";
  const text = page.body.textContent.trim();
  return text || words[`e${answer.status}`] || words.e500;
}

// What the page's own address would have said: a form without an address, a link that is a question.
function anchor(page, address) {
  const here = address.pathname + address.search;
  $$("form:not([action])", page).forEach((form) => {
    form.setAttribute("action", here);
  });
  $$("a[href^='?']", page).forEach((link) => {
    const query = link.getAttribute("href");
    link.setAttribute("href", address.pathname + query);
  });
}

// The form comes back with its errors, or with a question: it is still the same sending.
function carry(page, address, marks) {
  $$("form[method=post i]", page).forEach((form) => {
    const action = form.getAttribute("action");
    const { pathname } = new URL(action, location.href);
    const isOfPage = !form.closest("dialog, .dropdown");
    if (isOfPage && pathname === address.pathname) {
      Object.assign(form.dataset, marks);
    }
  });
}

function show(page, address, marks) {
  anchor(page, address);
  carry(page, address, marks);
  if (!$("#toasts", page)) {
    page.body.append($("#toasts").cloneNode(true));
  }
  const modules = $$("script[type=module][src]", page);
  const files = modules.map((module) => module.getAttribute("src"));
  document.title = page.title;
  document.body.className = page.body.className;
  document.body.replaceChildren(...page.body.childNodes);
  files.forEach((file) => {
    const { href } = new URL(file, location.href);
    import(href);
  });
  history.replaceState(history.state, "", location.href);
  window.htmx?.process(document.body);
  arrive(document.body);
  const first = $("main [data-focus]");
  if (first) first.focus();
  else window.scrollTo(0, 0);
}

function take(form, address, { answer, text }) {
  const key = keyOf(form);
  const { headers } = answer;
  if (headers.get("X-Saved") === key) emit(form, "formsaved");
  const redirect = answer.redirected ? answer.url : "";
  const where = headers.get("X-Location") || redirect;
  if (where) {
    follow(where);
    return;
  }
  if (headers.has("X-Expired")) {
    location.reload(); // the page comes anew with what was typed
    return;
  }
  const bare = text.replace(STYLES, "");
  const page = new DOMParser().parseFromString(bare, "text/html");
  const refusal = refusalOf(answer, page);
  if (headers.has("X-Sent-Before")) delete form.dataset.key;
  if (refusal) {
    keep(form, refusal);
    return;
  }
  emit(form, "formended");
  const draftName = form.dataset.draftName || "";
  const marks = { key, draftName, typedAgain: "1" };
  show(page, address, marks);
}

async function send(form, button) {
  const address = addressOf(form, button);
  emit(form, "formgoes");
  const body = bodyOf(form, button);
  const headers = { "X-Form": keyOf(form) };
  const result = await post(address, body, headers);
  const place = result?.answer.headers.get(PLACE);
  if (!result) keep(form, words.offline);
  else if (place) await sendFromThere(form, button, place, result.text);
  else take(form, address, result);
}

// The form is of another place of the person: what is typed stands until the answer.
async function sendFromThere(form, button, place, text) {
  const { isBack, question } = await offerReturn(place, text, { $, meta, ask });
  if (isBack) await send(form, button);
  else keep(form, question);
}

on("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !goesByScript(form)) return;
  event.preventDefault();
  send(form, event.submitter);
});

// A draft of another face of the form: the server lays out the form that holds it.
on("formreopen", async ({ detail }) => {
  const { form } = detail;
  const address = addressOf(form);
  const token = ["csrfmiddlewaretoken", meta("csrf-token")];
  const body = new URLSearchParams([token, ...detail.entries]);
  const headers = { "X-Reseller": meta("reseller-stamp") };
  const result = await post(address, body, headers);
  if (!result?.answer.ok || result.answer.redirected) return;
  const page = new DOMParser().parseFromString(result.text, "text/html");
  show(page, address, detail.marks);
});
