"use strict";
/* The column's second tab: an article with every span that something was read from.

   Spans overlap and nest, so the text is cut where any span begins or ends; each piece carries the
   spans over it. Names are underlined in their family's colour (one style of line for each family),
   triggers stand on a coloured ground, evidence of facts on a faint one. One piece is one stop. */
(() => {
  const { model, store, make, amount, plural, swatch } = explorer;
  const { articles, spans, nodes, facts } = model;
  let root = null, picker = null, body = null, bar = null, current = -1, drawn = -1, pieces = [], wanted = -1;

  const FAMILY = (span) => (span.nodes.length ? nodes[span.nodes[0]].family : "");
  const triggerOf = (span) => span.facts.filter((fact) => facts[fact].trigger === span.id);
  /* The span that a click on a piece selects: the shortest over it; a trigger before a name. */
  const foremost = (over) => over.map((id) => spans[id]).sort((a, b) => (a.end - a.start) - (b.end - b.start) || triggerOf(b).length - triggerOf(a).length || a.id - b.id)[0];

  const cutUp = (article) => {
    const cuts = new Set([0, article.text.length]);
    for (const id of article.spans) cuts.add(spans[id].start).add(spans[id].end);
    const edges = [...cuts].filter((one) => one >= 0 && one <= article.text.length).sort((a, b) => a - b);
    const found = [];
    let next = 0, over = [];
    for (let i = 0; i + 1 < edges.length; i += 1) {
      const from = edges[i], to = edges[i + 1];
      over = over.filter((id) => spans[id].end > from);
      while (next < article.spans.length && spans[article.spans[next]].start <= from) { if (spans[article.spans[next]].end > from) over.push(article.spans[next]); next += 1; }
      found.push({ from, to, over: [...over] });
    }
    return found;
  };
  const label = (over) => {
    const named = new Set(), read = new Set();
    for (const id of over) { spans[id].nodes.forEach((one) => named.add(nodes[one].kind + " " + nodes[one].label)); spans[id].facts.forEach((fact) => read.add(facts[fact].kind)); }
    return [...named, ...read].slice(0, 6).join("; ");
  };
  const draw = () => {
    const article = articles[current];
    pieces = [];
    body.replaceChildren();
    drawn = current;
    if (!article) { body.append(make("p", { class: "intro" }, "There is no article in this graph yet.")); return; }
    const box = make("div", { class: "reading", dir: "auto", lang: "en" });
    for (const piece of cutUp(article)) {
      const text = article.text.slice(piece.from, piece.to);
      if (!piece.over.length) { box.append(text); continue; }
      const inner = foremost(piece.over), trigger = piece.over.some((id) => triggerOf(spans[id]).length && spans[id].end - spans[id].start < 60);
      const name = piece.over.map((id) => spans[id]).find((span) => span.nodes.length);
      const classes = ["piece", trigger ? "trigger" : piece.over.some((id) => spans[id].facts.length) ? "evidence" : "", name ? "named n-" + FAMILY(name) : ""];
      const element = make("span", { class: classes.filter(Boolean).join(" "), role: "button", "data-key": inner.id, "data-spans": piece.over.join(" "), title: label(piece.over) }, text);
      piece.element = element;
      pieces.push(piece);
      box.append(element);
    }
    body.append(box);
    if (!article.whole) body.append(make("p", { class: "fine" }, "The store holds only the passages that something was read from; build the article again to see it whole."));
    explorer.roving(box, ".piece");
    explorer.press(box, (event) => {
      const element = event.target.closest(".piece");
      if (element) { store.select("span", Number(element.dataset.key)); explorer.openColumn(true); }
    });
  };
  const mark = (scroll) => {
    const { chosen, shown, selection } = store;
    const exact = selection && selection.kind === "span" ? selection.id : -1;
    let first = null;
    for (const piece of pieces) {
      const hot = selection !== null && piece.over.some((id) => chosen.spans.has(id));
      const live = piece.over.some((id) => spans[id].facts.some((fact) => shown.facts[fact]) || spans[id].nodes.some((one) => shown.nodes[one]));
      piece.element.classList.toggle("hot", hot);
      const core = hot && piece.over.some((id) => chosen.core.has(id));
      piece.element.classList.toggle("core", exact >= 0 ? piece.over.includes(exact) : core);
      piece.element.classList.toggle("out", !live);
      piece.element.setAttribute("aria-pressed", String(hot));
      const sought = wanted >= 0 ? piece.over.includes(wanted) : core;
      if (sought && !first) first = piece.element;
    }
    if (scroll && first) {
      const box = root.getBoundingClientRect(), at = first.getBoundingClientRect();
      if (at.top < box.top + 70 || at.bottom > box.bottom - 20) root.scrollTop += at.top - box.top - Math.min(180, box.height * 0.3);
    }
    wanted = -1;
    const live = articles[current] ? articles[current].spans.filter((id) => spans[id].facts.some((fact) => shown.facts[fact]) || spans[id].nodes.some((one) => shown.nodes[one])).length : 0;
    bar.replaceChildren(articles[current] ? [amount(live) + " of " + plural(articles[current].spans.length, "marked passage"), explorer.articleLine(articles[current])].filter(Boolean).join(" · ") : "");
  };
  const choose = (id) => { current = id; picker.value = String(id); draw(); };
  const list = () => {
    const order = [...articles].sort((a, b) => (a.issued < b.issued ? -1 : a.issued > b.issued ? 1 : a.id - b.id));
    picker.replaceChildren(...order.filter((one) => store.shown.articles[one.id] || one.id === current).map((one) => make("option", { value: String(one.id) }, (one.issued ? one.issued + "  " : "") + one.title)));
    picker.value = String(current);
  };
  const mount = (box) => {
    root = box;
    picker = make("select", { id: "article", "aria-label": "Article", onchange: (event) => { choose(Number(event.target.value)); mark(false); root.scrollTop = 0; explorer.link(); } });
    bar = make("p", { class: "fine", id: "text-count" });
    body = make("div", {});
    const key = make("p", { class: "legend-line", "aria-hidden": "true" }, make("span", { class: "piece trigger" }, "trigger"), make("span", { class: "piece evidence" }, "evidence"),
      ...["Actor", "Place", "Facility", "Equipment"].map((family) => make("span", { class: "piece named n-" + family }, swatch(family, 11), " " + family.toLowerCase())));
    root.append(picker, bar, key, body);
    if (current < 0) current = articles.findIndex((one) => store.shown.articles[one.id]);
    if (current < 0 && articles.length) current = 0;
  };
  /* The article of what is selected, unless the open one holds it too. */
  const follow = () => {
    if (wanted >= 0) { current = spans[wanted].article; return; }
    const { selection, chosen } = store;
    if (!selection) { if (!store.shown.articles[current]) { const next = articles.findIndex((one) => store.shown.articles[one.id]); if (next >= 0) current = next; } return; }
    if (selection.kind === "article") { current = selection.id; return; }
    const first = selection.kind === "fact" ? facts[selection.id].article : selection.kind === "span" ? spans[selection.id].article : selection.kind === "node" && nodes[selection.id].fact >= 0 ? facts[nodes[selection.id].fact].article : selection.kind === "claim" ? model.claims[selection.id].article : -1;
    if (first >= 0) current = first;
    else if (chosen.articles.size && !chosen.articles.has(current)) current = Math.min(...chosen.articles);
  };
  const update = (changed) => {
    if (![...changed].some((one) => ["selection", "filters", "focus"].includes(one))) return;
    follow();
    list();
    if (drawn !== current || !pieces.length) choose(current);
    mark(changed.has("selection") || wanted >= 0);
  };
  explorer.register({
    name: "text", title: "Source text", order: 2, side: true, mount, update,
    view: () => (current >= 0 ? explorer.key(articles[current]) : ""),
    restore: (key) => { const found = explorer.byKey("articles", key); if (found >= 0) { current = found; if (body) { list(); choose(current); mark(false); } } },
  });
  /* Opens the article at a fact, a span, or its beginning. */
  explorer.readSpan = (span) => { wanted = span; explorer.showSide("text"); update(new Set(["selection"])); explorer.openColumn(true); explorer.link(); };
  explorer.read = (fact) => { store.select("fact", fact.id); explorer.readSpan(fact.trigger >= 0 ? fact.trigger : fact.span); };
  explorer.readArticle = (id) => { store.select("article", id); current = id; explorer.showSide("text"); update(new Set(["selection"])); root.scrollTop = 0; };
})();
