// Toasts: short notes in the corner, with an undo where the server offers one.
import { $, $$, on, ready, words } from "./page.js";

const SHOWN_FOR = 5000;
const SHOWN_WITH_UNDO = 9000;

function knob(text, className, act, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = text;
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

function leaveAfter(note, time) {
  let timer = setTimeout(() => note.remove(), time);
  note.addEventListener("pointerenter", () => clearTimeout(timer));
  note.addEventListener("pointerleave", () => {
    timer = setTimeout(() => note.remove(), 2000);
  });
}

function toast(text, level, undo) {
  const box = $("#toasts");
  if (!box || !text) return;
  const note = document.createElement("div");
  note.className = `note note-${level || "good"}`;
  const span = document.createElement("span");
  span.textContent = text;
  note.append(span);
  const takeBack = () => {
    note.remove();
    window.htmx.ajax("POST", undo, { swap: "none" });
  };
  if (undo) note.append(knob(words.undo, "", takeBack));
  note.append(knob("×", "note-x", () => note.remove(), words.close));
  box.append(note);
  const stays = level === "bad" || level === "error";
  if (!stays) leaveAfter(note, undo ? SHOWN_WITH_UNDO : SHOWN_FOR);
}

// The event comes from other modules, and from the server by the header HX-Trigger.
on("toast", (event) => {
  const detail = event.detail || {};
  const list = Array.isArray(detail.value) ? detail.value : [detail];
  list.forEach((one) => {
    const text = typeof one === "string" ? one : one.text || one.value;
    toast(text, one.level, one.undo);
  });
});

ready((root) => {
  $$("[data-toast]", root).forEach((note) => {
    const level = note.className.match(/note-(\w+)/);
    toast(note.textContent.trim(), level && level[1], note.dataset.undo);
    note.remove();
  });
});
