"use strict";
/* The address holds the whole state: views, filters, focus, selection. Things are named by a short key
   made from their IRI, so that a link still means the same when the page is made anew with more articles. */
(() => {
  const { at, model, store, open, panels } = explorer;

  /* A key of 53 bits (cyrb53, public domain) of an IRI, in base 36. */
  const keyOf = (text) => {
    let one = 0xdeadbeef, two = 0x41c6ce57;
    for (let i = 0; i < text.length; i += 1) {
      const sign = text.charCodeAt(i);
      one = Math.imul(one ^ sign, 2654435761);
      two = Math.imul(two ^ sign, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36);
  };
  const nameOf = {
    nodes: (one) => one.iri, facts: (one) => one.iri, articles: (one) => one.iri, disputes: (one) => one.iri,
    claims: (one) => model.facts[one.fact].iri,
    spans: (one) => model.articles[one.article].iri + "#char=" + one.start + "," + one.end,
    edges: (one) => model.nodes[one.from].iri + " " + one.role + " " + model.nodes[one.to].iri,
  };
  const COLLECTION = { node: "nodes", fact: "facts", claim: "claims", edge: "edges", span: "spans", article: "articles", dispute: "disputes" };
  const known = new Map();
  const byKey = (collection, key) => {
    if (!known.has(collection)) known.set(collection, new Map(model[collection].map((one) => [keyOf(nameOf[collection](one)), one.id])));
    return known.get(collection).get(key) ?? -1;
  };
  const key = (one, collection = "articles") => keyOf(nameOf[collection](one));
  Object.assign(explorer, { key, byKey });

  const SETS = [["off", "classesOff"], ["actuality", "actualitiesOff"], ["certainty", "certaintiesOff"], ["polarity", "polaritiesOff"], ["act", "actsOff"]];
  const KEYED = [["by", "speakers", "nodes"], ["in", "articles", "articles"]];
  const written = () => {
    const { filters, focus, selection } = store, found = new URLSearchParams();
    found.set("view", open.stage.join("+"));
    if (open.side && open.side !== "facts") found.set("side", open.side);
    for (const [name, field] of SETS) if (filters[field].size) found.set(name, [...filters[field]].sort().join("."));
    for (const [name, field, collection] of KEYED) if (filters[field].size) found.set(name, [...filters[field]].map((id) => key(model[collection][id], collection)).sort().join("."));
    if (filters.basis !== "event") found.set("dates", filters.basis);
    if (filters.from !== null) found.set("from", explorer.isoDay(filters.from));
    if (filters.to !== null) found.set("to", explorer.isoDay(filters.to));
    if (filters.disputed) found.set("disputed", "yes");
    if (filters.text) found.set("words", filters.text);
    if (focus) found.set("focus", [focus.kind, key(model.nodes[focus.node], "nodes"), focus.kind === "chain" ? key(model.nodes[focus.other], "nodes") : focus.hops].join("."));
    if (selection) found.set("chosen", selection.kind + "." + key(model[COLLECTION[selection.kind]][selection.id], COLLECTION[selection.kind]));
    for (const panel of panels) {
      const text = panel.root ? panel.view() : panel.wish || "";
      if (text) found.set("at-" + panel.name, text);
    }
    return "#" + found.toString();
  };
  const read = (hash) => {
    const found = new URLSearchParams(hash.replace(/^#/, "")), filters = store.fresh();
    for (const [name, field] of SETS) if (found.get(name)) filters[field] = new Set(found.get(name).split("."));
    for (const [name, field, collection] of KEYED) if (found.get(name)) filters[field] = new Set(found.get(name).split(".").map((one) => byKey(collection, one)).filter((id) => id >= 0));
    if (["claim", "publication"].includes(found.get("dates"))) filters.basis = found.get("dates");
    filters.from = explorer.dayOf(found.get("from"));
    filters.to = explorer.dayOf(found.get("to"));
    filters.disputed = found.get("disputed") === "yes";
    filters.text = found.get("words") || "";
    let focus = null, selection = null;
    const [kind, node, last] = (found.get("focus") || "").split(".");
    if (kind === "around" && byKey("nodes", node) >= 0) focus = { kind, node: byKey("nodes", node), hops: Math.max(1, Math.min(3, Number(last) || 1)) };
    if (kind === "chain" && byKey("nodes", node) >= 0 && byKey("nodes", last) >= 0) focus = { kind, node: byKey("nodes", node), other: byKey("nodes", last) };
    const [what, which] = (found.get("chosen") || "").split(".");
    if (COLLECTION[what] && byKey(COLLECTION[what], which) >= 0) selection = { kind: what, id: byKey(COLLECTION[what], which) };
    for (const panel of panels) {
      const text = found.get("at-" + panel.name);
      if (text === null) continue;
      if (panel.root) panel.restore(text);
      else panel.wish = text;
    }
    store.become(filters, focus, selection);
    const view = (found.get("view") || "").split(/[+ ]/).filter((name) => panels.some((panel) => panel.name === name && !panel.side));
    return { view, side: found.get("side") || "facts" };
  };
  /* A change of selection or focus is a step that the browser's Back takes back; filters are not. */
  let quiet = true, step = "";
  const link = () => {
    if (quiet) return;
    const hash = written(), now = JSON.stringify([store.selection, store.focus]);
    if (hash === location.hash) return;
    history[now === step ? "replaceState" : "pushState"](null, "", hash);
    step = now;
  };
  let queued = false;
  explorer.link = () => { if (queued || quiet) return; queued = true; requestAnimationFrame(() => { queued = false; link(); }); };
  explorer.address = written;
  const become = (hash) => {
    quiet = true;
    const { view, side } = read(hash);
    explorer.show(...(view.length ? view : [panels.find((panel) => !panel.side)?.name]));
    explorer.showSide(side);
    step = JSON.stringify([store.selection, store.focus]);
    quiet = false;
  };
  explorer.begin = () => become(location.hash);
  window.addEventListener("popstate", () => become(location.hash));
  at("copy").onclick = async () => {
    link();
    const address = location.href.split("#")[0] + written();
    try { await navigator.clipboard.writeText(address); explorer.say("The link is copied; it brings back all that you see."); }
    catch { explorer.say("The address of this page brings back all that you see: copy it from the browser."); }
  };
})();
