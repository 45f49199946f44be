/** A line chart over the epochs, with a cursor; its legend shows the numbers at the cursor. */
/** @import { Ends } from "./axes.js" */
import { Axes } from "./axes.js";
import { element, svgElement } from "./element.js";
import { counted, formatNumber, formatPercent, formatTyped } from "./text.js";

const SIDES = { left: 50, right: 12, top: 8, bottom: 24 };
const FEW_EPOCHS = 4;
const LOG_FROM = 100; // largest over smallest value from which a logarithmic scale shows more

/** @typedef {{title: string, height: number, lines: {name: string, label: string}[], ends?: Ends, asShare?: boolean}} Options */

export class Chart {
  /** @type {number} */ epochs;
  /** @type {Float64Array[]} */ values;
  /** @type {boolean} */ isLog;
  /** @type {Ends} */ ends;
  /** @type {Axes} */ axes;
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

  /** Draw everything that does not move. @param {number} room in pixels */
  draw(room) {
    const width = Math.max(160, room);
    const { height, lines, asShare } = this.options;
    const { left, right, top, bottom } = SIDES;
    const box = { left, right: width - right, top, bottom: height - bottom };
    this.axes = new Axes(box, [0, Math.max(1, this.epochs)], this.ends, this.isLog);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("height", String(height));
    const drawn = lines.map(({ name }, index) =>
      svgElement("path", {
        class: `line ${lineClass(name)}`,
        d: this.axes.line(this.values[index], (epoch) => epoch),
      })
    );
    this.cursor = svgElement("line", { class: "cursor", y1: box.top, y2: box.bottom });
    this.dots = lines.map(({ name }) => svgElement("circle", { class: `dot ${lineClass(name)}`, r: 4 }));
    this.svg.replaceChildren(
      ...this.axes.rows(FEW_EPOCHS, asShare ? formatPercent : formatTyped),
      ...this.axes.columns(FEW_EPOCHS, true),
      ...drawn,
      this.cursor,
      ...this.dots,
    );
  }

  /** Move the cursor. @param {number} epoch */
  show(epoch) {
    const x = String(this.axes.x(epoch));
    this.cursor.setAttribute("x1", x);
    this.cursor.setAttribute("x2", x);
    this.values.forEach((values, index) => {
      const value = values[epoch];
      const drawn = this.axes.canDraw(value);
      this.dots[index].setAttribute("cx", x);
      this.dots[index].setAttribute("cy", String(drawn ? this.axes.y(value) : 0));
      this.dots[index].setAttribute("visibility", drawn ? "visible" : "hidden");
      const number = this.numbers[index];
      number.dataset.value = String(value);
      number.textContent = valueText(value, this.options.asShare);
    });
  }

  /** @param {number} x */
  epochAt(x) {
    return Math.round(Math.min(this.epochs, Math.max(0, this.axes.at(x))));
  }
}

/** training_cost is drawn as a training line, gradient_norm_2 as that of layer 2. @param {string} name */
function lineClass(name) {
  const layer = name.match(/_(\d+)$/);
  return layer ? `layer-${layer[1]}` : name.split("_")[0];
}

/** Of the axis upwards: whole decades, or from 0 to a tenth above the highest. @param {number[]} values @param {boolean} isLog @returns {Ends} */
export function endsOf(values, isLog) {
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
