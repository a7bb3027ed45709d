// Rows with dates along an axis of time, each in the first lane that is free.
import { legend, openCard } from "./card.js";
import { colour, cut, make, plural, press, svg } from "./dom.js";
import { columnsOf, day, kindColumn, kinds, named, textColumns } from "./results.js";

const DAY = 86400000, LANE = 26, HEAD = 34, MOST = 600;
const format = (time, options) => new Date(time).toLocaleDateString("en-GB", { timeZone: "UTC", ...options });

const items = (result, context) => {
  const dates = columnsOf(result, day);
  const start = named(result, dates, /earliest|start|begin|since|from/i) ?? named(result, dates, /date|day|time|published|issued/i) ?? dates[0];
  const end = named(result, dates.filter((index) => index !== start), /latest|end|until|to$/i);
  const spare = named(result, dates.filter((index) => index !== start && index !== end), /published|issued|date/i);
  const words = textColumns(result);
  const title = named(result, words, /event|label|what|title|name|happening/i) ?? words[0];
  const more = words.find((index) => index !== title && /where|place|speaker|who/i.test(result.columns[index]));
  const groups = kinds(result, kindColumn(result), context.short);
  const found = new Map();
  for (const row of result.rows) {
    const from = day(row[start]) ?? (spare === undefined ? null : day(row[spare]));
    if (from === null) continue;
    const until = end === undefined ? from : Math.max(from, day(row[end]) ?? from);
    const name = title === undefined || !row[title] ? "" : context.short(row[title].text);
    const beside = more === undefined || !row[more] ? "" : context.short(row[more].text);
    const key = JSON.stringify([from, until, name, beside]);
    if (!found.has(key)) found.set(key, { from, until, name, beside: name.includes(beside) ? "" : beside, kind: groups.of(row), rows: [] });
    found.get(key).rows.push(row);
  }
  return { list: [...found.values()].sort((one, two) => one.from - two.from || one.until - two.until || (one.name < two.name ? -1 : 1)), groups };
};

/* Ticks at days, weeks, months or years, whichever stand far enough apart. */
const ticks = (from, until, width) => {
  const days = (until - from) / DAY, room = Math.max(2, Math.floor(width / 110));
  const found = [], date = new Date(from);
  const add = (time, text) => { if (time >= from && time <= until) found.push([time, text]); };
  if (days / room <= 28) {
    const step = [1, 2, 7, 14, 28].find((one) => days / one <= room) || 28;
    for (let time = Math.floor(from / DAY) * DAY; time <= until; time += step * DAY) add(time, format(time, { day: "numeric", month: "short", year: "numeric" }));
  } else {
    const months = [1, 3, 6, 12, 24, 60, 120, 600, 1200].find((one) => days / 30.4 / one <= room) || 6000;
    let year = date.getUTCFullYear(), month = months >= 12 ? 0 : Math.floor(date.getUTCMonth() / months) * months;
    if (months >= 12) year = Math.floor(year / (months / 12)) * (months / 12);
    for (let time = Date.UTC(year, month, 1); time <= until; month += months, time = Date.UTC(year, month, 1)) add(time, format(time, months >= 12 ? { year: "numeric" } : { month: "short", year: "numeric" }));
  }
  return found;
};

export const timeline = {
  name: "timeline", label: "Timeline",
  fits: (result) => (columnsOf(result, day).length ? "" : "No column holds dates"),
  draw: (result, host, context) => {
    const { list, groups } = items(result, context);
    const shown = list.slice(0, MOST);
    const box = make("div", { class: "timeline" }), pane = make("div", { class: "pane" }, box);
    host.append(pane);
    const paint = () => {
      const width = Math.max(host.clientWidth || 800, 320), first = shown[0].from;
      const last = Math.max(...shown.map((item) => item.until + DAY));
      const spread = Math.max(last - first, 2 * DAY), margin = 26, room = width - margin - Math.min(230, width * 0.32);
      const toX = (time) => margin + ((time - first) / spread) * (room - margin);
      const lanes = [], drawn = [];
      for (const item of shown) {
        const left = toX(item.from), right = Math.max(toX(item.until + DAY), left + 10);
        const times = item.rows.length > 1 ? ` ×${item.rows.length}` : "";
        const fitting = Math.floor((Math.max(width - right, left) - 40) / 6.9) - times.length;
        const text = cut(item.name || "–", Math.max(8, Math.min(48, fitting)));
        const beside = fitting - text.length > 6 ? cut(item.beside, Math.min(30, fitting - text.length - 2)) : "";
        const wide = right - left + 14 + (text.length + beside.length + times.length) * 6.9 + 14;
        const flip = left + wide > width - 8 && left - wide > 0;
        const span = flip ? [left - (wide - (right - left)), right + 8] : [left - 6, left + wide];
        let lane = lanes.findIndex((taken) => taken.every(([one, two]) => span[1] < one || two < span[0]));
        if (lane < 0) lane = lanes.push([]) - 1;
        lanes[lane].push(span);
        drawn.push({ item, left, right, lane, text, beside, times, flip, span });
      }
      const height = HEAD + lanes.length * LANE + 44;
      const picture = svg("svg", { width, height, role: "group", "aria-label": `Timeline, number of entries: ${shown.length}` });
      for (const [time, text] of ticks(first, first + spread, room)) {
        picture.append(svg("line", { class: "tick", x1: toX(time), x2: toX(time), y1: HEAD - 8, y2: height }), svg("text", { class: "day", x: toX(time) + 4, y: 18 }, text));
      }
      for (const { item, left, right, lane, text, beside, times, flip, span } of drawn) {
        const y = HEAD + lane * LANE;
        const label = svg("text", { x: flip ? left - 8 : right + 8, y: y + 17, "text-anchor": flip ? "end" : "start" }, text, svg("tspan", { class: "sub" }, (beside ? "  " + beside : "") + times));
        const dates = format(item.from, { day: "numeric", month: "long", year: "numeric" }) + (item.until > item.from ? " – " + format(item.until, { day: "numeric", month: "long", year: "numeric" }) : "");
        const group = svg("g", { class: "item", tabindex: "0", role: "button", "aria-label": `${dates}: ${item.name} ${item.beside}` }, svg("title", {}, dates),
          svg("rect", { class: "hit", x: span[0], y: y + 1, width: span[1] - span[0], height: LANE - 2, rx: 6 }),
          svg("rect", { x: left, y: y + 8, width: right - left, height: 10, rx: 5, fill: colour(item.kind) }), label);
        press(group, () => openCard(pane, item.name || dates, result, item.rows, context));
        picture.append(group);
      }
      box.replaceChildren(picture);
    };
    paint();
    let before = host.clientWidth;
    const watch = new ResizeObserver(() => {
      if (!box.isConnected) watch.disconnect();
      else if (Math.abs(host.clientWidth - before) > 12) { before = host.clientWidth; paint(); }
    });
    watch.observe(host);
    const key = legend(groups.names, colour);
    if (key) pane.append(key);
    const undated = result.rows.length - list.reduce((sum, item) => sum + item.rows.length, 0);
    return [list.length > MOST ? `The first ${MOST} of ${list.length} entries.` : "", undated ? plural(undated, "row") + " without a date not shown." : ""].filter(Boolean).join(" ");
  },
};
