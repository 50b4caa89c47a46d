// Rows of a list open their page or, with data-peek, the side panel.
import { $, on } from "./page.js";

const ROW = "tr[data-href], tr[data-peek]";
const OWN_CLICKS = "a, button, input, select, label, textarea, summary, .pick, .row-end";

function peek(url) {
  const panel = $("#panel");
  window.htmx.ajax("GET", url, { target: "#panel-body", swap: "innerHTML" }).then(() => {
    if (!panel.open) panel.showModal();
  });
}

function open(row, event) {
  const beside = event.ctrlKey || event.metaKey || event.button === 1;
  if (row.dataset.peek) peek(row.dataset.peek);
  else if (beside) window.open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
}

function click(event) {
  const selectsText = String(getSelection()) !== "";
  if (event.target.closest(OWN_CLICKS) || selectsText) return;
  const row = event.target.closest(ROW);
  if (row && event.button < 2) open(row, event);
}

on("click", click);
on("auxclick", click);
on("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(ROW)) open(event.target, event);
});
on("click", (event) => {
  const button = event.target.closest("button[data-peek], a[data-peek]");
  if (!button) return;
  event.preventDefault();
  peek(button.dataset.peek);
});
