// The driver's app: what waits on the phone goes out when something is pressed, when a page opens, when
// the network is back, and again every half minute.
import { $, on } from "./page.js";
import { entries, isFull, remove, waits } from "./queue.js";
import { moveOld } from "./old_queue.js";
import { sendPositions } from "./positions.js";
import { sendActs } from "./stages.js";

const AGAIN = 30000;
const box = $("[data-queue]");
const words = box ? box.dataset : {};
let trouble = "done";
let sending = false;
let askedMeanwhile = false;
let isBack = false; // the network, while a try without it was still under way
let timer;

function refusedLine(entry) {
  const line = $("template", box).content.cloneNode(true);
  $("[data-what]", line).textContent = entry.label;
  $("[data-why]", line).textContent = entry.refused;
  $("[data-dismiss]", line).addEventListener("click", () => remove([entry.id]));
  return line;
}

function show() {
  if (!box) return;
  const list = entries();
  const count = list.filter(waits).length;
  const needsSignIn = trouble === "sign-in" && count > 0;
  $("[data-sign-in]", box).hidden = !needsSignIn;
  $("[data-waiting]", box).hidden = needsSignIn || !count || trouble === "done";
  $("[data-full]", box).hidden = !isFull();
  box.querySelectorAll("[data-count]").forEach((mark) => {
    mark.textContent = `(+${count})`;
  });
  const refused = list.filter((entry) => !waits(entry)).map(refusedLine);
  $("[data-refused-list]", box).replaceChildren(...refused);
}

// Of several open pages one sends.
function alone(act) {
  if (!navigator.locks) return act();
  const name = `driver:queue:${words.queue}`;
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? act() : null));
}

async function sendWaiting() {
  trouble = await sendActs(words);
  if (trouble === "sign-in") return;
  const ofPositions = await sendPositions(words);
  if (ofPositions !== "done") trouble = ofPositions;
}

async function sendAll() {
  if (sending) {
    askedMeanwhile = true; // what was pressed meanwhile may already have been passed over
    return;
  }
  sending = true;
  clearTimeout(timer);
  do {
    askedMeanwhile = false;
    isBack = false;
    await alone(sendWaiting);
  } while (isBack || (askedMeanwhile && trouble === "done"));
  sending = false;
  show();
  if (entries().some(waits)) timer = setTimeout(sendAll, AGAIN);
}

if (box) {
  moveOld();
  on("queuesend", sendAll);
  on("queuechange", show);
  window.addEventListener("storage", show);
  window.addEventListener("online", () => {
    isBack = true;
    sendAll();
  });
  show();
  sendAll();
}
