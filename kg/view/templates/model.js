"use strict";
/* The model: everything the page knows, as arrays whose index is the id. Made once from the JSON of
   kg/view/payload.py and never changed. Where a thing is not there its id is -1, a number null, a text "".

   articles   {id, iri, title, issued "YYYY-MM-DD", publisher, source, text, whole, spans: [ids by start], facts}
   spans      {id, article, start, end (UTF-16 into text), facts: [evidence or trigger of], nodes: [named here], claims}
   nodes      {id, iri, label, short, cls "Settlement", kind "settlement", family, names, rows: [[role, text, node]],
               fact (its own, or -1 for an entity), point {lat, lon, km} | null, disputed, degree, facts: [taken part in],
               edges, spans: [mentions], articles, x, y (null where the page places nodes)}
   edges      {id, from, to, role, group, facts}
   facts      {id, iri, node, cls "AirStrike", kind, family ("Event" "Figure" "Claim", else the class), title, rows,
               article, span (evidence), trigger, passage (span of the statement round it), actuality, confidence,
               earliest, latest, precision, timeText, lower, upper, unit, figureText, outcome, event,
               roles {place: [nodes] …}, claims: [that say it], disputed, disputes, agreements, same}
   claims     {id, fact, node, speaker, by, outlet, reporters, reportedBy, polarity, certainty, act, form, cue, medium,
               quote, time, contents: [facts], about: [nodes], article, span, disputes}
   disputes   {id, iri, kind, word, findings: [{rule, ruleLabel, ruleText, claims: [a, b], facts: [a, b], spans: [a, b]}], claims, facts}
   agreements {id, origins, claims, facts}
   distances  {id, facility, event, place, km, uncertainty, stated, figure, supported}
   board      the same with day, what "event" | "edge" | "stated", claims
   holdings   {id, place, day, controllers, polarity, contested, claims, facts}
   updates    {id, claims: [earlier, later], facts: [earlier, later]}    a speaker's later, higher count
   echoes     {id, claims: [as they were printed]}                       copied text
   fronts     {id, advance (fact), day, places, facts}                   the edge of an incursion on a day
   outlines   of land and boundaries, for explorer.outlines */
(() => {
  const data = JSON.parse(explorer.at("data").textContent);
  const { strings } = data;

  /* Columns to objects; a column $name holds indexes into strings. */
  const unpacked = (columns) => {
    const names = Object.keys(columns), found = [];
    const count = names.length ? columns[names[0]].length : 0;
    for (let id = 0; id < count; id += 1) {
      const one = { id };
      for (const name of names) {
        if (name[0] === "$") one[name.slice(1)] = strings[columns[name][id]];
        else one[name] = columns[name][id];
      }
      found.push(one);
    }
    return found;
  };
  const model = { title: data.title, limit: data.limit, base: data.base, kinds: data.kinds, outlines: data.outlines };
  for (const name of ["articles", "spans", "nodes", "edges", "facts", "claims", "disputes", "agreements", "distances", "board", "holdings", "updates", "echoes", "fronts"]) model[name] = unpacked(data[name]);
  const { articles, spans, nodes, edges, facts, claims, disputes, agreements } = model;
  const findings = unpacked(data.findings);
  const full = (iri) => (iri.includes("://") ? iri : data.base + iri);

  for (const article of articles) Object.assign(article, { iri: full(article.iri), whole: Boolean(article.whole), spans: [], facts: [] });
  for (const span of spans) { Object.assign(span, { facts: [], nodes: [], claims: [] }); articles[span.article].spans.push(span.id); }
  for (const article of articles) article.spans.sort((a, b) => spans[a].start - spans[b].start || spans[b].end - spans[a].end || a - b);
  for (const fact of facts) {
    const [kind, family] = data.kinds[fact.cls];
    Object.assign(fact, { kind, family, claims: [], disputes: [], agreements: [], disputed: false, passage: fact.span });
    if (fact.article >= 0) { fact.iri = articles[fact.article].iri + fact.iri; articles[fact.article].facts.push(fact.id); }
    for (const span of new Set([fact.span, fact.trigger])) if (span >= 0) spans[span].facts.push(fact.id);
  }
  for (const node of nodes) {
    const own = node.fact >= 0 ? facts[node.fact] : null;
    if (own) Object.assign(node, { iri: own.iri, label: own.title, cls: own.cls, kind: own.kind, family: own.family, spans: [] });
    else { node.iri = full(node.iri); [node.kind, node.family] = data.kinds[node.cls]; node.short = node.label; }
    node.point = node.point ? { lat: node.point[0], lon: node.point[1], km: node.point[2] } : null;
    [node.x, node.y] = node.spot || [null, null];
    delete node.spot;
    Object.assign(node, { edges: [], facts: own ? [own.id] : [], degree: 0, disputed: false });
    for (const span of node.spans) spans[span].nodes.push(node.id);
  }
  const rows = (one) => { one.rows = one.rows.map(([role, text, node]) => [strings[role], text || (node >= 0 ? nodes[node].label : ""), node]); };
  facts.forEach(rows);
  nodes.forEach(rows);
  /* what ties a node to facts and to other nodes; voices and figures do not make it a hub */
  const QUIET = new Set(["says", "counts", "voice"]);
  for (const edge of edges) {
    for (const end of new Set([edge.from, edge.to])) {
      nodes[end].edges.push(edge.id);
      if (!QUIET.has(edge.group)) nodes[end].degree += 1;
      if (nodes[end].fact < 0) nodes[end].facts.push(...edge.facts);
    }
  }
  for (const node of nodes) {
    node.facts = [...new Set(node.facts)].sort((a, b) => a - b);
    node.articles = [...new Set([...node.spans.map((span) => spans[span].article), ...node.facts.map((fact) => facts[fact].article)])].filter((one) => one >= 0).sort((a, b) => a - b);
  }
  for (const claim of claims) {
    const own = facts[claim.fact];
    Object.assign(claim, { node: own.node, article: own.article, span: own.span, disputes: [], outlet: claim.speaker >= 0 && nodes[claim.speaker].cls === "MediaOutlet" });
    own.claims.push(claim.id);
    for (const fact of claim.contents) facts[fact].claims.push(claim.id);
    if (claim.span >= 0) spans[claim.span].claims.push(claim.id);
  }
  for (const fact of facts) {
    if (fact.span < 0) continue;
    const { start, end } = spans[fact.span];
    for (const claim of fact.claims) {
      const around = spans[claims[claim].span];
      if (around && around.article === fact.article && around.start <= start && end <= around.end && around.end - around.start > spans[fact.passage].end - spans[fact.passage].start) fact.passage = around.id;
    }
  }
  for (const dispute of disputes) {
    dispute.iri = full(dispute.iri);
    dispute.findings = dispute.findings.map((id) => { const { rule, claims: said, facts: about, spans: at } = findings[id]; const [ruleLabel, ruleText] = data.rules[rule] || [rule.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase(), ""]; return { rule, ruleLabel, ruleText, claims: said, facts: about, spans: at }; });
    for (const fact of dispute.facts) { facts[fact].disputed = true; facts[fact].disputes.push(dispute.id); if (facts[fact].node >= 0) nodes[facts[fact].node].disputed = true; }
    for (const claim of dispute.claims) { claims[claim].disputes.push(dispute.id); const own = facts[claims[claim].fact]; own.disputed = true; if (!own.disputes.includes(dispute.id)) own.disputes.push(dispute.id); }
  }
  for (const agreement of agreements) for (const fact of agreement.facts) facts[fact].agreements.push(agreement.id);
  /* the earlier first: by when it was said, else by the smaller number */
  const said = (claim) => claims[claim].time || (claims[claim].article >= 0 ? articles[claims[claim].article].issued : "");
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  for (const update of model.updates) {
    update.facts.sort((a, b) => (facts[a].lower ?? facts[a].upper ?? 0) - (facts[b].lower ?? facts[b].upper ?? 0) || a - b);
    update.claims.sort((a, b) => update.facts.findIndex((fact) => claims[a].contents.includes(fact)) - update.facts.findIndex((fact) => claims[b].contents.includes(fact)) || order(said(a), said(b)));
  }
  for (const echo of model.echoes) echo.claims.sort((a, b) => order(articles[claims[a].article].issued, articles[claims[b].article].issued) || a - b);
  model.textOf = (id) => (id < 0 ? "" : articles[spans[id].article].text.slice(spans[id].start, spans[id].end));

  /* ── days since 1970, the measure of all date filters and of the timeline ───────────── */
  const dayOf = (text) => { const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(text || ""); return found ? Math.floor(Date.UTC(+found[1], +found[2] - 1, +found[3]) / 86400000) : null; };
  const between = (from, to) => (from === null && to === null ? null : [from ?? to, to ?? from]);
  /* [from, to] of a fact: when it happened, when it was claimed, or when its article came out; null if unknown. */
  explorer.days = (fact, basis = "event") => {
    const issued = fact.article >= 0 ? dayOf(articles[fact.article].issued) : null;
    if (basis === "publication") return between(issued, issued);
    if (basis === "claim") {
      const said = fact.claims.map((claim) => dayOf(claims[claim].time)).filter((one) => one !== null);
      return said.length ? [Math.min(...said), Math.max(...said)] : between(issued, issued);
    }
    const own = between(dayOf(fact.earliest), dayOf(fact.latest));
    if (own) return own;
    if (fact.event >= 0 && facts[fact.event] !== fact) return between(dayOf(facts[fact.event].earliest), dayOf(facts[fact.event].latest));
    if (fact.cls === "Claim") {
      const about = claimOf(fact).contents.map((one) => between(dayOf(facts[one].earliest), dayOf(facts[one].latest))).filter(Boolean);
      return about.length ? [Math.min(...about.map((one) => one[0])), Math.max(...about.map((one) => one[1]))] : null;
    }
    return null;
  };
  const own = new Map(claims.map((claim) => [claim.fact, claim]));
  const claimOf = (fact) => own.get(fact.id);
  model.claimOf = claimOf;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  explorer.dayOf = dayOf;
  explorer.isoDay = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
  explorer.dayText = (day) => { const date = new Date(day * 86400000); return date.getUTCDate() + " " + MONTHS[date.getUTCMonth()] + " " + date.getUTCFullYear(); };
  explorer.dateText = (text) => { const day = dayOf(text); if (day === null) return text; const hour = /T(\d\d:\d\d)/.exec(text); return explorer.dayText(day) + (hour ? ", " + hour[1] : ""); };
  explorer.model = model;
})();
