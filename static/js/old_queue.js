// What the app kept on the phone before it had one queue: moved into the queue once. It does not say
// whose it was, so it goes to the driver who opens the app first, as it did before.
import { $ } from "./page.js";
import { addOlder, isFull } from "./queue.js";

const ACTS = "driver:stages";
const POINTS = "driver:positions:";

function listAt(key) {
  try {
    const list = JSON.parse(localStorage.getItem(key));
    const isKnown = (one) => one?.at;
    return list.filter(isKnown);
  } catch {
    return []; // no list of ours
  }
}

function actOf({ url, stage, at }) {
  const { lang } = document.documentElement;
  const when = new Date(at).toLocaleString(lang);
  const word = $("[data-queue]").dataset.stage;
  return {
    kind: "act",
    url: url.slice(location.origin.length),
    fields: { stage, at },
    label: `${word}, ${when}`,
  };
}

function pointsOf(key) {
  const url = key.slice(POINTS.length);
  const kind = "position";
  return listAt(key).map(({ at, lat, lon }) => ({
    kind,
    url,
    at,
    lat,
    lon,
  }));
}

export function moveOld() {
  const isAct = ({ url }) => String(url).startsWith(location.origin);
  const isOfPoints = (key) => key.startsWith(POINTS);
  const acts = listAt(ACTS).filter(isAct).map(actOf);
  const keys = Object.keys(localStorage).filter(isOfPoints);
  const points = keys.flatMap(pointsOf);
  const older = [...acts, ...points];
  if (!older.length) return;
  addOlder(older);
  if (isFull()) return; // the old ones stay until there is room
  [ACTS, ...keys].forEach((key) => localStorage.removeItem(key));
}
