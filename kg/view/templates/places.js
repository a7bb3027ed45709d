"use strict";
/* What the map shows: places with the events told of them, facilities, and markers joined where dense. */
(() => {
  const { model, store } = explorer;
  const { nodes, facts } = model;
  const { project } = explorer.outlines;
  const WHERE = ["place", "target", "destination", "origin", "facility"];

  /* Event -> the nodes with a point where it is: its place, else what it is aimed at, else where it leads. */
  const spotsOf = (fact) => {
    for (const role of WHERE) {
      const found = (fact.roles[role] || []).filter((node) => nodes[node].point);
      if (found.length) return found;
    }
    return [];
  };
  const events = facts.filter((fact) => fact.family === "Event");
  const spots = new Map(events.map((fact) => [fact.id, spotsOf(fact)]));
  const items = nodes.filter((node) => node.point && (node.family === "Place" || node.family === "Facility")).map((node) => ({
    node, at: project([node.point.lon, node.point.lat]), km: node.point.km || 0, facility: node.family === "Facility", events: [], shown: [],
  }));
  const byNode = new Map(items.map((item) => [item.node.id, item]));
  for (const fact of events) for (const node of spots.get(fact.id)) if (byNode.has(node)) byNode.get(node).events.push(fact.id);
  const measured = new Set([...model.distances, ...model.board].map((row) => row.facility));

  /* The places in sight of the filters: those where something happens, and facilities; the most told first. */
  const shownItems = () => {
    const found = [];
    for (const item of items) {
      item.shown = item.events.filter((fact) => store.shown.facts[fact]);
      if (item.shown.length || (item.facility && store.shown.nodes[item.node.id]) || (measured.has(item.node.id) && !store.narrowed)) found.push(item);
    }
    return found.sort((one, two) => two.shown.length - one.shown.length || two.facility - one.facility || one.node.id - two.node.id);
  };

  /* Markers nearer than `room` pixels as one: { at, head, members }. Facilities keep apart from places. */
  const clustered = (list, k, room, alone) => {
    const grid = new Map(), found = [];
    for (const item of list) {
      const x = item.at[0] * k, y = item.at[1] * k, column = Math.floor(x / room), row = Math.floor(y / room);
      let near = null;
      for (let dx = -1; dx <= 1 && !near && !alone.has(item.node.id); dx += 1) for (let dy = -1; dy <= 1 && !near; dy += 1) {
        for (const one of grid.get(column + dx + ":" + (row + dy)) || []) {
          if (one.head.facility === item.facility && Math.hypot(one.at[0] * k - x, one.at[1] * k - y) < room) { near = one; break; }
        }
      }
      if (near) { near.members.push(item); continue; }
      const one = { at: item.at, head: item, members: [item] };
      found.push(one);
      if (alone.has(item.node.id)) continue;
      const key = column + ":" + row;
      grid.set(key, [...(grid.get(key) || []), one]);
    }
    return found;
  };

  /* Distances that the selection is about, at most five, stated ones first: rows of model.distances. */
  const measures = () => {
    const { selection } = store;
    if (!selection) return [];
    const { kind, id } = selection;
    const fact = kind === "fact" ? id : kind === "node" ? nodes[id].fact : kind === "claim" ? model.claims[id].contents[0] ?? -1 : -1;
    const own = model.distances.filter((row) => row.facility >= 0 && row.place >= 0 && nodes[row.facility].point && nodes[row.place].point && (
      (kind === "node" && (row.facility === id || (row.place === id && row.place !== row.facility))) || (fact >= 0 && (row.event === fact || row.figure === fact))) && (row.event < 0 || store.shown.facts[row.event]));
    const seen = new Set();
    return own.filter((row) => row.stated !== null || row.uncertainty <= 60).sort((one, two) => (two.stated !== null) - (one.stated !== null) || one.km - two.km).filter((row) => {
      const key = row.facility + " " + row.place + " " + row.stated;
      if (row.place === row.facility || seen.has(key)) return false;
      return seen.add(key);
    }).slice(0, 5);
  };
  /* What the map says of a stated distance. */
  const verdict = (row) => {
    if (row.stated === null) return "";
    if (row.supported === false) return "against";
    return row.uncertainty > Math.max(10, row.stated / 2, row.km / 2) ? "vague" : "agrees";
  };
  explorer.verdict = verdict;
  explorer.VERDICTS = { against: ["✕", "the map cannot support it"], vague: ["?", "the places are known too vaguely to tell"], agrees: ["✓", "agrees with the map"] };
  explorer.places = { items, byNode, events, spots, shownItems, clustered, measures };
})();
