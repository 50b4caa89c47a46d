// A page of another place of the person (another company, another tab): back there, and the act goes on.
// The tools come from its callers: a module of a module imports nothing more.

export const PLACE = "X-Other-Place";

async function switchTo(place, address, meta) {
  const body = new URLSearchParams({
    csrfmiddlewaretoken: meta("csrf-token"),
    membership: place,
  });
  const headers = { "X-Form": "switch" }; // the redirect comes as a header
  try {
    const answer = await fetch(address, { method: "POST", body, headers });
    return answer.ok;
  } catch {
    return false;
  }
}

// The question as the server words it, and whether the person is back in the page's own place.
export async function offerReturn(place, text, { $, meta, ask }) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const form = $("[data-error] form", page);
  const question = $("[data-error] p", page).textContent.trim();
  const { dataset } = $("[data-return]", form);
  const agreed = await ask(question, dataset.return);
  const isBack = agreed && (await switchTo(place, form.getAttribute("action"), meta));
  return { isBack, question };
}
