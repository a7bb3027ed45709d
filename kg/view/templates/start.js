"use strict";
/* Last: the panels are registered; the page is drawn as the address says. */
(() => {
  const { panels, show, showSide } = explorer;
  const side = panels.find((panel) => panel.side), first = panels.find((panel) => !panel.side);
  if (side) showSide(side.name);
  if (first) show(first.name);
  explorer.tally();
  document.documentElement.dataset.ready = "yes";
})();
