// Charts: <canvas data-chart> beside its data.
import { $$, language, on, ready } from "./page.js";
import { addresses, loadScript } from "./library.js";
import { colour, dataOf, tone, whenNear } from "./drawing.js";

const exact = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const charts = new Map();

const isRound = (kind) => kind === "doughnut" || kind === "pie";

function dataset(set, index, data, kind) {
  const own = tone(set.tone || index + 1);
  const isLine = (set.type || kind) === "line";
  const round = isRound(kind);
  const slices = () => data.labels.map((_label, slice) => tone((slice % 5) + 1));
  return {
    ...set,
    backgroundColor: round ? slices() : own,
    borderColor: isLine ? own : colour("paper"),
    borderWidth: isLine || round ? 2 : 0,
    borderRadius: isLine || round ? 0 : 3,
    maxBarThickness: 34,
    categoryPercentage: 0.7,
    barPercentage: 0.9,
    pointRadius: 0,
    pointHoverRadius: 4,
    pointBackgroundColor: own,
    tension: 0.25,
  };
}

function legend(data, kind) {
  return {
    display: isRound(kind) || data.datasets.length > 1,
    position: isRound(kind) ? "right" : "top",
    align: "start",
    labels: {
      boxWidth: 9,
      boxHeight: 9,
      useBorderRadius: true,
      borderRadius: 3,
      padding: 14,
    },
  };
}

function tooltip(data) {
  const currency = data.currency ? ` ${data.currency}` : "";
  const label = (item) => {
    const name = item.dataset.label || item.label;
    return ` ${name}: ${exact.format(item.raw)}${currency}`;
  };
  return {
    backgroundColor: "#1f242e",
    padding: 10,
    cornerRadius: 6,
    boxPadding: 4,
    usePointStyle: true,
    callbacks: { label },
  };
}

function scales(data, kind) {
  if (isRound(kind)) return {};
  const line = colour("line-2");
  const stacked = Boolean(data.stacked);
  const names = { stacked, grid: { display: false }, border: { color: line } };
  const values = {
    stacked,
    beginAtZero: true,
    grid: { color: line },
    border: { display: false },
    ticks: { maxTicksLimit: 6, callback: (value) => short.format(value) },
  };
  return data.horizontal ? { y: names, x: values } : { x: names, y: values };
}

function configuration(data) {
  const kind = data.type || "bar";
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const datasets = data.datasets.map((set, index) => dataset(set, index, data, kind));
  return {
    type: kind,
    data: { labels: data.labels, datasets },
    options: {
      maintainAspectRatio: false,
      animation: isCalm ? false : { duration: 250 },
      indexAxis: data.horizontal ? "y" : "x",
      interaction: { mode: "index", intersect: false },
      plugins: { legend: legend(data, kind), tooltip: tooltip(data) },
      scales: scales(data, kind),
    },
  };
}

async function draw(canvas) {
  await loadScript(addresses.chart);
  const { Chart } = window;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  Chart.defaults.color = colour("ink-2");
  const config = configuration(dataOf(canvas));
  if (charts.has(canvas)) charts.get(canvas).destroy();
  charts.set(canvas, new Chart(canvas, config));
}

ready((root) => whenNear($$("canvas[data-chart]", root), draw));

on("themechange", () => {
  charts.forEach((chart, canvas) => {
    if (canvas.isConnected) {
      draw(canvas);
      return;
    }
    chart.destroy();
    charts.delete(canvas);
  });
});
