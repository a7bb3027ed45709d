"use strict";
/* The facility risk board: for each facility what came nearest on which day, how sure that is, who says
   so, and the distance that an article states beside the one that was computed. */
(() => {
  const { model, store, make, svg, plural, capital, amount, dayText, dayOf, cut, thing, emblem, verdict, VERDICTS, numberTicks, dayTicks } = explorer;
  const { nodes, facts, claims, board, distances, articles } = model;
  const WHAT = { event: "nearest event", edge: "nearest edge of an advance", stated: "distance stated" };
  let root, cards;

  /* Facility -> its lines: those of the board, and stated distances that no line of the board has. */
  const lines = new Map();
  const take = (row, what) => { if (row.facility < 0) return; if (!lines.has(row.facility)) lines.set(row.facility, []); lines.get(row.facility).push({ ...row, what }); };
  for (const row of board) take(row, row.what);
  const known = new Set(board.filter((row) => row.figure >= 0).map((row) => row.facility + " " + row.figure));
  for (const row of distances) if (row.stated !== null && !known.has(row.facility + " " + row.figure)) take({ ...row, day: row.event >= 0 ? facts[row.event].earliest.slice(0, 10) : "", claims: row.figure >= 0 ? facts[row.figure].claims : [] }, "stated");
  const every = [...lines].flatMap(([, list]) => list);
  const others = nodes.filter((node) => node.family === "Facility" && node.fact < 0 && !lines.has(node.id));
  const visible = (row) => (row.event >= 0 ? store.shown.facts[row.event] : row.figure >= 0 ? store.shown.facts[row.figure] : 1) === 1;
  const boards = () => [...lines].map(([facility, list]) => ({ node: nodes[facility], list: list.filter(visible) })).filter((one) => one.list.length).sort((a, b) => nearest(a.list).km - nearest(b.list).km || a.node.id - b.node.id);
  const nearest = (list) => list.reduce((best, row) => (row.km < best.km ? row : best));
  const touched = (node, list) => store.chosen.nodes.has(node.id) || list.some((row) => (row.event >= 0 && store.chosen.facts.has(row.event)) || (row.figure >= 0 && store.chosen.facts.has(row.figure)));

  /* ── pictures ────────────────────────────────────────────────────────────────────────── */
  const scaleOf = (list) => {
    const values = list.flatMap((row) => [row.km, row.stated ?? 0]), most = Math.max(...values, 5), reach = Math.max(...list.map((row) => row.km + row.uncertainty));
    return numberTicks(Math.min(reach, most * 1.7), 4);
  };
  /* Distance with its band, and what is stated, on the axis of the facility. */
  const strip = (row, ticks) => {
    const width = 250, toX = (km) => 8 + Math.min(1, km / ticks.at(-1)) * (width - 24), kind = verdict(row), from = toX(Math.max(0, row.km - row.uncertainty)), to = toX(row.km + row.uncertainty), over = row.km + row.uncertainty > ticks.at(-1);
    const picture = svg("svg", { viewBox: `0 0 ${width} 34`, class: "strip-picture", role: "img", "aria-label": amount(row.km) + " kilometres, give or take " + amount(row.uncertainty) + (row.stated === null ? "" : "; stated " + amount(row.stated) + ", " + VERDICTS[kind][1]) });
    for (const tick of ticks) picture.append(svg("line", { x1: toX(tick), x2: toX(tick), y1: 2, y2: 19, class: "grid" }), svg("text", { x: toX(tick), y: 31, class: "tick", "text-anchor": tick ? "middle" : "start" }, amount(tick)));
    picture.append(svg("rect", { class: "unsure", x: from, y: 7, width: Math.max(1, to - from), height: 9 }));
    if (over) picture.append(svg("path", { class: "over", d: `M${to - 1},6l5,5.500l-5,5.500` }));
    if (row.stated !== null) picture.append(svg("rect", { class: "stated " + kind, x: toX(row.stated) - 4.5, y: 7, width: 9, height: 9 }));
    picture.append(svg("path", { class: "point " + row.what, d: explorer.shapePath(row.what === "edge" ? "Equipment" : "Event", toX(row.km), 11.5, 5.4) }));
    return picture;
  };
  /* Nearest approach day by day: the band is the uncertainty, the line the distance. */
  const chart = (list) => {
    const days = [...new Set(list.map((row) => row.day).filter(Boolean))].sort();
    if (days.length < 2) return null;
    const rows = days.map((day) => nearest(list.filter((row) => row.day === day && (row.what !== "stated" || list.every((one) => one.day !== day || one.what === "stated")))));
    const width = 640, height = 150, left = 44, bottom = 126, ticks = scaleOf(list), first = dayOf(days[0]), last = dayOf(days.at(-1)), top = ticks.at(-1);
    const toX = (day) => left + 10 + ((day - first) / Math.max(1, last - first)) * (width - left - 34), toY = (km) => bottom - (Math.min(km, top) / top) * (bottom - 10);
    const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "approach", role: "img", "aria-label": "Nearest approach by day: " + rows.map((row) => dayText(dayOf(row.day)) + " " + amount(row.km) + " ± " + amount(row.uncertainty) + " km").join("; ") });
    for (const tick of ticks) picture.append(svg("line", { x1: left, x2: width - 8, y1: toY(tick), y2: toY(tick), class: "grid" }), svg("text", { x: left - 6, y: toY(tick) + 4, class: "tick", "text-anchor": "end" }, amount(tick) + (tick === top ? " km" : "")));
    for (const [day, text] of dayTicks(first, last, width - left)) picture.append(svg("text", { x: toX(day), y: height - 8, class: "tick", "text-anchor": "middle" }, text));
    const at = (row, side) => toX(dayOf(row.day)).toFixed(1) + "," + toY(Math.max(0, row.km + side * row.uncertainty)).toFixed(1);
    picture.append(svg("path", { class: "unsure", d: "M" + rows.map((row) => at(row, 1)).join("L") + "L" + [...rows].reverse().map((row) => at(row, -1)).join("L") + "Z" }), svg("path", { class: "line", d: "M" + rows.map((row) => at(row, 0)).join("L") }));
    for (const row of rows) picture.append(svg("line", { class: "whisker", x1: toX(dayOf(row.day)), x2: toX(dayOf(row.day)), y1: toY(row.km + row.uncertainty), y2: toY(Math.max(0, row.km - row.uncertainty)) }), svg("path", { class: "point " + row.what, d: explorer.shapePath(row.what === "edge" ? "Equipment" : "Event", toX(dayOf(row.day)), toY(row.km), 5.4) }, svg("title", {}, dayText(dayOf(row.day)) + ": " + amount(row.km) + " ± " + amount(row.uncertainty) + " km")));
    for (const row of list) if (row.stated !== null && row.day) picture.append(svg("rect", { class: "stated " + verdict(row), x: toX(dayOf(row.day)) - 4.5, y: toY(row.stated) - 4.5, width: 9, height: 9 }, svg("title", {}, "stated " + amount(row.stated) + " km")));
    return picture;
  };

  /* ── cards ───────────────────────────────────────────────────────────────────────────── */
  const speakers = (ids) => [...new Map(ids.filter((claim) => claims[claim].polarity !== "Negated").map((claim) => [claims[claim].by, claims[claim]])).values()];
  const names = (list) => list.flatMap((claim, index) => [index ? ", " : "", thing(claim.by, "node", claim.speaker)]);
  const worded = ({ figureText, unit }) => (!unit || figureText.includes(unit) ? figureText : figureText + " " + unit + (unit.length > 2 ? "s" : ""));
  const line = (row, ticks) => {
    const about = row.event >= 0 ? facts[row.event] : null, kind = verdict(row), figure = row.figure >= 0 ? facts[row.figure] : null;
    const lit = store.selection && ((row.event >= 0 && store.chosen.facts.has(row.event)) || (row.figure >= 0 && store.chosen.facts.has(row.figure)));
    const box = make("li", { class: "approach-line" + (lit ? " chosen" : ""), "data-verdict": kind, "data-what": row.what });
    box.append(make("div", { class: "when" }, make("b", {}, row.day ? dayText(dayOf(row.day)) : "no day given"), make("span", {}, WHAT[row.what])));
    const who = speakers(row.claims), words = make("div", { class: "what" }, make("p", {}, about ? thing(about.title, "fact", about.id) : "", row.place >= 0 && !about?.title.includes(nodes[row.place].label) ? [about ? ", measured to " : "to ", thing(nodes[row.place].label, "node", row.place)] : ""));
    if (who.length) words.append(make("p", { class: "by" }, "says ", ...names(who), about?.disputed ? make("span", { class: "tag not" }, "disputed") : ""));
    box.append(words);
    box.append(make("div", { class: "far" }, strip(row, ticks), make("p", {}, make("b", {}, amount(row.km) + " ± " + amount(row.uncertainty) + " km"), " computed")));
    if (row.stated !== null) {
      const by = figure ? speakers(figure.claims) : [], article = figure ? articles[figure.article] : null;
      box.append(make("div", { class: "against-map " + kind }, make("p", {}, make("b", {}, "Stated: " + amount(row.stated) + " km"), figure && figure.figureText ? [" (“", thing(worded(figure), "fact", figure.id), "”)"] : "", by.length ? [" by ", ...names(by)] : "", article ? [" · ", make("button", { type: "button", class: "link", onclick: () => explorer.read(figure) }, cut(article.title, 60))] : ""),
        make("p", { class: "verdict" }, VERDICTS[kind][0] + " " + capital(VERDICTS[kind][1]))));
      const passage = figure && explorer.passage(figure);
      if (passage) box.lastChild.append(passage);
    }
    return box;
  };
  const card = ({ node, list }) => {
    const best = nearest(list), ticks = scaleOf(list), own = store.selection?.kind === "node" && store.selection.id === node.id, lit = store.selection && touched(node, list), picture = chart(list);
    const inside = node.rows.filter((row) => row[0] === "located in").map((row) => row[1]).join(", ");
    const box = make("article", { class: "case facility" + (store.selection ? (lit ? " chosen" : " dim") : "") + (own ? " own" : ""), "data-node": node.id },
      make("header", {}, make("span", { class: "badge" }, emblem(node.cls, 24), [node.kind, inside, node.point && node.point.km ? "known to ± " + amount(node.point.km) + " km" : ""].filter(Boolean).join(" · ")),
        make("h3", {}, make("button", { type: "button", class: "title", "data-key": "n" + node.id, "aria-pressed": String(Boolean(own)), onclick: () => explorer.choose("node", node.id) }, node.label)),
        make("p", { class: "nearest" }, "Nearest: ", make("b", {}, amount(best.km) + " ± " + amount(best.uncertainty) + " km"), best.day ? " on " + dayText(dayOf(best.day)) : "")));
    if (picture) box.append(picture);
    const all = list.map((row) => line(row, ticks)), rest = all.slice(12), table = make("ol", { class: "approaches" }, ...all.slice(0, 12));
    box.append(table);
    if (rest.length) { const button = make("button", { type: "button", class: "more", onclick: () => { table.append(...rest); button.remove(); } }, "Show " + plural(rest.length, "more line", "more lines")); box.append(button); }
    return box;
  };
  const draw = () => {
    const key = root.contains(document.activeElement) ? document.activeElement.dataset.key : "", list = boards();
    cards.replaceChildren(...list.map(card));
    if (!list.length) cards.append(make("p", { class: "empty" }, every.length ? "The filters hide everything that came near a facility." : "Nothing was measured yet. This board fills when an article names a plant, dam, bridge or other facility, and an event at a place with coordinates within 150 km of one."));
    const rest = others.filter((node) => store.shown.nodes[node.id]);
    if (rest.length) cards.append(make("section", { class: "others" }, make("h4", {}, "Facilities that nothing was measured to"), make("p", {}, "No event at a known place came within range of them on a known day, or they have no coordinates."), make("ul", {}, ...rest.slice(0, 60).map((node) => make("li", {}, emblem(node.cls, 18), " ", thing(node.label, "node", node.id), make("small", {}, " " + node.kind + (node.point ? "" : " · no coordinates")))))));
    if (list.length) cards.append(make("p", { class: "key" }, svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" }, svg("path", { class: "point event", d: explorer.shapePath("Event", 7, 7, 5.4) })), "event", svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" }, svg("path", { class: "point edge", d: explorer.shapePath("Equipment", 7, 7, 5.4) })), "edge of an advance", svg("svg", { width: 26, height: 14, viewBox: "0 0 26 14", "aria-hidden": "true" }, svg("rect", { class: "unsure", x: 1, y: 3, width: 24, height: 8 })), "where it may be", svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" }, svg("rect", { class: "stated agrees", x: 2.5, y: 2.5, width: 9, height: 9 })), "stated"));
    if (key) root.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  };
  explorer.register({
    name: "facilities", title: "Facilities", order: 50,
    mount: (box) => { root = box; root.classList.add("facilities"); cards = make("div", { class: "cases" }); root.append(cards); },
    update: (changed) => {
      if (!["filters", "selection"].some((one) => changed.has(one)) && cards.childElementCount) return;
      draw();
      if (changed.has("selection") && store.selection && !root.contains(document.activeElement)) cards.querySelector(".own, .chosen")?.scrollIntoView({ block: "start", behavior: "auto" });
    },
    counts: () => { const now = boards(); return [[now.length, lines.size, "facility", "facilities"]]; },
    formats: {
      csv: () => ({ columns: ["facility", "day", "what", "event", "place", "computed_km", "uncertainty_km", "speakers", "stated_km", "stated_words", "stated_by", "verdict"], rows: boards().flatMap(({ node, list }) => list.map((row) => [node.label, row.day, WHAT[row.what], row.event >= 0 ? facts[row.event].title : "", row.place >= 0 ? nodes[row.place].label : "", row.km, row.uncertainty, speakers(row.claims).map((claim) => claim.by).join("; "), row.stated, row.figure >= 0 ? facts[row.figure].figureText : "", row.figure >= 0 ? speakers(facts[row.figure].claims).map((claim) => claim.by).join("; ") : "", verdict(row) ? VERDICTS[verdict(row)][1] : ""])) }),
      json: () => boards().map(({ node, list }) => ({ facility: node.iri, label: node.label, lines: list.map((row) => ({ day: row.day, what: row.what, event: row.event >= 0 ? facts[row.event].iri : null, place: row.place >= 0 ? nodes[row.place].iri : null, km: row.km, uncertaintyKm: row.uncertainty, statedKm: row.stated, verdict: verdict(row) })) })),
    },
  });
})();
