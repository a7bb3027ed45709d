// Small makers: text only ever enters the page as text.
export const at = (id) => document.getElementById(id);

export const make = (name, properties, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key === "class") element.className = value;
    else if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  for (const child of children) if (child !== null && child !== undefined && child !== "") element.append(child);
  return element;
};

export const svg = (name, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

export const plural = (count, noun) => count.toLocaleString("en") + " " + noun + (count === 1 ? "" : "s");
export const cut = (text, most) => (text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text);

/* A click, or Enter and Space on what is no button of HTML. */
export const press = (element, act) => {
  element.addEventListener("click", act);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); act(event); }
  });
};

export const colour = (number) => "var(--c" + (number % 8) + ")";
