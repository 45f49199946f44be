/** Sums of products some of which are switched out, and what is said of them. */
/** @import { Cases, Judge, Said, Sum } from "./types.d.ts" */
import { formatNumber, formatPercent, formatSigned } from "./text.js";
import { heldAt } from "./values.js";

const SAME_SHARE = 1e-12; // of sums of the same in two orders

/** A number, or 0 where it is no more than rounding. @param {number} value @param {number} noise */
const beyond = (value, noise) => Math.abs(value) > noise ? value : 0;

/** The products; where the sum is after each, and at the end; and how far off it is. @param {Sum} sum @param {number} place @param {Set<number>} off */
export function sumAt({ terms, noise, total }, place, off) {
  const products = terms.map((term) => heldAt(term, place));
  const noises = noise.map((each) => heldAt(each, place));
  let [running, rounded, missing, uncertain] = [0, 0, 0, 0];
  const ends = products.map((product, k) => {
    rounded += noises[k];
    if (off.has(k)) {
      missing += product;
      uncertain += noises[k];
    } else running += product;
    return beyond(running, rounded);
  });
  return {
    products,
    ends,
    sum: ends[ends.length - 1],
    error: -beyond(missing, uncertain),
    total: heldAt(total, place),
  };
}

/** A text that follows the control, or is one of some cases. @param {Said} text @param {number} place @param {Set<number>} off @returns {string} */
export function saidAt(text, place, off) {
  return typeof text === "object" && "sum" in text ? saidOfSum(text, place, off) : heldAt(text, place);
}

/** @param {Cases} cases @param {number} place @param {Set<number>} off */
function saidOfSum(cases, place, off) {
  const { products, sum, error, total } = sumAt(cases.sum, place, off);
  const out = [...off].sort((a, b) => a - b);
  const isIdle = out.every((k) => products[k] === 0);
  const fitting = [
    [out.length === 0, cases.whole],
    [error === 0 && !isIdle, cases.cancel],
    [isIdle, out.length > 1 ? cases.idles : cases.idle],
    [out.length === products.length, cases.none],
    [sum * total < 0, cases.reversed],
  ].find(([fits, said]) => fits && said);
  const said = heldAt(/** @type {string | string[]} */ (fitting?.[1] ?? cases.some), place);
  return said
    .replace("{out}", () => inWords(out.map((k) => cases.sum.marks?.[k] ?? "")))
    .replace("{kept}", String(products.length - out.length))
    .replace("{off}", formatSigned(error))
    .replace("{share}", () => formatPercent(partOf(error, total)));
}

/** All of it, where that differs from it by rounding. @param {number} part @param {number} whole */
function partOf(part, whole) {
  const share = Math.abs(part / whole);
  return Math.abs(share - 1) < SAME_SHARE ? 1 : share;
}

/** Such as ①, ② and ④. @param {string[]} parts */
function inWords(parts) {
  const [last, ...before] = parts.toReversed();
  return before.length ? `${before.toReversed().join(", ")} and ${last}` : last ?? "";
}

/** What the measured slope says of a number. @param {Judge} judge @param {number} value @param {number} place */
export function judged(judge, value, place) {
  const numeric = heldAt(judge.numeric ?? null, place);
  if (numeric === null) return { mark: "", said: judge.unjudged };
  const error = Math.abs(value - numeric);
  const isDerivative = Math.abs(value - heldAt(judge.derivative, place)) <= heldAt(judge.near, place);
  const isFar = error > heldAt(isDerivative ? judge.tolerance : judge.noise, place);
  const mark = isFar ? "✗" : isDerivative ? "✓" : ""; // wrong by less than the slope can tell
  const said = judge.said.replace("{mark}", mark).replace("{error}", formatNumber(error)).trim();
  return { mark, said };
}
