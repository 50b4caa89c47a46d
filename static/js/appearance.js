// Theme and width of the sidebar: chosen by buttons, remembered in cookies.
import { $$, on, remember } from "./page.js";

// Drivers belong to no reseller whose zone would count.
remember("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);

function chooseTheme(button) {
  const choice = button.dataset.setTheme;
  document.documentElement.dataset.theme = choice;
  remember("theme", choice);
  $$("[data-set-theme]").forEach((one) => {
    one.setAttribute("aria-pressed", one.dataset.setTheme === choice);
  });
  document.dispatchEvent(new Event("themechosen"));
}

function toggleSidebar(button) {
  const mini = document.body.classList.toggle("side-mini");
  button.setAttribute("aria-expanded", !mini);
  remember("sidebar", mini ? "mini" : "wide");
}

on("click", (event) => {
  const theme = event.target.closest("[data-set-theme]");
  const sidebar = event.target.closest("[data-side-toggle]");
  if (theme) chooseTheme(theme);
  else if (sidebar) toggleSidebar(sidebar);
});
