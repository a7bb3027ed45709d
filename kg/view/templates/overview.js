"use strict";
/* The picture of the groups on a canvas of our own: bubbles with a dot for each node, lines as thick as
   what ties two groups. One frame draws some thousand shapes at most, however large the graph is. */
(() => {
  const { model, make, colour, amount, cut, store } = explorer;
  const { nodes } = model;
  const TURN = 2.399963;   /* the golden angle: dots in a spiral fill a disc evenly */

  class Overview {
    /* act: {open(group), select(node), release(), moved(), hover(text, place)} */
    constructor(host, act) {
      this.act = act;
      this.canvas = make("canvas", { class: "overview" });
      host.append(this.canvas);
      this.pen = this.canvas.getContext("2d");
      this.view = { x: 0, y: 0, k: 1 };
      this.groups = [];
      this.cursor = -1;
      this.hovered = -1;
      this.queued = false;
      this.listen();
    }
    /* Takes the groups of explorer.grouped and places them. */
    set({ groups, of }) {
      this.groups = groups;
      this.of = of;
      this.cursor = this.hovered = -1;
      for (const group of groups) group.radius = 9 + 3.4 * Math.sqrt(group.members.length);
      /* of all ties between groups the strongest few of each shape the picture */
      const links = [];
      this.lines = [];
      const strongest = groups.map((group) => [...group.links].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 5));
      groups.forEach((group) => strongest[group.id].slice(0, 3).forEach(([other]) => links.push([group.id, other])));
      const pairs = new Map();
      groups.forEach((group) => strongest[group.id].forEach(([other, count]) => pairs.set(Math.min(group.id, other) + " " + Math.max(group.id, other), [group.id, other, count])));
      this.lines = [...pairs.values()];
      const spots = explorer.placed(groups.map((group) => group.id), links, (id) => { const side = groups[id].radius * 2 + 30; return [Math.max(side, 5.6 * Math.min(26, groups[id].label.length) + 20), side + 22]; });
      for (const group of groups) [group.x, group.y] = spots.get(group.id);
      /* a flat picture is drawn out to the shape of the window */
      const span = (of) => Math.max(...groups.map(of)) - Math.min(...groups.map(of)) || 1, [wide, high] = this.size();
      const stretch = Math.min(1.8, Math.max(1, (span((group) => group.x) * (high - 90)) / (span((group) => group.y) * wide)));
      for (const group of groups) group.y *= stretch;
      this.fit();
    }
    size() { return [this.canvas.clientWidth || 800, this.canvas.clientHeight || 500]; }
    fit() {
      const [wide, high] = this.size();
      if (!this.groups.length) return this.draw();
      const left = Math.min(...this.groups.map((g) => g.x - g.radius)), right = Math.max(...this.groups.map((g) => g.x + g.radius));
      const top = Math.min(...this.groups.map((g) => g.y - g.radius)), bottom = Math.max(...this.groups.map((g) => g.y + g.radius));
      const k = Math.min((wide - 60) / (right - left), (high - 70) / (bottom - top), 2.4);
      this.view = { k, x: wide / 2 - (k * (left + right)) / 2, y: high / 2 - (k * (top + bottom)) / 2 };
      return this.draw();
    }
    zoom(factor, x, y) {
      const [wide, high] = this.size(), at = [x ?? wide / 2, y ?? high / 2], k = Math.min(12, Math.max(0.05, this.view.k * factor));
      this.view = { k, x: at[0] - ((at[0] - this.view.x) * k) / this.view.k, y: at[1] - ((at[1] - this.view.y) * k) / this.view.k };
      this.draw();
    }
    draw() {
      if (this.queued) return;
      this.queued = true;
      requestAnimationFrame(() => { this.queued = false; this.paint(); });
    }
    paint() {
      const { canvas, pen, view, groups } = this, [wide, high] = this.size(), dense = Math.min(2, window.devicePixelRatio || 1);
      if (!groups.length || canvas.hidden) return;
      const begun = performance.now();
      if (canvas.width !== Math.round(wide * dense) || canvas.height !== Math.round(high * dense)) { canvas.width = Math.round(wide * dense); canvas.height = Math.round(high * dense); }
      pen.setTransform(dense, 0, 0, dense, 0, 0);
      pen.clearRect(0, 0, wide, high);
      const chosen = store.selection ? store.chosen.nodes : new Set(), hot = new Set();
      for (const id of chosen) if (this.of.has(id)) hot.add(this.of.get(id));
      const X = (group) => group.x * view.k + view.x, Y = (group) => group.y * view.k + view.y;
      const active = this.hovered >= 0 ? this.hovered : this.cursor;
      const most = Math.max(1, ...this.lines.map((line) => line[2])), calm = Math.max(0.22, Math.min(0.8, 60 / Math.max(1, this.lines.length)));
      for (const [one, other, count] of this.lines) {
        const touched = one === active || other === active;
        pen.globalAlpha = touched ? 0.95 : active >= 0 ? calm * 0.4 : calm;
        pen.strokeStyle = touched ? colour("accent") : colour("within");
        pen.lineWidth = 0.6 + 4 * Math.sqrt(count / most);
        pen.beginPath(); pen.moveTo(X(groups[one]), Y(groups[one])); pen.lineTo(X(groups[other]), Y(groups[other])); pen.stroke();
      }
      pen.globalAlpha = 1;
      for (const group of groups) {
        const x = X(group), y = Y(group), r = group.radius * view.k;
        if (x + r < 0 || y + r < 0 || x - r > wide || y - r > high) continue;
        pen.fillStyle = colour("sheet");
        pen.strokeStyle = hot.has(group.id) || group.id === active ? colour("accent") : colour("line");
        pen.lineWidth = hot.has(group.id) || group.id === active ? 2.5 : 1.2;
        pen.beginPath(); pen.arc(x, y, r, 0, 2 * Math.PI); pen.fill(); pen.stroke();
        this.dots(group, x, y, r, chosen);
      }
      this.labels(X, Y, hot, active, wide, high);
      this.spent = performance.now() - begun;
    }
    /* Place of a member in its bubble, in parts of the radius. */
    static spot(at, count) { const r = 0.93 * Math.sqrt((at + 0.35) / count); return [r * Math.cos(at * TURN), r * Math.sin(at * TURN)]; }
    dots(group, x, y, r, chosen) {
      const { pen } = this, count = group.members.length, side = Math.max(0.9, Math.min(9, (1.15 * r) / Math.sqrt(count)));
      /* more dots than pixels say nothing: of a bubble this small every so many is drawn */
      const step = Math.max(1, Math.ceil(count / Math.max(30, r * r * 0.9)));
      const byFamily = new Map();
      for (let i = 0; i < count; i += step) {
        const { family } = nodes[group.members[i]];
        if (!byFamily.has(family)) byFamily.set(family, []);
        byFamily.get(family).push(i);
      }
      for (const [family, members] of byFamily) {
        pen.fillStyle = colour(family);
        for (const i of members) {
          const [dx, dy] = Overview.spot(i, count);
          if (side > 4) { pen.beginPath(); const path = explorer.corners(family, x + dx * r, y + dy * r, side * 0.62); if (path) path.forEach(([a, b], at) => (at ? pen.lineTo(a, b) : pen.moveTo(a, b))); else pen.arc(x + dx * r, y + dy * r, side * 0.62, 0, 7); pen.fill(); }
          else pen.fillRect(x + dx * r - side / 2, y + dy * r - side / 2, side, side);
        }
      }
      if (!chosen.size) return;
      pen.strokeStyle = colour("ink"); pen.lineWidth = 1.8;
      group.members.forEach((id, i) => {
        if (!chosen.has(id)) return;
        const [dx, dy] = Overview.spot(i, count);
        pen.beginPath(); pen.arc(x + dx * r, y + dy * r, Math.max(3.5, side), 0, 7); pen.stroke();
      });
    }
    labels(X, Y, hot, active, wide, high) {
      const { pen, view } = this, taken = [];
      pen.textAlign = "center"; pen.textBaseline = "middle"; pen.lineJoin = "round";
      const order = [...this.groups].sort((a, b) => (b.id === active) - (a.id === active) || hot.has(b.id) - hot.has(a.id) || b.members.length - a.members.length);
      for (const group of order) {
        const x = X(group), y = Y(group) + group.radius * view.k + 11;
        if (x < -60 || y < -20 || x > wide + 60 || y > high + 20) continue;
        const heavy = group.id === active || hot.has(group.id), text = cut(group.label, 26), number = " " + amount(group.members.length);
        pen.font = (heavy ? "600 " : "") + "12.5px " + explorer.sans();
        const long = pen.measureText(text + number).width, box = [x - long / 2 - 3, y - 9, x + long / 2 + 3, y + 9];
        if (!heavy && taken.some((one) => one[0] < box[2] && box[0] < one[2] && one[1] < box[3] && box[1] < one[3])) continue;
        taken.push(box);
        pen.strokeStyle = colour("paper"); pen.lineWidth = 3.5; pen.strokeText(text + number, x, y);
        pen.fillStyle = colour("ink"); pen.textAlign = "left"; pen.fillText(text, x - long / 2, y);
        pen.fillStyle = colour("faint"); pen.fillText(number, x - long / 2 + pen.measureText(text).width, y);
        pen.textAlign = "center";
      }
    }
    /* The group at a point, and the node there where dots are large enough to be meant. */
    under(x, y) {
      const { view } = this;
      for (const group of this.groups) {
        const gx = group.x * view.k + view.x, gy = group.y * view.k + view.y, r = group.radius * view.k;
        if (Math.hypot(x - gx, y - gy) > r + 3) continue;
        const count = group.members.length, side = (1.15 * r) / Math.sqrt(count);
        if (side < 8) return { group, node: -1 };
        for (let i = 0; i < count; i += 1) { const [dx, dy] = Overview.spot(i, count); if (Math.hypot(x - gx - dx * r, y - gy - dy * r) < side * 0.7) return { group, node: group.members[i] }; }
        return { group, node: -1 };
      }
      return null;
    }
    tell(found) {
      if (!found) return "";
      return found.node >= 0 ? nodes[found.node].label + ", " + nodes[found.node].kind : found.group.label + (found.group.hub >= 0 ? " and " + amount(found.group.members.length - 1) + " around it" : ", " + amount(found.group.members.length));
    }
    listen() {
      const { canvas } = this;
      let held = null, moved = false;
      const touches = new Map();
      const spot = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
      canvas.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0018)), ...spot(event)); this.act.moved(); }, { passive: false });
      canvas.addEventListener("pointerdown", (event) => { touches.set(event.pointerId, spot(event)); held = spot(event); moved = false; canvas.setPointerCapture(event.pointerId); });
      canvas.addEventListener("pointermove", (event) => {
        const now = spot(event);
        if (!touches.has(event.pointerId)) {
          const found = this.under(...now), id = found ? found.group.id : -1;
          canvas.style.cursor = found ? "pointer" : "grab";
          this.act.hover(this.tell(found), now);
          if (id !== this.hovered) { this.hovered = id; this.draw(); }
          return;
        }
        const before = [...touches.values()];
        touches.set(event.pointerId, now);
        if (touches.size === 2) {
          const far = ([one, two]) => Math.hypot(one[0] - two[0], one[1] - two[1]) || 1, both = [...touches.values()];
          moved = true;
          this.zoom(far(both) / far(before), (both[0][0] + both[1][0]) / 2, (both[0][1] + both[1][1]) / 2);
          return;
        }
        if (!moved && Math.hypot(now[0] - held[0], now[1] - held[1]) < 4) return;
        moved = true;
        this.view.x += now[0] - held[0]; this.view.y += now[1] - held[1];
        held = now;
        this.draw();
      });
      const up = (event) => {
        const clicked = touches.size === 1 && !moved && event.type === "pointerup";
        touches.delete(event.pointerId);
        if (!clicked) { this.act.moved(); return; }
        const found = this.under(...spot(event));
        if (!found) this.act.release();
        else if (found.node >= 0) this.act.select(found.node);
        else this.act.open(found.group);
      };
      canvas.addEventListener("pointerup", up);
      canvas.addEventListener("pointercancel", up);
      canvas.addEventListener("pointerleave", () => { this.hovered = -1; this.act.hover("", null); this.draw(); });
    }
    /* For the keyboard: things with places on the screen. */
    items() { return this.groups.map((group) => ({ id: group.id, x: group.x * this.view.k + this.view.x, y: group.y * this.view.k + this.view.y, text: this.tell({ group, node: -1 }) })); }
    setCursor(id) {
      this.cursor = id;
      if (id >= 0) {
        const [wide, high] = this.size(), group = this.groups[id], x = group.x * this.view.k + this.view.x, y = group.y * this.view.k + this.view.y;
        if (x < 30 || x > wide - 30) this.view.x += wide / 2 - x;
        if (y < 30 || y > high - 30) this.view.y += high / 2 - y;
      }
      this.draw();
    }
    pan(dx, dy) { this.view.x += dx; this.view.y += dy; this.draw(); }
  }
  explorer.Overview = Overview;
  let sans = "";
  explorer.sans = () => { if (!sans) sans = getComputedStyle(document.body).fontFamily; return sans; };
})();
