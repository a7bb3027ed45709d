"use strict";
/* A graph too large to be drawn node by node, in groups: each is a well connected node and what
   stands nearer to it than to any other such node. A node as near to two belongs to the one with
   fewer connections, which says more of it. What is tied to nothing is grouped by its class. */
(() => {
  const { model } = explorer;
  const { nodes, edges } = model;
  /* what somebody says of it ties a thing less closely than what it takes part in */
  const LOOSE = new Set(["voice", "says", "counts", "asserts", "denies"]);
  const LEAST = 3;

  /* Groups of the given nodes by the given edges: [{id, hub, label, members, links: Map of group -> edges}]. */
  explorer.grouped = (ids, lines) => {
    const inside = new Set(ids), close = new Map(ids.map((id) => [id, []])), loose = new Map(ids.map((id) => [id, []]));
    for (const id of lines) {
      const edge = edges[id];
      if (!inside.has(edge.from) || !inside.has(edge.to)) continue;
      const beside = LOOSE.has(edge.group) ? loose : close;
      beside.get(edge.from).push(edge.to);
      beside.get(edge.to).push(edge.from);
    }
    const degree = (id) => close.get(id).length + loose.get(id).length / 4;
    const wanted = Math.max(8, Math.min(140, Math.round(Math.sqrt(ids.length) * 1.1)));
    let hubs = ids.filter((id) => nodes[id].fact < 0 && nodes[id].cls !== "MediaOutlet" && degree(id) > 1).sort((a, b) => degree(b) - degree(a) || a - b).slice(0, wanted);
    /* each to the hub that the fewest steps lead to: by close ties first, by loose ones what is left */
    const spread = () => {
      const home = new Map(hubs.map((hub) => [hub, hub]));
      for (const ties of [[close], [close, loose]]) {
        let rim = [...home.keys()];
        while (rim.length) {
          rim.sort((a, b) => degree(home.get(a)) - degree(home.get(b)) || a - b);
          const next = [];
          for (const id of rim) for (const beside of ties) for (const near of beside.get(id)) if (!home.has(near)) { home.set(near, home.get(id)); next.push(near); }
          rim = next;
        }
      }
      return home;
    };
    let home = spread();
    const size = new Map();
    for (const hub of home.values()) size.set(hub, (size.get(hub) || 0) + 1);
    const large = hubs.filter((hub) => size.get(hub) >= LEAST);
    if (large.length && large.length < hubs.length) { hubs = large; home = spread(); }
    const found = new Map();
    for (const id of ids) {
      const hub = home.has(id) ? home.get(id) : "alone " + nodes[id].kind;
      if (!found.has(hub)) found.set(hub, []);
      found.get(hub).push(id);
    }
    const groups = [...found].map(([hub, members]) => ({ hub: typeof hub === "number" ? hub : -1, label: typeof hub === "number" ? nodes[hub].label : "other: " + nodes[members[0]].kind, members: members.sort((a, b) => degree(b) - degree(a) || a - b), links: new Map() }));
    groups.sort((a, b) => b.members.length - a.members.length || a.members[0] - b.members[0]);
    const of = new Map();
    groups.forEach((group, id) => { group.id = id; group.members.forEach((member) => of.set(member, id)); });
    for (const id of lines) {
      const a = of.get(edges[id].from), b = of.get(edges[id].to);
      if (a === undefined || b === undefined || a === b) continue;
      groups[a].links.set(b, (groups[a].links.get(b) || 0) + 1);
      groups[b].links.set(a, (groups[b].links.get(a) || 0) + 1);
    }
    return { groups, of };
  };
})();
