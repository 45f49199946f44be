/** Lines over the number of the slider, with their points there, the gap between them, and named minima. */
/** @import { PlotPart } from "./types.d.ts" */
import { Axes } from "./axes.js";
import { svgElement } from "./element.js";
import { heldAt, label, mark } from "./values.js";

const PLOT_HEIGHT = 236;
const MARGINS = { left: 62, right: 10, top: 6, bottom: 44 };
const BELOW = 0.05; // of the chart's height, under 0
const UPRIGHT = PLOT_HEIGHT - MARGINS.top - MARGINS.bottom;
const FEW_TICKS = 5;
const MIDDLE = 0.45; // names of points beyond that share of the width stand left of them
const ASIDE = 12; // from a point to its name
const LINE = 17; // of text
const CLEAR = { one: 12, two: 20 }; // from the middle of a name of so many lines to what it must not touch
const RISE = 50; // of a name above the lowest point
const AWAY = 34; // at least
const BETWEEN_NAMES = 42; // between the middles of two names

/** @param {PlotPart} part @param {number[]} positions of the slider @param {number} place @param {number} width */
export function plot(part, positions, place, width) {
  const axes = axesOfPlot(part, place, width);
  const { left, right, top, bottom } = axes.box;
  const x = axes.x(positions[place]);
  const y = (/** @type {number} */ height) => axes.y(Math.min(height, axes.up[1]));
  const [cost, prediction] = part.lines.map((line) => heldAt(line.number.value, place));
  const points = part.lines.map(({ name, number }) => {
    const cy = y(heldAt(number.value, place));
    const dot = svgElement("circle", { cx: x, cy, r: 6.5, class: `bp-point bp-on-${name}` });
    mark(dot, number, place);
    return dot;
  });
  const lines = part.lines.map(({ name, heights }) => {
    const d = axes.line(heights, (index) => (part.end * index) / (heights.length - 1));
    return svgElement("path", { d, class: `bp-line-${name}`, "data-line": name });
  });
  const gap = prediction === undefined ? [] : [svgElement("path", {
    d: `M${x} ${y(cost)}V${axes.y(prediction)}`,
    class: "bp-gap",
    "data-gap": cost - prediction,
  })];
  const level = axes.y(part.lines[0].heights[0] ?? 0);
  return {
    axes,
    height: PLOT_HEIGHT,
    children: [
      ...axes.rows(FEW_TICKS),
      svgElement("path", { d: `M${left} ${bottom}H${right}`, class: "bp-thin" }),
      ...axes.columns(FEW_TICKS),
      ...axes.titles(part.axes[0], part.axes[1] ?? ""),
      svgElement("path", { d: `M${left} ${level}H${right}`, class: "bp-level" }),
      svgElement("path", { d: `M${x} ${top}V${bottom}`, class: "bp-thin" }),
      axes.window(...lines.reverse(), ...gap),
      ...points.reverse(),
      ...names(part, positions[place], cost, axes, place),
    ],
  };
}

/** From 0, and a little below, up to the top. @param {PlotPart} part @param {number} place @param {number} width */
function axesOfPlot(part, place, width) {
  const top = heldAt(part.top, place);
  return new Axes(
    {
      left: MARGINS.left,
      right: width - MARGINS.right,
      top: MARGINS.top,
      bottom: PLOT_HEIGHT - MARGINS.bottom,
    },
    [0, part.end],
    [-BELOW * top, top],
  );
}

/**
 * Of the point and of the minima, clear of each other and of the level before the step.
 * @param {PlotPart} part @param {number} number @param {number} cost @param {Axes} axes @param {number} place
 */
function names(part, number, cost, axes, place) {
  const { bottom } = axes.box;
  const above = (/** @type {number} */ height) => bottom - axes.y(Math.min(height, axes.up[1]));
  const level = above(part.lines[0].heights[0] ?? 0);
  /** @type {[height: number, distance: number][]} */
  const taken = [];
  const drawn = [];
  const said = heldAt(part.point ?? "", place);
  if (said) {
    const half = said.includes("\n") ? CLEAR.two : CLEAR.one;
    const wanted = above(cost) + CLEAR.one;
    const height = freeHeight(wanted, half, [[level, half]]) ?? wanted;
    drawn.push(name(said, axes, number > MIDDLE * part.end, axes.x(number), height));
    taken.push([height, BETWEEN_NAMES]);
  }
  for (const { number: at, height: lowest, text } of part.marks ?? []) {
    const point = above(lowest);
    const others = /** @type {typeof taken} */ ([...taken, [level, CLEAR.two]]);
    const height = freeHeight(point + RISE, CLEAR.two, [...others, [point, AWAY]]) ??
      freeHeight(point + RISE, CLEAR.two, others) ?? point;
    const isLate = at > MIDDLE * part.end;
    const [x, foot] = [axes.x(at), bottom - point];
    const end = bottom - height + (height > point ? CLEAR.one : -CLEAR.one);
    drawn.push(
      svgElement("circle", { cx: x, cy: foot, r: 4, class: "bp-lowest", "data-lowest": at }),
      svgElement("path", {
        d: `M${x} ${foot}L${x + (isLate ? -ASIDE : ASIDE)} ${end}`,
        class: "bp-leader",
      }),
      name(text, axes, isLate, x, height),
    );
  }
  return drawn;
}

/** @param {string} text @param {Axes} axes @param {boolean} isLate @param {number} x @param {number} height */
function name(text, axes, isLate, x, height) {
  const lines = text.split("\n");
  const top = axes.box.bottom - height - (LINE * (lines.length - 1)) / 2;
  const at = isLate ? x - ASIDE : x + ASIDE;
  return svgElement(
    "g",
    {},
    ...lines.map((line, index) => label(at, top + LINE * index, line, "bp-halo", isLate ? "end" : "start")),
  );
}

/**
 * The height nearest to the wanted one for a name within the chart that keeps the distance from what is there, if any.
 * @param {number} wanted above the bottom @param {number} half of the name's own height
 * @param {[height: number, distance: number][]} taken
 */
export function freeHeight(wanted, half, taken) {
  let best = null;
  for (let height = half; height <= UPRIGHT - half; height++) {
    const isFree = taken.every(([other, distance]) => Math.abs(other - height) >= distance);
    if (isFree && (best === null || Math.abs(height - wanted) < Math.abs(best - wanted))) best = height;
  }
  return best;
}
