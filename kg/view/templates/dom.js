"use strict";
/* Small makers: text only ever enters the page as text. Everything of the page hangs on `explorer`. */
const explorer = {};
(() => {
  const at = (id) => document.getElementById(id);

  const filled = (element, properties, children) => {
    for (const [key, value] of Object.entries(properties || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "class") element.setAttribute("class", value);
      else if (key.startsWith("on") || key === "checked" || key === "value" || key === "hidden" || key === "tabIndex" || key === "disabled") element[key] = value;
      else element.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children.flat()) if (child !== null && child !== undefined && child !== "" && child !== false) element.append(child);
    return element;
  };
  /* make("p", { class: "note", onclick: act }, "text", child, null) */
  const make = (name, properties, ...children) => filled(document.createElement(name), properties, children);
  const svg = (name, properties, ...children) => filled(document.createElementNS("http://www.w3.org/2000/svg", name), properties, children);

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const amount = (count) => count.toLocaleString("en");
  const plural = (count, noun, many) => amount(count) + " " + (count === 1 ? noun : many || noun + "s");
  const cut = (text, most) => (text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = () => matchMedia("(max-width: 860px)").matches;

  /* A click, or Enter and Space on what is no button of HTML. */
  const press = (element, act) => {
    element.addEventListener("click", act);
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); act(event); }
    });
  };
  /* One stop for the Tab key among many elements; the arrows, Home and End go on from there.
     Call it again after the elements were made anew: where the focus was is kept by data-key. */
  const roving = (container, selector) => {
    const items = () => [...container.querySelectorAll(selector)].filter((one) => one.getClientRects().length);
    const every = [...container.querySelectorAll(selector)];
    const held = container.dataset.held;
    const first = every.find((one) => held && one.dataset.key === held) || every[0];
    for (const one of every) one.setAttribute("tabindex", one === first ? "0" : "-1");
    if (container.dataset.roving) return;
    container.dataset.roving = "yes";
    container.addEventListener("focusin", (event) => {
      const one = event.target.closest(selector);
      if (!one || !container.contains(one)) return;
      container.querySelectorAll(selector + "[tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
      one.setAttribute("tabindex", "0");
      container.dataset.held = one.dataset.key || "";
    });
    container.addEventListener("keydown", (event) => {
      const here = event.target.closest(selector);
      if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
      const all = items(), now = all.indexOf(here);
      const next = { ArrowDown: now + 1, ArrowRight: now + 1, ArrowUp: now - 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      all[Math.max(0, Math.min(all.length - 1, next))].focus();
    });
  };

  /* Of items {id, x, y} on the screen the nearest one in the direction of an arrow, seen from the item
     `here`; without one, the item nearest to the middle of the box. */
  const towards = (items, here, dx, dy, box) => {
    const own = items.find((one) => one.id === here), from = own || { x: box.clientWidth / 2, y: box.clientHeight / 2 };
    let best = null, least = Infinity;
    for (const one of items) {
      if (one === own) continue;
      const x = one.x - from.x, y = one.y - from.y, along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (own && (along <= 1 || aside > along * 2.2)) continue;
      const cost = own ? along + 2 * aside : Math.hypot(x, y);
      if (cost < least) { least = cost; best = one; }
    }
    return best;
  };

  /* ── shapes and colours: one source for the legend, the graph and every panel ───────── */
  const FAMILIES = { Actor: "dot", Place: "square", Facility: "hexagon", Event: "diamond", Equipment: "triangle", Figure: "star", Claim: "triangleDown" };
  const FAMILY_WORDS = { Actor: "People and bodies", Place: "Places", Facility: "Facilities", Event: "Events", Equipment: "Equipment", Figure: "Figures", Claim: "Claims" };
  const colours = new Map();
  /* The value of the CSS variable --name, so that both themes have one source: the style sheet. */
  const colour = (name) => {
    if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim());
    return colours.get(name);
  };
  const ring = (x, y, r, count, turn) => Array.from({ length: count }, (_, i) => [x + r * Math.cos(turn + (i * 2 * Math.PI) / count), y + r * Math.sin(turn + (i * 2 * Math.PI) / count)]);
  /* Corners of the shape of a family round (x, y); null for the circle. */
  const corners = (family, x, y, r) => {
    const shape = FAMILIES[family] || "dot";
    if (shape === "square") return [[x - r * 0.85, y - r * 0.85], [x + r * 0.85, y - r * 0.85], [x + r * 0.85, y + r * 0.85], [x - r * 0.85, y + r * 0.85]];
    if (shape === "hexagon") return ring(x, y, r, 6, 0);
    if (shape === "diamond") return ring(x, y, r * 1.1, 4, 0);
    if (shape === "triangle") return ring(x, y + r * 0.2, r * 1.1, 3, -Math.PI / 2);
    if (shape === "triangleDown") return ring(x, y - r * 0.2, r * 1.1, 3, Math.PI / 2);
    if (shape === "star") { const out = ring(x, y, r * 1.2, 5, -Math.PI / 2), within = ring(x, y, r * 0.52, 5, -Math.PI / 2 + Math.PI / 5); return out.flatMap((one, i) => [one, within[i]]); }
    return null;
  };
  /* The same as the d of an SVG path. */
  const shapePath = (family, x, y, r) => {
    const points = corners(family, x, y, r);
    if (!points) return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
    return "M" + points.map((one) => one[0].toFixed(2) + "," + one[1].toFixed(2)).join("L") + "Z";
  };
  /* The legend's picture of a family. */
  const swatch = (family, size = 16) => {
    const picture = svg("svg", { width: size, height: size, viewBox: "0 0 16 16", "aria-hidden": "true", class: "swatch" });
    picture.append(svg("path", { d: shapePath(family, 8, 8, 5.6), class: "fill-" + family }));
    return picture;
  };

  Object.assign(explorer, { at, make, svg, capital, amount, plural, cut, fold, calm, narrow, press, roving, towards, FAMILIES, FAMILY_WORDS, colour, corners, shapePath, swatch });
  explorer.forgetColours = () => colours.clear();
})();
