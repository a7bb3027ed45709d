// Points of WKT over outlines and a graticule, in Web Mercator; no tiles, nothing from elsewhere.
import { closeCard, legend, openCard } from "./card.js";
import { colour, cut, make, plural, press, svg } from "./dom.js";
import { EARTH_KM, latitude, length, outlines, project } from "./outlines.js";
import { panzoom, places } from "./panzoom.js";
import { columnsOf, kindColumn, kinds, named, number, point, textColumns } from "./results.js";

const MOST = 2000, MOST_CELLS = 60, RADIANS = Math.PI / 180;
const STEPS = [60, 30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const degrees = (value, step, signs) => {
  const digits = step < 1 ? Math.ceil(-Math.log10(step)) : 0;
  const shown = Math.abs(value).toFixed(digits);
  return shown + "°" + (Number(shown) === 0 ? "" : signs[value < 0 ? 1 : 0]);
};

/* The coarse world first, then the fine cells that come into sight, each asked for once. */
const ground = { drawn: null, asked: new Set(), waiting: null };
const world = () => {
  ground.waiting ??= fetch("outlines").then((answer) => answer.json()).then((chart) => { ground.drawn = outlines(chart); });
  return ground.waiting.catch(() => { ground.waiting = null; });
};
const cells = (view, width, height, then) => {
  const wanted = ground.drawn ? ground.drawn.missing(view, width, height).filter((one) => !ground.asked.has(one)).slice(0, MOST_CELLS) : [];
  if (!wanted.length) return;
  wanted.forEach((one) => ground.asked.add(one));
  fetch("outlines?cells=" + wanted.join(",")).then((answer) => answer.json()).then((chart) => { ground.drawn.add(chart); then(); }).catch(() => wanted.forEach((one) => ground.asked.delete(one)));
};
const paint = (sheet, view, width, height) => {
  const ratio = Math.min(3, devicePixelRatio || 1), style = getComputedStyle(sheet), read = (name) => style.getPropertyValue("--" + name).trim();
  if (sheet.width !== Math.round(width * ratio) || sheet.height !== Math.round(height * ratio)) { sheet.width = Math.round(width * ratio); sheet.height = Math.round(height * ratio); }
  if (ground.drawn) ground.drawn.draw(sheet.getContext("2d"), view, width, height, ratio, { sea: read("sea"), land: read("land"), coast: read("coast"), border: read("border"), region: read("region") });
};

export const map = {
  name: "map", label: "Map",
  fits: (result) => (columnsOf(result, point).length ? "" : "No column holds points such as POINT(30 50)"),
  draw: (result, host, context) => {
    const column = columnsOf(result, point)[0];
    const words = textColumns(result);
    const title = named(result, words, /where|place|label|name|facility/i) ?? words[0];
    const unsure = named(result, columnsOf(result, number), /uncertainty/i);
    const groups = kinds(result, kindColumn(result), context.short);
    const spots = new Map();
    for (const row of result.rows) {
      const found = point(row[column]);
      if (!found) continue;
      const key = found.join(" ");
      if (!spots.has(key)) spots.set(key, { at: project(found), lat: found[1], rows: [], kind: groups.of(row), km: 0 });
      const spot = spots.get(key);
      spot.rows.push(row);
      if (unsure !== undefined) spot.km = Math.max(spot.km, number(row[unsure]) || 0);
    }
    const every = [...spots.values()].sort((one, two) => two.rows.length - one.rows.length), dots = every.slice(0, MOST);
    for (const dot of dots) {
      const names = [...new Set(dot.rows.map((row) => (title !== undefined && row[title] ? context.short(row[title].text) : "")).filter(Boolean))];
      dot.label = names.length ? cut(names[0], 34) + (names.length > 1 ? ` +${names.length - 1}` : "") : "";
    }
    let chosen = null;
    const stage = panzoom(host, `Map with ${plural(dots.length, "point")}.`, (view) => {
      const { width, height } = stage.size();
      const grid = svg("g", {}), areas = svg("g", {}), circles = svg("g", {}), labels = svg("g", {});
      const toX = (lon) => lon * view.k + view.x, toY = (lat) => project([0, lat])[1] * view.k + view.y;
      const step = STEPS.find((one) => one * view.k < 170) || STEPS.at(-1);
      const west = Math.max(-180, -view.x / view.k), east = Math.min(180, (width - view.x) / view.k);
      const north = latitude(-view.y / view.k), south = latitude((height - view.y) / view.k);
      const free = places();
      for (let index = Math.ceil(west / step); index * step <= east; index += 1) {
        const x = toX(index * step);
        grid.append(svg("line", { class: "grid", x1: x, x2: x, y1: Math.max(0, toY(85)), y2: Math.min(height, toY(-85)) }));
        if (x < width - 60) grid.append(svg("text", { class: "degrees", x: x + 4, y: 14 }, degrees(index * step, step, "EW")));
      }
      for (let index = Math.ceil(Math.max(south, -85) / step); index * step <= Math.min(north, 85); index += 1) {
        const y = toY(index * step);
        grid.append(svg("line", { class: "grid", y1: y, y2: y, x1: Math.max(0, toX(-180)), x2: Math.min(width, toX(180)) }));
        if (y > 22) grid.append(svg("text", { class: "degrees", x: 6, y: y - 4 }, degrees(index * step, step, "NS")));
      }
      for (const dot of dots) {
        const x = dot.at[0] * view.k + view.x, y = dot.at[1] * view.k + view.y;
        if (x < -200 || y < -200 || x > width + 200 || y > height + 200) continue;
        const radius = 5.5 + Math.min(9, 1.7 * Math.sqrt(dot.rows.length - 1));
        const reach = length(dot.km, dot.lat) * view.k;
        const wide = reach > 0.4 * Math.min(width, height);
        if (reach > radius) areas.append(svg("circle", { class: "unsure" + (wide ? " wide" : ""), cx: x, cy: y, r: Math.min(reach, 20000), fill: colour(dot.kind), stroke: wide ? colour(dot.kind) : "none" }));
        const words = (dot.label || "point") + ", " + plural(dot.rows.length, "row");
        const circle = svg("circle", { class: "dot" + (dot === chosen ? " chosen" : ""), cx: x, cy: y, r: radius, fill: colour(dot.kind), tabindex: "0", role: "button", "data-key": dots.indexOf(dot), "aria-label": words }, svg("title", {}, words));
        press(circle, () => { chosen = dot; openCard(stage.canvas, dot.label || "Point", result, dot.rows, context); stage.draw(); });
        circles.append(circle);
        const high = 15, long = dot.label.length * 6.6;
        if (dot.rows.length > 1 && radius > 7) labels.append(svg("text", { class: "count", x, y: y + 3.5 }, dot.rows.length));
        if (dot.label && free(x - radius, y - high / 2, long + 2 * radius + 6, high)) labels.append(svg("text", { class: "label", x: x + radius + 5, y: y + 4 }, dot.label));
      }
      const names = svg("g", {});
      for (const name of ground.drawn ? ground.drawn.names(view, width, height).slice(0, 80) : []) {
        const long = name.text.length * (name.country ? 8.2 : 6.2);
        if (long < 2.4 * name.reach && free(name.x - long / 2, name.y - 8, long, 16)) names.append(svg("text", { class: "name" + (name.country ? " country" : ""), x: name.x, y: name.y + 4 }, name.text));
      }
      stage.picture.replaceChildren(grid, names, areas, circles, labels);
      paint(sheet, view, width, height);
      cells(view, width, height, stage.draw);
      scale(width, height, view);
    }, { least: 0.8, most: 60000 });
    const sheet = make("canvas", { class: "ground", "aria-hidden": "true" });
    stage.canvas.prepend(sheet);
    world().then(() => stage.draw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => stage.draw());
    stage.canvas.append(make("p", { class: "source" }, "Outlines: Natural Earth; dashed: drawn differently by others"));
    const bar = make("i", {}), far = make("span", {});
    const scale = (width, height, view) => {
      const perKm = (view.k * 360) / (EARTH_KM * Math.cos(latitude((height / 2 - view.y) / view.k) * RADIANS));
      const power = 10 ** Math.floor(Math.log10(110 / perKm));
      const km = [5, 2, 1].map((one) => one * power).find((one) => one * perKm <= 110) || power;
      far.textContent = km >= 1 ? km.toLocaleString("en") + " km" : Math.round(km * 1000) + " m";
      bar.style.width = Math.round(km * perKm) + "px";
    };
    stage.canvas.append(make("div", { class: "scale" }, far, bar));
    const key = legend(groups.names, colour);
    if (key) stage.canvas.append(key);
    stage.picture.addEventListener("click", (event) => { if (!event.target.closest(".dot")) closeCard(stage.canvas); });
    // a country's middle says little of where things happen: the picture opens on what is known better
    const near = dots.filter((dot) => dot.km <= 200), framed = near.length ? near : dots;
    const xs = framed.map((dot) => dot.at[0]), ys = framed.map((dot) => dot.at[1]);
    stage.fit({ left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }, 90, 900);
    return every.length > MOST ? `The ${MOST} points with most rows, of ${every.length}.` : "";
  },
};
