"use strict";
/* How the map is painted: outlines, where things may lie, edges of advances, distances, markers, names. */
(() => {
  const { model, store, cut, colour, amount, drawSign, corners, places } = explorer;
  const { nodes, facts } = model;
  const { project, length } = explorer.outlines;
  const MOST_CIRCLES = 300, MOST_LABELS = 400, MOST_NAMES = 60;

  /* scene: {canvas, pen, pan, base, heads, hovered, measures, screen, touched, told, radius, vaguely} of map.js. */
  explorer.paintMap = (scene) => {
    const { canvas, pen, pan, base, heads, hovered, measures, screen, touched, told, radius, vaguely } = scene;
    const sans = getComputedStyle(document.body).fontFamily;
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

    const { width, height } = pan.size(), ratio = Math.min(3, devicePixelRatio || 1), { view } = pan;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) { canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio); }
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
    for (const head of [...seen].reverse().sort((one, two) => lit(one) - lit(two) || one.head.facility - two.head.facility)) marker(head);
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
      if (names > MOST_NAMES || half > name.reach * 1.2 || !free(name.x - half - 8, name.y - 9, name.x + half + 8, name.y + 9)) continue;
      names += 1;
      written(text, name.x, name.y, { fill: colour("names"), font, align: "center", halo: 2 });
    }
  };
})();
