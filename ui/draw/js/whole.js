/** The whole network of a scene: the walkthrough's, with names, and with units that can be chosen. */
/** @import { Layer, WholeNetworkPart } from "./types.d.ts" */
/** @import { Column, Drawing, Place } from "./network.js" */
import { element, svgElement, svgScripts } from "./element.js";
import { valuesOf } from "./formula.js";
import { LETTER, Network } from "./network.js";
import { indexedName, symbol } from "./text.js";
import { heldAt } from "./values.js";

const WHOLE = {
  head: 2.85, // above the columns their names, in sizes of their text; and how far apart their lines are
  line: 1.3,
  text: 13 / 12, // of the walkthrough's: texts, between two units, left of the inputs, right of the outputs
  gap: 0.78,
  filled: 0.44, // no derivatives stand below the units
  left: 1.25,
  right: 1.75,
  narrowest: 580, // in pixels; else it scrolls
  room: 76, // between two layers, for their heads
  narrow: { left: 20, right: 82, room: 75 }, // of sums on a phone: beside the units, and between two layers
  few: 80, // weights of a layer; if more, they are paler
};

export class WholeNetwork extends Network {
  at = 0; // a position of the choice
  isNarrow = false;
  /** Its head does. @override */ namesCost = false;

  /** @param {WholeNetworkPart} part */
  constructor(part) {
    super();
    this.part = part;
    const names = { role: this.isOfSums ? "group" : "img", "aria-label": part.alt };
    const look = { class: "bp-scroll bp-of-whole", ...(this.isOfSums ? {} : { tabindex: "0" }) };
    this.root = element("div", { ...look, ...names }, this.svg);
    this.svg.removeAttribute("role");
    this.svg.removeAttribute("aria-label");
  }

  /** Whether each unit lights the weights of its own sum. */
  get isOfSums() {
    return this.part.lit === "sums";
  }

  /** @override @param {boolean} present */
  sizesFor(present) {
    const size = super.sizesFor(present);
    const most = Math.max(...this.payload.network.map(({ units }) => units));
    const [text, gap] = [WHOLE.text * size.text, WHOLE.gap * size.gap];
    const longest = Math.max(...this.payload.network[0].labels.map(({ length }) => length));
    const height = Math.min(WHOLE.gap * size.height, 16 + most * gap);
    const sides = this.isNarrow
      ? { left: size.radius + WHOLE.narrow.left, right: size.radius + WHOLE.narrow.right }
      : {
        left: Math.max(WHOLE.left * size.left, LETTER * text * longest + size.radius + 7),
        right: WHOLE.right * size.right,
      };
    return { ...size, text, gap, filled: WHOLE.filled, height, ...sides };
  }

  /** In pixels: less than that it scrolls, so that the heads of many layers stand apart. */
  get least() {
    const size = super.sizesFor(false);
    const layers = this.part.network.length - 2;
    const { left, right, room } = WHOLE.narrow;
    if (this.isNarrow) return Math.min(WHOLE.narrowest, left + right + 2 * size.radius + room * layers);
    if (this.isOfSums) return WHOLE.narrowest; // its heads are short
    const sides = WHOLE.left * size.left + WHOLE.right * size.right;
    return Math.max(WHOLE.narrowest, sides + WHOLE.room * layers);
  }

  /** @param {number} width in pixels */
  resize(width) {
    const { tables, observation, dead = [] } = this.part;
    this.isNarrow = this.isOfSums && width < WHOLE.narrowest;
    const network = this.isNarrow ? this.part.network.map(withSymbols) : this.part.network;
    const drawn = Math.max(width, this.least);
    if (!width || String(drawn) === this.svg.getAttribute("width")) return;
    this.draw({ steps: [], network, tables, observation, dead, deadAfter: [] }, drawn, false);
    this.svg.setAttribute("width", String(drawn));
    this.update(0, new Map(Object.keys(tables).map((name) => [name, 0])));
    this.addHeads(drawn);
    this.svg.classList.toggle(
      "many",
      network.some(({ weights }) => weights && valuesOf(tables[`${weights}:value`]).length > WHOLE.few),
    );
    for (const part of this.parts.values()) { // the scene has buttons, and this is one picture
      for (const name of ["role", "tabindex", "aria-label"]) part.removeAttribute(name);
    }
    for (const name of this.part.hidden ?? []) this.hide(this.partOf(name));
    for (const name of this.part.target ?? []) this.partOf(name).classList.add("target");
    if (this.isOfSums) this.letFocus();
    else for (const [unit, part] of this.units) part.dataset.option = String(unit + 1);
    for (const [name, href] of Object.entries(this.part.ways ?? {})) this.partOf(name).dataset.way = href;
    this.show(this.at);
  }

  /** Those that can be chosen. @returns {[unit: number, part: Drawing][]} */
  get units() {
    const { layer, network } = this.part;
    return Array.from(
      { length: network[layer].units },
      (_, unit) => [unit, this.partOf(`a${layer}:${unit}`)],
    );
  }

  /** Its number is not told yet. @param {Drawing} unit */
  hide(unit) {
    this.paintNode(unit, undefined, "", 1, false);
    const [number, title] = ["text.number", "title"].map((css) => unit.querySelector(css));
    if (number) number.textContent = "?";
    if (title) title.textContent = "?";
  }

  /** The keyboard comes to the first sum, and the arrows up and down lead on. */
  letFocus() {
    const units = [...this.parts.values()].filter((part) => part.dataset.node && !isInput(part));
    units.forEach((part, index) => {
      const said = part.querySelector("title")?.textContent ?? "";
      const attributes = { tabindex: index ? "-1" : "0", role: "img", "aria-label": said };
      for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    });
    this.svg.onkeydown = (event) => {
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const at = units.indexOf(/** @type {Drawing} */ (event.target));
      if (!way || at < 0) return;
      units[(at + way + units.length) % units.length].focus();
      event.preventDefault();
    };
  }

  /** @param {number} width */
  addHeads(width) {
    const { height, text } = this.size;
    const top = WHOLE.head * text;
    this.svg.setAttribute("viewBox", `0 ${-top} ${width} ${height + top}`);
    this.svg.setAttribute("height", String(height + top));
    this.columns.forEach(({ places: [{ x }] }, index) =>
      this.part.heads[index].forEach((line, number) => {
        const isAtEdge = index === this.columns.length - 1;
        const attributes = {
          x: isAtEdge ? width - 2 : x,
          y: WHOLE.line * text * (number + 1) - top,
          "text-anchor": isAtEdge ? "end" : "middle",
          "font-size": text,
          class: number ? "head" : "head strong",
        };
        this.svg.append(svgElement("text", attributes, ...svgScripts(line, text)));
      })
    );
  }

  /** With its name beside it, and digits of names raised and lowered. @override @param {Column} column @param {Place} place @param {number} unit */
  drawNode(column, place, unit) {
    const node = super.drawNode(column, place, unit);
    const { text } = this.size;
    const [number, label] = [".number", ".label"].map((name) => node.querySelector(name));
    label?.replaceChildren(...svgScripts(label.textContent ?? "", text));
    if (!number || column.name === "C" || column.name === "x") return node;
    const attributes = {
      class: "name",
      x: place.x - column.radius - 7,
      y: place.y + text * 0.35,
      "text-anchor": "end",
      "font-size": text,
    };
    node.append(
      svgElement("text", attributes, ...svgScripts(indexedName(symbol(column.name), [unit]), text)),
    );
    return node;
  }

  /** The labels hold more than a name, and the columns have room for them. @override */
  lettersBeside() {
    return Infinity;
  }

  /** @param {number} place of the choice */
  show(place) {
    this.at = place;
    if (!this.parts) return; // before it has a width
    const chosen = String(heldAt(this.part.chosen, place));
    const marked = this.part.marked ?? [];
    this.svg.classList.toggle("one", marked.some((name) => name.startsWith("W")));
    for (const [name, part] of this.parts) {
      const links = this.linksOf(name, chosen);
      part.classList.toggle("chosen", links.length > 1 || marked.includes(name));
      if (links.length) part.dataset.link = links.join(" ");
      else part.removeAttribute("data-link");
    }
  }

  /** What a part belongs to: a unit, and if that is the chosen one, a path. @param {string} name @param {string} chosen */
  linksOf(name, chosen) {
    const { layer, network } = this.part;
    const [what, row, col] = name.split(":");
    if (this.isOfSums) return what === "x" ? [] : [`sum:${what.replace("W", "a")}:${row}`];
    if (network[layer + 1].name === "C") return this.linksOfOutput(what, row, chosen);
    const paths = Array.from({ length: network[layer + 1].units }, (_, k) => `path:${k}`);
    if (what === `a${layer}`) return [`unit:${row}`, ...(row === chosen ? paths : [])];
    if (what === `W${layer}`) return [`unit:${row}`];
    if (what === `W${layer + 1}`) return [`unit:${col}`, ...(col === chosen ? [`path:${row}`] : [])];
    return what === `a${layer + 1}` ? [`path:${row}`] : [];
  }

  /** The same where the paths begin at a z of the outputs, and go through these. @param {string} what @param {string} row @param {string} chosen */
  linksOfOutput(what, row, chosen) {
    const unit = row === chosen ? [`unit:${row}`] : [];
    if (what === `a${this.part.layer}`) return [...unit, `path:${row}`];
    return what === `W${this.part.layer}` ? unit : [];
  }
}

/** With the symbol that ends each input's name, and no names of outputs. @param {Layer} layer @param {number} place @returns {Layer} */
const withSymbols = (layer, place) => ({
  ...layer,
  labels: place ? [] : layer.labels.map((label) => label.split(" ").at(-1) ?? label),
});

/** @param {Drawing} unit */
const isInput = (unit) => Boolean(unit.dataset.node?.startsWith("x:"));
