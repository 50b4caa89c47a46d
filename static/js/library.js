// Libraries that only some pages need: each is loaded once, by the first that asks.
const app = document.querySelector("script[data-libraries]");
const loaded = new Map();

export const addresses = app ? app.dataset : {};

function once(address, load) {
  if (!loaded.has(address)) loaded.set(address, load());
  return loaded.get(address);
}

function insert(tag, before) {
  return new Promise((done, failed) => {
    tag.onload = done;
    tag.onerror = failed;
    document.head.insertBefore(tag, before);
  });
}

export function loadScript(address) {
  return once(address, () => {
    const tag = document.createElement("script");
    tag.src = address;
    tag.nonce = app.nonce;
    return insert(tag, null);
  });
}

// Before the product's own styles, so that these win.
export function loadStyle(address) {
  return once(address, () => {
    const tag = document.createElement("link");
    tag.rel = "stylesheet";
    tag.href = address;
    return insert(tag, document.querySelector("link[data-own-style]"));
  });
}

export function loadJson(address) {
  return once(address, () => fetch(address).then((answer) => answer.json()));
}
