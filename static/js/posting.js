// A form that people type into is sent without leaving the page: when the network is dead or the session
// has ended, all that was typed stands where it stood.
import { $, $$, arrive, meta, on, say, words } from "./page.js";
import { emit, goesByScript, keyOf } from "./typed.js";

const PATIENCE = 60000;

function addressOf(form, button) {
  const own = button?.getAttribute("formaction") ?? form.getAttribute("action");
  const address = new URL(own || location.href, location.href);
  address.hash = "";
  return address;
}

function bodyOf(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
}

// The answer; null when none comes.
async function post(address, body, headers) {
  const stop = new AbortController();
  const isFile = body instanceof FormData;
  const timer = isFile ? 0 : setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { method: "POST", body, headers, signal: stop.signal });
    return { answer, text: await answer.text() };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function follow(where) {
  const to = new URL(where, location.href);
  const isHere = to.pathname === location.pathname && to.search === location.search;
  location.assign(to);
  if (isHere && to.hash) location.reload(); // a change of the hash alone loads nothing
}

function keep(form, text) {
  emit(form, "formkept");
  emit(form, "formended");
  say(text, "bad");
}

// Why nothing was done, in words; empty when the answer is a page to be shown.
function refusalOf(answer, page) {
  if (answer.status >= 500) return words.e500;
  const isPage = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  const error = $("[data-error]", page);
  if (error && !$("form", error)) return $("p", error).textContent.trim();
  if (isPage && $("main, form", page)) return "";
  return page.body.textContent.trim() || words[`e${answer.status}`] || words.e500;
}

// What the page's own address would have said: a form without an address, a link that is a question.
function anchor(page, address) {
  const here = address.pathname + address.search;
  $$("form:not([action])", page).forEach((form) => form.setAttribute("action", here));
  $$("a[href^='?']", page).forEach((link) => {
    link.setAttribute("href", address.pathname + link.getAttribute("href"));
  });
}

// The form comes back with its errors, or with a question: it is still the same sending.
function carry(page, address, marks) {
  const isSame = (form) => new URL(form.getAttribute("action"), location.href).pathname;
  $$("form[method=post i]", page)
    .filter((form) => isSame(form) === address.pathname && !form.closest("dialog, .dropdown"))
    .forEach((form) => Object.assign(form.dataset, marks));
}

function show(page, address, marks) {
  anchor(page, address);
  carry(page, address, marks);
  if (!$("#toasts", page)) page.body.append($("#toasts").cloneNode(true));
  const modules = $$("script[type=module][src]", page).map((script) => script.getAttribute("src"));
  document.title = page.title;
  document.body.className = page.body.className;
  document.body.replaceChildren(...page.body.childNodes);
  modules.forEach((module) => import(new URL(module, location.href).href));
  history.replaceState(history.state, "", location.href);
  window.htmx?.process(document.body);
  arrive(document.body);
  const first = $("main [data-focus]");
  if (first) first.focus();
  else window.scrollTo(0, 0);
}

function take(form, address, { answer, text }) {
  const key = keyOf(form);
  if (answer.headers.get("X-Saved") === key) emit(form, "formsaved");
  const where = answer.headers.get("X-Location") || (answer.redirected ? answer.url : "");
  if (where) {
    follow(where);
    return;
  }
  if (answer.headers.has("X-Expired")) {
    location.reload(); // the page comes anew with what was typed
    return;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const refusal = refusalOf(answer, page);
  if (answer.headers.has("X-Sent-Before")) delete form.dataset.key;
  if (refusal) {
    keep(form, refusal);
    return;
  }
  emit(form, "formended");
  const marks = { key, draftName: form.dataset.draftName || "", typedAgain: "1" };
  show(page, address, marks);
}

async function send(form, button) {
  const address = addressOf(form, button);
  emit(form, "formgoes");
  const result = await post(address, bodyOf(form, button), { "X-Form": keyOf(form) });
  if (result) take(form, address, result);
  else keep(form, words.offline);
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
  const tokens = [["csrfmiddlewaretoken", meta("csrf-token")]];
  const body = new URLSearchParams([...tokens, ...detail.entries]);
  const result = await post(address, body, { "X-Reseller": meta("reseller-stamp") });
  if (!result?.answer.ok || result.answer.redirected) return;
  const page = new DOMParser().parseFromString(result.text, "text/html");
  show(page, address, detail.marks);
});
