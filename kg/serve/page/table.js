// The rows as they came; a click on a head sorts by that column.
import { make, plural } from "./dom.js";
import { columnsOf, day, number } from "./results.js";

const PAGE = 200;

export const table = {
  name: "table", label: "Table",
  fits: () => "",
  draw: (result, host, context) => {
    if (result.form === "truth") return void host.append(make("p", { class: "truth" }, result.rows[0][0].text === "true" ? "Yes" : "No"));
    if (!result.rows.length) return void host.append(make("p", { class: "nothing" }, "No rows. The store holds nothing that fits this question."));
    const numbers = new Set(columnsOf(result, number)), dates = new Set(columnsOf(result, day));
    const long = new Set(result.columns.map((_, index) => index).filter((index) => result.rows.some((row) => row[index] && row[index].kind === "literal" && row[index].text.length > 90)));
    const heads = result.columns.map((name, index) => {
      const button = make("button", { type: "button", title: "Sort by " + name }, name);
      const head = make("th", { scope: "col", class: numbers.has(index) ? "n" : "" }, button);
      button.addEventListener("click", () => sort(index));
      return head;
    });
    const body = make("tbody", {}), more = make("button", { type: "button", class: "more", hidden: true }, "More");
    let rows = result.rows, shown = 0, sorted = null;
    const extend = () => {
      for (const row of rows.slice(shown, shown + PAGE)) {
        body.append(make("tr", {}, ...row.map((cell, index) => make("td", { class: numbers.has(index) ? "n" : dates.has(index) ? "date" : long.has(index) ? "long" : "text" }, cell ? context.cell(cell) : ""))));
      }
      shown = Math.min(rows.length, shown + PAGE);
      more.hidden = shown >= rows.length;
      more.textContent = plural(rows.length - shown, "more row");
    };
    const value = (cell, index) => (!cell ? null : numbers.has(index) ? number(cell) : cell.text);
    const sort = (index) => {
      const down = sorted && sorted.index === index && !sorted.down;
      sorted = { index, down };
      rows = [...result.rows].sort((one, two) => {
        const a = value(one[index], index), b = value(two[index], index);
        if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
        return (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en")) * (down ? -1 : 1);
      });
      heads.forEach((head, at) => { if (at === index) head.setAttribute("aria-sort", down ? "descending" : "ascending"); else head.removeAttribute("aria-sort"); });
      body.replaceChildren(); shown = 0; extend();
    };
    more.addEventListener("click", extend);
    extend();
    host.append(make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body), more);
  },
};
