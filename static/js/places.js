// Boxes for places: what is typed waits for its list, a place of that name is taken, and a text that is no
// place on the map says so. A list that comes late never opens over the next field.
const NOTE = "place-note";

export const isPlaceBox = (box) => box.matches("input[data-pick-new][data-pick-url]");

// One call for each text. Fails when there is no network or no session.
export function lister(url, headers) {
  const calls = new Map();
  const lists = new Map();
  const call = async (text) => {
    const answer = await fetch(url + encodeURIComponent(text), { headers });
    const list = await answer.json();
    lists.set(text, list.results || list);
    return lists.get(text);
  };
  const list = (text) => {
    if (!calls.has(text)) calls.set(text, call(text));
    calls.get(text).catch(() => calls.delete(text));
    return calls.get(text);
  };
  // The server has chosen and sorted: a name may stand in another language than the text.
  const score = (query) => {
    const values = (lists.get(query) || []).map((item) => item.value);
    return ({ value }) => (values.includes(value) ? 1 / (values.indexOf(value) + 1) : 0);
  };
  return { list, score };
}

// The place meant by a text: the first of that very name, else the only one.
function meant(places) {
  return places.find((place) => place.exact) || (places.length === 1 ? places[0] : null);
}

function say(box, text) {
  const field = box.closest(".field") || box.parentNode;
  const old = field.querySelector(`.${NOTE}`);
  if (old) old.remove();
  if (!text) return;
  const note = document.createElement("div");
  note.className = `form-hint ${NOTE}`;
  note.setAttribute("role", "status");
  note.textContent = text;
  field.append(note);
}

function take(select, place) {
  select.addOption(place);
  select.setValue(place.value);
}

// Called by the library's own load; a list for a text that is no longer there is not shown.
export function load(select, list, query, done) {
  const forget = () => {
    select.loading = Math.max(select.loading - 1, 0);
    if (!select.loading) select.wrapper.classList.remove(select.settings.loadingClass);
  };
  const isWaited = () => select.isOpen && select.inputValue() === query;
  list(query).then((places) => (isWaited() ? done(places) : forget()), forget);
}

export function follow(select, box, list, words) {
  const typed = () => select.inputValue();

  async function look(text) {
    const places = await list(text).catch(() => null);
    if (!places || select.getValue() !== text) return;
    const place = meant(places);
    if (place && place.value !== text) {
      take(select, place);
      select.removeOption(text, true);
    }
    const isSeveral = places.length > 1;
    if (!place) say(box, isSeveral ? words.severalPlaces : words.notOnMap);
  }

  // The text is the field's value at once; the place takes its stead when the list is there.
  function leave() {
    const text = typed();
    if (!text) return;
    take(select, { value: text, text });
    look(text);
  }

  async function choose() {
    const text = typed();
    const places = await list(text).catch(() => []);
    if (typed() !== text) return;
    const place = meant(places);
    if (place) take(select, place);
    else if (places.length) say(box, words.severalPlaces);
    else leave();
  }

  const isOption = () => select.activeOption && !select.activeOption.matches(".create");

  function press(event) {
    if (!typed() || event.ctrlKey || event.metaKey) return;
    if (event.key === "Tab") leave();
    if (event.key !== "Enter" || isOption()) return;
    event.preventDefault();
    event.stopPropagation();
    choose();
  }

  select.wrapper.addEventListener("keydown", press, true);
  // While it is caught on its way down the library has not emptied the box yet.
  select.wrapper.addEventListener(
    "blur",
    ({ relatedTarget }) => {
      if (document.hasFocus() && !select.wrapper.contains(relatedTarget)) leave();
    },
    true,
  );
  document.addEventListener(
    "mousedown",
    ({ target }) => {
      if (select.isOpen && !select.wrapper.contains(target)) leave();
    },
    true,
  );
  select.on("change", () => say(box, ""));
}
