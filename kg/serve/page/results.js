// What the endpoint said, as columns and rows of cells: { kind, text, datatype, language } or null.
const NT = /(<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?)/gu;
const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };
const unescaped = (text) => text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gu,
  (_, four, eight, sign) => (sign ? ESCAPES[sign] ?? sign : String.fromCodePoint(parseInt(four || eight, 16))));

const term = (text) => {
  if (text.startsWith("<")) return { kind: "uri", text: unescaped(text.slice(1, -1)), datatype: "", language: "" };
  if (text.startsWith("_:")) return { kind: "bnode", text: text.slice(2), datatype: "", language: "" };
  const end = text.lastIndexOf('"'), tail = text.slice(end + 1);
  return {
    kind: "literal", text: unescaped(text.slice(1, end)),
    datatype: tail.startsWith("^^") ? tail.slice(3, -1) : "", language: tail.startsWith("@") ? tail.slice(1) : "",
  };
};

export const fromTriples = (text) => ({
  form: "triples", columns: ["subject", "predicate", "object"],
  rows: text.split("\n").filter(Boolean).map((line) => line.match(NT).slice(0, 3).map(term)),
});

export const fromJson = (content) => {
  if ("boolean" in content) return { form: "truth", columns: ["answer"], rows: [[{ kind: "literal", text: String(content.boolean), datatype: "", language: "" }]] };
  const columns = content.head.vars;
  const cell = (found) => found && { kind: found.type === "typed-literal" ? "literal" : found.type, text: found.value, datatype: found.datatype || "", language: found["xml:lang"] || "" };
  return { form: "rows", columns, rows: content.results.bindings.map((row) => columns.map((name) => cell(row[name]) || null)) };
};

export const csv = (result) => {
  const quoted = (text) => (/[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
  return [result.columns, ...result.rows.map((row) => row.map((cell) => (cell ? cell.text : "")))]
    .map((row) => row.map(quoted).join(",") + "\r\n").join("");
};

export const json = (result) => JSON.stringify(result.form === "truth"
  ? { head: {}, boolean: result.rows[0][0].text === "true" }
  : {
    head: { vars: result.columns },
    results: {
      bindings: result.rows.map((row) => Object.fromEntries(result.columns.flatMap((name, index) => {
        const cell = row[index];
        if (!cell) return [];
        const made = { type: cell.kind, value: cell.text };
        if (cell.language) made["xml:lang"] = cell.language;
        else if (cell.datatype) made.datatype = cell.datatype;
        return [[name, made]];
      }))),
    },
  }, null, 2) + "\n";

/* ── what a cell is ─────────────────────────────────────────────────────────────────────── */
export const number = (cell) => {
  if (!cell || cell.kind !== "literal" || !/#(integer|decimal|double|float|int|long|short|nonNegativeInteger|positiveInteger)$/.test(cell.datatype)) return null;
  const value = Number(cell.text);
  return Number.isFinite(value) ? value : null;
};
export const day = (cell) => {
  if (!cell || cell.kind !== "literal" || !/^-?\d{4,}-\d\d-\d\d(T|$|Z|[+-])/.test(cell.text)) return null;
  const text = cell.text.length === 10 ? cell.text + "T00:00:00Z" : cell.text.replace(/^(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)$/, "$1T00:00:00$2");
  const value = Date.parse(/T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? text : text + "Z");
  return Number.isNaN(value) ? null : value;
};
export const point = (cell) => {
  const found = cell && cell.kind === "literal" && /^\s*(?:<[^>]*CRS84>\s*)?POINT\s*(?:Z\s*)?\(\s*([-+\d.eE]+)\s+([-+\d.eE]+)[^)]*\)\s*$/i.exec(cell.text);
  if (!found) return null;
  const lon = Number(found[1]), lat = Number(found[2]);
  return Number.isFinite(lon) && Math.abs(lat) <= 90 && Math.abs(lon) <= 540 ? [lon, lat] : null;
};

/* Columns of which most filled cells are such ones. */
export const columnsOf = (result, read) => result.columns.map((_, index) => index).filter((index) => {
  const filled = result.rows.map((row) => row[index]).filter(Boolean);
  return filled.length > 0 && filled.filter((cell) => read(cell) !== null).length > filled.length / 2;
});
export const textColumns = (result) => {
  const other = new Set([...columnsOf(result, number), ...columnsOf(result, day), ...columnsOf(result, point)]);
  return result.columns.map((_, index) => index).filter((index) => !other.has(index) && result.rows.some((row) => row[index]));
};
export const named = (result, indexes, pattern) => indexes.find((index) => pattern.test(result.columns[index]));

/* A column of two to eight different values, to colour by; undefined without one. */
export const kindColumn = (result) => {
  const few = textColumns(result).filter((index) => {
    const count = new Set(result.rows.map((row) => (row[index] ? row[index].text : ""))).size;
    return count >= 2 && count <= 8;
  });
  return named(result, few, /kind|class|type|outcome|act|layer|category/i) ?? few[0];
};
export const kinds = (result, column, short) => {
  if (column === undefined) return { of: () => 0, names: [] };
  const names = [...new Set(result.rows.map((row) => (row[column] ? short(row[column].text) : "–")))].sort();
  return { of: (row) => names.indexOf(row[column] ? short(row[column].text) : "–"), names };
};
