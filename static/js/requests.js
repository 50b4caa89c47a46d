// Requests of htmx: what they carry, and where an answer lands that is no success.
import { $, meta, on, say, words } from "./page.js";
import { ask } from "./ask.js";
import { offerReturn, PLACE } from "./returning.js";

on("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = meta("csrf-token");
  event.detail.headers["X-Reseller"] = meta("reseller-stamp");
});

// The part of a refusal that says why; a page without one says that somebody else was quicker.
function refusal(answer) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  const error = page.querySelector("[data-error]");
  if (error) return error.outerHTML;
  const text = page.body.textContent.trim();
  const isPage = /<(html|body)/i.test(answer);
  const notice = document.createElement("div");
  notice.className = "notice notice-bad";
  notice.setAttribute("role", "alert");
  notice.textContent = isPage || !text ? words.e409 : text;
  return notice.outerHTML;
}

async function goOnFromThere(element, place, text) {
  const { isBack, question } = await offerReturn(place, text, { $, meta, ask });
  if (!isBack) say(question, "bad");
  else if (element.matches("form")) element.requestSubmit();
  else element.click();
}

on("htmx:beforeSwap", (event) => {
  const swap = event.detail;
  if (swap.xhr.status !== 409) return;
  const place = swap.xhr.getResponseHeader(PLACE);
  if (place) {
    swap.shouldSwap = false;
    goOnFromThere(swap.requestConfig.elt, place, swap.serverResponse);
    return;
  }
  swap.target = $("#alert") || swap.target;
  swap.swapOverride = "innerHTML";
  swap.selectOverride = "unset";
  swap.serverResponse = refusal(swap.serverResponse);
  setTimeout(() => swap.target.scrollIntoView({ block: "nearest" }));
});

on("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 409) return;
  const broken = status >= 500 ? words.e500 : words.e404;
  say(words[`e${status}`] || broken, "bad");
});

on("htmx:sendError", () => say(words.offline, "bad"));

on("htmx:afterSwap", (event) => {
  const first = $("[data-focus]", event.detail.elt);
  if (first) first.focus();
});
