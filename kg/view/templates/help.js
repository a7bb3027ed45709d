"use strict";
/* What keys do and what the signs mean, behind the button with the question mark, or the key itself. */
(() => {
  const { at, make, swatch, FAMILIES, FAMILY_WORDS, GROUPS, stroke, capital } = explorer;
  const KEYS = [
    ["/", "search names, claims and words"], ["Tab", "to the next part of the page; one stop for each list"], ["← → ↑ ↓", "from node to node, mark to mark, row to row"],
    ["Enter", "choose; all views follow"], ["1 2 3", "in the graph: only what is so many steps around"], ["+ − 0", "nearer, farther, show all"],
    ["Shift + arrows", "move the picture"], ["Esc", "back: selection, then focus, then filters"], ["?", "this list"],
  ];
  const SIGNS = ["A hollow event is possible, planned, demanded or denied.", "A red rim marks what somebody disputes.", "A number in a bubble’s name says how many nodes it holds; a click opens it."];
  let box = null;
  const built = () => {
    const list = make("dl", { class: "rows" }, ...KEYS.flatMap(([key, words]) => [make("dt", {}, key), make("dd", {}, words)]));
    const shapes = make("ul", { class: "signs" }, ...Object.keys(FAMILIES).map((family) => make("li", {}, swatch(family), " ", FAMILY_WORDS[family])), ...GROUPS.map((group) => make("li", {}, stroke(group), " ", capital(group[1]))));
    box = make("dialog", { id: "help-box", "aria-labelledby": "help-title" }, make("div", { class: "help-head" }, make("h3", { id: "help-title" }, "Keys and signs"), make("button", { type: "button", class: "plain", onclick: () => box.close() }, "Close")),
      list, shapes, make("ul", { class: "plainlist" }, ...SIGNS.map((words) => make("li", {}, words))), make("p", { class: "fine" }, "The address of this page brings back what you see; CSV, JSON and PNG take it along. Nothing leaves this machine."));
    box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
    box.addEventListener("keydown", (event) => event.stopPropagation());
    document.body.append(box);
  };
  const show = () => { if (!box) built(); if (!box.open) box.showModal(); };
  at("help").onclick = show;
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !/^(input|select|textarea)$/i.test(event.target.tagName)) { event.preventDefault(); show(); }
  });
})();
