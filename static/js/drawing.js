// What charts and maps share: colours of the theme, the data beside them, drawing when they come near.
const probe = document.createElement("i");
const NAMED = ["good", "warn", "bad", "brand"]; // other tones are places in the palette

// A canvas does not understand light-dark(): the browser computes the colour.
export function colour(name) {
  probe.style.color = `var(--${name})`;
  if (!probe.isConnected) {
    probe.hidden = true;
    document.body.append(probe);
  }
  return getComputedStyle(probe).color;
}

export const tone = (name) => colour(NAMED.includes(name) ? name : `t${name}`);

export function dataOf(box) {
  const source = box.parentNode.querySelector("script[type='application/json']");
  return JSON.parse(source.textContent);
}

export function whenNear(boxes, draw) {
  const watch = new IntersectionObserver(
    (entries) => {
      const near = entries.filter((entry) => entry.isIntersecting);
      near.forEach(({ target }) => {
        watch.unobserve(target);
        draw(target);
      });
    },
    { rootMargin: "200px" },
  );
  boxes.forEach((box) => {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "1";
    watch.observe(box);
  });
}
