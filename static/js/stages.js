// Stages and incidents of the driver's trip: every press goes into the phone's queue with its moment,
// and from there in order to the server.
import { $, $$, on, say } from "./page.js";
import { add, entries, isKept, post, refuse, remove, waits } from "./queue.js";

const FORM = "[data-stage-form], [data-incident-form]";
const NOT_KEPT = ["csrfmiddlewaretoken", "reseller_stamp"];
const BODY = "application/x-www-form-urlencoded";

const isWaitingAct = (entry) => entry.kind === "act" && waits(entry);
const pathOf = (form) => new URL(form.action).pathname;

function fieldsOf(form) {
  const fields = Object.fromEntries(new FormData(form));
  NOT_KEPT.forEach((name) => delete fields[name]);
  return { ...fields, at: new Date().toISOString() };
}

// A way that was pressed closes its buttons until the server has answered.
function closePressed() {
  const pressed = new Set(
    entries()
      .filter(isWaitingAct)
      .map((entry) => entry.url),
  );
  $$("[data-stage-form]").forEach((form) => {
    $("button", form).disabled = pressed.has(pathOf(form));
  });
}

on(
  "submit",
  (event) => {
    const form = event.target;
    if (!isKept || !form.matches(FORM)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const fields = fieldsOf(form);
    const label = fields.text || $("button", form).textContent.trim();
    add({ kind: "act", url: pathOf(form), fields, label });
    if (form.matches("[data-incident-form]")) form.reset();
    document.dispatchEvent(new CustomEvent("queuesend"));
  },
  true,
);

on("queuechange", closePressed);
closePressed();

// Replaces what a stage changes on the page; what is being typed stays.
async function refresh() {
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  $$("[data-live]").forEach((piece) => {
    const fresh = $(`[data-live="${piece.dataset.live}"]`, page);
    if (fresh) piece.replaceWith(fresh);
  });
  $$("[data-live-while]").forEach((piece) => {
    if (!$(`[data-live-while="${piece.dataset.liveWhile}"]`, page)) piece.remove();
  });
  closePressed();
}

// In order, each until its answer. Returns why it stopped: "done", "sign-in" or "later".
export async function sendActs(words) {
  let state = "done";
  let changed = false;
  for (let act = entries().find(isWaitingAct); act; act = entries().find(isWaitingAct)) {
    const answer = await post(act.url, act.id, new URLSearchParams(act.fields), BODY);
    state = answer.state;
    if (state === "done") {
      remove([act.id]);
      say(`${act.label}: ${words.sent}`, "good");
    } else if (state === "refused") refuse(act.id, answer.facts.why);
    else break;
    changed = true;
  }
  if (changed) await refresh().catch(() => {}); // the next page shows it then
  return state === "refused" ? "done" : state;
}
