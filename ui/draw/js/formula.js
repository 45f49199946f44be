/**
 * The written-out entry: tokens from the payload, filled with the numbers of one entry.
 * The tokens are described in ui/steps/parts.py; i, j, k are row, column and block of the entry.
 *
 * @import { Cell, Entry, Indices, Part, Payload, Table, Token } from "./types.d.ts"
 */
import { element } from "./element.js";
import {
  entryName,
  everyDigit,
  formatBeside,
  formatNumber,
  formatSigned,
  indexedName,
  signOf,
} from "./text.js";

const SINCE = "since ";
const ROUNDING = 1e-15; // a partial sum below this share of its largest term is what rounding left of 0

/** Key of a cell, the same for every drawing of it. @param {string} table @param {number} row @param {number} col */
export function cellKey(table, row, col) {
  return `${table}|${row}|${col}`;
}

/**
 * The number in a cell. A 3-index table is sent as the one row that its blocks repeat.
 * @param {Table} table @param {number} row @param {number} col @param {number} [block]
 */
export function cellValue(table, row, col, block) {
  if (table.blocks) return row === block ? table.row[col] : 0;
  return table.values[row][col];
}

/**
 * The number in a cell as it is read; Python writes those that are not to be rounded as usual.
 * @param {Table} table @param {number} row @param {number} col @param {number} [block]
 */
export function cellText(table, row, col, block) {
  return table.texts?.[row][col] ?? formatNumber(cellValue(table, row, col, block));
}

/** Such as "∂C/∂a¹₄ = 0.289". @param {string} name of the table @param {Table} table @param {Entry} entry */
export function entryText(name, table, entry) {
  return `${entryName(name, table, entry)} = ${cellText(table, entry.row, entry.col, entry.block)}`;
}

/** @param {Table} table @returns {Generator<Entry>} */
export function* entriesOf(table) {
  const blocks = table.blocks?.length ?? 1;
  for (let block = 0; block < blocks; block++) {
    for (let row = 0; row < table.rows.length; row++) {
      for (let col = 0; col < table.cols.length; col++) yield { row, col, block };
    }
  }
}

/** The numbers of a table; a 3-index one is sent as one row. @param {Table} table */
export function valuesOf(table) {
  return table.blocks ? table.row : table.values.flat();
}

/**
 * Tokens with sums and choices resolved for one entry: texts, cells, and terms of a sum.
 * @param {Token[]} tokens @param {Indices} indices
 */
export function expand(tokens, indices) {
  return tokens.flatMap((token) => expandToken(token, indices));
}

/** @param {Token} token @param {Indices} indices @returns {Part[]} */
function expandToken(token, indices) {
  if (typeof token === "string") return [{ text: token }];
  if ("cell" in token) return [{ cell: resolve(token.cell, indices) }];
  if ("name" in token) return [{ text: indexedName(token.name, token.at.map((index) => indices[index])) }];
  if ("each" in token) return expand(token.of[indices[token.each]], indices);
  if ("since" in token) return [{ text: SINCE }, ...expand(token.since, indices)];
  if ("equal" in token) {
    const [left, right] = token.equal.map((index) => indices[index]);
    return expand(left === right ? token.then : token.else, indices);
  }
  /** @type {Part[]} */
  const parts = [];
  for (let n = 0; n < token.count; n++) {
    const inner = { ...indices, [token.sum]: n };
    if (n) parts.push({ text: " + " });
    parts.push({
      term: expand(token.tokens, inner),
      product: token.product && resolve(token.product.cell, inner),
    });
  }
  return parts;
}

/** @param {[string, number | string, number | string]} cell @param {Indices} indices @returns {Cell} */
function resolve([table, row, col], indices) {
  return [table, Number(indices[row] ?? row), Number(indices[col] ?? col)];
}

/** Indices of an entry under the letters the tokens use. @param {Entry} entry */
export function indicesOf(entry) {
  return { i: entry.row, j: entry.col, k: entry.block };
}

/** Keys of all cells in expanded parts, products included. @param {Part[]} parts @returns {string[]} */
export function cellsOf(parts) {
  return parts.flatMap((part) => {
    if (part.cell) return [cellKey(...part.cell)];
    if (!part.term) return [];
    return part.product ? [cellKey(...part.product), ...cellsOf(part.term)] : cellsOf(part.term);
  });
}

/**
 * "name = 0.21 · (−0.5) + … = result", or "name = result, since …", as nodes; each number knows its cell.
 * @param {Payload} payload @param {string} resultName @param {Entry} entry @param {Part[]} parts
 */
export function writeOut(payload, resultName, entry, parts) {
  const table = payload.tables[resultName];
  const name = element("span", { class: "result" }, entryName(resultName, table, entry));
  const result = element("span", { class: "result" }, cellText(table, entry.row, entry.col, entry.block));
  if (parts.length === 1 && parts[0].cell) return [name, " = ", result]; // "z = 0.3 = 0.3" would say nothing twice
  const style = { bare: bareFactors(parts), others: subtracted(payload, parts) };
  const written = parts.map((part) => drawPart(payload, part, style));
  return parts[0].text === SINCE
    ? [name, " = ", result, ", ", ...written]
    : [name, " = ", ...written, " = ", result];
}

/** The factors that need no brackets when they are negative: they follow no sign, and are not squared. @param {Part[]} parts */
function bareFactors(parts) {
  const line = parts.flatMap((part) => part.term ?? part);
  const follows = (/** @type {number} */ n) => (line[n - 1]?.text ?? "").trimEnd().at(-1);
  return new Set(
    line.filter((_, n) =>
      [undefined, "(", ",", "="].includes(follows(n)) && !line[n + 1]?.text?.startsWith("²")
    ),
  );
}

/**
 * The factors of which only the distance from another number counts, with that number: 1 − a, ln a and a − y.
 * @param {Payload} payload @param {Part[]} parts
 */
function subtracted(payload, parts) {
  const line = parts.flatMap((part) => part.term ?? part);
  /** @type {Map<Part, number>} */
  const others = new Map();
  line.forEach((part, n) => {
    const [before, after, next] = [line[n - 1]?.text ?? "", line[n + 1]?.text, line[n + 2]?.cell];
    if (!part.cell) return;
    if (before.endsWith("1 − ") || before.endsWith("ln ")) {
      others.set(part, Math.sign(valueAt(payload, part.cell))); // 1 − (−0.9999)²
    } else if (after === " − " && next) others.set(part, valueAt(payload, next));
  });
  return others;
}

/** @param {Payload} payload @param {Cell} cell */
function valueAt(payload, [name, row, col]) {
  return cellValue(payload.tables[name], row, col);
}

/**
 * @param {Payload} payload @param {Part} part @param {{bare: Set<Part>, others: Map<Part, number>}} style
 * @returns {HTMLElement | Text}
 */
function drawPart(payload, part, style) {
  if (part.text !== undefined) return document.createTextNode(part.text);
  if (part.cell) return drawFactor(payload, part.cell, style.bare.has(part), style.others.get(part));
  const inner = part.term ?? [];
  const term = element("span", { class: "term" }, ...inner.map((each) => drawPart(payload, each, style)));
  if (part.product) term.dataset.product = cellKey(...part.product);
  return term;
}

/** @param {Payload} payload @param {Cell} cell @param {boolean} isBare @param {number | undefined} other */
function drawFactor(payload, cell, isBare, other) {
  const [name, row, col] = cell;
  const [table, value] = [payload.tables[name], valueAt(payload, cell)];
  const text = other === undefined || table.texts ? cellText(table, row, col) : formatBeside(value, other);
  return element(
    "span",
    {
      class: `factor ${signOf(value)}`,
      "data-factor": cellKey(name, row, col),
      title: everyDigit(value),
      role: "button",
      tabindex: -1,
    },
    value < 0 && !isBare ? `(${text})` : text,
  );
}

/** The partial sums of a sum over paths, "running sum: +0.21 → −0.05 → +0.31", or "" for one term. @param {Payload} payload @param {Part[]} parts */
export function runningSum(payload, parts) {
  const products = productsOf(parts);
  if (products.length < 2) return "";
  let [sum, largest] = [0, 0];
  const sums = products.map(([name, row, col]) => {
    const term = cellValue(payload.tables[name], row, col);
    sum += term;
    largest = Math.max(largest, Math.abs(term));
    return formatSigned(Math.abs(sum) > ROUNDING * largest ? sum : 0);
  });
  return `Running sum: ${sums.join(" → ")}`;
}

/** Where the terms of a sum stand that have a cell of their own. @param {Part[]} parts */
export function productsOf(parts) {
  return parts.flatMap(({ product }) => (product ? [product] : []));
}
