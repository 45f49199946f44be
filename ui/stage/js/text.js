/** Text: numbers, indices, names of entries, and a short way to make elements. */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** A number to 3 or 4 digits, with a real minus sign. @param {number} value */
export function formatNumber(value) {
  const size = Math.abs(value);
  let text;
  if (size === 0) text = "0";
  else if (size >= 1e5 || size < 0.0005) text = size.toExponential(1).replace("e+", "e").replace("e-", "e−");
  else if (size >= 1000) text = size.toFixed(0);
  else text = size.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3);
  return value < 0 ? `−${text}` : text;
}

/** The same with a sign in front of positive numbers too. @param {number} value */
export function formatSigned(value) {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}

/** "pos", "neg" or "zero". @param {number} value */
export function signOf(value) {
  return value > 0 ? "pos" : value < 0 ? "neg" : "zero";
}

/** 1-based index as subscript. @param {number} index 0-based */
export function subscript(index) {
  return [...String(index + 1)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");
}

/** Name of a weight: w²₁₃, or w²₁‚₁₂ where an index has two digits. */
export function weightName(variable, row, column) {
  const layer = [...variable.slice(1)].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  const comma = row > 8 || column > 8 ? "‚" : "";
  return `w${layer}${subscript(row)}${comma}${subscript(column)}`;
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
