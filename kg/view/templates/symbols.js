"use strict";
/* What a facility is, as a sign in its hexagon: strokes and fills in a box of 16 by 16. */
(() => {
  const { svg, shapePath } = explorer;
  const SIGNS = {
    NuclearPowerPlant: "M8 6.6a1.4 1.4 0 1 0 .01 0ZM8 8 6.1 2.9A5.4 5.4 0 0 1 9.9 2.9ZM8 8l5.4-.9a5.4 5.4 0 0 1-1.9 3.3ZM8 8l-3.5 2.4A5.4 5.4 0 0 1 2.6 7.1ZM8 8l1.6 5.1a5.4 5.4 0 0 1-3.2 0Z",
    PowerPlant: "M9.2 2 4.2 9h3.2L6.6 14l5-7H8.4Z",
    Hospital: "M6.6 3h2.8v3.6H13v2.8H9.4V13H6.6V9.4H3V6.6h3.6Z",
    BorderCrossing: "M3 13V4h1.6v3h6.8V4H13v9h-1.6V9H4.6v4Z",
    Airbase: "M8 2 9 6.6 14 9.4v1.2L9 9.4l-.3 2.8 1.5 1.1v.9L8 13.6l-2.2.6v-.9l1.5-1.1L7 9.4 2 10.6V9.4L7 6.6Z",
    MilitaryBase: "m8 2.4 1.6 3.8 4.1.3-3.1 2.7.9 4L8 11.1l-3.5 2.1.9-4-3.1-2.7 4.1-.3Z",
    Depot: "M2.6 6 8 3l5.4 3v7H11V8H5v5H2.6ZM6 9h4v4H6Z",
    Refinery: "M8 2c2.6 3.2 4 5.2 4 7.2a4 4 0 0 1-8 0C4 7.2 5.4 5.2 8 2Z",
    GasFacility: "M8 2c3 2.8 4.2 4.9 4.2 7a4.2 4.2 0 0 1-8.4 0c0-1.5.7-2.6 1.6-3.6.2 1.2.7 1.9 1.3 2.2C6.5 5.5 6.9 3.6 8 2Z",
    Bridge: "M1.6 6h12.8v1.6h-1V12h-1.8c0-2.3-1.5-3.6-3.6-3.6S4.4 9.700 4.400 12H2.600V7.600h-1Z",
    Dam: "M3 3h3.200l1.200 10H3ZM8.600 8q1.300-1.200 2.600 0t2.600 0v1.500q-1.300 1.200-2.600 0t-2.400 0ZM9 11q1.200-1 2.400 0t2.400 0v1.500q-1.300 1.200-2.600 0t-2 0Z",
    School: "M8 3 1.800 6 8 9l4.600-2.200V10h1.300V6ZM4.200 8.500v2.700Q8 13.600 11.800 11.200V8.500L8 10.400Z",
    Residential: "M8 2.800 2.400 7.600h1.500v5.400h3V9.600h2.200V13h3V7.600h1.500Z",
  };
  const FACILITY = "M4 5h3V3h2v2h3v8H9V9.500H7V13H4Z";
  const paths = new Map();
  explorer.sign = (cls) => SIGNS[cls] || FACILITY;
  /* The sign on a canvas, its box 2r wide around (x, y). */
  explorer.drawSign = (pen, cls, x, y, r) => {
    if (!paths.has(cls)) paths.set(cls, new Path2D(explorer.sign(cls)));
    pen.save();
    pen.translate(x - r, y - r);
    pen.scale(r / 8, r / 8);
    pen.fill(paths.get(cls));
    pen.restore();
  };
  explorer.emblem = (cls, size = 22) => svg("svg", { width: size, height: size, viewBox: "0 0 16 16", class: "emblem", "aria-hidden": "true" },
    svg("path", { d: shapePath("Facility", 8, 8, 7.8), class: "fill-Facility" }),
    svg("path", { d: explorer.sign(cls), transform: "translate(2.8 2.8) scale(.65)", class: "sign" }));
})();
