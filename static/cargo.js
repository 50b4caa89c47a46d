// A line of an import's preview is sent when it is left, so that nothing typed meanwhile is lost.
(function () {
  "use strict";
  const rowOf = (event) => event.target.closest && event.target.closest("tr[data-fix]");
  const leave = (row) => { if (row && row.dataset.changed) { delete row.dataset.changed; row.dispatchEvent(new Event("leave")); } };
  document.addEventListener("input", (event) => { const row = rowOf(event); if (row) row.dataset.changed = "1"; });
  document.addEventListener("change", (event) => { if (event.target.type === "checkbox") leave(rowOf(event)); });
  document.addEventListener("focusout", (event) => { const row = rowOf(event); if (row && !row.contains(event.relatedTarget)) leave(row); });
  document.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("tr[data-fix] input")) { event.preventDefault(); leave(rowOf(event)); } });
})();

// A long paste travels as a file, which the server takes in pieces; beyond 10 MB it says so.
(function () {
  "use strict";
  const form = document.querySelector("form[data-paste]");
  if (!form) return;
  const area = form.querySelector("textarea"), file = form.querySelector("[name=pasted]");
  form.addEventListener("submit", () => {
    if (area.value.length < 200000) return;
    const box = new DataTransfer();
    box.items.add(new File([area.value], "paste.tsv", { type: "text/plain" }));
    file.files = box.files;
    area.disabled = true;
  });
  window.addEventListener("pageshow", () => { area.disabled = false; });
})();

// A file beyond the limit is told at once: the server refuses it unread, and the browser would only say that the line was cut.
(function () {
  "use strict";
  document.addEventListener("change", (event) => {
    const file = event.target;
    if (!file.matches("input[data-most]") || ![...file.files].some((one) => one.size > Number(file.dataset.most))) return;
    file.value = "";
    setTimeout(() => { file.closest("[data-drop]").querySelector("[data-drop-name]").textContent = file.dataset.tooBig; });
  });
})();

// The grid of a rate card by keyboard: arrows and Enter move, a block copied in Excel is pasted over the cells.
(function () {
  "use strict";
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const rows = [...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input[data-cell]")]);
  const place = (cell) => { const down = rows.findIndex((row) => row.includes(cell)); return [down, rows[down].indexOf(cell)]; };
  const go = (down, right) => { const cell = rows[down] && rows[down][right]; if (cell) { cell.focus(); cell.select(); } };
  grid.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-cell]")) return;
    const [down, right] = place(event.target), text = event.target;
    const atStart = text.selectionStart === 0, atEnd = text.selectionEnd === text.value.length;
    const step = { ArrowDown: [1, 0], Enter: [1, 0], ArrowUp: [-1, 0] }[event.key] || (event.key === "ArrowRight" && atEnd ? [0, 1] : event.key === "ArrowLeft" && atStart ? [0, -1] : null);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(down + step[0], right + step[1]);
  });
  grid.addEventListener("paste", (event) => {
    if (!event.target.matches("[data-cell]")) return;
    const block = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
    if (block.length === 1 && block[0].length === 1) return;
    event.preventDefault();
    const [down, right] = place(event.target);
    block.forEach((line, y) => line.forEach((value, x) => { const cell = (rows[down + y] || [])[right + x]; if (cell) { cell.value = value.trim(); cell.dispatchEvent(new Event("input", { bubbles: true })); } }));
  });
})();
