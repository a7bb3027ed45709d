"use strict";
/* The frame: tabs, one or two panels on the stage, one in the column, counts, downloads. */
(() => {
  const { at, make, model, store, amount, roving, narrow } = explorer;
  const panels = [], open = { stage: [], side: null };
  explorer.panels = panels;
  explorer.open = open;

  explorer.register = (panel) => {
    panels.push({ order: 100, side: false, counts: () => [], formats: {}, view: () => "", restore: () => {}, ...panel, root: null, stale: new Set(), wish: null });
    panels.sort((a, b) => a.order - b.order);
  };
  explorer.drawTake = () => {};
  const named = (name) => panels.find((panel) => panel.name === name);
  const visible = () => panels.filter((panel) => open.stage.includes(panel.name) || open.side === panel.name);

  /* ── mounting and updating ───────────────────────────────────────────────────────────── */
  const ALL = ["filters", "selection", "theme", "size"];
  const refresh = (panel, changed) => {
    if (!panel.root) {
      panel.root = make("div", { class: "panel", id: "panel-" + panel.name, role: "tabpanel", "aria-label": panel.title });
      at(panel.side ? "side-panels" : "panels").append(panel.root);
      panel.root.hidden = false;
      panel.mount(panel.root, model, store);
      if (panel.wish !== null) panel.restore(panel.wish);
      panel.wish = null;
      changed = new Set(ALL);
    }
    panel.update(changed);
    panel.stale.clear();
  };
  const tell = (changed) => {
    for (const panel of panels) {
      if (visible().includes(panel)) refresh(panel, changed);
      else changed.forEach((one) => panel.stale.add(one));
    }
    tally();
  };
  store.on((changed) => { tell(changed); explorer.link(); });

  /* ── which panels stand on the stage ─────────────────────────────────────────────────── */
  /* names: one or two panels; with two they stand one above the other. */
  explorer.show = (...names) => {
    const wanted = [...new Set(names)].map(named).filter((panel) => panel && !panel.side).slice(0, 2);
    if (!wanted.length) return;
    open.stage = wanted.map((panel) => panel.name);
    for (const panel of panels.filter((one) => !one.side)) {
      const here = wanted.includes(panel);
      if (panel.root) panel.root.hidden = !here;
    }
    at("panels").dataset.count = String(wanted.length);
    for (const panel of wanted) { const fresh = !panel.root; refresh(panel, fresh ? new Set(ALL) : new Set([...panel.stale, "size"])); panel.root.hidden = false; at("panels").append(panel.root); }
    for (const panel of panels) if (panel.root && !panel.side && !wanted.includes(panel)) panel.root.hidden = true;
    drawTabs();
    tally();
    explorer.link();
  };
  explorer.showSide = (name) => {
    const panel = named(name);
    if (!panel || !panel.side) return;
    open.side = name;
    if (panel.root) panel.root.hidden = false;
    refresh(panel, panel.root ? new Set([...panel.stale, "size"]) : new Set(ALL));
    for (const one of panels) if (one.side && one.root) one.root.hidden = one !== panel;
    drawTabs();
    explorer.link();
  };
  /* Of two panels the one last used is the one that is taken along. */
  let current = "";
  for (const kind of ["pointerdown", "focusin"]) at("panels").addEventListener(kind, (event) => {
    const panel = panels.find((one) => one.root && one.root.contains(event.target));
    if (panel && panel.name !== current) { current = panel.name; explorer.drawTake(panel); }
  });
  const drawTabs = () => {
    const focused = document.activeElement && document.activeElement.id;
    const tab = (panel, on) => make("button", {
      type: "button", role: "tab", id: "tab-" + panel.name, "data-key": panel.name, "aria-selected": String(on), "aria-controls": "panel-" + panel.name,
      title: panel.side ? null : panel.title + " (hold Shift to set it below the other)",
      onclick: (event) => {
        if (panel.side) explorer.showSide(panel.name);
        else if (event.shiftKey && !on) explorer.show(open.stage[0], panel.name);
        else explorer.show(panel.name);
      },
    }, panel.title);
    const stage = panels.filter((panel) => !panel.side);
    at("tabs").replaceChildren(...stage.map((panel) => tab(panel, open.stage.includes(panel.name))));
    if (stage.length > 1 && !narrow()) at("tabs").append(split(stage));
    at("side-tabs").replaceChildren(...panels.filter((panel) => panel.side).map((panel) => tab(panel, open.side === panel.name)));
    for (const strip of ["tabs", "side-tabs"]) {
      at(strip).dataset.held = strip === "tabs" ? open.stage[0] : open.side;
      roving(at(strip), "[role=tab]");
    }
    if (focused && at(focused)) at(focused).focus({ preventScroll: true });
    if (!open.stage.includes(current)) [current] = open.stage;
    explorer.drawTake(named(current));
  };
  /* A second panel below the first. */
  const split = (stage) => {
    const choice = make("select", { id: "below", "aria-label": "Second view below", title: "A second view below", onchange: (event) => explorer.show(open.stage[0], ...(event.target.value ? [event.target.value] : [])) },
      make("option", { value: "" }, "+ below"), ...stage.filter((panel) => panel.name !== open.stage[0]).map((panel) => make("option", { value: panel.name }, panel.title)));
    choice.value = open.stage[1] || "";
    return choice;
  };

  /* ── counts ──────────────────────────────────────────────────────────────────────────── */
  const tally = () => {
    const said = [];
    for (const name of open.stage) for (const [shown, total, noun, many] of named(name).counts().slice(0, open.stage.length > 1 ? 1 : 9)) {
      said.push(make("span", {}, make("b", {}, amount(shown)), " of ", make("b", {}, amount(total)), " " + (total === 1 ? noun : many || noun + "s")));
    }
    at("tally").replaceChildren(...said);
    const shown = store.shown.facts.reduce((sum, one) => sum + one, 0), articles = store.shown.articles.reduce((sum, one) => sum + one, 0);
    at("count").replaceChildren(
      make("b", {}, amount(shown)), " of ", make("b", {}, amount(model.facts.length)), " facts shown, ",
      make("b", {}, amount(articles)), " of ", make("b", {}, amount(model.articles.length)), " article" + (model.articles.length === 1 ? "" : "s"));
  };
  explorer.tally = tally;

  /* ── words that come and go ──────────────────────────────────────────────────────────── */
  let fading = 0;
  explorer.say = (text) => {
    at("said").textContent = text;
    at("said").hidden = false;
    clearTimeout(fading);
    fading = setTimeout(() => { at("said").hidden = true; }, 3200);
  };
  explorer.openColumn = (on) => { at("column").classList.toggle("open", on); };
  at("close").onclick = () => explorer.openColumn(false);
  explorer.link = () => {};
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { explorer.forgetColours(); tell(new Set(["theme"])); });
  matchMedia("(max-width: 860px)").addEventListener("change", () => { if (open.stage.length) drawTabs(); });
  let queued = false;
  new ResizeObserver(() => {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => { queued = false; for (const panel of visible()) if (panel.root) panel.update(new Set(["size"])); });
  }).observe(at("panels"));
})();
