/** A curve with lines through one of its points, which can be dragged. */
/** @import { CurvePart } from "./types.d.ts" */
import { Axes } from "./axes.js";
import { svgElement } from "./element.js";
import { sumAt } from "./sums.js";
import { heldAt, lowHeight, mark } from "./values.js";

const AROUND = { left: 46, right: 8, top: 6, bottom: 26 };
const FLAT = 1e-9; // a curve that spans less than this share of its height is level
const MARGIN = 0.06;
const MOST_TICKS = 6;

/** @param {CurvePart} part @param {number[]} positions of the slider @param {number} place @param {number} width @param {Set<number>} [off] what is switched out */
export function curve(part, positions, place, width, off = new Set()) {
  const axes = axesOf(part, positions, place, width);
  const heights = positions.map((_, at) => heldAt(part.number.value, at));
  const [x, y] = [positions[place], heights[place]];
  const lines = part.slopes.flatMap(({ name, ...steep }) => {
    const slope = slopeAt(steep, place, off);
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
    height: lowHeight(),
    children: [
      svgElement("rect", { ...axes.frame, class: "bp-frame" }),
      ...axes.rows(MOST_TICKS),
      ...axes.columns(MOST_TICKS),
      axes.window(line, ...frozen(part, axes, { x, y }, place, off), ...lines.reverse()),
      dot,
    ],
  };
}

/** How steep a line is: of what is not switched out. @param {Omit<CurvePart["slopes"][number], "name" | "label">} slope @param {number} place @param {Set<number>} off @returns {number | null} */
export function slopeAt({ number, sum }, place, off) {
  return sum && off.size ? sumAt(sum, place, off).sum : heldAt(number.value, place);
}

/** The curve where what is switched out stands still: where all is, it is level. @param {CurvePart} part @param {Axes} axes @param {{x: number, y: number}} point @param {number} place @param {Set<number>} off */
function frozen({ frozen = [] }, axes, { x, y }, place, off) {
  if (!off.size || !frozen.length) return [];
  const moving = frozen.find((_, variable) => !off.has(variable));
  const { heights, reach } = moving ?? { heights: [], reach: frozen[0].reach };
  const around = heights[place] ?? [y, y];
  const d = axes.line(around, (at) => x + reach * (2 * at / (around.length - 1) - 1));
  return [svgElement("path", { d, class: "bp-frozen", "data-frozen": "" })];
}

/** All positions, and what is shown of the curve; the point always is. @param {CurvePart} part @param {number[]} positions @param {number} place @param {number} width */
function axesOf(part, positions, place, width) {
  const current = heldAt(part.number.value, place);
  const [lowest, highest] = [Math.min(part.low, current), Math.max(part.high, current)];
  const isFlat = highest - lowest < FLAT * Math.max(1, Math.abs(highest));
  const margin = isFlat ? 1 : MARGIN * (highest - lowest);
  return new Axes(
    { left: AROUND.left, right: width - AROUND.right, top: AROUND.top, bottom: lowHeight() - AROUND.bottom },
    [positions[0], positions[positions.length - 1]],
    [lowest - margin, highest + margin],
  );
}
