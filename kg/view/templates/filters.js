"use strict";
/* The column of filters: what is left in them is all that any view shows. */
(() => {
  const { at, model, store, make, svg, capital, amount, plural, fold, swatch, FAMILIES, FAMILY_WORDS, WORDS, SURE, POLARITY, actWord } = explorer;
  const { facts, nodes, claims, articles } = model;
  const host = at("filters");

  const toggled = (set, value, on) => { const next = new Set(set); if (on) next.add(value); else next.delete(value); return next; };
  const section = (title, ...children) => { const box = make("section", {}, make("h2", {}, title), ...children); host.append(box); return box; };

  /* ── classes, by family ──────────────────────────────────────────────────────────────── */
  const counts = new Map();
  for (const one of nodes) if (one.fact < 0) counts.set(one.cls, (counts.get(one.cls) || 0) + 1);
  for (const one of facts) counts.set(one.cls, (counts.get(one.cls) || 0) + 1);
  const OTHER = { Position: "States", Membership: "States", Control: "States", Alliance: "States", Hostility: "States", EquipmentLot: "Equipment" };
  const FAMILY_NAMES = { ...FAMILY_WORDS, States: "Posts and control" };
  const byFamily = new Map();
  for (const cls of [...counts.keys()].sort()) {
    const family = model.kinds[cls][1] in FAMILIES ? model.kinds[cls][1] : OTHER[cls] || "States";
    if (family === "Claim") continue;   /* claims are filtered by what is said, not as a class */
    byFamily.set(family, [...(byFamily.get(family) || []), cls]);
  }
  const classes = () => {
    const list = make("ul", { class: "keys" });
    for (const family of [...Object.keys(FAMILIES), "States"]) {
      const own = byFamily.get(family);
      if (!own) continue;
      const all = make("input", { type: "checkbox", id: "family-" + family, onchange: (event) => {
        const off = new Set(store.filters.classesOff);
        own.forEach((cls) => (event.target.checked ? off.delete(cls) : off.add(cls)));
        store.setFilters({ classesOff: off });
      } });
      const picture = family in FAMILIES ? swatch(family) : svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: "M2 8h12", class: "stroke-belongs", "stroke-width": 2 }));
      const item = make("li", {}, make("label", {}, all, picture, make("span", { class: "word" }, FAMILY_NAMES[family]), make("span", { class: "n" }, amount(own.reduce((sum, cls) => sum + counts.get(cls), 0)))));
      if (own.length > 1) {
        const kinds = make("details", {}, make("summary", {}, plural(own.length, "kind")));
        for (const cls of own) kinds.append(make("label", {},
          make("input", { type: "checkbox", "data-class": cls, onchange: (event) => store.setFilters({ classesOff: toggled(store.filters.classesOff, cls, !event.target.checked) }) }),
          make("span", { class: "word" }, capital(model.kinds[cls][0])), make("span", { class: "n" }, amount(counts.get(cls)))));
        item.append(kinds);
      }
      list.append(item);
    }
    section("Kinds", list);
  };

  /* ── dates ───────────────────────────────────────────────────────────────────────────── */
  const BASES = [["event", "When it happened"], ["claim", "When it was said"], ["publication", "When it was published"]];
  let bars = null;
  const dates = () => {
    const basis = make("select", { id: "basis", "aria-label": "Which date", onchange: (event) => store.setFilters({ basis: event.target.value }) }, ...BASES.map(([value, words]) => make("option", { value }, words)));
    const day = (id, name) => make("input", { type: "date", id, "aria-label": name, onchange: (event) => store.setFilters({ [id]: explorer.dayOf(event.target.value) }) });
    bars = svg("svg", { class: "bars", viewBox: "0 0 200 34", preserveAspectRatio: "none", role: "img" });
    section("Dates", basis, bars, make("div", { class: "pair" }, day("from", "From this day"), make("span", { "aria-hidden": "true" }, "–"), day("to", "To this day")));
    let start = null;
    const at200 = (event) => { const box = bars.getBoundingClientRect(); return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)); };
    const dayAt = (share) => { const range = store.range(store.filters.basis); return range ? Math.round(range[0] + share * (range[1] - range[0])) : null; };
    bars.addEventListener("pointerdown", (event) => { start = at200(event); bars.setPointerCapture(event.pointerId); });
    bars.addEventListener("pointerup", (event) => {
      if (start === null) return;
      const [from, to] = [start, at200(event)].sort((a, b) => a - b);
      start = null;
      if (to - from < 0.01) store.setFilters({ from: null, to: null });
      else store.setFilters({ from: dayAt(from), to: dayAt(to) });
    });
  };
  const drawBars = () => {
    const { basis, from, to } = store.filters, range = store.range(basis);
    bars.replaceChildren();
    if (!range) { bars.setAttribute("aria-label", "No dates are known"); return; }
    const BINS = 50, width = (range[1] - range[0] + 1) / BINS, every = new Array(BINS).fill(0), seen = new Array(BINS).fill(0);
    for (const fact of facts) {
      const days = explorer.days(fact, basis);
      if (!days) continue;
      const bin = Math.min(BINS - 1, Math.floor((days[0] - range[0]) / width));
      every[bin] += 1;
      if (store.shown.facts[fact.id]) seen[bin] += 1;
    }
    const most = Math.max(...every, 1), high = (count) => (count ? Math.max(1.5, 32 * Math.sqrt(count / most)) : 0);
    for (let i = 0; i < BINS; i += 1) {
      if (every[i]) bars.append(svg("rect", { x: i * 4 + 0.4, width: 3.2, y: 34 - high(every[i]), height: high(every[i]), class: "all" }));
      if (seen[i]) bars.append(svg("rect", { x: i * 4 + 0.4, width: 3.2, y: 34 - high(seen[i]), height: high(seen[i]), class: "seen" }));
    }
    bars.setAttribute("aria-label", "Facts from " + explorer.dayText(range[0]) + " to " + explorer.dayText(range[1]) + "; drag to choose days");
    at("from").min = at("to").min = explorer.isoDay(range[0]);
    at("from").max = at("to").max = explorer.isoDay(range[1]);
    at("from").value = from === null ? "" : explorer.isoDay(from);
    at("to").value = to === null ? "" : explorer.isoDay(to);
  };

  /* ── speakers and articles: the ones with most to say, and a box to find the others ──── */
  const many = (id, title, noun, items, key) => {
    const list = make("ul", { class: "keys ticks", id: id + "-list" });
    const box = make("input", { type: "search", id: id, placeholder: "Find among " + amount(items.length), "aria-label": "Find " + noun + "s", autocomplete: "off" });
    const more = make("p", { class: "fine" });
    const draw = () => {
      const chosen = store.filters[key], words = fold(box.value).split(/\s+/).filter(Boolean);
      const fitting = items.filter((one) => words.every((word) => one.folded.includes(word)));
      const shown = [...items.filter((one) => chosen.has(one.id)), ...fitting.filter((one) => !chosen.has(one.id)).slice(0, words.length ? 12 : 6)];
      list.replaceChildren(...shown.map((one) => make("li", {}, make("label", {},
        make("input", { type: "checkbox", checked: chosen.has(one.id), "data-id": one.id, onchange: (event) => store.setFilters({ [key]: toggled(store.filters[key], one.id, event.target.checked) }) }),
        make("span", { class: "word", dir: "auto", title: one.name }, one.name), make("span", { class: "n" }, amount(one.count))))));
      const left = fitting.length - shown.filter((one) => fitting.includes(one)).length;
      more.textContent = left > 0 ? "and " + plural(left, "other " + noun) : fitting.length || !words.length ? "" : "Nobody of that name";
    };
    box.oninput = draw;
    section(title, items.length > 6 ? box : null, list, more);
    return draw;
  };
  const speakers = new Map();
  for (const claim of claims) if (claim.speaker >= 0) speakers.set(claim.speaker, (speakers.get(claim.speaker) || 0) + 1);
  const speakerItems = [...speakers].map(([id, count]) => ({ id, count, name: nodes[id].label, folded: fold(nodes[id].label) })).sort((a, b) => b.count - a.count || a.id - b.id);
  const articleItems = articles.map((one) => ({ id: one.id, count: one.facts.length, name: one.title, folded: fold([one.title, one.publisher, one.issued].join(" ")) })).sort((a, b) => b.count - a.count || a.id - b.id);

  /* ── chips ───────────────────────────────────────────────────────────────────────────── */
  const chips = (id, title, names, key, words) => {
    if (names.length < 2) return;
    section(title, make("ul", { class: "chips", id }, ...names.map((name) => make("li", {}, make("label", {},
      make("input", { type: "checkbox", id: id + "-" + name, onchange: (event) => store.setFilters({ [key]: toggled(store.filters[key], name, !event.target.checked) }) }),
      make("span", {}, words(name)))))));
  };

  const only = make("input", { type: "checkbox", id: "disputed", onchange: (event) => store.setFilters({ disputed: event.target.checked }) });
  const words = make("input", { type: "search", id: "words", placeholder: "in the passage", "aria-label": "Words that the passage must hold", autocomplete: "off" });
  let waiting = 0;
  words.oninput = () => { clearTimeout(waiting); waiting = setTimeout(() => store.setFilters({ text: words.value }), 180); };

  classes();
  dates();
  const drawSpeakers = many("speaker", "Said by", "speaker", speakerItems, "speakers");
  const drawArticles = many("articles", "Articles", "article", articleItems, "articles");
  chips("actualities", "Events that are", store.values.actualities, "actualitiesOff", (name) => ({ ...WORDS, Actual: "reported as fact" })[name] || name);
  chips("certainties", "Speakers who are", store.values.certainties, "certaintiesOff", (name) => SURE[name] || name);
  chips("polarities", "Speakers who", store.values.polarities, "polaritiesOff", (name) => POLARITY[name] || name);
  chips("acts", "Speech acts", store.values.acts, "actsOff", actWord);
  section("Words", words, make("ul", { class: "chips" }, facts.some((fact) => fact.disputed) ? make("li", {}, make("label", {}, only, make("span", {}, "Only what is disputed"))) : null));
  host.append(make("p", { class: "fine" }, "Every fact is what somebody said, not what is so; its passage stands beside it."));

  const show = () => {
    const { filters } = store;
    for (const box of host.querySelectorAll("[data-class]")) box.checked = !filters.classesOff.has(box.dataset.class);
    for (const [family, own] of byFamily) {
      const off = own.filter((cls) => filters.classesOff.has(cls)).length, box = at("family-" + family);
      box.checked = off < own.length;
      box.indeterminate = off > 0 && off < own.length;
    }
    for (const [id, key] of [["actualities", "actualitiesOff"], ["certainties", "certaintiesOff"], ["polarities", "polaritiesOff"], ["acts", "actsOff"]]) for (const name of store.values[id]) { const box = at(id + "-" + name); if (box) box.checked = !filters[key].has(name); }
    at("basis").value = filters.basis;
    only.checked = filters.disputed;
    if (document.activeElement !== words) words.value = filters.text;
    drawBars();
    drawSpeakers();
    drawArticles();
  };
  store.on((changed) => { if (changed.has("filters")) show(); });
  show();
  at("filters-toggle").onclick = () => {
    const on = host.classList.toggle("open");
    at("filters-toggle").setAttribute("aria-expanded", String(on));
  };
})();
