/** Text: numbers, indices, names of entries. */
/** @import { Entry, Table } from "./types.d.ts" */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

const SIGNIFICANT_DIGITS = 3;
const NEAR = 0.01; // closer than that, three digits of two numbers leave one of their difference, or none

/**
 * A number as ui.names.numbers.short writes it: three significant digits, a real minus; tests/golden/numbers.json
 * is the test of both.
 * @param {number} value
 * @param {number} [digits] significant ones
 */
export function formatNumber(value, digits = SIGNIFICANT_DIGITS) {
  if (Number.isNaN(value)) return "undefined";
  const text = Number.isFinite(value) ? roundedText(Math.abs(value), digits) : "∞";
  return value < 0 ? `−${text}` : text;
}

/** @param {number} size @param {number} digits */
function roundedText(size, digits) {
  if (size < 1000 && Number.isInteger(size)) return String(size);
  const [mantissa, exponent] = size.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power >= -3 && power < 5) return size.toFixed(Math.max(0, digits - 1 - power));
  return everyDigit(`${mantissa}e${power}`);
}

/**
 * A number from which another is taken away, with so many digits that three are left of the difference: not
 * 1 − 1.00 where 1 − 0.9999576 is meant. As usual where they are far apart, or the same.
 * @param {number} value @param {number} other
 */
export function formatBeside(value, other) {
  const gap = Math.abs(value - other);
  if (!gap || gap >= NEAR * Math.abs(other)) return formatNumber(value);
  const power = (/** @type {number} */ size) => Math.floor(Math.log10(Math.abs(size)));
  return formatNumber(value, SIGNIFICANT_DIGITS + power(value) - power(gap));
}

/** The same with a sign in front of positive numbers too. @param {number} value */
export function formatSigned(value) {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}

/** A share as ui.names.numbers.percent writes it. @param {number} share @param {number} [digits] decimals */
export function formatPercent(share, digits = 0) {
  const size = Math.abs(100 * share);
  if (size >= 1e5) return `${formatNumber(100 * share)}\u00a0%`;
  const text = size.toFixed(digits);
  const step = 10 ** -digits;
  if (share && !Number(text)) return `under ${step.toFixed(digits)}\u00a0%`;
  if (Math.abs(share) < 1 && Number(text) === 100) return `over ${(100 - step).toFixed(digits)}\u00a0%`;
  return `${share < 0 ? "−" : ""}${text}\u00a0%`;
}

/** A number that somebody chose, such as a tick, as ui.names.numbers.as_typed writes it. @param {number} value */
export function formatTyped(value) {
  const [mantissa, exponent] = value.toExponential(5).split("e").map(Number);
  const isPlain = exponent >= -4 && exponent < 6;
  return everyDigit(isPlain ? Number(value.toPrecision(6)) : `${mantissa}e${exponent}`);
}

/**
 * A count with its noun as ui.names.numbers.counted writes it: no flowers, 1 flower, 12,288 paths.
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count ? count.toLocaleString("en") : "no"} ${count === 1 ? noun : `${noun}s`}`;
}

/** "pos", "neg" or "zero". @param {number} value */
export function signOf(value) {
  return value > 0 ? "pos" : value < 0 ? "neg" : "zero";
}

/** What shares of colour and width are of: the largest size, or 1 where all are 0. @param {Iterable<number>} values */
export function scaleOf(values) {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest || 1;
}

/** How much of its colour a number has, for --share. @param {number} value @param {number} scale */
export function shareOf(value, scale) {
  return (Math.abs(value) / scale).toFixed(3);
}

/** Name of a weight: w²₁₃, or w²₁,₁₂ where an index has two digits. @param {string} variable @param {number} row @param {number} column */
export function weightName(variable, row, column) {
  return indexedName(symbol(variable).toLowerCase(), [row, column]);
}

/** Name of an entry, as ui.names.symbols.entry_symbol has it. @param {string} base @param {number[]} places 0-based */
export function indexedName(base, places) {
  const indices = places.map((place) =>
    [...String(place + 1)].map((digit) => SUBSCRIPTS[Number(digit)]).join("")
  );
  return base + indices.join(Math.max(...places) > 8 ? "," : "");
}

/** W² of W2, as ui.names.symbols.symbol has it. @param {string} variable */
export function symbol(variable) {
  return variable.replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
}

/** All digits, for who points at a number, with a real minus. @param {number | string} value */
export function everyDigit(value) {
  return String(value).replaceAll("-", "−");
}

/**
 * Name of one entry of a table, such as "∂C/∂a¹₂" or "w²₁₃ new".
 * @param {string} name of the table, such as "a1:cotangent"
 * @param {Table} table
 * @param {Entry} entry
 */
export function entryName(name, table, entry) {
  const [what, kind] = name.split(":");
  const variable = what.slice(what.indexOf("/") + 1);
  const weight = () => weightName(variable, entry.row, entry.col);
  if (kind === "gradient") return `dC/d${variable[0] === "W" ? weight() : table.cols[entry.col]}`;
  if (kind === "cotangent") return `∂C/∂${table.cols[entry.col]}`;
  if (table.blocks) return `∂${table.blocks[entry.block]}/∂${weight()}`;
  if (kind === "jacobian") return `∂${table.rows[entry.row]}/∂${table.cols[entry.col]}`;
  if (kind === "path_terms") return `path ${table.rows[entry.row]} ← ${table.cols[entry.col]}`;
  const plain = variable[0] === "W" ? weight() : table.rows[entry.row];
  return kind === "after" ? `${plain} new` : plain;
}

/** A text with what belongs into its places. @param {string} text @param {...(string | number)} names */
export function filledText(text, ...names) {
  return text.replace(/\{(\d)\}/g, (_, place) => String(names[place]));
}
