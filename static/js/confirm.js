// What carries data-confirm asks before it acts: forms, links, requests of htmx.
import { on } from "./page.js";
import { ask } from "./ask.js";

const agreed = new WeakSet();

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

on(
  "submit",
  (event) => {
    const form = event.target;
    const button = event.submitter;
    const text = button?.dataset.confirm || form.dataset.confirm;
    if (!text || agreed.has(form)) {
      agreed.delete(form);
      return;
    }
    stop(event);
    ask(text).then((yes) => {
      if (!yes) return;
      agreed.add(form);
      form.requestSubmit(button || undefined);
    });
  },
  true,
);

on(
  "click",
  (event) => {
    const link = event.target.closest("a[data-confirm]");
    if (!link) return;
    if (agreed.has(link)) {
      agreed.delete(link);
      return;
    }
    stop(event);
    ask(link.dataset.confirm).then((yes) => {
      if (!yes) return;
      agreed.add(link);
      link.click();
    });
  },
  true,
);

on("htmx:confirm", (event) => {
  const isButton = event.target.matches("button[type=button]");
  const text = event.detail.question || (isButton && event.target.dataset.confirm);
  if (!text) return;
  event.preventDefault();
  ask(text).then((yes) => {
    if (yes) event.detail.issueRequest(true);
  });
});
