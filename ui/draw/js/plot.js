/** Lines over the number of the slider, with their points there, the gap between them, and named minima. */
/** @import { PlotPart } from "./types.d.ts" */
import { nearestPlace } from "./curve.js";
import { svgElement } from "./element.js";
import { ticksBetween } from "./series.js";
import { formatTyped } from "./text.js";
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
  const frame = plotFrame(part, place, width);
  const number = positions[place];
  const [cost, prediction] = part.lines.map((line) => heldAt(line.number.value, place));
  const points = part.lines.map((line) => {
    const height = heldAt(line.number.value, place);
    const dot = svgElement("circle", {
      cx: frame.x(number),
      cy: frame.y(Math.min(height, frame.top)),
      r: 6.5,
      class: `bp-point bp-on-${line.name}`,
    });
    mark(dot, line.number, place);
    return dot;
  });
  const lines = part.lines.map(({ name, heights }) =>
    svgElement("polyline", {
      points: heights.flatMap((height, index) =>
        height === null
          ? []
          : [`${frame.x((part.end * index) / (heights.length - 1)).toFixed(1)},${frame.y(height).toFixed(1)}`]
      ).join(" "),
      class: `bp-line-${name}`,
      "data-line": name,
    })
  );
  const gap = prediction === undefined ? [] : [svgElement("path", {
    d: `M${frame.x(number)} ${frame.y(Math.min(cost, frame.top))}V${frame.y(prediction)}`,
    class: "bp-gap",
    "data-gap": cost - prediction,
  })];
  const shown = svgElement(
    "svg",
    {
      x: MARGINS.left,
      y: 0,
      width: frame.right - MARGINS.left,
      height: PLOT_HEIGHT - MARGINS.bottom,
      viewBox: `${MARGINS.left} 0 ${frame.right - MARGINS.left} ${PLOT_HEIGHT - MARGINS.bottom}`,
    },
    ...lines.reverse(),
    ...gap,
  );
  const level = part.lines[0].heights[0] ?? 0;
  const guides = [
    svgElement("path", { d: `M${MARGINS.left} ${frame.y(level)}H${frame.right}`, class: "bp-level" }),
    svgElement("path", { d: `M${frame.x(number)} ${MARGINS.top}V${frame.bottom}`, class: "bp-thin" }),
  ];
  return {
    height: PLOT_HEIGHT,
    children: [
      ...frame.axes(),
      ...guides,
      shown,
      ...points.reverse(),
      ...names(part, number, cost, frame, place),
    ],
  };
}

/** The position nearest to a place on the picture. @param {PlotPart} part @param {number[]} positions @param {number} x @param {number} width */
export function plotPlace(part, positions, x, width) {
  return nearestPlace(positions, (part.end * (x - MARGINS.left)) / (width - MARGINS.left - MARGINS.right));
}

/** Where a point is on the picture: up the page is up the axis. @param {PlotPart} part @param {number} place @param {number} width */
function plotFrame(part, place, width) {
  const top = heldAt(part.top, place);
  const [right, bottom] = [width - MARGINS.right, PLOT_HEIGHT - MARGINS.bottom];
  const x = (/** @type {number} */ at) => MARGINS.left + ((right - MARGINS.left) * at) / part.end;
  const above = (/** @type {number} */ height) => ((height / top + BELOW) / (1 + BELOW)) * UPRIGHT;
  const y = (/** @type {number} */ height) => bottom - above(height);
  const axes = () => [
    ...ticksBetween(0, top, false, FEW_TICKS).flatMap((tick) => [
      svgElement("path", { d: `M${MARGINS.left} ${y(tick)}H${right}`, class: "bp-grid" }),
      label(MARGINS.left - 6, y(tick), formatTyped(tick), "bp-small", "end"),
    ]),
    svgElement("path", { d: `M${MARGINS.left} ${bottom}H${right}`, class: "bp-thin" }),
    ...ticksBetween(0, part.end, false, FEW_TICKS).flatMap((tick) => [
      svgElement("path", { d: `M${x(tick)} ${bottom}v5`, class: "bp-thin" }),
      label(x(tick), bottom + 15, formatTyped(tick), "bp-small"),
    ]),
    label((MARGINS.left + right) / 2, PLOT_HEIGHT - 9, part.axes[0], "bp-small"),
    svgElement(
      "g",
      { transform: `translate(9 ${MARGINS.top + UPRIGHT / 2}) rotate(-90)` },
      label(0, 0, part.axes[1] ?? "", "bp-small"),
    ),
  ];
  return { x, y, above, top, right, bottom, axes };
}

/**
 * Of the point and of the minima, clear of each other and of the level before the step.
 * @param {PlotPart} part @param {number} number @param {number} cost @param {ReturnType<typeof plotFrame>} frame @param {number} place
 */
function names(part, number, cost, frame, place) {
  const level = frame.above(part.lines[0].heights[0] ?? 0);
  /** @type {[height: number, distance: number][]} */
  const taken = [];
  const drawn = [];
  const said = heldAt(part.point ?? "", place);
  if (said) {
    const half = said.includes("\n") ? CLEAR.two : CLEAR.one;
    const wanted = frame.above(Math.min(cost, frame.top)) + CLEAR.one;
    const height = freeHeight(wanted, half, [[level, half]]) ?? wanted;
    drawn.push(name(said, frame, number > MIDDLE * part.end, frame.x(number), height));
    taken.push([height, BETWEEN_NAMES]);
  }
  for (const { number: at, height: lowest, text } of part.marks ?? []) {
    const point = frame.above(Math.min(lowest, frame.top));
    const others = /** @type {typeof taken} */ ([...taken, [level, CLEAR.two]]);
    const height = freeHeight(point + RISE, CLEAR.two, [...others, [point, AWAY]]) ??
      freeHeight(point + RISE, CLEAR.two, others) ?? point;
    const isLate = at > MIDDLE * part.end;
    const [x, foot] = [frame.x(at), frame.bottom - point];
    const end = frame.bottom - height + (height > point ? CLEAR.one : -CLEAR.one);
    drawn.push(
      svgElement("circle", { cx: x, cy: foot, r: 4, class: "bp-lowest", "data-lowest": at }),
      svgElement("path", {
        d: `M${x} ${foot}L${x + (isLate ? -ASIDE : ASIDE)} ${end}`,
        class: "bp-leader",
      }),
      name(text, frame, isLate, x, height),
    );
  }
  return drawn;
}

/** @param {string} text @param {ReturnType<typeof plotFrame>} frame @param {boolean} isLate @param {number} x @param {number} height */
function name(text, frame, isLate, x, height) {
  const lines = text.split("\n");
  const top = frame.bottom - height - (LINE * (lines.length - 1)) / 2;
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
