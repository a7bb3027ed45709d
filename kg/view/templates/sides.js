"use strict";
/* What stands against what: the statements of a dispute in sides, copies beneath the text they copy. */
(() => {
  const { model, make, swatch, dateText, thing } = explorer;
  const { nodes, facts, claims, articles, echoes } = model;

  const echoOf = new Map();
  for (const echo of echoes) for (const claim of echo.claims) echoOf.set(claim, echo.id);
  const issued = (claim) => articles[claims[claim].article]?.issued || "";
  const negated = (claim) => claims[claim].polarity === "Negated" || claims[claim].act === "Denial";

  /* Statements {claim, fact, copies: [claims]}: of copies of one text by one speaker the first stands for all. */
  const statements = (pairs) => {
    const found = [], known = new Map();
    const order = [...pairs].sort((a, b) => (issued(a.claim) < issued(b.claim) ? -1 : issued(a.claim) > issued(b.claim) ? 1 : a.claim - b.claim || a.fact - b.fact));
    for (const { claim, fact } of order) {
      const echo = echoOf.get(claim), kind = facts[fact].cls + "|" + facts[fact].title;
      const key = echo === undefined ? "" : [echo, claims[claim].by, kind].join("|"), first = key && known.get(key);
      if (first) { if (first.claim !== claim && !first.copies.includes(claim)) first.copies.push(claim); continue; }
      const one = { claim, fact, copies: [] };
      if (key) known.set(key, one);
      found.push(one);
    }
    return found;
  };
  /* The sides of a dispute: figures by their number, all else by who stands against whom. */
  const sidesOf = (dispute) => {
    const pairs = new Map(), against = new Map();
    const node = (claim, fact) => { const key = claim + " " + fact; if (!pairs.has(key)) { pairs.set(key, { claim, fact, key }); against.set(key, new Set()); } return key; };
    for (const { claims: said, facts: about } of dispute.findings) {
      if (said.some((one) => one < 0) || about.some((one) => one < 0)) continue;
      const [one, other] = [0, 1].map((side) => node(said[side], about[side]));
      against.get(one).add(other); against.get(other).add(one);
    }
    const groups = new Map();
    if (dispute.kind === "FigureDispute") {
      for (const pair of pairs.values()) { const { lower, upper } = facts[pair.fact], key = lower + "–" + upper; groups.set(key, [...(groups.get(key) || []), pair]); }
      const least = ([one]) => facts[one.fact].lower ?? facts[one.fact].upper ?? 0;
      return [...groups.values()].sort((a, b) => least(a) - least(b)).map(statements);
    }
    const side = new Map();
    for (const start of pairs.keys()) {
      if (side.has(start)) continue;
      side.set(start, negated(pairs.get(start).claim) && dispute.kind === "PolarityDispute" ? 1 : 0);
      for (const queue = [start]; queue.length;) {
        const one = queue.shift();
        for (const other of against.get(one)) if (!side.has(other)) { side.set(other, 1 - side.get(one)); queue.push(other); }
      }
    }
    for (const [key, which] of side) groups.set(which, [...(groups.get(which) || []), pairs.get(key)]);
    return [...groups].sort((a, b) => a[0] - b[0]).map(([, list]) => statements(list));
  };
  const articleLink = (claim, fact) => {
    const article = articles[claims[claim].article];
    if (!article) return "";
    return make("button", { type: "button", class: "link", dir: "auto", title: "Read it in the article", onclick: () => explorer.read(facts[fact] || facts[claims[claim].fact]) }, [article.title, article.publisher, article.issued ? dateText(article.issued) : ""].filter(Boolean).join(" · "));
  };
  const VERBS = { Denial: "denies", Accusation: "accuses", Demand: "demands", Threat: "threatens", Warning: "warns", Prediction: "expects", Opinion: "thinks", NoComment: "does not comment" };
  /* One statement: who, says or denies what, the exact words, where they stand, and where they were copied. */
  const statement = ({ claim, fact, copies }) => {
    const said = claims[claim], denied = negated(claim), verb = denied ? "denies" : VERBS[said.act] || "says";
    const box = make("div", { class: "statement" + (explorer.store.shown.facts[fact] ? "" : " out"), "data-fact": fact });
    box.append(make("p", { class: "who" }, make("b", {}, thing(said.by, "node", said.speaker)), " ", make("span", { class: "tag" + (denied ? " not" : "") }, (denied ? "✕ " : "") + verb), " ", thing(facts[fact].title, "fact", fact)));
    const words = explorer.passage(facts[fact]);
    if (words) box.append(words);
    box.append(make("p", { class: "from" }, articleLink(claim, fact), said.reportedBy ? " · passed on by " + said.reportedBy : ""));
    for (const copy of copies) box.append(make("p", { class: "copy" }, make("span", { class: "tag" }, "copied text"), " told once: ", articleLink(copy, claims[copy].contents.find((one) => facts[one].cls === facts[fact].cls) ?? -1)));
    return box;
  };
  /* Figures as intervals on one axis: [{label, lower, upper, series}]. */
  const figures = (rows, unit) => {
    const { svg, numberTicks, numberAxis, interval, cut } = explorer;
    const known = rows.flatMap((row) => [row.lower, row.upper]).filter((one) => one !== null), most = Math.max(...known, 1), ticks = numberTicks(most * 1.04, 5);
    const slim = explorer.at("panels").clientWidth < 560, width = slim ? 360 : 620, side = slim ? 142 : 210, line = 24, height = rows.length * line + 24, right = width - 24, toX = (value) => side + (value / ticks.at(-1)) * (right - side - 14);
    const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "axis", role: "img", "aria-label": rows.map((row) => row.label + ": " + row.words).join("; ") }, ...numberAxis(toX, ticks, height, unit));
    rows.forEach((row, index) => {
      const y = index * line + 15;
      picture.append(svg("text", { x: side - 12, y: y + 4, class: "row-name", "text-anchor": "end" }, cut(row.label, slim ? 21 : 30), svg("title", {}, row.label)), interval(toX, y, row.lower, row.upper, right, row.series));
    });
    return picture;
  };
  const numberText = ({ lower, upper }) => (lower !== null && upper !== null ? (lower === upper ? String(lower) : lower + "–" + upper) : lower !== null ? lower + " or more" : upper !== null ? "up to " + upper : "");
  /* Where something is said to be, the place that most of the facts name. */
  const placeOf = (list) => {
    const counts = new Map();
    for (const id of list) {
      const fact = facts[id], about = fact.event >= 0 ? facts[fact.event] : fact;
      for (const node of [...(about.roles.place || []), ...(about.roles.target || [])]) if (["Place", "Facility"].includes(nodes[node].family)) counts.set(node, (counts.get(node) || 0) + 1);
    }
    const best = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
    return best ? nodes[best[0]].label : "";
  };
  explorer.sides = { echoOf, statements, sidesOf, statement, figures, numberText, placeOf, articleLink, negated, marker: (index) => swatch(index % 2 ? "Event" : "Actor", 13) };
})();
