// Lists: the head stays in view, the count follows a search, the open tab is in view, tooltips open.
import { $, $$, ready } from "./page.js";

// A table wider than its place scrolls there; every other one keeps its head in view while the page scrolls.
function fit() {
  $$(".list-table").forEach((place) => {
    place.classList.remove("too-wide");
    const width = place.firstElementChild.offsetWidth;
    place.classList.toggle("too-wide", width > place.clientWidth);
  });
}
ready(fit);
window.addEventListener("resize", fit);
document.fonts.ready.then(fit);

// A search swaps the list alone; the count in the page's heading follows it.
ready(() => {
  const list = $("#list[data-count]");
  const count = $("h1 .count");
  if (list && count) count.textContent = list.dataset.count;
});

// Tabs that do not fit scroll sideways: the open one stands in the middle.
ready((root) => {
  $$(".tab.active, .view.active", root).forEach((tab) => {
    const row = tab.parentElement;
    const place = tab.offsetLeft - row.offsetLeft;
    row.scrollLeft = place - (row.clientWidth - tab.offsetWidth) / 2;
  });
});

ready((root) => {
  if (!window.bootstrap) return;
  const tips = $$("[data-bs-toggle=tooltip]", root);
  tips.forEach((tip) => window.bootstrap.Tooltip.getOrCreateInstance(tip));
});
