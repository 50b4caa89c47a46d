// Ctrl-K and "/" lead to the search; Ctrl-Enter sends the form, from anywhere on its page.
import { $, on } from "./page.js";

function isTyping(element) {
  return element.matches("input, textarea, select") || element.isContentEditable;
}

const SUBMIT = "button:not([type=button], [type=reset]), input[type=submit]";
const isSubmit = (element) => element.matches(SUBMIT) && !element.disabled;

function formAt(element) {
  const own = element.form || element.closest("form");
  return own || $("main form.form-page");
}

// In a picker whose list is closed Enter means what it means in any one-line field.
const CLOSED_PICKER = ".ts-wrapper:not(.dropdown-active) .ts-control";

// Before the pickers take the key for a choice in their list.
function send(event) {
  if (event.key !== "Enter") return;
  const isPicker = event.target.matches(CLOSED_PICKER);
  if (!isPicker && !event.ctrlKey && !event.metaKey) return;
  const form = formAt(event.target);
  if (!form || form.closest("dialog.ask")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.target.blur(); // what is typed becomes the field's value
  const button = [...form.elements].find(isSubmit);
  form.requestSubmit(button);
}
on("keydown", send, true);

on("keydown", (event) => {
  const isCtrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  const isSlash = event.key === "/" && !isTyping(event.target);
  if (!isCtrlK && !isSlash) return;
  const box = $("#search") || $(".list-search input");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
