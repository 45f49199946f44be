/** A line chart over the epochs, with a cursor; its legend shows the numbers at the cursor. */
import { element, svgElement } from "./element.js";
import { ticksBetween } from "./series.js";
import { counted, formatNumber, formatPercent, formatTyped } from "./text.js";

const LEFT = 50;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 24;
const LOG_FROM = 100; // largest over smallest value from which a logarithmic scale shows more

/** @typedef {[low: number, high: number]} Ends */
/** @typedef {{title: string, height: number, lines: {name: string, label: string}[], ends?: Ends, asShare?: boolean}} Options */

export class Chart {
  /** @type {number} */ epochs;
  /** @type {Float64Array[]} */ values;
  /** @type {boolean} */ isLog;
  /** @type {Ends} */ ends;
  /** @type {number} in pixels */ width;
  /** @type {SVGLineElement} */ cursor;
  /** @type {SVGCircleElement[]} */ dots;

  /**
   * @param {Options} options
   * @param {(epoch: number) => void} onPick
   */
  constructor(options, onPick) {
    this.options = options;
    this.svg = svgElement("svg", { class: "chart", role: "img" });
    this.scaleName = element("span", { class: "scale" });
    this.numbers = options.lines.map(({ name }) => element("span", { class: "number", "data-film": name }));
    const keys = options.lines.map(({ name, label }, index) =>
      element("span", { class: `key ${lineClass(name)}` }, element("i"), `${label} `, this.numbers[index])
    );
    const caption = element("figcaption", {}, element("strong", {}, options.title), this.scaleName, ...keys);
    this.figure = element("figure", { class: "curve" }, caption, this.svg);
    const pick = (/** @type {PointerEvent} */ event) =>
      onPick(this.epochAt(event.clientX - this.svg.getBoundingClientRect().left));
    this.svg.addEventListener("pointerdown", (event) => {
      this.svg.setPointerCapture(event.pointerId);
      pick(event);
    });
    this.svg.addEventListener("pointermove", (event) => event.buttons & 1 && pick(event));
  }

  /** @param {Record<string, Float64Array>} series @param {number} epochs */
  setData(series, epochs) {
    this.epochs = epochs;
    this.values = this.options.lines.map(({ name }) => series[name]);
    const finite = this.values.flatMap((values) => [...values]).filter(Number.isFinite);
    const positive = finite.filter((value) => value > 0);
    this.isLog = !this.options.ends && Math.max(...positive) / Math.min(...positive) > LOG_FROM;
    this.ends = this.options.ends ?? endsOf(this.isLog ? positive : finite, this.isLog);
    this.scaleName.textContent = this.isLog ? "(log scale)" : "";
    this.svg.setAttribute("aria-label", chartName(this.options.title, epochs, finite, this.options.asShare));
  }

  /** Draw everything that does not move. @param {number} width in pixels */
  draw(width) {
    this.width = Math.max(160, width);
    const { height } = this.options;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.svg.setAttribute("height", String(height));
    const parts = ticksBetween(...this.ends, this.isLog).map((tick) => this.gridLine(tick));
    for (const tick of ticksBetween(0, Math.max(1, this.epochs), false).filter(Number.isInteger)) {
      parts.push(
        svgElement("text", { x: this.x(tick), y: height - 6, "text-anchor": "middle" }, String(tick)),
      );
    }
    this.values.forEach((values, index) => {
      parts.push(
        svgElement("path", {
          class: `line ${lineClass(this.options.lines[index].name)}`,
          d: this.pathOf(values),
        }),
      );
    });
    this.cursor = svgElement("line", { class: "cursor", y1: TOP, y2: height - BOTTOM });
    this.dots = this.options.lines.map(({ name }) =>
      svgElement("circle", { class: `dot ${lineClass(name)}`, r: 4 })
    );
    this.svg.replaceChildren(...parts, this.cursor, ...this.dots);
  }

  /** Move the cursor. @param {number} epoch */
  show(epoch) {
    const x = String(this.x(epoch));
    this.cursor.setAttribute("x1", x);
    this.cursor.setAttribute("x2", x);
    this.values.forEach((values, index) => {
      const value = values[epoch];
      const drawn = this.canDraw(value);
      this.dots[index].setAttribute("cx", x);
      this.dots[index].setAttribute("cy", String(drawn ? this.y(value) : 0));
      this.dots[index].setAttribute("visibility", drawn ? "visible" : "hidden");
      const number = this.numbers[index];
      number.dataset.value = String(value);
      number.textContent = valueText(value, this.options.asShare);
    });
  }

  /** @param {number} tick */
  gridLine(tick) {
    const y = this.y(tick);
    const text = this.options.asShare ? formatPercent(tick) : formatTyped(tick);
    return svgElement(
      "g",
      {},
      svgElement("line", { class: "grid", x1: LEFT, x2: this.width - RIGHT, y1: y, y2: y }),
      svgElement("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, text),
    );
  }

  /** @param {Float64Array} values */
  pathOf(values) {
    let path = "";
    let pen = "M";
    values.forEach((value, epoch) => {
      if (this.canDraw(value)) path += `${pen}${this.x(epoch).toFixed(1)} ${this.y(value).toFixed(1)}`;
      pen = this.canDraw(value) ? "L" : "M";
    });
    return path;
  }

  /** @param {number} value */
  canDraw(value) {
    return Number.isFinite(value) && (!this.isLog || value > 0);
  }

  /** @param {number} epoch */
  x(epoch) {
    return LEFT + ((this.width - LEFT - RIGHT) * epoch) / Math.max(1, this.epochs);
  }

  /** @param {number} value */
  y(value) {
    const [low, high] = this.ends;
    const share = this.isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return TOP + (this.options.height - TOP - BOTTOM) * (1 - share);
  }

  /** @param {number} x */
  epochAt(x) {
    const share = (x - LEFT) / (this.width - LEFT - RIGHT);
    return Math.round(Math.min(1, Math.max(0, share)) * this.epochs);
  }
}

/** training_cost is drawn as a training line, gradient_norm_2 as that of layer 2. @param {string} name */
function lineClass(name) {
  const layer = name.match(/_(\d+)$/);
  return layer ? `layer-${layer[1]}` : name.split("_")[0];
}

/** @param {number[]} values @param {boolean} isLog @returns {Ends} */
function endsOf(values, isLog) {
  if (!values.length) return [0, 1];
  const [low, high] = extremes(values);
  if (isLog) return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))];
  return [Math.min(0, low), high > 0 ? high * 1.1 : 1];
}

/** @param {number[]} values @returns {Ends} */
function extremes(values) {
  return values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    /** @type {Ends} */ ([Infinity, -Infinity]),
  );
}

/** A number at the cursor. @param {number} value @param {boolean} [asShare] */
export function valueText(value, asShare) {
  return asShare ? formatPercent(value, 1) : formatNumber(value);
}

/** The chart in words. @param {string} title @param {number} epochs @param {number[]} finite all of its numbers @param {boolean} [asShare] */
export function chartName(title, epochs, finite, asShare) {
  const when = epochs ? `over ${counted(epochs, "epoch")}` : "before training";
  if (!finite.length) return `${title} ${when}: no finite number`;
  const [low, high] = extremes(finite).map((value) => valueText(value, asShare));
  return `${title} ${when}, ${low === high ? low : `from ${low} to ${high}`}`;
}
