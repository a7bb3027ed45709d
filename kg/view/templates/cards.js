"use strict";
/* One fact as a card: what it is, its passage, who says so, who contradicts it, who fills which role. */
(() => {
  const { model, store, make, svg, capital, dateText } = explorer;
  const { nodes, facts, claims, spans, articles, disputes, agreements } = model;

  const WORDS = { Actual: "said to have happened", Possible: "possible", Planned: "planned", Demanded: "demanded", Denied: "denied" };
  const SURE = { Certain: "certain", Probable: "probable", Possible: "unsure", Unstated: "not saying how sure" };
  const HOW = { Certain: "", Probable: "as probable", Possible: "as possible", Unstated: "" };
  const POLARITY = { Affirmed: "say that it is so", Negated: "say that it is not" };
  const ACTS = { NoComment: "no comment" };
  const actWord = (act) => ACTS[act] || act.toLowerCase();
  Object.assign(explorer, { WORDS, SURE, POLARITY, actWord });

  /* A button that selects a thing. */
  const link = (text, kind, id) => (id >= 0 ? make("button", { type: "button", class: "link", onclick: () => explorer.choose(kind, id) }, text) : text);
  const rowList = (rows) => {
    if (!rows.length) return null;
    const list = make("dl", { class: "rows" });
    let before = "";
    for (const [role, text, id] of rows) {
      list.append(make("dt", {}, role === before ? "" : role), make("dd", {}, link(text, "node", id)));
      before = role;
    }
    return list;
  };
  const voiceLine = (id) => {
    const claim = claims[id], denied = claim.polarity === "Negated";
    const act = { Assertion: "", Denial: "", "": "" }[claim.act] ?? actWord(claim.act);
    const form = { Direct: "in direct quotation", Mixed: "partly in direct quotation" }[claim.form];
    const more = [claim.cue ? "“" + claim.cue + "”" : "", act, HOW[claim.certainty], form, claim.medium ? "on " + claim.medium : "", claim.reportedBy ? "passed on by " + claim.reportedBy : ""].filter(Boolean).join(" · ");
    return make("p", { class: "voice" + (denied ? " denied" : "") }, denied ? "✕ Denied by " : "Said by ", make("b", {}, link(claim.by, "node", claim.speaker)), more ? " · " + more : "");
  };
  /* The passage of a fact: its evidence and its trigger marked within the statement around it. */
  const passage = (fact) => {
    if (fact.passage < 0) return null;
    const around = spans[fact.passage], { text } = articles[around.article];
    const evidence = spans[fact.span], trigger = fact.trigger >= 0 ? spans[fact.trigger] : { start: -1, end: -1 };
    const inside = (one) => Math.max(around.start, Math.min(around.end, one));
    const cuts = [...new Set([around.start, around.end, inside(evidence.start), inside(evidence.end), inside(trigger.start), inside(trigger.end)])].sort((a, b) => a - b);
    const quote = make("blockquote", { dir: "auto" });
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      const [from, to] = [cuts[i], cuts[i + 1]], piece = text.slice(from, to);
      const hit = trigger.start <= from && to <= trigger.end, mark = evidence.start <= from && to <= evidence.end;
      quote.append(hit || mark ? make("mark", { class: hit ? "hit" : null }, piece) : piece);
    }
    return quote;
  };
  const source = (fact) => {
    const article = articles[fact.article];
    if (!article) return null;
    const words = [article.title, article.publisher, article.issued ? dateText(article.issued).replaceAll(" ", "\u00a0") : ""].filter(Boolean).join(" · ");
    return make("p", { class: "from" }, make("button", { type: "button", class: "link", title: "Read it in the article", onclick: () => explorer.read(fact) }, words));
  };
  /* What was computed about it: who contradicts it, who agrees, how far it is from a facility. */
  const notes = (fact) => {
    const found = [], seen = new Set([fact.id]);
    const own = new Set([fact.id, ...(fact.cls === "Claim" ? model.claimOf(fact).contents : [])]);
    const by = (id, among) => facts[id].claims.filter((claim) => among.includes(claim)).map((claim) => claims[claim].by);
    for (const id of fact.disputes) for (const finding of disputes[id].findings) {
      const side = finding.facts.findIndex((one) => own.has(one));
      if (side < 0) continue;
      const other = finding.facts[1 - side], claim = claims[finding.claims[1 - side]];
      if (other < 0 || own.has(other) || seen.has(other)) continue;
      seen.add(other);
      found.push(make("p", { class: "note against" }, capital(disputes[id].word) + (claim ? " with " + claim.by : "") + ": ", link(facts[other].title, "fact", other), make("small", {}, capital(finding.ruleLabel) + ". ", link("Both sides", "dispute", id))));
    }
    for (const id of fact.agreements) for (const other of agreements[id].facts) {
      if (seen.has(other)) continue;
      seen.add(other);
      const names = [...new Set(by(other, agreements[id].claims))].join(", ");
      found.push(make("p", { class: "note with" }, "Agrees with " + (names || "another report") + ": ", link(facts[other].title, "fact", other)));
    }
    let near = 0;
    for (const one of model.distances) {
      if (one.event !== fact.id && one.figure !== fact.id) continue;
      const vague = one.uncertainty > 60 && one.stated === null;
      if (vague || near >= 4) continue;
      near += 1;
      const place = nodes[one.facility];
      const words = one.km + " ± " + one.uncertainty + " km from ";
      const verdict = explorer.verdict(one), stated = verdict ? "; the stated " + one.stated + " km: " + explorer.VERDICTS[verdict][1] : "";
      found.push(make("p", { class: "note" + ({ against: " against", agrees: " with" }[verdict] || "") }, words, place ? link(place.label, "node", place.id) : "a facility", stated));
    }
    return found;
  };
  /* A card; own: the title stands above already; around: a node whose rows say nothing new. */
  const card = (id, { role = "", own = false, around = -1 } = {}) => {
    const fact = facts[id], box = make("article", { class: "card" + (store.shown.facts[id] ? "" : " out"), "data-fact": id });
    if (!own) box.append(make("div", { class: "head" }, make("span", { class: "what" }, link(capital(fact.title), "fact", id)), make("span", { class: "role" }, role || fact.kind)));
    if (fact.actuality && fact.actuality !== "Actual") box.append(make("p", {}, make("span", { class: "tag" + (fact.actuality === "Denied" ? " not" : "") }, WORDS[fact.actuality] || fact.actuality)));
    for (const part of [passage(fact), source(fact)]) if (part) box.append(part);
    fact.claims.forEach((claim) => box.append(voiceLine(claim)));
    box.append(...notes(fact));
    const rows = rowList(fact.rows.filter((row) => around < 0 || row[2] !== around));
    if (rows) box.append(rows);
    return box;
  };
  /* Several cards under a heading, the first twelve at once. */
  const cardList = (target, title, entries, around = -1) => {
    if (!entries.length) return;
    target.append(make("h4", {}, title + (entries.length > 1 ? " · " + entries.length : "")));
    const add = (rest) => {
      rest.slice(0, 12).forEach(([id, role]) => target.append(card(id, { role, around })));
      if (rest.length <= 12) return;
      const more = make("button", { type: "button", class: "more" }, "Show " + Math.min(12, rest.length - 12) + " more of " + (rest.length - 12));
      more.onclick = () => { more.remove(); add(rest.slice(12)); const next = target.querySelectorAll(".card")[entries.length - rest.length + 12]; if (next) next.querySelector("button")?.focus({ preventScroll: true }); };
      target.append(more);
    };
    add(entries);
  };
  /* The line of a group of edges in the legend. */
  const GROUPS = [
    ["acts", "acts", ""], ["affects", "hits or concerns", ""], ["with", "with equipment", ""], ["where", "takes place in", ""],
    ["leads", "is part of, is caused by", "2 4"], ["holds", "controls", ""], ["belongs", "holds a post, belongs to", ""],
    ["within", "lies in, is a kind of", "1 5"], ["asserts", "says so", "6 4"], ["denies", "denies it", "6 4"],
    ["voice", "the article’s own voice", "6 4"], ["says", "claim and its content", "2 3"], ["counts", "figure of", "2 3"],
  ];
  const stroke = (group) => svg("svg", { width: 18, height: 10, viewBox: "0 0 18 10", "aria-hidden": "true" },
    svg("line", { x1: 0, y1: 5, x2: 18, y2: 5, class: "stroke-" + group[0], "stroke-width": 2, "stroke-dasharray": group[2] || null }));

  Object.assign(explorer, { thing: link, rowList, voiceLine, passage, card, cardList, GROUPS, stroke, articleLine: (article) => [article.publisher, article.issued ? dateText(article.issued) : ""].filter(Boolean).join(" · ") });
})();
