"use strict";
/* A picture that is dragged, zoomed by wheel, pinch and buttons, and moved by the keyboard. */
(() => {
  const { make } = explorer;

  /* view = { x, y, k }: screen = world * k + (x, y). moved(view) is told of every change, once a frame.
     tap(x, y) is a click that was no drag. Gives { view, zoom, fit(box, margin, most), size }. */
  explorer.panned = (canvas, { least, most, moved, tap, hover, all }) => {
    const view = { x: 0, y: 0, k: 1 };
    const size = () => ({ width: canvas.clientWidth || 800, height: canvas.clientHeight || 500 });
    let queued = false;
    const change = () => {
      if (queued) return;
      queued = true;
      requestAnimationFrame(() => { queued = false; moved(view); });
    };
    const zoom = (factor, x = size().width / 2, y = size().height / 2) => {
      const k = Math.min(most, Math.max(least, view.k * factor));
      view.x = x - (x - view.x) * (k / view.k);
      view.y = y - (y - view.y) * (k / view.k);
      view.k = k;
      change();
    };
    const fit = (box, margin, greatest) => {
      const { width, height } = size(), edge = Math.min(margin, width / 5, height / 5);
      const k = Math.min((width - 2 * edge) / Math.max(box.right - box.left, 1e-9), (height - 2 * edge) / Math.max(box.bottom - box.top, 1e-9), greatest);
      view.k = Math.min(most, Math.max(k, least));
      view.x = width / 2 - (view.k * (box.left + box.right)) / 2;
      view.y = height / 2 - (view.k * (box.top + box.bottom)) / 2;
      change();
    };
    const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0018)), ...at(event));
    }, { passive: false });
    const touches = new Map();
    let held = null, dragged = false;
    canvas.addEventListener("pointerdown", (event) => {
      touches.set(event.pointerId, at(event));
      if (touches.size === 1) { held = at(event); dragged = false; }
    });
    canvas.addEventListener("pointermove", (event) => {
      const now = at(event);
      if (!touches.has(event.pointerId)) { if (hover) hover(...now); return; }
      const before = [...touches.values()];
      touches.set(event.pointerId, now);
      if (touches.size === 2) {
        const apart = ([one, two]) => Math.hypot(one[0] - two[0], one[1] - two[1]) || 1, after = [...touches.values()];
        const middle = (pair, axis) => (pair[0][axis] + pair[1][axis]) / 2;
        dragged = true;
        view.x += middle(after, 0) - middle(before, 0);
        view.y += middle(after, 1) - middle(before, 1);
        zoom(apart(after) / apart(before), middle(after, 0), middle(after, 1));
        return;
      }
      if (!dragged && Math.hypot(now[0] - held[0], now[1] - held[1]) < 4) return;
      if (!dragged) canvas.setPointerCapture(event.pointerId);
      dragged = true;
      canvas.classList.add("dragged");
      view.x += now[0] - held[0];
      view.y += now[1] - held[1];
      held = now;
      change();
    });
    const release = (event) => {
      const [x, y] = at(event), last = touches.delete(event.pointerId) && !touches.size;
      if (touches.size === 1) held = [...touches.values()][0];
      canvas.classList.remove("dragged");
      if (last && !dragged && event.type === "pointerup") tap(x, y);
    };
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("pointerleave", () => { if (hover) hover(-1, -1); });
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { ArrowLeft: [70, 0], ArrowRight: [-70, 0], ArrowUp: [0, 70], ArrowDown: [0, -70] }[event.key];
      if (step) { view.x += step[0]; view.y += step[1]; change(); }
      else if (event.key === "+" || event.key === "=") zoom(1.4);
      else if (event.key === "-") zoom(1 / 1.4);
      else if (event.key === "0") all();
      else return;
      event.preventDefault();
    });
    const button = (text, name, act) => make("button", { type: "button", "aria-label": name, title: name, onclick: act }, text);
    const buttons = make("div", { class: "zoom" }, button("+", "Zoom in", () => zoom(1.6)), button("−", "Zoom out", () => zoom(1 / 1.6)), button("⤢", "Show all", () => all()));
    return { view, size, zoom, fit, change, buttons };
  };

  /* Keeps labels apart: true, and the place taken, where a box touches none set before. */
  explorer.taken = () => {
    const cell = 64, grid = new Map();
    return (left, top, right, bottom) => {
      const keys = [];
      for (let x = Math.floor(left / cell); x <= Math.floor(right / cell); x += 1) for (let y = Math.floor(top / cell); y <= Math.floor(bottom / cell); y += 1) {
        const key = x + ":" + y, there = grid.get(key);
        if (there && there.some((one) => left < one[2] && one[0] < right && top < one[3] && one[1] < bottom)) return false;
        keys.push(key);
      }
      for (const key of keys) grid.set(key, [...(grid.get(key) || []), [left, top, right, bottom]]);
      return true;
    };
  };
})();
