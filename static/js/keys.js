// Ctrl-K and "/" lead to the search.
import { $, on } from "./page.js";

function isTyping(element) {
  return element.matches("input, textarea, select") || element.isContentEditable;
}

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
