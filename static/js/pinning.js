// The point of an address on a map: pressed, dragged, or moved with the arrow keys. The typed field stays
// what is sent.
import { $$, on, ready } from "./page.js";

const DEGREES = "([+-]?\\d{1,3}(?:\\.\\d{1,15})?)°?";
const POINT = new RegExp(`^${DEGREES}(?:\\s*[,;]\\s*|\\s+)${DEGREES}$`);
const STEPS = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
const TOWN = 8; // zoom

// As `tenants/kit/edge/points.py` reads it.
function pointIn(text) {
  const match = POINT.exec(text.trim());
  if (!match) return null;
  const [lat, lng] = [Number(match[1]), Number(match[2])];
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : null;
}

async function placeCalled(box) {
  if (!box.value) return null;
  const answer = await fetch(box.dataset.pickUrl + encodeURIComponent(box.value));
  const places = await answer.json();
  const place = places.find((one) => one.exact);
  return place ? pointIn(place.point) : null;
}

class Pin {
  constructor(box, board) {
    const { elements } = box.closest("form");
    this.name = box.dataset.pinName;
    this.field = elements[box.dataset.pin];
    this.place = elements[box.dataset.pinPlace];
    this.board = board;
    this.mark = null;
  }

  follow() {
    const { board, field, place } = this;
    board.on("click", ({ latlng }) => this.put(latlng));
    board.getContainer().addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("change", () => this.read());
    place.addEventListener("change", () => this.look());
    this.read();
    if (!this.mark) this.look();
  }

  // The town is shown while the address has no point of its own.
  async look() {
    if (this.mark) return;
    const town = await placeCalled(this.place).catch(() => null);
    if (town && !this.mark) this.board.setView(town, TOWN);
  }

  read() {
    const point = pointIn(this.field.value);
    if (!point) {
      if (this.mark) this.mark.remove();
      this.mark = null;
      return;
    }
    this.show(point);
    this.board.setView(point, Math.max(this.board.getZoom(), TOWN));
  }

  // Writes the point into the field, as if it had been typed.
  put(latlng) {
    const { lat, lng } = latlng.wrap();
    this.field.value = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.show({ lat, lng });
  }

  show(point) {
    if (this.mark) this.mark.setLatLng(point);
    else this.draw(point);
  }

  draw(point) {
    const { L } = window;
    const icon = L.divIcon({ className: "map-pin", iconSize: [22, 22] });
    this.mark = L.marker(point, { icon, draggable: true, title: this.name }).addTo(this.board);
    this.mark.on("dragend", () => this.put(this.mark.getLatLng()));
    this.mark.getElement().setAttribute("aria-label", this.name);
  }

  press(event) {
    const isOnMark = this.mark && event.target === this.mark.getElement();
    if (isOnMark && STEPS[event.key]) {
      this.step(STEPS[event.key]);
      event.stopPropagation();
      event.preventDefault();
    } else if (event.key === "Enter" && event.target === this.board.getContainer()) {
      this.put(this.board.getCenter());
      this.mark.getElement().focus();
      event.preventDefault();
    }
  }

  // Some pixels, so a closer look moves it finer.
  step([right, down]) {
    const from = this.board.latLngToContainerPoint(this.mark.getLatLng());
    this.put(this.board.containerPointToLatLng(from.add([4 * right, 4 * down])));
    this.board.panInside(this.mark.getLatLng(), { padding: [20, 20] });
  }
}

on("map:ready", ({ target, detail }) => {
  const box = target.closest("[data-pin]");
  if (box) new Pin(box, detail).follow();
});

// Without a script there is the typed field alone.
ready((root) => $$("[data-pin]", root).forEach((box) => (box.hidden = false)));
