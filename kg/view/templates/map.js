"use strict";
/* The map: outlines, places with what is told of them, facilities, the edge of an advance, distances. */
(() => {
  const { model, store, make, plural, cut, colour, amount, drawSign, corners, places } = explorer;
  const { nodes, facts } = model;
  const { project, latitude, length, EARTH_KM, outlines } = explorer.outlines;
  const VAGUE_KM = 25, ROOM = 25, MOST_CIRCLES = 300, MOST_LABELS = 400;
  let root, canvas, pen, pan, tip, note, far, rule, listing, list = [], heads = [], clusteredAt = null, base = null, wish = "", hovered = null, measures = [], ends = new Set(), sans = "sans-serif", placed = false;

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

  /* ── drawing ─────────────────────────────────────────────────────────────────────────── */
  const path = (points) => { pen.beginPath(); points.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y))); };
  const written = (text, x, y, { fill, font, align = "left", halo = 3.4 }) => {
    pen.font = font + " " + sans; pen.textAlign = align; pen.textBaseline = "middle"; pen.lineJoin = "round";
    pen.strokeStyle = colour("land"); pen.lineWidth = halo; pen.setLineDash([]); pen.strokeText(text, x, y);
    pen.fillStyle = fill; pen.fillText(text, x, y);
  };
  const circle = (item, strong) => {
    const [x, y] = screen(item.at), reach = length(item.km, item.node.point.lat) * pan.view.k, { width, height } = pan.size();
    if (reach < 7 || x + reach < 0 || y + reach < 0 || x - reach > width || y - reach > height) return;
    const wide = reach > 0.4 * Math.min(width, height);
    pen.beginPath(); pen.arc(x, y, Math.min(reach, 30000), 0, 2 * Math.PI);
    if (!wide) { pen.globalAlpha = strong ? 0.14 : 0.07; pen.fillStyle = colour(item.node.family); pen.fill(); }
    pen.globalAlpha = strong ? 0.9 : 0.45; pen.strokeStyle = colour(item.node.family); pen.lineWidth = strong ? 1.6 : 1; pen.setLineDash([3, 4]); pen.stroke();
    pen.globalAlpha = 1; pen.setLineDash([]);
  };
  const marker = (head) => {
    const [x, y] = screen(head.at), r = radius(head), item = head.head, many = head.members.length;
    const dim = store.selection && !head.members.some(touched), chosen = store.selection && head.members.some((one) => store.selection.kind === "node" && store.selection.id === one.node.id);
    const disputed = head.members.some((one) => one.shown.some((fact) => facts[fact].disputed)), vague = vaguely(head);
    const fill = colour(item.facility ? "Facility" : "Place");
    const shape = (size) => { if (item.facility) { path(corners("Facility", x, y, size)); pen.closePath(); } else { pen.beginPath(); pen.roundRect(x - size, y - size, 2 * size, 2 * size, 3); } };
    pen.globalAlpha = dim ? 0.3 : 1;
    if (many > 1) { pen.fillStyle = fill; pen.globalAlpha *= 0.28; shape(r + 4); pen.fill(); pen.globalAlpha = dim ? 0.3 : 1; }
    shape(r);
    pen.fillStyle = vague ? colour("land") : fill; pen.fill();
    pen.lineWidth = disputed || vague ? 2 : 1.4; pen.strokeStyle = disputed ? colour("alarm") : vague ? fill : colour("land"); pen.setLineDash(vague && !disputed ? [3, 2] : []); pen.stroke(); pen.setLineDash([]);
    if (chosen || head === hovered) { shape(r + 3.5); pen.lineWidth = 2; pen.strokeStyle = colour("ink"); pen.stroke(); }
    const count = told(head);
    if (item.facility && many === 1) { pen.fillStyle = colour("on-marker"); drawSign(pen, item.node.cls, x, y, r * 0.62); }
    else if (count > 1 || many > 1) {
      pen.fillStyle = vague ? colour("ink") : colour("on-marker"); pen.textAlign = "center"; pen.textBaseline = "middle";
      pen.font = "600 " + (r > 9 ? 11.5 : 10) + "px " + sans;
      if (r > 6.5) pen.fillText(amount(count || many), x, y + 0.5);
    }
    pen.globalAlpha = 1;
  };
  /* The edge of each advance: rings at the places it had reached, a line along those of one day, its day beside. */
  const fronts = () => {
    const { from, to } = store.filters;
    return model.fronts.filter((front) => {
      const day = explorer.dayOf(front.day);
      return front.advance >= 0 && store.shown.facts[front.advance] && (from === null || day >= from) && (to === null || day <= to);
    }).map((front) => ({ front, points: front.places.filter((node) => nodes[node].point).map((node) => ({ node, at: project([nodes[node].point.lon, nodes[node].point.lat]) })) })).filter((one) => one.points.length);
  };
  const along = (points) => {
    const rest = points.map((point) => point.at).sort((one, two) => one[1] - two[1]), line = [rest.shift()];
    while (rest.length) {
      const [x, y] = line.at(-1);
      rest.sort((one, two) => Math.hypot(one[0] - x, one[1] - y) - Math.hypot(two[0] - x, two[1] - y));
      line.push(rest.shift());
    }
    return line;
  };
  const drawFronts = (labels) => {
    const found = fronts(), days = [...new Set(found.map(({ front }) => front.day))].sort();
    for (const { front, points } of found) {
      const late = days.length > 1 ? days.indexOf(front.day) / (days.length - 1) : 1;
      pen.globalAlpha = 0.4 + 0.6 * late; pen.strokeStyle = colour("Event"); pen.lineWidth = 2.4;
      if (points.length > 1) { path(along(points).map(screen)); pen.stroke(); }
      for (const { at } of points) { const [x, y] = screen(at); path(corners("Event", x, y, 15)); pen.closePath(); pen.stroke(); }
      pen.globalAlpha = 1;
      const [x, y] = screen(points[0].at);
      labels.push({ lines: [["edge " + explorer.dayText(explorer.dayOf(front.day)).replace(/ \d{4}$/, ""), colour("Event")]], spots: [[x, y - 23], [x, y + 23]], font: "600 11px", may: true });
    }
  };
  /* Where the words of a line may stand: on it, then beside it. */
  const spotsAlong = ([x, y], [right, bottom]) => {
    const away = Math.hypot(right - x, bottom - y), across = [-(bottom - y) / away, (right - x) / away];
    return [0, 24, -24, 44, -44].flatMap((beside) => [0.5, 0.64, 0.36, 0.78, 0.22].map((share) => [x + (right - x) * share + across[0] * beside, y + (bottom - y) * share + across[1] * beside]));
  };
  const drawMeasures = (labels) => {
    for (const row of measures) {
      const one = screen(places.byNode.get(row.facility).at), other = screen(places.byNode.get(row.place).at);
      if (Math.hypot(one[0] - other[0], one[1] - other[1]) < 26) continue;
      const kind = explorer.verdict(row), ink = colour(kind === "against" ? "alarm" : kind === "agrees" ? "calm" : "ink");
      pen.strokeStyle = colour("land"); pen.lineWidth = 5; path([one, other]); pen.stroke();
      pen.strokeStyle = ink; pen.lineWidth = 1.8; pen.setLineDash(kind === "agrees" ? [] : [6, 4]); path([one, other]); pen.stroke(); pen.setLineDash([]);
      labels.push({ lines: [[amount(row.km) + " ± " + amount(row.uncertainty) + " km", colour("ink")], ...(kind ? [["stated " + amount(row.stated) + " km " + explorer.VERDICTS[kind][0], ink]] : [])], spots: spotsAlong(one, other), font: "600 12px" });
    }
  };
  const draw = () => {
    const { width, height } = pan.size(), ratio = Math.min(3, devicePixelRatio || 1), { view } = pan;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) { canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio); }
    cluster();
    sans = getComputedStyle(document.body).fontFamily;
    base.draw(pen, view, width, height, ratio, { sea: colour("sea"), land: colour("land"), coast: colour("coast"), border: colour("border"), region: colour("region") });
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const free = explorer.taken(), labels = [];
    const seen = heads.filter((head) => { const [x, y] = screen(head.at); return x > -60 && y > -60 && x < width + 60 && y < height + 60; });
    let circles = 0;
    for (const head of heads) {
      if ((head.members.length > 1 && !vaguely(head)) || circles > MOST_CIRCLES) continue;
      circles += 1;
      if (!store.selection) circle(head.head, head === hovered);
      else if (touched(head.head)) circle(head.head, true);
    }
    drawFronts(labels);
    drawMeasures(labels);
    const lit = (head) => (store.selection && head.members.some(touched) ? 1 : 0);
    for (const head of [...seen].reverse().sort((one, two) => lit(one) - lit(two))) marker(head);
    for (const head of seen) { const [x, y] = screen(head.at), r = radius(head); free(x - r, y - r, x + r, y + r); }
    for (const { lines, spots, font, may } of labels) {
      pen.font = font + " " + sans;
      const half = Math.max(...lines.map(([text]) => pen.measureText(text).width)) / 2 + 3, high = lines.length * 7.5;
      const spot = spots.find(([x, y]) => free(x - half, y - high, x + half, y + high)) || (may ? null : spots[0]);
      if (spot) lines.forEach(([text, fill], index) => written(text, spot[0], spot[1] + (index - (lines.length - 1) / 2) * 15, { fill, font, align: "center" }));
    }
    const first = (head) => (store.selection && head.members.some(touched) ? 0 : head.head.facility ? 1 : 2);
    for (const head of [...seen].sort((one, two) => first(one) - first(two) || told(two) - told(one)).slice(0, MOST_LABELS)) {
      const [x, y] = screen(head.at), r = radius(head), text = cut(head.head.node.label, 30) + (head.members.length > 1 ? " +" + (head.members.length - 1) : "");
      const quiet = store.selection && !head.members.some(touched), font = (first(head) < 2 ? "600 " : "") + "12px";
      pen.font = font + " " + sans;
      const wide = pen.measureText(text).width;
      for (const [left, top, align] of [[x + r + 5, y, "left"], [x - r - 5, y, "right"], [x, y + r + 10, "center"], [x, y - r - 10, "center"]]) {
        const start = align === "left" ? left : align === "right" ? left - wide : left - wide / 2;
        if (start < 2 || start + wide > width - 2 || !free(start - 2, top - 8, start + wide + 2, top + 8)) continue;
        written(text, left, top, { fill: colour(quiet ? "faint" : "ink"), font, align });
        break;
      }
    }
    let names = 0;
    for (const name of base.names(view, width, height)) {
      const font = name.country ? "600 12px" : "italic 11.5px", text = name.country ? name.text.toUpperCase() : name.text;
      pen.font = font + " " + sans;
      const half = pen.measureText(text).width / 2;
      if (names > 60 || half > name.reach * 1.2 || !free(name.x - half - 8, name.y - 9, name.x + half + 8, name.y + 9)) continue;
      names += 1;
      written(text, name.x, name.y, { fill: colour("names"), font, align: "center", halo: 2 });
    }
    scale(width, height, view);
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
    if (framed.length) pan.fit(bounds(framed), 80, 420);
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
