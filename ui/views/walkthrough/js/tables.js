/** The tables: operands and results of a step as coloured numbers. */
/** @import { Blocks, Payload, Shown, Step, Table } from "../../../draw/js/types.d.ts" */
import { all, element, withScripts } from "../../../draw/js/element.js";
import { cellKey, cellText, cellValue, valuesOf } from "../../../draw/js/formula.js";
import { cellPlace, grid, sheet, sheets, sumRows, writeCell } from "../../../draw/js/matrix.js";
import { scaleOf, symbol } from "../../../draw/js/text.js";

const MOST_CELLS_IN_BLOCKS = { normal: 400, present: 100 }; // beyond this, a 3-index table shows one block at a time

const MOST_NUMBERS = 6; // columns of a table whose numbers stay where a projector has no room for all
const MOST_COUNTED = 36; // columns beside each other of which each has its number

/**
 * @typedef {object} Look
 * @property {number} block  shown where not all are
 * @property {boolean} present  presenter mode
 * @property {Set<string>} hidden  names of tables that show no number
 */

/** All lines of tables of a step. @param {Payload} payload @param {Step} step @param {Look} look @returns {HTMLElement[]} */
export function drawTables(payload, step, look) {
  const drawn = step.rows.map((row) => {
    const widths = row.flatMap((item) =>
      typeof item === "object" ? [columnsOf(payload.tables[item.table], item, look)] : []
    );
    const items = row.map((item) => typeof item === "string" ? item : drawTable(payload, step, item, look));
    return { line: sheets(items, sum(widths)), widths };
  });
  if (look.present) prepareSquares(drawn);
  return drawn.map(({ line }) => line);
}

/**
 * For where a projector has no room for all numbers: which tables then become squares, how many columns of theirs are
 * beside each other, and how many rows below. A cell that is lit shows its number all the same.
 * @param {{line: HTMLElement, widths: number[]}[]} drawn lines, and the columns of their tables
 */
function prepareSquares(drawn) {
  const heights = drawn.map(({ line }) =>
    Math.max(...all(line, "tbody").map((body) => body.children.length))
  );
  for (const { line, widths } of drawn) {
    const isLarge = (/** @type {unknown} */ _, /** @type {number} */ n) => widths[n] > MOST_NUMBERS;
    for (const figure of all(line, "figure").filter(isLarge)) {
      figure.classList.add("many");
      for (const cell of all(figure, "[data-value]")) cell.dataset.text = cell.textContent ?? "";
    }
    const columns = sum(widths.filter(isLarge));
    line.classList.toggle("crowded", columns > MOST_COUNTED);
    line.style.setProperty("--columns", String(columns));
    line.style.setProperty("--rows", String(sum(heights)));
  }
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The tables that a step shows. @param {Step} step */
export function tablesOf(step) {
  return step.rows.flat().flatMap((item) => (typeof item === "object" ? [item.table] : []));
}

/** @param {Table} table @param {Shown} item @param {Look} look */
function columnsOf(table, item, look) {
  if (table.blocks) return blocksShown(table, look).length * table.cols.length;
  return item.transposed ? table.rows.length : table.cols.length;
}

/** @param {Payload} payload @param {Step} step @param {Shown} item @param {Look} look */
function drawTable(payload, step, item, look) {
  const table = payload.tables[item.table];
  const drawn = table.blocks ? drawBlocks(item.table, table, look) : drawGrid(payload, item, look);
  const figure = sheet([titleOf(table), element("span", { class: "shape" }, table.shape)], drawn, {
    class: item.table in step.results ? "bp-sheet result" : "bp-sheet",
    "data-name": item.table,
  });
  for (const grid of all(figure, "table")) grid.querySelector("[data-key]")?.setAttribute("tabindex", "0");
  return figure;
}

/** @param {Table} table */
function titleOf({ title }) {
  const name = element("span");
  name.innerHTML = title; // MathML made on the server from our own strings
  return name;
}

/** @param {Payload} payload @param {Shown} item @param {Look} look */
function drawGrid(payload, item, { hidden }) {
  const scaleOfTable = (/** @type {string} */ name) =>
    hidden.has(name) ? null : scaleOf(valuesOf(payload.tables[name]));
  const table = payload.tables[item.table];
  const scale = scaleOfTable(item.table);
  const [rows, columns] = item.transposed ? [table.cols, table.rows] : [table.rows, table.cols];
  const cells = rows.map((_, r) =>
    columns.map((_, c) => {
      const [row, col] = item.transposed ? [c, r] : [r, c];
      return drawCell(item.table, table, row, col, scale);
    })
  );
  const more = [];
  if (item.below) {
    const [name, sums] = [item.below, payload.tables[item.below]];
    const sumScale = scaleOfTable(name);
    const d = name.endsWith(":gradient") ? "d" : "∂"; // as in all titles, of parameters
    const said = `${d}C/${d}${symbol(name.split(":")[0])}`; // as text: who copies MathML gets it on several lines
    const title = element("span", {}, ...withScripts(said));
    more.push(...sumRows(title, sums.cols.map((_, c) => drawCell(name, sums, 0, c, sumScale))));
  }
  return grid({ rows, columns, more }, cells, { role: "grid", "aria-label": item.table.replace(":", ", ") });
}

/** @param {string} name @param {Blocks} table @param {Look} look */
function drawBlocks(name, table, look) {
  const scale = scaleOf(table.row);
  const blocks = blocksShown(table, look).map((b) => {
    const cells = table.rows.map((_, r) => table.cols.map((_, c) => drawCell(name, table, r, c, scale, b)));
    const drawn = grid({ rows: [], columns: table.cols }, cells, {
      role: "grid",
      "aria-label": table.blocks[b],
    });
    return element("div", {}, blockName(table, b, look), drawn);
  });
  return element("div", { class: "blocks" }, ...blocks);
}

/** What lights a cell of one block alone. @param {string} key @param {number} block */
export function blockLink(key, block) {
  return `${key}|${block}`;
}

/** @param {Blocks} table @param {Look} look */
function blocksShown(table, { block, present }) {
  const all = table.blocks.map((_, b) => b);
  const cells = all.length * table.rows.length * table.cols.length;
  return cells <= MOST_CELLS_IN_BLOCKS[present ? "present" : "normal"] ? all : [block];
}

/** The block's name; a menu where only one block is shown. @param {Blocks} table @param {number} block @param {Look} look */
function blockName(table, block, look) {
  if (blocksShown(table, look).length > 1) {
    return element("div", { class: "block-name" }, `block ${table.blocks[block]}`);
  }
  const options = table.blocks.map((label, b) =>
    element("option", b === block ? { value: b, selected: "" } : { value: b }, `block ${label}`)
  );
  return element("select", { class: "block-name", "aria-label": "Block" }, ...options);
}

/**
 * One number; without a scale its place only.
 * @param {string} name @param {Table} table @param {number} row @param {number} col @param {number | null} scale
 * @param {number} [block]
 */
function drawCell(name, table, row, col, scale, block) {
  if (!table.blocks && table.values[row][col] === null) {
    return element("td", { class: "structural", "aria-label": "nothing" }, "–");
  }
  const key = cellKey(name, row, col);
  const isStructural = table.sparse && row !== (block ?? col);
  const cell = element("td", {
    ...cellPlace(name, row, col),
    class: `${isStructural ? "structural" : ""} ${scale === null ? "absent" : ""}`.trim(),
    role: "gridcell",
    tabindex: "-1",
    "data-key": key,
    "data-link": block === undefined ? key : blockLink(key, block),
  });
  if (scale === null) {
    cell.setAttribute("aria-label", "not computed yet");
    return cell;
  }
  if (block !== undefined) cell.dataset.block = String(block);
  const text = cellText(table, row, col, block);
  writeCell(cell, cellValue(table, row, col, block), isStructural ? null : scale, { text });
  return cell;
}

/**
 * What the network's colours and numbers are at a step, which differ: an edge has the colour of its weight, or of its
 * term where paths are summed; below a unit stands ∂C/∂a or ∂C/∂z.
 * @param {Payload} payload @param {Step} step
 * @param {{derivatives: string[], isAfter: boolean}} network names of the derivatives on show, such as "∂C/∂z"; and when
 */
export function colourNote({ tables }, step, { derivatives, isAfter }) {
  const summed = tablesOf(step).find((name) => name.endsWith(":path_terms"));
  const sumsEdges = summed && tables[summed].net[0] === "edge";
  const notes = [
    `Network${isAfter ? " after the update" : ""}: units coloured by value`,
    "edges by weight",
    ...(sumsEdges ? ["lit edges by their path term"] : []),
    ...(derivatives.length ? [`below a unit ${derivatives.join(" or ")}`] : []),
  ];
  return `${notes.join(", ")}.`;
}

/** What the colours mean, and at this step those of the network. @param {HTMLElement} colours */
export function buildLegend(colours) {
  const swatch = (/** @type {string} */ name, /** @type {string} */ text) =>
    element("span", {}, element("i", { class: name }), text);
  const note = (/** @type {string} */ text) => element("span", {}, text);
  return element(
    "p",
    { class: "legend" },
    swatch("pos", "positive"),
    swatch("neg", "negative (dashed edges)"),
    note("Deeper colour: larger within its table."),
    colours,
    note("Point at any number to see where it comes from; press ? for the keys."),
  );
}
