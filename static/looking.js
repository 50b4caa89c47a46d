// What needs a library: charts, maps, searchable selects. Each library is loaded only by the page that shows one.
(function () {
  "use strict";
  const me = document.currentScript, at = me.dataset, nonce = me.nonce;
  const { $, $$, on, words, ready } = window.track;
  const loaded = {};
  const script = (src) => loaded[src] || (loaded[src] = new Promise((done, failed) => {
    const tag = document.createElement("script");
    tag.src = src; tag.nonce = nonce; tag.onload = done; tag.onerror = failed;
    document.head.append(tag);
  }));
  const style = (href) => loaded[href] || (loaded[href] = new Promise((done) => {
    const tag = document.createElement("link");
    tag.rel = "stylesheet"; tag.href = href; tag.onload = done;
    document.head.insertBefore(tag, $('link[href*="app."]'));
  }));
  // A canvas does not understand light-dark(): let the browser compute the colour.
  const probe = document.createElement("i");
  const colour = (name) => { probe.style.color = `var(--${name})`; if (!probe.isConnected) { probe.hidden = true; document.body.append(probe); } return getComputedStyle(probe).color; };
  const tone = (name) => colour({ good: "good", warn: "warn", bad: "bad" }[name] || "t" + name);
  const data = (box) => JSON.parse($("script[type='application/json']", box.parentNode).textContent);
  const near = (root, selector, act) => {
    const watch = new IntersectionObserver((seen) => seen.forEach((one) => { if (one.isIntersecting) { watch.unobserve(one.target); act(one.target); } }), { rootMargin: "200px" });
    $$(selector, root).forEach((one) => { if (!one.dataset.drawn) { one.dataset.drawn = "1"; watch.observe(one); } });
  };

  // -- charts
  const number = new Intl.NumberFormat(document.documentElement.lang || "en", { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(document.documentElement.lang || "en", { notation: "compact", maximumFractionDigits: 1 });
  const charts = new Map();
  async function chart(canvas) {
    await script(at.chart);
    const { Chart } = window, said = data(canvas), kind = said.type || "bar", line = colour("line-2"), ink = colour("ink-2");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    Chart.defaults.color = ink;
    const round = kind === "doughnut" || kind === "pie", value = said.horizontal ? "x" : "y", name = said.horizontal ? "y" : "x";
    const sets = said.datasets.map((set, index) => {
      const own = tone(set.tone || index + 1), wave = (set.type || kind) === "line";
      return { ...set, backgroundColor: round ? said.labels.map((_, i) => tone((i % 5) + 1)) : own, borderColor: wave ? own : colour("paper"), borderWidth: wave ? 2 : round ? 2 : 0, borderRadius: wave || round ? 0 : 3, maxBarThickness: 34, categoryPercentage: 0.7, barPercentage: 0.9, pointRadius: 0, pointHoverRadius: 4, pointBackgroundColor: own, tension: 0.25 };
    });
    if (charts.has(canvas)) charts.get(canvas).destroy();
    charts.set(canvas, new Chart(canvas, {
      type: kind, data: { labels: said.labels, datasets: sets },
      options: {
        maintainAspectRatio: false, animation: calm ? false : { duration: 250 }, indexAxis: said.horizontal ? "y" : "x", interaction: { mode: "index", intersect: false },
        plugins: {
          legend: { display: round || sets.length > 1, position: round ? "right" : "top", align: "start", labels: { boxWidth: 9, boxHeight: 9, useBorderRadius: true, borderRadius: 3, padding: 14 } },
          tooltip: { backgroundColor: "#1f242e", padding: 10, cornerRadius: 6, boxPadding: 4, usePointStyle: true, callbacks: { label: (item) => ` ${item.dataset.label || item.label}: ${number.format(item.raw)}${said.currency ? " " + said.currency : ""}` } },
        },
        scales: round ? {} : {
          [name]: { stacked: !!said.stacked, grid: { display: false }, border: { color: line } },
          [value]: { stacked: !!said.stacked, beginAtZero: true, grid: { color: line }, border: { display: false }, ticks: { maxTicksLimit: 6, callback: (v) => short.format(v) } },
        },
      },
    }));
  }
  ready((root) => near(root, "canvas[data-chart]", chart));
  on("themechange", () => charts.forEach((one, canvas) => { if (canvas.isConnected) chart(canvas); else { one.destroy(); charts.delete(canvas); } }));

  // -- maps: the bundled base map, or the operator's tiles
  const json = (url) => loaded[url] || (loaded[url] = fetch(url).then((answer) => answer.json()));
  const safe = (text) => { const box = document.createElement("span"); box.textContent = text; return box; };
  async function map(box) {
    await Promise.all([script(at.leaflet), style(at.leafletCss)]);
    const { L } = window, said = data(box), board = L.map(box, { minZoom: 2, maxZoom: at.tiles ? 18 : 10, zoomSnap: 0.5, scrollWheelZoom: box.closest(".map-l") !== null, preferCanvas: true }).setView([43, 74], 4);
    board.attributionControl.setPrefix(false);
    const all = [];
    if (at.tiles) L.tileLayer(at.tiles, { attribution: said.attribution || "" }).addTo(board);
    else await base(L, board);
    (said.lines || []).forEach((one) => { const path = one.path.map(([lon, lat]) => [lat, lon]); all.push(...path); L.polyline(path, { color: one.tone ? tone(one.tone) : colour("brand-ink"), weight: 2.5, dashArray: one.dashed ? "5 6" : null, opacity: 0.85 }).addTo(board); });
    (said.points || []).forEach((one) => {
      all.push([one.lat, one.lon]);
      const dot = L.circleMarker([one.lat, one.lon], { radius: 6.5, weight: 2, color: colour("paper"), fillColor: one.stale ? colour("ink-3") : one.tone ? tone(one.tone) : colour("brand"), fillOpacity: one.stale ? 0.55 : 1 }).addTo(board);
      const text = document.createElement("div");
      const title = one.url ? document.createElement("a") : document.createElement("b");
      title.textContent = one.label;
      if (one.url) title.href = one.url;
      text.append(title);
      if (one.age) text.append(document.createElement("br"), safe(one.age));
      dot.bindPopup(text).bindTooltip(safe(one.label + (one.age ? " · " + one.age : "")), { direction: "top", offset: [0, -6] });
    });
    if (all.length) board.fitBounds(all, { padding: [28, 28], maxZoom: 8 });
    box.dispatchEvent(new CustomEvent("map:ready", { bubbles: true, detail: board }));
  }
  async function base(L, board) {
    const [countries, cities] = await Promise.all([json(at.countries), json(at.cities)]);
    const paint = () => ({ color: colour("frontier"), weight: 1, fillColor: colour("land"), fillOpacity: 1 });
    const land = L.geoJSON(countries, { style: paint, interactive: false, attribution: "Natural Earth, GeoNames" }).addTo(board);
    on("themechange", () => land.setStyle(paint()));
    const names = L.layerGroup().addTo(board);
    const write = () => {
      names.clearLayers();
      const zoom = board.getZoom(), view = board.getBounds().pad(0.1), least = zoom < 4 ? 4000 : zoom < 5 ? 1500 : zoom < 6 ? 500 : zoom < 7 ? 150 : 0;
      const taken = [];
      cities.filter((city) => city[3] >= least && view.contains([city[1], city[0]])).slice(0, 120).forEach(([lon, lat, name]) => {
        // The largest come first; a name that would lie on another is left out.
        const { x, y } = board.latLngToContainerPoint([lat, lon]), width = 14 + name.length * 6.5;
        if (taken.some(([left, top, right]) => x < right && x + width > left && Math.abs(y - top) < 15)) return;
        taken.push([x, y, x + width]);
        L.circleMarker([lat, lon], { radius: 1.5, weight: 0, fillColor: colour("ink-3"), fillOpacity: 1, interactive: false }).bindTooltip(safe(name), { permanent: true, direction: "right", className: "map-city", offset: [2, 0], interactive: false }).addTo(names);
      });
    };
    board.on("moveend", write);
    board.whenReady(write);
  }
  ready((root) => near(root, "[data-map]", map));

  // -- searchable selects and typeaheads: data-pick, data-pick-url="/places/?q=" answering [{value, text, note}]
  ready(async (root) => {
    const boxes = $$("select[data-pick], select[data-pick-url], input[data-pick-url]", root).filter((box) => !box.tomselect);
    if (!boxes.length) return;
    await Promise.all([script(at.tom), style(at.tomCss)]);
    boxes.forEach((box) => {
      if (box.tomselect) return;
      if (box.labels[0]) box.setAttribute("aria-label", box.labels[0].textContent);
      const url = box.dataset.pickUrl;
      const line = (item, escape) => `<div>${escape(item.text)}${item.note ? `<small>${escape(item.note)}</small>` : ""}</div>`;
      new window.TomSelect(box, {
        refreshThrottle: 0, // a delayed refresh opens the list again behind a quick choice
        maxOptions: 200, create: box.hasAttribute("data-pick-new"), persist: false, maxItems: box.multiple ? null : 1, plugins: box.multiple ? ["remove_button"] : ["dropdown_input"],
        load: url ? (query, done) => fetch(url + encodeURIComponent(query), { headers: { Accept: "application/json", "X-Reseller": window.track.meta("reseller-stamp") } }).then((answer) => answer.json()).then((list) => done(list.results || list)).catch(() => done()) : null,
        shouldLoad: (query) => query.length > 0,
        render: { option: line, no_results: () => `<div class="no-results">${words.nothing}</div>` },
      });
    });
  });
})();
