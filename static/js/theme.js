// Runs before the first paint: "auto" follows the system, so the page never flashes in the wrong colours.
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  window.applyTheme = function () {
    var choice = root.dataset.theme;
    root.dataset.bsTheme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    document.dispatchEvent(new Event("themechange"));
  };
  window.applyTheme();
  dark.addEventListener("change", window.applyTheme);
})();
