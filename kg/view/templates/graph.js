"use strict";
/* The graph panel: node by node while that can be read, in groups above (`model.limit` nodes), and the
   way between the two. The keyboard walks from node to node in the direction of the arrow. */
(() => {
  const { model, store, make, amount, plural, capital, GROUPS, stroke, narrow } = explorer;
  const { nodes, edges, facts, claims } = model;
  const LATE = new Set(["Figure", "Claim"]), QUIET = new Set(["says", "counts", "voice"]);
  let root = null, net = null, over = null, live = null, tip = null, crumb = null, none = null, mode = "nodes";
  let drawn = [], lines = [], possible = 0, grouping = null, opened = null, scene = "", placing = new Map();
  const options = { late: new Set(), off: new Set(["voice"]) };
  let camera = null;   /* where a reader moved the picture to, [x, y, scale]; null: as it was fitted */

  /* ── which nodes and lines are drawn ─────────────────────────────────────────────────── */
  const candidates = () => {
    const { shown } = store, focus = store.focus;
    const held = focus ? new Set(focus.kind === "chain" ? (store.path || []).map((step) => step.node) : [focus.node]) : new Set();
    const kept = (id) => shown.nodes[id] && (!LATE.has(nodes[id].family) || options.late.has(nodes[id].family) || held.has(id));
    const path = focus && focus.kind === "chain";
    const seen = edges.filter((edge) => shown.edges[edge.id] && (path || !options.off.has(edge.group)) && kept(edge.from) && kept(edge.to)).map((edge) => edge.id);
    const tied = new Set(seen.flatMap((id) => [edges[id].from, edges[id].to]));
    /* an outlet that only speaks in its own voice, and a facility that no article names, need a line */
    const ids = nodes.filter((node) => kept(node.id) && (tied.has(node.id) || (node.cls !== "MediaOutlet" && (node.fact >= 0 || node.spans.length)))).map((node) => node.id);
    return [ids, seen];
  };
  const room = (id) => { const size = 2 * (9 + Math.min(13, 3.1 * Math.sqrt(nodes[id].degree))); return [Math.max(5.4 * Math.min(28, nodes[id].short.length), size, 40) + 14, Math.max(46, size + 20)]; };
  /* Where the drawn nodes stand: as the page was made, or set anew for a part of it. */
  const places = (ids, seen) => {
    const whole = !store.focus && !opened && ids.every((id) => nodes[id].x !== null);
    if (whole) return new Map(ids.map((id) => [id, [nodes[id].x, nodes[id].y]]));
    const key = ids.join(",");
    if (!placing.has(key)) {
      if (placing.size > 12) placing = new Map();
      const strong = seen.filter((id) => !QUIET.has(edges[id].group) || LATE.has(nodes[edges[id].from].family) || store.focus);
      placing.set(key, explorer.placed(ids, strong.map((id) => [edges[id].from, edges[id].to]), room));
    }
    return placing.get(key);
  };
  const sift = () => {
    const [ids, seen] = candidates();
    possible = ids.length;
    if (ids.length <= model.limit) opened = null;
    if (ids.length > model.limit && !opened) {
      mode = "groups";
      grouping = explorer.grouped(ids, seen);
      drawn = ids; lines = seen;
      if (over.key !== ids.length + ":" + seen.length + ":" + ids[0] + ":" + ids.at(-1)) { over.set(grouping); over.key = ids.length + ":" + seen.length + ":" + ids[0] + ":" + ids.at(-1); }
      over.of = grouping.of;
    } else {
      mode = "nodes";
      let kept = ids;
      if (opened) { const now = explorer.grouped(ids, seen), group = now.groups.find((one) => one.label === opened); if (!group) { opened = null; return sift(); } kept = group.members.slice(0, model.limit).sort((a, b) => a - b); grouping = { members: group.members.length }; }
      const inside = new Set(kept);
      drawn = kept;
      lines = seen.filter((id) => inside.has(edges[id].from) && inside.has(edges[id].to));
      net.set(drawn, lines, places(drawn, lines));
    }
    over.canvas.hidden = mode !== "groups";
    net.host.hidden = mode !== "nodes";
    none.hidden = drawn.length > 0;
    none.textContent = model.nodes.length ? "Nothing is left by the filters." : "There is nothing in this graph yet.";
    return undefined;
  };
  const arrange = () => {
    sift();
    const now = mode + " " + (opened || "") + " " + drawn.length + " " + (drawn[0] ?? "") + " " + (drawn.at(-1) ?? "") + JSON.stringify(store.focus);
    if (now !== scene) {
      if (scene) camera = null;
      if (mode === "nodes") net.fit(undefined, store.focus ? 1.5 : 1.2);
      if (camera) look(camera);
    }
    scene = now;
    tell();
    bar();
  };

  /* ── selection ───────────────────────────────────────────────────────────────────────── */
  const mark = (travel) => {
    const { selection, chosen } = store;
    const hub = selection && (selection.kind === "node" ? selection.id : selection.kind === "fact" ? facts[selection.id].node : -1);
    if (mode === "groups") { over.draw(); return; }
    if (!net.vis) return;
    if (!selection) { net.mark(new Set(), new Set(), new Set()); return; }
    const near = new Set(), around = new Set(), core = new Set();
    if (hub >= 0 && net.inside.has(hub)) {
      core.add(hub); near.add(hub);
      for (const id of nodes[hub].edges) if (net.drawnLines.has(id)) { around.add(id); near.add(edges[id].from).add(edges[id].to); }
    } else {
      for (const id of chosen.nodes) if (net.inside.has(id)) { core.add(id); near.add(id); }
      for (const id of lines) {
        const edge = edges[id];
        if (chosen.edges.has(id) || (edge.facts.some((fact) => chosen.facts.has(fact)) && !(selection.kind === "edge"))) { around.add(id); near.add(edge.from).add(edge.to); }
      }
    }
    /* what is not drawn itself is shown by what it is about */
    if (!near.size) for (const id of chosen.facts) {
      const fact = facts[id], about = [fact.event >= 0 ? facts[fact.event].node : -1, ...Object.values(fact.roles).flat(), ...fact.claims.map((claim) => claims[claim].speaker)];
      for (const node of about) if (net.inside.has(node)) near.add(node);
    }
    if (selection.kind !== "edge" && !around.size && near.size < 60) for (const id of lines) if (near.has(edges[id].from) && near.has(edges[id].to)) around.add(id);
    net.mark(near, around, core);
    if (travel && near.size && !(camera && !measured)) {
      const canvas = net.host, points = [...near].map((id) => net.vis.canvasToDOM(net.vis.body.nodes[id]));
      const inside = points.filter((at) => at.x > 10 && at.y > 10 && at.x < canvas.clientWidth - 10 && at.y < canvas.clientHeight - 10).length;
      if (inside < Math.min(points.length, 6) * 0.8 || net.vis.getScale() < 0.3) net.fit([...near], 1.15);
      /* in a narrow window the column covers the lower half */
      if (narrow()) { net.zoom(0.7); net.pan(0, -root.clientHeight * 0.28); }
    }
  };

  /* ── buttons over the picture, and the words of the keyboard ─────────────────────────── */
  const tell = () => { crumb.replaceChildren(...trail()); crumb.hidden = !crumb.childNodes.length; };
  const back = () => { opened = null; arrange(); mark(false); explorer.link(); explorer.tally(); };
  const trail = () => {
    if (mode === "groups") return [make("span", {}, make("b", {}, amount(grouping.groups.length)), " groups of ", make("b", {}, amount(possible)), " nodes and ", make("b", {}, amount(lines.length)), " lines. A click opens a group; filters and the search narrow them down.")];
    if (opened) return [make("button", { type: "button", class: "plain", id: "overview", onclick: back }, "← All groups"), make("span", {}, capital(opened) + ": ", make("b", {}, amount(drawn.length)), " of ", make("b", {}, amount(grouping.members)), " nodes" + (drawn.length < grouping.members ? ", most connected first" : ""))];
    return [];
  };
  const menu = () => {
    const list = make("ul", { class: "keys" });
    const row = (input, picture, words) => list.append(make("li", {}, make("label", {}, input, picture, make("span", { class: "word" }, words))));
    for (const [family, words] of [["Figure", "Figures as nodes"], ["Claim", "Claims as nodes"]]) if (nodes.some((node) => node.family === family)) row(make("input", { type: "checkbox", id: "draw-" + family, onchange: (event) => { if (event.target.checked) options.late.add(family); else options.late.delete(family); redo(); } }), explorer.swatch(family), words);
    for (const group of GROUPS) if (edges.some((edge) => edge.group === group[0])) row(make("input", { type: "checkbox", id: "group-" + group[0], onchange: (event) => { if (event.target.checked) options.off.delete(group[0]); else options.off.add(group[0]); redo(); } }), stroke(group), capital(group[1]));
    return list;
  };
  const redo = () => { arrange(); mark(false); explorer.link(); explorer.tally(); };
  const showOptions = () => {
    for (const family of LATE) { const box = explorer.at("draw-" + family); if (box) box.checked = options.late.has(family); }
    for (const group of GROUPS) { const box = explorer.at("group-" + group[0]); if (box) box.checked = !options.off.has(group[0]); }
  };
  const bar = () => showOptions();
  const fit = () => { camera = null; if (mode === "groups") over.fit(); else net.fit(); explorer.link(); };
  const look = ([x, y, k]) => {
    if (mode === "groups") { over.view = { x, y, k }; over.draw(); } else if (net.vis) net.vis.moveTo({ position: { x, y }, scale: k, animation: false });
  };
  const moved = () => {
    const at = mode === "groups" ? over.view : net.vis ? { ...net.vis.getViewPosition(), k: net.vis.getScale() } : null;
    if (at) camera = [Math.round(at.x), Math.round(at.y), Math.round(at.k * 1000) / 1000];
    explorer.link();
  };
  const tools = () => {
    const button = (text, name, act) => make("button", { type: "button", class: "plain", title: name, "aria-label": name, onclick: act }, text);
    const details = make("details", { class: "lines" }, make("summary", { class: "plain" }, "Legend"), menu());
    details.addEventListener("keydown", (event) => { if (event.key === "Escape" && details.open) { details.open = false; event.stopPropagation(); details.querySelector("summary").focus(); } });
    if (!narrow()) details.open = false;
    return [make("div", { class: "zoomer" }, button("+", "Zoom in", () => scaled(1.35)), button("−", "Zoom out", () => scaled(1 / 1.35)), button("⤢", "Show all", fit)), details];
  };
  const scaled = (factor) => { if (mode === "groups") over.zoom(factor); else net.zoom(factor); moved(); };
  const open = (group) => {
    opened = group.label;
    arrange();
    mark(false);
    explorer.link();
    explorer.tally();
    explorer.say(capital(group.label) + ": " + plural(drawn.length, "node"));
  };

  /* ── the keyboard ────────────────────────────────────────────────────────────────────── */
  const walk = (dx, dy) => {
    const scene = mode === "groups" ? over : net, best = explorer.towards(scene.items(), scene.cursor, dx, dy, root);
    if (!best) return;
    scene.setCursor(best.id);
    live.textContent = best.text;
  };
  const keys = (event) => {
    if (event.target !== root || event.ctrlKey || event.metaKey || event.altKey) return;
    const scene = mode === "groups" ? over : net, arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (arrow && event.shiftKey) { scene.pan(-60 * arrow[0], -60 * arrow[1]); moved(); }
    else if (arrow) walk(...arrow);
    else if (event.key === "Enter" || event.key === " ") { if (scene.cursor < 0) return; if (mode === "groups") open(over.groups[scene.cursor]); else store.select("node", scene.cursor); }
    else if (event.key === "+" || event.key === "=") scaled(1.35);
    else if (event.key === "-") scaled(1 / 1.35);
    else if (event.key === "0") fit();
    else if (["1", "2", "3"].includes(event.key) && mode === "nodes" && net.cursor >= 0) store.setFocus({ kind: "around", node: net.cursor, hops: Number(event.key) });
    else if (event.key === "Escape" && scene.cursor >= 0 && !store.selection && !store.focus) { scene.setCursor(-1); live.textContent = ""; }
    else if (event.key === "Escape" && opened && !store.selection && !store.focus) back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /* ── the panel ───────────────────────────────────────────────────────────────────────── */
  const mount = (box) => {
    root = box;
    root.tabIndex = 0;
    root.setAttribute("aria-roledescription", "graph");
    root.setAttribute("aria-label", "Graph. Arrow keys go from node to node, Enter chooses, 1 to 3 show its neighbourhood, Shift and arrows move the picture, plus and minus zoom, 0 shows all.");
    live = make("p", { class: "unseen", "aria-live": "polite" });
    tip = make("p", { class: "tip", hidden: true });
    crumb = make("p", { class: "crumb", hidden: true });
    none = make("p", { class: "empty", hidden: true });
    net = new explorer.Network(root, {
      select: (kind, id) => { store.select(kind, id); explorer.openColumn(true); if (explorer.open.side === "text" && kind === "edge") explorer.showSide("facts"); },
      moved, release: () => store.select(null), enter: (node) => store.setFocus({ kind: "around", node, hops: 1 }),
    });
    over = new explorer.Overview(root, {
      open, moved, select: (node) => { store.select("node", node); explorer.openColumn(true); }, release: () => store.select(null),
      hover: (text, at) => { tip.hidden = !text; if (text) { tip.textContent = text; tip.style.left = Math.min(at[0] + 14, root.clientWidth - 180) + "px"; tip.style.top = at[1] + 16 + "px"; } },
    });
    root.append(none, crumb, ...tools(), tip, live);
    root.addEventListener("keydown", keys);
    explorer.network = net;
    explorer.overview = over;
  };
  /* The picture keeps its middle; what is selected stays in sight. */
  let measured = "";
  const resized = () => {
    const now = root.clientWidth + "x" + root.clientHeight;
    if (now === measured) return;
    const first = !measured;
    measured = now;
    over.draw();
    if (!net.vis || mode !== "nodes") return;
    net.vis.setSize("100%", "100%");
    net.vis.redraw();
    if (camera) look(camera);
    else if (store.selection) mark(true);
    else if (first) net.fit();
  };
  const update = (changed) => {
    if (changed.has("theme")) { net.forget(); if (net.vis && mode === "nodes") net.restyle(); over.draw(); }
    if (changed.has("filters") || changed.has("focus")) { arrange(); mark(false); }
    else if (changed.has("selection")) mark(true);
    if (changed.has("size")) resized();
  };
  const rows = () => lines.map((id) => {
    const edge = edges[id], said = [...new Set(edge.facts.flatMap((fact) => facts[fact].claims))];
    return [nodes[edge.from].label, nodes[edge.from].kind, edge.role, nodes[edge.to].label, nodes[edge.to].kind, [...new Set(said.map((claim) => claims[claim].by))].join("; "), edge.facts.map((fact) => facts[fact].iri).join(" ")];
  });
  explorer.register({
    name: "graph", title: "Graph", order: 10, mount, update,
    counts: () => [[drawn.length, nodes.length, "node"], [lines.length, edges.length, "line"]],
    formats: {
      csv: () => ({ columns: ["from", "class", "role", "to", "class of to", "said by", "facts"], rows: rows() }),
      json: () => ({ nodes: drawn.map((id) => ({ iri: nodes[id].iri, label: nodes[id].label, class: nodes[id].cls, ...(nodes[id].point ? { point: nodes[id].point } : {}) })), edges: lines.map((id) => ({ from: nodes[edges[id].from].iri, to: nodes[edges[id].to].iri, role: edges[id].role, facts: edges[id].facts.map((fact) => facts[fact].iri) })) }),
      png: () => (mode === "groups" ? over.canvas : net.canvas),
    },
    view: () => [[...options.late].sort().join("."), [...options.off].sort().join("."), opened ? encodeURIComponent(opened) : "", camera ? camera.join("~") : ""].join("!").replace(/^!voice!!$/, ""),
    restore: (text) => {
      const [late, off, group, eye] = text.split("!"), numbers = (eye || "").split("~").map(Number);
      options.late = new Set((late || "").split(".").filter((one) => LATE.has(one)));
      options.off = new Set((off || "").split(".").filter(Boolean));
      opened = group ? decodeURIComponent(group) : null;
      camera = null;
      if (root && scene) { arrange(); mark(false); }
      if (numbers.length === 3 && numbers.every(Number.isFinite)) { camera = numbers; if (scene) look(camera); }
    },
    reset: () => { camera = null; options.late = new Set(); options.off = new Set(["voice"]); opened = null; arrange(); fit(); },
  });
})();
