// A picture that is uploaded: the part to keep is drawn over it, and goes along in thousandths.
import { $, $$, ready } from "./page.js";

const WHOLE = { left: 0, top: 0, width: 1, height: 1 };
const LEAST = 0.05;
const STEP = 0.02;
const ARROWS = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};
const SHADE = "rgb(0 0 0 / 50%)";

const within = (value, least, most) => Math.min(Math.max(value, least), most);
const thousandths = (part) => Math.floor(part * 1000);

class Cutting {
  constructor(box) {
    this.box = box;
    this.canvas = $("canvas", box);
    this.field = document.getElementById(box.dataset.cut);
    this.pencil = this.canvas.getContext("2d");
    this.start = null;
  }

  async show(file) {
    this.picture = await createImageBitmap(file).catch(() => null);
    this.box.hidden = !this.picture;
    if (!this.picture) {
      this.field.value = "";
      return;
    }
    const { width, height } = this.picture;
    const scale = Math.min(1, 480 / width, 360 / height);
    this.canvas.width = Math.max(1, width * scale);
    this.canvas.height = Math.max(1, height * scale);
    this.keep(WHOLE);
  }

  keep(part) {
    this.part = part;
    const isWhole = part.width === 1 && part.height === 1;
    const sides = [part.left, part.top, part.width, part.height];
    this.field.value = isWhole ? "" : sides.map(thousandths).join(",");
    this.draw();
  }

  draw() {
    const { width, height } = this.canvas;
    const { pencil, part } = this;
    const place = [part.left * width, part.top * height, part.width * width, part.height * height];
    pencil.clearRect(0, 0, width, height);
    pencil.drawImage(this.picture, 0, 0, width, height);
    pencil.fillStyle = SHADE;
    pencil.beginPath();
    pencil.rect(0, 0, width, height);
    pencil.rect(...place);
    pencil.fill("evenodd");
  }

  // Where the pointer is, as parts of width and height.
  at(event) {
    const frame = this.canvas.getBoundingClientRect();
    return {
      x: within((event.clientX - frame.left) / frame.width, 0, 1),
      y: within((event.clientY - frame.top) / frame.height, 0, 1),
    };
  }

  press(event) {
    this.start = this.at(event);
    this.canvas.setPointerCapture(event.pointerId);
  }

  drag(event) {
    if (!this.start) return;
    const end = this.at(event);
    const width = Math.abs(end.x - this.start.x);
    const height = Math.abs(end.y - this.start.y);
    if (width < LEAST || height < LEAST) return;
    const left = Math.min(end.x, this.start.x);
    const top = Math.min(end.y, this.start.y);
    this.keep({ left, top, width, height });
  }

  release() {
    this.start = null;
  }

  key(event) {
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    if (event.shiftKey) this.resize(step);
    else this.move(step);
  }

  move([x, y]) {
    const { part } = this;
    const left = within(part.left + x, 0, 1 - part.width);
    const top = within(part.top + y, 0, 1 - part.height);
    this.keep({ ...part, left, top });
  }

  resize([x, y]) {
    const { part } = this;
    const width = within(part.width + x, LEAST, 1 - part.left);
    const height = within(part.height + y, LEAST, 1 - part.top);
    this.keep({ ...part, width, height });
  }
}

function follow(box) {
  const cutting = new Cutting(box);
  const { canvas } = cutting;
  const input = $("input[type=file]", box.closest("form"));
  input.addEventListener("change", () => cutting.show(input.files[0]));
  canvas.addEventListener("pointerdown", (event) => cutting.press(event));
  canvas.addEventListener("pointermove", (event) => cutting.drag(event));
  canvas.addEventListener("pointerup", () => cutting.release());
  canvas.addEventListener("keydown", (event) => cutting.key(event));
  $("[data-whole]", box).addEventListener("click", () => cutting.keep(WHOLE));
}

ready((root) => $$("[data-cut]", root).forEach(follow));
