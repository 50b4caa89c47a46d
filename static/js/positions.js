// Positions of the driver's trip: put into the phone's queue, sent in order in batches.
import { $, on } from "./page.js";
import { add, entries, post, remove, waits } from "./queue.js";

const AT_ONCE = 500;
const BETWEEN_POINTS = 60000;

const box = $("[data-positions]");
const remark = $("[data-position-said]");

const isWaitingPoint = (entry) => entry.kind === "position" && waits(entry);

function show(text) {
  if (remark) remark.textContent = text;
}

function showQueue() {
  const queued = $("[data-queued]");
  const count = entries().filter(isWaitingPoint).length;
  if (queued) queued.textContent = count ? `(+${count})` : "";
}

// The oldest points of one trip, as many as one call takes.
function nextBatch() {
  const points = entries().filter(isWaitingPoint);
  return points.filter((point) => point.url === points[0].url).slice(0, AT_ONCE);
}

const shownLast = (url) => box && box.dataset.positions === url && $("[data-last]", box);

function showSent(url, stored, words) {
  const last = shownLast(url);
  if (last && stored) last.textContent = words.sent;
}

// Returns why it stopped: "done", "sign-in" or "later". Refused points are counted and said once.
export async function sendPositions(words) {
  let refused = 0;
  let state = "done";
  while (entries().some(isWaitingPoint)) {
    const batch = nextBatch();
    const [{ url, id }] = batch;
    const points = batch.map(({ at, lat, lon }) => ({ at, lat, lon }));
    const answer = await post(url, id, JSON.stringify(points), "application/json");
    state = answer.state;
    if (state !== "done" && state !== "refused") break;
    const few = state === "done" ? (answer.facts.refused || []).length : batch.length;
    refused += few;
    remove(batch.map((point) => point.id));
    showSent(url, batch.length > few, words);
    show(answer.facts.why || "");
  }
  if (refused) show(`${words.refused}: ${refused}. ${(remark && remark.textContent) || ""}`.trim());
  return state === "refused" ? "done" : state;
}

function addFix(fix) {
  const { latitude: lat, longitude: lon } = fix.coords;
  const at = new Date(fix.timestamp || Date.now()).toISOString();
  add({ kind: "position", url: box.dataset.positions, at, lat, lon });
  document.dispatchEvent(new CustomEvent("queuesend"));
}

function checkIn() {
  const refused = () => show(remark.dataset.refused);
  if (!navigator.geolocation) {
    refused();
    return;
  }
  const options = { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 };
  navigator.geolocation.getCurrentPosition(addFix, refused, options);
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
    addFix(fix);
  };
  const options = { enableHighAccuracy: true, maximumAge: 30000 };
  navigator.geolocation.watchPosition(addEveryMinute, () => {}, options);
}

on("queuechange", showQueue);
showQueue();
if (box) {
  $("[data-check-in]", box).addEventListener("click", checkIn);
  follow().catch(() => {}); // a browser that cannot tell is asked by the button alone
}
