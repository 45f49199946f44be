/** Products that add up: each bar begins where the last one ended. Below them their sum, and the measured slope. */
/** @import { BarsPart, SceneNumber } from "./types.d.ts" */
import { svgElement } from "./element.js";
import { HEIGHT, heldAt, label, linked, numberLabel, shownAt, signClass, textAt } from "./values.js";

const ROOM = { left: 76, right: 78, top: 4, bottom: 28 }; // around the bars: names, numbers, the measured slope
const BAR = 20;
const THINNEST = 1.5; // of what is 0

/** @param {BarsPart} part @param {number} place @param {number} width */
export function bars(part, place, width) {
  const rows = [...part.bars, part.total];
  const ends = [0, ...part.bars.map(({ end }) => heldAt(end, place))];
  const across = acrossOf(ends, width);
  const pitch = (HEIGHT - ROOM.top - ROOM.bottom) / rows.length;
  const edge = width - 2;
  const children = rows.flatMap((row, index) => {
    const isTotal = row === part.total;
    const y = ROOM.top + pitch * (index + 0.5);
    const [start, end] = isTotal ? [0, ends[index]] : [ends[index], ends[index + 1]];
    const left = Math.min(across(start), across(end));
    const bar = svgElement("rect", {
      x: left,
      y: y - BAR / 2,
      width: Math.max(Math.abs(across(end) - across(start)), THINNEST),
      height: BAR,
      class: `bp-shade ${signClass(end - start)}`,
      "data-bar": end - start,
    });
    const on = svgElement("path", {
      d: `M${across(end)} ${y + BAR / 2}v${pitch - BAR}`,
      class: "bp-thin",
    });
    return [
      ...linked(row.link, place, [
        label(2, y, heldAt(row.label, place), isTotal ? "bp-strong" : "", "start"),
        bar,
        numberLabel(edge, y, row.number, place, isTotal ? "bp-result" : "bp-strong", "end"),
      ]),
      ...(isTotal ? [] : [on]),
    ];
  });
  const zero = svgElement("path", {
    d: `M${across(0)} ${ROOM.top}V${HEIGHT - ROOM.bottom}`,
    class: "bp-thin bp-zero-line",
  });
  const foot = HEIGHT - ROOM.bottom / 2 + 2;
  return {
    height: HEIGHT,
    children: [
      zero,
      ...children,
      label(2, foot, heldAt(part.truth.label, place), "bp-small", "start"),
      ...measured(part.truth.number, place, edge, foot, across),
    ],
  };
}

/** A line through all bars, where anything could be measured. @param {SceneNumber} number @param {number} place @param {number} edge @param {number} foot @param {(value: number) => number} across */
function measured(number, place, edge, foot, across) {
  if (heldAt(number.value, place) === null) {
    return [label(edge, foot, textAt(number, place), "bp-small", "end")];
  }
  const line = svgElement("path", {
    d: `M${across(shownAt(number, place))} ${ROOM.top}V${HEIGHT - ROOM.bottom + 2}`,
    class: "bp-truth",
    "data-truth": "",
  });
  return [line, numberLabel(edge, foot, number, place, "", "end")];
}

/** Where a value is, from the lowest to the highest end; around 0 where all are 0. @param {number[]} ends @param {number} width */
function acrossOf(ends, width) {
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const [first, last] = high > low ? [low, high] : [-1, 1];
  return (/** @type {number} */ value) =>
    ROOM.left + ((width - ROOM.left - ROOM.right) * (value - first)) / (last - first);
}
