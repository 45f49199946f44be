/** A curve with lines through one of its points, which can be dragged. */
/** @import { CurvePart } from "./types.d.ts" */
import { svgElement } from "./element.js";
import { ticksBetween } from "./series.js";
import { formatTyped } from "./text.js";
import { HEIGHT, heldAt, label, mark } from "./values.js";

const AROUND = { left: 46, right: 8, top: 6, bottom: 26 };
const FLAT = 1e-9; // a curve that spans less than this share of its height is level
const MARGIN = 0.06;
const MOST_TICKS = 6;

/** @param {CurvePart} part @param {number[]} positions of the slider @param {number} place @param {number} width */
export function curve(part, positions, place, width) {
  const frame = frameOf(part, positions, place, width);
  const heights = positions.map((_, at) => heldAt(part.number.value, at));
  const [x, y] = [positions[place], heights[place]];
  const points = positions.map((at, index) => frame.point(at, heights[index])).join(" ");
  const lines = part.slopes.flatMap(({ name, number }) => {
    const slope = heldAt(number.value, place);
    if (slope === null) return [];
    const ends = [positions[0], positions[positions.length - 1]].map((at) =>
      frame.point(at, y + slope * (at - x))
    );
    const look = name === "total" ? "bp-tangent" : "bp-wrong";
    return [svgElement("path", { d: `M${ends.join("L")}`, class: look, "data-slope": name })];
  });
  const [wide, high] = [width - AROUND.left - AROUND.right, HEIGHT - AROUND.top - AROUND.bottom];
  const window = {
    x: AROUND.left,
    y: AROUND.top,
    width: wide,
    height: high,
    viewBox: `${AROUND.left} ${AROUND.top} ${wide} ${high}`,
  };
  const dot = svgElement("circle", { cx: frame.x(x), cy: frame.y(y), r: 7, class: "bp-dot" });
  mark(dot, part.number, place);
  return {
    height: HEIGHT,
    children: [
      ...frame.axes(),
      svgElement("svg", window, svgElement("polyline", { points, class: "bp-curve" }), ...lines.reverse()),
      dot,
    ],
  };
}

/** The position nearest to a place on the picture. @param {number[]} positions @param {number} x @param {number} width */
export function placeNear(positions, x, width) {
  const share = (x - AROUND.left) / (width - AROUND.left - AROUND.right);
  return nearestPlace(positions, positions[0] + share * (positions[positions.length - 1] - positions[0]));
}

/** @param {number[]} positions in order @param {number} value */
export function nearestPlace(positions, value) {
  let best = 0;
  positions.forEach((at, index) => {
    if (Math.abs(at - value) < Math.abs(positions[best] - value)) best = index;
  });
  return best;
}

/** Where a point of the curve is on the picture: up the page is up the axis. @param {CurvePart} part @param {number[]} positions @param {number} place @param {number} width */
function frameOf(part, positions, place, width) {
  const [start, end] = [positions[0], positions[positions.length - 1]];
  const current = heldAt(part.number.value, place);
  const [lowest, highest] = [Math.min(part.low, current), Math.max(part.high, current)];
  const isFlat = highest - lowest < FLAT * Math.max(1, Math.abs(highest));
  const margin = isFlat ? 1 : MARGIN * (highest - lowest);
  const [low, high] = [lowest - margin, highest + margin];
  const [right, bottom] = [width - AROUND.right, HEIGHT - AROUND.bottom];
  const x = (/** @type {number} */ at) =>
    AROUND.left + ((right - AROUND.left) * (at - start)) / (end - start);
  const y = (/** @type {number} */ value) => bottom - ((bottom - AROUND.top) * (value - low)) / (high - low);
  const point = (/** @type {number} */ at, /** @type {number} */ value) =>
    `${x(at).toFixed(1)},${y(value).toFixed(1)}`;
  const axes = () => [
    svgElement("rect", {
      x: AROUND.left,
      y: AROUND.top,
      width: right - AROUND.left,
      height: bottom - AROUND.top,
      class: "bp-frame",
    }),
    ...ticksBetween(low, high, false, MOST_TICKS).flatMap((tick) => [
      svgElement("path", { d: `M${AROUND.left} ${y(tick)}H${right}`, class: "bp-grid" }),
      label(AROUND.left - 6, y(tick), formatTyped(tick), "bp-small", "end"),
    ]),
    ...ticksBetween(start, end, false, MOST_TICKS).flatMap((tick) => [
      svgElement("path", { d: `M${x(tick)} ${bottom}v5`, class: "bp-thin" }),
      label(x(tick), bottom + 16, formatTyped(tick), "bp-small"),
    ]),
  ];
  return { x, y, point, axes };
}
