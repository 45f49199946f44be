/** What was and what is now, as two bars each, and the change. */
/** @import { Pair, PairsPart, SceneNumber } from "./types.d.ts" */
import { svgElement } from "./element.js";
import { heldAt, label, mark, numberLabel } from "./values.js";

const EDGE = 2;
const NUMBERS = 84; // room on the right
const PAIR = 74; // from one to the next
const PAIRED_BAR = 16;
const BETWEEN = 4;
const TITLE = 20; // of a pair, above its bars
const SHORTEST = 1.5; // of what is 0

/** @param {PairsPart} part @param {number} place @param {number} width */
export function pairs(part, place, width) {
  const values = part.pairs.flatMap((
    { before, after },
  ) => [heldAt(before.value, place), heldAt(after.value, place)]);
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)];
  const across = (/** @type {number} */ value) =>
    EDGE + ((width - NUMBERS - EDGE) * (value - low)) / (high - low);
  return {
    height: PAIR * part.pairs.length,
    children: part.pairs.flatMap((pair, index) => pairOf(pair, PAIR * index, across, place, width)),
  };
}

/** @param {Pair} pair @param {number} top @param {(value: number) => number} across @param {number} place @param {number} width */
function pairOf(pair, top, across, place, width) {
  const edge = width - 2;
  const bars = /** @type {[string, SceneNumber][]} */ ([["before", pair.before], ["after", pair.after]]);
  const zero = across(0);
  return [
    label(EDGE, top + 10, pair.title, pair.is_target ? "bp-strong" : "", "start"),
    numberLabel(edge, top + 10, pair.change, place, "bp-strong", "end"),
    ...bars.flatMap(([kind, number], row) => {
      const y = top + TITLE + (PAIRED_BAR + BETWEEN) * row;
      const end = across(heldAt(number.value, place));
      const bar = svgElement("rect", {
        x: Math.min(zero, end),
        y,
        width: Math.max(Math.abs(end - zero), SHORTEST),
        height: PAIRED_BAR,
        class: `bp-${kind}`,
      });
      mark(bar, { ...number, kind: "bar" }, place);
      return [bar, numberLabel(edge, y + PAIRED_BAR / 2, number, place, "", "end")];
    }),
    svgElement("path", {
      d: `M${zero} ${top + TITLE - 3}v${2 * PAIRED_BAR + BETWEEN + 6}`,
      class: "bp-thin",
    }),
  ];
}
