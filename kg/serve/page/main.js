// The query page: asks this server, and shows what it says.
import { bars } from "./bars.js";
import { at, make, plural } from "./dom.js";
import { Editor } from "./editor.js";
import { Gallery } from "./gallery.js";
import { graph } from "./graph.js";
import { map } from "./map.js";
import { csv, fromJson, fromTriples, json } from "./results.js";
import { missing, shortener, wantedView } from "./sparql.js";
import { table } from "./table.js";
import { timeline } from "./timeline.js";

const FIRST = 1000; // rows that are asked for at first; they come much sooner than all
const VIEWS = [table, map, timeline, graph, bars];
const about = await (await fetch("about.json")).json();
const short = shortener(about.prefixes);
const editor = new Editor(at("text"), at("colours"), about.prefixes);
let running = null, result = null;

at("store").textContent = `${about.store} · answers within ${about.seconds} s, up to ${about.rows.toLocaleString("en")} rows`;

/* ── a cell, as text: an IRI can be asked about ───────────────────────────────────────────── */
const cell = (found) => {
  if (found.kind !== "uri") return found.language ? make("span", {}, found.text, " ", make("small", {}, found.language)) : found.text;
  const button = make("button", { type: "button", class: "iri", title: "What is said of " + found.text }, short(found.text));
  button.addEventListener("click", () => { gallery.leave(); editor.text = `#defaultView:Graph\nDESCRIBE <${found.text}>\n`; run(); });
  return button;
};
const context = { short, cell };

/* ── showing ──────────────────────────────────────────────────────────────────────────────── */
const say = (text) => { at("said").textContent = text; };
const note = (...texts) => {
  const words = texts.filter(Boolean).join(" ");
  at("note").textContent = words;
  at("note").hidden = !words;
  if (words && result && result.partial && result.rows.length < about.rows) {
    const all = make("button", { type: "button", id: "further" }, `Up to ${about.rows.toLocaleString("en")} rows`);
    all.addEventListener("click", () => run(about.rows));
    at("note").append(" ", all);
  }
};
/* What is wrong takes the place of the answer before, or that would be taken for this one's. */
const complain = (text) => {
  at("fault").textContent = text;
  at("fault").hidden = false;
  at("hint").hidden = at("heading").hidden = true;
  at("view").replaceChildren();
  note();
};

const show = (name) => {
  const view = VIEWS.find((one) => one.name === name);
  for (const button of at("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === name));
  at("view").replaceChildren();
  at("view").scrollTop = 0;
  const partial = result.partial ? `The first ${plural(result.rows.length, "row")}; there are more.${result.rows.length < about.rows ? "" : " Add LIMIT, or narrow the question."}` : "";
  note(partial, result.notice, view.draw(result, at("view"), context) || "");
  document.documentElement.dataset.view = name;
};

const present = (wanted) => {
  at("heading").hidden = false;
  at("hint").hidden = true;
  const some = result.form !== "truth" && result.rows.length > 0;
  at("views").replaceChildren(...VIEWS.map((view) => {
    const why = view === table ? "" : some ? view.fits(result) : "There is nothing to draw";
    const button = make("button", { type: "button", disabled: Boolean(why), title: why }, view.label);
    button.dataset.view = view.name;
    button.addEventListener("click", () => show(view.name));
    return button;
  }));
  const chosen = VIEWS.find((view) => view.name === wanted) || table;
  const why = chosen === table ? "" : some ? chosen.fits(result) : "";
  result.notice = why ? `Not shown as ${chosen.label.toLowerCase()}: ${why.charAt(0).toLowerCase() + why.slice(1)}.` : "";
  show(why || !some ? "table" : chosen.name);
};

/* ── asking ───────────────────────────────────────────────────────────────────────────────── */
const busy = (is) => {
  at("run").disabled = is;
  at("cancel").hidden = !is;
  document.querySelector(".found").classList.toggle("busy", is);
  document.documentElement.dataset.state = is ? "busy" : "idle";
};

const run = async (rows = FIRST) => {
  if (running) running.abort();
  const mine = (running = new AbortController()), text = editor.text, begun = performance.now();
  at("fault").hidden = true;
  note();
  busy(true);
  const clock = setInterval(() => say(`${((performance.now() - begun) / 1000).toFixed(0)} s …`), 1000);
  say("…");
  try {
    const response = await fetch("sparql", {
      method: "POST", signal: mine.signal, body: new URLSearchParams({ query: text, partial: "yes", rows: String(Math.min(rows, about.rows)) }),
      headers: { Accept: "application/sparql-results+json, application/n-triples;q=0.9" },
    });
    const content = await response.text(), seconds = ((performance.now() - begun) / 1000).toFixed(2);
    if (mine !== running) return;
    history.replaceState(null, "", "#query=" + encodeURIComponent(text));
    if (!response.ok) {
      say("");
      complain(content.trim());
      const place = /line (\d+), column (\d+)/.exec(content);
      if (place) editor.mark(Number(place[1]), Number(place[2]));
      return;
    }
    const triples = response.headers.get("content-type").includes("n-triples");
    result = triples ? fromTriples(content) : fromJson(JSON.parse(content));
    result.partial = response.headers.get("x-kg-partial") === "yes";
    say(result.form === "truth" ? `${seconds} s` : `${plural(result.rows.length, triples ? "triple" : "row")} in ${seconds} s`);
    present(wantedView(text));
  } catch (error) {
    if (mine !== running) return;
    if (error.name === "AbortError") say("Cancelled; the server has stopped the query.");
    else { say(""); complain(`The server does not answer (${error.message}); is kg serve still running?`); }
  } finally {
    clearInterval(clock);
    if (mine === running) { running = null; busy(false); }
  }
};
const cancel = () => { if (running) running.abort(); };

const save = (content, media, name) => {
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type: media })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

/* ── wiring ───────────────────────────────────────────────────────────────────────────────── */
const gallery = new Gallery(about.queries, (text, go) => { editor.text = text; if (go) run(); }, complain);
at("text").addEventListener("input", () => gallery.leave());
at("run").addEventListener("click", () => run());
at("cancel").addEventListener("click", cancel);
at("declare").addEventListener("click", () => editor.insert(editor.top(), missing(editor.text, about.prefixes)));
at("csv").addEventListener("click", () => save(csv(result), "text/csv", "answer.csv"));
at("json").addEventListener("click", () => save(json(result), "application/json", "answer.json"));
at("gallery-toggle").addEventListener("click", () => {
  const open = at("gallery").classList.toggle("open");
  at("gallery-toggle").setAttribute("aria-expanded", String(open));
  if (open) at("find").focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  else if (event.key === "Escape") cancel();
  else if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); at("find").focus(); }
});

const given = /^#query=(.*)$/s.exec(location.hash);
let text = "SELECT ?published ?title {\n  ?article a ck:Article ; dcterms:title ?title .\n  OPTIONAL { ?article dcterms:issued ?published }\n} ORDER BY ?published LIMIT 20\n";
if (given) {
  try { text = decodeURIComponent(given[1]); } catch { complain("The query in the address is cut off."); }
}
editor.text = text;
document.documentElement.dataset.ready = "yes";
