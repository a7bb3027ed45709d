"use strict";
/* Search over everything: names, events and figures, claims, and the words of the articles. */
(() => {
  const { at, model, store, make, capital, amount, cut, fold, swatch } = explorer;
  const { nodes, facts, claims, spans, articles } = model;
  const box = at("search"), list = at("found");
  const MOST = 7;
  let index = null;
  const build = () => {
    const names = nodes.map((node) => fold([node.label, node.kind, ...node.names].join(" ")));
    const rank = nodes.map((node) => node.id).sort((a, b) => nodes[b].degree - nodes[a].degree || a - b);
    const texts = articles.map((article) => { const low = article.text.toLowerCase(); return low.length === article.text.length ? low : article.text; });
    index = { names, rank, texts, starts: nodes.map((node) => fold(node.label)) };
  };
  const snippet = (text, spot, long) => { const from = Math.max(0, spot - 40); return (from ? "…" : "") + text.slice(from, spot + long + 70).replace(/\s+/g, " ") + "…"; };
  /* The span at a place of an article, else the nearest one before it. */
  const spanAt = (article, spot) => {
    let best = -1;
    for (const id of articles[article].spans) { if (spans[id].start > spot) break; if (best < 0 || spans[id].end > spot || spans[best].end <= spot) best = id; }
    return best;
  };
  /* Groups of hits: [title, [{picture, words, kind, small, act}], how many there are]. */
  const hits = (query) => {
    if (!index) build();
    const words = fold(query).split(/\s+/).filter(Boolean), every = (text) => words.every((word) => text.includes(word));
    if (!words.length) return [];
    const whole = words.join(" "), order = (id) => (index.starts[id] === whole ? 0 : index.starts[id].startsWith(whole) ? 1 : index.starts[id].startsWith(words[0]) ? 2 : 3);
    const named = index.rank.filter((id) => nodes[id].fact < 0 && every(index.names[id])).sort((a, b) => order(a) - order(b));
    const happened = facts.filter((fact) => fact.cls !== "Claim" && every(store.wordsOf(fact)));
    happened.sort((a, b) => (every(fold(b.title)) ? 1 : 0) - (every(fold(a.title)) ? 1 : 0) || a.id - b.id);
    const said = claims.filter((claim) => every(store.wordsOf(facts[claim.fact]) + " " + fold(claim.by)));
    const found = [];
    const low = query.trim().toLowerCase(), lowWords = low.split(/\s+/);
    articles.forEach((article, id) => {
      const text = index.texts[id], spot = text.indexOf(low);
      if (spot >= 0) found.push([id, spot, low.length]);
      else if (lowWords.length > 1 && lowWords.every((word) => text.includes(word))) found.push([id, text.indexOf(lowWords[0]), lowWords[0].length]);
      else if (every(fold(article.title))) found.push([id, 0, 0]);
    });
    const quote = (fact) => cut(model.textOf(fact.passage).replace(/\s+/g, " "), 120);
    return [
      ["Names", named.map((id) => ({ picture: swatch(nodes[id].family, 12), words: nodes[id].label, kind: nodes[id].kind, act: () => explorer.choose("node", id) }))],
      ["Events, figures and states", happened.map((fact) => ({ picture: swatch(fact.family, 12), words: fact.title, kind: fact.kind, small: quote(fact), act: () => explorer.choose("fact", fact.id) }))],
      ["Claims", said.map((claim) => ({ picture: swatch("Claim", 12), words: claim.by, kind: claim.polarity === "Negated" ? "denial" : explorer.actWord(claim.act), small: quote(facts[claim.fact]), act: () => explorer.choose("claim", claim.id) }))],
      ["Words of the articles", found.map(([id, spot, long]) => ({ picture: null, words: articles[id].title, kind: articles[id].issued, small: snippet(articles[id].text, spot, long), act: () => { const span = spanAt(id, spot); if (!store.shown.articles[id]) store.reset(); if (span >= 0) { store.select("span", span); explorer.readSpan(span); } else explorer.readArticle(id); } }))],
    ].filter((group) => group[1].length);
  };
  const close = () => { list.hidden = true; };
  const option = (hit) => make("button", { type: "button", tabindex: "-1", class: "hit", onclick: () => { close(); hit.act(); } },
    make("i", {}, hit.picture), make("span", { dir: "auto" }, capital(cut(hit.words, 90))), make("em", {}, hit.kind), hit.small ? make("small", { dir: "auto" }, hit.small) : null);
  const search = () => {
    const query = box.value, groups = hits(query);
    list.replaceChildren();
    if (!query.trim()) return close();
    for (const [title, found] of groups) {
      const part = make("section", {}, make("h2", {}, title, make("span", {}, amount(Math.min(MOST, found.length)) + " of " + amount(found.length))));
      found.slice(0, MOST).forEach((hit) => part.append(option(hit)));
      if (found.length > MOST) part.append(make("button", { type: "button", tabindex: "-1", class: "hit rest", onclick: (event) => { const rest = found.slice(MOST, 60).map(option); event.target.closest(".hit").replaceWith(...rest); rest[0].focus(); } }, make("span", {}, "More …")));
      list.append(part);
    }
    if (!groups.length) list.append(make("p", { class: "none" }, "Nothing found for “" + cut(query, 60) + "”."));
    else list.append(make("button", { type: "button", tabindex: "-1", class: "hit only", onclick: () => { close(); store.setFilters({ text: query }); } }, make("span", {}, "Show only facts whose passage holds these words")));
    list.hidden = false;
  };
  let waiting = 0;
  box.oninput = () => { clearTimeout(waiting); waiting = setTimeout(search, model.facts.length > 3000 ? 160 : 0); };
  box.onfocus = () => { if (box.value.trim()) search(); };
  box.onkeydown = (event) => {
    if (event.key === "Enter") { clearTimeout(waiting); search(); list.querySelector(".hit")?.click(); }
    if (event.key === "ArrowDown") { event.preventDefault(); list.querySelector(".hit")?.focus(); }
    if (event.key === "Escape") { event.stopPropagation(); if (list.hidden) box.blur(); close(); }
  };
  list.onkeydown = (event) => {
    const every = [...list.querySelectorAll(".hit")], now = every.indexOf(document.activeElement);
    if (event.key === "ArrowDown") { event.preventDefault(); (every[now + 1] || every[0]).focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); (every[now - 1] || box).focus(); }
    if (event.key === "Escape") { event.stopPropagation(); close(); box.focus(); }
  };
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, (event) => { if (event.target.closest && !event.target.closest(".finder")) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(input|select|textarea)$/i.test(event.target.tagName)) { event.preventDefault(); box.focus(); box.select(); }
  });
})();
