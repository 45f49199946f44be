/** A picture with its title: drawn as wide as it is, so that its texts keep their size. */
/** @import { Axes } from "./axes.js" */
/** @import { CurvePart, Observations, PicturePart } from "./types.d.ts" */
import { nearestPlace } from "./axes.js";
import { bars } from "./bars.js";
import { curve, slopeAt } from "./curve.js";
import { element, svgElement } from "./element.js";
import { graph } from "./graph.js";
import { ledger, ledgerAlt } from "./ledger.js";
import { pairs } from "./pairs.js";
import { plot } from "./plot.js";
import { saidAt } from "./sums.js";
import { heldAt, numberSpan } from "./values.js";

const PICTURE_WIDTHS = { Network: 360, Bars: 292, Curve: 324, Plot: 520, Pairs: 300, Ledger: 900 }; // from which it grows with its place
const MOST_GROWTH = 1.25;
const LEDGER_GROWTH = 1.8; // alone in its line

/** @typedef {(place: number) => void} Move to a position of the slider */

export class Picture {
  /** @type {Axes | undefined} of a chart, as it was drawn last */ axes;

  /**
   * @param {PicturePart} part
   * @param {number[]} positions of the slider
   * @param {{onMove: Move, onHold: (isHeld: boolean) => void}} listener
   */
  constructor(part, positions, listener) {
    this.part = part;
    this.positions = positions;
    this.width = PICTURE_WIDTHS[part.part];
    this.place = 0;
    /** @type {Set<number>} */
    this.off = new Set();
    this.svg = svgElement("svg", { class: "bp-drawing", role: "img", fill: "none" });
    this.title = element("figcaption", { class: "bp-caption" }, element("strong", {}, part.title ?? ""));
    this.keys = keysOf(part);
    this.title.append(...this.keys);
    this.root = element(
      "figure",
      { class: `bp-figure bp-of-${part.part.toLowerCase()}` },
      this.title,
      this.svg,
    );
    this.isFixed = part.part === "Plot" && part.at !== undefined;
    this.root.classList.toggle("bp-fixed", this.isFixed);
    if (part.part === "Curve" || (part.part === "Plot" && !this.isFixed)) this.letDrag(listener);
  }

  /** @param {number} width in pixels */
  resize(width) {
    if (!width || width === this.width) return;
    this.width = width;
    if (this.svg.children.length) this.show(this.place, this.off);
  }

  /** @param {number} place of the control @param {Set<number>} off what is switched out */
  show(place, off) {
    const { part } = this;
    this.place = place;
    this.off = off;
    const { height, children, axes } = this.drawn();
    const alt = part.part === "Ledger" ? ledgerAlt(part, place, off) : heldAt(part.alt, place);
    this.axes = axes;
    this.svg.setAttribute("viewBox", `0 0 ${this.ownWidth} ${height}`);
    this.svg.setAttribute("aria-label", alt);
    this.svg.replaceChildren(...children);
    if (part.part === "Curve") this.writeKeys(part);
  }

  /** In the picture's own units. */
  get ownWidth() {
    const most = this.part.part === "Ledger" ? LEDGER_GROWTH : MOST_GROWTH;
    return this.width / Math.min(most, Math.max(1, this.width / PICTURE_WIDTHS[this.part.part]));
  }

  /** @returns {{height: number, children: SVGElement[], axes?: Axes}} */
  drawn() {
    const { part, place, off, ownWidth } = this;
    if (part.part === "Network") return graph(part, place, ownWidth);
    if (part.part === "Bars") return bars(part, place, ownWidth);
    if (part.part === "Ledger") return ledger(part, place, ownWidth, off);
    if (part.part === "Pairs") return pairs(part, place, ownWidth);
    if (part.part === "Plot") {
      return plot(part, this.isFixed ? [part.at ?? 0] : this.positions, place, ownWidth);
    }
    return curve(part, this.positions, place, ownWidth, off);
  }

  /** @param {CurvePart} part */
  writeKeys(part) {
    part.slopes.forEach(({ label, number, sum }, index) => {
      const value = slopeAt({ number, sum }, this.place, this.off);
      const isDrawn = value !== null;
      const said = this.keys[index];
      said.classList.toggle("bp-absent", !isDrawn); // its room stays
      if (!isDrawn) return;
      const shown = /** @type {import("./types.d.ts").SceneNumber} */ ({ ...number, value });
      said.replaceChildren(
        /** @type {Node} */ (said.firstChild),
        element("span", {}, saidAt(label, this.place, this.off), numberSpan(shown, this.place)),
      );
    });
  }

  /**
   * With a pointer or a finger: the point is where they are.
   * @param {{onMove: Move, onHold: (isHeld: boolean) => void}} listener
   */
  letDrag({ onMove, onHold }) {
    const move = (/** @type {PointerEvent} */ event) => {
      const x = (event.clientX - this.svg.getBoundingClientRect().left) * this.ownWidth / this.width;
      if (this.axes) onMove(nearestPlace(this.positions, this.axes.at(x)));
    };
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      this.svg.setPointerCapture(event.pointerId);
      onHold(true);
      move(event);
    });
    this.svg.addEventListener("pointermove", (event) => event.buttons & 1 && move(event));
    for (const end of ["pointerup", "pointercancel"]) this.svg.addEventListener(end, () => onHold(false));
  }
}

/** The legend; of a curve the labels follow the slider. @param {PicturePart} part */
function keysOf(part) {
  if (part.part === "Curve") return part.slopes.map(({ name }) => key(name));
  if (part.part === "Plot") return part.lines.map(({ name, label }) => key(name, label));
  if (part.part === "Pairs") return [key("before", "before"), key("after", "after")];
  if (part.part === "Ledger") {
    return part.legend.map((text, index) => key(index ? "negative" : "positive", text));
  }
  return [];
}

/** @param {string} name @param {string} [text] */
function key(name, text = "") {
  return element("span", { class: "bp-key" }, element("i", { class: `bp-line-of-${name}` }), text);
}

/** An observation beside the colour of its kind, if there are several. @param {Observations} observations @param {number} n @param {string} [text] its name, if no other */
export function swatched({ names, kinds, kind_names: kindNames }, n, text = names[n]) {
  const kind = kindNames[kinds[n]];
  if (!kind) return [text];
  return [element("i", { class: `bp-swatch bp-species-${kinds[n]}`, title: kind }), text];
}
