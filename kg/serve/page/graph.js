// Nodes and edges: triples, or the first two columns of text with a third on the edge.
import { closeCard, legend, openCard } from "./card.js";
import { colour, cut, press, svg } from "./dom.js";
import { panzoom, places } from "./panzoom.js";
import { textColumns } from "./results.js";

const MOST = 250, LABEL = "http://www.w3.org/2000/01/rdf-schema#label", TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

const gathered = (result, context) => {
  const nodes = new Map(), edges = new Map();
  const node = (cell, row) => {
    const key = cell.kind + " " + cell.text;
    if (!nodes.has(key)) nodes.set(key, { key, label: context.short(cell.text), kind: "", rows: [], degree: 0 });
    if (!nodes.get(key).rows.includes(row)) nodes.get(key).rows.push(row);
    return nodes.get(key);
  };
  const edge = (one, two, name, row) => {
    if (one === two) return;
    const key = JSON.stringify([one.key, two.key]);
    if (!edges.has(key)) { edges.set(key, { one, two, names: new Set(), rows: [] }); one.degree += 1; two.degree += 1; }
    edges.get(key).rows.push(row);
    if (name) edges.get(key).names.add(name);
  };
  if (result.form === "triples") {
    const labels = new Map(), types = new Map();
    for (const [subject, predicate, object] of result.rows) {
      if (predicate.text === LABEL) labels.set(subject.text, object.text);
      if (predicate.text === TYPE) types.set(subject.text, context.short(object.text).split(":").at(-1));
    }
    for (const row of result.rows) {
      const [subject, predicate, object] = row;
      if (predicate.text === LABEL || predicate.text === TYPE) { node(subject, row); continue; }
      edge(node(subject, row), node(object, row), context.short(predicate.text).split(":").at(-1), row);
    }
    for (const one of nodes.values()) {
      const text = one.key.slice(one.key.indexOf(" ") + 1);
      one.label = labels.get(text) || one.label.split("/").at(-1);
      one.kind = types.get(text) || "";
    }
  } else {
    const [first, second, third] = textColumns(result);
    for (const row of result.rows) {
      if (!row[first] || !row[second]) continue;
      edge(node(row[first], row), node(row[second], row), third !== undefined && row[third] ? context.short(row[third].text) : "", row);
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
};

/* Forces from fixed starting points: the same picture each time. */
const settle = (nodes, edges) => {
  nodes.forEach((node, index) => {
    const angle = index * 2.39996, reach = 34 * Math.sqrt(index + 0.5);
    node.x = reach * Math.cos(angle); node.y = reach * Math.sin(angle);
  });
  const rounds = nodes.length > 120 ? 220 : 400, rest = nodes.length > 40 ? 96 : 150;
  for (let round = 0; round < rounds; round += 1) {
    const heat = 14 * (1 - round / rounds) + 0.2;
    for (const node of nodes) { node.dx = -node.x * 0.012; node.dy = -node.y * 0.018; }
    for (let i = 0; i < nodes.length; i += 1) {
      for (let j = i + 1; j < nodes.length; j += 1) {
        const one = nodes[i], two = nodes[j];
        let dx = one.x - two.x, dy = (one.y - two.y) * 1.35;
        const square = dx * dx + dy * dy + 0.01;
        if (square > 160000) continue;
        const push = 5200 / square;
        const apart = Math.sqrt(square);
        dx = (dx / apart) * push; dy = (dy / apart) * push;
        one.dx += dx; one.dy += dy; two.dx -= dx; two.dy -= dy;
      }
    }
    for (const { one, two } of edges) {
      const dx = two.x - one.x, dy = two.y - one.y, apart = Math.hypot(dx, dy) || 1;
      const pull = ((apart - rest) * 0.07) / Math.sqrt(Math.min(one.degree, two.degree) || 1);
      one.dx += (dx / apart) * pull; one.dy += (dy / apart) * pull;
      two.dx -= (dx / apart) * pull; two.dy -= (dy / apart) * pull;
    }
    for (const node of nodes) {
      const speed = Math.hypot(node.dx, node.dy) || 1, step = Math.min(speed, heat) / speed;
      node.x += node.dx * step; node.y += node.dy * step;
    }
  }
};

export const graph = {
  name: "graph", label: "Graph",
  fits: (result) => (result.form === "triples" ? result.rows.length > 0 : textColumns(result).length >= 2) ? "" : "A graph needs two columns of names, or triples",
  draw: (result, host, context) => {
    const every = gathered(result, context);
    const nodes = [...every.nodes].sort((one, two) => two.degree - one.degree).slice(0, MOST), kept = new Set(nodes);
    const edges = every.edges.filter((edge) => kept.has(edge.one) && kept.has(edge.two));
    settle(nodes, edges);
    const names = [...new Set(nodes.map((node) => node.kind))].filter(Boolean).sort().slice(0, 8);
    let chosen = null;
    const radius = (node) => 5 + Math.min(9, 1.8 * Math.sqrt(node.degree));
    const stage = panzoom(host, `Graph with ${nodes.length} nodes and ${edges.length} edges.`, (view) => {
      const lines = svg("g", {}), dots = svg("g", {}), labels = svg("g", {}), free = places();
      const spot = (node) => [node.x * view.k + view.x, node.y * view.k + view.y];
      const grown = Math.max(0.7, Math.min(1.3, view.k));
      for (const edge of edges) {
        const [x1, y1] = spot(edge.one), [x2, y2] = spot(edge.two), apart = Math.hypot(x2 - x1, y2 - y1) || 1;
        const ux = (x2 - x1) / apart, uy = (y2 - y1) / apart, back = radius(edge.two) * grown + 2;
        const tip = [x2 - ux * back, y2 - uy * back];
        const lit = chosen && (edge.one === chosen || edge.two === chosen);
        const line = svg("line", { class: "edge", x1, y1, x2: tip[0], y2: tip[1] });
        if (chosen && !lit) line.style.opacity = 0.2;
        lines.append(line, svg("path", { class: "arrow", d: `M${tip[0]} ${tip[1]} L${tip[0] - ux * 7 - uy * 3.2} ${tip[1] - uy * 7 + ux * 3.2} L${tip[0] - ux * 7 + uy * 3.2} ${tip[1] - uy * 7 - ux * 3.2} Z` }));
        edge.middle = [(x1 + x2) / 2, (y1 + y2) / 2, apart, lit];
      }
      for (const node of nodes) {
        const [x, y] = spot(node), size = radius(node) * grown;
        const kind = names.indexOf(node.kind);
        const dot = svg("circle", { class: "dot" + (node === chosen ? " chosen" : ""), cx: x, cy: y, r: size, fill: node.kind && kind < 0 ? "var(--c5)" : colour(Math.max(0, kind)), tabindex: "0", role: "button", "data-key": nodes.indexOf(node), "aria-label": node.label }, svg("title", {}, node.label));
        press(dot, () => { chosen = node; openCard(stage.canvas, node.label, result, node.rows, context); stage.draw(); });
        dots.append(dot);
        const text = cut(node.label, node === chosen ? 80 : 30), wide = text.length * 6.6;
        if (node === chosen || free(x - wide / 2, y + size + 1, wide, 15)) labels.append(svg("text", { class: "label", x, y: y + size + 13, "text-anchor": "middle" }, text));
      }
      for (const edge of edges) {
        const [x, y, apart, lit] = edge.middle, text = cut([...edge.names].join(", "), 26), wide = text.length * 5.6;
        if (text && (lit || apart > wide + 40) && free(x - wide / 2, y - 8, wide, 12)) labels.append(svg("text", { class: "label edge-label", x, y: y + 3 }, text));
      }
      stage.picture.replaceChildren(svg("rect", { class: "sea", width: "100%", height: "100%" }), lines, dots, labels);
    }, { least: 0.05, most: 20 });
    const key = legend(names, colour);
    if (key) stage.canvas.append(key);
    stage.picture.addEventListener("click", (event) => { if (!event.target.closest(".dot")) { chosen = null; closeCard(stage.canvas); stage.draw(); } });
    // names are wide: the picture takes the shape of its place
    const { width, height } = stage.size(), reach = (name) => Math.max(...nodes.map((node) => Math.abs(node[name])), 1);
    const stretch = Math.max(1, Math.min(2.4, (width / height) / (reach("x") / reach("y"))));
    for (const node of nodes) node.x *= stretch;
    const xs = nodes.map((node) => node.x), ys = nodes.map((node) => node.y);
    stage.fit({ left: Math.min(...xs, 0), right: Math.max(...xs, 0), top: Math.min(...ys, 0), bottom: Math.max(...ys, 0) }, 70, 1.6);
    return every.nodes.length > MOST ? `The ${MOST} best connected of ${every.nodes.length} nodes.` : "";
  },
};
