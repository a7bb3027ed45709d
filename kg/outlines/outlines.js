// Land, lakes, boundaries and regions on a canvas, from the cells that kg/outlines hands out.

const RADIANS = Math.PI / 180;
/* Web Mercator: the world is 360 wide, y grows to the south. */
export const project = ([lon, lat]) => [lon, -Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * RADIANS) / 2)) / RADIANS];
export const latitude = (y) => (2 * Math.atan(Math.exp(-y * RADIANS)) - Math.PI / 2) / RADIANS;
export const EARTH_KM = 40075.017;
/* Kilometres as a length on the map at some latitude, in units of the projection. */
export const length = (km, lat) => (km * 360) / (EARTH_KM * Math.cos(Math.max(-85, Math.min(85, lat)) * RADIANS));

/* A cell narrower than this many pixels is drawn from the coarse world. */
const FINE_FROM = 110;
const LAYERS = ["land", "lakes", "borders", "contested", "regions"];

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/* Paths of a cell or of the world, in projected units from its own corner, and its names. */
const decoded = (data, [west, south], unit) => {
  let at = 0;
  const number = () => {
    let value = 0, shift = 1, part;
    do { part = data[at++]; value += (part & 127) * shift; shift *= 128; } while (part > 127);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  const corner = project([west, south]), found = { corner, names: [] };
  for (const layer of LAYERS) {
    const path = new Path2D(), closed = layer === "land" || layer === "lakes";
    let lines = number();
    found["has" + layer] = lines > 0;
    for (; lines > 0; lines--) {
      let left = number(), lon = 0, lat = 0;
      for (let first = true; left > 0; left--, first = false) {
        lon += number(); lat += number();
        const [x, y] = project([west + lon * unit, south + lat * unit]);
        if (first) path.moveTo(x - corner[0], y - corner[1]); else path.lineTo(x - corner[0], y - corner[1]);
      }
      if (closed) path.closePath();
    }
    found[layer] = path;
  }
  const letters = new TextDecoder();
  for (let left = number(); left > 0; left--) {
    const size = number(), text = letters.decode(data.subarray(at, at + size));
    at += size;
    const lon = west + number() * unit, lat = south + number() * unit;
    found.names.push({ text, lat, at: project([lon, lat]), km: number() });
  }
  return found;
};

/* What draws a chart; cells can be added later. Colours: sea, land, coast, border, region. */
export const outlines = (chart) => {
  const world = chart.world ? decoded(bytes(chart.world), [0, 0], chart.units[0]) : null, cells = new Map();
  const add = (more) => {
    for (const [x, y, text] of more.cells) {
      const key = x + "." + y;
      if (!cells.has(key)) cells.set(key, { x, y, text, drawn: null });
    }
  };
  add(chart);
  const cellOf = (cell) => {
    cell.drawn ??= decoded(bytes(cell.text), [-180 + cell.x * chart.size, -90 + cell.y * chart.size], chart.units[1]);
    return cell.drawn;
  };
  /* The cells in sight at this zoom with their edges in whole pixels; none while they are small. */
  const inSight = (view, width, height) => {
    if (chart.size * view.k < FINE_FROM) return [];
    const found = [];
    for (const cell of cells.values()) {
      const [west, south] = [-180 + cell.x * chart.size, -90 + cell.y * chart.size];
      const [left, bottom] = project([west, south]), [right, top] = project([west + chart.size, south + chart.size]);
      const box = [left * view.k + view.x, top * view.k + view.y, right * view.k + view.x, bottom * view.k + view.y].map(Math.round);
      if (box[2] > 0 && box[3] > 0 && box[0] < width && box[1] < height) found.push([cell, box]);
    }
    return found;
  };
  const layers = (ctx, part, view, ratio, colours, coast) => {
    const [x, y] = part.corner;
    ctx.setTransform(view.k * ratio, 0, 0, view.k * ratio, (x * view.k + view.x) * ratio, (y * view.k + view.y) * ratio);
    const pen = (colour, wide, dashes) => {
      ctx.strokeStyle = colour; ctx.lineWidth = wide / view.k; ctx.setLineDash(dashes.map((one) => one / view.k));
    };
    ctx.lineJoin = "round";
    ctx.fillStyle = colours.land; ctx.fill(part.land);
    if (coast) { pen(colours.coast, 0.8, []); ctx.stroke(part.land); }
    if (part.haslakes) { ctx.fillStyle = colours.sea; ctx.fill(part.lakes); }
    if (part.hasregions && view.k > 26) { pen(colours.region, 0.8, []); ctx.stroke(part.regions); }
    if (part.hasborders) { pen(colours.border, 1.3, []); ctx.stroke(part.borders); }
    if (part.hascontested) { pen(colours.border, 1.3, [4, 3]); ctx.stroke(part.contested); }
  };
  return {
    add,
    /* Names of the cells in sight at this zoom that nobody has added: "43.28". */
    missing: (view, width, height) => {
      const found = [], column = (x) => Math.floor(((x - view.x) / view.k + 180) / chart.size), row = (y) => Math.floor((latitude((y - view.y) / view.k) + 90) / chart.size);
      if (chart.size * view.k < FINE_FROM) return found;
      for (let x = Math.max(0, column(0)); x <= Math.min(360 / chart.size - 1, column(width)); x += 1)
        for (let y = Math.max(0, row(height)); y <= Math.min(180 / chart.size - 1, row(0)); y += 1) if (!cells.has(x + "." + y)) found.push(x + "." + y);
      return found;
    },
    /* view = { x, y, k }: screen = projected * k + (x, y); ratio = pixels of the canvas to one of the page. */
    draw: (ctx, view, width, height, ratio, colours) => {
      ctx.save();
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.fillStyle = colours.sea; ctx.fillRect(0, 0, width, height);
      if (world) layers(ctx, world, view, ratio, colours, true);
      for (const [cell, [left, top, right, bottom]] of inSight(view, width, height)) {
        ctx.save();
        ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
        ctx.beginPath(); ctx.rect(left, top, right - left, bottom - top); ctx.clip();
        ctx.fillStyle = colours.sea; ctx.fillRect(left, top, right - left, bottom - top);
        layers(ctx, cellOf(cell), view, ratio, colours, right - left > 150);
        ctx.restore();
      }
      ctx.restore();
    },
    /* Names of countries, or of regions once they are large enough: { text, x, y, country, reach }. */
    names: (view, width, height) => {
      const found = [];
      const take = (list, country, least, most) => {
        for (const one of list) {
          const x = one.at[0] * view.k + view.x, y = one.at[1] * view.k + view.y, reach = length(one.km, one.lat) * view.k;
          if (reach >= least && reach <= most && x > 0 && y > 0 && x < width && y < height) found.push({ text: one.text, x, y, country, reach });
        }
      };
      if (world) take(world.names, true, 24, 900);
      for (const [cell] of inSight(view, width, height)) take(cellOf(cell).names, false, 44, 1600);
      return found.sort((one, two) => two.country - one.country || two.reach - one.reach || (one.text < two.text ? -1 : 1));
    },
  };
};
