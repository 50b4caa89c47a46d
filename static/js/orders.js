// The order's form: two of price, rate and margin give the third while somebody types.
// An empty one counts as not typed, and a price that the client knows is never counted.
import { $, $$, language, on, ready } from "./page.js";
import { read } from "./number.js";

const TYPED = ["client_price", "carrier_rate", "margin", "margin_percent"];
const RATES = ["client_fx", "carrier_fx"];
const FOREIGN = { client_fx: "currency", carrier_fx: "carrier_currency" };

function numberIn(field) {
  const plain = field ? read(field.value, language) : null;
  return plain === null ? null : Number(plain);
}

// The field in which somebody types is left alone.
function put(field, value) {
  if (!field || value === null || !Number.isFinite(value)) return;
  if (document.activeElement === field) return;
  field.value = value.toFixed(2);
  const isMoney = field.dataset.money !== undefined;
  if (isMoney) field.dispatchEvent(new Event("focusout", { bubbles: true })); // groups it
}

const percentOf = (margin, gross) => (gross ? (margin * 100) / gross : null);
const times = (amount, fx) => (amount === null || !fx ? null : amount * fx);

class Pricing {
  constructor(form) {
    const rates = $("[data-fx]", form);
    this.form = form;
    this.home = rates ? rates.dataset.fx : "";
    this.isQuoted = form.dataset.quoted !== undefined;
    this.typed = []; // the two fields that somebody typed last
  }

  field(name) {
    return this.form.elements[name];
  }

  value(name) {
    return numberIn(this.field(name));
  }

  put(name, value) {
    put(this.field(name), value);
  }

  note(name) {
    const others = this.typed.filter((one) => one !== name);
    const isEmpty = this.value(name) === null;
    this.typed = isEmpty ? others : [name, ...others].slice(0, 2);
  }

  isForeign(currency) {
    return this.field(currency).value !== this.home;
  }

  // How much of the home currency one unit of a side's currency is worth; 0 while it is not known.
  worth(fx) {
    return this.isForeign(FOREIGN[fx]) ? this.value(fx) || 0 : 1;
  }

  count() {
    const clientFx = this.worth("client_fx");
    const carrierFx = this.worth("carrier_fx");
    const gross = times(this.value("client_price"), clientFx);
    const cost = times(this.value("carrier_rate"), carrierFx);
    const hasMargin = this.typed.includes("margin") || this.byPercent();
    if (hasMargin && gross !== null && this.priceStands()) this.countRate(gross, carrierFx);
    else if (hasMargin && cost !== null && clientFx && !this.isQuoted)
      this.countPrice(cost, clientFx);
    else if (gross !== null && cost !== null) this.countMargin(gross, cost);
    else if (!hasMargin) this.forgetMargin();
  }

  // Only a rate and a margin that are both typed give the price anew.
  priceStands() {
    return this.isQuoted || !this.typed.includes("carrier_rate");
  }

  // A margin that was counted goes with the sum it was counted from.
  forgetMargin() {
    ["margin", "margin_percent"].forEach((name) => {
      const field = this.field(name);
      if (field !== document.activeElement) field.value = "";
    });
  }

  // Of margin and per cent the one that was typed last counts.
  byPercent() {
    const { typed } = this;
    if (typed[0] === "margin_percent") return true;
    return typed.includes("margin_percent") && !typed.includes("margin");
  }

  countRate(gross, carrierFx) {
    const byPercent = this.byPercent();
    const share = this.value("margin_percent");
    const margin = byPercent ? (gross * share) / 100 : this.value("margin");
    if (margin !== null && carrierFx) this.put("carrier_rate", (gross - margin) / carrierFx);
    if (byPercent) this.put("margin", margin);
    else this.put("margin_percent", percentOf(margin, gross));
  }

  countPrice(cost, clientFx) {
    const byPercent = this.byPercent();
    const share = this.value("margin_percent");
    const margin = this.value("margin");
    const fromShare = share < 100 ? (cost * 100) / (100 - share) : null;
    const gross = byPercent ? fromShare : cost + margin;
    if (gross === null) return;
    this.put("client_price", gross / clientFx);
    if (byPercent) this.put("margin", gross - cost);
    else this.put("margin_percent", percentOf(margin, gross));
  }

  countMargin(gross, cost) {
    this.put("margin", gross - cost);
    this.put("margin_percent", percentOf(gross - cost, gross));
  }

  showRates() {
    const foreign = RATES.filter((fx) => this.isForeign(FOREIGN[fx]));
    RATES.forEach((fx) => {
      this.field(fx).closest(".field").hidden = !foreign.includes(fx);
    });
    this.field("rate_date").closest(".field").hidden = !foreign.length;
  }
}

function follow(form) {
  if (form.dataset.priced) return;
  form.dataset.priced = "1";
  const pricing = new Pricing(form);
  form.addEventListener("input", ({ target }) => {
    if (TYPED.includes(target.name)) pricing.note(target.name);
    if ([...TYPED, ...RATES].includes(target.name)) pricing.count();
  });
  form.addEventListener("change", ({ target }) => {
    if (!/currency$/.test(target.name)) return;
    pricing.showRates();
    pricing.count();
  });
  on("formfilled", ({ detail }) => {
    if (detail.form === form) pricing.showRates();
  });
  pricing.showRates();
}

ready((root) => $$("form[data-pricing]", root).forEach(follow));
