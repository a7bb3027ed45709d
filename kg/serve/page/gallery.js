// The stored queries: a list to search in, and a field for each parameter.
import { at, make } from "./dom.js";

export class Gallery {
  constructor(queries, chosen, complain) {
    this.queries = queries;
    this.chosen = chosen;
    this.complain = complain;
    this.asked = 0;
    this.current = "";
    at("find").addEventListener("input", () => this.list());
    at("find").addEventListener("keydown", (event) => { if (event.key === "ArrowDown") { event.preventDefault(); this.step(-1, 1); } });
    at("queries").addEventListener("keydown", (event) => {
      const buttons = [...at("queries").querySelectorAll("button")], here = buttons.indexOf(document.activeElement);
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); this.step(here, event.key === "ArrowDown" ? 1 : -1); }
    });
    at("parameters").addEventListener("submit", (event) => { event.preventDefault(); this.fill().then((text) => text !== null && this.chosen(text, true)); });
    this.list();
  }

  step(here, by) {
    const buttons = [...at("queries").querySelectorAll("button")];
    const next = here + by < 0 ? at("find") : buttons[Math.min(here + by, buttons.length - 1)];
    if (next) next.focus();
  }

  list() {
    const words = at("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = this.queries.filter((query) => words.every((word) => (query.name + " " + query.description).toLowerCase().includes(word)));
    at("queries").replaceChildren(...fitting.map((query) => {
      const button = make("button", { type: "button" }, query.description, make("small", {}, query.name));
      if (query.name === this.current) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => this.choose(query));
      return make("li", {}, button);
    }), ...(fitting.length ? [] : [make("li", { class: "none" }, "No stored question has these words.")]));
  }

  choose(query) {
    this.current = query.name;
    this.list();
    at("gallery").classList.remove("open");
    at("gallery-toggle").setAttribute("aria-expanded", "false");
    at("parameters").replaceChildren(...query.parameters.map((parameter) => {
      const input = make("input", { name: parameter.name, value: parameter.default, autocomplete: "off", spellcheck: false });
      input.addEventListener("change", () => this.fill().then((text) => text !== null && this.chosen(text, false)));
      return make("label", {}, `${parameter.name} – ${parameter.meaning}`, input);
    }), ...(query.parameters.length ? [make("button", { type: "submit", class: "unseen", tabIndex: -1 }, "Run")] : []));
    at("parameters").hidden = query.parameters.length === 0;
    this.chosen(query.text, true);
  }

  /* No stored query is chosen any more: the text was changed by hand. */
  leave() {
    if (!this.current) return;
    this.current = "";
    at("parameters").hidden = true;
    this.list();
  }

  /* The text with the values that are in the fields, null where they do not fit or others came later. */
  async fill() {
    const turn = ++this.asked;
    const response = await fetch("queries/" + encodeURIComponent(this.current) + "?" + new URLSearchParams(new FormData(at("parameters"))));
    const text = await response.text();
    if (turn !== this.asked) return null;
    if (response.ok) return text;
    this.complain(text.trim());
    return null;
  }
}
