// Work in the background: its progress comes by server-sent events.
import { $, $$, ready } from "./page.js";

function showProgress(box, state) {
  const progress = $("progress", box);
  if (state.total) {
    progress.max = state.total;
    progress.value = state.done;
    $("[data-work-count]", box).textContent = `${state.done} / ${state.total}`;
  }
  if (state.text) $("[data-work-text]", box).textContent = state.text;
}

function showEnd(box, state) {
  const progress = $("progress", box);
  box.classList.add(state.state);
  if (!progress.hasAttribute("value")) {
    progress.max = 1;
    progress.value = 1;
  }
  if (state.url && state.url.startsWith("/")) {
    const link = document.createElement("a");
    link.href = state.url;
    link.textContent = state.url_label || state.url;
    $("[data-work-text]", box).append(" ", link);
  }
  const name = `work:${state.state}`;
  box.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: state }));
}

function listen(box) {
  if (box.dataset.heard) return;
  box.dataset.heard = "1";
  const address = new URL(box.dataset.eventsUrl, location.href);
  const withCredentials = address.origin !== location.origin;
  const stream = new EventSource(address, { withCredentials });
  stream.addEventListener("message", (event) => {
    const state = JSON.parse(event.data);
    if (!box.isConnected) {
      stream.close();
      return;
    }
    showProgress(box, state);
    if (state.state !== "done" && state.state !== "failed") return;
    stream.close();
    showEnd(box, state);
  });
}

ready((root) => $$("[data-events-url]", root).forEach(listen));
