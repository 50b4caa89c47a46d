// Maps: the bundled base map, or the operator's tiles.
import { $$, on, ready, words } from "./page.js";
import { addresses, loadJson, loadScript, loadStyle } from "./library.js";
import { colour, dataOf, tone, whenNear } from "./drawing.js";

const CITY_NAMES = "city-names";
const MOST_NAMES = 120;
const LEAST_PEOPLE = [
  [4, 4000],
  [5, 1500],
  [6, 500],
  [7, 150],
];

function span(text) {
  const box = document.createElement("span");
  box.textContent = text;
  return box;
}

function drawLine(L, board, line) {
  const path = line.path.map(([lon, lat]) => [lat, lon]);
  const style = {
    color: line.tone ? tone(line.tone) : colour("brand-ink"),
    weight: 2.5,
    dashArray: line.dashed ? "5 6" : null,
    opacity: 0.85,
  };
  L.polyline(path, style).addTo(board);
  return path;
}

function dotColour(point) {
  if (point.stale) return colour("ink-3");
  return point.tone ? tone(point.tone) : colour("brand");
}

function popup(point) {
  const text = document.createElement("div");
  const title = document.createElement(point.url ? "a" : "b");
  title.textContent = point.label;
  if (point.url) title.href = point.url;
  text.append(title);
  if (point.age) text.append(document.createElement("br"), span(point.age));
  return text;
}

function drawPoint(L, board, point) {
  const place = [point.lat, point.lon];
  const style = {
    radius: 6.5,
    weight: 2,
    color: colour("paper"),
    fillColor: dotColour(point),
    fillOpacity: point.stale ? 0.55 : 1,
  };
  const label = point.age ? `${point.label} · ${point.age}` : point.label;
  L.circleMarker(place, style)
    .addTo(board)
    .bindPopup(popup(point))
    .bindTooltip(span(label), { direction: "top", offset: [0, -6] });
  return place;
}

function leastPeople(zoom) {
  const step = LEAST_PEOPLE.find(([under]) => zoom < under);
  return step ? step[1] : 0;
}

// The largest cities come first; a name that would lie on another is left out.
function freePlaces() {
  const taken = [];
  return ({ x, y }, name) => {
    const right = x + 14 + name.length * 6.5;
    const covers = (one) => x < one.right && right > one.x && Math.abs(y - one.y) < 15;
    if (taken.some(covers)) return false;
    taken.push({ x, y, right });
    return true;
  };
}

function nameCity(L, names, [lon, lat, name]) {
  const dot = {
    radius: 1.5,
    weight: 0,
    fillColor: colour("ink-3"),
    fillOpacity: 1,
    interactive: false,
  };
  const label = {
    permanent: true,
    direction: "right",
    className: "map-city",
    pane: CITY_NAMES,
    offset: [2, 0],
    interactive: false,
  };
  L.circleMarker([lat, lon], dot).bindTooltip(span(name), label).addTo(names);
}

function nameCities(L, board, names, cities) {
  names.clearLayers();
  const view = board.getBounds().pad(0.1);
  const least = leastPeople(board.getZoom());
  const isFree = freePlaces();
  const seen = cities.filter(
    ([lon, lat, , people]) => people >= least && view.contains([lat, lon]),
  );
  seen.slice(0, MOST_NAMES).forEach((city) => {
    const [lon, lat, name] = city;
    if (isFree(board.latLngToContainerPoint([lat, lon]), name)) nameCity(L, names, city);
  });
}

// The names of cities are part of the picture, as the frontiers are: a screen reader skips them.
function addCityNamesPane(board) {
  const pane = board.createPane(CITY_NAMES);
  pane.setAttribute("aria-hidden", "true");
  pane.style.zIndex = 450;
  pane.style.pointerEvents = "none";
}

async function drawBase(L, board) {
  const files = [loadJson(addresses.countries), loadJson(addresses.cities)];
  const [countries, cities] = await Promise.all(files);
  const paint = () => ({
    color: colour("frontier"),
    weight: 1,
    fillColor: colour("land"),
    fillOpacity: 1,
  });
  const options = {
    style: paint,
    interactive: false,
    attribution: "Natural Earth, GeoNames",
  };
  const land = L.geoJSON(countries, options).addTo(board);
  addCityNamesPane(board);
  on("themechange", () => land.setStyle(paint()));
  const names = L.layerGroup().addTo(board);
  const write = () => nameCities(L, board, names, cities);
  board.on("moveend", write);
  board.whenReady(write);
}

function boardOf(L, box) {
  const options = {
    minZoom: 2,
    maxZoom: addresses.tiles ? 18 : 10,
    zoomSnap: 0.5,
    scrollWheelZoom: box.closest(".map-l") !== null,
    preferCanvas: true,
    zoomControl: false,
  };
  const board = L.map(box, options).setView([43, 74], 4);
  board.attributionControl.setPrefix(false);
  const titles = { zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut };
  L.control.zoom(titles).addTo(board);
  return board;
}

async function draw(box) {
  await Promise.all([loadScript(addresses.leaflet), loadStyle(addresses.leafletCss)]);
  const { L } = window;
  const { attribution = "", lines = [], points = [] } = dataOf(box);
  const board = boardOf(L, box);
  if (addresses.tiles) L.tileLayer(addresses.tiles, { attribution }).addTo(board);
  else await drawBase(L, board);
  const paths = lines.flatMap((line) => drawLine(L, board, line));
  const places = points.map((point) => drawPoint(L, board, point));
  const all = [...paths, ...places];
  if (all.length) board.fitBounds(all, { padding: [28, 28], maxZoom: 8 });
  box.dispatchEvent(new CustomEvent("map:ready", { bubbles: true, detail: board }));
}

ready((root) => whenNear($$("[data-map]", root), draw));
