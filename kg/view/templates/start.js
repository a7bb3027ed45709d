"use strict";
/* Last: the panels are registered; the page is drawn as the address says. */
explorer.begin();
document.documentElement.dataset.ready = "yes";
