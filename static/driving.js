// The driver's trip: positions and stages wait on the phone while there is no network, and are sent in order, once.
(function () {
  "use strict";
  const { $, $$, meta, on } = window.track;
  const box = $("[data-positions]");
  const stamp = () => new Date().toISOString();

  // -- stages: pressed without a network they keep the moment they were pressed
  const STAGES = "driver:stages";
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key) || "[]"); } catch { return []; } };
  const write = (key, list) => { try { localStorage.setItem(key, JSON.stringify(list)); } catch { /* a full store only loses the queue */ } };
  on("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-stage-form]")) return;
    $("[data-now]", form).value = stamp();
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    write(STAGES, [...read(STAGES), { url: form.action, stage: form.elements.stage.value, at: form.elements.at.value }]);
    $$("[data-stage-form] button").forEach((button) => { button.disabled = true; });
    const said = $("[data-position-said]");
    window.track.toast(said ? said.dataset.waiting : "", "info");
  }, true);
  async function sendStages() {
    let changed = false;
    for (let list = read(STAGES); list.length; list = read(STAGES)) {
      const body = new URLSearchParams({ stage: list[0].stage, at: list[0].at, csrfmiddlewaretoken: meta("csrf-token") });
      let answer;
      try { answer = await fetch(list[0].url, { method: "POST", body, headers: { "X-CSRFToken": meta("csrf-token") } }); } catch { return; }
      if (answer.status >= 500 || answer.status === 429) return;
      write(STAGES, list.slice(1)); // done, or refused for good: the page then shows how it stands
      changed = true;
    }
    if (changed) location.reload();
  }

  // -- positions
  const url = box && box.dataset.positions, KEY = `driver:positions:${url}`;
  const said = $("[data-position-said]"), last = $("[data-last]"), queued = $("[data-queued]");
  const say = (text) => { if (said) said.textContent = text; };
  function show() { if (queued) queued.textContent = read(KEY).length ? `(+${read(KEY).length})` : ""; }
  let sending = false;
  async function send() {
    if (!url || sending || !navigator.onLine) return show();
    const batch = read(KEY).slice(0, 500);
    if (!batch.length) return show();
    sending = true;
    try {
      const answer = await fetch(url, { method: "POST", body: JSON.stringify(batch), headers: { "Content-Type": "application/json", "X-CSRFToken": meta("csrf-token") } });
      if (answer.ok || answer.status === 409 || answer.status === 422) {
        write(KEY, read(KEY).slice(batch.length));
        if (answer.ok) { last.textContent = said.dataset.sent; say(""); } else say((await answer.json()).why || "");
      }
    } catch { say(said.dataset.waiting); } finally { sending = false; show(); }
    if (read(KEY).length) setTimeout(send, 5000);
  }
  const keep = (fix) => {
    write(KEY, [...read(KEY), { at: new Date(fix.timestamp || Date.now()).toISOString(), lat: fix.coords.latitude, lon: fix.coords.longitude }].slice(-2000));
    send();
  };
  const refused = () => say(said.dataset.refused);
  let kept = 0;
  if (box) {
    $("[data-check-in]", box).addEventListener("click", () => {
      if (!navigator.geolocation) return refused();
      navigator.geolocation.getCurrentPosition(keep, refused, { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 });
    });
    // While the page is open and the driver has allowed it once: a point a minute.
    if (navigator.permissions && navigator.geolocation) {
      navigator.permissions.query({ name: "geolocation" }).then((allowed) => {
        if (allowed.state !== "granted") return;
        navigator.geolocation.watchPosition((fix) => { if (Date.now() - kept > 60000) { kept = Date.now(); keep(fix); } }, () => {}, { enableHighAccuracy: true, maximumAge: 30000 });
      }).catch(() => {});
    }
  }
  const both = () => { sendStages().then(send); };
  window.addEventListener("online", both);
  both();
})();
