/**
 * The written-out entry: tokens from the payload, filled with the numbers of one entry.
 * The tokens are described in ui/stage/content/parts.py; i, j, k are row, column and block of the entry.
 */
import { element, entryName, everyDigit, formatBeside, formatNumber, formatSigned, indexedName, signOf } from "./text.js";

const SINCE = "since ";
const ROUNDING = 1e-15; // a partial sum below this share of its largest term is what rounding left of 0

/** Key of a cell, the same for every drawing of it. */
export function cellKey(table, row, col) {
  return `${table}|${row}|${col}`;
}

/** The number in a cell. A 3-index table is sent as the one row that its blocks repeat. */
export function cellValue(table, row, col, block = 0) {
  if (table.blocks) return row === block ? table.row[col] : 0;
  return table.values[row][col];
}

/** The number in a cell as it is read; Python writes those that are not to be rounded as usual. */
export function cellText(table, row, col, block = 0) {
  return table.texts?.[row][col] ?? formatNumber(cellValue(table, row, col, block));
}

/** Tokens with sums and choices resolved for one entry: texts, cells, and terms of a sum. */
export function expand(tokens, indices) {
  return tokens.flatMap((token) => expandToken(token, indices));
}

function expandToken(token, indices) {
  if (typeof token === "string") return [{ text: token }];
  if (token.cell) return [{ cell: resolve(token.cell, indices) }];
  if (token.name) return [{ text: indexedName(token.name, token.at.map((index) => indices[index])) }];
  if (token.each) return expand(token.of[indices[token.each]], indices);
  if (token.since) return [{ text: SINCE }, ...expand(token.since, indices)];
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

/** "name = 0.21 · (−0.5) + … = result", or "name = result, since …", as nodes; each number knows its cell. */
export function writeOut(payload, resultName, entry, parts) {
  const table = payload.tables[resultName];
  const name = element("span", { class: "result" }, entryName(resultName, table, entry));
  const result = element("span", { class: "result" }, cellText(table, entry.row, entry.col, entry.block));
  if (parts.length === 1 && parts[0].cell) return [name, " = ", result]; // "z = 0.3 = 0.3" would say nothing twice
  const style = { bare: bareFactors(parts), others: subtracted(payload, parts) };
  const written = parts.map((part) => drawPart(payload, part, style));
  return parts[0].text === SINCE ? [name, " = ", result, ", ", ...written] : [name, " = ", ...written, " = ", result];
}

/** The factors that need no brackets when they are negative: they follow no sign, and are not squared. */
function bareFactors(parts) {
  const line = parts.flatMap((part) => part.term ?? part);
  const follows = (n) => (line[n - 1]?.text ?? "").trimEnd().at(-1);
  return new Set(line.filter((part, n) => [undefined, "(", ",", "="].includes(follows(n)) && !line[n + 1]?.text?.startsWith("²")));
}

/** The factors of which only the distance from another number counts, with that number: 1 − a, ln a and a − y. */
function subtracted(payload, parts) {
  const line = parts.flatMap((part) => part.term ?? part);
  const others = new Map();
  line.forEach((part, n) => {
    const [before, after] = [line[n - 1]?.text ?? "", line[n + 1]?.text];
    if (!part.cell) return;
    if (before.endsWith("1 − ") || before.endsWith("ln ")) others.set(part, Math.sign(valueAt(payload, part.cell))); // 1 − (−0.9999)²
    else if (after === " − " && line[n + 2]?.cell) others.set(part, valueAt(payload, line[n + 2].cell));
  });
  return others;
}

function valueAt(payload, [name, row, col]) {
  return cellValue(payload.tables[name], row, col);
}

function drawPart(payload, part, style) {
  if (part.text !== undefined) return document.createTextNode(part.text);
  if (part.cell) return drawFactor(payload, part.cell, style.bare.has(part), style.others.get(part));
  const term = element("span", { class: "term" }, ...part.term.map((inner) => drawPart(payload, inner, style)));
  if (part.product) term.dataset.product = cellKey(...part.product);
  return term;
}

function drawFactor(payload, cell, isBare, other) {
  const [name, row, col] = cell;
  const [table, value] = [payload.tables[name], valueAt(payload, cell)];
  const text = other === undefined || table.texts ? cellText(table, row, col) : formatBeside(value, other);
  return element(
    "span",
    { class: `factor ${signOf(value)}`, "data-factor": cellKey(name, row, col), title: everyDigit(value), role: "button", tabindex: -1 },
    value < 0 && !isBare ? `(${text})` : text,
  );
}

/** The partial sums of a sum over paths, "running sum: +0.21 → −0.05 → +0.31", or "" for one term. */
export function runningSum(payload, parts) {
  const products = parts.filter((part) => part.product).map((part) => part.product);
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
