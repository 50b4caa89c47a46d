// Searchable selects and typeaheads: data-pick; data-pick-url="/places/?q=" answers [{value, text, note}].
import { $$, meta, ready, words } from "./page.js";
import { addresses, loadScript, loadStyle } from "./library.js";
import { follow, isPlaceBox, lister, load } from "./places.js";

const PICKER = "select[data-pick], select[data-pick-url], input[data-pick-url]";

function option(item, escape) {
  const note = item.note ? `<small>${escape(item.note)}</small>` : "";
  return `<div>${escape(item.text)}${note}</div>`;
}

// A chosen place stands with its region where its name alone is not enough.
function chosen(item, escape) {
  return `<div>${escape(item.value)}</div>`;
}

function add(data, escape) {
  const name = escape(data.input);
  return `<div class="create">${words.add} <b>${name}</b>…</div>`;
}

// A choice with `fill` writes into the fields beside it, by the ends of their names.
function fills(select, box) {
  select.on("item_add", (value) => {
    const { fill = {} } = select.options[value];
    const fields = $$("[name]", box.closest("fieldset"));
    Object.entries(fill).forEach(([name, text]) => {
      const field = fields.find((one) => one.name.endsWith(`-${name}`));
      if (field) write(field, text);
    });
  });
}

function write(field, text) {
  if (field.tomselect) {
    field.tomselect.addOption({ value: text, text });
    field.tomselect.setValue(text);
    return;
  }
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function make(box) {
  if (box.tomselect) return;
  if (box.labels[0]) box.setAttribute("aria-label", box.labels[0].textContent);
  const nothing = () => `<div class="no-results">${words.nothing}</div>`;
  const many = { remove_button: { title: words.remove } };
  const one = ["dropdown_input"];
  const { pickUrl } = box.dataset;
  const headers = { Accept: "application/json", "X-Reseller": meta("reseller-stamp") };
  const { list, score } = pickUrl ? lister(pickUrl, headers) : {};
  const select = new window.TomSelect(box, {
    delimiter: "\n", // a comma belongs to the text
    refreshThrottle: 0, // a delayed refresh opens the list again behind a quick choice
    maxOptions: 200,
    create: box.hasAttribute("data-pick-new"),
    persist: false,
    maxItems: box.multiple ? null : 1,
    plugins: box.multiple ? many : one,
    load: list ? (query, done) => load(select, list, query, done) : null,
    ...(score && {
      score: (query) => score(query.trim()),
    }),
    shouldLoad: (query) => query.length > 0,
    render: {
      option,
      option_create: add,
      no_results: nothing,
      ...(isPlaceBox(box) && { item: chosen }),
    },
  });
  if (isPlaceBox(box)) follow(select, box, list, words);
  if ("fills" in box.dataset) fills(select, box);
}

ready(async (root) => {
  const boxes = $$(PICKER, root).filter((box) => !box.tomselect);
  if (!boxes.length) return;
  await Promise.all([loadScript(addresses.tom), loadStyle(addresses.tomCss)]);
  boxes.forEach(make);
});
