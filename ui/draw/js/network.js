/** The network: activations in its nodes, derivatives beside them, weights as edges. */
/** @import { Layer, Payload, Table } from "./types.d.ts" */
import { cellValue, entriesOf, entryText, valuesOf } from "./formula.js";
import { all, svgElement } from "./element.js";
import { formatNumber, formatSigned, scaleOf, shareOf, signOf } from "./text.js";

/** @typedef {{width: string, negative: boolean}} Path in pixels, and its sign */
/** @typedef {{x: number, y: number}} Place of the middle of a unit */
/** @typedef {Layer & {radius: number, places: Place[]}} Column */
/** @typedef {SVGGElement | SVGLineElement} Drawing of a unit or of a weight */

const FILLED = 0.36; // of the way from unit to unit, by half of one: below it is room for its derivative
/** Sizes in pixels of the drawing on a screen of 1366 × 768; larger for a projector. */
const SIZES = {
  normal: { height: 290, text: 12, radius: 19, gap: 54, left: 94, right: 130 },
  present: { height: 295, text: 18, radius: 28, gap: 68, left: 134, right: 186 },
};
const SCREEN = { width: 1366, height: 768 };
const LARGEST_SCALE = 1.4;
const DIGIT = 0.46; // width of a character of a number, of the font size
export const LETTER = 0.45; // width of a character of a name, of the font size
const LONGEST_DERIVATIVE = "∂C/∂z +0.0123".length;

/** The sizes for this window, not for the box of the network: that has none while tables take its room. @param {boolean} present */
function sizesFor(present) {
  const { height, text, radius, gap, left, right } = present ? SIZES.present : SIZES.normal;
  const scale = Math.max(
    1,
    Math.min(LARGEST_SCALE, window.innerHeight / SCREEN.height, window.innerWidth / SCREEN.width),
  );
  return {
    height: scale * height,
    text: scale * text,
    radius: scale * radius,
    gap: scale * gap,
    left: scale * left,
    right: scale * right,
    filled: FILLED,
  };
}

export class Network {
  /** @type {Payload} */ payload;
  /** @type {ReturnType<typeof sizesFor>} */ size;
  /** @type {Column[]} */ columns;
  /** @type {Map<string, Drawing>} by the name of the unit or weight */ parts;
  /** @type {Map<string, string>} */ shown;
  /** @type {number} between two layers */ room;
  /** @type {string[]} */ derivatives;
  /** @type {boolean} */ isAfter;
  namesCost = true; // above its unit

  constructor() {
    this.svg = svgElement("svg", {
      class: "bp-network",
      role: "group",
      "aria-label": "The network: arrow keys go through its units and weights",
    });
  }

  /**
   * Draw nodes and edges for a payload and a width; `update` then brings in numbers and colours.
   * @param {Payload} payload @param {number} width @param {boolean} present
   */
  draw(payload, width, present) {
    this.payload = payload;
    this.size = this.sizesFor(present);
    this.parts = new Map();
    this.shown = new Map();
    const columns = (this.columns = this.place(width));
    const edges = columns.slice(1).flatMap((column, n) => this.drawEdges(columns[n], column));
    const nodes = columns.flatMap((column) =>
      column.places.map((place, unit) => this.drawNode(column, place, unit))
    );
    this.svg.setAttribute("viewBox", `0 0 ${width} ${this.size.height}`);
    this.svg.setAttribute("height", String(this.size.height));
    this.svg.replaceChildren(...edges, ...nodes);
    nodes[0].setAttribute("tabindex", "0");
  }

  /** @param {boolean} present */
  sizesFor(present) {
    return sizesFor(present);
  }

  /** @param {number} width @returns {Column[]} */
  place(width) {
    const { height, left, right } = this.size;
    const { network } = this.payload;
    const layers = network.length - 2; // all but the input and the cost
    this.room = (width - left - right) / layers;
    return network.map((column, n) => {
      const x = n > layers ? width - this.size.radius - 6 : left + this.room * n;
      const gap = Math.min(this.size.gap, (height - 16) / column.units);
      const radius = Math.max(4, Math.min(this.size.radius, gap * this.size.filled));
      const middle = height / 2 - (this.holdsNumber(radius) ? this.size.text / 2 : 0);
      const places = Array.from(
        { length: column.units },
        (_, unit) => ({ x, y: middle + gap * (unit - (column.units - 1) / 2) }),
      );
      return { ...column, radius, places };
    });
  }

  /** The unit or weight of that name. @param {string} name */
  partOf(name) {
    return /** @type {Drawing} */ (this.parts.get(name));
  }

  /** @param {Layer} column */
  showsNumbers(column) {
    return Boolean(this.partOf(`${column.name}:0`).querySelector(".number"));
  }

  /** @param {number} radius of a unit */
  holdsNumber(radius) {
    return radius >= this.size.text * 1.1;
  }

  /** @param {Column} from @param {Column} to */
  drawEdges(from, to) {
    if (!to.weights) {
      return from.places.map((place) =>
        svgElement("line", { ...ends(place, to.places[0]), class: "edge zero to-cost", "stroke-width": 1 })
      );
    }
    return to.places.flatMap((target, row) =>
      from.places.map((source, col) =>
        this.keep(svgElement("line", { ...ends(source, target), "data-edge": `${to.weights}:${row}:${col}` }))
      )
    );
  }

  /** @param {Column} column @param {Place} place @param {number} unit */
  drawNode(column, { x, y }, unit) {
    const { text } = this.size;
    const { radius } = column;
    /** @type {(name: string, dx: number, dy: number, anchor: string, content?: string) => SVGTextElement} */
    const at = (name, dx, dy, anchor, content = "") =>
      svgElement(
        "text",
        { class: name, x: x + dx, y: y + dy, "text-anchor": anchor, "font-size": text },
        content,
      );
    const node = this.keep(
      svgElement(
        "g",
        { "data-node": `${column.name}:${unit}` },
        svgElement("circle", { cx: x, cy: y, r: radius }),
      ),
    );
    if (this.holdsNumber(radius)) {
      node.append(at("number", 0, text * 0.35, "middle"), at("derivative", 0, radius + text * 0.9, "middle"));
    }
    if (column.name === "C") {
      if (this.namesCost) node.append(at("label", 0, -radius - 5, "middle", "C"));
    } else if (column.labels.length) {
      const left = column.name === "x";
      node.append(
        at(
          "label",
          left ? -radius - 5 : radius + 4,
          text * 0.35,
          left ? "end" : "start",
          cut(column.labels[unit], this.lettersBeside(column)),
        ),
      );
    }
    return node;
  }

  /** How many letters of a name there is room for beside a unit: up to the edge, or to the cost. @param {Column} column */
  lettersBeside(column) {
    const { text, radius, left } = this.size;
    const cost = this.columns.at(-1)?.places[0].x ?? 0;
    const room = column.name === "x" ? left : cost - radius - column.places[0].x;
    return Math.floor((room - column.radius - 7) / (LETTER * text));
  }

  /** @template {Drawing} Kept @param {Kept} part */
  keep(part) {
    part.setAttribute("role", "button");
    part.setAttribute("tabindex", "-1");
    part.append(svgElement("title"));
    const name = part.dataset.node ?? part.dataset.edge ?? "";
    part.dataset.link = name;
    this.parts.set(name, part);
    return part;
  }

  /**
   * Bring numbers and colours up to a step: what is not yet computed is absent, never 0.
   * @param {number} position step on the timeline
   * @param {Map<string, number>} known first step at which a table is known
   */
  update(position, known) {
    const isKnown = (/** @type {string} */ name) => (known.get(name) ?? Infinity) <= position;
    const latest = (/** @type {string[]} */ names) => names.filter(isKnown).at(-1);
    const isAfter = (this.isAfter = isKnown("C:after")); // until then all is as before the update
    this.derivatives = [];
    for (const column of this.payload.network) {
      const derivative = isAfter ? undefined : latest(column.derivatives);
      if (derivative && this.showsNumbers(column)) this.derivatives.push(derivativeName(derivative));
      this.updateNodes(column, isAfter ? column.after : latest(column.values), derivative, isAfter);
      if (column.weights) {
        this.updateEdges(column.weights, `${column.weights}:${isAfter ? "after" : "value"}`);
      }
    }
    this.derivatives = [...new Set(this.derivatives)].sort();
  }

  /**
   * @param {Layer} column @param {string | undefined} valueTable @param {string | undefined} derivativeTable
   * @param {boolean} isAfter
   */
  updateNodes(column, valueTable, derivativeTable, isAfter) {
    if (!this.changed(column.name, `${valueTable} ${derivativeTable}`)) return;
    const { tables, observation } = this.payload;
    const dead = isAfter ? this.payload.deadAfter : this.payload.dead;
    const isRoomy = this.room >= LONGEST_DERIVATIVE * DIGIT * this.size.text;
    const entries = Array.from({ length: column.units }, (_, unit) => ({ row: unit, col: 0, block: 0 }));
    const values = entries.map(({ row }) => (valueTable ? cellValue(tables[valueTable], row, 0) : undefined));
    const scale = scaleOf(values.map((value) => value ?? 0));
    const drawn = this.columns.find(({ name }) => name === column.name);
    const letters = drawn ? this.lettersBeside(drawn) : Infinity;
    entries.forEach((entry, unit) => {
      const name = `${column.name}:${unit}`;
      const off = dead.includes(name) && Boolean(valueTable?.startsWith("a")); // z alone does not tell it
      let said = valueTable ? entryText(valueTable, tables[valueTable], entry) : "not computed yet";
      let below = "";
      const label = column.labels[unit] ?? "";
      if (label && label.length > letters) said = `${label}: ${said}`;
      if (off) said += `, off for this ${observation}`;
      if (derivativeTable) {
        const table = tables[derivativeTable];
        said += `, ${entryText(derivativeTable, table, { row: 0, col: unit, block: 0 })}`;
        below = derivativeText(derivativeTable, cellValue(table, 0, unit), isRoomy);
      }
      this.paintNode(this.partOf(name), values[unit], below, scale, off);
      this.say(this.partOf(name), said);
    });
  }

  /**
   * @param {Drawing} node @param {number | undefined} value @param {string} derivative @param {number} scale
   * @param {boolean} off
   */
  paintNode(node, value, derivative, scale, off) {
    const state = value === undefined ? "absent" : signOf(value);
    node.setAttribute("class", `node ${state}${off ? " dead" : ""}`);
    node.style.setProperty("--share", shareOf(value ?? 0, scale));
    if (value === undefined) node.removeAttribute("data-value");
    else node.dataset.value = String(value);
    const [number, below, circle] = [".number", ".derivative", "circle"].map((name) =>
      node.querySelector(name)
    );
    if (!number || !below) return;
    number.textContent = value === undefined ? "" : formatNumber(value);
    this.squeeze(number, 2 * Number(circle?.getAttribute("r")) - 4);
    below.textContent = derivative;
    this.squeeze(below, this.room);
  }

  /** Keep a long text within its circle or column, at its height: it must stay readable from the last row. @param {Element} number @param {number} room */
  squeeze(number, room) {
    const isLong = room > 0 && (number.textContent ?? "").length * DIGIT * this.size.text > room;
    if (!isLong) return number.removeAttribute("textLength");
    number.setAttribute("textLength", String(room));
    number.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }

  /** @param {string} weights @param {string} name of the table that has their numbers */
  updateEdges(weights, name) {
    if (!this.changed(weights, name)) return;
    const table = this.payload.tables[name];
    const scale = scaleOf(valuesOf(table));
    for (const entry of entriesOf(table)) {
      const weight = cellValue(table, entry.row, entry.col);
      const edge = this.partOf(`${weights}:${entry.row}:${entry.col}`);
      edge.setAttribute("class", `edge ${signOf(weight)}`);
      edge.setAttribute("stroke-width", (0.8 + (3.4 * Math.abs(weight)) / scale).toFixed(2));
      this.say(edge, entryText(name, table, entry));
    }
  }

  /** @param {Drawing} part @param {string} text */
  say(part, text) {
    part.setAttribute("aria-label", text);
    const title = part.querySelector("title");
    if (title) title.textContent = text;
  }

  /**
   * Whether `what` shows something else than before; drawing the same again would cost a frame.
   * @param {string} what @param {string} now
   */
  changed(what, now) {
    if (this.shown.get(what) === now) return false;
    this.shown.set(what, now);
    return true;
  }

  /**
   * Light the layers of this step, and give edges that carry a path its width and sign.
   * @param {Set<string>} lit names of layers and weights
   * @param {Map<string, Path>} paths
   */
  light(lit, paths) {
    for (const link of all(this.svg, ".to-cost")) link.classList.toggle("lit", lit.has("C"));
    for (const [name, part] of this.parts) {
      part.classList.toggle("lit", lit.has(name.split(":")[0]));
      const path = paths.get(name);
      if (path) {
        part.classList.toggle("path-neg", path.negative);
        part.classList.toggle("path-pos", !path.negative);
        part.style.strokeWidth = `${path.width}px`;
      } else if (part.style.strokeWidth) {
        part.classList.remove("path-neg", "path-pos");
        part.style.strokeWidth = "";
      }
    }
  }
}

/** A name as far as there is room for it, be its letters wide ones. @param {string} name @param {number} most letters */
export function cut(name, most) {
  return name.length > most ? `${name.slice(0, Math.max(1, Math.floor(0.8 * most))).trimEnd()}…` : name;
}

/** "∂C/∂z" of "z2:cotangent". @param {string} table */
function derivativeName(table) {
  return `∂C/∂${table[0]}`;
}

/** What stands below a unit: "∂C/∂z +0.21", or where columns are close "∂z +0.21". @param {string} table @param {number} slope @param {boolean} isRoomy */
function derivativeText(table, slope, isRoomy) {
  return `${isRoomy ? derivativeName(table) : `∂${table[0]}`} ${formatSigned(slope)}`;
}

/** @param {Place} source @param {Place} target */
function ends(source, target) {
  return { x1: source.x, y1: source.y, x2: target.x, y2: target.y };
}

/** What of the network a cell stands for: the value of data-node or data-edge, or "". @param {Table} table @param {number} row @param {number} col */
export function partOfNetwork(table, row, col) {
  const [kind, name] = table.net;
  if (kind === "edge") return `${name}:${row}:${col}`;
  if (kind === "node") return `${name}:${table.cols.length === 1 ? row : col}`;
  return "";
}
