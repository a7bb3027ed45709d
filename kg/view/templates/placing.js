"use strict";
/* Where nodes stand when the page must decide itself: a part of a large graph, or a neighbourhood.

   Stress majorisation on hop distances (Gansner, Koren and North 2004) from a start by pivots, boxes
   pushed apart, connected parts packed beside each other. Nothing is left to chance: the same part
   gives the same picture. A thousand nodes take well under a second. */
(() => {
  const EDGE = 92, ROUNDS = 36;

  /* Lengths of the ways of fewest steps from one node, by breadth first search, into a row. */
  const reach = (start, beside, lengths, row, level) => {
    level.fill(-1);
    level[start] = row[start] = 0;
    const queue = [start];
    for (let at = 0; at < queue.length; at += 1) {
      const here = queue[at], ties = beside[here], long = lengths[here];
      for (let k = 0; k < ties.length; k += 1) {
        const next = ties[k], far = row[here] + long[k];
        if (level[next] < 0) { level[next] = level[here] + 1; row[next] = far; queue.push(next); }
        else if (level[next] === level[here] + 1 && far < row[next]) row[next] = far;
      }
    }
  };
  const part = (count, beside, rooms) => {
    if (count === 1) return [[0, 0]];
    const degree = beside.map((one) => one.length);
    /* a hub needs a longer rim for its leaves */
    const lengths = beside.map((ties, i) => ties.map((j) => EDGE * (1 + 0.25 * Math.sqrt(Math.min(120, Math.max(degree[i], degree[j]))))));
    const wanted = Array.from({ length: count }, () => new Float32Array(count)), level = new Int32Array(count);
    for (let i = 0; i < count; i += 1) reach(i, beside, lengths, wanted[i], level);
    /* two pivots far apart give the first axis, the two farthest from both the second */
    const farthest = (score) => { let best = 0; for (let i = 1; i < count; i += 1) if (score(i) > score(best)) best = i; return best; };
    const one = farthest((i) => wanted[0][i]), two = farthest((i) => wanted[one][i]);
    const three = farthest((i) => Math.min(wanted[one][i], wanted[two][i])), four = farthest((i) => wanted[three][i]);
    const x = new Float64Array(count), y = new Float64Array(count);
    for (let i = 0; i < count; i += 1) {
      x[i] = (wanted[one][i] - wanted[two][i]) / 1.6 + 9 * Math.cos(i * 2.399963);
      y[i] = (wanted[three][i] - wanted[four][i]) / 1.6 + 9 * Math.sin(i * 2.399963);
    }
    /* round a hub the others begin in a ring: a star that begins on one side stays there */
    const hub = farthest((i) => degree[i]);
    if (degree[hub] > 0.3 * count) for (let i = 0; i < count; i += 1) {
      const far = i === hub ? 0 : wanted[hub][i];
      x[i] = far * Math.cos(i * 2.399963);
      y[i] = far * Math.sin(i * 2.399963);
    }
    const weights = wanted.map((row) => row.map((want) => (want ? 1 / (want * want) : 0))), sums = weights.map((row) => row.reduce((sum, one) => sum + one, 0));
    const rounds = count > 500 ? 14 : count > 250 ? 24 : 2 * ROUNDS;
    for (let round = 0; round < rounds; round += 1) {
      let moved = 0;
      for (let i = 0; i < count; i += 1) {
        const row = wanted[i], weight = weights[i], xi = x[i], yi = y[i];
        let left = 0, top = 0;
        for (let j = 0; j < count; j += 1) {
          const dx = xi - x[j], dy = yi - y[j], share = row[j] / (Math.sqrt(dx * dx + dy * dy) || 1e-6);
          left += weight[j] * (x[j] + share * dx);
          top += weight[j] * (y[j] + share * dy);
        }
        x[i] = left / sums[i];
        y[i] = top / sums[i];
        moved += Math.abs(x[i] - xi) + Math.abs(y[i] - yi);
      }
      if (moved < 0.2 * count) break;
    }
    apart(x, y, rooms);
    return Array.from(x, (value, i) => [value, y[i]]);
  };
  /* Boxes that overlap give way along the shorter side of the overlap. */
  const apart = (x, y, rooms) => {
    const count = x.length;
    const widest = Math.max(...rooms.map((room) => room[0]));
    for (let round = 0; round < (count > 500 ? 30 : 60); round += 1) {
      let moved = false;
      const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => x[a] - x[b]);
      for (let a = 0; a < count; a += 1) for (let b = a + 1; b < count && x[order[b]] - x[order[a]] < widest; b += 1) {
        const i = order[a], j = order[b];
        const over = (rooms[i][0] + rooms[j][0]) / 2 - Math.abs(x[i] - x[j]), down = (rooms[i][1] + rooms[j][1]) / 2 - Math.abs(y[i] - y[j]);
        if (over <= 0.5 || down <= 0.5) continue;
        moved = true;
        if (over < down) { const push = (over / 2 + 0.5) * (x[i] < x[j] ? -1 : 1); x[i] += push; x[j] -= push; }
        else { const push = (down / 2 + 0.5) * (y[i] < y[j] || (y[i] === y[j] && i < j) ? -1 : 1); y[i] += push; y[j] -= push; }
      }
      if (!moved) break;
    }
  };
  /* Parts beside each other in rows, the largest first, about as wide as high. */
  const packed = (parts) => {
    const boxes = parts.map(({ spots, rooms }) => {
      let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
      spots.forEach(([x, y], i) => { left = Math.min(left, x - rooms[i][0] / 2); right = Math.max(right, x + rooms[i][0] / 2); top = Math.min(top, y - rooms[i][1] / 2); bottom = Math.max(bottom, y + rooms[i][1] / 2); });
      return { left, top, wide: right - left + 34, high: bottom - top + 34 };
    });
    const area = boxes.reduce((sum, box) => sum + box.wide * box.high, 0), limit = Math.max(Math.sqrt(area) * 1.35, ...boxes.map((box) => box.wide));
    let x = 0, y = 0, row = 0;
    boxes.forEach((box) => {
      if (x > 0 && x + box.wide > limit) { x = 0; y += row; row = 0; }
      box.x = x; box.y = y;
      x += box.wide; row = Math.max(row, box.high);
    });
    return boxes;
  };
  /* Map of id -> [x, y]; links are pairs of ids; room(id) gives [width, height] of a node with its label. */
  explorer.placed = (ids, links, room) => {
    const number = new Map(ids.map((id, at) => [id, at])), beside = ids.map(() => new Set());
    for (const [from, to] of links) { const a = number.get(from), b = number.get(to); if (a === undefined || b === undefined || a === b) continue; beside[a].add(b); beside[b].add(a); }
    const seen = new Uint8Array(ids.length), parts = [];
    for (let start = 0; start < ids.length; start += 1) {
      if (seen[start]) continue;
      const members = [start];
      seen[start] = 1;
      for (let at = 0; at < members.length; at += 1) for (const next of beside[members[at]]) if (!seen[next]) { seen[next] = 1; members.push(next); }
      members.sort((a, b) => a - b);
      const own = new Map(members.map((one, at) => [one, at]));
      parts.push({ members, beside: members.map((one) => [...beside[one]].map((other) => own.get(other)).sort((a, b) => a - b)), rooms: members.map((one) => room(ids[one])) });
    }
    parts.sort((a, b) => b.members.length - a.members.length || a.members[0] - b.members[0]);
    for (const one of parts) one.spots = part(one.members.length, one.beside, one.rooms);
    const boxes = packed(parts), spots = new Map();
    parts.forEach((one, at) => one.members.forEach((member, i) => spots.set(ids[member], [one.spots[i][0] - boxes[at].left + boxes[at].x, one.spots[i][1] - boxes[at].top + boxes[at].y])));
    return spots;
  };
})();
