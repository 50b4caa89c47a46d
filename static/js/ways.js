// An order's form, and a client's request: kilometres as soon as two places are chosen. Typing never waits.
import { $$, ready } from "./page.js";

const PLACE = /^(stop-\d+-place|origin|destination)$/;
const LEFT_OUT = /^stop-\d+-DELETE$/;
const ways = new Map();

async function ask(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return answer.json();
}

// One call for each row of places; one that failed is asked again.
function wayOf(url) {
  if (!ways.has(url)) ways.set(url, ask(url));
  ways.get(url).catch(() => ways.delete(url));
  return ways.get(url);
}

function isKept(form, box) {
  const leftOut = form.elements[box.name.replace("-place", "-DELETE")];
  return !leftOut || !leftOut.checked;
}

function placesOf(form) {
  const boxes = [...form.elements].filter((box) => PLACE.test(box.name) && isKept(form, box));
  return boxes.map((box) => box.value.trim()).filter(Boolean);
}

function follow(line) {
  const form = line.closest("form");
  let latest = "";
  const show = (text) => {
    line.textContent = text;
    line.hidden = !text;
  };

  async function look() {
    const places = placesOf(form);
    const query = new URLSearchParams(places.map((place) => ["place", place]));
    const url = `${line.dataset.way}?${query}`;
    if (url === latest) return;
    latest = url;
    show("");
    if (places.length < 2) return;
    const way = await wayOf(url).catch(() => null);
    if (url === latest && way) show(way.text);
  }

  form.addEventListener("change", ({ target }) => {
    if (PLACE.test(target.name) || LEFT_OUT.test(target.name)) look();
  });
  look();
}

ready((root) => $$("[data-way]", root).forEach(follow));
