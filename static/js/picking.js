// Rows picked for a bulk act: one by one, all, or a range with Shift.
import { $, $$, on, ready } from "./page.js";

const PICK = 'input[name="pick"]';
let last;

function check(boxes, checked) {
  boxes.forEach((box) => {
    box.checked = checked;
  });
}

function showPicked() {
  const count = $$(`${PICK}:checked`).length;
  const bulk = $("#bulk");
  const all = $("[data-pick-all]");
  if (bulk) {
    bulk.hidden = !count;
    $("[data-picked]", bulk).textContent = count;
  }
  if (all) {
    all.indeterminate = count > 0 && count < $$(PICK).length;
    if (!count) all.checked = false;
  }
}

on("change", (event) => {
  const box = event.target;
  if (!box.matches(`[data-pick-all], ${PICK}`)) return;
  if (box.matches("[data-pick-all]")) check($$(PICK), box.checked);
  event.stopPropagation();
  showPicked();
});

on("click", (event) => {
  const box = event.target;
  if (box.closest("[data-pick-none]")) {
    check($$(`${PICK}, [data-pick-all]`), false);
    showPicked();
  }
  if (!box.matches(PICK)) return;
  const boxes = $$(PICK);
  if (event.shiftKey && last) {
    const ends = [boxes.indexOf(last), boxes.indexOf(box)];
    check(boxes.slice(Math.min(...ends), Math.max(...ends) + 1), box.checked);
  }
  last = box;
});

ready(showPicked);
