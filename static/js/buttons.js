// Buttons that copy, print, open and close dialogs.
import { $, on, say, words } from "./page.js";

function isOutside(box, event) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const beside = event.clientX < left || event.clientX > right;
  return beside || event.clientY < top || event.clientY > bottom;
}

const ACTS = {
  "[data-copy]": (button) => {
    navigator.clipboard.writeText(button.dataset.copy).then(() => say(words.copied));
  },
  "[data-open]": (button) => $(`#${button.dataset.open}`).showModal(),
  "[data-close]": (button) => button.closest("dialog").close(),
  "[data-print]": () => window.print(),
};

on("click", (event) => {
  for (const [selector, act] of Object.entries(ACTS)) {
    const button = event.target.closest(selector);
    if (button) return act(button);
  }
  const dialog = event.target;
  // A click beside a dialog falls on the dialog itself; a question waits for its answer.
  if (dialog.matches("dialog:not(.ask)") && isOutside(dialog, event)) dialog.close();
});
