// The menu of a row: one template serves every row, "__ref__" in it stands for the row's own.
import { $, $$, on } from "./page.js";

const OWN_KEYS = /^(Escape|Tab|ArrowDown|ArrowUp)$/;
let menu;
let opener;
let openedAt;

function close(returnFocus) {
  if (!menu) return;
  menu.remove();
  menu = null;
  opener.setAttribute("aria-expanded", "false");
  if (returnFocus) opener.focus();
}

function fill(element, ref) {
  [...element.attributes].forEach((attribute) => {
    if (!attribute.value.includes("__ref__")) return;
    const value = attribute.name === "data-confirm" ? ref : encodeURIComponent(ref);
    element.setAttribute(attribute.name, attribute.value.replaceAll("__ref__", value));
  });
}

function place(button) {
  const at = button.getBoundingClientRect();
  const fitsBelow = at.bottom + menu.offsetHeight + 8 <= innerHeight;
  const top = fitsBelow ? at.bottom + 4 : at.top - menu.offsetHeight - 4;
  menu.style.left = `${Math.max(8, at.right - menu.offsetWidth)}px`;
  menu.style.top = `${top}px`;
  openedAt = at.top;
}

function open(button) {
  menu = document.createElement("div");
  menu.className = "dropdown-menu show float-menu";
  menu.append($(`#${button.dataset.menu}`).content.cloneNode(true));
  $$("*", menu).forEach((element) => fill(element, button.dataset.ref));
  document.body.append(menu);
  window.htmx.process(menu);
  place(button);
  opener = button;
  button.setAttribute("aria-expanded", "true");
  const first = $(".dropdown-item", menu);
  if (first) first.focus();
}

on("click", (event) => {
  const button = event.target.closest("[data-menu]");
  const isOpen = button && button === opener && menu;
  if (!event.target.closest(".float-menu")) close();
  if (button && !isOpen) open(button);
});

function move(step) {
  const items = $$(".dropdown-item:not(.disabled)", menu);
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}

window.addEventListener(
  "keydown",
  (event) => {
    if (!menu || !OWN_KEYS.test(event.key)) return;
    event.stopImmediatePropagation(); // Bootstrap would take the menu for one of its own
    if (event.key === "Escape" || event.key === "Tab") {
      close(true);
      return;
    }
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  },
  true,
);

// A page still gliding to a halt fires late: only a row that has really moved closes its menu.
on(
  "scroll",
  () => {
    if (menu && Math.abs(opener.getBoundingClientRect().top - openedAt) > 2) close();
  },
  true,
);
