"use strict";
/* The column's first tab: everything about what is selected; without a selection, where to begin. */
(() => {
  const { model, store, make, capital, plural, amount, swatch, thing, rowList, card, cardList, voiceLine, GROUPS, stroke } = explorer;
  const { nodes, edges, facts, claims, spans, articles, disputes } = model;
  let root = null;

  const SECTIONS = [
    ["Figures", ["counts"]], ["Posts and memberships", ["belongs"]], ["Control", ["holds"]],
    ["Takes part in", ["acts", "affects", "with"]], ["What happens here", ["where"]], ["Part of, caused by", ["leads"]],
    ["What it says", ["asserts", "denies", "voice", "says"]],
  ];
  const PLACE_SECTIONS = [
    ["Figures", ["counts"]], ["Control", ["holds"]], ["What happens here", ["affects", "where", "acts"]], ["Posts", ["belongs"]],
    ["Said about it", ["asserts", "denies", "voice", "says"]],
  ];
  const heading = (picture, badge, title) => [
    make("div", { class: "badge" }, picture, badge), make("h3", { tabindex: "-1", dir: "auto" }, capital(title))];

  /* ── a node ──────────────────────────────────────────────────────────────────────────── */
  const steps = (id) => {
    const { focus } = store, on = focus && focus.kind === "around" && focus.node === id ? focus.hops : 0;
    const box = make("div", { class: "steps", role: "group", "aria-label": "Neighbourhood" }, make("span", {}, "Only this and"));
    for (const hops of [1, 2, 3]) box.append(make("button", {
      type: "button", class: "plain", "aria-pressed": String(on === hops), title: "Show only what is within " + plural(hops, "step"),
      onclick: () => store.setFocus(on === hops ? null : { kind: "around", node: id, hops }),
    }, String(hops)));
    box.append(make("span", {}, "steps around · "), make("button", { type: "button", class: "link", onclick: () => explorer.askChain(id) }, "chain to …"));
    return box;
  };
  const node = (id) => {
    const one = nodes[id], taken = new Set(one.fact >= 0 ? [one.fact] : []);
    root.append(...heading(swatch(one.family, 14), one.kind + (one.disputed ? " · disputed" : ""), one.label), steps(id));
    const rows = [...(one.names.length ? [["also called", one.names.slice(0, 8).join(", "), -1]] : []), ...one.rows];
    if (one.point) rows.push(["coordinates", one.point.lat.toFixed(3) + ", " + one.point.lon.toFixed(3) + (one.point.km ? " (± " + one.point.km + " km)" : ""), -1]);
    const list = rowList(rows);
    if (list) root.append(list);
    if (one.fact >= 0) root.append(card(one.fact, { own: true }));
    if (["Actor"].includes(one.family) && store.spoken(id).length) root.append(make("button", { type: "button", class: "plain wide", onclick: () => store.setFilters({ speakers: new Set([id]) }) }, "Show only what " + one.label + " says (" + amount(store.spoken(id).length) + ")"));
    for (const [title, groups] of ["Place", "Facility"].includes(one.family) ? PLACE_SECTIONS : SECTIONS) {
      const entries = [];
      for (const id2 of one.edges) {
        const edge = edges[id2];
        if (!groups.includes(edge.group)) continue;
        const far = nodes[edge.from === id ? edge.to : edge.from];
        if (one.fact >= 0 && !["counts", "leads"].includes(edge.group)) continue;
        /* of a claim, the fact it is about says more than the claim does */
        const own = far.fact >= 0 && title !== "Figures" ? [far.fact] : edge.facts;
        for (const fact of own) {
          if (taken.has(fact) || !store.shown.facts[fact]) continue;
          taken.add(fact);
          entries.push([fact, ["What it says", "Figures", "What happens here"].includes(title) ? facts[fact].kind : edge.role]);
        }
      }
      /* happenings before figures and states, what is disputed first */
      const weight = ([fact]) => (facts[fact].family === "Event" ? 0 : 2) + (facts[fact].disputed ? 0 : 1);
      entries.sort((a, b) => weight(a) - weight(b));
      cardList(root, one.fact >= 0 && title === "Part of, caused by" ? "Connected events" : title, entries, id);
    }
    near(one);
    mentioned(one);
    if (one.fact < 0 && !taken.size) root.append(make("p", { class: "intro" }, one.facts.length ? "The filters hide all facts about it." : "Named in the articles; no fact could be read about it."));
  };
  const near = (one) => {
    const found = model.distances.filter((row) => row.facility === one.id && row.event >= 0 && store.shown.facts[row.event] && row.uncertainty <= 60);
    if (!found.length) return;
    root.append(make("h4", {}, "Nearest events"));
    root.append(rowList(found.slice(0, 8).map((row) => [row.km + " ± " + row.uncertainty + " km", facts[row.event].title, facts[row.event].node])));
  };
  const mentioned = (one) => {
    if (!one.spans.length) return;
    root.append(make("h4", {}, "Named in"));
    const list = make("ul", { class: "plainlist" });
    for (const id of [...new Set(one.spans.map((span) => spans[span].article))].slice(0, 12)) {
      const first = one.spans.find((span) => spans[span].article === id);
      list.append(make("li", {}, make("button", { type: "button", class: "link", dir: "auto", onclick: () => explorer.readSpan(first) }, articles[id].title), make("small", {}, " " + explorer.articleLine(articles[id]))));
    }
    root.append(list);
  };

  /* ── other kinds of selection ────────────────────────────────────────────────────────── */
  const DRAW = {
    node,
    fact: (id) => {
      if (facts[id].node >= 0) return node(facts[id].node);
      root.append(...heading(null, facts[id].kind + (facts[id].disputed ? " · disputed" : ""), facts[id].title), card(id, { own: true }));
    },
    claim: (id) => DRAW.fact(claims[id].fact),
    edge: (id) => {
      const edge = edges[id];
      root.append(make("div", { class: "badge" }, stroke(GROUPS.find((group) => group[0] === edge.group)), edge.role),
        make("h3", { tabindex: "-1" }, thing(capital(nodes[edge.from].label), "node", edge.from), " → ", thing(nodes[edge.to].label, "node", edge.to)));
      cardList(root, "Facts behind it", edge.facts.map((fact) => [fact, facts[fact].kind]));
      if (!edge.facts.length) root.append(make("p", { class: "intro" }, "From the reference data."));
    },
    span: (id) => {
      const span = spans[id];
      root.append(...heading(null, "words of the article", "“" + explorer.cut(model.textOf(id), 90) + "”"));
      if (span.nodes.length) root.append(make("h4", {}, "Names"), rowList(span.nodes.map((one) => [nodes[one].kind, nodes[one].label, one])));
      cardList(root, "Read from it", span.facts.map((fact) => [fact, facts[fact].kind]));
    },
    article: (id) => {
      const article = articles[id];
      root.append(...heading(null, explorer.articleLine(article) || "article", article.title));
      if (article.source) root.append(make("p", { class: "from" }, article.source));
      root.append(make("div", { class: "steps" },
        make("button", { type: "button", class: "plain", onclick: () => explorer.readArticle(id) }, "Read it"),
        make("button", { type: "button", class: "plain", onclick: () => store.setFilters({ articles: new Set([id]) }) }, "Show only this article")));
      cardList(root, "Facts", article.facts.filter((fact) => facts[fact].cls !== "Claim" && store.shown.facts[fact]).map((fact) => [fact, facts[fact].kind]));
    },
    dispute: (id) => {
      const dispute = disputes[id];
      root.append(...heading(null, plural(dispute.claims.length, "claim"), dispute.word));
      const told = new Set();
      for (const finding of dispute.findings) if (!told.has(finding.rule)) { told.add(finding.rule); root.append(make("p", { class: "intro" }, make("b", {}, capital(finding.ruleLabel) + ". "), finding.ruleText)); }
      cardList(root, "What is at odds", dispute.facts.map((fact) => [fact, facts[fact].kind]));
    },
  };
  /* The chain between two nodes, step by step, with the claims along it. */
  const chain = () => {
    const { focus, path } = store;
    root.append(make("div", { class: "badge" }, "shortest chain"), make("h3", { tabindex: "-1" }, thing(capital(nodes[focus.node].label), "node", focus.node), " – ", thing(nodes[focus.other].label, "node", focus.other)));
    if (!path) { root.append(make("p", { class: "intro" }, "Nothing connects the two in what is shown.")); return; }
    const list = make("ol", { class: "chain" });
    path.forEach((step, index) => {
      const item = make("li", {}, swatch(nodes[step.node].family, 14), " ", thing(capital(nodes[step.node].label), "node", step.node), make("small", {}, " " + nodes[step.node].kind));
      const next = path[index + 1];
      if (next) {
        const edge = edges[next.edge], forth = edge.from === step.node;
        const way = make("div", { class: "way" }, make("span", {}, (forth ? "↓ " : "↑ ") + edge.role));
        const said = [...new Set(edge.facts.flatMap((fact) => facts[fact].claims))];
        for (const fact of edge.facts.slice(0, 2)) { const quote = explorer.passage(facts[fact]); if (quote) way.append(quote); }
        said.slice(0, 4).forEach((claim) => way.append(voiceLine(claim)));
        if (said.length > 4) way.append(make("small", {}, "and " + plural(said.length - 4, "more voice")));
        item.append(way);
      }
      list.append(item);
    });
    root.append(list);
  };
  const intro = () => {
    const disputed = facts.filter((fact) => fact.disputed && fact.cls !== "Claim" && store.shown.facts[fact.id]);
    const box = make("div", { class: "intro" }, make("h3", { tabindex: "-1" }, "Who says what"),
      make("p", {}, "Choose anything – a node, a line, a place, a date, words of an article – to read the facts behind it, who says so, and the passage they stand on. All views follow. Hollow events are possible, planned, demanded or denied; a red rim marks what is disputed."));
    const top = nodes.filter((one) => store.shown.nodes[one.id] && one.fact < 0).sort((a, b) => b.degree - a.degree || a.id - b.id).slice(0, 7);
    const list = (title, found) => {
      if (!found.length) return;
      box.append(make("h4", {}, title), make("ul", { class: "plainlist" }, ...found.map(([picture, words, kind, id, small]) => make("li", {}, picture, " ", thing(capital(words), kind, id), make("small", {}, " " + small)))));
    };
    list("Most connected", top.map((one) => [swatch(one.family, 13), one.label, "node", one.id, one.kind]));
    list("Disputed", disputed.slice(0, 8).map((fact) => [swatch(fact.family in explorer.FAMILIES ? fact.family : "Claim", 13), fact.title, "fact", fact.id, fact.claims.map((claim) => claims[claim].by)[0] || ""]));
    list("Articles", articles.filter((one) => store.shown.articles[one.id]).slice(0, 12).map((one) => [null, one.title, "article", one.id, explorer.articleLine(one)]));
    if (facts.length) box.append(make("h4", {}, "Take along"), make("div", { class: "steps" }, make("span", {}, "All facts shown, with their words and speakers:"), ...["csv", "json"].map((form) => make("button", { type: "button", class: "plain", id: "facts-" + form, onclick: () => explorer.download("facts", form) }, form.toUpperCase()))));
    if (!facts.length) box.append(make("p", {}, "Nothing has been built into this graph yet: kg build reads articles into it."));
    root.append(box);
  };
  const update = (changed) => {
    if (!["selection", "filters", "focus"].some((one) => changed.has(one))) return;
    const keep = root.scrollTop, held = !changed.has("selection") && !changed.has("focus");
    root.replaceChildren();
    if (store.selection) DRAW[store.selection.kind](store.selection.id);
    else if (store.focus && store.focus.kind === "chain") chain();
    else intro();
    root.scrollTop = held ? keep : 0;
  };
  /* Every fact shown as a row: what, who, where, when, how many, who says so and how, in which words. */
  const table = () => {
    const named = (ids) => (ids || []).map((id) => nodes[id].label).join("; ");
    const rows = facts.filter((fact) => store.shown.facts[fact.id] && fact.cls !== "Claim").map((fact) => {
      const said = fact.claims.map((id) => claims[id]).filter((claim) => store.shown.claims[claim.id]), told = (key) => [...new Set(said.map((claim) => claim[key]))].join("; ");
      const article = articles[fact.article] || {};
      return {
        iri: fact.iri, class: fact.cls, title: fact.title, actuality: fact.actuality, earliest: fact.earliest, latest: fact.latest, time: fact.timeText, lower: fact.lower, upper: fact.upper, unit: fact.unit,
        initiator: named(fact.roles.initiator), target: named(fact.roles.target), victim: named(fact.roles.victim), place: named(fact.roles.place), "said by": told("by"), polarity: told("polarity"), certainty: told("certainty"),
        disputed: fact.disputed ? "yes" : "", words: model.textOf(fact.span), article: article.title || "", published: article.issued || "", publisher: article.publisher || "", source: article.source || article.iri || "",
      };
    });
    return rows;
  };
  explorer.register({
    name: "facts", title: "Facts", order: 1, side: true, mount: (box) => { root = box; }, update,
    formats: { csv: () => { const rows = table(), columns = Object.keys(rows[0] || { iri: "" }); return { columns, rows: rows.map((row) => columns.map((column) => row[column])) }; }, json: table },
  });

  /* A choice made by name: shown, even where filters hid it; the column opens. */
  explorer.choose = (kind, id) => {
    if (id < 0) return;
    if (!store.isShown({ kind, id })) { explorer.say("The filters hid it; they are reset."); store.reset(); }
    store.select(kind, id);
    if (explorer.open.side !== "facts") explorer.showSide("facts");
    explorer.openColumn(true);
    root.querySelector("h3")?.focus({ preventScroll: true });
  };
})();
