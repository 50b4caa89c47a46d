// Files dropped on a field, and files that are too large.
import { $, on } from "./page.js";

const boxOf = (event) => event.target.closest("[data-drop]");

function showName(box, text) {
  $("[data-drop-name]", box).textContent = text;
}

on("dragover", (event) => {
  const box = boxOf(event);
  if (!box) return;
  event.preventDefault();
  box.classList.add("over");
});

on("dragleave", (event) => {
  const box = boxOf(event);
  if (box) box.classList.remove("over");
});

on("drop", (event) => {
  const box = boxOf(event);
  if (!box) return;
  event.preventDefault();
  box.classList.remove("over");
  const input = $("input[type=file]", box);
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

on("change", (event) => {
  const box = boxOf(event);
  if (!box) return;
  const field = event.target;
  const files = [...field.files];
  // Said at once: the server refuses it unread, and the browser would only say that the line was cut.
  const isTooLarge =
    field.dataset.most && files.some((file) => file.size > Number(field.dataset.most));
  if (isTooLarge) field.value = "";
  showName(box, isTooLarge ? field.dataset.tooBig : files.map((file) => file.name).join(", "));
});
