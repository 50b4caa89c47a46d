// Stages of the driver's trip: pressed without a network they keep their moment and are sent later.
import { $, $$, meta, on, say } from "./page.js";
import { keep, waiting } from "./queue.js";

const KEY = "driver:stages";

on(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("[data-stage-form]")) return;
    $("[data-now]", form).value = new Date().toISOString();
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { stage, at } = form.elements;
    keep(KEY, [...waiting(KEY), { url: form.action, stage: stage.value, at: at.value }]);
    $$("[data-stage-form] button").forEach((button) => {
      button.disabled = true;
    });
    const words = $("[data-position-said]");
    say(words ? words.dataset.waiting : "", "info");
  },
  true,
);

function post({ url, stage, at }) {
  const token = meta("csrf-token");
  const body = new URLSearchParams({ stage, at, csrfmiddlewaretoken: token });
  return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token } });
}

// In order, each once: what was done or refused for good leaves the queue.
export async function sendStages() {
  let changed = false;
  for (let list = waiting(KEY); list.length; list = waiting(KEY)) {
    let answer;
    try {
      answer = await post(list[0]);
    } catch {
      return;
    }
    if (answer.status >= 500 || answer.status === 429) return;
    keep(KEY, list.slice(1));
    changed = true;
  }
  if (changed) location.reload(); // the page then shows how the trip stands
}
