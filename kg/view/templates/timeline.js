"use strict";
/* The timeline: events by when they happened, were claimed or came out; rows by class, speaker or place;
   an imprecise date as a bar; many as a density; a brush over all days sets the filter. */
(() => {
  const { model, store, make, svg, cut, capital, plural, amount, roving, dayText, shapePath, dayTicks } = explorer;
  const { facts, nodes, claims } = model;
  const LANE = 19, HEAD = 30, MOST_ITEMS = 350, MOST_ROWS = 60, BAND = 46;
  const BASES = [["event", "When it happened"], ["claim", "When it was claimed"], ["publication", "When it came out"]];
  const ROWS = [["class", "Class"], ["speaker", "Speaker"], ["place", "Place"]];
  const events = facts.filter((fact) => fact.family === "Event");
  let root, chart, band, controls, rowsBy = "class", more = 0, lost = null;

  const dated = () => events.map((fact) => ({ fact, days: explorer.days(fact, store.filters.basis) })).filter((one) => one.days);
  const keysOf = (fact) => {
    if (rowsBy === "class") return [fact.cls];
    if (rowsBy === "speaker") return [...new Set(fact.claims.filter((claim) => store.shown.claims[claim]).map((claim) => claims[claim].by))];
    return [...new Set([...(fact.roles.place || []), ...(fact.roles.place ? [] : fact.roles.target || [])].map((node) => nodes[node].label))];
  };
  const rowsOf = (items) => {
    const found = new Map();
    for (const item of items) {
      const keys = keysOf(item.fact);
      for (const key of keys.length ? keys : [""]) { if (!found.has(key)) found.set(key, []); found.get(key).push(item); }
    }
    const name = (key) => (rowsBy === "class" ? capital((model.kinds[key] || [key])[0]) : key || (rowsBy === "place" ? "no place given" : "nobody named"));
    return [...found].map(([key, list]) => ({ key, name: name(key), list: list.sort((a, b) => a.days[0] - b.days[0] || a.days[1] - b.days[1] || a.fact.id - b.fact.id) }))
      .sort((a, b) => (a.key === "") - (b.key === "") || b.list.length - a.list.length || (a.name < b.name ? -1 : 1));
  };

  /* ── the band of all days, with the brush ────────────────────────────────────────────── */
  const whole = () => { const range = store.range(store.filters.basis); return range ? [range[0] - 0.5, range[1] + 1.5] : null; };
  const drawBand = (items) => {
    const range = whole();
    const held = document.activeElement?.closest?.(".band .grip")?.dataset.key;
    band.replaceChildren();
    if (!range) return;
    const width = band.clientWidth || 600, toX = (day) => ((day - range[0]) / (range[1] - range[0])) * width, toDay = (x) => range[0] + (x / width) * (range[1] - range[0]);
    const slots = Math.max(1, Math.min(Math.ceil(range[1] - range[0]), Math.floor(width / 5))), counts = new Float64Array(slots), seen = new Float64Array(slots);
    for (const { fact, days } of items) {
      const [first, last] = days.map((day, index) => Math.min(slots - 1, Math.floor(((day + (index ? 0.999 : 0) - range[0]) / (range[1] - range[0])) * slots)));
      for (let slot = first; slot <= last; slot += 1) { counts[slot] += 1 / (last - first + 1); if (store.shown.facts[fact.id]) seen[slot] += 1 / (last - first + 1); }
    }
    const top = Math.max(...counts, 1), bar = width / slots, high = BAND - 16;
    const bars = (list, kind) => { const d = [...list].map((count, slot) => (count ? `M${(slot * bar).toFixed(1)},${high}v${(-Math.max(1.5, Math.sqrt(count / top) * (high - 3))).toFixed(1)}h${Math.max(1, bar - 0.8).toFixed(1)}V${high}Z` : "")).join(""); return svg("path", { class: kind, d }); };
    const picture = svg("svg", { width, height: BAND, class: "band-picture" }, bars(counts, "all"), bars(seen, "seen"));
    for (const [day, text] of dayTicks(range[0], range[1], width)) picture.append(svg("line", { x1: toX(day), x2: toX(day), y1: high, y2: high + 4, class: "grid" }), svg("text", { x: Math.min(toX(day) + 3, width - 50), y: BAND - 3, class: "tick" }, text));
    const { from, to } = store.filters, left = from === null ? 0 : Math.max(0, toX(from)), right = to === null ? width : Math.min(width, toX(to + 1));
    if (from !== null || to !== null) picture.append(svg("rect", { class: "out", x: 0, y: 0, width: left, height: high }), svg("rect", { class: "out", x: right, y: 0, width: Math.max(0, width - right), height: high }), svg("rect", { class: "brush", x: left, y: 0.5, width: Math.max(2, right - left), height: high - 1 }));
    const least = Math.ceil(range[0]), most = Math.floor(range[1] - 1);
    const grip = (name, x, day, set) => {
      const one = svg("rect", { class: "grip", x, y: 3, width: 10, height: high - 6, rx: 3, tabindex: "0", role: "slider", "data-key": name, "aria-label": name, "aria-valuemin": least, "aria-valuemax": most, "aria-valuenow": day, "aria-valuetext": dayText(day) });
      one.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 7, PageDown: -7 }[event.key];
        if (!step) return;
        event.preventDefault(); event.stopPropagation();
        set(Math.max(least, Math.min(most, day + step)));
      });
      return one;
    };
    const first = from ?? least, last = to ?? most;
    picture.append(grip("First day", from === null ? 0 : Math.max(0, left - 10), first, (day) => store.setFilters({ from: Math.min(day, last), to: store.filters.to })), grip("Last day", to === null ? width - 10 : Math.min(width - 10, right), last, (day) => store.setFilters({ from: store.filters.from, to: Math.max(day, first) })));
    brush(picture, toDay, toX, least, most, width, high);
    band.append(picture);
    if (held) band.querySelector(`[data-key="${held}"]`)?.focus({ preventScroll: true });
  };
  const brush = (picture, toDay, toX, least, most, width, high) => {
    const at = (event) => Math.max(0, Math.min(width, event.clientX - picture.getBoundingClientRect().left));
    picture.addEventListener("pointerdown", (event) => {
      const start = at(event), { from, to } = store.filters, handle = event.target.dataset?.key;
      const anchor = handle === "First day" ? toX((to ?? most) + 1) - 0.01 : handle === "Last day" ? toX(from ?? least) + 0.01 : start;
      const shade = svg("rect", { class: "brush", x: start, y: 0.5, width: 0, height: high - 1 });
      let now = start, dragged = false;
      picture.setPointerCapture(event.pointerId);
      const move = (next) => { now = at(next); dragged ||= Math.abs(now - start) > 3; if (dragged) { if (!shade.isConnected) picture.append(shade); shade.setAttribute("x", Math.min(anchor, now)); shade.setAttribute("width", Math.abs(now - anchor)); } };
      const done = () => {
        picture.removeEventListener("pointermove", move);
        shade.remove();
        if (!dragged) { if (!handle && (from !== null || to !== null)) store.setFilters({ from: null, to: null }); return; }
        const days = [anchor, now].sort((a, b) => a - b).map((x) => Math.max(least, Math.min(most, Math.floor(toDay(x)))));
        store.setFilters({ from: days[0], to: days[1] });
      };
      picture.addEventListener("pointermove", move);
      picture.addEventListener("pointerup", done, { once: true });
      picture.addEventListener("pointercancel", () => { picture.removeEventListener("pointermove", move); shade.remove(); }, { once: true });
    });
  };

  /* ── rows ────────────────────────────────────────────────────────────────────────────── */
  const spanText = ({ fact, days }) => {
    const open = store.filters.basis === "event" && (fact.earliest === "") !== (fact.latest === "");
    if (open) return (fact.earliest ? "from " : "by ") + dayText(days[0]);
    return days[0] === days[1] ? dayText(days[0]) : dayText(days[0]) + " – " + dayText(days[1]);
  };
  const drawRows = (items) => {
    chart.replaceChildren();
    more = 0;
    if (!items.length) return;
    const rows = rowsOf(items), kept = rows.slice(0, MOST_ROWS), width = Math.max(280, chart.clientWidth || 700), side = width < 520 ? 104 : 178;
    more = rows.length - kept.length;
    const { from, to } = store.filters, range = whole();
    let first = from ?? Math.min(...items.map((one) => one.days[0])), last = (to ?? Math.max(...items.map((one) => one.days[1]))) + 1;
    first = Math.max(first, range[0]); last = Math.max(last, first + 1);
    const edge = Math.max(0.6, (last - first) * 0.02);
    first -= edge; last += edge;
    const toX = (day) => side + ((day - first) / (last - first)) * (width - side - 12);
    const dense = items.length > MOST_ITEMS, picture = svg("svg", { width, class: "rows-picture", role: "group", "aria-label": plural(items.length, "event") + " in " + plural(rows.length, "row") });
    const grid = svg("g", {}), body = svg("g", {});
    let y = HEAD;
    for (const row of kept) {
      const top = y, lanes = dense ? density(body, row, y, toX, width, side) : lanesOf(body, row, y, toX, width, side);
      y += lanes * LANE + 9;
      body.append(svg("text", { x: side - 12, y: top + 13, class: "row-name", "text-anchor": "end" }, cut(row.name, side < 120 ? 12 : 24), svg("title", {}, row.name)), svg("text", { x: side - 12, y: top + 25, class: "tick", "text-anchor": "end" }, lanes > 1 ? amount(row.list.length) : ""), svg("line", { x1: 0, x2: width, y1: y - 4.5, y2: y - 4.5, class: "grid" }));
    }
    for (const [day, text] of dayTicks(first, last, width - side)) grid.append(svg("line", { x1: toX(day), x2: toX(day), y1: HEAD - 8, y2: y, class: "grid" }), toX(day) < width - 44 ? svg("text", { x: toX(day) + 3, y: 16, class: "tick" }, text) : "");
    picture.setAttribute("height", y + 4);
    picture.append(grid, body);
    chart.append(picture);
    roving(picture, ".item");
  };
  /* One by one, each in the first lane that is free, its name beside it where there is room. */
  const lanesOf = (body, row, top, toX, width, side) => {
    const ends = [], named = [];
    for (const item of row.list) {
      const left = Math.max(side, toX(item.days[0])), right = Math.max(Math.min(width - 6, toX(item.days[1] + 1)), left + (item.days[1] > item.days[0] ? 14 : 8));
      let lane = ends.findIndex((end) => end < left - 4);
      if (lane < 0) { lane = ends.length < 8 ? ends.push(-1) - 1 : ends.indexOf(Math.min(...ends)); }
      const text = rowsBy === "class" && item.fact.title.includes(" – ") ? item.fact.title.split(" – ").slice(1).join(" – ") : item.fact.title;
      const room = width - right - 16, wide = Math.min(room, 6.4 * Math.min(text.length, 34) + 14);
      named.push([item, lane, left, right, room > 46 ? cut(text, Math.round((wide - 14) / 6.4)) : ""]);
      ends[lane] = right + (room > 46 ? wide : 4);
    }
    for (const [item, lane, left, right, text] of named) body.append(mark(item, left, right, top + lane * LANE + 9, text));
    return Math.max(1, ends.length);
  };
  const mark = (item, left, right, y, text) => {
    const { fact } = item, happened = !fact.actuality || fact.actuality === "Actual";
    const open = store.filters.basis === "event" && (fact.earliest === "") !== (fact.latest === ""), long = item.days[1] > item.days[0];
    const dim = store.selection && !store.chosen.facts.has(fact.id);
    const group = svg("g", {
      class: ["item", happened ? "" : "hollow", fact.disputed ? "disputed" : "", dim ? "dim" : "", store.selection && !dim ? "chosen" : ""].filter(Boolean).join(" "), role: "button", "data-key": "f" + fact.id,
      "aria-label": spanText(item) + ": " + fact.title + (happened ? "" : ", " + (explorer.WORDS?.[fact.actuality] || fact.actuality)) + (fact.disputed ? ", disputed" : ""),
    }, svg("title", {}, spanText(item) + ": " + fact.title));
    const centre = (left + right) / 2;
    if (long) group.append(svg("rect", { class: "stretch", x: left, y: y - 4.5, width: right - left, height: 9, rx: 4.5 }));
    else if (open) group.append(svg("path", { class: "stretch", d: fact.earliest ? `M${centre},${y - 4}h16l5,4l-5,4h-16Z` : `M${centre},${y - 4}h-16l-5,4l5,4h16Z` }), svg("path", { class: "point", d: shapePath("Event", centre, y, 5.4) }));
    else group.append(svg("path", { class: "point", d: shapePath("Event", centre, y, 5.8) }));
    const start = long ? right + 5 : centre + (open && fact.earliest ? 25 : 9);
    group.append(svg("rect", { class: "hit", x: Math.min(left, centre - 10), y: y - LANE / 2, width: Math.max(20, start - left + text.length * 6), height: LANE }));
    if (text) group.append(svg("text", { x: start, y: y + 4, class: "label" }, text));
    explorer.press(group, () => explorer.choose("fact", fact.id));
    return group;
  };
  /* Too many to be told apart: how many there are, column by column; a click narrows the days to that column. */
  const density = (body, row, top, toX, width, side) => {
    const columns = Math.max(10, Math.floor((width - side - 12) / 7)), step = (width - side - 12) / columns, counts = new Float64Array(columns), marked = new Float64Array(columns);
    const dayAt = (column) => { const x = side + column * step, one = toX(0), unit = toX(1) - one; return (x - one) / unit; };
    for (const { fact, days } of row.list) {
      const [one, other] = [toX(days[0]), toX(days[1] + 1)].map((x) => Math.max(0, Math.min(columns - 1, Math.floor((x - side - 0.01) / step))));
      for (let column = one; column <= other; column += 1) { counts[column] += 1 / (other - one + 1); if (store.selection && store.chosen.facts.has(fact.id)) marked[column] = 1; }
    }
    const most = Math.max(...counts);
    counts.forEach((count, column) => {
      if (count < 0.01) return;
      const share = Math.sqrt(count / most), high = Math.max(2, share * (LANE * 1.5 - 4)), from = Math.floor(dayAt(column) + 1e-6), to = Math.max(from, Math.ceil(dayAt(column + 1) - 1e-6) - 1);
      const cell = svg("rect", { class: "item cell" + (marked[column] ? " chosen" : store.selection ? " dim" : ""), x: side + column * step + 0.5, y: top + LANE * 1.5 - high, width: step - 1, height: high, role: "button", "data-key": row.key + "." + column, "aria-label": row.name + ", " + dayText(from) + (to > from ? " – " + dayText(to) : "") + ": about " + plural(Math.round(count) || 1, "event") }, svg("title", {}, row.name + " · " + dayText(from) + (to > from ? " – " + dayText(to) : "") + " · about " + amount(Math.round(count) || 1)));
      explorer.press(cell, () => store.setFilters({ from, to }));
      body.append(cell);
    });
    body.append(svg("line", { x1: side, x2: width - 12, y1: top + LANE * 1.5, y2: top + LANE * 1.5, class: "grid" }));
    return 1.75;
  };

  /* ── the panel ───────────────────────────────────────────────────────────────────────── */
  const choice = (label, options, now, set) => make("div", { class: "choice", role: "group", "aria-label": label }, ...options.map(([name, words]) => make("button", { type: "button", "aria-pressed": String(name === now()), "data-name": name, onclick: () => { set(name); } }, words)));
  const drawControls = () => {
    for (const [group, now] of [[controls.children[0], store.filters.basis], [controls.children[1], rowsBy]]) for (const one of group.children) one.setAttribute("aria-pressed", String(one.dataset.name === now));
  };
  const draw = () => {
    const all = dated(), shown = all.filter((one) => store.shown.facts[one.fact.id]);
    drawControls();
    drawBand(all);
    drawRows(shown);
    const without = events.filter((fact) => store.shown.facts[fact.id]).length - shown.length, said = [];
    if (!all.length) said.push(events.length ? "No event has a date of this kind. Dates of the texts are resolved when an article has a day of publication." : "There are no events yet. They stand here once an article tells of one.");
    else if (!shown.length) said.push("The filters hide every dated event.");
    if (without && all.length) said.push(plural(without, "event") + " without a date.");
    if (shown.length > MOST_ITEMS) said.push("Drawn as density; choose fewer days to see them one by one.");
    if (more) said.push(plural(more, "further row") + " with fewer events.");
    if (shown.some((one) => one.days[1] > one.days[0])) said.push("A bar is a date known no better than that; an arrow has no other end.");
    lost.textContent = said.join(" ");
    lost.classList.toggle("empty", !shown.length);
  };
  explorer.register({
    name: "timeline", title: "Timeline", order: 30,
    mount: (box) => {
      root = box;
      root.classList.add("timeline");
      controls = make("div", { class: "controls" }, choice("Dates", BASES, () => store.filters.basis, (basis) => store.setFilters({ basis, from: null, to: null })), choice("Rows", ROWS, () => rowsBy, (rows) => { rowsBy = rows; draw(); explorer.link(); }));
      band = make("div", { class: "band", role: "group", "aria-label": "All days; drag to choose some" });
      chart = make("div", { class: "chart" });
      lost = make("p", { class: "said-below" });
      root.append(controls, band, make("div", { class: "scroller" }, chart, lost));
    },
    update: draw,
    counts: () => { const all = dated(); return [[all.filter((one) => store.shown.facts[one.fact.id]).length, all.length, "event"]]; },
    formats: {
      csv: () => ({ columns: ["from", "to", "class", "title", "actuality", "speakers", "article"], rows: dated().filter((one) => store.shown.facts[one.fact.id]).map(({ fact, days }) => [explorer.isoDay(days[0]), explorer.isoDay(days[1]), fact.cls, fact.title, fact.actuality, [...new Set(fact.claims.map((claim) => claims[claim].by))].join("; "), model.articles[fact.article]?.title ?? ""]) }),
      json: () => dated().filter((one) => store.shown.facts[one.fact.id]).map(({ fact, days }) => ({ iri: fact.iri, class: fact.cls, title: fact.title, from: explorer.isoDay(days[0]), to: explorer.isoDay(days[1]), basis: store.filters.basis })),
      png: () => chart.querySelector("svg"),
    },
    view: () => (rowsBy === "class" ? "" : rowsBy),
    restore: (text) => { if (ROWS.some(([name]) => name === text)) { rowsBy = text; if (root) draw(); } },
  });
})();
