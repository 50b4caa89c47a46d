// One queue on this phone for every act and position of one driver: what is pressed stays here until
// the server gives its receipt. Another driver on the same phone has a queue of his own.
const MOST_POINTS = 10000; // a week of a point a minute
const PATIENCE = 30000;
const REFUSED = [404, 409, 422];
const NOT_NOW = 429;

const box = document.querySelector("[data-queue]");
const token = document.querySelector('meta[name="csrf-token"]')?.content || "";
const KEY = `driver:queue:${box ? box.dataset.queue : ""}`;
let inMemory = null; // the list itself while the phone's store takes nothing

export const isKept = Boolean(box); // a page without a queue sends its forms as they are
export const isFull = () => inMemory !== null;
export const waits = (entry) => !entry.refused;

export function entries() {
  if (inMemory) return inMemory;
  try {
    return JSON.parse(localStorage.getItem(KEY)) || [];
  } catch {
    return [];
  }
}

function keep(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
    inMemory = null;
  } catch {
    inMemory = list;
  }
  document.dispatchEvent(new CustomEvent("queuechange"));
}

// Where there are too many, every second point goes: the track keeps its shape.
function thinned(list) {
  const points = list.filter((entry) => entry.kind === "position");
  if (points.length <= MOST_POINTS) return list;
  const dropped = new Set(points.filter((_, place) => place % 2));
  return list.filter((entry) => !dropped.has(entry));
}

// crypto.randomUUID is there on safe origins only.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function add(entry) {
  keep(thinned([...entries(), { id: newId(), ...entry }]));
}

// What was pressed before all that is here; what is here already is not put in twice.
export function addOlder(list) {
  const sign = ({ url, at, fields }) => `${url} ${at || fields.at}`;
  const known = new Set(entries().map(sign));
  const older = list.filter((entry) => !known.has(sign(entry)));
  const withIds = older.map((entry) => ({ id: newId(), ...entry }));
  keep(thinned([...withIds, ...entries()]));
}

export function remove(ids) {
  const gone = new Set(ids);
  keep(entries().filter((entry) => !gone.has(entry.id)));
}

// Laid aside with the server's words, until the driver has read them.
export function refuse(id, why) {
  const aside = (entry) => (entry.id === id ? { ...entry, refused: why || "409" } : entry);
  keep(entries().map(aside));
}

function parsed(text) {
  try {
    const facts = JSON.parse(text);
    return facts && typeof facts === "object" ? facts : null;
  } catch {
    return null; // a page of HTML: a login, a proxy
  }
}

function verdict(answer, facts, id) {
  if (answer.type === "opaqueredirect") return "sign-in";
  if (answer.status >= 500 || answer.status === NOT_NOW) return "later";
  if (!facts || answer.status === 401 || answer.status === 403) return "sign-in";
  if (REFUSED.includes(answer.status)) return "refused";
  return answer.ok && facts.receipt === id ? "done" : "later";
}

// Sends an entry. The state: "done" by its receipt alone, "refused", "sign-in" or "later".
export async function post(url, id, body, type) {
  const headers = {
    "X-CSRFToken": token,
    "X-Driver": box.dataset.queue, // somebody else may have signed in meanwhile
    "X-Receipt": id,
    "Content-Type": type,
  };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const call = { method: "POST", body, headers, redirect: "manual", signal: stop.signal };
  try {
    const answer = await fetch(url, call);
    const facts = parsed(await answer.text());
    return { state: verdict(answer, facts, id), facts: facts || {} };
  } catch {
    return { state: "later", facts: {} };
  } finally {
    clearTimeout(timer);
  }
}
