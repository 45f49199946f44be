/** The paths of a unit: what each is the product of, its bar from where the last one ended, their sum, the measured slope. */
/** @import { LedgerPart, LedgerTerm } from "./types.d.ts" */
import { acrossOf, runningTotal, upright } from "./bars.js";
import { svgElement } from "./element.js";
import { wayBetween } from "./graph.js";
import { saidAt, sumAt } from "./sums.js";
import { formatSigned, scaleOf } from "./text.js";
import { heldAt, label, numberAt, numberLabel, shownAt, signClass, textAt } from "./values.js";

const ON_ONE_LINE = 800; // wide enough for the unit, its sums, their numbers and bars beside each other
const WITH_UNIT = 560; // wide enough for the unit beside them on two lines
const WITH_NOTES = 520; // beside it, wide enough for them on two lines
const HEADS = 12; // their middle
const UNIT = { x: 44, width: 84, height: 34 };
const UNIT_ASIDE = { left: 106, x: 31, width: 58 }; // of the unit where all else stands on two lines
const SUMS = { width: 92, narrow: 64, height: 30, corner: 14 }; // narrow on a phone
const ENDS = [0.225, 0.45, 0.72, 1]; // of the numbers on a phone, where their heads just fit
const BEHIND = 24; // height of the paper below numbers that stand over the bars' lines
const MARK = { left: -19, right: 9, radius: 7.5 }; // of a path above ⑩, and its name beside it, from the middle of both
const OPERATORS = { times: 10, equals: 12 }; // after a number
const STRIKE = 54; // length of the line through a product
const SUM_BAR = 22;
const AIR = 0.03; // beside the bars, of their width
const NEAR_END = 100; // to an end of the bars: the measured slope is written towards the other
const SMALL = 28; // height of a row, below which its numbers are smaller

/**
 * Heights of head, rows, sum and foot; the middles of texts and bars in a row and in the sum; where the bars begin and
 * end; the middle of a path's box, its width, the start of its note if there is room, and the ends of the numbers.
 * @typedef {{head: number, row: number, text: number, bar: number, thick: number, sum: {height: number, text: number, bar: number}, foot: number, left: number, right: number, unit: {x: number, width: number}, name: number, box: number, note?: number, upstream: number, weight: number, product: number, running: number}} Layout
 */
/** @typedef {ReturnType<typeof ledgerFrame>} Frame */

/** @param {LedgerPart} part @param {number} place @param {number} width @param {Set<number>} off */
export function ledger(part, place, width, off) {
  const frame = ledgerFrame(part, place, width, off);
  const { layout, bottom, across } = frame;
  return {
    height: bottom + layout.foot,
    children: [
      ...heads(part, place, layout),
      ...(width < WITH_UNIT ? [] : unitAndEdges(part, place, frame)),
      upright(across(0), linesFrom(layout) + 4, bottom, "bp-thin bp-zero-line"),
      ...runningTotal(runs(part, frame), across),
      ...truth(part, place, frame),
      ...part.terms.map((term, k) => row(part, term, place, frame, k)), // on two lines over the bars' lines
      ...total(part, place, frame),
    ],
  };
}

/** What is seen, for who cannot see it. @param {LedgerPart} part @param {number} place @param {Set<number>} off */
export function ledgerAlt({ alt, sum, terms, each, each_out: eachOut }, place, off) {
  const said = terms.map(({ upstream, weight, product }, k) =>
    Object.entries({ upstream, weight, product }).reduce(
      (text, [name, number]) => text.replace(`{${name}}`, textAt(number, place)),
      (off.has(k) ? eachOut : each).replace("{number}", String(k + 1)),
    )
  );
  return heldAt(alt, place)
    .replace("{terms}", said.join("; "))
    .replace("{sum}", formatSigned(sumAt(sum, place, off).sum));
}

/** Where everything is, and what it is. @param {LedgerPart} part @param {number} place @param {number} width @param {Set<number>} off */
function ledgerFrame(part, place, width, off) {
  const sums = sumAt(part.sum, place, off);
  const numeric = heldAt(part.truth.value ?? null, place) === null ? null : shownAt(part.truth, place);
  const layout = layoutOf(part.terms.length, width, numeric !== null);
  const top = (/** @type {number} */ k) => layout.head + layout.row * k;
  const bottom = top(part.terms.length) + layout.sum.height;
  // From the sum of all that is negative to that of all that is positive: the same whatever is out.
  const reach = [Math.min, Math.max].map((side) =>
    sums.products.reduce((sum, product) => sum + side(product, 0), 0)
  );
  const across = acrossOf([0, numeric ?? 0, ...reach], layout.left, layout.right, AIR);
  return { ...sums, off, numeric, layout, bottom, across, top };
}

/** @param {number} count of the paths @param {number} width @param {boolean} isMeasured @returns {Layout} */
export function layoutOf(count, width, isMeasured) {
  const foot = isMeasured ? 24 : 4;
  if (width < ON_ONE_LINE) {
    const isTight = width < WITH_NOTES;
    const aside = width < WITH_UNIT ? 0 : UNIT_ASIDE.left;
    const box = isTight ? SUMS.narrow : SUMS.width;
    const start = aside + box;
    const shares = isTight ? ENDS : [0.25, 0.5, 0.75, 1];
    const [upstream, weight, product, running] = shares.map((share) => start + (width - start - 4) * share);
    const columns = { name: aside + box / 2 + 1, box, upstream, weight, product, running };
    const middles = { text: 17, bar: 40 };
    const heights = { head: 24, row: 50, ...middles, thick: 13, sum: { height: 50, ...middles }, foot };
    const note = width - aside < WITH_NOTES ? undefined : start + 8;
    return { ...heights, ...columns, unit: UNIT_ASIDE, note, left: aside + 6, right: width - 6 };
  }
  const row = count <= 3 ? 46 : count <= 6 ? 36 : count <= 10 ? 28 : 20;
  const sum = { height: 40, text: 20, bar: 20 };
  const heights = { head: 28, row, text: row / 2, bar: row / 2, thick: 0.68 * row, sum, foot };
  const columns = {
    name: 182,
    box: SUMS.width,
    note: 236,
    upstream: 382,
    weight: 462,
    product: 548,
    running: 632,
  };
  return { ...heights, ...columns, unit: UNIT, left: 652, right: width - 8 };
}

/** @param {LedgerPart} part @param {number} place @param {Layout} layout */
function heads(part, place, { upstream, weight, product, running, left, right }) {
  const said = part.heads.map((head) => heldAt(head, place));
  const columns = [upstream, weight, product, running];
  return [
    ...columns.map((x, index) => label(x, HEADS, said[index], "bp-small", "end")),
    ...(left > running ? [label((left + right) / 2, HEADS, said[columns.length], "bp-small")] : []),
  ];
}

/** Lines as wide as the weight is large, in the colour of its sign. @param {LedgerPart} part @param {number} place @param {Frame} frame */
function unitAndEdges(part, place, { layout, top, off }) {
  const { x, width } = layout.unit;
  const middle = (top(0) + top(part.terms.length - 1)) / 2 + layout.text;
  const weights = part.terms.map(({ weight }) => numberAt(weight, place));
  const largest = scaleOf(weights);
  const start = { x: x + width / 2, y: middle };
  const edges = part.terms.map(({ edge = "", link = "" }, k) =>
    svgElement("path", {
      d: wayBetween(start, { x: layout.name - layout.box / 2, y: top(k) + layout.text }),
      class: `bp-ledger-edge ${signClass(weights[k])}${off.has(k) ? " bp-cut" : ""}`,
      "stroke-width": 1.2 + (3.3 * Math.abs(weights[k])) / largest,
      "data-edge": heldAt(edge, place),
      "data-link": link,
    })
  );
  const unit = svgElement(
    "g",
    { class: "bp-node bp-marked", "data-link": heldAt(part.unit_link, place) },
    box(x, middle, width, UNIT.height),
    label(x, middle, heldAt(part.unit, place), "bp-strong"),
  );
  return [...edges, unit];
}

/** @param {number} x @param {number} y @param {number} width @param {number} height */
function box(x, y, width, height) {
  const corner = { x: x - width / 2, y: y - height / 2, rx: Math.min(height / 2, SUMS.corner) };
  return svgElement("rect", { ...corner, width, height, class: "bp-box" });
}

/** @param {LedgerPart} part @param {LedgerTerm} term @param {number} place @param {Frame} frame @param {number} k */
function row(part, term, place, { layout, top, ends, off }, k) {
  const { name, note, upstream, weight, product, running } = layout;
  const y = top(k) + layout.text;
  const small = layout.row < SMALL ? "bp-small" : "";
  const height = Math.min(SUMS.height, layout.row - 3);
  const after = {
    value: ends[k],
    kind: "ledger",
    name: `running:${k}`,
    form: /** @type {const} */ ("signed"),
  };
  const switched = svgElement(
    "g",
    { "data-switch": k },
    box(name, y, layout.box, height),
    ...nameOf(term, name, y, small),
  );
  return svgElement(
    "g",
    {
      class: `bp-node${off.has(k) ? " bp-dropped" : ""}`,
      "data-path": k,
      "data-link": term.link ?? "",
    },
    ...paper(layout, y, name + layout.box / 2 + 2),
    switched,
    ...(term.note && note ? [label(note, y, term.note, "bp-small", "start")] : []),
    numberLabel(upstream, y, term.upstream, place, small, "end"),
    label(upstream + OPERATORS.times, y, "×"),
    numberLabel(weight, y, term.weight, place, small, "end"),
    label(weight + OPERATORS.equals, y, "="),
    numberLabel(product, y, term.product, place, `bp-strong ${small}`.trim(), "end"),
    ...(off.has(k)
      ? [
        svgElement("path", { d: `M${product - STRIKE} ${y}H${product + 3}`, class: "bp-strike" }),
        label(running, y, part.out, "bp-small", "end"),
      ]
      : [numberLabel(running, y, after, place, small, "end")]),
  );
}

/** Where the bars' lines begin: below the numbers of the first path, if those are on a line of their own. @param {Layout} layout */
function linesFrom({ left, running, head, text }) {
  return left > running ? head - 4 : head + text + BEHIND / 2;
}

/** What hides the bars' lines behind numbers on two lines: a stroke through a minus makes it a plus. @param {Layout} layout @param {number} y @param {number} start */
function paper({ left, running }, y, start) {
  if (left > running) return [];
  const place = { x: start, y: y - BEHIND / 2, width: running + 4 - start, height: BEHIND };
  return [svgElement("rect", { ...place, class: "bp-paper" })];
}

/** The name of a path; its mark above ⑩ in a circle of our own, since few fonts have it. @param {LedgerTerm} term @param {number} x @param {number} y @param {string} look */
function nameOf({ name }, x, y, look) {
  const [, number, rest] = name.match(/^\((\d+)\) (.*)$/) ?? [];
  if (!number) return [label(x, y, name, look)];
  return [
    svgElement("circle", { cx: x + MARK.left, cy: y, r: MARK.radius, class: "bp-mark" }),
    label(x + MARK.left, y, number, "bp-mark-number"),
    label(x + MARK.right, y, rest, look),
  ];
}

/** What is out is outlined where it would be. @param {LedgerPart} part @param {Frame} frame */
function runs(part, { layout, top, bottom, products, ends, sum, off }) {
  const starts = [0, ...ends];
  const paths = products.map((product, k) => ({
    middle: top(k) + layout.bar,
    thick: layout.thick,
    start: starts[k],
    end: off.has(k) ? starts[k] + product : ends[k],
    after: ends[k],
    look: {
      class: `bp-bar ${signClass(product)}${off.has(k) ? " bp-missing" : ""}`,
      "data-bar": k,
      "data-link": part.terms[k].link ?? "",
    },
  }));
  const middle = bottom - layout.sum.height + layout.sum.bar;
  const look = { class: "bp-bar bp-sum-bar", "data-bar": "total" };
  return [...paths, { middle, thick: Math.min(SUM_BAR, 1.7 * layout.thick), start: 0, end: sum, look }];
}

/** @param {LedgerPart} part @param {number} place @param {Frame} frame */
function total(part, place, { layout, bottom, sum, off }) {
  const top = bottom - layout.sum.height;
  const y = top + layout.sum.text;
  const number = { value: sum, kind: "ledger", name: "total", form: /** @type {const} */ ("signed") };
  return [
    svgElement("path", { d: `M0 ${top}H${layout.running}`, class: "bp-rule" }),
    ...paper(layout, y, 0),
    label(0, y, saidAt(part.total, place, off), "bp-strong", "start"),
    numberLabel(layout.running, y, number, place, "bp-result", "end"),
  ];
}

/** Where the measured slope is: the bar of the sum must end there. @param {LedgerPart} part @param {number} place @param {Frame} frame */
function truth(part, place, { layout, across, bottom, numeric }) {
  if (numeric === null) return [];
  const x = across(numeric);
  const line = upright(x, linesFrom(layout), bottom + 2, "bp-truth");
  line.setAttribute("data-truth", "");
  const anchor = x < layout.left + NEAR_END ? "start" : x > layout.right - NEAR_END ? "end" : "middle";
  const look = "bp-small bp-strong";
  return [line, numberLabel(x, bottom + layout.foot / 2 + 2, part.truth, place, look, anchor)];
}
