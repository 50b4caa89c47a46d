// Positions of the driver's trip: kept while there is no network, sent in order, once.
import { $, meta } from "./page.js";
import { keep, waiting } from "./queue.js";

const AT_ONCE = 500;
const MOST_KEPT = 2000;
const BETWEEN_BATCHES = 5000;
const BETWEEN_POINTS = 60000;

const box = $("[data-positions]");
const url = box && box.dataset.positions;
const KEY = `driver:positions:${url}`;
const remark = $("[data-position-said]");
const last = $("[data-last]");
const queued = $("[data-queued]");
let sending = false;

function show(text) {
  if (remark) remark.textContent = text;
}

function showQueue() {
  const count = waiting(KEY).length;
  if (queued) queued.textContent = count ? `(+${count})` : "";
}

function post(batch) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": meta("csrf-token") };
  return fetch(url, { method: "POST", body: JSON.stringify(batch), headers });
}

async function sendBatch(batch) {
  const answer = await post(batch);
  const isRefused = answer.status === 409 || answer.status === 422;
  if (!answer.ok && !isRefused) return;
  keep(KEY, waiting(KEY).slice(batch.length));
  if (answer.ok) last.textContent = remark.dataset.sent;
  show(answer.ok ? "" : (await answer.json()).why || "");
}

export async function sendPositions() {
  const batch = waiting(KEY).slice(0, AT_ONCE);
  if (!url || sending || !navigator.onLine || !batch.length) {
    showQueue();
    return;
  }
  sending = true;
  try {
    await sendBatch(batch);
  } catch {
    show(remark.dataset.waiting);
  } finally {
    sending = false;
    showQueue();
  }
  if (waiting(KEY).length) setTimeout(sendPositions, BETWEEN_BATCHES);
}

function add(fix) {
  const { latitude: lat, longitude: lon } = fix.coords;
  const at = new Date(fix.timestamp || Date.now()).toISOString();
  keep(KEY, [...waiting(KEY), { at, lat, lon }].slice(-MOST_KEPT));
  sendPositions();
}

function checkIn() {
  const refused = () => show(remark.dataset.refused);
  if (!navigator.geolocation) {
    refused();
    return;
  }
  const options = { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 };
  navigator.geolocation.getCurrentPosition(add, refused, options);
}

// While the page is open and the driver has allowed it once: a point a minute.
async function follow() {
  if (!navigator.permissions || !navigator.geolocation) return;
  const allowed = await navigator.permissions.query({ name: "geolocation" });
  if (allowed.state !== "granted") return;
  let addedAt = 0;
  const addEveryMinute = (fix) => {
    if (Date.now() - addedAt <= BETWEEN_POINTS) return;
    addedAt = Date.now();
    add(fix);
  };
  const options = { enableHighAccuracy: true, maximumAge: 30000 };
  navigator.geolocation.watchPosition(addEveryMinute, () => {}, options);
}

if (box) {
  $("[data-check-in]", box).addEventListener("click", checkIn);
  follow().catch(() => {}); // a browser that cannot tell is asked by the button alone
}
