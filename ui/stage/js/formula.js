/**
 * The written-out entry: tokens from the payload, filled with the numbers of one entry.
 * The tokens are described in ui/stage/content/parts.py; i, j, k are row, column and block of the entry.
 */
import { element, entryName, formatNumber, formatSigned, signOf } from "./text.js";

/** Key of a cell, the same for every drawing of it. */
export function cellKey(table, row, col) {
  return `${table}|${row}|${col}`;
}

/** The number in a cell. A 3-index table is sent as the one row that its blocks repeat. */
export function cellValue(table, row, col, block = 0) {
  if (table.blocks) return row === block ? table.row[col] : 0;
  return table.values[row][col];
}

/** Tokens with sums and choices resolved for one entry: texts, cells, and terms of a sum. */
export function expand(tokens, indices) {
  return tokens.flatMap((token) => expandToken(token, indices));
}

function expandToken(token, indices) {
  if (typeof token === "string") return [{ text: token }];
  if (token.cell) return [{ cell: resolve(token.cell, indices) }];
  if (token.equal) {
    const [left, right] = token.equal.map((index) => indices[index]);
    return expand(left === right ? token.then : token.else, indices);
  }
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

function resolve([table, row, col], indices) {
  return [table, indices[row] ?? row, indices[col] ?? col];
}

/** Indices of an entry under the letters the tokens use. */
export function indicesOf(entry) {
  return { i: entry.row, j: entry.col, k: entry.block };
}

/** Keys of all cells in expanded parts, products included. @returns {string[]} */
export function cellsOf(parts) {
  return parts.flatMap((part) => {
    if (part.cell) return [cellKey(...part.cell)];
    if (!part.term) return [];
    return part.product ? [cellKey(...part.product), ...cellsOf(part.term)] : cellsOf(part.term);
  });
}

/** "name = 0.21 · (−0.5) + … = result" as nodes; each number knows its cell. */
export function writeOut(payload, resultName, entry, parts) {
  const table = payload.tables[resultName];
  const value = cellValue(table, entry.row, entry.col, entry.block);
  const copied = parts.length === 1 && parts[0].cell; // "z = 0.3 = 0.3" would say nothing twice
  return [
    element("span", { class: "result" }, entryName(resultName, table, entry)),
    " = ",
    ...(copied ? [] : [...parts.map((part) => drawPart(payload, part)), " = "]),
    element("span", { class: "result" }, formatNumber(value)),
  ];
}

function drawPart(payload, part) {
  if (part.text !== undefined) return document.createTextNode(part.text);
  if (part.cell) return drawFactor(payload, part.cell);
  const term = element("span", { class: "term" }, ...part.term.map((inner) => drawPart(payload, inner)));
  if (part.product) term.dataset.product = cellKey(...part.product);
  return term;
}

function drawFactor(payload, [name, row, col]) {
  const value = cellValue(payload.tables[name], row, col);
  const text = value < 0 ? `(${formatNumber(value)})` : formatNumber(value);
  return element(
    "span",
    { class: `factor ${signOf(value)}`, "data-factor": cellKey(name, row, col), title: String(value), role: "button", tabindex: -1 },
    text,
  );
}

/** The partial sums of a sum over paths, "running sum: +0.21 → −0.05 → +0.31", or "" for one term. */
export function runningSum(payload, parts) {
  const products = parts.filter((part) => part.product).map((part) => part.product);
  if (products.length < 2) return "";
  let sum = 0;
  const sums = products.map(([name, row, col]) => formatSigned((sum += cellValue(payload.tables[name], row, col))));
  return `Running sum: ${sums.join(" → ")}`;
}
