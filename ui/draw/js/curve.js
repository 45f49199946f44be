/** A curve with lines through one of its points, which can be dragged. */
/** @import { CurvePart } from "./types.d.ts" */
import { Axes } from "./axes.js";
import { svgElement } from "./element.js";
import { HEIGHT, heldAt, mark } from "./values.js";

const AROUND = { left: 46, right: 8, top: 6, bottom: 26 };
const FLAT = 1e-9; // a curve that spans less than this share of its height is level
const MARGIN = 0.06;
const MOST_TICKS = 6;

/** @param {CurvePart} part @param {number[]} positions of the slider @param {number} place @param {number} width */
export function curve(part, positions, place, width) {
  const axes = axesOf(part, positions, place, width);
  const heights = positions.map((_, at) => heldAt(part.number.value, at));
  const [x, y] = [positions[place], heights[place]];
  const lines = part.slopes.flatMap(({ name, number }) => {
    const slope = heldAt(number.value, place);
    if (slope === null) return [];
    const ends = axes.across.map((at) => y + slope * (at - x));
    const look = name === "total" ? "bp-tangent" : "bp-wrong";
    const d = axes.line(ends, (end) => axes.across[end]);
    return [svgElement("path", { d, class: look, "data-slope": name })];
  });
  const line = svgElement("path", { d: axes.line(heights, (at) => positions[at]), class: "bp-curve" });
  const dot = svgElement("circle", { cx: axes.x(x), cy: axes.y(y), r: 7, class: "bp-dot" });
  mark(dot, part.number, place);
  return {
    axes,
    height: HEIGHT,
    children: [
      svgElement("rect", { ...axes.frame, class: "bp-frame" }),
      ...axes.rows(MOST_TICKS),
      ...axes.columns(MOST_TICKS),
      axes.window(line, ...lines.reverse()),
      dot,
    ],
  };
}

/** All positions, and what is shown of the curve; the point always is. @param {CurvePart} part @param {number[]} positions @param {number} place @param {number} width */
function axesOf(part, positions, place, width) {
  const current = heldAt(part.number.value, place);
  const [lowest, highest] = [Math.min(part.low, current), Math.max(part.high, current)];
  const isFlat = highest - lowest < FLAT * Math.max(1, Math.abs(highest));
  const margin = isFlat ? 1 : MARGIN * (highest - lowest);
  return new Axes(
    { left: AROUND.left, right: width - AROUND.right, top: AROUND.top, bottom: HEIGHT - AROUND.bottom },
    [positions[0], positions[positions.length - 1]],
    [lowest - margin, highest + margin],
  );
}
