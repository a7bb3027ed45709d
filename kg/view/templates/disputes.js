"use strict";
/* The dispute board: who contradicts whom, in whose words; apart from that, counts that rose, copied
   text, and who agrees with how many independent origins. */
(() => {
  const { model, store, make, plural, capital, amount, thing, sides } = explorer;
  const { facts, claims, disputes, updates, echoes, agreements, articles } = model;
  const PARTS = [["FigureDispute", "Figures"], ["ControlDispute", "Who holds it"], ["ResponsibilityDispute", "Who did it"], ["PolarityDispute", "Whether it happened"], ["update", "Counts that rose"], ["echo", "Copied text"], ["agreement", "Agreement"]];
  const FIRST = 3;
  let root, chips, board, drawnSlim = null;
  const off = new Set();

  const seen = (list) => list.some((fact) => store.shown.facts[fact]);
  const factsOf = (echo) => [...new Set(echo.claims.flatMap((claim) => [claims[claim].fact, ...claims[claim].contents]))];
  const entries = () => [
    ...disputes.map((one) => ({ kind: one.kind, one, facts: one.facts, draw: dispute })),
    ...updates.map((one) => ({ kind: "update", one, facts: one.facts, draw: update })),
    ...echoes.map((one) => ({ kind: "echo", one, facts: factsOf(one), draw: echo })),
    ...agreements.map((one) => ({ kind: "agreement", one, facts: one.facts, draw: agreement })),
  ];
  const shown = () => entries().filter((entry) => !off.has(entry.kind) && seen(entry.facts));

  /* ── cards ───────────────────────────────────────────────────────────────────────────── */
  const SUBJECT = {
    FigureDispute: (one, place) => "How many " + ([...new Set(one.facts.map((fact) => facts[fact].outcome.toLowerCase()).filter(Boolean))].join(", ") || facts[one.facts[0]]?.unit || "") + (place ? " – " + place : "") + "?",
    ControlDispute: (one, place) => "Who holds " + (place || "the place") + "?",
    ResponsibilityDispute: (one, place) => "Who did it? " + subjectEvent(one, place),
    PolarityDispute: (one, place) => "Did it happen? " + subjectEvent(one, place),
  };
  const subjectEvent = (one, place) => {
    const kinds = new Map();
    for (const fact of one.facts) if (facts[fact].family === "Event") kinds.set(facts[fact].kind, (kinds.get(facts[fact].kind) || 0) + 1);
    const kind = [...kinds].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] || "";
    return capital(kind) + (place ? " – " + place : "");
  };
  /* Some at once, the rest behind a button. */
  const several = (list, draw, most = FIRST) => {
    const box = make("div", { class: "several" });
    list.slice(0, most).forEach((one) => box.append(draw(one)));
    if (list.length > most) {
      const button = make("button", { type: "button", class: "more", onclick: () => { button.replaceWith(...list.slice(most).map(draw)); } }, "Show " + plural(list.length - most, "more statement", "more statements"));
      box.append(button);
    }
    return box;
  };
  const frame = (entry, badge, title, act, ...inside) => {
    const chosen = store.selection && (entry.kind.endsWith("Dispute") ? store.chosen.disputes.has(entry.one.id) : entry.facts.some((fact) => store.chosen.facts.has(fact)));
    const own = store.selection?.kind === "dispute" && entry.kind.endsWith("Dispute") && store.selection.id === entry.one.id;
    return make("article", { class: "case " + entry.kind + (store.selection ? (chosen ? " chosen" : " dim") : "") + (own ? " own" : ""), "data-kind": entry.kind, "data-id": entry.one.id },
      make("header", {}, make("span", { class: "badge" }, badge), make("h3", {}, make("button", { type: "button", class: "title", "data-key": entry.kind + entry.one.id, "aria-pressed": String(Boolean(own)), title: "Select it in all views", onclick: act }, title))), ...inside);
  };
  const dispute = (entry) => {
    const { one } = entry, groups = sides.sidesOf(one), place = sides.placeOf(one.facts);
    const rules = new Map();
    for (const finding of one.findings) rules.set(finding.rule, finding);
    const picture = one.kind === "FigureDispute" ? [sides.figures(groups.flatMap((group, index) => group.map(({ claim, fact }) => ({ label: claims[claim].by, lower: facts[fact].lower, upper: facts[fact].upper, words: sides.numberText(facts[fact]), series: "side-" + index }))), facts[one.facts[0]]?.unit || "")] : [];
    const columns = make("div", { class: "sides", "data-sides": groups.length }, ...groups.map((group, index) => make("section", { class: "stand side-" + index },
      make("h4", {}, one.kind === "FigureDispute" ? sides.numberText(facts[group[0].fact]) : [...new Set(group.map(({ claim }) => claims[claim].by))].join(", ")), several(group, sides.statement))));
    return frame(entry, one.word + " · " + plural(one.claims.length, "claim"), SUBJECT[one.kind]?.(one, place) || capital(one.word), () => explorer.choose("dispute", one.id),
      make("p", { class: "rule" }, ...[...rules.values()].flatMap((finding, index) => [index ? make("br") : "", make("b", {}, capital(finding.ruleLabel) + ". "), finding.ruleText])), ...picture, columns);
  };
  const update = (entry) => {
    const [early, late] = entry.one.facts, [first, last] = entry.one.claims, counted = facts[late].outcome.toLowerCase() || facts[late].unit;
    return frame(entry, "a count that rose · no dispute", claims[last].by + ": " + sides.numberText(facts[early]) + " → " + sides.numberText(facts[late]) + " " + counted, () => explorer.choose("fact", late),
      make("p", { class: "rule" }, "The same speaker gave a higher count on a later day: an update of the first, not a contradiction."),
      sides.figures([[early, first, 0], [late, last, 1]].map(([fact, claim, index]) => ({ label: articles[claims[claim].article]?.issued ? explorer.dateText(claims[claim].time || articles[claims[claim].article].issued) : claims[claim].by, lower: facts[fact].lower, upper: facts[fact].upper, words: sides.numberText(facts[fact]), series: "side-" + index })), facts[late].unit),
      make("div", { class: "sides", "data-sides": 2 }, ...[[first, early], [last, late]].map(([claim, fact], index) => make("section", { class: "stand side-" + index }, make("h4", {}, index ? "Later" : "Earlier"), sides.statement({ claim, fact, copies: [] })))));
  };
  const echo = (entry) => {
    const byArticle = new Map();
    for (const claim of entry.one.claims) byArticle.set(claims[claim].article, [...(byArticle.get(claims[claim].article) || []), claim]);
    const [first, ...rest] = [...byArticle.values()], all = entry.one.claims.filter((claim) => !claims[claim].outlet), speakers = [...new Set((all.length ? all : entry.one.claims).map((claim) => claims[claim].by))], own = claims[first[0]].fact;
    const longest = [...first].sort((a, b) => model.textOf(claims[b].span).length - model.textOf(claims[a].span).length)[0];
    return frame(entry, "copied text · told once", speakers.join(", ") + ": the same words in " + plural(byArticle.size, "article"), () => explorer.choose("fact", own),
      make("p", { class: "rule" }, "These passages are copies of one text. They count as one origin, and do not contradict or support each other."),
      make("blockquote", { dir: "auto" }, model.textOf(claims[longest].span)),
      make("p", { class: "from" }, "First: ", sides.articleLink(longest, own)), ...rest.map(([claim]) => make("p", { class: "copy" }, make("span", { class: "tag" }, "copied text"), " again: ", sides.articleLink(claim, claims[claim].fact))));
  };
  const agreement = (entry) => {
    const { one } = entry, told = sides.statements(one.claims.flatMap((claim) => claims[claim].contents.filter((fact) => one.facts.includes(fact)).map((fact) => ({ claim, fact }))));
    const line = ({ claim, fact, copies }) => make("div", { class: "statement brief" }, make("p", { class: "who" }, make("b", {}, thing(claims[claim].by, "node", claims[claim].speaker)), ": ", thing(facts[fact].title, "fact", fact)), make("p", { class: "from" }, sides.articleLink(claim, fact)), ...copies.map((copy) => make("p", { class: "copy" }, make("span", { class: "tag" }, "copied text"), " told once: ", sides.articleLink(copy, -1))));
    return frame(entry, "agreement", plural(one.origins, "independent origin") + ": " + (facts[one.facts[0]]?.title || ""), () => explorer.choose("fact", one.facts[0]),
      make("p", { class: "rule" }, plural(one.claims.length, "claim") + " that " + (one.claims.length === 1 ? "says" : "say") + " the same. Copies of one text, and chains that end at one speaker, are one origin."), several(told, line, 4));
  };

  /* ── the panel ───────────────────────────────────────────────────────────────────────── */
  const counted = (list) => { const now = list.filter((entry) => seen(entry.facts)).length; return (now < list.length ? amount(now) + " of " : "") + amount(list.length); };
  const drawChips = () => {
    const every = entries();
    chips.replaceChildren(...PARTS.map(([kind, words]) => [kind, words, every.filter((entry) => entry.kind === kind)]).filter(([, , list]) => list.length).map(([kind, words, list]) => make("button", {
      type: "button", class: "chip", "aria-pressed": String(!off.has(kind)), "data-key": kind,
      onclick: () => { if (!off.delete(kind)) off.add(kind); draw(); explorer.tally(); explorer.link(); },
    }, words, make("span", {}, counted(list)))));
    explorer.roving(chips, ".chip");
  };
  const draw = () => {
    const key = board.contains(document.activeElement) ? document.activeElement.dataset.key : "", chip = chips.contains(document.activeElement) ? document.activeElement.dataset.key : "";
    drawChips();
    const list = shown().sort((a, b) => PARTS.findIndex(([kind]) => kind === a.kind) - PARTS.findIndex(([kind]) => kind === b.kind) || b.facts.length - a.facts.length || a.one.id - b.one.id);
    board.replaceChildren(...list.slice(0, 200).map((entry) => entry.draw(entry)));
    if (list.length > 200) board.append(make("p", { class: "fine" }, "The first 200 of " + amount(list.length) + "; filters make it fewer."));
    if (!list.length) board.append(make("p", { class: "empty" }, entries().length ? "The filters hide every dispute." : "No two claims in these articles contradict or repeat each other. Disputes stand here once two speakers give figures that share no number, one denies what another says, or two sides claim one place."));
    if (key) board.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
    if (chip) chips.querySelector(`[data-key="${CSS.escape(chip)}"]`)?.focus({ preventScroll: true });
  };
  explorer.register({
    name: "disputes", title: "Disputes", order: 40,
    mount: (box) => {
      root = box;
      root.classList.add("disputes");
      chips = make("div", { class: "chipline", role: "group", "aria-label": "What the board shows" });
      board = make("div", { class: "cases" });
      root.append(chips, board);
    },
    update: (changed) => {
      const slim = root.clientWidth < 560;
      if (!["filters", "selection"].some((one) => changed.has(one)) && board.childElementCount && slim === drawnSlim) return;
      drawnSlim = slim;
      draw();
      if (changed.has("selection") && store.selection && !root.contains(document.activeElement)) board.querySelector(".own, .chosen")?.scrollIntoView({ block: "start", behavior: "auto" });
    },
    counts: () => {
      const own = (list) => list.filter((entry) => entry.kind.endsWith("Dispute")).length;
      return [[own(shown()), own(entries()), "dispute"]];
    },
    formats: {
      csv: () => ({ columns: ["kind", "rule", "speaker_1", "words_1", "article_1", "published_1", "speaker_2", "words_2", "article_2", "published_2"], rows: shown().filter((entry) => entry.kind.endsWith("Dispute")).flatMap(({ one }) => one.findings.map((finding) => [one.word, finding.ruleLabel, ...finding.claims.flatMap((claim, side) => (claim < 0 ? ["", "", "", ""] : [claims[claim].by, model.textOf(finding.spans[side] >= 0 ? finding.spans[side] : claims[claim].span), articles[claims[claim].article]?.title ?? "", articles[claims[claim].article]?.issued ?? ""]))])) }),
      json: () => shown().map(({ kind, one }) => ({ kind, iri: one.iri, origins: one.origins, claims: (one.claims || []).map((claim) => ({ iri: facts[claims[claim].fact].iri, speaker: claims[claim].by, words: model.textOf(claims[claim].span), article: articles[claims[claim].article]?.iri, published: articles[claims[claim].article]?.issued })), findings: one.findings?.map((finding) => ({ rule: finding.rule, facts: finding.facts.map((fact) => facts[fact]?.iri) })) })),
    },
    view: () => [...off].sort().join("."),
    restore: (text) => { off.clear(); for (const [kind] of PARTS) if (text.split(".").includes(kind)) off.add(kind); if (board) draw(); },
  });
})();
