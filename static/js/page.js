// What every module needs of the page: its elements, words and settings.
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

export function on(name, act, options) {
  document.addEventListener(name, act, options);
}

export function meta(name) {
  const tag = $(`meta[name="${name}"]`);
  return tag ? tag.content : "";
}

const source = $("#words");
export const words = source ? JSON.parse(source.textContent) : {};
export const language = document.documentElement.lang || "en";

export function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
}

// The toasts listen: whoever has something to say needs no import of them.
export function say(text, level) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { text, level } }));
}

// Modules run after the page is parsed: a set-up runs at once, and again for every new piece of page.
const setups = [];
export function ready(act) {
  setups.push(act);
  act(document.body);
}
// A whole page that came as an answer.
export function arrive(root) {
  setups.forEach((act) => act(root));
}
on("htmx:load", (event) => {
  if (event.target !== document.body) arrive(event.target);
});
