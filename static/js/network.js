// Whether there is a network, and the button that installs the app.
import { $$, on, ready } from "./page.js";

function showNetwork() {
  $$("[data-net]").forEach((mark) => mark.classList.toggle("off", !navigator.onLine));
}
window.addEventListener("online", showNetwork);
window.addEventListener("offline", showNetwork);
ready(showNetwork);

let install;
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  install = event;
  $$("[data-install]").forEach((button) => {
    button.hidden = false;
  });
});
on("click", (event) => {
  if (install && event.target.closest("[data-install]")) install.prompt();
});
