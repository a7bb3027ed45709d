// A picture that is dragged, zoomed by wheel and buttons, and moved by the keyboard.
import { make, svg } from "./dom.js";

/* redraw(view) is called whenever the view has changed; view = { x, y, k }: screen = world * k + (x, y). */
export const panzoom = (host, label, redraw, { least = 1e-4, most = 1e9 } = {}) => {
  const picture = svg("svg", { tabindex: "0", role: "group", "aria-label": label + " Arrow keys move it, plus and minus zoom, 0 shows all." });
  const canvas = make("div", { class: "canvas" }, picture);
  const view = { x: 0, y: 0, k: 1 };
  let all = () => {}, queued = false, held = null, moved = false;
  const draw = () => {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      if (!picture.isConnected) return;
      // what had the keyboard keeps it, though it is drawn anew
      const active = document.activeElement, key = picture.contains(active) ? active.getAttribute("data-key") : null;
      redraw(view);
      if (key !== null) (picture.querySelector(`[data-key="${key}"]`) || picture).focus({ preventScroll: true });
    });
  };
  const size = () => ({ width: canvas.clientWidth || 800, height: canvas.clientHeight || 500 });
  const zoom = (factor, x = size().width / 2, y = size().height / 2) => {
    const k = Math.min(most, Math.max(least, view.k * factor));
    view.x = x - (x - view.x) * (k / view.k);
    view.y = y - (y - view.y) * (k / view.k);
    view.k = k;
    draw();
  };
  const button = (text, name, act) => { const made = make("button", { type: "button", "aria-label": name, title: name }, text); made.addEventListener("click", act); return made; };
  canvas.append(make("div", { class: "zoom" }, button("+", "Zoom in", () => zoom(1.6)), button("−", "Zoom out", () => zoom(1 / 1.6)), button("⤢", "Show all", () => all())));
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = picture.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0018)), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  const touches = new Map();
  picture.addEventListener("pointerdown", (event) => {
    touches.set(event.pointerId, [event.clientX, event.clientY]);
    held = [event.clientX, event.clientY];
    moved = false;
  });
  picture.addEventListener("pointermove", (event) => {
    if (!touches.has(event.pointerId)) return;
    const before = [...touches.values()];
    touches.set(event.pointerId, [event.clientX, event.clientY]);
    if (touches.size === 2) {
      const apart = ([one, two]) => Math.hypot(one[0] - two[0], one[1] - two[1]) || 1;
      const now = [...touches.values()], box = picture.getBoundingClientRect();
      moved = true;
      return zoom(apart(now) / apart(before), (now[0][0] + now[1][0]) / 2 - box.left, (now[0][1] + now[1][1]) / 2 - box.top);
    }
    const dx = event.clientX - held[0], dy = event.clientY - held[1];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    if (!moved) { picture.setPointerCapture(event.pointerId); picture.classList.add("dragged"); }
    moved = true;
    held = [event.clientX, event.clientY];
    view.x += dx; view.y += dy;
    draw();
  });
  const release = (event) => { touches.delete(event.pointerId); picture.classList.remove("dragged"); };
  picture.addEventListener("pointerup", release);
  picture.addEventListener("pointercancel", release);
  // a drag that ends on a point is no click on it
  picture.addEventListener("click", (event) => { if (moved) { event.stopPropagation(); event.preventDefault(); moved = false; } }, true);
  picture.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (step) { view.x += step[0]; view.y += step[1]; draw(); }
    else if (event.key === "+" || event.key === "=") zoom(1.4);
    else if (event.key === "-") zoom(1 / 1.4);
    else if (event.key === "0") all();
    else return;
    event.preventDefault();
  });
  host.append(canvas);
  const fit = (box, margin, greatest) => {
    all = () => {
      const { width, height } = size();
      const k = Math.min((width - 2 * margin) / Math.max(box.right - box.left, 1e-9), (height - 2 * margin) / Math.max(box.bottom - box.top, 1e-9), greatest);
      view.k = Math.max(k, least);
      view.x = width / 2 - (view.k * (box.left + box.right)) / 2;
      view.y = height / 2 - (view.k * (box.top + box.bottom)) / 2;
      draw();
    };
    all();
  };
  new ResizeObserver(() => draw()).observe(canvas);
  return { canvas, picture, view, size, draw, fit };
};

/* Keeps labels apart: true, and the place taken, where a box does not touch one set before. */
export const places = () => {
  const taken = [];
  return (left, top, width, height) => {
    if (taken.some((one) => left < one[0] + one[2] && one[0] < left + width && top < one[1] + one[3] && one[1] < top + height)) return false;
    taken.push([left, top, width, height]);
    return true;
  };
};
