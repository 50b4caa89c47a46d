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
