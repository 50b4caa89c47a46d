// Where drafts lie: each open page has places of its own, so that two tabs of one form never write over
// each other. A page that went, or whose tab was killed, leaves its drafts to the next one of their form.
const pageId = [...crypto.getRandomValues(new Uint32Array(2))].join("-");
const END = `~${pageId}`;
const LOCK = "draft-page:";
const UNSURE = 60000; // ms; for how long a draft counts as open where the browser knows no locks

let release = () => {};

export const placeIn = (base) => base + END;

export function readDraft(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

export function writeDraft(place, draft) {
  try {
    localStorage.setItem(place, JSON.stringify(draft));
  } catch {
    // a full or closed store only loses the draft
  }
}

function mark(left) {
  const own = Object.keys(localStorage).filter((place) => place.endsWith(END));
  own.forEach((place) => writeDraft(place, { ...readDraft(place), left }));
}

// The browser itself ends the lock of a tab that is killed.
function enter() {
  const untilReleased = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  navigator.locks?.request(LOCK + pageId, untilReleased);
}

export function leave() {
  mark(true);
  release();
}

window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  enter();
  mark(false);
});
enter();

async function openPages() {
  const { held } = await navigator.locks.query();
  return held.map(({ name }) => name);
}

async function isFree({ place, draft }) {
  if (draft.left) return true;
  if (!navigator.locks) return draft.at < Date.now() - UNSURE;
  const lock = LOCK + place.split("~").pop();
  const open = await openPages();
  return !open.includes(lock);
}

function draftsOf(base) {
  // Those kept before pages had places of their own lie at the base itself.
  const isNamed = (place) => place === base || place.startsWith(`${base}~`);
  const isOfForm = (place) => isNamed(place) && !place.endsWith(END);
  const places = Object.keys(localStorage).filter(isOfForm);
  const drafts = places.map((place) => ({ place, draft: readDraft(place) }));
  return drafts.filter(({ draft }) => draft).sort((one, other) => other.draft.at - one.draft.at);
}

// The newest draft of the form that no open page holds; it belongs to this page from now on.
export async function adopt(base) {
  for (const kept of draftsOf(base)) {
    if (!(await isFree(kept))) continue;
    if (!localStorage.getItem(kept.place)) continue; // another tab was quicker
    localStorage.removeItem(kept.place);
    const draft = { ...kept.draft, left: false };
    writeDraft(placeIn(base), draft);
    return draft;
  }
  return null;
}
