// The tokens of SPARQL, for colours and prefixes; the same ones that kg/store/guard.py cuts.
const TOKEN = new RegExp([
  String.raw`(?<comment>#[^\r\n]*)`,
  String.raw`(?<string>"""(?:(?:"|"")?(?:[^"\\]|\\[^]))*"""|'''(?:(?:'|'')?(?:[^'\\]|\\[^]))*'''|"(?:[^"\\\n\r]|\\[^])*"|'(?:[^'\\\n\r]|\\[^])*')`,
  String.raw`(?<iri><[^<>"{}|^${"`"}\\\x00-\x20]*>)`,
  String.raw`(?<variable>[?$][\p{L}\p{N}_]+)`,
  String.raw`(?<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)`,
  String.raw`(?<name>(?:\p{L}[\p{L}\p{N}_.-]*)?:(?:[\p{L}\p{N}_:%-]|\\[^]|\.(?=[\p{L}\p{N}_:%\\-]))*|_:[\p{L}\p{N}_][\p{L}\p{N}_.-]*)`,
  String.raw`(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
  String.raw`(?<word>[\p{L}_][\p{L}\p{N}_]*)`,
  String.raw`(?<space>\s+)`,
  String.raw`(?<sign>[^])`,
].join("|"), "gu");

const KEYWORDS = new Set(("select ask construct describe where prefix base optional union minus graph filter bind values as distinct reduced " +
  "order by group having limit offset asc desc not exists in a true false undef from named service count sum avg min max sample " +
  "group_concat separator if coalesce bound str lang langmatches datatype iri uri bnode rand abs ceil floor round concat strlen ucase " +
  "lcase encode_for_uri contains strstarts strends strbefore strafter year month day hours minutes seconds timezone tz now uuid struuid " +
  "md5 sha1 sha256 sha384 sha512 strlang strdt sameterm isiri isuri isblank isliteral isnumeric regex substr replace " +
  "insert delete data with using clear drop load create copy move add to all default silent").split(" "));

export const tokens = (text) => Array.from(text.matchAll(TOKEN), (match) => {
  const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
  const keyword = kind === "word" && KEYWORDS.has(match[0].toLowerCase());
  return { kind: keyword ? "keyword" : kind, text: match[0], start: match.index };
});

const VIEWS = { table: "table", map: "map", timeline: "timeline", graph: "graph", barchart: "bars", bars: "bars", bar: "bars" };
/* The view that a comment of the query asks for, as on Wikidata; "" without one. */
export const wantedView = (text) => {
  for (const token of tokens(text)) {
    const found = token.kind === "comment" && /^#\s*defaultView\s*:\s*(\w+)/i.exec(token.text);
    if (found) return VIEWS[found[1].toLowerCase()] || "";
  }
  return "";
};

export const declared = (text) => {
  const found = new Set(), all = tokens(text).filter((token) => token.kind !== "space" && token.kind !== "comment");
  all.forEach((token, index) => {
    if (token.text.toLowerCase() === "prefix" && all[index + 1]) found.add(all[index + 1].text.split(":")[0]);
  });
  return found;
};

/* PREFIX lines for the names that are used and not declared, in the order of the known prefixes. */
export const missing = (text, prefixes) => {
  const known = declared(text);
  const used = new Set(tokens(text).filter((token) => token.kind === "name").map((token) => token.text.split(":")[0]));
  return prefixes.filter(([name]) => used.has(name) && !known.has(name)).map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("");
};

export const shortener = (prefixes) => (iri) => {
  const fitting = prefixes.filter(([, space]) => iri.startsWith(space)).sort((one, two) => two[1].length - one[1].length)[0];
  return fitting ? fitting[0] + ":" + iri.slice(fitting[1].length) : iri;
};
