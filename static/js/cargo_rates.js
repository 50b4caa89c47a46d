// The grid of a rate card by keyboard: arrows and Enter move, a block copied in Excel is pasted over the cells.
import { $$, on } from "./page.js";

const STEPS = { ArrowDown: [1, 0], Enter: [1, 0], ArrowUp: [-1, 0] };
const CELL = "[data-grid] [data-cell]";

function cellsBeside(cell) {
  const rows = $$("tbody tr", cell.closest("[data-grid]"));
  return rows.map((row) => $$("input[data-cell]", row));
}

function placeOf(cell, cells) {
  const down = cells.findIndex((row) => row.includes(cell));
  return [down, cells[down].indexOf(cell)];
}

// Left and right leave the cell only from the ends of its text.
function stepOf(event) {
  const { selectionStart, selectionEnd, value } = event.target;
  if (event.key === "ArrowRight" && selectionEnd === value.length) return [0, 1];
  if (event.key === "ArrowLeft" && selectionStart === 0) return [0, -1];
  return STEPS[event.key];
}

on("keydown", (event) => {
  if (!event.target.matches(CELL)) return;
  const step = stepOf(event);
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const cells = cellsBeside(event.target);
  const [down, right] = placeOf(event.target, cells);
  const cell = cells[down + step[0]]?.[right + step[1]];
  if (!cell) return;
  cell.focus();
  cell.select();
});

function blockOf(event) {
  const text = event.clipboardData.getData("text").replace(/\r?\n$/, "");
  return text.split(/\r?\n/).map((line) => line.split("\t"));
}

function fill(cell, text) {
  if (!cell) return;
  cell.value = text.trim();
  cell.dispatchEvent(new Event("input", { bubbles: true }));
}

on("paste", (event) => {
  if (!event.target.matches(CELL)) return;
  const block = blockOf(event);
  if (block.length === 1 && block[0].length === 1) return;
  event.preventDefault();
  const cells = cellsBeside(event.target);
  const [down, right] = placeOf(event.target, cells);
  block.forEach((line, y) => {
    line.forEach((text, x) => fill(cells[down + y]?.[right + x], text));
  });
});
