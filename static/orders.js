// The order's form: any two of price, rate and margin give the third while typing; foreign currencies ask for their rate.
(function () {
  "use strict";
  const { $, $$, ready } = window.track;
  const figure = (box) => {
    if (!box || !box.value) return null;
    let text = box.value.replace(/[\s\u00a0\u202f']/g, "");
    const comma = text.lastIndexOf(","), point = text.lastIndexOf(".");
    if (comma >= 0 && point >= 0) text = text.replaceAll(point > comma ? "," : ".", "");
    else if (text.split(",").length > 2) text = text.replaceAll(",", "");
    const value = Number(text.replace(",", "."));
    return Number.isFinite(value) ? value : null;
  };
  const put = (box, value) => {
    if (!box || value === null || !Number.isFinite(value) || document.activeElement === box) return;
    box.value = value.toFixed(2);
    if (box.dataset.money !== undefined) box.dispatchEvent(new Event("focusout", { bubbles: true }));
  };
  ready((root) => $$("form[data-pricing]", root).forEach((form) => {
    if (form.dataset.priced) return;
    form.dataset.priced = "1";
    const box = (name) => form.elements[name];
    const rates = $("[data-fx]", form), home = rates ? rates.dataset.fx : "";
    const worth = (currency, fx) => (box(currency).value === home ? 1 : figure(box(fx)) || 0);
    // What was typed last wins; the margin follows price and rate unless it was typed itself.
    let typed = [];
    const note = (name) => { typed = [name, ...typed.filter((one) => one !== name)].slice(0, 2); };
    const percentOf = (margin, gross) => (gross ? (margin * 100) / gross : null);
    function count() {
      const clientFx = worth("currency", "client_fx"), carrierFx = worth("carrier_currency", "carrier_fx");
      const price = figure(box("client_price")), rate = figure(box("carrier_rate"));
      const gross = price === null ? null : price * clientFx, cost = rate === null ? null : rate * carrierFx;
      const byPercent = typed[0] === "margin_percent" || (typed.includes("margin_percent") && !typed.includes("margin"));
      const wantsMargin = typed.includes("margin") || typed.includes("margin_percent");
      if (wantsMargin && gross !== null && (typed.includes("client_price") || rate === null)) {
        const margin = byPercent ? (gross * figure(box("margin_percent"))) / 100 : figure(box("margin"));
        if (margin !== null && carrierFx) put(box("carrier_rate"), (gross - margin) / carrierFx);
        if (byPercent) put(box("margin"), margin); else put(box("margin_percent"), percentOf(margin, gross));
      } else if (wantsMargin && cost !== null && clientFx) {
        const share = figure(box("margin_percent")), margin = figure(box("margin"));
        const whole = byPercent ? (share < 100 ? (cost * 100) / (100 - share) : null) : cost + margin;
        put(box("client_price"), whole === null ? null : whole / clientFx);
        if (whole !== null) { if (byPercent) put(box("margin"), whole - cost); else put(box("margin_percent"), percentOf(margin, whole)); }
      } else if (gross !== null && cost !== null) {
        put(box("margin"), gross - cost);
        put(box("margin_percent"), percentOf(gross - cost, gross));
      }
    }
    function currencies() {
      const foreign = (name) => box(name).value !== home;
      [["client_fx", "currency"], ["carrier_fx", "carrier_currency"]].forEach(([fx, money]) => { box(fx).closest(".field").hidden = !foreign(money); });
      box("rate_date").closest(".field").hidden = !foreign("currency") && !foreign("carrier_currency");
    }
    form.addEventListener("input", (event) => {
      const name = event.target.name;
      if (["client_price", "carrier_rate", "margin", "margin_percent"].includes(name)) note(name);
      if (["client_price", "carrier_rate", "margin", "margin_percent", "client_fx", "carrier_fx"].includes(name)) count();
    });
    form.addEventListener("change", (event) => { if (/currency$/.test(event.target.name)) { currencies(); count(); } });
    currencies();
    count();
  }));
})();
