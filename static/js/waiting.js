// The thin bar on top while the page waits; nothing is shown under 100 ms.
import { $, on } from "./page.js";

const bar = () => $("#bar");
let waiting = 0;
let timer;

function start() {
  waiting += 1;
  if (!bar() || waiting !== 1) return;
  timer = setTimeout(() => {
    bar().className = "on";
  }, 100);
}

function stop() {
  waiting = Math.max(0, waiting - 1);
  if (!bar() || waiting) return;
  clearTimeout(timer);
  if (bar().className === "on") bar().className = "end";
}

on("htmx:beforeRequest", start);
on("htmx:afterRequest", stop);
on("formgoes", start);
on("formended", stop);
window.addEventListener("beforeunload", () => setTimeout(start));
window.addEventListener("pageshow", () => {
  waiting = 0;
  stop();
});
