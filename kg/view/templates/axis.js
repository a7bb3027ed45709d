"use strict";
/* Axes of time and of numbers, and intervals on them; used by the timeline and the boards. */
(() => {
  const { svg, amount } = explorer;
  const DAY = 86400000, MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  /* Ticks at days, weeks, months or years, as many as stand well apart in `width` pixels: [[day, text]]. */
  explorer.dayTicks = (from, to, width) => {
    const room = Math.max(2, Math.floor(width / 92)), days = to - from, found = [];
    const add = (day, text) => { if (day >= from && day <= to) found.push([day, text]); };
    if (days / room <= 28) {
      const step = [1, 2, 7, 14, 28].find((one) => days / one <= room) || 28;
      for (let day = Math.ceil(from); day <= to; day += step) { const date = new Date(day * DAY); add(day, date.getUTCDate() + " " + MONTHS[date.getUTCMonth()] + (found.length ? "" : " " + date.getUTCFullYear())); }
      return found;
    }
    const months = [1, 3, 6, 12, 24, 60, 120, 600, 1200].find((one) => days / 30.4 / one <= room) || 6000, date = new Date(from * DAY);
    let month = months >= 12 ? Math.floor(date.getUTCFullYear() / (months / 12)) * months : date.getUTCFullYear() * 12 + Math.floor(date.getUTCMonth() / months) * months;
    for (let day = 0; day <= to; month += months) {
      day = Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;
      add(day, (months >= 12 ? "" : MONTHS[month % 12] + " ") + Math.floor(month / 12));
    }
    return found;
  };
  /* Round numbers from 0 to at least `most`, about `count` of them. */
  explorer.numberTicks = (most, count = 5) => {
    const rough = Math.max(most, 1e-9) / count, power = 10 ** Math.floor(Math.log10(rough));
    const step = Math.max(most >= 4 ? 1 : 0.1, [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough));
    return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  };
  /* An interval of numbers as a bar with ends, an arrow where it has no end, a point where both are one.
     It is named by `series` (side-0, side-1 …), which the style sheet gives a colour; the shape follows it too. */
  explorer.interval = (toX, y, lower, upper, right, series) => {
    const group = svg("g", { class: "interval " + series }), second = /[13579]$/.test(series);
    const point = (x) => (second ? svg("path", { d: `M${x - 5.5},${y}L${x},${y - 5.5}L${x + 5.5},${y}L${x},${y + 5.5}Z` }) : svg("circle", { cx: x, cy: y, r: 4.6 }));
    if (lower !== null && lower === upper) { group.append(point(toX(lower))); return group; }
    const from = toX(lower ?? 0), to = upper === null ? right : toX(upper);
    group.append(svg("line", { x1: from, x2: to - (upper === null ? 5 : 0), y1: y, y2: y, class: "span" }));
    if (lower !== null) group.append(point(from)); else group.append(svg("line", { x1: from, x2: from, y1: y - 4, y2: y + 4, class: "end" }));
    if (upper === null) group.append(svg("path", { d: `M${to - 7},${y - 5}L${to},${y}L${to - 7},${y + 5}`, class: "arrow" })); else group.append(point(to));
    return group;
  };
  /* An axis of numbers below rows: lines at its ticks and their numbers. */
  explorer.numberAxis = (toX, ticks, height, unit = "") => ticks.map((tick, index) => svg("g", {},
    svg("line", { x1: toX(tick), x2: toX(tick), y1: 2, y2: height - 16, class: "grid" }),
    svg("text", { x: toX(tick), y: height - 3, class: "tick", "text-anchor": index ? "middle" : "start" }, amount(tick) + (unit && index === ticks.length - 1 ? " " + unit : ""))));
})();
