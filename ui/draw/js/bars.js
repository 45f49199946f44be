/** Products that add up: each bar begins where the last one ended. Below them their sum, and the measured slope. */
/** @import { BarsPart, SceneNumber } from "./types.d.ts" */
import { svgElement } from "./element.js";
import { HEIGHT, heldAt, label, linked, numberLabel, shownAt, signClass, textAt } from "./values.js";

const ROOM = { left: 76, right: 78, top: 4, bottom: 28 }; // around the bars: names, numbers, the measured slope
const BAR = 20;
const LEAST_PITCH = 19.5; // from one to the next: of more, the picture is higher
const THINNEST = 1.5; // of what is 0

/**
 * A row of a running total.
 * @typedef {{middle: number, thick: number, start: number, end: number, after?: number, look: Record<string, string | number>}} Run
 * `after` is where the total is then, if that is not the end of the bar.
 */

/** The bars one below another, and lines from where each leaves the total to the next. @param {Run[]} runs @param {(value: number) => number} across */
export function runningTotal(runs, across) {
  return runs.flatMap(({ middle, thick, start, end, after = end, look }, index) => {
    const next = runs[index + 1];
    const place = { x: Math.min(across(start), across(end)), y: middle - thick / 2 };
    const width = Math.max(Math.abs(across(end) - across(start)), THINNEST);
    const bar = svgElement("rect", { ...place, width, height: thick, ...look });
    const on = next && upright(across(after), middle + thick / 2, next.middle - next.thick / 2, "bp-thin");
    return on ? [bar, on] : [bar];
  });
}

/** @param {number} x @param {number} top @param {number} bottom @param {string} look */
export function upright(x, top, bottom, look) {
  return svgElement("path", { d: `M${x} ${top}V${bottom}`, class: look });
}

/** Where a value is, from the lowest to the highest; around 0 where all are 0. @param {number[]} values @param {number} left @param {number} right @param {number} [margin] beside them, of their width */
export function acrossOf(values, left, right, margin = 0) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = margin * (high - low);
  const [first, last] = high > low ? [low - room, high + room] : [-1, 1];
  return (/** @type {number} */ value) => left + ((right - left) * (value - first)) / (last - first);
}

/** @param {BarsPart} part @param {number} place @param {number} width */
export function bars(part, place, width) {
  const rows = [...part.bars, part.total];
  const ends = [0, ...part.bars.map(({ end }) => heldAt(end, place))];
  const across = acrossOf(ends, ROOM.left, width - ROOM.right);
  const pitch = Math.max(LEAST_PITCH, (HEIGHT - ROOM.top - ROOM.bottom) / rows.length);
  const bottom = ROOM.top + pitch * rows.length;
  const edge = width - 2;
  const middles = rows.map((_, index) => ROOM.top + pitch * (index + 0.5));
  const runs = rows.map((row, index) => {
    const [start, end] = row === part.total ? [0, ends[index]] : [ends[index], ends[index + 1]];
    const link = heldAt(row.link ?? "", place);
    const look = { class: `bp-shade ${signClass(end - start)}`, "data-bar": end - start };
    return {
      middle: middles[index],
      thick: Math.min(BAR, pitch - 1),
      start,
      end,
      look: link ? { ...look, "data-link": link } : look,
    };
  });
  const texts = rows.flatMap((row, index) => {
    const isTotal = row === part.total;
    const name = label(2, middles[index], heldAt(row.label, place), isTotal ? "bp-strong" : "", "start");
    const look = isTotal ? "bp-result" : "bp-strong";
    return linked(row.link, place, [name, numberLabel(edge, middles[index], row.number, place, look, "end")]);
  });
  const foot = bottom + ROOM.bottom / 2 + 2;
  return {
    height: bottom + ROOM.bottom,
    children: [
      upright(across(0), ROOM.top, bottom, "bp-thin bp-zero-line"),
      ...texts,
      ...runningTotal(runs, across),
      label(2, foot, heldAt(part.truth.label, place), "bp-small", "start"),
      ...measured(part.truth.number, place, edge, foot, bottom, across),
    ],
  };
}

/** A line through all bars, where anything could be measured. @param {SceneNumber} number @param {number} place @param {number} edge @param {number} foot @param {number} bottom of the bars @param {(value: number) => number} across */
function measured(number, place, edge, foot, bottom, across) {
  if ((heldAt(number.value, place) ?? null) === null) { // not even sent where none is measured anywhere
    return [label(edge, foot, textAt(number, place), "bp-small", "end")];
  }
  const line = upright(across(shownAt(number, place)), ROOM.top, bottom + 2, "bp-truth");
  line.setAttribute("data-truth", "");
  return [line, numberLabel(edge, foot, number, place, "", "end")];
}
