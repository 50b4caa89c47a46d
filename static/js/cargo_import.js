// Imports of Commission Cargo: lines of the preview that are corrected, and long pastes.
import { $, $$, on } from "./page.js";

const LONGEST_TEXT = 200000;

// A line is sent when it is left, so that nothing typed meanwhile is lost.
const lineOf = (event) => event.target.closest?.("tr[data-fix]");

function leave(line) {
  if (!line || !line.dataset.changed) return;
  delete line.dataset.changed;
  line.dispatchEvent(new Event("leave"));
}

on("input", (event) => {
  const line = lineOf(event);
  if (line) line.dataset.changed = "1";
});
on("change", (event) => {
  if (event.target.type === "checkbox") leave(lineOf(event));
});
on("focusout", (event) => {
  const line = lineOf(event);
  if (line && !line.contains(event.relatedTarget)) leave(line);
});
on("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("tr[data-fix] input")) return;
  event.preventDefault();
  leave(lineOf(event));
});

// A long paste travels as a file, which the server takes in pieces.
const areas = () => $$("form[data-paste] textarea");

on(
  "submit",
  ({ target: form }) => {
    const area = form.matches("[data-paste]") && $("textarea", form);
    if (!area || area.value.length < LONGEST_TEXT) return;
    const box = new DataTransfer();
    box.items.add(new File([area.value], "paste.tsv", { type: "text/plain" }));
    $("[name=pasted]", form).files = box.files;
    area.disabled = true;
  },
  true,
);

function enable() {
  areas().forEach((area) => {
    area.disabled = false;
  });
}
on("formended", enable);
window.addEventListener("pageshow", enable);
