// A classic script, run before the first paint: "auto" follows the system without a flash of the wrong colours.
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted"); // styles put away what a script can bring back
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    const system = dark.matches ? "dark" : "light";
    const choice = root.dataset.theme;
    root.dataset.bsTheme = choice === "auto" ? system : choice;
    document.dispatchEvent(new Event("themechange"));
  }
  document.addEventListener("themechosen", apply);
  dark.addEventListener("change", apply);
  apply();
})();
