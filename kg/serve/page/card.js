// The rows behind a point, an item or a node, in a box over the picture.
import { make, plural } from "./dom.js";

export const openCard = (host, title, result, rows, context) => {
  closeCard(host);
  const back = document.activeElement;
  const close = make("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
  const box = make("div", { class: "cardbox", role: "dialog", "aria-label": title }, close, make("h3", {}, title));
  for (const row of rows.slice(0, 40)) {
    const list = make("dl", {});
    result.columns.forEach((name, index) => {
      if (row[index]) list.append(make("dt", {}, name), make("dd", {}, context.cell(row[index])));
    });
    box.append(list);
  }
  if (rows.length > 40) box.append(make("p", {}, plural(rows.length - 40, "more row") + " in the table"));
  const leave = () => {
    box.remove();
    const next = back && back.isConnected ? back : host.querySelector("svg .chosen, svg");
    if (next) next.focus({ preventScroll: true });
  };
  close.addEventListener("click", leave);
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); leave(); } });
  box.addEventListener("pointerdown", (event) => event.stopPropagation());
  box.addEventListener("wheel", (event) => event.stopPropagation());
  host.append(box);
  close.focus({ preventScroll: true });
};
export const closeCard = (host) => host.querySelectorAll(".cardbox").forEach((box) => box.remove());

export const legend = (names, colours) => names.length < 2 ? null : make("div", { class: "legend" },
  ...names.map((name, index) => {
    const swatch = make("i", { class: "swatch" });
    swatch.style.background = colours(index);
    return make("span", {}, swatch, name);
  }));
