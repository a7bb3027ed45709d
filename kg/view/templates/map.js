"use strict";
/* The map: outlines, places with what is told of them, facilities, the edge of an advance, distances. */
(() => {
  const { model, store, make, plural, amount, places } = explorer;
  const { facts } = model;
  const { project, latitude, length, EARTH_KM, outlines } = explorer.outlines;
  const VAGUE_KM = 25, ROOM = 25;
  let root, canvas, pen, pan, tip, note, far, rule, listing, list = [], heads = [], clusteredAt = null, base = null, wish = "", hovered = null, measures = [], ends = new Set(), last = null, fitted = null, placed = false;

  /* ── what is where on the screen ─────────────────────────────────────────────────────── */
  const told = (head) => head.members.reduce((sum, item) => sum + item.shown.length, 0);
  const vaguely = (head) => head.members.every((item) => item.km > VAGUE_KM);
  const radius = (head) => (head.head.facility ? 10 : 5 + Math.min(13, 1.9 * Math.sqrt(told(head))));
  const screen = ([x, y]) => [x * pan.view.k + pan.view.x, y * pan.view.k + pan.view.y];
  const touched = (item) => store.chosen.nodes.has(item.node.id) || ends.has(item.node.id) || item.shown.some((fact) => store.chosen.facts.has(fact));
  const single = () => {
    const found = new Set(ends);
    if (store.selection && store.selection.kind === "node") found.add(store.selection.id);
    return found;
  };
  const cluster = () => {
    const alone = single(), key = pan.view.k.toPrecision(6) + " " + [...alone].join(" ");
    if (clusteredAt === key) return;
    heads = places.clustered(list, pan.view.k, ROOM, alone);
    clusteredAt = key;
  };
  const nearest = (x, y) => {
    let best = null, least = 1;
    for (const head of heads) {
      const [left, top] = screen(head.at), away = Math.hypot(left - x, top - y) / (radius(head) + 5);
      if (away < least) { best = head; least = away; }
    }
    return best;
  };

  const draw = () => {
    const { width, height } = pan.size();
    cluster();
    explorer.paintMap({ canvas, pen, pan, base, heads, hovered, measures, screen, touched, told, radius, vaguely });
    scale(width, height, pan.view);
  };
  const scale = (width, height, view) => {
    const perKm = (view.k * 360) / (EARTH_KM * Math.cos((latitude((height / 2 - view.y) / view.k) * Math.PI) / 180));
    const power = 10 ** Math.floor(Math.log10(110 / perKm)), km = [5, 2, 1].map((one) => one * power).find((one) => one * perKm <= 110) || power;
    far.textContent = km >= 1 ? amount(km) + " km" : Math.round(km * 1000) + " m";
    rule.style.width = Math.round(km * perKm) + "px";
  };

  /* ── what a hand does ────────────────────────────────────────────────────────────────── */
  const bounds = (items) => {
    const xs = items.map((item) => item.at[0]), ys = items.map((item) => item.at[1]);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  };
  const fitAll = () => {
    /* a country's middle says little of where things happen: the picture opens on what is known better */
    const near = list.filter((item) => item.km <= 200 && item.shown.length), framed = near.length ? near : list.length ? list : places.items;
    if (framed.length) { pan.fit(bounds(framed), 80, 420); fitted = { ...pan.view }; }
  };
  /* A picture of another size keeps its middle, or shows all again where nobody has moved it. */
  const resized = () => {
    const { width, height } = pan.size(), { view } = pan;
    if (last && (last.width !== width || last.height !== height)) {
      if (fitted && fitted.x === view.x && fitted.y === view.y && fitted.k === view.k) { last = { width, height }; return fitAll(); }
      view.x += (width - last.width) / 2;
      view.y += (height - last.height) / 2;
    }
    last = { width, height };
  };
  const open = (head) => {
    const box = bounds(head.members);
    if (head.members.length > 1 && Math.max(box.right - box.left, box.bottom - box.top) * 20000 > 1) pan.fit(box, 90, Math.max(pan.view.k * 1.5, Math.min(20000, pan.view.k * 8)));
    else if (head.members.length > 1) { showList(true, head.members); }
    else explorer.choose("node", head.head.node.id);
  };
  const describe = (head) => {
    const { node, km } = head.head, count = told(head);
    const parts = [node.kind + (km ? ", known to ± " + amount(km) + " km" : "")];
    if (count || !head.head.facility) parts.push(plural(count, "event"));
    if (head.members.length > 1) parts[0] = plural(head.members.length, head.head.facility ? "facility" : "place", head.head.facility ? "facilities" : "places");
    return [head.members.length > 1 ? head.members.slice(0, 3).map((item) => item.node.label).join(", ") + (head.members.length > 3 ? " …" : "") : node.label, parts.join(" · ")];
  };
  const hover = (x, y) => {
    const head = x < 0 ? null : nearest(x, y);
    canvas.classList.toggle("pointing", Boolean(head));
    if (head !== hovered) {
      hovered = head;
      tip.hidden = !head;
      if (head) { const [name, more] = describe(head); tip.replaceChildren(make("b", {}, name), make("span", {}, more)); }
      pan.change();
    }
    if (head) {
      const { width, height } = pan.size();
      tip.style.left = Math.max(4, Math.min(width - tip.offsetWidth - 8, x + 14)) + "px";
      tip.style.top = Math.max(4, Math.min(height - tip.offsetHeight - 8, y + 14)) + "px";
    }
  };
  const showList = (on, some = list) => {
    listing.hidden = !on;
    root.querySelector(".list-toggle").setAttribute("aria-expanded", String(on));
    if (!on) return;
    const chosen = some.slice(0, 300);
    listing.replaceChildren(...chosen.map((item) => make("button", {
      type: "button", class: "row", "data-key": "n" + item.node.id,
      onclick: () => { goTo(item); explorer.choose("node", item.node.id); },
    }, item.facility ? explorer.emblem(item.node.cls, 18) : explorer.swatch("Place", 14), make("span", { dir: "auto" }, item.node.label), make("em", {}, item.shown.length ? plural(item.shown.length, "event") : item.node.kind))),
    ...(some.length > chosen.length ? [make("p", { class: "fine" }, "The first 300 of " + amount(some.length) + ".")] : []), ...(some.length ? [] : [make("p", { class: "fine" }, "No place is shown.")]));
    explorer.roving(listing, ".row");
  };
  const goTo = (item) => {
    const [x, y] = screen(item.at), { width, height } = pan.size();
    if (x > 40 && y > 40 && x < width - 40 && y < height - 40 && pan.view.k > 20) return;
    const reach = Math.max(0.3, length(Math.min(item.km, 300), item.node.point.lat) * 1.4);
    pan.fit({ left: item.at[0] - reach, right: item.at[0] + reach, top: item.at[1] - reach, bottom: item.at[1] + reach }, 60, Math.max(pan.view.k, 120));
  };
  const legend = () => {
    const shape = (family, words) => make("li", {}, explorer.swatch(family, 14), words);
    return make("details", { class: "legend", open: root.clientWidth > 900 }, make("summary", {}, "Signs"), make("ul", {},
      shape("Place", "place, larger with more events"), make("li", {}, make("i", { class: "hollow" }), "known only to a region"), make("li", {}, make("i", { class: "round" }), "where it may lie"),
      make("li", {}, explorer.emblem("NuclearPowerPlant", 16), "facility, by its sign"), ...(model.fronts.length ? [shape("Event", "edge of an advance, by day")] : []), make("li", {}, make("i", { class: "disputed" }), "disputed")),
    make("p", { class: "fine" }, "Outlines: Natural Earth. A dashed boundary is drawn differently by others."));
  };

  explorer.register({
    name: "map", title: "Map", order: 20,
    mount: (box) => {
      root = box;
      root.classList.add("map");
      if (!places.items.length) {
        const lost = places.events.length;
        root.append(make("p", { class: "empty" }, "No place in these articles has coordinates" + (lost ? ", so " + plural(lost, "event") + " cannot be drawn" : "") + ". The map fills when an article names a town, region or facility that the gazetteer knows."));
        return;
      }
      canvas = make("canvas", { tabindex: "0", role: "application", "aria-label": "Map. Arrow keys move it, plus and minus zoom, 0 shows all. The list of places is beside it." });
      pen = canvas.getContext("2d");
      tip = make("div", { class: "tip", hidden: true, role: "status" });
      note = make("p", { class: "unplaced" });
      far = make("span", {}); rule = make("i", {});
      listing = make("div", { class: "listing", hidden: true, role: "group", "aria-label": "Places on the map" });
      root.append(canvas, tip);
      base = outlines(model.outlines);
      pan = explorer.panned(canvas, {
        least: 0.8, most: 60000, all: fitAll, hover,
        moved: () => { draw(); explorer.link(); },
        tap: (x, y) => { const head = nearest(x, y); if (head) open(head); else if (store.selection) store.select(null); },
      });
      root.append(pan.buttons, make("button", { type: "button", class: "plain list-toggle", "aria-expanded": "false", onclick: () => showList(listing.hidden) }, "List"), listing, make("div", { class: "scale" }, far, rule), note, legend());
      root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !listing.hidden) { event.stopPropagation(); showList(false); root.querySelector(".list-toggle").focus(); } });
    },
    update: (changed) => {
      if (!pan) return;
      if (changed.has("filters") || !placed) { list = places.shownItems(); clusteredAt = null; if (!listing.hidden) showList(true); }
      if (changed.has("selection") || changed.has("filters") || !placed) { measures = places.measures(); ends = new Set(measures.flatMap((row) => [row.facility, row.place])); }
      if (canvas.clientWidth) resized();
      if (!placed && canvas.clientWidth) { placed = true; if (wish) restore(wish); else fitAll(); if (store.selection && !wish) reveal(); }
      else if (changed.has("selection") && store.selection && store.selection.kind !== "article") reveal();
      const without = places.events.filter((fact) => store.shown.facts[fact.id] && !places.spots.get(fact.id).length).length;
      note.textContent = without ? plural(without, "event") + " at no known point" : "";
      pan.change();
    },
    counts: () => {
      const on = places.events.filter((fact) => places.spots.get(fact.id).length);
      return [[on.filter((fact) => store.shown.facts[fact.id]).length, on.length, "event"]];
    },
    formats: {
      csv: () => ({ columns: ["place", "class", "latitude", "longitude", "uncertainty_km", "events", "titles"], rows: list.map((item) => [item.node.label, item.node.cls, item.node.point.lat, item.node.point.lon, item.km, item.shown.length, item.shown.map((fact) => facts[fact].title).join("; ")]) }),
      json: () => ({ type: "FeatureCollection", features: list.map((item) => ({ type: "Feature", id: item.node.iri, geometry: { type: "Point", coordinates: [item.node.point.lon, item.node.point.lat] }, properties: { name: item.node.label, class: item.node.cls, uncertaintyKm: item.km, events: item.shown.map((fact) => ({ iri: facts[fact].iri, title: facts[fact].title, earliest: facts[fact].earliest, latest: facts[fact].latest })) } })) }),
      png: () => canvas,
    },
    view: () => {
      if (!pan || !placed) return wish;
      const { width, height } = pan.size(), { x, y, k } = pan.view;
      return [((width / 2 - x) / k).toFixed(3), latitude((height / 2 - y) / k).toFixed(3), k.toPrecision(4)].join(",");
    },
    restore: (text) => { if (pan && placed) restore(text); else wish = text; },
  });
  const restore = (text) => {
    const [lon, lat, k] = text.split(",").map(Number);
    if (![lon, lat, k].every(Number.isFinite) || k < 0.5 || k > 60000) return fitAll();
    const { width, height } = pan.size(), [x, y] = project([lon, lat]);
    Object.assign(pan.view, { k, x: width / 2 - x * k, y: height / 2 - y * k });
    pan.change();
  };
  /* What was selected elsewhere and is out of sight comes into it. */
  const reveal = () => {
    const about = list.filter(touched), rows = measures;
    const wanted = rows.length ? rows.flatMap((row) => [places.byNode.get(row.facility), places.byNode.get(row.place)]) : about;
    if (!wanted.length || wanted.length > 40) return;
    const { width, height } = pan.size(), out = wanted.filter((item) => { const [x, y] = screen(item.at); return x < 10 || y < 10 || x > width - 10 || y > height - 10; });
    const spread = bounds(wanted), close = Math.max(spread.right - spread.left, spread.bottom - spread.top) * pan.view.k < 180;
    if (out.length || (rows.length && close)) pan.fit(spread, 110, rows.length ? 900 : Math.max(pan.view.k, 160));
  };
})();
