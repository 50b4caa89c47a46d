// The details of a firm: numbers of the chosen country, under the names they have there.
import { $, $$, ready } from "./page.js";

const PROVED_BY = ["attorney", "registration"];

function rename(box, { label, help }) {
  const title = $("label", box);
  const hint = $(".form-hint", box);
  title.firstChild.data = label;
  if (hint) hint.textContent = help;
}

// What is put away stays in the form: whoever changes the country back finds it again.
function showCountry(form, varying) {
  const chosen = form.elements.country.value;
  const fields = varying[chosen] || varying[""];
  $$("[data-number]", form).forEach((box) => {
    const field = fields[box.dataset.number];
    box.toggleAttribute("data-away", !field);
    if (field) rename(box, field);
  });
  const list = varying[chosen] ? chosen : "";
  form.elements.legal_form.setAttribute("list", `legal-forms-${list}`);
}

function showBasis(form) {
  const isProved = PROVED_BY.includes(form.elements.acts_under.value);
  $$("[data-basis]", form).forEach((box) => box.toggleAttribute("data-away", !isProved));
}

function follow(source) {
  const form = source.closest("form");
  const varying = JSON.parse(source.textContent);
  form.addEventListener("change", ({ target }) => {
    if (target.name === "country") showCountry(form, varying);
    if (target.name === "acts_under") showBasis(form);
  });
}

ready((root) => $$("script[data-varying]", root).forEach(follow));
