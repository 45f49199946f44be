/** Text: numbers, indices, names of entries, and a short way to make elements. */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

const SIGNIFICANT_DIGITS = 3;
const NEAR = 0.01; // closer than that, three digits of two numbers leave one of their difference, or none
const MOST_DECIMALS = 20;

/**
 * A number as ui.numbers.short writes it: three significant digits, a real minus; tests/golden/numbers.json
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
  return `${mantissa}e${power}`.replace("-", "−");
}

/**
 * A number from which another is taken away, with so many digits that three are left of the difference: not
 * 1 − 1.00 where 1 − 0.9999576 is meant. As usual where they are far apart, or the same.
 * @param {number} value @param {number} other
 */
export function formatBeside(value, other) {
  const gap = Math.abs(value - other);
  if (!gap || gap >= NEAR * Math.abs(other)) return formatNumber(value);
  const decimals = Math.min(MOST_DECIMALS, SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(gap)));
  return value.toFixed(decimals).replace("-", "−");
}

/** The same with a sign in front of positive numbers too. @param {number} value */
export function formatSigned(value) {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}

/** A share as ui.numbers.percent writes it. @param {number} share @param {number} [digits] decimals */
export function formatPercent(share, digits = 0) {
  const size = Math.abs(100 * share);
  if (size >= 1e5) return `${formatNumber(100 * share)}\u00a0%`;
  const text = size.toFixed(digits);
  const step = 10 ** -digits;
  if (share && !Number(text)) return `under ${step.toFixed(digits)}\u00a0%`;
  if (Math.abs(share) < 1 && Number(text) === 100) return `over ${(100 - step).toFixed(digits)}\u00a0%`;
  return `${share < 0 ? "−" : ""}${text}\u00a0%`;
}

/** A number that somebody chose, such as a tick, as ui.numbers.as_typed writes it. @param {number} value */
export function formatTyped(value) {
  const [mantissa, exponent] = value.toExponential(5).split("e");
  const isPlain = exponent >= -4 && exponent < 6;
  return (isPlain ? String(Number(value.toPrecision(6))) : `${Number(mantissa)}e${Number(exponent)}`).replaceAll("-", "−");
}

/**
 * A count with its noun as ui.numbers.counted writes it: no flowers, 1 flower, 12,288 paths.
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

/** 1-based index as subscript. @param {number} index 0-based */
export function subscript(index) {
  return [...String(index + 1)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");
}

/** Name of a weight: w²₁₃, or w²₁,₁₂ where an index has two digits. */
export function weightName(variable, row, column) {
  const layer = [...variable.slice(1)].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return indexedName(`w${layer}`, [row, column]);
}

/** Name of an entry, as ui.stage.names.entry_symbol has it. @param {string} base @param {number[]} places 0-based */
export function indexedName(base, places) {
  return base + places.map(subscript).join(Math.max(...places) > 8 ? "," : "");
}

/** All digits, for who points at a number. @param {number} value */
export function everyDigit(value) {
  return String(value).replaceAll("-", "−");
}

/**
 * Name of one entry of a table, such as "∂C/∂a¹₂" or "w²₁₃ new".
 * @param {string} name of the table, such as "a1:cotangent"
 * @param {object} table
 * @param {{row: number, col: number, block: number}} entry
 */
export function entryName(name, table, entry) {
  const [what, kind] = name.split(":");
  const variable = what.split("/").at(-1);
  const weight = () => weightName(variable, entry.row, entry.col);
  if (kind === "gradient") return `dC/d${variable[0] === "W" ? weight() : table.cols[entry.col]}`;
  if (kind === "cotangent") return `∂C/∂${table.cols[entry.col]}`;
  if (table.blocks) return `∂${table.blocks[entry.block]}/∂${weight()}`;
  if (kind === "jacobian") return `∂${table.rows[entry.row]}/∂${table.cols[entry.col]}`;
  if (kind === "path_terms") return `path ${table.rows[entry.row]} ← ${table.cols[entry.col]}`;
  const plain = variable[0] === "W" ? weight() : table.rows[entry.row];
  return kind === "after" ? `${plain} new` : plain;
}

/**
 * An HTML element with attributes and children; text goes in as text, never as markup.
 * @param {string} tag
 * @param {Record<string, string | number | boolean>} [attributes]
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svgElement(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}
