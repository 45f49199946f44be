/** Axes of charts: where a number is on the picture, up the page being up the axis, their ticks, lines through points. */
import { svgElement } from "./element.js";
import { ticksBetween } from "./series.js";
import { formatTyped } from "./text.js";
import { label } from "./values.js";

/** @typedef {{left: number, right: number, top: number, bottom: number}} Box of the chart on the picture */
/** @typedef {[low: number, high: number]} Ends of an axis */
/** @typedef {[at: number, text: string]} Tick */

const LEFT_OF_AXIS = 6; // from an axis to the texts left of it
const BELOW_AXIS = 15; // to those below
const TICK = 5;
const TITLES = { below: 35, left: 9 }; // from the axis below, and from the picture's edge

export class Axes {
  /** @param {Box} box @param {Ends} across @param {Ends} up @param {boolean} [isLog] up */
  constructor(box, across, up, isLog = false) {
    /** @type {Box} */ this.box = box;
    /** @type {Ends} */ this.across = across;
    /** @type {Ends} */ this.up = up;
    this.isLog = isLog;
  }

  /** @param {number} at */
  x(at) {
    const { left, right } = this.box;
    return left + (right - left) * shareBetween(at, this.across);
  }

  /** @param {number} value */
  y(value) {
    const { top, bottom } = this.box;
    const ends = /** @type {Ends} */ (this.isLog ? this.up.map(Math.log) : this.up);
    return bottom - (bottom - top) * shareBetween(this.isLog ? Math.log(value) : value, ends);
  }

  /** What is there on the axis below. @param {number} x */
  at(x) {
    const { left, right } = this.box;
    const [low, high] = this.across;
    return low + ((x - left) / (right - left)) * (high - low);
  }

  /** @param {number} value */
  canDraw(value) {
    return Number.isFinite(value) && (!this.isLog || value > 0);
  }

  /** A path through points, broken where one cannot be drawn. @param {ArrayLike<number | null>} values @param {(index: number) => number} at */
  line(values, at) {
    let path = "";
    let pen = "M";
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      const isDrawn = value !== null && this.canDraw(value);
      if (isDrawn) path += `${pen}${this.x(at(index)).toFixed(1)} ${this.y(value).toFixed(1)}`;
      pen = isDrawn ? "L" : "M";
    }
    return path;
  }

  /** Lines across at so many numbers at most, which stand left of them. @param {number} most @param {(tick: number) => string} [write] */
  rows(most, write = formatTyped) {
    const { left, right } = this.box;
    return ticksBetween(...this.up, this.isLog, most).flatMap((tick) => [
      svgElement("path", { d: `M${left} ${this.y(tick)}H${right}`, class: "bp-grid" }),
      ...this.besides([[tick, write(tick)]]),
    ]);
  }

  /** @param {Tick[]} ticks */
  besides(ticks) {
    return ticks.map(([at, text]) =>
      label(this.box.left - LEFT_OF_AXIS, this.y(at), text, "bp-small", "end")
    );
  }

  /** So many numbers at most, below the chart. @param {number} most @param {boolean} [isWhole] */
  columns(most, isWhole = false) {
    const ticks = ticksBetween(...this.across, false, most).filter((at) => !isWhole || Number.isInteger(at));
    return this.belows(ticks.map((at) => [at, formatTyped(at)]));
  }

  /** @param {Tick[]} ticks */
  belows(ticks) {
    const { bottom } = this.box;
    return ticks.flatMap(([at, text]) => [
      svgElement("path", { d: `M${this.x(at)} ${bottom}v${TICK}`, class: "bp-tick" }),
      label(this.x(at), bottom + BELOW_AXIS, text, "bp-small"),
    ]);
  }

  /** What the axes are of. @param {string} across @param {string} up */
  titles(across, up) {
    const { left, right, top, bottom } = this.box;
    const place = `translate(${TITLES.left} ${(top + bottom) / 2}) rotate(-90)`;
    return [
      label((left + right) / 2, bottom + TITLES.below, across, "bp-small"),
      svgElement("g", { transform: place }, label(0, 0, up, "bp-small")),
    ];
  }

  /** What is drawn within the box, and cut off at its edges. @param {...SVGElement} children */
  window(...children) {
    return svgElement("svg", { ...this.frame, viewBox: Object.values(this.frame).join(" ") }, ...children);
  }

  get frame() {
    const { left, right, top, bottom } = this.box;
    return { x: left, y: top, width: right - left, height: bottom - top };
  }
}

/** @param {number} value @param {Ends} ends */
function shareBetween(value, [low, high]) {
  return (value - low) / (high - low);
}

/** @param {number[]} positions in order @param {number} value */
export function nearestPlace(positions, value) {
  let best = 0;
  positions.forEach((at, index) => {
    if (Math.abs(at - value) < Math.abs(positions[best] - value)) best = index;
  });
  return best;
}
