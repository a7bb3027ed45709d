// The editor: a textarea with its text coloured behind it, and prefixes that declare themselves.
import { make } from "./dom.js";
import { declared, tokens } from "./sparql.js";

export class Editor {
  constructor(area, colours, prefixes) {
    this.area = area;
    this.colours = colours;
    this.prefixes = new Map(prefixes);
    this.wrong = null;
    area.addEventListener("input", (event) => {
      this.wrong = null;
      if (event.inputType === "insertText" && event.data === ":") this.declare();
      this.paint();
    });
    area.addEventListener("scroll", () => this.follow());
    new ResizeObserver(() => this.follow()).observe(area);
  }

  get text() { return this.area.value; }

  set text(text) {
    this.area.value = text;
    this.wrong = null;
    this.area.scrollTop = this.area.scrollLeft = 0;
    this.paint();
  }

  /* Puts text at a place in a way that Ctrl+Z takes back, the caret staying where it was. */
  insert(start, text) {
    const { selectionStart, selectionEnd } = this.area, moved = (spot) => (spot >= start ? spot + text.length : spot);
    this.area.focus();
    this.area.setSelectionRange(start, start);
    if (!document.execCommand("insertText", false, text)) this.area.setRangeText(text, start, start, "end");
    this.area.setSelectionRange(moved(selectionStart), moved(selectionEnd));
    this.paint();
  }

  /* Just behind a known prefix and its colon: the PREFIX line goes to the top. */
  declare() {
    const caret = this.area.selectionStart, text = this.text;
    const token = tokens(text).find((one) => one.start < caret && caret <= one.start + one.text.length);
    if (!token || token.kind !== "name" || token.start + token.text.length !== caret) return;
    const name = token.text.slice(0, -1), iri = this.prefixes.get(name);
    const line = text.slice(text.lastIndexOf("\n", token.start - 1) + 1, token.start);
    if (!iri || /^\s*prefix\s+$/i.test(line) || declared(text).has(name)) return;
    this.insert(this.top(), `PREFIX ${name}: <${iri}>\n`);
  }

  /* Where PREFIX lines go: behind the comments that the query begins with. */
  top() {
    let spot = 0;
    for (const line of this.text.split("\n")) {
      if (!line.startsWith("#")) break;
      spot += line.length + 1;
    }
    return Math.min(spot, this.text.length);
  }

  /* Marks a line and column, both from 1. */
  mark(line, column) {
    const before = this.text.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    this.wrong = before + column - 1;
    // an engine that stops behind a name means the name
    while (this.wrong > 0 && /^\s?$/.test(this.text.charAt(this.wrong))) this.wrong -= 1;
    this.paint();
  }

  paint() {
    const parts = tokens(this.text).map((token) => {
      const wrong = this.wrong !== null && token.start <= this.wrong && this.wrong < token.start + token.text.length;
      if (token.kind === "space" && !wrong) return token.text;
      return make("span", { class: "t-" + token.kind + (wrong ? " t-wrong" : "") }, token.text);
    });
    this.colours.replaceChildren(...parts, "\n");
    this.follow();
  }

  follow() {
    this.colours.scrollTop = this.area.scrollTop;
    this.colours.scrollLeft = this.area.scrollLeft;
  }
}
