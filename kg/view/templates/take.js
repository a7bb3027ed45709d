"use strict";
/* What is shown, to take along: a table as CSV, everything as JSON, the picture as PNG. */
(() => {
  const { at, make, model, panels } = explorer;

  const FORMATS = [["csv", "CSV"], ["json", "JSON"], ["png", "PNG"]];
  explorer.drawTake = (panel) => {
    at("take").replaceChildren(...FORMATS.filter(([form]) => panel && (panel.formats[form] || form === "png")).map(([form, label]) => make("button", {
      type: "button", id: "take-" + form, title: "Download what " + panel.title.toLowerCase() + " shows as " + label, onclick: () => explorer.download(panel.name, form),
    }, label)));
  };
  /* A cell that a spreadsheet would run as a formula is made text. */
  const cell = (value) => {
    let text = value === null || value === undefined ? "" : String(value);
    if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  };
  explorer.csv = ({ columns, rows }) => [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  const save = (blob, name) => {
    const address = URL.createObjectURL(blob), anchor = make("a", { href: address, download: name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  explorer.download = async (name, form) => {
    const panel = panels.find((one) => one.name === name), made = panel.formats[form] ? await panel.formats[form]() : panel.root;
    if (!made) return;
    const file = (model.title.normalize("NFKD").replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 40) || "graph") + "-" + panel.name + "." + form;
    if (form === "csv") save(new Blob(["\ufeff" + explorer.csv(made)], { type: "text/csv;charset=utf-8" }), file);
    else if (form === "json") save(new Blob([JSON.stringify(made, null, 1) + "\n"], { type: "application/json" }), file);
    else save(await explorer.picture(made), file);
  };
  /* A canvas, an svg element, or a part of the page as a PNG on the paper's colour. */
  explorer.picture = async (made) => {
    if (made instanceof Blob) return made;
    let source = made, wide = made.width, high = made.height;
    if (made instanceof SVGElement) [source, wide, high] = await drawn(made);
    else if (!(made instanceof HTMLCanvasElement)) [source, wide, high] = await printed(made);
    const sheet = make("canvas", {});
    sheet.width = wide; sheet.height = high;
    const pen = sheet.getContext("2d");
    pen.fillStyle = explorer.colour("paper");
    pen.fillRect(0, 0, wide, high);
    pen.drawImage(source, 0, 0, wide, high);
    return new Promise((done) => sheet.toBlob(done, "image/png"));
  };
  const image = async (element) => {
    const picture = new Image();
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(element));
    await picture.decode();
    return picture;
  };
  /* An SVG as an image of its own: what the style sheet says is written into each element first. */
  const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity", "fill-opacity", "stroke-opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "paint-order", "display", "visibility"];
  const drawn = async (picture) => {
    const box = picture.getBoundingClientRect(), copy = picture.cloneNode(true);
    const originals = [picture, ...picture.querySelectorAll("*")], copies = [copy, ...copy.querySelectorAll("*")];
    originals.forEach((one, index) => { const style = getComputedStyle(one); for (const look of LOOKS) copies[index].setAttribute(look, style.getPropertyValue(look)); copies[index].removeAttribute("class"); });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", box.width); copy.setAttribute("height", box.height);
    return [await image(copy), Math.round(box.width * 2), Math.round(box.height * 2)];
  };
  /* A part of the page, scrolled out to its whole height, with the style sheets of the page in it. */
  const MOST = 12000;
  const printed = async (part) => {
    const wide = part.clientWidth, high = Math.min(MOST, Math.max(part.scrollHeight, part.clientHeight));
    const styles = [...document.querySelectorAll("style")].map((one) => one.textContent).join("\n"), root = getComputedStyle(document.documentElement);
    const names = [...new Set([...styles.matchAll(/--([\w-]+)\s*:/g)].map((one) => one[1]))];
    const own = names.map((name) => "--" + name + ":" + root.getPropertyValue("--" + name)).join(";");
    const copy = part.cloneNode(true), body = getComputedStyle(document.body);
    copy.removeAttribute("hidden");
    const outer = make("div", { xmlns: "http://www.w3.org/1999/xhtml", class: "print" }, make("style", {}, styles + "\n.print{" + own + ";font:" + body.font + ";color:" + body.color + ";background:" + body.backgroundColor + ";display:flex}.print>.panel{overflow:visible!important;height:auto}"), copy);
    const sheet = explorer.svg("svg", { width: wide, height: high }, explorer.svg("foreignObject", { width: wide, height: high }, outer));
    return [await image(sheet), wide * 2, high * 2];
  };
})();
