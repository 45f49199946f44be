/** The tables: operands and results of a step as coloured numbers. */
/** @import { Blocks, Payload, Shown, Step, Table } from "./types.d.ts" */
import { all, CORNER, element } from "./element.js";
import { cellKey, cellText, cellValue, valuesOf } from "./formula.js";
import { everyDigit, scaleOf, signOf } from "./text.js";

const MOST_CELLS_IN_BLOCKS = 400; // beyond this, a 3-index table shows one block at a time
const WIDE = 14; // columns on one line from which cells are drawn narrower

/**
 * All lines of tables of a step.
 * @param {Payload} payload @param {Step} step @param {number} block
 * @param {Set<string>} hidden names of tables that show no number
 * @returns {HTMLElement[]}
 */
export function drawTables(payload, step, block, hidden = new Set()) {
  return step.rows.map((row) => {
    const columns = row.reduce(
      (sum, item) => sum + (typeof item === "object" ? columnsOf(payload.tables[item.table], item) : 0),
      0,
    );
    const line = element("div", { class: columns > WIDE ? "line wide" : "line" });
    for (const item of row) {
      line.append(
        typeof item === "string"
          ? element("span", { class: "sign" }, item)
          : drawTable(payload, step, item, block, hidden),
      );
    }
    return line;
  });
}

/** The tables that a step shows. @param {Step} step */
export function tablesOf(step) {
  return step.rows.flat().flatMap((item) => (typeof item === "object" ? [item.table] : []));
}

/** @param {Table} table @param {Shown} item */
function columnsOf(table, item) {
  if (table.blocks) return blocksShown(table, 0).length * table.cols.length;
  return item.transposed ? table.rows.length : table.cols.length;
}

/** @param {Payload} payload @param {Step} step @param {Shown} item @param {number} block @param {Set<string>} hidden */
function drawTable(payload, step, item, block, hidden) {
  const table = payload.tables[item.table];
  const caption = element("figcaption");
  caption.innerHTML = table.title; // MathML made on the server from our own strings
  caption.append(element("span", { class: "shape" }, table.shape));
  const figure = element(
    "figure",
    { class: item.table in step.results ? "matrix result" : "matrix" },
    caption,
  );
  figure.dataset.name = item.table;
  if (table.blocks) figure.append(drawBlocks(item.table, table, block));
  else figure.append(drawGrid(payload, item, hidden));
  for (const grid of all(figure, "table")) grid.querySelector("[data-key]")?.setAttribute("tabindex", "0");
  return figure;
}

/** @param {Payload} payload @param {Shown} item @param {Set<string>} hidden */
function drawGrid(payload, item, hidden) {
  const table = payload.tables[item.table];
  const rows = item.transposed ? table.cols : table.rows;
  const cols = item.transposed ? table.rows : table.cols;
  const scale = hidden.has(item.table) ? null : scaleOf(valuesOf(table));
  const body = element("tbody");
  if (cols.some(Boolean)) body.append(headerRow(cols, rows.some(Boolean)));
  rows.forEach((label, r) => {
    const row = element("tr");
    if (rows.some(Boolean)) row.append(element("th", { scope: "row" }, label));
    cols.forEach((_, c) =>
      row.append(drawCell(item.table, table, item.transposed ? c : r, item.transposed ? r : c, scale))
    );
    body.append(row);
  });
  if (item.below) body.append(...sumRows(item.below, payload.tables[item.below], hidden));
  return element("table", { role: "grid", "aria-label": item.table.replace(":", ", ") }, body);
}

/** @param {string[]} cols @param {boolean} withCorner */
function headerRow(cols, withCorner) {
  const row = element("tr");
  if (withCorner) row.append(element("td", { class: "structural", "aria-hidden": "true" }, CORNER));
  row.append(...cols.map((label) => element("th", { scope: "col" }, label)));
  return row;
}

/** The column sums under the path terms. @param {string} name @param {Table} table @param {Set<string>} hidden */
function sumRows(name, table, hidden) {
  const sign = element("tr", {}, element("th", {}, "Σ"));
  sign.append(
    ...table.cols.map(() => element("td", { class: "structural sum-sign", "aria-hidden": "true" }, "↓")),
  );
  const title = element("th", { scope: "row" });
  title.innerHTML = table.title; // MathML of our own, as above
  const sums = element("tr", { class: "sum-row" }, title);
  const scale = hidden.has(name) ? null : scaleOf(valuesOf(table));
  sums.append(...table.cols.map((_, c) => drawCell(name, table, 0, c, scale)));
  return [sign, sums];
}

/** @param {string} name @param {Blocks} table @param {number} block */
function drawBlocks(name, table, block) {
  const scale = scaleOf(table.row);
  const blocks = blocksShown(table, block).map((b) => {
    const body = element("tbody", {}, headerRow(table.cols, false));
    table.rows.forEach((_, r) => {
      body.append(element("tr", {}, ...table.cols.map((_, c) => drawCell(name, table, r, c, scale, b))));
    });
    return element(
      "div",
      {},
      blockName(table, b),
      element("table", { role: "grid", "aria-label": table.blocks[b] }, body),
    );
  });
  return element("div", { class: "blocks" }, ...blocks);
}

/** @param {Blocks} table @param {number} block */
function blocksShown(table, block) {
  const all = table.blocks.map((_, b) => b);
  return all.length * table.rows.length * table.cols.length <= MOST_CELLS_IN_BLOCKS ? all : [block];
}

/** The block's name; a menu where only one block is shown. @param {Blocks} table @param {number} block */
function blockName(table, block) {
  if (blocksShown(table, block).length > 1) {
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
  const structural = table.sparse && row !== (block ?? col);
  const place = {
    role: "gridcell",
    tabindex: "-1",
    "data-matrix": name,
    "data-row": row,
    "data-col": col,
    "data-key": cellKey(name, row, col),
  };
  if (scale === null) {
    return element("td", {
      ...place,
      class: structural ? "structural absent" : "absent",
      "aria-label": "not computed yet",
    });
  }
  const value = cellValue(table, row, col, block);
  const cell = element("td", {
    ...place,
    class: structural ? "structural" : signOf(value),
    title: everyDigit(value),
    "data-value": value,
  });
  if (block !== undefined) cell.dataset.block = String(block);
  if (!structural && value) cell.style.setProperty("--share", (Math.abs(value) / scale).toFixed(3));
  cell.textContent = cellText(table, row, col, block);
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
