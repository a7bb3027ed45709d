"use strict";
/* The bar that says what is focused: a neighbourhood with its steps, a chain, or the choice of its other end. */
(() => {
  const { at, model, store, make, capital, plural, thing } = explorer;
  const { nodes, facts } = model;
  let from = -1;

  const button = (text, act, extra = {}) => make("button", { type: "button", onclick: act, ...extra }, text);
  const draw = () => {
    const { focus } = store, bar = at("focusbar");
    bar.hidden = !focus && from < 0;
    if (from >= 0) bar.replaceChildren(make("span", {}, "Choose the other end of the chain from ", make("b", {}, nodes[from].label), ", in any view or by the search."), button("Cancel", () => { from = -1; draw(); }));
    else if (focus && focus.kind === "around") {
      const count = nodes.filter((one) => store.shown.nodes[one.id] && one.family !== "Claim").length - 1;
      bar.replaceChildren(make("span", {}, "Only ", thing(capital(nodes[focus.node].label), "node", focus.node), " and " + plural(Math.max(0, count), "thing") + " within"),
        ...[1, 2, 3].map((hops) => button(plural(hops, "step"), () => store.setFocus({ ...focus, hops }), { "aria-pressed": String(focus.hops === hops) })), button("Show all", () => store.setFocus(null), { id: "unfocus" }));
    } else if (focus) {
      const { path } = store;
      bar.replaceChildren(make("span", {}, "Shortest chain from ", thing(capital(nodes[focus.node].label), "node", focus.node), " to ", thing(capital(nodes[focus.other].label), "node", focus.other), path ? ": " + plural(path.length - 1, "step") : ": none in what is shown"),
        button("The claims along it", () => { store.select(null); explorer.showSide("facts"); explorer.openColumn(true); }), button("Show all", () => store.setFocus(null), { id: "unfocus" }));
    }
  };
  explorer.askChain = (node) => { from = node; store.setFocus(null); draw(); at("search").focus(); };
  store.on((changed) => {
    const { selection } = store;
    if (from >= 0 && changed.has("selection") && selection) {
      const other = selection.kind === "node" ? selection.id : selection.kind === "fact" ? facts[selection.id].node : -1;
      if (other >= 0 && other !== from) {
        const start = from;
        from = -1;
        store.selection = null;
        store.become(store.filters, { kind: "chain", node: start, other }, null);
        explorer.showSide("facts");
        return;
      }
    }
    draw();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    /* in a field it takes back what is written there, and no more */
    if (/^(input|select|textarea)$/i.test(event.target.tagName) && event.target.type !== "checkbox") { event.target.blur(); return; }
    if (from >= 0) { from = -1; draw(); }
    else if (at("column").classList.contains("open") && explorer.narrow()) explorer.openColumn(false);
    else if (at("filters").classList.contains("open")) at("filters-toggle").click();
    else if (store.selection) store.select(null);
    else if (store.focus) store.setFocus(null);
    else explorer.resetAll();
  });
  explorer.resetAll = () => { from = -1; at("search").value = ""; store.reset(); for (const panel of explorer.panels) if (panel.root && panel.reset) panel.reset(); };
  at("reset").onclick = explorer.resetAll;
})();
