"use strict";
/* The store: what is filtered, what is selected, and who is told when that changes.

   HOW TO WRITE A PANEL. One file in templates/, one IIFE, named in SCRIPTS of kg/view/page.py (style
   sheet: STYLES). No innerHTML, no fetch, no inline style texts; text enters by make() and svg().

   explorer.register({
     name: "map", title: "Map", order: 20,     // tabs stand in this order
     side: false,                              // true: a tab of the column at the right
     mount(root, model, store) {},             // once, when first shown; root is an empty box that fills the space
     update(changed) {},                       // after mount, and whenever something changed while shown:
                                               //   a Set of "filters" "selection" "theme" "size"; draw what is shown, mark what is chosen
     counts() { return [[n, m, "event"]]; },   // written above the panel as "n of m events"; optional 4th: the plural
     formats: { csv() {}, json() {}, png() {} }, // of what is shown: {columns, rows} · anything · canvas, svg element, or a promise of a Blob
     view() { return ""; }, restore(text) {},  // optional: what a link remembers of this panel alone, as short text
   })

   store.shown   {facts, claims, nodes, edges, articles}: Uint8Array by id, 1 where the filters let it through
   store.chosen  {facts, claims, nodes, edges, spans, core, articles, disputes}: Sets, what the selection touches;
                 core: the spans that it is about, names and triggers
   store.selection  {kind, id} or null; kinds: node fact claim edge span article dispute
   store.select(kind, id)      a click in a panel; store.select(null) releases; Escape does so too
   store.filters               see fresh(); store.setFilters({from, to}) changes some of them
   store.focus                 null, {kind: "around", node, hops} or {kind: "chain", node, other}; store.setFocus(...)
   explorer.link()             writes the state into the address; call it when view() would say something new

   The details of what is selected, and its article, stand in the column at the right. A panel draws,
   marks, and selects: keyboard with explorer.roving, colours with explorer.colour or CSS variables. */
(() => {
  const { model, fold } = explorer;
  const { nodes, edges, facts, claims, spans, articles, disputes } = model;

  /* ── filters ─────────────────────────────────────────────────────────────────────────── */
  /* Sets named …Off hold what is left out; speakers and articles what is kept, all if empty. */
  const fresh = () => ({
    classesOff: new Set(), speakers: new Set(), articles: new Set(), actualitiesOff: new Set(), certaintiesOff: new Set(),
    polaritiesOff: new Set(), actsOff: new Set(), basis: "event", from: null, to: null, disputed: false, text: "",
  });
  const ordered = (known, found) => [...known.filter((one) => found.has(one)), ...[...found].filter((one) => one && !known.includes(one)).sort()];
  const values = {
    actualities: ordered(["Actual", "Possible", "Planned", "Demanded", "Denied"], new Set(facts.map((fact) => fact.actuality))),
    certainties: ordered(["Certain", "Probable", "Possible", "Unstated"], new Set(claims.map((claim) => claim.certainty))),
    polarities: ordered(["Affirmed", "Negated"], new Set(claims.map((claim) => claim.polarity))),
    acts: ordered(["Assertion", "Denial", "Accusation", "Demand", "Threat", "Warning", "Prediction", "Opinion", "NoComment"], new Set(claims.map((claim) => claim.act))),
  };
  const listeners = [];
  const zeros = (list) => new Uint8Array(list.length);
  const store = {
    model, values, fresh, filters: fresh(), focus: null, selection: null,
    shown: { facts: zeros(facts), claims: zeros(claims), nodes: zeros(nodes), edges: zeros(edges), articles: zeros(articles) },
    chosen: null, path: null,
    /* true where a filter asks for facts, so that an entity without one is left out */
    narrowed: false,
    on: (listener) => listeners.push(listener),
    tell: (...changed) => { const set = new Set(changed); for (const listener of listeners) listener(set); },
  };
  explorer.store = store;

  const passages = new Map();
  const wordsOf = (fact) => {
    if (!passages.has(fact.id)) passages.set(fact.id, fold([fact.title, fact.kind, model.textOf(fact.passage), ...fact.rows.map((row) => row[1])].join(" ")));
    return passages.get(fact.id);
  };
  store.wordsOf = wordsOf;

  const sift = () => {
    const { filters, shown } = store;
    const wanted = fold(filters.text).split(/\s+/).filter(Boolean);
    const dated = filters.from !== null || filters.to !== null;
    const voiced = filters.speakers.size + filters.certaintiesOff.size + filters.polaritiesOff.size + filters.actsOff.size > 0;
    const speaks = (claim) => (!filters.speakers.size || filters.speakers.has(claim.speaker) || claim.reporters.some((one) => filters.speakers.has(one))) &&
      !filters.certaintiesOff.has(claim.certainty) && !filters.polaritiesOff.has(claim.polarity) && !filters.actsOff.has(claim.act);
    store.narrowed = Boolean(wanted.length || dated || voiced || filters.articles.size || filters.disputed || filters.actualitiesOff.size);
    for (const fact of facts) {
      let pass = !filters.classesOff.has(fact.cls) && !(fact.actuality && filters.actualitiesOff.has(fact.actuality)) &&
        (!filters.articles.size || filters.articles.has(fact.article)) && (!filters.disputed || fact.disputed) &&
        (!voiced || fact.claims.some((claim) => speaks(claims[claim])));
      if (pass && dated) {
        const days = explorer.days(fact, filters.basis);
        pass = days !== null && (filters.from === null || days[1] >= filters.from) && (filters.to === null || days[0] <= filters.to);
      }
      if (pass && wanted.length) { const text = wordsOf(fact); pass = wanted.every((word) => text.includes(word)); }
      shown.facts[fact.id] = pass ? 1 : 0;
    }
    for (const claim of claims) {
      shown.claims[claim.id] = shown.facts[claim.fact] && speaks(claim) && (!claim.contents.length || claim.contents.some((one) => shown.facts[one])) ? 1 : 0;
    }
    for (const node of nodes) {
      if (node.fact >= 0) shown.nodes[node.id] = shown.facts[node.fact];
      else shown.nodes[node.id] = !filters.classesOff.has(node.cls) && (!store.narrowed || node.facts.some((fact) => shown.facts[fact]) || saysSomething(node)) ? 1 : 0;
    }
    link();
    if (store.focus) focused();
    for (const article of articles) shown.articles[article.id] = (!filters.articles.size || filters.articles.has(article.id)) && (!(store.narrowed || store.focus) || article.facts.some((fact) => shown.facts[fact])) ? 1 : 0;
  };
  const spoken = new Map();
  for (const claim of claims) if (claim.speaker >= 0) spoken.set(claim.speaker, [...(spoken.get(claim.speaker) || []), claim.id]);
  const saysSomething = (node) => (spoken.get(node.id) || []).some((claim) => store.shown.claims[claim]);
  store.spoken = (node) => spoken.get(node) || [];
  const link = () => {
    const { shown } = store;
    for (const edge of edges) shown.edges[edge.id] = shown.nodes[edge.from] && shown.nodes[edge.to] && (edge.facts.length ? edge.facts.some((fact) => shown.facts[fact]) : !store.narrowed || !store.filters.disputed) ? 1 : 0;
  };

  /* ── focus: the neighbourhood of a node, or the shortest chain between two ───────────── */
  /* a claim is reached with what it says, and an outlet's own voice ties everything to everything */
  const FAR = new Set(["voice", "says"]);
  const other = (edge, node) => (edge.from === node ? edge.to : edge.from);
  /* Nodes within some steps of one, by the edges that are shown: Map of node -> steps. */
  const around = (start, hops) => {
    const steps = new Map([[start, 0]]);
    let rim = [start];
    for (let hop = 1; hop <= hops && rim.length; hop += 1) {
      const next = [];
      for (const node of rim) for (const id of nodes[node].edges) {
        const end = other(edges[id], node);
        if (!store.shown.edges[id] || FAR.has(edges[id].group) || steps.has(end)) continue;
        steps.set(end, hop);
        next.push(end);
      }
      rim = next;
    }
    return steps;
  };
  /* The shortest chain of edges between two nodes, [{node, edge}], edge -1 at its start; null without one.
     Of equally short ones the first found; containment ("lies in") is gone through last. */
  const chain = (start, end) => {
    const came = new Map([[start, null]]);
    let rim = [start];
    while (rim.length && !came.has(end)) {
      const next = [];
      for (const node of rim) {
        const ways = nodes[node].edges.filter((id) => store.shown.edges[id] && !FAR.has(edges[id].group));
        ways.sort((a, b) => (edges[a].group === "within") - (edges[b].group === "within") || a - b);
        for (const id of ways) {
          const to = other(edges[id], node);
          if (came.has(to)) continue;
          came.set(to, { node, edge: id });
          next.push(to);
        }
      }
      rim = next;
    }
    if (!came.has(end)) return null;
    const found = [];
    for (let now = end; now !== null;) { const step = came.get(now); found.unshift({ node: now, edge: step ? step.edge : -1 }); now = step ? step.node : null; }
    return found;
  };
  store.around = around;
  const focused = () => {
    const { focus, shown } = store;
    let kept, keptEdges = null;
    store.path = null;
    shown.nodes[focus.node] = 1;
    if (focus.kind === "chain") {
      shown.nodes[focus.other] = 1;
      link();
      store.path = chain(focus.node, focus.other);
      kept = new Set(store.path ? store.path.map((step) => step.node) : [focus.node, focus.other]);
      keptEdges = new Set(store.path ? store.path.map((step) => step.edge) : []);
    } else {
      link();
      kept = new Set(around(focus.node, focus.hops).keys());
    }
    const inside = new Set();
    for (const node of kept) if (nodes[node].fact >= 0) inside.add(nodes[node].fact);
    for (const edge of edges) if (shown.edges[edge.id] && kept.has(edge.from) && kept.has(edge.to) && (!keptEdges || keptEdges.has(edge.id))) for (const fact of edge.facts) inside.add(fact);
    for (const fact of [...inside]) for (const claim of facts[fact].claims) inside.add(claims[claim].fact);
    for (const fact of facts) if (!inside.has(fact.id)) shown.facts[fact.id] = 0;
    for (const claim of claims) if (!inside.has(claim.fact)) shown.claims[claim.id] = 0;
    for (const fact of inside) if (facts[fact].cls === "Claim" && facts[fact].node >= 0 && !keptEdges) kept.add(facts[fact].node);
    for (const node of nodes) if (!kept.has(node.id)) shown.nodes[node.id] = 0;
    for (const edge of edges) shown.edges[edge.id] = shown.edges[edge.id] && kept.has(edge.from) && kept.has(edge.to) && (!keptEdges || keptEdges.has(edge.id)) ? 1 : 0;
  };

  /* ── selection: one thing, and all that it touches ───────────────────────────────────── */
  const touched = () => {
    const found = { facts: new Set(), claims: new Set(), nodes: new Set(), edges: new Set(), spans: new Set(), core: new Set(), articles: new Set(), disputes: new Set() };
    const span = (id) => { if (id >= 0) { found.spans.add(id); found.articles.add(spans[id].article); } };
    const claim = (id) => { const one = claims[id]; found.claims.add(id); span(one.span); };
    const fact = (id) => {
      const one = facts[id];
      found.facts.add(id);
      if (one.node >= 0) found.nodes.add(one.node);
      span(one.span); span(one.trigger);
      if (one.trigger >= 0) found.core.add(one.trigger);
      for (const dispute of one.disputes) found.disputes.add(dispute);
      one.claims.forEach(claim);
      if (one.cls === "Claim") for (const about of model.claimOf(one).contents) if (!found.facts.has(about)) fact(about);
    };
    const act = {
      node: (id) => {
        found.nodes.add(id);
        nodes[id].spans.forEach((one) => { span(one); found.core.add(one); });
        nodes[id].facts.forEach(fact);
        if (nodes[id].fact < 0) for (const one of store.spoken(id)) claim(one);
      },
      fact, claim: (id) => { claim(id); fact(claims[id].fact); },
      edge: (id) => { found.edges.add(id); edges[id].facts.forEach(fact); found.nodes.add(edges[id].from).add(edges[id].to); },
      span: (id) => { span(id); found.core.add(id); spans[id].facts.forEach(fact); spans[id].nodes.forEach((node) => found.nodes.add(node)); },
      article: (id) => { found.articles.add(id); articles[id].facts.forEach(fact); articles[id].spans.forEach((one) => spans[one].nodes.forEach((node) => found.nodes.add(node))); },
      dispute: (id) => { disputes[id].facts.forEach(fact); disputes[id].claims.forEach(claim); found.disputes = new Set([id]); },
    };
    if (store.selection) act[store.selection.kind](store.selection.id);
    store.chosen = found;
  };

  /* ── what panels and the shell call ──────────────────────────────────────────────────── */
  const same = (one, two) => one === two || (one && two && one.kind === two.kind && one.id === two.id);
  store.select = (kind, id) => {
    const next = kind === null || kind === undefined || id < 0 ? null : { kind, id };
    if (same(next, store.selection)) return;
    store.selection = next;
    touched();
    store.tell("selection");
  };
  store.setFilters = (change) => {
    store.filters = { ...store.filters, ...change };
    sift();
    store.tell("filters");
  };
  store.setFocus = (focus) => { store.focus = focus; sift(); store.tell("filters", "focus"); };
  store.reset = () => {
    store.filters = fresh(); store.focus = null; store.selection = null; store.path = null;
    touched(); sift();
    store.tell("filters", "selection", "focus");
  };
  /* Everything at once, for a link. */
  store.become = (filters, focus, selection) => {
    store.filters = filters; store.focus = focus; store.selection = selection; store.path = null;
    touched(); sift();
    store.tell("filters", "selection", "focus");
  };
  /* A selected thing that the filters hide: whether it is shown. */
  store.isShown = ({ kind, id }) => (kind === "node" ? store.shown.nodes[id] : kind === "fact" ? store.shown.facts[id] : kind === "edge" ? store.shown.edges[id] : kind === "claim" ? store.shown.claims[id] : 1) === 1;
  store.range = (basis) => {
    let from = Infinity, to = -Infinity;
    for (const fact of facts) { const days = explorer.days(fact, basis); if (days) { from = Math.min(from, days[0]); to = Math.max(to, days[1]); } }
    return from <= to ? [from, to] : null;
  };
  touched();
  sift();
})();
