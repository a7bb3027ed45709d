"use strict";
/* Up to some thousand nodes one by one, drawn by vis-network (from pyvis' wheel) with physics off:
   shapes and colours, labels that never touch each other, a veil over what the selection leaves out. */
(() => {
  const { model, colour, make, GROUPS } = explorer;
  const { nodes, edges, facts } = model;
  const HOLLOW = new Set(["Possible", "Planned", "Demanded", "Denied"]);
  const OPTIONS = {
    physics: { enabled: false }, layout: { improvedLayout: false }, autoResize: true,
    nodes: { borderWidth: 1.5, borderWidthSelected: 3, font: { size: 0 }, label: " " },
    edges: { width: 1.2, selectionWidth: 1.6, hoverWidth: 0.8, arrows: { to: { enabled: true, scaleFactor: 0.42 } }, arrowStrikethrough: false },
    interaction: { hover: true, hideEdgesOnZoom: false, multiselect: false, navigationButtons: false, selectConnectedEdges: false, tooltipDelay: 1e8, zoomSpeed: 0.6, keyboard: false },
  };
  const dashes = new Map(GROUPS.map((group) => [group[0], group[2] ? group[2].split(" ").map(Number) : false]));

  class Network {
    /* act: {select(kind, id), enter(node), release(), moved()} */
    constructor(host, act) {
      this.act = act;
      this.host = make("div", { class: "network" });
      host.append(this.host);
      this.nodeSet = new vis.DataSet();
      this.edgeSet = new vis.DataSet();
      this.looks = { nodes: new Map(), edges: new Map() };
      this.ids = []; this.lines = []; this.spots = new Map(); this.inside = new Set(); this.drawnLines = new Set();
      this.near = new Set(); this.nearLines = new Set(); this.veiled = false; this.cursor = -1; this.hovered = -1; this.grown = 1; this.scale = 0;
      this.widths = new Map();
    }
    start() {
      this.vis = new vis.Network(this.host, { nodes: this.nodeSet, edges: this.edgeSet }, OPTIONS);
      const { vis: net, host, act } = this, redraw = () => net.body.emitter.emit("_requestRedraw");
      net.on("beforeDrawing", () => this.measure());
      net.on("afterDrawing", (pen) => this.over(pen));
      net.on("hoverNode", (event) => { this.hovered = event.node; host.style.cursor = "pointer"; redraw(); });
      net.on("blurNode", () => { this.hovered = -1; host.style.cursor = ""; redraw(); });
      net.on("hoverEdge", () => { host.style.cursor = "pointer"; });
      net.on("blurEdge", () => { host.style.cursor = ""; });
      net.on("click", (event) => { if (event.nodes.length) act.select("node", event.nodes[0]); else if (event.edges.length) act.select("edge", event.edges[0]); else act.release(); });
      net.on("zoom", () => act.moved());
      net.on("dragEnd", () => act.moved());
      net.on("doubleClick", (event) => { if (event.nodes.length) act.enter(event.nodes[0]); });
      /* its canvas is no stop of the Tab key: the panel around it is */
      host.querySelectorAll("[tabindex]").forEach((one) => one.setAttribute("tabindex", "-1"));
    }
    /* What is drawn: ids of nodes and edges, and where each node stands. */
    set(ids, lines, spots) {
      const before = this.inside;
      this.ids = ids; this.lines = lines; this.spots = spots;
      this.inside = new Set(ids); this.drawnLines = new Set(lines);
      const main = ids.filter((id) => !["Figure", "Claim"].includes(nodes[id].family)).length;
      this.grown = Math.min(1.7, Math.max(1, Math.round(Math.pow(main / 60, 0.3) * 100) / 100));
      this.rank = [...ids].sort((a, b) => nodes[b].degree - nodes[a].degree || a - b);
      this.leading = new Set(this.rank.slice(0, 24).filter((id) => nodes[id].degree >= 6 && nodes[id].family !== "Event"));
      this.fade();
      this.scale = 0;
      const bends = new Map();
      const line = (id) => {
        const edge = edges[id], pair = Math.min(edge.from, edge.to) + " " + Math.max(edge.from, edge.to), bend = bends.get(pair) || 0;
        bends.set(pair, bend + 1);
        const shape = lines.length > 1500 && !bend ? { smooth: { enabled: false } } : { smooth: { enabled: true, type: edge.from < edge.to ? "curvedCW" : "curvedCCW", roundness: Math.round((0.09 + 0.11 * bend) * 100) / 100 } };
        return { id, from: edge.from, to: edge.to, ...shape, ...this.edgeLook(id) };
      };
      const node = (id) => { const [x, y] = spots.get(id); return { id, x, y, shape: explorer.FAMILIES[nodes[id].family], size: this.size(id), label: " ", ...this.nodeLook(id) }; };
      const changed = ids.length !== before.size || ids.some((id) => !before.has(id));
      this.looks.nodes.clear(); this.looks.edges.clear();
      if (!this.vis || changed || this.stale) {
        this.nodeSet = new vis.DataSet(ids.map(node));
        this.edgeSet = new vis.DataSet(lines.map(line));
        if (this.vis) this.vis.setData({ nodes: this.nodeSet, edges: this.edgeSet });
        else this.start();
        this.stale = false;
      } else {
        this.nodeSet.update(ids.map(node));
        const gone = this.edgeSet.getIds().filter((id) => !this.drawnLines.has(id));
        if (gone.length) this.edgeSet.remove(gone);
        this.edgeSet.update(lines.map(line));
      }
    }
    size(id) {
      if (["Figure", "Claim"].includes(nodes[id].family)) return 7;
      return Math.round(this.grown * (9 + Math.min(13, 3.1 * Math.sqrt(nodes[id].degree))));
    }
    /* many lines are drawn fainter, so that a large graph stays calm */
    fade() { this.faint = Math.min(0.72, Math.max(0.24, 0.72 * Math.sqrt(300 / Math.max(1, this.lines.length)))); }
    mixed(from, share) {
      const parse = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)), one = parse(from), two = parse(colour("paper"));
      return "#" + one.map((part, at) => Math.round(part * share + two[at] * (1 - share)).toString(16).padStart(2, "0")).join("");
    }
    nodeLook(id) {
      const node = nodes[id], own = colour(node.family), hollow = node.family === "Event" && HOLLOW.has(facts[node.fact].actuality);
      const rim = node.disputed && node.family !== "Claim" ? colour("alarm") : hollow ? own : colour("paper"), fill = hollow ? colour("paper") : own;
      return {
        id, borderWidth: hollow ? 2 : node.disputed && node.family !== "Claim" ? 2.6 : 1.5, shapeProperties: { borderDashes: hollow && !node.disputed ? [3, 3] : false },
        color: { background: fill, border: rim, highlight: { background: fill, border: colour("ink") }, hover: { background: fill, border: colour("ink") } },
      };
    }
    edgeLook(id) {
      const { group } = edges[id], strong = this.nearLines.has(id), own = colour(group);
      return {
        id, width: (strong ? 1.9 : 1.1) * this.grown, dashes: dashes.get(group),
        color: { color: this.mixed(own, strong ? 1 : group === "within" ? Math.min(0.8, this.faint * 1.2) : this.faint), highlight: own, hover: own, inherit: false },
      };
    }
    /* Marks what the selection touches: nodes, and the lines among them. */
    mark(near, lines, chosen) {
      this.near = near; this.nearLines = lines; this.chosen = chosen; this.veiled = near.size > 0;
      this.restyle();
      this.vis.selectNodes(chosen.size === 1 ? [...chosen].filter((id) => this.inside.has(id)) : [], false);
    }
    restyle() {
      const news = (known, look) => { const text = JSON.stringify(look); if (known.get(look.id) === text) return false; known.set(look.id, text); return true; };
      const nodeNews = this.ids.map((id) => this.nodeLook(id)).filter((look) => news(this.looks.nodes, look));
      const edgeNews = this.lines.map((id) => this.edgeLook(id)).filter((look) => news(this.looks.edges, look));
      if (nodeNews.length) this.nodeSet.update(nodeNews);
      if (edgeNews.length) this.edgeSet.update(edgeNews);
      this.scale = 0;
      this.redraw();
    }
    /* Far away nodes and lines keep a size that can be seen, near by they do not swell. */
    measure() {
      const scale = this.vis.getScale();
      if (Math.abs(scale / this.scale - 1) < 0.02) return;
      this.scale = scale;
      const { body } = this.vis;
      for (const id of this.ids) {
        const node = body.nodes[id], least = Math.min(26, (["Figure", "Claim"].includes(nodes[id].family) ? 2.4 : 3.4) / scale);
        node.options.size = Math.max(this.size(id), least);
        /* rims are measured on the screen; of a small node they leave the middle free */
        node.options.borderWidth = Math.min(this.nodeLook(id).borderWidth, 0.36 * node.options.size * scale);
        node.needsRefresh();
      }
      for (const id of this.lines) {
        const edge = body.edges[id], strong = this.nearLines.has(id);
        if (edge) edge.options.width = strong ? Math.min(4, Math.max(1.7, 1.9 * this.grown * scale)) / scale : Math.min(2.4, Math.max(0.85, 1.1 * this.grown * scale)) / scale;
      }
    }
    redraw() { if (this.vis) this.vis.body.emitter.emit("_requestRedraw"); }
    forget() { this.looks.nodes.clear(); this.looks.edges.clear(); this.widths.clear(); }
    /* The selection is drawn over a veil: the rest stays where it is, pale behind it. */
    veil(pen) {
      if (!this.veiled) return;
      const one = this.vis.DOMtoCanvas({ x: 0, y: 0 }), two = this.vis.DOMtoCanvas({ x: this.host.clientWidth, y: this.host.clientHeight });
      pen.save();
      pen.globalAlpha = 0.86;
      pen.fillStyle = colour("paper");
      pen.fillRect(one.x, one.y, two.x - one.x, two.y - one.y);
      pen.restore();
      for (const id of this.nearLines) { const edge = this.vis.body.edges[id]; if (edge && edge.connected) { edge.draw(pen); edge.drawArrows(pen); } }
      for (const id of this.near) if (this.inside.has(id)) this.vis.body.nodes[id].draw(pen);
    }
    over(pen) {
      this.veil(pen);
      const { vis: net } = this, scale = net.getScale(), bodies = net.body.nodes, wide = this.host.clientWidth, high = this.host.clientHeight;
      const grid = explorer.grid(), foremost = [this.cursor, this.hovered].filter((id) => id >= 0 && this.inside.has(id));
      const order = [...foremost, ...[...(this.chosen || [])], ...[...this.near].sort((a, b) => nodes[b].degree - nodes[a].degree), ...this.rank];
      const spots = new Map(), done = new Set();
      for (const id of this.rank) {
        const at = net.canvasToDOM({ x: bodies[id].x, y: bodies[id].y });
        if (at.x < -80 || at.y < -40 || at.x > wide + 80 || at.y > high + 40) continue;
        const reach = (bodies[id].options.size || 10) * 1.05 * scale;
        spots.set(id, [at.x, at.y, reach]);
        if (!this.veiled || this.near.has(id)) grid.put([at.x - reach, at.y - reach, at.x + reach, at.y + reach, id, true]);
      }
      pen.save();
      pen.textBaseline = "middle"; pen.textAlign = "center"; pen.lineJoin = "round";
      for (const id of order) {
        if (done.has(id) || !spots.has(id)) continue;
        done.add(id);
        const named = foremost.includes(id) || (this.chosen && this.chosen.size < 4 && this.chosen.has(id));
        if (this.veiled && !this.near.has(id) && !named) continue;
        const heavy = nodes[id].degree >= 6 || named, size = heavy ? 13.5 : 12, text = explorer.cut(nodes[id].short, 30), key = id + (heavy ? "b" : "n");
        pen.font = (heavy ? "600 " : "") + size / scale + "px " + explorer.sans();
        if (!this.widths.has(key)) this.widths.set(key, pen.measureText(text).width * scale);
        const half = this.widths.get(key) / 2, [x, y, reach] = spots.get(id), off = reach + size / 2 + 4;
        const places = [[x, y + off], [x, y - off], [x + reach + half + 5, y], [x - reach - half - 5, y]];
        const boxed = ([left, top]) => [left - half - 2, top - size / 2 - 2, left + half + 2, top + size / 2 + 2, id];
        const inside = (one) => one[0] - half > 2 && one[0] + half < wide - 2;
        const place = places.find((one) => inside(one) && grid.free(boxed(one), id)) || (this.leading.has(id) ? places.find((one) => grid.free(boxed(one), id, true)) : null) || (named ? places[0] : null);
        if (!place) continue;
        grid.put(boxed(place));
        const spot = net.DOMtoCanvas({ x: place[0], y: place[1] });
        pen.strokeStyle = colour("paper"); pen.lineWidth = 3.6 / scale; pen.strokeText(text, spot.x, spot.y);
        pen.fillStyle = heavy ? colour("ink") : colour("soft"); pen.fillText(text, spot.x, spot.y);
      }
      this.roles(pen, scale, grid);
      this.ring(pen, scale);
      pen.restore();
    }
    /* What the lines of the selection mean, where there is room for the words. */
    roles(pen, scale, grid) {
      if (!this.nearLines.size || this.nearLines.size > 28) return;
      pen.font = "italic " + 11 / scale + "px " + explorer.sans();
      for (const id of this.nearLines) {
        const edge = this.vis.body.edges[id];
        if (!edge || !edge.connected) continue;
        const middle = edge.edgeType.getPoint(0.5), at = this.vis.canvasToDOM(middle), wide = pen.measureText(edges[id].role).width * scale;
        const box = [at.x - wide / 2 - 2, at.y - 7, at.x + wide / 2 + 2, at.y + 7, -1];
        if (!grid.free(box, -2)) continue;
        grid.put(box);
        pen.strokeStyle = colour("paper"); pen.lineWidth = 4 / scale; pen.strokeText(edges[id].role, middle.x, middle.y);
        pen.fillStyle = colour("soft"); pen.fillText(edges[id].role, middle.x, middle.y);
      }
    }
    /* The keyboard's place. */
    ring(pen, scale) {
      if (this.cursor < 0 || !this.inside.has(this.cursor)) return;
      const body = this.vis.body.nodes[this.cursor];
      pen.strokeStyle = colour("accent"); pen.lineWidth = 2.5 / scale;
      pen.beginPath(); pen.arc(body.x, body.y, (body.options.size || 10) * 1.1 + 5 / scale, 0, 2 * Math.PI); pen.stroke();
    }
    fit(ids = this.ids, most = 1.2) {
      const inside = ids.filter((id) => this.inside.has(id));
      if (!inside.length || !this.vis) return;
      this.vis.fit({ nodes: inside, maxZoomLevel: most, animation: false });
      this.vis.moveTo({ scale: this.vis.getScale() * 0.9, animation: false });
    }
    zoom(factor) { this.vis.moveTo({ scale: Math.min(6, Math.max(0.03, this.vis.getScale() * factor)), animation: false }); }
    pan(dx, dy) { const at = this.vis.getViewPosition(), scale = this.vis.getScale(); this.vis.moveTo({ position: { x: at.x - dx / scale, y: at.y - dy / scale }, animation: false }); }
    items() { return this.ids.map((id) => { const body = this.vis.body.nodes[id], at = this.vis.canvasToDOM({ x: body.x, y: body.y }); return { id, x: at.x, y: at.y, text: nodes[id].label + ", " + nodes[id].kind + (nodes[id].disputed ? ", disputed" : "") }; }); }
    setCursor(id) {
      this.cursor = id;
      if (id >= 0 && this.inside.has(id)) {
        const body = this.vis.body.nodes[id], at = this.vis.canvasToDOM({ x: body.x, y: body.y });
        if (at.x < 40 || at.y < 40 || at.x > this.host.clientWidth - 40 || at.y > this.host.clientHeight - 40) this.vis.moveTo({ position: { x: body.x, y: body.y }, animation: false });
      }
      this.redraw();
    }
    get canvas() { return this.host.querySelector("canvas"); }
  }
  /* Boxes on a grid of cells, to keep labels from touching: box = [left, top, right, bottom, owner, is a node]. */
  explorer.grid = () => {
    const CELL = 60, cells = new Map();
    const over = (box, act) => {
      for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x += 1) for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y += 1) if (act(x * 65537 + y)) return true;
      return false;
    };
    return {
      put: (box) => over(box, (cell) => { if (!cells.has(cell)) cells.set(cell, []); cells.get(cell).push(box); return false; }),
      free: (box, owner, overNodes = false) => !over(box, (cell) => (cells.get(cell) || []).some((one) => one[4] !== owner && !(overNodes && one[5]) && one[0] < box[2] && box[0] < one[2] && one[1] < box[3] && box[1] < one[3])),
    };
  };
  explorer.Network = Network;
})();
