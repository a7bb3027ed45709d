"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const SHAPES = Object.fromEntries(data.shapes);
  const about = data.about, ties = data.ties, cards = data.cards;

  /* ── small makers: text only ever enters as text ─────────────────────────────────────── */
  const make = (name, properties, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (key === "class") element.className = value;
      else if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    for (const child of children) if (child !== null && child !== undefined && child !== "") element.append(child);
    return element;
  };
  const svg = (name, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const plural = (count, noun) => count + " " + noun + (count === 1 ? "" : "s");

  /* ── colours come from the style sheet, so that both themes have one source ──────────── */
  let palette = {};
  const readPalette = () => {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue("--" + name).trim();
    palette = {};
    for (const name of [...Object.keys(SHAPES), ...GROUPS.map((group) => group[0]),
      "paper", "sheet", "ink", "soft", "faint", "line", "alarm", "accent"]) palette[name] = read(name);
  };
  const GROUPS = [
    ["acts", "acts", true, ""], ["affects", "hits or concerns", true, ""], ["with", "with equipment", true, ""],
    ["where", "takes place in", true, ""], ["leads", "is part of, is caused by", true, "2 4"],
    ["holds", "controls", true, ""], ["belongs", "holds a post, belongs to", true, ""],
    ["within", "lies in, is a kind of", true, "1 5"], ["asserts", "says so", true, "6 4"],
    ["denies", "denies it", true, "6 4"], ["voice", "the article’s own voice", false, "6 4"],
    ["says", "claim and its content", true, "2 3"], ["counts", "figure of", true, "2 3"],
  ];
  const FAMILY_WORDS = {
    Actor: "People and bodies", Place: "Places", Facility: "Facilities", Event: "Events",
    Equipment: "Equipment", Figure: "Figures", Claim: "Claims",
  };

  /* ── what is switched on ─────────────────────────────────────────────────────────────── */
  const fresh = () => ({
    families: new Set(Object.keys(SHAPES).filter((name) => !data.hidden.includes(name))),
    kindsOff: new Set(),
    groups: new Set(GROUPS.filter((group) => group[2]).map((group) => group[0])),
    speaker: "", actualities: new Set(ACTUALITIES), certainties: new Set(CERTAINTIES), disputed: false,
  });
  const ordered = (known, found) => [...known.filter((one) => found.has(one)), ...[...found].filter((one) => !known.includes(one)).sort()];
  const ACTUALITIES = ordered(["Actual", "Possible", "Planned", "Demanded", "Denied"],
    new Set(cards.map((card) => card.actuality).filter(Boolean)));
  const CERTAINTIES = ordered(["Certain", "Probable", "Possible", "Unstated"],
    new Set(cards.flatMap((card) => card.voices.map((voice) => voice.certainty)).filter(Boolean)));
  const WORDS = { Actual: "said to have happened", Possible: "possible", Planned: "planned", Demanded: "demanded", Denied: "denied" };
  const SURE = { Certain: "certain", Probable: "fairly sure", Possible: "unsure", Unstated: "not saying how sure" };
  let state = fresh();
  let focus = -1, chosenEdge = -1;
  let near = new Set(), nearEdges = new Set();

  const tiesOf = about.map(() => []);
  data.edges.forEach((edge) => { tiesOf[edge.from].push(edge.id); if (edge.to !== edge.from) tiesOf[edge.to].push(edge.id); });

  const cardPasses = (card) => {
    if (card.actuality && !state.actualities.has(card.actuality)) return false;
    if (!card.voices.length) return !state.speaker;
    return card.voices.some((voice) =>
      (!state.speaker || voice.speaker === state.speaker) && (!voice.certainty || state.certainties.has(voice.certainty)));
  };
  const narrowed = () => state.speaker !== "" || state.disputed;

  /* Which nodes and edges are to be seen: facts by their own cards, entities by what ties them. */
  const seenNodes = new Array(about.length).fill(true), seenEdges = new Array(ties.length).fill(true);
  const sift = () => {
    const passes = cards.map(cardPasses);
    about.forEach((node, id) => {
      seenNodes[id] = state.families.has(node.family) && !state.kindsOff.has(node.kind) &&
        node.cards.every((card) => passes[card]) && (!state.disputed || !node.cards.length || node.disputed);
    });
    data.edges.forEach((edge) => {
      const tie = ties[edge.id];
      const entities = !about[edge.from].cards.length && !about[edge.to].cards.length;
      seenEdges[edge.id] = state.groups.has(tie.group) && seenNodes[edge.from] && seenNodes[edge.to] &&
        (!tie.cards.length || tie.cards.some((card) => passes[card])) && !(entities && state.disputed);
    });
    about.forEach((node, id) => {
      if (!seenNodes[id] || node.cards.length) return;
      const tied = tiesOf[id].filter((edge) => seenEdges[edge]);
      /* an outlet that only speaks in its own voice, and whatever a narrowed view leaves alone */
      const substance = tied.some((edge) => ties[edge].group !== "within");
      if (node.kind === "media outlet" ? !tied.length : narrowed() && !substance) seenNodes[id] = false;
    });
    data.edges.forEach((edge) => { if (!seenNodes[edge.from] || !seenNodes[edge.to]) seenEdges[edge.id] = false; });
  };

  /* ── the network ─────────────────────────────────────────────────────────────────────── */
  const nodeSet = new vis.DataSet(), edgeSet = new vis.DataSet();
  const mixed = (colour, share) => {
    const parse = (text) => [1, 3, 5].map((from) => parseInt(text.slice(from, from + 2), 16));
    const one = parse(colour), two = parse(palette.paper);
    return "#" + one.map((part, index) => Math.round(part * share + two[index] * (1 - share)).toString(16).padStart(2, "0")).join("");
  };
  const HOLLOW = new Set(["Possible", "Planned", "Demanded", "Denied"]);
  const nodeLook = (id) => {
    const node = about[id], colour = palette[node.family];
    const hollow = node.family === "Event" && HOLLOW.has(cards[node.cards[0]].actuality);
    const border = node.disputed && node.family !== "Claim" ? palette.alarm : hollow ? colour : palette.paper;
    const fill = hollow ? palette.paper : colour;
    return {
      id, hidden: !seenNodes[id],
      borderWidth: hollow || node.disputed ? 2 : 1.5,
      shapeProperties: { borderDashes: hollow && !node.disputed ? [3, 3] : false },
      color: { background: fill, border, highlight: { background: fill, border: palette.ink }, hover: { background: fill, border: palette.ink } },
    };
  };
  /* many lines are drawn fainter, so that a large graph stays calm */
  let faintness = 0.52;
  const setFaintness = () => {
    const lines = Math.max(1, seenEdges.filter(Boolean).length);
    faintness = Math.min(0.52, Math.max(0.16, 0.52 * Math.sqrt(420 / lines)));
  };
  const edgeLook = (edge) => {
    const tie = ties[edge.id], group = GROUPS.find((one) => one[0] === tie.group);
    const strong = nearEdges.has(edge.id) || chosenEdge === edge.id;
    const base = palette[tie.group];
    const colour = mixed(base, strong ? 1 : tie.group === "within" ? Math.min(0.65, faintness * 1.2) : faintness);
    return {
      id: edge.id, hidden: !seenEdges[edge.id], width: (strong ? 1.8 : 1.1) * data.grown,
      dashes: group[3] ? group[3].split(" ").map(Number) : false,
      color: { color: colour, highlight: base, hover: base, inherit: false },
    };
  };
  /* only what looks different is handed to the network: restyling all is what takes time */
  const looks = { nodes: new Map(), edges: new Map() };
  const changed = (known, look) => {
    const text = JSON.stringify(look);
    if (known.get(look.id) === text) return false;
    known.set(look.id, text);
    return true;
  };
  const paint = () => {
    setFaintness();
    nodeSet.update(about.map((_, id) => nodeLook(id)).filter((look) => changed(looks.nodes, look)));
    edgeSet.update(data.edges.map(edgeLook).filter((look) => changed(looks.edges, look)));
    network.body.emitter.emit("_requestRedraw");
    tally();
  };
  /* A choice is drawn over a veil: the rest stays where it is, pale behind it. */
  const veil = (ctx) => {
    if (focus < 0 && chosenEdge < 0) return;
    const box = at("graph").getBoundingClientRect();
    const one = network.DOMtoCanvas({ x: 0, y: 0 }), two = network.DOMtoCanvas({ x: box.width, y: box.height });
    ctx.save();
    ctx.globalAlpha = 0.86;
    ctx.fillStyle = palette.paper;
    ctx.fillRect(one.x, one.y, two.x - one.x, two.y - one.y);
    ctx.restore();
    for (const id of nearEdges) {
      const edge = network.body.edges[id];
      if (edge && edge.connected && seenEdges[id]) { edge.draw(ctx); edge.drawArrows(ctx); }
    }
    for (const id of near) if (seenNodes[id]) network.body.nodes[id].draw(ctx);
  };
  const tally = () => {
    const shown = seenNodes.filter(Boolean).length;
    at("count").replaceChildren(make("b", {}, shown.toLocaleString("en")), " of ", make("b", {}, data.total.toLocaleString("en")), " nodes shown");
  };
  readPalette();
  sift();
  setFaintness();
  const first = (known, look) => { changed(known, look); return look; };
  nodeSet.add(data.nodes.map(({ label, color, font, ...node }) => ({ ...node, ...first(looks.nodes, nodeLook(node.id)) })));
  edgeSet.add(data.edges.map((edge) => ({ ...edge, ...first(looks.edges, edgeLook(edge)) })));
  const network = new vis.Network(at("graph"), { nodes: nodeSet, edges: edgeSet }, { ...data.options, autoResize: true });

  /* ── labels: as many as fit without touching, the best connected first ───────────────── */
  const rank = about.map((_, id) => id).sort((a, b) => about[b].degree - about[a].degree || a - b);
  const clipped = (text, most) => (text.length > most ? text.slice(0, most - 2).trimEnd() + "…" : text);
  const short = about.map((node) => clipped(node.short, 30));
  const widths = new Map();
  const leading = new Set(rank.slice(0, 24).filter((id) => about[id].degree >= 6 && about[id].family !== "Event"));
  let hovered = -1;
  const drawLabels = (ctx) => {
    veil(ctx);
    const scale = network.getScale(), bodies = network.body.nodes;
    const cell = 60, grid = new Map(), view = at("graph").getBoundingClientRect();
    const put = (box) => {
      for (let x = Math.floor(box[0] / cell); x <= Math.floor(box[2] / cell); x++)
        for (let y = Math.floor(box[1] / cell); y <= Math.floor(box[3] / cell); y++) {
          const key = x + ":" + y;
          if (!grid.has(key)) grid.set(key, []);
          grid.get(key).push(box);
        }
    };
    const free = (box, owner, overNodes = false) => {
      for (let x = Math.floor(box[0] / cell); x <= Math.floor(box[2] / cell); x++)
        for (let y = Math.floor(box[1] / cell); y <= Math.floor(box[3] / cell); y++) {
          const there = grid.get(x + ":" + y);
          if (there && there.some((one) => one[4] !== owner && !(overNodes && one[5]) && one[0] < box[2] && box[0] < one[2] && one[1] < box[3] && box[1] < one[3])) return false;
        }
      return true;
    };
    const foremost = [focus, hovered].filter((id) => id >= 0), veiled = focus >= 0 || chosenEdge >= 0;
    const order = [...foremost, ...[...near].sort((a, b) => about[b].degree - about[a].degree), ...rank];
    const done = new Set(), spots = new Map();
    for (const id of rank) {
      if (!seenNodes[id]) continue;
      const dom = network.canvasToDOM({ x: bodies[id].x, y: bodies[id].y });
      if (dom.x < -80 || dom.y < -40 || dom.x > view.width + 80 || dom.y > view.height + 40) continue;
      const reach = radius(bodies[id]) * scale;
      spots.set(id, [dom.x, dom.y, reach]);
      if (!veiled || near.has(id)) put([dom.x - reach, dom.y - reach, dom.x + reach, dom.y + reach, id, true]);
    }
    ctx.save();
    ctx.textBaseline = "middle"; ctx.textAlign = "center"; ctx.lineJoin = "round";
    const sans = getComputedStyle(document.body).fontFamily;
    for (const id of order) {
      if (done.has(id) || !spots.has(id)) continue;
      done.add(id);
      if (veiled && !near.has(id) && id !== hovered) continue;
      const named = foremost.includes(id), heavy = about[id].degree >= 6 || named;
      const size = heavy ? 13.5 : 12, key = id + (heavy ? "b" : "n");
      ctx.font = (heavy ? "600 " : "") + size / scale + "px " + sans;
      if (!widths.has(key)) widths.set(key, ctx.measureText(short[id]).width * scale);
      const half = widths.get(key) / 2, [x, y, reach] = spots.get(id), off = reach + size / 2 + 4;
      const places = [[x, y + off], [x, y - off], [x + reach + half + 5, y], [x - reach - half - 5, y]];
      const boxed = ([left, top]) => [left - half - 2, top - size / 2 - 2, left + half + 2, top + size / 2 + 2, id];
      const inside = (one) => one[0] - half > 2 && one[0] + half < view.width - 2;
      const place = places.find((one) => inside(one) && free(boxed(one), id)) ||
        (leading.has(id) ? places.find((one) => free(boxed(one), id, true)) : null) || (named ? places[0] : null);
      if (!place) continue;
      put(boxed(place));
      const spot = network.DOMtoCanvas({ x: place[0], y: place[1] });
      ctx.strokeStyle = palette.paper; ctx.lineWidth = 3.6 / scale; ctx.strokeText(short[id], spot.x, spot.y);
      ctx.fillStyle = heavy ? palette.ink : palette.soft; ctx.fillText(short[id], spot.x, spot.y);
    }
    drawRoles(ctx, scale, sans, free, put);
    ctx.restore();
  };
  const radius = (body) => (body.options.size || 10) * 1.05;
  const drawRoles = (ctx, scale, sans, free, put) => {
    const wanted = focus >= 0 && nearEdges.size <= 28 ? [...nearEdges] : chosenEdge >= 0 ? [chosenEdge] : [];
    ctx.font = "italic " + 11 / scale + "px " + sans;
    ctx.textBaseline = "middle";
    for (const id of wanted) {
      const edge = network.body.edges[id];
      if (!edge || !seenEdges[id] || !edge.connected) continue;
      const middle = edge.edgeType.getPoint(0.5);
      const dom = network.canvasToDOM(middle), wide = ctx.measureText(ties[id].role).width * scale;
      const box = [dom.x - wide / 2 - 2, dom.y - 7, dom.x + wide / 2 + 2, dom.y + 7, -1];
      if (!free(box, -2)) continue;
      put(box);
      ctx.strokeStyle = palette.paper; ctx.lineWidth = 4 / scale; ctx.strokeText(ties[id].role, middle.x, middle.y);
      ctx.fillStyle = palette[ties[id].group]; ctx.fillText(ties[id].role, middle.x, middle.y);
    }
  };
  network.on("afterDrawing", drawLabels);
  network.on("hoverNode", (event) => { hovered = event.node; at("graph").style.cursor = "pointer"; network.body.emitter.emit("_requestRedraw"); });
  network.on("blurNode", () => { hovered = -1; at("graph").style.cursor = ""; network.body.emitter.emit("_requestRedraw"); });
  network.on("hoverEdge", () => { at("graph").style.cursor = "pointer"; });
  network.on("blurEdge", () => { at("graph").style.cursor = ""; });

  /* ── the panel ───────────────────────────────────────────────────────────────────────── */
  const swatch = (family, size = 14, hollow = false) => {
    const colour = "var(--" + family + ")", half = size / 2;
    const point = (angle, reach) => (half + reach * Math.sin(angle)).toFixed(1) + "," + (half - reach * Math.cos(angle)).toFixed(1);
    const ring = (count, reach, turn = 0) => Array.from({ length: count }, (_, index) => point(turn + index * 2 * Math.PI / count, reach)).join(" ");
    const look = { fill: hollow ? "none" : colour, stroke: hollow ? colour : "none", "stroke-width": 1.5 };
    const shape = {
      dot: () => svg("circle", { cx: half, cy: half, r: half * 0.8, ...look }),
      square: () => svg("rect", { x: size * 0.14, y: size * 0.14, width: size * 0.72, height: size * 0.72, ...look }),
      diamond: () => svg("polygon", { points: ring(4, half * 0.95), ...look }),
      hexagon: () => svg("polygon", { points: ring(6, half * 0.9, Math.PI / 6), ...look }),
      triangle: () => svg("polygon", { points: ring(3, half * 0.98), ...look }),
      triangleDown: () => svg("polygon", { points: ring(3, half * 0.98, Math.PI), ...look }),
      star: () => svg("polygon", { points: Array.from({ length: 10 }, (_, index) => point(index * Math.PI / 5, index % 2 ? half * 0.45 : half)).join(" "), ...look }),
    }[SHAPES[family]]();
    return svg("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" }, shape);
  };
  const stroke = (group) => svg("svg", { width: 18, height: 10, viewBox: "0 0 18 10", "aria-hidden": "true" },
    svg("line", { x1: 0, y1: 5, x2: 18, y2: 5, stroke: "var(--" + group[0] + ")", "stroke-width": 2, "stroke-dasharray": group[3] }));

  const link = (text, id) => (id >= 0 ? make("button", { type: "button", class: "link", onclick: () => choose(id, true) }, text) : text);
  const rowList = (rows) => {
    if (!rows.length) return null;
    const list = make("dl", { class: "rows" });
    let before = "";
    for (const [role, text, id] of rows) {
      list.append(make("dt", {}, role === before ? "" : role), make("dd", {}, link(text, id)));
      before = role;
    }
    return list;
  };
  const HOW = { Certain: "", Probable: "as probable", Possible: "as possible", Unstated: "" };
  const voiceLine = (voice) => {
    const denied = voice.polarity === "Negated";
    const line = make("p", { class: "voice" + (denied ? " denied" : "") });
    const form = { Direct: "in direct quotation", Mixed: "partly in direct quotation" }[voice.form];
    const act = { Assertion: "", Denial: "", NoComment: "no comment" }[voice.act] ?? voice.act.toLowerCase();
    line.append(denied ? "Denied by " : "Said by ", make("b", {}, link(voice.speaker, voice.node)));
    const more = [voice.cue ? "“" + voice.cue + "”" : "", act, HOW[voice.certainty], form, voice.medium ? "on " + voice.medium : "", voice.reporter ? "passed on by " + voice.reporter : ""];
    const said = more.filter(Boolean).join(" · ");
    if (said) line.append(" · " + said);
    return line;
  };
  const passageOf = (card) => {
    if (!card.passage.length) return null;
    const quote = make("blockquote", {});
    for (const [text, mark] of card.passage) quote.append(mark ? make("mark", { class: mark === 2 ? "hit" : "" }, text) : text);
    return quote;
  };
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const dated = (day) => {
    const [year, month, date] = (day || "").split("-");
    return date ? Number(date) + "\u00a0" + MONTHS[Number(month) - 1] + "\u00a0" + year : day;
  };
  const source = (card) => {
    const article = data.articles[card.article];
    if (!article) return null;
    return make("p", { class: "from" }, [article.title, article.publisher, dated(article.issued)].filter(Boolean).join(" · "));
  };
  const cardBox = (number, role, own, around = -1) => {
    const card = cards[number];
    const box = make("article", { class: "card" });
    if (!own) box.append(make("div", { class: "head" },
      make("span", { class: "what" }, link(capital(card.title), card.node)),
      make("span", { class: "role" }, role || card.kind)));
    if (card.actuality && card.actuality !== "Actual") box.append(make("p", {}, make("span", { class: "tag" + (card.actuality === "Denied" ? " not" : "") }, WORDS[card.actuality] || card.actuality)));
    box.append(...[passageOf(card), source(card)].filter(Boolean));
    card.voices.forEach((voice) => box.append(voiceLine(voice)));
    card.notes.forEach(([text, id]) => {
      const against = /dispute|does not agree/.test(text.split(":")[0]) || /does not agree with the map/.test(text);
      box.append(make("p", { class: "note" + (against ? " against" : /^Agrees|agrees with the map/.test(text) ? " with" : "") }, link(text, id)));
    });
    const rows = rowList(card.rows.filter((row) => around < 0 || row[2] !== around));
    if (rows) box.append(rows);
    return box;
  };
  const cardList = (target, title, entries, around = -1) => {
    if (!entries.length) return;
    target.append(make("h4", {}, title + (entries.length > 1 ? " · " + entries.length : "")));
    const first = entries.slice(0, 12), rest = entries.slice(12);
    first.forEach(([card, role]) => target.append(cardBox(card, role, false, around)));
    if (rest.length) {
      const more = make("button", { type: "button", class: "more" }, "Show " + rest.length + " more");
      more.onclick = () => { more.replaceWith(...rest.map(([card, role]) => cardBox(card, role, false, around))); };
      target.append(more);
    }
  };
  const SECTIONS = [
    ["Figures", ["counts"]], ["Posts and memberships", ["belongs"]], ["Control", ["holds"]],
    ["Takes part in", ["acts", "affects", "with"]], ["What happens here", ["where"]], ["Part of, caused by", ["leads"]],
    ["What it says", ["asserts", "denies", "voice", "says"]],
  ];
  const PLACE_SECTIONS = [
    ["Figures", ["counts"]], ["Control", ["holds"]], ["What happens here", ["affects", "where", "acts"]], ["Posts", ["belongs"]],
    ["Said about it", ["asserts", "denies", "voice", "says"]],
  ];
  const describe = (id) => {
    const node = about[id], facts = at("facts"), taken = new Set(node.cards);
    facts.replaceChildren(
      make("div", { class: "badge" }, swatch(node.family, 13), node.kind + (node.disputed ? " · disputed" : "")),
      make("h3", { tabIndex: -1 }, capital(node.label)));
    const rows = rowList(node.rows);
    if (rows) facts.append(rows);
    node.cards.forEach((card) => facts.append(cardBox(card, "", true)));
    for (const [title, groups] of ["Place", "Facility"].includes(node.family) ? PLACE_SECTIONS : SECTIONS) {
      const entries = [];
      for (const edge of tiesOf[id]) {
        const tie = ties[edge];
        if (!groups.includes(tie.group)) continue;
        const ends = data.edges[edge], other = ends.from === id ? ends.to : ends.from;
        if (node.cards.length && !["counts", "leads"].includes(tie.group)) continue;
        /* of a claim, the fact it is about says more than the claim does */
        const own = about[other].cards.length && title !== "Figures" ? about[other].cards : tie.cards;
        for (const card of own) {
          if (taken.has(card)) continue;
          taken.add(card);
          entries.push([card, ["What it says", "Figures", "What happens here"].includes(title) ? cards[card].kind : tie.role]);
        }
      }
      cardList(facts, node.cards.length && title === "Part of, caused by" ? "Connected events" : title, entries, id);
    }
    if (!node.cards.length && taken.size === 0) facts.append(make("p", { class: "intro" }, "Named in the articles; no fact could be read about it."));
    openPanel();
  };
  const describeEdge = (id) => {
    const edge = data.edges[id], tie = ties[id], facts = at("facts");
    facts.replaceChildren(
      make("div", { class: "badge" }, stroke(GROUPS.find((group) => group[0] === tie.group)), tie.role),
      make("h3", { tabIndex: -1 }, link(capital(about[edge.from].label), edge.from), " → ", link(about[edge.to].label, edge.to)));
    cardList(facts, "Facts behind it", tie.cards.map((card) => [card, cards[card].kind]));
    if (!tie.cards.length) facts.append(make("p", { class: "intro" }, "From the reference data."));
    openPanel();
  };
  const openPanel = () => { at("panel").classList.add("open"); at("panel").scrollTop = 0; };
  const intro = () => {
    const events = about.filter((node) => node.family === "Event").length, disputed = about.filter((node) => node.disputed && node.family !== "Claim");
    const box = make("div", { class: "intro" },
      make("h3", {}, "Who says what"),
      make("p", {}, "Choose a node or a line to read the facts behind it, who says so, and the passage of the article. Hollow events are possible, planned, demanded or denied; a red rim marks what is disputed."),
      make("p", {}, plural(events, "event") + ", " + plural(data.articles.length, "article") + (disputed.length ? ", " + plural(disputed.length, "disputed fact") : "") + "."));
    const list = (title, ids) => {
      if (!ids.length) return;
      box.append(make("h4", {}, title));
      const found = make("ul", { class: "keys" });
      ids.forEach((id) => found.append(make("li", {}, make("button", { type: "button", class: "link", onclick: () => choose(id, true) }, capital(about[id].label)), " ", make("span", { class: "role" }, about[id].kind))));
      box.append(found);
    };
    list("Most connected", rank.filter((id) => seenNodes[id]).slice(0, 7));
    list("Disputed", about.map((_, id) => id).filter((id) => about[id].disputed && about[id].family !== "Claim").slice(0, 8));
    at("facts").replaceChildren(box);
    at("panel").classList.remove("open");
  };

  /* ── choosing, focusing, going back ──────────────────────────────────────────────────── */
  const neighbourhood = (id) => {
    near = new Set([id]); nearEdges = new Set();
    for (const edge of tiesOf[id]) {
      if (!seenEdges[edge]) continue;
      nearEdges.add(edge);
      near.add(data.edges[edge].from); near.add(data.edges[edge].to);
    }
  };
  const choose = (id, travel) => {
    if (!seenNodes[id]) {           /* asked for by name: switch on what hides it */
      const node = about[id];
      state.families.add(node.family); state.kindsOff.delete(node.kind);
      sift();
      if (!seenNodes[id]) { state = fresh(); state.families.add(node.family); sift(); }
      seenNodes[id] = true;
      showState();
    }
    focus = id; chosenEdge = -1;
    neighbourhood(id);
    paint();
    network.selectNodes([id], false);
    describe(id);
    at("focusbar").hidden = false;
    at("focusname").textContent = capital(about[id].label) + " and " + plural(near.size - 1, "neighbour");
    if (travel) {
      const narrow = matchMedia("(max-width: 820px)").matches;
      network.fit({ nodes: [...near], maxZoomLevel: 1.15, animation: calm() || narrow ? false : { duration: 420, easingFunction: "easeInOutQuad" } });
      if (narrow) {                 /* the panel covers the lower half */
        const tall = at("graph").clientHeight;
        network.moveTo({ position: network.getViewPosition(), scale: network.getScale() * 0.6, offset: { x: 0, y: -tall * 0.26 } });
      }
      at("facts").querySelector("h3")?.focus({ preventScroll: true });
    }
  };
  const chooseEdge = (id) => {
    focus = -1; near = new Set([data.edges[id].from, data.edges[id].to]); nearEdges = new Set([id]); chosenEdge = id;
    paint();
    at("focusbar").hidden = true;
    describeEdge(id);
  };
  const release = () => {
    focus = -1; chosenEdge = -1; near = new Set(); nearEdges = new Set();
    network.unselectAll();
    at("focusbar").hidden = true;
    paint();
    intro();
  };
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const fit = (animate) => {
    const ids = about.map((_, id) => id).filter((id) => seenNodes[id]);
    if (!ids.length) return;
    network.fit({ nodes: ids, maxZoomLevel: 1.2, animation: false });
    /* room for the labels at the rim */
    const view = { position: network.getViewPosition(), scale: network.getScale() * 0.92 };
    network.moveTo({ ...view, animation: animate && !calm() ? { duration: 250, easingFunction: "easeInOutQuad" } : false });
  };
  const reset = () => {
    state = fresh();
    at("search").value = ""; at("found").hidden = true;
    sift(); showState(); release(); fit(true);
  };
  network.on("click", (event) => {
    if (event.nodes.length) choose(event.nodes[0], false);
    else if (event.edges.length) chooseEdge(event.edges[0]);
    else release();
  });
  network.on("doubleClick", (event) => { if (event.nodes.length) choose(event.nodes[0], true); });

  /* ── filters ─────────────────────────────────────────────────────────────────────────── */
  const refilter = () => {
    sift();
    if (focus >= 0 && !seenNodes[focus]) release();
    else { if (focus >= 0) neighbourhood(focus); paint(); }
    if (focus < 0) intro();
  };
  const toggle = (set, name, on) => { if (on) set.add(name); else set.delete(name); refilter(); };
  const counted = (test) => about.reduce((sum, node) => sum + (test(node) ? 1 : 0), 0);
  const buildFilters = () => {
    for (const family of Object.keys(SHAPES)) {
      const count = counted((node) => node.family === family);
      if (!count) continue;
      const kinds = [...new Set(about.filter((node) => node.family === family).map((node) => node.kind))].sort();
      const item = make("li", {}, make("label", {},
        make("input", { type: "checkbox", id: "family-" + family, onchange: (event) => toggle(state.families, family, event.target.checked) }),
        swatch(family), make("span", { class: "word" }, FAMILY_WORDS[family]), make("span", { class: "n" }, String(count))));
      if (kinds.length > 1) {
        const details = make("details", {}, make("summary", {}, plural(kinds.length, "kind")));
        kinds.forEach((kind) => details.append(make("label", {},
          make("input", { type: "checkbox", checked: true, "data-kind": kind, onchange: (event) => toggle(state.kindsOff, kind, !event.target.checked) }),
          make("span", { class: "word" }, capital(kind)), make("span", { class: "n" }, String(counted((node) => node.kind === kind))))));
        item.append(details);
      }
      at("families").append(item);
    }
    for (const group of GROUPS) {
      if (!ties.some((tie) => tie.group === group[0])) continue;
      at("groups").append(make("li", {}, make("label", {},
        make("input", { type: "checkbox", id: "group-" + group[0], onchange: (event) => toggle(state.groups, group[0], event.target.checked) }),
        stroke(group), make("span", { class: "word" }, capital(group[1])))));
    }
    const speakers = new Map();
    cards.forEach((card) => card.voices.forEach((voice) => speakers.set(voice.speaker, (speakers.get(voice.speaker) || 0) + 1)));
    at("speaker").append(make("option", { value: "" }, "Everybody"),
      ...[...speakers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name, count]) => make("option", { value: name }, name + " (" + count + ")")));
    at("speaker").onchange = (event) => { state.speaker = event.target.value; refilter(); };
    const chips = (id, names, set, words) => names.forEach((name) => at(id).append(make("li", {}, make("label", {},
      make("input", { type: "checkbox", id: id + "-" + name, onchange: (event) => toggle(state[set], name, event.target.checked) }),
      make("span", {}, words[name] || name)))));
    chips("actualities", ACTUALITIES, "actualities", { ...WORDS, Actual: "reported as fact" });
    chips("certainties", CERTAINTIES, "certainties", SURE);
    at("disputed").onchange = (event) => { state.disputed = event.target.checked; refilter(); };
    if (!about.some((node) => node.disputed)) at("disputed").closest("section").hidden = true;
  };
  const showState = () => {
    document.querySelectorAll("[id^='family-']").forEach((box) => { box.checked = state.families.has(box.id.slice(7)); });
    document.querySelectorAll("[id^='group-']").forEach((box) => { box.checked = state.groups.has(box.id.slice(6)); });
    document.querySelectorAll("[data-kind]").forEach((box) => { box.checked = !state.kindsOff.has(box.dataset.kind); });
    ACTUALITIES.forEach((name) => { at("actualities-" + name).checked = state.actualities.has(name); });
    CERTAINTIES.forEach((name) => { at("certainties-" + name).checked = state.certainties.has(name); });
    at("speaker").value = state.speaker;
    at("disputed").checked = state.disputed;
  };

  /* ── search: names first, then the words of the passages ─────────────────────────────── */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const haystack = about.map((node) => fold([node.label, node.kind, ...node.rows.filter((row) => row[0] === "also called").map((row) => row[1])].join(" ")));
  const passages = cards.map((card) => card.passage.map((piece) => piece[0]).join(""));
  const foldedPassages = passages.map(fold);
  const hits = (words) => {
    const every = (text) => words.every((word) => text.includes(word));
    const start = (id) => (fold(about[id].label).startsWith(words[0]) ? 0 : 1);
    const named = rank.filter((id) => every(haystack[id])).sort((a, b) => start(a) - start(b)).map((id) => [id, ""]);
    const seen = new Set(named.map(([id]) => id)), quoted = [];
    foldedPassages.forEach((text, number) => {
      const id = cards[number].node;
      if (id < 0 || seen.has(id) || !every(text)) return;
      seen.add(id);
      const where = text.indexOf(words[0]), from = Math.max(0, where - 40);
      quoted.push([id, (from ? "…" : "") + passages[number].slice(from, from + 110) + (passages[number].length > from + 110 ? "…" : "")]);
    });
    return [...named, ...quoted];
  };
  const search = () => {
    const words = fold(at("search").value).split(/\s+/).filter(Boolean);
    const found = words.length ? hits(words) : rank.filter((id) => seenNodes[id]).map((id) => [id, ""]);
    const list = found.slice(0, 40).map(([id, text]) => make("li", {}, make("button", { type: "button", onclick: () => { at("found").hidden = true; choose(id, true); } },
      swatch(about[id].family, 12), make("span", {}, capital(about[id].label)), make("em", {}, about[id].kind), text ? make("small", {}, text) : null)));
    at("found").replaceChildren(...(list.length ? list : [make("li", { class: "none" }, "Nothing found")]));
    at("found").hidden = false;
  };
  at("search").oninput = search;
  at("search").onfocus = search;
  at("search").onkeydown = (event) => {
    if (event.key === "Enter") at("found").querySelector("button")?.click();
    if (event.key === "ArrowDown") { event.preventDefault(); at("found").querySelector("button")?.focus(); }
  };
  at("found").onkeydown = (event) => {
    const buttons = [...at("found").querySelectorAll("button")], now = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown") { event.preventDefault(); (buttons[now + 1] || buttons[0]).focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); (buttons[now - 1] || at("search")).focus(); }
  };
  document.addEventListener("click", (event) => { if (!event.target.closest(".finder")) at("found").hidden = true; });
  document.addEventListener("focusin", (event) => { if (!event.target.closest(".finder")) at("found").hidden = true; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(input|select|textarea)$/i.test(event.target.tagName)) { event.preventDefault(); at("search").focus(); }
    if (event.key === "Escape") {
      if (!at("found").hidden && document.activeElement?.closest(".finder")) { at("found").hidden = true; at("search").blur(); }
      else if (focus >= 0 || chosenEdge >= 0) { release(); }
      else reset();
    }
  });
  at("fit").onclick = () => fit(true);
  at("reset").onclick = reset;
  at("unfocus").onclick = () => { release(); fit(true); };
  at("close").onclick = () => at("panel").classList.remove("open");
  at("filters-toggle").onclick = () => {
    const open = at("filters").classList.toggle("open");
    at("filters-toggle").setAttribute("aria-expanded", String(open));
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readPalette(); paint(); });

  buildFilters();
  showState();
  tally();
  intro();
  fit(false);
  window.explorer = { network, about, ties, seenNodes, seenEdges, choose, chooseEdge, reset };
  document.documentElement.dataset.ready = "yes";
})();
