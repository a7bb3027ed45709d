// One bar for each value of the first column of text: the first number, or how many rows there are.
import { colour, cut, make, plural, svg } from "./dom.js";
import { columnsOf, number, textColumns } from "./results.js";

const MOST = 60;

export const bars = {
  name: "bars", label: "Bars",
  fits: (result) => (result.form === "rows" && textColumns(result).length ? "" : "Bars need a column of names"),
  draw: (result, host, context) => {
    const category = textColumns(result)[0], value = columnsOf(result, number)[0];
    const sums = new Map();
    for (const row of result.rows) {
      const name = row[category] ? context.short(row[category].text) : "–";
      sums.set(name, (sums.get(name) || 0) + (value === undefined ? 1 : number(row[value]) || 0));
    }
    const every = [...sums], shown = every.slice(0, MOST);
    if (value === undefined) shown.sort((one, two) => two[1] - one[1] || (one[0] < two[0] ? -1 : 1));
    const most = Math.max(...shown.map(([, sum]) => Math.abs(sum)), 1e-9);
    const doubled = result.rows.length > every.length && value !== undefined;
    const heading = (value === undefined ? "rows" : (doubled ? "sum of " : "") + result.columns[value]) + " by " + result.columns[category];
    const box = make("div", { class: "bars", role: "table", "aria-label": heading }, make("div", { class: "axis" }, heading));
    const width = Math.max(60, Math.min(620, (host.clientWidth || 800) * 0.55));
    for (const [name, sum] of shown) {
      const long = Math.max(2, (Math.abs(sum) / most) * width);
      box.append(
        make("div", { class: "cat", title: name }, cut(name, 70)),
        make("div", { class: "value" }, svg("svg", { width: long, height: 18, "aria-hidden": "true" }, svg("rect", { width: long, height: 18, rx: 3, fill: colour(sum < 0 ? 1 : 0) })), make("span", {}, sum.toLocaleString("en", { maximumFractionDigits: 2 }))),
      );
    }
    host.append(box);
    return every.length > MOST ? `The first ${MOST} of ${plural(every.length, "bar")}.` : "";
  },
};
